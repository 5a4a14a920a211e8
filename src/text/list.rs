//! Lists in a sentence: `a`, `a and b`, `a, b and c`.

use crate::t;

/// `a, b and c`.
pub fn list_and(items: &[String]) -> String {
    list(items, |rest, last| t!("list-and", rest = rest, last = last))
}

/// `a, b or c`.
pub fn list_or(items: &[String]) -> String {
    list(items, |rest, last| t!("list-or", rest = rest, last = last))
}

fn list(items: &[String], join: impl FnOnce(&str, &str) -> String) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [rest @ .., last] => join(&rest.join(", "), last),
    }
}
