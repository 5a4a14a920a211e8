//! A warning, and the ways to repair what it is about.

use super::rule::Rule;
use crate::editor::command::Command;
use crate::editor::selection::Thing;
use crate::msg;
use crate::text::Message;

/// One thing that is wrong with a system.
#[derive(Clone, Debug, PartialEq)]
pub struct Warning {
    /// What is wrong with it.
    pub rule: Rule,
    /// Where: a link or a service. There is at most one warning of a rule at a thing.
    pub at: Thing,
    /// What else it is about.
    pub others: Vec<Thing>,
    /// Why it is wrong, with the numbers of this very system.
    pub reason: Message,
    /// One or two ways to repair it, the better one first. Each leaves a document that can run, without this warning.
    pub repairs: Vec<Repair>,
}

/// A way to repair what a warning is about.
#[derive(Clone, Debug, PartialEq)]
pub struct Repair {
    /// Its name, e.g. `Send the request id`. Repairs with the same name do the same.
    pub title: Message,
    /// The change of the document.
    pub command: Command,
}

impl Warning {
    /// Whether it is about this thing, even if it stands elsewhere.
    pub fn concerns(&self, thing: &Thing) -> bool {
        self.at == *thing || self.others.contains(thing)
    }
}

/// One repair for warnings of a rule at several things, as one entry of the history; `None` where no repair is the same
/// for all, or where the repair of one would undo the repair of another.
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

/// The one thing that a repair changes.
fn changed(command: &Command) -> Option<Thing> {
    match command {
        Command::SetLink { from, to, .. } => Some(Thing::link(from, to)),
        Command::SetService { id, .. } => Some(Thing::service(id)),
        _ => None,
    }
}
