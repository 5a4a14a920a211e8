//! The time machine: a moment has the same state, byte for byte, no matter how the run got there.

use callchain::chance::Seed;
use callchain::scenario::check::check;
use callchain::scenario::ready::READY;
use callchain::scenario::topology::{LinkId, ServiceId, Topology};
use callchain::scenario::{DroppedLegs, Scenario};
use callchain::sim::history::{AppliedChange, Change, History};
use callchain::sim::notice::Notice;
use callchain::sim::position::Position;
use callchain::time::{Span, Time};
use callchain::{Intervention, Simulation};
use proptest::prelude::*;
use std::sync::Arc;

fn system(index: usize) -> (Arc<Topology>, Seed) {
    let scenario = Scenario::from_json(READY[index % READY.len()].text).expect("a ready system");
    let seed = Seed(scenario.seed);
    (Arc::new(Topology { horizon: Time::MAX, ..check(&scenario).expect("a ready system") }), seed)
}

/// The state at a position, from a run straight from the start.
fn straight(
    topology: &Arc<Topology>,
    seed: Seed,
    changes: &[AppliedChange],
    position: Position,
) -> (String, Vec<Notice>) {
    let mut sim = Simulation::new(topology.clone(), seed);
    sim.listen(true);
    for applied in changes.iter().filter(|it| it.position <= position) {
        sim.run_until(applied.position.at, applied.position.events - sim.events());
        match &applied.change {
            Change::Intervention(intervention) => sim.apply(*intervention),
            Change::Edit(topology) => sim.reconfigure(topology.clone()),
        }
    }
    sim.run_until(position.at, position.events - sim.events());
    let mut notices = Vec::new();
    sim.take_notices(&mut notices);
    (format!("{sim:?}"), notices)
}

fn state(history: &History) -> String {
    format!("{:?}", history.sim())
}

#[derive(Clone, Debug)]
enum Move {
    Run(u64),
    Step,
    StepBack,
    Seek(f64),
    Event(f64),
    Change(u8),
}

fn moves() -> impl Strategy<Value = Vec<Move>> {
    let one = prop_oneof![
        4 => (1u64..5_000).prop_map(Move::Run),
        1 => Just(Move::Step),
        2 => Just(Move::StepBack),
        3 => (0.0..1.1f64).prop_map(Move::Seek),
        1 => (0.0..1.1f64).prop_map(Move::Event),
        2 => (0u8..6).prop_map(Move::Change),
    ];
    prop::collection::vec(one, 1..25)
}

fn change(which: u8, sim: &Simulation) -> Change {
    let last = ServiceId(sim.topology().services.len() as u32 - 1);
    Change::Intervention(match which {
        0 => Intervention::Send(ServiceId(0)),
        1 => Intervention::Down(last, true),
        2 => Intervention::Down(last, false),
        3 => Intervention::Drop(LinkId(0), Some(DroppedLegs::Both)),
        4 => Intervention::Delay(LinkId(0), Span::millis(70)),
        _ => {
            let mut changed = (**sim.topology()).clone();
            let workers = &mut changed.services[last.index()].workers;
            *workers = if *workers > 2 { 2 } else { 5 };
            return Change::Edit(Arc::new(changed));
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn a_moment_is_the_same_on_every_way_to_it(which in 0usize..7, moves in moves()) {
        let (topology, seed) = system(which);
        let mut history = History::new(topology.clone(), seed);
        for one in moves {
            let end = history.end();
            match one {
                Move::Run(ms) => _ = history.run_until(history.sim().now() + Span::millis(ms), u64::MAX),
                Move::Step => _ = history.step(),
                Move::StepBack => _ = history.step_back(),
                Move::Seek(share) => {
                    let at = Time::ZERO + end.at.since_start().scaled(share);
                    history.seek(at);
                    prop_assert_eq!(history.sim().now(), at.min(end.at));
                }
                Move::Event(share) => {
                    let event = (end.events as f64 * share) as u64;
                    history.go_to_event(event);
                    prop_assert_eq!(history.sim().events(), event.min(end.events));
                }
                Move::Change(which) => history.apply(change(which, history.sim())),
            }
            prop_assert!(history.position() <= history.end());
            let (expected, _) = straight(&topology, seed, history.changes(), history.position());
            prop_assert!(state(&history) == expected, "another state after {:?}", one);
        }
        let (_, noticed) = straight(&topology, seed, history.changes(), history.end());
        prop_assert!(history.record().notices() == noticed, "each thing is noticed once, in order");
    }
}

/// A history of `seconds` of a ready system.
fn run(index: usize, seconds: u64) -> History {
    let (topology, seed) = system(index);
    let mut history = History::new(topology, seed);
    history.run_until(Time::at(Span::secs(seconds)), u64::MAX);
    history
}

#[test]
fn stepping_back_and_forth_visits_the_same_moments() {
    let mut history = run(0, 3);
    history.seek(Time::at(Span::millis(2_500)));
    let mut there = Vec::new();
    while there.len() < 60 && history.step_back() {
        there.push((history.position(), state(&history)));
    }
    assert_eq!(there.len(), 60, "there are at least sixty events");
    while let Some((position, expected)) = there.pop() {
        assert_eq!(history.position(), position);
        assert_eq!(state(&history), expected);
        history.step();
    }
}

#[test]
fn stepping_back_ends_at_the_start() {
    let mut history = run(0, 1);
    let mut steps = 0;
    while history.step_back() {
        steps += 1;
    }
    // One step more than events, because time has passed since the last event: the first step goes back to that.
    assert_eq!((history.position(), steps), (Position { events: 0, at: Time::ZERO }, history.end().events + 1));
}

#[test]
fn acting_in_the_past_discards_the_old_future() {
    let mut history = run(0, 10);
    history.apply(Change::Intervention(Intervention::Down(ServiceId(1), true)));
    history.run_until(Time::at(Span::secs(20)), u64::MAX);
    history.seek(Time::at(Span::secs(5)));
    assert!(history.in_past());
    history.apply(Change::Intervention(Intervention::Down(ServiceId(2), true)));
    assert!(!history.in_past());
    assert_eq!((history.changes().len(), history.end().at), (1, Time::at(Span::secs(5))));
    history.run_until(Time::at(Span::secs(20)), u64::MAX);
    let down = |id| history.sim().service(ServiceId(id)).is_some_and(|s| s.down);
    assert_eq!((down(1), down(2)), (false, true));
}

#[test]
fn looking_back_does_not_change_the_future() {
    let (mut looked, mut went) = (run(3, 5), run(3, 5));
    looked.seek(Time::at(Span::secs(1)));
    looked.step_back();
    for history in [&mut looked, &mut went] {
        history.run_until(Time::at(Span::secs(30)), u64::MAX);
    }
    assert_eq!(state(&looked), state(&went));
    assert_eq!(looked.sim().report(), went.sim().report());
}

#[test]
fn ten_minutes_of_the_busiest_ready_system_fit_within_a_hundred_megabytes() {
    for (index, ready) in READY.iter().enumerate() {
        let history = run(index, 600);
        assert!(history.bytes() < 100_000_000, "{}: {} bytes", ready.id, history.bytes());
    }
}
