//! The names of the services in a request.

use crate::id;
use crate::scenario::topology::{Link, LinkId, ServiceId, Topology};
use crate::scenario::{Kind, Scenario};
use crate::text::Value;

/// The services in a request, with the names that users know.
#[derive(Clone, Copy)]
pub struct Cast<'a> {
    /// The topology of the run.
    pub topology: &'a Topology,
    /// The document behind the topology.
    pub document: &'a Scenario,
}

impl<'a> Cast<'a> {
    /// The name of a service.
    pub fn name(&self, id: ServiceId) -> &'a str {
        let Some(service) = self.topology.services.get(id.index()) else { return "" };
        self.document.services.iter().find(|s| s.id == service.id).map_or(&service.id, |s| s.label())
    }

    /// The effect of a service, as named in the document; `None`: it has no effect.
    pub fn effect(&self, id: ServiceId) -> Option<Value> {
        let service = self.topology.services.get(id.index())?;
        let found = self.document.services.iter().find(|s| s.id == service.id).and_then(|s| s.effect.as_deref());
        service.has_effect.then(|| found.map_or(Value::from(id!("step-entry")), Value::from))
    }

    /// The settings of a link.
    pub fn link(&self, id: LinkId) -> Option<&'a Link> {
        self.topology.links.get(id.index())
    }

    pub(super) fn kind(&self, id: ServiceId) -> Kind {
        let id = self.topology.services.get(id.index()).map(|s| s.id.as_str());
        self.document.services.iter().find(|s| Some(s.id.as_str()) == id).map_or(Kind::Service, |s| s.kind)
    }
}
