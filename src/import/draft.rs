//! A system while it is being read: its names become valid and unique ids, its calls one link a pair, and whatever is
//! more than a scenario can hold is left out and said.

use super::note::Notes;
use super::{Format, Imported, problem};
use crate::scenario::check::check;
use crate::scenario::problem::Problem;
use crate::scenario::{Arrivals, Kind, Link, Load, Scenario, Service, Team, limits};
use crate::time::Span;
use std::collections::{BTreeMap, BTreeSet};

/// Requests a second that a client sends where nothing says how many: at the pace of the default delays there is always
/// one to be seen, and it is little for a service with the default work and workers.
pub(super) const MODEST: f64 = 30.0;

/// A system while it is being read.
#[derive(Default)]
pub(super) struct Draft {
    /// What there is so far.
    pub(super) scenario: Scenario,
    /// What there is to say so far.
    pub(super) notes: Notes,
    ids: BTreeSet<String>,
    /// The services by what the text calls them; `None`: no place for it.
    services: BTreeMap<String, Option<usize>>,
    /// The links by the indices of both ends.
    links: BTreeMap<(usize, usize), usize>,
    /// Where the links stand in the text.
    places: Vec<String>,
}

impl Draft {
    /// The index of the service that the text calls `key`; `None` where there are more than a scenario can hold.
    pub(super) fn service(&mut self, key: &str, place: &str) -> Option<usize> {
        if let Some(known) = self.services.get(key) {
            return *known;
        }
        let index = self.new_service(key);
        if index.is_none() {
            self.notes.tell(place, tidy(key), format!("left out: a system has at most {} services", limits::SERVICES));
        }
        self.services.insert(key.to_owned(), index);
        index
    }

    /// A service more, with an id like its name.
    fn new_service(&mut self, name: &str) -> Option<usize> {
        let index = self.scenario.services.len();
        if index == limits::SERVICES {
            return None;
        }
        let id = unique(&slug(name, "service"), |id| self.ids.contains(id));
        self.ids.insert(id.clone());
        self.scenario.services.push(Service::new(id, Kind::Service));
        self.rename(index, name);
        Some(index)
    }

    /// The index of the service that the text calls `key`, if it has one.
    pub(super) fn find(&self, key: &str) -> Option<usize> {
        self.services.get(key).copied().flatten()
    }

    /// A service by its index.
    pub(super) fn at(&mut self, index: usize) -> &mut Service {
        &mut self.scenario.services[index]
    }

    /// Gives a service the name that people see.
    pub(super) fn rename(&mut self, index: usize, name: &str) {
        let name = tidy(name);
        let service = self.at(index);
        service.name = Some(name).filter(|name| *name != service.id && !name.is_empty());
    }

    /// The link between two services: a new one, or the one that is there. `None` where there can be none.
    pub(super) fn link(&mut self, from: usize, to: usize, place: &str) -> Option<&mut Link> {
        let fits = self.links.contains_key(&(from, to)) || self.scenario.links.len() < limits::LINKS;
        if (from == to || !fits) && self.notes.is_full() {
            self.notes.count();
            return None;
        }
        if from == to || !fits {
            let why = if from == to { "a service does not call itself" } else { "a system has at most 1000 links" };
            let found = self.scenario.services[from].label().to_owned();
            self.notes.tell(place, found, format!("left out: {why}"));
            return None;
        }
        let index = *self.links.entry((from, to)).or_insert_with(|| {
            let id = |index: usize| self.scenario.services[index].id.clone();
            self.scenario.links.push(Link::new(id(from), id(to)));
            self.places.push(place.to_owned());
            self.scenario.links.len() - 1
        });
        self.scenario.links.get_mut(index)
    }

    /// The id of the team of this name.
    pub(super) fn team(&mut self, name: &str) -> Option<String> {
        let name = tidy(name);
        if let Some(team) = self.scenario.teams.iter().find(|team| team.name == name) {
            return Some(team.id.clone());
        }
        if self.scenario.teams.len() == limits::SERVICES {
            return None;
        }
        let taken: BTreeSet<String> = self.scenario.teams.iter().map(|team| team.id.clone()).collect();
        let id = unique(&slug(&name, "team"), |id| taken.contains(id));
        self.scenario.teams.push(Team { id: id.clone(), name });
        Some(id)
    }

    /// Gives all services ids like their names, which tell more than what a text calls them.
    pub(super) fn name_ids(&mut self) {
        self.ids.clear();
        let mut new = BTreeMap::new();
        for service in &mut self.scenario.services {
            let label = service.label().to_owned();
            let id = unique(&slug(&label, "service"), |id| self.ids.contains(id));
            self.ids.insert(id.clone());
            service.name = Some(label).filter(|label| *label != id);
            new.insert(std::mem::replace(&mut service.id, id.clone()), id);
        }
        for end in self.scenario.links.iter_mut().flat_map(|link| [&mut link.from, &mut link.to]) {
            new.get(end).into_iter().for_each(|id| end.clone_from(id));
        }
    }

    /// Whether somebody calls this service.
    pub(super) fn is_called(&self, index: usize) -> bool {
        self.links.keys().any(|(_, to)| *to == index)
    }

    /// Whether this service calls somebody.
    pub(super) fn calls(&self, index: usize) -> bool {
        self.links.keys().any(|(from, _)| *from == index)
    }

    /// Leaves out the links that close a circle: where every request makes every call, it would go round without end.
    pub(super) fn break_circles(&mut self) {
        let mut closing = BTreeSet::new();
        let mut state = vec![Visit::Not; self.scenario.services.len()];
        // From where requests come in, so that what closes the circle is the way back.
        let mut starts: Vec<usize> = (0..state.len()).collect();
        starts.sort_by_key(|index| self.is_called(*index));
        for start in starts {
            self.visit(start, &mut state, &mut closing);
        }
        let mut at = 0;
        let mut left_out = Vec::new();
        self.scenario.links.retain(|link| {
            at += 1;
            let keep = !closing.contains(&(at - 1));
            if !keep {
                left_out.push((self.places[at - 1].clone(), format!("{} calls {}", link.from, link.to)));
            }
            keep
        });
        self.links.retain(|_, index| !closing.contains(index));
        for (place, found) in left_out {
            self.notes.tell(
                place,
                found,
                "left out: it closes a circle, in which a request would go round without end",
            );
        }
    }

    fn visit(&self, index: usize, state: &mut [Visit], closing: &mut BTreeSet<usize>) {
        if state[index] != Visit::Not {
            return;
        }
        state[index] = Visit::Open;
        // As deep as there are services at most.
        for ((_, to), link) in self.links.range((index, 0)..(index + 1, 0)) {
            match state[*to] {
                Visit::Open => drop(closing.insert(*link)),
                Visit::Not => self.visit(*to, state, closing),
                Visit::Done => {}
            }
        }
        state[index] = Visit::Done;
    }

    /// Has a client send requests, at this rate a second.
    pub(super) fn load(&mut self, client: usize, rate: f64) {
        let client = self.scenario.services[client].id.clone();
        let arrivals = Arrivals::Poisson(rate);
        self.scenario.load.push(Load {
            client,
            arrivals,
            from: Span::ZERO,
            until: None,
            patience: None,
            asks_again: 0,
        });
    }

    /// The same at a rate that nothing tells.
    pub(super) fn modest_load(&mut self, client: usize) {
        self.load(client, MODEST);
    }

    /// Puts a client in front of `entries`, which calls all of them; its index.
    pub(super) fn users_of(&mut self, name: &str, entries: &[usize], rate: f64) -> Option<usize> {
        let client = self.new_service(name)?;
        self.at(client).kind = Kind::Client;
        for entry in entries {
            self.link(client, *entry, "");
        }
        self.load(client, rate);
        Some(client)
    }

    /// Lets requests come in: to all that nobody calls, from one client in front. Says so.
    pub(super) fn add_users(&mut self, entries: &[usize]) {
        let names: Vec<&str> = entries.iter().map(|index| self.scenario.services[*index].label()).collect();
        let nobody = format!("Nobody calls {}", listed(&names));
        if entries.is_empty() {
            return;
        }
        let so = match self.users_of("Users", entries, MODEST) {
            Some(_) if entries.len() == 1 => format!("so a client “Users” was added, {MODEST} requests a second"),
            Some(_) => format!("so a client “Users” was added that calls them all, {MODEST} requests a second"),
            None => "and there is no room for a client in front".to_owned(),
        };
        self.notes.tell("", format!("{nobody}, {so}."), "");
    }

    /// What was read.
    pub(super) fn finish(mut self, format: Format) -> Result<Imported, Vec<Problem>> {
        if self.scenario.services.is_empty() {
            let mut problems = vec![problem(&format!("{}: there is no service in it", format.name()))];
            problems.extend(self.notes.into_problems());
            return Err(problems);
        }
        self.scenario.title = tidy(&self.scenario.title);
        check(&self.scenario)?;
        Ok(Imported { format, scenario: self.scenario, notes: self.notes.into_vec() })
    }
}

/// How far a search for circles has come at a service.
#[derive(Clone, Copy, PartialEq)]
enum Visit {
    Not,
    Open,
    Done,
}

/// A name as an id can be: small letters, digits and dashes. `usual` where nothing of it is left.
fn slug(name: &str, usual: &str) -> String {
    let mut slug = String::new();
    for c in name.chars() {
        if c.is_ascii_alphanumeric() {
            slug.push(c.to_ascii_lowercase());
        } else if !slug.ends_with('-') {
            slug.push('-');
        }
    }
    // Room for a number behind it.
    let slug: String = slug.trim_matches('-').chars().take(limits::ID_CHARS - 6).collect();
    let slug = slug.trim_matches('-');
    if slug.is_empty() { usual.to_owned() } else { slug.to_owned() }
}

/// The id itself, or with the first number behind it that is free.
fn unique(id: &str, taken: impl Fn(&str) -> bool) -> String {
    let numbered = (2..).map(|n: u32| format!("{id}-{n}"));
    std::iter::once(id.to_owned()).chain(numbered).find(|id| !taken(id)).unwrap_or_default()
}

/// A text in one line, as long as a name can be.
pub(super) fn tidy(text: &str) -> String {
    let line = text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
    let line = line.collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(limits::NAME_CHARS - 1) {
        Some((end, c)) if end + c.len_utf8() < line.len() => format!("{}…", &line[..end]),
        _ => line,
    }
}

/// Names in a sentence: at most some of them.
pub(super) fn listed<T: AsRef<str>>(names: &[T]) -> String {
    const SHOWN: usize = 8;
    let shown: Vec<&str> = names.iter().take(SHOWN).map(AsRef::as_ref).collect();
    match names.len().saturating_sub(SHOWN) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

/// A number of things: `1 span`, `2 spans`.
pub(super) fn counted(number: usize, thing: &str) -> String {
    if number == 1 { format!("1 {thing}") } else { format!("{number} {thing}s") }
}
