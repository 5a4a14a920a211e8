//! The charts of a run as numbers: curves over simulated time, distributions of latencies, states of breakers, budgets.
//!
//! The charts show the selected client, service and link, or else the first client, the busiest service and all links
//! together. They have no colours and no pixels.

use super::timeline::TimelineMark;
use crate::scenario::Scenario;
use crate::scenario::topology::{Objective, Role, Service, Topology};
use crate::sim::cells::LatencyCells;
use crate::sim::history::{History, OldFuture};
use crate::sim::objective;
use crate::sim::series::{Bin, ClientFlow, LinkFlow, Series, ServiceFlow};
use crate::text::{self, Id, Message};
use crate::time::{Span, Time};
use crate::{id, msg, t};

/// The most pieces of a curve.
pub const PIECES: usize = 120;
/// The fewest pieces of a curve, if there are enough bins.
const FEWEST: usize = 24;
/// The requests that a piece should contain: with fewer, a curve shows chance.
const REQUESTS: usize = 8;
/// The most rows of a table.
pub const ROWS: usize = 20;
/// The most breakers in a chart.
const BREAKERS: usize = 8;
/// The most objectives in a chart.
const OBJECTIVES: usize = 4;
/// The latency cells that share one cell of the chart.
const CELLS_IN_ONE: usize = 4;
/// The lowest budget in the chart. Deeper debts look like this one.
const DEEPEST: f64 = -1.0;

/// The selection, by ids.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Subject<'a> {
    /// A service or client.
    pub service: Option<&'a str>,
    /// The caller and the callee of a link.
    pub link: Option<(&'a str, &'a str)>,
}

/// All charts of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Board {
    /// The end of the time axis, in seconds.
    pub end: f64,
    /// The end of the run so far, in seconds.
    pub reached: f64,
    /// The charts, in order.
    pub charts: Vec<Chart>,
}

/// One chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    /// The subject, which identifies the chart when it is drawn again.
    pub kind: ChartKind,
    /// The name of the measured thing, if it is a single one.
    pub subject: Option<Caption>,
    /// The measure.
    pub measure: Id,
    /// The unit.
    pub unit: Unit,
    /// The times of its values, in seconds, in order.
    pub at: Vec<f64>,
    /// The curves.
    pub lines: Vec<Line>,
    /// The distribution of latencies.
    pub heat: Vec<Heat>,
    /// Lanes of states, from the top.
    pub lanes: Vec<Lane>,
    /// The marked periods of this chart, in seconds: alerts.
    pub bands: Vec<(f64, f64)>,
}

/// The subject of a chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChartKind {
    /// The answers to a client.
    Answers,
    /// The latencies of a client.
    Latency,
    /// The attempts over one link, or over all links.
    Attempts,
    /// The queue and the workers of a service.
    Workers,
    /// The states of circuit breakers.
    Breakers,
    /// The error budgets of objectives.
    Budgets,
}

impl ChartKind {
    /// Its name for the script that draws it.
    pub const fn name(self) -> &'static str {
        match self {
            ChartKind::Answers => "answers",
            ChartKind::Latency => "latency",
            ChartKind::Attempts => "attempts",
            ChartKind::Workers => "workers",
            ChartKind::Breakers => "breakers",
            ChartKind::Budgets => "budgets",
        }
    }
}

/// A short text in a chart: a word of the language, or a name of the document.
#[derive(Clone, Debug, PartialEq)]
pub enum Caption {
    /// A word of the language.
    Word(Id),
    /// A name of the document.
    Name(String),
}

impl Caption {
    /// The text in the current language.
    pub fn text(&self) -> String {
        match self {
            Caption::Word(id) => id.text(),
            Caption::Name(name) => name.clone(),
        }
    }
}

impl From<Id> for Caption {
    fn from(id: Id) -> Self {
        Caption::Word(id)
    }
}

impl From<&str> for Caption {
    fn from(name: &str) -> Self {
        Caption::Name(name.to_owned())
    }
}

impl LineStyle {
    /// Its name for the script that draws it.
    pub const fn name(self) -> &'static str {
        match self {
            LineStyle::Sent => "sent",
            LineStyle::Good => "good",
            LineStyle::Bad => "bad",
            LineStyle::Half => "half",
            LineStyle::Most => "most",
            LineStyle::Nearly => "nearly",
            LineStyle::First => "first",
            LineStyle::Again => "again",
            LineStyle::Failed => "failed",
            LineStyle::Waiting => "waiting",
            LineStyle::Busy => "busy",
            LineStyle::Limit => "limit",
            LineStyle::Number(0) => "number0",
            LineStyle::Number(1) => "number1",
            LineStyle::Number(2) => "number2",
            LineStyle::Number(_) => "number3",
            LineStyle::Old => "old",
        }
    }
}

impl Unit {
    /// Its name for the script that draws it.
    pub const fn name(self) -> &'static str {
        match self {
            Unit::PerSecond => "rate",
            Unit::Seconds => "seconds",
            Unit::Count => "count",
            Unit::Share => "share",
        }
    }
}

/// The unit of a chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// A number per simulated second.
    PerSecond,
    /// Seconds, on a logarithmic axis.
    Seconds,
    /// A number.
    Count,
    /// Shares, 1 for all.
    Share,
}

/// A curve.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// The label.
    pub label: Caption,
    /// The style.
    pub look: LineStyle,
    /// A value for each time; `NaN` where there is none.
    pub values: Vec<f64>,
}

/// The style of a curve. Each style has one meaning, on the stage and here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineStyle {
    /// Sent messages: a line in the colour of requests.
    Sent,
    /// Good answers: an area below the bad ones.
    Good,
    /// Bad ends: an area on top of the good answers.
    Bad,
    /// The median latency.
    Half,
    /// The 95th percentile of latency.
    Most,
    /// The 99th percentile of latency.
    Nearly,
    /// First attempts: an area below the retries.
    First,
    /// Retries: an area on top of the first attempts.
    Again,
    /// Failures.
    Failed,
    /// Waiting requests.
    Waiting,
    /// Busy workers.
    Busy,
    /// A limit.
    Limit,
    /// A curve of several of one kind, by number.
    Number(u8),
    /// The run as it was before a change of its past.
    Old,
}

/// A cell of the latency chart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Heat {
    /// The beginning of its period, in seconds.
    pub from: f64,
    /// The end of its period, in seconds.
    pub until: f64,
    /// The lowest latency, in seconds.
    pub low: f64,
    /// The highest latency, in seconds.
    pub high: f64,
    /// The share of the period's latencies, 0 to 1.
    pub share: f64,
}

/// The states of one breaker.
#[derive(Clone, Debug, PartialEq)]
pub struct Lane {
    /// The name of its link.
    pub label: String,
    /// For each time of the chart, the shares of the period in which the breaker was open and half-open.
    pub states: Vec<(f64, f64)>,
    /// The length of a period, in seconds.
    pub width: f64,
}

impl Board {
    /// The charts of a run, with at most `most` values in a curve.
    pub fn of(history: &History, document: &Scenario, subject: Subject<'_>, most: usize) -> Board {
        let (series, topology) = (history.series(), history.sim().topology());
        let old_end = history.old_future().map_or(Time::ZERO, |old| old.end);
        let reached = history.end().at;
        let mut maker = Maker { series, topology, document, old: history.old_future(), step: 1, most };
        let client = maker.client(subject);
        if let Some(client) = &client {
            let ended: usize = series.client(client, usize::MAX).iter().map(|bin| bin.it.ended() as usize).sum();
            maker.most = (ended / REQUESTS).clamp(FEWEST.min(most), most);
        }
        maker.step = series.step_for(maker.most);
        let mut charts = Vec::new();
        if let Some(client) = client {
            charts.push(maker.answers(&client));
            charts.push(maker.latency(&client));
        }
        charts.push(maker.attempts(subject));
        charts.extend(maker.workers(subject));
        charts.extend(maker.breakers());
        charts.extend(maker.budgets());
        Board { end: round_end(seconds(reached.max(old_end))), reached: seconds(reached), charts }
    }
}

/// The marks of a run within the range of the charts.
pub fn in_sight(marks: Vec<TimelineMark>, reached: Time) -> Vec<TimelineMark> {
    let mut marks: Vec<TimelineMark> = marks.into_iter().filter(|mark| mark.from <= reached).collect();
    marks.iter_mut().for_each(|mark| mark.until = mark.until.min(reached.max(mark.from)));
    marks
}

fn seconds(at: Time) -> f64 {
    at.since_start().as_secs_f64()
}

/// The round end of an axis that contains `end`, so that it rarely changes.
fn round_end(end: f64) -> f64 {
    let mut unit = 1.0;
    loop {
        for factor in [1.0, 1.25, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0] {
            if unit * factor >= end {
                return unit * factor;
            }
        }
        unit *= 10.0;
    }
}

struct Maker<'a> {
    series: &'a Series,
    topology: &'a Topology,
    document: &'a Scenario,
    old: Option<&'a OldFuture>,
    step: usize,
    most: usize,
}

impl Maker<'_> {
    fn name<'a>(&'a self, id: &'a str) -> &'a str {
        self.document.services.iter().find(|s| s.id == id).map_or(id, |s| s.label())
    }

    fn link_name(&self, index: usize) -> String {
        let id = |i: usize| self.topology.services.get(i).map_or("", |s| s.id.as_str());
        let ends = self.topology.links.get(index).map(|l| (id(l.from.index()), id(l.to.index())));
        ends.map_or(String::new(), |(from, to)| format!("{} → {}", self.name(from), self.name(to)))
    }

    /// The selected client, or else the first.
    fn client(&self, subject: Subject<'_>) -> Option<String> {
        let is_client = |s: &&Service| matches!(s.role, Role::Client { .. });
        let mut clients = self.topology.services.iter().filter(is_client);
        let chosen = clients.clone().find(|s| Some(s.id.as_str()) == subject.service);
        chosen.or_else(|| clients.next()).map(|s| s.id.clone())
    }

    /// A curve of the run before a change of its past, from the change on, at the times of the new curves and after.
    fn with_old<T>(
        &self,
        chart: &mut Chart,
        of: impl Fn(&Series, usize) -> Vec<Bin<T>>,
        value: impl Fn(&Bin<T>) -> f64,
    ) {
        let Some(old) = self.old else { return };
        // Both curves have pieces of one length: otherwise an equal past would look different.
        let piece = Span::nanos(self.series.width().as_nanos().saturating_mul(self.step as u64));
        let bins = of(&old.series, old.series.step_of(piece));
        let after = chart.at.last().copied().unwrap_or(0.0);
        chart.at.extend(bins.iter().map(middle).filter(|at| *at > after));
        for line in &mut chart.lines {
            line.values.resize(chart.at.len(), f64::NAN);
        }
        let from = seconds(old.from);
        let mut bins = bins.iter().peekable();
        let values = chart.at.iter().map(|at| {
            while bins.next_if(|bin| seconds(bin.until) < *at).is_some() {}
            bins.peek().filter(|bin| *at >= from && seconds(bin.from) <= *at).map_or(f64::NAN, |bin| value(bin))
        });
        let values = values.collect();
        chart.lines.push(Line { label: id!("chart-before").into(), look: LineStyle::Old, values });
    }

    fn answers(&self, client: &str) -> Chart {
        let of = |series: &Series, step| series.client(client, step);
        let bins = of(self.series, self.step);
        let mut chart = chart(ChartKind::Answers, self.name(client), id!("chart-answers"), Unit::PerSecond, &bins);
        let rate = |count: fn(&ClientFlow) -> u32| bins.iter().map(move |b| f64::from(count(&b.it)) / b.seconds());
        chart.line(id!("chart-good"), LineStyle::Good, rate(|it| it.good));
        chart.line(id!("chart-bad"), LineStyle::Bad, rate(|it| it.bad));
        chart.line(id!("chart-sent"), LineStyle::Sent, rate(|it| it.sent));
        self.with_old(&mut chart, of, |b| f64::from(b.it.good) / b.seconds());
        chart
    }

    fn latency(&self, client: &str) -> Chart {
        let of = |series: &Series, step| series.latencies(client, step);
        let bins = of(self.series, self.step);
        let quantile = |b: &Bin<LatencyCells>, q| b.it.quantile(q).map_or(f64::NAN, Span::as_secs_f64);
        let mut chart = chart(ChartKind::Latency, self.name(client), id!("chart-latency"), Unit::Seconds, &bins);
        for (label, look, q) in [
            (id!("chart-p99"), LineStyle::Nearly, 0.99),
            (id!("chart-p95"), LineStyle::Most, 0.95),
            (id!("chart-p50"), LineStyle::Half, 0.5),
        ] {
            chart.line(label, look, bins.iter().map(|b| quantile(b, q)));
        }
        chart.heat = bins.iter().flat_map(heat).collect();
        self.with_old(&mut chart, of, |b| quantile(b, 0.95));
        chart
    }

    /// The attempts of the selected link, or of all of them.
    fn attempts(&self, subject: Subject<'_>) -> Chart {
        let selected = subject.link.map(|(from, to)| format!("{from}->{to}"));
        let place = selected.and_then(|id| self.topology.links.iter().position(|l| l.id == id));
        let subject = place.map_or(id!("chart-all-calls").into(), |place| Caption::Name(self.link_name(place)));
        let of = |series: &Series, step| match place.and_then(|place| self.topology.links.get(place)) {
            Some(link) => series.link(&link.id, step),
            None => all_links(series, self.topology, step),
        };
        let bins = of(self.series, self.step);
        let mut chart = chart(ChartKind::Attempts, subject, id!("chart-attempts"), Unit::PerSecond, &bins);
        let rate = |count: fn(&LinkFlow) -> u32| bins.iter().map(move |b| f64::from(count(&b.it)) / b.seconds());
        chart.line(id!("chart-first"), LineStyle::First, rate(|it| it.calls));
        chart.line(id!("chart-again"), LineStyle::Again, rate(LinkFlow::retries));
        chart.line(id!("chart-failed"), LineStyle::Failed, rate(LinkFlow::failures));
        self.with_old(&mut chart, of, |b| f64::from(b.it.attempts) / b.seconds());
        chart
    }

    /// The selected service, the callee of the selected link, or the busiest service.
    fn workers(&self, subject: Subject<'_>) -> Option<Chart> {
        let is_server = |s: &&Service| !matches!(s.role, Role::Client { .. });
        let mut servers = self.topology.services.iter().filter(is_server);
        let wanted = subject.service.or(subject.link.map(|(_, to)| to));
        let service = servers.clone().find(|s| Some(s.id.as_str()) == wanted).or_else(|| {
            let mut best: Option<(f64, &Service)> = None;
            for service in servers.by_ref() {
                let (flow, workers) = (total(self.series.service(&service.id, usize::MAX)), f64::from(service.workers));
                let load = flow.busy as f64 / workers + flow.queued as f64;
                if best.is_none_or(|(most, _)| load > most) {
                    best = Some((load, service));
                }
            }
            best.map(|(_, service)| service)
        })?;
        let of = |series: &Series, step| series.service(&service.id, step);
        let bins = of(self.series, self.step);
        let mut chart = chart(ChartKind::Workers, self.name(&service.id), id!("chart-queue"), Unit::Count, &bins);
        chart.line(id!("chart-queued"), LineStyle::Waiting, bins.iter().map(Bin::<ServiceFlow>::queue));
        chart.line(id!("chart-busy"), LineStyle::Busy, bins.iter().map(Bin::<ServiceFlow>::busy));
        if service.workers < u32::MAX {
            chart.line(id!("chart-workers"), LineStyle::Limit, bins.iter().map(|_| f64::from(service.workers)));
        }
        self.with_old(&mut chart, of, Bin::<ServiceFlow>::queue);
        Some(chart)
    }

    fn breakers(&self) -> Option<Chart> {
        let with_breaker = |(index, link): (usize, &crate::scenario::topology::Link)| {
            link.breaker.as_ref().map(|_| (index, self.series.link(&link.id, self.step)))
        };
        let mut all: Vec<_> = self.topology.links.iter().enumerate().filter_map(with_breaker).collect();
        // Breakers that opened come first.
        all.sort_unstable_by_key(|(index, bins)| (bins.iter().all(|b| b.it.open == 0), *index));
        let (_, first) = all.first()?;
        let mut chart =
            Chart { subject: None, ..chart(ChartKind::Breakers, "", id!("chart-breakers"), Unit::Share, first) };
        let width = first.first().map_or(0.0, Bin::seconds);
        let lane = |(index, bins): &(usize, Vec<Bin<LinkFlow>>)| Lane {
            label: self.link_name(*index),
            states: bins.iter().map(Bin::<LinkFlow>::breaker).collect(),
            width,
        };
        chart.lanes = all.iter().take(BREAKERS).map(lane).collect();
        Some(chart)
    }

    fn budgets(&self) -> Option<Chart> {
        // A condition has no budget.
        let with_budget = self.topology.objectives.iter().filter(|objective| objective.client.is_some());
        let shown: Vec<&Objective> = with_budget.take(OBJECTIVES).collect();
        let period = self.document.horizon;
        let tracks: Vec<_> = shown.iter().map(|o| objective::history(self.series, self.topology, o, period)).collect();
        let moments = tracks.first()?;
        let step = moments.len().div_ceil(self.most.max(1)).max(1);
        let at: Vec<f64> = moments.iter().step_by(step).map(|m| seconds(m.at)).collect();
        let budgets = chart::<()>(ChartKind::Budgets, "", id!("chart-budget"), Unit::Share, &[]);
        let mut chart = Chart { at, subject: None, ..budgets };
        for (number, (objective, moments)) in (0..).zip(shown.iter().zip(&tracks)) {
            let values = moments.iter().step_by(step).map(|m| m.left.max(DEEPEST));
            chart.line(objective.name.as_str(), LineStyle::Number(number), values);
        }
        chart.bands = alerts(&tracks);
        Some(chart)
    }
}

/// The periods with an alert of any objective, in seconds.
fn alerts(tracks: &[Vec<objective::Moment>]) -> Vec<(f64, f64)> {
    let mut bands: Vec<(f64, f64)> = Vec::new();
    let mut is_on = false;
    let longest = tracks.iter().map(Vec::len).max().unwrap_or(0);
    for bin in 0..longest {
        let mut here = tracks.iter().filter_map(|moments| moments.get(bin));
        let Some(at) = here.clone().next().map(|moment| seconds(moment.at)) else { continue };
        let alert = here.any(|moment| moment.alert);
        match (alert, bands.last_mut()) {
            (true, Some(band)) if is_on => band.1 = at,
            (true, _) => bands.push((at, at)),
            (false, _) => {}
        }
        is_on = alert;
    }
    bands
}

fn all_links(series: &Series, topology: &Topology, step: usize) -> Vec<Bin<LinkFlow>> {
    let mut all: Vec<Bin<LinkFlow>> = Vec::new();
    for link in &topology.links {
        let bins = series.link(&link.id, step);
        if all.is_empty() {
            all = bins;
        } else {
            all.iter_mut().zip(bins).for_each(|(sum, bin)| sum.it = sum.it.and(&bin.it));
        }
    }
    all
}

fn total(bins: Vec<Bin<ServiceFlow>>) -> ServiceFlow {
    bins.into_iter().fold(ServiceFlow::default(), |sum, bin| sum.and(&bin.it))
}

/// The distribution of latencies in a period.
fn heat(bin: &Bin<LatencyCells>) -> impl Iterator<Item = Heat> {
    let (from, until, total) = (seconds(bin.from), seconds(bin.until), bin.it.total());
    let spans = |cell| LatencyCells::start_of(cell).as_secs_f64();
    let sum = |cells: &[u32]| cells.iter().map(|n| u64::from(*n)).sum::<u64>();
    let counts: Vec<u64> = bin.it.0.chunks(CELLS_IN_ONE).map(sum).collect();
    counts.into_iter().enumerate().filter(|(_, n)| *n > 0).map(move |(cell, n)| Heat {
        from,
        until,
        low: spans(cell * CELLS_IN_ONE),
        high: spans((cell + 1) * CELLS_IN_ONE),
        share: n as f64 / total as f64,
    })
}

fn middle<T>(bin: &Bin<T>) -> f64 {
    (seconds(bin.from) + seconds(bin.until)) / 2.0
}

fn chart<T>(kind: ChartKind, subject: impl Into<Caption>, measure: Id, unit: Unit, bins: &[Bin<T>]) -> Chart {
    Chart {
        kind,
        subject: Some(subject.into()),
        measure,
        unit,
        at: bins.iter().map(middle).collect(),
        lines: Vec::new(),
        heat: Vec::new(),
        lanes: Vec::new(),
        bands: Vec::new(),
    }
}

impl Chart {
    fn line(&mut self, label: impl Into<Caption>, look: LineStyle, values: impl Iterator<Item = f64>) {
        self.lines.push(Line { label: label.into(), look, values: values.collect() });
    }

    /// The measure and its subject.
    pub fn title(&self) -> Message {
        match &self.subject {
            Some(subject) => msg!("chart-title", subject = subject.text(), measure = self.measure),
            None => Message::new(self.measure),
        }
    }

    /// A value with its unit.
    pub fn value_text(&self, value: f64) -> String {
        match self.unit {
            _ if value.is_nan() => t!("chart-no-value"),
            Unit::PerSecond => text::rate(value),
            Unit::Seconds => text::duration(Span::from_nanos_f64(value * 1e9)),
            Unit::Count if value >= 10.0 => text::number(libm::round(value)),
            Unit::Count => text::number(libm::round(value * 10.0) / 10.0),
            Unit::Share if value <= DEEPEST => t!("chart-spent"),
            Unit::Share => text::whole_percent(value),
        }
    }
}

#[cfg(test)]
mod tests;
