### The dock: the controls of time, the timeline, one request, charts, the log, the comparison.

## The dock

dock-show = Show
dock-tab-timeline = Timeline
dock-tab-request = Request
dock-tab-charts = Charts
dock-tab-log = Log
dock-tab-compare = Compare

## The controls of time

time-group = Time
time-reset = Back to the start
time-step-back = Go to the previous event
time-step = Go to the next event
time-play = Play
time-pause = Pause
time-now = Simulated time
time-speed = Speed
time-overflow = Too much is in flight to continue. Start again with less load.
time-stuck = The system does not get past this moment. Start again.
time-behind = Too many events for this speed.

## The timeline

timeline-label = Moment of the run
timeline-position = { $now } of { $end }
timeline-answers = answers / s
timeline-latency = latency p95
timeline-changes = changes
timeline-up-to = up to { $value }
timeline-old = before your change
timeline-list = Changes
# A change with its time: “1.0 s: Stock slowed down”.
timeline-entry = { $at }: { $change }

## One request

dock-request-none = Click a dot, a line of the log or a point in a chart to follow one request.
dock-request-follow-next = Follow the next request
dock-request-follow-last = Last request
dock-request-before = Previous request
dock-request-after = Next request
dock-request-view = View
dock-request-sequence = Sequence
dock-request-waterfall = Waterfall
dock-request-text = Text
dock-request-save = Save as
dock-request-copy-mermaid = Copy Mermaid
dock-request-no-clipboard = The browser does not allow access to the clipboard. Save the text as a file instead.
dock-request-waiting = Waiting for request #{ $number } to be sent.
dock-request-verdict = The result
dock-request-story = The story
dock-request-steps = The story, step by step
# The title of a saved picture.
dock-request-title = Request #{ $number }: { $system }

## Charts

dock-charts-objectives = Objectives
dock-charts-as-table = Data as table
dock-charts-numbers = The numbers of the charts
dock-charts-changes = Changes
dock-charts-at = Time
dock-charts-missing = The charts could not be loaded. Check your connection, then close and open this panel to try again.
dock-charts-closed = closed
dock-charts-half-open = half-open
dock-charts-open = open
dock-charts-heat = darker: more answers

## The log

dock-log-list = Events
dock-log-important = Important
dock-log-everything = Everything
dock-log-detail = Detail
dock-log-about = Filter
dock-log-only = Only { $name }
dock-log-only-request = Only #{ $number }
dock-log-open-request = Open #{ $number }
dock-log-to-now = Back to now
dock-log-none-important = Nothing unusual so far. “Everything” lists each request.
dock-log-none-request = The log no longer knows this request.
dock-log-none = Nothing so far.

## The comparison

dock-compare-label = The comparison
dock-compare-settings = Different settings
dock-compare-setting = Setting
dock-compare-results = Results
dock-compare-measure = Measure
dock-compare-no-difference = None yet. Change a setting of B: both versions start again, with the same seed, load and faults.
dock-compare-note = You change B. The panels and the other tabs show B. A stays as it was.
dock-compare-present = set
dock-compare-default = default
dock-compare-without = no { $rule }
dock-compare-better = better
dock-compare-worse = worse
dock-compare-good-answers = { $client }: good answers
dock-compare-latency = { $client }: latency { $percentile }
dock-compare-attempts = { $caller } → { $callee }: attempts per call
dock-compare-wasted = Work that nobody waited for
dock-compare-shed = Shed, queue full
dock-compare-duplicates = Booked twice
dock-compare-unknown = Booked, but unknown to the client
