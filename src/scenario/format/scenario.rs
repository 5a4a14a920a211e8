//! The whole document.

use super::part::Part;
use super::reader::Reader;
use super::writer::{Fields, list, span, text};
use crate::scenario::json::{Json, quoted};
use crate::scenario::path::Path;
use crate::scenario::problem::Problems;
use crate::scenario::{Fault, Kind, Link, Load, Objective, Scenario, Service, Team, limits};

const FIELDS: &[&str] = &[
    "format",
    "title",
    "description",
    "seed",
    "horizon",
    "services",
    "links",
    "load",
    "faults",
    "objectives",
    "teams",
];

/// The name of the format, whose meaning never changes.
const FORMAT: &str = "callchain/1";

impl Part for Scenario {
    fn read(r: &mut Reader, at: &Path, json: &Json) -> Option<Self> {
        let o = r.object(at, json, "a scenario", FIELDS)?;
        let mut scenario = Scenario::default();
        r.optional(&o, "format", format);
        r.fill(&mut scenario.title, &o, "title", Reader::text);
        r.fill(&mut scenario.description, &o, "description", Reader::text);
        r.fill(&mut scenario.seed, &o, "seed", seed);
        r.fill(&mut scenario.horizon, &o, "horizon", Reader::duration);
        let no_service = || Service::new("", Kind::Service);
        let services = r.required(&o, "services", |r, at, json| r.parts(at, json, limits::SERVICES, no_service));
        scenario.services = services.unwrap_or_default();
        r.fill(&mut scenario.links, &o, "links", |r, at, json| r.parts(at, json, limits::LINKS, || Link::new("", "")));
        r.fill(&mut scenario.load, &o, "load", |r, at, json| r.parts(at, json, limits::LIST, Load::default));
        r.fill(&mut scenario.faults, &o, "faults", |r, at, json| r.parts(at, json, limits::LIST, Fault::default));
        r.fill(&mut scenario.objectives, &o, "objectives", |r, at, json| {
            r.parts(at, json, limits::LIST, Objective::default)
        });
        r.fill(&mut scenario.teams, &o, "teams", |r, at, json| r.parts(at, json, limits::LIST, Team::default));
        Some(scenario)
    }

    fn write(&self) -> Json {
        let default = Scenario::default();
        let mut o = Fields::default();
        o.put("format", text(FORMAT));
        o.unless(&self.title, &default.title, "title", text);
        o.unless(&self.description, &default.description, "description", text);
        o.unless(&self.seed, &default.seed, "seed", |seed| Json::Whole(*seed));
        o.unless(&self.horizon, &default.horizon, "horizon", span);
        o.put("services", list(&self.services, Part::write));
        o.parts("links", &self.links);
        o.parts("load", &self.load);
        o.parts("faults", &self.faults);
        o.parts("objectives", &self.objectives);
        o.parts("teams", &self.teams);
        o.object()
    }

    /// Checks the document itself; its things are checked one by one.
    fn check(&self, problems: &mut Problems, at: &Path) {
        problems.text(&at.field("title"), &self.title, limits::NAME_CHARS);
        problems.long_text(&at.field("description"), &self.description, limits::DESCRIPTION_CHARS);
        problems.span_above_zero(&at.field("horizon"), self.horizon);
    }
}

fn format(r: &mut Reader, at: &Path, json: &Json) -> Option<()> {
    match json {
        Json::Text(text) if text == FORMAT => Some(()),
        Json::Text(text) => {
            r.unread(at, || format!("{} is not a format that can be read; it is {FORMAT:?}", quoted(text)))
        }
        _ => r.unread(at, || format!("{json} is not a format; it is {FORMAT:?}")),
    }
}

fn seed(r: &mut Reader, at: &Path, json: &Json) -> Option<u64> {
    match json {
        Json::Whole(seed) => Some(*seed),
        _ => r.unread(at, || format!("{json} is not a whole number, 0 to {}", u64::MAX)),
    }
}
