### The marks on the stage: their names, and the list of all marks (static/marks.html). The legend is in stage.ftl.

marks-intro = Point at a mark on the stage, or touch it, to read its meaning.

## Words in the drawings: they have to be short.

marks-drawn-again = again
marks-drawn-back = back

## On the lanes

marks-lanes = On the lanes
marks-request = Request
marks-request-about = On its way to a service; solid lane.
marks-answer = Answer
marks-answer-about = On its way back; dashed lane.
marks-degraded = Degraded answer
marks-degraded-about = A part of it is missing or old: a fallback answered.
marks-failure = Failure
marks-failure-about = The service answered with a failure. One that hops back from a box met a full queue.
marks-refused = Refused
marks-refused-about = Nobody listens: the service is down.
marks-rate-limited = Rate limited
marks-rate-limited-about = Rejected on purpose: over the limit.
marks-conflict = Conflict
marks-conflict-about = Rejected: the first attempt with the same id is still in progress.
marks-too-late = Too late
marks-too-late-about = The deadline had passed before anybody worked on it.
marks-lost = Lost
marks-lost-about = The message was lost on its way. Nobody learns of it.
marks-wasted = Wasted
marks-wasted-about = Work and messages that nobody waits for any more.
marks-cancelled = Cancelled
marks-cancelled-about = The caller tells the service to stop, or no longer needs the answer.
marks-question = Question
marks-question-about = The caller asks whether the request was carried out, and gets the answer.
marks-take-back = Take back
marks-take-back-about = A call that reverses an earlier one.
marks-request-id = Request id
marks-request-id-about = The same on every attempt; ·2 is the second.
marks-budget = Budget
marks-budget-about = The time left until the deadline; it shrinks at every hop.
marks-flow = Flow
marks-flow-about = Too many messages to tell apart: denser and thicker means more per second. Dashes are failures.
marks-picked = Picked out
marks-picked-about = One request that stays visible in a flow.

## Beside a caller

marks-caller = Beside a caller
marks-timeout = Timeout
marks-timeout-about = The caller waits for an answer. When the ring is empty, it gives up.
marks-backoff = Backoff
marks-backoff-about = A pause before the next attempt, which comes when the pie is full.
marks-permit = Permit
marks-permit-about = The call waits for the bulkhead to let it through. When the square is full, it gives up.
marks-timed-out = Timed out
marks-timed-out-about = The caller gave up waiting. The service does not know.
marks-deadline = Deadline
marks-deadline-about = The time budget was spent, or too small to try.
marks-no-permit = No permit
marks-no-permit-about = The bulkhead was full: not sent.
marks-not-sent = Not sent
marks-not-sent-about = The circuit breaker is open: the call fails at once.

## On a link

marks-link = On a link
marks-breaker-open = Breaker open
marks-breaker-open-about = The link has a gap. The arc counts the time until the trial calls.
marks-breaker-half-open = Breaker half-open
marks-breaker-half-open-about = Lets a few trial calls through.
marks-cut = Cut
marks-cut-about = Everything sent over this lane is lost.
marks-delay = Delay
marks-delay-about = A fault adds it, each way.
marks-warning = Warning
marks-warning-about = On a link or a box: its design has a problem. Select it to see which.

## On a service

marks-service = On a service
marks-worker = Worker
marks-worker-about = Works on one request.
marks-held = Blocked worker
marks-held-about = Idle: its request waits for another service.
marks-wasted-worker = Wasted worker
marks-wasted-worker-about = Its caller has given up.
marks-free = Free worker
marks-free-about = Has nothing to do.
marks-queue = Queue
marks-queue-about = Requests that wait for a worker. When it is full, the service sheds the next.
marks-answers = Answers
marks-answers-about = The share of good answers among the last ones.
marks-badge-red = Badge, red and round
marks-badge-red-about = Dropped by accident, and how many.
marks-badge-amber = Badge, amber with corners
marks-badge-amber-about = Dropped on purpose, by a policy.

## Of an objective

marks-objective = About an objective
marks-alert = Alert
marks-alert-about = A client gets too few good answers: its error budget burns fast.
marks-cause = Likely cause
marks-cause-about = The trouble behind an alert seems to begin here.

## In a ledger

marks-ledger = In a ledger
marks-again = Again
marks-again-about = Booked once more for the same request: a duplicate.
marks-taken-back = Taken back
marks-taken-back-about = Booked, and reversed since.
marks-unknown = Unknown
marks-unknown-about = Booked, but the client got a failure or no answer.
