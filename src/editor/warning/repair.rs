//! A warning, and the ways to repair what it is about.

use super::rule::Rule;
use crate::editor::command::Command;
use crate::editor::selection::Thing;

/// One thing that is wrong with a system.
#[derive(Clone, Debug, PartialEq)]
pub struct Warning {
    /// What is wrong with it.
    pub rule: Rule,
    /// Where: a link or a service. There is at most one warning of a rule at a thing.
    pub at: Thing,
    /// What else it is about.
    pub others: Vec<Thing>,
    /// Why it is wrong, in a sentence or two with the numbers of this very system.
    pub reason: String,
    /// One way or two to mend it, the first the better. Each leaves a document that can run, without this warning.
    pub repairs: Vec<Repair>,
}

/// A way to mend something.
#[derive(Clone, Debug, PartialEq)]
pub struct Repair {
    /// What it does, e.g. `Send the request id`.
    pub title: String,
    /// How.
    pub command: Command,
}

impl Warning {
    /// Whether it is about this thing, even if it stands elsewhere.
    pub fn concerns(&self, thing: &Thing) -> bool {
        self.at == *thing || self.others.contains(thing)
    }
}

/// One way to mend warnings of a rule at several things, as one entry of the history; `None` where there is none that is
/// the same for all, or where what mends the one would undo what mends the other.
pub fn together(warnings: &[Warning]) -> Option<Repair> {
    let repairs: Vec<&Repair> = warnings.iter().map(|warning| warning.repairs.first()).collect::<Option<_>>()?;
    let (first, others) = repairs.split_first()?;
    let mends_itself =
        |warning: &Warning| warning.repairs.first().is_some_and(|it| changed(&it.command) == Some(warning.at.clone()));
    let is_same = others.iter().all(|repair| repair.title == first.title) && warnings.iter().all(mends_itself);
    is_same.then(|| Repair {
        title: format!("{} in all {}", first.title, repairs.len()),
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
