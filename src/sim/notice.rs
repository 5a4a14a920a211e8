//! Notices: the happenings of a run that matter to people, as plain values for a log.
//!
//! The engine creates notices only while someone listens, and listening never changes a run. The number of pending
//! notices is limited; further ones are only counted. Notices have ids instead of names, and no texts: `scene::run::log`
//! adds both.

mod record;
mod record_notices;

pub use record::Record;

use super::position::Position;
use super::view::{Direction, Purpose};
use super::{Intervention, Simulation};
use crate::outcome::Outcome;
use crate::policy::breaker::{Counts, State};
use crate::scenario::topology::{LinkId, ServiceId};
use crate::time::{Span, Time};

/// How many notices can be pending; further ones are only counted.
pub const PENDING: usize = 100_000;

/// A happening, and when and where it took place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Notice {
    /// When.
    pub at: Time,
    /// The number of the event of the run: [`Simulation::events`] at that moment. An intervention between two events
    /// belongs to the earlier.
    pub events: u64,
    /// Where.
    pub place: Location,
    /// The intent of the client's request behind it, from 1; 0: there is none.
    pub intent: u64,
    /// What happened.
    pub what: Happening,
}

/// Where something happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Location {
    /// At a service, client or stub.
    Service(ServiceId),
    /// On a link; seen by the caller unless documented otherwise.
    Link(LinkId),
    /// In the system as a whole.
    System,
}

/// Something that can happen in a run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Happening {
    /// A request of a client begins.
    Sent {
        /// Whether it was sent by hand.
        by_hand: bool,
    },
    /// A user got no good answer and asks again.
    AskedAgain,
    /// A request of a client is over.
    Ended {
        /// The outcome that the user saw.
        outcome: Outcome,
        /// After how long.
        latency: Span,
        /// Whether the ledger agrees.
        truth: Truth,
    },
    /// An attempt is over for its caller: it was answered, given up, or never sent.
    AttemptEnded {
        /// Which attempt of its call, from 1.
        number: u32,
        /// Its purpose.
        purpose: Purpose,
        /// How it ended.
        outcome: Outcome,
        /// After how long.
        after: Span,
    },
    /// A caller will try again.
    Retries {
        /// Which attempt of its call comes next, from 2.
        number: u32,
        /// After how long.
        wait: Span,
    },
    /// A caller would try again, but its retry budget does not allow it.
    BudgetSpent,
    /// A caller sends another attempt while earlier ones are unanswered.
    Hedged {
        /// Which attempt of its call, from 2.
        number: u32,
    },
    /// A caller goes on with a fallback.
    FellBack {
        /// How the call ended.
        instead_of: Outcome,
    },
    /// A call is over, and the caller does not know whether the callee's effect took place.
    LeftUnknown,
    /// A message leaves that will never arrive.
    Lost {
        /// Its direction.
        direction: Direction,
        /// Its purpose.
        purpose: Purpose,
        /// Whether a fault loses it, and not chance.
        by_fault: bool,
    },
    /// A breaker changes its state.
    Breaker {
        /// Before.
        from: State,
        /// After.
        to: State,
        /// The results in its window when it opens; the consecutive-failure form has none.
        counts: Counts,
    },
    /// The callee rejects the request: down, queue full, rate limit, in progress, or too late.
    TurnedAway {
        /// What it answers.
        outcome: Outcome,
    },
    /// The callee repeats the answer to an earlier attempt from its store.
    Replayed {
        /// What it answers.
        outcome: Outcome,
    },
    /// The service's own work on a request fails.
    Failed,
    /// A service writes to its ledger.
    Booked {
        /// Whether there was a valid entry of the same intent already.
        duplicate: bool,
        /// The outcome that the user had seen by then.
        seen: Option<Outcome>,
    },
    /// A caller starts to reverse its callee's effect.
    TakesBack,
    /// The callee reverses entries of the ledger.
    TakenBack {
        /// How many.
        entries: u32,
    },
    /// A caller could not reverse its callee's effect: no answer came.
    NotTakenBack,
    /// A service answers a request that no caller waits for any more.
    Wasted,
    /// A service drops a request because its caller cancelled it.
    Dropped,
    /// A service goes down and loses its requests.
    LostWork {
        /// How many.
        requests: u32,
    },
    /// All workers are busy: a request is the first to wait.
    WorkersBusy,
    /// The last place in the queue is taken.
    QueueFilled,
    /// The queue is empty again.
    QueueEmptied,
    /// A scheduled fault begins or ends.
    Fault {
        /// The index of the fault in the topology of that moment.
        fault: u32,
        /// Whether it begins.
        begins: bool,
    },
    /// An intervention by hand.
    Done(Intervention),
    /// The settings changed during the run.
    Edited {
        /// The number of such changes in this run, including this one.
        number: u32,
    },
}

/// Whether the ledger agrees with the outcome that a user saw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Truth {
    /// It agrees, or the request writes to no ledger.
    Agrees,
    /// The user saw no clean success, but the ledger has an entry.
    BookedDespiteFailure,
    /// The user saw `ok`, but the ledger has no entry.
    NotBooked,
}

impl Notice {
    /// When in the run it happened.
    pub const fn position(&self) -> Position {
        Position { events: self.events, at: self.at }
    }
}

impl Happening {
    /// Whether it explains the state of the system, and therefore is kept longer than the rest.
    pub const fn is_turning_point(self) -> bool {
        match self {
            Happening::Breaker { .. } | Happening::Fault { .. } | Happening::Done(_) | Happening::Edited { .. } => true,
            Happening::LostWork { .. } | Happening::NotTakenBack => true,
            Happening::Booked { duplicate, seen } => duplicate || matches!(seen, Some(o) if !matches!(o, Outcome::Ok)),
            Happening::Ended { truth, .. } => !matches!(truth, Truth::Agrees),
            _ => false,
        }
    }
}

/// The pending notices: not fetched yet.
#[derive(Clone, Debug, Default)]
pub(super) struct Notices {
    on: bool,
    pending: Vec<Notice>,
    left_out: u64,
    edits: u32,
}

impl Notices {
    /// Counts a change of the settings and returns its number.
    pub fn edit(&mut self) -> u32 {
        self.edits = self.edits.saturating_add(1);
        self.edits
    }

    /// Adds a notice, if someone listens.
    #[inline]
    pub fn add(&mut self, at: Time, events: u64, place: Location, intent: u64, what: Happening) {
        if self.on {
            self.keep(Notice { at, events, place, intent, what });
        }
    }

    #[cold]
    fn keep(&mut self, notice: Notice) {
        if self.pending.len() < PENDING { self.pending.push(notice) } else { self.left_out += 1 }
    }

    /// Gives things new ids, and drops the notices about removed ones.
    pub fn renumber(&mut self, moved: impl Fn(Location) -> Option<Location>, fault: impl Fn(u32) -> Option<u32>) {
        self.pending.retain_mut(|notice| {
            if let Happening::Fault { fault: index, .. } = &mut notice.what {
                let Some(new) = fault(*index) else { return false };
                *index = new;
            }
            moved(notice.place).map(|place| notice.place = place).is_some()
        });
    }
}

impl Simulation {
    /// Turns notices on or off.
    pub fn listen(&mut self, on: bool) {
        self.engine.notices.on = on;
    }

    /// Moves the pending notices to the end of `notices`, oldest first, and returns how many more there were than could
    /// be pending.
    pub fn take_notices(&mut self, notices: &mut Vec<Notice>) -> u64 {
        let Notices { pending, left_out, .. } = &mut self.engine.notices;
        notices.append(pending);
        std::mem::take(left_out)
    }
}

#[cfg(test)]
mod tests {
    use super::record::KEPT;
    use super::*;
    use crate::scenario::Scenario;
    use crate::scenario::ready::READY;
    use crate::sim::Intervention;

    const UNTIL: Time = Time::at(Span::secs(20));

    /// A run of a ready system with some trouble, and its notices.
    fn troubled(text: &str, listens: bool) -> (Simulation, Vec<Notice>) {
        let mut sim = Simulation::start(&Scenario::from_json(text).unwrap()).unwrap();
        sim.listen(listens);
        let mut notices = Vec::new();
        let last = ServiceId(sim.topology().services.len() as u32 - 1);
        for second in 1..=UNTIL.since_start().as_secs_f64() as u64 {
            match second {
                5 => sim.apply(Intervention::Failing(last, 0.5)),
                8 => sim.apply(Intervention::Down(last, true)),
                12 => sim.apply(Intervention::Down(last, false)),
                15 => sim.apply(Intervention::Slow(last, 100.0)),
                _ => {}
            }
            sim.run_until(Time::at(Span::secs(second)), u64::MAX);
            assert_eq!(sim.take_notices(&mut notices), 0);
        }
        (sim, notices)
    }

    #[test]
    fn listening_never_changes_a_run_and_without_a_listener_there_are_no_notices() {
        for ready in READY {
            let ((heard, notices), (unheard, nothing)) = (troubled(ready.text, true), troubled(ready.text, false));
            assert_eq!(heard.report(), unheard.report(), "{}", ready.id);
            assert_eq!((heard.events(), nothing.len()), (unheard.events(), 0));
            assert!(notices.len() > 3, "{}", ready.id);
        }
    }

    #[test]
    fn notices_are_in_order_and_agree_with_the_counts() {
        for ready in READY {
            let (sim, notices) = troubled(ready.text, true);
            assert!(notices.is_sorted_by_key(|n| (n.events, n.at)), "{}", ready.id);
            let count = |is_it: &dyn Fn(&Notice) -> bool| notices.iter().filter(|n| is_it(n)).count() as u64;
            let ended = |n: &Notice, wanted| matches!(n.what, Happening::AttemptEnded { outcome, purpose: Purpose::Call, .. } if outcome == wanted);
            for id in (0..sim.topology().links.len() as u32).map(LinkId) {
                let (view, here) = (sim.link(id).unwrap(), Location::Link(id));
                for outcome in Outcome::ALL {
                    let noticed = count(&|n| n.place == here && ended(n, outcome));
                    assert_eq!(noticed, view.attempt_outcomes.get(outcome), "{} {id:?} {outcome:?}", ready.id);
                }
            }
            for id in (0..sim.topology().services.len() as u32).map(ServiceId) {
                let here = Location::Service(id);
                if let Some(client) = sim.client(id) {
                    assert_eq!(count(&|n| n.place == here && matches!(n.what, Happening::Sent { .. })), client.sent);
                    assert_eq!(
                        count(&|n| n.place == here && matches!(n.what, Happening::Ended { .. })),
                        client.outcomes.total()
                    );
                }
                assert_eq!(
                    count(&|n| n.place == here && n.what == Happening::Wasted),
                    sim.service(id).unwrap().counts.wasted
                );
            }
            let ledger = sim.report().ledger;
            let booked = |only_again: bool| {
                count(&|n| matches!(n.what, Happening::Booked { duplicate, .. } if duplicate || !only_again))
            };
            assert_eq!((booked(false), booked(true)), (ledger.entries, ledger.duplicates));
        }
    }

    #[test]
    fn pending_notices_are_limited_and_the_rest_is_counted() {
        let mut notices = Notices { on: true, ..Notices::default() };
        for events in 0..PENDING as u64 + 7 {
            notices.add(Time::ZERO, events, Location::Service(ServiceId(0)), 0, Happening::Failed);
        }
        assert_eq!((notices.pending.len(), notices.left_out), (PENDING, 7));
    }

    #[test]
    fn a_record_keeps_the_latest_notices_and_the_older_turning_points() {
        let (mut sim, _) = troubled(READY[0].text, true);
        let mut record = Record::default();
        let add = |record: &mut Record, sim: &mut Simulation, events, what| {
            sim.engine.notices.add(Time::ZERO, events, Location::Link(LinkId(0)), 1, what);
            record.take(sim, events > 10);
        };
        for events in 0..2 * KEPT as u64 {
            let rare = Happening::Fault { fault: 0, begins: true };
            add(&mut record, &mut sim, events, if events % 10_000 == 500 { rare } else { Happening::BudgetSpent });
        }
        let kept = record.notices();
        assert!(kept.len() <= KEPT && kept.len() > KEPT / 2 && kept.is_sorted_by_key(|n| n.events));
        assert_eq!(kept.iter().filter(|n| n.what.is_turning_point()).count(), 2 * KEPT / 10_000);
        // The first eleven were not new.
        assert_eq!((record.count() + 11, record.rewrites()), (2 * KEPT as u64, 0));
        assert_eq!(
            record.since(record.count() - 1).iter().map(|n| n.events).collect::<Vec<_>>(),
            [2 * KEPT as u64 - 1]
        );
        let (changes, middle) = (record.rewrites(), 2 * KEPT as u64 - 100);
        record.forget_after(Position { events: middle, at: Time::ZERO });
        assert_eq!(record.notices().last().map(|n| n.events), Some(middle));
        record.forget_after(Position { events: middle, at: Time::MAX });
        assert_eq!(record.rewrites(), changes + 1);
    }

    #[test]
    fn notices_about_removed_things_are_dropped() {
        let mut notices = Notices { on: true, ..Notices::default() };
        for id in 0..3 {
            notices.add(
                Time::ZERO,
                0,
                Location::Service(ServiceId(id)),
                0,
                Happening::Fault { fault: id, begins: true },
            );
        }
        let one_down = |place| match place {
            Location::Service(ServiceId(id)) if id > 0 => Some(Location::Service(ServiceId(id - 1))),
            _ => None,
        };
        notices.renumber(one_down, |fault| (fault == 1).then_some(9));
        let left: Vec<_> = notices.pending.iter().map(|n| (n.place, n.what)).collect();
        assert_eq!(left, [(Location::Service(ServiceId(0)), Happening::Fault { fault: 9, begins: true })]);
    }
}
