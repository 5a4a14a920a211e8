//! `hedge` of a link.

use super::part::Part;
use super::reader::Reader;
use super::writer::{Fields, count, span};
use crate::policy::hedge::Config;
use crate::scenario::json::Json;
use crate::scenario::path::Path;
use crate::scenario::problem::Problems;
use crate::time::Span;

impl Part for Config {
    fn read(r: &mut Reader, at: &Path, json: &Json) -> Option<Self> {
        let o = r.object(at, json, "hedging", &["after", "max"])?;
        let mut hedge = Config::of(Span::ZERO);
        let after = r.required(&o, "after", Reader::duration);
        r.fill(&mut hedge.max, &o, "max", Reader::count);
        Some(Config { after: after?, ..hedge })
    }

    fn write(&self) -> Json {
        let Config { after, max } = self;
        let mut o = Fields::default();
        o.put("after", span(after));
        o.unless(max, &Config::of(*after).max, "max", count);
        o.object()
    }

    fn check(&self, problems: &mut Problems, at: &Path) {
        let Config { after, max } = *self;
        problems.span(&at.field("after"), after);
        problems.at_least_one(&at.field("max"), max);
    }
}
