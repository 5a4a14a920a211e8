### Die Kommandozeile.
