//! Announcements for screen readers: one sentence at a time, at a pace that can be heard.
//!
//! Of the news that gather during a sentence the most important one comes next, and the others are dropped. Where nothing
//! changes there is no announcement, and no sentence comes twice in a row. This file chooses the sentences; the page
//! announces them.

use super::log::{Log, Mark, View};
use super::readout::{ClientReadout, Readout, ServiceReadout};
use super::steady::Health;
use crate::msg;
use crate::scenario::Scenario;
use crate::sim::history::History;
use crate::sim::notice::Happening;
use crate::text::{Message, Seconds, Share, Value};
use crate::time::Time;
use std::rc::Rc;

/// The time that a sentence takes to be heard, in seconds.
pub const PACE: f64 = 3.0;
/// So long a sentence is not said again, in seconds.
const AGAIN: f64 = 20.0;
/// So long after a jump nothing is said about health, in seconds: it is worked out anew.
const SETTLES: f64 = 3.0;

/// How much is said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Amount {
    /// Also what begins to fail, and how services fare.
    More,
    /// What is done, and what turns the run.
    #[default]
    Less,
    /// Nothing.
    Off,
}

/// How important a sentence is, the least first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Weight {
    Begins,
    Health,
    Turns,
    Moment,
    Done,
}

/// Says what is to be said of a run, one sentence at a time.
#[derive(Debug, Default)]
pub struct Speaker {
    log: Log,
    /// Lines of the log that were considered.
    heard: usize,
    changes: u64,
    /// Whether anything was looked at yet: what is there at first is no news.
    began: bool,
    playing: bool,
    time: Time,
    health: Vec<(Rc<str>, Health)>,
    settled: f64,
    waiting: Option<(Weight, News)>,
    said: Option<f64>,
    /// The gist of the sentences of the last seconds, and when they began.
    recent: Vec<(f64, Value)>,
}

/// A sentence that may be announced.
#[derive(Debug)]
struct News {
    text: Value,
    /// What it is about: two sentences with the same gist are the same news.
    gist: Value,
}

impl From<Message> for News {
    fn from(message: Message) -> Self {
        News { gist: Value::from(&message), text: Value::from(message) }
    }
}

impl Speaker {
    /// Announces a change of the document next.
    pub fn hear(&mut self, text: impl Into<Value>) {
        self.began = true;
        let text = text.into();
        self.offer(Weight::Done, || News { gist: text.clone(), text });
    }

    /// Looks at a run at this second of the page, and gives the sentence that is to be said now, if there is one.
    pub fn look(
        &mut self,
        history: &History,
        readout: &Readout,
        document: &Scenario,
        second: f64,
        amount: Amount,
    ) -> Option<String> {
        let jumped = self.notice_moment(readout);
        if jumped {
            self.settled = second + SETTLES;
        }
        self.notice_lines(history, document, amount);
        self.notice_health(readout, document, second, amount);
        self.began = true;
        if amount == Amount::Off {
            self.waiting = None;
        }
        self.speak(second)
    }

    fn speak(&mut self, second: f64) -> Option<String> {
        if self.said.is_some_and(|at| second - at < PACE) {
            return None;
        }
        let (weight, news) = self.waiting.take()?;
        self.recent.retain(|(at, _)| second - at < AGAIN);
        // What is done may be done again; but not twice in a row.
        let heard = if weight >= Weight::Moment { self.recent.len().saturating_sub(1) } else { 0 };
        if self.recent.iter().skip(heard).any(|(_, gist)| *gist == news.gist) {
            return None;
        }
        self.recent.push((second, news.gist));
        self.said = Some(second);
        Some(news.text.text())
    }

    /// Of two that are as important the later is said, as it is what is true now; but of troubles the first.
    fn offer<N: Into<News>>(&mut self, weight: Weight, news: impl FnOnce() -> N) {
        let is_next = |waiting: &(Weight, News)| waiting.0 < weight || (waiting.0 == weight && weight > Weight::Begins);
        if self.began && self.waiting.as_ref().is_none_or(is_next) {
            self.waiting = Some((weight, news().into()));
        }
    }

    /// Whether the run was taken to another moment.
    fn notice_moment(&mut self, readout: &Readout) -> bool {
        let (was_playing, before) = (self.playing, self.time);
        (self.playing, self.time) = (readout.playing, readout.time);
        let time = Seconds(readout.time.since_start(), 1);
        let jumped = readout.time < before || (!readout.playing && !was_playing && readout.time != before);
        match (was_playing, readout.playing) {
            _ if jumped => self.offer(Weight::Moment, || msg!("announce-moment", time = time)),
            (true, false) => self.offer(Weight::Moment, || msg!("announce-paused", time = time)),
            (false, true) => self.offer(Weight::Moment, || msg!("announce-running")),
            _ => {}
        }
        jumped
    }

    fn notice_lines(&mut self, history: &History, document: &Scenario, amount: Amount) {
        self.log.read(history, &View::default());
        let (lines, changes) = (self.log.lines(), history.record().rewrites());
        // Whoever changed the past did so with the last thing that was done.
        let from = match history.changes().last() {
            Some(applied) if changes != self.changes => {
                lines.partition_point(|l| l.notice.position() < applied.position)
            }
            _ => self.heard.min(lines.len()),
        };
        let count = lines.len();
        (self.heard, self.changes) = (count, changes);
        // Far more than can be said: the last are the news.
        for index in from.max(count.saturating_sub(20))..count {
            let Some(line) = self.log.lines().get(index).copied() else { return };
            let weight = match (line.notice.what, line.mark()) {
                // What is done to the document is heard where it is done.
                (Happening::Edited { .. }, _) => continue,
                (Happening::Done(_) | Happening::Sent { .. }, _) => Weight::Done,
                (Happening::Breaker { .. } | Happening::Fault { .. } | Happening::LostWork { .. }, _) => Weight::Turns,
                (_, Mark::Recovered | Mark::Again | Mark::QueueFull) => Weight::Turns,
                _ if amount == Amount::More => Weight::Begins,
                _ => continue,
            };
            let message = self.log.message(&line, document).zip(self.log.gist(&line, document));
            if let Some((text, gist)) = message {
                self.offer(weight, || News { text: text.into(), gist: gist.into() });
            }
        }
    }

    fn notice_health(&mut self, readout: &Readout, document: &Scenario, second: f64, amount: Amount) {
        let of_service = |s: &ServiceReadout| (s.id.clone(), s.health, s.success);
        let of_client = |c: &ClientReadout| (c.id.clone(), c.health, c.success);
        let serves = |s: &&ServiceReadout| readout.client(&s.id).is_none();
        let services = readout.services.iter().filter(serves).map(of_service);
        // How the clients fare comes last, and is said rather than the rest.
        let now: Vec<(Rc<str>, Health, Option<f64>)> = services.chain(readout.clients.iter().map(of_client)).collect();
        if amount == Amount::More && second >= self.settled {
            for (id, health, success) in &now {
                let before = self.health.iter().find(|(known, _)| known == id).map(|(_, health)| *health);
                let name = || document.services.iter().find(|s| *s.id == **id).map_or(&**id, |s| s.label());
                match (before, health) {
                    (Some(Health::Good | Health::Mixed), Health::Bad) => self.offer(Weight::Health, || {
                        msg!("announce-failing", name = name(), share = Share(success.unwrap_or(0.0)))
                    }),
                    (Some(Health::Bad | Health::Mixed), Health::Good) => {
                        self.offer(Weight::Health, || msg!("announce-well-again", name = name()));
                    }
                    _ => {}
                }
            }
        }
        self.health = now.into_iter().map(|(id, health, _)| (id, health)).collect();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chance::Seed;
    use crate::scenario::DroppedLegs;
    use crate::scenario::check::check;
    use crate::scenario::ready::find;
    use crate::scenario::topology::{LinkId, ServiceId, Topology};
    use crate::scene::run::watch::Watch;
    use crate::sim::Intervention;
    use crate::sim::history::Change;
    use crate::time::Span;
    use std::sync::Arc;

    /// A run that is watched at speed 1, ten looks a second, and what is said of it.
    struct Room {
        history: History,
        document: Scenario,
        speaker: Speaker,
        watch: Watch,
        playing: bool,
        second: f64,
        amount: Amount,
        said: Vec<(f64, String)>,
    }

    impl Room {
        fn with(id: &str, amount: Amount) -> Self {
            let document = Scenario::from_json(find(id).unwrap().text).unwrap();
            let topology = Topology { horizon: Time::MAX, ..check(&document).unwrap() };
            let history = History::new(Arc::new(topology), Seed(document.seed));
            let (speaker, watch) = (Speaker::default(), Watch::default());
            Room { history, document, speaker, watch, playing: true, second: 0.0, amount, said: Vec::new() }
        }

        fn look(&mut self) {
            let mut readout = self.watch.look(self.history.sim(), self.second);
            readout.playing = self.playing;
            let said = self.speaker.look(&self.history, &readout, &self.document, self.second, self.amount);
            self.said.extend(said.map(|text| (self.second, text.replace('\u{a0}', " "))));
        }

        fn wait(&mut self, seconds: f64) -> &mut Self {
            for _ in 0..(seconds * 10.0) as u32 {
                self.second += 0.1;
                if self.playing {
                    self.history.run_until(self.history.sim().now() + Span::millis(100), u64::MAX);
                }
                self.look();
            }
            self
        }

        fn act(&mut self, intervention: Intervention) -> &mut Self {
            self.history.apply(Change::Intervention(intervention));
            self.look();
            self
        }

        fn texts(&self) -> Vec<&str> {
            self.said.iter().map(|(_, text)| text.as_str()).collect()
        }
    }

    const CUT: Intervention = Intervention::Drop(LinkId(1), Some(DroppedLegs::Both));

    #[test]
    fn a_calm_run_is_not_talked_over() {
        let mut room = Room::with("overview", Amount::More);
        assert_eq!(room.wait(20.0).texts(), [""; 0]);
    }

    #[test]
    fn what_is_done_is_said_at_once_and_then_what_comes_of_it() {
        let mut room = Room::with("overview", Amount::More);
        room.wait(5.0).act(CUT);
        assert_eq!(room.texts(), ["By hand: the link from Bank account to Access privilege is cut."]);
        room.wait(8.0);
        let said = room.texts().join("\n");
        assert!(said.contains("Bank account gives up waiting for Access privilege"), "{said}");
        assert!(said.contains("of the answers are good"), "{said}");
    }

    #[test]
    fn sentences_come_at_a_pace_that_can_be_heard_and_none_is_said_twice_in_a_row() {
        for id in ["retry-storm", "breaker", "transfer", "down"] {
            let mut room = Room::with(id, Amount::More);
            for _ in 0..6 {
                room.wait(2.0).act(Intervention::Down(ServiceId(2), true));
                room.wait(2.0).act(Intervention::Down(ServiceId(2), false));
            }
            room.wait(10.0);
            assert!(room.said.len() > 5, "{id}: {:?}", room.said);
            for pair in room.said.windows(2) {
                assert!(pair[1].0 - pair[0].0 > PACE - 0.01 && pair[1].1 != pair[0].1, "{id}: {pair:?}");
            }
        }
    }

    #[test]
    fn the_same_news_about_another_request_are_no_news() {
        let line = |request: u32| msg!("log-line", event = msg!("log-wasted", service = "Stock", request = request));
        let gist = || msg!("log-wasted", service = "Stock", request = 0_u32);
        let mut speaker = Speaker { began: true, ..Speaker::default() };
        let mut offer = |request| {
            speaker.offer(Weight::Turns, || News { text: line(request).into(), gist: gist().into() });
            speaker.speak(f64::from(request) * 5.0)
        };
        assert_eq!(offer(1).as_deref(), Some("Stock finishes request #1, but nobody waits for it any more."));
        assert_eq!(offer(2), None);
    }

    #[test]
    fn nothing_is_caught_up_with() {
        let mut room = Room::with("retry-storm", Amount::More);
        room.wait(25.0);
        room.playing = false;
        let before = room.wait(PACE + 0.2).said.len();
        assert_eq!(room.texts().last(), Some(&"Paused at 25.0 s."));
        room.wait(30.0);
        assert_eq!(room.said.len(), before, "a pause is quiet: {:?}", room.said);
    }

    #[test]
    fn a_pause_a_jump_and_going_on_are_said() {
        let mut room = Room::with("overview", Amount::Less);
        room.wait(6.0);
        room.playing = false;
        room.wait(4.0);
        room.history.seek(Time::at(Span::millis(2_300)));
        room.wait(4.0);
        room.playing = true;
        room.wait(4.0);
        assert_eq!(room.texts(), ["Paused at 6.0 s.", "At 2.3 s.", "Running."]);
    }

    #[test]
    fn what_is_done_in_the_past_is_said() {
        let mut room = Room::with("retry-storm", Amount::Less);
        room.wait(20.0);
        room.history.seek(Time::at(Span::millis(300)));
        room.wait(0.5).act(CUT).wait(PACE);
        assert_eq!(room.texts().last(), Some(&"By hand: the link from Checkout to Orders is cut."));
    }

    #[test]
    fn what_is_more_important_is_said_first() {
        let mut speaker = Speaker { began: true, ..Speaker::default() };
        let news = |text: &str| News { text: text.into(), gist: text.into() };
        let mut offer = |weight, text: &str| speaker.offer(weight, || news(text));
        offer(Weight::Begins, "begins");
        offer(Weight::Done, "done");
        offer(Weight::Turns, "turns");
        assert_eq!(speaker.speak(1.0).as_deref(), Some("done"));
        assert_eq!(speaker.speak(9.0), None);
        speaker.offer(Weight::Turns, || news("a"));
        speaker.offer(Weight::Turns, || news("b"));
        assert_eq!((speaker.speak(10.0).as_deref(), speaker.speak(20.0)), (Some("b"), None));
    }

    #[test]
    fn less_says_less_and_off_says_nothing() {
        let said = |amount| {
            let mut room = Room::with("overview", amount);
            room.wait(3.0).act(CUT).wait(30.0);
            room.said.len()
        };
        let (more, less, off) = (said(Amount::More), said(Amount::Less), said(Amount::Off));
        assert!(more > less && less > 0 && off == 0, "{more} {less} {off}");
    }
}
