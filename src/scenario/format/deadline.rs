//! `deadline` of a link.

use super::part::Part;
use super::reader::Reader;
use super::writer::{Fields, flag, span};
use crate::policy::deadline::Config;
use crate::scenario::json::Json;
use crate::scenario::path::Path;
use crate::scenario::problem::Problems;

impl Part for Config {
    fn read(r: &mut Reader, at: &Path, json: &Json) -> Option<Self> {
        let o = r.object(at, json, "a deadline", &["set", "pass_on", "reserve", "skip_below"])?;
        let mut deadline = Config { set: r.optional(&o, "set", Reader::duration), ..Config::default() };
        r.fill(&mut deadline.pass_on, &o, "pass_on", Reader::flag);
        r.fill(&mut deadline.reserve, &o, "reserve", Reader::duration);
        r.fill(&mut deadline.skip_below, &o, "skip_below", Reader::duration);
        Some(deadline)
    }

    fn write(&self) -> Json {
        let Config { set, pass_on, reserve, skip_below } = self;
        let default = Config::default();
        let mut o = Fields::default();
        o.some("set", set, span);
        o.unless(pass_on, &default.pass_on, "pass_on", flag);
        o.unless(reserve, &default.reserve, "reserve", span);
        o.unless(skip_below, &default.skip_below, "skip_below", span);
        o.object()
    }

    fn check(&self, problems: &mut Problems, at: &Path) {
        let Config { set, pass_on: _, reserve, skip_below } = *self;
        if let Some(set) = set {
            problems.span(&at.field("set"), set);
        }
        problems.span(&at.field("reserve"), reserve);
        problems.span(&at.field("skip_below"), skip_below);
    }
}
