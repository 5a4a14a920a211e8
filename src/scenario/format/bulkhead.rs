//! `bulkhead` of a link.

use super::part::Part;
use super::reader::Reader;
use super::writer::{Fields, count, span};
use crate::policy::bulkhead::Config;
use crate::scenario::json::Json;
use crate::scenario::path::Path;
use crate::scenario::problem::Problems;

impl Part for Config {
    fn read(r: &mut Reader, at: &Path, json: &Json) -> Option<Self> {
        let o = r.object(at, json, "a bulkhead", &["max_concurrent", "max_wait"])?;
        let mut bulkhead = Config::of(0);
        let max_concurrent = r.required(&o, "max_concurrent", Reader::count);
        r.fill(&mut bulkhead.max_wait, &o, "max_wait", Reader::duration);
        Some(Config { max_concurrent: max_concurrent?, ..bulkhead })
    }

    fn write(&self) -> Json {
        let Config { max_concurrent, max_wait } = self;
        let mut o = Fields::default();
        o.put("max_concurrent", count(max_concurrent));
        o.unless(max_wait, &Config::of(*max_concurrent).max_wait, "max_wait", span);
        o.object()
    }

    fn check(&self, problems: &mut Problems, at: &Path) {
        let Config { max_concurrent, max_wait } = *self;
        problems.at_least_one(&at.field("max_concurrent"), max_concurrent);
        problems.span(&at.field("max_wait"), max_wait);
    }
}
