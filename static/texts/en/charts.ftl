### Charts and objectives.

## Charts: what is measured.

chart-title = { $subject }: { $measure }
chart-per-second = { $measure } / s
chart-all-calls = All calls
chart-answers = answers
chart-latency = latency
chart-attempts = attempts
chart-queue = queue
chart-breakers = Circuit breakers
chart-budget = Error budget left

## Charts: names of curves. Keep them short.

chart-good = good
chart-bad = bad
chart-sent = sent
chart-p99 = p99
chart-p95 = p95
chart-p50 = p50
chart-first = first
chart-again = again
chart-failed = failed
chart-queued = queued
chart-busy = busy
chart-workers = workers
chart-before = before

## Charts: values and keys.

chart-no-value = none
chart-spent = spent

## Objectives.

objective-no-answers = { $name }: no answers yet
objective-state = { $name }: { $share } good so far, { $wanted } wanted; { $budget }
objective-alert = { $state }; alert since { $since }
objective-alert-cause = { $state }; alert since { $since }; likely cause: { $cause }
objective-budget-spent = budget spent
objective-budget-left = { $left } of the budget left
objective-unmeasured = { $name }: nothing to measure yet; wanted: { $wanted }
objective-measured = { $name }: { $value } so far; wanted: { $wanted }
objective-short = { $name }: { $share } good so far, { $wanted } wanted. Alert since { $since }
objective-short-cause = { $name }: { $share } good so far, { $wanted } wanted. Alert since { $since }, likely cause: { $cause }

## Likely causes.

cause-system = The system
cause-down = { $place } is down
cause-fails = { $place } fails
cause-slow = { $place } is slow
cause-overloaded = { $place } is overloaded
cause-limits = { $place } rejects requests
cause-loses = { $place } loses messages
cause-open = { $place } has an open breaker
cause-word-down = down
cause-word-fails = fails
cause-word-slow = slow
cause-word-overloaded = overloaded
cause-word-limits = rejects requests
cause-word-loses = loses messages
cause-word-open = breaker open
