//! Every number of a run that a measure can ask for, by its name in the report, with its unit.

use crate::outcome::Outcome;
use crate::scenario::topology::{LinkId, ServiceId};

/// The unit of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Whole things: requests, attempts, entries.
    Count,
    /// A part of a whole, 0 to 1. A value may be written as a percentage.
    Share,
    /// Things a second.
    Rate,
    /// A level averaged over time: requests, busy workers.
    Mean,
    /// Milliseconds. A value may be written as a duration.
    Millis,
    /// One number over another. A value may be written as a percentage.
    Ratio,
}

/// One number of a run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Path {
    /// `clients.ID.…`
    Client(ServiceId, ClientField),
    /// `links.FROM->TO.…`
    Link(LinkId, LinkField),
    /// `services.ID.…`
    Service(ServiceId, ServiceField),
    /// `ledger.…`
    Ledger(LedgerField),
    /// `system.…`
    System(SystemField),
    /// `seed`, `simulated_ms`, `events`
    Run(RunField),
}

/// Of the run as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunField {
    /// `seed`: the seed.
    Seed,
    /// `simulated_ms`: the simulated time, in milliseconds.
    SimulatedMs,
    /// `events`: the number of handled events.
    Events,
}

/// Of all parts of the system together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SystemField {
    /// `in_flight`: requests of clients that are sent and not finished, averaged over time.
    InFlight,
    /// `recovered_at`: when the last fault was overcome, in milliseconds from the start of the run.
    RecoveredAt,
}

/// Of the ledger; the names are those of its report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the counts are documented in LedgerReport")]
pub enum LedgerField {
    Intents,
    Entries,
    Duplicates,
    Unknown,
    Missing,
    Compensated,
}

/// Of a latency, in milliseconds except for the count.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum LatencyField {
    /// `count`: the number of ended ones.
    Count,
    /// `mean`: exact.
    Mean,
    /// `min`: exact over the whole run, in a window to three digits.
    Min,
    /// `p50`, `p90`, `p95`, `p99`, `p999`: the percentile of this share, 0 to 1, to three digits.
    Quantile(f64),
    /// `max`: exact over the whole run, in a window to three digits.
    Max,
}

/// Of a client.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ClientField {
    /// `sent`: requests sent.
    Sent,
    /// `pending`: requests that are not finished. At the end of the run; in a window, averaged over time.
    Pending,
    /// `asked_again`: the number of times that a user asked again by hand.
    AskedAgain,
    /// `outcomes.OUTCOME`: finished requests with this outcome.
    Outcomes(Outcome),
    /// `success_rate`: the share of the finished requests that ended `ok` or `degraded`.
    SuccessRate,
    /// `goodput`: requests a second that ended `ok` or `degraded`.
    Goodput,
    /// `latency.…`: from a request to its end.
    Latency(LatencyField),
}

/// Of status queries, or of reversing calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the counts are documented in RecoveryCounts")]
pub enum RecoveryField {
    Sent,
    Settled,
    Unsettled,
}

/// Of a link.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum LinkField {
    /// `calls`: calls made.
    Calls,
    /// `attempts`: every try of their retry loops.
    Attempts,
    /// `retries`: the attempts after the first of a call.
    Retries,
    /// `hedges`: the retries sent beside an unanswered attempt.
    Hedges,
    /// `attempt_outcomes.OUTCOME`: attempts with this outcome.
    AttemptOutcomes(Outcome),
    /// `outcomes.OUTCOME`: calls with this outcome.
    Outcomes(Outcome),
    /// `latency.…`: from the start of a call to its end.
    Latency(LatencyField),
    /// `breaker_changes`: changes of the breaker's state.
    BreakerChanges,
    /// `breaker.opened`: the number of times that the breaker opened.
    BreakerOpened,
    /// `breaker.open_share`: the share of the time in which the breaker was not closed.
    BreakerOpenShare,
    /// `asks.…`: status queries.
    Asks(RecoveryField),
    /// `compensations.…`: reversing calls.
    Compensations(RecoveryField),
    /// `amplification`: attempts for each call.
    Amplification,
}

/// Of a service.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ServiceField {
    /// `arrived`, `started`, …: a count of its report.
    Count(ServiceCount),
    /// `present`: requests in the service. At the end of the run; in a window, averaged over time.
    Present,
    /// `utilisation`: the share of the time of its workers in which they were busy; absent where workers are unlimited.
    Utilisation,
    /// `mean_busy`: busy workers, averaged over time.
    MeanBusy,
    /// `mean_in_system`: requests in the service, averaged over time.
    MeanInSystem,
    /// `mean_in_queue`: requests in its queue, averaged over time.
    MeanInQueue,
    /// `latency.…`: from arrival to reply.
    Latency(LatencyField),
    /// `goodput`: good answers a second to callers that still waited.
    Goodput,
    /// `wasted_share`: the share of completed requests for which nobody waited any more.
    WastedShare,
    /// `arrivals_per_request`: arrivals for each request that a client sent, of all clients together.
    ArrivalsPerRequest,
    /// `abandoned`: present requests for which nobody waits any more, averaged over time.
    Abandoned,
    /// `abandoned_share`: the share of present requests for which nobody waits any more, weighted by time.
    AbandonedShare,
}

/// The counts of a service; the names are those of its report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the counts are documented in ServiceCounts")]
pub enum ServiceCount {
    Arrived,
    Started,
    Completed,
    Failed,
    Shed,
    Refused,
    Wasted,
    RateLimited,
    Replayed,
    Conflict,
    Expired,
    Cancelled,
    Lost,
}

/// The names of a kind of field, with their fields.
type Table<T> = Vec<(String, T)>;

fn table<T: Copy, const N: usize>(names: [(&str, T); N]) -> Table<T> {
    names.into_iter().map(|(name, field)| (name.to_owned(), field)).collect()
}

/// The names below another one.
fn below<T, U: Copy>(name: &str, inner: &[(String, U)], wrap: impl Fn(U) -> T) -> Table<T> {
    inner.iter().map(|(part, field)| (format!("{name}.{part}"), wrap(*field))).collect()
}

fn outcomes() -> Table<Outcome> {
    table(Outcome::ALL.map(|outcome| (outcome.name(), outcome)))
}

impl RunField {
    /// Every name with its field.
    pub fn names() -> Table<RunField> {
        table([("seed", RunField::Seed), ("simulated_ms", RunField::SimulatedMs), ("events", RunField::Events)])
    }
}

impl SystemField {
    /// Every name with its field.
    pub fn names() -> Table<SystemField> {
        table([("in_flight", SystemField::InFlight), ("recovered_at", SystemField::RecoveredAt)])
    }
}

impl LedgerField {
    /// Every name with its field.
    pub fn names() -> Table<LedgerField> {
        table([
            ("intents", LedgerField::Intents),
            ("entries", LedgerField::Entries),
            ("duplicates", LedgerField::Duplicates),
            ("unknown", LedgerField::Unknown),
            ("missing", LedgerField::Missing),
            ("compensated", LedgerField::Compensated),
        ])
    }
}

impl LatencyField {
    /// Every name with its field.
    pub fn names() -> Table<LatencyField> {
        table([
            ("count", LatencyField::Count),
            ("mean", LatencyField::Mean),
            ("min", LatencyField::Min),
            ("p50", LatencyField::Quantile(0.5)),
            ("p90", LatencyField::Quantile(0.9)),
            ("p95", LatencyField::Quantile(0.95)),
            ("p99", LatencyField::Quantile(0.99)),
            ("p999", LatencyField::Quantile(0.999)),
            ("max", LatencyField::Max),
        ])
    }

    fn unit(self) -> Unit {
        if self == LatencyField::Count { Unit::Count } else { Unit::Millis }
    }
}

impl RecoveryField {
    /// Every name with its field.
    pub fn names() -> Table<RecoveryField> {
        table([
            ("sent", RecoveryField::Sent),
            ("settled", RecoveryField::Settled),
            ("unsettled", RecoveryField::Unsettled),
        ])
    }
}

impl ClientField {
    /// Every name with its field.
    pub fn names() -> Table<ClientField> {
        let mut names = table([
            ("sent", ClientField::Sent),
            ("pending", ClientField::Pending),
            ("asked_again", ClientField::AskedAgain),
            ("success_rate", ClientField::SuccessRate),
            ("goodput", ClientField::Goodput),
        ]);
        names.extend(below("outcomes", &outcomes(), ClientField::Outcomes));
        names.extend(below("latency", &LatencyField::names(), ClientField::Latency));
        names
    }
}

impl LinkField {
    /// Every name with its field.
    pub fn names() -> Table<LinkField> {
        let mut names = table([
            ("calls", LinkField::Calls),
            ("attempts", LinkField::Attempts),
            ("retries", LinkField::Retries),
            ("hedges", LinkField::Hedges),
            ("amplification", LinkField::Amplification),
            ("breaker_changes", LinkField::BreakerChanges),
            ("breaker.opened", LinkField::BreakerOpened),
            ("breaker.open_share", LinkField::BreakerOpenShare),
        ]);
        names.extend(below("attempt_outcomes", &outcomes(), LinkField::AttemptOutcomes));
        names.extend(below("outcomes", &outcomes(), LinkField::Outcomes));
        names.extend(below("latency", &LatencyField::names(), LinkField::Latency));
        names.extend(below("asks", &RecoveryField::names(), LinkField::Asks));
        names.extend(below("compensations", &RecoveryField::names(), LinkField::Compensations));
        names
    }
}

impl ServiceCount {
    /// Every name with its field.
    pub fn names() -> Table<ServiceCount> {
        table([
            ("arrived", ServiceCount::Arrived),
            ("started", ServiceCount::Started),
            ("completed", ServiceCount::Completed),
            ("failed", ServiceCount::Failed),
            ("shed", ServiceCount::Shed),
            ("refused", ServiceCount::Refused),
            ("wasted", ServiceCount::Wasted),
            ("rate_limited", ServiceCount::RateLimited),
            ("replayed", ServiceCount::Replayed),
            ("conflict", ServiceCount::Conflict),
            ("expired", ServiceCount::Expired),
            ("cancelled", ServiceCount::Cancelled),
            ("lost", ServiceCount::Lost),
        ])
    }
}

impl ServiceField {
    /// Every name with its field.
    pub fn names() -> Table<ServiceField> {
        let counts = ServiceCount::names().into_iter().map(|(name, count)| (name, ServiceField::Count(count)));
        let mut names: Table<ServiceField> = counts.collect();
        names.extend(table([
            ("present", ServiceField::Present),
            ("utilisation", ServiceField::Utilisation),
            ("mean_busy", ServiceField::MeanBusy),
            ("mean_in_system", ServiceField::MeanInSystem),
            ("mean_in_queue", ServiceField::MeanInQueue),
            ("goodput", ServiceField::Goodput),
            ("wasted_share", ServiceField::WastedShare),
            ("arrivals_per_request", ServiceField::ArrivalsPerRequest),
            ("abandoned", ServiceField::Abandoned),
            ("abandoned_share", ServiceField::AbandonedShare),
        ]));
        names.extend(below("latency", &LatencyField::names(), ServiceField::Latency));
        names
    }
}

impl Path {
    /// The unit of its values.
    pub fn unit(self) -> Unit {
        match self {
            Path::Client(_, field) => match field {
                ClientField::Latency(latency) => latency.unit(),
                ClientField::SuccessRate => Unit::Share,
                ClientField::Goodput => Unit::Rate,
                ClientField::Sent | ClientField::Pending | ClientField::AskedAgain | ClientField::Outcomes(_) => {
                    Unit::Count
                }
            },
            Path::Link(_, field) => match field {
                LinkField::Latency(latency) => latency.unit(),
                LinkField::BreakerOpenShare => Unit::Share,
                LinkField::Amplification => Unit::Ratio,
                _ => Unit::Count,
            },
            Path::Service(_, field) => match field {
                ServiceField::Latency(latency) => latency.unit(),
                ServiceField::Count(_) | ServiceField::Present => Unit::Count,
                ServiceField::Utilisation | ServiceField::WastedShare | ServiceField::AbandonedShare => Unit::Share,
                ServiceField::Goodput => Unit::Rate,
                ServiceField::ArrivalsPerRequest => Unit::Ratio,
                ServiceField::MeanBusy
                | ServiceField::MeanInSystem
                | ServiceField::MeanInQueue
                | ServiceField::Abandoned => Unit::Mean,
            },
            Path::System(SystemField::InFlight) => Unit::Mean,
            Path::System(SystemField::RecoveredAt) | Path::Run(RunField::SimulatedMs) => Unit::Millis,
            Path::Ledger(_) | Path::Run(RunField::Seed | RunField::Events) => Unit::Count,
        }
    }

    /// Whether a window of the run has this number.
    pub fn takes_window(self) -> bool {
        !matches!(self, Path::System(SystemField::RecoveredAt) | Path::Run(RunField::Seed))
    }
}
