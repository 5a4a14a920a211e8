//! Everything that can be done to the document and the view by name: one table, from which come the keys, the command
//! palette, the menus and the sheet of shortcuts.
//!
//! An [`Action`] is about what is selected. What needs a place, such as a drag, is for the stage.

pub mod context;

use super::clipboard;
use super::run::Moment;
use super::stage::ViewChange;
use super::state::{Overlay, Tab, Update};
use super::transport;
use super::{files, share};
use crate::editor::{Command, Editor, Selection, fragment};
use crate::scene::stage::layout::placed;
use crate::scene::stage::tidy;
use context::{Availability, Context};
use gloo::timers::callback::Timeout;

/// Something that can be done by name.
pub struct Action {
    /// What the program calls it.
    pub id: &'static str,
    /// What it is listed under.
    pub group: &'static str,
    /// What people call it.
    pub title: &'static str,
    /// The keys that do it, e.g. `Mod+Shift+z`, the usual ones first. `Mod` is the command key of a Mac, Ctrl elsewhere.
    pub keys: &'static [&'static str],
    /// Whether it can be done now.
    pub enabled: fn(&Context) -> Availability,
    /// Does it.
    pub run: fn(&Context),
}

/// All of them, in the order in which they are listed.
pub const ACTIONS: &[Action] = &[
    Action {
        id: "undo",
        group: "Edit",
        title: "Undo",
        keys: &["Mod+z"],
        enabled: |context| if context.app.now().editor.can_undo() { Ok(()) } else { Err("Nothing was done yet.") },
        run: |context| context.app.send(Update::Undo),
    },
    Action {
        id: "redo",
        group: "Edit",
        title: "Redo",
        keys: &["Mod+Shift+z", "Mod+y"],
        enabled: |context| if context.app.now().editor.can_redo() { Ok(()) } else { Err("Nothing was undone.") },
        run: |context| context.app.send(Update::Redo),
    },
    Action {
        id: "remove",
        group: "Edit",
        title: "Remove",
        keys: &["Delete", "Backspace"],
        enabled: has_selected,
        run: |context| {
            context.app.send(Update::Edit(|editor| {
                let selection = editor.selection();
                (!selection.is_empty()).then(|| Command::Remove(selection.clone()))
            }))
        },
    },
    Action { id: "copy", group: "Edit", title: "Copy", keys: &["Mod+c"], enabled: has_service, run: clipboard::copy },
    Action { id: "cut", group: "Edit", title: "Cut", keys: &["Mod+x"], enabled: has_service, run: clipboard::cut },
    Action {
        id: "paste",
        group: "Edit",
        title: "Paste",
        keys: &["Mod+v"],
        enabled: has_copied,
        run: clipboard::paste_copied,
    },
    Action {
        id: "duplicate",
        group: "Edit",
        title: "Duplicate",
        keys: &["Mod+d"],
        enabled: has_service,
        run: |context| context.app.send(Update::Edit(duplicate)),
    },
    Action {
        id: "select-all",
        group: "Edit",
        title: "Select everything",
        keys: &["Mod+a"],
        enabled: has_things,
        run: |context| context.app.send(Update::Reselect(|editor| Selection::all(editor.document()))),
    },
    Action {
        id: "select-none",
        group: "Edit",
        title: "Select nothing",
        keys: &["Escape"],
        enabled: has_selected,
        // Whatever is under way goes first.
        run: |context| {
            if !context.view.cancel() {
                context.app.send(Update::Select(Selection::NONE));
            }
        },
    },
    Action {
        id: "tidy",
        group: "Edit",
        title: "Tidy: lay everything out",
        keys: &["Alt+Shift+t"],
        enabled: has_things,
        run: |context| {
            context.app.send(Update::Edit(|editor| Some(Command::Move(tidy::tidied(editor.document())))));
            // Once it is drawn: what is shown depends on where everything stands by then.
            let view = context.view.clone();
            Timeout::new(0, move || view.change(ViewChange::Fit)).forget();
        },
    },
    Action {
        id: "select-several",
        group: "Edit",
        title: "Select several by touching them",
        keys: &[],
        enabled: has_things,
        run: |context| context.view.pick_several(),
    },
    Action {
        id: "fit",
        group: "View",
        title: "Show everything",
        keys: &["0"],
        enabled: always,
        run: |context| context.view.change(ViewChange::Fit),
    },
    Action {
        id: "actual",
        group: "View",
        title: "Zoom to 100 %",
        keys: &["1"],
        enabled: always,
        run: |context| context.view.change(ViewChange::ActualSize),
    },
    Action {
        id: "zoom-in",
        group: "View",
        title: "Zoom in",
        keys: &["+"],
        enabled: always,
        run: |context| context.view.change(ViewChange::ZoomIn),
    },
    Action {
        id: "zoom-out",
        group: "View",
        title: "Zoom out",
        keys: &["-"],
        enabled: always,
        run: |context| context.view.change(ViewChange::ZoomOut),
    },
    Action {
        id: "share",
        group: "File",
        title: "Share: link, QR code, picture",
        keys: &[],
        enabled: always,
        run: |context| context.app.send(Update::Show(Some(Overlay::Share))),
    },
    Action {
        id: "copy-link",
        group: "File",
        title: "Copy a link to this system",
        keys: &[],
        enabled: always,
        run: |context| share::copy_link(context.app.now().editor.document(), &context.app),
    },
    Action {
        id: "save",
        group: "File",
        title: "Save as a file",
        keys: &["Mod+s"],
        enabled: always,
        run: |context| files::save(context.app.now().editor.document(), &context.app),
    },
    Action {
        id: "bring",
        group: "File",
        title: "Bring your own system: Mermaid, docker-compose, traces",
        keys: &[],
        enabled: always,
        run: |context| context.app.send(Update::Show(Some(Overlay::Bring))),
    },
    Action {
        id: "versions",
        group: "File",
        title: "Versions: what you had before",
        keys: &[],
        enabled: always,
        run: |context| context.app.send(Update::Show(Some(Overlay::Versions))),
    },
    Action {
        id: "play",
        group: "Run",
        title: "Play or pause",
        keys: &["Space"],
        enabled: always,
        run: |context| transport::toggle(&context.driver),
    },
    Action {
        id: "timeline",
        group: "Page",
        title: "Show or hide the timeline",
        keys: &[],
        enabled: always,
        run: |context| context.app.send(Update::ToggleTab(Tab::Timeline)),
    },
    Action {
        id: "charts",
        group: "Page",
        title: "Show or hide the charts",
        keys: &[],
        enabled: always,
        run: |context| context.app.send(Update::ToggleTab(Tab::Charts)),
    },
    Action {
        id: "log",
        group: "Page",
        title: "Show or hide the log",
        keys: &[],
        enabled: always,
        run: |context| context.app.send(Update::ToggleTab(Tab::Log)),
    },
    Action {
        id: "compare",
        group: "Page",
        title: "Compare with the system as it is now, or end it",
        keys: &[],
        enabled: always,
        run: |context| context.app.send(Update::ToggleCompare),
    },
    Action {
        id: "commands",
        group: "Page",
        title: "All commands",
        keys: &["Mod+k"],
        enabled: always,
        run: |context| context.app.send(Update::Show(Some(Overlay::Commands))),
    },
    Action {
        id: "shortcuts",
        group: "Page",
        title: "Shortcuts",
        keys: &["?"],
        enabled: always,
        run: |context| context.app.send(Update::Show(Some(Overlay::Shortcuts))),
    },
    Action {
        id: "step",
        group: "Run",
        title: "To the next event",
        keys: &["."],
        enabled: always,
        run: |context| context.driver.step(),
    },
    Action {
        id: "step-back",
        group: "Run",
        title: "To the previous event",
        keys: &[","],
        enabled: always,
        run: |context| context.driver.go_to(Moment::EventBefore),
    },
];

/// The action that the program calls so.
pub fn find(id: &str) -> Option<&'static Action> {
    ACTIONS.iter().find(|action| action.id == id)
}

/// The action that these keys do, written as in [`Action::keys`].
pub fn of_keys(keys: &str) -> Option<&'static Action> {
    ACTIONS.iter().find(|action| action.keys.contains(&keys))
}

fn always(_: &Context) -> Availability {
    Ok(())
}

fn has_selected(context: &Context) -> Availability {
    if context.app.now().editor.selection().is_empty() { Err("Nothing is selected.") } else { Ok(()) }
}

fn has_service(context: &Context) -> Availability {
    if context.app.now().editor.selection().services().next().is_none() {
        Err("No service is selected.")
    } else {
        Ok(())
    }
}

fn has_copied(context: &Context) -> Availability {
    if context.memory.is_empty() { Err("Nothing was copied here yet.") } else { Ok(()) }
}

fn duplicate(editor: &Editor) -> Option<Command> {
    let document = placed(editor.document());
    let fragment = fragment::of(&document, editor.selection())?;
    let by = fragment::beside(&document, &fragment);
    Some(Command::Paste { fragment: Box::new(fragment), by })
}

fn has_things(context: &Context) -> Availability {
    if context.app.now().editor.document().services.is_empty() { Err("There is nothing on the stage.") } else { Ok(()) }
}
