//! Reads vectors, and notices what nobody has read.
//!
//! A setting that a rule overlooks would be answered for a system that is not the one the vector describes. Therefore
//! every rule reads its vector through a [`Reader`], which remembers each value that it has handed out. What is left in
//! the end makes the vector not apply, by name. The same goes for a value of an unexpected kind and for a word that a
//! rule does not know. Only the keys of [`DOCUMENTATION`] may be left unread.

use serde_json::Value;
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;

/// Keys whose values are for people: they change nothing about what a vector asserts.
const DOCUMENTATION: [&str; 24] = [
    "about",
    "closed_forms",
    "comment",
    "comments",
    "derived",
    "description",
    "generated",
    "generated_by",
    "head_only",
    "licence",
    "license",
    "model",
    "name",
    "note",
    "notes",
    "quirk",
    "recovery",
    "rule",
    "rules",
    "semantics",
    "source",
    "sources",
    "title",
    "url",
];

/// The keys that are documentation also among settings and expectations, where a `rule` or a `model` is to be obeyed.
const REMARKS: [&str; 6] = ["comment", "comments", "description", "name", "note", "notes"];

/// Why a vector does not apply.
#[derive(Clone, Debug, PartialEq)]
pub struct Refusal(pub String);

/// What was read, or why the vector does not apply.
pub type Reading<T> = Result<T, Refusal>;

/// It does not apply, because of `reason`.
pub fn refuse<T>(reason: impl Into<String>) -> Reading<T> {
    Err(Refusal(reason.into()))
}

/// A value of a vector and the way to it. Its parts remember together what has been read.
#[derive(Clone)]
pub struct Reader<'a> {
    value: &'a Value,
    path: String,
    read: Rc<RefCell<BTreeSet<*const Value>>>,
}

impl<'a> Reader<'a> {
    /// Reads a whole vector, or a whole document.
    pub fn new(value: &'a Value) -> Self {
        Reader { value, path: String::new(), read: Rc::default() }
    }

    fn part(&self, value: &'a Value, path: String) -> Self {
        Reader { value, path, read: Rc::clone(&self.read) }
    }

    fn mark(&self) {
        self.read.borrow_mut().insert(self.value);
    }

    /// Whether there is such a key, without reading it.
    pub fn has(&self, key: &str) -> bool {
        self.value.get(key).is_some()
    }

    /// The value of a key; `None` where there is none, or null.
    pub fn get(&self, key: &str) -> Option<Reader<'a>> {
        if !self.value.is_object() {
            return None;
        }
        self.mark();
        let part = self.part(self.value.get(key)?, join(&self.path, key));
        part.mark();
        Some(part).filter(|part| !part.value.is_null())
    }

    /// The keys of this object, without reading their values.
    pub fn keys(&self) -> Vec<&'a str> {
        self.value.as_object().into_iter().flatten().map(|(key, _)| key.as_str()).collect()
    }

    fn expected<T>(&self, value: Option<T>, kind: &str) -> Reading<T> {
        self.mark();
        value.map_or_else(|| refuse(format!("{} is {}, not {kind}", self.subject(), self.value)), Ok)
    }

    /// This value as a number.
    pub fn as_number(&self) -> Reading<f64> {
        self.expected(self.value.as_f64(), "a number")
    }

    /// This value as a whole number.
    pub fn as_count(&self) -> Reading<u64> {
        self.expected(self.value.as_u64(), "a count")
    }

    /// This value as a text.
    pub fn as_text(&self) -> Reading<&'a str> {
        self.expected(self.value.as_str(), "a text")
    }

    /// This value as yes or no.
    pub fn as_flag(&self) -> Reading<bool> {
        self.expected(self.value.as_bool(), "true or false")
    }

    /// This value as it is, whatever it is.
    pub fn raw(&self) -> &'a Value {
        self.mark();
        self.value
    }

    /// This value as a list, whose elements are yet to be read.
    pub fn as_list(&self) -> Reading<Vec<Reader<'a>>> {
        let list = self.expected(self.value.as_array(), "a list")?;
        Ok(list.iter().map(|value| self.part(value, format!("{}[]", self.path))).collect())
    }

    /// Whether this value is an object.
    pub fn is_object(&self) -> bool {
        self.value.is_object()
    }

    /// Whether this value is null, which is all that can be read of it.
    pub fn is_null(&self) -> bool {
        self.mark();
        self.value.is_null()
    }

    /// A number, if the key is there.
    pub fn number(&self, key: &str) -> Reading<Option<f64>> {
        self.get(key).map(|value| value.as_number()).transpose()
    }

    /// A whole number, if the key is there.
    pub fn count(&self, key: &str) -> Reading<Option<u64>> {
        self.get(key).map(|value| value.as_count()).transpose()
    }

    /// A whole number of 32 bits, if the key is there.
    pub fn small(&self, key: &str) -> Reading<Option<u32>> {
        let small = |value: Reader<'a>| value.expected(u32::try_from(value.as_count()?).ok(), "a count of 32 bits");
        self.get(key).map(small).transpose()
    }

    /// Yes or no, if the key is there.
    pub fn flag(&self, key: &str) -> Reading<Option<bool>> {
        self.get(key).map(|value| value.as_flag()).transpose()
    }

    /// A text that may be anything, if the key is there.
    pub fn text(&self, key: &str) -> Reading<Option<&'a str>> {
        self.get(key).map(|value| value.as_text()).transpose()
    }

    /// One of the words that the rule knows, if the key is there.
    pub fn word<T: Clone>(&self, key: &str, known: &[(&str, T)]) -> Reading<Option<T>> {
        let Some(value) = self.get(key) else { return Ok(None) };
        let text = value.as_text()?;
        let meaning = known.iter().find(|(word, _)| *word == text).map(|(_, meaning)| meaning.clone());
        meaning.map_or_else(|| value.refused(), |meaning| Ok(Some(meaning)))
    }

    /// A list, if the key is there.
    pub fn list(&self, key: &str) -> Reading<Option<Vec<Reader<'a>>>> {
        self.get(key).map(|value| value.as_list()).transpose()
    }

    /// The object of a key; an empty one where there is none.
    pub fn object(&self, key: &str) -> Reading<Reader<'a>> {
        static EMPTY: Value = Value::Null;
        match self.get(key) {
            Some(value) if value.is_object() => Ok(value),
            Some(value) => value.expected(None, "an object"),
            None => Ok(Reader { value: &EMPTY, path: key.to_owned(), read: Rc::default() }),
        }
    }

    /// Whatever the key holds, it does not matter for what the vector asserts. Say why where you call this.
    pub fn disregard(&self, key: &str) {
        if let Some(value) = self.value.get(key) {
            mark_all(value, &mut self.read.borrow_mut());
        }
    }

    /// The elements of a list as vectors of their own: reading one marks nothing in the others.
    pub fn vectors(&self, key: &str) -> Option<Vec<Reader<'a>>> {
        self.part(self.value.get(key)?, join(&self.path, key)).elements()
    }

    /// The elements of this value, if it is a list of vectors.
    pub fn elements(&self) -> Option<Vec<Reader<'a>>> {
        let vectors = self.value.as_array()?;
        mark_all(self.value, &mut self.read.borrow_mut());
        Some(vectors.iter().map(Reader::new).collect())
    }

    /// The refusal of a value that the rule does not know.
    pub fn refused<T>(&self) -> Reading<T> {
        refuse(format!("{} is {}, which is not modelled", self.subject(), self.value))
    }

    /// A number that follows from the others, and must not contradict them.
    pub fn consistent(&self, key: &str, follows: f64) -> Reading<()> {
        match self.number(key)? {
            Some(number) if (number - follows).abs() > 1e-9 * follows.abs() => {
                refuse(format!("{} is {number}, and {follows} follows from the rest", subject(&join(&self.path, key))))
            }
            _ => Ok(()),
        }
    }

    fn subject(&self) -> String {
        subject(&self.path)
    }

    /// The first value that nobody has read, as the reason why the vector does not apply.
    pub fn unread(&self) -> Option<Refusal> {
        let path = first_unread(self.value, &self.path, &self.read.borrow())?;
        let verb = if is_expectation(&path) { "checked" } else { "read" };
        Some(Refusal(format!("{} is not {verb}", subject(&path))))
    }
}

fn mark_all(value: &Value, read: &mut BTreeSet<*const Value>) {
    read.insert(value);
    match value {
        Value::Array(list) => list.iter().for_each(|value| mark_all(value, read)),
        Value::Object(object) => object.values().for_each(|value| mark_all(value, read)),
        _ => {}
    }
}

fn is_expectation(path: &str) -> bool {
    path.split('.').any(|part| part.trim_end_matches("[]") == "expect")
}

fn is_setting(path: &str) -> bool {
    let first = path.split('.').next().unwrap_or_default();
    first == "config" || first == "params"
}

/// Whether a key is only for people to read; among settings and expectations fewer keys are.
pub fn is_documentation(among_settings: bool, key: &str) -> bool {
    if among_settings { REMARKS.contains(&key) } else { DOCUMENTATION.contains(&key) }
}

/// How a value is called: a setting, an expectation, or just a key.
fn subject(path: &str) -> String {
    let short = |prefix: &str| path.split_once(prefix).map(|(_, rest)| rest).filter(|rest| !rest.is_empty());
    if is_expectation(path) {
        format!("the expectation `{}`", short("expect.").unwrap_or(path))
    } else if is_setting(path) {
        format!("the setting `{}`", short("config.").unwrap_or(path))
    } else {
        format!("the key `{path}`")
    }
}

fn first_unread(value: &Value, path: &str, read: &BTreeSet<*const Value>) -> Option<String> {
    let is_read = |value: &Value| read.contains(&std::ptr::from_ref(value));
    let below =
        |value: &Value, path: String| if is_read(value) { first_unread(value, &path, read) } else { Some(path) };
    match value {
        Value::Array(list) => list.iter().find_map(|value| below(value, format!("{path}[]"))),
        Value::Object(object) => {
            let among_settings = is_setting(path) || is_expectation(path);
            let matters = |key: &str, value| is_read(value) || !is_documentation(among_settings, key);
            let mut keys = object.iter().filter(|(key, value)| matters(key, value));
            keys.find_map(|(key, value)| below(value, join(path, key)))
        }
        _ => None,
    }
}

fn join(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}
