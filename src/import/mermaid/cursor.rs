//! A position in the text of a flowchart, and how nodes and links are read there.
//!
//! Names, links and shapes follow Mermaid's grammar, `flow.jison`.

use crate::id;
use crate::text::Id;

/// A node as it is written at one place.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Node {
    /// Its id in other statements.
    pub(super) id: String,
    /// Its text, if it is given here.
    pub(super) text: Option<String>,
    /// Its shape, if it is given here.
    pub(super) shape: Option<Shape>,
    /// Whether it has a class for its style.
    pub(super) is_classed: bool,
}

/// The meaning of a shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// A stadium or a circle: a start.
    Person,
    /// A subroutine, which is defined elsewhere.
    Elsewhere,
    /// A parallelogram: input and output.
    StandIn,
    /// Any other.
    Plain,
}

/// A link as it is written.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Edge {
    /// Its id in other statements: `e1@-->`.
    pub(super) id: Option<String>,
    /// Its text.
    pub(super) text: Option<String>,
    /// Whether its line is dotted.
    pub(super) is_dotted: bool,
    /// Whether it only separates nodes: `~~~`.
    pub(super) is_invisible: bool,
    /// Whether it also has an arrow at its beginning.
    pub(super) is_both_ways: bool,
}

/// The brackets that open and close shapes, the longest first.
const SHAPES: [(&str, &[&str], Shape); 13] = [
    ("(((", &[")))"], Shape::Person),
    ("((", &["))"], Shape::Person),
    ("([", &["])"], Shape::Person),
    ("(-", &["-)"], Shape::Plain),
    ("(", &[")"], Shape::Plain),
    ("[[", &["]]"], Shape::Elsewhere),
    ("[(", &[")]", "]"], Shape::Plain),
    ("[/", &["/]", "\\]", "]"], Shape::StandIn),
    ("[\\", &["\\]", "/]", "]"], Shape::Plain),
    ("[", &["]"], Shape::Plain),
    ("{{", &["}}"], Shape::Plain),
    ("{", &["}"], Shape::Plain),
    (">", &["]"], Shape::Plain),
];

/// The names of shapes with a meaning in `a@{ shape: … }`.
const NAMED: [(&[&str], Shape); 3] = [
    (&["stadium", "pill", "terminal", "circle", "circ", "dbl-circ", "double-circle"], Shape::Person),
    (&["subproc", "fr-rect", "framed-rectangle", "subprocess", "subroutine"], Shape::Elsewhere),
    (&["lean-r", "lean-right", "in-out"], Shape::StandIn),
];

/// A position in the text.
pub(super) struct Cursor<'a> {
    text: &'a str,
    at: usize,
    /// An earlier position and its line number, so that lines are counted only once.
    counted: (usize, usize),
}

/// The longest text in quotation marks or braces, in bytes: a missing end does not cost a search through the whole text.
const LONGEST: usize = 4_000;

impl<'a> Cursor<'a> {
    /// At the beginning of a text.
    pub(super) fn new(text: &'a str, first_line: usize) -> Self {
        let at = text.len() - text.trim_start_matches('\u{feff}').len();
        Cursor { text, at, counted: (0, first_line) }
    }

    /// The rest of the text.
    pub(super) fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    /// The number of the line.
    pub(super) fn line(&mut self) -> usize {
        let (at, line) = self.counted;
        if at < self.at {
            self.counted = (self.at, line + self.text[at..self.at].matches('\n').count());
        }
        self.counted.1
    }

    /// The whole current line.
    pub(super) fn whole_line(&self) -> &'a str {
        let start = self.text[..self.at].rfind('\n').map_or(0, |at| at + 1);
        self.text[start..].lines().next().unwrap_or_default()
    }

    /// Passes over `word` if it comes next.
    fn take(&mut self, word: &str) -> bool {
        let is_next = self.rest().starts_with(word);
        self.at += if is_next { word.len() } else { 0 };
        is_next
    }

    /// Passes over the characters that `kind` accepts, and returns them.
    fn take_while(&mut self, kind: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let end = rest.find(|c| !kind(c)).unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }

    fn spaces(&mut self) {
        self.take_while(|c| c == ' ' || c == '\t' || c == '\r');
    }

    /// Passes over everything up to and including `end`, and returns the text before `end`.
    fn take_until(&mut self, end: &str) -> Option<&'a str> {
        let rest = self.rest();
        let near = &rest[..rest.floor_char_boundary(LONGEST)];
        let length = near.find(end)?;
        self.at += length + end.len();
        Some(&rest[..length])
    }

    /// Goes to the beginning of the next statement. Returns whether there is one.
    pub(super) fn next_statement(&mut self) -> bool {
        self.take_while(|c| c.is_whitespace() || c == ';');
        self.at < self.text.len()
    }

    /// Whether the statement is over.
    pub(super) fn is_at_end_of_statement(&mut self) -> bool {
        self.spaces();
        self.rest().is_empty() || self.rest().starts_with([';', '\n'])
    }

    /// Goes to the end of the line.
    pub(super) fn skip_line(&mut self) {
        self.take_while(|c| c != '\n');
    }

    /// Goes to the end of the statement; styles contain no semicolon.
    pub(super) fn skip_statement(&mut self) {
        self.take_while(|c| c != '\n' && c != ';');
    }

    /// Passes over front matter, between two lines of dashes at the beginning, and returns it.
    pub(super) fn front_matter(&mut self) -> Option<&'a str> {
        self.take_while(char::is_whitespace);
        let rest = self.rest().strip_prefix("---")?;
        let end = rest.find("\n---")?;
        self.at += "---".len() + end + "\n---".len();
        self.skip_line();
        Some(&rest[..end])
    }

    /// Passes over a comment, or a directive of one or more lines: `%%{init: …}%%`. Returns whether there was one.
    pub(super) fn comment(&mut self) -> bool {
        if !self.take("%%") {
            return false;
        }
        if !(self.rest().starts_with('{') && self.take_until("}%%").is_some()) {
            self.skip_line();
        }
        true
    }

    /// Passes over a word.
    pub(super) fn word(&mut self) -> &'a str {
        self.take_while(|c| !c.is_whitespace() && c != ';')
    }

    /// Passes over the name of a direction, if one comes next.
    pub(super) fn direction(&mut self) {
        self.spaces();
        let start = self.at;
        if !matches!(self.word(), "TB" | "TD" | "BT" | "LR" | "RL" | "<" | ">" | "^" | "v") {
            self.at = start;
        }
    }

    /// Passes over this word if it is the whole next word, and no link follows: a link would make it the id of a node.
    pub(super) fn keyword(&mut self, word: &str) -> bool {
        let Some(rest) = self.rest().strip_prefix(word) else { return false };
        let is_whole = rest.is_empty() || rest.starts_with([' ', '\t', '\r', '\n', ';']);
        let mut after = Cursor { text: self.text, at: self.at + word.len(), counted: (0, 0) };
        let is_node = is_whole && matches!(after.edge(), Ok(Some(_)));
        self.at += if is_whole && !is_node { word.len() } else { 0 };
        is_whole && !is_node
    }

    /// Passes over `word: text` or `word { text }`, and returns the text.
    pub(super) fn text_of(&mut self, word: &str) -> Option<&'a str> {
        let start = self.at;
        if self.take(word) {
            self.spaces();
            if self.take(":") {
                return Some(self.take_while(|c| c != '\n').trim());
            }
            if self.take("{")
                && let Some(text) = self.take_until("}")
            {
                return Some(text);
            }
        }
        self.at = start;
        None
    }

    /// Passes over the rest of a `subgraph` statement, and returns its id and its title, if it has one.
    pub(super) fn subgraph(&mut self) -> (String, Option<String>) {
        self.spaces();
        if self.rest().starts_with('"') {
            let title = self.quoted().unwrap_or_default();
            self.skip_statement();
            return (title.clone(), Some(title));
        }
        let line = self.take_while(|c| c != '\n' && c != ';').trim();
        match line.split_once('[') {
            Some((id, title)) => {
                let title = title.trim_end().trim_end_matches(']').trim().trim_matches('"');
                (id.trim().to_owned(), Some(title.to_owned()))
            }
            None => (line.to_owned(), None),
        }
    }

    /// Passes over a text in quotation marks, of one or more lines, and returns it.
    fn quoted(&mut self) -> Option<String> {
        let start = self.at;
        if self.take("\"")
            && let Some(text) = self.take_until("\"")
        {
            return Some(text.to_owned());
        }
        self.at = start;
        None
    }

    /// Passes over `&` between two nodes. Returns whether there was one.
    pub(super) fn ampersand(&mut self) -> bool {
        self.spaces();
        let is_next = self.take("&");
        if is_next {
            self.take_while(char::is_whitespace);
        }
        is_next
    }

    /// Reads the id of a node, up to a space, a bracket or the beginning of a link.
    fn name(&mut self) -> &'a str {
        let rest = self.rest();
        let mut chars = rest.char_indices().peekable();
        let mut end = rest.len();
        while let Some((at, c)) = chars.next() {
            let next = chars.peek().map(|(_, c)| *c);
            let goes_on = match c {
                '-' => !matches!(next, Some('-' | '.' | '>')) && at > 0,
                '=' => next != Some('=') && at > 0,
                ':' => next != Some(':') && !rest[..at].ends_with(':'),
                '.' | '_' | '/' | '#' | '$' | '*' | '+' | '\'' | '!' | '?' | '\\' => true,
                _ => c.is_alphanumeric() || (!c.is_ascii() && !c.is_whitespace()),
            };
            if !goes_on {
                end = at;
                break;
            }
        }
        self.at += end;
        &rest[..end]
    }

    /// Reads the next node.
    pub(super) fn node(&mut self) -> Result<Node, Id> {
        self.spaces();
        let id = self.name().to_owned();
        if id.is_empty() {
            return Err(id!("import-statement-node"));
        }
        let mut node = Node { id, ..Node::default() };
        if self.take("@{") {
            let properties = self.take_until("}").ok_or(id!("import-statement-brace"))?;
            node.text = property(properties, "label");
            node.shape = property(properties, "shape").map(|name| named(&name));
        } else if let Some((opening, closings, shape)) =
            SHAPES.iter().find(|(opening, ..)| self.rest().starts_with(opening))
        {
            self.at += opening.len();
            node.text = Some(self.label(closings)?);
            node.shape = Some(*shape);
        }
        if self.take(":::") {
            self.name();
            node.is_classed = true;
        }
        Ok(node)
    }

    /// Reads the text in a shape, up to its closing bracket.
    fn label(&mut self, closings: &[&str]) -> Result<String, Id> {
        let start = self.at;
        self.take_while(char::is_whitespace);
        if let Some(text) = self.quoted() {
            self.take_while(char::is_whitespace);
            if closings.iter().any(|closing| self.take(closing)) {
                return Ok(text);
            }
        }
        self.at = start;
        let line = self.rest().lines().next().unwrap_or_default();
        let ends = closings.iter().filter_map(|closing| Some((line.find(closing)?, closing.len())));
        let (end, length) = ends.min().ok_or(id!("import-statement-shape"))?;
        self.at += end + length;
        Ok(line[..end].to_owned())
    }

    /// Reads the next link, if there is one.
    pub(super) fn edge(&mut self) -> Result<Option<Edge>, Id> {
        let start = self.at;
        self.spaces();
        let mut edge = Edge::default();
        let named = self.at;
        let id = self.name();
        if !id.is_empty() && self.take("@") && !self.rest().starts_with('{') {
            edge.id = Some(id.to_owned());
        } else {
            self.at = named;
        }
        edge.is_both_ways = self.rest().starts_with(['<', 'x', 'o'])
            && self.rest().get(1..3).is_some_and(|line| matches!(line, "--" | "==" | "-."));
        self.at += usize::from(edge.is_both_ways);
        let Some(is_whole) = self.line_of(&mut edge) else {
            self.at = start;
            return Ok(None);
        };
        if !is_whole {
            edge.text = Some(self.text_on(&edge)?);
        }
        let after = self.at;
        self.spaces();
        if self.take("|") {
            let text = self.rest_up_to('|').ok_or(id!("import-statement-bar"))?;
            edge.text = Some(text.trim().trim_matches('"').to_owned());
        } else {
            self.at = after;
        }
        self.take_while(char::is_whitespace);
        Ok(Some(edge))
    }

    /// Passes over the line of a link. Returns whether it is complete, or its text follows; `None` if there is no line.
    fn line_of(&mut self, edge: &mut Edge) -> Option<bool> {
        let rest = self.rest();
        if rest.starts_with("~~~") {
            edge.is_invisible = true;
            self.take_while(|c| c == '~');
            return Some(true);
        }
        // Some editors replace two dashes by a long one.
        if rest.starts_with("–>") || rest.starts_with("—>") {
            self.take_while(|c| matches!(c, '–' | '—' | '>'));
            return Some(true);
        }
        edge.is_dotted = rest.starts_with("-.");
        if edge.is_dotted {
            self.take("-");
            self.take_while(|c| c == '.');
            let is_whole = self.take("-");
            if is_whole {
                self.head();
            }
            return Some(is_whole);
        }
        let stroke = rest.chars().next().filter(|c| matches!(c, '-' | '='))?;
        let strokes = rest.chars().take_while(|c| *c == stroke).count();
        if strokes < 2 {
            return None;
        }
        self.at += strokes;
        Some(self.head() || strokes > 2)
    }

    /// Passes over the head of an arrow. Returns whether there was one.
    fn head(&mut self) -> bool {
        self.take(">") || self.take("x") || self.take("o")
    }

    /// Passes over the text within a line and the rest of the line, ` text -->`, and returns the text.
    fn text_on(&mut self, edge: &Edge) -> Result<String, Id> {
        self.spaces();
        let quoted = self.quoted();
        let line = self.rest().split('\n').next().unwrap_or_default();
        let is_end = |at: usize| {
            let rest = &line[at..];
            match edge.is_dotted {
                true => rest.trim_start_matches('.').starts_with('-') && rest.starts_with('.'),
                false => rest.starts_with("--") || rest.starts_with("=="),
            }
        };
        let end = line.char_indices().map(|(at, _)| at).find(|at| is_end(*at)).ok_or(id!("import-statement-link"))?;
        let text = line[..end].trim().to_owned();
        self.at += end;
        self.take_while(|c| matches!(c, '-' | '=' | '.'));
        self.head();
        Ok(quoted.unwrap_or(text))
    }

    /// Passes over the next `end` in this line, and returns the text before it.
    fn rest_up_to(&mut self, end: char) -> Option<&'a str> {
        let line = self.rest().split('\n').next().unwrap_or_default();
        let length = line.find(end)?;
        self.at += length + end.len_utf8();
        Some(&line[..length])
    }
}

/// The meaning of the name of a shape.
fn named(name: &str) -> Shape {
    let found = NAMED.iter().find(|(names, _)| names.contains(&name));
    found.map_or(Shape::Plain, |(_, shape)| *shape)
}

/// The value of a property in `shape: cyl, label: "Database"`, on one or more lines.
fn property(properties: &str, name: &str) -> Option<String> {
    let starts = properties.match_indices(name).map(|(at, _)| at);
    let start = starts
        .into_iter()
        .find(|at| properties[..*at].trim_end().ends_with([',', '{', '\n']) || properties[..*at].trim().is_empty())?;
    let value = properties[start + name.len()..].trim_start().strip_prefix(':')?.trim_start();
    let quoted = value.strip_prefix(['"', '\'']);
    let end = match quoted {
        Some(text) => text.find(['"', '\'']),
        None => value.find([',', '\n']),
    };
    let text = quoted.unwrap_or(value);
    Some(text[..end.unwrap_or(text.len())].trim().to_owned())
}
