//! The tools that read objects, lists and plain values, and report what is wrong with them.

use crate::scenario::json::{Json, quoted};
use crate::scenario::path::Path;
use crate::scenario::problem::{Problems, nearest};
use crate::scenario::words::Word;
use crate::scenario::{duration, limits};
use crate::time::Span;

/// Collects the mistakes while the parts of the document are read.
pub(in crate::scenario) struct Reader {
    pub(in crate::scenario) problems: Problems,
}

/// An object whose fields are known.
pub(in crate::scenario) struct Object<'a> {
    pub(in crate::scenario) at: &'a Path<'a>,
    entries: &'a [(String, Json)],
    /// The fields that unknown ones were probably meant to be. These are not reported as missing, too.
    meant: Vec<&'static str>,
}

impl<'a> Object<'a> {
    /// The value of a field; the first where the field appears twice. `null` is a value here.
    pub(in crate::scenario) fn raw(&self, name: &str) -> Option<&'a Json> {
        self.entries.iter().find(|(key, _)| key == name).map(|(_, value)| value)
    }

    /// Whether a field is there, and not `null`.
    pub(in crate::scenario) fn has(&self, name: &str) -> bool {
        self.raw(name).is_some_and(|value| *value != Json::Null)
    }
}

impl Reader {
    /// Reports a place that could not be read.
    pub(in crate::scenario) fn unread<T>(&mut self, at: &Path, message: impl FnOnce() -> String) -> Option<T> {
        self.problems.report_unread(at, message);
        None
    }

    /// An object. Unknown fields, and those that appear twice, are reported. `what` has an article, e.g. `a link`.
    pub(in crate::scenario) fn object<'a>(
        &mut self,
        at: &'a Path<'a>,
        json: &'a Json,
        what: &str,
        known: &'static [&'static str],
    ) -> Option<Object<'a>> {
        let Json::Object(entries) = json else {
            return self.unread(at, || format!("{json} is not {what}, an object"));
        };
        let (mut seen, mut meant) = (Vec::new(), Vec::new());
        for (name, _) in entries {
            let name = name.as_str();
            if !known.contains(&name) {
                let near = if self.problems.has_room() { nearest(name, known.iter().copied()) } else { None };
                meant.extend(near);
                self.problems.report(&at.field(name), || match near {
                    Some(near) => format!("not a field of {what}; did you mean {near:?}?"),
                    None => format!("not a field of {what}; known are {}", known.join(", ")),
                });
            } else if seen.contains(&name) {
                self.problems.report(&at.field(name), || "appears twice".to_owned());
            } else {
                seen.push(name);
            }
        }
        Some(Object { at, entries, meant })
    }

    /// A field that can be absent; `null` means the same.
    pub(in crate::scenario) fn optional<T>(
        &mut self,
        object: &Object,
        name: &str,
        read: impl FnOnce(&mut Self, &Path, &Json) -> Option<T>,
    ) -> Option<T> {
        match object.raw(name) {
            None | Some(Json::Null) => None,
            Some(json) => read(self, &object.at.field(name), json),
        }
    }

    /// A field that replaces a default.
    pub(in crate::scenario) fn fill<T>(
        &mut self,
        value: &mut T,
        object: &Object,
        name: &str,
        read: impl FnOnce(&mut Self, &Path, &Json) -> Option<T>,
    ) {
        if let Some(read) = self.optional(object, name, read) {
            *value = read;
        }
    }

    /// A field that must be there.
    pub(in crate::scenario) fn required<T>(
        &mut self,
        object: &Object,
        name: &str,
        read: impl FnOnce(&mut Self, &Path, &Json) -> Option<T>,
    ) -> Option<T> {
        match object.raw(name) {
            None if object.meant.contains(&name) => {
                self.problems.mark_unread(&object.at.field(name));
                None
            }
            None => self.unread(&object.at.field(name), || "missing".to_owned()),
            Some(json) => read(self, &object.at.field(name), json),
        }
    }

    /// A field that can be `null`, which means `None`.
    pub(in crate::scenario) fn fill_nullable<T>(
        &mut self,
        value: &mut Option<T>,
        object: &Object,
        name: &str,
        read: impl FnOnce(&mut Self, &Path, &Json) -> Option<T>,
    ) {
        match object.raw(name) {
            None => {}
            Some(Json::Null) => *value = None,
            Some(json) => {
                if let Some(read) = read(self, &object.at.field(name), json) {
                    *value = Some(read);
                }
            }
        }
    }

    /// Of several fields the one that is there; any other number of them is reported.
    pub(in crate::scenario) fn exactly_one(
        &mut self,
        object: &Object,
        what: &str,
        names: &[&'static str],
    ) -> Option<&'static str> {
        let found: Vec<&'static str> = names.iter().copied().filter(|name| object.has(name)).collect();
        if let [one] = found.as_slice() {
            return Some(one);
        }
        if found.is_empty() && object.meant.iter().any(|name| names.contains(name)) {
            return None;
        }
        self.problems.report(object.at, || match found.as_slice() {
            [] => format!("{what} needs one of {}", names.join(", ")),
            _ => format!("{what} needs exactly one of {}, but has {}", names.join(", "), found.join(" and ")),
        });
        None
    }

    /// A list; `read` gives a placeholder for an item that it cannot read, so that the indices of the others stay right.
    pub(in crate::scenario) fn list<T>(
        &mut self,
        at: &Path,
        json: &Json,
        limit: usize,
        read: impl Fn(&mut Self, &Path, &Json) -> T,
    ) -> Option<Vec<T>> {
        match json {
            Json::List(items) if items.len() > limit => {
                self.unread(at, || format!("{} items are too many; at most {limit} are allowed", items.len()))
            }
            Json::List(items) => {
                Some(items.iter().enumerate().map(|(i, item)| read(self, &at.item(i), item)).collect())
            }
            _ => self.unread(at, || format!("{json} is not a list")),
        }
    }

    /// A string of any kind.
    pub(in crate::scenario) fn text(&mut self, at: &Path, json: &Json) -> Option<String> {
        match json {
            Json::Text(text) => Some(text.clone()),
            _ => self.unread(at, || format!("{json} is not a text")),
        }
    }

    /// `true` or `false`.
    pub(in crate::scenario) fn flag(&mut self, at: &Path, json: &Json) -> Option<bool> {
        match json {
            Json::Bool(value) => Some(*value),
            _ => self.unread(at, || format!("{json} is neither true nor false")),
        }
    }

    /// A number of things.
    pub(in crate::scenario) fn count(&mut self, at: &Path, json: &Json) -> Option<u32> {
        let whole = match json {
            Json::Whole(value) => u32::try_from(*value).ok(),
            // Some programs write 8.0 for 8.
            Json::Number(value) if value.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(value) => {
                Some(*value as u32)
            }
            _ => None,
        };
        whole.or_else(|| self.unread(at, || format!("{json} is not a whole number, 0 to {}", u32::MAX)))
    }

    /// A number, with or without fraction.
    pub(in crate::scenario) fn number(&mut self, at: &Path, json: &Json) -> Option<f64> {
        match json {
            Json::Whole(value) => Some(*value as f64),
            Json::Number(value) => Some(*value),
            _ => self.unread(at, || format!("{json} is not a number")),
        }
    }

    /// A duration.
    pub(in crate::scenario) fn duration(&mut self, at: &Path, json: &Json) -> Option<Span> {
        match json {
            Json::Text(text) => {
                duration::parse(text).map_err(|message| self.problems.report_unread(at, || message)).ok()
            }
            _ => self.unread(at, || format!("{json} is not a duration, e.g. \"250ms\"")),
        }
    }

    /// One of few words.
    pub(in crate::scenario) fn word<W: Word>(&mut self, at: &Path, json: &Json) -> Option<W> {
        let known = || W::WORDS.iter().map(|(word, _)| *word);
        let Json::Text(text) = json else {
            return self.unread(at, || format!("{json} is not {}: {}", W::WHAT, one_of(known())));
        };
        W::from_word(text)
            .or_else(|| self.unread(at, || format!("{} is not {}: {}", quoted(text), W::WHAT, one_of(known()))))
    }

    /// A list of durations, all of which can be read.
    pub(in crate::scenario) fn durations(&mut self, at: &Path, json: &Json) -> Option<Vec<Span>> {
        self.list(at, json, limits::LIST, Self::duration)?.into_iter().collect()
    }

    pub(super) fn two_durations(&mut self, at: &Path, json: &Json) -> Option<[Span; 2]> {
        match json {
            Json::List(items) if items.len() == 2 => self.durations(at, json)?.try_into().ok(),
            _ => self.unread(at, || format!("{} is not two durations, e.g. [\"5ms\", \"15ms\"]", described(json))),
        }
    }
}

/// A value as a message names it, with the length of a list.
pub(super) fn described(json: &Json) -> String {
    match json {
        Json::List(items) if items.len() == 1 => "a list of 1 item".to_owned(),
        Json::List(items) => format!("a list of {} items", items.len()),
        _ => json.to_string(),
    }
}

/// `a, b or c`
pub(super) fn one_of<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let words: Vec<&str> = words.collect();
    match words.as_slice() {
        [rest @ .., last] if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        _ => words.concat(),
    }
}
