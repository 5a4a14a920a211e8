//! The ledger: what was really done, as nobody inside the system can know it.
//!
//! Each request of a client is one intent. The ledger knows the intent of each
//! entry; the services only if a business request id told them.

use super::arena::{Arena, Id};
use super::notice::{Happening, Truth};
use super::view::EntryView;
use crate::outcome::Outcome;
use crate::scenario::topology::ServiceId;
use crate::time::Time;
use serde::Serialize;
use std::collections::VecDeque;

/// Entries of a service that are kept to be looked at.
const KEPT_ENTRIES: usize = 100;

/// An intent as the things hold it that act for it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct IntentRef {
    /// Its number, from 1: also the business request id.
    pub number: u64,
    /// Its record; `None` for clients that reach no service with an effect.
    record: Option<Id<Record>>,
}

/// What is known of an intent while anything still acts for it.
#[derive(Clone, Debug, Default)]
struct Record {
    /// How many things still act for it.
    holders: u32,
    /// What the client was told in the end.
    told: Option<Outcome>,
    /// Whether chance decided that a call was not made, so that no entry need be missed.
    left_out: bool,
    /// Entries that stand, by service.
    standing: Vec<(ServiceId, u32)>,
}

/// What happened to the intents, in numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct LedgerReport {
    /// Requests of clients that reach a service with an effect.
    pub intents: u64,
    /// Entries written, those taken back since included.
    pub entries: u64,
    /// Entries written while another of the same intent stood in the same service.
    pub duplicates: u64,
    /// Intents of which the client was not told `ok`, and an entry stands.
    pub unknown: u64,
    /// Intents of which the client was told `ok`, and no entry stands.
    pub missing: u64,
    /// Entries taken back.
    pub compensated: u64,
}

/// All intents and entries of a run. An intent is forgotten, and only counted,
/// when nothing acts for it any more.
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

    /// How many intents there were.
    pub fn last_intent(&self) -> u64 {
        self.last_intent
    }

    /// Opens the next intent, held once. Only intents that may come to have an effect are recorded.
    pub fn open(&mut self, may_have_effect: bool) -> IntentRef {
        self.last_intent += 1;
        let record = may_have_effect.then(|| {
            self.done.intents += 1;
            self.records.insert(Record { holders: 1, told: None, left_out: false, standing: Vec::new() })
        });
        IntentRef { number: self.last_intent, record }
    }

    /// One more thing acts for the intent.
    #[inline(always)]
    pub fn hold(&mut self, intent: IntentRef) -> IntentRef {
        if let Some(id) = intent.record {
            self.records[id].holders += 1;
        }
        intent
    }

    /// A thing no longer acts for the intent.
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

    /// The client was told how it ended.
    pub fn tell(&mut self, intent: IntentRef, outcome: Outcome) {
        let Some(id) = intent.record else { return };
        let record = &mut self.records[id];
        record.told = Some(outcome);
        let (unknown, standing) = (outcome != Outcome::Ok, &record.standing);
        let kept = self.entries.iter_mut().filter(|(service, _)| standing.iter().any(|(s, _)| s == service));
        for entry in kept.flat_map(|(_, kept)| kept).filter(|entry| entry.intent == intent.number) {
            entry.unknown = unknown;
        }
    }

    /// Chance decided that a call was not made.
    pub fn leave_out(&mut self, intent: IntentRef) {
        if let Some(id) = intent.record {
            self.records[id].left_out = true;
        }
    }

    /// Writes an entry, and tells what is to be noticed of it.
    pub fn write(&mut self, service: ServiceId, intent: IntentRef, now: Time) -> Option<Happening> {
        let id = intent.record?;
        let record = &mut self.records[id];
        let told = record.told;
        let unknown = told.is_some_and(|outcome| outcome != Outcome::Ok);
        let standing = &mut record.standing;
        let index = standing.iter().position(|(s, _)| *s == service).unwrap_or_else(|| {
            standing.push((service, 0));
            standing.len() - 1
        });
        let duplicate = standing[index].1 > 0;
        standing[index].1 += 1;
        self.done.entries += 1;
        self.done.duplicates += u64::from(duplicate);
        self.keep(service, EntryView { at: now, intent: intent.number, duplicate, compensated: false, unknown });
        Some(Happening::Booked { duplicate, told })
    }

    /// Takes back what stands for the intent at the service, and tells how many entries that were.
    pub fn reverse(&mut self, service: ServiceId, intent: IntentRef) -> u32 {
        let Some(id) = intent.record else { return 0 };
        let mut taken = 0;
        for (_, standing) in self.records[id].standing.iter_mut().filter(|(s, _)| *s == service) {
            taken += std::mem::take(standing);
        }
        self.done.compensated += u64::from(taken);
        let kept = self.entries.iter_mut().filter(|(s, _)| *s == service).flat_map(|(_, kept)| kept);
        kept.filter(|entry| entry.intent == intent.number).for_each(|entry| entry.compensated = true);
        taken
    }

    /// Whether `outcome`, which the client is about to be told, is what the ledger says so far.
    pub fn truth(&self, intent: IntentRef, outcome: Outcome) -> Truth {
        let Some(record) = intent.record.map(|id| &self.records[id]) else { return Truth::Agrees };
        let stands = record.standing.iter().any(|(_, n)| *n > 0);
        match outcome {
            Outcome::Ok if !stands && !record.left_out => Truth::NotBooked,
            Outcome::Ok => Truth::Agrees,
            _ if stands => Truth::BookedDespiteFailure,
            _ => Truth::Agrees,
        }
    }

    /// Whether an entry stands for the intent at the service.
    pub fn stands(&self, service: ServiceId, intent: IntentRef) -> bool {
        let standing = intent.record.map(|id| self.records[id].standing.as_slice()).unwrap_or_default();
        standing.iter().any(|(s, n)| *s == service && *n > 0)
    }

    /// The last entries of a service, oldest first.
    pub fn entries(&self, service: ServiceId) -> impl Iterator<Item = EntryView> + '_ {
        self.entries.iter().filter(move |(s, _)| *s == service).flat_map(|(_, kept)| kept.iter().copied())
    }

    /// The numbers at this moment: intents under way count by what the client knows so far.
    pub fn report(&self) -> LedgerReport {
        let mut report = self.done;
        self.records.iter().for_each(|(_, record)| record.count_into(&mut report));
        report
    }

    /// Services have new ids; the entries of those without one are no longer shown.
    pub fn renumber(&mut self, service: impl Fn(ServiceId) -> Option<ServiceId>) {
        let new_id = |(old, kept): (ServiceId, VecDeque<EntryView>)| service(old).map(|new| (new, kept));
        self.entries = std::mem::take(&mut self.entries).into_iter().filter_map(new_id).collect();
        for record in self.records.values_mut() {
            record.standing.retain_mut(|(id, _)| service(*id).map(|new| *id = new).is_some());
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
        let stands = self.standing.iter().any(|(_, n)| *n > 0);
        match self.told {
            Some(Outcome::Ok) => report.missing += u64::from(!stands && !self.left_out),
            _ => report.unknown += u64::from(stands),
        }
    }
}
