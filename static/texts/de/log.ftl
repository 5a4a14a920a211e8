### Zeilen des Protokolls, Marken auf dem Zeitstrahl, Ansagen.
