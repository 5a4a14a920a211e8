//! Checks services: what each kind of box can have.

use super::Check;
use crate::scenario::format::{NO_WORK, NOT_CALLED, Part};
use crate::scenario::json::quoted;
use crate::scenario::path::Path;
use crate::scenario::problem::{Problems, did_you_mean};
use crate::scenario::{Kind, Repeat, Service};

impl Check<'_> {
    pub(super) fn services(&mut self) {
        let list = Path::Root.field("services");
        let scenario = self.scenario;
        for (i, service) in scenario.services.iter().enumerate() {
            let at = list.item(i);
            service.check(self.problems, &at);
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
            self.problems.report(at, || format!("there is no team {}{near}", quoted(team)));
        }
    }

    pub(super) fn teams(&mut self) {
        let list = Path::Root.field("teams");
        self.scenario.teams.iter().enumerate().for_each(|(i, team)| team.check(self.problems, &list.item(i)));
    }
}

/// The settings that a box of its kind can have, and those that it must have.
fn kind(problems: &mut Problems, at: &Path, service: &Service) {
    let mut cannot = |name: &str, has: bool, why: &str| {
        if has {
            problems.report(&at.field(name), || why.to_owned());
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
