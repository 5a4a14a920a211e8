//! A system while it is being read. Makes valid, unique ids from names and one link from all calls between two services;
//! leaves out, with a note, everything beyond the limits of a scenario.

use super::note::{Note, Notes, Place, names};
use super::{Format, Imported};
use crate::scenario::check::check;
use crate::scenario::{Arrivals, Kind, Link, Load, Scenario, Service, Team, limits};
use crate::time::Span;
use crate::{msg, t};
use std::collections::{BTreeMap, BTreeSet};

/// Requests a second of a client whose rate is unknown: with the default delays at least one is always visible, and the
/// load is light for a service with the default work and workers.
pub(super) const MODEST: f64 = 30.0;

/// A system while it is being read.
#[derive(Default)]
pub(super) struct Draft {
    /// The system so far.
    pub(super) scenario: Scenario,
    /// The notes so far.
    pub(super) notes: Notes,
    ids: BTreeSet<String>,
    /// The services by their keys in the text; `None` for one beyond the limit.
    services: BTreeMap<String, Option<usize>>,
    /// The links by the indices of both ends.
    links: BTreeMap<(usize, usize), usize>,
    /// The places of the links in the text.
    places: Vec<Place>,
}

/// Why two services can have no link.
enum NoLink {
    ToItself,
    TooMany,
}

impl Draft {
    /// The index of the service with this key in the text; `None` for one beyond the limit.
    pub(super) fn service(&mut self, key: &str, place: Place) -> Option<usize> {
        if let Some(known) = self.services.get(key) {
            return *known;
        }
        let index = self.new_service(key, key);
        if index.is_none() {
            let most = limits::SERVICES;
            self.notes.add(place, msg!("import-too-many-services", name = tidy(key), most = most));
        }
        self.services.insert(key.to_owned(), index);
        index
    }

    /// Adds a service with an id made from `key`; `None` beyond the limit.
    fn new_service(&mut self, key: &str, name: &str) -> Option<usize> {
        let index = self.scenario.services.len();
        if index == limits::SERVICES {
            return None;
        }
        let id = unique(&slug(key, "service"), |id| self.ids.contains(id));
        self.ids.insert(id.clone());
        self.scenario.services.push(Service::new(id, Kind::Service));
        self.rename(index, name);
        Some(index)
    }

    /// The index of the service with this key in the text, if there is one.
    pub(super) fn find(&self, key: &str) -> Option<usize> {
        self.services.get(key).copied().flatten()
    }

    /// A service by its index.
    pub(super) fn at(&mut self, index: usize) -> &mut Service {
        &mut self.scenario.services[index]
    }

    /// Gives a service its visible name.
    pub(super) fn rename(&mut self, index: usize, name: &str) {
        let name = tidy(name);
        let service = self.at(index);
        service.name = Some(name).filter(|name| *name != service.id && !name.is_empty());
    }

    /// The link between two services, added if there is none; `None`, with a note, if there can be none.
    pub(super) fn link(&mut self, from: usize, to: usize, place: Place) -> Option<&mut Link> {
        if let Some(reason) = self.no_link(from, to) {
            self.refuse_link(from, reason, place);
            return None;
        }
        let index = *self.links.entry((from, to)).or_insert_with(|| {
            let id = |index: usize| self.scenario.services[index].id.clone();
            self.scenario.links.push(Link::new(id(from), id(to)));
            self.places.push(place);
            self.scenario.links.len() - 1
        });
        self.scenario.links.get_mut(index)
    }

    fn no_link(&self, from: usize, to: usize) -> Option<NoLink> {
        let fits = || self.links.contains_key(&(from, to)) || self.scenario.links.len() < limits::LINKS;
        match from == to {
            true => Some(NoLink::ToItself),
            false => (!fits()).then_some(NoLink::TooMany),
        }
    }

    fn refuse_link(&mut self, from: usize, reason: NoLink, place: Place) {
        // A hostile text can have a million of them.
        if self.notes.is_full() {
            return self.notes.count();
        }
        let name = self.scenario.services[from].label();
        let message = match reason {
            NoLink::ToItself => msg!("import-calls-itself", name = name),
            NoLink::TooMany => msg!("import-too-many-links", name = name, most = limits::LINKS),
        };
        self.notes.add(place, message);
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

    /// Makes all ids from the names of the services, which say more than the keys in the text.
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

    /// Whether another service calls this one.
    pub(super) fn is_called(&self, index: usize) -> bool {
        self.links.keys().any(|(_, to)| *to == index)
    }

    /// Whether this service calls another one.
    pub(super) fn calls(&self, index: usize) -> bool {
        self.links.keys().any(|(from, _)| *from == index)
    }

    /// Leaves out the links that close a circle of calls: every request makes every call, so it would never end.
    pub(super) fn break_circles(&mut self) {
        let mut closing = BTreeSet::new();
        let mut state = vec![Visit::Not; self.scenario.services.len()];
        // Starts where requests come in, so that the link that closes a circle is the one that leads back.
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
                let message = msg!("import-circle", from = &link.from, to = &link.to);
                left_out.push((self.places[at - 1].clone(), message));
            }
            keep
        });
        self.links.retain(|_, index| !closing.contains(index));
        for (place, message) in left_out {
            self.notes.add(place, message);
        }
    }

    fn visit(&self, index: usize, state: &mut [Visit], closing: &mut BTreeSet<usize>) {
        if state[index] != Visit::Not {
            return;
        }
        state[index] = Visit::Open;
        // The recursion is at most as deep as there are services.
        for ((_, to), link) in self.links.range((index, 0)..(index + 1, 0)) {
            match state[*to] {
                Visit::Open => drop(closing.insert(*link)),
                Visit::Not => self.visit(*to, state, closing),
                Visit::Done => {}
            }
        }
        state[index] = Visit::Done;
    }

    /// Makes a client send requests at a rate per second.
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

    /// Makes a client send requests at the rate for those whose rate is unknown.
    pub(super) fn modest_load(&mut self, client: usize) {
        self.load(client, MODEST);
    }

    /// Adds a client that calls all of `entries`, and returns its index; `None` if there is no room. Its id is made from
    /// `key`, which is the same in every language.
    pub(super) fn users_of(&mut self, key: &str, name: &str, entries: &[usize], rate: f64) -> Option<usize> {
        let client = self.new_service(key, name)?;
        self.at(client).kind = Kind::Client;
        for entry in entries {
            self.link(client, *entry, Place::Whole);
        }
        self.load(client, rate);
        Some(client)
    }

    /// The labels of some services.
    pub(super) fn labels(&self, services: &[usize]) -> Vec<&str> {
        services.iter().map(|index| self.scenario.services[*index].label()).collect()
    }

    /// Adds one client in front of all services that nobody calls, with a note, so that requests come in.
    pub(super) fn add_users(&mut self, entries: &[usize]) {
        if entries.is_empty() {
            return;
        }
        let services = names(&self.labels(entries));
        let client = t!("import-users");
        let message = match self.users_of("users", &client, entries, MODEST) {
            Some(_) => {
                let count = entries.len();
                msg!("import-users-added", services = services, client = client, count = count, rate = MODEST)
            }
            None => msg!("import-no-room-for-users", services = services),
        };
        self.notes.add(Place::Whole, message);
    }

    /// Checks the system and completes the import.
    pub(super) fn finish(mut self, format: Format) -> Result<Imported, Vec<Note>> {
        if self.scenario.services.is_empty() {
            let mut notes = vec![msg!("import-no-service", format = format.name()).into()];
            notes.extend(self.notes.into_vec());
            return Err(notes);
        }
        let title = tidy(&self.scenario.title);
        let has_title = !title.is_empty();
        self.scenario.title = if has_title { title } else { format.default_title() };
        if let Err(problems) = check(&self.scenario) {
            return Err(problems.into_iter().map(Note::from).collect());
        }
        Ok(Imported { format, scenario: self.scenario, has_title, notes: self.notes.into_vec() })
    }
}

/// The progress of the search for circles at a service.
#[derive(Clone, Copy, PartialEq)]
enum Visit {
    Not,
    Open,
    Done,
}

/// Makes an id from a name: lower-case letters, digits and dashes; `fallback` if nothing remains of it.
fn slug(name: &str, fallback: &str) -> String {
    let mut slug = String::new();
    for c in name.chars() {
        if c.is_ascii_alphanumeric() {
            slug.push(c.to_ascii_lowercase());
        } else if !slug.ends_with('-') {
            slug.push('-');
        }
    }
    // Leaves room for the number of `unique`.
    let slug: String = slug.trim_matches('-').chars().take(limits::ID_CHARS - 6).collect();
    let slug = slug.trim_matches('-');
    if slug.is_empty() { fallback.to_owned() } else { slug.to_owned() }
}

/// The id itself, or followed by the first free number.
fn unique(id: &str, taken: impl Fn(&str) -> bool) -> String {
    let numbered = (2..).map(|n: u32| format!("{id}-{n}"));
    std::iter::once(id.to_owned()).chain(numbered).find(|id| !taken(id)).unwrap_or_default()
}

/// A text in one line, cut to the longest name that is allowed.
pub(super) fn tidy(text: &str) -> String {
    let line = text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
    let line = line.collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(limits::NAME_CHARS - 1) {
        Some((end, c)) if end + c.len_utf8() < line.len() => format!("{}…", &line[..end]),
        _ => line,
    }
}
