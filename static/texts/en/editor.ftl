### Settings: cards, fields, options, units, and suggestions.

## Cards

card-identity = Identity
card-work = Work
card-capacity = Capacity
card-rate-limit = Rate limit
card-effect = Effect
card-idempotency = Recognises repeats
card-script = Script
card-timeout = Timeout
card-retry = Retry
card-request-id = Business request id
card-breaker = Circuit breaker
card-deadline = Deadline
card-fallback = Fallback
card-bulkhead = Bulkhead
card-hedge = Hedging
card-ask = Ask what happened
card-compensate = Compensate
card-network = Network
card-call = Call
card-settings = Settings
card-load = Load
card-hedge-not-idempotent = Only idempotent calls are hedged; this one is not.
card-needs-request-id = Without the business request id the callee cannot tell which call you mean.

## Summaries: beside the title of a card

summary-different = different
summary-duration = { $duration }
summary-rate = { $rate }
summary-effect = { $effect }
summary-attempts = { $attempts ->
    [one] 1 attempt
   *[other] { $attempts } attempts
}
summary-breaker-rate = at { $share }
summary-breaker-consecutive = { $failures } in a row
summary-passed-on = passed on
summary-fallback-default = default answer
summary-fallback-cached = last good answer
summary-fallback-omit = left out
summary-at-once = { $permits } at once
summary-after = after { $duration }
summary-times = { $times ->
    [one] once
    [2] twice
   *[other] { $times } times
}
summary-load-poisson = about { $rate } / s
summary-load-constant = { $rate } / s
summary-load-at = { $requests ->
    [one] 1 request
   *[other] { $requests } requests
}
summary-load-users = { $users ->
    [one] 1 user
   *[other] { $users } users
}
summary-load-profile = a profile
link-summary = { $method } · { $idempotence } · { $delay }
link-idempotent = idempotent
link-not-idempotent = not idempotent
link-delay = { $delay } each way
link-delays = { $there } there, { $back } back

## Kinds of services

kind-client = Client
kind-service = Service
kind-external = External service
kind-stub = Stub

## Fields

field-name = Name
field-id = Id
field-kind = Kind
field-team = Team
field-title = Title
field-description = Description
field-seed = Seed
field-horizon = Length of the run
field-client = Client
field-work-time = Work time
field-failure-rate = Failure rate
field-workers = Workers
field-queue = Queue
field-queue-order = Order
field-threads = Threads
field-rate = Rate
field-burst = Burst
field-effect = What it does
field-keeps-ids = Keeps an id for
field-script = Answers, in order
field-script-repeat = After the last
field-timeout = Waits at most
field-attempts = Attempts
field-jitter = Jitter
field-retry-on = Retries after
field-retry-unsafe = Unsafe
field-backoff = Backoff
field-first-wait = First wait
field-backoff-factor = Factor
field-longest-wait = Longest wait
field-retry-budget = Retry budget
field-budget-ratio = Retries per call
field-budget-minimum = Always allowed
field-budget-window = A call counts for
field-budget-tokens = Tokens
field-budget-token-ratio = A success adds
field-open-for = Open for
field-half-open-calls = Trial calls
field-half-open-max = Half-open at most
field-breaker-automatic = Automatic
field-breaker-failures = Failures are
field-breaker-trip = Trips
field-breaker-window = Window
field-minimum-calls = At least
field-breaker-rate = Failure rate
field-slow-duration = Slow above
field-slow-rate = Slow rate
field-consecutive-failures = Failures
field-deadline = Sets a budget of
field-pass-on = Passes on
field-reserve = Reserve
field-skip-below = Not tried below
field-fallback = Answers with
field-fallback-age = If younger than
field-permits = At most
field-permit-wait = Waits for a permit
field-hedge-after = Sends another after
field-hedge-max = Further attempts
field-ask-timeout = Waits for an answer
field-ask-attempts = Asks
field-compensate-unknown = After unknown
field-compensate-later = After a later failure
field-delay = Delay, each way
field-delay-requests = Delay of requests
field-delay-responses = Delay of answers
field-loss = Loss, each way
field-loss-requests = Loss of requests
field-loss-responses = Loss of answers
field-from = From
field-to = To
field-method = Method
field-protocol = Protocol
field-overhead = Overhead, each way
field-stage = Stage
field-probability = Probability
field-optional = Optional
field-cancel = Cancels
field-relationship = Relationship
field-arrivals = Requests come
field-instants = Instants
field-users = Users
field-profile = Rates per second
field-think-time = Think time
field-load-from = From
field-load-until = Until
field-patience = Patience
field-asks-again = Asks again
field-fault-kind = What it does
field-fault-service = Service
field-fault-link = Link
field-fault-at = Begins at
field-fault-lasts = Lasts for
field-fault-legs = Lost
field-fault-factor = Factor
field-fault-added = Added, each way
field-objective-kind = Requires
field-objective-share = Share of all
field-objective-within = Within
field-objective-condition = Condition
field-always = Always
field-mean = Mean
field-shortest = Shortest
field-longest = Longest
field-deviation = Standard deviation
field-median = Median
field-p99 = 99{ "\u00A0" }% are below
field-shape = Shape
field-samples = Equally likely

# Beside a field. The space after the colon does not break.
field-default = default:{ "\u00A0" }{ $value }

## Mistakes: below the field

field-not-a-duration = “{ $found }” is not a duration. Allowed: 0 to 10,000 h, e.g. 250ms or 1.5s.
field-not-a-whole-number = “{ $found }” is not a whole number.
field-not-a-number = “{ $found }” is not a number.
field-not-a-condition = Not a condition: { $reason }
field-not-an-outcome = “{ $found }” is not an outcome.
field-not-an-answer = “{ $found }” is not an answer, e.g. 5ms 200.
field-not-a-point = “{ $found }” is not a point, e.g. 10s 100.

## Hints: units, examples, and what an empty field means

hint-different = different values
hint-unlimited = unlimited
hint-per-second = per second
hint-at-once = at once
hint-share = 0 to 1, or %
hint-condition = e.g. ledger.duplicates == 0
hint-effect = e.g. transfer
hint-script = e.g. 5ms 200, 2s 503
hint-first-included = including the first
hint-retry-unsafe = repeats a POST without an id
hint-each-time = each time
hint-no-limit = no limit
hint-budget-ratio = e.g. 0.1
hint-at-most = at most
hint-tokens = tokens
hint-half-open = while half-open
hint-breaker-automatic = half-open without a call
hint-calls = calls
hint-in-a-row = in a row
hint-no-deadline = none of its own
hint-pass-on = what is left of its own
hint-attempts-at-once = attempts at once
hint-beside-the-first = besides the first
hint-times = times, including the first
hint-outcome-unknown = when nobody knows whether it happened
hint-saga = a saga
hint-stage = one after another
hint-optional = the answer works without it
hint-cancel = giving up tells the callee
hint-relationship = of the teams
hint-instants = e.g. 0s, 250ms
hint-profile = e.g. 0s 10, 10s 100
hint-the-end = the end
hint-forever = no limit
hint-asks-again = times, by hand
hint-to-the-end = to the end
hint-factor = times as long
hint-pareto-shape = above 0; below 2: heavy tail
hint-samples = e.g. 5ms, 7ms, 30ms
hint-seed = the same seed gives the same run
hint-horizon = for reports and objectives

## Allowed ranges

range-at-least-1 = ≥{ "\u00A0" }1
range-0-1000 = 0–1000
range-1-1000 = 1–1000
range-above-0 = >{ "\u00A0" }0
range-window = 1–100,000
range-unlimited = empty: unlimited

## Defaults that are not a number

default-no-limit = no limit
default-retried-outcomes = error, refused, shed, rate limited, timeout
default-off = off
default-on = on
default-minimum-calls = 100, or the window
default-half-open-calls = 10; 1 for failures in a row
default-breaker-failures = everything without a usable answer
default-no-deadline = none of its own
default-workers = 16; stubs unlimited
default-burst = one second’s worth
default-nothing = nothing
default-the-end = the end
default-forever = no limit

## Options

option-none = none
option-constant = constant
option-exponential = exponential
option-uniform = uniform
option-normal = normal
option-lognormal = lognormal
option-pareto = Pareto
option-empirical = recorded
option-linear = linear
option-fifo = oldest first
option-lifo = newest first
option-blocking = blocking
option-async = asynchronous
option-repeat-last = the last again
option-repeat-cycle = from the start
option-jitter-full = full
option-jitter-equal = equal
option-jitter-decorrelated = decorrelated
option-budget-ratio = share of calls
option-budget-tokens = tokens (gRPC)
option-trip-calls = rate in last calls
option-trip-time = rate in last time
option-trip-consecutive = failures in a row
option-fallback-default = a default
option-fallback-cached = last good answer
option-fallback-omit = a gap
option-get = GET: reads
option-head = HEAD: peeks
option-options = OPTIONS: asks
option-put = PUT: replaces
option-delete = DELETE: removes
option-post = POST: acts
option-patch = PATCH: changes
option-rest = REST
option-grpc = gRPC
option-graphql = GraphQL
option-soap = SOAP
option-customer-supplier = customer/supplier
option-conformist = conformist
option-partnership = partnership
option-shared-kernel = shared kernel
option-anticorruption-layer = anticorruption layer
option-open-host = open host service
option-published-language = published language
option-separate-ways = separate ways
option-poisson = at random
option-constant-rate = evenly
option-at = at set times
option-users = from users
option-profile = by a profile
option-fault-down = takes it down
option-fault-slow = slows it down
option-fault-failing = makes it fail
option-fault-drop = loses messages
option-fault-delay = delays messages
option-legs-both = both
option-legs-request = requests
option-legs-response = answers
option-objective-success = good answers
option-objective-latency = quick answers
option-objective-condition = a condition

## Faults, objectives and teams in a line

fault-down = { $service } is down
fault-slow = { $service } takes { $factor } times as long
fault-failing = { $service } fails { $share } of its requests
fault-cut = { $from } → { $to } is cut
fault-loses-requests = { $from } → { $to } loses requests
fault-loses-responses = { $from } → { $to } loses answers
fault-delay = { $from } → { $to } is delayed by { $added }
fault-from-to = { $from } to { $to }
fault-from = from { $from }
objective-default-name = { $client } gets good answers
objective-success = { $percent }{ "\u00A0" }% good
objective-latency = { $percent }{ "\u00A0" }% within { $within }
objective-condition = { $condition }
team-default-name = Team { $n }
team-services = { $services ->
    [one] 1 service
   *[other] { $services } services
}

## Pictures of settings, described

sketch-answers-always = Without queues, faults and its own calls: every answer takes { $answer }.
sketch-answers-always-late = Without queues, faults and its own calls: every answer takes { $answer }, longer than the timeout.
sketch-answers = Without queues, faults and its own calls: half the answers take at most { $median }, 99 of 100 at most { $p99 }. { $late }
sketch-answers-hardly-late = Hardly any come after the timeout.
sketch-answers-late = About { $percent }{ "\u00A0" }% come after the timeout.
sketch-wait = { $longest }
sketch-wait-up-to = 0 – { $longest }
sketch-wait-between = { $shortest } – { $longest }
sketch-wait-before = before retry { $retry }: { $wait }
sketch-schedule = { $more ->
    [0] Waits { $waits }.
   *[other] Waits { $waits }, and { $more } more.
}
sketch-breaker-consecutive = Opens with { $failures } failures in a row.
sketch-breaker-calls = Opens with { $failed } failures among the last { $calls } results.
sketch-breaker-calls-early = Opens with { $failed } failures among the last { $calls } results. It judges from { $minimum } results on; then { $early } are enough.
sketch-breaker-time = Opens when { $percent }{ "\u00A0" }% of the results of the last { $window } are failures. It judges from { $minimum } results on; then { $early } are enough.
sketch-curve = Half take at most { $median }, 99 of 100 at most { $p99 }. { $mean }
sketch-mean = Mean { $mean }.
sketch-mean-infinite = The mean is infinite.
sketch-attempts = At worst { $attempts } attempts take { $whole }.
sketch-attempts-cut = At worst { $whole }, but the deadline ends it after { $deadline }, in attempt { $attempt } of { $attempts }.
sketch-hedges = { $more ->
    [0] Without an answer, further attempts after { $instants }.
   *[other] Without an answer, further attempts after { $instants }, and { $more } more.
}

## Suggestions of what to try

hint-cut = Select { $from } → { $to } and cut it.
hint-cut-timeout = Each call waits for its timeout, and the client notices.
hint-cut-client-timeout = Each request waits for its timeout.
hint-cut-no-timeout = Without a timeout the callers wait forever and block their workers.
hint-cut-client-no-timeout = Without a timeout the client waits forever.
hint-slow = Slow { $service } down.
hint-slow-outcome = See who waits for it and whose queue fills.
hint-send = Click { $client }.
hint-send-outcome = It sends one request that you can follow.
hint-add-client = Add a client from the palette.
hint-add-client-outcome = It sends requests.
hint-wire = Drag from the edge of one box to another.
hint-wire-outcome = The first service now calls the second.

## Why two services cannot be linked

link-end-missing = One of the two services no longer exists.
link-to-itself = A service does not call itself.
link-to-client = Nobody calls a client.
link-from-stub = A stub calls nobody.
link-exists = These two are already linked.

## Announcements for screen readers: what a command did

announce-added = Added { $things }.
announce-moved = Moved { $things }.
announce-connected = { $caller } now calls { $callee }.
announce-added-callee = Added { $callee }, which { $caller } calls.
announce-pasted = Pasted { $things }.
announce-removed = Removed { $things }.
announce-changed = Changed { $things }.
announce-changed-load = Changed the load of { $client }.
announce-changed-faults = Changed the faults.
announce-changed-objectives = Changed the objectives.
announce-changed-teams = Changed the teams.
announce-changed-system = Changed the system.
announce-changed-several = { $things ->
    [one] Changed 1 item.
   *[other] Changed { $things } items.
}
announce-opened = Opened { $title }.
announce-opened-untitled = Opened a system.
announce-selected = { $things ->
    [0] Nothing selected.
    [one] 1 item selected.
   *[other] { $things } items selected.
}
announce-things = { $things ->
    [one] 1 item
   *[other] { $things } items
}
announce-service = { $service }
announce-link = { $caller } to { $callee }

## Names of new services

default-name-client = Client { $n }
default-name-service = Service { $n }
default-name-external = Partner { $n }
default-name-stub = Stub { $n }
