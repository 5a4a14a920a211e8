### Einstellungen: Karten, Felder, Auswahl, Einheiten.
