//! A link; each of its policies has a file of its own.

use super::legs;
use super::part::Part;
use super::reader::Reader;
use super::writer::{Fields, count, flag, number, span, text, word};
use crate::scenario::json::{Json, quoted};
use crate::scenario::path::Path;
use crate::scenario::problem::{Problems, did_you_mean};
use crate::scenario::words::{RELATIONSHIPS, Word};
use crate::scenario::{Link, Method};

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

impl Part for Link {
    fn read(r: &mut Reader, at: &Path, json: &Json) -> Option<Self> {
        let o = r.object(at, json, "a link", FIELDS)?;
        let from = r.required(&o, "from", Reader::text).unwrap_or_default();
        let to = r.required(&o, "to", Reader::text).unwrap_or_default();
        let mut link = Link::new(from, to);
        r.fill(&mut link.method, &o, "method", method);
        r.fill(&mut link.protocol, &o, "protocol", Reader::word);
        r.fill(&mut link.overhead, &o, "overhead", Reader::duration);
        let (delay, loss) = (link.delay.clone(), link.loss);
        r.fill(&mut link.delay, &o, "delay", |r, at, json| legs::read(r, at, json, &delay, Part::read));
        r.fill(&mut link.loss, &o, "loss", |r, at, json| legs::read(r, at, json, &loss, Reader::number));
        link.timeout = r.optional(&o, "timeout", Reader::duration);
        r.fill(&mut link.stage, &o, "stage", Reader::count);
        r.fill(&mut link.optional, &o, "optional", Reader::flag);
        r.fill(&mut link.probability, &o, "probability", Reader::number);
        r.fill(&mut link.cancel, &o, "cancel", Reader::flag);
        r.fill(&mut link.request_id, &o, "request_id", Reader::flag);
        link.retry = r.optional(&o, "retry", Part::read);
        link.breaker = r.optional(&o, "breaker", Part::read);
        link.bulkhead = r.optional(&o, "bulkhead", Part::read);
        link.hedge = r.optional(&o, "hedge", Part::read);
        link.deadline = r.optional(&o, "deadline", Part::read);
        link.fallback = r.optional(&o, "fallback", Part::read);
        link.ask = r.optional(&o, "ask", Part::read);
        link.compensate = r.optional(&o, "compensate", Part::read);
        link.relationship = r.optional(&o, "relationship", Reader::text);
        Some(link)
    }

    fn write(&self) -> Json {
        let default = Link::new("", "");
        let mut o = Fields::default();
        o.put("from", text(&self.from));
        o.put("to", text(&self.to));
        o.unless(&self.method, &default.method, "method", word);
        o.unless(&self.protocol, &default.protocol, "protocol", word);
        o.unless(&self.overhead, &default.overhead, "overhead", span);
        o.unless(&self.delay, &default.delay, "delay", |delay| legs::write(delay, Part::write));
        o.unless(&self.loss, &default.loss, "loss", |loss| legs::write(loss, number));
        o.some("timeout", &self.timeout, span);
        o.unless(&self.stage, &default.stage, "stage", count);
        o.unless(&self.optional, &default.optional, "optional", flag);
        o.unless(&self.probability, &default.probability, "probability", number);
        o.unless(&self.cancel, &default.cancel, "cancel", flag);
        o.unless(&self.request_id, &default.request_id, "request_id", flag);
        o.some("retry", &self.retry, Part::write);
        o.some("breaker", &self.breaker, Part::write);
        o.some("bulkhead", &self.bulkhead, Part::write);
        o.some("hedge", &self.hedge, Part::write);
        o.some("deadline", &self.deadline, Part::write);
        o.some("fallback", &self.fallback, Part::write);
        o.some("ask", &self.ask, Part::write);
        o.some("compensate", &self.compensate, Part::write);
        o.some("relationship", &self.relationship, text);
        o.object()
    }

    fn check(&self, problems: &mut Problems, at: &Path) {
        problems.span(&at.field("overhead"), self.overhead);
        legs::check(problems, &at.field("delay"), &self.delay, |problems, at, delay| delay.check(problems, at));
        legs::check(problems, &at.field("loss"), &self.loss, |problems, at, loss| problems.share(at, *loss));
        if let Some(timeout) = self.timeout {
            problems.span_above_zero(&at.field("timeout"), timeout);
        }
        problems.share(&at.field("probability"), self.probability);
        relationship(problems, &at.field("relationship"), self.relationship.as_deref());
        problems.part(&at.field("retry"), &self.retry);
        problems.part(&at.field("breaker"), &self.breaker);
        problems.part(&at.field("bulkhead"), &self.bulkhead);
        problems.part(&at.field("hedge"), &self.hedge);
        problems.part(&at.field("deadline"), &self.deadline);
        problems.part(&at.field("fallback"), &self.fallback);
        problems.part(&at.field("ask"), &self.ask);
        problems.part(&at.field("compensate"), &self.compensate);
    }
}

/// The method; a common slip is to write it in lower case.
fn method(r: &mut Reader, at: &Path, json: &Json) -> Option<Method> {
    if let Json::Text(text) = json {
        let large = text.to_ascii_uppercase();
        if *text != large && Method::from_word(&large).is_some() {
            return r.unread(at, || format!("{json} is not a method; did you mean {large:?}?"));
        }
    }
    r.word(at, json)
}

fn relationship(problems: &mut Problems, at: &Path, relationship: Option<&str>) {
    let Some(unknown) = relationship.filter(|word| !RELATIONSHIPS.contains(word)) else { return };
    problems.report(at, || match did_you_mean(unknown, RELATIONSHIPS) {
        near if near.is_empty() => format!("{} is not a relationship: {}", quoted(unknown), RELATIONSHIPS.join(", ")),
        near => format!("{} is not a relationship{near}", quoted(unknown)),
    });
}
