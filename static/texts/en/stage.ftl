### Words on the stage.

## The stage itself

# The name of the whole drawing for screen readers.
stage-system = The system
stage-empty = Nothing here yet. Drag something in from the left, or double-click.
# The buttons that change the view.
stage-view = View
stage-zoom-in = Zoom in
stage-zoom-out = Zoom out
stage-fit-everything = Fit everything
# On a small button.
stage-fit = fit
stage-minimap = The whole system, with a frame around the part in view
# On touch screens: taps add to the selection until the user presses the button.
stage-select-several = Select several
stage-touch-to-select = Touch things to select them, or draw a box.
stage-end-selecting = Done
# Beside a wire that is being drawn: where it would end.
stage-wire-to-new = a new service here
stage-wire-to-another = drop it on another service
# Announced when the keyboard begins a wire.
stage-wire-begun = Link from { $caller }: go to a service with Tab and press Enter. Escape cancels.
# The choice about a message on its way.
stage-drop-message = Drop this message
stage-follow-request = Follow this request
stage-faults-of-service = Faults of { $service }
stage-faults-of-link = Faults of { $caller } → { $callee }
# Before the trouble of the service or link that is the likely cause of an alert.
stage-likely-cause = likely cause:
# A service or a link for screen readers; $thing says all about it.
stage-thing-with-warnings = { $count ->
    [one] { $thing }, { $count } warning
   *[other] { $thing }, { $count } warnings
}
# Short names of the meters in a box; at most 9 letters.
stage-workers = workers
stage-queue = queue
stage-answers = answers
# The card below a service that lists the effects of requests; at most 9 letters.
stage-ledger = Ledger
