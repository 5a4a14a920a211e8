//! The simulation of the AWS article "Exponential Backoff And Jitter", with our waits.
//!
//! N clients each want one optimistic write to one row: they read its version, then write if it is unchanged, and
//! after a conflict wait and read again. The article's results are means of a hundred runs. Ours have
//! other draws, so that they are compared with a tolerance of four standard errors of the difference, and 1 for rounding.

use crate::reader::{Reader, Reading, refuse};
use crate::verdict::{Case, Trial, all, if_expected, near, trial};
use callchain::chance::{Distribution, Draw, Seed, Stream, ThingKey};
use callchain::policy::retry::{Backoff, Jitter};
use callchain::time::Span;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Runs of ours; the article made a hundred.
const RUNS: u64 = 30;

/// Reads `{rows: [{clients, algorithm, mean_completion_ms, mean_calls}]}`.
pub fn read(document: &Reader) -> Option<Vec<Case>> {
    let rows = document.vectors("rows")?;
    let is_row = |row: &Reader| row.has("algorithm") && row.has("mean_calls");
    rows.iter().all(is_row).then(|| rows.iter().map(|row| Case::read(name(row), row, replay)).collect())
}

fn name(row: &Reader) -> String {
    let clients = row.count("clients").ok().flatten().unwrap_or_default();
    format!("{clients} clients, {}", row.text("algorithm").ok().flatten().unwrap_or_default())
}

fn replay(row: &Reader) -> Reading<Trial> {
    let grown = Backoff::Exponential { base: Span::millis(5), factor: 2.0, max: Span::secs(2) };
    let algorithms = [
        ("None", (Backoff::None, Jitter::None)),
        ("Exponential", (grown, Jitter::None)),
        ("FullJitter", (grown, Jitter::Full)),
        ("EqualJitter", (grown, Jitter::Equal)),
        ("Decorr", (grown, Jitter::Decorrelated)),
    ];
    let (Some((backoff, jitter)), Some(clients)) = (row.word("algorithm", &algorithms)?, row.small("clients")?) else {
        return refuse("it does not say how many clients use which algorithm");
    };
    let (completion, calls) = (row.number("mean_completion_ms")?, row.number("mean_calls")?);
    if completion.is_none() && calls.is_none() {
        return refuse("it expects nothing");
    }
    trial(move || {
        let runs: Vec<(f64, f64)> = (0..RUNS).map(|seed| run(clients as usize, backoff, jitter, Seed(seed))).collect();
        let part = |name: &str, expected: Option<f64>, values: Vec<f64>| {
            let mean = values.iter().sum::<f64>() / RUNS as f64;
            let variance = values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / (RUNS - 1) as f64;
            let tolerance = 4.0 * (variance / RUNS as f64 + variance / 100.0).sqrt() + 1.0;
            if_expected(expected, |expected| near(name, expected, mean, tolerance))
        };
        Ok(all([
            part("mean_completion_ms", completion, runs.iter().map(|run| run.0).collect()),
            part("mean_calls", calls, runs.iter().map(|run| run.1).collect()),
        ]))
    })
}

/// What reaches whom: in the order of their times, then of the clients.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Message {
    Read,
    Version(u64),
    Write(u64),
    Conflict,
}

struct Client {
    conflicts: u32,
    waited: Span,
}

/// One run: how long until all have written, in milliseconds, and how many writes that took.
fn run(clients: usize, backoff: Backoff, jitter: Jitter, seed: Seed) -> (f64, f64) {
    let mut net = Stream::new(seed, Draw::RequestDelay, ThingKey::of("net"));
    let mut chance = Stream::new(seed, Draw::Jitter, ThingKey::of("clients"));
    // The article folds negative delays over; five standard deviations below the mean there are none.
    let normal = Distribution::Normal { mean: Span::millis(10), sd: Span::millis(2) };
    let mut delay = move || net.sample(&normal);
    let mut states: Vec<Client> = (0..clients).map(|_| Client { conflicts: 0, waited: Span::ZERO }).collect();
    let mut queue: BinaryHeap<Reverse<(Span, usize, Message)>> =
        (0..clients).map(|client| Reverse((delay(), client, Message::Read))).collect();
    let (mut version, mut writes, mut end) = (0, 0, Span::ZERO);
    while let Some(Reverse((now, client, message))) = queue.pop() {
        end = now;
        let (wait, next) = match message {
            Message::Read => (Span::ZERO, Message::Version(version)),
            Message::Version(read) => (Span::ZERO, Message::Write(read)),
            Message::Write(read) => {
                writes += 1;
                if read == version {
                    version += 1;
                    // The answer travels too before the client is done.
                    end = end.max(now + delay());
                    continue;
                }
                (Span::ZERO, Message::Conflict)
            }
            Message::Conflict => {
                let state = &mut states[client];
                state.conflicts += 1;
                // The article's first back-off has the exponent 1.
                state.waited = backoff.delay(jitter, state.conflicts, state.waited, chance.uniform());
                (state.waited, Message::Read)
            }
        };
        queue.push(Reverse((now + delay() + wait, client, next)));
    }
    (end.as_millis_f64(), f64::from(writes))
}
