//! A whole run: live numbers, charts, log, announcements, comparison, objectives.

pub mod charts;
pub mod contrast;
pub mod log;
pub mod objectives;
pub mod pace;
pub mod readout;
pub mod spoken;
pub mod steady;
pub mod strength;
pub mod timeline;
pub mod watch;
