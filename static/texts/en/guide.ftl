### Help for settings and presets of libraries.
