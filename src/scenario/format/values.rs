//! Checks single values against their limits. NaN is never within them.

use crate::scenario::json::{number, quoted};
use crate::scenario::limits;
use crate::scenario::path::Path;
use crate::scenario::problem::Problems;
use crate::time::Span;

/// The checks of single values. Each reports a mistake at a place.
impl Problems {
    pub(in crate::scenario) fn id(&mut self, at: &Path, id: &str) {
        let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if id.is_empty() || id.len() > limits::ID_CHARS || !id.chars().all(allowed) {
            let most = limits::ID_CHARS;
            self.report(at, || {
                format!("{} is not an id: 1 to {most} of the letters a to z, digits and hyphens", quoted(id))
            });
        }
    }

    pub(in crate::scenario) fn text(&mut self, at: &Path, text: &str, most: usize) {
        if text.chars().any(char::is_control) {
            self.report(at, || format!("{} has control characters", quoted(text)));
        }
        self.characters(at, text, most);
    }

    pub(in crate::scenario) fn long_text(&mut self, at: &Path, text: &str, most: usize) {
        if text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
            self.report(at, || "has control characters other than line ends and tabs".to_owned());
        }
        self.characters(at, text, most);
    }

    pub(in crate::scenario) fn length(&mut self, at: &Path, length: usize, most: usize) -> bool {
        if length > most {
            self.report(at, || format!("{length} items are too many; at most {most} are allowed"));
        }
        length <= most
    }

    pub(in crate::scenario) fn share(&mut self, at: &Path, value: f64) {
        self.within(at, value, 0.0, 1.0);
    }

    pub(in crate::scenario) fn share_above_zero(&mut self, at: &Path, value: f64) {
        self.above_zero(at, value, 1.0);
    }

    pub(in crate::scenario) fn within(&mut self, at: &Path, value: f64, least: f64, most: f64) {
        if !(least..=most).contains(&value) {
            self.report(at, || format!("{} is not within {} to {}", number(value), number(least), number(most)));
        }
    }

    pub(in crate::scenario) fn above_zero(&mut self, at: &Path, value: f64, most: f64) {
        if !(value > 0.0 && value <= most) {
            self.report(at, || format!("{} is not above 0 and at most {}", number(value), number(most)));
        }
    }

    pub(in crate::scenario) fn at_least_one(&mut self, at: &Path, value: u32) {
        if value == 0 {
            self.report(at, || "0 is too few; at least 1 is needed".to_owned());
        }
    }

    pub(in crate::scenario) fn span(&mut self, at: &Path, span: Span) {
        if span > limits::DURATION {
            self.report(at, || format!("\"{span}\" is longer than 10,000 h"));
        }
    }

    pub(in crate::scenario) fn span_above_zero(&mut self, at: &Path, span: Span) {
        if span == Span::ZERO {
            self.report(at, || "must be longer than 0".to_owned());
        }
        self.span(at, span);
    }

    fn characters(&mut self, at: &Path, text: &str, most: usize) {
        let count = text.chars().count();
        if count > most {
            self.report(at, || format!("{count} characters are too many; at most {most} are allowed"));
        }
    }
}
