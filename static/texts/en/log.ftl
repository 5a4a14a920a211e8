### The log of a run, the changes on the timeline, and what a screen reader announces.
### $request is the number of a request, or 0 where a line is about several.

## How a line ends.

log-line = { $event }.
log-line-times = { $event }, { $count } times, last at { $last }.
log-line-after = { $event } (after { $after }).
log-line-attempt = { $event } (attempt { $number }).
log-line-attempt-after = { $event } (attempt { $number }, after { $after }).
log-line-attempt-of = { $event } (attempt { $number } of { $most }).
log-line-attempt-of-after = { $event } (attempt { $number } of { $most }, after { $after }).
log-line-retry-now = { $event } at once (attempt { $number }).
log-line-retry-in = { $event } in { $wait } (attempt { $number }).

## Clients.

log-sends = { $client } sends { $request ->
    [0] a request
   *[other] request #{ $request }
}
log-sends-by-hand = By hand: { $client } sends { $request ->
    [0] a request
   *[other] request #{ $request }
}
log-sends-again = { $client } got no good answer to { $request ->
    [0] a request
   *[other] request #{ $request }
} and sends it again
log-ended-ok = { $client } gets the answer to { $request ->
    [0] a request
   *[other] request #{ $request }
}
log-ended-degraded = { $client } gets an answer built on a fallback to { $request ->
    [0] a request
   *[other] request #{ $request }
}
log-ended-not-booked = { $client } sees { $request ->
    [0] a request
   *[other] request #{ $request }
} succeed, but nothing is booked
log-ended-booked = { $client } sees { $request ->
    [0] a request
   *[other] request #{ $request }
} fail, but it is booked
log-ended-timeout = { $client } gets no answer to { $request ->
    [0] a request
   *[other] request #{ $request }
} in time
log-ended-deadline = { $client } gets no answer to { $request ->
    [0] a request
   *[other] request #{ $request }
}: no time is left
log-ended-breaker = { $client } gets no answer to { $request ->
    [0] a request
   *[other] request #{ $request }
}: a circuit breaker is open
log-ended-bulkhead = { $client } gets no answer to { $request ->
    [0] a request
   *[other] request #{ $request }
}: a bulkhead is full
log-ended-refused = { $client } gets no answer to { $request ->
    [0] a request
   *[other] request #{ $request }
}: a service is down
log-ended-shed = { $client } gets no answer to { $request ->
    [0] a request
   *[other] request #{ $request }
}: a queue is full
log-ended-rate-limit = { $client } gets no answer to { $request ->
    [0] a request
   *[other] request #{ $request }
}: over a rate limit
log-ended-conflict = { $client } gets no answer to { $request ->
    [0] a request
   *[other] request #{ $request }
}: an earlier attempt is in progress
log-ended-cancelled = { $client } cancels { $request ->
    [0] a request
   *[other] request #{ $request }
}
log-ended-error = { $client } gets an error for { $request ->
    [0] a request
   *[other] request #{ $request }
}

## Services.

log-fails = { $service } fails on { $request ->
    [0] a request
   *[other] request #{ $request }
}
log-books = { $service } books { $request ->
    [0] a request
   *[other] request #{ $request }
}
log-books-again = { $service } books { $request ->
    [0] a request
   *[other] request #{ $request }
} a second time
log-books-despite-failure = { $service } books { $request ->
    [0] a request
   *[other] request #{ $request }
} although the user saw it fail
log-reverses-nothing = { $service } has nothing to take back for { $request ->
    [0] a request
   *[other] request #{ $request }
}
log-reverses = { $service } takes back what it booked for { $request ->
    [0] a request
   *[other] request #{ $request }
}
log-wasted = { $service } finishes { $request ->
    [0] a request
   *[other] request #{ $request }
}, but nobody waits for it any more
log-dropped = { $service } stops work on { $request ->
    [0] a request
   *[other] request #{ $request }
}: its caller has given up
log-lost-work = { $service } loses { $count ->
    [one] the request it held
   *[other] the { $count } requests it held
}
log-workers-busy = All workers of { $service } are busy: requests start to wait
log-queue-full = The queue of { $service } is full
log-queue-empty = { $service } has caught up: its queue is empty

## Calls.

log-answers = { $callee } answers { $caller }
log-answers-again = { $callee } answers { $caller } successfully again
log-answers-degraded = { $callee } answers { $caller } with a fallback
log-answers-error = { $callee } answers { $caller } with an error
log-refused = { $caller } finds { $callee } down
log-shed = { $callee } rejects a request from { $caller }: its queue is full
log-rate-limited = { $callee } rejects a request from { $caller }: over the rate limit
log-conflict = { $callee } rejects a request from { $caller }: an earlier attempt is in progress
log-timeout = { $caller } gives up waiting for { $callee }
log-no-time = { $caller } does not call { $callee }: no time is left
log-deadline = { $caller } gives up on { $callee }: the deadline has passed
log-breaker-blocks = { $caller } does not call { $callee }: the breaker is open
log-bulkhead-blocks = { $caller } does not call { $callee }: the bulkhead is full
log-cancelled = { $caller } no longer needs the answer from { $callee }
log-asks-done = { $caller } asks { $callee } about { $request ->
    [0] a request
   *[other] request #{ $request }
}: it was carried out
log-asks-not-done = { $caller } asks { $callee } about { $request ->
    [0] a request
   *[other] request #{ $request }
}: it was not carried out
log-asks-unanswered = { $caller } asks { $callee } about { $request ->
    [0] a request
   *[other] request #{ $request }
}: no answer
log-reversal-confirmed = { $caller } learns that { $callee } has taken back { $request ->
    [0] a request
   *[other] request #{ $request }
}
log-reversal-unconfirmed = { $caller } does not learn whether { $callee } has taken back { $request ->
    [0] a request
   *[other] request #{ $request }
}
log-retries = { $caller } will try { $callee } again
log-budget-spent = { $caller } may not try { $callee } again: its retry budget is spent
log-hedges = { $caller } sends { $callee } a hedge: the answer is slow
log-falls-back-default = { $caller } continues without { $callee }: it uses a default
log-falls-back-cached = { $caller } continues without { $callee }: it uses an older answer
log-falls-back-omit = { $caller } continues without { $callee }: it leaves that part out
log-left-unknown = { $caller } does not know whether { $callee } carried out { $request ->
    [0] a request
   *[other] request #{ $request }
}
log-request-lost = A message from { $caller } to { $callee } gets lost
log-response-lost = The answer from { $callee } to { $caller } gets lost
log-breaker-half-open = The breaker from { $caller } to { $callee } lets a few trial calls through
log-breaker-closes = The breaker from { $caller } to { $callee } closes: calls succeed again
log-breaker-opens-in-a-row = The breaker from { $caller } to { $callee } opens: too many failures in a row
log-breaker-opens-slow = The breaker from { $caller } to { $callee } opens: { $slow } of its last { $calls } calls were slow
log-breaker-opens-failed = The breaker from { $caller } to { $callee } opens: { $failed } of its last { $calls } calls failed
log-turned-away-down = { $callee } is down when a request from { $caller } arrives
log-turned-away-full = The queue of { $callee } is full when a request from { $caller } arrives
log-turned-away-rate = { $callee } is over its rate limit when a request from { $caller } arrives
log-turned-away-conflict = { $callee } is still working on an earlier attempt from { $caller }
log-turned-away-late = { $callee } drops a request from { $caller }: its deadline passed while it waited
log-replays = { $callee } already knows { $request ->
    [0] a request
   *[other] request #{ $request }
} and repeats its answer to { $caller }
log-asks-to-reverse = { $caller } asks { $callee } to take back { $request ->
    [0] a request
   *[other] request #{ $request }
}
log-gives-up-reversing = { $caller } gives up: { $callee } has not confirmed that it took back { $request ->
    [0] a request
   *[other] request #{ $request }
}

## Faults and changes.

log-by-hand = By hand: { $event }
log-on-schedule = On schedule: { $event }
log-edit = Edit: { $change }
log-goes-down = { $service } goes down
log-is-up = { $service } is up again
log-slows = { $service } takes { $factor } times as long
log-normal-speed = { $service } works at normal speed again
log-fails-share = { $service } fails { $share } of its requests
log-stops-failing = { $service } no longer fails requests
log-cut = the link from { $from } to { $to } is cut
log-loses-requests = the link from { $from } to { $to } loses all requests
log-loses-responses = the link from { $from } to { $to } loses all answers
log-link-works = the link from { $from } to { $to } works again
log-delays = the link from { $from } to { $to } takes { $added } longer each way
log-normal-delay = the link from { $from } to { $to } is as fast as before
log-drops-message = a message on its way is dropped
log-sends-one = { $client } sends a request

## The same on the timeline, in a few words.

change-sends = { $client } sends
change-drops-message = a message dropped
change-down = { $service } down
change-slow = { $service } { $factor }× slower
change-fails = { $service } fails { $share }
change-cut = { $link } cut
change-requests-lost = requests lost, { $link }
change-responses-lost = answers lost, { $link }
change-delay = +{ $added }, { $link }
change-added = { $thing } added
change-removed = { $thing } removed
change-service = { $service } changed
change-settings = settings changed
change-timeout = timeout: { $before } → { $after }, { $link }
change-attempts = attempts: { $before } → { $after }, { $link }
change-policy = { $policy } changed, { $link }
change-link = settings changed, { $link }
change-none = none
change-of-breaker = breaker
change-of-hedge = hedge
change-of-bulkhead = bulkhead
change-of-deadline = deadline
change-of-fallback = fallback
change-of-retry = retry
change-of-delay = delay
change-of-loss = loss
change-of-request-id = request id
change-of-ask = status query
change-of-compensation = compensation

## Announcements.

announce-moment = At { $time }.
announce-paused = Paused at { $time }.
announce-running = Running.
announce-failing = { $name }: only { $share } of the answers are good.
announce-well-again = { $name }: the answers are good again.
