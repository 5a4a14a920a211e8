### Wörter auf der Bühne.
