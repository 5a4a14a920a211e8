//! `backoff` of a retry: `"none"`, or how the wait grows.

use super::part::Part;
use super::reader::Reader;
use super::writer::{Fields, number, object, span, text};
use crate::policy::retry::Backoff;
use crate::scenario::json::Json;
use crate::scenario::limits;
use crate::scenario::path::Path;
use crate::scenario::problem::Problems;
use crate::time::Span;

impl Part for Backoff {
    fn read(r: &mut Reader, at: &Path, json: &Json) -> Option<Self> {
        const NAMES: &[&str] = &["constant", "linear", "exponential"];
        const WHAT: &str = "a backoff";
        match json {
            Json::Text(text) if text == "none" => return Some(Backoff::None),
            Json::Object(_) => {}
            _ => {
                return r.unread(at, || {
                    format!(
                        "{json} is not a backoff: \"none\", or one of {}, e.g. {{\"constant\": \"100ms\"}}",
                        NAMES.join(", ")
                    )
                });
            }
        }
        let o = r.object(at, json, WHAT, NAMES)?;
        match r.exactly_one(&o, WHAT, NAMES)? {
            "constant" => r.required(&o, "constant", Reader::duration).map(Backoff::Constant),
            "linear" => r.required(&o, "linear", linear),
            _ => r.required(&o, "exponential", exponential),
        }
    }

    fn write(&self) -> Json {
        match self {
            Backoff::None => text("none"),
            Backoff::Constant(wait) => object([("constant", span(wait))]),
            Backoff::Linear { base, max } => {
                let mut o = Fields::default();
                o.put("base", span(base));
                o.unless(max, &Backoff::UNCAPPED, "max", span);
                object([("linear", o.object())])
            }
            Backoff::Exponential { base, factor, max } => {
                let mut o = Fields::default();
                o.put("base", span(base));
                o.unless(factor, &Backoff::FACTOR, "factor", number);
                o.unless(max, &Backoff::UNCAPPED, "max", span);
                object([("exponential", o.object())])
            }
        }
    }

    fn check(&self, problems: &mut Problems, at: &Path) {
        match *self {
            Backoff::None => {}
            Backoff::Constant(wait) => problems.span(&at.field("constant"), wait),
            Backoff::Linear { base, max } => growth(problems, &at.field("linear"), base, max),
            Backoff::Exponential { base, factor, max } => {
                let at = at.field("exponential");
                growth(problems, &at, base, max);
                problems.within(&at.field("factor"), factor, 1.0, limits::FACTOR);
            }
        }
    }
}

fn linear(r: &mut Reader, at: &Path, json: &Json) -> Option<Backoff> {
    if let Json::Text(_) = json {
        return r.duration(at, json).map(|base| Backoff::Linear { base, max: Backoff::UNCAPPED });
    }
    let o = r.object(at, json, "a linear backoff", &["base", "max"])?;
    let base = r.required(&o, "base", Reader::duration);
    let max = r.optional(&o, "max", Reader::duration).unwrap_or(Backoff::UNCAPPED);
    Some(Backoff::Linear { base: base?, max })
}

fn exponential(r: &mut Reader, at: &Path, json: &Json) -> Option<Backoff> {
    let mut factor = Backoff::FACTOR;
    if let Json::Text(_) = json {
        return r.duration(at, json).map(|base| Backoff::Exponential { base, factor, max: Backoff::UNCAPPED });
    }
    let o = r.object(at, json, "an exponential backoff", &["base", "factor", "max"])?;
    let base = r.required(&o, "base", Reader::duration);
    r.fill(&mut factor, &o, "factor", Reader::number);
    let max = r.optional(&o, "max", Reader::duration).unwrap_or(Backoff::UNCAPPED);
    Some(Backoff::Exponential { base: base?, factor, max })
}

/// A wait that grows from `base` to `max`.
fn growth(problems: &mut Problems, at: &Path, base: Span, max: Span) {
    problems.span(&at.field("base"), base);
    if max == Backoff::UNCAPPED {
        return;
    }
    problems.span(&at.field("max"), max);
    if max < base {
        problems.report(&at.field("max"), || format!("\"{max}\" is shorter than the base, \"{base}\""));
    }
}
