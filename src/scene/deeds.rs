//! What was done to the system, as marks on a line of time: faults of the schedule and by hand, edits, requests by hand.

use super::words;
use crate::scenario::topology::{FaultEffect, Link, LinkId, Service, ServiceId, Topology};
use crate::scenario::{DroppedLegs, Scenario};
use crate::sim::Intervention;
use crate::sim::history::{Deed, History};
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
    for act in history.acts() {
        let at = act.position.at;
        match &act.deed {
            Deed::Edit(next) => {
                by_hand.moment(at, MarkKind::Edit, edit_in_words(&topology, next, document));
                topology = next.clone();
            }
            Deed::Intervention(intervention) => by_hand.intervene(at, intervention, &topology, document),
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
        (None, None, Some(l), _) => format!("{} → {} changed", label(after, l.from), label(after, l.to)),
        (None, None, None, Some(s)) => format!("{} changed", name(&s.id, document)),
        (None, None, None, None) => "settings changed".into(),
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
            history.act(Deed::Intervention(intervention));
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
        history.act(Deed::Intervention(Intervention::Down(ServiceId(3), true)));
        history.run_until(at(1), u64::MAX);
        let mut changed = (**history.sim().topology()).clone();
        changed.links[0].timeout = None;
        history.act(Deed::Edit(Arc::new(changed.clone())));
        changed.services[3].workers = 9;
        history.act(Deed::Edit(Arc::new(changed)));
        let told = told(&history, &scenario);
        assert_eq!(
            told[1..],
            ["0 for on: Stock down", "1 for 0: Web shop → Checkout changed", "1 for 0: Stock changed"]
        );
    }
}
