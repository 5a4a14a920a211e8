//! The selection: one thing, several, or none. If nothing is selected, the inspector shows the system as a whole.

use super::lookup::{link, service};
use crate::scenario::Scenario;

/// A service or a link, by its ids in the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Thing {
    /// A service, stub or client.
    Service(String),
    /// A link, by the ids of both ends.
    Link {
        /// The caller.
        from: String,
        /// The callee.
        to: String,
    },
}

impl Thing {
    /// The service with this id.
    pub fn service(id: impl Into<String>) -> Self {
        Thing::Service(id.into())
    }

    /// The link between these two.
    pub fn link(from: impl Into<String>, to: impl Into<String>) -> Self {
        Thing::Link { from: from.into(), to: to.into() }
    }

    /// Whether it is this service.
    pub fn is_service(&self, id: &str) -> bool {
        matches!(self, Thing::Service(own) if own == id)
    }

    /// Whether it is the link between these two.
    pub fn is_link(&self, from: &str, to: &str) -> bool {
        matches!(self, Thing::Link { from: a, to: b } if a == from && b == to)
    }

    /// The ids of both ends, if it is a link.
    pub fn ends(&self) -> Option<(&str, &str)> {
        match self {
            Thing::Service(_) => None,
            Thing::Link { from, to } => Some((from, to)),
        }
    }

    /// Whether the scenario contains it.
    pub fn exists_in(&self, scenario: &Scenario) -> bool {
        match self {
            Thing::Service(id) => service(scenario, id).is_some(),
            Thing::Link { from, to } => link(scenario, from, to).is_some(),
        }
    }
}

/// The selected things, in the order in which they were selected.
///
/// **Invariant:** no thing appears twice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection(Vec<Thing>);

impl Selection {
    /// The empty selection.
    pub const NONE: Selection = Selection(Vec::new());

    /// One service.
    pub fn service(id: impl Into<String>) -> Self {
        Thing::service(id).into()
    }

    /// One link.
    pub fn link(from: impl Into<String>, to: impl Into<String>) -> Self {
        Thing::link(from, to).into()
    }

    /// All things of a document.
    pub fn all(scenario: &Scenario) -> Self {
        let services = scenario.services.iter().map(|s| Thing::service(&s.id));
        services.chain(scenario.links.iter().map(|l| Thing::link(&l.from, &l.to))).collect()
    }

    /// The selected thing, if there is exactly one.
    pub fn single(&self) -> Option<&Thing> {
        match &*self.0 {
            [thing] => Some(thing),
            _ => None,
        }
    }

    /// Whether nothing is selected.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The number of selected things.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The selected things.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Thing> {
        self.0.iter()
    }

    /// The ids of the selected services.
    pub fn services(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|thing| match thing {
            Thing::Service(id) => Some(id.as_str()),
            Thing::Link { .. } => None,
        })
    }

    /// The ends of the selected links.
    pub fn links(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().filter_map(Thing::ends)
    }

    /// Whether the thing is selected.
    pub fn contains(&self, thing: &Thing) -> bool {
        self.0.contains(thing)
    }

    /// Whether this service is selected.
    pub fn has_service(&self, id: &str) -> bool {
        self.0.iter().any(|thing| thing.is_service(id))
    }

    /// Whether the link between these services is selected.
    pub fn has_link(&self, from: &str, to: &str) -> bool {
        self.0.iter().any(|thing| thing.is_link(from, to))
    }

    /// Removes the thing if it is selected, and adds it otherwise.
    pub fn toggled(&self, thing: &Thing) -> Self {
        if self.contains(thing) {
            Selection(self.0.iter().filter(|other| *other != thing).cloned().collect())
        } else {
            self.iter().chain([thing]).cloned().collect()
        }
    }

    /// Both selections together.
    pub fn with(&self, others: &Selection) -> Self {
        self.iter().chain(others.iter()).cloned().collect()
    }

    /// Whether the scenario contains all selected things.
    pub fn is_in(&self, scenario: &Scenario) -> bool {
        self.0.iter().all(|thing| thing.exists_in(scenario))
    }

    /// Drops the things that the scenario does not contain.
    pub fn within(self, scenario: &Scenario) -> Self {
        Selection(self.0.into_iter().filter(|thing| thing.exists_in(scenario)).collect())
    }
}

impl FromIterator<Thing> for Selection {
    fn from_iter<I: IntoIterator<Item = Thing>>(things: I) -> Self {
        let mut all = Vec::new();
        for thing in things {
            if !all.contains(&thing) {
                all.push(thing);
            }
        }
        Selection(all)
    }
}

impl From<Thing> for Selection {
    fn from(thing: Thing) -> Self {
        Selection(vec![thing])
    }
}

impl From<Option<Thing>> for Selection {
    fn from(thing: Option<Thing>) -> Self {
        Selection(thing.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Kind, Link, Service};

    fn three() -> Selection {
        [Thing::service("a"), Thing::link("a", "b"), Thing::service("b")].into_iter().collect()
    }

    #[test]
    fn only_one_thing_is_single() {
        assert_eq!(Selection::NONE.single(), None);
        assert_eq!(three().single(), None);
        assert_eq!(Selection::service("a").single(), Some(&Thing::service("a")));
    }

    #[test]
    fn toggling_adds_a_thing_once_and_removes_it_again() {
        let twice: Selection = three().iter().chain(three().iter()).cloned().collect();
        assert_eq!(twice, three());
        assert_eq!(three().with(&Selection::service("a")), three());
        let without = three().toggled(&Thing::service("a"));
        assert_eq!((without.len(), without.has_service("a")), (2, false));
        assert!(without.toggled(&Thing::service("a")).has_service("a"));
    }

    #[test]
    fn everything_means_services_and_links_without_those_that_are_gone() {
        let services = vec![Service::new("a", Kind::Service), Service::new("b", Kind::Service)];
        let whole = Scenario { services, links: vec![Link::new("a", "b")], ..Scenario::default() };
        assert_eq!(Selection::all(&whole).len(), 3);
        let part = Scenario { services: whole.services[..1].to_vec(), ..Scenario::default() };
        assert_eq!(three().within(&part), Selection::service("a"));
        assert_eq!(three().services().collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(three().links().collect::<Vec<_>>(), [("a", "b")]);
    }
}
