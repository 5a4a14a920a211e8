//! Imports: makes a scenario from a file that people already have.
//!
//! [`open`] takes any text: a scenario file, a Mermaid flowchart, a docker-compose file, or traces (OTLP/JSON, Jaeger
//! JSON). It takes over everything that a scenario can hold, and adds a [`Note`] with the place for everything that it
//! cannot read or that means nothing here. Values that a file lacks, such as the work of a service in a drawing, have the
//! defaults of the format.
//!
//! Texts come from strangers: reading is bounded ([`limits`]) and never panics, and the result passes
//! [`check`](crate::scenario::check::check).
//!
//! Names that an import adds (the title, a client in front) are in the current language of [`text`](crate::text), because
//! they become part of the user's document; ids are the same in every language.

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

pub use note::{Note, Place};

use crate::scenario::{Scenario, limits, read};
use crate::text::Id;
use crate::{id, msg, t};

/// A system that was read, with notes.
#[derive(Clone, Debug, PartialEq)]
pub struct Imported {
    /// The format of the text.
    pub format: Format,
    /// The system. It passes [`check`](crate::scenario::check::check).
    pub scenario: Scenario,
    /// Whether the text gives the system a title.
    pub has_title: bool,
    /// Notes on what was assumed, changed or left out, in the order of the text: at most a hundred, then their number.
    pub notes: Vec<Note>,
}

impl Imported {
    /// Names the system after its file, unless the text gives it a title.
    #[must_use]
    pub fn named_after(mut self, file: &str) -> Self {
        let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
        let name = draft::tidy(stem);
        if !self.has_title && !name.is_empty() {
            self.scenario.title = name;
        }
        self
    }
}

/// A format that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A scenario file of this program.
    Scenario,
    /// A Mermaid flowchart.
    Mermaid,
    /// A docker-compose file.
    Compose,
    /// Traces as the OpenTelemetry collector writes them.
    Otlp,
    /// Traces as Jaeger exports them.
    Jaeger,
}

impl Format {
    /// Guesses the format of a text from its words; `None` if it has none of these formats.
    pub fn of(text: &str) -> Option<Format> {
        let text = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
        // A quotation mark inside a JSON string has a backslash before it, so these can only be names of fields.
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

    /// Its name with an article: `a Mermaid flowchart`.
    pub const fn name(self) -> Id {
        match self {
            Format::Scenario => id!("import-format-scenario"),
            Format::Mermaid => id!("import-format-mermaid"),
            Format::Compose => id!("import-format-compose"),
            Format::Otlp => id!("import-format-otlp"),
            Format::Jaeger => id!("import-format-jaeger"),
        }
    }

    /// The title of a system whose text gives none.
    fn default_title(self) -> String {
        match self {
            Format::Scenario => String::new(),
            Format::Mermaid => t!("import-title-mermaid"),
            Format::Compose => t!("import-title-compose"),
            Format::Otlp | Format::Jaeger => t!("import-title-traces"),
        }
    }

    /// The largest text that is read, in bytes. Traces may be larger, because they record many requests.
    pub const fn most_bytes(self) -> usize {
        match self {
            Format::Otlp | Format::Jaeger => limits::TRACE_BYTES,
            Format::Scenario | Format::Mermaid | Format::Compose => limits::FILE_BYTES,
        }
    }
}

/// Reads a text of any format.
///
/// # Errors
/// The reasons why the text cannot become a system, with their places.
pub fn open(text: &str) -> Result<Imported, Vec<Note>> {
    let Some(format) = Format::of(text) else { return Err(vec![msg!("import-unknown").into()]) };
    let (bytes, most) = (text.len(), format.most_bytes());
    if bytes > most {
        return Err(vec![msg!("import-too-large", format = format.name(), bytes = bytes, most = most).into()]);
    }
    match format {
        Format::Scenario => match read::read(text) {
            Ok(scenario) => Ok(Imported { format, scenario, has_title: true, notes: Vec::new() }),
            Err(problems) => Err(problems.into_iter().map(Note::from).collect()),
        },
        Format::Mermaid => mermaid::read(text),
        Format::Compose => compose::read(text),
        Format::Otlp => traces::read(format, otlp::read(text)?),
        Format::Jaeger => traces::read(format, jaeger::read(text)?),
    }
}
