### Imports: notes on what was read.
