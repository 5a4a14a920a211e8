//! Service level objectives during a run: the rest of the error budget, alerts, and their likely causes.
//!
//! Source: Google, The Site Reliability Workbook, chapter 5 "Alerting on SLOs", sixth way (multiwindow, multi-burn-rate
//! alerts). The **error budget** of an objective of 99 % is the 1 % of the requests of a period that may go wrong. The
//! **burn rate** is the speed of its consumption: 1 spends it exactly within the period. An alert is on while the burn
//! rate is high over a long window, which shows that it matters, and over a short one of a twelfth of the length, which
//! shows that it still goes on. The workbook derives the rate from the share of the budget that is spent within the long
//! window: `rate = share * period / window`.
//!
//! **Scaled.** In the workbook, a period is 30 days, and 2 % of the budget within an hour is a rate of 14.4. Here the
//! period is the length of the run, often a minute with a few hundred requests. 2 % of their budget would be less than
//! one request. So the shares are larger and the windows longer in proportion: 20 % within a 30th of the period (rate 6),
//! and 50 % within a sixth of it (rate 3). For the same reason, a window grows until it contains some requests, and a
//! single bad request raises no alert; the workbook recommends this for low traffic.
//!
//! The results depend only on a [`Series`] and not on the inside of the simulation, which nobody sees in real life. The
//! exception is an objective with a condition: the simulation answers it ([`super::measure`]), and it has no budget and
//! raises no alert.

mod cause;

pub use cause::{Cause, Trouble};

use super::Simulation;
use super::measure::{Verdict, counts};
use super::series::Series;
use crate::scenario::topology::{Goal, Objective, ServiceId, Topology};
use crate::time::{Span, Time};

/// A rule that raises an alert.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rule {
    /// The share of the budget that is spent within the long window, 0 to 1.
    pub share: f64,
    /// The number of long windows in a period; a short window is a twelfth of a long one.
    pub windows: u64,
}

impl Rule {
    /// The lowest burn rate that raises the alert.
    pub fn rate(&self) -> f64 {
        self.share * self.windows as f64
    }
}

/// The rules: a fast burn, and a slow one.
pub const RULES: [Rule; 2] = [Rule { share: 0.2, windows: 30 }, Rule { share: 0.5, windows: 6 }];
/// The number of short windows in a long one.
const SHORT: u64 = 12;
/// The fewest requests in a long and in a short window, once there are enough requests in all.
const ENOUGH: (u64, u64) = (10, 3);
/// The fewest bad requests in a long window with an alert.
const BAD: u64 = 2;
/// An alert stays on for this fraction of a period after its rules cease to hold, so that it does not flicker.
const KEEPS_FIRING: u64 = 60;
/// The most objectives that are judged during a run. Only reports have the others.
pub const JUDGED: usize = super::series::BOUNDS;

/// The state of an objective.
#[derive(Clone, Debug, PartialEq)]
pub struct ObjectiveState {
    /// Its name.
    pub name: String,
    /// The client; `None` for a condition.
    pub client: Option<ServiceId>,
    /// The measure.
    pub goal: Goal,
    /// The verdict on a condition; `None` for other objectives.
    pub verdict: Option<Verdict>,
    /// The share of requests that must be good, 0 to 1. For a latency objective, good means in time. 1 for a condition.
    pub wanted: f64,
    /// Ended requests so far.
    pub ended: u64,
    /// The good ones among them.
    pub good: u64,
    /// The share of the budget that is left, for a period with requests at the rate so far: 1 at the start, below 0 when
    /// overspent.
    pub left: f64,
    /// The burn rates over the long windows of [`RULES`].
    pub burns: [f64; 2],
    /// The start of the alert, while there is one.
    pub alert: Option<Time>,
    /// The likely cause, while there is an alert.
    pub cause: Option<Cause>,
}

impl ObjectiveState {
    /// The share of the requests that were good, 0 to 1; `None` where none ended.
    pub fn share(&self) -> Option<f64> {
        counts::share(self.good, self.ended)
    }

    /// Whether it is met so far.
    pub fn met(&self) -> bool {
        match self.verdict {
            Some(verdict) => verdict.met,
            None => self.share().is_none_or(|share| share >= self.wanted),
        }
    }
}

/// One moment of an objective, for a chart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moment {
    /// The end of a bin.
    pub at: Time,
    /// The share of the budget that is left, as in [`ObjectiveState::left`].
    pub left: f64,
    /// The burn rates over the long windows of [`RULES`].
    pub burns: [f64; 2],
    /// Whether there is an alert.
    pub alert: bool,
}

/// The states of the first [`JUDGED`] objectives of a run at `now`, for a period of this length.
pub fn states(series: &Series, sim: &Simulation, period: Span, now: Time) -> Vec<ObjectiveState> {
    let topology = sim.topology();
    let judged = (0..).zip(&topology.objectives).take(JUDGED);
    let of = |(index, objective): (usize, &Objective)| {
        let state = state(series, topology, objective, period, now);
        let is_condition = matches!(objective.goal, Goal::Expect(_));
        ObjectiveState { verdict: sim.verdict(index).filter(|_| is_condition), ..state }
    };
    judged.map(of).collect()
}

/// Every moment of an objective so far.
pub fn history(series: &Series, topology: &Topology, objective: &Objective, period: Span) -> Vec<Moment> {
    Track::of(series, topology, objective, series.bins()).moments(period, 0)
}

fn state(series: &Series, topology: &Topology, objective: &Objective, period: Span, now: Time) -> ObjectiveState {
    let track = Track::of(series, topology, objective, series.bin_at(now));
    let (ended, bad) = track.last();
    let mut state = ObjectiveState {
        name: objective.name.clone(),
        client: objective.client,
        goal: objective.goal.clone(),
        verdict: None,
        wanted: wanted(&objective.goal),
        ended,
        good: ended - bad,
        left: 1.0,
        burns: [0.0; 2],
        alert: None,
        cause: None,
    };
    // Without bad requests there is nothing to compute, which is the usual case at first.
    if bad > 0 {
        track.judge(&mut state, series, topology, period);
    }
    state
}

/// The share of good requests that a goal demands.
fn wanted(goal: &Goal) -> f64 {
    match goal {
        Goal::Success(at_least) => *at_least,
        Goal::Latency { quantile, .. } => *quantile,
        Goal::Expect(_) => 1.0,
    }
}

/// The cumulative counts of an objective: ended and bad requests at the end of each bin.
struct Track {
    width: Span,
    allowed: f64,
    /// One entry more than bins: the first is for the start of the run.
    counts: Vec<(u64, u64)>,
}

impl Track {
    fn of(series: &Series, topology: &Topology, objective: &Objective, bins: usize) -> Track {
        let client = objective.client.and_then(|client| topology.services.get(client.index()));
        let id = client.map_or("", |s| &s.id);
        let requests = if client.is_some() { series.client(id, 1) } else { Vec::new() };
        let good = match objective.goal {
            Goal::Latency { within, .. } => series.within(id, within, 1).iter().map(|bin| bin.it).collect::<Vec<_>>(),
            Goal::Success(_) | Goal::Expect(_) => requests.iter().map(|bin| bin.it.good).collect(),
        };
        let mut counts = Vec::with_capacity(bins + 1);
        let mut so_far = (0, 0);
        counts.push(so_far);
        for (bin, good) in requests.iter().zip(good).take(bins) {
            so_far.0 += u64::from(bin.it.ended());
            so_far.1 += u64::from(bin.it.ended().saturating_sub(good));
            counts.push(so_far);
        }
        Track { width: series.width(), allowed: 1.0 - wanted(&objective.goal), counts }
    }

    fn at(&self, bins: usize) -> (u64, u64) {
        self.counts.get(bins).copied().unwrap_or_default()
    }

    fn bins(&self) -> usize {
        self.counts.len() - 1
    }

    fn last(&self) -> (u64, u64) {
        self.at(self.bins())
    }

    fn time(&self, bins: usize) -> Time {
        Time::at(Span::nanos(self.width.as_nanos().saturating_mul(bins as u64)))
    }

    /// The start of the window that ends at `until`: `length` long, or longer until it contains `enough` requests.
    fn window(&self, until: usize, length: Span, enough: u64) -> usize {
        let bins = length.as_nanos().div_ceil(self.width.as_nanos()).max(1);
        let mut from = until.saturating_sub(usize::try_from(bins).unwrap_or(usize::MAX));
        let ended = self.at(until).0;
        while from > 0 && ended - self.at(from).0 < enough {
            from -= 1;
        }
        from
    }

    /// The burn rate in a window.
    fn burn(&self, from: usize, until: usize) -> f64 {
        let (ended, bad) = (self.at(until).0 - self.at(from).0, self.at(until).1 - self.at(from).1);
        match (bad, self.allowed > 0.0) {
            (0, _) => 0.0,
            (_, false) => f64::INFINITY,
            _ => bad as f64 / ended as f64 / self.allowed,
        }
    }

    /// The burn rates over the long windows that end at a bin, and whether a rule holds there.
    fn burns(&self, until: usize, period: Span) -> ([f64; 2], bool) {
        let mut holds = false;
        let burns = RULES.map(|rule| {
            let long = Span::nanos(period.as_nanos() / rule.windows);
            let from = self.window(until, long, ENOUGH.0);
            let burn = self.burn(from, until);
            let bad = self.at(until).1 - self.at(from).1;
            if burn >= rule.rate() && bad >= BAD {
                let short = self.window(until, Span::nanos(long.as_nanos() / SHORT), ENOUGH.1);
                holds |= self.burn(short.max(from), until) >= rule.rate();
            }
            burn
        });
        (burns, holds)
    }

    /// The budget that is left at a bin, for a period with requests at the rate so far.
    fn left(&self, bins: usize, period: Span) -> f64 {
        let passed = self.time(bins).since_start().as_secs_f64() / period.as_secs_f64().max(1e-9);
        // After the end of the period, the budget is that of all requests so far.
        1.0 - self.burn(0, bins) * passed.min(1.0)
    }

    /// The moments from the end of the bin `first` on.
    fn moments(&self, period: Span, first: usize) -> Vec<Moment> {
        let keeps = Span::nanos(period.as_nanos() / KEEPS_FIRING);
        let mut held: Option<Time> = None;
        let moment = |bins: usize| {
            let (at, (burns, holds)) = (self.time(bins), self.burns(bins, period));
            if holds {
                held = Some(at);
            }
            Moment { at, left: self.left(bins, period), burns, alert: held.is_some_and(|last| at.since(last) <= keeps) }
        };
        (first..=self.bins()).map(moment).collect()
    }

    fn judge(&self, state: &mut ObjectiveState, series: &Series, topology: &Topology, period: Span) {
        let moments = self.moments(period, 0);
        let Some(last) = moments.last() else { return };
        (state.left, state.burns) = (last.left, last.burns);
        if last.alert {
            let since = moments.iter().rev().take_while(|moment| moment.alert).last();
            state.alert = since.map(|moment| moment.at);
            // The longest window of a rule, so that it still includes the failures that opened a breaker.
            let long = Span::nanos(period.as_nanos() / RULES[1].windows);
            let from = self.window(self.bins(), long, ENOUGH.0);
            let flows = series.between(topology, from, self.bins());
            let is_about_latency = matches!(state.goal, Goal::Latency { .. });
            state.cause = state.client.and_then(|client| cause::find(topology, flows, client, is_about_latency));
        }
    }
}

#[cfg(test)]
mod tests;
