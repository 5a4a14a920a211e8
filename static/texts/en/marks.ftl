### The marks of the stage, explained.
