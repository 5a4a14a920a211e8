//! What is wrong in a scenario, said so that it can be mended.

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
