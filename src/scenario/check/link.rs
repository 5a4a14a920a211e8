//! Checks links: who can call whom, and which policies need what.

use super::Check;
use crate::scenario::format::Part;
use crate::scenario::json::quoted;
use crate::scenario::path::Path;
use crate::scenario::{Kind, Link};

impl Check<'_> {
    pub(super) fn links(&mut self) {
        let list = Path::Root.field("links");
        let scenario = self.scenario;
        for (i, link) in scenario.links.iter().enumerate() {
            let at = list.item(i);
            link.check(self.problems, &at);
            self.ends(&at, link);
            self.hedge(&at, link);
            self.repair(&at, link);
        }
    }

    /// Who calls whom.
    fn ends(&mut self, at: &Path, link: &Link) {
        let (from_at, to_at) = (at.field("from"), at.field("to"));
        if let Some((index, from)) = self.service(&from_at, &link.from)
            && from.kind == Kind::Stub
            && self.trusts_kind(index)
        {
            self.problems.report(&from_at, || format!("{} is a stub, which calls nobody", quoted(&link.from)));
        }
        let Some((index, to)) = self.service(&to_at, &link.to) else { return };
        if to.kind == Kind::Client && self.trusts_kind(index) {
            self.problems
                .report(&to_at, || format!("{} is a client; a client is not called by others", quoted(&link.to)));
        } else if link.from == link.to {
            self.problems.report(&to_at, || format!("{} cannot call itself", quoted(&link.to)));
        }
    }

    /// A hedge may make a call twice.
    fn hedge(&mut self, at: &Path, link: &Link) {
        let harmless = link.method.is_idempotent() || link.request_id;
        let trusted = self.problems.can_trust(&at.field("method")) && self.problems.can_trust(&at.field("request_id"));
        if link.hedge.is_some() && !harmless && trusted {
            self.problems.report(&at.field("hedge"), || {
                format!(
                    "{} is not idempotent, and a hedge may make it twice; set \"request_id\": true, or leave hedging out",
                    link.method.name()
                )
            });
        }
    }

    /// To ask and to take back need a callee that remembers what it did.
    fn repair(&mut self, at: &Path, link: &Link) {
        if link.ask.is_none() && link.compensate.is_none() {
            return;
        }
        let Some(index) = self.names.service(&link.to) else { return };
        let Some(to) = self.scenario.services.get(index) else { return };
        let remembers = to.effect.is_some() || to.idempotency.is_some();
        let trusted = ["kind", "effect", "idempotency"].into_iter().all(|field| self.trusts_service(index, field));
        if remembers || !trusted || to.kind == Kind::Client {
            return;
        }
        let name = quoted(&link.to);
        if link.ask.is_some() {
            self.problems.report(&at.field("ask"), || {
                format!("{name} has neither an effect nor an idempotency store: there is nothing to ask for")
            });
        }
        if link.compensate.is_some() {
            self.problems.report(&at.field("compensate"), || {
                format!("{name} has neither an effect nor an idempotency store: there is nothing to take back")
            });
        }
    }
}
