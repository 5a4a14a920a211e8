//! Checks the references of loads, faults and objectives.

use super::Check;
use crate::scenario::format::Part;
use crate::scenario::json::quoted;
use crate::scenario::measure::{Condition, Names};
use crate::scenario::path::Path;
use crate::scenario::{FaultEffect, Goal, Kind, limits};
use std::cell::LazyCell;

impl Check<'_> {
    pub(super) fn loads(&mut self) {
        let list = Path::Root.field("load");
        for (i, load) in self.scenario.load.iter().enumerate() {
            let at = list.item(i);
            self.client(&at.field("client"), &load.client);
            load.check(self.problems, &at);
        }
    }

    pub(super) fn faults(&mut self) {
        let list = Path::Root.field("faults");
        for (i, fault) in self.scenario.faults.iter().enumerate() {
            let at = list.item(i);
            self.target(&at, &fault.effect);
            fault.check(self.problems, &at);
        }
    }

    /// The service or link that a fault hits.
    fn target(&mut self, at: &Path, effect: &FaultEffect) {
        match effect {
            FaultEffect::Down { service }
            | FaultEffect::Slow { service, .. }
            | FaultEffect::Failing { service, .. } => self.struck(&at.field("service"), service),
            FaultEffect::Drop { link, .. } | FaultEffect::Delay { link, .. } => {
                self.link(&at.field("link"), link);
            }
        }
    }

    fn struck(&mut self, at: &Path, id: &str) {
        if let Some((index, service)) = self.service(at, id)
            && service.kind == Kind::Client
            && self.trusts_kind(index)
        {
            self.problems.report(at, || format!("{} is a client; faults happen to services and links", quoted(id)));
        }
    }

    pub(super) fn objectives(&mut self) {
        let list = Path::Root.field("objectives");
        let scenario = self.scenario;
        let names = LazyCell::new(|| Names::of_scenario(scenario));
        let knows_all = self.names.all_services
            && self.names.all_links
            && self.problems.can_trust(&Path::Root.field("horizon"))
            && (0..scenario.services.len()).all(|service| self.trusts_kind(service));
        let mut conditions = 0;
        for (i, objective) in scenario.objectives.iter().enumerate() {
            let at = list.item(i);
            objective.check(self.problems, &at);
            let Goal::Expect(condition) = &objective.goal else {
                self.client(&at.field("client"), &objective.client);
                continue;
            };
            conditions += 1;
            let at = at.field("expect");
            if conditions > limits::MEASURES {
                let message = || format!("is one too many; at most {} conditions are allowed", limits::MEASURES);
                self.problems.report(&at, message);
            } else if knows_all && let Err(mistake) = Condition::parse(condition, &names) {
                self.problems.report(&at, || mistake.to_string());
            }
        }
    }
}
