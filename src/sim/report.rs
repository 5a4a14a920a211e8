//! The report of a run, as the scenario format describes it. All durations are in milliseconds.

use super::engine::Engine;
use super::ledger::LedgerReport;
use super::link::{LinkState, RecoveryCounts};
use super::measure::{Collector, Source, Verdict};
use super::metrics::LatencySummary;
use super::otlp::state_name;
use super::service::ServiceState;
use super::view::OutcomeCounts;
use crate::outcome::Outcome;
use crate::policy::breaker::State;
use crate::scenario::measure::Unit;
use crate::scenario::topology::Objective;
use serde::{Serialize, Serializer};

/// What a run came to.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Report {
    /// The seed.
    pub seed: u64,
    /// How much time was simulated.
    pub simulated_ms: f64,
    /// How many events were handled.
    pub events: u64,
    /// The clients by id, in the order of the file.
    #[serde(serialize_with = "as_map")]
    pub clients: Vec<(String, ClientReport)>,
    /// The links by `from->to`, in the order of the file.
    #[serde(serialize_with = "as_map")]
    pub links: Vec<(String, LinkReport)>,
    /// The services by id, in the order of the file, without the clients.
    #[serde(serialize_with = "as_map")]
    pub services: Vec<(String, ServiceReport)>,
    /// What was really done.
    pub ledger: LedgerReport,
    /// The objectives, in the order of the file.
    pub objectives: Vec<ObjectiveReport>,
    /// The measures that were asked besides, by their texts; `None` where they are absent.
    #[serde(serialize_with = "as_map", skip_serializing_if = "Vec::is_empty")]
    pub measures: Vec<(String, Option<f64>)>,
}

/// How the requests of a client fared.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ClientReport {
    /// Requests sent.
    pub sent: u64,
    /// Requests that are not finished.
    pub pending: u64,
    /// How often a user asked again by hand.
    pub asked_again: u64,
    /// Finished requests by outcome; those that did not occur are left out.
    #[serde(serialize_with = "counts_as_map")]
    pub outcomes: OutcomeCounts,
    /// The share of the finished requests that ended `ok` or `degraded`; absent when none is finished.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub success_rate: Option<f64>,
    /// From a request to its end.
    pub latency: LatencySummary,
}

/// What went over a link.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LinkReport {
    /// Calls made.
    pub calls: u64,
    /// Every try of their retry loops, hedges included, also those that were stopped before they were sent.
    pub attempts: u64,
    /// The attempts after the first of a call.
    pub retries: u64,
    /// Of the retries: those sent beside an attempt that had not been answered.
    pub hedges: u64,
    /// Attempts that are over, by outcome.
    #[serde(serialize_with = "counts_as_map")]
    pub attempt_outcomes: OutcomeCounts,
    /// Calls that are over, by outcome.
    #[serde(serialize_with = "counts_as_map")]
    pub outcomes: OutcomeCounts,
    /// From the start of a call to its end, for calls that are over.
    pub latency: LatencySummary,
    /// Every change of the breaker's state, at most 10,000.
    pub breaker: Vec<BreakerChange>,
    /// How many changes of the breaker's state there were.
    pub breaker_changes: u64,
    /// Status queries.
    pub asks: RecoveryCounts,
    /// Reversing calls.
    pub compensations: RecoveryCounts,
}

/// A change of a breaker's state.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BreakerChange {
    /// When, in milliseconds.
    pub at: f64,
    /// The state before: `closed`, `open` or `half_open`.
    pub from: &'static str,
    /// The state after.
    pub to: &'static str,
}

/// What a service did. The counts are those of [`super::view::ServiceCounts`].
///
/// The means are over the whole time that was simulated, so that Little's law holds in every report, whenever it is
/// made: a mean times that time is the sum of the stays of all who came, in the service, in its queue, or with a
/// worker. Those who left without an answer count too, and those who are still there, up to now.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "the counts are documented in ServiceCounts")]
pub struct ServiceReport {
    pub arrived: u64,
    pub started: u64,
    pub completed: u64,
    pub failed: u64,
    pub shed: u64,
    pub refused: u64,
    pub wasted: u64,
    pub rate_limited: u64,
    pub replayed: u64,
    pub conflict: u64,
    pub expired: u64,
    pub cancelled: u64,
    pub lost: u64,
    /// Requests in the service at the end: queued, at work or waiting for calls.
    pub present: u32,
    /// The share of the time of its workers in which they were busy; absent when they are, or ever were, unlimited. Above
    /// 1 where workers were taken away while they were busy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub utilisation: Option<f64>,
    /// Busy workers, averaged over time.
    pub mean_busy: f64,
    /// Requests in the service, averaged over time: queued, at work or waiting for calls.
    pub mean_in_system: f64,
    /// Requests in its queue, averaged over time.
    pub mean_in_queue: f64,
    /// From arrival to reply, of the requests that were answered after work.
    pub latency: LatencySummary,
}

/// Whether an objective was met.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ObjectiveReport {
    /// What it is called.
    pub name: String,
    /// Whether it was met. Without a finished request it was; but a condition on something absent does not hold.
    pub met: bool,
    /// The measured share, the measured quantile in milliseconds, or the measure of the condition; absent without a
    /// finished request, or where there is nothing to measure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<f64>,
    /// What the value counts; not part of the document.
    #[serde(skip)]
    pub unit: Unit,
}

impl Report {
    pub(super) fn of(collector: &Collector, source: Source) -> Self {
        let Source { engine, topology: t, seed, .. } = source;
        let services = || t.services.iter().zip(&engine.services);
        let client = |state: &ServiceState| state.client.as_ref().map(client_report);
        Report {
            seed: seed.0,
            simulated_ms: engine.now.since_start().as_millis_f64(),
            events: engine.events,
            clients: services().filter_map(|(s, state)| Some((s.id.clone(), client(state)?))).collect(),
            links: t.links.iter().zip(&engine.links).map(|(l, state)| (l.id.clone(), link_report(state))).collect(),
            services: services()
                .filter(|(_, state)| state.client.is_none())
                .map(|(s, state)| (s.id.clone(), service_report(engine, state)))
                .collect(),
            ledger: engine.ledger.report(),
            objectives: (0..)
                .zip(&t.objectives)
                .map(|(i, o)| objective_report(o, collector.verdict(i, o, source)))
                .collect(),
            measures: collector.answers(source),
        }
    }

    /// Whether every objective was met.
    pub fn meets_objectives(&self) -> bool {
        self.objectives.iter().all(|o| o.met)
    }

    /// The report of a client.
    pub fn client(&self, id: &str) -> Option<&ClientReport> {
        self.clients.iter().find(|(key, _)| key == id).map(|(_, report)| report)
    }

    /// The report of a link, by `from->to`.
    pub fn link(&self, id: &str) -> Option<&LinkReport> {
        self.links.iter().find(|(key, _)| key == id).map(|(_, report)| report)
    }

    /// The report of a service that is not a client.
    pub fn service(&self, id: &str) -> Option<&ServiceReport> {
        self.services.iter().find(|(key, _)| key == id).map(|(_, report)| report)
    }

    /// The report as one JSON document.
    pub fn to_json(&self) -> String {
        // Nothing in a report can fail to be written: keys are texts, and numbers that JSON lacks become null.
        serde_json::to_string_pretty(self).unwrap_or_default()
    }
}

fn client_report(state: &super::client::ClientState) -> ClientReport {
    ClientReport {
        sent: state.sent,
        pending: state.pending(),
        asked_again: state.asked_again,
        outcomes: state.outcomes,
        success_rate: state.outcomes.success_rate(),
        latency: state.latencies.summary(),
    }
}

fn link_report(state: &LinkState) -> LinkReport {
    let change = |(at, from, to): &(crate::time::Time, State, State)| BreakerChange {
        at: at.since_start().as_millis_f64(),
        from: state_name(*from),
        to: state_name(*to),
    };
    LinkReport {
        calls: state.calls,
        attempts: state.attempts,
        retries: state.retries,
        hedges: state.hedges,
        attempt_outcomes: state.attempt_outcomes,
        outcomes: state.outcomes,
        latency: state.latencies.summary(),
        breaker: state.breaker_log.changes.iter().map(change).collect(),
        breaker_changes: state.breaker_log.count,
        asks: state.asks,
        compensations: state.reversals,
    }
}

fn service_report(engine: &Engine, state: &ServiceState) -> ServiceReport {
    let c = &state.counts;
    ServiceReport {
        arrived: c.arrived,
        started: c.started,
        completed: c.completed,
        failed: c.failed,
        shed: c.shed,
        refused: c.refused,
        wasted: c.wasted,
        rate_limited: c.rate_limited,
        replayed: c.replayed,
        conflict: c.conflict,
        expired: c.expired,
        cancelled: c.cancelled,
        lost: c.lost,
        present: state.present.get(),
        utilisation: state.capacity.used(&state.busy, engine.now),
        mean_busy: state.busy.mean(engine.now),
        mean_in_system: state.present.mean(engine.now),
        mean_in_queue: state.queued.mean(engine.now),
        latency: state.latencies.summary(),
    }
}

fn objective_report(objective: &Objective, verdict: Verdict) -> ObjectiveReport {
    let Verdict { value, met, unit } = verdict;
    ObjectiveReport { name: objective.name.clone(), met, value, unit }
}

fn as_map<T: Serialize, S: Serializer>(entries: &[(String, T)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(entries.iter().map(|(key, value)| (key, value)))
}

fn counts_as_map<S: Serializer>(counts: &OutcomeCounts, serializer: S) -> Result<S::Ok, S::Error> {
    let occurred = Outcome::ALL.into_iter().map(|o| (o.name(), counts.get(o))).filter(|(_, n)| *n > 0);
    serializer.collect_map(occurred)
}
