//! A place in a scenario file, as messages write it: `links[2].retry.max_attempts`.

use super::json::quoted;
use std::fmt;

/// A place in a file. Only a message turns it into text, so that a good file costs nothing.
#[derive(Clone, Copy)]
pub(super) enum Path<'a> {
    /// The whole document.
    Root,
    /// A field of an object.
    Field(&'a Path<'a>, &'a str),
    /// An item of a list, counted from 0.
    Item(&'a Path<'a>, usize),
}

impl<'a> Path<'a> {
    /// A field of the object at this place.
    pub(super) fn field(&'a self, name: &'a str) -> Path<'a> {
        Path::Field(self, name)
    }

    /// An item of the list at this place.
    pub(super) fn item(&'a self, index: usize) -> Path<'a> {
        Path::Item(self, index)
    }
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Path::Root => Ok(()),
            Path::Item(list, index) => write!(f, "{list}[{index}]"),
            Path::Field(object, name) if !is_plain(name) => write!(f, "{object}[{}]", quoted(name)),
            Path::Field(Path::Root, name) => f.write_str(name),
            Path::Field(object, name) => write!(f, "{object}.{name}"),
        }
    }
}

/// Whether a name can be in a path without quotes. A file of a stranger may have any names.
fn is_plain(name: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    !name.is_empty() && name.len() <= 40 && name.chars().all(plain)
}
