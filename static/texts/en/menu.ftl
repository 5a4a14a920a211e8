### The panel at the left and the dialogs: systems, share, versions, bring, shortcuts.

## The panel at the left

menu-label = This system
menu-try = Try this
menu-systems = Systems to begin with
menu-empty = Begin with an empty stage
menu-bring = Bring your own system

## Share

share-title = Share this system
share-large-title = Open “{ $title }”
share-back = Back
share-enlarge = Enlarge
share-enlarge-label = Enlarge the QR code of the link
share-enlarge-hint = Large, for a projector
share-code = QR code of the link
share-no-code = The link is too long for a QR code.
share-link = Link
share-copy-link = Copy link
share-note = The link contains the whole system. No server receives it. Everyone who opens it sees the same run.
share-send = Send
share-copies = Pictures and texts
share-copy = Copy
share-save = Save
share-copy-as = Copy as { $form }
share-save-as = Save as { $form }
share-png-about = the system as it looks now, for slides
share-svg-about = the same, sharp at any size
share-mermaid-about = a flowchart, for documents
share-file = File
share-file-about = everything, to open it again
share-text = The text, to copy it
share-link-copied = The link is in the clipboard.
share-svg-copied = The SVG text is in the clipboard.
share-mermaid-copied = The Mermaid text is in the clipboard.
share-picture-copied = The picture is in the clipboard.
share-selected = The browser does not allow access to the clipboard. The text is selected: press Ctrl+C, or Cmd+C on a Mac.
share-picture-refused = The browser takes no pictures into the clipboard. Save the picture instead.

## Versions in this browser

versions-title = Versions
versions-forbidden = The browser does not let this page store anything. Save a file before you leave.
versions-none = There are no versions yet. From your first change on, this browser stores versions of the system.
versions-note = Only this browser has these versions. You can undo opening one.
versions-this-tab = This tab
versions-other-tab = Another tab: { $title }
versions-open-now = open now
versions-open = Open
versions-opened = Opened your version from { $age }. Undo goes back to your previous system.
versions-forget = Forget all versions…
versions-forget-question = Forget all versions? You cannot undo that.
versions-forget-no = Keep them
versions-forget-yes = Forget them
versions-not-stored = The browser stores nothing of this page. Save a file before you leave.

## The system of a tab that was closed

restore-label = Restore
restore-question = You had “{ $title }” open { $age }.
restore-question-changed = You had “{ $title }” open { $age }, with changes: { $changes }.
restore-yes = Restore it
restore-no = Do not restore it
restore-done = Restored. Undo goes back to your previous system.

## Bring your own system

bring-title = Bring your own system
bring-result = Your system
bring-intro = Open a file, drop it on the page, or paste its text. It stays in this page: nothing is sent anywhere.
bring-mermaid = Mermaid flowchart
bring-mermaid-about = Nodes are services, arrows are calls, subgraphs are teams. Alone, or within a Markdown document.
bring-compose = docker-compose file
bring-compose-about = Services and their dependencies.
bring-traces = Traces
bring-traces-about = OTLP/JSON or Jaeger JSON: services, calls, and measured delays, work, failures and load.
bring-scenario = Scenario
bring-scenario-about = A file that you saved here.
bring-paste = Paste it here
bring-example = Mermaid, docker-compose or traces, for example:
bring-choose = Choose a file…
bring-make = Make a system from it
bring-read = Read as { $format }: { $services }, { $clients }, { $calls }.
bring-services = { $count ->
    [one] { $count } service
   *[other] { $count } services
}
bring-clients = { $count ->
    [one] { $count } client
   *[other] { $count } clients
}
bring-calls = { $count ->
    [one] { $count } call
   *[other] { $count } calls
}
bring-complete = Everything in it became part of the system.
bring-notes = Good to know
bring-remarks = Remarks
bring-show = Show it

## Shortcuts

shortcuts-title = Shortcuts
shortcuts-label = All shortcuts
shortcuts-or = or
gestures-pointer = By mouse or finger
gestures-add = Add a service
gestures-add-how = double-click the stage
gestures-link = Link two services
gestures-link-how = drag from a + to the other
gestures-link-new = Link to a new one
gestures-link-new-how = drag from a + to empty space
gestures-cut = Cut a link, and repair it
gestures-cut-how = double-click it
gestures-message = Drop or follow a message
gestures-message-how = click its dot
gestures-several = Select several
gestures-several-how = Ctrl-click, or Shift-drag a box; with a finger by the command “{ action-select-several }”
gestures-copy = Move a copy
gestures-copy-how = Alt-drag
gestures-view = Move the view
gestures-view-how = drag the stage, or Space-drag
gestures-zoom = Zoom
gestures-zoom-how = wheel, or two fingers
gestures-menu = Open a menu
gestures-menu-how = right-click, or press and hold
gestures-focus = On a service or link that has the focus
gestures-next = To the next item: a service, then its links
gestures-select = Select a service; on a client: send a request
gestures-begin = Begin a link here; Enter on another service ends it
gestures-move = Move it
gestures-faults = Its faults
gestures-own-menu = Its menu

## Settings by their names in the file, for lists of changes

setting-title = title
setting-description = description
setting-seed = seed
setting-horizon = horizon
setting-name = name
setting-kind = kind
setting-team = team
setting-workers = workers
setting-queue = queue
setting-work = work
setting-discipline = discipline
setting-rate-limit = rate limit
setting-per-second = per second
setting-burst = burst
setting-idempotency = idempotency
setting-request-id = request id
setting-ttl = stored for
setting-script = script
setting-status = status
setting-threads = threads
setting-optional = optional
setting-timeout = timeout
setting-retry = retry
setting-max-attempts = max attempts
setting-backoff = backoff
setting-base = first wait
setting-factor = factor
setting-jitter = jitter
setting-max = max
setting-min = min
setting-on = on
setting-after = after
setting-budget = budget
setting-ratio = ratio
setting-reserve = reserve
setting-min-per-second = min per second
setting-token-ratio = token ratio
setting-max-tokens = max tokens
setting-skip-below = skip below
setting-breaker = breaker
setting-failure-rate = failure rate
setting-consecutive-failures = consecutive failures
setting-window = window
setting-calls = calls
setting-minimum-calls = minimum calls
setting-open-for = open for
setting-half-open-calls = half open calls
setting-half-open-max = half open max
setting-failures = failures
setting-bulkhead = bulkhead
setting-max-concurrent = max concurrent
setting-max-wait = max wait
setting-hedge = hedge
setting-deadline = deadline
setting-time = time
setting-overhead = overhead
setting-pass-on = pass on
setting-fallback = fallback
setting-cached = cached
setting-stage = stage
setting-ask = ask
setting-compensate = compensate
setting-attempts = attempts
setting-method = method
setting-repeat = repeat
setting-cancel = cancel
setting-request = request
setting-response = answer
setting-delay = delay
setting-loss = loss
setting-probability = probability
setting-relationship = relationship
setting-protocol = protocol
setting-constant = constant
setting-uniform = uniform
setting-normal = normal
setting-exponential = exponential
setting-lognormal = lognormal
setting-pareto = pareto
setting-empirical = empirical
setting-mean = mean
setting-median = median
setting-sd = standard deviation
setting-p99 = p99
setting-shape = shape
setting-set = set
setting-client = client
setting-poisson = poisson
setting-users = users
setting-think = think
setting-profile = profile
setting-linear = linear
setting-rate = rate
setting-patience = patience
setting-asks-again = asks again
setting-from = from
setting-until = until
setting-at = at
setting-for = for
setting-service = service
setting-link = link
setting-down = down
setting-slow = slow
setting-failing = failing
setting-drop = drop
setting-effect = effect
setting-success = success
setting-quantile = quantile
setting-within = within
setting-duration = duration
setting-unsafe = unsafe
setting-faults = fault
setting-load = load
setting-objectives = objective
setting-services = service
setting-links = link
setting-teams = team

## The changes of a version

autosave-moved = moved
autosave-contents = { $services }, { $links }
autosave-other-system = another system: { $contents }
# Some changes, and the number of the others.
autosave-more = { $changes }; { $count ->
    [one] { $count } more
   *[other] { $count } more
}
autosave-added = { $what } added
autosave-removed = { $what } removed
autosave-set = { $what }: { $value }
autosave-reset = { $what }: reset to default
autosave-changed = { $what }: { $before } → { $after }
ago-moment = a moment ago
ago-minutes = { $count ->
    [one] { $count } minute ago
   *[other] { $count } minutes ago
}
ago-hours = { $count ->
    [one] { $count } hour ago
   *[other] { $count } hours ago
}
ago-days = { $count ->
    [one] { $count } day ago
   *[other] { $count } days ago
}
