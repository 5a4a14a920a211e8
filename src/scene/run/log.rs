//! The events of a run as the lines of a log. Events of one kind that follow each other share a line; turning points
//! have lines of their own.
//!
//! A [`Log`] reads each notice once, and forms sentences only for the lines on display. It never changes the run.

mod words;

use crate::outcome::Outcome;
use crate::policy::breaker::State;
use crate::scenario::Scenario;
use crate::scenario::topology::{ServiceId, Topology};
use crate::sim::Intervention;
use crate::sim::history::{Change, History};
use crate::sim::notice::{Happening, Location, Notice, Truth};
use crate::sim::position::Position;
use crate::sim::view::{Direction, Purpose};
use crate::text::Message;
use crate::time::{Span, Time};
use std::collections::BTreeMap;
use std::sync::Arc;
use words::Words;

/// The most lines in the log. Beyond it, the older half is dropped.
const LINES: usize = 60_000;
/// The time without a failure after which a link or client has recovered.
const CALM: Span = Span::secs(2);
/// The longest pause within a line in the view of everything.
const PIECE: Span = Span::millis(250);
/// The number of events up to which a line grows only by quick successors, so that rare events get lines of their own.
const FEW: u32 = 3;
/// The number of consecutive failures from which the recovery is listed too.
const TROUBLE: u32 = 3;

/// The selection of lines on display.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct View {
    /// Whether routine events are included.
    pub everything: bool,
    /// The subject of the log.
    pub about: About,
}

/// The subject of a log.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum About {
    /// The whole system.
    #[default]
    All,
    /// A service and its links, by its id.
    Service(String),
    /// A link, by the ids of both ends.
    Link(String, String),
    /// One request of a client, by its intent, with its routine events.
    Request(u64),
}

/// The icon beside a line, as on the stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are those of the marks on the stage")]
pub enum Mark {
    Request,
    Answer,
    Degraded,
    Failed,
    Refused,
    TurnedAway,
    Lost,
    Wasted,
    Cancelled,
    TimedOut,
    TooLate,
    Backoff,
    NoPermit,
    NotSent,
    Question,
    TakeBack,
    BreakerOpen,
    BreakerHalfOpen,
    BreakerClosed,
    Busy,
    QueueFull,
    Recovered,
    Booked,
    Again,
    Unknown,
    Fault,
    Hand,
}

/// One line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Line {
    /// The first event. For an intervention that is repeated in a row, the last.
    pub notice: Notice,
    /// The time of the last event.
    pub last: Time,
    /// The number of events.
    pub count: u32,
    /// Whether the event explains what follows.
    pub is_turning_point: bool,
    /// Whether the line reports a recovery.
    ends_trouble: bool,
    /// The index of its topology in [`Log::eras`].
    era: u32,
    /// The index of the topology before the first of several edits in a row.
    before: u32,
}

/// The importance of a notice.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Rank {
    /// A line of its own.
    Turning,
    /// Important, gathered into one line.
    Trouble,
    /// Listed only in the view of everything.
    Routine,
}

/// The lines of a log.
#[derive(Debug, Default)]
pub struct Log {
    view: View,
    lines: Vec<Line>,
    /// The number of lines dropped beyond [`LINES`].
    dropped: usize,
    /// The topologies of the run: the first, and one for each edit.
    eras: Vec<Arc<Topology>>,
    era: u32,
    /// The number of notices read.
    read: u64,
    /// The number of times that the record had been rewritten at the last read.
    rewrites: u64,
    /// The last notice read, to detect a restarted run.
    last: Option<Notice>,
    /// The latest line of each place and kind, which may still grow. Indices count dropped lines too.
    growing: BTreeMap<(usize, Kind), usize>,
    /// The failures of each place.
    troubles: Vec<Trouble>,
    /// The event, the client and the intent of the last answer to a client. The request often ends in the same event.
    answered: Option<(u64, ServiceId, u64)>,
}

/// The recent failures of a service or link.
#[derive(Clone, Copy, Debug, Default)]
struct Trouble {
    last: Time,
    failures: u32,
    queue_was_full: bool,
}

impl Log {
    /// Reads the new notices of a run, or all of them where the view or the past has changed.
    pub fn read(&mut self, history: &History, view: &View) {
        let record = history.record();
        self.eras.clear();
        self.eras.push(history.first_topology().clone());
        let edits = history.changes().iter().filter_map(|applied| match &applied.change {
            Change::Edit(topology) => Some(topology.clone()),
            Change::Intervention(_) => None,
        });
        self.eras.extend(edits);
        let known = record.notices().len() - record.since(self.read).len();
        let goes_on = self.last.as_ref() == known.checked_sub(1).and_then(|i| record.notices().get(i));
        let is_same = *view == self.view && record.rewrites() == self.rewrites && record.count() >= self.read;
        if !(goes_on && is_same) {
            let eras = std::mem::take(&mut self.eras);
            *self = Log { view: view.clone(), eras, rewrites: record.rewrites(), ..Log::default() };
        }
        // A long record has lost its beginning: a log that starts over then begins with the oldest notice left.
        let new = if self.read == 0 { record.notices() } else { record.since(self.read) };
        new.iter().for_each(|notice| self.take(notice));
        self.read = record.count();
        self.last = record.notices().last().copied();
        if self.lines.len() > LINES {
            self.lines.drain(..LINES / 2);
            self.dropped += LINES / 2;
        }
    }

    /// All lines, in the order of their first events.
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// The number of lines that begin at or before a position.
    pub fn up_to(&self, position: Position) -> usize {
        self.lines.partition_point(|line| line.notice.position() <= position)
    }

    /// The text of a line, with the names of the document.
    pub fn text(&self, line: &Line, document: &Scenario) -> String {
        self.message(line, document).map_or(String::new(), |message| message.text())
    }

    /// The message of a line; `None` where its service or link no longer exists.
    pub fn message(&self, line: &Line, document: &Scenario) -> Option<Message> {
        self.words(line, document)?.line(line)
    }

    /// The message of a line without the number of its request and other details. Two lines with one topic are the same
    /// news.
    pub fn topic(&self, line: &Line, document: &Scenario) -> Option<Message> {
        self.words(line, document)?.topic(line)
    }

    fn words<'a>(&'a self, line: &Line, document: &'a Scenario) -> Option<Words<'a>> {
        let topology = self.eras.get(line.era as usize)?;
        let before = self.eras.get(line.before as usize).unwrap_or(topology);
        Some(Words { topology, before, document })
    }

    fn topology(&self) -> Option<&Topology> {
        self.eras.get(self.era as usize).map(|topology| &**topology)
    }

    fn take(&mut self, notice: &Notice) {
        if let Happening::Edited { number } = notice.what {
            self.era = number;
            (self.growing, self.troubles) = (BTreeMap::new(), Vec::new());
        }
        let ended = self.end_of_trouble(notice);
        if !self.is_about(notice) {
            return;
        }
        if ended {
            self.add(notice, true, true);
        }
        if self.repeats_answer(notice) {
            return;
        }
        let Some(rank) = self.rank(notice) else { return };
        let follows = matches!(self.view.about, About::Request(_));
        match rank {
            Rank::Routine if !self.view.everything && !follows => {}
            Rank::Turning => self.add_turning_point(notice),
            _ if follows => self.add(notice, rank == Rank::Trouble, false),
            Rank::Trouble | Rank::Routine => self.gather(notice, rank == Rank::Trouble),
        }
    }

    /// Whether a notice only reports the end of a request whose last answer already has a line. Remembers answers.
    fn repeats_answer(&mut self, notice: &Notice) -> bool {
        match (notice.what, notice.place) {
            (Happening::AttemptEnded { .. }, Location::Link(id)) => {
                let client = self.topology().and_then(|t| t.links.get(id.index())).map(|link| link.from);
                self.answered = client.map(|client| (notice.events, client, notice.intent));
                false
            }
            (Happening::Ended { truth: Truth::Agrees, .. }, Location::Service(client)) => {
                self.answered == Some((notice.events, client, notice.intent))
                    && !matches!(self.view.about, About::Request(_))
            }
            _ => false,
        }
    }

    fn add(&mut self, notice: &Notice, is_turning_point: bool, ends_trouble: bool) {
        let (last, era, before) = (notice.at, self.era, self.era.saturating_sub(1));
        self.lines.push(Line { notice: *notice, last, count: 1, is_turning_point, ends_trouble, era, before });
    }

    /// Adds a line, or updates the last line if it is the same intervention: dragging a slider repeats it many times.
    fn add_turning_point(&mut self, notice: &Notice) {
        let era = self.era;
        if let Some(line) = self.lines.last_mut()
            && line.notice.place == notice.place
            && notice.at.since(line.last) <= CALM
            && is_same_intervention(line.notice.what, notice.what)
        {
            (line.notice.what, line.last, line.era) = (notice.what, notice.at, era);
            return;
        }
        self.add(notice, true, false);
    }

    /// Adds a notice to a recent line of the same place and kind, or begins a line.
    fn gather(&mut self, notice: &Notice, is_turning_point: bool) {
        // The view of everything has short lines, and a line for each attempt of a request.
        let everything = self.view.everything;
        let (pace, longest) = if everything { (PIECE, Span::secs(1)) } else { (CALM, Span::MAX) };
        let Some(key) = self.place_number(notice.place).zip(Kind::of(notice.what)) else {
            return self.add(notice, is_turning_point, false);
        };
        let index = self.growing.get(&key).and_then(|index| index.checked_sub(self.dropped));
        if let Some(line) = index.and_then(|i| self.lines.get_mut(i))
            && notice.at.since(line.last) <= if line.count < FEW { pace.scaled(0.25) } else { pace }
            && notice.at.since(line.notice.at) <= longest
            && !(everything && line.notice.intent == notice.intent && notice.intent != 0)
        {
            line.count += 1;
            line.last = notice.at;
            return;
        }
        self.growing.insert(key, self.dropped + self.lines.len());
        self.add(notice, is_turning_point, false);
    }

    /// An index for each service and link.
    fn place_number(&self, place: Location) -> Option<usize> {
        let services = self.topology()?.services.len();
        match place {
            Location::Service(id) => Some(id.index()),
            Location::Link(id) => Some(services + id.index()),
            Location::System => None,
        }
    }

    /// Counts the failures of a place. `true`: the place recovers with this notice.
    fn end_of_trouble(&mut self, notice: &Notice) -> bool {
        let Some(number) = self.place_number(notice.place) else { return false };
        if self.troubles.len() <= number {
            self.troubles.resize(number + 1, Trouble::default());
        }
        let trouble = &mut self.troubles[number];
        let outcome = match notice.what {
            Happening::AttemptEnded { purpose: Purpose::Call, outcome, .. } => outcome,
            Happening::QueueFilled => {
                trouble.queue_was_full = true;
                return false;
            }
            Happening::QueueEmptied => return std::mem::take(&mut trouble.queue_was_full),
            _ => return false,
        };
        match outcome {
            Outcome::Cancelled => false,
            Outcome::Ok | Outcome::Degraded => {
                let is_calm = notice.at.since(trouble.last) >= CALM;
                let failures = trouble.failures;
                if is_calm {
                    trouble.failures = 0;
                }
                is_calm && failures >= TROUBLE
            }
            _ => {
                (trouble.last, trouble.failures) = (notice.at, trouble.failures.saturating_add(1));
                false
            }
        }
    }

    fn is_about(&self, notice: &Notice) -> bool {
        let Some(t) = self.topology() else { return false };
        let is = |id: ServiceId, name: &str| t.services.get(id.index()).is_some_and(|s| s.id == name);
        let link = match notice.place {
            Location::Link(id) => t.links.get(id.index()),
            Location::Service(_) | Location::System => None,
        };
        match (&self.view.about, notice.place) {
            (About::All, _) => true,
            (About::Request(intent), _) => notice.intent == *intent,
            (_, Location::System) => true,
            (About::Service(name), Location::Service(id)) => is(id, name),
            (About::Service(name), Location::Link(_)) => link.is_some_and(|l| is(l.from, name) || is(l.to, name)),
            (About::Link(..), Location::Service(_)) => false,
            (About::Link(from, to), Location::Link(_)) => link.is_some_and(|l| is(l.from, from) && is(l.to, to)),
        }
    }

    /// The importance of a notice; `None`: another line reports it.
    fn rank(&self, notice: &Notice) -> Option<Rank> {
        let follows = matches!(self.view.about, About::Request(_));
        Some(match notice.what {
            Happening::Breaker { .. }
            | Happening::Fault { .. }
            | Happening::Edited { .. }
            | Happening::LostWork { .. } => Rank::Turning,
            // `Sent` reports it.
            Happening::Done(Intervention::Send(_)) => return None,
            Happening::Done(_) => Rank::Turning,
            Happening::Sent { by_hand: true } if !follows => Rank::Turning,
            Happening::Sent { .. } | Happening::AskedAgain => Rank::Routine,
            Happening::Ended { outcome: Outcome::Ok | Outcome::Degraded, truth: Truth::Agrees, .. } => Rank::Routine,
            Happening::Ended { .. } => Rank::Trouble,
            Happening::AttemptEnded { purpose: Purpose::Ask, outcome: Outcome::Ok | Outcome::Error, .. } => {
                Rank::Routine
            }
            Happening::AttemptEnded { outcome: Outcome::Ok | Outcome::Degraded | Outcome::Cancelled, .. } => {
                Rank::Routine
            }
            Happening::AttemptEnded { .. } => Rank::Trouble,
            // The caller's attempt reports it when the answer arrives.
            Happening::TurnedAway { outcome: Outcome::DeadlineExceeded } => Rank::Trouble,
            Happening::TurnedAway { .. } if !follows => return None,
            Happening::Booked { duplicate, seen } if duplicate || seen.is_some_and(|seen| seen != Outcome::Ok) => {
                Rank::Trouble
            }
            Happening::BudgetSpent
            | Happening::FellBack { .. }
            | Happening::LeftUnknown
            | Happening::TakenBack { .. } => Rank::Trouble,
            Happening::NotTakenBack | Happening::Wasted | Happening::WorkersBusy | Happening::QueueFilled => {
                Rank::Trouble
            }
            // The end of a trouble reports it.
            Happening::QueueEmptied => return None,
            _ => Rank::Routine,
        })
    }
}

/// Whether two events are the same intervention, possibly with another strength.
fn is_same_intervention(a: Happening, b: Happening) -> bool {
    use Intervention::{Delay, Failing, Slow};
    match (a, b) {
        (Happening::Done(a), Happening::Done(b)) => {
            matches!((a, b), (Slow(..), Slow(..)) | (Failing(..), Failing(..)) | (Delay(..), Delay(..)))
        }
        (Happening::Edited { .. }, Happening::Edited { .. }) => true,
        _ => false,
    }
}

/// The kinds of events that share lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    EndedThoughBooked,
    EndedUnbooked,
    Ended(Outcome),
    CallEnded(Outcome),
    QuestionEnded { ok: bool },
    ReversalEnded { ok: bool },
    Lost { request: bool },
    Booked { duplicate: bool, seen: bool },
    Sent,
    AskedAgain,
    Retries,
    BudgetSpent,
    Hedged,
    FellBack,
    LeftUnknown,
    TurnedAway,
    Replayed,
    Failed,
    TakesBack,
    TakenBack,
    NotTakenBack,
    Wasted,
    Dropped,
    WorkersBusy,
    QueueFilled,
}

impl Kind {
    /// The kind of an event; `None`: such events never share a line.
    fn of(what: Happening) -> Option<Kind> {
        Some(match what {
            Happening::Ended { truth: Truth::BookedDespiteFailure, .. } => Kind::EndedThoughBooked,
            Happening::Ended { truth: Truth::NotBooked, .. } => Kind::EndedUnbooked,
            Happening::Ended { outcome, .. } => Kind::Ended(outcome),
            Happening::AttemptEnded { purpose: Purpose::Call, outcome, .. } => Kind::CallEnded(outcome),
            Happening::AttemptEnded { purpose: Purpose::Ask, outcome, .. } => {
                Kind::QuestionEnded { ok: outcome == Outcome::Ok }
            }
            Happening::AttemptEnded { outcome, .. } => Kind::ReversalEnded { ok: outcome == Outcome::Ok },
            Happening::Lost { direction, .. } => Kind::Lost { request: direction == Direction::Request },
            Happening::Booked { duplicate, seen } => Kind::Booked { duplicate, seen: seen.is_some() },
            Happening::Sent { .. } => Kind::Sent,
            Happening::AskedAgain => Kind::AskedAgain,
            Happening::Retries { .. } => Kind::Retries,
            Happening::BudgetSpent => Kind::BudgetSpent,
            Happening::Hedged { .. } => Kind::Hedged,
            Happening::FellBack { .. } => Kind::FellBack,
            Happening::LeftUnknown => Kind::LeftUnknown,
            Happening::TurnedAway { .. } => Kind::TurnedAway,
            Happening::Replayed { .. } => Kind::Replayed,
            Happening::Failed => Kind::Failed,
            Happening::TakesBack => Kind::TakesBack,
            Happening::TakenBack { .. } => Kind::TakenBack,
            Happening::NotTakenBack => Kind::NotTakenBack,
            Happening::Wasted => Kind::Wasted,
            Happening::Dropped => Kind::Dropped,
            Happening::WorkersBusy => Kind::WorkersBusy,
            Happening::QueueFilled => Kind::QueueFilled,
            Happening::QueueEmptied
            | Happening::Breaker { .. }
            | Happening::LostWork { .. }
            | Happening::Fault { .. }
            | Happening::Done(_)
            | Happening::Edited { .. } => return None,
        })
    }
}

impl Line {
    /// The icon beside the line.
    pub fn mark(&self) -> Mark {
        if self.ends_trouble {
            return Mark::Recovered;
        }
        match self.notice.what {
            Happening::Sent { by_hand: true } => Mark::Hand,
            Happening::Sent { .. } | Happening::AskedAgain | Happening::Hedged { .. } => Mark::Request,
            Happening::Ended { truth: Truth::BookedDespiteFailure | Truth::NotBooked, .. } | Happening::LeftUnknown => {
                Mark::Unknown
            }
            Happening::Ended { outcome, .. } | Happening::TurnedAway { outcome } | Happening::Replayed { outcome } => {
                mark_of(outcome)
            }
            Happening::AttemptEnded { purpose: Purpose::Call, outcome, .. } => mark_of(outcome),
            Happening::AttemptEnded { purpose: Purpose::Ask, .. } => Mark::Question,
            Happening::AttemptEnded { .. }
            | Happening::TakesBack
            | Happening::TakenBack { .. }
            | Happening::NotTakenBack => Mark::TakeBack,
            Happening::Retries { .. } => Mark::Backoff,
            Happening::BudgetSpent => Mark::NotSent,
            Happening::FellBack { .. } => Mark::Degraded,
            Happening::Lost { .. } => Mark::Lost,
            Happening::Breaker { to: State::Open, .. } => Mark::BreakerOpen,
            Happening::Breaker { to: State::HalfOpen, .. } => Mark::BreakerHalfOpen,
            Happening::Breaker { to: State::Closed, .. } => Mark::BreakerClosed,
            Happening::Failed => Mark::Failed,
            Happening::Booked { duplicate: true, .. } => Mark::Again,
            Happening::Booked { seen: Some(seen), .. } if seen != Outcome::Ok => Mark::Unknown,
            Happening::Booked { .. } => Mark::Booked,
            Happening::Wasted => Mark::Wasted,
            Happening::Dropped => Mark::Cancelled,
            Happening::WorkersBusy => Mark::Busy,
            Happening::QueueFilled | Happening::QueueEmptied => Mark::QueueFull,
            Happening::LostWork { .. } | Happening::Fault { .. } => Mark::Fault,
            Happening::Done(_) | Happening::Edited { .. } => Mark::Hand,
        }
    }
}

/// The mark of an outcome.
const fn mark_of(outcome: Outcome) -> Mark {
    match outcome {
        Outcome::Ok => Mark::Answer,
        Outcome::Degraded => Mark::Degraded,
        Outcome::Error | Outcome::Shed => Mark::Failed,
        Outcome::Refused => Mark::Refused,
        Outcome::RateLimited | Outcome::Conflict => Mark::TurnedAway,
        Outcome::Timeout => Mark::TimedOut,
        Outcome::DeadlineExceeded => Mark::TooLate,
        Outcome::BreakerOpen => Mark::NotSent,
        Outcome::BulkheadFull => Mark::NoPermit,
        Outcome::Cancelled => Mark::Cancelled,
    }
}
