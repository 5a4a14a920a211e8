//! Moves the view: the ground as a layer that is never painted anew, a large system as a picture.

use crate::scene::stage::geometry::Point;
use crate::scene::stage::viewport::Viewport;
use crate::ui::stage::handle::StageHandle;
use gloo::timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::{CssStyleDeclaration, Element, HtmlElement};
use yew::{hook, use_effect_with, use_mut_ref};

/// The distance of the points of the ground in world units, and their smallest distance on the screen in pixels.
const GRID: (f64, f64) = (22.0, 14.0);

/// How long after it has moved the view counts as moving, in milliseconds.
const REST_MS: u32 = 160;
/// The fewest things in a system that is moved as a picture.
const MANY: usize = 60;
/// The largest factor by which the picture may be scaled before it is painted anew.
const BLUR: f64 = 1.8;

/// A view that moves.
#[derive(Default)]
struct Motion {
    /// The view that was painted.
    base: Option<Viewport>,
    /// Whether it has come to rest and must be painted anew.
    rests: bool,
    /// Ends when it has come to rest.
    timer: Option<Timeout>,
}

impl Motion {
    /// The view to paint from now on.
    fn base(&mut self, now: Viewport, is_large: bool) -> Viewport {
        let rests = std::mem::take(&mut self.rests);
        let is_sharp = |base: &Viewport| (1.0 / BLUR..BLUR).contains(&(now.zoom / base.zoom));
        let base = self.base.filter(|base| is_large && !rests && is_sharp(base)).unwrap_or(now);
        self.base = Some(base);
        base
    }
}

/// Moves a large system as a picture, and paints it anew when the view rests. The result is the view that is painted,
/// which may differ from the one that is shown.
#[hook]
pub fn use_motion(handle: &StageHandle) -> Viewport {
    let motion = use_mut_ref(Motion::default);
    let (now, is_large) = (handle.state().view.viewport, handle.state().board.things() >= MANY);
    let base = motion.borrow_mut().base(now, is_large);
    let handle = handle.clone();
    use_effect_with((now, base), move |(now, base)| {
        // Yew does not know this attribute and these styles, so it leaves them alone.
        let Some(stage) = handle.element() else { return };
        let scale = now.zoom / base.zoom;
        if let Some(ground) = style_of(&stage, ".stage-ground") {
            show_ground(&ground, *now, *base);
        }
        let Some(world) = style_of(&stage, ".stage-world") else { return };
        if now == base {
            let _ = stage.remove_attribute("data-moving");
            let _ = world.remove_property("transform");
            motion.borrow_mut().timer = None;
            return;
        }
        let _ = stage.set_attribute("data-moving", "");
        let _ = world.set_property("transform", &moved(now.shift - base.shift * scale, scale));
        let resting = motion.clone();
        let timer = Timeout::new(REST_MS, move || {
            resting.borrow_mut().rests = true;
            handle.redraw();
        });
        motion.borrow_mut().timer = Some(timer);
    });
    base
}

/// The points of the ground stay about as far apart on the screen at every zoom. They look the same everywhere, so it is
/// enough to move them by less than the distance between two.
fn show_ground(style: &CssStyleDeclaration, now: Viewport, base: Viewport) {
    let mut step = GRID.0 * base.zoom;
    while step < GRID.1 {
        step *= 2.0;
    }
    let scale = now.zoom / base.zoom;
    let far = step * scale;
    let shift = Point::new(now.shift.x.rem_euclid(far) - far, now.shift.y.rem_euclid(far) - far);
    let _ = style.set_property("background-size", &format!("{step:.3}px {step:.3}px"));
    let _ = style.set_property("transform", &moved(shift, scale));
}

/// Moves and scales. The scale is written as a divisor of all coordinates (`w`), like that of a camera that comes nearer:
/// with an ordinary scale Chromium would lay out and paint each text of the SVG anew (`LayoutView::HitTest`).
fn moved(shift: Point, scale: f64) -> String {
    let (x, y, w) = (shift.x / scale, shift.y / scale, 1.0 / scale);
    format!("matrix3d(1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, {x:.2}, {y:.2}, 0, {w:.5})")
}

fn style_of(stage: &Element, part: &str) -> Option<CssStyleDeclaration> {
    Some(stage.query_selector(part).ok().flatten()?.dyn_ref::<HtmlElement>()?.style())
}
