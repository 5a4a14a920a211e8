//! Writes a scenario file: what is as usual is left out, the order is always the same.

mod layout;
mod policies;

use super::json::Json;
use super::read::FORMAT;
use super::words::Word;
use super::{Arrivals, Fault, FaultEffect, Goal, Kind, Legs, Link, Load, Objective, Reply, Scenario, Service, Team};
use crate::chance::Distribution;
use crate::policy::{idempotency, rate_limit};
use crate::time::Span;
use policies::write_policies;

/// The text of a scenario file, from which [`super::read::read`] makes the same scenario again,
/// provided that [`super::check::check`] finds nothing wrong with it.
pub fn write(scenario: &Scenario) -> String {
    layout::document(&tree(scenario))
}

/// The same in as few characters as possible.
pub(super) fn compact(scenario: &Scenario) -> String {
    layout::compact(&tree(scenario))
}

/// The same as a tree.
pub(super) fn tree(scenario: &Scenario) -> Json {
    let usual = Scenario::default();
    let mut o = Fields::default();
    o.put("format", text(FORMAT));
    o.unless(&scenario.title, &usual.title, "title", text);
    o.unless(&scenario.description, &usual.description, "description", text);
    o.unless(&scenario.seed, &usual.seed, "seed", |v| Json::Whole(*v));
    o.unless(&scenario.horizon, &usual.horizon, "horizon", span);
    o.put("services", list(&scenario.services, service));
    o.some_items("links", &scenario.links, link);
    o.some_items("load", &scenario.load, load);
    o.some_items("faults", &scenario.faults, fault);
    o.some_items("objectives", &scenario.objectives, objective);
    o.some_items("teams", &scenario.teams, team);
    o.object()
}

/// The fields of an object, in order.
#[derive(Default)]
struct Fields(Vec<(String, Json)>);

impl Fields {
    fn put(&mut self, name: &str, value: Json) {
        self.0.push((name.to_owned(), value));
    }

    /// A field that is left out where it has its usual value.
    fn unless<T: PartialEq>(&mut self, value: &T, usual: &T, name: &str, json: impl FnOnce(&T) -> Json) {
        if value != usual {
            self.put(name, json(value));
        }
    }

    /// A field that is left out where there is nothing.
    fn some<T>(&mut self, name: &str, value: &Option<T>, json: impl FnOnce(&T) -> Json) {
        if let Some(value) = value {
            self.put(name, json(value));
        }
    }

    /// A list that is left out where it is empty.
    fn some_items<T>(&mut self, name: &str, items: &[T], json: impl Fn(&T) -> Json) {
        if !items.is_empty() {
            self.put(name, list(items, json));
        }
    }

    fn object(self) -> Json {
        Json::Object(self.0)
    }
}

fn text<T: AsRef<str> + ?Sized>(value: &T) -> Json {
    Json::Text(value.as_ref().to_owned())
}

fn word<W: Word>(value: &W) -> Json {
    text(value.word())
}

fn span(value: &Span) -> Json {
    Json::Text(value.to_string())
}

fn number(value: &f64) -> Json {
    Json::Number(*value)
}

fn count(value: &u32) -> Json {
    Json::Whole(u64::from(*value))
}

fn flag(value: &bool) -> Json {
    Json::Bool(*value)
}

fn count_or_null(value: &Option<u32>) -> Json {
    value.as_ref().map_or(Json::Null, count)
}

fn list<T>(items: &[T], json: impl Fn(&T) -> Json) -> Json {
    Json::List(items.iter().map(json).collect())
}

fn object<const N: usize>(fields: [(&str, Json); N]) -> Json {
    Json::Object(fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

fn distribution(value: &Distribution) -> Json {
    match value {
        Distribution::Constant(value) => span(value),
        Distribution::Exponential { mean } => object([("exponential", span(mean))]),
        Distribution::Uniform { low, high } => object([("uniform", list(&[*low, *high], span))]),
        Distribution::Normal { mean, sd } => object([("normal", object([("mean", span(mean)), ("sd", span(sd))]))]),
        Distribution::Lognormal { median, p99 } => {
            object([("lognormal", object([("median", span(median)), ("p99", span(p99))]))])
        }
        Distribution::Pareto { min, shape } => {
            object([("pareto", object([("min", span(min)), ("shape", number(shape))]))])
        }
        Distribution::Empirical(samples) => object([("empirical", list(samples, span))]),
    }
}

fn legs<T: PartialEq>(value: &Legs<T>, json: impl Fn(&T) -> Json) -> Json {
    if value.request == value.response {
        json(&value.request)
    } else {
        object([("request", json(&value.request)), ("response", json(&value.response))])
    }
}

fn service(service: &Service) -> Json {
    let usual = Service::new(service.id.clone(), service.kind);
    let mut o = Fields::default();
    o.put("id", text(&service.id));
    o.some("name", &service.name, text);
    o.unless(&service.kind, &Kind::Service, "kind", word);
    o.some("team", &service.team, text);
    o.some("position", &service.position, |position| list(position, number));
    o.unless(&service.workers, &usual.workers, "workers", count_or_null);
    o.unless(&service.queue, &usual.queue, "queue", count_or_null);
    o.unless(&service.discipline, &usual.discipline, "discipline", word);
    o.unless(&service.threads, &usual.threads, "threads", word);
    o.unless(&service.work, &usual.work, "work", distribution);
    o.unless(&service.failure_rate, &usual.failure_rate, "failure_rate", number);
    o.some("rate_limit", &service.rate_limit, rate_limit);
    o.some("effect", &service.effect, text);
    o.some("idempotency", &service.idempotency, idempotency);
    o.some_items("script", &service.script, reply);
    o.unless(&service.repeat, &usual.repeat, "repeat", word);
    o.object()
}

fn rate_limit(limit: &rate_limit::Config) -> Json {
    let mut o = Fields::default();
    o.put("per_second", number(&limit.per_second));
    o.unless(&limit.burst, &limit.per_second.max(1.0), "burst", number);
    o.object()
}

fn idempotency(store: &idempotency::Config) -> Json {
    let mut o = Fields::default();
    o.unless(&store.ttl, &Span::secs(24 * 3_600), "ttl", span);
    o.object()
}

fn reply(reply: &Reply) -> Json {
    object([("after", span(&reply.after)), ("status", Json::Whole(u64::from(reply.status)))])
}

fn link(link: &Link) -> Json {
    let usual = Link::new(link.from.clone(), link.to.clone());
    let mut o = Fields::default();
    o.put("from", text(&link.from));
    o.put("to", text(&link.to));
    o.unless(&link.method, &usual.method, "method", word);
    o.unless(&link.protocol, &usual.protocol, "protocol", word);
    o.unless(&link.overhead, &usual.overhead, "overhead", span);
    o.unless(&link.delay, &usual.delay, "delay", |v| legs(v, distribution));
    o.unless(&link.loss, &usual.loss, "loss", |v| legs(v, number));
    o.some("timeout", &link.timeout, span);
    o.unless(&link.stage, &usual.stage, "stage", count);
    o.unless(&link.optional, &usual.optional, "optional", flag);
    o.unless(&link.probability, &usual.probability, "probability", number);
    o.unless(&link.cancel, &usual.cancel, "cancel", flag);
    o.unless(&link.request_id, &usual.request_id, "request_id", flag);
    write_policies(&mut o, link);
    o.some("relationship", &link.relationship, text);
    o.object()
}

fn load(load: &Load) -> Json {
    let mut o = Fields::default();
    o.put("client", text(&load.client));
    match &load.arrivals {
        Arrivals::Poisson(rate) => o.put("poisson", number(rate)),
        Arrivals::Constant(rate) => o.put("constant", number(rate)),
        Arrivals::At(instants) => o.put("at", list(instants, span)),
        Arrivals::Users { users, think } => {
            o.put("users", count(users));
            o.unless(think, &Distribution::Constant(Span::secs(1)), "think", distribution);
        }
        Arrivals::Profile(points) => {
            o.put("profile", list(points, |(time, rate)| Json::List(vec![span(time), number(rate)])));
        }
    }
    o.unless(&load.from, &Span::ZERO, "from", span);
    o.some("until", &load.until, span);
    o.some("patience", &load.patience, span);
    o.unless(&load.asks_again, &0, "asks_again", count);
    o.object()
}

fn fault(fault: &Fault) -> Json {
    let mut o = Fields::default();
    o.put("at", span(&fault.at));
    o.some("for", &fault.lasts, span);
    match &fault.effect {
        FaultEffect::Down { service } => {
            o.put("service", text(service));
            o.put("down", Json::Bool(true));
        }
        FaultEffect::Slow { service, factor } => {
            o.put("service", text(service));
            o.put("slow", number(factor));
        }
        FaultEffect::Failing { service, probability } => {
            o.put("service", text(service));
            o.put("failing", number(probability));
        }
        FaultEffect::Drop { link, legs } => {
            o.put("link", list(link, text));
            o.put("drop", word(legs));
        }
        FaultEffect::Delay { link, added } => {
            o.put("link", list(link, text));
            o.put("delay", span(added));
        }
    }
    o.object()
}

fn objective(objective: &Objective) -> Json {
    let mut o = Fields::default();
    o.put("name", text(&objective.name));
    o.put("client", text(&objective.client));
    match &objective.goal {
        Goal::Success(share) => o.put("success", number(share)),
        Goal::Latency { quantile, within } => {
            o.put("quantile", number(quantile));
            o.put("within", span(within));
        }
    }
    o.object()
}

fn team(team: &Team) -> Json {
    let mut o = Fields::default();
    o.put("id", text(&team.id));
    o.unless(&team.name, &team.id, "name", text);
    o.object()
}
