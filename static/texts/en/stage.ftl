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
# Short names of the meters in a box; at most 9 letters.
stage-workers = workers
stage-queue = queue
stage-answers = answers
# The card below a service that lists the effects of requests; at most 9 letters.
stage-ledger = Ledger

## What a box is: the line under its name.

stage-third-party = external service
stage-stub = stub
stage-service = service
stage-click-to-send = click to send
stage-several-loads = several loads
stage-changing-load = changing load
stage-rate = { $rate }
stage-about = about { $rate }
stage-every = 1 every { $span }
stage-about-every = about 1 every { $span }
stage-requests = { $count ->
    [one] 1 request
   *[other] { $count } requests
}
stage-users = { $count ->
    [one] 1 user
   *[other] { $count } users
}
stage-client-line = { $good } ok · { $latency }

## Faults.

stage-down = down
stage-slower = { $factor }× slower
stage-faster = faster
stage-fails = fails { $share }
stage-slower-and-fails = { $slow }, fails { $share }
stage-link-cut = link cut
stage-requests-lost = requests lost
stage-responses-lost = answers lost

## Ledgers.

ledger-empty = nothing booked yet
ledger-unknown = { $count } unknown to the client
ledger-booked-once = 1 booked, once
ledger-each-once = each booked once
ledger-booked-each-once = { $count } booked, each once
ledger-one-twice = 1 request booked twice
ledger-too-many = { $count } bookings too many
ledger-brief-empty = empty
ledger-brief-booked = { $count } booked
ledger-brief-unknown = { $count }, { $unknown } unknown
ledger-brief-twice = { $count }, { $twice } twice
ledger-row = #{ $request }
ledger-row-again = #{ $request } again
ledger-row-taken-back = #{ $request } taken back
ledger-row-unknown = #{ $request } unknown

## Links.

stage-link-failed = { $failed } failed
stage-link-rate-failed = { $rate } · { $failed } failed

## Badges. Keep them short.

badge-down = down
badge-lost = lost work
badge-queue-full = queue full
badge-failed = failed
badge-rate-limit = rate limit
badge-expired = too late
badge-in-progress = in progress
badge-cancelled = cancelled
badge-timed-out = timed out
badge-breaker-open = not sent
badge-bulkhead-full = no permit
badge-no-time = no time left

## What a screen reader reads of a box or a link.

spoken-kind-client = client
spoken-kind-service = service
spoken-kind-external = external service
spoken-kind-stub = stub
spoken-thing = { $name }, { $kind }
spoken-with = { $text }, { $more }
spoken-client = { $sent ->
    [one] 1 request sent
   *[other] { $sent } requests sent
}, { $pending } pending
spoken-good = answers are good
spoken-mixed = some of its answers fail
spoken-bad = most of its answers fail
spoken-ledger = ledger: { $sum }
spoken-warnings = { $count ->
    [one] 1 warning
   *[other] { $count } warnings
}
spoken-link = link from { $from } to { $to }
spoken-breaker-open = circuit breaker open for { $left }
spoken-breaker-half-open = circuit breaker half-open: ½

## Messages on their way.

mark-message-request = #{ $request }, attempt { $attempt }, request
mark-message-response = #{ $request }, attempt { $attempt }, answer
mark-request = request #{ $request }{ $attempt ->
    [1] {""}
   *[other] , attempt { $attempt }
}
mark-answer = answer to #{ $request }{ $attempt ->
    [1] {""}
   *[other] , attempt { $attempt }
}
mark-degraded = degraded answer to #{ $request }{ $attempt ->
    [1] {""}
   *[other] , attempt { $attempt }
}: a part is missing or old
mark-refused = #{ $request }{ $attempt ->
    [1] {""}
   *[other] , attempt { $attempt },
} refused: the service is down
mark-shed = #{ $request }{ $attempt ->
    [1] {""}
   *[other] , attempt { $attempt },
} rejected: the queue is full
mark-rate-limited = #{ $request }{ $attempt ->
    [1] {""}
   *[other] , attempt { $attempt },
} rejected: over the rate limit
mark-conflict = #{ $request }{ $attempt ->
    [1] {""}
   *[other] , attempt { $attempt },
} rejected: its first attempt is in progress
mark-too-late = #{ $request }{ $attempt ->
    [1] {""}
   *[other] , attempt { $attempt },
} not started: its deadline had passed
mark-error = error for #{ $request }{ $attempt ->
    [1] {""}
   *[other] , attempt { $attempt }
}
mark-cancel = #{ $request } is given up: stop
mark-ask = was #{ $request } carried out?
mark-ask-yes = yes, #{ $request } was carried out
mark-ask-no = no, #{ $request } was not carried out
mark-ask-unknown = about #{ $request }: not known yet
mark-take-back = take #{ $request } back
mark-taken-back = #{ $request } is taken back
mark-not-taken-back = #{ $request } could not be taken back
mark-lost = { $message }, lost on its way
mark-wasted = { $message }, for nothing: nobody waits for it
mark-times-out = { $message }, times out in { $left }
mark-time-left = { $message }, { $left } of its time left

## Callers that wait.

wait-answer = #{ $request }{ $attempt ->
    [1] {""}
   *[other] , attempt { $attempt },
} waits for its answer: times out in { $left }
wait-answers = { $count } wait for answers, the first times out in { $left }
wait-backoff = #{ $request } backs off: attempt { $next } in { $left }
wait-backoffs = { $count } back off, the first tries again in { $left }
wait-permit = #{ $request }{ $attempt ->
    [1] {""}
   *[other] , attempt { $attempt },
} waits for a permit, { $left } at most
wait-permits = { $count } wait for a permit, the first { $left } at most

## Other marks.

mark-breaker-open = circuit breaker open: nothing is sent for another { $left }
mark-breaker-half-open = circuit breaker half-open: a few trial calls get through
mark-worker-working = a worker at work
mark-worker-held = a blocked worker: its request waits for other services
mark-worker-wasted = a wasted worker: its caller has given up
mark-worker-free = a free worker
mark-workers-busy = workers busy: { $busy }; pale ones wait or work for nobody
mark-queue-empty = queue: nobody waits
mark-queue = queue: { $waiting } wait, { $share } of its places are taken
mark-answers = { $share } of the last answers were good
mark-no-answers = no answers yet
mark-booked = #{ $request } was booked
mark-booked-again = #{ $request } was booked a second time
mark-booked-taken-back = #{ $request } was booked, and taken back
mark-booked-unknown = #{ $request } was booked, but the client does not know
mark-badge-down = { $count } refused: it is down
mark-badge-lost = { $count } lost when it went down
mark-badge-queue-full = { $count } rejected: the queue is full
mark-badge-failed = { $count } failed
mark-badge-rate-limit = { $count } rejected: over the rate limit
mark-badge-expired = { $count } not started: the deadline had passed
mark-badge-in-progress = { $count } rejected: the first attempt is in progress
mark-badge-cancelled = { $count } ended: the caller has given up
mark-badge-timed-out = { $count } timed out: no answer came in time
mark-badge-breaker-open = { $count } not sent: the circuit breaker is open
mark-badge-bulkhead-full = { $count } not sent: no permit in time
mark-badge-no-time = { $count } given up: no time was left

## A system as a Mermaid flowchart: what stands on an arrow.

flowchart-timeout = timeout { $span }
flowchart-attempts = up to { $count } attempts
flowchart-breaker = breaker
flowchart-bulkhead = bulkhead
flowchart-hedge = hedge
flowchart-deadline = deadline
flowchart-fallback = fallback

## The length of a link that shares a system.

share-length-short = { $characters } characters: fits into a chat message and a QR code.
share-length-dense = { $characters } characters: fits into a chat message. As a QR code it is dense: hold the phone close.
share-length-long = { $characters } characters: some chat programs cut links this long, and the QR code is very dense.
share-length-too-long = { $characters } characters: some chat programs cut this; send the file instead. A QR code holds { $most } at most.

## The legend

legend-title = What the marks mean
legend-request = request
legend-answer = answer
legend-timeout = timeout
legend-degraded = degraded
legend-failed = failed
legend-lost = lost
legend-wasted = wasted
legend-all = All marks
legend-missing = The marks could not be loaded. Check your connection.
