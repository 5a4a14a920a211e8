//! What a system is like, from what was recorded of it.
//!
//! | recorded | in the system |
//! |---|---|
//! | `service.name` of a resource, `serviceName` of a process | a service |
//! | a span of a service whose parent is another's, or that has none | a request there |
//! | such a request, or a client span that names its peer | a call from the service above |
//! | half of (client span − server span) | the delay of a link, each way |
//! | the request without the time in which its calls were under way | `work` |
//! | a request that failed although none of its calls did, not for 429 or 503 | `failure_rate` |
//! | the share of requests that made a call | `probability` |
//! | calls that never began before another one was over | later `stage`s; those that overlap share one |
//! | `http.request.resend_count` | `retry`, with the usual wait between attempts |
//! | an attempt that ended as `timeout` | `timeout` |
//! | a peer without spans of its own | an `external` service |
//! | requests that nobody in the file made | a client in front, at their rate |
//!
//! What was measured becomes an empirical distribution: the sorted values in equal parts, each by its mean, so that the
//! mean of all is kept ([`figures::distribution`]). Messages (producer and consumer spans) are asynchronous and left out.
//! `traces/requests.rs` finds requests and calls, `traces/figures.rs` does sums.

mod figures;
mod requests;

use super::draft::{Draft, MODEST, counted, listed};
use super::spans::{self, Recorded};
use super::{Format, Imported, problem};
use crate::chance::Distribution;
use crate::policy::retry::{self, Backoff};
use crate::scenario::problem::Problem;
use crate::scenario::{Kind, Legs, Link, limits};
use crate::time::Span;
use requests::{Call, Request};
use std::collections::{BTreeMap, BTreeSet};

/// Values of the distribution of a work.
const WORK_VALUES: usize = 50;
/// Values of the distribution of a delay. There are more links than services, and a file has to stay small enough.
const DELAY_VALUES: usize = 20;
/// Requests a second below which nobody would see anything happen.
const SLOWEST: f64 = 0.2;
/// Workers of a service with the defaults.
const WORKERS: u32 = 16;

/// Makes a system of what was recorded.
pub(super) fn read(format: Format, mut recorded: Recorded) -> Result<Imported, Vec<Problem>> {
    if recorded.spans.is_empty() {
        let mut problems = vec![problem(&format!("{}: there is no span in it", format.name()))];
        problems.extend(recorded.notes.into_problems());
        return Err(problems);
    }
    let requests = requests::find(&mut recorded);
    let mut draft = Draft::default();
    draft.notes = std::mem::take(&mut recorded.notes);
    draft.scenario.title = Format::Otlp.untitled().into();
    draft.scenario.description = summary(&recorded, &requests);
    let mut reader = Reader { recorded: &recorded, requests: &requests, draft };
    reader.services();
    reader.links();
    reader.clients();
    reader.draft.finish(format)
}

fn summary(recorded: &Recorded, requests: &[Request]) -> String {
    let traces: BTreeSet<&str> = recorded.spans.iter().map(|span| span.trace.as_str()).collect();
    let roots = requests.iter().filter(|request| request.is_root).count();
    format!(
        "Made of {} in {}: {} from outside.",
        counted(recorded.spans.len(), "span"),
        counted(traces.len(), "trace"),
        counted(roots, "request")
    )
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

    /// All names, of those that have requests and of those that are only called.
    fn services(&mut self) {
        let callees = |request: &'a Request| request.calls.iter().map(|call| call.callee.as_str());
        let names = self.requests.iter().flat_map(|request| {
            std::iter::once(self.recorded.services[request.service].as_str()).chain(callees(request))
        });
        let mut known = BTreeSet::new();
        for name in names.filter(|name| known.insert(*name)) {
            let Some(index) = self.draft.service(name, "") else { continue };
            if self.at(name).next().is_none() {
                self.external(index, name);
            } else {
                self.own(index, name);
            }
        }
        let silent: Vec<&String> =
            self.recorded.services.iter().filter(|name| self.draft.find(name).is_none()).collect();
        if !silent.is_empty() && self.draft.scenario.services.len() < limits::SERVICES {
            self.draft.notes.tell("", listed(&silent), "left out: they have no requests");
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
            self.draft.notes.tell("", format!("{label} had {most} requests at once"), format!("{most} workers"));
        }
        if turned_away > 0 {
            let found = format!("{label} turned {} away (429, 503)", counted(turned_away, "request"));
            self.draft.notes.tell("", found, "not counted as failures: set its queue or its rate limit");
        }
    }

    /// A peer without spans of its own: a tenth of the time of a call is taken to be the way there and back.
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
        let found = format!("{} has no spans of its own", service.label());
        self.draft.notes.tell(
            "",
            found,
            "an external service; nine tenths of the time of its calls are taken to be work",
        );
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
        let tells = |it: &&Request| it.service == caller && !it.is_turned_away && !it.is_unanswered;
        let requests = self.requests.iter().filter(tells).count();
        let attempts: Vec<_> = calls.iter().flat_map(|(_, call)| &call.attempts).collect();
        let is_external = self.draft.at(to).kind == Kind::External;
        let names = [from, to].map(|index| self.draft.at(index).label().to_owned());
        let name = names.join(" → ");
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
        let usual = Link::new("", "");
        let Some(link) = self.draft.link(from, to, "") else { return };
        link.delay = delay.map_or(usual.delay, Legs::both);
        link.probability = figures::share(calls.len(), requests.max(calls.len()));
        link.stage = stage;
        link.method = figures::most_common(facts().filter_map(|facts| facts.method)).unwrap_or(link.method);
        link.protocol = figures::most_common(facts().filter_map(|facts| facts.protocol)).unwrap_or(link.protocol);
        link.timeout = timeout.filter(|it| *it > 0).map(|it| figures::rounded(it).min(limits::DURATION));
        link.optional = survived > suffered;
        link.retry = repetition(calls, link.method.is_idempotent());
        if !has_delay {
            self.draft.notes.tell(
                "",
                format!("{name}: only one side was recorded"),
                "the delay is the default, 5 ms each way",
            );
        }
        if repeated > 0 {
            let found = format!("{name}: {:.1} calls a request", 1.0 + repeated as f64 / calls.len() as f64);
            self.draft.notes.tell("", found, "read as one: a link is one call");
        }
    }

    /// Who sends requests: services that only ask, and clients in front of those that are asked from outside.
    fn clients(&mut self) {
        let roots: Vec<&Request> = self.requests.iter().filter(|request| request.is_root).collect();
        let mut of: BTreeMap<usize, Vec<&Request>> = BTreeMap::new();
        for request in &roots {
            if let Some(index) = self.draft.find(&self.recorded.services[request.service]) {
                of.entry(index).or_default().push(request);
            }
        }
        let told = figures::rate(roots.iter().map(|request| request.start));
        // Where it is not told: as many as keep a third of the workers of one service busy.
        let busy = f64::from(WORKERS) / 3.0 / Span::nanos(usual(&roots)).as_secs_f64();
        let rate = told.unwrap_or(busy.min(MODEST));
        let share = |own: &[&Request]| (rate * own.len() as f64 / roots.len().max(1) as f64).min(limits::RATE);
        let (asking, asked): (Vec<_>, Vec<_>) = of.iter().partition(|(index, _)| self.only_asks(**index));
        for (index, own) in asking {
            self.becomes_client(*index);
            self.draft.load(*index, figures::three_digits(share(own)));
        }
        for (index, own) in &asked {
            let name =
                if asked.len() == 1 { "Users".into() } else { format!("Users of {}", self.draft.at(**index).label()) };
            self.users(&name, **index, figures::three_digits(share(own)), usual(own) / 20);
        }
        if told.is_none() {
            let done = format!("{} a second in all", figures::three_digits(rate));
            self.draft.notes.tell("", "too few requests from outside to tell a rate", done);
        }
    }

    /// Puts a client in front of a service. Nobody recorded the way there: it is taken to be as with peers that have no
    /// spans, and not below the default.
    fn users(&mut self, name: &str, index: usize, rate: f64, way: u64) {
        let found = format!("{} gets requests from outside", self.draft.at(index).label());
        let Some(client) = self.draft.users_of(name, &[index], rate) else {
            return self.draft.notes.tell("", found, "there is no room for a client in front");
        };
        if let Some(link) = self.draft.link(client, index, "") {
            link.delay = Legs::both(Distribution::Constant(figures::rounded(way).max(Span::millis(5))));
        }
        self.draft.notes.tell("", found, format!("a client “{name}” sends them"));
    }

    /// Whether nobody calls this service, and all its requests begin there, on the side of the caller.
    fn only_asks(&self, index: usize) -> bool {
        let begins =
            |request: &Request| request.is_root && matches!(request.kind, spans::Kind::Client | spans::Kind::Internal);
        !self.draft.is_called(index)
            && self.draft.calls(index)
            && self.requests.iter().filter(|it| self.is_at(it, index)).all(begins)
    }

    /// Whether a request was one of this service.
    fn is_at(&self, request: &Request, index: usize) -> bool {
        self.draft.find(&self.recorded.services[request.service]) == Some(index)
    }

    fn becomes_client(&mut self, index: usize) {
        let service = self.draft.at(index);
        *service = crate::scenario::Service {
            name: service.name.take(),
            ..crate::scenario::Service::new(service.id.clone(), Kind::Client)
        };
    }
}

/// How long some requests usually take, in nanoseconds.
fn usual(requests: &[&Request]) -> u64 {
    figures::median(requests.iter().map(|request| request.end - request.start).collect()).unwrap_or(0)
}

/// How long the way to a peer without spans is taken to be: a twentieth of the usual call.
fn way(times: &[u64]) -> u64 {
    figures::median(times.to_vec()).unwrap_or(0) / 20
}

/// The retry that was seen: as many attempts as there were at most, and the usual wait between them.
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
