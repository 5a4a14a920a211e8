//! The idempotency store of a callee: which business request ids it has served.
//!
//! As in the IETF draft "The Idempotency-Key HTTP Header Field", the callee answers a repeated id from the store, or
//! with a conflict while the first request is in progress. The callee decides which answers to store.

use crate::outcome::Outcome;
use crate::time::{Span, Time};
use std::collections::{BTreeMap, VecDeque};

/// The settings of an idempotency store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Config {
    /// How long the store remembers a served id. Default 24 h.
    pub ttl: Span,
}

impl Default for Config {
    fn default() -> Self {
        Config { ttl: Span::secs(24 * 3_600) }
    }
}

/// What the store knows about an id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lookup {
    /// Nothing, or nothing any more.
    New,
    /// The first request with this id is in progress.
    InProgress,
    /// A request with this id was served with this answer.
    Served(Outcome),
}

/// The ids that a service knows. It forgets a served id when its time to live is over.
#[derive(Clone, Debug)]
pub struct Store {
    ttl: Span,
    ids: BTreeMap<u64, Lookup>,
    /// The served ids and when they expire, soonest first: all have the same time to live.
    expiries: VecDeque<(Time, u64)>,
}

impl Store {
    /// An empty store.
    pub fn new(config: &Config) -> Self {
        Store { ttl: config.ttl, ids: BTreeMap::new(), expiries: VecDeque::new() }
    }

    /// A request with this id arrives. If the id is new, it is in progress from now on.
    pub fn begin(&mut self, id: u64, now: Time) -> Lookup {
        let known = self.status(id, now);
        if known == Lookup::New {
            self.ids.insert(id, Lookup::InProgress);
        }
        known
    }

    /// The request in progress is over. `keep` is the answer for repetitions of the id; `None` frees the id.
    pub fn finish(&mut self, id: u64, now: Time, keep: Option<Outcome>) {
        match keep {
            Some(outcome) => {
                self.ids.insert(id, Lookup::Served(outcome));
                self.expiries.push_back((now + self.ttl, id));
            }
            None => {
                self.ids.remove(&id);
            }
        }
    }

    /// Looks an id up without changing anything.
    pub fn status(&mut self, id: u64, now: Time) -> Lookup {
        self.purge(now);
        self.ids.get(&id).copied().unwrap_or(Lookup::New)
    }

    /// The service went down: it forgets the ids in progress and keeps the served ones.
    pub fn forget_in_progress(&mut self) {
        self.ids.retain(|_, known| *known != Lookup::InProgress);
    }

    fn purge(&mut self, now: Time) {
        while let Some((expiry, id)) = self.expiries.front().copied()
            && expiry <= now
        {
            self.expiries.pop_front();
            self.ids.remove(&id);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT: fn(u64) -> Time = |s| Time::at(Span::secs(s));

    fn store() -> Store {
        Store::new(&Config { ttl: Span::secs(10) })
    }

    #[test]
    fn a_repeated_id_is_in_conflict_and_then_served() {
        let mut store = store();
        assert_eq!(store.status(1, AT(0)), Lookup::New);
        assert_eq!(store.begin(1, AT(0)), Lookup::New);
        assert_eq!(store.begin(1, AT(1)), Lookup::InProgress);
        store.finish(1, AT(2), Some(Outcome::Ok));
        assert_eq!(store.begin(1, AT(11)), Lookup::Served(Outcome::Ok));
        assert_eq!(store.begin(1, AT(12)), Lookup::New);
    }

    #[test]
    fn an_id_without_a_stored_answer_is_free_again() {
        let mut store = store();
        store.begin(1, AT(0));
        store.finish(1, AT(1), None);
        assert_eq!(store.begin(1, AT(1)), Lookup::New);
    }

    #[test]
    fn served_ids_survive_a_crash_and_ids_in_progress_do_not() {
        let mut store = store();
        store.begin(1, AT(0));
        store.begin(2, AT(0));
        store.finish(1, AT(0), Some(Outcome::Error));
        store.forget_in_progress();
        assert_eq!([store.status(1, AT(0)), store.status(2, AT(0))], [Lookup::Served(Outcome::Error), Lookup::New]);
    }
}
