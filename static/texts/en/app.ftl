### The frame of the page: top bar, transport, toasts, dialogs, languages.
