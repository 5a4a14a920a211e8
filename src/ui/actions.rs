//! Everything that can be done to the document and the view by name: one table, from which come the keys, the command
//! palette, the menus and the sheet of shortcuts.
//!
//! An [`Act`] is about what is selected. What needs a place, such as a drag, is for the stage.

use super::clipboard::{self, Memory};
use super::driver::Driver;
use super::run::Moment;
use super::stage::{Remote, ViewChange};
use super::state::{Action, App, Overlay, Tab};
use super::transport;
use super::{files, share};
use crate::editor::{Command, Editor, Selection, fragment};
use crate::scene::layout::placed;
use crate::scene::tidy;
use gloo::timers::callback::Timeout;

/// What an [`Act`] works with.
#[derive(Clone, PartialEq)]
pub struct Desk {
    /// The state of the app.
    pub app: App,
    /// The run.
    pub driver: Driver,
    /// The view.
    pub view: Remote,
    /// What was copied.
    pub memory: Memory,
}

/// Whether something can be done, or why not.
pub type Can = Result<(), &'static str>;

/// Something that can be done by name.
pub struct Act {
    /// What the program calls it.
    pub id: &'static str,
    /// What it is listed under.
    pub group: &'static str,
    /// What people call it.
    pub title: &'static str,
    /// The keys that do it, e.g. `Mod+Shift+z`, the usual ones first. `Mod` is the command key of a Mac, Ctrl elsewhere.
    pub keys: &'static [&'static str],
    /// Whether it can be done now.
    pub enabled: fn(&Desk) -> Can,
    /// Does it.
    pub run: fn(&Desk),
}

/// All of them, in the order in which they are listed.
pub const ACTS: &[Act] = &[
    Act {
        id: "undo",
        group: "Edit",
        title: "Undo",
        keys: &["Mod+z"],
        enabled: |desk| if desk.app.now().editor.can_undo() { Ok(()) } else { Err("Nothing was done yet.") },
        run: |desk| desk.app.send(Action::Undo),
    },
    Act {
        id: "redo",
        group: "Edit",
        title: "Redo",
        keys: &["Mod+Shift+z", "Mod+y"],
        enabled: |desk| if desk.app.now().editor.can_redo() { Ok(()) } else { Err("Nothing was undone.") },
        run: |desk| desk.app.send(Action::Redo),
    },
    Act {
        id: "remove",
        group: "Edit",
        title: "Remove",
        keys: &["Delete", "Backspace"],
        enabled: has_selected,
        run: |desk| {
            desk.app.send(Action::Edit(|editor| {
                let selection = editor.selection();
                (!selection.is_empty()).then(|| Command::Remove(selection.clone()))
            }))
        },
    },
    Act { id: "copy", group: "Edit", title: "Copy", keys: &["Mod+c"], enabled: has_service, run: clipboard::copy },
    Act { id: "cut", group: "Edit", title: "Cut", keys: &["Mod+x"], enabled: has_service, run: clipboard::cut },
    Act {
        id: "paste",
        group: "Edit",
        title: "Paste",
        keys: &["Mod+v"],
        enabled: has_copied,
        run: clipboard::paste_copied,
    },
    Act {
        id: "duplicate",
        group: "Edit",
        title: "Duplicate",
        keys: &["Mod+d"],
        enabled: has_service,
        run: |desk| desk.app.send(Action::Edit(duplicate)),
    },
    Act {
        id: "select-all",
        group: "Edit",
        title: "Select everything",
        keys: &["Mod+a"],
        enabled: has_things,
        run: |desk| desk.app.send(Action::Reselect(|editor| Selection::all(editor.document()))),
    },
    Act {
        id: "select-none",
        group: "Edit",
        title: "Select nothing",
        keys: &["Escape"],
        enabled: has_selected,
        // Whatever is under way goes first.
        run: |desk| {
            if !desk.view.cancel() {
                desk.app.send(Action::Select(Selection::NONE));
            }
        },
    },
    Act {
        id: "tidy",
        group: "Edit",
        title: "Tidy: lay everything out",
        keys: &["Alt+Shift+t"],
        enabled: has_things,
        run: |desk| {
            desk.app.send(Action::Edit(|editor| Some(Command::Move(tidy::tidied(editor.document())))));
            // Once it is drawn: what is shown depends on where everything stands by then.
            let view = desk.view.clone();
            Timeout::new(0, move || view.change(ViewChange::Fit)).forget();
        },
    },
    Act {
        id: "select-several",
        group: "Edit",
        title: "Select several by touching them",
        keys: &[],
        enabled: has_things,
        run: |desk| desk.view.pick_several(),
    },
    Act {
        id: "fit",
        group: "View",
        title: "Show everything",
        keys: &["0"],
        enabled: always,
        run: |desk| desk.view.change(ViewChange::Fit),
    },
    Act {
        id: "actual",
        group: "View",
        title: "Zoom to 100 %",
        keys: &["1"],
        enabled: always,
        run: |desk| desk.view.change(ViewChange::ActualSize),
    },
    Act {
        id: "zoom-in",
        group: "View",
        title: "Zoom in",
        keys: &["+"],
        enabled: always,
        run: |desk| desk.view.change(ViewChange::ZoomIn),
    },
    Act {
        id: "zoom-out",
        group: "View",
        title: "Zoom out",
        keys: &["-"],
        enabled: always,
        run: |desk| desk.view.change(ViewChange::ZoomOut),
    },
    Act {
        id: "share",
        group: "File",
        title: "Share: link, QR code, picture",
        keys: &[],
        enabled: always,
        run: |desk| desk.app.send(Action::Show(Some(Overlay::Share))),
    },
    Act {
        id: "copy-link",
        group: "File",
        title: "Copy a link to this system",
        keys: &[],
        enabled: always,
        run: |desk| share::copy_link(desk.app.now().editor.document(), &desk.app),
    },
    Act {
        id: "save",
        group: "File",
        title: "Save as a file",
        keys: &["Mod+s"],
        enabled: always,
        run: |desk| files::save(desk.app.now().editor.document(), &desk.app),
    },
    Act {
        id: "bring",
        group: "File",
        title: "Bring your own system: Mermaid, docker-compose, traces",
        keys: &[],
        enabled: always,
        run: |desk| desk.app.send(Action::Show(Some(Overlay::Bring))),
    },
    Act {
        id: "versions",
        group: "File",
        title: "Versions: what you had before",
        keys: &[],
        enabled: always,
        run: |desk| desk.app.send(Action::Show(Some(Overlay::Versions))),
    },
    Act {
        id: "play",
        group: "Run",
        title: "Play or pause",
        keys: &["Space"],
        enabled: always,
        run: |desk| transport::toggle(&desk.driver),
    },
    Act {
        id: "timeline",
        group: "Page",
        title: "Show or hide the timeline",
        keys: &[],
        enabled: always,
        run: |desk| desk.app.send(Action::ToggleTab(Tab::Timeline)),
    },
    Act {
        id: "charts",
        group: "Page",
        title: "Show or hide the charts",
        keys: &[],
        enabled: always,
        run: |desk| desk.app.send(Action::ToggleTab(Tab::Charts)),
    },
    Act {
        id: "log",
        group: "Page",
        title: "Show or hide the log",
        keys: &[],
        enabled: always,
        run: |desk| desk.app.send(Action::ToggleTab(Tab::Log)),
    },
    Act {
        id: "compare",
        group: "Page",
        title: "Compare with the system as it is now, or end it",
        keys: &[],
        enabled: always,
        run: |desk| desk.app.send(Action::ToggleCompare),
    },
    Act {
        id: "commands",
        group: "Page",
        title: "All commands",
        keys: &["Mod+k"],
        enabled: always,
        run: |desk| desk.app.send(Action::Show(Some(Overlay::Commands))),
    },
    Act {
        id: "shortcuts",
        group: "Page",
        title: "Shortcuts",
        keys: &["?"],
        enabled: always,
        run: |desk| desk.app.send(Action::Show(Some(Overlay::Shortcuts))),
    },
    Act {
        id: "step",
        group: "Run",
        title: "To the next event",
        keys: &["."],
        enabled: always,
        run: |desk| desk.driver.step(),
    },
    Act {
        id: "step-back",
        group: "Run",
        title: "To the previous event",
        keys: &[","],
        enabled: always,
        run: |desk| desk.driver.go_to(Moment::EventBefore),
    },
];

/// The act that the program calls so.
pub fn find(id: &str) -> Option<&'static Act> {
    ACTS.iter().find(|act| act.id == id)
}

/// The act that these keys do, written as in [`Act::keys`].
pub fn of_keys(keys: &str) -> Option<&'static Act> {
    ACTS.iter().find(|act| act.keys.contains(&keys))
}

fn always(_: &Desk) -> Can {
    Ok(())
}

fn has_selected(desk: &Desk) -> Can {
    if desk.app.now().editor.selection().is_empty() { Err("Nothing is selected.") } else { Ok(()) }
}

fn has_service(desk: &Desk) -> Can {
    if desk.app.now().editor.selection().services().next().is_none() { Err("No service is selected.") } else { Ok(()) }
}

fn has_copied(desk: &Desk) -> Can {
    if desk.memory.is_empty() { Err("Nothing was copied here yet.") } else { Ok(()) }
}

fn duplicate(editor: &Editor) -> Option<Command> {
    let document = placed(editor.document());
    let fragment = fragment::of(&document, editor.selection())?;
    let by = fragment::beside(&document, &fragment);
    Some(Command::Paste { fragment: Box::new(fragment), by })
}

fn has_things(desk: &Desk) -> Can {
    if desk.app.now().editor.document().services.is_empty() { Err("There is nothing on the stage.") } else { Ok(()) }
}
