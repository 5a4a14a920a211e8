//! `fallback` of a link: `"default"`, `"omit"`, or the last good answer.

use super::part::Part;
use super::reader::Reader;
use super::writer::{object, span, text};
use crate::policy::fallback::Config;
use crate::scenario::json::Json;
use crate::scenario::path::Path;
use crate::scenario::problem::Problems;

impl Part for Config {
    fn read(r: &mut Reader, at: &Path, json: &Json) -> Option<Self> {
        match json {
            Json::Text(text) if text == "default" => Some(Config::Default),
            Json::Text(text) if text == "omit" => Some(Config::Omit),
            Json::Object(_) if json.get("cached").is_some() => {
                let o = r.object(at, json, "a fallback", &["cached"])?;
                let ttl = r.required(&o, "cached", |r, at, json| {
                    let o = r.object(at, json, "a cached answer", &["ttl"])?;
                    r.required(&o, "ttl", Reader::duration)
                })?;
                Some(Config::Cached { ttl })
            }
            _ => r.unread(at, || {
                format!("{json} is not a fallback: \"default\", \"omit\" or {{\"cached\": {{\"ttl\": \"5m\"}}}}")
            }),
        }
    }

    fn write(&self) -> Json {
        match self {
            Config::Default => text("default"),
            Config::Omit => text("omit"),
            Config::Cached { ttl } => object([("cached", object([("ttl", span(ttl))]))]),
        }
    }

    fn check(&self, problems: &mut Problems, at: &Path) {
        match *self {
            Config::Default | Config::Omit => {}
            Config::Cached { ttl } => problems.span(&at.field("cached").field("ttl"), ttl),
        }
    }
}
