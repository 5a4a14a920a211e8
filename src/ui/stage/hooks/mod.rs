//! The hooks of the stage, each with one purpose.

mod fit;
mod motion;
mod scene;
mod selection;
mod size;
mod touch;
mod wheel;

pub use fit::use_fit;
pub use motion::use_motion;
pub use scene::use_scene;
pub use selection::use_selection_in_view;
pub use size::use_size;
pub use touch::use_touch;
pub use wheel::use_wheel;
