//! Checks services: what each kind of box can have.

use super::Check;
use super::numbers::Numbers;
use crate::scenario::json::quoted;
use crate::scenario::path::Path;
use crate::scenario::problem::{Problems, did_you_mean};
use crate::scenario::{Kind, Repeat, Service, limits};

/// Why a client cannot have what belongs to work.
pub(in crate::scenario) const NO_WORK: &str = "a client does no work of its own";
/// Why a client cannot have what belongs to being called.
pub(in crate::scenario) const NOT_CALLED: &str = "a client is not called by others";

impl Check<'_> {
    pub(super) fn services(&mut self) {
        let list = Path::Root.field("services");
        let scenario = self.scenario;
        for (i, service) in scenario.services.iter().enumerate() {
            let at = list.item(i);
            values(self.problems, &at, service);
            if self.trusts_kind(i) {
                kind(self.problems, &at, service);
            }
            self.team(&at.field("team"), service);
        }
    }

    fn team(&mut self, at: &Path, service: &Service) {
        if let Some(team) = &service.team
            && self.names.all_teams
            && !self.names.teams.contains_key(team.as_str())
        {
            let near = did_you_mean(team, self.names.teams.keys().copied());
            self.problems.tell(at, || format!("there is no team {}{near}", quoted(team)));
        }
    }

    pub(super) fn teams(&mut self) {
        let list = Path::Root.field("teams");
        for (i, team) in self.scenario.teams.iter().enumerate() {
            self.problems.text(&list.item(i).field("name"), &team.name, limits::NAME_CHARS);
        }
    }
}

/// Each value by itself.
fn values(problems: &mut Problems, at: &Path, service: &Service) {
    if let Some(name) = &service.name {
        problems.text(&at.field("name"), name, limits::NAME_CHARS);
    }
    if let Some(position) = service.position {
        for (i, value) in position.into_iter().enumerate() {
            problems.within(&at.field("position").item(i), value, -limits::POSITION, limits::POSITION);
        }
    }
    if let Some(workers) = service.workers {
        problems.at_least_one(&at.field("workers"), workers);
    }
    problems.distribution(&at.field("work"), &service.work);
    problems.share(&at.field("failure_rate"), service.failure_rate);
    if let Some(limit) = service.rate_limit {
        let at = at.field("rate_limit");
        problems.above_zero(&at.field("per_second"), limit.per_second, limits::RATE);
        problems.within(&at.field("burst"), limit.burst, 1.0, limits::BURST);
    }
    if let Some(effect) = &service.effect {
        if effect.is_empty() {
            problems.tell(&at.field("effect"), || "is empty; an effect has a name, e.g. \"transfer\"".to_owned());
        }
        problems.text(&at.field("effect"), effect, limits::NAME_CHARS);
    }
    if let Some(store) = service.idempotency {
        problems.span(&at.field("idempotency").field("ttl"), store.ttl);
    }
    if problems.length(&at.field("script"), service.script.len(), limits::LIST) {
        for (i, reply) in service.script.iter().enumerate() {
            let script = at.field("script");
            let at = script.item(i);
            problems.span(&at.field("after"), reply.after);
            if !(200..=599).contains(&reply.status) {
                problems.tell(&at.field("status"), || format!("{} is not a status, 200 to 599", reply.status));
            }
        }
    }
}

/// What a box of its kind can have, and must have.
fn kind(problems: &mut Problems, at: &Path, service: &Service) {
    let mut cannot = |name: &str, has: bool, why: &str| {
        if has {
            problems.tell(&at.field(name), || why.to_owned());
        }
    };
    match service.kind {
        Kind::Client => {
            let usual = Service::new("", Kind::Client);
            cannot("workers", service.workers != usual.workers, NO_WORK);
            cannot("queue", service.queue != usual.queue, NOT_CALLED);
            cannot("work", service.work != usual.work, NO_WORK);
            cannot("failure_rate", service.failure_rate != usual.failure_rate, NO_WORK);
            cannot("rate_limit", service.rate_limit.is_some(), NOT_CALLED);
            cannot("effect", service.effect.is_some(), NO_WORK);
            cannot("idempotency", service.idempotency.is_some(), NOT_CALLED);
        }
        Kind::Stub => {
            cannot("script", service.script.is_empty(), "a stub needs a script of at least one reply");
            cannot("effect", service.effect.is_some(), "a stub only answers: it has no effect");
        }
        Kind::Service | Kind::External => {}
    }
    if service.kind != Kind::Stub {
        const SCRIPT: &str = "only a stub has a script";
        cannot("script", !service.script.is_empty(), SCRIPT);
        cannot("repeat", service.repeat != Repeat::Last, SCRIPT);
    }
}
