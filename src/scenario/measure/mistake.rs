//! Mistakes in the text of a measure, with their positions.

use std::fmt;

/// A mistake in the text of a measure or a condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// The index of its character, from 0.
    pub at: usize,
    /// The unexpected text, and the allowed one.
    pub message: String,
}

impl Mistake {
    pub(super) fn new(text: &str, byte: usize, message: impl Into<String>) -> Mistake {
        let at = text.char_indices().take_while(|(place, _)| *place < byte).count();
        Mistake { at, message: message.into() }
    }

    /// The message, and below it the text with a sign under the mistake.
    pub fn pointed(&self, text: &str) -> String {
        const SHOWN: usize = 100;
        // A long text is shortened around the mistake. Line breaks become spaces.
        let first = self.at.saturating_sub(SHOWN / 2);
        let plain = |c: char| if c.is_control() { ' ' } else { c };
        let piece: String = text.chars().skip(first).take(SHOWN).map(plain).collect();
        format!("{}\n  {piece}\n  {}^", self.message, " ".repeat(self.at - first))
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (at character {})", self.message, self.at + 1)
    }
}

/// A text in quotation marks, shortened and without line breaks.
pub(super) fn named(text: &str) -> String {
    const SHOWN: usize = 40;
    let plain = |c: char| if c.is_control() { '\u{fffd}' } else { c };
    let mut shown: String = text.chars().take(SHOWN).map(plain).collect();
    if text.chars().nth(SHOWN).is_some() {
        shown.push('…');
    }
    format!("“{shown}”")
}
