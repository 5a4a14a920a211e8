### Die fertigen Systeme.
