//! A JSON document as it was written: the order of fields and fields that stand
//! twice are kept, and numbers are read to the last bit.
//!
//! Our own reader (RFC 8259), because the first visit of the page has a budget: a general one keeps neither the order
//! nor the doubles, and brings 20 KB of tables to read numbers as exactly as the standard library does.

use super::decimal;
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

/// Lists and objects within each other; deeper documents are refused, so that recursion over a tree is safe.
const DEPTH: usize = 128;

/// Reads a document; the error says where the text stops being JSON.
pub fn parse(text: &str) -> Result<Json, String> {
    // Some editors put a byte order mark in front.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = Reader { text, at: 0, depth: 0 };
    let document = reader.value().and_then(|document| match reader.peek() {
        None => Ok(document),
        Some(_) => Err("trailing characters"),
    });
    document.map_err(|reason| {
        let read = &text.as_bytes()[..(reader.at + 1).min(text.len())];
        let line = 1 + read.iter().filter(|byte| **byte == b'\n').count();
        let column = read.iter().rev().take_while(|byte| **byte != b'\n').count();
        format!("not JSON at line {line}, column {column}: {reason}")
    })
}

/// What is left of a text, and how deep it is in lists and objects.
struct Reader<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
}

type Read<T> = Result<T, &'static str>;

impl Reader<'_> {
    /// The next byte that is no white space.
    fn peek(&mut self) -> Option<u8> {
        let rest = &self.text.as_bytes()[self.at..];
        self.at += rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r')).count();
        self.byte()
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn value(&mut self) -> Read<Json> {
        match self.peek() {
            None => Err("EOF while parsing a value"),
            Some(b'n') => self.word("null", Json::Null),
            Some(b't') => self.word("true", Json::Bool(true)),
            Some(b'f') => self.word("false", Json::Bool(false)),
            Some(b'"') => self.string().map(Json::Text),
            Some(b'[') => self.nested(Self::list),
            Some(b'{') => self.nested(Self::object),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(_) => Err("expected value"),
        }
    }

    fn word(&mut self, word: &str, value: Json) -> Read<Json> {
        if !self.text[self.at..].starts_with(word) {
            return Err("expected value");
        }
        self.at += word.len();
        Ok(value)
    }

    fn nested(&mut self, read: fn(&mut Self) -> Read<Json>) -> Read<Json> {
        if self.depth == DEPTH {
            return Err("recursion limit exceeded");
        }
        self.depth += 1;
        self.at += 1;
        let value = read(self)?;
        self.depth -= 1;
        Ok(value)
    }

    fn list(&mut self) -> Read<Json> {
        let mut items = Vec::new();
        while self.goes_on(b']', items.is_empty(), "EOF while parsing a list", "expected `,` or `]`")? {
            items.push(self.value()?);
        }
        Ok(Json::List(items))
    }

    fn object(&mut self) -> Read<Json> {
        let mut entries = Vec::new();
        while self.goes_on(b'}', entries.is_empty(), "EOF while parsing an object", "expected `,` or `}`")? {
            if self.peek() != Some(b'"') {
                return Err("key must be a string");
            }
            let key = self.string()?;
            if self.peek() != Some(b':') {
                return Err("expected `:`");
            }
            self.at += 1;
            entries.push((key, self.value()?));
        }
        Ok(Json::Object(entries))
    }

    /// Whether another item follows in a list or an object; passes over the comma, or the `end`.
    fn goes_on(&mut self, end: u8, is_first: bool, cut_off: &'static str, expected: &'static str) -> Read<bool> {
        match self.peek() {
            None => Err(cut_off),
            Some(byte) if byte == end => {
                self.at += 1;
                Ok(false)
            }
            Some(b',') if !is_first => {
                self.at += 1;
                match self.peek() {
                    None => Err(cut_off),
                    Some(byte) if byte == end => Err("trailing comma"),
                    Some(_) => Ok(true),
                }
            }
            Some(_) if is_first => Ok(true),
            Some(_) => Err(expected),
        }
    }

    fn string(&mut self) -> Read<String> {
        self.at += 1;
        let mut string = String::new();
        loop {
            let rest = &self.text[self.at..];
            let plain = rest.find(|c: char| matches!(c, '"' | '\\') || c < ' ').ok_or("EOF while parsing a string")?;
            string += &rest[..plain];
            self.at += plain;
            match self.byte() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(string);
                }
                Some(b'\\') => {
                    self.at += 1;
                    string.push(self.escape()?);
                }
                _ => return Err("control character found while parsing a string"),
            }
        }
    }

    /// What follows a backslash.
    fn escape(&mut self) -> Read<char> {
        let escaped = match self.byte().ok_or("EOF while parsing a string")? {
            b'"' => '"',
            b'\\' => '\\',
            b'/' => '/',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => return self.code_point(),
            _ => return Err("invalid escape"),
        };
        self.at += 1;
        Ok(escaped)
    }

    /// A code point as `uXXXX`, or as two of these with a backslash between (a surrogate pair).
    fn code_point(&mut self) -> Read<char> {
        let high = self.four_digits()?;
        if !(0xD800..0xDC00).contains(&high) {
            return char::from_u32(high).ok_or("lone trailing surrogate in hex escape");
        }
        if !self.text[self.at..].starts_with("\\u") {
            return Err("lone leading surrogate in hex escape");
        }
        self.at += 1;
        let low = self.four_digits()?.checked_sub(0xDC00).filter(|low| *low < 0x400);
        let point = low.map(|low| 0x10000 + ((high - 0xD800) << 10) + low);
        point.and_then(char::from_u32).ok_or("lone leading surrogate in hex escape")
    }

    /// The four hexadecimal digits behind a `u`.
    fn four_digits(&mut self) -> Read<u32> {
        let digits = self.text.get(self.at + 1..self.at + 5).ok_or("invalid escape")?;
        if !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return Err("invalid escape");
        }
        self.at += 5;
        u32::from_str_radix(digits, 16).map_err(|_| "invalid escape")
    }

    fn number(&mut self) -> Read<Json> {
        let start = self.at;
        let has_sign = self.skip(|byte| byte == b'-', 1) > 0;
        let leading_zero = self.byte() == Some(b'0');
        let whole = self.digits()?;
        if leading_zero && whole > 1 {
            return Err("invalid number");
        }
        let has_fraction = self.skip(|byte| byte == b'.', 1) > 0;
        if has_fraction {
            self.digits()?;
        }
        let has_exponent = self.skip(|byte| matches!(byte, b'e' | b'E'), 1) > 0;
        if has_exponent {
            self.skip(|byte| matches!(byte, b'+' | b'-'), 1);
            self.digits()?;
        }
        let text = &self.text[start..self.at];
        if !has_sign
            && !has_fraction
            && !has_exponent
            && let Ok(whole) = text.parse()
        {
            return Ok(Json::Whole(whole));
        }
        decimal::parse(text).map(Json::Number).ok_or("number out of range")
    }

    /// Passes over digits, at least one, and tells how many.
    fn digits(&mut self) -> Read<usize> {
        match self.skip(|byte| byte.is_ascii_digit(), usize::MAX) {
            0 => Err("invalid number"),
            passed => Ok(passed),
        }
    }

    /// Passes over bytes of a kind, at most so many, and tells how many.
    fn skip(&mut self, kind: impl Fn(u8) -> bool, most: usize) -> usize {
        let rest = &self.text.as_bytes()[self.at..];
        let passed = rest.iter().take(most).take_while(|byte| kind(**byte)).count();
        self.at += passed;
        passed
    }
}

/// A text as a JSON string, in quotes and escaped.
pub(super) fn string(text: &str) -> String {
    let mut written = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => written += "\\\"",
            '\\' => written += "\\\\",
            '\n' => written += "\\n",
            '\r' => written += "\\r",
            '\t' => written += "\\t",
            control if control < ' ' => written += &format!("\\u{:04x}", u32::from(control)),
            plain => written.push(plain),
        }
    }
    written + "\""
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

    /// What `serde_json` makes of the text, in our own terms.
    fn oracle(value: &serde_json::Value) -> Json {
        match value {
            serde_json::Value::Null => Json::Null,
            serde_json::Value::Bool(value) => Json::Bool(*value),
            serde_json::Value::Number(number) => match number.as_u64() {
                Some(whole) => Json::Whole(whole),
                None => Json::Number(number.as_f64().unwrap()),
            },
            serde_json::Value::String(text) => Json::Text(text.clone()),
            serde_json::Value::Array(items) => Json::List(items.iter().map(oracle).collect()),
            serde_json::Value::Object(entries) => {
                Json::Object(entries.iter().map(|(key, value)| (key.clone(), oracle(value))).collect())
            }
        }
    }

    /// Entries in the order of their keys, the last of several with one key: as `serde_json` keeps them.
    fn sorted(json: Json) -> Json {
        match json {
            Json::List(items) => Json::List(items.into_iter().map(sorted).collect()),
            Json::Object(entries) => {
                let last: std::collections::BTreeMap<_, _> = entries.into_iter().collect();
                Json::Object(last.into_iter().map(|(key, value)| (key, sorted(value))).collect())
            }
            other => other,
        }
    }

    fn agrees(text: &str) {
        match (parse(text), serde_json::from_str::<serde_json::Value>(text)) {
            (Ok(ours), Ok(theirs)) => assert_eq!(sorted(ours), oracle(&theirs), "{text}"),
            (Err(_), Err(_)) => {}
            (ours, theirs) => panic!("{text}: {ours:?} against {theirs:?}"),
        }
    }

    #[test]
    fn it_reads_and_refuses_what_serde_json_does() {
        let words =
            ["", "nul", "-", "01", "1.", "1e", "-0", "1e999", "18446744073709551616", "0.1e-7", "\"\\ud83d\\ude00\""];
        let more = [
            "[1,]",
            "{\"a\" 1}",
            "{\"a\":1,}",
            "[1 2]",
            "\"\\ud83d\"",
            "\"\u{1}\"",
            "\"\\x\"",
            "{1:2}",
            "[] []",
            "\"\\u12",
        ];
        words.into_iter().chain(more).for_each(agrees);
        agrees(&("[".repeat(127) + &"]".repeat(127)));
        assert!(parse(&"[".repeat(100_000)).is_err());
    }

    proptest! {
        #[test]
        fn it_agrees_with_serde_json_on_texts_that_are_nearly_json(text in "[\\[\\]{}:,0-9eE.+\\-\"\\\\ntrufals /bx\u{e4} ]{0,24}") {
            agrees(&text);
        }

        #[test]
        fn numbers_and_texts_come_back_to_the_last_bit(number in any::<f64>().prop_filter("finite", |n| n.is_finite()), text in ".*") {
            prop_assert_eq!(parse(&format!("{number:?}")), Ok(Json::Number(number)));
            prop_assert_eq!(parse(&string(&text)), Ok(Json::Text(text)));
        }
    }
}
