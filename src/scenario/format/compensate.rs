//! `compensate` of a link: the occasions on which the caller takes back what the callee did.

use super::part::Part;
use super::reader::Reader;
use super::writer::{list, object, text};
use crate::scenario::Compensate;
use crate::scenario::json::Json;
use crate::scenario::path::Path;
use crate::scenario::problem::Problems;
use crate::scenario::words::Word;

/// The longest list of occasions that is read.
const LONGEST: usize = 100;

#[derive(Clone, Copy, PartialEq)]
enum Occasion {
    Unknown,
    LaterFailure,
}

impl Word for Occasion {
    const WHAT: &'static str = "an occasion";
    const WORDS: &'static [(&'static str, Self)] =
        &[("unknown", Occasion::Unknown), ("later_failure", Occasion::LaterFailure)];
}

impl Part for Compensate {
    fn read(r: &mut Reader, at: &Path, json: &Json) -> Option<Self> {
        let o = r.object(at, json, "a compensation", &["on"])?;
        let on = r.required(&o, "on", |r, at, json| {
            let occasions = r.list(at, json, LONGEST, |r, at, json| r.word(at, json))?;
            occasions.into_iter().collect::<Option<Vec<Occasion>>>()
        })?;
        Some(Compensate {
            on_unknown: on.contains(&Occasion::Unknown),
            on_later_failure: on.contains(&Occasion::LaterFailure),
        })
    }

    fn write(&self) -> Json {
        let occasions = [(self.on_unknown, Occasion::Unknown), (self.on_later_failure, Occasion::LaterFailure)];
        let on: Vec<&str> = occasions.into_iter().filter(|(set, _)| *set).map(|(_, on)| on.word()).collect();
        object([("on", list(&on, text))])
    }

    fn check(&self, problems: &mut Problems, at: &Path) {
        if !self.on_unknown && !self.on_later_failure {
            problems.report(&at.field("on"), || "is empty; it needs \"unknown\", \"later_failure\" or both".to_owned());
        }
    }
}
