//! Properties of editing over random commands: every kind of them, on one thing or on many, also on things that do not
//! exist, one after the other on generated documents.

use crate::generate;
use callchain::editor::command::{Settings, first_load};
use callchain::editor::{Command, Editor, Selection, Thing, fragment};
use callchain::scenario::check::check;
use callchain::scenario::measure::{Condition, Names};
use callchain::scenario::topology::Topology;
use callchain::scenario::{Fault, FaultEffect, Goal, Kind, Link, Objective, Scenario, Service, Team};
use callchain::sim::history::{Change, History};
use callchain::time::{Span, Time};
use proptest::collection::vec;
use proptest::prelude::*;

/// A command before its document is known: numbers choose among the things of the document, and sometimes choose things
/// that do not exist.
#[derive(Clone, Debug)]
struct Draft {
    kind: u8,
    picks: [usize; 3],
    place: [f64; 2],
    other: Scenario,
}

/// The number of kinds of commands.
const KINDS: u8 = 14;
/// The first kinds are gestures on the stage, which no document refuses.
const GESTURES: u8 = 6;

fn drafts(kinds: u8) -> impl Strategy<Value = Vec<Draft>> {
    let place = (-500i32..500, -500i32..500).prop_map(|(x, y)| [f64::from(x), f64::from(y)]);
    let draft = (0..kinds, any::<[usize; 3]>(), place, generate::scenario());
    vec(draft.prop_map(|(kind, picks, place, other)| Draft { kind, picks, place, other }), 0..25)
}

/// The id of a service, or an unknown id.
fn id(document: &Scenario, pick: usize) -> String {
    let number = pick % (document.services.len() + 1);
    document.services.get(number).map_or_else(|| "nobody".into(), |s| s.id.clone())
}

/// A link, or one that does not exist.
fn link(document: &Scenario, pick: usize) -> Link {
    let number = pick % (document.links.len() + 1);
    document.links.get(number).cloned().unwrap_or_else(|| Link::new("nobody", id(document, pick)))
}

fn things(document: &Scenario, picks: [usize; 3]) -> Selection {
    let link = link(document, picks[2]);
    let services = picks[..2].iter().map(|pick| Thing::service(id(document, *pick)));
    services.take(picks[0] % 3).chain([Thing::link(link.from, link.to)]).collect()
}

impl Draft {
    fn command(&self, editor: &Editor) -> Command {
        let Draft { kind, picks, place, other } = self;
        let document = &**editor.document();
        let [first, second, third] = *picks;
        let (from, to) = (id(document, first), id(document, second));
        let a_kind = [Kind::Client, Kind::Service, Kind::External, Kind::Stub][third % 4];
        let old = link(document, third);
        match kind {
            0 => Command::AddService { kind: a_kind, position: *place },
            1 => Command::Move(picks.map(|pick| (id(document, pick), *place)).to_vec()),
            2 => Command::Connect { from, to },
            3 => Command::ConnectToNew { from, position: *place },
            4 => Command::Remove(things(document, *picks)),
            5 => {
                let (source, selection) = if first % 2 == 0 {
                    (document.clone(), things(document, *picks))
                } else {
                    (other.clone(), Selection::all(other))
                };
                let fragment = Box::new(fragment::of(&source, &selection).unwrap_or_default());
                Command::Paste { fragment, by: *place }
            }
            6 => Command::SetService {
                service: Box::new(Service { name: Some("Other".into()), ..Service::new(id(document, third), a_kind) }),
                id: from,
            },
            7 => Command::SetLink {
                from: old.from.clone(),
                to: old.to.clone(),
                link: Box::new(Link { from, to, ..old }),
            },
            8 => Command::SetLoad { client: from, loads: vec![first_load(&to); third % 3] },
            9 => {
                let down = Fault { at: Span::ZERO, lasts: None, effect: FaultEffect::Down { service: from } };
                let cut = FaultEffect::Delay { link: [old.from, old.to], added: Span::secs(1) };
                Command::SetFaults(vec![down, Fault { at: Span::ZERO, lasts: Some(Span::secs(1)), effect: cut }])
            }
            10 => {
                Command::SetObjectives(vec![Objective { name: "Good".into(), client: from, goal: Goal::Success(0.9) }])
            }
            11 => Command::SetTeams(vec![Team { id: to, name: "Ours".into() }; third % 3]),
            12 => Command::SetScenario(Box::new(Settings { seed: first as u64, ..Settings::of(other) })),
            _ => Command::Load(Box::new(other.clone())),
        }
    }
}

/// Whether all references in the document resolve.
fn all_references_resolve(document: &Scenario) -> bool {
    let has = |id: &String| document.services.iter().any(|s| s.id == *id);
    let joins = |[from, to]: [&String; 2]| document.links.iter().any(|l| l.from == *from && l.to == *to);
    document.links.iter().all(|l| has(&l.from) && has(&l.to))
        && document.load.iter().all(|l| has(&l.client))
        && document.objectives.iter().all(|o| match &o.goal {
            // The referenced thing may have changed its kind, e.g. from client to service.
            Goal::Expect(condition) => Condition::parse(condition, &Names::of_scenario(document))
                .map_or_else(|mistake| !mistake.message.starts_with("there is no"), |_| true),
            Goal::Success(_) | Goal::Latency { .. } => has(&o.client),
        })
        && document.services.iter().flat_map(|s| &s.team).all(|id| document.teams.iter().any(|t| t.id == *id))
        && document.faults.iter().all(|f| match &f.effect {
            FaultEffect::Down { service }
            | FaultEffect::Slow { service, .. }
            | FaultEffect::Failing { service, .. } => has(service),
            FaultEffect::Drop { link, .. } | FaultEffect::Delay { link, .. } => joins(link.each_ref()),
        })
}

fn selected_things_exist(editor: &Editor) -> bool {
    editor.selection().iter().all(|thing| thing.exists_in(editor.document()))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn undoing_everything_restores_the_document_and_redoing_the_later_ones(start in generate::scenario(), drafts in drafts(KINDS)) {
        let mut editor = Editor::new(start.clone()).unwrap();
        let mut seen = vec![editor.document().clone()];
        for draft in &drafts {
            // A document that cannot run is refused; the next test is about that.
            let Ok(next) = editor.apply(&draft.command(&editor)) else { continue };
            prop_assert!(selected_things_exist(&next));
            if next.document() != editor.document() {
                seen.push(next.document().clone());
            }
            editor = next.select(things(next.document(), draft.picks));
            prop_assert!(selected_things_exist(&editor));
        }
        // One gesture is one entry, and a gesture that changes nothing is none.
        for document in seen.iter().rev().skip(1) {
            editor = editor.undo();
            prop_assert_eq!(editor.document(), document);
            prop_assert!(selected_things_exist(&editor));
        }
        prop_assert!(!editor.can_undo() && **editor.document() == start);
        for document in &seen[1..] {
            editor = editor.redo();
            prop_assert_eq!(editor.document(), document);
            prop_assert!(selected_things_exist(&editor));
        }
        prop_assert!(!editor.can_redo());
    }

    #[test]
    fn accepted_documents_can_run_and_all_references_resolve(start in generate::scenario(), drafts in drafts(KINDS)) {
        let mut editor = Editor::new(start).unwrap();
        for draft in &drafts {
            let before = editor.clone();
            match editor.apply(&draft.command(&editor)) {
                Ok(next) => editor = next,
                Err(problems) => prop_assert!(!problems.is_empty() && editor == before),
            }
            prop_assert!(all_references_resolve(editor.document()), "{:?}", draft);
            let checked = check(editor.document()).map(|topology| Topology { horizon: Time::MAX, ..topology });
            prop_assert_eq!(checked.as_ref(), Ok(&**editor.topology()), "it carries the topology of its document");
        }
    }

    #[test]
    fn gestures_on_the_stage_are_never_refused(start in generate::scenario(), drafts in drafts(GESTURES)) {
        let mut editor = Editor::new(start).unwrap();
        for draft in &drafts {
            editor = editor.apply(&draft.command(&editor)).unwrap();
            prop_assert!(all_references_resolve(editor.document()), "{:?}", draft);
            prop_assert_eq!(check(editor.document()).map(|_| ()), Ok(()));
        }
    }

    #[test]
    fn edits_undo_and_redo_of_a_run_take_effect_at_their_moment(start in generate::scenario(), drafts in drafts(GESTURES)) {
        let topology = |editor: &Editor| editor.topology().clone();
        let mut editor = Editor::new(start).unwrap();
        let mut history = History::new(topology(&editor), callchain::chance::Seed(1));
        let mut moments = Vec::new();
        for (i, draft) in drafts.iter().take(6).enumerate() {
            history.run_until(Time::at(Span::millis(20 * (i as u64 + 1))), 5_000);
            let next = match i % 3 {
                0 => editor.apply(&draft.command(&editor)).unwrap(),
                1 => editor.undo(),
                _ => editor.redo(),
            };
            editor = next;
            if topology(&editor) != *history.sim().topology() {
                history.apply(Change::Edit(topology(&editor)));
                moments.push(history.sim().now());
            }
            prop_assert_eq!(history.sim().topology(), &topology(&editor), "it takes effect at once");
        }
        let marks: Vec<Time> = history.changes().iter().map(|applied| applied.position.at).collect();
        prop_assert_eq!(marks, moments);
    }
}
