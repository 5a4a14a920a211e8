### The inspector: what is selected, faults by hand, numbers of this moment, schedules, warnings.

inspector-whole = The whole system
inspector-whole-note = Click a service or a link to see and change it.
inspector-service-note = { $kind } · { $id }
inspector-remove = Remove
inspector-close = Close
inspector-close-label = Close the inspector
inspector-send = Send one request
inspector-legs-alike = Set both ways alike
inspector-legs-apart = Set each way separately
inspector-first-load = Let it send on its own
inspector-add-load = Add another load

## Several services and links at once

many-services = { $count ->
    [one] { $count } service
   *[other] { $count } services
}
many-links = { $count ->
    [one] { $count } link
   *[other] { $count } links
}
many-note = A change here applies to all of them.
many-note-mixed = Services and links have separate settings.
many-in = Settings of the { $items }
many-nothing = These have no common settings.

## Cards and fields

card-preset = Preset
card-preset-own = custom settings
# Says where the settings of a preset come from: “Same as gRPC: its documentation.”
card-preset-same = Same as { $name }:
card-preset-source = its documentation
card-more = How it works
card-more-settings = More settings
card-remove = Remove: { $title }
field-slider = Duration

## Outcomes of a call

outcome-ok = ok
outcome-degraded = degraded
outcome-error = error
outcome-refused = refused
outcome-shed = shed
outcome-rate-limited = rate limited
outcome-timeout = timeout
outcome-deadline-exceeded = deadline exceeded
outcome-breaker-open = breaker open
outcome-bulkhead-full = bulkhead full
outcome-conflict = conflict
outcome-cancelled = cancelled

## Faults by hand

by-hand-down = Take it down
by-hand-down-back = Bring it back up
by-hand-slow = Slow it down
by-hand-slow-back = Restore its speed
by-hand-fail = Make it fail
by-hand-fail-back = Let it answer again
by-hand-cut = Cut the link
by-hand-lose-requests = Lose requests
by-hand-lose-responses = Lose answers
by-hand-link-back = Repair the link
by-hand-delay = Add a delay
by-hand-delay-back = Remove the delay
by-hand-press-again = { $back }: press it again.
by-hand-slider-delay = Extra delay
by-hand-slider-slow = Slow
by-hand-slider-fail = Fail

## Messages on the selected link

flight-pause = Pause to pick out a message.
flight-label = Messages on their way
flight-title = On their way
flight-none = Nothing at this moment.
flight-drop = Drop
flight-drop-label = Drop { $message }
flight-follow = Follow
flight-follow-label = Follow { $message }

## The numbers of this moment

live-title = Right now
live-good = good answers
live-arriving = requests arriving
live-workers = workers busy
live-queued = waiting in the queue
# A number and its limit: “3 of 8”.
live-of = { $count } of { $limit }
live-answered = answered
live-wasted = wasted work
live-shed = shed, queue full
live-refused = refused, down
live-rate-limited = rate limited
live-expired = expired in the queue
live-replayed = answered from the store
live-cancelled = cancelled
live-lost = lost when it went down
live-duplicates = booked twice
live-attempts = attempts
live-failed = failed attempts
live-waiting = waiting callers
live-timeouts = timeouts
live-calls = calls in total
live-retries = retries
live-breaker = circuit breaker
live-breaker-closed = closed
live-breaker-open = open
live-breaker-half-open = half-open
live-breaker-left = { $state }, { $left }
live-latency = mean time
live-sending = sends
live-pending = in progress
live-sent = sent in total
live-bad = ended badly
live-clients = What the clients see
live-client = Client
live-client-good = Good
live-client-time = Mean time

## Schedules

schedule-faults = Scheduled faults
schedule-faults-add = Schedule a fault
schedule-objectives = Objectives
schedule-objectives-add = Add an objective
schedule-teams = Teams
schedule-teams-add = Add a team
schedule-remove = Remove: { $item }

## Pictures of settings

sketch-retry = retry { $number }
sketch-more = and { $count } more
sketch-timeout = timeout { $value }
sketch-median = median { $value }
sketch-p99 = p99 { $value }

## Warnings

warnings-title = Warnings
warnings-times = { $count ->
    [one] { $count } time
   *[other] { $count } times
}
warnings-more = … and { $count } more
warnings-more-elsewhere = … and { $count } more, in the list of the whole system
warnings-see = Read more:
warnings-fixed = Fixed: { $repair }. Undo takes it back.
