### Warnings about a design, and their repairs.

## Rules: what is wrong

warning-unsafe-retry = Repeats a call that is not idempotent
warning-ignored-id = The callee ignores the request id
warning-cycle = Calls lead back to where they started
warning-no-timeout = A call without a timeout
warning-too-short = No answer can come in time
warning-gives-up-early = Gives up before its callee does
warning-lost-deadline = The deadline is not passed on
warning-layered-retries = Retries in several layers
warning-long-queue = A queue longer than callers wait
warning-idle-breaker = A breaker that can never trip
warning-idle-bulkhead = A bulkhead that stops nothing
warning-idle-retry = A retry that never happens

## Reasons: why it is wrong, with the numbers of this system

warning-unsafe-retry-reason = { $times ->
    [one] If only the answer is lost, { $callee } takes the next { $method } for a new one: it may run once.
    [2] If only the answer is lost, { $callee } takes the next { $method } for a new one: it may run twice.
   *[other] If only the answer is lost, { $callee } takes the next { $method } for a new one: it may run { $times } times.
}
warning-idle-retry-reason = { $method } is not idempotent, so { $caller } never repeats it.
warning-ignored-id-reason = { $callee } keeps no ids: each of the { $attempts } attempts of { $caller } may be another { $effect }.
warning-cycle-always = { $path }: each request causes another one, without end, and each waits for the next.
warning-cycle-sometimes = { $path }: a request can cause another one, and each waits for the next.
warning-no-timeout-reason = If an answer is lost or { $callee } hangs, { $caller } waits forever.
warning-no-timeout-workers = { $workers ->
    [one] If an answer is lost or { $callee } hangs, { $caller } waits forever, and so does its only worker.
   *[other] If an answer is lost or { $callee } hangs, { $caller } waits forever, and so does one of its { $workers } workers.
}
warning-too-short-reason = { $caller } gives up after { $waits }, but an answer from { $callee } takes at least { $takes }: every call fails.
warning-gives-up-early-reason = { $attempts ->
    [one] { $caller } gives up after { $waits }, but { $callee } may wait { $lasts } for { $behind }: later work is wasted.
   *[other] { $caller } gives up after { $waits }, but { $callee }’s own { $attempts } attempts at { $behind } can take { $lasts }: later work is wasted.
}
warning-lost-deadline-reason = { $caller } gives { $callee } at most { $deadline }, but { $callee } may spend { $lasts } on { $behind }: later work is wasted.
warning-layered-retries-reason = When { $callee } fails, one request becomes up to { $attempts } attempts: { $callers }.
warning-tries = { $times ->
    [one] { $caller } tries once
    [2] { $caller } tries twice
   *[other] { $caller } tries { $times } times
}
warning-and-so-on = and so on
warning-long-queue-reason = Callers of { $service } give up after { $waits }, but the { $places } places of its queue take about { $takes } to work off: under load most of that work is wasted.
warning-endless-queue-reason = Callers of { $service } give up after { $waits }, but its queue has no limit: under load most of its work is wasted.
warning-breaker-counts-nothing = It counts nothing as a failure.
warning-breaker-counts-impossible = It counts only { $outcomes } as a failure, which cannot happen on this call.
warning-breaker-starved = It judges from { $minimum } results within { $window }, but the load cannot bring more than { $most }.
warning-both-reasons = { $first } { $second }
warning-idle-bulkhead-reason = { $service } has { $workers } workers, so never more than { $workers } calls at once: { $permits } permits stop none.
warning-idle-bulkhead-hedges = { $service } has { $workers } workers, so never more than { $workers } calls at once, each with its hedges: { $permits } permits stop none.
warning-more-than = more than { $duration }

## Repairs: on a button

repair-all = { $repair } in all { $count }
repair-send-id = Send the request id
repair-remove-retry = Remove the retry
repair-stop-repeating = Do not repeat it
repair-recognise-repeats = Let { $callee } recognise repeats
repair-remove-link = Remove { $link }
repair-retry-only = Retry only { $link }
repair-do-not-retry = Do not retry { $link }
repair-bound-retries = Limit retries to 10{ "\u00A0" }% of the calls
repair-wait-at-most = Wait at most { $timeout }
repair-pass-deadline-on = Pass the deadline on
repair-fewer-attempts = { $times ->
    [one] Try { $link } only once
    [2] Try { $link } only twice
   *[other] Try { $link } only { $times } times
}
repair-shorter-timeout = Let { $link } wait at most { $timeout }
repair-no-queue = Remove the queue
repair-shorten-queue = Shorten the queue to { $places }
repair-newest-first = Serve the newest first
repair-count-failures = Count the usual failures
repair-judge-calls = Judge the last { $calls } calls
repair-count-failures-of = Count the usual failures of the last { $calls } calls
repair-allow-at-once = Allow { $permits } at once
repair-remove-bulkhead = Remove the bulkhead
