//! Mistakes in a scenario, in words that help to fix them.

use super::limits;
use super::path::Path;
use std::collections::BTreeSet;
use std::fmt;

/// One mistake: where it is, what was found and what is allowed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The path into the file, e.g. `links[2].timeout`; empty for the whole.
    pub path: String,
    /// What was found and what is allowed, e.g. `"fast" is not a duration, e.g. "250ms"`.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.path.is_empty() { f.write_str(&self.message) } else { write!(f, "{}: {}", self.path, self.message) }
    }
}

/// The mistakes found so far, and the places that could not be read: no further mistake is reported for those.
#[derive(Default)]
pub(super) struct Problems {
    reported: Vec<Problem>,
    more: usize,
    unread: BTreeSet<String>,
}

impl Problems {
    /// Reports a mistake, unless the place could not be read, which was reported already.
    pub(super) fn report(&mut self, path: &Path, message: impl FnOnce() -> String) {
        if self.can_trust(path) {
            self.push(path, message);
        }
    }

    /// Reports that a place could not be read.
    pub(super) fn report_unread(&mut self, path: &Path, message: impl FnOnce() -> String) {
        self.push(path, message);
        self.mark_unread(path);
    }

    /// Remembers that a place could not be read, for a reason that was reported elsewhere.
    pub(super) fn mark_unread(&mut self, path: &Path) {
        self.unread.insert(path.to_string());
    }

    /// Whether the scenario holds for this place what was written there.
    pub(super) fn can_trust(&self, path: &Path) -> bool {
        if self.unread.is_empty() {
            return true;
        }
        let is_unread = |p: &Path| self.unread.contains(&p.to_string());
        match path {
            _ if is_unread(path) => false,
            Path::Root => true,
            Path::Field(parent, _) | Path::Item(parent, _) => self.can_trust(parent),
        }
    }

    /// Whether nothing is wrong.
    pub(super) fn is_empty(&self) -> bool {
        self.reported.is_empty()
    }

    /// Whether another mistake would be reported, not only counted.
    pub(super) fn has_room(&self) -> bool {
        self.reported.len() < limits::PROBLEMS
    }

    /// All mistakes, in the order of the file. Those beyond the limit are only counted, in the last one.
    pub(super) fn into_vec(mut self) -> Vec<Problem> {
        self.reported.sort_by_key(|problem| place(&problem.path));
        if self.more > 0 {
            self.reported.push(Problem { path: String::new(), message: format!("and {} more", self.more) });
        }
        self.reported
    }

    fn push(&mut self, path: &Path, message: impl FnOnce() -> String) {
        if self.has_room() {
            self.reported.push(Problem { path: path.to_string(), message: message() });
        } else {
            self.more += 1;
        }
    }
}

/// Where a path leads, roughly: which list of the document, and which of its items. Within an item the order of finding stays.
fn place(path: &str) -> (usize, usize) {
    const LISTS: [&str; 6] = ["services", "links", "load", "faults", "objectives", "teams"];
    let (list, rest) = path.split_once('[').unwrap_or((path, ""));
    let item = rest.split_once(']').and_then(|(index, _)| index.parse().ok());
    (LISTS.iter().position(|name| *name == list).map_or(0, |at| at + 1), item.unwrap_or(0))
}

/// The name nearest to a mistyped one, if one is near enough to be meant.
pub(super) fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    const NEAR_ENOUGH: f64 = 0.8;
    const SHORT: usize = 3;
    if name.len() > limits::ID_CHARS {
        return None;
    }
    // Two letters that changed places make short words unlike by the first measure.
    let likeness = |candidate: &str| match strsim::osa_distance(name, candidate) {
        1 if candidate.chars().count() >= SHORT => strsim::jaro_winkler(name, candidate).max(NEAR_ENOUGH),
        _ => strsim::jaro_winkler(name, candidate),
    };
    known
        .into_iter()
        .filter(|candidate| candidate.len() <= limits::NAME_CHARS)
        .map(|candidate| (likeness(candidate), candidate))
        .filter(|(likeness, _)| *likeness >= NEAR_ENOUGH)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, candidate)| candidate)
}

/// The end of a message about an unknown name: `; did you mean "timeout"?`, or nothing.
pub(super) fn did_you_mean<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    nearest(name, known).map(|near| format!("; did you mean {near:?}?")).unwrap_or_default()
}
