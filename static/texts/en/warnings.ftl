### Warnings about a design and their repairs.
