//! The life of one request as a story: the services, their steps in order, and their busy times.
//!
//! The sequence diagram, its text and its Mermaid form all show these steps.

use super::cast::Cast;
use super::life::{Attempt, Life, Part};
use super::outcomes::{Tone, outcome_name, tone_of};
use crate::outcome::Outcome;
use crate::scenario::Kind;
use crate::scenario::topology::ServiceId;
use crate::sim::trace::{Detail, Mark, NoRetry, SpanId};
use crate::sim::view::{Direction, Purpose};
use crate::text::{Message, Value};
use crate::time::Time;
use crate::{id, msg};

/// The most services that are shown from the start even before they take part, so that the picture is stable.
const ALL_LANES: usize = 6;

/// The story of one request.
#[derive(Clone, Debug, PartialEq)]
pub struct Story {
    /// The start.
    pub start: Time,
    /// The end of the known part.
    pub until: Time,
    /// Whether the story is complete.
    pub over: bool,
    /// The services, in the order in which they call.
    pub lanes: Vec<Lane>,
    /// The busy times.
    pub bars: Vec<Bar>,
    /// The steps, in the order in which they begin.
    pub steps: Vec<Step>,
}

/// A service in the story.
#[derive(Clone, Debug, PartialEq)]
pub struct Lane {
    /// The service.
    pub service: ServiceId,
    /// The name.
    pub name: String,
    /// The kind.
    pub kind: Kind,
}

/// A busy time of a service.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bar {
    /// The index of its lane.
    pub lane: usize,
    /// The beginning.
    pub from: Time,
    /// The end, or the present.
    pub to: Time,
    /// The activity.
    pub part: Part,
    /// Whether the caller has stopped waiting.
    pub wasted: bool,
    /// The number of other bars of this lane at the same time.
    pub depth: u32,
}

/// A step of the story.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// The time.
    pub at: Time,
    /// The index of its lane.
    pub lane: usize,
    /// The kind.
    pub kind: StepKind,
    /// The tone.
    pub tone: Tone,
    /// The label.
    pub label: Message,
    /// A shorter label for narrow diagrams.
    pub short: Option<Message>,
}

/// The kind of a step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum StepKind {
    /// A message leaves for another lane.
    Sends {
        /// The index of the other lane.
        to: usize,
        /// The time of arrival, reached or not.
        arrives: Time,
        /// Whether it is lost.
        lost: bool,
        /// Whether it is an answer.
        answer: bool,
    },
    /// A policy refuses an attempt before it leaves.
    Refuses,
    /// A caller times out.
    TimesOut,
    /// A caller waits until this time.
    Waits(Time),
    /// A remark.
    Notes,
}

impl Story {
    /// The story of a life.
    pub fn of(life: &Life, cast: Cast<'_>) -> Story {
        let mut story = Story {
            start: life.start,
            until: life.until,
            over: life.over,
            lanes: lanes(life, cast),
            bars: Vec::new(),
            steps: Vec::new(),
        };
        story.tell_bars(life);
        for (index, mark) in life.marks.iter().enumerate() {
            if let Some(step) = story.step(life, cast, mark, index) {
                story.steps.push(step);
            }
        }
        life.attempts.iter().for_each(|attempt| story.wait_for_permit(attempt));
        // The index keeps the order of steps at one instant.
        let mut order: Vec<(Time, usize)> = story.steps.iter().enumerate().map(|(i, s)| (s.at, i)).collect();
        order.sort_unstable();
        story.steps = order.iter().filter_map(|(_, i)| story.steps.get(*i).cloned()).collect();
        if life.left_out > 0 {
            let label = msg!("step-left-out", count = life.left_out);
            story.steps.push(note(life.until, 0, Tone::Quiet, label));
        }
        story
    }

    /// The story with short labels.
    pub fn in_short(&self) -> Story {
        let mut story = self.clone();
        for step in &mut story.steps {
            step.label = step.short.take().unwrap_or_else(|| step.label.clone());
        }
        story
    }

    fn lane_of(&self, service: ServiceId) -> Option<usize> {
        self.lanes.iter().position(|lane| lane.service == service)
    }

    fn tell_bars(&mut self, life: &Life) {
        self.add_bar(life.client, (life.start, life.end), Part::Calling, false, 0);
        // Bars of one lane at the same time are side by side.
        let mut busy: Vec<(ServiceId, Time, u32)> = Vec::new();
        for attempt in &life.attempts {
            let Some(served) = &attempt.served else { continue };
            busy.retain(|(_, to, _)| *to > served.from);
            let taken = |depth: &u32| busy.iter().any(|(at, _, d)| (at, d) == (&attempt.to, depth));
            let depth = (0..).find(|depth| !taken(depth)).unwrap_or(0);
            busy.push((attempt.to, served.to, depth));
            for (from, to, part, wasted) in attempt.parts() {
                self.add_bar(attempt.to, (from, to), part, wasted, depth);
            }
        }
    }

    fn add_bar(&mut self, service: ServiceId, (from, to): (Time, Time), part: Part, wasted: bool, depth: u32) {
        if let (Some(lane), true) = (self.lane_of(service), from < to) {
            self.bars.push(Bar { lane, from, to, part, wasted, depth });
        }
    }

    /// The step of a mark; `None` if other steps show it.
    fn step(&self, life: &Life, cast: Cast<'_>, mark: &Mark, index: usize) -> Option<Step> {
        let lane = self.lane_of(life.service_of(mark.whose)?)?;
        let attempt = life.attempt(mark.whose);
        let remark = |tone, label: Message| Some(note(mark.at, lane, tone, label));
        match mark.what {
            Detail::Sent { direction, purpose, arrives, lost, outcome } => {
                self.message(life, cast, mark.at, attempt?, (direction, purpose, arrives, lost, outcome))
            }
            Detail::Ends(outcome) => match mark.whose {
                SpanId::User(_) => {
                    let outcome = outcome?;
                    remark(tone_of(outcome), msg!("step-result", outcome = outcome_name(outcome)))
                }
                SpanId::Caller(_) => Some(ending(mark.at, lane, attempt?)?),
                SpanId::Callee(_) => {
                    let gone = outcome.is_none() && !attempt?.served.as_ref()?.lost;
                    gone.then(|| note(mark.at, lane, Tone::Quiet, msg!("step-stops")))
                }
            },
            Detail::Backoff { until, .. } => {
                let label = msg!("step-backoff", wait = until.since(mark.at));
                Some(step(mark.at, lane, StepKind::Waits(until), Tone::Quiet, label))
            }
            Detail::Replays => remark(Tone::Ok, msg!("step-replays")),
            Detail::Books { duplicate } => {
                let service = life.service_of(mark.whose)?;
                let effect = cast.effect(service).unwrap_or(Value::from(id!("step-entry")));
                if duplicate {
                    remark(Tone::Failed, msg!("step-books-again", effect = effect))
                } else {
                    remark(Tone::Ok, msg!("step-books", effect = effect))
                }
            }
            Detail::TakesBack(entries) => {
                let tone = if entries == 0 { Tone::Quiet } else { Tone::Ok };
                remark(tone, msg!("step-takes-back", count = entries))
            }
            Detail::IsLost => remark(Tone::Failed, msg!("step-goes-down")),
            Detail::NotRepeated { why, .. } => remark(Tone::Quiet, no_retry(why)),
            Detail::CallEnds { outcome, seen, .. } => {
                let fallback = seen == Outcome::Degraded && !outcome.is_success();
                fallback.then(|| note(mark.at, lane, Tone::Degraded, msg!("step-falls-back")))
            }
            Detail::LeftOut(link) => {
                let callee = cast.link(link).map_or("", |link| cast.name(link.to));
                remark(Tone::Quiet, msg!("step-leaves-out", callee = callee))
            }
            Detail::LosesPatience => {
                Some(step(mark.at, lane, StepKind::TimesOut, Tone::Failed, msg!("step-loses-patience")))
            }
            Detail::AsksAgain => remark(Tone::Request, msg!("step-asks-again", number = asked(life, index) + 1)),
            Detail::Waits(_) | Detail::WorkBegins | Detail::WorkEnds => None,
        }
    }

    fn message(&self, life: &Life, cast: Cast<'_>, at: Time, attempt: &Attempt, leg: MessageLeg) -> Option<Step> {
        let (direction, purpose, arrives, lost, outcome) = leg;
        let (from, to) = (self.lane_of(attempt.from)?, self.lane_of(attempt.to)?);
        let answer = direction == Direction::Response;
        let late = answer && !lost && attempt.answer_is_late() && attempt.end <= arrives;
        let (tone, label) = match outcome {
            Some(outcome) if late => {
                (Tone::Wasted, msg!("step-too-late", answer = answer_label(attempt.purpose, outcome)))
            }
            Some(outcome) if answer => (answer_tone(attempt.purpose, outcome), answer_label(attempt.purpose, outcome)),
            _ => {
                let tone = if purpose == Purpose::Cancel { Tone::Quiet } else { Tone::Request };
                (tone, request_label(life, cast, attempt, purpose))
            }
        };
        let (lane, to) = if answer { (to, from) } else { (from, to) };
        Some(step(at, lane, StepKind::Sends { to, arrives, lost, answer }, tone, label))
    }

    /// Adds the wait of an attempt for a permit of its bulkhead.
    fn wait_for_permit(&mut self, attempt: &Attempt) {
        let sent = attempt.request.map_or(attempt.end, |leg| leg.sent);
        if let (Some(lane), true) = (self.lane_of(attempt.from), sent > attempt.start) {
            let label = msg!("step-waits-for-permit", waited = sent.since(attempt.start));
            self.steps.push(step(attempt.start, lane, StepKind::Waits(sent), Tone::Quiet, label));
        }
    }

    /// The steps as lines of text, each with its time.
    pub fn lines(&self) -> Vec<(Time, Message)> {
        self.steps.iter().map(|step| (step.at, self.line(step))).collect()
    }

    fn line(&self, step: &Step) -> Message {
        let name = |lane: usize| self.lanes.get(lane).map_or("", |lane| lane.name.as_str());
        let (from, label) = (name(step.lane), &step.label);
        let StepKind::Sends { to, arrives, lost, .. } = step.kind else {
            return msg!("step-line", who = from, label = label);
        };
        let to = name(to);
        if arrives > self.until {
            msg!("step-line-on-its-way", from = from, to = to, label = label)
        } else if lost {
            msg!("step-line-lost", from = from, to = to, label = label)
        } else {
            msg!("step-line-arrives", from = from, to = to, label = label, after = arrives.since(step.at))
        }
    }
}

/// The details of a message: direction, purpose, arrival, loss, and the outcome of an answer.
type MessageLeg = (Direction, Purpose, Time, bool, Option<Outcome>);

fn step(at: Time, lane: usize, kind: StepKind, tone: Tone, label: Message) -> Step {
    Step { at, lane, kind, tone, label, short: None }
}

fn note(at: Time, lane: usize, tone: Tone, label: Message) -> Step {
    step(at, lane, StepKind::Notes, tone, label)
}

/// The end of an attempt for its caller, where no arrow shows it.
fn ending(at: Time, lane: usize, attempt: &Attempt) -> Option<Step> {
    let outcome = attempt.outcome?;
    if attempt.timed_out() {
        let waited = attempt.end.since(attempt.start);
        let (label, short) = if outcome == Outcome::Timeout {
            (msg!("step-times-out", waited = waited), Some(msg!("step-times-out-short", waited = waited)))
        } else {
            (msg!("step-deadline", waited = waited), None)
        };
        return Some(Step { short, ..step(at, lane, StepKind::TimesOut, Tone::Failed, label) });
    }
    if outcome == Outcome::Cancelled {
        return Some(note(at, lane, Tone::Quiet, msg!("step-gives-up", number = attempt.number)));
    }
    let reason = if outcome == Outcome::DeadlineExceeded { id!("step-no-time") } else { outcome_name(outcome) };
    let label = || msg!("step-not-sent", reason = reason);
    attempt.was_refused().then(|| step(at, lane, StepKind::Refuses, Tone::Failed, label()))
}

fn request_label(life: &Life, cast: Cast<'_>, attempt: &Attempt, purpose: Purpose) -> Message {
    let link = cast.link(attempt.link);
    let method = link.map_or(Value::from(id!("step-call")), |link| Value::from(link.method.name()));
    let id = if link.is_some_and(|link| link.request_id) { life.intent } else { 0 };
    let is_hedge = || life.attempts.iter().any(|other| attempt.is_hedge_beside(other));
    match purpose {
        Purpose::Cancel => msg!("step-cancel"),
        Purpose::Ask => msg!("step-ask"),
        Purpose::Compensate => msg!("step-take-back", method = method, id = id, attempt = attempt.number),
        Purpose::Call if attempt.number > 1 && is_hedge() => {
            msg!("step-hedge", method = method, id = id, attempt = attempt.number)
        }
        Purpose::Call => msg!("step-request", method = method, id = id, attempt = attempt.number),
    }
}

fn answer_label(purpose: Purpose, outcome: Outcome) -> Message {
    match (purpose, outcome) {
        (Purpose::Ask, Outcome::Ok) => msg!("step-ask-yes"),
        (Purpose::Ask, Outcome::Error) => msg!("step-ask-no"),
        (Purpose::Ask, Outcome::Conflict) => msg!("step-ask-in-progress"),
        _ => Message::new(outcome_name(outcome)),
    }
}

/// The reason for which there is no further attempt.
fn no_retry(why: NoRetry) -> Message {
    match why {
        NoRetry::Attempts => msg!("step-no-retry-attempts"),
        NoRetry::Unsafe => msg!("step-no-retry-unsafe"),
        NoRetry::Deadline => msg!("step-no-retry-deadline"),
        NoRetry::Budget => msg!("step-no-retry-budget"),
    }
}

fn answer_tone(purpose: Purpose, outcome: Outcome) -> Tone {
    match (purpose, outcome) {
        (Purpose::Ask, Outcome::Error) => Tone::Ok,
        (Purpose::Ask, Outcome::Conflict) => Tone::Quiet,
        _ => tone_of(outcome),
    }
}

/// The number of the user's requests before a mark.
fn asked(life: &Life, before: usize) -> usize {
    1 + life.marks.iter().take(before).filter(|mark| mark.what == Detail::AsksAgain).count()
}

/// The services in the story: all reachable ones if they are few, else those that took part.
fn lanes(life: &Life, cast: Cast<'_>) -> Vec<Lane> {
    let mut found = vec![life.client];
    reach(cast, life.client, &mut found);
    let took_part = |id: &ServiceId| *id == life.client || life.attempts.iter().any(|a| a.from == *id || a.to == *id);
    if found.len() > ALL_LANES {
        found.retain(took_part);
    }
    for service in life.attempts.iter().flat_map(|a| [a.from, a.to]) {
        if !found.contains(&service) {
            found.push(service);
        }
    }
    found.into_iter().map(|id| Lane { service: id, name: cast.name(id).into(), kind: cast.kind(id) }).collect()
}

/// Adds the services that `from` calls in the order of its stages, each followed by its own callees.
fn reach(cast: Cast<'_>, from: ServiceId, found: &mut Vec<ServiceId>) {
    let Some(service) = cast.topology.services.get(from.index()) else { return };
    for link in service.stages.iter().flatten().filter_map(|link| cast.link(*link)) {
        if !found.contains(&link.to) {
            found.push(link.to);
            reach(cast, link.to, found);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::scene::request::sample;

    #[test]
    fn every_step_has_a_line_with_its_time() {
        for (name, text) in sample::all() {
            let story = sample::story(&text, 9_000);
            let lines = story.lines();
            assert_eq!(lines.len(), story.steps.len());
            assert!(lines.is_sorted_by_key(|(at, _)| *at), "{name}");
            for ((_, line), step) in lines.iter().zip(&story.steps) {
                let who = &story.lanes[step.lane].name;
                let line = line.text();
                assert!(line.starts_with(who.as_str()) && line.contains(&step.label.text()), "{name}: {line}");
            }
        }
    }

    #[test]
    fn those_that_could_take_part_are_there_from_the_start_if_they_are_few() {
        let of = |name: &str, millis| {
            let text = sample::all().into_iter().find(|(it, _)| *it == name).unwrap().1;
            sample::story(&text, millis).lanes.into_iter().map(|lane| lane.name).collect::<Vec<_>>()
        };
        let all = ["Web application", "Bank account", "Access privilege", "Business partner"];
        assert_eq!(of("breaker", 1), all);
        assert_eq!(of("breaker", 9_000), all);
    }
}
