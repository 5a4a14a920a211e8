### The dock: timeline, comparison, one request.
