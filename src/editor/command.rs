//! The commands that change a document.
//!
//! A command names things by their ids and never fails: if its things no longer exist, it changes nothing.

use super::fault::struck;
use super::fragment;
use super::lookup::{self, refuses_link};
use super::selection::{Selection, Thing};
use crate::chance::Distribution;
use crate::scenario::measure;
use crate::scenario::{
    Arrivals, Fault, FaultEffect, Goal, Kind, Link, Load, Objective, Reply, Scenario, Service, Team,
};
use crate::t;
use crate::time::Span;

/// One edit of a user.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Adds a service, stub or client; `position` is the upper left corner of its box.
    AddService {
        /// Its kind.
        kind: Kind,
        /// The upper left corner of its box.
        position: [f64; 2],
    },
    /// Moves boxes: their ids, and the new positions of their upper left corners.
    Move(Vec<(String, [f64; 2])>),
    /// Adds a link from `from` to `to`.
    Connect {
        /// The caller.
        from: String,
        /// The callee.
        to: String,
    },
    /// Adds a service at `position`, and a link to it from `from`.
    ConnectToNew {
        /// The caller.
        from: String,
        /// The upper left corner of its box.
        position: [f64; 2],
    },
    /// Pastes a fragment.
    Paste {
        /// The fragment, as [`fragment::of`] makes it.
        fragment: Box<Scenario>,
        /// The offset of its boxes.
        by: [f64; 2],
    },
    /// Removes things, and with them everything that refers to them.
    Remove(Selection),
    /// Changes the settings of a service. If its id changes, everything that refers to it follows.
    SetService {
        /// Its id so far.
        id: String,
        /// Its settings.
        service: Box<Service>,
    },
    /// Changes the settings of a link. If its ends change, its faults follow.
    SetLink {
        /// The caller.
        from: String,
        /// The callee.
        to: String,
        /// Its settings.
        link: Box<Link>,
    },
    /// Replaces the loads of a client.
    SetLoad {
        /// The id of the client.
        client: String,
        /// Its new loads.
        loads: Vec<Load>,
    },
    /// Replaces the faults of the schedule.
    SetFaults(Vec<Fault>),
    /// Replaces the objectives.
    SetObjectives(Vec<Objective>),
    /// Replaces the teams. If there are as many as before, services follow their team to its new id; otherwise the services
    /// of a removed team belong to none.
    SetTeams(Vec<Team>),
    /// Changes the settings of the system as a whole.
    SetScenario(Box<Settings>),
    /// Several commands as one edit.
    Several(Vec<Command>),
    /// Replaces the document with another one.
    Load(Box<Scenario>),
}

/// The settings of a system as a whole.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// The title.
    pub title: String,
    /// The description.
    pub description: String,
    /// The seed of its run.
    pub seed: u64,
    /// The duration of its run.
    pub horizon: Span,
}

impl Settings {
    /// The settings of `scenario`.
    pub fn of(scenario: &Scenario) -> Self {
        Settings {
            title: scenario.title.clone(),
            description: scenario.description.clone(),
            seed: scenario.seed,
            horizon: scenario.horizon,
        }
    }
}

impl Command {
    /// Returns the document and the selection after this command.
    pub fn applied(&self, document: &Scenario, selection: &Selection) -> (Scenario, Selection) {
        let mut next = document.clone();
        let selection = self.change(&mut next).unwrap_or_else(|| selection.clone());
        (next, selection)
    }

    /// Changes the document. Returns the new selection if it changes.
    fn change(&self, document: &mut Scenario) -> Option<Selection> {
        match self {
            Command::AddService { kind, position } => Some(Selection::service(add(document, *kind, *position))),
            Command::Move(places) => {
                for (id, to) in places {
                    if let Some(service) = document.services.iter_mut().find(|s| s.id == *id) {
                        service.position = Some(*to);
                    }
                }
                None
            }
            Command::Connect { from, to } => connect(document, from, to),
            Command::ConnectToNew { from, position } => {
                // A stub cannot call, so it gets no new neighbour either.
                let caller = lookup::service(document, from).filter(|s| s.kind != Kind::Stub)?;
                let from = caller.id.clone();
                let to = add(document, Kind::Service, *position);
                connect(document, &from, &to);
                Some(Selection::service(to))
            }
            Command::Paste { fragment, by } => fragment::insert(document, fragment, *by),
            Command::Remove(things) => {
                things.iter().for_each(|thing| remove(document, thing));
                Some(Selection::NONE)
            }
            Command::SetService { id, service } => {
                let old = document.services.iter_mut().find(|s| s.id == *id)?;
                *old = service.as_ref().clone();
                rename(document, id, &service.id)
            }
            Command::SetLink { from, to, link } => {
                let old = document.links.iter_mut().find(|l| l.from == *from && l.to == *to)?;
                *old = link.as_ref().clone();
                reconnect(document, [from, to], [&link.from, &link.to])
            }
            Command::SetLoad { client, loads } => {
                set_loads(document, client, loads);
                None
            }
            Command::SetFaults(faults) => {
                document.faults.clone_from(faults);
                None
            }
            Command::SetObjectives(objectives) => {
                document.objectives.clone_from(objectives);
                None
            }
            Command::SetTeams(teams) => {
                set_teams(document, teams);
                None
            }
            Command::SetScenario(settings) => {
                document.title.clone_from(&settings.title);
                document.description.clone_from(&settings.description);
                document.seed = settings.seed;
                document.horizon = settings.horizon;
                None
            }
            Command::Several(commands) => {
                let change = |last, command: &Command| command.change(document).or(last);
                commands.iter().fold(None, change)
            }
            Command::Load(scenario) => {
                *document = scenario.as_ref().clone();
                Some(Selection::NONE)
            }
        }
    }
}

/// The load of a new client: slow enough to follow each request by eye.
pub fn first_load(client: &str) -> Load {
    Load {
        client: client.into(),
        arrivals: Arrivals::Constant(2.0),
        from: Span::ZERO,
        until: None,
        patience: None,
        asks_again: 0,
    }
}

/// The id and the name of the `n`th new service of a kind.
fn id_and_name(kind: Kind, n: usize) -> (String, String) {
    match kind {
        Kind::Client => (format!("client-{n}"), t!("default-name-client", n = n)),
        Kind::Service => (format!("service-{n}"), t!("default-name-service", n = n)),
        Kind::External => (format!("partner-{n}"), t!("default-name-external", n = n)),
        Kind::Stub => (format!("stub-{n}"), t!("default-name-stub", n = n)),
    }
}

fn add(document: &mut Scenario, kind: Kind, position: [f64; 2]) -> String {
    let is_free = |(id, _): &(String, String)| lookup::service(document, id).is_none();
    let (id, name) = (1..).map(|n| id_and_name(kind, n)).find(is_free).unwrap_or_default();
    let mut service = Service::new(id, kind);
    service.name = Some(name);
    service.position = Some(position);
    match kind {
        Kind::Client => document.load.push(first_load(&service.id)),
        Kind::Service | Kind::External => service.work = Distribution::Exponential { mean: Span::millis(50) },
        Kind::Stub => service.script = vec![Reply { after: Span::millis(50), status: 200 }],
    }
    let id = service.id.clone();
    document.services.push(service);
    id
}

fn connect(document: &mut Scenario, from: &str, to: &str) -> Option<Selection> {
    let exists = lookup::link(document, from, to).is_some();
    if !exists {
        if refuses_link(document, from, to).is_some() {
            return None;
        }
        document.links.push(Link::new(from, to));
    }
    Some(Selection::link(from, to))
}

fn remove(document: &mut Scenario, thing: &Thing) {
    match thing {
        Thing::Service(id) => {
            document.services.retain(|s| s.id != *id);
            document.links.retain(|l| l.from != *id && l.to != *id);
            document.load.retain(|l| l.client != *id);
            document.objectives.retain(|o| match &o.goal {
                Goal::Expect(condition) => !measure::mentions(condition, id),
                Goal::Success(_) | Goal::Latency { .. } => o.client != *id,
            });
            document.faults.retain(|f| match struck(&f.effect) {
                Thing::Service(service) => service != *id,
                Thing::Link { from, to } => from != *id && to != *id,
            });
        }
        Thing::Link { from, to } => {
            document.links.retain(|l| l.from != *from || l.to != *to);
            document.faults.retain(|f| struck(&f.effect) != *thing);
            document.objectives.retain(|o| match &o.goal {
                Goal::Expect(condition) => !measure::mentions_link(condition, from, to),
                Goal::Success(_) | Goal::Latency { .. } => true,
            });
        }
    }
}

/// Replaces all references to the service `from` by references to `to`.
fn rename(document: &mut Scenario, from: &str, to: &str) -> Option<Selection> {
    let follow = |id: &mut String| {
        if id == from {
            *id = to.to_string();
        }
    };
    if from == to {
        return None;
    }
    for link in &mut document.links {
        follow(&mut link.from);
        follow(&mut link.to);
    }
    document.load.iter_mut().for_each(|load| follow(&mut load.client));
    for objective in &mut document.objectives {
        follow(&mut objective.client);
        if let Goal::Expect(condition) = &mut objective.goal {
            *condition = measure::rename(condition, from, to);
        }
    }
    for fault in &mut document.faults {
        match &mut fault.effect {
            FaultEffect::Down { service }
            | FaultEffect::Slow { service, .. }
            | FaultEffect::Failing { service, .. } => follow(service),
            FaultEffect::Drop { link, .. } | FaultEffect::Delay { link, .. } => link.iter_mut().for_each(follow),
        }
    }
    Some(Selection::service(to))
}

/// The faults of a link follow it to its new ends, and so do conditions about it.
fn reconnect(document: &mut Scenario, from: [&String; 2], to: [&String; 2]) -> Option<Selection> {
    if from == to {
        return None;
    }
    for fault in &mut document.faults {
        if let FaultEffect::Drop { link, .. } | FaultEffect::Delay { link, .. } = &mut fault.effect
            && link.each_ref() == from
        {
            *link = to.map(String::clone);
        }
    }
    for objective in &mut document.objectives {
        if let Goal::Expect(condition) = &mut objective.goal {
            *condition = measure::reconnect(condition, from, to);
        }
    }
    let [from, to] = to.map(String::clone);
    Some(Selection::link(from, to))
}

fn set_teams(document: &mut Scenario, teams: &[Team]) {
    let before = std::mem::replace(&mut document.teams, teams.to_vec());
    for team in document.services.iter_mut().map(|s| &mut s.team) {
        let place = before.iter().position(|t| team.as_ref() == Some(&t.id));
        let renamed = place.filter(|_| before.len() == teams.len()).and_then(|place| teams.get(place));
        match renamed {
            Some(now) => *team = Some(now.id.clone()),
            None => *team = team.take().filter(|id| teams.iter().any(|t| t.id == *id)),
        }
    }
}

/// Puts `loads` where the client's first load was, so that the order of the file changes as little as possible.
fn set_loads(document: &mut Scenario, client: &str, loads: &[Load]) {
    let place = document.load.iter().position(|l| l.client == client).unwrap_or(document.load.len());
    document.load.retain(|l| l.client != client);
    let place = place.min(document.load.len());
    let own = loads.iter().map(|l| Load { client: client.into(), ..l.clone() });
    document.load.splice(place..place, own);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::editor::Editor;
    use crate::scenario::Fault;

    fn add(kind: Kind) -> Command {
        Command::AddService { kind, position: [0.0, 0.0] }
    }

    #[test]
    fn new_things_get_the_first_free_number() {
        let editor = Editor::new(Scenario::default())
            .unwrap()
            .apply(&add(Kind::Service))
            .unwrap()
            .apply(&add(Kind::Service))
            .unwrap();
        let editor = editor
            .apply(&Command::Remove(Selection::service("service-1")))
            .unwrap()
            .apply(&add(Kind::Service))
            .unwrap();
        let ids: Vec<_> = editor.document().services.iter().map(|s| s.id.as_str()).collect();
        assert_eq!(ids, ["service-2", "service-1"]);
        assert_eq!(editor.document().services[1].label(), "Service 1");
    }

    #[test]
    fn a_new_client_sends_and_a_new_stub_answers() {
        let editor = Editor::new(Scenario::default())
            .unwrap()
            .apply(&add(Kind::Client))
            .unwrap()
            .apply(&add(Kind::Stub))
            .unwrap();
        assert_eq!(editor.document().load.len(), 1);
        assert_eq!(editor.document().services[1].script.len(), 1);
    }

    #[test]
    fn a_line_dropped_on_empty_space_makes_the_callee() {
        let editor = Editor::new(Scenario::default())
            .unwrap()
            .apply(&add(Kind::Client))
            .unwrap()
            .apply(&Command::ConnectToNew { from: "client-1".into(), position: [300.0, 0.0] })
            .unwrap();
        assert_eq!(editor.document().links[0].id(), "client-1->service-1");
        let stub = editor.apply(&add(Kind::Stub)).unwrap();
        let same = stub.apply(&Command::ConnectToNew { from: "stub-1".into(), position: [0.0, 0.0] }).unwrap();
        assert_eq!(same.document(), stub.document());
    }

    #[test]
    fn removing_a_thing_removes_all_references_to_it() {
        let mut document = Scenario::default();
        for id in ["a", "b", "c"] {
            document.services.push(Service::new(id, Kind::Service));
        }
        document.links = vec![Link::new("a", "b"), Link::new("b", "c")];
        let fault = |effect| Fault { at: Span::ZERO, lasts: None, effect };
        document.faults = vec![
            fault(FaultEffect::Down { service: "b".into() }),
            fault(FaultEffect::Delay { link: ["a".into(), "b".into()], added: Span::secs(1) }),
            fault(FaultEffect::Down { service: "c".into() }),
        ];
        let editor = Editor::new(document).unwrap();
        let no_service = editor.apply(&Command::Remove(Selection::service("b"))).unwrap();
        assert_eq!((no_service.document().links.len(), no_service.document().faults.len()), (0, 1));
        let no_link = editor.apply(&Command::Remove(Selection::link("a", "b"))).unwrap();
        assert_eq!((no_link.document().links.len(), no_link.document().faults.len()), (1, 2));
    }

    #[test]
    fn several_things_are_moved_and_removed_at_once() {
        let editor = Editor::new(Scenario::default())
            .unwrap()
            .apply(&add(Kind::Service))
            .unwrap()
            .apply(&add(Kind::Service))
            .unwrap();
        let ids = ["service-1", "service-2", "nobody"];
        let moved = editor.apply(&Command::Move(ids.map(|id| (id.to_string(), [7.0, 9.0])).to_vec())).unwrap();
        assert!(moved.document().services.iter().all(|s| s.position == Some([7.0, 9.0])));
        assert_eq!(moved.undo().document(), editor.document());
        let empty = moved.apply(&Command::Remove(Selection::all(moved.document()))).unwrap();
        assert!(empty.document().services.is_empty() && empty.selection().is_empty());
        assert_eq!(empty.undo().document(), moved.document());
    }

    /// A client that calls a service, with everything that can refer to the two.
    fn shop() -> Editor {
        let strike = |effect| Fault { at: Span::ZERO, lasts: None, effect };
        let good = Objective { name: "good".into(), client: "web".into(), goal: crate::scenario::Goal::Success(0.9) };
        let document = Scenario {
            services: vec![Service::new("web", Kind::Client), Service::new("a", Kind::Service)],
            links: vec![Link::new("web", "a")],
            load: vec![first_load("web")],
            objectives: vec![good],
            faults: vec![
                strike(FaultEffect::Down { service: "a".into() }),
                strike(FaultEffect::Delay { link: ["web".into(), "a".into()], added: Span::secs(1) }),
            ],
            ..Scenario::default()
        };
        Editor::new(document).unwrap()
    }

    #[test]
    fn all_that_refers_to_a_service_follows_it_to_its_new_id() {
        let mut editor = shop();
        for (old, new) in [("web", "shop"), ("a", "b")] {
            let service = Box::new(Service {
                id: new.into(),
                ..editor.document().services.iter().find(|s| s.id == old).unwrap().clone()
            });
            editor = editor.apply(&Command::SetService { id: old.into(), service }).unwrap();
            assert_eq!(*editor.selection(), Selection::service(new));
        }
        let document = editor.document();
        assert_eq!(document.links[0].id(), "shop->b");
        assert_eq!((&*document.load[0].client, &*document.objectives[0].client), ("shop", "shop"));
        let struck: Vec<_> = document.faults.iter().map(|f| struck(&f.effect)).collect();
        assert_eq!(struck, [Thing::service("b"), Thing::link("shop", "b")]);
        assert_eq!(editor.undo().undo().document(), shop().document());
    }

    #[test]
    fn a_link_takes_its_faults_to_its_new_end() {
        let editor = shop().apply(&add(Kind::Service)).unwrap();
        let link = Box::new(Link::new("web", "service-1"));
        let editor = editor.apply(&Command::SetLink { from: "web".into(), to: "a".into(), link }).unwrap();
        let there = Thing::link("web", "service-1");
        assert_eq!(struck(&editor.document().faults[1].effect), there);
        assert_eq!(editor.selection().single(), Some(&there));
    }

    #[test]
    fn services_follow_their_team_and_lose_one_that_goes() {
        let team = |id: &str| Team { id: id.into(), name: id.into() };
        let mut document = Scenario { teams: vec![team("a"), team("b")], ..Scenario::default() };
        document.services = ["a", "b", "none"].map(|id| Service::new(id, Kind::Service)).to_vec();
        document.services[0].team = Some("a".into());
        document.services[1].team = Some("b".into());
        let editor = Editor::new(document).unwrap();
        let teams = |editor: &Editor| editor.document().services.iter().map(|s| s.team.clone()).collect::<Vec<_>>();
        let renamed = editor.apply(&Command::SetTeams(vec![team("a"), team("c")])).unwrap();
        assert_eq!(teams(&renamed), [Some("a".into()), Some("c".into()), None]);
        let gone = renamed.apply(&Command::SetTeams(vec![team("c")])).unwrap();
        assert_eq!(teams(&gone), [None, Some("c".into()), None]);
        let more = gone.apply(&Command::SetTeams(vec![team("new"), team("c")])).unwrap();
        assert_eq!(teams(&more), [None, Some("c".into()), None]);
    }

    #[test]
    fn loads_keep_their_place_in_the_file() {
        let mut document = Scenario { load: ["a", "b", "a"].map(first_load).to_vec(), ..Scenario::default() };
        set_loads(&mut document, "a", &[first_load("x")]);
        let clients: Vec<_> = document.load.iter().map(|l| l.client.as_str()).collect();
        assert_eq!(clients, ["a", "b"]);
        set_loads(&mut document, "c", &[first_load("c")]);
        assert_eq!(document.load.len(), 3);
    }
}
