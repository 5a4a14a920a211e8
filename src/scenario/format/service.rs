//! A service, client or stub.

use super::part::Part;
use super::reader::{Reader, described};
use super::writer::{Fields, count_or_null, list, number, object, span, text, word};
use crate::scenario::json::Json;
use crate::scenario::path::Path;
use crate::scenario::problem::Problems;
use crate::scenario::{Kind, Reply, Service, limits};

const FIELDS: &[&str] = &[
    "id",
    "name",
    "kind",
    "team",
    "position",
    "workers",
    "queue",
    "discipline",
    "threads",
    "work",
    "failure_rate",
    "rate_limit",
    "effect",
    "idempotency",
    "script",
    "repeat",
];

/// Why a client cannot have the settings of work.
pub(in crate::scenario) const NO_WORK: &str = "a client does no work of its own";
/// Why a client cannot have the settings of a callee.
pub(in crate::scenario) const NOT_CALLED: &str = "a client is not called by others";

/// What a client cannot have. The other such fields have no default, so the check finds them.
const NOT_FOR_CLIENTS: [(&str, &str); 4] =
    [("workers", NO_WORK), ("queue", NOT_CALLED), ("work", NO_WORK), ("failure_rate", NO_WORK)];

impl Part for Service {
    fn read(r: &mut Reader, at: &Path, json: &Json) -> Option<Self> {
        let o = r.object(at, json, "a service", FIELDS)?;
        let id = r.required(&o, "id", Reader::text).unwrap_or_default();
        let kind = r.optional(&o, "kind", Reader::word).unwrap_or(Kind::Service);
        let mut service = Service::new(id, kind);
        service.name = r.optional(&o, "name", Reader::text);
        service.team = r.optional(&o, "team", Reader::text);
        service.position = r.optional(&o, "position", position);
        if kind == Kind::Client {
            for (name, why) in NOT_FOR_CLIENTS.into_iter().filter(|(name, _)| o.raw(name).is_some()) {
                r.unread::<()>(&at.field(name), || why.to_owned());
            }
        } else {
            r.fill_nullable(&mut service.workers, &o, "workers", Reader::count);
            r.fill_nullable(&mut service.queue, &o, "queue", Reader::count);
            r.fill(&mut service.work, &o, "work", Part::read);
            r.fill(&mut service.failure_rate, &o, "failure_rate", Reader::number);
        }
        r.fill(&mut service.discipline, &o, "discipline", Reader::word);
        r.fill(&mut service.threads, &o, "threads", Reader::word);
        service.rate_limit = r.optional(&o, "rate_limit", Part::read);
        service.effect = r.optional(&o, "effect", Reader::text);
        service.idempotency = r.optional(&o, "idempotency", Part::read);
        r.fill(&mut service.script, &o, "script", |r, at, json| r.parts(at, json, limits::LIST, Reply::default));
        r.fill(&mut service.repeat, &o, "repeat", Reader::word);
        Some(service)
    }

    fn write(&self) -> Json {
        let default = Service::new("", self.kind);
        let mut o = Fields::default();
        o.put("id", text(&self.id));
        o.some("name", &self.name, text);
        o.unless(&self.kind, &Kind::Service, "kind", word);
        o.some("team", &self.team, text);
        o.some("position", &self.position, |position| list(position, number));
        o.unless(&self.workers, &default.workers, "workers", count_or_null);
        o.unless(&self.queue, &default.queue, "queue", count_or_null);
        o.unless(&self.discipline, &default.discipline, "discipline", word);
        o.unless(&self.threads, &default.threads, "threads", word);
        o.unless(&self.work, &default.work, "work", Part::write);
        o.unless(&self.failure_rate, &default.failure_rate, "failure_rate", number);
        o.some("rate_limit", &self.rate_limit, Part::write);
        o.some("effect", &self.effect, text);
        o.some("idempotency", &self.idempotency, Part::write);
        o.parts("script", &self.script);
        o.unless(&self.repeat, &default.repeat, "repeat", word);
        o.object()
    }

    fn check(&self, problems: &mut Problems, at: &Path) {
        if let Some(name) = &self.name {
            problems.text(&at.field("name"), name, limits::NAME_CHARS);
        }
        if let Some(position) = self.position {
            for (i, value) in position.into_iter().enumerate() {
                problems.within(&at.field("position").item(i), value, -limits::POSITION, limits::POSITION);
            }
        }
        if let Some(workers) = self.workers {
            problems.at_least_one(&at.field("workers"), workers);
        }
        self.work.check(problems, &at.field("work"));
        problems.share(&at.field("failure_rate"), self.failure_rate);
        problems.part(&at.field("rate_limit"), &self.rate_limit);
        if let Some(effect) = &self.effect {
            if effect.is_empty() {
                problems.report(&at.field("effect"), || "is empty; an effect has a name, e.g. \"transfer\"".to_owned());
            }
            problems.text(&at.field("effect"), effect, limits::NAME_CHARS);
        }
        problems.part(&at.field("idempotency"), &self.idempotency);
        let script = at.field("script");
        if problems.length(&script, self.script.len(), limits::LIST) {
            self.script.iter().enumerate().for_each(|(i, reply)| reply.check(problems, &script.item(i)));
        }
    }
}

fn position(r: &mut Reader, at: &Path, json: &Json) -> Option<[f64; 2]> {
    match json {
        Json::List(items) if items.len() == 2 => {
            let numbers: Option<Vec<f64>> = r.list(at, json, 2, Reader::number)?.into_iter().collect();
            numbers?.try_into().ok()
        }
        _ => r.unread(at, || format!("{} is not a position, e.g. [320, 160]", described(json))),
    }
}

impl Part for Reply {
    fn read(r: &mut Reader, at: &Path, json: &Json) -> Option<Self> {
        let o = r.object(at, json, "a reply", &["after", "status"])?;
        let mut reply = Reply::default();
        r.fill(&mut reply.after, &o, "after", Reader::duration);
        r.fill(&mut reply.status, &o, "status", status);
        Some(reply)
    }

    fn write(&self) -> Json {
        object([("after", span(&self.after)), ("status", Json::Whole(u64::from(self.status)))])
    }

    fn check(&self, problems: &mut Problems, at: &Path) {
        problems.span(&at.field("after"), self.after);
        if !(200..=599).contains(&self.status) {
            problems.report(&at.field("status"), || format!("{} is not a status, 200 to 599", self.status));
        }
    }
}

fn status(r: &mut Reader, at: &Path, json: &Json) -> Option<u16> {
    match json {
        Json::Whole(value) if *value <= 999 => u16::try_from(*value).ok(),
        _ => r.unread(at, || format!("{json} is not a status, 200 to 599")),
    }
}
