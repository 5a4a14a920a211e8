//! Mermaid flowcharts: <https://mermaid.js.org/syntax/flowchart.html>.
//!
//! | in the flowchart | in the system |
//! |---|---|
//! | a node | a service with the text of the node as its name |
//! | a stadium `([…])` or circle `((…))` that nobody calls | a client |
//! | a subroutine `[[…]]` | an external service |
//! | a parallelogram `[/…/]` that calls nobody | a stub |
//! | a link `-->`, `---`, `==>`, `--o`, `--x`, `<-->` | a call from left to right |
//! | a dotted link `-.->` | a call that may fail: `optional` |
//! | the text of a link | a method, a protocol, `timeout 500 ms`, `up to 3 attempts`, if it has them |
//! | a subgraph | a team; the innermost one counts |
//! | `title` of the front matter, `accTitle`, `accDescr` | title and description |
//!
//! A client in front calls each service that nobody calls, because no request would arrive there otherwise. Styles,
//! classes, links to pages and the direction mean nothing here.
//!
//! The reader is our own, because the crates that read flowcharts draw them, refuse a whole text for one line or silently
//! drop unknown parts, and are large or under the GPL. Here a line that cannot be read costs only that line.
//! `mermaid/cursor.rs` reads nodes and links, `mermaid/label.rs` their texts.

mod cursor;
mod label;

use super::draft::Draft;
use super::note::{Note, Place, excerpt};
use super::{Format, Imported};
use crate::policy::retry;
use crate::scenario::words::Word;
use crate::scenario::{Kind, Method, Protocol, Reply, duration};
use crate::text::Id;
use crate::time::Span;
use crate::{id, msg};
use cursor::{Cursor, Edge, Node, Shape};
use std::collections::{BTreeMap, BTreeSet};

/// Whether a text is a flowchart, alone or within a Markdown document.
pub(super) fn is_flowchart(text: &str) -> bool {
    is_diagram(text) || fences(text).any(|(_, block)| is_diagram(block))
}

fn is_diagram(text: &str) -> bool {
    matches!(first_word(text), Some("graph" | "flowchart" | "flowchart-elk"))
}

/// The word that names the kind of diagram: the first after front matter, comments and directives.
fn first_word(text: &str) -> Option<&str> {
    let mut reader = Reader::new(text, 1);
    reader.preamble();
    let rest = reader.cursor.rest();
    let end = rest.find(|c: char| c.is_whitespace() || c == ';').unwrap_or(rest.len());
    Some(&rest[..end]).filter(|word| !word.is_empty())
}

/// The Mermaid blocks of a Markdown document, each with the number of its first line.
fn fences(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut lines = text.split_inclusive('\n').scan((0, 0), |(at, number), line| {
        let start = *at;
        *at += line.len();
        *number += 1;
        Some((start, *number, line.trim()))
    });
    std::iter::from_fn(move || {
        let is_fence = |line: &str| line.starts_with("```mermaid") || line.starts_with("~~~mermaid");
        let (start, number, fence) = lines.find(|(_, _, line)| is_fence(line))?;
        let inner = start + text[start..].find('\n').map_or(text.len() - start, |end| end + 1);
        let end = lines.find(|(_, _, line)| line.starts_with(&fence[..3])).map_or(text.len(), |(end, ..)| end);
        Some((number + 1, &text[inner.min(end)..end]))
    })
}

/// Reads a flowchart, the first of a Markdown document.
pub(super) fn read(text: &str) -> Result<Imported, Vec<Note>> {
    if is_diagram(text) {
        return Reader::new(text, 1).read();
    }
    let mut charts = fences(text).filter(|(_, block)| is_diagram(block));
    let Some((line, chart)) = charts.next() else { return Err(vec![msg!("import-no-flowchart").into()]) };
    let mut reader = Reader::new(chart, line);
    let more = charts.count();
    if more > 0 {
        reader.draft.notes.add(Place::Whole, msg!("import-more-flowcharts", count = more));
    }
    reader.read()
}

/// A flowchart while it is being read.
struct Reader<'a> {
    cursor: Cursor<'a>,
    draft: Draft,
    /// The shapes of the services, by their index.
    shapes: BTreeMap<usize, Shape>,
    /// The teams of the open subgraphs.
    open: Vec<Option<String>>,
    /// The ids of subgraphs: a link from or to one of them is not a call between services.
    groups: BTreeSet<String>,
    /// The ids of links: a statement about one of them looks like a node.
    edges: BTreeSet<String>,
    /// Statements without a meaning here, with the line of the first and their number.
    unused: BTreeMap<Unused, (usize, usize)>,
}

/// A kind of statement without a meaning in a system.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Unused {
    Animations,
    Classes,
    InvisibleLinks,
    Pages,
    Styles,
}

impl Unused {
    const fn name(self) -> Id {
        match self {
            Unused::Animations => id!("import-animations"),
            Unused::Classes => id!("import-classes"),
            Unused::InvisibleLinks => id!("import-invisible-links"),
            Unused::Pages => id!("import-pages"),
            Unused::Styles => id!("import-styles"),
        }
    }
}

/// The nodes on one side of a link.
type Side = BTreeSet<usize>;

impl<'a> Reader<'a> {
    fn new(text: &'a str, first_line: usize) -> Self {
        Reader {
            cursor: Cursor::new(text, first_line),
            draft: Draft::default(),
            shapes: BTreeMap::new(),
            open: Vec::new(),
            groups: BTreeSet::new(),
            edges: BTreeSet::new(),
            unused: BTreeMap::new(),
        }
    }

    fn read(mut self) -> Result<Imported, Vec<Note>> {
        self.preamble();
        self.cursor.word();
        self.direction();
        while self.cursor.next_statement() {
            let line = self.cursor.line();
            if let Err(reason) = self.statement(line) {
                let text = excerpt(self.cursor.whole_line());
                self.draft.notes.add(Place::Line(line), msg!("import-statement", text = text, reason = reason));
                self.cursor.skip_line();
            }
        }
        if !self.open.is_empty() {
            self.draft.notes.add(Place::Whole, msg!("import-subgraph-open"));
        }
        self.finish()
    }

    /// Reads the part before the diagram: front matter, directives, comments.
    fn preamble(&mut self) {
        if let Some(matter) = self.cursor.front_matter() {
            let title = matter.lines().find_map(|line| line.trim_start().strip_prefix("title:"));
            self.draft.scenario.title =
                title.map(|title| label::clean(title.trim().trim_matches(['"', '\'']))).unwrap_or_default();
        }
        while self.cursor.next_statement() && self.cursor.comment() {}
    }

    fn statement(&mut self, line: usize) -> Result<(), Id> {
        if self.cursor.comment() {
            return Ok(());
        }
        for (keyword, unused) in [
            ("classDef", Unused::Classes),
            ("class", Unused::Classes),
            ("style", Unused::Styles),
            ("linkStyle", Unused::Styles),
        ] {
            if self.cursor.keyword(keyword) {
                self.not_used(unused, line);
                self.cursor.skip_statement();
                return Ok(());
            }
        }
        if self.cursor.keyword("click") {
            self.not_used(Unused::Pages, line);
            self.cursor.skip_line();
            Ok(())
        } else if self.cursor.keyword("subgraph") {
            self.subgraph(line)
        } else if self.cursor.keyword("end") {
            self.open.pop().map(|_| ()).ok_or(id!("import-statement-end"))
        } else if self.cursor.keyword("direction") {
            self.direction();
            Ok(())
        } else if let Some(title) = self.cursor.text_of("accTitle") {
            self.draft.scenario.title = label::clean(title);
            Ok(())
        } else if let Some(words) = self.cursor.text_of("accDescr") {
            self.draft.scenario.description = words.trim().chars().take(1_000).collect();
            Ok(())
        } else {
            self.chain(line)
        }
    }

    /// Passes over a direction (`LR`, `TD`, …): every system is laid out from left to right.
    fn direction(&mut self) {
        self.cursor.direction();
    }

    fn subgraph(&mut self, line: usize) -> Result<(), Id> {
        let (id, title) = self.cursor.subgraph();
        let title = label::clean(&title.unwrap_or_else(|| id.clone()));
        let team = if title.is_empty() { None } else { self.draft.team(&title) };
        if team.is_none() {
            self.draft.notes.add(Place::Line(line), msg!("import-subgraph-left-out"));
        }
        self.groups.insert(id);
        self.open.push(team);
        Ok(())
    }

    /// Reads nodes and the links between them: `a --> b & c --> d`.
    fn chain(&mut self, line: usize) -> Result<(), Id> {
        let mut left = self.side(line)?;
        while let Some(edge) = self.cursor.edge()? {
            let right = self.side(line)?;
            self.connect(&left, &edge, &right, line);
            left = right;
        }
        if self.cursor.is_at_end_of_statement() { Ok(()) } else { Err(id!("import-statement-neither")) }
    }

    /// Reads one node, or several with `&` between.
    fn side(&mut self, line: usize) -> Result<Side, Id> {
        let mut side = Side::new();
        loop {
            let node = self.cursor.node()?;
            side.extend(self.node(&node, line));
            if !self.cursor.ampersand() {
                return Ok(side);
            }
        }
    }

    fn node(&mut self, node: &Node, line: usize) -> Option<usize> {
        if node.is_classed {
            self.not_used(Unused::Classes, line);
        }
        if self.edges.contains(&node.id) {
            self.not_used(Unused::Animations, line);
            return None;
        }
        if self.groups.contains(&node.id) {
            self.draft.notes.add(Place::Line(line), msg!("import-subgraph-linked", name = excerpt(&node.id)));
            return None;
        }
        let index = self.draft.service(&node.id, Place::Line(line))?;
        if let Some(text) = &node.text {
            self.draft.rename(index, &label::clean(text));
        }
        if let Some(shape) = node.shape {
            self.shapes.insert(index, shape);
        }
        if let Some(team) = self.open.iter().rev().flatten().next() {
            self.draft.at(index).team.get_or_insert_with(|| team.clone());
        }
        Some(index)
    }

    fn connect(&mut self, left: &Side, edge: &Edge, right: &Side, line: usize) {
        self.edges.extend(edge.id.clone());
        if edge.is_invisible {
            return self.not_used(Unused::InvisibleLinks, line);
        }
        if edge.is_both_ways {
            self.draft.notes.add(Place::Line(line), msg!("import-two-arrows"));
        }
        let text = edge.text.as_deref().map(label::clean).unwrap_or_default();
        let (words, unread) = Words::of(&text);
        if !unread.is_empty() {
            self.draft.notes.add(Place::Line(line), msg!("import-link-text", text = excerpt(&unread)));
        }
        for (from, to) in left.iter().flat_map(|from| right.iter().map(move |to| (*from, *to))) {
            if let Some(link) = self.draft.link(from, to, Place::Line(line)) {
                link.optional |= edge.is_dotted;
                link.method = words.method.unwrap_or(link.method);
                link.protocol = words.protocol.unwrap_or(link.protocol);
                link.timeout = words.timeout.or(link.timeout);
                link.retry = words.attempts.map(retry::Config::of).or(link.retry.take());
            }
        }
    }

    fn not_used(&mut self, unused: Unused, line: usize) {
        self.unused.entry(unused).or_insert((line, 0)).1 += 1;
    }

    fn finish(mut self) -> Result<Imported, Vec<Note>> {
        for (unused, (line, count)) in std::mem::take(&mut self.unused) {
            self.draft.notes.add(Place::Line(line), msg!("import-unused", what = unused.name(), count = count));
        }
        self.draft.name_ids();
        self.draft.break_circles();
        for index in 0..self.draft.scenario.services.len() {
            let (called, calls) = (self.draft.is_called(index), self.draft.calls(index));
            let kind = match self.shapes.get(&index) {
                Some(Shape::Person) if calls && !called => Kind::Client,
                Some(Shape::Elsewhere) => Kind::External,
                Some(Shape::StandIn) if called && !calls => Kind::Stub,
                _ => Kind::Service,
            };
            let service = self.draft.at(index);
            service.kind = kind;
            if kind == Kind::Stub {
                service.workers = None;
                service.script = vec![Reply { after: Span::millis(10), status: 200 }];
            }
        }
        let uncalled: Vec<usize> =
            (0..self.draft.scenario.services.len()).filter(|index| !self.draft.is_called(*index)).collect();
        let (clients, entries): (Vec<usize>, Vec<usize>) =
            uncalled.into_iter().partition(|index| self.draft.scenario.services[*index].kind == Kind::Client);
        clients.into_iter().for_each(|client| self.draft.modest_load(client));
        self.draft.add_users(&entries);
        self.draft.finish(Format::Mermaid)
    }
}

/// The settings of a call in the text of a link.
#[derive(Default)]
struct Words {
    method: Option<Method>,
    protocol: Option<Protocol>,
    timeout: Option<Span>,
    attempts: Option<u32>,
}

impl Words {
    /// Reads a text. Returns the settings, and the words without a meaning.
    fn of(text: &str) -> (Words, String) {
        let mut found = Words::default();
        let mut unread = Vec::new();
        let words: Vec<&str> = text.split([' ', ',', ';', ':', '(', ')']).filter(|word| !word.is_empty()).collect();
        let mut rest = words.as_slice();
        while let Some((word, others)) = rest.split_first() {
            rest = others;
            if let Some(method) = Method::from_word(word) {
                found.method = Some(method);
            } else if let Some(protocol) = Protocol::from_word(&word.to_ascii_lowercase()) {
                found.protocol = Some(protocol);
            } else if let ("timeout", Some((timeout, others))) = (*word, leading_duration(rest)) {
                found.timeout = Some(timeout);
                rest = others;
            } else if let (&"up", ["to", number, "attempts", others @ ..]) = (word, rest)
                && let Some(attempts) = number.parse().ok().filter(|n| (1..=100).contains(n))
            {
                found.attempts = Some(attempts);
                rest = others;
            } else {
                unread.push(*word);
            }
        }
        (found, unread.join(" "))
    }
}

/// The duration at the beginning, as `1.5s` or `1.5 s`, and the words after it.
fn leading_duration<'a>(words: &'a [&'a str]) -> Option<(Span, &'a [&'a str])> {
    let above_zero = |text: &str| duration::parse(text).ok().filter(|span| *span > Span::ZERO);
    match words {
        [number, unit, others @ ..] if above_zero(&format!("{number}{unit}")).is_some() => {
            Some((above_zero(&format!("{number}{unit}"))?, others))
        }
        [word, others @ ..] => Some((above_zero(word)?, others)),
        [] => None,
    }
}
