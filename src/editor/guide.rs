//! What the inspector tells about its cards: what each is for, where its rule comes from, what a field is without a
//! value, and presets with the defaults of libraries.
//!
//! All of it stands in `static/policies.json`, which the page fetches when somebody first looks at settings: constant
//! text would travel with the first visit. It holds plain text and addresses, and nothing of it becomes markup.
//! The source of each figure of a preset is the address beside it; `tests` below hold them against the libraries.

use super::card::Card;
use crate::scenario::Link;
use crate::scenario::duration;
use crate::scenario::json::{self, Json};
use crate::scenario::read::read_settings_of_link;

/// What is told about all cards.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Guide(Vec<Told>);

/// What is told about one card.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// The title of the card.
    pub title: String,
    /// What it is for, in a sentence.
    pub about: String,
    /// What else is worth knowing, a paragraph each.
    pub more: Vec<String>,
    /// Where the rule comes from.
    pub source: Option<Source>,
    /// Defaults of other software, for a whole card each.
    pub presets: Vec<Preset>,
    fields: Vec<(String, FieldTold)>,
}

/// What is told about a field.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FieldTold {
    /// What a scenario file means that does not say anything about it; `None`: it has to.
    pub default: Option<String>,
    /// What is allowed, e.g. `≥ 1`; may be empty.
    pub range: String,
}

/// A page of somebody else's.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    /// What it is called.
    pub name: String,
    /// Where it is: `https` only.
    pub address: String,
}

/// The settings that a library has for a policy unless told otherwise.
#[derive(Clone, Debug, PartialEq)]
pub struct Preset {
    /// The library's name, with its version where that matters.
    pub name: String,
    /// What of it is not modelled, in a sentence; may be empty.
    pub leaves_out: String,
    /// Where its documentation says so.
    pub source: Source,
    parts: Vec<Part>,
    settings: Link,
}

/// A part of a link that a preset sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Timeout,
    Retry,
    Breaker,
    Deadline,
    Bulkhead,
    Hedge,
}

const PARTS: [(&str, Part); 6] = [
    ("timeout", Part::Timeout),
    ("retry", Part::Retry),
    ("breaker", Part::Breaker),
    ("deadline", Part::Deadline),
    ("bulkhead", Part::Bulkhead),
    ("hedge", Part::Hedge),
];

impl Preset {
    /// The link with these settings.
    pub fn applied(&self, link: &Link) -> Link {
        let (mut link, set) = (link.clone(), &self.settings);
        for part in &self.parts {
            match part {
                Part::Timeout => link.timeout = set.timeout,
                Part::Retry => link.retry.clone_from(&set.retry),
                Part::Breaker => link.breaker.clone_from(&set.breaker),
                Part::Deadline => link.deadline = set.deadline,
                Part::Bulkhead => link.bulkhead = set.bulkhead,
                Part::Hedge => link.hedge = set.hedge,
            }
        }
        link
    }
}

impl Guide {
    /// Reads the text of `policies.json`; the error says what is wrong with it.
    pub fn read(text: &str) -> Result<Guide, String> {
        let document = json::parse(text)?;
        document.get("cards").map_or(&[][..], Json::items).iter().map(told).collect::<Result<_, _>>().map(Guide)
    }

    /// What is told about a card.
    pub fn of<T>(&self, card: &Card<T>) -> Option<&Told> {
        self.0.iter().find(|told| told.title == card.title)
    }
}

impl Told {
    /// What is told about the field of this label.
    pub fn field(&self, label: &str) -> Option<&FieldTold> {
        self.fields.iter().find(|(name, _)| name == label).map(|(_, told)| told)
    }
}

impl FieldTold {
    /// What to say beside the field, after its own `hint`; of a field that has no default, none is told.
    pub fn in_words(&self, hint: &str) -> String {
        // A short default stays in one line with its word.
        let default =
            self.default.as_ref().map_or(String::new(), |default| format!("default:\u{a0}{}", readable(default)));
        [hint, &self.range, &default].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("; ")
    }
}

/// A default as people read it: the file of the guide has lengths as scenario files do.
fn readable(default: &str) -> String {
    duration::parse(default).map_or_else(|_| default.into(), duration::shown)
}

fn told(json: &Json) -> Result<Told, String> {
    let title = text(json, "title")?;
    let within = |reason: String| format!("{title}: {reason}");
    Ok(Told {
        about: text(json, "about").map_err(within)?,
        more: json.get("more").map_or(&[][..], Json::items).iter().filter_map(Json::text).map(str::to_owned).collect(),
        source: json.get("source").map(source).transpose().map_err(within)?,
        presets: json
            .get("presets")
            .map_or(&[][..], Json::items)
            .iter()
            .map(preset)
            .collect::<Result<_, _>>()
            .map_err(within)?,
        fields: json.get("fields").map_or(&[][..], Json::entries).iter().map(field).collect(),
        title: title.clone(),
    })
}

fn field((label, json): &(String, Json)) -> (String, FieldTold) {
    let default = json.get("default").and_then(Json::text).map(str::to_owned);
    (label.clone(), FieldTold { default, range: text(json, "range").unwrap_or_default() })
}

fn preset(json: &Json) -> Result<Preset, String> {
    let name = text(json, "name")?;
    let set = json.get("set").ok_or_else(|| format!("{name} sets nothing"))?;
    let part = |name: &str| PARTS.iter().find(|(key, _)| *key == name).map(|(_, part)| *part);
    let parts: Option<Vec<Part>> = set.entries().iter().map(|(key, _)| part(key)).collect();
    let settings = read_settings_of_link(set)
        .map_err(|problems| problems.first().map_or(String::new(), |first| format!("{name}: {first}")))?;
    Ok(Preset {
        leaves_out: text(json, "leaves_out").unwrap_or_default(),
        source: source(json)?,
        parts: parts.filter(|parts| !parts.is_empty()).ok_or_else(|| format!("{name} sets what no preset can"))?,
        settings,
        name,
    })
}

fn source(json: &Json) -> Result<Source, String> {
    let source = Source { name: text(json, "name")?, address: text(json, "address")? };
    if source.address.starts_with("https://") { Ok(source) } else { Err(format!("{} is no address", source.address)) }
}

fn text(json: &Json, name: &str) -> Result<String, String> {
    json.get(name).and_then(Json::text).map(str::to_owned).ok_or_else(|| format!("the text {name:?} is missing"))
}

#[cfg(test)]
mod tests;
