//! Derives a system from its traces.
//!
//! | in the traces | in the system |
//! |---|---|
//! | `service.name` of a resource, `serviceName` of a process | a service |
//! | a span without a parent, or with a parent of another service | a request to its service |
//! | such a request, or a client span that names its peer | a call from the service above |
//! | half of (client span − server span) | the delay of a link, each way |
//! | the time of a request outside of its calls | `work` |
//! | a request that failed although none of its calls did, not for 429 or 503 | `failure_rate` |
//! | the share of requests that made a call | `probability` |
//! | calls that never began before another one was over | later `stage`s; overlapping calls share one |
//! | `http.request.resend_count` | `retry`, with the median wait between attempts |
//! | an attempt that ended with `timeout` | `timeout` |
//! | a peer without spans of its own | an `external` service |
//! | requests whose caller is not in the file | a client in front, at their rate |
//!
//! Measured times become an empirical distribution: the sorted values in equal parts, each as its mean, which preserves
//! the mean of all ([`figures::distribution`]). Messages (producer and consumer spans) are asynchronous and left out.
//! `traces/requests.rs` finds requests and calls, `traces/figures.rs` computes figures.

mod figures;
mod requests;

use super::draft::{Draft, MODEST};
use super::note::{Note, Place, names};
use super::spans::{self, Recorded};
use super::{Format, Imported};
use crate::chance::Distribution;
use crate::policy::retry::{self, Backoff};
use crate::scenario::{Kind, Legs, Link, Service, limits};
use crate::text::{Exact, Message};
use crate::time::Span;
use crate::{msg, t};
use requests::{Call, Request};
use std::collections::{BTreeMap, BTreeSet};

/// Values in the distribution of the work of a service.
const WORK_VALUES: usize = 50;
/// Values in the distribution of a delay: fewer, because there are more links than services and the file must stay small.
const DELAY_VALUES: usize = 20;
/// The lowest rate per second at which a viewer still sees requests.
const SLOWEST: f64 = 0.2;
/// Workers of a service with the defaults.
const WORKERS: u32 = 16;
/// The delay of each leg of a link with the defaults.
const DEFAULT_DELAY: Span = Span::millis(5);

/// Makes a system from traces.
pub(super) fn read(format: Format, mut recorded: Recorded) -> Result<Imported, Vec<Note>> {
    if recorded.spans.is_empty() {
        let mut notes = vec![msg!("import-no-span", format = format.name()).into()];
        notes.extend(recorded.notes.into_vec());
        return Err(notes);
    }
    let requests = requests::find(&mut recorded);
    let mut draft = Draft::default();
    draft.notes = std::mem::take(&mut recorded.notes);
    draft.scenario.description = description(&recorded, &requests);
    let mut reader = Reader { recorded: &recorded, requests: &requests, draft };
    reader.services();
    reader.links();
    reader.clients();
    reader.draft.finish(format)
}

fn description(recorded: &Recorded, requests: &[Request]) -> String {
    let traces: BTreeSet<&str> = recorded.spans.iter().map(|span| span.trace.as_str()).collect();
    let roots = requests.iter().filter(|request| request.is_root).count();
    t!("import-traces-description", spans = recorded.spans.len(), traces = traces.len(), requests = roots)
}

struct Reader<'a> {
    recorded: &'a Recorded,
    requests: &'a [Request],
    draft: Draft,
}

impl<'a> Reader<'a> {
    /// The requests at a service.
    fn at(&self, name: &str) -> impl Iterator<Item = &'a Request> + use<'a> {
        let service = self.recorded.find(name);
        self.requests.iter().filter(move |request| Some(request.service) == service)
    }

    fn note(&mut self, message: Message) {
        self.draft.notes.add(Place::Whole, message);
    }

    /// Adds all services: those with requests, and those that are only called.
    fn services(&mut self) {
        let callees = |request: &'a Request| request.calls.iter().map(|call| call.callee.as_str());
        let all = self.requests.iter().flat_map(|request| {
            std::iter::once(self.recorded.services[request.service].as_str()).chain(callees(request))
        });
        let mut known = BTreeSet::new();
        for name in all.filter(|name| known.insert(*name)) {
            let Some(index) = self.draft.service(name, Place::Whole) else { continue };
            if self.at(name).next().is_none() {
                self.external(index, name);
            } else {
                self.own(index, name);
            }
        }
        let silent: Vec<&String> =
            self.recorded.services.iter().filter(|name| self.draft.find(name).is_none()).collect();
        if !silent.is_empty() && self.draft.scenario.services.len() < limits::SERVICES {
            let message = msg!("import-without-requests", services = names(&silent));
            self.note(message);
        }
    }

    fn own(&mut self, index: usize, name: &str) {
        let turned_away = self.at(name).filter(|request| request.is_turned_away).count();
        let is_served = |request: &&Request| !request.is_turned_away && !request.is_unanswered;
        let served: Vec<&Request> = self.at(name).filter(is_served).collect();
        let failed = served.iter().filter(|request| request.has_failed && !request.has_failed_call()).count();
        let work = served.iter().map(|request| request.own_time()).collect();
        let most = figures::most_at_once(served.iter().map(|request| (request.start, request.end)));
        let service = self.draft.at(index);
        service.work = figures::distribution(work, WORK_VALUES).unwrap_or_else(|| service.work.clone());
        service.failure_rate = figures::share(failed, served.len());
        let label = service.label().to_owned();
        if most > WORKERS as usize {
            service.workers = Some(most as u32);
            self.note(msg!("import-at-once", service = &label, requests = most));
        }
        if turned_away > 0 {
            self.note(msg!("import-turned-away", service = &label, count = turned_away));
        }
    }

    /// Describes a peer without spans of its own: a tenth of the time of a call is assumed to be its way there and back.
    fn external(&mut self, index: usize, name: &str) {
        let all: Vec<u64> = self
            .calls_of(|call| call.callee == name)
            .flat_map(|call| call.attempts.iter().map(|it| it.end - it.start))
            .collect();
        let way = 2 * way(&all);
        let work = all.into_iter().map(|time| time.saturating_sub(way)).collect();
        let service = self.draft.at(index);
        service.kind = Kind::External;
        service.workers = None;
        service.work = figures::distribution(work, WORK_VALUES).unwrap_or_else(|| service.work.clone());
        let message = msg!("import-external", service = service.label());
        self.note(message);
    }

    fn calls_of(&self, wanted: impl Fn(&Call) -> bool) -> impl Iterator<Item = &'a Call> {
        self.requests.iter().flat_map(|request| &request.calls).filter(move |call| wanted(call))
    }

    fn links(&mut self) {
        let mut callers: BTreeMap<(usize, usize), Vec<(&Request, &Call)>> = BTreeMap::new();
        for request in self.requests.iter().filter(|request| !request.is_unanswered) {
            let from = self.draft.find(&self.recorded.services[request.service]);
            for call in &request.calls {
                if let Some(ends) = from.zip(self.draft.find(&call.callee)) {
                    callers.entry(ends).or_default().push((request, call));
                }
            }
        }
        let mut stages: BTreeMap<usize, BTreeMap<&str, u32>> = BTreeMap::new();
        for ((from, to), calls) in callers {
            let caller = calls[0].0.service;
            let of_caller = || self.requests.iter().filter(move |request| request.service == caller);
            let stages = stages.entry(caller).or_insert_with(|| figures::stages(of_caller()));
            let stage = stages.get(calls[0].1.callee.as_str()).copied().unwrap_or(0);
            self.link([from, to], stage, &calls);
        }
    }

    fn link(&mut self, [from, to]: [usize; 2], stage: u32, calls: &[(&Request, &Call)]) {
        let caller = calls[0].0.service;
        let counts = |it: &&Request| it.service == caller && !it.is_turned_away && !it.is_unanswered;
        let requests = self.requests.iter().filter(counts).count();
        let attempts: Vec<_> = calls.iter().flat_map(|(_, call)| &call.attempts).collect();
        let is_external = self.draft.at(to).kind == Kind::External;
        let [caller_name, callee_name] = [from, to].map(|index| self.draft.at(index).label().to_owned());
        let delays: Vec<u64> = attempts.iter().filter_map(|attempt| attempt.delay()).collect();
        let delay = if is_external {
            let all: Vec<u64> = attempts.iter().map(|attempt| attempt.end - attempt.start).collect();
            Some(Distribution::Constant(Span::nanos(way(&all))))
        } else {
            figures::distribution(delays, DELAY_VALUES)
        };
        let repeated: usize = calls.iter().map(|(_, call)| call.times - 1).sum();
        let failed = calls.iter().filter(|(_, call)| call.has_failed());
        let (suffered, survived) =
            failed.fold(
                (0, 0),
                |(suffered, survived), (request, _)| {
                    if request.has_failed { (suffered + 1, survived) } else { (suffered, survived + 1) }
                },
            );
        let facts = || attempts.iter().map(|attempt| &attempt.facts);
        let timeout =
            attempts.iter().filter(|attempt| attempt.facts.timed_out).map(|attempt| attempt.end - attempt.start).max();
        let has_delay = delay.is_some();
        let Some(link) = self.draft.link(from, to, Place::Whole) else { return };
        link.delay = delay.map_or_else(|| Link::new("", "").delay, Legs::both);
        link.probability = figures::share(calls.len(), requests.max(calls.len()));
        link.stage = stage;
        link.method = figures::most_common(facts().filter_map(|facts| facts.method)).unwrap_or(link.method);
        link.protocol = figures::most_common(facts().filter_map(|facts| facts.protocol)).unwrap_or(link.protocol);
        link.timeout = timeout.filter(|it| *it > 0).map(|it| figures::rounded(it).min(limits::DURATION));
        link.optional = survived > suffered;
        link.retry = repetition(calls, link.method.is_idempotent());
        if !has_delay {
            self.note(msg!("import-one-side", from = &caller_name, to = &callee_name, delay = Exact(DEFAULT_DELAY)));
        }
        if repeated > 0 {
            let times = 1.0 + repeated as f64 / calls.len() as f64;
            let times = (times * 10.0).round() / 10.0;
            self.note(msg!("import-repeated", from = caller_name, to = callee_name, calls = times));
        }
    }

    /// Finds who sends requests: services that only call become clients, and those called from outside get one in front.
    fn clients(&mut self) {
        let roots: Vec<&Request> = self.requests.iter().filter(|request| request.is_root).collect();
        let mut of: BTreeMap<usize, Vec<&Request>> = BTreeMap::new();
        for request in &roots {
            if let Some(index) = self.draft.find(&self.recorded.services[request.service]) {
                of.entry(index).or_default().push(request);
            }
        }
        let measured = figures::rate(roots.iter().map(|request| request.start));
        // Without a measured rate: enough to keep a third of the workers of one service busy.
        let busy = f64::from(WORKERS) / 3.0 / Span::nanos(median_time(&roots)).as_secs_f64();
        let rate = measured.unwrap_or(busy.min(MODEST));
        let share = |own: &[&Request]| (rate * own.len() as f64 / roots.len().max(1) as f64).min(limits::RATE);
        let (callers, called): (Vec<_>, Vec<_>) = of.iter().partition(|(index, _)| self.only_calls(**index));
        for (index, own) in callers {
            self.becomes_client(*index);
            self.draft.load(*index, figures::three_digits(share(own)));
        }
        for (index, own) in &called {
            let service = self.draft.at(**index).label().to_owned();
            let (key, name) = match called.len() {
                1 => ("users".to_owned(), t!("import-users")),
                _ => (format!("users of {service}"), t!("import-users-of", service = service)),
            };
            self.users(&key, name, **index, figures::three_digits(share(own)), median_time(own) / 20);
        }
        if measured.is_none() {
            self.note(msg!("import-rate-assumed", rate = figures::three_digits(rate)));
        }
    }

    /// Adds a client in front of a service. The way there was not recorded: it is assumed as for peers without spans, but
    /// at least the default.
    fn users(&mut self, key: &str, name: String, index: usize, rate: f64, way: u64) {
        let service = self.draft.at(index).label().to_owned();
        let Some(client) = self.draft.users_of(key, &name, &[index], rate) else {
            return self.note(msg!("import-outside-no-room", service = service));
        };
        if let Some(link) = self.draft.link(client, index, Place::Whole) {
            link.delay = Legs::both(Distribution::Constant(figures::rounded(way).max(DEFAULT_DELAY)));
        }
        self.note(msg!("import-outside", service = service, client = name));
    }

    /// Whether nobody calls this service, and all its requests begin there, on the side of the caller.
    fn only_calls(&self, index: usize) -> bool {
        let begins =
            |request: &Request| request.is_root && matches!(request.kind, spans::Kind::Client | spans::Kind::Internal);
        !self.draft.is_called(index)
            && self.draft.calls(index)
            && self.requests.iter().filter(|it| self.is_at(it, index)).all(begins)
    }

    /// Whether a request belongs to this service.
    fn is_at(&self, request: &Request, index: usize) -> bool {
        self.draft.find(&self.recorded.services[request.service]) == Some(index)
    }

    fn becomes_client(&mut self, index: usize) {
        let service = self.draft.at(index);
        *service = Service { name: service.name.take(), ..Service::new(service.id.clone(), Kind::Client) };
    }
}

/// The median time of some requests, in nanoseconds.
fn median_time(requests: &[&Request]) -> u64 {
    figures::median(requests.iter().map(|request| request.end - request.start).collect()).unwrap_or(0)
}

/// The assumed length of the way to a peer without spans: a twentieth of the median call.
fn way(times: &[u64]) -> u64 {
    figures::median(times.to_vec()).unwrap_or(0) / 20
}

/// The retry in the recorded calls: the highest number of attempts, and the median wait between them.
fn repetition(calls: &[(&Request, &Call)], is_idempotent: bool) -> Option<retry::Config> {
    let resent = calls.iter().flat_map(|(_, call)| &call.attempts).map(|attempt| attempt.facts.resend).max()?;
    if resent == 0 {
        return None;
    }
    let waits = |call: &&Call| {
        let pairs = call.attempts.windows(2);
        pairs.filter(|pair| pair[1].facts.resend > 0).map(|pair| pair[1].start.saturating_sub(pair[0].end)).collect()
    };
    let waits: Vec<u64> = calls.iter().map(|(_, call)| *call).flat_map(|call| -> Vec<u64> { waits(&call) }).collect();
    let wait = figures::median(waits).map(figures::rounded).unwrap_or(Span::ZERO).min(limits::DURATION);
    Some(retry::Config {
        backoff: if wait == Span::ZERO { Backoff::None } else { Backoff::Constant(wait) },
        repeats_unsafe: !is_idempotent,
        ..retry::Config::of(resent.saturating_add(1).min(100) as u32)
    })
}
