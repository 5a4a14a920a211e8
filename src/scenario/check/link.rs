//! Checks links: who can call whom, and which policies need what.

use super::numbers::Numbers;
use super::{Check, policies};
use crate::scenario::json::quoted;
use crate::scenario::path::Path;
use crate::scenario::problem::{Problems, did_you_mean};
use crate::scenario::words::{RELATIONSHIPS, Word};
use crate::scenario::{Kind, Link};

impl Check<'_> {
    pub(super) fn links(&mut self) {
        let list = Path::Root.field("links");
        let scenario = self.scenario;
        for (i, link) in scenario.links.iter().enumerate() {
            let at = list.item(i);
            values(self.problems, &at, link);
            policies::values(self.problems, &at, link);
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
            self.problems.tell(&from_at, || format!("{} is a stub, which calls nobody", quoted(&link.from)));
        }
        let Some((index, to)) = self.service(&to_at, &link.to) else { return };
        if to.kind == Kind::Client && self.trusts_kind(index) {
            self.problems
                .tell(&to_at, || format!("{} is a client; a client is not called by others", quoted(&link.to)));
        } else if link.from == link.to {
            self.problems.tell(&to_at, || format!("{} cannot call itself", quoted(&link.to)));
        }
    }

    /// A hedge may make a call twice.
    fn hedge(&mut self, at: &Path, link: &Link) {
        let harmless = link.method.is_idempotent() || link.request_id;
        let trusted = self.problems.can_trust(&at.field("method")) && self.problems.can_trust(&at.field("request_id"));
        if link.hedge.is_some() && !harmless && trusted {
            self.problems.tell(&at.field("hedge"), || {
                format!(
                    "{} is not idempotent, and a hedge may make it twice; set \"request_id\": true, or leave hedging out",
                    link.method.word()
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
            self.problems.tell(&at.field("ask"), || {
                format!("{name} has neither an effect nor an idempotency store: there is nothing to ask for")
            });
        }
        if link.compensate.is_some() {
            self.problems.tell(&at.field("compensate"), || {
                format!("{name} has neither an effect nor an idempotency store: there is nothing to take back")
            });
        }
    }
}

/// Each value by itself.
fn values(problems: &mut Problems, at: &Path, link: &Link) {
    problems.span(&at.field("overhead"), link.overhead);
    let (delay, loss) = (at.field("delay"), at.field("loss"));
    if link.delay.request == link.delay.response {
        problems.distribution(&delay, &link.delay.request);
    } else {
        problems.distribution(&delay.field("request"), &link.delay.request);
        problems.distribution(&delay.field("response"), &link.delay.response);
    }
    if link.loss.request == link.loss.response {
        problems.share(&loss, link.loss.request);
    } else {
        problems.share(&loss.field("request"), link.loss.request);
        problems.share(&loss.field("response"), link.loss.response);
    }
    if let Some(timeout) = link.timeout {
        problems.span_above_zero(&at.field("timeout"), timeout);
    }
    problems.share(&at.field("probability"), link.probability);
    if let Some(relationship) = &link.relationship
        && !RELATIONSHIPS.contains(&relationship.as_str())
    {
        problems.tell(&at.field("relationship"), || match did_you_mean(relationship, RELATIONSHIPS) {
            near if near.is_empty() => {
                format!("{} is not a relationship: {}", quoted(relationship), RELATIONSHIPS.join(", "))
            }
            near => format!("{} is not a relationship{near}", quoted(relationship)),
        });
    }
}
