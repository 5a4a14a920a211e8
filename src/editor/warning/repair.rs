//! A warning and its repairs.

use super::rule::Rule;
use crate::editor::command::Command;
use crate::editor::selection::Thing;
use crate::msg;
use crate::text::Message;

/// A mistake in a system.
#[derive(Clone, Debug, PartialEq)]
pub struct Warning {
    /// The broken rule.
    pub rule: Rule,
    /// The link or service with the mistake. There is at most one warning per rule and thing.
    pub at: Thing,
    /// The other things that are involved.
    pub others: Vec<Thing>,
    /// The reason, with the numbers of this system.
    pub reason: Message,
    /// One or two repairs, the better one first. Each results in a document that can run and no longer has this warning.
    pub repairs: Vec<Repair>,
}

/// A change that fixes the mistake of a warning.
#[derive(Clone, Debug, PartialEq)]
pub struct Repair {
    /// Its title, e.g. `Send the request id`. Repairs with the same title do the same.
    pub title: Message,
    /// The change of the document.
    pub command: Command,
}

impl Warning {
    /// Whether it involves this thing, even if it is shown at another one.
    pub fn concerns(&self, thing: &Thing) -> bool {
        self.at == *thing || self.others.contains(thing)
    }
}

/// One repair for the warnings of a rule at several things, as one entry of the history. `None` if the warnings have no
/// repair in common, or if two repairs would change the same thing.
pub fn together(warnings: &[Warning]) -> Option<Repair> {
    let repairs: Vec<&Repair> = warnings.iter().map(|warning| warning.repairs.first()).collect::<Option<_>>()?;
    let (first, others) = repairs.split_first()?;
    let repairs_itself =
        |warning: &Warning| warning.repairs.first().is_some_and(|it| changed(&it.command) == Some(warning.at.clone()));
    let is_same = others.iter().all(|repair| repair.title == first.title) && warnings.iter().all(repairs_itself);
    is_same.then(|| Repair {
        title: msg!("repair-all", repair = &first.title, count = repairs.len()),
        command: Command::Several(repairs.iter().map(|repair| repair.command.clone()).collect()),
    })
}

/// The thing that a repair changes.
fn changed(command: &Command) -> Option<Thing> {
    match command {
        Command::SetLink { from, to, .. } => Some(Thing::link(from, to)),
        Command::SetService { id, .. } => Some(Thing::service(id)),
        _ => None,
    }
}
