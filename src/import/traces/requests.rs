//! Finds requests and their calls in spans.

use crate::import::note::Place;
use crate::import::spans::{Facts, Kind, Recorded, Span, Trees};
use crate::msg;
use std::collections::BTreeMap;

/// A request at a service.
#[derive(Debug)]
pub(super) struct Request {
    /// The index of the service among those recorded.
    pub(super) service: usize,
    /// When it began, in nanoseconds.
    pub(super) start: u64,
    /// When it ended.
    pub(super) end: u64,
    /// The kind of its span.
    pub(super) kind: Kind,
    /// Whether its caller was not recorded.
    pub(super) is_root: bool,
    /// Whether it failed.
    pub(super) has_failed: bool,
    /// Whether it was not served at all: too many requests (429) or no capacity (503).
    pub(super) is_turned_away: bool,
    /// Whether the recording ended before it did. Its times are then meaningless.
    pub(super) is_unanswered: bool,
    /// The calls that it made, one for each callee.
    pub(super) calls: Vec<Call>,
}

/// The calls of one request to one other service.
#[derive(Debug)]
pub(super) struct Call {
    /// The name of the service.
    pub(super) callee: String,
    /// The number of calls, without repetitions of failed attempts.
    pub(super) times: usize,
    /// All attempts, in the order of their starts; at least one.
    pub(super) attempts: Vec<Attempt>,
}

/// One attempt of a call, as recorded by its caller, or by its callee if the caller has no span.
#[derive(Debug)]
pub(super) struct Attempt {
    /// When it began, in nanoseconds.
    pub(super) start: u64,
    /// When it ended.
    pub(super) end: u64,
    /// The facts in its attributes.
    pub(super) facts: Facts,
    has_failed: bool,
    /// The time of the callee, in nanoseconds, if both sides were recorded.
    served: Option<u64>,
}

impl Request {
    /// Whether one of its calls failed for good.
    pub(super) fn has_failed_call(&self) -> bool {
        self.calls.iter().any(Call::has_failed)
    }

    /// The time that it did not wait for calls, in nanoseconds.
    pub(super) fn own_time(&self) -> u64 {
        let mut waits: Vec<(u64, u64)> = self.calls.iter().flat_map(Call::waits).collect();
        waits.sort_unstable();
        let (mut own, mut at) = (0, self.start);
        for (start, end) in waits {
            own += start.min(self.end).saturating_sub(at);
            at = at.max(end);
        }
        own + self.end.saturating_sub(at)
    }
}

impl Call {
    /// When its first attempt began.
    pub(super) fn start(&self) -> u64 {
        self.attempts.first().map_or(0, |attempt| attempt.start)
    }

    /// When all its attempts were over.
    pub(super) fn end(&self) -> u64 {
        self.attempts.iter().map(|attempt| attempt.end).max().unwrap_or(0)
    }

    /// Whether its last attempt failed.
    pub(super) fn has_failed(&self) -> bool {
        self.attempts.last().is_some_and(|attempt| attempt.has_failed)
    }

    /// The times during which its caller waited: each from an attempt to the end of its last repetition.
    fn waits(&self) -> Vec<(u64, u64)> {
        let mut waits: Vec<(u64, u64)> = Vec::new();
        for attempt in &self.attempts {
            match waits.last_mut().filter(|_| attempt.facts.resend > 0) {
                Some((_, end)) => *end = attempt.end.max(*end),
                None => waits.push((attempt.start, attempt.end)),
            }
        }
        waits
    }
}

impl Attempt {
    /// The delay of a message, in nanoseconds: half of the difference between the times of caller and callee. `None` if
    /// the end was not recorded, or the caller stopped waiting before.
    pub(super) fn delay(&self) -> Option<u64> {
        let way = (self.end - self.start).checked_sub(self.served?)?;
        (!self.facts.timed_out && !self.facts.is_unanswered).then_some(way / 2)
    }
}

/// Assigns spans to requests, from the roots of the trees downwards.
struct Finder<'a> {
    recorded: &'a Recorded,
    trees: Trees,
    /// The span of the request that each span belongs to; `None` if it is left out.
    owner: Vec<Option<usize>>,
    /// The nearest client span at or above each span, within its request.
    client: Vec<Option<usize>>,
    /// Whether a more precise span is below a client span: that of the callee, or another client span.
    leads: Vec<bool>,
    /// The attempts of each request, by its span.
    made: BTreeMap<usize, Vec<Ends>>,
}

/// The recorded ends of an attempt: the client span and the span of the callee.
type Ends = (Option<usize>, Option<usize>);

/// Finds all requests, in the order of their spans, with notes on the spans that are left out.
pub(super) fn find(recorded: &mut Recorded) -> Vec<Request> {
    let trees = Trees::of(recorded);
    let count = recorded.spans.len();
    let (owner, client, leads) = (vec![None; count], vec![None; count], vec![false; count]);
    let mut finder = Finder { recorded, trees, owner, client, leads, made: BTreeMap::new() };
    let [messages, torn] = finder.walk();
    let unknown = finder.leaves();
    let requests = finder.requests();
    for (count, message) in [
        (messages, msg!("import-messages", count = messages)),
        (torn, msg!("import-torn", count = torn)),
        (unknown, msg!("import-unknown-callee", count = unknown)),
    ] {
        if count > 0 {
            recorded.notes.add(Place::Whole, message);
        }
    }
    requests
}

impl Finder<'_> {
    fn span(&self, index: usize) -> &Span {
        &self.recorded.spans[index]
    }

    /// Goes through all trees from the roots. Returns how many spans are left out as messages, and how many because the
    /// request around them is missing.
    fn walk(&mut self) -> [usize; 2] {
        let [mut messages, mut torn] = [0, 0];
        let mut next: Vec<usize> = (0..self.owner.len()).filter(|i| self.trees.parents[*i].is_none()).rev().collect();
        while let Some(index) = next.pop() {
            next.extend(self.trees.children[index].iter().rev());
            let parent = self.trees.parents[index];
            let is_torn = self.trees.orphans[index] && !matches!(self.span(index).kind, Kind::Server | Kind::Unknown);
            if self.span(index).kind == Kind::Consumer {
                messages += 1;
            } else if is_torn {
                torn += 1;
            } else {
                self.belongs(index, parent);
            }
        }
        [messages, torn]
    }

    /// Assigns a span to its request.
    fn belongs(&mut self, index: usize, parent: Option<usize>) {
        let above = parent.map(|parent| self.owner[parent]);
        let service = self.span(index).service;
        let is_client = self.span(index).kind == Kind::Client;
        match (parent, above) {
            // Below a span that is left out.
            (Some(_), Some(None)) => return,
            (Some(parent), Some(Some(owner))) if self.span(owner).service == service => {
                self.owner[index] = Some(owner);
                self.client[index] = if is_client { Some(index) } else { self.client[parent] };
                if is_client {
                    self.client[parent].into_iter().for_each(|outer| self.leads[outer] = true);
                }
                return;
            }
            (Some(parent), Some(Some(owner))) => {
                // A client span leads to one callee; a second one is recorded on its own side only.
                let client = self.client[parent].filter(|client| !self.leads[*client]);
                client.into_iter().for_each(|client| self.leads[client] = true);
                self.made.entry(owner).or_default().push((client, Some(index)));
            }
            (None, _) | (_, None) => {}
        }
        self.owner[index] = Some(index);
        self.client[index] = is_client.then_some(index);
    }

    /// Adds the calls to services that were not recorded. Returns how many have no known callee.
    fn leaves(&mut self) -> usize {
        let mut unknown = 0;
        for index in 0..self.owner.len() {
            let is_last = self.client[index] == Some(index) && !self.leads[index];
            let Some(owner) = self.owner[index].filter(|_| is_last) else { continue };
            let peer = self.span(index).facts.peer.as_ref();
            let is_itself = peer.is_some_and(|peer| self.recorded.find(peer) == Some(self.span(index).service));
            match peer.filter(|_| !is_itself) {
                Some(_) => self.made.entry(owner).or_default().push((Some(index), None)),
                None => unknown += 1,
            }
        }
        unknown
    }

    fn requests(&self) -> Vec<Request> {
        (0..self.owner.len())
            .filter(|index| self.owner[*index] == Some(*index))
            .map(|index| self.request(index))
            .collect()
    }

    fn request(&self, index: usize) -> Request {
        let span = self.span(index);
        let mut made: Vec<(String, Attempt)> = self
            .made
            .get(&index)
            .into_iter()
            .flatten()
            .map(|(client, callee)| self.attempt(*client, *callee))
            .collect();
        made.sort_by(|(a, x), (b, y)| (x.start, x.end, a).cmp(&(y.start, y.end, b)));
        let mut calls: Vec<Call> = Vec::new();
        let mut known: BTreeMap<String, usize> = BTreeMap::new();
        for (callee, attempt) in made {
            let again = attempt.facts.resend > 0;
            match known.get(&callee).and_then(|at| calls.get_mut(*at)) {
                Some(call) => {
                    call.times += usize::from(!again);
                    call.attempts.push(attempt);
                }
                None => {
                    known.insert(callee.clone(), calls.len());
                    calls.push(Call { callee, times: 1, attempts: vec![attempt] });
                }
            }
        }
        let has_failed = has_failed(span);
        Request {
            service: span.service,
            start: span.start,
            end: span.end,
            kind: span.kind,
            is_root: self.trees.parents[index].is_none(),
            has_failed,
            is_turned_away: has_failed && calls.is_empty() && matches!(span.facts.status, Some(429 | 503)),
            is_unanswered: span.facts.is_unanswered,
            calls,
        }
    }

    /// An attempt with the name of its callee; at least one of the two spans is given.
    fn attempt(&self, client: Option<usize>, callee: Option<usize>) -> (String, Attempt) {
        let [client, callee] = [client, callee].map(|index| index.map(|index| self.span(index)));
        let unknown = Span::default();
        let seen = client.or(callee).unwrap_or(&unknown);
        let name = match (callee, &seen.facts.peer) {
            (Some(callee), _) => self.recorded.services[callee.service].clone(),
            (None, peer) => peer.clone().unwrap_or_default(),
        };
        let mut facts = seen.facts.clone();
        facts.method = facts.method.or(callee.and_then(|callee| callee.facts.method));
        facts.protocol = facts.protocol.or(callee.and_then(|callee| callee.facts.protocol));
        let served = client.and(callee).map(|callee| callee.end - callee.start);
        (name, Attempt { start: seen.start, end: seen.end, facts, has_failed: has_failed(seen), served })
    }
}

/// Whether a span ended with an error, or with a status of a failed server.
fn has_failed(span: &Span) -> bool {
    span.is_error || span.facts.status.is_some_and(|status| status >= 500)
}
