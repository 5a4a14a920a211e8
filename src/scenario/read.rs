//! Reads a scenario file: text from strangers, of any content.
//!
//! Whatever the text is, this ends with a scenario or with every mistake that is
//! in it. The files beside it read the shape, one part of the document each; what
//! the values mean together is the business of [`super::check`], which runs here too.
//! Where something could not be read, the scenario holds its default, and
//! nothing more is said about that place.

mod fields;
mod link;
mod policies;
mod service;
mod world;

use super::json::{self, Json, quoted};
use super::path::Path;
use super::problem::{Problem, Problems};
use super::{Kind, Link, Scenario, Service, check, limits};
use fields::Reader;
pub(super) use policies::default_minimum;

/// Reads the text of a scenario file. All mistakes are told at once, those of [`super::check`] included,
/// up to a hundred; then how many more there are.
pub fn read(text: &str) -> Result<Scenario, Vec<Problem>> {
    let whole = |message| vec![Problem { path: String::new(), message }];
    if text.len() > limits::FILE_BYTES {
        return Err(whole(format!("the file has {} bytes; at most {} are read", text.len(), limits::FILE_BYTES)));
    }
    let document = json::parse(text).map_err(whole)?;
    let mut reader = Reader { problems: Problems::default() };
    let scenario = scenario(&mut reader, &document);
    check::run(&scenario, &mut reader.problems);
    if reader.problems.is_empty() { Ok(scenario) } else { Err(reader.problems.into_vec()) }
}

/// Reads what a file says of a link, its ends aside: the form in which presets are written.
pub fn read_settings_of_link(json: &Json) -> Result<Link, Vec<Problem>> {
    let ends = [("from", "caller"), ("to", "callee")].map(|(name, id)| (name.to_owned(), Json::Text(id.to_owned())));
    let whole = Json::Object(ends.into_iter().chain(json.entries().iter().cloned()).collect());
    let mut reader = Reader { problems: Problems::default() };
    let link = link::link(&mut reader, &Path::Root, &whole);
    let services = vec![Service::new("caller", Kind::Service), Service::new("callee", Kind::Service)];
    let scenario = Scenario { services, links: vec![link], ..Scenario::default() };
    check::run(&scenario, &mut reader.problems);
    match scenario.links.into_iter().next() {
        Some(link) if reader.problems.is_empty() => Ok(link),
        _ => Err(reader.problems.into_vec()),
    }
}

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
pub(super) const FORMAT: &str = "callchain/1";

fn scenario(r: &mut Reader, document: &Json) -> Scenario {
    let mut scenario = Scenario::default();
    let root = Path::Root;
    let Some(o) = r.object(&root, document, "a scenario", FIELDS) else { return scenario };
    r.optional(&o, "format", format);
    r.fill(&mut scenario.title, &o, "title", Reader::text);
    r.fill(&mut scenario.description, &o, "description", Reader::text);
    r.fill(&mut scenario.seed, &o, "seed", seed);
    r.fill(&mut scenario.horizon, &o, "horizon", Reader::duration);
    if let Some(services) =
        r.required(&o, "services", |r, at, json| r.list(at, json, limits::SERVICES, service::service))
    {
        scenario.services = services;
    }
    r.fill(&mut scenario.links, &o, "links", |r, at, json| r.list(at, json, limits::LINKS, link::link));
    r.fill(&mut scenario.load, &o, "load", |r, at, json| r.list(at, json, limits::LIST, world::load));
    r.fill(&mut scenario.faults, &o, "faults", |r, at, json| r.list(at, json, limits::LIST, world::fault));
    r.fill(&mut scenario.objectives, &o, "objectives", |r, at, json| r.list(at, json, limits::LIST, world::objective));
    r.fill(&mut scenario.teams, &o, "teams", |r, at, json| r.list(at, json, limits::LIST, world::team));
    scenario
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
