//! How the view moves: the ground as a layer that is never painted anew for it, a large system as a picture.

use super::super::Shared;
use crate::scene::stage::geometry::Point;
use crate::scene::stage::viewport::Viewport;
use gloo::timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::{CssStyleDeclaration, Element, HtmlElement};
use yew::functional::UseForceUpdateHandle as Update;
use yew::{NodeRef, hook, use_effect_with, use_mut_ref};

/// The distance of the points of the ground, in world units, and the smallest on the screen, in pixels.
const GRID: (f64, f64) = (22.0, 14.0);

/// How long after it has moved the view counts as moving, in milliseconds.
const REST_MS: u32 = 160;
/// From so many things on it is worth while to move a picture of them.
const MANY: usize = 60;
/// How much larger or smaller the picture may be shown than it was painted.
const BLUR: f64 = 1.8;

/// How the view moves.
#[derive(Default)]
struct Motion {
    /// The view from which was painted.
    base: Option<Viewport>,
    /// Whether it has come to rest, so that it is to be painted anew.
    rests: bool,
    /// Tells that it rests.
    timer: Option<Timeout>,
}

impl Motion {
    /// The view to be painted from now on.
    fn base(&mut self, now: Viewport, is_large: bool) -> Viewport {
        let rests = std::mem::take(&mut self.rests);
        let is_sharp = |base: &Viewport| (1.0 / BLUR..BLUR).contains(&(now.zoom / base.zoom));
        let base = self.base.filter(|base| is_large && !rests && is_sharp(base)).unwrap_or(now);
        self.base = Some(base);
        base
    }
}

/// A large system is moved as a picture, and painted anew when the view rests: what it is painted from, which is the answer,
/// may so be another view than the one that is shown.
#[hook]
pub fn use_motion(node: &NodeRef, live: &Shared, update: &Update) -> Viewport {
    let motion = use_mut_ref(Motion::default);
    let (now, is_large) = (live.borrow().viewport, live.borrow().things() >= MANY);
    let base = motion.borrow_mut().base(now, is_large);
    let (node, update) = (node.clone(), update.clone());
    use_effect_with((now, base), move |(now, base)| {
        // An attribute and styles of their own: Yew knows nothing of them, and so leaves them.
        let Some(stage) = node.cast::<Element>() else { return };
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
            update.force_update();
        });
        motion.borrow_mut().timer = Some(timer);
    });
    base
}

/// The points of the ground stay about as far apart on the screen, whatever the zoom. They are the same everywhere, so
/// that it is enough to move them by less than the distance between two.
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

/// Moves and scales. The scale is a divisor of all coordinates (`w`), as a camera has it that comes nearer: Chromium lays
/// out and paints each text of an SVG anew where the scale of a block around it changes (`LayoutView::HitTest`), and of
/// these two ways to write the same only asks the other.
fn moved(shift: Point, scale: f64) -> String {
    let (x, y, w) = (shift.x / scale, shift.y / scale, 1.0 / scale);
    format!("matrix3d(1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, {x:.2}, {y:.2}, 0, {w:.5})")
}

fn style_of(stage: &Element, part: &str) -> Option<CssStyleDeclaration> {
    Some(stage.query_selector(part).ok().flatten()?.dyn_ref::<HtmlElement>()?.style())
}
