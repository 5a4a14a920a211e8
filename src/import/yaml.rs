//! A YAML document as a tree with line numbers.
//!
//! The events come from `saphyr-parser`. The tree is our own, because other readers copy the node of an alias: here it is
//! shared, so that a page of aliases of aliases needs the memory of a page. Depth and number of nodes are bounded; aliases
//! and merged keys (`<<`) count.

use super::note::{Note, Place};
use crate::text::{Id, Value as TextValue};
use crate::{id, msg};
use saphyr_parser::{Event, Parser};
use std::collections::BTreeMap;
use std::rc::Rc;

/// The largest number of nodes within each other.
const DEPTH: usize = 64;
/// The largest number of nodes in all; merged keys count.
const NODES: usize = 500_000;

/// One node.
#[derive(Debug)]
pub(super) struct Node {
    /// The number of its line.
    pub(super) line: usize,
    /// Its value.
    pub(super) value: Value,
    /// The number of nodes within each other, this one included.
    depth: usize,
}

/// The value of a node.
#[derive(Debug)]
pub(super) enum Value {
    /// A word, a number or nothing, as written.
    Scalar(String),
    /// A list.
    List(Vec<Rc<Node>>),
    /// Keys and values in the order of the text. Each key appears once; merged ones come last.
    Map(Vec<(String, Rc<Node>)>),
}

impl Node {
    /// The value of a key.
    pub(super) fn get(&self, key: &str) -> Option<&Node> {
        self.entries().iter().find(|(name, _)| name == key).map(|(_, node)| node.as_ref())
    }

    /// All keys with their values; none if this is not a map.
    pub(super) fn entries(&self) -> &[(String, Rc<Node>)] {
        match &self.value {
            Value::Map(entries) => entries,
            Value::Scalar(_) | Value::List(_) => &[],
        }
    }

    /// The items of a list; none if this is not a list.
    pub(super) fn items(&self) -> &[Rc<Node>] {
        match &self.value {
            Value::List(items) => items,
            Value::Scalar(_) | Value::Map(_) => &[],
        }
    }

    /// A scalar as written.
    pub(super) fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar(text) => Some(text),
            Value::List(_) | Value::Map(_) => None,
        }
    }

    /// Whether the value is empty.
    pub(super) fn is_empty(&self) -> bool {
        matches!(self.text(), Some("" | "~" | "null"))
    }
}

/// Reads the first document of a text.
///
/// # Errors
/// The line where the text stops being YAML. The reasons of the parser are in English.
pub(super) fn parse(text: &str) -> Result<Rc<Node>, Vec<Note>> {
    let mut builder = Builder::default();
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| not_yaml(error.marker().line(), error.info()))?;
        let line = span.start.line();
        match builder.take(event, line) {
            Ok(false) => {}
            Ok(true) => break,
            Err(reason) => return Err(not_yaml(line, reason)),
        }
    }
    builder.root.ok_or_else(|| not_yaml(1, id!("import-yaml-nothing")))
}

fn not_yaml(line: usize, reason: impl Into<TextValue>) -> Vec<Note> {
    vec![Note { place: Place::Line(line), message: msg!("import-not-yaml", reason = reason) }]
}

/// A list or a map whose end is still to come.
struct Open {
    line: usize,
    anchor: usize,
    items: Vec<Rc<Node>>,
    is_map: bool,
}

#[derive(Default)]
struct Builder {
    open: Vec<Open>,
    anchors: BTreeMap<usize, Rc<Node>>,
    nodes: usize,
    root: Option<Rc<Node>>,
}

impl Builder {
    /// Takes an event. Returns whether the document is over.
    fn take(&mut self, event: Event, line: usize) -> Result<bool, Id> {
        match event {
            Event::Nothing | Event::StreamStart | Event::DocumentStart(_) => {}
            Event::StreamEnd | Event::DocumentEnd => return Ok(true),
            Event::Alias(anchor) => {
                let node = self.anchors.get(&anchor).cloned().ok_or(id!("import-yaml-own-anchor"))?;
                self.add(node)?;
            }
            Event::Scalar(text, _, anchor, _) => self.close(line, anchor, Value::Scalar(text.into_owned()))?,
            Event::SequenceStart(anchor, _) => self.begin(line, anchor, false)?,
            Event::MappingStart(anchor, _) => self.begin(line, anchor, true)?,
            Event::SequenceEnd | Event::MappingEnd => {
                let Some(Open { line, anchor, items, is_map }) = self.open.pop() else { return Ok(true) };
                let value = if is_map { Value::Map(self.entries(items)?) } else { Value::List(items) };
                self.close(line, anchor, value)?;
            }
        }
        Ok(false)
    }

    fn begin(&mut self, line: usize, anchor: usize, is_map: bool) -> Result<(), Id> {
        if self.open.len() == DEPTH {
            return Err(id!("import-yaml-too-deep"));
        }
        self.open.push(Open { line, anchor, items: Vec::new(), is_map });
        Ok(())
    }

    /// Adds a complete node.
    fn close(&mut self, line: usize, anchor: usize, value: Value) -> Result<(), Id> {
        let within = match &value {
            Value::Scalar(_) => 0,
            Value::List(items) => items.iter().map(|item| item.depth).max().unwrap_or(0),
            Value::Map(entries) => entries.iter().map(|(_, node)| node.depth).max().unwrap_or(0),
        };
        // An alias can add a deep node.
        if within >= DEPTH {
            return Err(id!("import-yaml-too-deep"));
        }
        let node = Rc::new(Node { line, value, depth: within + 1 });
        if anchor > 0 {
            self.anchors.insert(anchor, node.clone());
        }
        self.add(node)
    }

    fn add(&mut self, node: Rc<Node>) -> Result<(), Id> {
        self.count(1)?;
        match self.open.last_mut() {
            Some(open) => open.items.push(node),
            None => self.root = Some(node),
        }
        Ok(())
    }

    fn count(&mut self, more: usize) -> Result<(), Id> {
        self.nodes += more;
        if self.nodes > NODES { Err(id!("import-yaml-too-many")) } else { Ok(()) }
    }

    /// Pairs of keys and values: the first one of each key, then the keys that `<<` merges.
    fn entries(&mut self, items: Vec<Rc<Node>>) -> Result<Vec<(String, Rc<Node>)>, Id> {
        let mut entries = Vec::new();
        let mut known = BTreeMap::new();
        let mut merged = Vec::new();
        let mut put = |entries: &mut Vec<(String, Rc<Node>)>, key: &str, value: &Rc<Node>| {
            if known.insert(key.to_owned(), ()).is_none() {
                entries.push((key.to_owned(), value.clone()));
            }
        };
        for pair in items.chunks(2) {
            let [key, value] = pair else { continue };
            // No docker-compose file has a list or a map as a key.
            let Some(key) = key.text() else { continue };
            if key == "<<" { merged.push(value.clone()) } else { put(&mut entries, key, value) }
        }
        for node in &merged {
            let lists = node.items().iter().map(Rc::as_ref);
            for map in std::iter::once(node.as_ref()).chain(lists) {
                self.count(map.entries().len())?;
                map.entries().iter().for_each(|(key, value)| put(&mut entries, key, value));
            }
        }
        Ok(entries)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(text: &str) -> String {
        parse(text).unwrap_err()[0].to_string()
    }

    #[test]
    fn aliases_and_merged_keys_are_followed_and_lines_are_known() {
        let root = parse("base: &base\n  image: a\n  ports: [1]\nb:\n  <<: *base\n  image: b\nc: *base\n").unwrap();
        let b = root.get("b").unwrap();
        assert_eq!(b.get("image").and_then(Node::text), Some("b"));
        assert_eq!(b.get("ports").map(|ports| (ports.items().len(), ports.line)), Some((1, 3)));
        assert_eq!(root.get("c").and_then(|c| c.get("image")).and_then(Node::text), Some("a"));
    }

    #[test]
    fn mistakes_have_their_line() {
        assert!(message("a: 1\nb: [1, 2\nc: 3\n").starts_with("line "));
        assert!(message("a:\n\t- b\n").starts_with("line 2: This is not YAML: tabs"), "{}", message("a:\n\t- b\n"));
        assert!(message("a: *nobody").contains("unknown anchor"));
        assert!(message("a: &a [*a]").contains("within its own anchor"));
        assert!(message("").contains("nothing"));
    }

    #[test]
    fn a_billion_laughs_stay_one_page_of_text() {
        let mut text = "a0: &a0 [ha, ha]\n".to_owned();
        for i in 1..50 {
            text += &format!("a{i}: &a{i} [{}]\n", vec![format!("*a{}", i - 1); 10].join(", "));
        }
        assert!(parse(&text).is_ok());
        text = text.replace("a0: &a0 [ha, ha]", "a0: &a0 [[[[[[[[[[[[[[[[[[[[ha]]]]]]]]]]]]]]]]]]]]");
        assert!(message(&text).contains("within each other"));
        let wide: String = (0..1_000).map(|i| format!("k{i}: v\n  ")).collect();
        let merges: String = (0..1_000).map(|i| format!("m{i}:\n  <<: *all\n")).collect();
        assert!(message(&format!("all: &all\n  {wide}\n{merges}")).contains("merged keys"));
    }
}
