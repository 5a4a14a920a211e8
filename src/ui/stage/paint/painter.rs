//! The painter: it draws a run onto a canvas, once a frame.

use super::drawing::draw;
use super::frame::{Frame, Watched};
use super::ink::Ink;
use super::pen::Pen;
use super::scene::Scene;
use crate::sim::Simulation;
use crate::ui::driver::Paint;
use std::cell::{Cell, RefCell};
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d as Context, HtmlCanvasElement, MediaQueryList};

/// Draws a run onto a canvas.
pub struct Painter {
    canvas: HtmlCanvasElement,
    context: Context,
    reduced_motion: Option<MediaQueryList>,
    frame: RefCell<Frame>,
    /// `None` until the colours are read, which the next frame does.
    ink: RefCell<Option<Ink>>,
}

impl Painter {
    /// Draws onto this canvas. `None`: the browser has no canvas.
    pub fn new(canvas: HtmlCanvasElement, scene: Scene) -> Option<Self> {
        let context = canvas.get_context("2d").ok()??.dyn_into::<Context>().ok()?;
        let query = |window: web_sys::Window| window.match_media("(prefers-reduced-motion: reduce)").ok().flatten();
        let reduced_motion = web_sys::window().and_then(query);
        let frame = RefCell::new(Frame::new(scene));
        Some(Painter { canvas, context, reduced_motion, frame, ink: RefCell::default() })
    }

    /// Draws on this scene from now on.
    pub fn set_scene(&self, scene: Scene) {
        self.frame.borrow_mut().set_scene(scene);
    }

    /// Reads the colours again at the next frame, when the page has applied the changed theme.
    pub fn forget_ink(&self) {
        self.ink.take();
    }

    fn is_motion_reduced(&self, ink: &Ink) -> bool {
        ink.still || self.reduced_motion.as_ref().is_some_and(|query| query.matches())
    }

    /// Empties the canvas, gives it the size of the stage in pixels of the device, and sets the scale of the world.
    fn clear(&self, scene: &Scene) {
        let ratio = web_sys::window().map_or(1.0, |w| w.device_pixel_ratio()).clamp(0.5, 4.0);
        let (width, height) = ((scene.size.0 * ratio).round() as u32, (scene.size.1 * ratio).round() as u32);
        if (self.canvas.width(), self.canvas.height()) != (width, height) {
            self.canvas.set_width(width);
            self.canvas.set_height(height);
        }
        let (c, view) = (&self.context, scene.viewport);
        let _ = c.set_transform(1.0, 0.0, 0.0, 1.0, 0.0, 0.0);
        c.clear_rect(0.0, 0.0, f64::from(width), f64::from(height));
        let zoom = view.zoom * ratio;
        let _ = c.set_transform(zoom, 0.0, 0.0, zoom, view.shift.x * ratio, view.shift.y * ratio);
    }
}

impl Paint for Painter {
    fn paint(&self, sim: &Simulation, speed: f64, watched: f64) {
        let frame = &mut *self.frame.borrow_mut();
        let ink = self.ink.take().unwrap_or_else(|| Ink::of(&self.canvas));
        let is_still = self.is_motion_reduced(&ink);
        frame.update(sim, Watched { speed, watched, is_still });
        self.clear(frame.scene());
        let pen = Pen { c: &self.context, ink: &ink, zoom: frame.scene().viewport.zoom, size: Cell::new(0.0) };
        draw(frame, &pen, sim.now());
        self.ink.replace(Some(ink));
    }
}
