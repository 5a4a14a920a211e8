//! A document that has passed the check, together with its topology.

use crate::scenario::Scenario;
use crate::scenario::check::check;
use crate::scenario::problem::Problem;
use crate::scenario::topology::Topology;
use crate::time::Time;
use std::rc::Rc;
use std::sync::Arc;

/// A document that can run, and its topology.
///
/// **Invariant:** the topology belongs to the document. So each edit is checked once, and running it cannot fail.
#[derive(Clone, Debug, Default)]
pub struct Checked {
    document: Rc<Scenario>,
    topology: Arc<Topology>,
}

/// Compares by identity, not by content, because a whole history is compared often.
impl PartialEq for Checked {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.document, &other.document)
    }
}

impl Checked {
    /// Checks a document.
    ///
    /// # Errors
    /// All mistakes that keep it from running.
    pub fn new(document: Scenario) -> Result<Self, Vec<Problem>> {
        // The horizon of a document is for reports: a run on the stage continues beyond it.
        let topology = Topology { horizon: Time::MAX, ..check(&document)? };
        Ok(Checked { document: Rc::new(document), topology: Arc::new(topology) })
    }

    /// Checks the next version of this document. The versions share one topology if no change affects the run.
    ///
    /// # Errors
    /// All mistakes that keep it from running.
    pub fn next(&self, document: Scenario) -> Result<Self, Vec<Problem>> {
        let mut next = Checked::new(document)?;
        if next.topology == self.topology {
            next.topology = self.topology.clone();
        }
        Ok(next)
    }

    /// The document.
    pub fn document(&self) -> &Rc<Scenario> {
        &self.document
    }

    /// The topology that the simulation runs, without a horizon: users may watch for as long as they like.
    pub fn topology(&self) -> &Arc<Topology> {
        &self.topology
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Kind, Service};

    fn document() -> Scenario {
        Scenario { services: vec![Service::new("a", Kind::Service)], ..Scenario::default() }
    }

    #[test]
    fn a_document_with_a_mistake_is_refused() {
        let mut wrong = document();
        wrong.services[0].failure_rate = 2.0;
        assert_eq!(Checked::new(wrong).unwrap_err()[0].path, "services[0].failure_rate");
    }

    #[test]
    fn versions_share_a_topology_until_a_change_affects_the_run() {
        let before = Checked::new(document()).unwrap();
        let mut moved = document();
        moved.services[0].position = Some([7.0, 9.0]);
        let moved = before.next(moved).unwrap();
        assert!(Arc::ptr_eq(before.topology(), moved.topology()) && before != moved);
        let mut slower = document();
        slower.services[0].workers = Some(1);
        assert_eq!(before.next(slower).unwrap().topology().services[0].workers, 1);
    }

    #[test]
    fn an_empty_document_can_run() {
        let empty = Checked::new(Scenario::default()).unwrap();
        assert_eq!((empty.document(), empty.topology()), (&Rc::default(), &Arc::default()));
    }
}
