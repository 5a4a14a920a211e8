//! The language of measures, which ask for the results of a run.
//!
//! ```text
//! measure   = path [ "/" path ] [ window ]
//! path      = "clients." ID "." field | "links." ID "->" ID "." field | "services." ID "." field
//!           | "ledger." field | "system." field | "events" | "seed" | "simulated_ms"
//! window    = "during" DURATION ".." [ DURATION ]
//! condition = measure OP value [ window ] | measure "in" value ".." value [ window ]
//! OP        = ">=" | "<=" | ">" | "<" | "=="
//! value     = number | percent | duration
//! ```
//!
//! The names are paths in the report (`outcomes.timeout`, `latency.p95`), and a few more for derived numbers. [`field`]
//! lists all of them with their units. `syntax` reads a text, and `resolve` checks its names against a system. The language
//! is beside the file format because a scenario may contain conditions; `sim/measure.rs` answers them.
//!
//! Nothing here panics on any text.

pub mod field;
mod mistake;
mod names;
mod resolve;
mod syntax;

pub use field::{
    ClientField, LatencyField, LedgerField, LinkField, RecoveryField, RunField, ServiceField, SystemField,
};
pub use field::{Path, Unit};
pub use mistake::Mistake;
pub use names::Names;

use crate::time::Time;
use std::fmt;
use std::ops::Range;

/// A number of a run or of a window of it: one path, or the quotient of two.
#[derive(Clone, Debug, PartialEq)]
pub struct Measure {
    /// The text of the user.
    pub text: String,
    /// The measured field, or the numerator.
    pub path: Path,
    /// The denominator.
    pub over: Option<Path>,
    /// The window; `None` for the whole run.
    pub window: Option<Window>,
}

/// A window of a run. It excludes the instant of its start, except at the start of the run, and includes the instant of its
/// end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// Its start.
    pub from: Time,
    /// Its end; `None` for the end of the run.
    pub until: Option<Time>,
}

/// A measure and its accepted values.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    /// The text of the user.
    pub text: String,
    /// The measure.
    pub measure: Measure,
    /// The accepted values.
    pub test: Test,
}

/// Accepted values. Durations are in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Test {
    /// One side of a bound.
    Compare(Operator, f64),
    /// From the first to the second, both included.
    Between(f64, f64),
}

/// A comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// `>=`
    AtLeast,
    /// `<=`
    AtMost,
    /// `>`
    Above,
    /// `<`
    Below,
    /// `==`
    Equal,
}

impl Operator {
    /// Every operator.
    pub const ALL: [Operator; 5] =
        [Operator::AtLeast, Operator::AtMost, Operator::Above, Operator::Below, Operator::Equal];

    /// Its text.
    pub const fn sign(self) -> &'static str {
        match self {
            Operator::AtLeast => ">=",
            Operator::AtMost => "<=",
            Operator::Above => ">",
            Operator::Below => "<",
            Operator::Equal => "==",
        }
    }
}

impl Test {
    /// Whether `value` is accepted.
    pub fn holds(self, value: f64) -> bool {
        match self {
            Test::Compare(Operator::AtLeast, bound) => value >= bound,
            Test::Compare(Operator::AtMost, bound) => value <= bound,
            Test::Compare(Operator::Above, bound) => value > bound,
            Test::Compare(Operator::Below, bound) => value < bound,
            Test::Compare(Operator::Equal, bound) => value == bound,
            Test::Between(low, high) => (low..=high).contains(&value),
        }
    }
}

impl Measure {
    /// Reads a measure of the system with these names.
    ///
    /// # Errors
    /// The first mistake in the text, with its position.
    pub fn parse(text: &str, names: &Names) -> Result<Measure, Mistake> {
        resolve::measure(text, &syntax::measure(text)?, names)
    }

    /// The whole-run measure of a path.
    pub fn of(path: Path) -> Measure {
        Measure { text: String::new(), path, over: None, window: None }
    }

    /// The unit of its values.
    pub fn unit(&self) -> Unit {
        match &self.over {
            None => self.path.unit(),
            Some(over) if self.path.unit() == Unit::Millis && over.unit() != Unit::Millis => Unit::Millis,
            Some(_) => Unit::Ratio,
        }
    }
}

impl Condition {
    /// Reads a condition about the system with these names.
    ///
    /// # Errors
    /// The first mistake in the text, with its position.
    pub fn parse(text: &str, names: &Names) -> Result<Condition, Mistake> {
        resolve::condition(text, &syntax::condition(text)?, names)
    }
}

impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// Whether a condition names this service, directly or as the end of a link.
pub fn mentions(text: &str, id: &str) -> bool {
    let places = syntax::condition(text).map(|condition| condition.measure.ids()).unwrap_or_default();
    places.into_iter().any(|place| text.get(place) == Some(id))
}

/// Whether a condition names this link.
pub fn mentions_link(text: &str, from: &str, to: &str) -> bool {
    let places = syntax::condition(text).map(|condition| condition.measure.links()).unwrap_or_default();
    places.into_iter().any(|place| text.get(place).is_some_and(|link| link == format!("{from}->{to}")))
}

/// The text of a condition after a service got another id.
pub fn rename(text: &str, from: &str, to: &str) -> String {
    let places = syntax::condition(text).map(|condition| condition.measure.ids()).unwrap_or_default();
    replaced(text, places, from, to)
}

/// The text of a condition after a link got other ends.
pub fn reconnect(text: &str, from: [&String; 2], to: [&String; 2]) -> String {
    let places = syntax::condition(text).map(|condition| condition.measure.links()).unwrap_or_default();
    let id = |[from, to]: [&String; 2]| format!("{from}->{to}");
    replaced(text, places, &id(from), &id(to))
}

/// Replaces `old` in a text at the given positions, which are in order.
fn replaced(text: &str, places: Vec<Range<usize>>, old: &str, new: &str) -> String {
    let mut changed = text.to_owned();
    for place in places.into_iter().rev().filter(|place| text.get(place.clone()) == Some(old)) {
        changed.replace_range(place, new);
    }
    changed
}

#[cfg(test)]
mod tests;
