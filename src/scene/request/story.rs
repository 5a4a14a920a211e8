//! The life of one request as a story: who takes part, what they do one after the other, and how long they are busy.
//!
//! The sequence diagram, its text and its Mermaid form all tell these steps. It draws nothing and measures nothing.

use super::life::{Attempt, Life, Part};
use crate::outcome::Outcome;
use crate::scenario::topology::{Link, LinkId, ServiceId, Topology};
use crate::scenario::{Kind, Scenario};
use crate::scene::words;
use crate::sim::trace::{Detail, Mark, NoRetry, SpanId};
use crate::sim::view::{Direction, Purpose};
use crate::time::{Span, Time};

/// Up to so many of those that could take part are shown from the start, so that the picture does not jump.
const ALL_LANES: usize = 6;

/// The mark of a timeout in diagrams, and what it means, which is left out where there is no room for it.
const TOUT: &str = "TOUT";
const LONG: &str = ": timed out after ";

/// Who takes part, by the names that a reader knows.
#[derive(Clone, Copy)]
pub struct Cast<'a> {
    /// What runs.
    pub topology: &'a Topology,
    /// The document that it was made from.
    pub document: &'a Scenario,
}

impl<'a> Cast<'a> {
    /// What a service is called.
    pub fn name(&self, id: ServiceId) -> &'a str {
        let Some(service) = self.topology.services.get(id.index()) else { return "" };
        self.document.services.iter().find(|s| s.id == service.id).map_or(&service.id, |s| s.label())
    }

    /// What a service with an effect does, in a word of the document; `None`: it has no effect.
    pub fn effect(&self, id: ServiceId) -> Option<&'a str> {
        let service = self.topology.services.get(id.index())?;
        let found = self.document.services.iter().find(|s| s.id == service.id).and_then(|s| s.effect.as_deref());
        service.has_effect.then_some(found.unwrap_or("entry"))
    }

    /// The settings of a link.
    pub fn link(&self, id: LinkId) -> Option<&'a Link> {
        self.topology.links.get(id.index())
    }

    fn kind(&self, id: ServiceId) -> Kind {
        let id = self.topology.services.get(id.index()).map(|s| s.id.as_str());
        self.document.services.iter().find(|s| Some(s.id.as_str()) == id).map_or(Kind::Service, |s| s.kind)
    }
}

/// The story of one request.
#[derive(Clone, Debug, PartialEq)]
pub struct Story {
    /// When it begins.
    pub start: Time,
    /// Up to when it is known.
    pub until: Time,
    /// Whether nothing more will happen.
    pub over: bool,
    /// Those who take part, in the order in which they call.
    pub lanes: Vec<Lane>,
    /// When they are busy with it.
    pub bars: Vec<Bar>,
    /// What happens, in the order in which it begins.
    pub steps: Vec<Step>,
}

/// One who takes part.
#[derive(Clone, Debug, PartialEq)]
pub struct Lane {
    /// Who.
    pub service: ServiceId,
    /// What it is called.
    pub name: String,
    /// What it is.
    pub kind: Kind,
}

/// A time in which one is busy.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bar {
    /// Which of the lanes.
    pub lane: usize,
    /// Since when.
    pub from: Time,
    /// Until when, or up to now.
    pub to: Time,
    /// What it is doing.
    pub part: Part,
    /// Whether nobody waits for it any more.
    pub wasted: bool,
    /// How many others it is busy with for this request at the same time.
    pub depth: u32,
}

/// Something that happens.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// When it begins.
    pub at: Time,
    /// At which of the lanes.
    pub lane: usize,
    /// What.
    pub deed: Deed,
    /// How it is to be seen.
    pub tone: Tone,
    /// A few words.
    pub label: String,
}

/// What happens in a step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Deed {
    /// A message leaves for another lane.
    Sends {
        /// Which lane.
        to: usize,
        /// When it arrives, or would.
        arrives: Time,
        /// Whether it never does.
        lost: bool,
        /// Whether it is an answer.
        answer: bool,
    },
    /// An attempt is refused by a policy before it leaves.
    Refuses,
    /// The time of a caller is up.
    TimesOut,
    /// A caller waits until then.
    Waits(Time),
    /// Something to be said.
    Notes,
}

/// How a step is to be seen. One tone has one colour everywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// A question.
    Request,
    /// A good answer.
    Ok,
    /// An answer that is good enough.
    Degraded,
    /// A failure.
    Failed,
    /// What nobody waits for.
    Wasted,
    /// What is only said.
    Quiet,
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
        // Stable among equals by their place: what happens at one instant stays in its order.
        let mut order: Vec<(Time, usize)> = story.steps.iter().enumerate().map(|(i, s)| (s.at, i)).collect();
        order.sort_unstable();
        story.steps = order.iter().filter_map(|(_, i)| story.steps.get(*i).cloned()).collect();
        if life.left_out > 0 {
            let label = format!("{} more things are not shown", life.left_out);
            story.steps.push(note(life.until, 0, Tone::Quiet, label));
        }
        story
    }

    /// The same where there is little room.
    pub fn in_short(&self) -> Story {
        let mut story = self.clone();
        story.steps.iter_mut().for_each(|step| step.label = step.label.replace(LONG, " "));
        story
    }

    fn lane_of(&self, service: ServiceId) -> Option<usize> {
        self.lanes.iter().position(|lane| lane.service == service)
    }

    fn tell_bars(&mut self, life: &Life) {
        self.add_bar(life.client, (life.start, life.end), Part::Calling, false, 0);
        // Those that are busy at one lane at the same time stand side by side.
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

    /// What a mark tells; `None`: nothing that has not been said, or will be.
    fn step(&self, life: &Life, cast: Cast<'_>, mark: &Mark, index: usize) -> Option<Step> {
        let lane = self.lane_of(life.service_of(mark.whose)?)?;
        let attempt = life.attempt(mark.whose);
        let said = |tone, label: String| Some(note(mark.at, lane, tone, label));
        match mark.what {
            Detail::Sent { direction, purpose, arrives, lost, outcome } => {
                self.message(life, cast, mark.at, attempt?, (direction, purpose, arrives, lost, outcome))
            }
            Detail::Ends(outcome) => match mark.whose {
                SpanId::User(_) => {
                    let outcome = outcome?;
                    said(tone_of(outcome), format!("told: {}", outcome_name(outcome)))
                }
                SpanId::Caller(_) => Some(ending(mark.at, lane, attempt?)?),
                SpanId::Callee(_) => {
                    let gone = outcome.is_none() && !attempt?.served.as_ref()?.lost;
                    gone.then(|| note(mark.at, lane, Tone::Quiet, "stops: nobody waits".into()))
                }
            },
            Detail::Backoff { until, .. } => {
                let label = format!("backoff {}", words::span(until.since(mark.at)));
                Some(Step { at: mark.at, lane, deed: Deed::Waits(until), tone: Tone::Quiet, label })
            }
            Detail::Replays => said(Tone::Ok, "known: answers from its store".into()),
            Detail::Books { duplicate } => {
                let service = life.service_of(mark.whose)?;
                let again = if duplicate { " again" } else { "" };
                let tone = if duplicate { Tone::Failed } else { Tone::Ok };
                said(tone, format!("books the {}{again}", cast.effect(service).unwrap_or("entry")))
            }
            Detail::TakesBack(entries) => match entries {
                0 => said(Tone::Quiet, "nothing to take back".into()),
                1 => said(Tone::Ok, "takes it back".into()),
                n => said(Tone::Ok, format!("takes back {n} entries")),
            },
            Detail::IsLost => said(Tone::Failed, "goes down: work lost".into()),
            Detail::NotRepeated { why, .. } => said(Tone::Quiet, format!("no further attempt: {}", no_retry(why))),
            Detail::CallEnds { outcome, seen, .. } => {
                let fallback = seen == Outcome::Degraded && !outcome.is_success();
                fallback.then(|| note(mark.at, lane, Tone::Degraded, "goes on with a fallback".into()))
            }
            Detail::LeftOut(link) => {
                let to = cast.link(link).map_or("", |link| cast.name(link.to));
                said(Tone::Quiet, format!("does not call {to} this time"))
            }
            Detail::LosesPatience => Some(Step {
                at: mark.at,
                lane,
                deed: Deed::TimesOut,
                tone: Tone::Failed,
                label: "patience is over".into(),
            }),
            Detail::AsksAgain => said(Tone::Request, format!("asks again ({})", asked(life, index) + 1)),
            Detail::Waits(_) | Detail::WorkBegins | Detail::WorkEnds => None,
        }
    }

    fn message(&self, life: &Life, cast: Cast<'_>, at: Time, attempt: &Attempt, leg: Message) -> Option<Step> {
        let (direction, purpose, arrives, lost, outcome) = leg;
        let (from, to) = (self.lane_of(attempt.from)?, self.lane_of(attempt.to)?);
        let answer = direction == Direction::Response;
        let late = answer && !lost && attempt.answer_is_late() && attempt.end <= arrives;
        let (tone, label) = match outcome {
            Some(outcome) if late => (Tone::Wasted, format!("{}, too late", answer_label(attempt.purpose, outcome))),
            Some(outcome) if answer => {
                (answer_tone(attempt.purpose, outcome), answer_label(attempt.purpose, outcome).into())
            }
            _ => {
                let tone = if purpose == Purpose::Cancel { Tone::Quiet } else { Tone::Request };
                (tone, request_label(life, cast, attempt, purpose))
            }
        };
        let (lane, to) = if answer { (to, from) } else { (from, to) };
        Some(Step { at, lane, deed: Deed::Sends { to, arrives, lost, answer }, tone, label })
    }

    /// An attempt that was kept waiting by a bulkhead.
    fn wait_for_permit(&mut self, attempt: &Attempt) {
        let sent = attempt.request.map_or(attempt.end, |leg| leg.sent);
        if let (Some(lane), true) = (self.lane_of(attempt.from), sent > attempt.start) {
            let label = format!("waits for a permit, {}", words::span(sent.since(attempt.start)));
            let deed = Deed::Waits(sent);
            self.steps.push(Step { at: attempt.start, lane, deed, tone: Tone::Quiet, label });
        }
    }

    /// What happens in words, one line a step: when, and what.
    pub fn lines(&self) -> Vec<(Time, String)> {
        self.steps.iter().map(|step| (step.at, self.line(step))).collect()
    }

    fn line(&self, step: &Step) -> String {
        let name = |lane: usize| self.lanes.get(lane).map_or("", |lane| lane.name.as_str());
        let (who, label) = (name(step.lane), &step.label);
        match step.deed {
            Deed::Sends { to, arrives, lost, .. } => {
                let after = words::span(arrives.since(step.at));
                let fate = match () {
                    () if arrives > self.until => "on its way".to_string(),
                    () if lost => "lost".to_string(),
                    () => format!("there after {after}"),
                };
                format!("{who} → {}: {label} ({fate})", name(to))
            }
            Deed::Refuses | Deed::TimesOut | Deed::Waits(_) | Deed::Notes => format!("{who}: {label}"),
        }
    }
}

/// What is known of a message: the way, what it is about, when it arrives, whether it is lost, what an answer says.
type Message = (Direction, Purpose, Time, bool, Option<Outcome>);

fn note(at: Time, lane: usize, tone: Tone, label: String) -> Step {
    Step { at, lane, deed: Deed::Notes, tone, label }
}

/// How an attempt ends for its caller, where no arrow says it.
fn ending(at: Time, lane: usize, attempt: &Attempt) -> Option<Step> {
    let outcome = attempt.outcome?;
    let (deed, label) = match outcome {
        _ if attempt.timed_out() => {
            let waited = words::span(attempt.end.since(attempt.start));
            let label = if outcome == Outcome::Timeout {
                format!("{TOUT}{LONG}{waited}")
            } else {
                format!("deadline, {waited}")
            };
            (Deed::TimesOut, label)
        }
        _ if attempt.was_refused() && outcome != Outcome::Cancelled => {
            let why = if outcome == Outcome::DeadlineExceeded { "no time left" } else { outcome_name(outcome) };
            (Deed::Refuses, format!("not sent: {why}"))
        }
        Outcome::Cancelled => return Some(note(at, lane, Tone::Quiet, format!("gives up attempt {}", attempt.number))),
        _ => return None,
    };
    Some(Step { at, lane, deed, tone: Tone::Failed, label })
}

fn request_label(life: &Life, cast: Cast<'_>, attempt: &Attempt, purpose: Purpose) -> String {
    let link = cast.link(attempt.link);
    let method = link.map_or("call", |link| link.method.name());
    let mut label = match purpose {
        Purpose::Cancel => return "cancel".into(),
        Purpose::Ask => return "was it done?".into(),
        Purpose::Compensate => format!("take back {method}"),
        Purpose::Call => method.to_string(),
    };
    if link.is_some_and(|link| link.request_id) {
        label = format!("{label} #{}", life.intent);
    }
    if attempt.number > 1 {
        let is_hedge = life.attempts.iter().any(|other| attempt.is_hedge_beside(other));
        let word = if is_hedge { "hedge" } else { "attempt" };
        label = format!("{label}, {word} {}", attempt.number);
    }
    label
}

fn answer_label(purpose: Purpose, outcome: Outcome) -> &'static str {
    match (purpose, outcome) {
        (Purpose::Ask, Outcome::Ok) => "yes, it was done",
        (Purpose::Ask, Outcome::Error) => "no, it was not",
        (Purpose::Ask, Outcome::Conflict) => "in progress",
        _ => outcome_name(outcome),
    }
}

fn answer_tone(purpose: Purpose, outcome: Outcome) -> Tone {
    match (purpose, outcome) {
        (Purpose::Ask, Outcome::Error) => Tone::Ok,
        (Purpose::Ask, Outcome::Conflict) => Tone::Quiet,
        _ => tone_of(outcome),
    }
}

/// What an outcome is called in diagrams.
pub fn outcome_name(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Ok => "ok",
        Outcome::Degraded => "degraded",
        Outcome::Error => "error 500",
        Outcome::Refused => "refused",
        Outcome::Shed => "queue full, 503",
        Outcome::RateLimited => "rate limit, 429",
        Outcome::Timeout => "timeout",
        Outcome::DeadlineExceeded => "too late",
        Outcome::BreakerOpen => "breaker open",
        Outcome::BulkheadFull => "no permit",
        Outcome::Conflict => "in progress, 409",
        Outcome::Cancelled => "cancelled",
    }
}

/// The tone of an outcome.
pub fn tone_of(outcome: Outcome) -> Tone {
    match outcome {
        Outcome::Ok => Tone::Ok,
        Outcome::Degraded => Tone::Degraded,
        Outcome::Cancelled => Tone::Quiet,
        _ => Tone::Failed,
    }
}

/// Why there is no further attempt.
pub fn no_retry(why: NoRetry) -> &'static str {
    match why {
        NoRetry::Attempts => "all are used up",
        NoRetry::Unsafe => "repeating is not safe",
        NoRetry::Deadline => "the deadline is too near",
        NoRetry::Budget => "the retry budget is used up",
    }
}

/// How often the user had asked before a mark.
fn asked(life: &Life, before: usize) -> usize {
    1 + life.marks.iter().take(before).filter(|mark| mark.what == Detail::AsksAgain).count()
}

/// Those who take part: all that could, if they are few; else those that did.
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

/// Adds the services that `from` calls, in the order of its stages, each followed by those that it calls.
fn reach(cast: Cast<'_>, from: ServiceId, found: &mut Vec<ServiceId>) {
    let Some(service) = cast.topology.services.get(from.index()) else { return };
    for link in service.stages.iter().flatten().filter_map(|link| cast.link(*link)) {
        if !found.contains(&link.to) {
            found.push(link.to);
            reach(cast, link.to, found);
        }
    }
}

/// A length of time since the start of a request, so that two instants can be told apart: `61 ms`, `1.23 s`, `12.3 s`.
pub fn since(span: Span) -> String {
    let seconds = span.as_secs_f64();
    match seconds {
        0.999_5..9.995 => format!("{seconds:.2} s").replace(".00 ", " "),
        9.995..120.0 => format!("{seconds:.1} s").replace(".0 ", " "),
        _ => words::span(span).replace(".0 ", " "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::request::sample;

    #[test]
    fn lengths_of_time_can_be_told_apart() {
        for (micros, text) in [
            (0, "0 ms"),
            (5_000, "5 ms"),
            (999_000, "999 ms"),
            (1_000_000, "1 s"),
            (1_230_000, "1.23 s"),
            (12_340_000, "12.3 s"),
            (600_000_000, "10 min"),
        ] {
            assert_eq!(since(Span::micros(micros)), text);
        }
    }

    #[test]
    fn every_step_is_told_in_words_with_its_time() {
        for (name, text) in sample::all() {
            let story = sample::story(&text, 9_000);
            let lines = story.lines();
            assert_eq!(lines.len(), story.steps.len());
            assert!(lines.is_sorted_by_key(|(at, _)| *at), "{name}");
            for ((_, line), step) in lines.iter().zip(&story.steps) {
                let who = &story.lanes[step.lane].name;
                assert!(line.starts_with(who.as_str()) && line.contains(&step.label), "{name}: {line}");
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
