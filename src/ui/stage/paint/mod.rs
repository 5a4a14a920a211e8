//! The layer of moving things: a canvas over the boxes, drawn once a frame and without Yew.
//!
//! In a browser without a GPU a canvas is ten times as quick as moving SVG elements (`tests/bench-draw` measures it).
//! [`crate::scene::stage::dots`] has the positions and shapes of dots.
//!
//! - [`painter`]: owns the canvas and is called for each frame.
//! - [`frame`]: the contents of one frame.
//! - [`drawing`]: draws a frame, layer by layer.
//! - [`pen`]: draws marks of each shape.
//! - [`ink`]: the colours and the font.

mod drawing;
mod frame;
mod ink;
mod painter;
mod pen;
mod scene;

pub use painter::Painter;
pub use scene::Scene;
