//! What settings mean, as pictures: shapes as numbers, and the same in words for those who cannot see them.
//!
//! The page draws them as SVG (`ui/inspector/sketch.rs`); nothing here knows a pixel.

pub mod answers;
pub mod backoff;
pub mod cells;
pub mod curve;
pub mod strip;

use backoff::Schedule;
use cells::Cells;
use curve::Curve;
use strip::Strip;

/// One picture.
#[derive(Clone, Debug, PartialEq)]
pub enum Sketch {
    /// The waits before the retries, as bars.
    Schedule(Schedule),
    /// The attempts of one call on a line of time.
    Strip(Strip),
    /// The window of a circuit breaker.
    Cells(Cells),
    /// A distribution of lengths of time.
    Curve(Curve),
}

impl Sketch {
    /// The picture in a sentence or two.
    pub fn in_words(&self) -> String {
        match self {
            Sketch::Schedule(schedule) => schedule.in_words(),
            Sketch::Strip(strip) => strip.in_words(),
            Sketch::Cells(cells) => cells.in_words(),
            Sketch::Curve(curve) => curve.in_words(),
        }
    }
}
