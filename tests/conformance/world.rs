//! Whole simulations: a scenario as its file would say it, run in batches for means and their standard errors.

use crate::verdict::Verdict;
use callchain::chance::Seed;
use callchain::scenario::check::check;
use callchain::scenario::read::read;
use callchain::scenario::topology::ServiceId;
use callchain::sim::report::{ClientReport, LinkReport, Report, ServiceReport};
use callchain::sim::{Simulation, Stopped};
use callchain::time::{Span, Time};
use serde_json::Value;
use std::sync::Arc;

/// A simulation of a scenario file.
pub fn simulation(scenario: &Value) -> Result<Simulation, String> {
    let problem = |problems: Vec<_>| format!("the scenario is refused: {problems:?}");
    let scenario = read(&scenario.to_string()).map_err(problem)?;
    let topology = check(&scenario).map_err(problem)?;
    Ok(Simulation::new(Arc::new(topology), Seed(scenario.seed)))
}

/// A duration as a scenario file writes it.
pub fn text(seconds: f64) -> String {
    span(seconds).to_string()
}

/// The nearest span to a number of seconds.
pub fn span(seconds: f64) -> Span {
    Span::from_nanos_f64(seconds * 1e9)
}

/// Runs to an instant; a run that cannot get there is a mistake.
pub fn run_until(simulation: &mut Simulation, until: Time) -> Result<(), String> {
    match simulation.run_until(until, u64::MAX) {
        Stopped::Reached => Ok(()),
        other => Err(format!("the run stopped: {other:?}")),
    }
}

/// What happened in one part of a run, as the difference of the reports at its ends.
pub struct Batch<'a> {
    pub seconds: f64,
    /// The share of the time in which all workers of the first service were busy.
    pub all_busy: f64,
    before: &'a Report,
    after: &'a Report,
}

impl Batch<'_> {
    /// How much a count or an integral of a service has grown.
    pub fn service(&self, id: &str, value: impl Fn(&ServiceReport, f64) -> f64) -> f64 {
        let of = |report: &Report| report.service(id).map_or(f64::NAN, |s| value(s, report.simulated_ms / 1e3));
        of(self.after) - of(self.before)
    }

    /// How much a count or a sum of a client has grown.
    pub fn client(&self, id: &str, value: impl Fn(&ClientReport) -> f64) -> f64 {
        let of = |report: &Report| report.client(id).map_or(f64::NAN, &value);
        of(self.after) - of(self.before)
    }

    /// How much a count of a link has grown.
    pub fn link(&self, id: &str, value: impl Fn(&LinkReport) -> f64) -> f64 {
        let of = |report: &Report| report.link(id).map_or(f64::NAN, &value);
        of(self.after) - of(self.before)
    }
}

/// A mean over batches.
#[derive(Clone, Copy, Debug)]
pub struct Estimate {
    pub mean: f64,
    /// The standard error of the mean.
    pub error: f64,
}

impl Estimate {
    /// It holds if the expectation is within five standard errors, and within `slack`, which is for what the
    /// batches cannot show: rounding, and events too rare to occur.
    ///
    /// Seeds are fixed, so that a verdict never changes by chance; five standard errors of twenty batches are passed
    /// by chance once in 10,000 times, and then an honest engine would fail.
    pub fn is(self, what: &str, expected: f64, slack: f64) -> Verdict {
        crate::verdict::near(what, expected, self.mean, 5.0 * self.error + slack + 1e-9 * expected.abs())
    }

    fn of(values: &[f64]) -> Estimate {
        let n = values.len() as f64;
        let mean = values.iter().sum::<f64>() / n;
        let variance = values.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>() / (n - 1.0);
        Estimate { mean, error: (variance / n).sqrt() }
    }
}

/// Batches that count; as long a part of the run before them is thrown away, for a system starts empty.
pub const BATCHES: usize = 20;

/// How often a batch looks at the workers of the first service.
const LOOKS: u32 = 2_000;

/// Runs a scenario for a while and estimates the figures that `measure` reads off each batch. Also gives the last
/// report.
pub fn estimate<const N: usize>(
    scenario: &Value,
    whole: Span,
    measure: impl Fn(&Batch) -> [f64; N],
) -> Result<([Estimate; N], Report), String> {
    let mut simulation = simulation(scenario)?;
    let length = whole.scaled(1.0 / (BATCHES + 1) as f64);
    let mut measured: Vec<[f64; N]> = Vec::new();
    run_until(&mut simulation, Time::at(length))?;
    let mut before = simulation.report();
    for _ in 0..BATCHES {
        let all_busy = watch(&mut simulation, length)?;
        let after = simulation.report();
        let batch = Batch { seconds: length.as_secs_f64(), all_busy, before: &before, after: &after };
        measured.push(measure(&batch));
        before = after;
    }
    let column = |i: usize| Estimate::of(&measured.iter().map(|values| values[i]).collect::<Vec<_>>());
    Ok((std::array::from_fn(column), before))
}

/// Runs for a while, and says in which share of it all workers of the first service were busy.
fn watch(simulation: &mut Simulation, length: Span) -> Result<f64, String> {
    let start = simulation.now();
    let mut busy = 0;
    for look in 1..=LOOKS {
        run_until(simulation, start + length.scaled(f64::from(look) / f64::from(LOOKS)))?;
        let view = simulation.service(ServiceId(1));
        busy += u32::from(view.is_some_and(|view| view.workers.is_some_and(|all| view.working + view.held >= all)));
    }
    Ok(f64::from(busy) / f64::from(LOOKS))
}
