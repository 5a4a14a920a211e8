//! The sentences of the log: plain, short, in the present tense, with the names of the document.

use super::Line;
use crate::outcome::Outcome;
use crate::policy::breaker::{Counts, State};
use crate::policy::fallback;
use crate::scenario::topology::{FaultEffect, Link, LinkId, ServiceId, Topology};
use crate::scenario::{DroppedLegs, Scenario};
use crate::scene::request::story::Cast;
use crate::scene::run::deeds::edit_in_words;
use crate::scene::words::{percent, span};
use crate::sim::Intervention;
use crate::sim::notice::{Happening, Location, Truth};
use crate::sim::view::{Direction, Purpose};
use crate::time::Span;

/// What sentences are made of.
pub(super) struct Words<'a> {
    /// What ran then.
    pub topology: &'a Topology,
    /// What ran before that.
    pub before: &'a Topology,
    /// What things are called now.
    pub document: &'a Scenario,
}

impl Words<'_> {
    /// What a line says.
    pub fn line(&self, line: &Line) -> String {
        let text = match line.notice.place {
            Location::Service(id) => self.at_service(id, line),
            Location::Link(id) => match self.topology.links.get(id.index()) {
                Some(link) => self.on_link(link, line),
                None => String::new(),
            },
            Location::System => format!("Edit: {}", edit_in_words(self.before, self.topology, self.document)),
        };
        if line.count > 1 {
            return format!("{text}, {} times, last at {}.", line.count, until(line));
        }
        format!("{text}{}.", self.details(line))
    }

    fn name(&self, id: ServiceId) -> &str {
        Cast { topology: self.topology, document: self.document }.name(id)
    }

    fn at_service(&self, id: ServiceId, line: &Line) -> String {
        let (service, request) = (self.name(id), request(line));
        match line.notice.what {
            Happening::QueueEmptied => format!("{service} has caught up: nobody waits for it any more"),
            Happening::Sent { by_hand: true } => format!("By hand: {service} sends {request}"),
            Happening::Sent { .. } => format!("{service} sends {request}"),
            Happening::AskedAgain => format!("{service} got no good answer to {request} and asks again"),
            Happening::Ended { outcome, truth, .. } => end(service, &request, outcome, truth),
            Happening::Failed => format!("{service} fails at {request}"),
            Happening::Booked { duplicate: true, .. } => {
                format!("{service} books {request} once more: it is done twice")
            }
            Happening::Booked { seen: Some(seen), .. } if seen != Outcome::Ok => {
                format!("{service} books {request} although the user was told that it failed")
            }
            Happening::Booked { .. } => format!("{service} books {request}"),
            Happening::TakenBack { entries: 0 } => format!("{service} has nothing to take back of {request}"),
            Happening::TakenBack { .. } => format!("{service} takes back what it did for {request}"),
            Happening::Wasted => format!("{service} has finished {request}, but nobody waits for it any more"),
            Happening::Dropped => format!("{service} stops work on {request}: its caller has given up"),
            Happening::LostWork { requests: 1 } => format!("{service} loses the request that it held"),
            Happening::LostWork { requests } => format!("{service} loses the {requests} requests that it held"),
            Happening::WorkersBusy => format!("All workers of {service} are busy: requests begin to wait"),
            Happening::QueueFilled => format!("The queue of {service} is full"),
            Happening::Done(intervention) => self.by_hand(intervention),
            Happening::Fault { fault, begins } => self.fault(fault, begins),
            _ => String::new(),
        }
    }

    fn on_link(&self, link: &Link, line: &Line) -> String {
        let (caller, callee, request) = (self.name(link.from), self.name(link.to), request(line));
        if line.ends_trouble {
            return format!("{callee} answers {caller} well again");
        }
        match line.notice.what {
            Happening::AttemptEnded { purpose: Purpose::Call, outcome, after, .. } => {
                attempt(caller, callee, outcome, after)
            }
            Happening::AttemptEnded { purpose: Purpose::Ask, outcome, .. } => {
                let answer = match outcome {
                    Outcome::Ok => "it was carried out",
                    Outcome::Error => "it was not carried out",
                    _ => "no answer",
                };
                format!("{caller} asks {callee} what became of {request}: {answer}")
            }
            Happening::AttemptEnded { outcome, .. } if outcome.is_success() => {
                format!("{caller} learns that {callee} has taken back {request}")
            }
            Happening::AttemptEnded { .. } => {
                format!("{caller} does not learn whether {callee} has taken back {request}")
            }
            Happening::Retries { .. } => format!("{caller} will try {callee} again"),
            Happening::BudgetSpent => format!("{caller} may not try {callee} again: its retry budget is spent"),
            Happening::Hedged { .. } => format!("{caller} has waited long and asks {callee} once more beside it"),
            Happening::FellBack { .. } => format!("{caller} goes on without {callee}: {}", fallback_of(link)),
            Happening::LeftUnknown => format!("{caller} does not know whether {callee} carried out {request}"),
            Happening::Lost { direction: Direction::Request, .. } => {
                format!("A message from {caller} to {callee} gets lost")
            }
            Happening::Lost { .. } => format!("The answer of {callee} to {caller} gets lost"),
            Happening::Breaker { to, counts, .. } => breaker(caller, callee, to, counts),
            Happening::TurnedAway { outcome } => turned_away(caller, callee, outcome),
            Happening::Replayed { .. } => {
                format!("{callee} knows {request} already and repeats its answer to {caller}")
            }
            Happening::TakesBack => format!("{caller} asks {callee} to take back {request}"),
            Happening::NotTakenBack => format!("{caller} gives up: {callee} has not said that it took back {request}"),
            Happening::Done(intervention) => self.by_hand(intervention),
            Happening::Fault { fault, begins } => self.fault(fault, begins),
            _ => String::new(),
        }
    }

    /// What is worth to be said of a single one.
    fn details(&self, line: &Line) -> String {
        let link = match line.notice.place {
            Location::Link(id) => self.topology.links.get(id.index()),
            Location::Service(_) | Location::System => None,
        };
        match line.notice.what {
            _ if line.ends_trouble => String::new(),
            Happening::Ended { latency, .. } => format!(" (after {})", span(latency)),
            Happening::AttemptEnded { number, purpose, after, .. } => {
                let most = link.and_then(|l| l.retry.as_ref()).map(|retry| retry.max_attempts);
                let number = match most.filter(|_| purpose == Purpose::Call) {
                    Some(most) if most >= number => format!("attempt {number} of {most}"),
                    _ if number > 1 => format!("attempt {number}"),
                    _ => String::new(),
                };
                match (number.as_str(), after > Span::ZERO) {
                    ("", false) => String::new(),
                    ("", true) => format!(" (after {})", span(after)),
                    (number, false) => format!(" ({number})"),
                    (number, true) => format!(" ({number}, after {})", span(after)),
                }
            }
            Happening::Retries { number, wait } if wait > Span::ZERO => {
                format!(" in {} (attempt {number})", span(wait))
            }
            Happening::Retries { number, .. } => format!(" at once (attempt {number})"),
            Happening::Hedged { number } => format!(" (attempt {number})"),
            _ => String::new(),
        }
    }

    /// What is done by hand. The ids are those of the document of that moment.
    fn by_hand(&self, intervention: Intervention) -> String {
        let effect = match intervention {
            Intervention::Down(id, true) => FaultEffect::Down(id),
            Intervention::Down(id, false) => return format!("By hand: {} is up again", self.name(id)),
            Intervention::Slow(id, factor) if factor != 1.0 => FaultEffect::Slow(id, factor),
            Intervention::Slow(id, _) => return format!("By hand: {} works at its own pace again", self.name(id)),
            Intervention::Failing(id, p) if p > 0.0 => FaultEffect::Failing(id, p),
            Intervention::Failing(id, _) => return format!("By hand: {} no longer fails", self.name(id)),
            Intervention::Drop(id, Some(legs)) => FaultEffect::Drop(id, legs),
            Intervention::Drop(id, None) => return format!("By hand: {} is mended", self.link(id)),
            Intervention::Delay(id, added) if added > Span::ZERO => FaultEffect::Delay(id, added),
            Intervention::Delay(id, _) => return format!("By hand: {} is as quick as before", self.link(id)),
            Intervention::Lose(_) => return "By hand: a message in flight is lost".into(),
            Intervention::Send(client) => return format!("By hand: {} sends a request", self.name(client)),
        };
        format!("By hand: {}", self.effect(effect, true))
    }

    fn fault(&self, fault: u32, begins: bool) -> String {
        let effect = self.topology.faults.get(fault as usize).map(|fault| fault.effect);
        effect.map_or(String::new(), |effect| format!("On schedule: {}", self.effect(effect, begins)))
    }

    fn effect(&self, effect: FaultEffect, begins: bool) -> String {
        match (effect, begins) {
            (FaultEffect::Down(id), true) => format!("{} goes down", self.name(id)),
            (FaultEffect::Down(id), false) => format!("{} is up again", self.name(id)),
            (FaultEffect::Slow(id, factor), true) => {
                format!("{} takes {factor} times as long", self.name(id))
            }
            (FaultEffect::Slow(id, _), false) => format!("{} works at its own pace again", self.name(id)),
            (FaultEffect::Failing(id, p), true) => format!("{} fails {} of its requests", self.name(id), percent(p)),
            (FaultEffect::Failing(id, _), false) => format!("{} no longer fails", self.name(id)),
            (FaultEffect::Drop(id, DroppedLegs::Both), true) => format!("{} is cut", self.link(id)),
            (FaultEffect::Drop(id, DroppedLegs::Request), true) => format!("{} loses all requests", self.link(id)),
            (FaultEffect::Drop(id, DroppedLegs::Response), true) => format!("{} loses all answers", self.link(id)),
            (FaultEffect::Drop(id, _), false) => format!("{} is mended", self.link(id)),
            (FaultEffect::Delay(id, added), true) => {
                format!("{} takes {} longer each way", self.link(id), span(added))
            }
            (FaultEffect::Delay(id, _), false) => format!("{} is as quick as before", self.link(id)),
        }
    }

    fn link(&self, id: LinkId) -> String {
        let ends = self.topology.links.get(id.index()).map(|l| (self.name(l.from), self.name(l.to)));
        ends.map_or(String::new(), |(from, to)| format!("the link from {from} to {to}"))
    }
}

/// Which request, where a line is about one.
fn request(line: &Line) -> String {
    if line.count > 1 { "a request".into() } else { format!("request #{}", line.notice.intent) }
}

/// How a request of a client ended.
fn end(client: &str, request: &str, outcome: Outcome, truth: Truth) -> String {
    let why = match outcome {
        Outcome::Ok if truth == Truth::NotBooked => {
            return format!("{client} is told that {request} worked, but nothing is booked");
        }
        _ if truth == Truth::BookedDespiteFailure => {
            return format!("{client} is told that {request} failed, but it is booked");
        }
        Outcome::Ok => return format!("{client} has the answer to {request}"),
        Outcome::Degraded => return format!("{client} has an answer to {request} with a fallback in it"),
        Outcome::Timeout => "no answer in time",
        Outcome::DeadlineExceeded => "no time left",
        Outcome::BreakerOpen => "not tried, a breaker is open",
        Outcome::BulkheadFull => "not tried, no permit",
        Outcome::Refused => "nobody listens",
        Outcome::Shed => "turned away, a queue is full",
        Outcome::RateLimited => "turned away, over the rate limit",
        Outcome::Conflict => "an earlier attempt is in progress",
        Outcome::Cancelled => "cancelled",
        Outcome::Error => "an error came back",
    };
    format!("{client} gets no answer to {request}: {why}")
}

/// How an attempt ended, in the eyes of the caller.
fn attempt(caller: &str, callee: &str, outcome: Outcome, after: Span) -> String {
    match outcome {
        Outcome::Ok => format!("{callee} answers {caller}"),
        Outcome::Degraded => format!("{callee} answers {caller} with a fallback in it"),
        Outcome::Error => format!("{callee} answers {caller} with an error"),
        Outcome::Refused => format!("{caller} finds {callee} down"),
        Outcome::Shed => format!("{callee} has no room for a request of {caller}: its queue is full"),
        Outcome::RateLimited => format!("{callee} turns {caller} away: over the rate limit"),
        Outcome::Conflict => format!("{callee} turns {caller} away: an earlier attempt is in progress"),
        Outcome::Timeout => format!("{caller} gives up waiting for {callee}"),
        Outcome::DeadlineExceeded if after == Span::ZERO => format!("{caller} does not call {callee}: no time left"),
        Outcome::DeadlineExceeded => format!("{caller} gives up on {callee}: its time is over"),
        Outcome::BreakerOpen => format!("{caller} does not call {callee}: the breaker is open"),
        Outcome::BulkheadFull => format!("{caller} does not call {callee}: the bulkhead is full"),
        Outcome::Cancelled => format!("{caller} no longer needs the answer of {callee}"),
    }
}

/// What the callee says at once.
fn turned_away(caller: &str, callee: &str, outcome: Outcome) -> String {
    match outcome {
        Outcome::Refused => format!("{callee} is down when the request of {caller} comes"),
        Outcome::Shed => format!("{callee} has no room for the request of {caller}"),
        Outcome::RateLimited => format!("{callee} is over its rate limit when the request of {caller} comes"),
        Outcome::Conflict => format!("{callee} is still at work on an earlier attempt of {caller}"),
        _ => format!("{callee} drops a request of {caller}: its time is over before its turn has come"),
    }
}

fn breaker(caller: &str, callee: &str, to: State, counts: Counts) -> String {
    match to {
        State::HalfOpen => format!("The breaker from {caller} to {callee} lets a few calls try"),
        State::Closed => format!("The breaker from {caller} to {callee} closes: calls succeed again"),
        State::Open if counts.calls == 0 => {
            format!("The breaker from {caller} to {callee} opens: too many failures in a row")
        }
        State::Open if counts.slow > counts.failed => format!(
            "The breaker from {caller} to {callee} opens: {} of its last {} calls were slow",
            counts.slow, counts.calls
        ),
        State::Open => format!(
            "The breaker from {caller} to {callee} opens: {} of its last {} calls failed",
            counts.failed, counts.calls
        ),
    }
}

fn fallback_of(link: &Link) -> &'static str {
    match link.fallback {
        Some(fallback::Config::Cached { .. }) => "an older answer stands in",
        Some(fallback::Config::Omit) => "it leaves that part out",
        Some(fallback::Config::Default) | None => "a default stands in",
    }
}

/// When it happened for the last time, no more precise than it takes to tell it from the first: that stands beside it.
fn until(line: &Line) -> String {
    let seconds = line.last.since_start().as_secs_f64();
    if line.last.since(line.notice.at) >= Span::millis(100) {
        format!("{seconds:.1} s")
    } else {
        format!("{seconds:.3} s")
    }
}
