### Die Geschichte einer Anfrage.
