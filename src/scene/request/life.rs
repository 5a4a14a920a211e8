//! The life of one request, built from its trace: its attempts, each with its two messages and the work of the callee.
//!
//! Diagrams and verdict both read the life and not the trace, so that they cannot contradict each other. A life has no
//! names, and omits services and links that no longer exist.

use crate::outcome::Outcome;
use crate::scenario::topology::{LinkId, ServiceId, Topology};
use crate::sim::trace::{Detail, Mark, NoRetry, SpanId, Trace, TraceSpan};
use crate::sim::view::{Direction, Purpose};
use crate::time::{Span, Time};

/// One request of a client, from its start up to now.
#[derive(Clone, Debug, PartialEq)]
pub struct Life {
    /// Its number.
    pub intent: u64,
    /// The client that sent it.
    pub client: ServiceId,
    /// The time of its start.
    pub start: Time,
    /// The time when the user got the outcome, or [`Life::until`] before that.
    pub end: Time,
    /// The outcome that the user got; `None` before that.
    pub user_outcome: Option<Outcome>,
    /// The end of the known part. Anything later is a forecast.
    pub until: Time,
    /// Whether all of it has ended.
    pub over: bool,
    /// All attempts, in the order in which they began.
    pub attempts: Vec<Attempt>,
    /// The waits between attempts.
    pub backoffs: Vec<Backoff>,
    /// Other events, in order.
    pub marks: Vec<Mark>,
    /// The number of events beyond the limit of the trace.
    pub left_out: u64,
}

/// One attempt.
#[derive(Clone, Debug, PartialEq)]
pub struct Attempt {
    /// Its number in the run.
    pub serial: u64,
    /// The request that makes the attempt.
    pub parent: SpanId,
    /// The link.
    pub link: LinkId,
    /// The caller.
    pub from: ServiceId,
    /// The callee.
    pub to: ServiceId,
    /// The number of the attempt within its call, from 1.
    pub number: u32,
    /// The purpose.
    pub purpose: Purpose,
    /// The time when the caller began to wait.
    pub start: Time,
    /// The time when the caller stopped waiting, or [`Life::until`].
    pub end: Time,
    /// The outcome for the caller; `None`: it still waits.
    pub outcome: Option<Outcome>,
    /// The time when the caller stops waiting at the latest.
    pub due: Option<Time>,
    /// The request; `None`: not sent (yet).
    pub request: Option<Leg>,
    /// The answer.
    pub answer: Option<Leg>,
    /// The work of the callee, if the request reached it.
    pub served: Option<Served>,
}

/// A message over a link.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Leg {
    /// The time of sending.
    pub sent: Time,
    /// The time of arrival, reached or not.
    pub arrives: Time,
    /// Whether it is lost.
    pub lost: bool,
    /// The outcome in an answer.
    pub outcome: Option<Outcome>,
}

/// The work of a callee on an attempt.
#[derive(Clone, Debug, PartialEq)]
pub struct Served {
    /// The time of arrival.
    pub from: Time,
    /// The time of the answer or the drop, or [`Life::until`].
    pub to: Time,
    /// Whether the work has ended.
    pub ended: bool,
    /// The outcome of the answer.
    pub outcome: Option<Outcome>,
    /// The time when the work began.
    pub begun: Option<Time>,
    /// The time when the work was done.
    pub done: Option<Time>,
    /// Whether it wrote to the ledger; `Some(true)`: a duplicate.
    pub booked: Option<bool>,
    /// Whether the answer came from the idempotency store.
    pub replayed: bool,
    /// Whether the work was lost when the callee went down.
    pub lost: bool,
}

/// A wait before the next attempt.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Backoff {
    /// The waiting request.
    pub parent: SpanId,
    /// The link of the call.
    pub link: LinkId,
    /// The beginning.
    pub from: Time,
    /// The end.
    pub until: Time,
}

/// An activity of a busy service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The request waits for a worker.
    Queued,
    /// A worker works.
    Working,
    /// It waits for its own calls.
    Calling,
}

impl Life {
    /// The life of the request that `trace` follows; `None` before its start, or if its client no longer exists.
    pub fn of(trace: &Trace, topology: &Topology) -> Option<Life> {
        let intent = trace.only?;
        let user = trace.spans.iter().find(|span| span.id == SpanId::User(intent))?;
        let mut life = Life {
            intent,
            client: user.service,
            start: user.start,
            end: if user.ended { user.end } else { trace.until },
            user_outcome: user.outcome.filter(|_| user.ended),
            until: trace.until,
            over: trace.is_over(),
            attempts: trace.spans.iter().filter_map(|span| attempt(span, trace.until, topology)).collect(),
            backoffs: Vec::new(),
            marks: trace.marks.clone(),
            left_out: trace.left_out,
        };
        life.attempts.sort_unstable_by_key(|attempt| (attempt.start, attempt.serial));
        for span in &trace.spans {
            if let (SpanId::Callee(_), Some(attempt)) = (span.id, life.attempt_mut(span.id)) {
                attempt.served = Some(served(span, trace.until));
            }
        }
        trace.marks.iter().for_each(|mark| life.note(mark));
        Some(life)
    }

    /// The attempt of a span.
    pub fn attempt(&self, id: SpanId) -> Option<&Attempt> {
        self.attempts.iter().find(|attempt| is_of(attempt, id))
    }

    fn attempt_mut(&mut self, id: SpanId) -> Option<&mut Attempt> {
        self.attempts.iter_mut().find(|attempt| is_of(attempt, id))
    }

    /// The attempts of a request, in the order in which they began, without reversals.
    pub fn made_for(&self, parent: SpanId) -> impl Iterator<Item = &Attempt> {
        self.attempts.iter().filter(move |a| a.parent == parent && a.purpose != Purpose::Compensate)
    }

    /// The service that handles a request.
    pub fn service_of(&self, id: SpanId) -> Option<ServiceId> {
        match id {
            SpanId::User(_) => Some(self.client),
            SpanId::Callee(_) => self.attempt(id).map(|attempt| attempt.to),
            SpanId::Caller(_) => self.attempt(id).map(|attempt| attempt.from),
        }
    }

    /// The reason for which the calls over `link` for a request had no further attempt, if a policy denied one.
    pub fn not_repeated(&self, parent: SpanId, link: LinkId) -> Option<NoRetry> {
        self.marks.iter().rev().find_map(|mark| match mark.what {
            Detail::NotRepeated { link: it, why } if mark.whose == parent && it == link => Some(why),
            _ => None,
        })
    }

    /// Adds the details of a mark to its attempt.
    fn note(&mut self, mark: &Mark) {
        if let Detail::Backoff { link, until } = mark.what {
            self.backoffs.push(Backoff { parent: mark.whose, link, from: mark.at, until });
        }
        let Some(attempt) = self.attempt_mut(mark.whose) else { return };
        match mark.what {
            Detail::Waits(due) => attempt.due = Some(due),
            Detail::Sent { direction, purpose, arrives, lost, outcome } if purpose != Purpose::Cancel => {
                let leg = Some(Leg { sent: mark.at, arrives, lost, outcome });
                match direction {
                    Direction::Request => attempt.request = leg,
                    Direction::Response => attempt.answer = leg,
                }
            }
            _ => {}
        }
        let Some(served) = &mut attempt.served else { return };
        match mark.what {
            Detail::WorkBegins => served.begun = Some(mark.at),
            Detail::WorkEnds => served.done = Some(mark.at),
            Detail::Books { duplicate } => served.booked = Some(duplicate),
            Detail::Replays => served.replayed = true,
            Detail::IsLost => served.lost = true,
            _ => {}
        }
    }
}

impl Attempt {
    /// The request at the callee: the parent of the callee's own calls.
    pub fn callee(&self) -> SpanId {
        SpanId::Callee(self.serial)
    }

    /// Whether the caller gave up because its time was up.
    pub fn timed_out(&self) -> bool {
        self.outcome.is_some_and(Outcome::is_unknown) && self.due == Some(self.end) && !self.was_answered()
    }

    /// Whether an answer came while the caller waited.
    pub fn was_answered(&self) -> bool {
        let in_time = |answer: Leg| !answer.lost && answer.arrives == self.end && answer.outcome == self.outcome;
        self.outcome.is_some() && self.answer.is_some_and(in_time)
    }

    /// Whether an answer is on its way, or came, after the caller stopped waiting.
    pub fn answer_is_late(&self) -> bool {
        self.outcome.is_some() && self.answer.is_some() && !self.was_answered()
    }

    /// Whether a policy of the link refused the attempt before it was sent.
    pub fn was_refused(&self) -> bool {
        self.outcome.is_some() && self.request.is_none() && !self.timed_out()
    }

    /// Whether another attempt of the same call was in progress when this one began.
    pub fn is_hedge_beside(&self, other: &Attempt) -> bool {
        let same_call = (other.parent, other.link, other.purpose) == (self.parent, self.link, Purpose::Call);
        same_call && self.purpose == Purpose::Call && other.serial < self.serial && other.end > self.start
    }

    /// The activities of the callee in order: beginning, end, activity, and whether the caller had stopped waiting.
    pub fn parts(&self) -> Vec<(Time, Time, Part, bool)> {
        let Some(served) = &self.served else { return Vec::new() };
        let given_up = if self.outcome.is_some() { self.end } else { Time::MAX };
        let begun = served.begun.unwrap_or(served.to);
        let done = served.done.unwrap_or(served.to);
        let mut parts = Vec::new();
        for (from, to, part) in
            [(served.from, begun, Part::Queued), (begun, done, Part::Working), (done, served.to, Part::Calling)]
        {
            let split = given_up.max(from).min(to);
            parts.extend([(from, split, part, false), (split, to, part, true)].into_iter().filter(|p| p.0 < p.1));
        }
        parts
    }

    /// The time that the callee spent on it after the caller had given up.
    pub fn wasted(&self) -> Span {
        match (&self.served, self.outcome) {
            (Some(served), Some(_)) => served.to.since(self.end.max(served.begun.unwrap_or(served.to))),
            _ => Span::ZERO,
        }
    }
}

fn is_of(attempt: &Attempt, id: SpanId) -> bool {
    matches!(id, SpanId::Caller(serial) | SpanId::Callee(serial) if serial == attempt.serial)
}

fn attempt(span: &TraceSpan, until: Time, topology: &Topology) -> Option<Attempt> {
    let (SpanId::Caller(serial), Some(facts), Some(link)) = (span.id, span.attempt, span.link) else { return None };
    Some(Attempt {
        serial,
        parent: span.parent?,
        link,
        from: span.service,
        to: topology.links.get(link.index())?.to,
        number: facts.number,
        purpose: facts.purpose,
        start: span.start,
        end: if span.ended { span.end } else { until },
        outcome: span.outcome,
        due: None,
        request: None,
        answer: None,
        served: None,
    })
}

fn served(span: &TraceSpan, until: Time) -> Served {
    Served {
        from: span.start,
        to: if span.ended { span.end } else { until },
        ended: span.ended,
        outcome: span.outcome,
        begun: None,
        done: None,
        booked: None,
        replayed: false,
        lost: false,
    }
}
