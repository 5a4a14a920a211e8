### Der untere Bereich: Zeitstrahl, Vergleich, eine Anfrage.
