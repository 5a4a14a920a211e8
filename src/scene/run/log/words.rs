//! The sentences of the log, as messages with the names of the document.

use super::Line;
use crate::msg;
use crate::outcome::Outcome;
use crate::policy::breaker::{Counts, State};
use crate::policy::fallback;
use crate::scenario::topology::{FaultEffect, Link, LinkId, ServiceId, Topology};
use crate::scenario::{DroppedLegs, Scenario};
use crate::scene::request::cast::Cast;
use crate::scene::run::timeline::edit;
use crate::sim::Intervention;
use crate::sim::notice::{Happening, Location, Truth};
use crate::sim::view::{Direction, Purpose};
use crate::text::{Message, Seconds, Share};
use crate::time::Span;

/// The topologies and names that sentences use.
pub(super) struct Words<'a> {
    /// The topology at the time of the line.
    pub topology: &'a Topology,
    /// The topology before it.
    pub before: &'a Topology,
    /// The document, for its current names.
    pub document: &'a Scenario,
}

impl Words<'_> {
    /// The message of a line; `None` where its service or link no longer exists.
    pub fn line(&self, line: &Line) -> Option<Message> {
        if line.count > 1 {
            let event = self.event(line, 0)?;
            return Some(msg!("log-line-times", event = event, count = line.count, last = last(line)));
        }
        let event = self.event(line, line.notice.intent)?;
        Some(self.with_details(line, event))
    }

    /// The message of a line without the number of a request. Lines that report the same are equal in it.
    pub fn topic(&self, line: &Line) -> Option<Message> {
        self.event(line, 0)
    }

    /// The event, for the request with this number; 0: for several requests.
    fn event(&self, line: &Line, request: u64) -> Option<Message> {
        match line.notice.place {
            Location::Service(id) => self.at_service(id, line, request),
            Location::Link(id) => self.on_link(self.topology.links.get(id.index())?, line, request),
            Location::System => Some(msg!("log-edit", change = edit(self.before, self.topology, self.document))),
        }
    }

    fn name(&self, id: ServiceId) -> &str {
        Cast { topology: self.topology, document: self.document }.name(id)
    }

    fn at_service(&self, id: ServiceId, line: &Line, request: u64) -> Option<Message> {
        let service = self.name(id);
        Some(match line.notice.what {
            Happening::QueueEmptied => msg!("log-queue-empty", service = service),
            Happening::Sent { by_hand: true } => msg!("log-sends-by-hand", client = service, request = request),
            Happening::Sent { .. } => msg!("log-sends", client = service, request = request),
            Happening::AskedAgain => msg!("log-sends-again", client = service, request = request),
            Happening::Ended { outcome, truth, .. } => ended(service, request, outcome, truth),
            Happening::Failed => msg!("log-fails", service = service, request = request),
            Happening::Booked { duplicate: true, .. } => msg!("log-books-again", service = service, request = request),
            Happening::Booked { seen: Some(seen), .. } if seen != Outcome::Ok => {
                msg!("log-books-despite-failure", service = service, request = request)
            }
            Happening::Booked { .. } => msg!("log-books", service = service, request = request),
            Happening::TakenBack { entries: 0 } => msg!("log-reverses-nothing", service = service, request = request),
            Happening::TakenBack { .. } => msg!("log-reverses", service = service, request = request),
            Happening::Wasted => msg!("log-wasted", service = service, request = request),
            Happening::Dropped => msg!("log-dropped", service = service, request = request),
            Happening::LostWork { requests } => msg!("log-lost-work", service = service, count = requests),
            Happening::WorkersBusy => msg!("log-workers-busy", service = service),
            Happening::QueueFilled => msg!("log-queue-full", service = service),
            Happening::Done(intervention) => self.by_hand(intervention)?,
            Happening::Fault { fault, begins } => self.scheduled(fault, begins)?,
            _ => return None,
        })
    }

    fn on_link(&self, link: &Link, line: &Line, request: u64) -> Option<Message> {
        let (caller, callee) = (self.name(link.from), self.name(link.to));
        if line.ends_trouble {
            return Some(msg!("log-answers-again", callee = callee, caller = caller));
        }
        Some(match line.notice.what {
            Happening::AttemptEnded { purpose: Purpose::Call, outcome, after, .. } => {
                attempt(caller, callee, outcome, after)
            }
            Happening::AttemptEnded { purpose: Purpose::Ask, outcome, .. } => match outcome {
                Outcome::Ok => msg!("log-asks-done", caller = caller, callee = callee, request = request),
                Outcome::Error => msg!("log-asks-not-done", caller = caller, callee = callee, request = request),
                _ => msg!("log-asks-unanswered", caller = caller, callee = callee, request = request),
            },
            Happening::AttemptEnded { outcome, .. } if outcome.is_success() => {
                msg!("log-reversal-confirmed", caller = caller, callee = callee, request = request)
            }
            Happening::AttemptEnded { .. } => {
                msg!("log-reversal-unconfirmed", caller = caller, callee = callee, request = request)
            }
            Happening::Retries { .. } => msg!("log-retries", caller = caller, callee = callee),
            Happening::BudgetSpent => msg!("log-budget-spent", caller = caller, callee = callee),
            Happening::Hedged { .. } => msg!("log-hedges", caller = caller, callee = callee),
            Happening::FellBack { .. } => match link.fallback {
                Some(fallback::Config::Cached { .. }) => {
                    msg!("log-falls-back-cached", caller = caller, callee = callee)
                }
                Some(fallback::Config::Omit) => msg!("log-falls-back-omit", caller = caller, callee = callee),
                Some(fallback::Config::Default) | None => {
                    msg!("log-falls-back-default", caller = caller, callee = callee)
                }
            },
            Happening::LeftUnknown => msg!("log-left-unknown", caller = caller, callee = callee, request = request),
            Happening::Lost { direction: Direction::Request, .. } => {
                msg!("log-request-lost", caller = caller, callee = callee)
            }
            Happening::Lost { .. } => msg!("log-response-lost", caller = caller, callee = callee),
            Happening::Breaker { to, counts, .. } => breaker(caller, callee, to, counts),
            Happening::TurnedAway { outcome } => turned_away(caller, callee, outcome),
            Happening::Replayed { .. } => msg!("log-replays", caller = caller, callee = callee, request = request),
            Happening::TakesBack => msg!("log-asks-to-reverse", caller = caller, callee = callee, request = request),
            Happening::NotTakenBack => {
                msg!("log-gives-up-reversing", caller = caller, callee = callee, request = request)
            }
            Happening::Done(intervention) => self.by_hand(intervention)?,
            Happening::Fault { fault, begins } => self.scheduled(fault, begins)?,
            _ => return None,
        })
    }

    /// Adds the details of a single event.
    fn with_details(&self, line: &Line, event: Message) -> Message {
        match line.notice.what {
            _ if line.ends_trouble => msg!("log-line", event = event),
            Happening::Ended { latency, .. } => msg!("log-line-after", event = event, after = latency),
            Happening::AttemptEnded { number, purpose, after, .. } => {
                let most = self.most_attempts(line).filter(|most| purpose == Purpose::Call && *most >= number);
                match (most, number, after > Span::ZERO) {
                    (Some(most), _, true) => {
                        msg!("log-line-attempt-of-after", event = event, number = number, most = most, after = after)
                    }
                    (Some(most), _, false) => {
                        msg!("log-line-attempt-of", event = event, number = number, most = most)
                    }
                    (None, 0 | 1, true) => msg!("log-line-after", event = event, after = after),
                    (None, 0 | 1, false) => msg!("log-line", event = event),
                    (None, _, true) => {
                        msg!("log-line-attempt-after", event = event, number = number, after = after)
                    }
                    (None, _, false) => msg!("log-line-attempt", event = event, number = number),
                }
            }
            Happening::Retries { number, wait } if wait > Span::ZERO => {
                msg!("log-line-retry-in", event = event, wait = wait, number = number)
            }
            Happening::Retries { number, .. } => msg!("log-line-retry-now", event = event, number = number),
            Happening::Hedged { number } => msg!("log-line-attempt", event = event, number = number),
            _ => msg!("log-line", event = event),
        }
    }

    /// The most attempts of a call over the link of this line; `None`: it does not retry.
    fn most_attempts(&self, line: &Line) -> Option<u32> {
        match line.notice.place {
            Location::Link(id) => Some(self.topology.links.get(id.index())?.retry.as_ref()?.max_attempts),
            Location::Service(_) | Location::System => None,
        }
    }

    /// An intervention. Its ids are those of the topology at that time.
    fn by_hand(&self, intervention: Intervention) -> Option<Message> {
        let event = match intervention {
            Intervention::Down(id, is_down) => self.effect(FaultEffect::Down(id), is_down)?,
            Intervention::Slow(id, factor) => self.effect(FaultEffect::Slow(id, factor), factor != 1.0)?,
            Intervention::Failing(id, share) => self.effect(FaultEffect::Failing(id, share), share > 0.0)?,
            Intervention::Drop(id, legs) => {
                self.effect(FaultEffect::Drop(id, legs.unwrap_or(DroppedLegs::Both)), legs.is_some())?
            }
            Intervention::Delay(id, added) => self.effect(FaultEffect::Delay(id, added), added > Span::ZERO)?,
            Intervention::Lose(_) => msg!("log-drops-message"),
            Intervention::Send(client) => msg!("log-sends-one", client = self.name(client)),
        };
        Some(msg!("log-by-hand", event = event))
    }

    fn scheduled(&self, fault: u32, begins: bool) -> Option<Message> {
        let effect = self.topology.faults.get(fault as usize)?.effect;
        Some(msg!("log-on-schedule", event = self.effect(effect, begins)?))
    }

    fn effect(&self, effect: FaultEffect, begins: bool) -> Option<Message> {
        let service = |id| self.name(id);
        Some(match (effect, begins) {
            (FaultEffect::Down(id), true) => msg!("log-goes-down", service = service(id)),
            (FaultEffect::Down(id), false) => msg!("log-is-up", service = service(id)),
            (FaultEffect::Slow(id, factor), true) => msg!("log-slows", service = service(id), factor = factor),
            (FaultEffect::Slow(id, _), false) => msg!("log-normal-speed", service = service(id)),
            (FaultEffect::Failing(id, share), true) => {
                msg!("log-fails-share", service = service(id), share = Share(share))
            }
            (FaultEffect::Failing(id, _), false) => msg!("log-stops-failing", service = service(id)),
            (FaultEffect::Drop(id, legs), true) => {
                let (from, to) = self.ends(id)?;
                match legs {
                    DroppedLegs::Both => msg!("log-cut", from = from, to = to),
                    DroppedLegs::Request => msg!("log-loses-requests", from = from, to = to),
                    DroppedLegs::Response => msg!("log-loses-responses", from = from, to = to),
                }
            }
            (FaultEffect::Drop(id, _), false) => {
                let (from, to) = self.ends(id)?;
                msg!("log-link-works", from = from, to = to)
            }
            (FaultEffect::Delay(id, added), true) => {
                let (from, to) = self.ends(id)?;
                msg!("log-delays", from = from, to = to, added = added)
            }
            (FaultEffect::Delay(id, _), false) => {
                let (from, to) = self.ends(id)?;
                msg!("log-normal-delay", from = from, to = to)
            }
        })
    }

    /// The names of both ends of a link.
    fn ends(&self, id: LinkId) -> Option<(&str, &str)> {
        let link = self.topology.links.get(id.index())?;
        Some((self.name(link.from), self.name(link.to)))
    }
}

/// The end of a request of a client.
fn ended(client: &str, request: u64, outcome: Outcome, truth: Truth) -> Message {
    match outcome {
        Outcome::Ok if truth == Truth::NotBooked => {
            msg!("log-ended-not-booked", client = client, request = request)
        }
        _ if truth == Truth::BookedDespiteFailure => msg!("log-ended-booked", client = client, request = request),
        Outcome::Ok => msg!("log-ended-ok", client = client, request = request),
        Outcome::Degraded => msg!("log-ended-degraded", client = client, request = request),
        Outcome::Timeout => msg!("log-ended-timeout", client = client, request = request),
        Outcome::DeadlineExceeded => msg!("log-ended-deadline", client = client, request = request),
        Outcome::BreakerOpen => msg!("log-ended-breaker", client = client, request = request),
        Outcome::BulkheadFull => msg!("log-ended-bulkhead", client = client, request = request),
        Outcome::Refused => msg!("log-ended-refused", client = client, request = request),
        Outcome::Shed => msg!("log-ended-shed", client = client, request = request),
        Outcome::RateLimited => msg!("log-ended-rate-limit", client = client, request = request),
        Outcome::Conflict => msg!("log-ended-conflict", client = client, request = request),
        Outcome::Cancelled => msg!("log-ended-cancelled", client = client, request = request),
        Outcome::Error => msg!("log-ended-error", client = client, request = request),
    }
}

/// The end of an attempt as its caller sees it.
fn attempt(caller: &str, callee: &str, outcome: Outcome, after: Span) -> Message {
    match outcome {
        Outcome::Ok => msg!("log-answers", callee = callee, caller = caller),
        Outcome::Degraded => msg!("log-answers-degraded", callee = callee, caller = caller),
        Outcome::Error => msg!("log-answers-error", callee = callee, caller = caller),
        Outcome::Refused => msg!("log-refused", callee = callee, caller = caller),
        Outcome::Shed => msg!("log-shed", callee = callee, caller = caller),
        Outcome::RateLimited => msg!("log-rate-limited", callee = callee, caller = caller),
        Outcome::Conflict => msg!("log-conflict", callee = callee, caller = caller),
        Outcome::Timeout => msg!("log-timeout", callee = callee, caller = caller),
        Outcome::DeadlineExceeded if after == Span::ZERO => msg!("log-no-time", callee = callee, caller = caller),
        Outcome::DeadlineExceeded => msg!("log-deadline", callee = callee, caller = caller),
        Outcome::BreakerOpen => msg!("log-breaker-blocks", callee = callee, caller = caller),
        Outcome::BulkheadFull => msg!("log-bulkhead-blocks", callee = callee, caller = caller),
        Outcome::Cancelled => msg!("log-cancelled", callee = callee, caller = caller),
    }
}

/// The reason for which the callee rejects a request at once.
fn turned_away(caller: &str, callee: &str, outcome: Outcome) -> Message {
    match outcome {
        Outcome::Refused => msg!("log-turned-away-down", callee = callee, caller = caller),
        Outcome::Shed => msg!("log-turned-away-full", callee = callee, caller = caller),
        Outcome::RateLimited => msg!("log-turned-away-rate", callee = callee, caller = caller),
        Outcome::Conflict => msg!("log-turned-away-conflict", callee = callee, caller = caller),
        _ => msg!("log-turned-away-late", callee = callee, caller = caller),
    }
}

fn breaker(caller: &str, callee: &str, to: State, counts: Counts) -> Message {
    match to {
        State::HalfOpen => msg!("log-breaker-half-open", caller = caller, callee = callee),
        State::Closed => msg!("log-breaker-closes", caller = caller, callee = callee),
        State::Open if counts.calls == 0 => msg!("log-breaker-opens-in-a-row", caller = caller, callee = callee),
        State::Open if counts.slow > counts.failed => {
            msg!("log-breaker-opens-slow", caller = caller, callee = callee, slow = counts.slow, calls = counts.calls)
        }
        State::Open => msg!(
            "log-breaker-opens-failed",
            caller = caller,
            callee = callee,
            failed = counts.failed,
            calls = counts.calls
        ),
    }
}

/// The time of the last event, precise enough to differ from the time of the first beside it.
fn last(line: &Line) -> Seconds {
    let decimals = if line.last.since(line.notice.at) >= Span::millis(100) { 1 } else { 3 };
    Seconds(line.last.since_start(), decimals)
}
