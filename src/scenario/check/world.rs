//! Checks the references of loads, faults and objectives.

use super::Check;
use crate::scenario::format::Part;
use crate::scenario::json::quoted;
use crate::scenario::path::Path;
use crate::scenario::{FaultEffect, Kind};

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
        for (i, objective) in self.scenario.objectives.iter().enumerate() {
            let at = list.item(i);
            self.client(&at.field("client"), &objective.client);
            objective.check(self.problems, &at);
        }
    }
}
