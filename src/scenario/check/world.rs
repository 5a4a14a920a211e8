//! Checks what happens to the system and what is expected of it: load, faults, objectives.

use super::Check;
use super::numbers::Numbers;
use crate::scenario::json::quoted;
use crate::scenario::path::Path;
use crate::scenario::problem::Problems;
use crate::scenario::{Arrivals, FaultEffect, Goal, Kind, Load, limits};
use crate::time::Span;

impl Check<'_> {
    pub(super) fn loads(&mut self) {
        let list = Path::Root.field("load");
        let scenario = self.scenario;
        for (i, load) in scenario.load.iter().enumerate() {
            let at = list.item(i);
            self.client(&at.field("client"), &load.client);
            arrivals(self.problems, &at, &load.arrivals);
            times(self.problems, &at, load);
        }
    }

    pub(super) fn faults(&mut self) {
        let list = Path::Root.field("faults");
        let scenario = self.scenario;
        for (i, fault) in scenario.faults.iter().enumerate() {
            let at = list.item(i);
            self.problems.span(&at.field("at"), fault.at);
            if let Some(lasts) = fault.lasts {
                self.problems.span(&at.field("for"), lasts);
            }
            self.fault_effect(&at, &fault.effect);
        }
    }

    fn fault_effect(&mut self, at: &Path, effect: &FaultEffect) {
        match effect {
            FaultEffect::Down { service } => self.struck(&at.field("service"), service),
            FaultEffect::Slow { service, factor } => {
                self.struck(&at.field("service"), service);
                self.problems.above_zero(&at.field("slow"), *factor, limits::FACTOR);
            }
            FaultEffect::Failing { service, probability } => {
                self.struck(&at.field("service"), service);
                self.problems.share(&at.field("failing"), *probability);
            }
            FaultEffect::Drop { link, .. } => {
                self.link(&at.field("link"), link);
            }
            FaultEffect::Delay { link, added } => {
                self.link(&at.field("link"), link);
                self.problems.span(&at.field("delay"), *added);
            }
        }
    }

    /// The service that a fault strikes.
    fn struck(&mut self, at: &Path, id: &str) {
        if let Some((index, service)) = self.service(at, id)
            && service.kind == Kind::Client
            && self.trusts_kind(index)
        {
            self.problems.tell(at, || format!("{} is a client; faults happen to services and links", quoted(id)));
        }
    }

    pub(super) fn objectives(&mut self) {
        let list = Path::Root.field("objectives");
        let scenario = self.scenario;
        for (i, objective) in scenario.objectives.iter().enumerate() {
            let at = list.item(i);
            self.problems.text(&at.field("name"), &objective.name, limits::NAME_CHARS);
            self.client(&at.field("client"), &objective.client);
            match objective.goal {
                Goal::Success(share) => self.problems.share(&at.field("success"), share),
                Goal::Latency { quantile, within } => {
                    self.problems.share(&at.field("quantile"), quantile);
                    self.problems.span(&at.field("within"), within);
                }
            }
        }
    }
}

fn arrivals(problems: &mut Problems, at: &Path, arrivals: &Arrivals) {
    match arrivals {
        Arrivals::Poisson(rate) => problems.within(&at.field("poisson"), *rate, 0.0, limits::RATE),
        Arrivals::Constant(rate) => problems.within(&at.field("constant"), *rate, 0.0, limits::RATE),
        Arrivals::At(instants) => {
            let at = at.field("at");
            if problems.length(&at, instants.len(), limits::LIST) {
                instants.iter().enumerate().for_each(|(i, span)| problems.span(&at.item(i), *span));
            }
        }
        Arrivals::Users { users, think } => {
            if *users > limits::USERS {
                problems.tell(&at.field("users"), || {
                    format!("{users} are too many; at most {} are allowed", limits::USERS)
                });
            }
            problems.distribution(&at.field("think"), think);
        }
        Arrivals::Profile(points) => profile(problems, &at.field("profile"), points),
    }
}

fn profile(problems: &mut Problems, at: &Path, points: &[(Span, f64)]) {
    if points.is_empty() {
        problems.tell(at, || "is empty; at least one point is needed".to_owned());
    }
    if !problems.length(at, points.len(), limits::LIST) {
        return;
    }
    let mut last = Span::ZERO;
    for (i, (time, rate)) in points.iter().enumerate() {
        let at = at.item(i);
        problems.span(&at.item(0), *time);
        problems.within(&at.item(1), *rate, 0.0, limits::RATE);
        if *time < last {
            problems.tell(&at.item(0), || format!("\"{time}\" is earlier than the point before it, \"{last}\""));
        }
        last = *time;
    }
}

fn times(problems: &mut Problems, at: &Path, load: &Load) {
    problems.span(&at.field("from"), load.from);
    if let Some(until) = load.until {
        problems.span(&at.field("until"), until);
        if until < load.from {
            problems.tell(&at.field("until"), || format!("\"{until}\" is earlier than \"from\", \"{}\"", load.from));
        }
    }
    if let Some(patience) = load.patience {
        problems.span_above_zero(&at.field("patience"), patience);
    }
}
