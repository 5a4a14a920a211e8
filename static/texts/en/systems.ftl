### The ready systems.
