//! Lays a JSON document out for people: a short value is on one line, the fields of a longer object fill as few lines as
//! they need. Or without any layout.

use crate::scenario::json::{Json, string};

/// Characters that a line should not exceed.
const WIDTH: usize = 100;

/// The text of a whole document: each of its fields begins a line, each item of its lists too.
pub(in crate::scenario) fn document(json: &Json) -> String {
    let mut out = String::new();
    if let Json::Object(fields) = json {
        out.push_str("{\n");
        for (i, (name, value)) in fields.iter().enumerate() {
            out.push_str("  ");
            out.push_str(&string(name));
            out.push_str(": ");
            match value {
                Json::List(items) if !items.is_empty() => items_on_lines(&mut out, items, 2),
                _ => put(&mut out, value, 2),
            }
            out.push_str(if i + 1 < fields.len() { ",\n" } else { "\n" });
        }
        out.push_str("}\n");
    } else {
        put(&mut out, json, 0);
    }
    out
}

/// The text of a document without white space.
pub(in crate::scenario) fn compact(json: &Json) -> String {
    let all = |parts: Vec<String>| parts.join(",");
    match json {
        Json::List(items) => format!("[{}]", all(items.iter().map(compact).collect())),
        Json::Object(fields) => {
            let field = |(name, value): &(String, Json)| format!("{}:{}", string(name), compact(value));
            format!("{{{}}}", all(fields.iter().map(field).collect()))
        }
        Json::Null | Json::Bool(_) | Json::Whole(_) | Json::Number(_) | Json::Text(_) => inline(json),
    }
}

/// A value that begins in the current line; further lines are indented by `indent` or more.
fn put(out: &mut String, json: &Json, indent: usize) {
    let short = inline(json);
    if column(out) + short.chars().count() < WIDTH {
        out.push_str(&short);
        return;
    }
    match json {
        Json::Object(fields) if !fields.is_empty() => {
            let entries: Vec<(String, &Json)> =
                fields.iter().map(|(name, v)| (format!("{}: ", string(name)), v)).collect();
            fill(out, ("{ ", " }"), &entries, indent + 2);
        }
        Json::List(items) if items.iter().any(|item| matches!(item, Json::Object(_))) => {
            items_on_lines(out, items, indent);
        }
        Json::List(items) if !items.is_empty() => {
            let entries: Vec<(String, &Json)> = items.iter().map(|v| (String::new(), v)).collect();
            fill(out, ("[", "]"), &entries, indent + 2);
        }
        _ => out.push_str(&short),
    }
}

/// A list with each item on a line of its own.
fn items_on_lines(out: &mut String, items: &[Json], indent: usize) {
    out.push('[');
    for (i, item) in items.iter().enumerate() {
        new_line(out, indent + 2);
        put(out, item, indent + 2);
        out.push_str(if i + 1 < items.len() { "," } else { "" });
    }
    new_line(out, indent);
    out.push(']');
}

/// Entries one after the other, on a new line where the current one is full.
fn fill(out: &mut String, (open, close): (&str, &str), entries: &[(String, &Json)], indent: usize) {
    out.push_str(open);
    for (i, (label, value)) in entries.iter().enumerate() {
        let length = label.chars().count() + inline(value).chars().count();
        if i > 0 {
            if column(out) + length + 2 < WIDTH {
                out.push_str(", ");
            } else {
                out.push(',');
                new_line(out, indent);
            }
        }
        out.push_str(label);
        put(out, value, indent);
    }
    out.push_str(close);
}

fn new_line(out: &mut String, indent: usize) {
    out.push('\n');
    out.extend(std::iter::repeat_n(' ', indent));
}

/// Characters in the current line.
fn column(out: &str) -> usize {
    out.chars().rev().take_while(|c| *c != '\n').count()
}

/// A value on one line.
fn inline(json: &Json) -> String {
    match json {
        Json::Null => "null".to_owned(),
        Json::Bool(value) => value.to_string(),
        Json::Whole(value) => value.to_string(),
        Json::Number(value) if value.is_finite() => value.to_string(),
        // JSON has no word for these; no scenario that can run holds one.
        Json::Number(_) => "null".to_owned(),
        Json::Text(text) => string(text),
        Json::List(items) => format!("[{}]", joined(items.iter().map(inline))),
        Json::Object(fields) if fields.is_empty() => "{}".to_owned(),
        Json::Object(fields) => {
            let in_braces =
                |parts: String| if fields.len() > 1 { format!("{{ {parts} }}") } else { format!("{{{parts}}}") };
            in_braces(joined(fields.iter().map(|(name, value)| format!("{}: {}", string(name), inline(value)))))
        }
    }
}

fn joined(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join(", ")
}
