//! Looks things up in a document by their ids.

use crate::id;
use crate::scenario::{Kind, Link, Scenario, Service};
use crate::text::Id;

/// The service with this id.
pub fn service<'a>(scenario: &'a Scenario, id: &str) -> Option<&'a Service> {
    scenario.services.iter().find(|s| s.id == id)
}

/// The label of the service with this id, or the id if there is no such service.
pub fn label<'a>(scenario: &'a Scenario, id: &'a str) -> &'a str {
    service(scenario, id).map_or(id, Service::label)
}

/// The link between these services.
pub fn link<'a>(scenario: &'a Scenario, from: &str, to: &str) -> Option<&'a Link> {
    scenario.links.iter().find(|l| l.from == from && l.to == to)
}

/// The reason why `from` cannot call `to`; `None` if it can.
pub fn refuses_link(scenario: &Scenario, from: &str, to: &str) -> Option<Id> {
    let (Some(caller), Some(callee)) = (service(scenario, from), service(scenario, to)) else {
        return Some(id!("link-end-missing"));
    };
    if from == to {
        Some(id!("link-to-itself"))
    } else if callee.kind == Kind::Client {
        Some(id!("link-to-client"))
    } else if caller.kind == Kind::Stub {
        Some(id!("link-from-stub"))
    } else if link(scenario, from, to).is_some() {
        Some(id!("link-exists"))
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::editor::{Command, Editor};

    #[test]
    fn links_that_make_no_sense_are_refused_with_a_reason() {
        let add = |kind| Command::AddService { kind, position: [0.0, 0.0] };
        let call = Command::Connect { from: "client-1".into(), to: "service-1".into() };
        let commands = [add(Kind::Client), add(Kind::Service), add(Kind::Stub), call];
        let editor = commands.iter().fold(Editor::default(), |editor, command| editor.apply(command).unwrap());
        let document = editor.document();
        for (from, to) in [
            ("client-1", "client-1"),
            ("service-1", "client-1"),
            ("stub-1", "service-1"),
            ("client-1", "service-1"),
            ("client-1", "nobody"),
        ] {
            assert!(refuses_link(document, from, to).is_some(), "{from} to {to}");
        }
        assert_eq!(refuses_link(document, "service-1", "stub-1"), None);
    }
}
