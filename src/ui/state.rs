//! The state of the app in one reducer: the document with its history, and the open panels and dialogs.
//!
//! The run is not part of it: the driver has the run, and readouts come from there.

use crate::editor::{Checked, Command, Editor, Selection, Thing, announce};
use crate::import::Imported;
use crate::scenario::Scenario;
use crate::scenario::problem::Problem;
use crate::scene::stage::geometry::Point;
use crate::t;
use std::rc::Rc;
use yew::prelude::*;

/// A message over the stage.
#[derive(Clone, Debug, PartialEq)]
pub struct Toast {
    /// Its number, because two messages may have the same text.
    pub number: u32,
    /// Its text.
    pub text: AttrValue,
    /// The mistakes behind it; a message with mistakes stays until the user closes it.
    pub problems: Vec<Problem>,
}

/// The state of the app.
#[derive(Clone, PartialEq)]
pub struct State {
    /// The document, its selection and its history.
    pub editor: Editor,
    /// The message that is shown.
    pub toast: Option<Toast>,
    /// Whether the panel at the left is open on a narrow page.
    pub left_open: bool,
    /// Whether the inspector is open on a narrow page, where it is a sheet.
    pub sheet_open: bool,
    /// Whether the user has selected something since the document was opened, which ends the first hint.
    pub has_selected: bool,
    /// The open panel of the dock.
    pub tab: Option<Tab>,
    /// The followed request, by its intent.
    pub followed: Option<u64>,
    /// The baseline of a comparison.
    pub pinned: Option<Checked>,
    /// The open dialog or menu.
    pub overlay: Option<Overlay>,
    /// The last import, as long as its report is open.
    pub report: Option<Rc<Imported>>,
    /// The last version of the document that is stored elsewhere, too.
    safe: Option<Rc<Scenario>>,
    /// The last news for screen readers, and its number.
    pub news: (u32, AttrValue),
    toasts: u32,
}

/// A dialog or menu; one can be open at a time.
#[derive(Clone, Debug, PartialEq)]
pub enum Overlay {
    /// The command palette.
    Commands,
    /// The sheet of shortcuts.
    Shortcuts,
    /// Share the system: a link, a picture, a text.
    Share,
    /// Saved versions of this tab and of others.
    Versions,
    /// Bring your own system, or the report on one.
    Bring,
    /// The menu of a thing, or of the stage.
    Menu {
        /// The thing under the pointer, which is selected already.
        on: Option<Thing>,
        /// The position of the pointer, in pixels of the window.
        at: Point,
    },
}

/// A panel of the dock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
    /// The run over time, and changes to it.
    Timeline,
    /// One request.
    Request,
    /// Charts of the run.
    Charts,
    /// Events, in words.
    Log,
    /// The differences to the baseline.
    Compare,
}

/// A change of the state.
pub enum Update {
    /// Runs a command on the document.
    Do(Command),
    /// Adopts an edit that was applied already: the command, and the editors before and after it.
    Done(Command, Box<[Editor; 2]>),
    /// Selects things.
    Select(Selection),
    /// Runs a command, if any, that depends on the editor at this moment.
    Edit(fn(&Editor) -> Option<Command>),
    /// Selects things that depend on the editor at this moment.
    Reselect(fn(&Editor) -> Selection),
    /// Undoes the last gesture.
    Undo,
    /// Redoes the last undone gesture.
    Redo,
    /// Opens a saved version in place of the document. It may be stored nowhere else.
    Restore(Box<Scenario>),
    /// Notes that the document was saved.
    Saved,
    /// Opens an import, with its report.
    Import(Rc<Imported>),
    /// Shows a message.
    Say(AttrValue, Vec<Problem>),
    /// Announces news to screen readers.
    Announce(String),
    /// Removes the message with this number.
    Unsay(u32),
    /// Opens a dialog or menu, or closes the open one.
    Show(Option<Overlay>),
    /// Opens or closes the panel at the left.
    ToggleLeft,
    /// Opens or closes the sheet.
    ToggleSheet,
    /// Opens a panel of the dock, or closes it.
    ToggleTab(Tab),
    /// Follows the request of this intent, and shows it.
    Follow(u64),
    /// Follows a request without opening its panel.
    Track(u64),
    /// Begins a comparison with the document as it is now, or ends it.
    ToggleCompare,
}

impl State {
    /// The app with a document.
    pub fn new(editor: Editor, tab: Option<Tab>) -> Self {
        let safe = editor.document().clone();
        State {
            editor,
            toast: None,
            left_open: false,
            sheet_open: false,
            has_selected: false,
            tab,
            followed: None,
            pinned: None,
            overlay: None,
            report: None,
            safe: Some(safe),
            news: (0, AttrValue::default()),
            toasts: 0,
        }
    }

    /// The app with a document that is stored nowhere else.
    pub fn restored(editor: Editor, tab: Option<Tab>) -> Self {
        State { safe: None, ..State::new(editor, tab) }
    }

    /// Whether the present document is stored elsewhere, too.
    pub fn is_safe(&self) -> bool {
        self.safe.as_ref() == Some(self.editor.document())
    }

    /// Announces news to screen readers.
    fn announce(&mut self, text: impl Into<AttrValue>) {
        self.news = (self.news.0 + 1, text.into());
    }

    /// Shows a message.
    pub fn say(&mut self, text: AttrValue, problems: Vec<Problem>) {
        self.toasts += 1;
        self.toast = Some(Toast { number: self.toasts, text, problems });
    }
}

impl Reducible for State {
    type Action = Update;

    fn reduce(self: Rc<Self>, update: Update) -> Rc<Self> {
        let mut next = (*self).clone();
        match update {
            Update::Do(command) => next.perform(&command),
            Update::Done(command, editors) => {
                let [before, after] = *editors;
                // Another edit may have come in between. Then the command applies to its result.
                if before == self.editor { next.adopt(&command, after) } else { next.perform(&command) }
            }
            Update::Edit(command) => match command(&self.editor) {
                Some(command) => next.perform(&command),
                None => return self,
            },
            Update::Select(selection) => next.select(selection),
            Update::Reselect(wanted) => next.select(wanted(&self.editor)),
            Update::Restore(scenario) => {
                next.perform(&Command::Load(scenario));
                next.safe = None;
            }
            Update::Saved => next.safe = Some(self.editor.document().clone()),
            Update::Import(imported) => {
                next.perform(&Command::Load(Box::new(imported.scenario.clone())));
                next.safe = None;
                next.overlay = Some(Overlay::Bring);
                next.report = Some(imported);
            }
            Update::Undo if self.editor.can_undo() => {
                next.editor = next.editor.undo();
                next.announce(t!("state-undone"));
            }
            Update::Redo if self.editor.can_redo() => {
                next.editor = next.editor.redo();
                next.announce(t!("state-redone"));
            }
            Update::Undo | Update::Redo => return self,
            Update::Say(text, problems) => next.say(text, problems),
            Update::Announce(text) => next.announce(text),
            Update::Unsay(number) => next.toast = next.toast.filter(|t| t.number != number),
            Update::Show(overlay) => {
                // A menu selects its thing, which opens the sheet; the sheet would cover the thing.
                next.sheet_open &= !matches!(overlay, Some(Overlay::Menu { .. }));
                next.overlay = overlay;
                next.report = None;
            }
            Update::ToggleLeft => next.left_open = !next.left_open,
            Update::ToggleSheet => next.sheet_open = !next.sheet_open,
            Update::ToggleTab(tab) => next.tab = (next.tab != Some(tab)).then_some(tab),
            Update::ToggleCompare => {
                next.pinned = self.pinned.is_none().then(|| self.editor.checked().clone());
                next.tab = Some(if next.pinned.is_some() { Tab::Compare } else { Tab::Timeline });
            }
            Update::Track(intent) => next.followed = Some(intent),
            Update::Follow(intent) => {
                next.followed = Some(intent);
                next.tab = Some(Tab::Request);
                next.sheet_open = false;
            }
        }
        if next == *self { self } else { Rc::new(next) }
    }
}

impl State {
    fn select(&mut self, selection: Selection) {
        self.has_selected |= !selection.is_empty();
        // The user needs the stage to select the next thing.
        self.sheet_open = selection.single().is_some();
        self.left_open = false;
        let next = self.editor.select(selection);
        if let Some(text) = announce::selected(self.editor.selection(), next.selection()) {
            self.announce(text.text());
        }
        self.editor = next;
    }

    /// Applies a command, or shows why its result cannot run.
    fn perform(&mut self, command: &Command) {
        match self.editor.apply(command) {
            Ok(next) => self.adopt(command, next),
            Err(problems) => self.say(t!("state-impossible").into(), problems),
        }
    }

    /// Continues with the result of a command.
    fn adopt(&mut self, command: &Command, next: Editor) {
        if let Command::Load(_) = command {
            self.left_open = false;
            self.sheet_open = false;
            self.has_selected = false;
            self.followed = None;
            self.pinned = None;
            self.tab = self.tab.filter(|tab| *tab != Tab::Compare);
            self.safe = Some(next.document().clone());
        }
        self.announce(announce::done(command, self.editor.document(), next.document(), next.selection()).text());
        self.editor = next;
    }
}

/// A handle to the state, for every part of the app.
#[derive(Clone, PartialEq)]
pub struct App {
    dispatcher: UseReducerDispatcher<State>,
    attempt: Callback<Command, Result<(), AttrValue>>,
    now: Callback<(), UseReducerHandle<State>>,
}

impl App {
    /// Sends an update.
    pub fn send(&self, update: Update) {
        self.dispatcher.dispatch(update);
    }

    /// A callback that sends an update.
    pub fn sends<E>(&self, update: impl Fn() -> Update + 'static) -> Callback<E> {
        let app = self.clone();
        Callback::from(move |_| app.send(update()))
    }

    /// Runs a command, or returns its mistakes for a field to show.
    pub fn attempt(&self, command: Command) -> Result<(), AttrValue> {
        self.attempt.emit(command)
    }

    /// The state at the last drawing.
    pub fn now(&self) -> UseReducerHandle<State> {
        self.now.emit(())
    }

    /// Shows a message.
    pub fn say(&self, text: impl Into<AttrValue>) {
        self.send(Update::Say(text.into(), Vec::new()));
    }
}

/// The state of the app and a handle to it.
#[hook]
pub fn use_app(first: impl FnOnce() -> State) -> (UseReducerHandle<State>, App) {
    let state = use_reducer(first);
    let current = use_mut_ref(|| state.clone());
    *current.borrow_mut() = state.clone();
    let dispatcher = state.dispatcher();
    let now = use_callback((), {
        let current = current.clone();
        move |(), ()| current.borrow().clone()
    });
    let attempt = use_callback((), {
        let dispatcher = dispatcher.clone();
        move |command: Command, ()| {
            let before = current.borrow().editor.clone();
            let after = before.apply(&command).map_err(|problems| {
                let messages: Vec<_> = problems.iter().map(|p| p.message.as_str()).collect();
                AttrValue::from(messages.join(" "))
            })?;
            dispatcher.dispatch(Update::Done(command, Box::new([before, after])));
            Ok(())
        }
    });
    (state, App { dispatcher, attempt, now })
}
