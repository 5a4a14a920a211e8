//! Help for the inspector's cards: the purpose of each card, the source of its rule, the defaults of its fields, and
//! presets with the defaults of libraries. The tables are in `cards.rs`; their texts are messages.

mod cards;

use crate::scenario::Link;
use crate::scenario::json;
use crate::scenario::read::read_settings_of_link;
use crate::t;
use crate::text::{Id, exact, number};
use crate::time::Span;

/// The help for one card.
#[derive(Debug)]
pub struct CardHelp {
    /// The card, by its title.
    card: Id,
    /// The purpose of the card in one sentence.
    pub about: Id,
    /// Details, one paragraph each.
    pub more: &'static [Id],
    /// The source of the rule.
    pub source: Option<Source>,
    /// Defaults of libraries. Each preset covers the whole card.
    pub presets: &'static [Preset],
    fields: &'static [FieldHelp],
}

/// The help for one field.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FieldHelp {
    field: Id,
    /// The default if a scenario file omits the field; `None` if the field is required.
    pub default: Option<DefaultValue>,
    /// The allowed values, e.g. `≥ 1`, unless the hint already says so.
    pub range: Option<Id>,
}

/// A default as a user reads it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum DefaultValue {
    /// One of the options, or a few words.
    Words(Id),
    /// A number.
    Number(f64),
    /// A length of time.
    Duration(Span),
}

/// A page on another website.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Source {
    /// Its title.
    pub name: &'static str,
    /// Its address, `https` only.
    pub address: &'static str,
}

/// The default settings of a library for a policy.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Preset {
    /// The library's name, with its version if that matters.
    pub name: &'static str,
    /// Features of the library that Callchain does not model.
    pub not_modelled: Option<Id>,
    /// The page of the library that states these defaults.
    pub address: &'static str,
    /// The part of a link that it sets, as in a scenario file.
    settings: &'static str,
}

/// The help for a card, if it has any.
pub fn help(card: Id) -> Option<&'static CardHelp> {
    cards::CARDS.iter().find(|help| help.card == card)
}

impl CardHelp {
    /// The help for a field of the card.
    pub fn field(&self, field: Id) -> Option<&'static FieldHelp> {
        self.fields.iter().find(|help| help.field == field)
    }
}

impl DefaultValue {
    /// The default as a user reads it.
    pub fn text(self) -> String {
        match self {
            DefaultValue::Words(id) => id.text(),
            DefaultValue::Number(value) => number(value),
            DefaultValue::Duration(span) => exact(span),
        }
    }
}

impl FieldHelp {
    /// The text beside the field, after its own `hint`: the range and the default.
    pub fn text(&self, hint: &str) -> String {
        let default = self.default.map(|default| t!("field-default", value = default.text()));
        let parts = [Some(hint.to_owned()), self.range.map(Id::text), default];
        parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("; ")
    }
}

impl Preset {
    /// The link with these settings.
    pub fn applied(&self, link: &Link) -> Link {
        // A test reads every preset, so this fallback never applies.
        let Some((parts, settings)) = self.read() else { return link.clone() };
        let mut link = link.clone();
        for part in parts {
            match part.as_str() {
                "timeout" => link.timeout = settings.timeout,
                "retry" => link.retry.clone_from(&settings.retry),
                "breaker" => link.breaker.clone_from(&settings.breaker),
                "deadline" => link.deadline = settings.deadline,
                "bulkhead" => link.bulkhead = settings.bulkhead,
                "hedge" => link.hedge = settings.hedge,
                _ => {}
            }
        }
        link
    }

    /// The names of the parts that it sets, and a link with these settings.
    fn read(&self) -> Option<(Vec<String>, Link)> {
        let json = json::parse(self.settings).ok()?;
        let parts = json.entries().iter().map(|(name, _)| name.clone()).collect();
        Some((parts, read_settings_of_link(&json).ok()?))
    }
}

#[cfg(test)]
mod tests;
