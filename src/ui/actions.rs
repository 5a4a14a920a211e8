//! The table of named actions. Keys, the command palette, menus and the sheet of shortcuts all read it.
//!
//! An [`Action`] applies to the selection. Gestures that need a place, like a drag, belong to the stage.

pub mod context;

use super::clipboard;
use super::part::{self, part};
use super::run::Moment;
use super::stage::ViewChange;
use super::state::{Overlay, Tab, Update};
use super::transport;
use super::{files, share};
use crate::editor::{Command, Editor, Selection, fragment};
use crate::id;
use crate::scene::stage::tidy::tidied;
use crate::text::Id;
use context::{Availability, Context};
use gloo::timers::callback::Timeout;

/// A heading of lists of actions and offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// The document.
    Edit,
    /// The view of the stage.
    View,
    /// Files, links and versions.
    File,
    /// Simulated time.
    Run,
    /// Panels and dialogs.
    Page,
    /// Faults of the selected service or link.
    Faults,
    /// Ready systems.
    Systems,
    /// How the page looks.
    Looks,
    /// The language of the page.
    Language,
    /// Services to go to.
    Services,
    /// Links to go to.
    Links,
}

impl Group {
    /// The text of the heading.
    pub fn title(self) -> Id {
        match self {
            Group::Edit => id!("group-edit"),
            Group::View => id!("group-view"),
            Group::File => id!("group-file"),
            Group::Run => id!("group-run"),
            Group::Page => id!("group-page"),
            Group::Faults => id!("group-faults"),
            Group::Systems => id!("group-systems"),
            Group::Looks => id!("group-looks"),
            Group::Language => id!("group-language"),
            Group::Services => id!("group-services"),
            Group::Links => id!("group-links"),
        }
    }
}

/// A named action.
pub struct Action {
    /// Names it in the program.
    pub id: &'static str,
    /// The heading it is listed under.
    pub group: Group,
    /// Names it for people.
    pub title: Id,
    /// The keys that run it, e.g. `Mod+Shift+z`, the usual ones first. `Mod` is the command key of a Mac, Ctrl elsewhere.
    pub keys: &'static [&'static str],
    /// Whether it is available now.
    pub enabled: fn(&Context) -> Availability,
    /// Runs it.
    pub run: fn(&Context),
}

/// All actions, in the order in which lists show them.
pub const ACTIONS: &[Action] = &[
    Action {
        id: "undo",
        group: Group::Edit,
        title: id!("action-undo"),
        keys: &["Mod+z"],
        enabled: |context| {
            if context.app.now().editor.can_undo() { Ok(()) } else { Err(id!("action-nothing-to-undo")) }
        },
        run: |context| context.app.send(Update::Undo),
    },
    Action {
        id: "redo",
        group: Group::Edit,
        title: id!("action-redo"),
        keys: &["Mod+Shift+z", "Mod+y"],
        enabled: |context| {
            if context.app.now().editor.can_redo() { Ok(()) } else { Err(id!("action-nothing-to-redo")) }
        },
        run: |context| context.app.send(Update::Redo),
    },
    Action {
        id: "remove",
        group: Group::Edit,
        title: id!("action-remove"),
        keys: &["Delete", "Backspace"],
        enabled: has_selected,
        run: |context| {
            context.app.send(Update::Edit(|editor| {
                let selection = editor.selection();
                (!selection.is_empty()).then(|| Command::Remove(selection.clone()))
            }))
        },
    },
    Action {
        id: "copy",
        group: Group::Edit,
        title: id!("action-copy"),
        keys: &["Mod+c"],
        enabled: has_service,
        run: clipboard::copy,
    },
    Action {
        id: "cut",
        group: Group::Edit,
        title: id!("action-cut"),
        keys: &["Mod+x"],
        enabled: has_service,
        run: clipboard::cut,
    },
    Action {
        id: "paste",
        group: Group::Edit,
        title: id!("action-paste"),
        keys: &["Mod+v"],
        enabled: has_copied,
        run: clipboard::paste_copied,
    },
    Action {
        id: "duplicate",
        group: Group::Edit,
        title: id!("action-duplicate"),
        keys: &["Mod+d"],
        enabled: has_service,
        run: |context| context.app.send(Update::Edit(duplicate)),
    },
    Action {
        id: "select-all",
        group: Group::Edit,
        title: id!("action-select-all"),
        keys: &["Mod+a"],
        enabled: has_things,
        run: |context| context.app.send(Update::Reselect(|editor| Selection::all(editor.document()))),
    },
    Action {
        id: "select-none",
        group: Group::Edit,
        title: id!("action-select-none"),
        keys: &["Escape"],
        enabled: has_selected,
        // First cancels a gesture that is under way.
        run: |context| {
            if !context.view.cancel() {
                context.app.send(Update::Select(Selection::NONE));
            }
        },
    },
    Action {
        id: "tidy",
        group: Group::Edit,
        title: id!("action-tidy"),
        keys: &["Alt+Shift+t"],
        enabled: has_things,
        run: |context| part::run(&context.app, lay_out(context.clone())),
    },
    Action {
        id: "select-several",
        group: Group::Edit,
        title: id!("action-select-several"),
        keys: &[],
        enabled: has_things,
        run: |context| context.view.toggle_mode(),
    },
    Action {
        id: "fit",
        group: Group::View,
        title: id!("action-fit"),
        keys: &["0"],
        enabled: always,
        run: |context| context.view.change(ViewChange::Fit),
    },
    Action {
        id: "actual",
        group: Group::View,
        title: id!("action-actual"),
        keys: &["1"],
        enabled: always,
        run: |context| context.view.change(ViewChange::ActualSize),
    },
    Action {
        id: "zoom-in",
        group: Group::View,
        title: id!("action-zoom-in"),
        keys: &["+"],
        enabled: always,
        run: |context| context.view.change(ViewChange::ZoomIn),
    },
    Action {
        id: "zoom-out",
        group: Group::View,
        title: id!("action-zoom-out"),
        keys: &["-"],
        enabled: always,
        run: |context| context.view.change(ViewChange::ZoomOut),
    },
    Action {
        id: "share",
        group: Group::File,
        title: id!("action-share"),
        keys: &[],
        enabled: always,
        run: |context| context.app.send(Update::Show(Some(Overlay::Share))),
    },
    Action {
        id: "copy-link",
        group: Group::File,
        title: id!("action-copy-link"),
        keys: &[],
        enabled: always,
        run: |context| share::copy_link(context.app.now().editor.document(), &context.app),
    },
    Action {
        id: "save",
        group: Group::File,
        title: id!("action-save"),
        keys: &["Mod+s"],
        enabled: always,
        run: |context| files::save(context.app.now().editor.document(), &context.app),
    },
    Action {
        id: "bring",
        group: Group::File,
        title: id!("action-bring"),
        keys: &[],
        enabled: always,
        run: |context| context.app.send(Update::Show(Some(Overlay::Bring))),
    },
    Action {
        id: "versions",
        group: Group::File,
        title: id!("action-versions"),
        keys: &[],
        enabled: always,
        run: |context| context.app.send(Update::Show(Some(Overlay::Versions))),
    },
    Action {
        id: "play",
        group: Group::Run,
        title: id!("action-play"),
        keys: &["Space"],
        enabled: always,
        run: |context| transport::toggle(&context.driver),
    },
    Action {
        id: "timeline",
        group: Group::Page,
        title: id!("action-timeline"),
        keys: &[],
        enabled: always,
        run: |context| context.app.send(Update::ToggleTab(Tab::Timeline)),
    },
    Action {
        id: "charts",
        group: Group::Page,
        title: id!("action-charts"),
        keys: &[],
        enabled: always,
        run: |context| context.app.send(Update::ToggleTab(Tab::Charts)),
    },
    Action {
        id: "log",
        group: Group::Page,
        title: id!("action-log"),
        keys: &[],
        enabled: always,
        run: |context| context.app.send(Update::ToggleTab(Tab::Log)),
    },
    Action {
        id: "compare",
        group: Group::Page,
        title: id!("action-compare"),
        keys: &[],
        enabled: always,
        run: |context| context.app.send(Update::ToggleCompare),
    },
    Action {
        id: "commands",
        group: Group::Page,
        title: id!("action-commands"),
        keys: &["Mod+k"],
        enabled: always,
        run: |context| context.app.send(Update::Show(Some(Overlay::Commands))),
    },
    Action {
        id: "shortcuts",
        group: Group::Page,
        title: id!("action-shortcuts"),
        keys: &["?"],
        enabled: always,
        run: |context| context.app.send(Update::Show(Some(Overlay::Shortcuts))),
    },
    Action {
        id: "step",
        group: Group::Run,
        title: id!("action-step"),
        keys: &["."],
        enabled: always,
        run: |context| context.driver.step(),
    },
    Action {
        id: "step-back",
        group: Group::Run,
        title: id!("action-step-back"),
        keys: &[","],
        enabled: always,
        run: |context| context.driver.go_to(Moment::EventBefore),
    },
];

/// The action of an id.
pub fn find(id: &str) -> Option<&'static Action> {
    ACTIONS.iter().find(|action| action.id == id)
}

/// The action of these keys, written as in [`Action::keys`].
pub fn of_keys(keys: &str) -> Option<&'static Action> {
    ACTIONS.iter().find(|action| action.keys.contains(&keys))
}

part! {
    dialogs: fn lay_out(context: Context) -> () { tidy(&context) }
}

fn tidy(context: &Context) {
    context.app.send(Update::Edit(|editor| Some(Command::Move(tidied(editor.document())))));
    // After the drawing, because the view fits the new places.
    let view = context.view.clone();
    Timeout::new(0, move || view.change(ViewChange::Fit)).forget();
}

fn always(_: &Context) -> Availability {
    Ok(())
}

fn has_selected(context: &Context) -> Availability {
    if context.app.now().editor.selection().is_empty() { Err(id!("action-nothing-selected")) } else { Ok(()) }
}

fn has_service(context: &Context) -> Availability {
    if context.app.now().editor.selection().services().next().is_none() {
        Err(id!("action-no-service-selected"))
    } else {
        Ok(())
    }
}

fn has_copied(context: &Context) -> Availability {
    if context.memory.is_empty() { Err(id!("action-nothing-copied")) } else { Ok(()) }
}

fn duplicate(editor: &Editor) -> Option<Command> {
    let document = editor.document();
    let fragment = fragment::of(document, editor.selection())?;
    let by = fragment::beside(document, &fragment);
    Some(Command::Paste { fragment: Box::new(fragment), by })
}

fn has_things(context: &Context) -> Availability {
    if context.app.now().editor.document().services.is_empty() { Err(id!("action-nothing-on-stage")) } else { Ok(()) }
}
