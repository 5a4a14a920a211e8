//! The history of a run for charts: its counts at equal intervals of simulated time.
//!
//! A [`Series`] stores a row of cumulative counts for the end of each bin. The events in one bin, or in several, are the
//! difference of two rows. So two bins merge by dropping a row, a fork drops the rows after it, and an old future shares
//! its rows with the new one, all without loss. A series knows nothing inside a bin, and its size is limited: when there
//! are too many bins, their width doubles.

mod flow;

pub use flow::{Bin, ClientFlow, LinkFlow, ServiceFlow};

use super::Simulation;
use super::cells::{CELLS, LatencyCells};
use crate::scenario::topology::{Goal, Role, Topology};
use crate::time::{Span, Time};
use std::sync::Arc;

/// The most bins, an even number. When a series is full, each two bins become one.
pub const BINS: usize = 600;
/// The most bytes of a series. A larger system has fewer bins.
pub const BYTES: usize = 14_000_000;
/// The most latency objectives that a series follows. Each one costs a query of a histogram per bin.
pub const BOUNDS: usize = 64;
/// The shortest and the longest width of bins at the start of a run. A quick system has short bins.
const FIRST_WIDTHS: (Span, Span) = (Span::micros(100), Span::millis(10));

/// The history of a run for charts.
#[derive(Clone, Debug)]
pub struct Series {
    width: Span,
    /// The counts at the end of each bin; the first bin ends one width after the start.
    rows: Vec<Arc<Row>>,
    layout: Arc<Layout>,
    /// The topology of `layout`, for a quick check whether it still holds.
    topology: Option<Arc<Topology>>,
}

/// The position of each thing in a row.
#[derive(Debug, Default, PartialEq)]
struct Layout {
    /// The ids of all services, including clients.
    services: Vec<String>,
    /// The ids of the links.
    links: Vec<String>,
    /// The indices of the clients among the services.
    clients: Vec<u32>,
    /// The latency objectives: the client and the bound of each.
    bounds: Vec<(u32, Span)>,
}

/// The counts at one moment.
#[derive(Debug, Default, PartialEq)]
struct Row {
    layout: Arc<Layout>,
    services: Box<[ServiceFlow]>,
    links: Box<[LinkFlow]>,
    clients: Box<[ClientFlow]>,
    /// For each client, the cells of its histogram from the first to the last used one, and the index of the first.
    cells: Box<[(u8, Box<[u32]>)]>,
    /// For each latency objective, the number of requests answered within its bound.
    within: Box<[u32]>,
}

/// One piece of the strip below the stage.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tick {
    /// Its start.
    pub from: Time,
    /// Its end.
    pub until: Time,
    /// The share of good ends among the requests that ended, 0 to 1; `None` where none ended.
    pub success: Option<f32>,
    /// Good answers a simulated second.
    pub good: f32,
    /// Bad ends a simulated second.
    pub bad: f32,
    /// The 95th percentile of the latency.
    pub p95: Option<Span>,
}

impl Series {
    /// The series of a run of `topology` that has not begun.
    pub fn new(topology: &Topology) -> Self {
        Series {
            width: first_width(topology),
            rows: Vec::new(),
            layout: Arc::new(Layout::of(topology)),
            topology: None,
        }
    }

    /// The time of the next sample: the run must reach this instant and not pass it before [`Series::sample`] is called.
    pub fn due(&self) -> Time {
        self.end_of(self.rows.len())
    }

    /// Records the counts of a run that has reached [`Series::due`]; before that, does nothing. The system may have changed
    /// since the last sample: services, clients and links are matched by their ids.
    pub fn sample(&mut self, sim: &Simulation) {
        if sim.now() < self.due() || self.due() == Time::MAX {
            return;
        }
        self.follow(sim.topology());
        let row = Arc::new(Row::of(sim, &self.layout));
        // A run that was not stopped when a sample was due fills several bins at once.
        while self.due() <= sim.now() && self.due() < Time::MAX {
            self.rows.push(row.clone());
            while self.rows.len() >= self.layout.most_bins() {
                self.merge();
            }
        }
    }

    fn follow(&mut self, topology: &Arc<Topology>) {
        if self.topology.as_ref().is_some_and(|known| Arc::ptr_eq(known, topology)) {
            return;
        }
        let layout = Layout::of(topology);
        // Most edits change no id. Rows with the same ids share their layout.
        if *self.layout != layout {
            self.layout = Arc::new(layout);
        }
        self.topology = Some(topology.clone());
    }

    /// Merges each two bins into one.
    fn merge(&mut self) {
        let mut number = 0;
        self.rows.retain(|_| {
            number += 1;
            number % 2 == 0
        });
        self.width = self.width + self.width;
    }

    /// Drops the bin that contains `at` and all later ones, because the run continues differently from there.
    pub fn truncate(&mut self, at: Time) {
        let kept = at.as_nanos() / self.width.as_nanos();
        self.rows.truncate(usize::try_from(kept).unwrap_or(usize::MAX));
    }

    /// The number of bins.
    pub fn bins(&self) -> usize {
        self.rows.len()
    }

    /// The width of each bin.
    pub fn width(&self) -> Span {
        self.width
    }

    /// The end of the last bin.
    pub fn end(&self) -> Time {
        Time::at(Span::nanos(self.width.as_nanos().saturating_mul(self.rows.len() as u64)))
    }

    /// The index of the bin that contains `at`, or the number of bins if `at` is after the last one.
    pub fn bin_at(&self, at: Time) -> usize {
        usize::try_from(at.as_nanos() / self.width.as_nanos()).unwrap_or(usize::MAX).min(self.rows.len())
    }

    /// The number of bins per piece for at most `most` pieces.
    pub fn step_for(&self, most: usize) -> usize {
        self.rows.len().div_ceil(most.max(1)).max(1)
    }

    /// The number of bins per piece for pieces of the length `piece`, e.g. that of another series.
    pub fn step_of(&self, piece: Span) -> usize {
        usize::try_from(piece.as_nanos() / self.width.as_nanos()).unwrap_or(usize::MAX).max(1)
    }

    /// The ids of the clients at the last sample.
    pub fn clients(&self) -> impl Iterator<Item = &str> {
        let layout = self.rows.last().map_or(&self.layout, |row| &row.layout);
        layout.clients.iter().filter_map(|i| layout.services.get(*i as usize)).map(String::as_str)
    }

    /// The counts of a client in pieces of `step` bins.
    pub fn client(&self, id: &str, step: usize) -> Vec<Bin<ClientFlow>> {
        self.pieces(step, |layout| layout.client(id), |row, place| row.clients.get(place).copied(), ClientFlow::since)
    }

    /// The counts of a service in pieces of `step` bins.
    pub fn service(&self, id: &str, step: usize) -> Vec<Bin<ServiceFlow>> {
        let place = |layout: &Layout| layout.services.iter().position(|known| known == id);
        self.pieces(step, place, |row, place| row.services.get(place).copied(), ServiceFlow::since)
    }

    /// The counts of a link (`from->to`) in pieces of `step` bins.
    pub fn link(&self, id: &str, step: usize) -> Vec<Bin<LinkFlow>> {
        let place = |layout: &Layout| layout.links.iter().position(|known| known == id);
        self.pieces(step, place, |row, place| row.links.get(place).copied(), LinkFlow::since)
    }

    /// The latencies of a client in pieces of `step` bins.
    pub fn latencies(&self, id: &str, step: usize) -> Vec<Bin<LatencyCells>> {
        self.pieces(step, |layout| layout.client(id), Row::cells, cells_since)
    }

    /// The number of requests of a client answered within the bound of an objective, in pieces of `step` bins.
    pub fn within(&self, id: &str, bound: Span, step: usize) -> Vec<Bin<u32>> {
        let place = |layout: &Layout| {
            let is_it = |(client, known): &(u32, Span)| {
                *known == bound && layout.services.get(*client as usize).is_some_and(|known| known == id)
            };
            layout.bounds.iter().position(is_it)
        };
        self.pieces(step, place, |row, place| row.within.get(place).copied(), flow::count_since)
    }

    /// The results of a client in pieces of `step` bins; the last piece may be shorter. `client` counts from 0.
    pub fn strip(&self, client: usize, step: usize) -> Vec<Tick> {
        let Some(id) = self.clients().nth(client) else { return Vec::new() };
        let latencies = self.latencies(id, step);
        let tick = |(bin, latency): (Bin<ClientFlow>, Bin<LatencyCells>)| {
            let (seconds, ended) = (bin.seconds(), bin.it.ended());
            Tick {
                from: bin.from,
                until: bin.until,
                success: (ended > 0).then(|| bin.it.good as f32 / ended as f32),
                good: (f64::from(bin.it.good) / seconds) as f32,
                bad: (f64::from(bin.it.bad) / seconds) as f32,
                p95: latency.it.quantile(0.95),
            }
        };
        self.client(id, step).into_iter().zip(latencies).map(tick).collect()
    }

    /// The counts of every service and link of `topology`, in its order, between two boundaries of
    /// bins. Boundary 0 is the start of the run.
    pub fn between(&self, topology: &Topology, from: usize, until: usize) -> (Vec<ServiceFlow>, Vec<LinkFlow>) {
        let row = |bins: usize| bins.checked_sub(1).and_then(|last| self.rows.get(last));
        let service = |row: Option<&Arc<Row>>, i: usize, id: &String| {
            row.and_then(|row| row.services.get(place(&row.layout.services, i, id)?).copied()).unwrap_or_default()
        };
        let link = |row: Option<&Arc<Row>>, i: usize, id: &String| {
            row.and_then(|row| row.links.get(place(&row.layout.links, i, id)?).copied()).unwrap_or_default()
        };
        let (before, after) = (row(from), row(until));
        let services = topology.services.iter().map(|s| &s.id).enumerate();
        let links = topology.links.iter().map(|l| &l.id).enumerate();
        (
            services.map(|(i, id)| ServiceFlow::since(&service(after, i, id), &service(before, i, id))).collect(),
            links.map(|(i, id)| LinkFlow::since(&link(after, i, id), &link(before, i, id))).collect(),
        )
    }

    /// The differences of the values that `of` reads from the rows, in pieces of `step` bins. A thing that is not part of
    /// the system counts as zero.
    fn pieces<T: Default>(
        &self,
        step: usize,
        place: impl Fn(&Layout) -> Option<usize>,
        of: impl Fn(&Row, usize) -> Option<T>,
        since: impl Fn(&T, &T) -> T,
    ) -> Vec<Bin<T>> {
        let step = step.max(1);
        let mut known: Option<(&Arc<Layout>, Option<usize>)> = None;
        let (mut before, mut first) = (T::default(), 0);
        let mut pieces = Vec::with_capacity(self.rows.len().div_ceil(step));
        while first < self.rows.len() {
            let last = (first + step).min(self.rows.len()) - 1;
            let Some(row) = self.rows.get(last) else { break };
            let at = match known {
                Some((layout, at)) if Arc::ptr_eq(layout, &row.layout) => at,
                _ => place(&row.layout),
            };
            known = Some((&row.layout, at));
            let after = at.and_then(|at| of(row, at)).unwrap_or_default();
            pieces.push(Bin {
                from: self.end_of_bins(first),
                until: self.end_of_bins(last + 1),
                it: since(&after, &before),
            });
            (before, first) = (after, last + 1);
        }
        pieces
    }

    /// The end of a bin; bins count from 0.
    fn end_of(&self, bin: usize) -> Time {
        self.end_of_bins(bin + 1)
    }

    fn end_of_bins(&self, bins: usize) -> Time {
        Time::at(Span::nanos(self.width.as_nanos().saturating_mul(bins as u64)))
    }
}

impl Layout {
    fn of(topology: &Topology) -> Self {
        let is_client =
            |i: &u32| topology.services.get(*i as usize).is_some_and(|s| matches!(s.role, Role::Client { .. }));
        let bound = |goal: &Goal| match goal {
            Goal::Latency { within, .. } => Some(*within),
            Goal::Success(_) | Goal::Expect(_) => None,
        };
        let bounds = topology.objectives.iter().filter_map(|o| Some((o.client?.0, bound(&o.goal)?)));
        Layout {
            services: topology.services.iter().map(|s| s.id.clone()).collect(),
            links: topology.links.iter().map(|l| l.id.clone()).collect(),
            clients: (0..topology.services.len() as u32).filter(is_client).collect(),
            bounds: bounds.take(BOUNDS).collect(),
        }
    }

    fn client(&self, id: &str) -> Option<usize> {
        self.clients.iter().position(|i| self.services.get(*i as usize).is_some_and(|known| known == id))
    }

    /// The most rows, an even number.
    fn most_bins(&self) -> usize {
        let row = self.services.len() * size_of::<ServiceFlow>()
            + self.links.len() * size_of::<LinkFlow>()
            + self.clients.len() * (size_of::<ClientFlow>() + size_of::<(u8, Box<[u32]>)>() + CELLS * size_of::<u32>())
            + self.bounds.len() * size_of::<u32>()
            + size_of::<Row>();
        (BYTES / row).clamp(2, BINS) / 2 * 2
    }
}

impl Row {
    fn of(sim: &Simulation, layout: &Arc<Layout>) -> Row {
        let (engine, now) = (&sim.engine, sim.now());
        let client = |i: &u32| engine.services.get(*i as usize).and_then(|s| s.client.as_ref());
        let clients = || layout.clients.iter().filter_map(client);
        let within = |(i, bound): &(u32, Span)| client(i).map_or(0, |c| c.latencies.count_within(*bound) as u32);
        Row {
            layout: layout.clone(),
            services: engine.services.iter().map(|state| ServiceFlow::of(state, now)).collect(),
            links: engine.links.iter().map(|state| LinkFlow::of(state, now)).collect(),
            clients: clients().map(ClientFlow::of).collect(),
            cells: clients().map(|client| used(&client.cells)).collect(),
            within: layout.bounds.iter().map(within).collect(),
        }
    }

    fn cells(&self, client: usize) -> Option<LatencyCells> {
        let (first, counts) = self.cells.get(client)?;
        let mut cells = LatencyCells::default();
        for (to, from) in cells.0.iter_mut().skip(usize::from(*first)).zip(counts) {
            *to = *from;
        }
        Some(cells)
    }
}

/// The index of an id. The search tries `hint` first.
fn place(ids: &[String], hint: usize, id: &String) -> Option<usize> {
    if ids.get(hint) == Some(id) { Some(hint) } else { ids.iter().position(|known| known == id) }
}

/// The cells from the first to the last used one, and the index of the first.
fn used(cells: &LatencyCells) -> (u8, Box<[u32]>) {
    let has = |n: &u32| *n > 0;
    let first = cells.0.iter().position(has).unwrap_or(0);
    let last = cells.0.iter().rposition(has).map_or(0, |last| last + 1);
    (first as u8, cells.0.get(first..last).unwrap_or(&[]).into())
}

fn cells_since(after: &LatencyCells, before: &LatencyCells) -> LatencyCells {
    let mut between = LatencyCells::default();
    for ((to, after), before) in between.0.iter_mut().zip(&after.0).zip(&before.0) {
        *to = flow::count_since(after, before);
    }
    between
}

/// The width at the start: a hundredth of a second, or less if messages and work are quicker.
fn first_width(topology: &Topology) -> Span {
    let works = topology.services.iter().filter(|s| s.role == Role::Server).filter_map(|s| s.work.mean());
    let legs = topology.links.iter().filter_map(|l| Some(l.delay.request.mean()? + l.overhead));
    let quickest = works.chain(legs).filter(|span| *span > Span::ZERO).min().unwrap_or(Span::MAX);
    let mut width = FIRST_WIDTHS.1;
    while width > quickest && width > FIRST_WIDTHS.0 {
        width = width.scaled(0.1);
    }
    width
}

#[cfg(test)]
mod tests;
