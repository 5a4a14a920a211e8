//! What the stage keeps between two drawings: the view, the gesture, what is under the pointer; and the handlers
//! that feed it. It lives in a cell and not in Yew's state, because several events may come before Yew draws.

mod hooks;
mod pick;

pub use hooks::{use_selection_in_view, use_size, use_taps, use_wheel};

use super::caution::Cautions;
use super::controls::Look;
use super::tip::{self, Tip};
use super::{Focus, Shared, StageEvent, StageProps, place, tools};
use crate::editor::{Command, Selection, Thing, refuses_link};
use crate::scenario::topology::LinkId;
use crate::scenario::{DroppedLegs, Kind, Scenario};
use crate::scene::geometry::{Point, Rect};
use crate::scene::gesture::{Gesture, Input, Meaning, Pointing};
use crate::scene::hit::{self, Target};
use crate::scene::layout::{Layout, size_of};
use crate::scene::turn;
use crate::scene::viewport::Viewport;
use crate::sim::Intervention;
use crate::ui::driver::{Driver, Readout};
use pick::Picked;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DragEvent, Element, KeyboardEvent, MouseEvent, PointerEvent};
use yew::functional::UseForceUpdateHandle as Update;
use yew::{Callback, NodeRef};

/// What is shown of a gesture that is under way.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Preview {
    /// Nothing.
    #[default]
    None,
    /// Boxes away from their places.
    Moved(Vec<(usize, Point)>),
    /// A wire from a box to a place in the world, and the box that it would reach.
    Wire {
        /// From.
        from: usize,
        /// To.
        to: Point,
        /// The box there.
        over: Option<usize>,
    },
}

/// See the file.
#[derive(Default)]
pub struct Live {
    pub viewport: Viewport,
    /// The size of the stage in pixels; zero until it is known.
    pub size: (f64, f64),
    pub preview: Preview,
    pub focus: Option<Focus>,
    gesture: Gesture,
    /// What is under the mouse.
    under: Option<Target>,
    /// The box whose handles the mouse has called up.
    hot: Option<usize>,
    fitted: bool,
    /// Whether the system is shown from top to bottom.
    pub turned: bool,
    /// It is to be fitted again as soon as it is laid out in the other direction.
    to_fit: bool,
    /// The document as it is, not turned.
    pub original: Rc<Scenario>,
    layout: Rc<Layout>,
    document: Rc<Scenario>,
    selection: Selection,
    readout: Rc<Readout>,
    pub driver: Option<Driver>,
    /// The message that was clicked, and what can be done to it.
    picked: Option<Picked>,
    /// Nothing can be done to the version that was kept.
    kept: bool,
    /// Whether the last press was a click on a thing.
    clicked: bool,
    on: Callback<StageEvent>,
    /// What is said of the mark under the pointer.
    pub tip: Option<Tip>,
    /// What there is to warn of.
    pub cautions: Rc<Cautions>,
}

/// Free space around what is fitted: the palette is at the left, the legend at the bottom.
const MARGIN: (f64, f64) = (64.0, 60.0);
/// How large a small system is shown at most.
const FITTED: f64 = 1.35;
/// The smallest zoom at which a new system is shown on a narrow stage.
const READABLE: f64 = 0.38;
/// A stage that is not wider than this has the palette above and the legend below.
const NARROW: f64 = 560.0;
/// How far an arrow key moves a box, in world units.
const NUDGE: f64 = 11.0;

impl Live {
    /// Takes over what is drawn now.
    pub fn follow(&mut self, props: &StageProps, layout: &Rc<Layout>, cautions: &Rc<Cautions>) {
        self.layout = layout.clone();
        self.cautions = cautions.clone();
        if std::mem::take(&mut self.to_fit) {
            self.open();
        }
        self.document = props.document.clone();
        self.selection = props.selection.clone();
        self.readout = props.readout.clone();
        self.on = props.on.clone();
        self.driver = Some(props.driver.clone());
        self.kept = props.kept;
        self.let_go_of_what_is_gone(&props.driver);
    }

    /// What is drawn: the document, the numbers of its run, and where everything is.
    pub fn drawn(&self) -> (&Scenario, &Readout, &Layout) {
        (&self.document, &self.readout, &self.layout)
    }

    /// The boxes that stand elsewhere while they are dragged.
    pub fn moved(&self) -> Vec<(usize, Point)> {
        match &self.preview {
            Preview::Moved(places) => places.clone(),
            Preview::None | Preview::Wire { .. } => Vec::new(),
        }
    }

    /// Whether the handles of a box are shown: under the mouse, and when it is selected.
    pub fn shows_ports(&self, index: usize) -> bool {
        self.with_ports(self.hot == Some(index)) == Some(index)
    }

    fn with_ports(&self, hot_first: bool) -> Option<usize> {
        let selected = || match self.selection.single()? {
            Thing::Service(id) => self.document.services.iter().position(|s| s.id == *id && s.kind != Kind::Stub),
            Thing::Link { .. } => None,
        };
        let can_call = |i: &usize| self.document.services.get(*i).is_some_and(|s| s.kind != Kind::Stub);
        let hot = self.hot.filter(can_call);
        if hot_first { hot.or_else(selected) } else { selected().or(hot) }
    }

    /// Whether a wire would end at this box.
    pub fn is_target(&self, index: usize) -> bool {
        matches!(self.preview, Preview::Wire { over: Some(over), .. } if over == index)
    }

    /// Where a wire leaves its box: at the handle nearest to where it goes.
    pub fn wire_start(&self, from: usize, to: Point) -> Option<Point> {
        let rect = self.layout.boxes.get(from)?.rect;
        hit::ports(rect).into_iter().min_by(|a, b| (*a - to).length().total_cmp(&(*b - to).length()))
    }

    /// The class of the pointer.
    pub fn cursor(&self) -> Option<&'static str> {
        match (self.gesture.wiring().is_some(), &self.preview, self.under) {
            (true, ..) => Some("wiring"),
            (_, Preview::Moved(..), _) => Some("dragging"),
            (.., Some(Target::Port(_))) => Some("over-port"),
            (.., Some(Target::Service(_) | Target::Link(_) | Target::Message(_))) => Some("over-thing"),
            (.., Some(Target::Empty) | None) => None,
        }
    }

    /// Shows everything.
    pub fn fit(&mut self) {
        let (width, height) = self.size;
        if width > 0.0 && height > 0.0 {
            let (side, foot) = if width < NARROW { (16.0, 24.0) } else { MARGIN };
            // From top to bottom it would come to lie under the palette and the legend.
            let (head, foot) = if self.turned { (52.0, 140.0) } else { (0.0, foot) };
            self.viewport = Viewport::fitted(self.layout.bounds(), width - side, height - head - foot, 28.0, FITTED);
            self.viewport.shift = self.viewport.shift + Point::new(side, head);
            self.fitted = true;
        }
    }

    /// Shows a new system: everything, or on a small stage its beginning, large enough to be read.
    pub fn open(&mut self) {
        self.fit();
        let (width, height) = self.size;
        self.turn();
        if self.fitted && width < NARROW && self.viewport.zoom < READABLE {
            let world = self.layout.bounds();
            let middle = world.corner.y + world.height / 2.0;
            let shift = Point::new(16.0 - world.corner.x * READABLE, height / 2.0 - middle * READABLE);
            self.viewport = Viewport { zoom: READABLE, shift };
        }
    }

    /// A stage that is narrow and high shows from top to bottom what is wide.
    fn turn(&mut self) {
        let (width, height) = self.size;
        let turned = width < NARROW && height > width && turn::is_wide(&self.original);
        self.to_fit = turned != self.turned;
        self.turned = turned;
    }

    /// Changes the view as the buttons say.
    pub fn look(&mut self, look: Look) {
        let middle = Point::new(self.size.0 / 2.0, self.size.1 / 2.0);
        match look {
            Look::In => self.viewport = self.viewport.zoomed(1.25, middle),
            Look::Out => self.viewport = self.viewport.zoomed(0.8, middle),
            Look::Actual => self.viewport = self.viewport.zoomed(1.0 / self.viewport.zoom, middle),
            Look::Fit => {
                self.turn();
                self.fit();
            }
        }
    }

    fn set_size(&mut self, width: f64, height: f64) {
        let before = self.size;
        self.size = (width, height);
        if !self.fitted || before.0 <= 0.0 {
            self.open();
        } else {
            // What was in the middle stays there.
            self.viewport = self.viewport.panned(Point::new((width - before.0) / 2.0, (height - before.1) / 2.0));
            // On a phone the inspector takes its room from the stage: what it is about must not go.
            self.show_selected();
        }
    }

    /// Brings what is selected into view. `true`: the view has moved.
    fn show_selected(&mut self) -> bool {
        let rect = match self.selection.single() {
            None => None,
            Some(Thing::Service(id)) => self.layout.boxes.iter().find(|b| b.id == *id).map(|b| b.rect),
            Some(Thing::Link { from, to }) => {
                let index = self.document.links.iter().position(|l| l.from == *from && l.to == *to);
                index.and_then(|index| self.rect_of_link(index))
            }
        };
        self.gesture.is_idle() && rect.is_some_and(|rect| self.show(rect))
    }

    /// The middle of a link, with room for what stands beside it.
    fn rect_of_link(&self, index: usize) -> Option<Rect> {
        let middle = self.layout.links.get(index)?.as_ref()?.route.middle.at(0.5);
        Some(Rect::new(middle - Point::new(60.0, 60.0), 120.0, 120.0))
    }

    fn show(&mut self, rect: Rect) -> bool {
        let before = self.viewport;
        if self.size.0 > 0.0 {
            self.viewport = before.showing(rect, self.size.0, self.size.1, 24.0);
        }
        self.viewport != before
    }

    /// Something has got the focus. `true`: the view has moved.
    pub fn focused(&mut self, focus: Focus) -> bool {
        self.focus = Some(focus);
        // What was clicked is in view already, and must not move under the pointer.
        let rect = match focus {
            Focus::Service(index) => self.layout.boxes.get(index).map(|b| b.rect),
            Focus::Link(index) => self.rect_of_link(index),
        };
        self.gesture.is_idle() && rect.is_some_and(|rect| self.show(rect))
    }

    fn service_id(&self, index: usize) -> Option<String> {
        self.document.services.get(index).map(|s| s.id.clone())
    }

    fn thing(&self, target: Target) -> Option<Thing> {
        match target {
            Target::Service(index) | Target::Port(index) => self.service_id(index).map(Thing::Service),
            Target::Link(index) => self.document.links.get(index).map(|l| Thing::link(&l.from, &l.to)),
            Target::Message(message) => self.thing(Target::Link(self.link_of(&message)?)),
            Target::Empty => None,
        }
    }

    fn target(&self, at: Point) -> Target {
        let world = self.viewport.to_world(at);
        hit::hit(&self.layout, world, self.viewport.zoom, self.with_ports(true))
    }

    /// Follows the mouse while nothing is pressed. `true`: something looks different.
    fn hover(&mut self, at: Point) -> bool {
        let before = (self.under, self.hot);
        let world = self.viewport.to_world(at);
        let reach = hit::PORT_REACH / self.viewport.zoom;
        let near = |r: Rect| {
            Rect::new(r.corner - Point::new(reach, reach), r.width + 2.0 * reach, r.height + 2.0 * reach)
                .contains(world)
        };
        self.hot = self.layout.boxes.iter().rposition(|b| near(b.rect));
        self.under = Some(self.target(at));
        before != (self.under, self.hot)
    }

    /// Feeds the gesture, and does to the stage what it means; what it means to the document is told in the end.
    fn feed(&mut self, input: Input) -> Vec<StageEvent> {
        match self.gesture.feed(input) {
            None => Vec::new(),
            Some(Meaning::Click(target)) => self.clicked(target),
            Some(Meaning::Dragging(index, by)) => {
                self.preview =
                    self.corner(index, by).map_or(Preview::None, |corner| Preview::Moved(vec![(index, corner)]));
                Vec::new()
            }
            Some(Meaning::Dropped(index, by)) => {
                self.preview = Preview::None;
                let dropped = self.start_of(index).zip(self.service_id(index));
                let to = |(start, id)| StageEvent::Do(Command::Move(vec![(id, self.snapped(start, by).into())]));
                dropped.map(to).into_iter().collect()
            }
            Some(Meaning::Wiring(from, at)) => {
                let to = self.viewport.to_world(at);
                let over = hit::service_at(&self.layout, to).filter(|over| *over != from);
                self.preview = Preview::Wire { from, to, over };
                Vec::new()
            }
            Some(Meaning::Wired(from, at)) => self.wired(from, at).into_iter().collect(),
            Some(Meaning::Pan(by)) => {
                self.viewport = self.viewport.panned(by);
                Vec::new()
            }
            Some(Meaning::Pinch(factor, at, by)) => {
                self.viewport = self.viewport.panned(by).zoomed(factor, at);
                Vec::new()
            }
            Some(Meaning::Cancelled) => {
                self.preview = Preview::None;
                Vec::new()
            }
        }
    }

    fn clicked(&mut self, target: Target) -> Vec<StageEvent> {
        self.clicked = target != Target::Empty;
        let mut events = vec![StageEvent::Select(self.thing(target).into())];
        if let Target::Message(message) = target {
            self.pick(message);
            events.push(StageEvent::Message { attempt: message.attempt, intent: message.intent, at: message.at });
        }
        if let Target::Service(index) = target
            && let Some(service) = self.document.services.get(index).filter(|s| s.kind == Kind::Client)
        {
            events.push(StageEvent::Send(service.id.clone()));
        }
        events
    }

    fn wired(&mut self, from: usize, at: Point) -> Option<StageEvent> {
        self.preview = Preview::None;
        let world = self.viewport.to_world(at);
        let caller = self.service_id(from)?;
        match hit::service_at(&self.layout, world) {
            Some(over) => {
                let callee = self.service_id(over)?;
                let refused = over == from || refuses_link(&self.document, &caller, &callee).is_some();
                (!refused).then_some(StageEvent::Do(Command::Connect { from: caller, to: callee }))
            }
            None => {
                Some(StageEvent::Do(Command::ConnectToNew { from: caller, position: centred(Kind::Service, world) }))
            }
        }
    }

    /// Cuts a link, or mends it if any of its legs is cut.
    fn cut(&self, index: usize) -> Option<Intervention> {
        let id = self.document.links.get(index)?.id();
        let place = self.readout.links.iter().position(|l| *l.id == *id)?;
        let view = &self.readout.links.get(place)?.view;
        let legs = (!view.drops_requests && !view.drops_responses).then_some(DroppedLegs::Both);
        Some(Intervention::Drop(LinkId(place as u32), legs))
    }

    /// Where the scenario has the box, also while it is shown elsewhere.
    fn start_of(&self, index: usize) -> Option<Point> {
        let said = self.document.services.get(index)?.position.map(Point::from);
        said.or_else(|| Layout::of(&self.document, &[]).boxes.get(index).map(|b| b.rect.corner))
    }

    fn corner(&self, index: usize, by: Point) -> Option<Point> {
        Some(self.snapped(self.start_of(index)?, by))
    }

    /// Moved by so many pixels, to whole world units.
    fn snapped(&self, start: Point, by: Point) -> Point {
        let to = start + by * (1.0 / self.viewport.zoom);
        Point::new(to.x.round(), to.y.round())
    }
}

/// The corner of a box of this kind whose middle is there.
fn centred(kind: Kind, world: Point) -> [f64; 2] {
    let (width, height) = size_of(kind);
    [(world.x - width / 2.0).round(), (world.y - height / 2.0).round()]
}

/// Tells what is wanted, after the cell is free again.
pub fn tell(live: &Shared, events: Vec<StageEvent>) {
    let on = live.borrow().on.clone();
    events.into_iter().for_each(|event| on.emit(event));
}

/// The handlers of the stage.
pub struct Handlers {
    pub down: Callback<PointerEvent>,
    pub moved: Callback<PointerEvent>,
    pub up: Callback<PointerEvent>,
    pub cancel: Callback<PointerEvent>,
    pub leave: Callback<PointerEvent>,
    pub double: Callback<MouseEvent>,
    pub drag_over: Callback<DragEvent>,
    pub drop: Callback<DragEvent>,
}

impl Handlers {
    /// The handlers for this node.
    pub fn new(node: &NodeRef, live: &Shared, update: &Update) -> Self {
        let pointer = |on: fn(&Element, &Shared, &PointerEvent) -> bool| {
            let (node, live, update) = (node.clone(), live.clone(), update.clone());
            Callback::from(move |event: PointerEvent| {
                if let Some(node) = node.cast::<Element>()
                    && on(&node, &live, &event)
                {
                    update.force_update();
                }
            })
        };
        let (node_2, live_2) = (node.clone(), live.clone());
        let (node_3, live_3) = (node.clone(), live.clone());
        Handlers {
            down: pointer(down),
            moved: pointer(moved),
            up: pointer(up),
            cancel: pointer(|_, live, _| feed(live, Input::Cancel)),
            leave: pointer(|_, live, _| {
                let mut live = live.borrow_mut();
                (live.under, live.hot) = (None, None);
                tip::hide(&mut live);
                true
            }),
            double: Callback::from(move |event: MouseEvent| {
                if let Some(node) = node_2.cast::<Element>() {
                    double_clicked(&node, &live_2, &event);
                }
            }),
            drag_over: Callback::from(|event: DragEvent| event.prevent_default()),
            drop: Callback::from(move |event: DragEvent| {
                if let Some(node) = node_3.cast::<Element>() {
                    dropped(&node, &live_3, &event);
                }
            }),
        }
    }
}

fn feed(live: &Shared, input: Input) -> bool {
    let events = live.borrow_mut().feed(input);
    tell(live, events);
    true
}

/// Whether the event is about something that stands over the stage.
fn on_button(event: &JsValue) -> bool {
    let target = event.dyn_ref::<web_sys::Event>().and_then(|e| e.target()).and_then(|t| t.dyn_into::<Element>().ok());
    target.is_some_and(|t| t.closest(".stage-controls, .floating").ok().flatten().is_some())
}

fn down(node: &Element, live: &Shared, event: &PointerEvent) -> bool {
    if event.button() > 1 || on_button(event) {
        return false;
    }
    // Without capture a drag would end at the border; a pointer that is gone already cannot be captured.
    let _ = node.set_pointer_capture(event.pointer_id());
    let at = place(node, event.client_x(), event.client_y());
    let pointing = if event.pointer_type() == "touch" { Pointing::Touch } else { Pointing::Mouse };
    tip::point(node, live, at);
    // The middle button pans wherever it is pressed.
    let on = if event.button() == 1 { Target::Empty } else { live.borrow().pressed(at, pointing) };
    {
        let live = &mut *live.borrow_mut();
        live.clicked = false;
        live.let_go(true);
    }
    feed(live, Input::Down { id: event.pointer_id(), pointing, at, on })
}

fn moved(node: &Element, live: &Shared, event: &PointerEvent) -> bool {
    let at = place(node, event.client_x(), event.client_y());
    if live.borrow().gesture.is_idle() {
        if on_button(event) {
            return false;
        }
        tip::point(node, live, at);
        return event.pointer_type() != "touch" && live.borrow_mut().hover(at);
    }
    feed(live, Input::Move { id: event.pointer_id(), at })
}

fn up(node: &Element, live: &Shared, event: &PointerEvent) -> bool {
    feed(live, Input::Up { id: event.pointer_id(), at: place(node, event.client_x(), event.client_y()) })
}

fn double_clicked(node: &Element, live: &Shared, event: &MouseEvent) {
    let at = place(node, event.client_x(), event.client_y());
    if on_button(event) {
        return;
    }
    // The first of the two clicks may have been on a dot.
    live.borrow_mut().let_go(true);
    let found = live.borrow().target(at);
    let wanted = match found {
        Target::Empty => {
            let position = centred(Kind::Service, live.borrow().viewport.to_world(at));
            Some(StageEvent::Do(Command::AddService { kind: Kind::Service, position }))
        }
        Target::Link(index) => live.borrow().cut(index).map(StageEvent::Fault),
        Target::Service(_) | Target::Port(_) | Target::Message(_) => None,
    };
    tell(live, wanted.into_iter().collect());
}

/// Something from the palette.
fn dropped(node: &Element, live: &Shared, event: &DragEvent) {
    let said = event.data_transfer().and_then(|data| {
        let read = |kind: &str| data.get_data(kind).ok().filter(|text| !text.is_empty());
        read("text/x-callchain-kind").or_else(|| read("text/plain"))
    });
    let kind = match said.as_deref() {
        Some("client") => Kind::Client,
        Some("service") => Kind::Service,
        Some("external") => Kind::External,
        Some("stub") => Kind::Stub,
        Some(_) | None => return,
    };
    event.prevent_default();
    let at = place(node, event.client_x(), event.client_y());
    let position = centred(kind, live.borrow().viewport.to_world(at));
    tell(live, vec![StageEvent::Do(Command::AddService { kind, position })]);
}

/// A key on something that has the focus. `true`: something looks different.
pub fn key(live: &Shared, event: &KeyboardEvent) -> bool {
    if event.ctrl_key() || event.meta_key() || event.alt_key() {
        return false;
    }
    // Before the focus leaves it, which would end it, too, but would not let the run go on.
    let let_go = event.key() == "Escape" && live.borrow_mut().let_go(true);
    if tools::key(event) || let_go {
        event.prevent_default();
        event.stop_propagation();
        return let_go;
    }
    let (focus, idle) = (live.borrow().focus, live.borrow().gesture.is_idle());
    let step = |x: f64, y: f64| if event.shift_key() { Point::new(x, y) * 5.0 } else { Point::new(x, y) };
    let events = match (event.key().as_str(), focus) {
        ("Escape", _) if !idle => {
            event.stop_propagation();
            return feed(live, Input::Cancel);
        }
        ("Enter" | " ", Some(focus)) => live.borrow_mut().entered(focus),
        ("c", Some(Focus::Service(index))) => {
            let live = &mut *live.borrow_mut();
            live.gesture.arm(index);
            let to = live.layout.boxes.get(index).map(|b| Point::new(b.rect.right() + 40.0, b.rect.centre().y));
            live.preview = to.map_or(Preview::None, |to| Preview::Wire { from: index, to, over: None });
            Vec::new()
        }
        ("ArrowLeft", Some(Focus::Service(index))) => nudged(live, index, step(-NUDGE, 0.0)),
        ("ArrowRight", Some(Focus::Service(index))) => nudged(live, index, step(NUDGE, 0.0)),
        ("ArrowUp", Some(Focus::Service(index))) => nudged(live, index, step(0.0, -NUDGE)),
        ("ArrowDown", Some(Focus::Service(index))) => nudged(live, index, step(0.0, NUDGE)),
        _ => return false,
    };
    event.prevent_default();
    event.stop_propagation();
    tell(live, events);
    true
}

fn nudged(live: &Shared, index: usize, by: Point) -> Vec<StageEvent> {
    let live = live.borrow();
    let to = |(start, id): (Point, String)| StageEvent::Do(Command::Move(vec![(id, (start + by).into())]));
    live.start_of(index).zip(live.service_id(index)).map(to).into_iter().collect()
}

impl Live {
    /// Enter or Space: ends a wire that the keyboard began, or else is a click.
    fn entered(&mut self, focus: Focus) -> Vec<StageEvent> {
        match (self.gesture.wiring(), focus) {
            (Some(from), Focus::Service(index)) => {
                let _ = self.gesture.feed(Input::Cancel);
                self.preview = Preview::None;
                let (Some(from), Some(to)) = (self.service_id(from), self.service_id(index)) else { return Vec::new() };
                let can = refuses_link(&self.document, &from, &to).is_none();
                can.then_some(StageEvent::Do(Command::Connect { from, to })).into_iter().collect()
            }
            (_, Focus::Service(index)) => self.clicked(Target::Service(index)),
            (_, Focus::Link(index)) => self.clicked(Target::Link(index)),
        }
    }
}
