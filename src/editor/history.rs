//! A document with its selection and its undo history.
//!
//! An [`Editor`] is a value: each command returns a new one and leaves the old one unchanged. To undo a command, the
//! editor stores the whole document before it: documents are small, and a copy cannot be wrong. Every document in it has
//! passed the check and carries its topology, so an edit is checked once.

use super::checked::Checked;
use super::command::Command;
use super::selection::Selection;
use crate::scenario::Scenario;
use crate::scenario::problem::Problem;
use crate::scenario::topology::Topology;
use std::rc::Rc;
use std::sync::Arc;

/// The most edits that can be undone.
pub const HISTORY: usize = 200;
/// The most services and links in all past documents together. A system of the largest size has fifty past documents.
pub const HISTORY_THINGS: usize = 60_000;

/// A state of the editor to return to by undo or redo.
#[derive(Clone, Debug, Default)]
struct Moment {
    checked: Checked,
    selection: Rc<Selection>,
}

impl Moment {
    fn things(&self) -> usize {
        self.checked.document().services.len() + self.checked.document().links.len()
    }
}

/// Compares by identity, not by content, because a whole history is compared often.
impl PartialEq for Moment {
    fn eq(&self, other: &Self) -> bool {
        self.checked == other.checked && Rc::ptr_eq(&self.selection, &other.selection)
    }
}

/// A document that can run, with its selection and its history. The default is an empty document.
///
/// **Invariant:** all selected things exist in the document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Editor {
    now: Moment,
    past: Vec<Moment>,
    future: Vec<Moment>,
    opened: u32,
}

impl Editor {
    /// Opens a document, with nothing to undo.
    ///
    /// # Errors
    /// All mistakes that keep the document from running.
    pub fn new(document: Scenario) -> Result<Self, Vec<Problem>> {
        let now = Moment { checked: Checked::new(document)?, selection: Rc::default() };
        Ok(Editor { now, ..Editor::default() })
    }

    /// The document.
    pub fn document(&self) -> &Rc<Scenario> {
        self.now.checked.document()
    }

    /// The topology that the simulation runs.
    pub fn topology(&self) -> &Arc<Topology> {
        self.now.checked.topology()
    }

    /// The document with its topology.
    pub fn checked(&self) -> &Checked {
        &self.now.checked
    }

    /// The selected things.
    pub fn selection(&self) -> &Selection {
        &self.now.selection
    }

    /// The number of documents opened so far. A new number means another system instead of an edit of this one.
    pub fn opened(&self) -> u32 {
        self.opened
    }

    /// Selects the things that exist. The selection is not part of the history.
    pub fn select(&self, selection: impl Into<Selection>) -> Editor {
        let selection = selection.into().within(self.document());
        let mut next = self.clone();
        // An equal selection keeps its identity, so that nothing is drawn again.
        if selection != *next.now.selection {
            next.now.selection = Rc::new(selection);
        }
        next
    }

    /// Applies a command. A command that changes nothing adds nothing to the history.
    ///
    /// # Errors
    /// All mistakes that keep the changed document from running.
    pub fn apply(&self, command: &Command) -> Result<Editor, Vec<Problem>> {
        let (document, selection) = command.applied(self.document(), self.selection());
        if document == **self.document() {
            return Ok(self.select(selection));
        }
        let mut next = self.clone();
        next.now.checked = self.now.checked.next(document)?;
        next.past.push(self.now.clone());
        while next.past.len() > HISTORY || next.past.iter().map(Moment::things).sum::<usize>() > HISTORY_THINGS {
            next.past.remove(0);
        }
        next.future.clear();
        next.opened += u32::from(matches!(command, Command::Load(_)));
        Ok(next.select(selection))
    }

    /// Undoes the last edit, if there is one.
    pub fn undo(&self) -> Editor {
        let mut next = self.clone();
        if let Some(moment) = next.past.pop() {
            next.future.push(std::mem::replace(&mut next.now, moment));
        }
        next
    }

    /// Redoes the edit that was undone last, if there is one.
    pub fn redo(&self) -> Editor {
        let mut next = self.clone();
        if let Some(moment) = next.future.pop() {
            next.past.push(std::mem::replace(&mut next.now, moment));
        }
        next
    }

    /// Whether there is something to undo.
    pub fn can_undo(&self) -> bool {
        !self.past.is_empty()
    }

    /// Whether there is something to redo.
    pub fn can_redo(&self) -> bool {
        !self.future.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::editor::Thing;
    use crate::scenario::{Kind, Link, Service};

    fn shop() -> Editor {
        let at = |x| [x, 0.0];
        Editor::new(Scenario::default())
            .unwrap()
            .apply(&Command::AddService { kind: Kind::Client, position: at(0.0) })
            .unwrap()
            .apply(&Command::AddService { kind: Kind::Service, position: at(200.0) })
            .unwrap()
            .apply(&Command::Connect { from: "client-1".into(), to: "service-1".into() })
            .unwrap()
    }

    #[test]
    fn every_edit_is_undone_and_redone_in_order() {
        let editor = shop();
        assert_eq!(editor.document().links.len(), 1);
        let back = editor.undo().undo();
        assert_eq!((back.document().services.len(), back.document().links.len()), (1, 0));
        assert_eq!(back.redo().redo().document(), editor.document());
        assert!(!back.undo().can_undo());
    }

    #[test]
    fn a_new_edit_discards_the_undone_edits() {
        let editor = shop().undo().apply(&Command::Move(vec![("service-1".into(), [5.0, 5.0])])).unwrap();
        assert!(!editor.can_redo());
    }

    #[test]
    fn an_edit_that_changes_nothing_is_not_in_the_history() {
        let editor = shop();
        let moved = editor.apply(&Command::Move(vec![("service-1".into(), [200.0, 0.0])])).unwrap();
        assert_eq!(moved.past.len(), editor.past.len());
    }

    #[test]
    fn the_selection_never_outlives_its_thing() {
        let editor = shop();
        assert_eq!(*editor.selection(), Selection::link("client-1", "service-1"));
        let without = editor.apply(&Command::Remove(Selection::service("service-1"))).unwrap();
        assert_eq!(*without.selection(), Selection::NONE);
        assert!(without.document().links.is_empty());
        assert_eq!(*editor.select(Thing::service("nobody")).selection(), Selection::NONE);
        let back = without.undo();
        assert!(back.selection().iter().all(|thing| thing.exists_in(back.document())));
    }

    #[test]
    fn the_history_is_bounded() {
        let mut editor = shop();
        for i in 0..HISTORY + 10 {
            editor = editor.apply(&Command::Move(vec![("service-1".into(), [i as f64 + 1.0, 7.0])])).unwrap();
        }
        assert_eq!(editor.past.len(), HISTORY);
    }

    #[test]
    fn the_history_of_a_large_system_is_shorter() {
        let services = (0..200).map(|i| Service::new(format!("s{i}"), Kind::Service)).collect::<Vec<_>>();
        let ends = |i: usize| (i % 200, (i % 200 + 1 + i / 200) % 200);
        let links = (0..1_000).map(ends).map(|(a, b)| Link::new(format!("s{a}"), format!("s{b}"))).collect();
        let mut editor = Editor::new(Scenario { services, links, ..Scenario::default() }).unwrap();
        for i in 0..60 {
            editor = editor.apply(&Command::Move(vec![("s1".into(), [f64::from(i), 7.0])])).unwrap();
        }
        assert_eq!(editor.past.len(), 50);
    }
}
