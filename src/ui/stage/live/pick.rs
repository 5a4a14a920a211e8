//! Clicking a message on its way: which one it was, and that the run stands until something was chosen.

use super::Live;
use crate::scenario::Link;
use crate::scenario::topology::LinkId;
use crate::scene::stage::flow::quickest;
use crate::scene::stage::geometry::Point;
use crate::scene::stage::gesture::Pointing;
use crate::scene::stage::hit::{self, Message, Target};
use crate::ui::driver::Driver;

/// A message that was clicked. The run stands meanwhile: nobody could drop what is gone before one has read the choice.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Picked {
    /// The message.
    pub message: Message,
    /// Whether the run goes on afterwards.
    resumes: bool,
}

impl Live {
    /// The message that was clicked.
    pub fn picked(&self) -> Option<Picked> {
        self.picked
    }

    /// Done with the message that was clicked. `resume`: the run goes on if it ran before. `true`: there was one.
    pub fn let_go(&mut self, resume: bool) -> bool {
        let Some(picked) = self.picked.take() else { return false };
        if let Some(driver) = self.driver.as_ref().filter(|_| picked.resumes && resume) {
            driver.play();
        }
        true
    }

    pub(super) fn pick(&mut self, message: Message) {
        let Some(driver) = &self.driver else { return };
        self.picked = Some(Picked { message, resumes: driver.playing() });
        driver.pause();
    }

    /// The message whose dot is at this pixel of the stage, as it is drawn now.
    fn message_at(&self, at: Point, pointing: Pointing) -> Option<Message> {
        let driver = self.driver.as_ref().filter(|_| !self.is_baseline && !stands_still())?;
        let (world, reach) = (self.viewport.to_world(at), pointing.dot_reach() / self.viewport.zoom);
        let shortest = quickest(driver.speed());
        driver.with(|sim| {
            let places: Vec<Option<usize>> = sim.topology().links.iter().map(|l| self.place_of(&l.id)).collect();
            let route_of = |link: LinkId| {
                let routed = self.layout.links.get((*places.get(link.index())?)?)?;
                routed.as_ref().map(|routed| &*routed.route)
            };
            hit::message_at(sim.messages(), route_of, sim.now(), shortest, world, reach)
        })
    }

    /// The link that a message is on, as the document counts.
    pub fn link_of(&self, message: &Message) -> Option<usize> {
        let index = message.link.index();
        let id = self.driver.as_ref()?.with(|sim| sim.topology().links.get(index).map(|l| l.id.clone()))?;
        self.place_of(&id)
    }

    /// Where the link of this id stands in the document.
    fn place_of(&self, id: &str) -> Option<usize> {
        let is_it = |l: &Link| id.strip_prefix(&*l.from).and_then(|rest| rest.strip_prefix("->")) == Some(&*l.to);
        self.document.links.iter().position(is_it)
    }

    /// Forgets a clicked message once the run goes on or has left the moment at which the message was there.
    pub(super) fn drop_stale_pick(&mut self, driver: &Driver) {
        let is_there = |picked: &Picked| {
            let it = picked.message.attempt;
            !driver.playing() && driver.with(|sim| sim.messages().any(|m| m.attempt == it))
        };
        self.picked = self.picked.filter(is_there);
    }

    /// What is pressed there: a dot before the lane that it is on. It may have moved on when it is let go.
    pub(super) fn pressed(&self, at: Point, pointing: Pointing) -> Target {
        match self.target(at) {
            target @ (Target::Link(_) | Target::Empty) => self.message_at(at, pointing).map_or(target, Target::Message),
            target => target,
        }
    }
}

/// Whether somebody asked for no motion: messages are counted then, and have no dots.
fn stands_still() -> bool {
    let asked = web_sys::window().and_then(|w| w.match_media("(prefers-reduced-motion: reduce)").ok().flatten());
    let root = gloo::utils::document().document_element();
    let chosen = root.is_some_and(|root| root.get_attribute("data-motion").as_deref() == Some("reduce"));
    chosen || asked.is_some_and(|query| query.matches())
}
