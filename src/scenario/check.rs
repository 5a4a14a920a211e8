//! Turns a scenario into a topology, or reports every mistake.
//!
//! A scenario comes from a file or from a program (the editor builds one with every gesture), so nothing about it is taken
//! for granted: not the numbers, NaN included, not the lengths, not the ids. Each part of the format (`format/`)
//! checks its own values; the files here check what things mean together and build nothing. `build` builds and checks
//! nothing.

mod build;
mod link;
mod service;
mod world;

use super::format::Part;
use super::json::quoted;
use super::path::Path;
use super::problem::{Problem, Problems, did_you_mean};
use super::topology::Topology;
use super::{Kind, Link, Scenario, Service, limits};
use std::collections::BTreeMap;

/// Checks what a scenario says: numbers within limits, ids that exist, things that go together.
/// The path of a problem leads to the field, e.g. `links[2].timeout`.
pub fn check(scenario: &Scenario) -> Result<Topology, Vec<Problem>> {
    let mut problems = Problems::default();
    run(scenario, &mut problems);
    if problems.is_empty() { Ok(build::topology(scenario)) } else { Err(problems.into_vec()) }
}

/// Reports every mistake of `scenario`, except for those at places that could not be read.
pub(super) fn run(scenario: &Scenario, problems: &mut Problems) {
    if !counts(scenario, problems) {
        return;
    }
    let mut names = Names::default();
    names.collect(scenario, problems);
    let mut check = Check { scenario, names, problems };
    scenario.check(check.problems, &Path::Root);
    check.services();
    check.links();
    check.loads();
    check.faults();
    check.objectives();
    check.teams();
}

/// Whether every list is short enough to be looked at.
fn counts(scenario: &Scenario, problems: &mut Problems) -> bool {
    let lists = [
        ("services", scenario.services.len(), limits::SERVICES),
        ("links", scenario.links.len(), limits::LINKS),
        ("load", scenario.load.len(), limits::LIST),
        ("faults", scenario.faults.len(), limits::LIST),
        ("objectives", scenario.objectives.len(), limits::LIST),
        ("teams", scenario.teams.len(), limits::LIST),
    ];
    let mut fit = true;
    for (name, length, limit) in lists {
        fit &= problems.length(&Path::Root.field(name), length, limit);
    }
    fit
}

/// What the parts of the check share.
struct Check<'a> {
    scenario: &'a Scenario,
    names: Names<'a>,
    problems: &'a mut Problems,
}

/// Which ids there are: the place of the first service, link, team of each name.
#[derive(Default)]
struct Names<'a> {
    services: BTreeMap<&'a str, usize>,
    links: BTreeMap<(&'a str, &'a str), usize>,
    teams: BTreeMap<&'a str, usize>,
    /// Whether all ids of services could be read: if not, one that is not known may well exist.
    all_services: bool,
    /// The same for teams.
    all_teams: bool,
    /// The same for the ends of links.
    all_links: bool,
}

impl<'a> Names<'a> {
    /// Collects all ids and reports those that appear twice.
    fn collect(&mut self, scenario: &'a Scenario, problems: &mut Problems) {
        let root = Path::Root;
        let (services, links, teams) = (root.field("services"), root.field("links"), root.field("teams"));
        self.all_services = problems.can_trust(&services);
        self.all_links = problems.can_trust(&links);
        self.all_teams = problems.can_trust(&teams);
        for (i, service) in scenario.services.iter().enumerate() {
            let (item, id) = (services.item(i), service.id.as_str());
            self.all_services &= add(&mut self.services, id, i, &item.field("id"), "services", problems);
        }
        for (i, team) in scenario.teams.iter().enumerate() {
            let (item, id) = (teams.item(i), team.id.as_str());
            self.all_teams &= add(&mut self.teams, id, i, &item.field("id"), "teams", problems);
        }
        for (i, link) in scenario.links.iter().enumerate() {
            let item = links.item(i);
            if !problems.can_trust(&item.field("from")) || !problems.can_trust(&item.field("to")) {
                self.all_links = false;
            } else if let Some(first) = self.links.get(&(link.from.as_str(), link.to.as_str())) {
                problems.report(&item, || {
                    format!("{} appears twice, first at links[{first}]", arrow(&link.from, &link.to))
                });
            } else {
                self.links.insert((&link.from, &link.to), i);
            }
        }
    }

    fn service(&self, id: &str) -> Option<usize> {
        self.services.get(id).copied()
    }
}

/// Remembers an id, or reports that it appears twice or is none. Returns whether it can be trusted.
fn add<'a>(
    known: &mut BTreeMap<&'a str, usize>,
    id: &'a str,
    index: usize,
    at: &Path,
    list: &str,
    problems: &mut Problems,
) -> bool {
    if !problems.can_trust(at) {
        return false;
    }
    problems.id(at, id);
    if let Some(first) = known.get(id) {
        problems.report(at, || format!("{} appears twice, first at {list}[{first}]", quoted(id)));
    } else {
        known.insert(id, index);
    }
    true
}

/// `"from" -> "to"`, as messages write a link.
fn arrow(from: &str, to: &str) -> String {
    format!("the link from {} to {}", quoted(from), quoted(to))
}

impl<'a> Check<'a> {
    /// The service of an id that something refers to; an unknown one is reported.
    fn service(&mut self, at: &Path, id: &str) -> Option<(usize, &'a Service)> {
        if !self.problems.can_trust(at) {
            return None;
        }
        let Some(index) = self.names.service(id) else {
            if self.names.all_services {
                let near = did_you_mean(id, self.names.services.keys().copied());
                self.problems.report(at, || format!("there is no service {}{near}", quoted(id)));
            }
            return None;
        };
        self.scenario.services.get(index).map(|service| (index, service))
    }

    /// The client of an id; anything else is reported.
    fn client(&mut self, at: &Path, id: &str) {
        if let Some((index, service)) = self.service(at, id)
            && service.kind != Kind::Client
            && self.trusts_kind(index)
        {
            self.problems.report(at, || format!("{} is not a client", quoted(id)));
        }
    }

    /// The link between two ids; an unknown one is reported.
    fn link(&mut self, at: &Path, [from, to]: &[String; 2]) -> Option<&'a Link> {
        let known = self.names.links.get(&(from.as_str(), to.as_str())).copied();
        if known.is_none() && self.names.all_links {
            let both = self.service(&at.item(0), from).is_some() & self.service(&at.item(1), to).is_some();
            if both {
                self.problems.report(at, || format!("there is no link from {from:?} to {to:?}"));
            }
        }
        self.scenario.links.get(known?)
    }

    /// Whether the kind of a service is the one that was written.
    fn trusts_kind(&self, service: usize) -> bool {
        self.trusts_service(service, "kind")
    }

    /// Whether a field of a service is as it was written.
    fn trusts_service(&self, service: usize, field: &str) -> bool {
        self.problems.can_trust(&Path::Root.field("services").item(service).field(field))
    }
}
