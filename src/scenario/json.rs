//! A JSON document as it was written: fields keep their order, fields that appear twice are both there, and numbers are
//! read to the last bit.
//!
//! `serde_json` reads the text; only the tree is our own, because `serde_json::Value` keeps neither the order nor the
//! fields that appear twice.

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use std::fmt;

/// A JSON value. What comes in lists and objects is as deep as [`parse`] allows.
#[derive(Clone, Debug, PartialEq)]
pub enum Json {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number without sign, fraction or exponent.
    Whole(u64),
    /// Any other number.
    Number(f64),
    /// A string.
    Text(String),
    /// An array.
    List(Vec<Json>),
    /// An object; a name can stand more than once.
    Object(Vec<(String, Json)>),
}

impl Json {
    /// The first entry of this name; `None` also where this is no object.
    pub fn get(&self, name: &str) -> Option<&Json> {
        let Json::Object(entries) = self else { return None };
        entries.iter().find(|(key, _)| key == name).map(|(_, value)| value)
    }

    /// A string's text.
    pub fn text(&self) -> Option<&str> {
        if let Json::Text(text) = self { Some(text) } else { None }
    }

    /// A list's items; of anything else none.
    pub fn items(&self) -> &[Json] {
        if let Json::List(items) = self { items } else { &[] }
    }

    /// An object's entries; of anything else none.
    pub fn entries(&self) -> &[(String, Json)] {
        if let Json::Object(entries) = self { entries } else { &[] }
    }
}

/// Reads a document. The error says where the text stops being JSON; documents that are nested too deep are refused, so
/// that recursion over a tree is safe.
pub fn parse(text: &str) -> Result<Json, String> {
    // Some editors put a byte order mark in front.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    serde_json::from_str(text).map_err(|error| {
        let (line, column, reason) = (error.line(), error.column(), error.to_string());
        let place = format!(" at line {line} column {column}");
        format!("not JSON at line {line}, column {column}: {}", reason.strip_suffix(&place).unwrap_or(&reason))
    })
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Builder)
    }
}

/// Builds the tree.
struct Builder;

impl<'de> Visitor<'de> for Builder {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Json, E> {
        Ok(Json::Bool(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Json, E> {
        Ok(Json::Whole(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Json, E> {
        Ok(Json::Number(value as f64))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Json, E> {
        Ok(Json::Number(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Json, E> {
        Ok(Json::Text(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Json, E> {
        Ok(Json::Text(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Json, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element()? {
            items.push(item);
        }
        Ok(Json::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Json, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = object.next_entry()? {
            entries.push(entry);
        }
        Ok(Json::Object(entries))
    }
}

/// A text as a JSON string, in quotes and escaped.
pub(super) fn string(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// How a value is quoted in a message: shortened, in one line.
impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Json::Null => f.write_str("null"),
            Json::Bool(value) => write!(f, "{value}"),
            Json::Whole(value) => write!(f, "{value}"),
            Json::Number(value) => write!(f, "{}", number(*value)),
            Json::Text(text) => write!(f, "{}", quoted(text)),
            Json::List(_) => f.write_str("a list"),
            Json::Object(_) => f.write_str("an object"),
        }
    }
}

/// A number as messages write it: very large and very small ones with an exponent.
pub(super) fn number(value: f64) -> String {
    let plain = value == 0.0 || (1e-6..1e16).contains(&value.abs()) || !value.is_finite();
    if plain { format!("{value}") } else { format!("{value:e}") }
}

/// A text in quotes, at most some forty characters of it, control characters escaped.
pub(super) fn quoted(text: &str) -> String {
    const SHOWN: usize = 40;
    match text.char_indices().nth(SHOWN) {
        None => format!("{text:?}"),
        Some((end, _)) => format!("{:?}", format!("{}…", &text[..end])),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_order_of_fields_and_fields_that_appear_twice_are_kept() {
        let Ok(Json::Object(entries)) = parse(r#"{"b": 1, "a": 2, "b": 3}"#) else { panic!("not an object") };
        let names: Vec<&str> = entries.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["b", "a", "b"]);
        assert_eq!(entries[2].1, Json::Whole(3));
    }

    #[test]
    fn whole_numbers_keep_their_64_bits_and_larger_ones_become_fractions() {
        assert_eq!(parse("18446744073709551615"), Ok(Json::Whole(u64::MAX)));
        assert_eq!(parse("18446744073709551616"), Ok(Json::Number(18_446_744_073_709_551_616.0)));
        assert_eq!(parse("-1"), Ok(Json::Number(-1.0)));
        assert_eq!(parse("8.0"), Ok(Json::Number(8.0)));
        assert!(matches!(parse("-0"), Ok(Json::Number(zero)) if zero.is_sign_negative()));
    }

    #[test]
    fn numbers_between_two_doubles_are_read_to_the_last_bit() {
        for text in
            ["9007199254740993.0", "2.2250738585072011e-308", "2.4703282292062328e-324", "1.7976931348623158e308"]
        {
            assert_eq!(parse(text), Ok(Json::Number(text.parse().unwrap())), "{text}");
        }
    }

    #[test]
    fn what_is_not_json_is_refused_with_its_place() {
        let refused = [
            ("", "line 1, column 0: EOF while parsing a value"),
            ("[1,\n 2,]", "line 2, column 4: trailing comma"),
            ("{\"a\" 1}", "line 1, column 6: expected `:`"),
            ("[1 2]", "line 1, column 4: expected `,` or `]`"),
            ("[] []", "line 1, column 4: trailing characters"),
            ("01", "line 1, column 2: invalid number"),
            ("1e999", "line 1, column 5: number out of range"),
            ("{1: 2}", "line 1, column 2: key must be a string"),
            ("\"\\ud83d\"", "line 1, column 8: unexpected end of hex escape"),
        ];
        for (text, message) in refused {
            assert_eq!(parse(text), Err(format!("not JSON at {message}")), "{text}");
        }
    }

    #[test]
    fn a_document_that_is_nested_too_deep_is_refused() {
        assert!(parse(&("[".repeat(127) + &"]".repeat(127))).is_ok());
        assert!(parse(&"[".repeat(100_000)).unwrap_err().ends_with("recursion limit exceeded"));
        assert!(parse(&"{\"a\":".repeat(100_000)).unwrap_err().ends_with("recursion limit exceeded"));
    }

    #[test]
    fn a_byte_order_mark_in_front_is_skipped() {
        assert_eq!(parse("\u{feff}[]"), Ok(Json::List(Vec::new())));
    }

    proptest! {
        #[test]
        fn texts_that_are_nearly_json_do_no_harm(text in "[\\[\\]{}:,0-9eE.+\\-\"\\\\ntrufals /bx\u{e4} ]{0,24}") {
            prop_assert_eq!(parse(&text).is_ok(), serde_json::from_str::<serde_json::Value>(&text).is_ok());
        }

        #[test]
        fn numbers_and_texts_come_back_to_the_last_bit(number in any::<f64>().prop_filter("finite", |n| n.is_finite()), text in ".*") {
            prop_assert_eq!(parse(&format!("{number:?}")), Ok(Json::Number(number)));
            prop_assert_eq!(parse(&string(&text)), Ok(Json::Text(text)));
        }
    }
}
