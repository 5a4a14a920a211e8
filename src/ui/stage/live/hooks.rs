//! The hooks of the stage: its size, the wheel, and what becomes selected.

use super::super::{Shared, StageProps, place};
use crate::editor::{Selection, Thing};
use crate::scene::viewport::Viewport;
use gloo::events::{EventListener, EventListenerOptions};
use gloo::timers::callback::Timeout;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Element, ResizeObserver, SvgElement, WheelEvent};
use yew::functional::UseForceUpdateHandle as Update;
use yew::{NodeRef, hook, use_effect_with, use_mut_ref};

/// Follows the size of the stage.
#[hook]
pub fn use_size(node: &NodeRef, live: &Shared, update: &Update) {
    let (live, update) = (live.clone(), update.clone());
    use_effect_with(node.clone(), move |node: &NodeRef| {
        let watched = node.cast::<Element>().and_then(|element| {
            let again = element.clone();
            let on_size = Closure::<dyn Fn()>::new(move || {
                let bounds = again.get_bounding_client_rect();
                live.borrow_mut().set_size(bounds.width(), bounds.height());
                update.force_update();
            });
            let observer = ResizeObserver::new(on_size.as_ref().unchecked_ref()).ok()?;
            observer.observe(&element);
            Some((observer, on_size))
        });
        move || {
            if let Some((observer, _on_size)) = watched {
                observer.disconnect();
            }
        }
    });
}

/// The wheel zooms at the pointer. A listener of its own, because those of Yew cannot keep the page from scrolling.
#[hook]
pub fn use_wheel(node: &NodeRef, live: &Shared, update: &Update) {
    let (live, update) = (live.clone(), update.clone());
    use_effect_with(node.clone(), move |node: &NodeRef| {
        let listener = node.cast::<Element>().map(|element| {
            let options = EventListenerOptions::enable_prevent_default();
            let again = element.clone();
            EventListener::new_with_options(&element, "wheel", options, move |event| {
                let Some(event) = event.dyn_ref::<WheelEvent>() else { return };
                event.prevent_default();
                // A line is about 16 pixels, a page 400; a pinch on a touchpad comes as a wheel with small steps and Ctrl.
                let unit = [1.0, 16.0, 400.0].get(event.delta_mode() as usize).copied().unwrap_or(1.0);
                let speed = if event.ctrl_key() { 0.01 } else { 0.0015 };
                let factor = libm::exp((-event.delta_y() * unit * speed).clamp(-0.5, 0.5));
                let at = place(&again, event.client_x(), event.client_y());
                let live = &mut *live.borrow_mut();
                live.viewport = live.viewport.zoomed(factor, at);
                update.force_update();
            })
        });
        move || drop(listener)
    });
}

/// A tap on a thing is no click of a mouse besides: that would come after it, on whatever has just opened there.
#[hook]
pub fn use_taps(node: &NodeRef, live: &Shared) {
    let live = live.clone();
    use_effect_with(node.clone(), move |node: &NodeRef| {
        let listener = node.cast::<Element>().map(|element| {
            let options = EventListenerOptions::enable_prevent_default();
            EventListener::new_with_options(&element, "touchend", options, move |event| {
                if std::mem::take(&mut live.borrow_mut().clicked) && event.cancelable() {
                    event.prevent_default();
                }
            })
        });
        move || drop(listener)
    });
}

/// Brings what becomes selected into view.
#[hook]
pub fn use_selection_in_view(props: &StageProps, live: &Shared, update: &Update) {
    let (live, update) = (live.clone(), update.clone());
    use_effect_with(props.selection.clone(), move |selection: &Selection| {
        // A link that was clicked must not move away from under the second click.
        if matches!(selection.single(), Some(Thing::Service(_))) && live.borrow_mut().show_selected() {
            update.force_update();
        }
    });
}

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
        let stage = node.cast::<Element>();
        let things = stage.as_ref().and_then(|stage| stage.query_selector(".stage-things").ok().flatten());
        let things = things.and_then(|things| things.dyn_into::<SvgElement>().ok());
        let Some((stage, things)) = stage.zip(things) else { return };
        // An attribute and a style of their own: Yew knows nothing of them, and so leaves them.
        if now == base {
            let _ = stage.remove_attribute("data-moving");
            let _ = things.style().remove_property("transform");
            motion.borrow_mut().timer = None;
            return;
        }
        let scale = now.zoom / base.zoom;
        let shift = now.shift - base.shift * scale;
        let moved = format!("translate({:.2}px, {:.2}px) scale({scale:.5})", shift.x, shift.y);
        let _ = stage.set_attribute("data-moving", "");
        let _ = things.style().set_property("transform", &moved);
        let resting = motion.clone();
        let timer = Timeout::new(REST_MS, move || {
            resting.borrow_mut().rests = true;
            update.force_update();
        });
        motion.borrow_mut().timer = Some(timer);
    });
    base
}
