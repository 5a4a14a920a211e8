//! Checks single values against their limits. NaN is never within them.

use crate::chance::Distribution;
use crate::scenario::json::{number, quoted};
use crate::scenario::limits;
use crate::scenario::path::Path;
use crate::scenario::problem::Problems;
use crate::time::Span;

/// The checks of single values; each tells a mistake at a place.
pub(super) trait Numbers {
    fn id(&mut self, at: &Path, id: &str);
    fn text(&mut self, at: &Path, text: &str, most: usize);
    fn long_text(&mut self, at: &Path, text: &str, most: usize);
    fn length(&mut self, at: &Path, length: usize, most: usize) -> bool;
    fn share(&mut self, at: &Path, value: f64);
    fn share_above_zero(&mut self, at: &Path, value: f64);
    fn within(&mut self, at: &Path, value: f64, least: f64, most: f64);
    fn above_zero(&mut self, at: &Path, value: f64, most: f64);
    fn at_least_one(&mut self, at: &Path, value: u32);
    fn span(&mut self, at: &Path, span: Span);
    fn span_above_zero(&mut self, at: &Path, span: Span);
    fn distribution(&mut self, at: &Path, distribution: &Distribution);
}

impl Numbers for Problems {
    fn id(&mut self, at: &Path, id: &str) {
        let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if id.is_empty() || id.len() > limits::ID_CHARS || !id.chars().all(allowed) {
            let most = limits::ID_CHARS;
            self.tell(at, || {
                format!("{} is not an id: 1 to {most} of the letters a to z, digits and hyphens", quoted(id))
            });
        }
    }

    fn text(&mut self, at: &Path, text: &str, most: usize) {
        if text.chars().any(char::is_control) {
            self.tell(at, || format!("{} has control characters", quoted(text)));
        }
        self.characters(at, text, most);
    }

    fn long_text(&mut self, at: &Path, text: &str, most: usize) {
        if text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
            self.tell(at, || "has control characters other than line ends and tabs".to_owned());
        }
        self.characters(at, text, most);
    }

    fn length(&mut self, at: &Path, length: usize, most: usize) -> bool {
        if length > most {
            self.tell(at, || format!("{length} items are too many; at most {most} are allowed"));
        }
        length <= most
    }

    fn share(&mut self, at: &Path, value: f64) {
        self.within(at, value, 0.0, 1.0);
    }

    fn share_above_zero(&mut self, at: &Path, value: f64) {
        self.above_zero(at, value, 1.0);
    }

    fn within(&mut self, at: &Path, value: f64, least: f64, most: f64) {
        if !(least..=most).contains(&value) {
            self.tell(at, || format!("{} is not within {} to {}", number(value), number(least), number(most)));
        }
    }

    fn above_zero(&mut self, at: &Path, value: f64, most: f64) {
        if !(value > 0.0 && value <= most) {
            self.tell(at, || format!("{} is not above 0 and at most {}", number(value), number(most)));
        }
    }

    fn at_least_one(&mut self, at: &Path, value: u32) {
        if value == 0 {
            self.tell(at, || "0 is too few; at least 1 is needed".to_owned());
        }
    }

    fn span(&mut self, at: &Path, span: Span) {
        if span > limits::DURATION {
            self.tell(at, || format!("\"{span}\" is longer than 10,000 h"));
        }
    }

    fn span_above_zero(&mut self, at: &Path, span: Span) {
        if span == Span::ZERO {
            self.tell(at, || "must be longer than 0".to_owned());
        }
        self.span(at, span);
    }

    fn distribution(&mut self, at: &Path, distribution: &Distribution) {
        match distribution {
            Distribution::Constant(span) => self.span(at, *span),
            Distribution::Exponential { mean } => self.span(&at.field("exponential"), *mean),
            Distribution::Uniform { low, high } => {
                let at = at.field("uniform");
                self.span(&at.item(0), *low);
                self.span(&at.item(1), *high);
                if high < low {
                    self.tell(&at, || format!("goes from \"{low}\" down to \"{high}\"; the shorter one comes first"));
                }
            }
            Distribution::Normal { mean, sd } => {
                let at = at.field("normal");
                self.span(&at.field("mean"), *mean);
                self.span(&at.field("sd"), *sd);
            }
            Distribution::Lognormal { median, p99 } => {
                let at = at.field("lognormal");
                self.span_above_zero(&at.field("median"), *median);
                self.span(&at.field("p99"), *p99);
                if p99 < median {
                    self.tell(&at.field("p99"), || format!("\"{p99}\" is shorter than the median, \"{median}\""));
                }
            }
            Distribution::Pareto { min, shape } => {
                let at = at.field("pareto");
                self.span(&at.field("min"), *min);
                self.above_zero(&at.field("shape"), *shape, limits::FACTOR);
            }
            Distribution::Empirical(samples) => {
                let at = at.field("empirical");
                if samples.is_empty() {
                    self.tell(&at, || "is empty; at least one duration is needed".to_owned());
                }
                if self.length(&at, samples.len(), limits::LIST) {
                    samples.iter().enumerate().for_each(|(i, span)| self.span(&at.item(i), *span));
                }
            }
        }
    }
}

impl Problems {
    fn characters(&mut self, at: &Path, text: &str, most: usize) {
        let count = text.chars().count();
        if count > most {
            self.tell(at, || format!("{count} characters are too many; at most {most} are allowed"));
        }
    }
}
