//! What was done to the system, as marks on a line of time: faults of the schedule and by hand, edits, requests by hand.

use crate::scenario::topology::{FaultEffect, Link, LinkId, Service, ServiceId, Topology};
use crate::scenario::{DroppedLegs, Scenario};
use crate::scene::words;
use crate::sim::Intervention;
use crate::sim::history::{Change, History};
use crate::time::{Span, Time};
use std::sync::Arc;

/// Something that was done.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// Since when.
    pub from: Time,
    /// Until when; [`Time::MAX`]: it goes on; `from` itself: it was done in a moment.
    pub until: Time,
    /// In a few words.
    pub text: String,
    /// What kind of thing.
    pub kind: MarkKind,
}

/// What kind of thing was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkKind {
    /// Something fails, on schedule or by hand.
    Fault,
    /// The settings were changed.
    Edit,
    /// A request was sent by hand.
    Sent,
}

/// All marks of a run, those of the schedule first, else in the order of time.
pub fn marks(history: &History, document: &Scenario) -> Vec<Mark> {
    let current = history.sim().topology();
    let scheduled = current.faults.iter().map(|f| Mark {
        from: f.from,
        until: f.until,
        text: effect_in_words(&f.effect, current, document),
        kind: MarkKind::Fault,
    });
    let mut marks: Vec<Mark> = scheduled.collect();
    let mut by_hand = ByHand { marks: Vec::new(), open: Vec::new() };
    let mut topology = history.first_topology().clone();
    for applied in history.changes() {
        let at = applied.position.at;
        match &applied.change {
            Change::Edit(next) => {
                by_hand.moment(at, MarkKind::Edit, edit_in_words(&topology, next, document));
                topology = next.clone();
            }
            Change::Intervention(intervention) => by_hand.intervene(at, intervention, &topology, document),
        }
    }
    marks.append(&mut by_hand.marks);
    marks
}

/// The thing that a fault by hand is about: only one fault of a kind is on it at a time.
#[derive(Clone, Debug, PartialEq)]
enum About {
    Down(String),
    Slow(String),
    Failing(String),
    Drop(String),
    Delay(String),
}

struct ByHand {
    marks: Vec<Mark>,
    /// Faults that go on, with the places of their marks.
    open: Vec<(About, usize)>,
}

impl ByHand {
    fn moment(&mut self, at: Time, kind: MarkKind, text: String) {
        self.marks.push(Mark { from: at, until: at, text, kind });
    }

    /// What was on the thing ends, and `effect` begins, if there is one.
    fn change(&mut self, at: Time, about: About, effect: Option<String>) {
        if let Some(place) = self.open.iter().position(|(a, _)| *a == about) {
            let (_, mark) = self.open.swap_remove(place);
            if let Some(mark) = self.marks.get_mut(mark) {
                mark.until = at;
            }
        }
        if let Some(text) = effect {
            self.open.push((about, self.marks.len()));
            self.marks.push(Mark { from: at, until: Time::MAX, text, kind: MarkKind::Fault });
        }
    }

    fn intervene(&mut self, at: Time, what: &Intervention, t: &Arc<Topology>, document: &Scenario) {
        let service = |id: ServiceId| t.services.get(id.index()).map_or(String::new(), |s| s.id.clone());
        let link = |id: LinkId| t.links.get(id.index()).map_or(String::new(), |l| l.id.clone());
        let words = |effect: FaultEffect, is_on: bool| is_on.then(|| effect_in_words(&effect, t, document));
        match *what {
            Intervention::Send(client) => {
                self.moment(at, MarkKind::Sent, format!("{} sends", name(&service(client), document)));
            }
            Intervention::Lose(_) => self.moment(at, MarkKind::Fault, "a message dropped".into()),
            Intervention::Down(id, down) => {
                self.change(at, About::Down(service(id)), words(FaultEffect::Down(id), down));
            }
            Intervention::Slow(id, f) => {
                self.change(at, About::Slow(service(id)), words(FaultEffect::Slow(id, f), f != 1.0));
            }
            Intervention::Failing(id, p) => {
                self.change(at, About::Failing(service(id)), words(FaultEffect::Failing(id, p), p > 0.0));
            }
            Intervention::Drop(id, legs) => {
                let legs_lost = legs.unwrap_or(DroppedLegs::Both);
                self.change(at, About::Drop(link(id)), words(FaultEffect::Drop(id, legs_lost), legs.is_some()));
            }
            Intervention::Delay(id, added) => {
                self.change(at, About::Delay(link(id)), words(FaultEffect::Delay(id, added), added > Span::ZERO));
            }
        }
    }
}

/// Where the words of a mark stand, in pixels of its line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LabelPlace {
    /// Where their room begins.
    pub left: f64,
    /// How wide it is.
    pub width: f64,
    /// Whether they stand before their mark, and end at it.
    pub before: bool,
}

impl LabelPlace {
    /// How many letters it has room for.
    pub fn letters(&self) -> usize {
        (self.width / LETTER) as usize
    }
}

/// The room that words need, in pixels, a letter.
const LETTER: f64 = 7.2;
/// Between a mark and its words, and between words and the next mark.
const GAP: f64 = 8.0;
/// Words in less room than this say nothing.
const LEAST: f64 = 44.0;

/// For each mark of a line of this width the room of its words, if there is some: in its band where they fit, else
/// after it, else before it, and never over another mark. Marks are given from left to right: where they begin and end,
/// and how many letters they have, none for those that need no words.
pub fn places(marks: &[(f64, f64, usize)], width: f64) -> Vec<Option<LabelPlace>> {
    let mut taken = 0.0;
    let mut places = Vec::with_capacity(marks.len());
    for (index, &(from, until, letters)) in marks.iter().enumerate() {
        let next = marks.get(index + 1).map_or(width, |next| next.0);
        let wanted = letters as f64 * LETTER + GAP;
        let band = (until > from).then(|| (from + GAP, until.min(next) - GAP));
        let after = (until.max(taken) + GAP, next - GAP);
        let before = (taken + GAP, from - GAP);
        let room = |(left, right): &(f64, f64)| right - left;
        let candidates =
            || [band.map(|it| (it, false)), Some((after, false)), Some((before, true))].into_iter().flatten();
        let fits = candidates().find(|(it, _)| room(it) >= wanted);
        let widest = || candidates().max_by(|a, b| room(&a.0).total_cmp(&room(&b.0)));
        let best = fits.or_else(widest).filter(|(it, _)| letters > 0 && room(it) >= LEAST);
        let place = best.map(|((left, right), before)| {
            let width = wanted.min(right - left);
            LabelPlace { left: if before { right - width } else { left }, width, before }
        });
        taken =
            place.filter(|place| !place.before).map_or(until, |place| place.left + place.width).max(until).max(taken);
        places.push(place);
    }
    places
}

fn name<'a>(id: &'a str, document: &'a Scenario) -> &'a str {
    document.services.iter().find(|s| s.id == id).map_or(id, |s| s.label())
}

/// What a fault does, in a few words.
pub fn effect_in_words(effect: &FaultEffect, t: &Topology, document: &Scenario) -> String {
    let service = |id: &ServiceId| t.services.get(id.index()).map_or("", |s| name(&s.id, document));
    let link = |id: &LinkId| {
        let ends = t.links.get(id.index()).map(|l| (service(&l.from), service(&l.to)));
        ends.map_or(String::new(), |(from, to)| format!("{from} → {to}"))
    };
    match effect {
        FaultEffect::Down(id) => format!("{} down", service(id)),
        FaultEffect::Slow(id, factor) => format!("{} {factor}× slower", service(id)),
        FaultEffect::Failing(id, p) => format!("{} fails {}", service(id), words::percent(*p)),
        FaultEffect::Drop(id, DroppedLegs::Both) => format!("{} cut", link(id)),
        FaultEffect::Drop(id, DroppedLegs::Request) => format!("requests lost, {}", link(id)),
        FaultEffect::Drop(id, DroppedLegs::Response) => format!("responses lost, {}", link(id)),
        FaultEffect::Delay(id, added) => format!("+{}, {}", words::span(*added), link(id)),
    }
}

/// What is different, in a few words: the first thing that changed.
pub(super) fn edit_in_words(before: &Topology, after: &Topology, document: &Scenario) -> String {
    let label = |t: &Topology, id: ServiceId| {
        t.services.get(id.index()).map_or(String::new(), |s| name(&s.id, document).to_string())
    };
    let is_new = after.services.iter().find(|s| before.services.iter().all(|b| b.id != s.id));
    let is_gone = before.services.iter().find(|b| after.services.iter().all(|s| s.id != b.id));
    let link = after.links.iter().find(|l| {
        let old = before.links.iter().find(|b| b.id == l.id);
        old.is_none_or(|b| Link { from: b.from, to: b.to, ..(*l).clone() } != *b)
    });
    let differs =
        |s: &&Service| before.services.iter().any(|b| b.id == s.id && (&b.workers, &b.work) != (&s.workers, &s.work));
    let service = after.services.iter().find(differs);
    match (is_new, is_gone, link, service) {
        (Some(new), ..) => format!("{} added", name(&new.id, document)),
        (None, Some(gone), ..) => format!("{} removed", name(&gone.id, document)),
        (None, None, Some(l), _) => {
            let ends = format!("{} → {}", label(after, l.from), label(after, l.to));
            match before.links.iter().find(|b| b.id == l.id) {
                Some(old) => format!("{}, {ends}", change_in_words(old, l)),
                None => format!("{ends} added"),
            }
        }
        (None, None, None, Some(s)) => format!("{} changed", name(&s.id, document)),
        (None, None, None, None) => "settings changed".into(),
    }
}

/// What is different about a link, in a few words: the first thing that changed, with its figures where there is one.
fn change_in_words(old: &Link, new: &Link) -> String {
    let length = |span: Option<Span>| span.map_or("none".into(), words::span);
    let attempts = |link: &Link| link.retry.as_ref().map_or(1, |retry| retry.max_attempts);
    let named = [
        ("breaker", old.breaker != new.breaker),
        ("hedge", old.hedge != new.hedge),
        ("bulkhead", old.bulkhead != new.bulkhead),
        ("deadline", old.deadline != new.deadline),
        ("fallback", old.fallback != new.fallback),
        ("retry", old.retry != new.retry),
        ("delay", old.delay != new.delay),
        ("loss", old.loss != new.loss),
        ("request id", old.request_id != new.request_id),
        ("status query", old.ask != new.ask),
        ("compensation", old.compensate != new.compensate),
    ];
    match named.iter().find(|(_, differs)| *differs) {
        _ if old.timeout != new.timeout => format!("timeout: {} → {}", length(old.timeout), length(new.timeout)),
        _ if attempts(old) != attempts(new) => format!("attempts: {} → {}", attempts(old), attempts(new)),
        Some((name, _)) => format!("{name} changed"),
        None => "settings changed".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chance::Seed;
    use crate::scenario::check::check;
    use crate::scenario::ready::find;

    fn storm() -> (History, Scenario) {
        let scenario = Scenario::from_json(find("retry-storm").unwrap().text).unwrap();
        let topology = Topology { horizon: Time::MAX, ..check(&scenario).unwrap() };
        (History::new(Arc::new(topology), Seed(1)), scenario)
    }

    fn at(seconds: u64) -> Time {
        Time::at(Span::secs(seconds))
    }

    fn told(history: &History, scenario: &Scenario) -> Vec<String> {
        let until = |mark: &Mark| match mark.until {
            Time::MAX => "on".into(),
            until => until.since(mark.from).as_secs_f64().to_string(),
        };
        let line = |m: Mark| format!("{} for {}: {}", m.from.since_start().as_secs_f64(), until(&m), m.text);
        marks(history, scenario).into_iter().map(line).collect()
    }

    #[test]
    fn a_fault_by_hand_lasts_until_it_is_taken_back() {
        let (mut history, scenario) = storm();
        let (stock, link) = (ServiceId(3), LinkId(1));
        let mut act = |seconds, intervention| {
            history.run_until(at(seconds), u64::MAX);
            history.apply(Change::Intervention(intervention));
        };
        act(1, Intervention::Down(stock, true));
        act(2, Intervention::Delay(link, Span::secs(1)));
        act(3, Intervention::Down(stock, false));
        act(4, Intervention::Delay(link, Span::millis(500)));
        act(5, Intervention::Send(ServiceId(0)));
        let expected = [
            "1 for 5: Stock 10× slower",
            "1 for 2: Stock down",
            "2 for 2: +1 s, Checkout → Orders",
            "4 for on: +500 ms, Checkout → Orders",
            "5 for 0: Web shop sends",
        ];
        assert_eq!(told(&history, &scenario), expected);
    }

    #[test]
    fn an_edit_tells_what_changed_and_marks_keep_their_names_after_it() {
        let (mut history, scenario) = storm();
        history.apply(Change::Intervention(Intervention::Down(ServiceId(3), true)));
        history.run_until(at(1), u64::MAX);
        let mut changed = (**history.sim().topology()).clone();
        changed.links[0].timeout = None;
        history.apply(Change::Edit(Arc::new(changed.clone())));
        changed.links[2].retry = None;
        history.apply(Change::Edit(Arc::new(changed.clone())));
        changed.services[3].workers = 9;
        history.apply(Change::Edit(Arc::new(changed)));
        let told = told(&history, &scenario);
        assert_eq!(
            told[1..],
            [
                "0 for on: Stock down",
                "1 for 0: timeout: 3 s → none, Web shop → Checkout",
                "1 for 0: attempts: 3 → 1, Orders → Stock",
                "1 for 0: Stock changed"
            ]
        );
    }

    #[test]
    fn words_stand_where_there_is_room_and_never_over_another_mark() {
        let at = |place: &Option<LabelPlace>| place.map(|p| (p.left.round(), (p.left + p.width).round(), p.before));
        let told = |marks: &[(f64, f64, usize)]| places(marks, 600.0).iter().map(at).collect::<Vec<_>>();
        assert_eq!(told(&[(100.0, 100.0, 10)]), [Some((108.0, 188.0, false))], "after a dot");
        assert_eq!(told(&[(100.0, 400.0, 10)]), [Some((108.0, 188.0, false))], "in a band");
        assert_eq!(told(&[(100.0, 120.0, 10)]), [Some((128.0, 208.0, false))], "after a band that is too short");
        assert_eq!(told(&[(580.0, 600.0, 10)]), [Some((492.0, 572.0, true))], "before the edge");
        let crowd = [(10.0, 10.0, 20), (30.0, 30.0, 20), (100.0, 100.0, 20), (130.0, 130.0, 0)];
        assert_eq!(told(&crowd), [None, Some((38.0, 92.0, false)), None, None], "cut at the next, or none at all");
        let late = [(300.0, 300.0, 10), (560.0, 560.0, 30)];
        assert_eq!(told(&late), [Some((308.0, 388.0, false)), Some((396.0, 552.0, true))]);
    }
}
