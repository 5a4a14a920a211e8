//! What happened, as the lines of a log: neighbours of one kind are gathered into one line, turning points stand alone.
//!
//! A [`Log`] reads what is new and nothing twice, and finds words only for the lines that are looked at. It changes
//! nothing and it judges nothing but this: what a reader wants to know first.

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
use std::sync::Arc;
use words::Words;

/// How many lines there are at most; when there are more, the older half goes.
const LINES: usize = 60_000;
/// After so long without a failure a link or client that was in trouble is well again.
const CALM: Span = Span::secs(2);
/// The longest pause within a line, for who wants to see everything.
const PIECE: Span = Span::millis(250);
/// Up to so many times a line takes only what follows quickly: where little happens, each thing has its own line.
const FEW: u32 = 3;
/// After this many consecutive failures, the end of a trouble is listed too.
const TROUBLE: u32 = 3;

/// What a reader wants to see.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct View {
    /// Everything, or what is important.
    pub everything: bool,
    /// What it is about.
    pub about: About,
}

/// What a log is about.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum About {
    /// The whole system.
    #[default]
    All,
    /// A service and its links, by its id.
    Service(String),
    /// A link, by the ids of both ends.
    Link(String, String),
    /// One request of a client, by its intent: all of it, whatever else is wanted.
    Request(u64),
}

/// The picture beside a line: the marks of the stage.
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
    /// What happened first; of something done by hand several times in a row, what was done last.
    pub notice: Notice,
    /// When it happened for the last time.
    pub last: Time,
    /// How many times.
    pub count: u32,
    /// Whether it says why things are as they are.
    pub is_turning_point: bool,
    /// Whether a trouble is over with it: what it tells of is good.
    ends_trouble: bool,
    /// Which of the topologies of the run it speaks of.
    era: u32,
    /// The one before the first of several edits in a row.
    before: u32,
}

/// How important a notice is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Rank {
    /// A line of its own.
    Turning,
    /// Important, once for each spell of it.
    Trouble,
    /// For who wants to see everything.
    Routine,
}

/// The lines of a log.
#[derive(Debug, Default)]
pub struct Log {
    view: View,
    lines: Vec<Line>,
    /// Lines that were dropped because there were too many.
    dropped: usize,
    /// The topologies of the run: the first one, and one for each change of the settings.
    eras: Vec<Arc<Topology>>,
    era: u32,
    heard: u64,
    changes: u64,
    /// The last notice that was read, to detect a run that has started again.
    last: Option<Notice>,
    /// For each place and kind: the number of the line that is still growing, counted from 1 and with those dropped.
    growing: Vec<usize>,
    /// For each place: how it fares.
    troubles: Vec<Trouble>,
    /// The event of the last answer to a client, the client and the intent: its request often ends with it.
    answered: Option<(u64, ServiceId, u64)>,
}

/// The failures of a place.
#[derive(Clone, Copy, Debug, Default)]
struct Trouble {
    last: Time,
    failures: u32,
    queue_was_full: bool,
}

impl Log {
    /// Reads what is new of a run, or all of it again where the view or the past has changed.
    pub fn read(&mut self, history: &History, view: &View) {
        let record = history.record();
        self.eras.clear();
        self.eras.push(history.first_topology().clone());
        let edits = history.changes().iter().filter_map(|applied| match &applied.change {
            Change::Edit(topology) => Some(topology.clone()),
            Change::Intervention(_) => None,
        });
        self.eras.extend(edits);
        let known = record.notices().len() - record.since(self.heard).len();
        let goes_on = self.last.as_ref() == known.checked_sub(1).and_then(|i| record.notices().get(i));
        let is_same = *view == self.view && record.rewrites() == self.changes && record.count() >= self.heard;
        if !(goes_on && is_same) {
            let eras = std::mem::take(&mut self.eras);
            *self = Log { view: view.clone(), eras, changes: record.rewrites(), ..Log::default() };
        }
        // Lines of a record whose beginning is no longer kept cannot be read again: then all that is there is new.
        let new = if self.heard == 0 { record.notices() } else { record.since(self.heard) };
        new.iter().for_each(|notice| self.take(notice));
        self.heard = record.count();
        self.last = record.notices().last().copied();
        if self.lines.len() > LINES {
            self.lines.drain(..LINES / 2);
            self.dropped += LINES / 2;
        }
    }

    /// All lines, in the order of the run.
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// How many lines begin at or before a position.
    pub fn up_to(&self, position: Position) -> usize {
        self.lines.partition_point(|line| line.notice.position() <= position)
    }

    /// What a line says, with the names of the document.
    pub fn text(&self, line: &Line, document: &Scenario) -> String {
        self.message(line, document).map_or(String::new(), |message| message.text())
    }

    /// What a line says, as data; `None` where it is about something that is gone.
    pub fn message(&self, line: &Line, document: &Scenario) -> Option<Message> {
        self.words(line, document)?.line(line)
    }

    /// What a line is about, without the number of its request and other details.
    pub fn gist(&self, line: &Line, document: &Scenario) -> Option<Message> {
        self.words(line, document)?.gist(line)
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
            (self.growing, self.troubles) = (Vec::new(), Vec::new());
        }
        let ended = self.end_of_trouble(notice);
        if !self.is_about(notice) {
            return;
        }
        if ended {
            self.add(notice, true, true);
        }
        if self.is_said(notice) {
            return;
        }
        let Some(rank) = self.rank(notice) else { return };
        let follows = matches!(self.view.about, About::Request(_));
        match rank {
            Rank::Routine if !self.view.everything && !follows => {}
            Rank::Turning => self.turn(notice),
            _ if follows => self.add(notice, rank == Rank::Trouble, false),
            Rank::Trouble | Rank::Routine => self.gather(notice, rank == Rank::Trouble),
        }
    }

    /// Whether the line of the answer that it ends with has said that a request of a client is over.
    fn is_said(&mut self, notice: &Notice) -> bool {
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

    /// A line of its own, unless it is what was done by hand just before: a slider gives many.
    fn turn(&mut self, notice: &Notice) {
        let era = self.era;
        if let Some(line) = self.lines.last_mut()
            && line.notice.place == notice.place
            && notice.at.since(line.last) <= CALM
            && same_deed(line.notice.what, notice.what)
        {
            (line.notice.what, line.last, line.era) = (notice.what, notice.at, era);
            return;
        }
        self.add(notice, true, false);
    }

    /// Grows the line of the same kind and place, if there was one just before, or begins one.
    fn gather(&mut self, notice: &Notice, is_turning_point: bool) {
        // Who wants to see everything wants it in short pieces, and the attempts of one request one by one.
        let everything = self.view.everything;
        let (pace, longest) = if everything { (PIECE, Span::secs(1)) } else { (CALM, Span::MAX) };
        let Some(slot) = self.slot(notice) else { return self.add(notice, is_turning_point, false) };
        if self.growing.len() <= slot {
            self.growing.resize(slot + 1, 0);
        }
        let index = self.growing[slot].checked_sub(self.dropped + 1);
        if let Some(line) = index.and_then(|i| self.lines.get_mut(i))
            && notice.at.since(line.last) <= if line.count < FEW { pace.scaled(0.25) } else { pace }
            && notice.at.since(line.notice.at) <= longest
            && !(everything && line.notice.intent == notice.intent && notice.intent != 0)
        {
            line.count += 1;
            line.last = notice.at;
            return;
        }
        self.add(notice, is_turning_point, false);
        self.growing[slot] = self.dropped + self.lines.len();
    }

    /// Where the growing line of this kind and place is noted; `None`: such lines do not grow.
    fn slot(&self, notice: &Notice) -> Option<usize> {
        Some(self.place_number(notice.place)? * KINDS + kind(notice.what)?)
    }

    fn place_number(&self, place: Location) -> Option<usize> {
        let services = self.topology()?.services.len();
        match place {
            Location::Service(id) => Some(id.index()),
            Location::Link(id) => Some(services + id.index()),
            Location::System => None,
        }
    }

    /// Keeps account of the failures of a place, and tells whether a trouble ends with this notice.
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
                let is_over = trouble.failures >= TROUBLE && notice.at.since(trouble.last) >= CALM;
                if is_over || notice.at.since(trouble.last) >= CALM {
                    trouble.failures = 0;
                }
                is_over
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

    /// How important it is; `None`: it is said by another line already.
    fn rank(&self, notice: &Notice) -> Option<Rank> {
        let follows = matches!(self.view.about, About::Request(_));
        Some(match notice.what {
            Happening::Breaker { .. }
            | Happening::Fault { .. }
            | Happening::Edited { .. }
            | Happening::LostWork { .. } => Rank::Turning,
            // Tells of itself when it is sent.
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
            // The caller's line tells of it as soon as the answer has come.
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
            // The client's line that it was sent is the first, and so on.
            Happening::QueueEmptied => return None,
            _ => Rank::Routine,
        })
    }
}

/// Whether both are the same thing done by hand to another degree.
fn same_deed(a: Happening, b: Happening) -> bool {
    use Intervention::{Delay, Failing, Slow};
    match (a, b) {
        (Happening::Done(a), Happening::Done(b)) => {
            matches!((a, b), (Slow(..), Slow(..)) | (Failing(..), Failing(..)) | (Delay(..), Delay(..)))
        }
        (Happening::Edited { .. }, Happening::Edited { .. }) => true,
        _ => false,
    }
}

/// How many kinds there are of what can be gathered.
const KINDS: usize = 64;

/// What is gathered with what; `None`: with nothing.
fn kind(what: Happening) -> Option<usize> {
    Some(match what {
        Happening::Ended { truth: Truth::BookedDespiteFailure, .. } => 0,
        Happening::Ended { truth: Truth::NotBooked, .. } => 1,
        Happening::Ended { outcome, .. } => 2 + outcome as usize,
        Happening::AttemptEnded { purpose: Purpose::Call, outcome, .. } => 14 + outcome as usize,
        Happening::AttemptEnded { purpose: Purpose::Ask, outcome, .. } => 26 + usize::from(outcome == Outcome::Ok),
        Happening::AttemptEnded { outcome, .. } => 28 + usize::from(outcome == Outcome::Ok),
        Happening::Lost { direction, .. } => 30 + usize::from(direction == Direction::Request),
        Happening::Booked { duplicate, seen } => 32 + usize::from(duplicate) + 2 * usize::from(seen.is_some()),
        Happening::Sent { .. } => 36,
        Happening::AskedAgain => 37,
        Happening::Retries { .. } => 38,
        Happening::BudgetSpent => 39,
        Happening::Hedged { .. } => 40,
        Happening::FellBack { .. } => 41,
        Happening::LeftUnknown => 42,
        Happening::TurnedAway { .. } => 43,
        Happening::Replayed { .. } => 44,
        Happening::Failed => 45,
        Happening::TakesBack => 46,
        Happening::TakenBack { .. } => 47,
        Happening::NotTakenBack => 48,
        Happening::Wasted => 49,
        Happening::Dropped => 50,
        Happening::WorkersBusy => 51,
        Happening::QueueFilled => 52,
        Happening::QueueEmptied
        | Happening::Breaker { .. }
        | Happening::LostWork { .. }
        | Happening::Fault { .. }
        | Happening::Done(_)
        | Happening::Edited { .. } => return None,
    })
}

impl Line {
    /// The picture beside it.
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
                of(outcome)
            }
            Happening::AttemptEnded { purpose: Purpose::Call, outcome, .. } => of(outcome),
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
const fn of(outcome: Outcome) -> Mark {
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
