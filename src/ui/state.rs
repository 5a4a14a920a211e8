//! What the app remembers, in one reducer: the document with its history, and what is open on the screen.
//!
//! The run is not here: it lives in the driver, and what is read from it comes as a readout.

use crate::editor::{Checked, Command, Editor, Selection, Thing, announce};
use crate::import::Imported;
use crate::scenario::Scenario;
use crate::scenario::problem::Problem;
use crate::scene::stage::geometry::Point;
use crate::scene::stage::layout::placed;
use crate::t;
use std::rc::Rc;
use yew::prelude::*;

/// A message that is shown for a while.
#[derive(Clone, Debug, PartialEq)]
pub struct Toast {
    /// Tells it from others with the same text.
    pub number: u32,
    /// What it says.
    pub text: AttrValue,
    /// The mistakes behind it, for a message that stays until it is closed.
    pub problems: Vec<Problem>,
}

/// What the app remembers.
#[derive(Clone, PartialEq)]
pub struct State {
    /// The document, its selection and its history.
    pub editor: Editor,
    /// The message that is shown.
    pub toast: Option<Toast>,
    /// Whether the panel at the left is open where it does not stand by itself.
    pub left_open: bool,
    /// Whether the inspector is open where it is a sheet.
    pub sheet_open: bool,
    /// Whether something was selected since the document was opened: whoever did that needs no first hint.
    pub has_selected: bool,
    /// What is open in the dock.
    pub tab: Option<Tab>,
    /// The request that is followed, by its intent.
    pub followed: Option<u64>,
    /// The version that the document is compared with.
    pub pinned: Option<Checked>,
    /// What lies over everything else.
    pub overlay: Option<Overlay>,
    /// What was read last of a text from elsewhere, as long as the dialog tells of it.
    pub report: Option<Rc<Imported>>,
    /// The document as it is somewhere else as well: as it was opened, or saved last.
    safe: Option<Rc<Scenario>>,
    /// What was done last, for those who hear it, and the how many-th news that is.
    pub news: (u32, AttrValue),
    toasts: u32,
}

/// What can lie over everything else, one at a time.
#[derive(Clone, Debug, PartialEq)]
pub enum Overlay {
    /// The command palette.
    Commands,
    /// The sheet of shortcuts.
    Shortcuts,
    /// Ways to take the system along: as a link, a picture, a text.
    Share,
    /// What was kept of it, and of other tabs.
    Versions,
    /// A system of another kind: how to bring one, or what was made of it.
    Bring,
    /// What can be done to a thing, or to the system.
    Menu {
        /// What was pointed at; it is selected already.
        on: Option<Thing>,
        /// Where, in pixels of the window.
        at: Point,
    },
}

/// What can be open in the dock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
    /// The run over time, and what was done to it.
    Timeline,
    /// One request.
    Request,
    /// Charts of the run.
    Charts,
    /// What happened, in words.
    Log,
    /// How this version differs from the one that it is compared with.
    Compare,
}

/// What can happen to it.
pub enum Update {
    /// The document is edited.
    Do(Command),
    /// The document was edited already: before it was this editor, after the command it is the other one.
    Done(Command, Box<[Editor; 2]>),
    /// Something is selected.
    Select(Selection),
    /// The document is edited as it is at this moment: what is asked of the editor gives the command, or nothing.
    Edit(fn(&Editor) -> Option<Command>),
    /// What is selected becomes this, as it is at this moment.
    Reselect(fn(&Editor) -> Selection),
    /// The last gesture is taken back.
    Undo,
    /// And done again.
    Redo,
    /// Something that was kept is opened in place of the document. Nothing else may have it.
    Restore(Box<Scenario>),
    /// The document was saved.
    Saved,
    /// What was made of a text from elsewhere is opened, and told of.
    Import(Rc<Imported>),
    /// A message appears.
    Say(AttrValue, Vec<Problem>),
    /// Something is said to those who hear it.
    Tell(String),
    /// The message of this number goes.
    Unsay(u32),
    /// This lies over everything else; or nothing does any more.
    Show(Option<Overlay>),
    /// The panel at the left opens or closes.
    ToggleLeft,
    /// The sheet opens or closes.
    ToggleSheet,
    /// A panel of the dock opens; if it was open, it closes.
    ToggleTab(Tab),
    /// The request of this intent is followed.
    Follow(u64),
    /// The same, and what is open in the dock stays open.
    Track(u64),
    /// The document as it is now is kept, to be compared with what becomes of it; or it no longer is.
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

    /// The same, with a document that nothing else has.
    pub fn restored(editor: Editor, tab: Option<Tab>) -> Self {
        State { safe: None, ..State::new(editor, tab) }
    }

    /// Whether the document is somewhere else as well, as it is now.
    pub fn is_safe(&self) -> bool {
        self.safe.as_ref() == Some(self.editor.document())
    }

    /// What is said to those who cannot see it.
    fn tell(&mut self, text: impl Into<AttrValue>) {
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
                // Something else may have come in between: then the command is applied to that.
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
                next.tell(t!("state-undone"));
            }
            Update::Redo if self.editor.can_redo() => {
                next.editor = next.editor.redo();
                next.tell(t!("state-redone"));
            }
            Update::Undo | Update::Redo => return self,
            Update::Say(text, problems) => next.say(text, problems),
            Update::Tell(text) => next.tell(text),
            Update::Unsay(number) => next.toast = next.toast.filter(|t| t.number != number),
            Update::Show(overlay) => {
                // What was pointed at for a menu is selected; a sheet would push it away from under the menu.
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
        // Whoever selects several needs the stage for the next one.
        self.sheet_open = selection.single().is_some();
        self.left_open = false;
        let next = self.editor.select(selection);
        if let Some(text) = announce::selected(self.editor.selection(), next.selection()) {
            self.tell(text);
        }
        self.editor = next;
    }

    /// Applies a command; if its result cannot run, says why not.
    fn perform(&mut self, command: &Command) {
        let next = match command {
            // Imports say who calls whom, and not where anything stands.
            Command::Load(scenario) => self.editor.apply(&Command::Load(Box::new(placed(scenario)))),
            _ => self.editor.apply(command),
        };
        match next {
            Ok(next) => self.adopt(command, next),
            Err(problems) => self.say(t!("state-impossible").into(), problems),
        }
    }

    /// Goes on with what a command made of the document.
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
        self.tell(announce::done(command, self.editor.document(), next.document(), next.selection()));
        self.editor = next;
    }
}

/// The way from anywhere in the app to its state.
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

    /// Does something, or tells what is wrong with it, so that a field can say so itself.
    pub fn attempt(&self, command: Command) -> Result<(), AttrValue> {
        self.attempt.emit(command)
    }

    /// The state as it was drawn last.
    pub fn now(&self) -> UseReducerHandle<State> {
        self.now.emit(())
    }

    /// Shows a message.
    pub fn say(&self, text: impl Into<AttrValue>) {
        self.send(Update::Say(text.into(), Vec::new()));
    }
}

/// The state of the app and the way to it.
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
