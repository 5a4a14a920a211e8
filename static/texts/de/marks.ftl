### Die Zeichen der Bühne, erklärt.
