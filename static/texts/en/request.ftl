### One request: its sequence diagram, its waterfall, and what became of it.

## Outcomes, as an arrow or a caller shows them.

step-outcome-ok = ok
step-outcome-degraded = degraded
step-outcome-error = error 500
step-outcome-refused = refused
step-outcome-shed = queue full, 503
step-outcome-rate-limited = rate limit, 429
step-outcome-timeout = timeout
step-outcome-too-late = too late
step-outcome-breaker-open = breaker open
step-outcome-no-permit = no permit
step-outcome-conflict = in progress, 409
step-outcome-cancelled = cancelled

## The same where there is little room.

step-outcome-short-shed = queue full
step-outcome-short-rate-limited = rate limit
step-outcome-short-conflict = in progress

## Steps of the sequence diagram: labels beside arrows and lifelines.

# $id: the business request id, or 0; $attempt: 1 for the first.
step-request = { $method }{ $id ->
    [0] {""}
   *[other] {" "}#{ $id }
}{ $attempt ->
    [1] {""}
   *[other] , attempt { $attempt }
}
step-hedge = { $method }{ $id ->
    [0] {""}
   *[other] {" "}#{ $id }
}, hedge { $attempt }
step-take-back = take back { $method }{ $id ->
    [0] {""}
   *[other] {" "}#{ $id }
}{ $attempt ->
    [1] {""}
   *[other] , attempt { $attempt }
}
step-call = call
step-cancel = cancel
step-ask = was it done?
step-ask-yes = yes, it was done
step-ask-no = no, it was not
step-ask-in-progress = in progress
step-too-late = { $answer }, too late
step-lost = { $label }, lost
step-result = result: { $outcome }
step-stops = stops: nobody waits
step-backoff = backoff { $wait }
step-replays = already known: answers from its store
step-books = books the { $effect }
step-books-again = books the { $effect } again
step-entry = entry
step-takes-back = { $count ->
    [0] nothing to take back
    [one] takes it back
   *[other] takes back { $count } entries
}
step-goes-down = goes down: work lost
step-no-retry-attempts = no further attempt: all are used up
step-no-retry-unsafe = no further attempt: repeating is not safe
step-no-retry-deadline = no further attempt: the deadline is too near
step-no-retry-budget = no further attempt: the retry budget is spent
step-falls-back = continues with a fallback
step-leaves-out = does not call { $callee } this time
step-loses-patience = loses patience
step-asks-again = asks again ({ $number })
step-waits-for-permit = waits for a permit, { $waited }
step-times-out = TOUT: timed out after { $waited }
step-times-out-short = TOUT { $waited }
step-deadline = deadline, { $waited }
step-not-sent = not sent: { $reason }
step-no-time = no time left
step-gives-up = gives up attempt { $number }
step-left-out = { $count ->
    [one] 1 more event is not shown
   *[other] { $count } more events are not shown
}

## The steps as lines of text.

step-line = { $who }: { $label }
step-line-on-its-way = { $from } → { $to }: { $label } (on its way)
step-line-lost = { $from } → { $to }: { $label } (lost)
step-line-arrives = { $from } → { $to }: { $label } (arrives after { $after })
sequence-lost = lost

## The waterfall.

waterfall-ask = { $callee }: done?
waterfall-take-back = { $callee }: take back
waterfall-waits = the caller waits
waterfall-queued = in the queue
waterfall-works = works
waterfall-calls = waits for others
waterfall-wasted = nobody waits for it
waterfall-backoff = backoff

## What became of it: what the user saw.
## $asked: how often the user asked.

verdict-waiting = { $client } has been waiting for { $after }{ $asked ->
    [1] {""}
    [2] , having asked twice
   *[other] , having asked { $asked } times
}.
verdict-lost-patience = { $client } lost patience after { $after }{ $asked ->
    [1] {""}
    [2] , having asked twice
   *[other] , having asked { $asked } times
}.
verdict-good = { $client } got a good answer after { $after }{ $asked ->
    [1] {""}
    [2] , having asked twice
   *[other] , having asked { $asked } times
}.
verdict-degraded = { $client } got an answer built on a fallback after { $after }{ $asked ->
    [1] {""}
    [2] , having asked twice
   *[other] , having asked { $asked } times
}.
verdict-failed = { $client } got “{ $outcome }” after { $after }{ $asked ->
    [1] {""}
    [2] , having asked twice
   *[other] , having asked { $asked } times
}.

## What became of it: what was booked.
## $count attempts with these $numbers; 0: the only one, which needs no number.

verdict-attempt-number = { $number }
verdict-attempts-range = { $first } to { $last }
verdict-not-booked = The { $effect } was not booked at { $service }.
verdict-not-booked-yet-good = Yet the { $effect } was not booked at { $service }.
verdict-booked-yet-failed = Yet the { $effect } was booked at { $service }.
verdict-booked-once = The { $effect } was booked once at { $service }.
verdict-booked-often = The { $effect } was booked { $count ->
    [2] twice
   *[other] { $count } times
} at { $service }, by attempts { $numbers }.
verdict-taken-back = It was taken back.
verdict-taken-back-often = It was taken back { $count ->
    [one] once
    [2] twice
   *[other] { $count } times
}.
verdict-answer-lost = The answer to { $count ->
    [0] the request
   *[other] attempt { $numbers }
} was lost.
verdict-answer-late-by = The answer to { $count ->
    [0] the request
   *[other] attempt { $numbers }
} came { $late } too late.
verdict-answer-late = The answer to { $count ->
    [0] the request
   *[other] attempt { $numbers }
} came too late.
verdict-nobody-waited = Nobody waited for { $count ->
    [0] the request
   *[other] attempt { $numbers }
} any more.
verdict-recognised = { $service } recognised { $count ->
    [0] the request
   *[other] attempt { $numbers }
} by its id.
verdict-asked-yes = When asked, { $service } confirmed it.
verdict-asked-no = When asked, { $service } said no.

## What became of it: why it failed.

verdict-many-failed = { $count } attempts failed.
verdict-no-retry-unsafe = There was no further attempt: repeating is not safe.
verdict-no-retry-deadline = There was no further attempt: the deadline was too near.
verdict-no-retry-budget = There was no further attempt: the retry budget was spent.
verdict-gave-up-no-permit = { $caller } gave up { $count ->
    [0] the request
    [one] attempt { $numbers }
   *[other] attempts { $numbers }
} after { $waited }, still without a permit.
verdict-gave-up-request-lost = { $caller } gave up { $count ->
    [0] the request
    [one] attempt { $numbers }
   *[other] attempts { $numbers }
} after { $waited }: the message to { $callee } was lost.
verdict-gave-up-answer-lost = { $caller } gave up { $count ->
    [0] the request
    [one] attempt { $numbers }
   *[other] attempts { $numbers }
} after { $waited }: the answer from { $callee } was lost.
verdict-gave-up-request-on-its-way = { $caller } gave up { $count ->
    [0] the request
    [one] attempt { $numbers }
   *[other] attempts { $numbers }
} after { $waited }: the message to { $callee } was still on its way.
verdict-gave-up-answer-on-its-way = { $caller } gave up { $count ->
    [0] the request
    [one] attempt { $numbers }
   *[other] attempts { $numbers }
} after { $waited }: the answer from { $callee } was still on its way.
verdict-gave-up-down = { $caller } gave up { $count ->
    [0] the request
    [one] attempt { $numbers }
   *[other] attempts { $numbers }
} after { $waited }: { $callee } had gone down.
verdict-gave-up-queued = { $caller } gave up { $count ->
    [0] the request
    [one] attempt { $numbers }
   *[other] attempts { $numbers }
} after { $waited }, still in the queue of { $callee }.
verdict-gave-up-working = { $caller } gave up { $count ->
    [0] the request
    [one] attempt { $numbers }
   *[other] attempts { $numbers }
} after { $waited }: { $callee } was still working.
verdict-gave-up-calling = { $caller } gave up { $count ->
    [0] the request
    [one] attempt { $numbers }
   *[other] attempts { $numbers }
} after { $waited }: { $callee } was still waiting for others.
verdict-breaker-open = The circuit breaker blocked { $count ->
    [0] the request
    [one] attempt { $numbers }
   *[other] attempts { $numbers }
}.
verdict-no-permit = { $count ->
    [0] The request
    [one] Attempt { $numbers }
   *[other] Attempts { $numbers }
} got no permit from the bulkhead.
verdict-no-time = There was no time left for { $count ->
    [0] the request
    [one] attempt { $numbers }
   *[other] attempts { $numbers }
}.
verdict-past-deadline = The deadline had passed before { $callee } got to { $count ->
    [0] the request
    [one] attempt { $numbers }
   *[other] attempts { $numbers }
}.
verdict-refused = { $count ->
    [0] The request
    [one] Attempt { $numbers }
   *[other] Attempts { $numbers }
} found { $callee } down.
verdict-shed = { $count ->
    [0] The request
    [one] Attempt { $numbers }
   *[other] Attempts { $numbers }
} found the queue of { $callee } full.
verdict-rate-limited = { $count ->
    [0] The request
    [one] Attempt { $numbers }
   *[other] Attempts { $numbers }
} exceeded the rate limit of { $callee }.
verdict-conflict = { $count ->
    [0] The request
    [one] Attempt { $numbers }
   *[other] Attempts { $numbers }
} found an earlier attempt in progress at { $callee }.
verdict-error = { $callee } answered { $count ->
    [0] the request
    [one] attempt { $numbers }
   *[other] attempts { $numbers }
} with “{ $outcome }”.
verdict-abandoned = { $count ->
    [0] The request was
    [one] Attempt { $numbers } was
   *[other] Attempts { $numbers } were
} given up.

## What became of it: where the time went.

verdict-time = Where the time went: { $uses }.
verdict-time-network = { $time } on the network
verdict-time-queue = { $time } in queues
verdict-time-work = { $time } with work
verdict-time-backoff = { $time } with backoff
verdict-time-in-vain = { $time } waiting for answers that did not come in time
verdict-time-permit = { $time } waiting for a permit
verdict-wasted = { $service } spent { $time } on work that nobody waited for.
