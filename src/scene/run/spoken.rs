//! Announcements for screen readers: one sentence at a time, slow enough to follow.
//!
//! While a sentence is read, the most important news waits and the rest is dropped. A run without changes is silent, and
//! no sentence is repeated in a row. This file chooses the sentences; the page announces them.

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

/// The time between two announcements, in seconds.
pub const PACE: f64 = 3.0;
/// The time during which the same news is not announced again, in seconds.
const AGAIN: f64 = 20.0;
/// The time after a jump without announcements about health, in seconds: its rates start anew.
const SETTLES: f64 = 3.0;

/// The amount of announcements.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Amount {
    /// Also new failures and the health of services.
    More,
    /// Interventions and turning points.
    #[default]
    Less,
    /// Nothing.
    Off,
}

/// The importance of a sentence, the least first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Weight {
    Event,
    Health,
    TurningPoint,
    Playback,
    Intervention,
}

/// Chooses the announcements of a run.
#[derive(Debug, Default)]
pub struct Speaker {
    log: Log,
    /// The number of log lines already considered.
    seen: usize,
    rewrites: u64,
    /// Whether the speaker has seen the run before: its first state is no news.
    began: bool,
    playing: bool,
    time: Time,
    health: Vec<(Rc<str>, Health)>,
    settled: f64,
    waiting: Option<(Weight, News)>,
    /// The second of the last announcement.
    announced: Option<f64>,
    /// The seconds and topics of the recent announcements.
    recent: Vec<(f64, Value)>,
}

/// A sentence that may be announced.
#[derive(Debug)]
struct News {
    text: Value,
    /// Two sentences with one topic are the same news.
    topic: Value,
}

impl From<Message> for News {
    fn from(message: Message) -> Self {
        News { topic: Value::from(&message), text: Value::from(message) }
    }
}

impl Speaker {
    /// Announces a change of the document next.
    pub fn announce(&mut self, text: impl Into<Value>) {
        self.began = true;
        let text = text.into();
        self.offer(Weight::Intervention, || News { topic: text.clone(), text });
    }

    /// Follows a run. Returns the sentence to announce at this second of the page, if any.
    pub fn look(
        &mut self,
        history: &History,
        readout: &Readout,
        document: &Scenario,
        second: f64,
        amount: Amount,
    ) -> Option<String> {
        let jumped = self.notice_playback(readout);
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
        if self.announced.is_some_and(|at| second - at < PACE) {
            return None;
        }
        let (weight, news) = self.waiting.take()?;
        self.recent.retain(|(at, _)| second - at < AGAIN);
        // An intervention or a pause may be announced again, but not twice in a row.
        let skipped = if weight >= Weight::Playback { self.recent.len().saturating_sub(1) } else { 0 };
        if self.recent.iter().skip(skipped).any(|(_, topic)| *topic == news.topic) {
            return None;
        }
        self.recent.push((second, news.topic));
        self.announced = Some(second);
        Some(news.text.text())
    }

    /// Makes a sentence the next one, unless a more important one waits. Among equals the later one wins, because it is up
    /// to date; among events the first one wins.
    fn offer<N: Into<News>>(&mut self, weight: Weight, news: impl FnOnce() -> N) {
        let is_next = |waiting: &(Weight, News)| waiting.0 < weight || (waiting.0 == weight && weight > Weight::Event);
        if self.began && self.waiting.as_ref().is_none_or(is_next) {
            self.waiting = Some((weight, news().into()));
        }
    }

    /// Offers changes of playback. `true`: the run has jumped to another time.
    fn notice_playback(&mut self, readout: &Readout) -> bool {
        let (was_playing, before) = (self.playing, self.time);
        (self.playing, self.time) = (readout.playing, readout.time);
        let time = Seconds(readout.time.since_start(), 1);
        let jumped = readout.time < before || (!readout.playing && !was_playing && readout.time != before);
        match (was_playing, readout.playing) {
            _ if jumped => self.offer(Weight::Playback, || msg!("announce-moment", time = time)),
            (true, false) => self.offer(Weight::Playback, || msg!("announce-paused", time = time)),
            (false, true) => self.offer(Weight::Playback, || msg!("announce-running")),
            _ => {}
        }
        jumped
    }

    fn notice_lines(&mut self, history: &History, document: &Scenario, amount: Amount) {
        self.log.read(history, &View::default());
        let (lines, rewrites) = (self.log.lines(), history.record().rewrites());
        // The latest change rewrote the past: the news begins with it.
        let from = match history.changes().last() {
            Some(applied) if rewrites != self.rewrites => {
                lines.partition_point(|l| l.notice.position() < applied.position)
            }
            _ => self.seen.min(lines.len()),
        };
        let count = lines.len();
        (self.seen, self.rewrites) = (count, rewrites);
        // Twenty lines are more than anybody can follow, so older ones are skipped.
        for index in from.max(count.saturating_sub(20))..count {
            let Some(line) = self.log.lines().get(index).copied() else { return };
            let weight = match (line.notice.what, line.mark()) {
                // The editor announces its own changes.
                (Happening::Edited { .. }, _) => continue,
                (Happening::Done(_) | Happening::Sent { .. }, _) => Weight::Intervention,
                (Happening::Breaker { .. } | Happening::Fault { .. } | Happening::LostWork { .. }, _) => {
                    Weight::TurningPoint
                }
                (_, Mark::Recovered | Mark::Again | Mark::QueueFull) => Weight::TurningPoint,
                _ if amount == Amount::More => Weight::Event,
                _ => continue,
            };
            let message = self.log.message(&line, document).zip(self.log.topic(&line, document));
            if let Some((text, topic)) = message {
                self.offer(weight, || News { text: text.into(), topic: topic.into() });
            }
        }
    }

    fn notice_health(&mut self, readout: &Readout, document: &Scenario, second: f64, amount: Amount) {
        let of_service = |s: &ServiceReadout| (s.id.clone(), s.health, s.success);
        let of_client = |c: &ClientReadout| (c.id.clone(), c.health, c.success);
        let serves = |s: &&ServiceReadout| readout.client(&s.id).is_none();
        let services = readout.services.iter().filter(serves).map(of_service);
        // Clients come last, because the last sentence among equals is announced.
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

    /// A run at speed 1 with ten frames a second, and its announcements.
    struct Room {
        history: History,
        document: Scenario,
        speaker: Speaker,
        watch: Watch,
        playing: bool,
        second: f64,
        amount: Amount,
        announced: Vec<(f64, String)>,
    }

    impl Room {
        fn with(id: &str, amount: Amount) -> Self {
            let document = Scenario::from_json(find(id).unwrap().text).unwrap();
            let topology = Topology { horizon: Time::MAX, ..check(&document).unwrap() };
            let history = History::new(Arc::new(topology), Seed(document.seed));
            let (speaker, watch) = (Speaker::default(), Watch::default());
            Room { history, document, speaker, watch, playing: true, second: 0.0, amount, announced: Vec::new() }
        }

        fn look(&mut self) {
            let mut readout = self.watch.look(self.history.sim(), self.second);
            readout.playing = self.playing;
            let sentence = self.speaker.look(&self.history, &readout, &self.document, self.second, self.amount);
            self.announced.extend(sentence.map(|text| (self.second, text.replace('\u{a0}', " "))));
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
            self.announced.iter().map(|(_, text)| text.as_str()).collect()
        }
    }

    const CUT: Intervention = Intervention::Drop(LinkId(1), Some(DroppedLegs::Both));

    #[test]
    fn a_calm_run_is_silent() {
        let mut room = Room::with("overview", Amount::More);
        assert_eq!(room.wait(20.0).texts(), [""; 0]);
    }

    #[test]
    fn an_intervention_is_announced_at_once_and_its_effects_follow() {
        let mut room = Room::with("overview", Amount::More);
        room.wait(5.0).act(CUT);
        assert_eq!(room.texts(), ["By hand: the link from Bank account to Access privilege is cut."]);
        room.wait(8.0);
        let texts = room.texts().join("\n");
        assert!(texts.contains("Bank account gives up waiting for Access privilege"), "{texts}");
        assert!(texts.contains("of the answers are good"), "{texts}");
    }

    #[test]
    fn announcements_keep_their_pace_and_none_is_repeated_in_a_row() {
        for id in ["retry-storm", "breaker", "transfer", "down"] {
            let mut room = Room::with(id, Amount::More);
            for _ in 0..6 {
                room.wait(2.0).act(Intervention::Down(ServiceId(2), true));
                room.wait(2.0).act(Intervention::Down(ServiceId(2), false));
            }
            room.wait(10.0);
            assert!(room.announced.len() > 5, "{id}: {:?}", room.announced);
            for pair in room.announced.windows(2) {
                assert!(pair[1].0 - pair[0].0 > PACE - 0.01 && pair[1].1 != pair[0].1, "{id}: {pair:?}");
            }
        }
    }

    #[test]
    fn the_same_event_of_another_request_is_no_news() {
        let line = |request: u32| msg!("log-line", event = msg!("log-wasted", service = "Stock", request = request));
        let topic = || msg!("log-wasted", service = "Stock", request = 0_u32);
        let mut speaker = Speaker { began: true, ..Speaker::default() };
        let mut offer = |request| {
            speaker.offer(Weight::TurningPoint, || News { text: line(request).into(), topic: topic().into() });
            speaker.speak(f64::from(request) * 5.0)
        };
        assert_eq!(offer(1).as_deref(), Some("Stock finishes request #1, but nobody waits for it any more."));
        assert_eq!(offer(2), None);
    }

    #[test]
    fn news_is_dropped_and_not_announced_late() {
        let mut room = Room::with("retry-storm", Amount::More);
        room.wait(25.0);
        room.playing = false;
        let before = room.wait(PACE + 0.2).announced.len();
        assert_eq!(room.texts().last(), Some(&"Paused at 25.0 s."));
        room.wait(30.0);
        assert_eq!(room.announced.len(), before, "a pause is quiet: {:?}", room.announced);
    }

    #[test]
    fn a_pause_a_jump_and_resuming_are_announced() {
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
    fn an_intervention_in_the_past_is_announced() {
        let mut room = Room::with("retry-storm", Amount::Less);
        room.wait(20.0);
        room.history.seek(Time::at(Span::millis(300)));
        room.wait(0.5).act(CUT).wait(PACE);
        assert_eq!(room.texts().last(), Some(&"By hand: the link from Checkout to Orders is cut."));
    }

    #[test]
    fn the_most_important_news_is_announced_first() {
        let mut speaker = Speaker { began: true, ..Speaker::default() };
        let news = |text: &str| News { text: text.into(), topic: text.into() };
        let mut offer = |weight, text: &str| speaker.offer(weight, || news(text));
        offer(Weight::Event, "begins");
        offer(Weight::Intervention, "done");
        offer(Weight::TurningPoint, "turns");
        assert_eq!(speaker.speak(1.0).as_deref(), Some("done"));
        assert_eq!(speaker.speak(9.0), None);
        speaker.offer(Weight::TurningPoint, || news("a"));
        speaker.offer(Weight::TurningPoint, || news("b"));
        assert_eq!((speaker.speak(10.0).as_deref(), speaker.speak(20.0)), (Some("b"), None));
    }

    #[test]
    fn less_announces_less_and_off_announces_nothing() {
        let count = |amount| {
            let mut room = Room::with("overview", amount);
            room.wait(3.0).act(CUT).wait(30.0);
            room.announced.len()
        };
        let (more, less, off) = (count(Amount::More), count(Amount::Less), count(Amount::Off));
        assert!(more > less && less > 0 && off == 0, "{more} {less} {off}");
    }
}
