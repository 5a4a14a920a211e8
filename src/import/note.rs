//! Notes on a text that was read: the place, and a message about it.

use crate::msg;
use crate::scenario::limits;
use crate::scenario::problem::Problem;
use crate::text::{Message, Value};
use std::fmt;

/// A note. It has no language until it is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    /// Where in the text.
    pub place: Place,
    /// What the text has there, and what the import made of it.
    pub message: Message,
}

/// A place in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// The text as a whole.
    Whole,
    /// A line, counted from 1.
    Line(usize),
    /// A path into a document, e.g. `data[0].spans[3]`.
    Path(String),
}

impl fmt::Display for Place {
    /// The place in the current language; empty for the whole.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::Whole => Ok(()),
            Place::Line(line) => msg!("import-line", line = *line).fmt(f),
            Place::Path(path) => f.write_str(path),
        }
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Note { place, message } = self;
        if *place == Place::Whole { message.fmt(f) } else { write!(f, "{place}: {message}") }
    }
}

impl From<Message> for Note {
    /// A note on the whole text.
    fn from(message: Message) -> Self {
        Note { place: Place::Whole, message }
    }
}

impl From<Problem> for Note {
    /// A mistake in a scenario. Its words are those of the file format, in English.
    fn from(Problem { path, message }: Problem) -> Self {
        let place = if path.is_empty() { Place::Whole } else { Place::Path(path) };
        Note { place, message: msg!("import-mistake", text = message) }
    }
}

/// The notes so far. Bounded: later ones are only counted.
#[derive(Clone, Debug, Default)]
pub(super) struct Notes {
    notes: Vec<Note>,
    more: usize,
}

impl Notes {
    /// Adds a note.
    pub(super) fn add(&mut self, place: Place, message: Message) {
        if self.is_full() {
            self.count();
        } else {
            self.notes.push(Note { place, message });
        }
    }

    /// Whether another note would only be counted: then its message need not be made.
    pub(super) fn is_full(&self) -> bool {
        self.notes.len() == limits::PROBLEMS
    }

    /// Counts a note without its message.
    pub(super) fn count(&mut self) {
        self.more += 1;
    }

    /// All notes.
    pub(super) fn into_vec(mut self) -> Vec<Note> {
        if self.more > 0 {
            self.notes.push(msg!("import-more-notes", count = self.more).into());
        }
        self.notes
    }
}

/// An excerpt of a text for a note: in one line, about sixty characters at most.
pub(super) fn excerpt(text: &str) -> String {
    const SHOWN: usize = 60;
    let line = text.trim().lines().next().unwrap_or_default();
    match line.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line.to_owned(),
    }
}

/// Names in a note: some of them at most.
pub(super) fn names<T: AsRef<str>>(names: &[T]) -> Value {
    const SHOWN: usize = 8;
    let shown = Value::List(names.iter().take(SHOWN).map(|name| name.as_ref().into()).collect());
    match names.len().saturating_sub(SHOWN) {
        0 => shown,
        more => msg!("import-names-and-more", names = shown, more = more).into(),
    }
}
