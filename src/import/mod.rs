//! Bring your own system: a scenario out of what people have already.
//!
//! [`open`] takes any text: a scenario file, a Mermaid flowchart, a docker-compose file, or traces (OTLP/JSON, Jaeger
//! JSON). What a file says and a scenario can hold is taken over; what cannot be read, or means nothing here, is said in
//! a [`Note`] with its place, and the rest is kept. What a file does not say (how long work takes, in a drawing) has the
//! defaults of the format.
//!
//! Texts come from strangers: reading is bounded ([`limits`]) and never panics, and what comes out passes
//! [`check`](crate::scenario::check::check).

mod compose;
mod draft;
mod jaeger;
mod json;
mod mermaid;
mod note;
mod otlp;
mod spans;
mod traces;
mod yaml;

pub use note::Note;

use crate::scenario::problem::Problem;
use crate::scenario::{Scenario, limits, read};

/// A system that was read, and what there is to say about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Imported {
    /// What the text was.
    pub format: Format,
    /// The system. It passes [`check`](crate::scenario::check::check).
    pub scenario: Scenario,
    /// What was not taken over as it stands, in the order of the text; at most a hundred, then how many more.
    pub notes: Vec<Note>,
}

impl Imported {
    /// The same, called like its file where it has no title of its own.
    #[must_use]
    pub fn named_after(mut self, file: &str) -> Self {
        let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
        let name = draft::tidy(stem);
        if self.format != Format::Scenario && self.scenario.title == self.format.untitled() && !name.is_empty() {
            self.scenario.title = name;
        }
        self
    }
}

/// What can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A file of ours.
    Scenario,
    /// A flowchart in the language of Mermaid.
    Mermaid,
    /// A docker-compose file.
    Compose,
    /// Traces as the OpenTelemetry collector writes them.
    Otlp,
    /// Traces as Jaeger gives them.
    Jaeger,
}

impl Format {
    /// What a text seems to be, by a look at its words; `None`: nothing that can be read.
    pub fn of(text: &str) -> Option<Format> {
        let text = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
        // In a text within JSON a quotation mark has a backslash before it, so these are names of fields.
        let names = |words: &[&str]| words.iter().any(|word| text.contains(word));
        if text.starts_with(['{', '[']) {
            return Some(if names(&["\"resourceSpans\"", "\"scopeSpans\"", "\"batches\""]) {
                Format::Otlp
            } else if names(&["\"spanID\""]) {
                Format::Jaeger
            } else {
                Format::Scenario
            });
        }
        if mermaid::is_flowchart(text) {
            return Some(Format::Mermaid);
        }
        text.lines().any(|line| line.trim_end() == "services:").then_some(Format::Compose)
    }

    /// Its name, with an article: `a Mermaid flowchart`.
    pub const fn name(self) -> &'static str {
        match self {
            Format::Scenario => "a scenario",
            Format::Mermaid => "a Mermaid flowchart",
            Format::Compose => "a docker-compose file",
            Format::Otlp => "traces (OTLP/JSON)",
            Format::Jaeger => "traces (Jaeger JSON)",
        }
    }

    /// What a system of it is called that has no title.
    pub(crate) const fn untitled(self) -> &'static str {
        match self {
            Format::Scenario => "",
            Format::Mermaid => "From a flowchart",
            Format::Compose => "From a docker-compose file",
            Format::Otlp | Format::Jaeger => "From traces",
        }
    }

    /// How many bytes of it are read at most: a trace tells of many requests.
    pub const fn most_bytes(self) -> usize {
        match self {
            Format::Otlp | Format::Jaeger => limits::TRACE_BYTES,
            Format::Scenario | Format::Mermaid | Format::Compose => limits::FILE_BYTES,
        }
    }
}

/// Reads a text, whatever it is.
///
/// # Errors
/// Why nothing of it could be taken over, with every place.
pub fn open(text: &str) -> Result<Imported, Vec<Problem>> {
    let Some(format) = Format::of(text) else {
        return Err(vec![problem(
            "This is neither a scenario nor a Mermaid flowchart, a docker-compose file, or traces as OTLP/JSON or Jaeger JSON.",
        )]);
    };
    if text.len() > format.most_bytes() {
        let (found, most) = (text.len(), format.most_bytes());
        return Err(vec![problem(&format!("{}: {found} bytes; at most {most} are read", format.name()))]);
    }
    match format {
        Format::Scenario => read::read(text).map(|scenario| Imported { format, scenario, notes: Vec::new() }),
        Format::Mermaid => mermaid::read(text),
        Format::Compose => compose::read(text),
        Format::Otlp => traces::read(format, otlp::read(text)?),
        Format::Jaeger => traces::read(format, jaeger::read(text)?),
    }
}

fn problem(message: &str) -> Problem {
    Problem { path: String::new(), message: message.into() }
}
