### Diagramme und laufende Werte.
