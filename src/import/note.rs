//! What there is to say about a text that was read: where, what stands there, and what was made of it.

use crate::scenario::limits;
use crate::scenario::problem::Problem;
use std::fmt;

/// One remark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Where, e.g. `line 12` or `services.db.image`; empty for the whole.
    pub place: String,
    /// What stands there, or how often something does.
    pub found: String,
    /// What was made of it.
    pub done: String,
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = [&self.place, &self.found, &self.done];
        let said: Vec<&str> = parts.into_iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
        f.write_str(&said.join(": "))
    }
}

/// The remarks so far. Bounded: what comes later is counted.
#[derive(Clone, Debug, Default)]
pub(super) struct Notes {
    told: Vec<Note>,
    more: usize,
}

impl Notes {
    /// Adds a remark.
    pub(super) fn tell(&mut self, place: impl Into<String>, found: impl Into<String>, done: impl Into<String>) {
        if self.told.len() < limits::PROBLEMS {
            self.told.push(Note { place: place.into(), found: found.into(), done: done.into() });
        } else {
            self.more += 1;
        }
    }

    /// Whether another remark would only be counted: then nobody need put it into words.
    pub(super) fn is_full(&self) -> bool {
        self.told.len() == limits::PROBLEMS
    }

    /// Counts a remark that is not put into words.
    pub(super) fn count(&mut self) {
        self.more += 1;
    }

    /// All of them.
    pub(super) fn into_vec(mut self) -> Vec<Note> {
        if self.more > 0 {
            let found = format!("and {} more", self.more);
            self.told.push(Note { place: String::new(), found, done: String::new() });
        }
        self.told
    }

    /// The same as mistakes, for a text of which nothing was taken over.
    pub(super) fn into_problems(self) -> Vec<Problem> {
        let problem = |Note { place, found, done }: Note| {
            let message = if done.is_empty() { found } else { format!("{found}: {done}") };
            Problem { path: place, message }
        };
        self.into_vec().into_iter().map(problem).collect()
    }
}

/// A piece of a text as remarks quote it: in one line, at most some sixty characters of it.
pub(super) fn quoted(text: &str) -> String {
    const SHOWN: usize = 60;
    let line = text.trim().lines().next().unwrap_or_default();
    match line.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("“{}…”", &line[..end]),
        None => format!("“{line}”"),
    }
}
