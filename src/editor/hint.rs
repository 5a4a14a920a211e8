//! What to try on a system, found from the system itself, so that every file has its hints.

use super::lookup::{label, service};
use super::selection::Thing;
use crate::scenario::{Kind, Link, Scenario};

/// One thing to try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// What to do, in a clause.
    pub action: String,
    /// What there is to see then.
    pub outcome: &'static str,
    /// What to select for it, if it is about one thing.
    pub shows: Option<Thing>,
}

/// The main gesture first.
pub fn hints(scenario: &Scenario) -> Vec<Hint> {
    let mut hints = Vec::new();
    let name = |id| label(scenario, id);
    if let Some(link) = main_link(scenario) {
        let shows = Some(Thing::link(&link.from, &link.to));
        let is_client = service(scenario, &link.from).is_some_and(|s| s.kind == Kind::Client);
        let outcome = match (link.timeout, is_client) {
            (Some(_), false) => "Each call waits for its timeout, and the client sees it.",
            (Some(_), true) => "Each request waits for its timeout.",
            (None, false) => "Without a timeout the callers wait for ever, and their workers with them.",
            (None, true) => "Without a timeout the client waits for ever.",
        };
        hints.push(Hint {
            action: format!("Select {} → {}, and cut it.", name(&link.from), name(&link.to)),
            outcome,
            shows,
        });
        hints.push(Hint {
            action: format!("Slow {} down.", name(&link.to)),
            outcome: "See who waits for it, and whose queue fills.",
            shows: Some(Thing::service(&link.to)),
        });
    }
    if let Some(client) = scenario.services.iter().find(|s| s.kind == Kind::Client) {
        hints.push(Hint {
            action: format!("Click {}.", client.label()),
            outcome: "It sends one request that you can follow.",
            shows: Some(Thing::service(&client.id)),
        });
    } else {
        hints.push(Hint {
            action: "Add a client from the palette.".into(),
            outcome: "It sends requests.",
            shows: None,
        });
    }
    if scenario.links.len() < 2 {
        hints.push(wiring());
    }
    hints
}

fn wiring() -> Hint {
    Hint {
        action: "Drag from the edge of one box to another.".into(),
        outcome: "The one calls the other from then on.",
        shows: None,
    }
}

/// The link on which a fault shows most: one between services before one of a client, and the deepest of them.
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
        assert_eq!(hints(&scenario)[0].outcome, "Without a timeout the client waits for ever.");
    }

    #[test]
    fn an_empty_stage_has_hints_too() {
        assert!(hints(&Scenario::default()).iter().all(|h| h.shows.is_none()));
    }
}
