### Menüs, Befehlspalette, Tastenkürzel.
