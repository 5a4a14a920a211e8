//! The visible part of the world, and how it follows the system, the stage and the user.

use super::geometry::{Point, Rect};
use super::layout::Layout;
use super::room::{Float, Room};
use super::turn;
use super::viewport::Viewport;
use crate::scenario::Scenario;

/// A change of the view that the user asks for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ViewChange {
    /// Zooms in.
    ZoomIn,
    /// Zooms out.
    ZoomOut,
    /// Shows everything.
    Fit,
    /// Shows the system at its actual size.
    ActualSize,
    /// Centres this place of the world.
    CentreOn(Point),
}

/// The free space around a fitted system on a stage that is not narrow, in pixels.
const MARGIN: f64 = 14.0;
/// The number of things from which a system is large: fitting around floats would cost frames.
const MANY: usize = 60;
/// The largest zoom of a fitted system.
const FITTED: f64 = 1.35;
/// The smallest zoom for a new system on a narrow stage.
const READABLE: f64 = 0.45;
/// The widest narrow stage, which has the palette above and the legend below.
const NARROW: f64 = 560.0;

/// The surroundings of the view: the system, and what floats over it.
#[derive(Clone, Copy)]
pub struct Subject<'a> {
    /// The document as it is in the file.
    pub original: &'a Scenario,
    /// The layout.
    pub layout: &'a Layout,
    /// The floats over the stage. A call makes the browser lay out the page.
    pub floats: &'a dyn Fn() -> Vec<Float>,
}

/// The way in which the view follows the system.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
enum Follow {
    /// Not fitted yet, because the stage has no size.
    #[default]
    Waiting,
    /// Fitted into this view. The system is fitted again as long as the user stays there.
    Fitted(Viewport),
    /// Fitted into this view. The system is fitted again once it is laid out in the other direction.
    Turning(Viewport),
}

/// The direction in which the stage shows the system.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Direction {
    /// From left to right, as in the document.
    #[default]
    Across,
    /// From top to bottom, because the stage is narrow.
    Down,
}

/// The user's activity while the stage changes its size.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Attention {
    /// Nothing is selected.
    Free,
    /// Something is selected; the rectangle is that of a single thing in the world.
    Selected(Option<Rect>),
    /// The pointer is busy: nothing may move below it.
    Busy,
}

/// The visible part of the world.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct View {
    /// The bridge between pixels and the world.
    pub viewport: Viewport,
    /// The size of the stage in pixels; zero until it is known.
    size: (f64, f64),
    follow: Follow,
    direction: Direction,
}

impl View {
    /// A view on a stage of this size, for tests.
    #[cfg(test)]
    pub fn of_size(width: f64, height: f64) -> Self {
        View { size: (width, height), ..View::default() }
    }

    /// The size of the stage in pixels; zero until it is known.
    pub fn size(&self) -> (f64, f64) {
        self.size
    }

    /// The direction in which the stage shows the system.
    pub fn direction(&self) -> Direction {
        self.direction
    }

    /// The visible part of the world.
    pub fn shown(&self) -> Rect {
        let (width, height) = self.size;
        Rect::between(self.viewport.to_world(Point::default()), self.viewport.to_world(Point::new(width, height)))
    }

    /// Follows a new layout. If the system had to turn, it is fitted now.
    pub fn laid_out(&mut self, subject: Subject) {
        if matches!(self.follow, Follow::Turning(_)) {
            self.open(subject);
        }
    }

    /// Shows a new system: all of it, or on a narrow stage its beginning in a readable size.
    pub fn open(&mut self, subject: Subject) {
        self.fit(subject);
        let (width, _) = self.size;
        if self.follow != Follow::Waiting && width < NARROW && self.viewport.zoom < READABLE {
            let (world, free) = (subject.layout.bounds(), self.room(subject).free());
            // Centred, or from the beginning if the system is too large.
            let place = |from: f64, size: f64, low: f64, room: f64| {
                low - from * READABLE + (room - size * READABLE).max(0.0) / 2.0
            };
            let x = place(world.corner.x, world.width, free.corner.x, free.width);
            let y = place(world.corner.y, world.height, free.corner.y, free.height);
            self.viewport = Viewport { zoom: READABLE, shift: Point::new(x, y) };
            self.follow = Follow::Fitted(self.viewport);
        }
        self.turn(subject.original);
    }

    /// Shows the whole system.
    fn fit(&mut self, subject: Subject) {
        let (width, height) = self.size;
        if width > 0.0 && height > 0.0 {
            let boxes = subject.layout.boxes.iter();
            let things: Vec<Rect> = boxes.flat_map(|b| [Some(b.rect), b.ledger]).flatten().collect();
            let margin = if width < NARROW { 0.0 } else { MARGIN };
            self.viewport = self.room(subject).fitted(subject.layout.bounds(), &things, margin, FITTED);
            self.follow = Follow::Fitted(self.viewport);
        }
    }

    /// Turns a wide system to run from top to bottom on a narrow, high stage.
    fn turn(&mut self, original: &Scenario) {
        let (width, height) = self.size;
        let is_upright = width < NARROW && height > width && turn::is_wide(original);
        let direction = if is_upright { Direction::Down } else { Direction::Across };
        let turns = std::mem::replace(&mut self.direction, direction) != direction;
        self.follow = match self.follow {
            Follow::Waiting => Follow::Waiting,
            Follow::Fitted(fitted) | Follow::Turning(fitted) if turns => Follow::Turning(fitted),
            Follow::Fitted(fitted) | Follow::Turning(fitted) => Follow::Fitted(fitted),
        };
    }

    /// Changes the view as the user asks.
    pub fn change(&mut self, change: ViewChange, subject: Subject) {
        let middle = Point::new(self.size.0 / 2.0, self.size.1 / 2.0);
        match change {
            ViewChange::ZoomIn => self.viewport = self.viewport.zoomed(1.25, middle),
            ViewChange::ZoomOut => self.viewport = self.viewport.zoomed(0.8, middle),
            ViewChange::ActualSize => self.viewport = self.viewport.zoomed(1.0 / self.viewport.zoom, middle),
            ViewChange::CentreOn(at) => self.viewport.shift = middle - at * self.viewport.zoom,
            ViewChange::Fit => {
                self.fit(subject);
                self.turn(subject.original);
            }
        }
    }

    /// Follows a new size of the stage.
    pub fn resize(&mut self, size: (f64, f64), subject: Subject, attention: Attention) {
        let before = std::mem::replace(&mut self.size, size);
        let is_fitted = self.is_fitted();
        let is_larger = size.0 >= before.0 && size.1 >= before.1;
        let may_fit = match attention {
            Attention::Free => true,
            Attention::Selected(_) => is_larger,
            Attention::Busy => false,
        };
        if self.follow == Follow::Waiting || before.0 <= 0.0 {
            return self.open(subject);
        } else if is_fitted && may_fit {
            self.open(subject);
        } else {
            // The middle stays the middle.
            self.viewport = self.viewport.panned(Point::new((size.0 - before.0) / 2.0, (size.1 - before.1) / 2.0));
        }
        // On a phone the inspector takes room from the stage, and must not cover the selected thing.
        if let Attention::Selected(Some(rect)) = attention {
            self.show(rect, subject);
        }
        if is_fitted {
            self.accept();
        }
    }

    /// Follows a new float: the system is fitted again, unless the user has moved the view.
    pub fn fit_again(&mut self, subject: Subject) {
        if self.is_fitted() {
            self.open(subject);
        }
    }

    /// Whether the view is still the fitted one.
    fn is_fitted(&self) -> bool {
        match self.follow {
            Follow::Waiting => false,
            Follow::Fitted(fitted) | Follow::Turning(fitted) => self.viewport == fitted,
        }
    }

    /// Makes the current view the fitted one.
    fn accept(&mut self) {
        self.follow = match self.follow {
            Follow::Waiting => Follow::Waiting,
            Follow::Fitted(_) => Follow::Fitted(self.viewport),
            Follow::Turning(_) => Follow::Turning(self.viewport),
        };
    }

    /// Brings a part of the world into view. `true`: the view has moved.
    pub fn show(&mut self, rect: Rect, subject: Subject) -> bool {
        let before = self.viewport;
        let at = before.rect_to_screen(rect);
        let is_large = subject.layout.boxes.len() + subject.layout.links.len() > MANY;
        if self.size.0 <= 0.0 || (is_large && self.is_amid(at)) {
            return false;
        }
        let room = self.room(subject);
        if room.shows(at) {
            return false;
        }
        let free = room.free();
        self.viewport = before.showing(rect, free);
        // A float in a corner may still cover it: the room above or beside the float is free.
        let now = self.viewport.rect_to_screen(rect);
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

    /// Whether a part of the stage is far from its border, where nothing floats.
    fn is_amid(&self, part: Rect) -> bool {
        let (width, height) = self.size;
        let amid = Rect::new(Point::new(100.0, 60.0), width - 320.0, height - 260.0);
        amid.contains(part.corner) && amid.contains(Point::new(part.right(), part.bottom()))
    }

    fn room(&self, subject: Subject) -> Room {
        Room::of(self.size, (subject.floats)())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Kind, Service};

    /// A row of `count` boxes, 400 units apart.
    fn row(count: usize) -> (Scenario, Layout) {
        let at = |i: usize| Service {
            position: Some([400.0 * i as f64, 0.0]),
            ..Service::new(format!("s{i}"), Kind::Service)
        };
        let document = Scenario { services: (0..count).map(at).collect(), ..Scenario::default() };
        let layout = Layout::of(&document, &[]);
        (document, layout)
    }

    fn subject((original, layout): &(Scenario, Layout)) -> Subject<'_> {
        Subject { original, layout, floats: &Vec::new }
    }

    const LARGE: (f64, f64) = (1_000.0, 600.0);

    /// A view whose stage has just got this size.
    fn view(size: (f64, f64), system: &(Scenario, Layout)) -> View {
        let mut view = View::default();
        view.resize(size, subject(system), Attention::Free);
        view
    }

    fn shows_all(view: &View, system: &(Scenario, Layout)) -> bool {
        let (shown, bounds) = (view.shown(), system.1.bounds());
        shown.contains(bounds.corner) && shown.contains(Point::new(bounds.right(), bounds.bottom()))
    }

    #[test]
    fn the_system_is_fitted_once_the_stage_has_a_size_and_again_whenever_that_changes() {
        let system = row(4);
        let mut view = view(LARGE, &system);
        assert!(shows_all(&view, &system));
        let zoom = view.viewport.zoom;
        view.resize((700.0, 500.0), subject(&system), Attention::Free);
        assert!(shows_all(&view, &system) && view.viewport.zoom < zoom);
    }

    #[test]
    fn a_view_that_the_user_has_moved_keeps_its_middle() {
        let system = row(4);
        let mut view = view(LARGE, &system);
        view.change(ViewChange::ZoomIn, subject(&system));
        let (zoom, middle) = (view.viewport.zoom, view.shown().centre());
        view.resize((800.0, 500.0), subject(&system), Attention::Free);
        assert_eq!(view.viewport.zoom, zoom);
        assert!((view.shown().centre() - middle).length() < 1e-9);
        view.fit_again(subject(&system));
        assert_eq!(view.viewport.zoom, zoom, "it is the user's view now");
        view.change(ViewChange::Fit, subject(&system));
        view.resize(LARGE, subject(&system), Attention::Free);
        assert!(view.viewport.zoom != zoom && shows_all(&view, &system), "and follows again after a fit");
    }

    #[test]
    fn nothing_moves_below_a_busy_pointer_or_a_smaller_stage_with_a_selection_in_view() {
        let system = row(4);
        let selected = Attention::Selected(Some(system.1.boxes[1].rect));
        for attention in [Attention::Busy, selected] {
            let mut view = view(LARGE, &system);
            let zoom = view.viewport.zoom;
            view.resize((900.0, 600.0), subject(&system), attention);
            assert_eq!(view.viewport.zoom, zoom, "{attention:?}");
        }
    }

    #[test]
    fn what_is_selected_stays_in_view_when_the_stage_shrinks() {
        let system = row(4);
        let mut view = view(LARGE, &system);
        let last = system.1.boxes[3].rect;
        view.resize((400.0, 600.0), subject(&system), Attention::Selected(Some(last)));
        let shown = view.shown();
        assert!(shown.contains(last.corner) && shown.contains(Point::new(last.right(), last.bottom())), "{shown:?}");
    }

    #[test]
    fn a_narrow_stage_turns_a_wide_system_and_fits_it_when_it_is_laid_out() {
        let system = row(3);
        let mut view = view((390.0, 700.0), &system);
        assert_eq!(view.direction(), Direction::Down);
        let upright = turn::turned(&system.0);
        let turned = (system.0.clone(), Layout::of(&upright, &[]));
        view.laid_out(subject(&turned));
        assert!(shows_all(&view, &turned));
        let fitted = view;
        view.laid_out(subject(&turned));
        assert_eq!(view, fitted, "only the first layout is fitted");
        view.resize((1_000.0, 700.0), subject(&turned), Attention::Free);
        assert_eq!(view.direction(), Direction::Across);
    }

    #[test]
    fn a_system_that_would_be_unreadable_shows_its_beginning() {
        let system = row(1);
        let long = row(20);
        let mut view = view((390.0, 300.0), &system);
        view.open(subject(&long));
        assert_eq!(view.viewport.zoom, READABLE);
        assert!(view.shown().contains(long.1.bounds().corner));
    }

    #[test]
    fn what_lies_in_view_does_not_move_and_what_lies_outside_comes_in() {
        let system = row(4);
        let mut view = view(LARGE, &system);
        assert!(!view.show(system.1.boxes[0].rect, subject(&system)));
        let far = Rect::new(Point::new(5_000.0, 0.0), 100.0, 100.0);
        assert!(view.show(far, subject(&system)));
        assert!(view.shown().contains(far.corner) && view.shown().contains(Point::new(far.right(), far.bottom())));
    }
}
