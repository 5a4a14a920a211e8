### Hilfe zu Einstellungen und Vorgaben von Bibliotheken.
