//! Reads services and stubs.

use super::fields::{Reader, described};
use crate::policy::{idempotency, rate_limit};
use crate::scenario::check::{NO_WORK, NOT_CALLED};
use crate::scenario::json::Json;
use crate::scenario::path::Path;
use crate::scenario::{Kind, Reply, Service, limits};
use crate::time::Span;

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

/// What a client cannot have. The other such fields have no default, so that the check finds them.
const NOT_FOR_CLIENTS: [(&str, &str); 4] =
    [("workers", NO_WORK), ("queue", NOT_CALLED), ("work", NO_WORK), ("failure_rate", NO_WORK)];

pub(super) fn service(r: &mut Reader, at: &Path, json: &Json) -> Service {
    let Some(o) = r.object(at, json, "a service", FIELDS) else { return Service::new("", Kind::Service) };
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
        r.fill(&mut service.work, &o, "work", Reader::distribution);
        r.fill(&mut service.failure_rate, &o, "failure_rate", Reader::number);
    }
    r.fill(&mut service.discipline, &o, "discipline", Reader::word);
    r.fill(&mut service.threads, &o, "threads", Reader::word);
    service.rate_limit = r.optional(&o, "rate_limit", rate_limit);
    service.effect = r.optional(&o, "effect", Reader::text);
    service.idempotency = r.optional(&o, "idempotency", idempotency);
    r.fill(&mut service.script, &o, "script", |r, at, json| r.list(at, json, limits::LIST, reply));
    r.fill(&mut service.repeat, &o, "repeat", Reader::word);
    service
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

fn rate_limit(r: &mut Reader, at: &Path, json: &Json) -> Option<rate_limit::Config> {
    let o = r.object(at, json, "a rate limit", &["per_second", "burst"])?;
    let per_second = r.required(&o, "per_second", Reader::number);
    let burst = r.optional(&o, "burst", Reader::number);
    let per_second = per_second?;
    Some(rate_limit::Config { per_second, burst: burst.unwrap_or(per_second.max(1.0)) })
}

fn idempotency(r: &mut Reader, at: &Path, json: &Json) -> Option<idempotency::Config> {
    let o = r.object(at, json, "an idempotency store", &["ttl"])?;
    let ttl = r.optional(&o, "ttl", Reader::duration).unwrap_or(Span::secs(24 * 3_600));
    Some(idempotency::Config { ttl })
}

fn reply(r: &mut Reader, at: &Path, json: &Json) -> Reply {
    let mut reply = Reply { after: Span::ZERO, status: 200 };
    let Some(o) = r.object(at, json, "a reply", &["after", "status"]) else { return reply };
    r.fill(&mut reply.after, &o, "after", Reader::duration);
    r.fill(&mut reply.status, &o, "status", status);
    reply
}

fn status(r: &mut Reader, at: &Path, json: &Json) -> Option<u16> {
    match json {
        Json::Whole(value) if *value <= 999 => u16::try_from(*value).ok(),
        _ => r.unread(at, || format!("{json} is not a status, 200 to 599")),
    }
}
