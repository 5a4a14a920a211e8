//! The words that a scenario file uses, in one table each, for reading, writing and choosing from.

use super::{Discipline, DroppedLegs, Kind, Method, Protocol, Repeat, Threads};
use crate::policy::retry::Jitter;

/// A choice among a few words.
pub trait Word: Copy + PartialEq + 'static {
    /// The name of the choice, with its article, e.g. `a method`.
    const WHAT: &'static str;
    /// All words, in the order in which they are offered.
    const WORDS: &'static [(&'static str, Self)];

    /// The word in scenario files.
    fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(_, value)| *value == self).map_or("", |(word, _)| word)
    }

    /// The value of a word.
    fn from_word(word: &str) -> Option<Self> {
        Self::WORDS.iter().find(|(known, _)| *known == word).map(|(_, value)| *value)
    }
}

impl Word for Kind {
    const WHAT: &'static str = "a kind";
    const WORDS: &'static [(&'static str, Self)] =
        &[("client", Kind::Client), ("service", Kind::Service), ("external", Kind::External), ("stub", Kind::Stub)];
}

impl Word for Discipline {
    const WHAT: &'static str = "a discipline";
    const WORDS: &'static [(&'static str, Self)] = &[("fifo", Discipline::Fifo), ("lifo", Discipline::Lifo)];
}

impl Word for Threads {
    const WHAT: &'static str = "a way to use threads";
    const WORDS: &'static [(&'static str, Self)] = &[("blocking", Threads::Blocking), ("async", Threads::Async)];
}

impl Word for Repeat {
    const WHAT: &'static str = "a way to repeat";
    const WORDS: &'static [(&'static str, Self)] = &[("last", Repeat::Last), ("cycle", Repeat::Cycle)];
}

impl Word for Method {
    const WHAT: &'static str = "a method";
    const WORDS: &'static [(&'static str, Self)] = &[
        (Method::Get.name(), Method::Get),
        (Method::Head.name(), Method::Head),
        (Method::Options.name(), Method::Options),
        (Method::Put.name(), Method::Put),
        (Method::Delete.name(), Method::Delete),
        (Method::Post.name(), Method::Post),
        (Method::Patch.name(), Method::Patch),
    ];
}

impl Word for Protocol {
    const WHAT: &'static str = "a protocol";
    const WORDS: &'static [(&'static str, Self)] =
        &[("rest", Protocol::Rest), ("grpc", Protocol::Grpc), ("graphql", Protocol::Graphql), ("soap", Protocol::Soap)];
}

impl Word for DroppedLegs {
    const WHAT: &'static str = "a choice of legs";
    const WORDS: &'static [(&'static str, Self)] =
        &[("request", DroppedLegs::Request), ("response", DroppedLegs::Response), ("both", DroppedLegs::Both)];
}

impl Word for Jitter {
    const WHAT: &'static str = "a jitter";
    const WORDS: &'static [(&'static str, Self)] = &[
        ("none", Jitter::None),
        ("full", Jitter::Full),
        ("equal", Jitter::Equal),
        ("decorrelated", Jitter::Decorrelated),
    ];
}

/// How the teams of both ends of a link work together: the patterns of context
/// mapping in Evans, "Domain-Driven Design" (2003).
pub const RELATIONSHIPS: [&str; 8] = [
    "customer-supplier",
    "conformist",
    "partnership",
    "shared-kernel",
    "anticorruption-layer",
    "open-host",
    "published-language",
    "separate-ways",
];
