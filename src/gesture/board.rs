//! The system as the stage shows it, for gestures to work on.

use crate::editor::{Selection, Thing};
use crate::scenario::topology::LinkId;
use crate::scenario::{DroppedLegs, Kind, Link, Scenario};
use crate::scene::run::readout::Readout;
use crate::scene::stage::geometry::{Point, Rect};
use crate::scene::stage::hit::{LinkEnd, Message, Target};
use crate::scene::stage::layout::Layout;
use crate::sim::Intervention;
use std::rc::Rc;

/// The thing on the stage that has the keyboard focus. Numbers are positions in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Focus {
    /// A box.
    Service(usize),
    /// A link.
    Link(usize),
}

impl From<Focus> for Target {
    fn from(focus: Focus) -> Self {
        match focus {
            Focus::Service(index) => Target::Service(index),
            Focus::Link(index) => Target::Link(index),
        }
    }
}

/// The system as last drawn.
#[derive(Clone, Debug, Default)]
pub struct Board {
    /// The document as it is in the file.
    pub original: Rc<Scenario>,
    /// The document with the positions of boxes on the stage, which differ if a narrow stage turns a wide system.
    pub document: Rc<Scenario>,
    /// The shapes of boxes and links.
    pub layout: Rc<Layout>,
    /// The selected things.
    pub selection: Selection,
    /// The live numbers of the run.
    pub readout: Rc<Readout>,
    /// Whether this is the baseline of a comparison, which cannot be edited.
    pub is_baseline: bool,
}

impl Board {
    /// The number of services and links.
    pub fn things(&self) -> usize {
        self.layout.boxes.len() + self.layout.links.len()
    }

    /// The id of the service at this position in the file.
    pub fn service_id(&self, index: usize) -> Option<String> {
        self.document.services.get(index).map(|s| s.id.clone())
    }

    /// The thing that a target belongs to.
    pub fn thing(&self, target: Target) -> Option<Thing> {
        match target {
            Target::Service(index) | Target::Port(index) => self.service_id(index).map(Thing::Service),
            Target::Link(index) | Target::End(LinkEnd { link: index, .. }) => {
                self.document.links.get(index).map(|l| Thing::link(&l.from, &l.to))
            }
            Target::Message(message) => self.thing(Target::Link(self.link_of(&message)?)),
            Target::Empty => None,
        }
    }

    /// The link that a message travels on, by its position in the file. The run may number its links differently.
    pub fn link_of(&self, message: &Message) -> Option<usize> {
        self.link_with_id(&self.readout.links.get(message.link.index())?.id)
    }

    /// The position in the file of the link with this id.
    pub fn link_with_id(&self, id: &str) -> Option<usize> {
        let is_it = |l: &Link| id.strip_prefix(&*l.from).and_then(|rest| rest.strip_prefix("->")) == Some(&*l.to);
        self.document.links.iter().position(is_it)
    }

    /// Whether the service at this position in the file is selected.
    pub fn is_selected(&self, index: usize) -> bool {
        self.document.services.get(index).is_some_and(|s| self.selection.has_service(&s.id))
    }

    /// Whether the service at this position in the file can call others.
    pub fn can_call(&self, index: usize) -> bool {
        self.document.services.get(index).is_some_and(|s| s.kind != Kind::Stub)
    }

    /// The only selected thing, if it is a service that can call others.
    pub fn selected_caller(&self) -> Option<usize> {
        match self.selection.single()? {
            Thing::Service(id) => {
                let index = self.document.services.iter().position(|s| s.id == *id)?;
                self.can_call(index).then_some(index)
            }
            Thing::Link { .. } => None,
        }
    }

    /// The link whose ends can be dragged: the only selected thing.
    pub fn link_with_handles(&self) -> Option<usize> {
        self.selected_link().filter(|_| !self.is_baseline)
    }

    /// The only selected thing, if it is a link.
    pub fn selected_link(&self) -> Option<usize> {
        let (from, to) = self.selection.single().and_then(Thing::ends)?;
        self.document.links.iter().position(|l| l.from == from && l.to == to)
    }

    /// The area of the only selected thing, in the world.
    pub fn rect_of_selection(&self) -> Option<Rect> {
        match self.selection.single()? {
            Thing::Service(id) => self.layout.boxes.iter().find(|b| b.id == *id).map(|b| b.rect),
            Thing::Link { .. } => self.rect_of_link(self.selected_link()?),
        }
    }

    /// The area of the thing with the focus, in the world.
    pub fn rect_of(&self, focus: Focus) -> Option<Rect> {
        match focus {
            Focus::Service(index) => self.layout.boxes.get(index).map(|b| b.rect),
            Focus::Link(index) => self.rect_of_link(index),
        }
    }

    /// The middle of a link, with room for the marks beside it.
    pub fn rect_of_link(&self, index: usize) -> Option<Rect> {
        let middle = self.layout.links.get(index)?.as_ref()?.route.middle.at(0.5);
        Some(Rect::new(middle - Point::new(60.0, 60.0), 120.0, 120.0))
    }

    /// Cuts a link, or repairs it if any of its legs is cut.
    pub fn toggled_cut(&self, index: usize) -> Option<Intervention> {
        let id = self.document.links.get(index)?.id();
        let place = self.readout.links.iter().position(|l| *l.id == *id)?;
        let view = &self.readout.links.get(place)?.view;
        let legs = (!view.drops_requests && !view.drops_responses).then_some(DroppedLegs::Both);
        Some(Intervention::Drop(LinkId(place as u32), legs))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Simulation;
    use crate::gesture::sample::board;
    use crate::scene::run::watch::Watch;

    #[test]
    fn a_double_click_cuts_a_link_and_another_repairs_it() {
        let mut board = board();
        let cut = Intervention::Drop(LinkId(1), Some(DroppedLegs::Both));
        assert_eq!(board.toggled_cut(1), Some(cut));
        let mut simulation = Simulation::start(&board.document).unwrap();
        simulation.apply(cut);
        board.readout = Rc::new(Watch::default().look(&simulation, 0.0));
        assert_eq!(board.toggled_cut(1), Some(Intervention::Drop(LinkId(1), None)));
        assert_eq!(board.toggled_cut(2), None, "there is no such link");
    }

    #[test]
    fn a_link_shows_handles_at_its_ends_only_if_nothing_else_is_selected() {
        let mut board = board();
        board.selection = Selection::link("shop", "bank");
        assert_eq!(board.link_with_handles(), Some(1));
        board.is_baseline = true;
        assert_eq!(board.link_with_handles(), None, "a baseline cannot be edited");
        assert_eq!(board.rect_of_selection(), board.rect_of_link(1), "but its links come into view");
    }

    #[test]
    fn a_stub_offers_no_handles_for_wires() {
        let mut board = board();
        board.selection = Selection::service("mail");
        assert_eq!(board.selected_caller(), None);
        board.selection = Selection::service("shop");
        assert_eq!(board.selected_caller(), Some(1));
    }
}
