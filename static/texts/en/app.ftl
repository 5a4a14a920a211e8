### The frame of the page: the bar, actions and their groups, short messages, looks and language.

## The title of the page

page-title = Callchain: how services fail together, and what helps

## The bar at the top

bar-systems = Systems
bar-undo = Undo
bar-redo = Redo
bar-compare = Compare
bar-compare-hint = Compare with the system as it is now
bar-compare-end = End the comparison
bar-open = Open
bar-open-hint = Open a scenario, Mermaid, docker-compose or trace file, or drop one on the page
bar-open-menu = Open…
bar-save = Save
bar-save-hint = Save as a file
bar-share = Share
bar-share-hint = Share: a link, a QR code, a picture
bar-share-menu = Share…
bar-more = More
bar-copy-link = Copy link
bar-paste = Paste a diagram or trace…
bar-versions = Versions…
bar-commands = All commands…
bar-gestures = Gestures and keys…
bar-looks = Looks
bar-looks-hint = Looks: theme, colours, motion, language
bar-shortcuts = Shortcuts
bar-settings = Settings
bar-settings-hint = Settings of the system
bar-file = System file
# The name of a button, and its keys.
bar-with-keys = { $name } ({ $keys })

## The title of a document without one

app-untitled = Untitled system
app-new-system = New system

## The frame

app-stage = The stage
app-inspector = Inspector
app-try = Try this:
app-baseline = A, as it was
app-baseline-note = as it was
app-current = B, as it is now
app-current-note = as it is now
app-baseline-fixed = A stays as it was. Change B, and see the difference.
app-part-loading = Loading…
app-part-missing = This part of the page could not be loaded. Check your connection.
app-part-again = Try again
app-action-missing = This could not be loaded. Check your connection, then try again.
app-opening-missing = The system to open could not be loaded. Check your connection, then reload the page.

## Groups of actions

group-edit = Edit
group-view = View
group-file = File
group-run = Run
group-page = Page
group-faults = Faults
group-systems = Systems
group-looks = Looks
group-language = Language
group-services = Services
group-links = Links

## Actions

action-undo = Undo
action-redo = Redo
action-remove = Remove
action-copy = Copy
action-cut = Cut
action-paste = Paste
action-duplicate = Duplicate
action-select-all = Select everything
action-select-none = Select nothing
action-tidy = Tidy: lay everything out
action-select-several = Select several by touching them
action-fit = Show everything
action-actual = Zoom to 100 %
action-zoom-in = Zoom in
action-zoom-out = Zoom out
action-share = Share: link, QR code, picture
action-copy-link = Copy a link to this system
action-save = Save as a file
action-bring = Bring your own system: Mermaid, docker-compose, traces
action-versions = Versions: earlier states of your system
action-play = Play or pause
action-timeline = Show or hide the timeline
action-charts = Show or hide the charts
action-log = Show or hide the log
action-compare = Compare with the system as it is now, or end the comparison
action-commands = All commands
action-shortcuts = Shortcuts
action-step = Go to the next event
action-step-back = Go to the previous event

## Why an action is not available

action-nothing-to-undo = There is nothing to undo.
action-nothing-to-redo = There is nothing to redo.
action-nothing-selected = Nothing is selected.
action-no-service-selected = No service is selected.
action-nothing-copied = You have not copied anything here yet.
action-nothing-on-stage = The stage is empty.

## What else the command palette and the menu of a thing offer

offer-send = Send a request
offer-open = Open: { $title }
offer-go-to = Go to { $name }
offer-add-here = Add a service here
# A fault of a service or link: “Stock: Take it down”.
offer-fault = { $thing }: { $fault }
# A choice of looks: “Theme: Dark”.
offer-look = { $choice }: { $value }
offer-language = Language: { $name }
offer-system = The system
offer-several = { $count ->
    [one] { $count } item
   *[other] { $count } items
}

## The command palette

commands-title = Commands
commands-question = What do you want to do?
commands-none = No matches. Try “fault”, “go to” or the name of a service.
commands-on = on

## Short messages

state-undone = Undone.
state-redone = Redone.
state-impossible = That is not possible.
toast-close = Close the message
toast-more = { $count ->
    [one] … and { $count } more
   *[other] … and { $count } more
}
dialog-close = Close

## Files, links and the clipboard

file-saved = Saved as a file.
file-too-large = The file is larger than 16 MiB.
file-unreadable = The file cannot be read.
file-refused = { $name } was not opened. Your system is unchanged.
file-opened = Opened { $name }.
text-opened = Opened the pasted text.
text-refused = The pasted text was not opened. Your system is unchanged.
link-opened = Opened the link. Undo goes back to your previous system.
link-refused = The link was not opened.
link-refused-later = The link was not opened. Your system is unchanged.
clipboard-copied = { $count ->
    [one] Copied.
   *[other] Copied { $count } services.
}
clipboard-empty = You have not copied anything here yet. { $keys } pastes a text from elsewhere.
clipboard-refused = Nothing was pasted. Your system is unchanged.
clipboard-too-large = The copied text is larger than 1 MiB. Nothing was pasted.
clipboard-foreign = The copied text is not part of a system. Nothing was pasted.

## Keys as they are printed on a keyboard

key-ctrl = Ctrl
key-shift = Shift
key-alt = Alt
key-delete = Del
key-escape = Esc
key-space = Space
key-enter = Enter
key-tab = Tab
key-backspace = Backspace

## Pieces to put on the stage

piece-group = Add to the stage
piece-add = Add: { $name }
piece-hint = { $about }: press to add, or drag to its place
piece-client = Client
piece-client-about = Sends requests
piece-service = Service
piece-service-about = A service that you run
piece-external = External
piece-external-about = A service that others run
piece-stub = Stub
piece-stub-about = Answers from a script

## Looks

look-theme = Theme
look-theme-device = Same as this device
look-theme-light = Light
look-theme-dark = Dark
look-theme-projector = Projector
look-colours = Colours
look-colours-first = Blue, green, vermilion
look-colours-second = Navy, teal, rose: for print, too
look-motion = Motion
look-motion-full = Moving dots
look-motion-reduced = Counts, no motion
look-spoken = Screen reader
look-spoken-less = Says little
look-spoken-more = Says more
look-spoken-off = Says nothing

## Language

language-title = Language
language-changed = The page is now in English.
language-failed = The texts for “{ $name }” could not be loaded. Check your connection. The page stays in English.

## Warnings

warnings-count = { $count ->
    [one] { $count } warning
   *[other] { $count } warnings
}
warnings-none = No warnings
warnings-chip = Problems of this system
