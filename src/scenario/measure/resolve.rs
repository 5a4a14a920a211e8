//! Checks the names in a measure against a system, and suggests allowed ones.

use super::field::{ClientField, LedgerField, LinkField, Path, RunField, ServiceField, SystemField, Unit};
use super::mistake::{Mistake, named};
use super::names::Names;
use super::syntax::{ConditionText, MeasureText, PathText, TestText, ValueText, WindowText, split_link};
use super::{Condition, Measure, Test, Window};
use crate::scenario::problem::nearest;
use crate::time::Time;

/// The first words of measures.
const ROOTS: [&str; 8] = ["clients", "links", "services", "ledger", "system", "seed", "simulated_ms", "events"];

pub(super) fn measure(text: &str, read: &MeasureText, names: &Names) -> Result<Measure, Mistake> {
    let resolver = Resolver { text, names };
    let path = resolver.path(&read.path)?;
    let over = read.over.as_ref().map(|over| resolver.path(over)).transpose()?;
    let window = read.window.map(|window| resolver.window(window)).transpose()?;
    if let Some(window) = &read.window
        && !(path.takes_window() && over.is_none_or(Path::takes_window))
    {
        let message = format!("{} is about the whole run; leave the window out", named(read.path.text));
        return Err(Mistake::new(text, window.at, message));
    }
    Ok(Measure { text: text.trim().to_owned(), path, over, window })
}

pub(super) fn condition(text: &str, read: &ConditionText, names: &Names) -> Result<Condition, Mistake> {
    let measure = Measure { text: written(&read.measure), ..measure(text, &read.measure, names)? };
    let value = |value: &ValueText| fitting(text, &measure, value);
    let test = match &read.test {
        TestText::Compare(operator, bound) => Test::Compare(*operator, value(bound)?),
        TestText::Between(low, high) => Test::Between(value(low)?, value(high)?),
    };
    Ok(Condition { text: text.trim().to_owned(), measure, test })
}

/// The text of a measure in its standard notation.
fn written(read: &MeasureText) -> String {
    let mut text = read.path.text.to_owned();
    if let Some(over) = &read.over {
        text.push_str(&format!(" / {}", over.text));
    }
    if let Some(window) = &read.window {
        let until = window.until.map_or(String::new(), |(_, until)| until.to_string());
        text.push_str(&format!(" during {}..{until}", window.from));
    }
    text
}

/// The value, if its unit is that of the measure or it is a plain number.
fn fitting(text: &str, measure: &Measure, value: &ValueText) -> Result<f64, Mistake> {
    let message = match (value.unit, measure.unit()) {
        (Some(Unit::Share), Unit::Share | Unit::Ratio) | (Some(Unit::Millis), Unit::Millis) | (None, _) => {
            return Ok(value.value);
        }
        (Some(Unit::Millis), _) => "a duration is compared only with what is given in milliseconds, e.g. a latency",
        (Some(_), Unit::Millis) => "a percentage is compared only with a share; expected a duration, e.g. 1.5s",
        (Some(_), _) => "a percentage is compared only with a share; expected a number",
    };
    Err(Mistake::new(text, value.at, message))
}

struct Resolver<'a> {
    text: &'a str,
    names: &'a Names,
}

/// A part of a path with its position.
type Part<'a> = (usize, &'a str);

impl Resolver<'_> {
    fn mistake<T>(&self, at: usize, message: String) -> Result<T, Mistake> {
        Err(Mistake::new(self.text, at, message))
    }

    fn path(&self, path: &PathText) -> Result<Path, Mistake> {
        let parts = path.parts();
        let Some(&(at, root)) = parts.first() else { return self.unknown_root(path.at, path.text) };
        let rest = parts.get(1..).unwrap_or_default();
        match root {
            "clients" => self.client(root, rest, path),
            "services" => self.service(root, rest, path),
            "links" => self.link(rest, path),
            "ledger" => self.field("the ledger", &LedgerField::names(), rest, path).map(Path::Ledger),
            "system" => self.field("the system", &SystemField::names(), rest, path).map(Path::System),
            _ => match RunField::names().into_iter().find(|(name, _)| name == path.text) {
                Some((_, field)) => Ok(Path::Run(field)),
                None => self.unknown_root(at, root),
            },
        }
    }

    fn unknown_root<T>(&self, at: usize, root: &str) -> Result<T, Mistake> {
        let list = listed(ROOTS.into_iter());
        self.mistake(
            at,
            format!("there is no {}{}", named(root), or_else(root, ROOTS.into_iter(), "a measure begins with", &list)),
        )
    }

    /// The id of a thing; a field must follow.
    fn id<'p>(&self, what: &str, rest: &[Part<'p>], path: &PathText) -> Result<Part<'p>, Mistake> {
        match rest.first() {
            Some(part) if !part.1.is_empty() => Ok(*part),
            _ => self.mistake(
                path.at + path.text.len(),
                format!("{} is not followed by the id of a {what}", named(path.text)),
            ),
        }
    }

    fn client(&self, root: &str, rest: &[Part], path: &PathText) -> Result<Path, Mistake> {
        let (at, id) = self.id("client", rest, path)?;
        match self.names.service(id) {
            Some((client, true)) => {
                let field = self.field("a client", &ClientField::names(), &rest[1..], path)?;
                Ok(Path::Client(client, field))
            }
            Some(_) => {
                self.mistake(at, format!("{} is a service; ask for services.{id} instead of {root}.{id}", named(id)))
            }
            None => self.unknown_id(at, "client", id, self.names.ids(true)),
        }
    }

    fn service(&self, root: &str, rest: &[Part], path: &PathText) -> Result<Path, Mistake> {
        let (at, id) = self.id("service", rest, path)?;
        match self.names.service(id) {
            Some((service, false)) => {
                let field = self.field("a service", &ServiceField::names(), &rest[1..], path)?;
                Ok(Path::Service(service, field))
            }
            Some(_) => {
                self.mistake(at, format!("{} is a client; ask for clients.{id} instead of {root}.{id}", named(id)))
            }
            None => self.unknown_id(at, "service", id, self.names.ids(false)),
        }
    }

    fn link(&self, rest: &[Part], path: &PathText) -> Result<Path, Mistake> {
        let (at, id) = self.id("link, e.g. web->shop", rest, path)?;
        match self.names.link(id) {
            Some(link) => {
                let field = self.field("a link", &LinkField::names(), &rest[1..], path)?;
                Ok(Path::Link(link, field))
            }
            None if split_link(id).is_none() => {
                self.mistake(at, format!("{} is not a link; expected two ids with an arrow, e.g. web->shop", named(id)))
            }
            None => self.unknown_id(at, "link", id, self.names.links()),
        }
    }

    fn unknown_id<'n, T>(
        &self,
        at: usize,
        what: &str,
        id: &str,
        known: impl Iterator<Item = &'n str> + Clone,
    ) -> Result<T, Mistake> {
        let list = listed(known.clone());
        let allowed = if list.is_empty() {
            format!("; there are no {what}s")
        } else {
            or_else(id, known, &format!("the {what}s are"), &list)
        };
        self.mistake(at, format!("there is no {what} {}{allowed}", named(id)))
    }

    fn field<T: Copy>(&self, of: &str, known: &[(String, T)], rest: &[Part], path: &PathText) -> Result<T, Mistake> {
        let (at, start) =
            rest.first().map_or((path.at + path.text.len(), path.text.len()), |(at, _)| (*at, at - path.at));
        let name = path.text.get(start..).unwrap_or_default();
        if let Some((_, field)) = known.iter().find(|(known, _)| known == name) {
            return Ok(*field);
        }
        let inner: Vec<&str> =
            known.iter().filter_map(|(known, _)| known.strip_prefix(name)?.strip_prefix('.')).collect();
        let message = match (name, &inner[..]) {
            ("", _) => format!("which number of {of}? {}", first_names(known)),
            (_, []) => {
                let allowed =
                    or_else(name, known.iter().map(|(known, _)| known.as_str()), "it has", &first_names(known));
                format!("{of} has no {}{allowed}", named(name))
            }
            (_, inner) => format!("{} has parts; expected one of {}", named(name), listed(inner.iter().copied())),
        };
        self.mistake(at, message)
    }

    fn window(&self, window: WindowText) -> Result<Window, Mistake> {
        let WindowText { from, until, from_at, .. } = window;
        let end = self.names.horizon;
        let run = end.since_start();
        if Time::at(from) >= end {
            return self.mistake(from_at, format!("the window begins at {from}, but the run ends at {run}"));
        }
        if let Some((at, until)) = until {
            if until <= from {
                return self
                    .mistake(at, format!("the window ends at {until}, which is not after its beginning at {from}"));
            }
            if Time::at(until) > end {
                return self.mistake(at, format!("the window ends at {until}, but the run ends at {run}"));
            }
        }
        Ok(Window { from: Time::at(from), until: until.map(|(_, until)| Time::at(until)) })
    }
}

/// The end of a message about an unknown name: the nearest known name, or else all.
fn or_else<'n>(name: &str, known: impl Iterator<Item = &'n str>, introduction: &str, all: &str) -> String {
    match nearest(name, known) {
        Some(near) => format!("; did you mean {}?", named(near)),
        None => format!("; {introduction} {all}"),
    }
}

/// A list of names, shortened if it is long.
fn listed<'n>(names: impl Iterator<Item = &'n str>) -> String {
    const SHOWN: usize = 12;
    let all: Vec<&str> = names.collect();
    let mut text = all.iter().take(SHOWN).copied().collect::<Vec<_>>().join(", ");
    if all.len() > SHOWN {
        text.push_str(&format!(" and {} more", all.len() - SHOWN));
    }
    text
}

/// The names of fields without those below them, e.g. `sent, pending, outcomes.…`.
fn first_names<T>(known: &[(String, T)]) -> String {
    let mut names: Vec<String> = Vec::new();
    for (name, _) in known {
        let first = name.split_once('.').map_or_else(|| name.clone(), |(first, _)| format!("{first}.…"));
        if !names.contains(&first) {
            names.push(first);
        }
    }
    names.join(", ")
}
