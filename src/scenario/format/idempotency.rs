//! `idempotency` of a service: its store of business request ids.

use super::part::Part;
use super::reader::Reader;
use super::writer::{Fields, span};
use crate::policy::idempotency::Config;
use crate::scenario::json::Json;
use crate::scenario::path::Path;
use crate::scenario::problem::Problems;

impl Part for Config {
    fn read(r: &mut Reader, at: &Path, json: &Json) -> Option<Self> {
        let o = r.object(at, json, "an idempotency store", &["ttl"])?;
        let mut store = Config::default();
        r.fill(&mut store.ttl, &o, "ttl", Reader::duration);
        Some(store)
    }

    fn write(&self) -> Json {
        let Config { ttl } = self;
        let mut o = Fields::default();
        o.unless(ttl, &Config::default().ttl, "ttl", span);
        o.object()
    }

    fn check(&self, problems: &mut Problems, at: &Path) {
        problems.span(&at.field("ttl"), self.ttl);
    }
}
