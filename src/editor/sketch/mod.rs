//! Settings as pictures: shapes as numbers without pixels, with a description for people who cannot see them. The page
//! draws them as SVG (`ui/inspector/sketch.rs`).

pub mod answers;
pub mod backoff;
pub mod cells;
pub mod curve;
pub mod strip;

use crate::text::Message;
use backoff::Schedule;
use cells::Cells;
use curve::Curve;
use strip::Strip;

/// A picture of a setting.
#[derive(Clone, Debug, PartialEq)]
pub enum Sketch {
    /// The waits before the retries, as bars.
    Schedule(Schedule),
    /// The attempts of one call on a time axis.
    Strip(Strip),
    /// The window of a circuit breaker.
    Cells(Cells),
    /// A distribution of durations.
    Curve(Curve),
}

impl Sketch {
    /// The picture in a sentence or two.
    pub fn description(&self) -> Message {
        match self {
            Sketch::Schedule(schedule) => schedule.description(),
            Sketch::Strip(strip) => strip.description(),
            Sketch::Cells(cells) => cells.description(),
            Sketch::Curve(curve) => curve.description(),
        }
    }
}
