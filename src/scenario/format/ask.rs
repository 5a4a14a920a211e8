//! `ask` of a link: a status query after an unknown outcome.

use super::part::Part;
use super::reader::Reader;
use super::writer::{Fields, count, span};
use crate::scenario::Ask;
use crate::scenario::json::Json;
use crate::scenario::path::Path;
use crate::scenario::problem::Problems;

impl Part for Ask {
    fn read(r: &mut Reader, at: &Path, json: &Json) -> Option<Self> {
        let o = r.object(at, json, "a way to ask", &["timeout", "attempts"])?;
        let mut ask = Ask::default();
        r.fill(&mut ask.timeout, &o, "timeout", Reader::duration);
        r.fill(&mut ask.attempts, &o, "attempts", Reader::count);
        Some(ask)
    }

    fn write(&self) -> Json {
        let Ask { timeout, attempts } = self;
        let default = Ask::default();
        let mut o = Fields::default();
        o.unless(timeout, &default.timeout, "timeout", span);
        o.unless(attempts, &default.attempts, "attempts", count);
        o.object()
    }

    fn check(&self, problems: &mut Problems, at: &Path) {
        let Ask { timeout, attempts } = *self;
        problems.span_above_zero(&at.field("timeout"), timeout);
        problems.at_least_one(&at.field("attempts"), attempts);
    }
}
