//! The changes of a system as marks on the timeline: scheduled faults, faults by hand, edits, requests by hand.

use crate::scenario::topology::{FaultEffect, Link, LinkId, Service, ServiceId, Topology};
use crate::scenario::{DroppedLegs, Scenario};
use crate::sim::Intervention;
use crate::sim::history::{Change, History};
use crate::text::{Id, Message, Share, Value};
use crate::time::{Span, Time};
use crate::{id, msg};
use std::sync::Arc;

/// A change of the system.
#[derive(Clone, Debug, PartialEq)]
pub struct TimelineMark {
    /// The beginning.
    pub from: Time,
    /// The end; [`Time::MAX`]: it goes on; equal to `from`: an instant.
    pub until: Time,
    /// The label.
    pub text: Message,
    /// The kind.
    pub kind: MarkKind,
}

/// The kind of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkKind {
    /// A fault, scheduled or by hand.
    Fault,
    /// An edit of the settings.
    Edit,
    /// A request by hand.
    Sent,
}

/// All marks of a run: first the scheduled ones, then the others in the order of time.
pub fn timeline_marks(history: &History, document: &Scenario) -> Vec<TimelineMark> {
    let current = history.sim().topology();
    let scheduled = current.faults.iter().map(|f| TimelineMark {
        from: f.from,
        until: f.until,
        text: effect(&f.effect, current, document),
        kind: MarkKind::Fault,
    });
    let mut marks: Vec<TimelineMark> = scheduled.collect();
    let mut by_hand = ByHand { marks: Vec::new(), open: Vec::new() };
    let mut topology = history.first_topology().clone();
    for applied in history.changes() {
        let at = applied.position.at;
        match &applied.change {
            Change::Edit(next) => {
                by_hand.moment(at, MarkKind::Edit, edit(&topology, next, document));
                topology = next.clone();
            }
            Change::Intervention(intervention) => by_hand.intervene(at, intervention, &topology, document),
        }
    }
    marks.append(&mut by_hand.marks);
    marks
}

/// The target of a fault by hand, which has at most one fault of a kind.
#[derive(Clone, Debug, PartialEq)]
enum Target {
    Down(String),
    Slow(String),
    Failing(String),
    Drop(String),
    Delay(String),
}

struct ByHand {
    marks: Vec<TimelineMark>,
    /// Faults that go on, with their indices in `marks`.
    open: Vec<(Target, usize)>,
}

impl ByHand {
    fn moment(&mut self, at: Time, kind: MarkKind, text: Message) {
        self.marks.push(TimelineMark { from: at, until: at, text, kind });
    }

    /// Ends the fault of the target, and begins one with this text if there is one.
    fn change(&mut self, at: Time, target: Target, text: Option<Message>) {
        if let Some(place) = self.open.iter().position(|(known, _)| *known == target) {
            let (_, mark) = self.open.swap_remove(place);
            if let Some(mark) = self.marks.get_mut(mark) {
                mark.until = at;
            }
        }
        if let Some(text) = text {
            self.open.push((target, self.marks.len()));
            self.marks.push(TimelineMark { from: at, until: Time::MAX, text, kind: MarkKind::Fault });
        }
    }

    fn intervene(&mut self, at: Time, what: &Intervention, t: &Arc<Topology>, document: &Scenario) {
        let service = |id: ServiceId| t.services.get(id.index()).map_or(String::new(), |s| s.id.clone());
        let link = |id: LinkId| t.links.get(id.index()).map_or(String::new(), |l| l.id.clone());
        let text = |fault: FaultEffect, is_on: bool| is_on.then(|| effect(&fault, t, document));
        match *what {
            Intervention::Send(client) => {
                let text = msg!("change-sends", client = name(&service(client), document));
                self.moment(at, MarkKind::Sent, text);
            }
            Intervention::Lose(_) => self.moment(at, MarkKind::Fault, msg!("change-drops-message")),
            Intervention::Down(id, down) => {
                self.change(at, Target::Down(service(id)), text(FaultEffect::Down(id), down));
            }
            Intervention::Slow(id, f) => {
                self.change(at, Target::Slow(service(id)), text(FaultEffect::Slow(id, f), f != 1.0));
            }
            Intervention::Failing(id, p) => {
                self.change(at, Target::Failing(service(id)), text(FaultEffect::Failing(id, p), p > 0.0));
            }
            Intervention::Drop(id, legs) => {
                let legs_lost = legs.unwrap_or(DroppedLegs::Both);
                self.change(at, Target::Drop(link(id)), text(FaultEffect::Drop(id, legs_lost), legs.is_some()));
            }
            Intervention::Delay(id, added) => {
                self.change(at, Target::Delay(link(id)), text(FaultEffect::Delay(id, added), added > Span::ZERO));
            }
        }
    }
}

/// The room of a label, in pixels of its line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LabelPlace {
    /// The left end.
    pub left: f64,
    /// The width.
    pub width: f64,
    /// Whether the label is before its mark and ends there.
    pub before: bool,
}

impl LabelPlace {
    /// The number of letters that fit.
    pub fn letters(&self) -> usize {
        (self.width / LETTER) as usize
    }
}

/// The width of a letter, in pixels.
const LETTER: f64 = 7.2;
/// The gap between a mark and its label, and between a label and the next mark.
const GAP: f64 = 8.0;
/// The narrowest useful label.
const LEAST: f64 = 44.0;

/// The room of each label on a line of this width, if there is any: within the mark, else after it, else before it, and
/// never over another mark. Marks are sorted from left to right, each with its left end, its right end and the letters
/// of its label; 0 for no label.
pub fn label_places(marks: &[(f64, f64, usize)], width: f64) -> Vec<Option<LabelPlace>> {
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

/// `Orders → Stock`, in every language.
fn link_name(t: &Topology, link: &Link, document: &Scenario) -> String {
    let label = |id: ServiceId| t.services.get(id.index()).map_or("", |s| name(&s.id, document));
    format!("{} → {}", label(link.from), label(link.to))
}

/// The effect of a fault, in a few words.
fn effect(effect: &FaultEffect, t: &Topology, document: &Scenario) -> Message {
    let service = |id: &ServiceId| t.services.get(id.index()).map_or("", |s| name(&s.id, document));
    let link = |id: &LinkId| t.links.get(id.index()).map_or(String::new(), |l| link_name(t, l, document));
    match effect {
        FaultEffect::Down(id) => msg!("change-down", service = service(id)),
        FaultEffect::Slow(id, factor) => msg!("change-slow", service = service(id), factor = *factor),
        FaultEffect::Failing(id, share) => msg!("change-fails", service = service(id), share = Share(*share)),
        FaultEffect::Drop(id, DroppedLegs::Both) => msg!("change-cut", link = link(id)),
        FaultEffect::Drop(id, DroppedLegs::Request) => msg!("change-requests-lost", link = link(id)),
        FaultEffect::Drop(id, DroppedLegs::Response) => msg!("change-responses-lost", link = link(id)),
        FaultEffect::Delay(id, added) => msg!("change-delay", added = *added, link = link(id)),
    }
}

/// The first difference between two topologies, in a few words.
pub fn edit(before: &Topology, after: &Topology, document: &Scenario) -> Message {
    let new = after.services.iter().find(|s| before.services.iter().all(|b| b.id != s.id));
    let gone = before.services.iter().find(|b| after.services.iter().all(|s| s.id != b.id));
    let link = after.links.iter().find(|l| {
        let old = before.links.iter().find(|b| b.id == l.id);
        old.is_none_or(|b| Link { from: b.from, to: b.to, ..(*l).clone() } != *b)
    });
    let differs =
        |s: &&Service| before.services.iter().any(|b| b.id == s.id && (&b.workers, &b.work) != (&s.workers, &s.work));
    let service = after.services.iter().find(differs);
    match (new, gone, link, service) {
        (Some(new), ..) => msg!("change-added", thing = name(&new.id, document)),
        (None, Some(gone), ..) => msg!("change-removed", thing = name(&gone.id, document)),
        (None, None, Some(link), _) => {
            let ends = link_name(after, link, document);
            match before.links.iter().find(|b| b.id == link.id) {
                Some(old) => edit_of_link(old, link, ends),
                None => msg!("change-added", thing = ends),
            }
        }
        (None, None, None, Some(s)) => msg!("change-service", service = name(&s.id, document)),
        (None, None, None, None) => msg!("change-settings"),
    }
}

/// The first difference of a link, with its numbers if any.
fn edit_of_link(old: &Link, new: &Link, link: String) -> Message {
    let length = |span: Option<Span>| span.map_or(Value::from(id!("change-none")), Value::from);
    let attempts = |link: &Link| link.retry.as_ref().map_or(1, |retry| retry.max_attempts);
    if old.timeout != new.timeout {
        return msg!("change-timeout", before = length(old.timeout), after = length(new.timeout), link = link);
    }
    if attempts(old) != attempts(new) {
        return msg!("change-attempts", before = attempts(old), after = attempts(new), link = link);
    }
    let policies: [(Id, bool); 11] = [
        (id!("change-of-breaker"), old.breaker != new.breaker),
        (id!("change-of-hedge"), old.hedge != new.hedge),
        (id!("change-of-bulkhead"), old.bulkhead != new.bulkhead),
        (id!("change-of-deadline"), old.deadline != new.deadline),
        (id!("change-of-fallback"), old.fallback != new.fallback),
        (id!("change-of-retry"), old.retry != new.retry),
        (id!("change-of-delay"), old.delay != new.delay),
        (id!("change-of-loss"), old.loss != new.loss),
        (id!("change-of-request-id"), old.request_id != new.request_id),
        (id!("change-of-ask"), old.ask != new.ask),
        (id!("change-of-compensation"), old.compensate != new.compensate),
    ];
    match policies.into_iter().find(|(_, differs)| *differs) {
        Some((policy, _)) => msg!("change-policy", policy = policy, link = link),
        None => msg!("change-link", link = link),
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

    fn listed(history: &History, scenario: &Scenario) -> Vec<String> {
        let until = |mark: &TimelineMark| match mark.until {
            Time::MAX => "on".into(),
            until => until.since(mark.from).as_secs_f64().to_string(),
        };
        let line = |c: TimelineMark| {
            let text = c.text.text().replace('\u{a0}', " ");
            format!("{} for {}: {text}", c.from.since_start().as_secs_f64(), until(&c))
        };
        timeline_marks(history, scenario).into_iter().map(line).collect()
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
        assert_eq!(listed(&history, &scenario), expected);
    }

    #[test]
    fn an_edit_names_the_difference_and_marks_keep_their_names_after_it() {
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
        let listed = listed(&history, &scenario);
        assert_eq!(
            listed[1..],
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
        let placed = |marks: &[(f64, f64, usize)]| label_places(marks, 600.0).iter().map(at).collect::<Vec<_>>();
        assert_eq!(placed(&[(100.0, 100.0, 10)]), [Some((108.0, 188.0, false))], "after a dot");
        assert_eq!(placed(&[(100.0, 400.0, 10)]), [Some((108.0, 188.0, false))], "in a band");
        assert_eq!(placed(&[(100.0, 120.0, 10)]), [Some((128.0, 208.0, false))], "after a band that is too short");
        assert_eq!(placed(&[(580.0, 600.0, 10)]), [Some((492.0, 572.0, true))], "before the edge");
        let crowd = [(10.0, 10.0, 20), (30.0, 30.0, 20), (100.0, 100.0, 20), (130.0, 130.0, 0)];
        assert_eq!(placed(&crowd), [None, Some((38.0, 92.0, false)), None, None], "cut at the next, or none at all");
        let late = [(300.0, 300.0, 10), (560.0, 560.0, 30)];
        assert_eq!(placed(&late), [Some((308.0, 388.0, false)), Some((396.0, 552.0, true))]);
    }
}
