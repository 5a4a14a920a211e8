//! The life of one request, put together from what was recorded of it: its attempts, each with its two messages and
//! what the callee made of it.
//!
//! The diagrams and the verdict read this and not the record, so that they cannot tell different stories. It knows no
//! names; what was recorded of things that are gone is left out.

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
    /// The client that it began with.
    pub client: ServiceId,
    /// When it began.
    pub start: Time,
    /// The time when the user got the outcome, or [`Life::until`] before that.
    pub end: Time,
    /// The outcome that the user got; `None` before that.
    pub user_outcome: Option<Outcome>,
    /// The end of the known part. Anything later is expected.
    pub until: Time,
    /// Whether nothing of it is under way any more.
    pub over: bool,
    /// All attempts for it, in the order in which they began.
    pub attempts: Vec<Attempt>,
    /// The waits between them.
    pub backoffs: Vec<Backoff>,
    /// What else happened, in the order in which it happened.
    pub marks: Vec<Mark>,
    /// How much more there was than could be recorded.
    pub left_out: u64,
}

/// One attempt.
#[derive(Clone, Debug, PartialEq)]
pub struct Attempt {
    /// Its number in the run.
    pub serial: u64,
    /// The request that it is made for.
    pub parent: SpanId,
    /// The link that it goes over.
    pub link: LinkId,
    /// The caller.
    pub from: ServiceId,
    /// The callee.
    pub to: ServiceId,
    /// Which attempt of its call it is, from 1.
    pub number: u32,
    /// What it is for.
    pub purpose: Purpose,
    /// When the caller began to wait for it.
    pub start: Time,
    /// When the caller was done with it, or [`Life::until`].
    pub end: Time,
    /// What the caller made of it; `None`: it still waits.
    pub outcome: Option<Outcome>,
    /// When the caller stops waiting at the latest.
    pub due: Option<Time>,
    /// The request on its way; `None`: not sent (yet).
    pub request: Option<Leg>,
    /// The answer on its way.
    pub answer: Option<Leg>,
    /// What the callee made of it, if it took notice of it.
    pub served: Option<Served>,
}

/// A message on its way.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Leg {
    /// When it left.
    pub sent: Time,
    /// When it arrives, or would.
    pub arrives: Time,
    /// Whether it never does.
    pub lost: bool,
    /// What an answer says.
    pub outcome: Option<Outcome>,
}

/// What a callee made of an attempt.
#[derive(Clone, Debug, PartialEq)]
pub struct Served {
    /// When it came.
    pub from: Time,
    /// When it was answered or dropped, or [`Life::until`].
    pub to: Time,
    /// Whether that has happened.
    pub ended: bool,
    /// What it was answered with.
    pub outcome: Option<Outcome>,
    /// When the work began.
    pub begun: Option<Time>,
    /// When the work was done.
    pub done: Option<Time>,
    /// Whether it wrote to the ledger; `Some(true)`: once more.
    pub booked: Option<bool>,
    /// Whether it was answered from the idempotency store.
    pub replayed: bool,
    /// Whether it was gone when the callee went down.
    pub lost: bool,
}

/// A wait before the next try.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Backoff {
    /// The request that waits.
    pub parent: SpanId,
    /// The link of the call.
    pub link: LinkId,
    /// Since when.
    pub from: Time,
    /// Until when.
    pub until: Time,
}

/// What a busy service is doing.
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
    /// What `trace` tells of the one request that it follows; `None` if that has not begun, or its client is gone.
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

    /// The attempt that a span belongs to.
    pub fn attempt(&self, id: SpanId) -> Option<&Attempt> {
        self.attempts.iter().find(|attempt| is_of(attempt, id))
    }

    fn attempt_mut(&mut self, id: SpanId) -> Option<&mut Attempt> {
        self.attempts.iter_mut().find(|attempt| is_of(attempt, id))
    }

    /// The attempts that were made for a request, in the order in which they began. Reversing calls are not among them.
    pub fn made_for(&self, parent: SpanId) -> impl Iterator<Item = &Attempt> {
        self.attempts.iter().filter(move |a| a.parent == parent && a.purpose != Purpose::Compensate)
    }

    /// Where a request is served.
    pub fn service_of(&self, id: SpanId) -> Option<ServiceId> {
        match id {
            SpanId::User(_) => Some(self.client),
            SpanId::Callee(_) => self.attempt(id).map(|attempt| attempt.to),
            SpanId::Caller(_) => self.attempt(id).map(|attempt| attempt.from),
        }
    }

    /// Why the calls over `link` for a request were not tried once more, if they might have been.
    pub fn not_repeated(&self, parent: SpanId, link: LinkId) -> Option<NoRetry> {
        self.marks.iter().rev().find_map(|mark| match mark.what {
            Detail::NotRepeated { link: it, why } if mark.whose == parent && it == link => Some(why),
            _ => None,
        })
    }

    /// Adds what a mark tells to the attempt that it is about.
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
    /// The request as the callee sees it: the parent of the calls that the callee makes for it.
    pub fn callee(&self) -> SpanId {
        SpanId::Callee(self.serial)
    }

    /// Whether the caller stopped waiting because its time was up.
    pub fn timed_out(&self) -> bool {
        self.outcome.is_some_and(Outcome::is_unknown) && self.due == Some(self.end) && !self.was_answered()
    }

    /// Whether an answer came while the caller waited for it.
    pub fn was_answered(&self) -> bool {
        let in_time = |answer: Leg| !answer.lost && answer.arrives == self.end && answer.outcome == self.outcome;
        self.outcome.is_some() && self.answer.is_some_and(in_time)
    }

    /// Whether an answer is under way, or came, that nobody waits for.
    pub fn answer_is_late(&self) -> bool {
        self.outcome.is_some() && self.answer.is_some() && !self.was_answered()
    }

    /// Whether it never left its caller: a policy of the link said no.
    pub fn was_refused(&self) -> bool {
        self.outcome.is_some() && self.request.is_none() && !self.timed_out()
    }

    /// Whether another attempt of the same call was waited for when this one began.
    pub fn is_hedge_beside(&self, other: &Attempt) -> bool {
        let same_call = (other.parent, other.link, other.purpose) == (self.parent, self.link, Purpose::Call);
        same_call && self.purpose == Purpose::Call && other.serial < self.serial && other.end > self.start
    }

    /// What the callee did with it, one after the other: since when, until when, what, and whether nobody waited for it.
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

    /// How long the callee was busy with it after the caller had given up.
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
