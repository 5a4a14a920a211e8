//! What the stage keeps between two drawings: the view, the gesture, what is under the pointer. It lives in a cell and
//! not in Yew's state, because several events may come before Yew draws.

mod hooks;
mod keys;
mod menu;
mod motion;
mod moves;
mod pick;
mod pointer;
mod room;

pub use hooks::{use_selection_in_view, use_size, use_taps, use_wheel};
pub use keys::{key, key_up};
pub use motion::use_motion;
pub use pointer::{Handlers, tell};

use super::caution::Cautions;
use super::controls::ViewChange;
use super::tip::Tip;
use super::{Focus, Shared, StageEvent, StageProps};
use crate::editor::{Command, Selection, Thing, refuses_link};
use crate::scenario::topology::LinkId;
use crate::scenario::{DroppedLegs, Kind, Scenario};
use crate::scene::stage::geometry::{Point, Rect};
use crate::scene::stage::gesture::{Gesture, Held, Input, Meaning};
use crate::scene::stage::hit::{self, Handles, LinkEnd, Target};
use crate::scene::stage::layout::Layout;
use crate::scene::stage::sizes::size_of;
use crate::scene::stage::snap::Guide;
use crate::scene::stage::turn;
use crate::scene::stage::viewport::Viewport;
use crate::sim::Intervention;
use crate::ui::driver::{Driver, Readout};
use gloo::timers::callback::Timeout;
use pick::Picked;
use room::on_stage;
use std::rc::Rc;
use web_sys::Element;
use yew::Callback;

/// What is shown of a gesture that is under way.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Preview {
    /// Nothing.
    #[default]
    None,
    /// Boxes away from their places, and what they are in line with.
    Moved(Vec<(usize, Point)>, Vec<Guide>),
    /// Copies of boxes, which stay where they are.
    Copied(Vec<(usize, Rect)>, Vec<Guide>),
    /// A box around what is to be selected.
    Area(Rect),
    /// A wire from a box to a place in the world, and the box that it would reach.
    Wire {
        /// From.
        from: usize,
        /// To.
        to: Point,
        /// The box there.
        over: Option<usize>,
        /// The end of a link that is taken elsewhere by it; otherwise it is a new link.
        end: Option<LinkEnd>,
    },
}

/// What the space bar does as long as it is held down: with the pointer, it moves the stage.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Space {
    /// It is not held.
    #[default]
    Free,
    /// It is held, and may yet mean something else.
    Held,
    /// It has moved the stage.
    Used,
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
    /// The box whose handles the mouse has called up.
    hot: Option<usize>,
    fitted: bool,
    /// The view as it was when nobody but the stage had changed it: as long as it is still that, it may be fitted anew.
    untouched: Viewport,
    /// The stage.
    stage: Option<Element>,
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
    /// Whether this stage shows the baseline of a comparison, which cannot be edited.
    is_baseline: bool,
    /// Whether the last press was a click on a thing.
    clicked: bool,
    /// Where the mouse was last, in pixels of the stage, as long as it means where something is to be put.
    pub pointer: Option<Point>,
    pub space: Space,
    /// Whether what is touched is selected besides what is: on a touch screen there is no Ctrl.
    pub picks_several: bool,
    /// Ends when a finger has stayed long enough.
    long_press: Option<Timeout>,
    on: Callback<StageEvent>,
    /// What is said of the mark under the pointer.
    pub tip: Option<Tip>,
    /// What there is to warn of.
    pub cautions: Rc<Cautions>,
}

/// Free space around what is fitted, beside that around all that floats, where the stage is not narrow.
const MARGIN: f64 = 14.0;
/// From so many things on a system is large.
const MANY: usize = 60;
/// How large a small system is shown at most.
const FITTED: f64 = 1.35;
/// The smallest zoom at which a new system is shown on a narrow stage.
const READABLE: f64 = 0.45;
/// A stage that is not wider than this has the palette above and the legend below.
const NARROW: f64 = 560.0;

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
        self.is_baseline = props.is_baseline;
        self.drop_stale_pick(&props.driver);
    }

    /// What is drawn: the document, the numbers of its run, and where everything is.
    pub fn drawn(&self) -> (&Scenario, &Readout, &Layout) {
        (&self.document, &self.readout, &self.layout)
    }

    /// The boxes that stand elsewhere while they are dragged.
    pub fn moved(&self) -> Vec<(usize, Point)> {
        match &self.preview {
            Preview::Moved(places, _) => places.clone(),
            Preview::None | Preview::Copied(..) | Preview::Area(_) | Preview::Wire { .. } => Vec::new(),
        }
    }

    /// The boxes whose handles are shown: under the mouse, and what is selected.
    pub fn shown_ports(&self) -> [Option<usize>; 2] {
        let [hot, selected] = [self.with_ports(true), self.with_ports(false)];
        [hot, selected.filter(|_| hot != selected)]
    }

    /// How many services and links there are.
    pub fn things(&self) -> usize {
        self.layout.boxes.len() + self.layout.links.len()
    }

    /// Where everything was drawn last.
    pub fn layout(&self) -> Rc<Layout> {
        self.layout.clone()
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

    /// The box where a wire would end.
    pub fn target_of_wire(&self) -> Option<usize> {
        match self.preview {
            Preview::Wire { over, .. } => over,
            Preview::None | Preview::Moved(..) | Preview::Copied(..) | Preview::Area(_) => None,
        }
    }

    /// Where a wire leaves its box: at the handle nearest to where it goes.
    pub fn wire_start(&self, from: usize, to: Point) -> Option<Point> {
        let rect = self.layout.boxes.get(from)?.rect;
        hit::ports(rect).into_iter().min_by(|a, b| (*a - to).length().total_cmp(&(*b - to).length()))
    }

    /// The class of what is under way: it says how the pointer looks, wherever it is.
    pub fn cursor(&self) -> Option<&'static str> {
        match &self.preview {
            Preview::Moved(..) | Preview::Copied(..) => Some("dragging"),
            Preview::Wire { .. } | Preview::Area(_) if self.gesture.is_dragging() => Some("wiring"),
            Preview::Wire { .. } | Preview::Area(_) | Preview::None => {
                (self.space != Space::Free).then_some("grabbing")
            }
        }
    }

    /// Shows everything.
    pub fn fit(&mut self) {
        let (width, height) = self.size;
        if width > 0.0 && height > 0.0 {
            let things: Vec<Rect> = self.layout.boxes.iter().flat_map(|b| [Some(b.rect), b.ledger]).flatten().collect();
            let margin = if width < NARROW { 0.0 } else { MARGIN };
            self.viewport = self.room().fitted(self.layout.bounds(), &things, margin, FITTED);
            (self.fitted, self.untouched) = (true, self.viewport);
        }
    }

    /// Shows a new system: everything, or on a small stage its beginning, large enough to be read.
    pub fn open(&mut self) {
        self.fit();
        let (width, _) = self.size;
        self.turn();
        if self.fitted && width < NARROW && self.viewport.zoom < READABLE {
            let (world, free) = (self.layout.bounds(), self.room().free());
            // Its beginning, where it is too large.
            let place = |from: f64, size: f64, low: f64, room: f64| {
                low - from * READABLE + (room - size * READABLE).max(0.0) / 2.0
            };
            let x = place(world.corner.x, world.width, free.corner.x, free.width);
            let y = place(world.corner.y, world.height, free.corner.y, free.height);
            self.viewport = Viewport { zoom: READABLE, shift: Point::new(x, y) };
            self.untouched = self.viewport;
        }
    }

    /// A stage that is narrow and high shows from top to bottom what is wide.
    fn turn(&mut self) {
        let (width, height) = self.size;
        let turned = width < NARROW && height > width && turn::is_wide(&self.original);
        self.to_fit = turned != self.turned;
        self.turned = turned;
    }

    /// Changes the view.
    pub fn change_view(&mut self, change: ViewChange) {
        let middle = Point::new(self.size.0 / 2.0, self.size.1 / 2.0);
        match change {
            ViewChange::ZoomIn => self.viewport = self.viewport.zoomed(1.25, middle),
            ViewChange::ZoomOut => self.viewport = self.viewport.zoomed(0.8, middle),
            ViewChange::ActualSize => self.viewport = self.viewport.zoomed(1.0 / self.viewport.zoom, middle),
            ViewChange::CentreOn(at) => self.viewport.shift = middle - at * self.viewport.zoom,
            ViewChange::ShowLink(index) => {
                if let Some(rect) = self.rect_of_link(index) {
                    self.show(rect);
                }
            }
            ViewChange::Fit => {
                self.turn();
                self.fit();
            }
        }
    }

    fn set_size(&mut self, width: f64, height: f64) {
        let before = self.size;
        self.size = (width, height);
        let is_untouched = self.viewport == self.untouched;
        let is_larger = width >= before.0 && height >= before.1;
        if !self.fitted || before.0 <= 0.0 {
            self.open();
        } else if is_untouched && self.gesture.is_idle() && (is_larger || self.selection.is_empty()) {
            self.open();
            self.show_selected();
            self.untouched = self.viewport;
        } else {
            // What was in the middle stays there.
            self.viewport = self.viewport.panned(Point::new((width - before.0) / 2.0, (height - before.1) / 2.0));
            // On a phone the inspector takes its room from the stage: what it is about must not go.
            self.show_selected();
            if is_untouched {
                self.untouched = self.viewport;
            }
        }
    }

    /// Something floats over the stage that did not before.
    pub fn fit_again(&mut self) {
        if self.fitted && self.viewport == self.untouched && self.selection.is_empty() {
            self.open();
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
        // What is far from the border is under nothing; to look for more makes the browser lay out the page.
        let at = on_stage(rect, before);
        if self.size.0 <= 0.0 || (self.things() > MANY && self.is_amid(at)) {
            return false;
        }
        let room = self.room();
        if room.shows(at) {
            return false;
        }
        let free = room.free();
        self.viewport = before.showing(rect, free);
        // Still under something in a corner: above it there is room, or else beside it.
        let now = on_stage(rect, self.viewport);
        if let Some(over) = room.over(now) {
            let up = over.corner.y - now.bottom() - 12.0;
            let by = if now.corner.y + up >= free.corner.y {
                Point::new(0.0, up)
            } else {
                Point::new((over.corner.x - now.right() - 12.0).max(free.corner.x - now.corner.x), 0.0)
            };
            self.viewport = self.viewport.panned(by);
        }
        self.viewport != before
    }

    /// Whether a part of the stage is far from its border.
    fn is_amid(&self, part: Rect) -> bool {
        let (width, height) = self.size;
        let amid = Rect::new(Point::new(100.0, 60.0), width - 320.0, height - 260.0);
        amid.contains(part.corner) && amid.contains(Point::new(part.right(), part.bottom()))
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
            Target::Link(index) | Target::End(LinkEnd { link: index, .. }) => {
                self.document.links.get(index).map(|l| Thing::link(&l.from, &l.to))
            }
            Target::Message(message) => self.thing(Target::Link(self.link_of(&message)?)),
            Target::Empty => None,
        }
    }

    fn target(&self, at: Point) -> Target {
        let world = self.viewport.to_world(at);
        let shown = Handles { ports: self.with_ports(true), ends: self.with_ends() };
        match hit::hit(&self.layout, world, self.viewport.zoom, shown) {
            Target::Empty => self.cautions.link_at(world).map_or(Target::Empty, Target::Link),
            target => target,
        }
    }

    /// The link whose ends can be taken: the one that is selected.
    pub fn with_ends(&self) -> Option<usize> {
        let (from, to) = self.selection.single().and_then(Thing::ends).filter(|_| !self.is_baseline)?;
        self.document.links.iter().position(|l| l.from == from && l.to == to)
    }

    /// Follows the mouse while nothing is pressed. `true`: something looks different.
    fn hover(&mut self, at: Point) -> bool {
        let world = self.viewport.to_world(at);
        let reach = hit::PORT_REACH / self.viewport.zoom;
        let hot = self.layout.boxes.iter().rposition(|b| b.rect.grown(reach).contains(world));
        std::mem::replace(&mut self.hot, hot) != hot
    }

    /// Feeds the gesture, and does to the stage what it means; what it means to the document is told in the end.
    fn feed(&mut self, input: Input) -> Vec<StageEvent> {
        let Some(meaning) = self.gesture.feed(input) else { return Vec::new() };
        // Whatever is under way is drawn anew; what is over is not.
        self.preview = match meaning {
            Meaning::Dragging(index, by, held) => self.dragging(index, by, held),
            Meaning::Boxing(from, to) => Preview::Area(self.area(from, to)),
            Meaning::Wiring(from, at) => self.wiring(from, at, None),
            Meaning::Ending(end, at) => {
                self.fixed_end(end).map_or(Preview::None, |from| self.wiring(from, at, Some(end)))
            }
            Meaning::Click(..)
            | Meaning::Dropped(..)
            | Meaning::Boxed(..)
            | Meaning::Wired(..)
            | Meaning::Ended(..)
            | Meaning::Pan(_)
            | Meaning::Pinch(..)
            | Meaning::Cancelled => Preview::None,
        };
        match meaning {
            Meaning::Click(target, held) => return self.clicked(target, held),
            Meaning::Dropped(index, by, held) => return self.dropped(index, by, held).into_iter().collect(),
            Meaning::Boxed(from, to) => return vec![self.boxed(self.area(from, to))],
            Meaning::Wired(from, at) => return self.wired(from, at).into_iter().collect(),
            Meaning::Ended(end, at) => return self.ended(end, at).into_iter().collect(),
            Meaning::Pan(by) => self.viewport = self.viewport.panned(by),
            Meaning::Pinch(factor, at, by) => self.viewport = self.viewport.panned(by).zoomed(factor, at),
            Meaning::Dragging(..)
            | Meaning::Boxing(..)
            | Meaning::Wiring(..)
            | Meaning::Ending(..)
            | Meaning::Cancelled => {}
        }
        Vec::new()
    }

    /// Takes back what is under way. `false`: nothing is.
    pub fn cancel(&mut self) -> bool {
        let is_some = !self.gesture.is_idle() || self.picks_several;
        self.picks_several = false;
        self.feed(Input::Cancel);
        is_some
    }

    fn area(&self, from: Point, to: Point) -> Rect {
        Rect::between(self.viewport.to_world(from), self.viewport.to_world(to))
    }

    fn clicked(&mut self, target: Target, held: Held) -> Vec<StageEvent> {
        self.clicked = target != Target::Empty;
        if held.shift || held.command {
            let thing = self.thing(target);
            return thing.map(|thing| StageEvent::Select(self.selection.toggled(&thing))).into_iter().collect();
        }
        let mut events = vec![StageEvent::Select(self.thing(target).into())];
        if let Target::Message(message) = target {
            self.pick(message);
        }
        if let Target::Service(index) = target
            && let Some(service) = self.document.services.get(index).filter(|s| s.kind == Kind::Client)
        {
            events.push(StageEvent::Send(service.id.clone()));
        }
        events
    }

    /// What lies in the box is selected, too.
    fn boxed(&self, area: Rect) -> StageEvent {
        let (services, links) = hit::touched(&self.layout, area);
        let targets = services.into_iter().map(Target::Service).chain(links.into_iter().map(Target::Link));
        let found: Selection = targets.filter_map(|target| self.thing(target)).collect();
        StageEvent::Select(self.selection.with(&found))
    }

    fn wired(&self, from: usize, at: Point) -> Option<StageEvent> {
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
}

/// The corner of a box of this kind whose middle is there.
fn centred(kind: Kind, world: Point) -> [f64; 2] {
    let (width, height) = size_of(kind);
    [(world.x - width / 2.0).round(), (world.y - height / 2.0).round()]
}
