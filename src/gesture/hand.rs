//! The state of the pointer, the space bar and the keyboard on the stage, and its meaning for the system.

use super::board::{Board, Focus};
use super::drag::{Drag, nudge};
use super::event::{Effect, StageEvent};
use super::machine::{Gesture, Held, Input, Meaning};
use super::wire::{Wire, centred, connect, reconnect};
use crate::editor::{Command, Selection, refuses_link};
use crate::scenario::Kind;
use crate::scene::stage::geometry::{Point, Rect};
use crate::scene::stage::hit::{self, Handles, Target};
use crate::scene::stage::view::View;
use crate::t;

/// The drawing of a gesture.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Preview {
    /// Nothing.
    #[default]
    None,
    /// Boxes that are being dragged.
    Moved(Drag),
    /// Copies of boxes that are being dragged.
    Copied(Drag),
    /// The selection area, in the world.
    Area(Rect),
    /// A wire.
    Wire(Wire),
}

/// The state of the space bar.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Space {
    /// It is up.
    #[default]
    Up,
    /// It is down. A press of the pointer will move the stage; a release of the space bar will act like a key.
    Down,
    /// It is down and the pointer has moved the stage, so its release means nothing.
    Used,
}

/// The effect of a tap or a click on the selection.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// It replaces the selection.
    #[default]
    Replace,
    /// It adds to the selection, as touch screens have no Shift key.
    Add,
}

/// The result of the last press of the pointer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Press {
    /// Nothing yet.
    #[default]
    Open,
    /// It has clicked a thing or opened a menu.
    Handled,
}

/// The state of the pointer and the space bar on the stage.
#[derive(Clone, Debug, Default)]
pub struct Hand {
    gesture: Gesture,
    preview: Preview,
    /// The box under the mouse.
    hovered: Option<usize>,
    space: Space,
    mode: Mode,
    press: Press,
}

impl Hand {
    /// Whether the pointer does nothing.
    pub fn is_idle(&self) -> bool {
        self.gesture.is_idle()
    }

    /// Whether the pointer drags something.
    pub fn is_dragging(&self) -> bool {
        self.gesture.is_dragging()
    }

    /// The pressed thing, until the press becomes a click or a drag.
    pub fn pressed(&self) -> Option<Target> {
        self.gesture.pressed().map(|(target, _)| target)
    }

    /// The drawing of the gesture.
    pub fn preview(&self) -> &Preview {
        &self.preview
    }

    /// The dragged boxes with their current positions.
    pub fn moved(&self) -> Vec<(usize, Point)> {
        match &self.preview {
            Preview::Moved(drag) => drag.places.clone(),
            Preview::None | Preview::Copied(_) | Preview::Area(_) | Preview::Wire(_) => Vec::new(),
        }
    }

    /// The wire that is being drawn.
    pub fn wire(&self) -> Option<Wire> {
        match self.preview {
            Preview::Wire(wire) => Some(wire),
            Preview::None | Preview::Moved(_) | Preview::Copied(_) | Preview::Area(_) => None,
        }
    }

    /// The effect of a tap or a click on the selection.
    pub fn mode(&self) -> Mode {
        self.mode
    }

    /// Switches between replacing the selection and adding to it.
    pub fn toggle_mode(&mut self) {
        self.mode = match self.mode {
            Mode::Replace => Mode::Add,
            Mode::Add => Mode::Replace,
        };
    }

    /// A tap or a click replaces the selection again.
    pub fn end_mode(&mut self) {
        self.mode = Mode::Replace;
    }

    /// The state of the space bar.
    pub fn space(&self) -> Space {
        self.space
    }

    /// The space bar goes down.
    pub fn press_space(&mut self) {
        if self.space == Space::Up {
            self.space = Space::Down;
        }
    }

    /// The space bar goes up. `true`: it has not moved the stage, so it acts like a key.
    pub fn release_space(&mut self) -> bool {
        std::mem::take(&mut self.space) == Space::Down
    }

    /// The boxes whose handles are shown: the one under the mouse, and the selected one.
    pub fn shown_ports(&self, board: &Board) -> [Option<usize>; 2] {
        let hovered = self.port_under_mouse(board);
        let selected = board.selected_caller().or(self.hovered_caller(board));
        [hovered, selected.filter(|_| hovered != selected)]
    }

    fn hovered_caller(&self, board: &Board) -> Option<usize> {
        self.hovered.filter(|index| board.can_call(*index))
    }

    fn port_under_mouse(&self, board: &Board) -> Option<usize> {
        self.hovered_caller(board).or_else(|| board.selected_caller())
    }

    /// The thing at a point in the world.
    pub fn target(&self, board: &Board, zoom: f64, at: Point) -> Target {
        let shown = Handles { ports: self.port_under_mouse(board), ends: board.link_with_handles() };
        hit::hit(&board.layout, at, zoom, shown)
    }

    /// The mouse moves to a point in the world while nothing is pressed. `true`: another box shows its handles.
    pub fn hover(&mut self, board: &Board, zoom: f64, at: Point) -> bool {
        let reach = hit::PORT_REACH / zoom;
        let hovered = board.layout.boxes.iter().rposition(|b| b.rect.grown(reach).contains(at));
        std::mem::replace(&mut self.hovered, hovered) != hovered
    }

    /// The mouse leaves the stage.
    pub fn leave(&mut self) {
        self.hovered = None;
    }

    /// The pointer is pressed. `true`: it moves the stage, because the space bar is down.
    pub fn press(&mut self) -> bool {
        self.press = Press::Open;
        let is_held = self.space != Space::Up;
        if is_held {
            self.space = Space::Used;
        }
        is_held
    }

    /// A finger has left the stage. `true`: the browser must not turn it into a mouse click, which would hit a menu that
    /// has just opened there.
    pub fn takes_touch(&mut self) -> bool {
        std::mem::take(&mut self.press) == Press::Handled
    }

    /// Feeds the gesture, updates the preview, and returns the effects.
    pub fn feed(&mut self, board: &Board, view: &mut View, input: Input) -> Vec<Effect> {
        let Some(meaning) = self.gesture.feed(input) else { return Vec::new() };
        let viewport = view.viewport;
        let area = |from: Point, to: Point| Rect::between(viewport.to_world(from), viewport.to_world(to));
        let drag = |index, by, held| Drag::of(board, view, index, by, held);
        let nothing = Vec::new();
        let (preview, effects) = match meaning {
            Meaning::Click(target, held) => (None, self.click(board, target, held)),
            Meaning::Dragging(index, by, held) => {
                let look = if held.alt { Preview::Copied } else { Preview::Moved };
                (drag(index, by, held).map(look), nothing)
            }
            Meaning::Dropped(index, by, held) => {
                let put = |drag: Drag| if held.alt { drag.copied(board) } else { drag.moved(board) };
                (None, edit(drag(index, by, held).and_then(put)))
            }
            Meaning::Boxing(from, to) => (Some(Preview::Area(area(from, to))), nothing),
            Meaning::Boxed(from, to) => (None, vec![select_area(board, area(from, to)).into()]),
            Meaning::Wiring(from, at) => {
                (Some(Preview::Wire(Wire::to(board, from, viewport.to_world(at), None))), nothing)
            }
            Meaning::Wired(from, at) => (None, edit(connect(board, from, viewport.to_world(at)))),
            Meaning::Ending(end, at) => (Wire::of_end(board, end, viewport.to_world(at)).map(Preview::Wire), nothing),
            Meaning::Ended(end, at) => (None, edit(reconnect(board, end, viewport.to_world(at)))),
            Meaning::Pan(by) => {
                view.viewport = viewport.panned(by);
                (None, nothing)
            }
            Meaning::Pinch(factor, at, by) => {
                view.viewport = viewport.panned(by).zoomed(factor, at);
                (None, nothing)
            }
            Meaning::Cancelled => (None, nothing),
        };
        self.preview = preview.unwrap_or_default();
        effects
    }

    /// Cancels the gesture and the mode of selecting several things. `false`: there was neither.
    pub fn cancel(&mut self) -> bool {
        let is_some = !self.gesture.is_idle() || self.mode == Mode::Add;
        self.mode = Mode::Replace;
        self.cancel_gesture();
        is_some
    }

    /// A thing, a message or empty space is clicked.
    pub fn click(&mut self, board: &Board, target: Target, held: Held) -> Vec<Effect> {
        self.press = if target == Target::Empty { Press::Open } else { Press::Handled };
        let thing = board.thing(target);
        if held.shift || held.command {
            return thing.map(|it| StageEvent::Select(board.selection.toggled(&it)).into()).into_iter().collect();
        }
        let select = StageEvent::Select(thing.into()).into();
        match target {
            Target::Message(message) => vec![Effect::Pick(message), select],
            Target::Service(index) => {
                let client = board.document.services.get(index).filter(|s| s.kind == Kind::Client);
                let send = client.map(|client| StageEvent::Send(client.id.clone()).into());
                [select].into_iter().chain(send).collect()
            }
            Target::Link(_) | Target::Port(_) | Target::End(_) | Target::Empty => vec![select],
        }
    }

    /// Empty space or a link is clicked twice: a new service, or a cut.
    pub fn double_click(&self, board: &Board, target: Target, at: Point) -> Option<StageEvent> {
        match target {
            Target::Empty => {
                let position = centred(Kind::Service, at);
                Some(StageEvent::Edit(Command::AddService { kind: Kind::Service, position }))
            }
            Target::Link(index) => board.toggled_cut(index).map(StageEvent::Intervene),
            Target::Service(_) | Target::Port(_) | Target::End(_) | Target::Message(_) => None,
        }
    }

    /// Opens a menu at a pixel of the window. It is about the thing there, which becomes selected. A message has its own
    /// menu, which a click opens as well.
    pub fn menu(&mut self, board: &Board, on: Target, at: Point) -> Vec<Effect> {
        if matches!(on, Target::Message(_)) {
            return self.click(board, on, Held::default());
        }
        let on = board.thing(on);
        let new = on.clone().filter(|thing| !board.selection.contains(thing));
        let select = new.map(|thing| StageEvent::Select(thing.into()));
        select.into_iter().chain([StageEvent::Menu { on, at }]).map(Effect::from).collect()
    }

    /// A long press of a finger opens a menu. The release that follows must not be a click.
    pub fn long_press(&mut self, board: &Board, at: Point) -> Vec<Effect> {
        let Some(on) = self.pressed() else { return Vec::new() };
        self.cancel_gesture();
        let effects = self.menu(board, on, at);
        self.press = Press::Handled;
        effects
    }

    /// Cancels the gesture, but not the mode.
    pub fn cancel_gesture(&mut self) {
        if self.gesture.feed(Input::Cancel).is_some() {
            self.preview = Preview::None;
        }
    }

    /// The keyboard begins a wire at a box, which Enter on another box ends.
    pub fn begin_wire(&mut self, board: &Board, from: usize) -> Option<StageEvent> {
        self.gesture.arm(from);
        self.preview = Wire::begun(board, from).map_or(Preview::None, Preview::Wire);
        let caller = board.document.services.get(from)?.label();
        Some(StageEvent::Announce(t!("stage-wire-begun", caller = caller)))
    }

    /// Enter on the thing with the focus: it ends a wire that the keyboard began, or acts like a click.
    pub fn enter(&mut self, board: &Board, focus: Focus) -> Vec<Effect> {
        let (Some(from), Focus::Service(index)) = (self.gesture.wiring(), focus) else {
            return self.click(board, focus.into(), Held::default());
        };
        self.cancel_gesture();
        let (Some(from), Some(to)) = (board.service_id(from), board.service_id(index)) else { return Vec::new() };
        let event = match refuses_link(&board.document, &from, &to) {
            None => StageEvent::Edit(Command::Connect { from, to }),
            Some(why) => StageEvent::Explain(why.text()),
        };
        vec![event.into()]
    }

    /// The thing with the focus joins or leaves the selection.
    pub fn toggle(&mut self, board: &Board, focus: Focus) -> Vec<Effect> {
        self.click(board, focus.into(), Held { command: true, ..Held::default() })
    }

    /// The space bar went up on the thing with the focus: it acts like Enter on a wire, else it toggles the selection.
    pub fn enter_or_toggle(&mut self, board: &Board, focus: Focus) -> Vec<Effect> {
        if self.gesture.wiring().is_some() { self.enter(board, focus) } else { self.toggle(board, focus) }
    }

    /// An arrow key moves boxes by `by` world units.
    pub fn nudge(&self, board: &Board, focus: Option<usize>, by: Point) -> Option<StageEvent> {
        nudge(board, focus, by).map(StageEvent::Edit)
    }
}

fn edit(command: Option<Command>) -> Vec<Effect> {
    command.map(|command| StageEvent::Edit(command).into()).into_iter().collect()
}

/// Adds the things in an area of the world to the selection.
fn select_area(board: &Board, area: Rect) -> StageEvent {
    let (services, links) = hit::touched(&board.layout, area);
    let targets = services.into_iter().map(Target::Service).chain(links.into_iter().map(Target::Link));
    let found: Selection = targets.filter_map(|target| board.thing(target)).collect();
    StageEvent::Select(board.selection.with(&found))
}

#[cfg(test)]
mod tests;
