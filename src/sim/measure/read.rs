//! How each number is read from the engine, and worked out from two readings.

use super::Source;
use crate::scenario::measure::field::ServiceCount;
use crate::scenario::measure::{
    ClientField, LatencyField, LedgerField, LinkField, Path, RecoveryField, RunField, ServiceField, SystemField,
};
use crate::scenario::topology::ServiceId;
use crate::sim::client::ClientState;
use crate::sim::in_flight::Origin;
use crate::sim::link::{LinkState, RecoveryCounts};
use crate::sim::metrics::{Latencies, Level};
use crate::sim::service::ServiceState;
use crate::time::{Span, Time};
use std::sync::Arc;

/// What was read for a path at the beginning of a window; nothing, for the beginning of the run.
#[derive(Clone, Debug, Default)]
pub(super) struct Reading {
    sums: Sums,
    /// The latencies, where the shortest, the longest or a quantile is asked for.
    latencies: Option<Arc<Latencies>>,
}

/// One or two sums that grow in the course of a run: counts, or areas in nanoseconds. What is unknown of a ledger may become
/// less again.
#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    top: i128,
    bottom: i128,
}

/// How a value follows from the growth of the sums in a stretch of time.
enum Formula {
    /// The growth itself.
    Growth,
    /// The growth a second.
    PerSecond,
    /// The growth over the length of the stretch: the mean of a level, or a share of the time.
    OverTime,
    /// The growth of one sum over that of the other; absent where the other has not grown.
    Share,
    /// As a share, from nanoseconds to milliseconds.
    MeanMillis,
    /// Looked up in the latencies.
    Latency(LatencyField),
}

fn formula(path: Path) -> Formula {
    let latency = |field| match field {
        LatencyField::Count => Formula::Growth,
        LatencyField::Mean => Formula::MeanMillis,
        field => Formula::Latency(field),
    };
    match path {
        Path::Client(_, field) => match field {
            ClientField::Latency(field) => latency(field),
            ClientField::SuccessRate => Formula::Share,
            ClientField::Goodput => Formula::PerSecond,
            ClientField::Pending => Formula::OverTime,
            ClientField::Sent | ClientField::AskedAgain | ClientField::Outcomes(_) => Formula::Growth,
        },
        Path::Link(_, field) => match field {
            LinkField::Latency(field) => latency(field),
            LinkField::Amplification => Formula::Share,
            LinkField::BreakerOpenShare => Formula::OverTime,
            _ => Formula::Growth,
        },
        Path::Service(_, field) => match field {
            ServiceField::Latency(field) => latency(field),
            ServiceField::Count(_) => Formula::Growth,
            ServiceField::Goodput => Formula::PerSecond,
            ServiceField::Utilisation
            | ServiceField::WastedShare
            | ServiceField::ArrivalsPerRequest
            | ServiceField::AbandonedShare => Formula::Share,
            ServiceField::Present
            | ServiceField::MeanBusy
            | ServiceField::MeanInSystem
            | ServiceField::MeanInQueue
            | ServiceField::Abandoned => Formula::OverTime,
        },
        Path::System(_) => Formula::OverTime,
        Path::Ledger(_) | Path::Run(_) => Formula::Growth,
    }
}

impl Reading {
    /// What has to be remembered of the moment of the source.
    pub fn begin(path: Path, source: Source) -> Reading {
        let latencies = match formula(path) {
            Formula::Latency(_) => latencies(path, source).map(|latencies| Arc::new(latencies.clone())),
            _ => None,
        };
        Reading { sums: sums(path, source), latencies }
    }
}

/// The value of a path from `from`, when `before` was read, to the moment of the source.
pub(super) fn since(path: Path, before: &Reading, from: Time, source: Source) -> Option<f64> {
    let length = source.at.since(from);
    let after = sums(path, source);
    let (top, bottom) = (after.top - before.sums.top, after.bottom - before.sums.bottom);
    // Only a ledger may come to know less wrongs; else a thing was taken away and added again.
    let grown = if matches!(path, Path::Ledger(_)) { Sums { top, bottom } } else { Sums { top: top.max(0), bottom } };
    let nanos = length.as_nanos();
    match (formula(path), path) {
        (_, Path::Run(RunField::SimulatedMs)) => Some(length.as_millis_f64()),
        (Formula::Share, Path::Service(id, ServiceField::Utilisation)) if is_unlimited(id, source) => None,
        (Formula::Growth, _) => Some(grown.top as f64),
        (Formula::PerSecond, _) => (nanos > 0).then(|| grown.top as f64 / length.as_secs_f64()),
        (Formula::OverTime, _) => (nanos > 0).then(|| grown.top as f64 / nanos as f64),
        (Formula::Share, _) => (grown.bottom > 0).then(|| grown.top as f64 / grown.bottom as f64),
        (Formula::MeanMillis, _) => (grown.bottom > 0).then(|| grown.top as f64 / grown.bottom as f64 / 1e6),
        (Formula::Latency(field), _) => {
            let spread = latencies(path, source)?.since(before.latencies.as_deref())?;
            Some(match field {
                LatencyField::Quantile(q) => spread.quantile(q).as_millis_f64(),
                LatencyField::Min => spread.min().as_millis_f64(),
                LatencyField::Max | LatencyField::Count | LatencyField::Mean => spread.max().as_millis_f64(),
            })
        }
    }
}

/// The value of a path over the whole run, as the report has it.
pub(super) fn of_whole_run(path: Path, source: Source) -> Option<f64> {
    match path {
        Path::Run(RunField::Seed) => Some(source.seed.0 as f64),
        // What the readings of the faults are needed for.
        Path::System(SystemField::RecoveredAt) => None,
        Path::Client(id, ClientField::Pending) => client(id, source).map(|c| c.pending() as f64),
        Path::Service(id, ServiceField::Present) => service(id, source).map(|s| f64::from(s.present.get())),
        Path::Service(id, ServiceField::Utilisation) => {
            service(id, source).and_then(|state| state.capacity.used(&state.busy, source.at))
        }
        path => since(path, &Reading::default(), Time::ZERO, source),
    }
}

fn service<'a>(id: ServiceId, source: Source<'a>) -> Option<&'a ServiceState> {
    source.engine.services.get(id.index())
}

fn client<'a>(id: ServiceId, source: Source<'a>) -> Option<&'a ClientState> {
    service(id, source)?.client.as_ref()
}

fn clients(source: Source<'_>) -> impl Iterator<Item = &ClientState> {
    source.engine.services.iter().filter_map(|state| state.client.as_ref())
}

fn is_unlimited(id: ServiceId, source: Source) -> bool {
    service(id, source).is_none_or(|state| state.capacity.is_unlimited())
}

fn latencies<'a>(path: Path, source: Source<'a>) -> Option<&'a Latencies> {
    match path {
        Path::Client(id, _) => client(id, source).map(|state| &state.latencies),
        Path::Service(id, _) => service(id, source).map(|state| &state.latencies),
        Path::Link(id, _) => source.engine.links.get(id.index()).map(|state| &state.latencies),
        Path::Ledger(_) | Path::System(_) | Path::Run(_) => None,
    }
}

fn one(count: u64) -> Sums {
    two(count, 0)
}

fn two(top: u64, bottom: u64) -> Sums {
    Sums { top: top.into(), bottom: bottom.into() }
}

fn area(level: &Level, at: Time) -> i128 {
    level.area(at) as i128
}

fn nanos(span: Span) -> i128 {
    span.as_nanos().into()
}

fn sums(path: Path, source: Source) -> Sums {
    match path {
        Path::Client(id, field) => client(id, source).map(|state| of_client(id, state, field, source)),
        Path::Service(id, field) => service(id, source).map(|state| of_service(state, field, source)),
        Path::Link(id, field) => source.engine.links.get(id.index()).map(|state| of_link(state, field, source.at)),
        Path::Ledger(field) => Some(of_ledger(field, source)),
        Path::System(_) => Some(Sums { top: pending_area(None, source), bottom: 0 }),
        Path::Run(_) => Some(one(source.engine.events)),
    }
    .unwrap_or_default()
}

fn of_latency(latencies: &Latencies) -> Sums {
    Sums { top: latencies.sum_nanos() as i128, bottom: latencies.count().into() }
}

fn of_client(id: ServiceId, state: &ClientState, field: ClientField, source: Source) -> Sums {
    let outcomes = &state.outcomes;
    match field {
        ClientField::Sent => one(state.sent),
        ClientField::AskedAgain => one(state.asked_again),
        ClientField::Outcomes(outcome) => one(outcomes.get(outcome)),
        ClientField::SuccessRate => two(outcomes.successes(), outcomes.total()),
        ClientField::Goodput => one(outcomes.successes()),
        ClientField::Latency(LatencyField::Count) => one(state.latencies.count()),
        ClientField::Latency(_) => of_latency(&state.latencies),
        ClientField::Pending => Sums { top: pending_area(Some(id), source), bottom: 0 },
    }
}

/// The area under the number of unfinished requests, of one client or of all: what those took that ended, and the age of
/// the others. It is worked out when a window begins or ends, so that no request costs anything.
fn pending_area(only: Option<ServiceId>, source: Source) -> i128 {
    let is_meant = |id: ServiceId| only.is_none_or(|only| only == id);
    let states = source.engine.services.iter().zip(0..);
    let ended = states.filter(|(_, id)| is_meant(ServiceId(*id))).filter_map(|(state, _)| state.client.as_ref());
    let requests = source.engine.requests.iter().map(|(_, request)| request);
    let pending = requests.filter(|r| matches!(r.origin, Origin::User { .. }) && is_meant(r.service));
    ended.map(|client| client.latencies.sum_nanos() as i128).sum::<i128>()
        + pending.map(|request| nanos(source.at.since(request.arrived))).sum::<i128>()
}

fn of_link(state: &LinkState, field: LinkField, at: Time) -> Sums {
    match field {
        LinkField::Calls => one(state.calls),
        LinkField::Attempts => one(state.attempts),
        LinkField::Retries => one(state.retries),
        LinkField::Hedges => one(state.hedges),
        LinkField::AttemptOutcomes(outcome) => one(state.attempt_outcomes.get(outcome)),
        LinkField::Outcomes(outcome) => one(state.outcomes.get(outcome)),
        LinkField::Latency(LatencyField::Count) => one(state.latencies.count()),
        LinkField::Latency(_) => of_latency(&state.latencies),
        LinkField::BreakerChanges => one(state.breaker_log.count),
        LinkField::BreakerOpened => one(state.breaker_log.opened),
        LinkField::BreakerOpenShare => Sums { top: state.breaker_log.spent(at).map(nanos).iter().sum(), bottom: 0 },
        LinkField::Asks(field) => one(of_recovery(&state.asks, field)),
        LinkField::Compensations(field) => one(of_recovery(&state.reversals, field)),
        LinkField::Amplification => two(state.attempts, state.calls),
    }
}

fn of_recovery(counts: &RecoveryCounts, field: RecoveryField) -> u64 {
    match field {
        RecoveryField::Sent => counts.sent,
        RecoveryField::Settled => counts.settled,
        RecoveryField::Unsettled => counts.unsettled,
    }
}

fn of_service(state: &ServiceState, field: ServiceField, source: Source) -> Sums {
    let (counts, at) = (&state.counts, source.at);
    let level = |level: &Level| Sums { top: area(level, at), bottom: 0 };
    match field {
        ServiceField::Count(count) => one(match count {
            ServiceCount::Arrived => counts.arrived,
            ServiceCount::Started => counts.started,
            ServiceCount::Completed => counts.completed,
            ServiceCount::Failed => counts.failed,
            ServiceCount::Shed => counts.shed,
            ServiceCount::Refused => counts.refused,
            ServiceCount::Wasted => counts.wasted,
            ServiceCount::RateLimited => counts.rate_limited,
            ServiceCount::Replayed => counts.replayed,
            ServiceCount::Conflict => counts.conflict,
            ServiceCount::Expired => counts.expired,
            ServiceCount::Cancelled => counts.cancelled,
            ServiceCount::Lost => counts.lost,
        }),
        ServiceField::Present | ServiceField::MeanInSystem => level(&state.present),
        ServiceField::MeanBusy => level(&state.busy),
        ServiceField::MeanInQueue => level(&state.queued),
        ServiceField::Abandoned => level(&state.abandoned),
        ServiceField::Utilisation => Sums { top: area(&state.busy, at), bottom: state.capacity.area(at) as i128 },
        ServiceField::AbandonedShare => Sums { top: area(&state.abandoned, at), bottom: area(&state.present, at) },
        ServiceField::Latency(LatencyField::Count) => one(state.latencies.count()),
        ServiceField::Latency(_) => of_latency(&state.latencies),
        ServiceField::Goodput => one(counts.useful),
        ServiceField::WastedShare => two(counts.wasted, counts.completed),
        ServiceField::ArrivalsPerRequest => two(counts.arrived, clients(source).map(|client| client.sent).sum()),
    }
}

fn of_ledger(field: LedgerField, source: Source) -> Sums {
    let ledger = source.engine.ledger.report();
    one(match field {
        LedgerField::Intents => ledger.intents,
        LedgerField::Entries => ledger.entries,
        LedgerField::Duplicates => ledger.duplicates,
        LedgerField::Unknown => ledger.unknown,
        LedgerField::Missing => ledger.missing,
        LedgerField::Compensated => ledger.compensated,
    })
}
