//! The names that a measure may use: the things of a system; and the length of its run.

use crate::scenario::topology::{LinkId, Role, ServiceId, Topology};
use crate::scenario::{Kind, Scenario};
use crate::time::Time;

/// The ids of a system, in its order, and the end of its run.
#[derive(Clone, Debug)]
pub struct Names {
    /// The ids of the services, each with whether it is a client.
    services: Vec<(String, bool)>,
    /// The ids of the links, `from->to`.
    links: Vec<String>,
    /// The end of the run.
    pub(super) horizon: Time,
}

impl Names {
    /// The names of a scenario.
    pub fn of_scenario(scenario: &Scenario) -> Names {
        Names {
            services: scenario.services.iter().map(|s| (s.id.clone(), s.kind == Kind::Client)).collect(),
            links: scenario.links.iter().map(crate::scenario::Link::id).collect(),
            horizon: Time::at(scenario.horizon),
        }
    }

    /// The names of a checked scenario.
    pub fn of_topology(topology: &Topology) -> Names {
        let is_client = |role: &Role| matches!(role, Role::Client { .. });
        Names {
            services: topology.services.iter().map(|s| (s.id.clone(), is_client(&s.role))).collect(),
            links: topology.links.iter().map(|l| l.id.clone()).collect(),
            horizon: topology.horizon,
        }
    }

    /// The service of an id, and whether it is a client.
    pub(super) fn service(&self, id: &str) -> Option<(ServiceId, bool)> {
        let place = self.services.iter().position(|(known, _)| known == id)?;
        Some((ServiceId(place as u32), self.services.get(place)?.1))
    }

    pub(super) fn link(&self, id: &str) -> Option<LinkId> {
        self.links.iter().position(|known| known == id).map(|place| LinkId(place as u32))
    }

    pub(super) fn ids(&self, clients: bool) -> impl Iterator<Item = &str> + Clone {
        self.services.iter().filter(move |(_, is_client)| *is_client == clients).map(|(id, _)| id.as_str())
    }

    pub(super) fn links(&self) -> impl Iterator<Item = &str> + Clone {
        self.links.iter().map(String::as_str)
    }
}
