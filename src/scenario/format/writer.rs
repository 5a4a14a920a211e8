//! The tools that write objects, lists and plain values.

use crate::scenario::json::Json;
use crate::scenario::words::Word;
use crate::time::Span;

/// The fields of an object, in order.
#[derive(Default)]
pub(super) struct Fields(Vec<(String, Json)>);

impl Fields {
    /// A field that is always written.
    pub(super) fn put(&mut self, name: &str, value: Json) {
        self.0.push((name.to_owned(), value));
    }

    /// A field that is omitted if it has its default.
    pub(super) fn unless<T: PartialEq>(&mut self, value: &T, default: &T, name: &str, json: impl FnOnce(&T) -> Json) {
        if value != default {
            self.put(name, json(value));
        }
    }

    /// A field that is omitted if there is no value.
    pub(super) fn some<T>(&mut self, name: &str, value: &Option<T>, json: impl FnOnce(&T) -> Json) {
        if let Some(value) = value {
            self.put(name, json(value));
        }
    }

    /// Whether all fields were omitted.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn object(self) -> Json {
        Json::Object(self.0)
    }
}

pub(super) fn text<T: AsRef<str> + ?Sized>(value: &T) -> Json {
    Json::Text(value.as_ref().to_owned())
}

pub(super) fn word<W: Word>(value: &W) -> Json {
    text(value.word())
}

pub(super) fn span(value: &Span) -> Json {
    Json::Text(value.to_string())
}

pub(super) fn number(value: &f64) -> Json {
    Json::Number(*value)
}

pub(super) fn count(value: &u32) -> Json {
    Json::Whole(u64::from(*value))
}

pub(super) fn count_or_null(value: &Option<u32>) -> Json {
    value.as_ref().map_or(Json::Null, count)
}

pub(super) fn flag(value: &bool) -> Json {
    Json::Bool(*value)
}

pub(super) fn list<T>(items: &[T], json: impl Fn(&T) -> Json) -> Json {
    Json::List(items.iter().map(json).collect())
}

pub(super) fn object<const N: usize>(fields: [(&str, Json); N]) -> Json {
    Json::Object(fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}
