//! `retry` of a link.

use super::outcomes;
use super::part::Part;
use super::reader::Reader;
use super::writer::{Fields, count, flag, word};
use crate::policy::retry::Config;
use crate::scenario::json::Json;
use crate::scenario::path::Path;
use crate::scenario::problem::Problems;

impl Part for Config {
    fn read(r: &mut Reader, at: &Path, json: &Json) -> Option<Self> {
        let o = r.object(at, json, "a retry", &["max_attempts", "backoff", "jitter", "on", "unsafe", "budget"])?;
        let mut retry = Config::default();
        r.fill(&mut retry.max_attempts, &o, "max_attempts", Reader::count);
        r.fill(&mut retry.backoff, &o, "backoff", Part::read);
        r.fill(&mut retry.jitter, &o, "jitter", Reader::word);
        r.fill(&mut retry.on, &o, "on", |r, at, json| outcomes::read(r, at, json, &outcomes::RETRIABLE));
        r.fill(&mut retry.repeats_unsafe, &o, "unsafe", Reader::flag);
        retry.budget = r.optional(&o, "budget", Part::read);
        Some(retry)
    }

    fn write(&self) -> Json {
        let Config { max_attempts, backoff, jitter, on, repeats_unsafe, budget } = self;
        let default = Config::default();
        let mut o = Fields::default();
        // Readers of a retry look for this number first, so it is always written.
        o.put("max_attempts", count(max_attempts));
        o.unless(backoff, &default.backoff, "backoff", Part::write);
        o.unless(jitter, &default.jitter, "jitter", word);
        o.unless(on, &default.on, "on", outcomes::write);
        o.unless(repeats_unsafe, &default.repeats_unsafe, "unsafe", flag);
        o.some("budget", budget, Part::write);
        o.object()
    }

    fn check(&self, problems: &mut Problems, at: &Path) {
        let Config { max_attempts, backoff, jitter: _, on, repeats_unsafe: _, budget } = self;
        problems.at_least_one(&at.field("max_attempts"), *max_attempts);
        outcomes::check(problems, &at.field("on"), *on, &outcomes::RETRIABLE);
        backoff.check(problems, &at.field("backoff"));
        problems.part(&at.field("budget"), budget);
    }
}
