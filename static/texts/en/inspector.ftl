### The inspector around its cards.
