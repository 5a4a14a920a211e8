//! The state of the stage between two drawings. It lives in a cell and not in Yew's state, because several events may come
//! before Yew draws.

use super::caution::Cautions;
use super::floats::floats_over;
use super::tip::Tip;
use crate::gesture::machine::Input;
use crate::gesture::{Board, Effect, Focus, Hand, StageEvent};
use crate::scene::stage::geometry::Point;
use crate::scene::stage::hit::{Message, Target};
use crate::scene::stage::turn;
use crate::scene::stage::view::{Attention, Direction, Subject, View, ViewChange};
use crate::ui::driver::Driver;
use std::rc::Rc;
use web_sys::Element;
use yew::{Callback, NodeRef};

/// A message that was clicked. The run is paused meanwhile: otherwise the message would be gone before its choices are read.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Picked {
    message: Message,
    /// Whether the run goes on afterwards.
    resumes: bool,
}

/// The state of the stage between two drawings.
pub struct StageState {
    /// The part of the world that is shown.
    pub view: View,
    /// What the pointer and the space bar are doing.
    pub hand: Hand,
    /// The system as it was drawn last.
    pub board: Board,
    /// The marks of warnings.
    pub cautions: Rc<Cautions>,
    /// The run that is drawn.
    pub driver: Driver,
    /// Does what the stage asks for.
    pub on: Callback<StageEvent>,
    /// The thing that has the keyboard focus.
    pub focus: Option<Focus>,
    /// Where the mouse was last, in pixels of the stage, until something was put there.
    pub pointer: Option<Point>,
    /// The tooltip.
    pub tip: Option<Tip>,
    picked: Option<Picked>,
    node: NodeRef,
}

impl StageState {
    /// The state of a stage that was not drawn yet.
    pub fn new(node: NodeRef, driver: Driver) -> Self {
        StageState {
            view: View::default(),
            hand: Hand::default(),
            board: Board::default(),
            cautions: Rc::default(),
            driver,
            on: Callback::noop(),
            focus: None,
            pointer: None,
            tip: None,
            picked: None,
            node,
        }
    }

    /// Takes over the present drawing.
    pub fn follow(&mut self, board: Board, cautions: &Rc<Cautions>, driver: &Driver, on: &Callback<StageEvent>) {
        self.board = board;
        self.cautions = cautions.clone();
        self.driver = driver.clone();
        self.on = on.clone();
        self.with_view(View::laid_out);
        self.drop_stale_pick();
    }

    fn with_view<T>(&mut self, act: impl FnOnce(&mut View, Subject) -> T) -> T {
        let floats = || self.node.cast::<Element>().map_or_else(Vec::new, |stage| floats_over(&stage));
        let subject = Subject { original: &self.board.original, layout: &self.board.layout, floats: &floats };
        act(&mut self.view, subject)
    }

    /// The stage has another size.
    pub fn resize(&mut self, size: (f64, f64)) {
        let attention = if !self.hand.is_idle() {
            Attention::Busy
        } else if self.board.selection.is_empty() {
            Attention::Free
        } else {
            Attention::Selected(self.board.rect_of_selection())
        };
        self.with_view(|view, subject| view.resize(size, subject, attention));
    }

    /// Another document was opened.
    pub fn open(&mut self) {
        self.with_view(View::open);
    }

    /// Something new floats over the stage.
    pub fn fit_again(&mut self) {
        if self.board.selection.is_empty() {
            self.with_view(View::fit_again);
        }
    }

    /// Changes the view as the user asks.
    pub fn change_view(&mut self, change: ViewChange) {
        self.with_view(|view, subject| view.change(change, subject));
    }

    /// Brings a link into view.
    pub fn show_link(&mut self, index: usize) {
        if let Some(rect) = self.board.rect_of_link(index) {
            self.with_view(|view, subject| view.show(rect, subject));
        }
    }

    /// Brings the selected thing into view, unless the pointer is busy. `true`: the view has moved.
    pub fn show_selected(&mut self) -> bool {
        let rect = self.board.rect_of_selection().filter(|_| self.hand.is_idle());
        rect.is_some_and(|rect| self.with_view(|view, subject| view.show(rect, subject)))
    }

    /// A thing gets the keyboard focus. `true`: the view has moved to show it.
    pub fn focus(&mut self, focus: Focus) -> bool {
        self.focus = Some(focus);
        // A thing that was clicked is in view already, and must not move below the pointer.
        let rect = self.board.rect_of(focus).filter(|_| self.hand.is_idle());
        rect.is_some_and(|rect| self.with_view(|view, subject| view.show(rect, subject)))
    }

    /// Feeds the gesture of the pointer.
    pub fn feed(&mut self, input: Input) -> Vec<Effect> {
        self.hand.feed(&self.board, &mut self.view, input)
    }

    /// The thing at this pixel of the stage.
    pub fn target(&self, at: Point) -> Target {
        let world = self.view.viewport.to_world(at);
        match self.hand.target(&self.board, self.view.viewport.zoom, world) {
            Target::Empty => self.cautions.link_at(world).map_or(Target::Empty, Target::Link),
            target => target,
        }
    }

    /// The mouse moves over the stage while nothing is pressed. `true`: another box shows its handles.
    pub fn hover(&mut self, at: Point) -> bool {
        self.hand.hover(&self.board, self.view.viewport.zoom, self.view.viewport.to_world(at))
    }

    /// The position of the mouse in the document, if it has moved since the last call.
    pub fn take_pointer(&mut self) -> Option<Point> {
        let world = self.view.viewport.to_world(self.pointer.take()?);
        Some(match self.view.direction() {
            Direction::Across => world,
            Direction::Down => turn::back(world),
        })
    }

    /// The message that was clicked.
    pub fn picked(&self) -> Option<Message> {
        self.picked.map(|picked| picked.message)
    }

    /// A message was clicked.
    pub fn pick(&mut self, message: Message) {
        self.picked = Some(Picked { message, resumes: self.driver.playing() });
        self.driver.pause();
    }

    /// Ends the choice about the message that was clicked. `resume`: the run goes on if it ran before. `true`: there was one.
    pub fn end_pick(&mut self, resume: bool) -> bool {
        let Some(picked) = self.picked.take() else { return false };
        if picked.resumes && resume {
            self.driver.play();
        }
        true
    }

    /// Drops a clicked message once the run goes on or is at another moment.
    fn drop_stale_pick(&mut self) {
        let driver = &self.driver;
        let is_there = |picked: &Picked| {
            let attempt = picked.message.attempt;
            !driver.playing() && driver.with(|sim| sim.messages().any(|m| m.attempt == attempt))
        };
        self.picked = self.picked.filter(is_there);
    }
}
