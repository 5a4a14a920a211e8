//! Suggestions of things to try, derived from the system itself, so that every file has some.

use super::lookup::{label, service};
use super::selection::Thing;
use crate::scenario::{Kind, Link, Scenario};
use crate::text::{Id, Message};
use crate::{id, msg};

/// A suggestion.
#[derive(Clone, Debug, PartialEq)]
pub struct Hint {
    /// The action to take.
    pub action: Message,
    /// The result that the learner will see.
    pub outcome: Id,
    /// The thing to select for it, if any.
    pub shows: Option<Thing>,
}

/// The suggestions for a system, the most important first.
pub fn hints(scenario: &Scenario) -> Vec<Hint> {
    let mut hints = Vec::new();
    let name = |id| label(scenario, id);
    if let Some(link) = main_link(scenario) {
        let shows = Some(Thing::link(&link.from, &link.to));
        let is_client = service(scenario, &link.from).is_some_and(|s| s.kind == Kind::Client);
        let outcome = match (link.timeout, is_client) {
            (Some(_), false) => id!("hint-cut-timeout"),
            (Some(_), true) => id!("hint-cut-client-timeout"),
            (None, false) => id!("hint-cut-no-timeout"),
            (None, true) => id!("hint-cut-client-no-timeout"),
        };
        hints.push(Hint { action: msg!("hint-cut", from = name(&link.from), to = name(&link.to)), outcome, shows });
        hints.push(Hint {
            action: msg!("hint-slow", service = name(&link.to)),
            outcome: id!("hint-slow-outcome"),
            shows: Some(Thing::service(&link.to)),
        });
    }
    if let Some(client) = scenario.services.iter().find(|s| s.kind == Kind::Client) {
        hints.push(Hint {
            action: msg!("hint-send", client = client.label()),
            outcome: id!("hint-send-outcome"),
            shows: Some(Thing::service(&client.id)),
        });
    } else {
        hints.push(Hint { action: msg!("hint-add-client"), outcome: id!("hint-add-client-outcome"), shows: None });
    }
    if scenario.links.len() < 2 {
        hints.push(wiring());
    }
    hints
}

fn wiring() -> Hint {
    Hint { action: msg!("hint-wire"), outcome: id!("hint-wire-outcome"), shows: None }
}

/// The link where a fault has the most visible consequences: the deepest link between services, otherwise a client's.
pub(super) fn main_link(scenario: &Scenario) -> Option<&Link> {
    let of_client = |link: &Link| service(scenario, &link.from).is_some_and(|s| s.kind == Kind::Client);
    scenario.links.iter().rev().find(|l| !of_client(l)).or_else(|| scenario.links.last())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Service;

    #[test]
    fn the_first_hint_is_a_link_between_services() {
        let services =
            vec![Service::new("web", Kind::Client), Service::new("a", Kind::Service), Service::new("b", Kind::Service)];
        let links = vec![Link::new("web", "a"), Link::new("a", "b")];
        let scenario = Scenario { services, links, ..Scenario::default() };
        assert_eq!(hints(&scenario)[0].shows, Some(Thing::link("a", "b")));
        assert!(hints(&scenario).iter().flat_map(|h| &h.shows).all(|thing| thing.exists_in(&scenario)));
    }

    #[test]
    fn a_client_that_waits_holds_no_workers() {
        let services = vec![Service::new("web", Kind::Client), Service::new("a", Kind::Service)];
        let scenario = Scenario { services, links: vec![Link::new("web", "a")], ..Scenario::default() };
        assert_eq!(hints(&scenario)[0].outcome, id!("hint-cut-client-no-timeout"));
    }

    #[test]
    fn an_empty_stage_has_hints_too() {
        assert!(hints(&Scenario::default()).iter().all(|h| h.shows.is_none()));
    }
}
