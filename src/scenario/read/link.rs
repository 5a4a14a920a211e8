//! Reads links; their policies are next door.

use super::fields::Reader;
use super::policies;
use crate::scenario::json::Json;
use crate::scenario::path::Path;
use crate::scenario::words::Word;
use crate::scenario::{Ask, Compensate, Link, Method};
use crate::time::Span;

const FIELDS: &[&str] = &[
    "from",
    "to",
    "method",
    "protocol",
    "overhead",
    "delay",
    "loss",
    "timeout",
    "stage",
    "optional",
    "probability",
    "cancel",
    "request_id",
    "retry",
    "breaker",
    "bulkhead",
    "hedge",
    "deadline",
    "fallback",
    "ask",
    "compensate",
    "relationship",
];

pub(super) fn link(r: &mut Reader, at: &Path, json: &Json) -> Link {
    let mut link = Link::new("", "");
    let Some(o) = r.object(at, json, "a link", FIELDS) else { return link };
    link.from = r.required(&o, "from", Reader::text).unwrap_or_default();
    link.to = r.required(&o, "to", Reader::text).unwrap_or_default();
    r.fill(&mut link.method, &o, "method", method);
    r.fill(&mut link.protocol, &o, "protocol", Reader::word);
    r.fill(&mut link.overhead, &o, "overhead", Reader::duration);
    let (delay, loss) = (link.delay.clone(), link.loss);
    r.fill(&mut link.delay, &o, "delay", |r, at, json| r.legs(at, json, &delay, Reader::distribution));
    r.fill(&mut link.loss, &o, "loss", |r, at, json| r.legs(at, json, &loss, Reader::number));
    link.timeout = r.optional(&o, "timeout", Reader::duration);
    r.fill(&mut link.stage, &o, "stage", Reader::count);
    r.fill(&mut link.optional, &o, "optional", Reader::flag);
    r.fill(&mut link.probability, &o, "probability", Reader::number);
    r.fill(&mut link.cancel, &o, "cancel", Reader::flag);
    r.fill(&mut link.request_id, &o, "request_id", Reader::flag);
    link.retry = r.optional(&o, "retry", policies::retry);
    link.breaker = r.optional(&o, "breaker", policies::breaker);
    link.bulkhead = r.optional(&o, "bulkhead", policies::bulkhead);
    link.hedge = r.optional(&o, "hedge", policies::hedge);
    link.deadline = r.optional(&o, "deadline", policies::deadline);
    link.fallback = r.optional(&o, "fallback", policies::fallback);
    link.ask = r.optional(&o, "ask", ask);
    link.compensate = r.optional(&o, "compensate", compensate);
    link.relationship = r.optional(&o, "relationship", Reader::text);
    link
}

/// The method; a common slip is to write it small.
fn method(r: &mut Reader, at: &Path, json: &Json) -> Option<Method> {
    if let Json::Text(text) = json {
        let large = text.to_ascii_uppercase();
        if *text != large && Method::from_word(&large).is_some() {
            return r.unread(at, || format!("{json} is not a method; did you mean {large:?}?"));
        }
    }
    r.word(at, json)
}

fn ask(r: &mut Reader, at: &Path, json: &Json) -> Option<Ask> {
    let o = r.object(at, json, "a way to ask", &["timeout", "attempts"])?;
    let mut ask = Ask { timeout: Span::secs(1), attempts: 3 };
    r.fill(&mut ask.timeout, &o, "timeout", Reader::duration);
    r.fill(&mut ask.attempts, &o, "attempts", Reader::count);
    Some(ask)
}

fn compensate(r: &mut Reader, at: &Path, json: &Json) -> Option<Compensate> {
    let o = r.object(at, json, "a compensation", &["on"])?;
    let on = r.required(&o, "on", |r, at, json| {
        let occasions = r.list(at, json, 100, occasion)?;
        occasions.into_iter().collect::<Option<Vec<Occasion>>>()
    })?;
    Some(Compensate {
        on_unknown: on.contains(&Occasion::Unknown),
        on_later_failure: on.contains(&Occasion::LaterFailure),
    })
}

/// When a caller takes back what its callee did.
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

fn occasion(r: &mut Reader, at: &Path, json: &Json) -> Option<Occasion> {
    r.word(at, json)
}
