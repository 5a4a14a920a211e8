//! The ledger: the effects that really took place, which no part of the system can know for sure.
//!
//! Each request of a client is one intent. The ledger knows the intent of each
//! entry; a service knows it only if the request carries the business request id.

use super::arena::{Arena, Id};
use super::notice::{Happening, Truth};
use super::view::EntryView;
use crate::outcome::Outcome;
use crate::scenario::topology::ServiceId;
use crate::time::Time;
use serde::Serialize;
use std::collections::VecDeque;

/// The most entries to show for each service.
const KEPT_ENTRIES: usize = 100;

/// A reference to an intent: a request of a client. Everything that acts for the request holds one.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct IntentRef {
    /// Its number, from 1: also the business request id.
    pub number: u64,
    /// Its record; `None` if the client reaches no service with an effect.
    record: Option<Id<Record>>,
}

/// The record of an intent while anything acts for it.
#[derive(Clone, Debug, Default)]
struct Record {
    /// The number of things that act for it.
    holders: u32,
    /// The final outcome that the client saw.
    seen: Option<Outcome>,
    /// Whether chance skipped a call, so that a missing entry is no fault.
    left_out: bool,
    /// Valid entries by service: written and not reversed.
    valid: Vec<(ServiceId, u32)>,
}

/// The counts of a ledger.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct LedgerReport {
    /// Requests of clients that reach a service with an effect.
    pub intents: u64,
    /// Entries written, including those reversed later.
    pub entries: u64,
    /// Entries written while the service had a valid entry of the same intent.
    pub duplicates: u64,
    /// Intents with a valid entry whose client did not see `ok`.
    pub unknown: u64,
    /// Intents without a valid entry whose client saw `ok`.
    pub missing: u64,
    /// Entries reversed.
    pub compensated: u64,
}

/// All intents and entries of a run. Once nothing acts for an intent any more, only the counts remain.
#[derive(Clone, Debug)]
pub(super) struct Ledger {
    records: Arena<Record>,
    last_intent: u64,
    done: LedgerReport,
    entries: Vec<(ServiceId, VecDeque<EntryView>)>,
}

impl Ledger {
    pub fn new() -> Self {
        Ledger { records: Arena::new(), last_intent: 0, done: LedgerReport::default(), entries: Vec::new() }
    }

    /// The number of intents so far.
    pub fn last_intent(&self) -> u64 {
        self.last_intent
    }

    /// Opens the next intent, with one holder. It records only intents that may have an effect.
    pub fn open(&mut self, may_have_effect: bool) -> IntentRef {
        self.last_intent += 1;
        let record = may_have_effect.then(|| {
            self.done.intents += 1;
            self.records.insert(Record { holders: 1, seen: None, left_out: false, valid: Vec::new() })
        });
        IntentRef { number: self.last_intent, record }
    }

    /// Adds a holder: one more thing acts for the intent.
    #[inline(always)]
    pub fn hold(&mut self, intent: IntentRef) -> IntentRef {
        if let Some(id) = intent.record {
            self.records[id].holders += 1;
        }
        intent
    }

    /// Removes a holder: a thing no longer acts for the intent.
    #[inline(always)]
    pub fn release(&mut self, intent: IntentRef) {
        if let Some(id) = intent.record {
            self.release_record(id);
        }
    }

    fn release_record(&mut self, id: Id<Record>) {
        self.records[id].holders -= 1;
        if self.records[id].holders == 0 {
            self.records[id].count_into(&mut self.done);
            self.records.remove(id);
        }
    }

    /// The client saw how its request ended.
    pub fn record_outcome(&mut self, intent: IntentRef, outcome: Outcome) {
        let Some(id) = intent.record else { return };
        let record = &mut self.records[id];
        record.seen = Some(outcome);
        let (unknown, valid) = (outcome != Outcome::Ok, &record.valid);
        let kept = self.entries.iter_mut().filter(|(service, _)| valid.iter().any(|(s, _)| s == service));
        for entry in kept.flat_map(|(_, kept)| kept).filter(|entry| entry.intent == intent.number) {
            entry.unknown = unknown;
        }
    }

    /// Chance skipped a call of the intent.
    pub fn leave_out(&mut self, intent: IntentRef) {
        if let Some(id) = intent.record {
            self.records[id].left_out = true;
        }
    }

    /// Writes an entry and returns the notice about it.
    pub fn write(&mut self, service: ServiceId, intent: IntentRef, now: Time) -> Option<Happening> {
        let id = intent.record?;
        let record = &mut self.records[id];
        let seen = record.seen;
        let unknown = seen.is_some_and(|outcome| outcome != Outcome::Ok);
        let valid = &mut record.valid;
        let index = valid.iter().position(|(s, _)| *s == service).unwrap_or_else(|| {
            valid.push((service, 0));
            valid.len() - 1
        });
        let duplicate = valid[index].1 > 0;
        valid[index].1 += 1;
        self.done.entries += 1;
        self.done.duplicates += u64::from(duplicate);
        self.keep(service, EntryView { at: now, intent: intent.number, duplicate, compensated: false, unknown });
        Some(Happening::Booked { duplicate, seen })
    }

    /// Reverses the valid entries of the intent at the service, and returns how many there were.
    pub fn reverse(&mut self, service: ServiceId, intent: IntentRef) -> u32 {
        let Some(id) = intent.record else { return 0 };
        let mut taken = 0;
        for (_, valid) in self.records[id].valid.iter_mut().filter(|(s, _)| *s == service) {
            taken += std::mem::take(valid);
        }
        self.done.compensated += u64::from(taken);
        let kept = self.entries.iter_mut().filter(|(s, _)| *s == service).flat_map(|(_, kept)| kept);
        kept.filter(|entry| entry.intent == intent.number).for_each(|entry| entry.compensated = true);
        taken
    }

    /// Whether the ledger agrees with `outcome`, which the client is about to see.
    pub fn truth(&self, intent: IntentRef, outcome: Outcome) -> Truth {
        let Some(record) = intent.record.map(|id| &self.records[id]) else { return Truth::Agrees };
        let has_entry = record.valid.iter().any(|(_, n)| *n > 0);
        match outcome {
            Outcome::Ok if !has_entry && !record.left_out => Truth::NotBooked,
            Outcome::Ok => Truth::Agrees,
            _ if has_entry => Truth::BookedDespiteFailure,
            _ => Truth::Agrees,
        }
    }

    /// Whether the intent has a valid entry at the service.
    pub fn has_entry(&self, service: ServiceId, intent: IntentRef) -> bool {
        let valid = intent.record.map(|id| self.records[id].valid.as_slice()).unwrap_or_default();
        valid.iter().any(|(s, n)| *s == service && *n > 0)
    }

    /// The last entries of a service, oldest first.
    pub fn entries(&self, service: ServiceId) -> impl Iterator<Item = EntryView> + '_ {
        self.entries.iter().filter(move |(s, _)| *s == service).flat_map(|(_, kept)| kept.iter().copied())
    }

    /// The counts at this moment. Open intents count by what their client has seen so far.
    pub fn report(&self) -> LedgerReport {
        let mut report = self.done;
        self.records.iter().for_each(|(_, record)| record.count_into(&mut report));
        report
    }

    /// Gives the services new ids, and drops the entries of removed ones.
    pub fn renumber(&mut self, service: impl Fn(ServiceId) -> Option<ServiceId>) {
        let new_id = |(old, kept): (ServiceId, VecDeque<EntryView>)| service(old).map(|new| (new, kept));
        self.entries = std::mem::take(&mut self.entries).into_iter().filter_map(new_id).collect();
        for record in self.records.values_mut() {
            record.valid.retain_mut(|(id, _)| service(*id).map(|new| *id = new).is_some());
        }
    }

    fn keep(&mut self, service: ServiceId, entry: EntryView) {
        let index = self.entries.iter().position(|(s, _)| *s == service).unwrap_or_else(|| {
            self.entries.push((service, VecDeque::new()));
            self.entries.len() - 1
        });
        let kept = &mut self.entries[index].1;
        if kept.len() == KEPT_ENTRIES {
            kept.pop_front();
        }
        kept.push_back(entry);
    }
}

impl Record {
    fn count_into(&self, report: &mut LedgerReport) {
        let has_entry = self.valid.iter().any(|(_, n)| *n > 0);
        match self.seen {
            Some(Outcome::Ok) => report.missing += u64::from(!has_entry && !self.left_out),
            _ => report.unknown += u64::from(has_entry),
        }
    }
}
