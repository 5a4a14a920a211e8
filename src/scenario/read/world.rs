//! Reads what happens to the system and what is expected of it: load, faults, objectives, teams.

use super::fields::{Object, Reader, described};
use crate::chance::Distribution;
use crate::scenario::json::Json;
use crate::scenario::path::Path;
use crate::scenario::{Arrivals, Fault, FaultEffect, Goal, Load, Objective, Team, limits};
use crate::time::Span;

pub(super) fn load(r: &mut Reader, at: &Path, json: &Json) -> Load {
    const FIELDS: &[&str] = &[
        "client",
        "poisson",
        "constant",
        "at",
        "users",
        "profile",
        "think",
        "from",
        "until",
        "patience",
        "asks_again",
    ];
    let mut load = Load {
        client: String::new(),
        arrivals: Arrivals::Poisson(0.0),
        from: Span::ZERO,
        until: None,
        patience: None,
        asks_again: 0,
    };
    let Some(o) = r.object(at, json, "a load", FIELDS) else { return load };
    load.client = r.required(&o, "client", Reader::text).unwrap_or_default();
    r.fill(&mut load.from, &o, "from", Reader::duration);
    load.until = r.optional(&o, "until", Reader::duration);
    load.patience = r.optional(&o, "patience", Reader::duration);
    r.fill(&mut load.asks_again, &o, "asks_again", Reader::count);
    if let Some(arrivals) = arrivals(r, &o) {
        load.arrivals = arrivals;
    }
    load
}

fn arrivals(r: &mut Reader, o: &Object) -> Option<Arrivals> {
    const KINDS: &[&str] = &["poisson", "constant", "at", "users", "profile"];
    if o.has("think") && !o.has("users") {
        r.unread::<()>(&o.at.field("think"), || "only users think; without \"users\" leave it out".to_owned());
    }
    match r.exactly_one(o, "a load", KINDS)? {
        "poisson" => r.required(o, "poisson", Reader::number).map(Arrivals::Poisson),
        "constant" => r.required(o, "constant", Reader::number).map(Arrivals::Constant),
        "at" => r.required(o, "at", Reader::durations).map(Arrivals::At),
        "users" => {
            let users = r.required(o, "users", Reader::count);
            let think = r.optional(o, "think", Reader::distribution);
            Some(Arrivals::Users { users: users?, think: think.unwrap_or(Distribution::Constant(Span::secs(1))) })
        }
        _ => r.required(o, "profile", |r, at, json| {
            let points = r.list(at, json, limits::LIST, point)?;
            points.into_iter().collect::<Option<Vec<_>>>().map(Arrivals::Profile)
        }),
    }
}

fn point(r: &mut Reader, at: &Path, json: &Json) -> Option<(Span, f64)> {
    match json {
        Json::List(items) => match items.as_slice() {
            [time, rate] => r.duration(&at.item(0), time).zip(r.number(&at.item(1), rate)),
            _ => r.unread(at, || format!("{} is not a point, e.g. [\"10s\", 100]", described(json))),
        },
        _ => r.unread(at, || format!("{json} is not a point, e.g. [\"10s\", 100]")),
    }
}

pub(super) fn fault(r: &mut Reader, at: &Path, json: &Json) -> Fault {
    const FIELDS: &[&str] = &["at", "for", "service", "link", "down", "slow", "failing", "drop", "delay"];
    let mut fault =
        Fault { at: Span::ZERO, lasts: None, effect: FaultEffect::Slow { service: String::new(), factor: 1.0 } };
    let Some(o) = r.object(at, json, "a fault", FIELDS) else { return fault };
    r.fill(&mut fault.at, &o, "at", Reader::duration);
    fault.lasts = r.optional(&o, "for", Reader::duration);
    match fault_effect(r, &o) {
        Some(effect) => fault.effect = effect,
        // Nothing is known about what it hits.
        None => r.problems.mark_unread(at),
    }
    fault
}

fn fault_effect(r: &mut Reader, o: &Object) -> Option<FaultEffect> {
    const KINDS: &[&str] = &["down", "slow", "failing", "drop", "delay"];
    let kind = r.exactly_one(o, "a fault", KINDS)?;
    let (target, other) = if matches!(kind, "drop" | "delay") { ("link", "service") } else { ("service", "link") };
    if o.has(other) {
        return r.unread(&o.at.field(other), || format!("{kind:?} happens to a {target}, not to a {other}"));
    }
    let at = o.at;
    match kind {
        "down" => {
            let (down, service) = (r.required(o, "down", Reader::flag), r.required(o, "service", Reader::text));
            if down? {
                Some(FaultEffect::Down { service: service? })
            } else {
                r.unread(&at.field("down"), || "false is no fault; leave the fault out".to_owned())
            }
        }
        "slow" => {
            let (factor, service) = (r.required(o, "slow", Reader::number), r.required(o, "service", Reader::text));
            Some(FaultEffect::Slow { service: service?, factor: factor? })
        }
        "failing" => {
            let (share, service) = (r.required(o, "failing", Reader::number), r.required(o, "service", Reader::text));
            Some(FaultEffect::Failing { service: service?, probability: share? })
        }
        "drop" => {
            let (legs, link) = (r.required(o, "drop", Reader::word), r.required(o, "link", ends));
            Some(FaultEffect::Drop { link: link?, legs: legs? })
        }
        _ => {
            let (added, link) = (r.required(o, "delay", Reader::duration), r.required(o, "link", ends));
            Some(FaultEffect::Delay { link: link?, added: added? })
        }
    }
}

fn ends(r: &mut Reader, at: &Path, json: &Json) -> Option<[String; 2]> {
    match json {
        Json::List(items) => match items.as_slice() {
            [from, to] => {
                let (from, to) = (r.text(&at.item(0), from), r.text(&at.item(1), to));
                Some([from?, to?])
            }
            _ => r.unread(at, || format!("{} is not the two ends of a link", described(json))),
        },
        _ => r.unread(at, || format!("{json} is not the two ends of a link, e.g. [\"web\", \"bank\"]")),
    }
}

pub(super) fn objective(r: &mut Reader, at: &Path, json: &Json) -> Objective {
    let mut objective = Objective { name: String::new(), client: String::new(), goal: Goal::Success(1.0) };
    let Some(o) = r.object(at, json, "an objective", &["name", "client", "success", "quantile", "within"]) else {
        return objective;
    };
    objective.client = r.required(&o, "client", Reader::text).unwrap_or_default();
    if let Some(goal) = goal(r, &o) {
        objective.goal = goal;
    }
    let measure = if matches!(objective.goal, Goal::Success(_)) { "success" } else { "latency" };
    objective.name = r.optional(&o, "name", Reader::text).unwrap_or_else(|| format!("{}: {measure}", objective.client));
    objective
}

fn goal(r: &mut Reader, o: &Object) -> Option<Goal> {
    if o.has("success") {
        for name in ["quantile", "within"].into_iter().filter(|name| o.has(name)) {
            r.unread::<()>(&o.at.field(name), || "does not go with success: an objective has one measure".to_owned());
        }
        return r.optional(o, "success", Reader::number).map(Goal::Success);
    }
    if !o.has("quantile") && !o.has("within") {
        return r.unread(&o.at.field("success"), || "missing, or else quantile and within".to_owned());
    }
    let (quantile, within) = (r.required(o, "quantile", Reader::number), r.required(o, "within", Reader::duration));
    Some(Goal::Latency { quantile: quantile?, within: within? })
}

pub(super) fn team(r: &mut Reader, at: &Path, json: &Json) -> Team {
    let mut team = Team { id: String::new(), name: String::new() };
    let Some(o) = r.object(at, json, "a team", &["id", "name"]) else { return team };
    team.id = r.required(&o, "id", Reader::text).unwrap_or_default();
    team.name = r.optional(&o, "name", Reader::text).unwrap_or_else(|| team.id.clone());
    team
}
