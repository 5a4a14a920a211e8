//! The faces of boxes and links: every number is rounded to what is visible, so that an equal face needs no new
//! drawing.

use super::words;
use crate::policy::breaker::State;
use crate::scenario::{Kind, Link, Scenario, Service};
use crate::scene::run::readout::{Badge, ClientReadout, LinkReadout, Readout, ServiceReadout};
use crate::scene::run::steady::Health;
use crate::text::{Count, Id, Message, Rate, Share, Value, duration};
use crate::time::Span;
use crate::{id, msg, t};

/// The most workers drawn one by one; more become a bar.
pub const SLOTS: u32 = 12;

/// The width of the meters of a box.
pub const BAR: f64 = 84.0;

/// The distance between `slots` workers, smaller for more of them so that all fit the box.
pub fn slot_step(slots: usize) -> f64 {
    (BAR / slots.max(1) as f64).min(15.0)
}

/// A box.
#[derive(Clone, Debug, PartialEq)]
pub struct ServiceFace {
    /// The full name.
    pub name: String,
    /// The kind, shown by the border.
    pub kind: Kind,
    /// The line under the name.
    pub sub: String,
    /// The meters; `None` for clients.
    pub meters: Option<Meters>,
    /// The health of its answers, or of a client's requests.
    pub health: Health,
    /// Whether it is down.
    pub down: bool,
    /// The current fault, e.g. `10× slower`.
    pub fault: Option<String>,
    /// Its recent drops.
    pub badges: Vec<Badge>,
    /// Its ledger.
    pub ledger: Option<Ledger>,
    /// For a client: the number of requests sent, and of pending requests.
    pub requests: Option<(u64, u64)>,
    /// The number of its warnings.
    pub warnings: usize,
}

/// The meters of a service.
#[derive(Clone, Debug, PartialEq)]
pub struct Meters {
    /// The workers.
    pub workers: Workers,
    /// The queue: per cent of the bar, and the number where there is one.
    pub queue: (u8, String),
    /// Per cent of good answers; `None` without answers.
    pub answers: Option<u8>,
}

/// The workers of a service.
#[derive(Clone, Debug, PartialEq)]
pub enum Workers {
    /// Each worker.
    Slots(Vec<Slot>),
    /// Per cent of useful work, per cent held or wasted, and the number of busy workers.
    Bar(u8, u8, String),
}

/// A worker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot {
    /// At work.
    Working,
    /// Waiting for calls of its request.
    Held,
    /// At work although the caller has given up.
    Wasted,
    /// Idle.
    Free,
}

/// The card under a service with an effect.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ledger {
    /// The name of the effect, e.g. `transfer`.
    pub effect: String,
    /// The latest entries.
    pub rows: Vec<LedgerRow>,
    /// The line at the bottom.
    pub sum: String,
    /// The sum in a few characters, e.g. `3, 1 twice`.
    pub brief: String,
    /// Whether the sum reports a problem.
    pub doubled: bool,
}

/// An entry of a ledger.
#[derive(Clone, Debug, PartialEq)]
pub struct LedgerRow {
    /// The booked request.
    pub request: u64,
    /// The number of the request, and a remark.
    pub text: String,
    /// The time.
    pub at: String,
    /// The look.
    pub kind: Row,
}

/// The look of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Row {
    /// The first of its intent.
    First,
    /// A duplicate.
    Duplicate,
    /// Reversed.
    TakenBack,
    /// Booked, although the client got a failure.
    Unknown,
}

impl ServiceFace {
    /// The face of the service with this index, with the numbers of a run if it is part of one.
    pub fn of(scenario: &Scenario, index: usize, service: &Service, readout: &Readout) -> Self {
        let live = readout.service(index, &service.id);
        let client = readout.client(&service.id);
        let mut face = ServiceFace {
            name: service.label().to_string(),
            kind: service.kind,
            sub: words::subtitle(service, scenario).text(),
            meters: None,
            health: live.map_or(Health::Idle, |s| s.health),
            down: live.is_some_and(|s| s.view.down),
            fault: live.and_then(fault),
            badges: live.map(|s| s.badges.clone()).unwrap_or_default(),
            ledger: service.effect.as_ref().map(|effect| ledger(effect, live)),
            requests: client.map(|client| (client.view.sent, client.view.pending)),
            warnings: 0,
        };
        match (service.kind, client) {
            (Kind::Client, Some(client)) => {
                face.health = client.health;
                face.sub = client_line(&face.sub, client);
            }
            (Kind::Client, None) => {}
            (Kind::Service | Kind::External | Kind::Stub, _) => face.meters = Some(meters(service, live)),
        }
        face
    }

    /// The description for a screen reader: kind and numbers.
    pub fn spoken(&self) -> String {
        let mut text = msg!("spoken-thing", name = &self.name, kind = words::kind(self.kind));
        let mut add = |more: Value| text = msg!("spoken-with", text = &text, more = more);
        if let Some((sent, pending)) = self.requests {
            add(msg!("spoken-client", sent = sent, pending = pending).into());
        }
        if let Some(fault) = &self.fault {
            add(fault.into());
        }
        match self.health {
            Health::Idle => {}
            Health::Good => add(id!("spoken-good").into()),
            Health::Mixed => add(id!("spoken-mixed").into()),
            Health::Bad => add(id!("spoken-bad").into()),
        }
        if let Some(ledger) = &self.ledger {
            add(msg!("spoken-ledger", sum = &ledger.sum).into());
        }
        if self.warnings > 0 {
            add(msg!("spoken-warnings", count = self.warnings).into());
        }
        text.text()
    }
}

fn client_line(subtitle: &str, client: &ClientReadout) -> String {
    match (client.success, client.latency) {
        (Some(good), Some(latency)) => t!("stage-client-line", good = Share(good), latency = latency),
        _ => subtitle.to_string(),
    }
}

fn fault(service: &ServiceReadout) -> Option<String> {
    let view = &service.view;
    match (view.down, view.slow != 1.0, view.failing > 0.0) {
        (true, ..) => Some(t!("stage-down")),
        (false, true, false) => Some(slow(view.slow).text()),
        (false, false, true) => Some(t!("stage-fails", share = Share(view.failing))),
        (false, true, true) => Some(t!("stage-slower-and-fails", slow = slow(view.slow), share = Share(view.failing))),
        (false, false, false) => None,
    }
}

fn slow(factor: f64) -> Message {
    let rounded = libm::round(factor * 1_000.0) / 1_000.0;
    if factor >= 1.0 { msg!("stage-slower", factor = rounded) } else { msg!("stage-faster") }
}

fn per_cent(part: f64, all: f64) -> u8 {
    if all > 0.0 { (part / all * 100.0).clamp(0.0, 100.0).round_ties_even() as u8 } else { 0 }
}

fn meters(service: &Service, live: Option<&ServiceReadout>) -> Meters {
    let (working, held, wasting, queued) =
        live.map_or((0, 0, 0, 0), |s| (s.view.working, s.view.held, s.view.wasting, s.view.queued));
    let wasted = wasting.min(working + held);
    // Most workers whose caller has given up wait for calls of their own, so that these are taken from the held workers
    // first.
    let (held, working) = (held.saturating_sub(wasted), working.saturating_sub(wasted.saturating_sub(held)));
    let busy = working + held + wasted;
    let workers = match service.workers {
        Some(all) if all <= SLOTS => {
            let kinds = [(Slot::Working, working), (Slot::Held, held), (Slot::Wasted, wasted), (Slot::Free, all)];
            let slots = kinds.into_iter().flat_map(|(slot, n)| std::iter::repeat_n(slot, n.min(SLOTS) as usize));
            Workers::Slots(slots.take(all as usize).collect())
        }
        Some(all) => {
            let of = |n: u32| per_cent(f64::from(n), f64::from(all));
            Workers::Bar(of(working), of(held + wasted), format!("{busy}/{all}"))
        }
        // Without a limit the bar cannot be full: it shows the share of wasted work.
        None => {
            let of = |n: u32| per_cent(f64::from(n), f64::from(busy));
            Workers::Bar(of(working), of(held + wasted), format!("{busy}/∞"))
        }
    };
    let queue = match service.queue {
        Some(places) => per_cent(f64::from(queued), f64::from(places)),
        None => per_cent(f64::from(queued), f64::from(queued) + 50.0),
    };
    let number = if queued > 0 { crate::text::count(u64::from(queued)) } else { String::new() };
    let answers = live.and_then(|s| s.success).map(|share| per_cent(share, 1.0));
    Meters { workers, queue: (queue, number), answers }
}

fn ledger(effect: &str, live: Option<&ServiceReadout>) -> Ledger {
    let Some(live) = live else {
        let (sum, brief) = (t!("ledger-empty"), t!("ledger-brief-empty"));
        return Ledger { effect: effect.into(), sum, brief, ..Ledger::default() };
    };
    let row = |e: &crate::sim::view::EntryView| {
        let (kind, text) = match (e.compensated, e.duplicate, e.unknown) {
            (true, ..) => (Row::TakenBack, t!("ledger-row-taken-back", request = e.intent)),
            (false, true, _) => (Row::Duplicate, t!("ledger-row-again", request = e.intent)),
            (false, false, true) => (Row::Unknown, t!("ledger-row-unknown", request = e.intent)),
            (false, false, false) => (Row::First, t!("ledger-row", request = e.intent)),
        };
        LedgerRow { request: e.intent, text, at: duration(e.at.since_start()), kind }
    };
    let short = |n: usize| Count(n as u64);
    let sum = match (live.booked, live.duplicates, live.unknown) {
        (0, ..) => t!("ledger-empty"),
        (_, 0, n @ 1..) => t!("ledger-unknown", count = n),
        (1, 0, _) => t!("ledger-booked-once"),
        // The simulation drops older entries, so that the count is no longer reliable.
        (100.., 0, _) => t!("ledger-each-once"),
        (n, 0, _) => t!("ledger-booked-each-once", count = n),
        (_, 1, _) => t!("ledger-one-twice"),
        (_, n, _) => t!("ledger-too-many", count = short(n)),
    };
    let brief = match (live.booked, live.duplicates, live.unknown) {
        (0, ..) => t!("ledger-brief-empty"),
        (n, 0, 0) => t!("ledger-brief-booked", count = short(n)),
        (n, 0, unknown) => t!("ledger-brief-unknown", count = short(n), unknown = short(unknown)),
        (n, twice, _) => t!("ledger-brief-twice", count = short(n), twice = short(twice)),
    };
    let (rows, doubled) = (live.entries.iter().map(row).collect(), live.duplicates > 0);
    Ledger { effect: effect.into(), rows, sum, brief, doubled }
}

/// A link.
#[derive(Clone, Debug, PartialEq)]
pub struct LinkFace {
    /// Its numbers, e.g. `12/s · 4 % failed`; empty without traffic.
    pub label: String,
    /// Whether many of its attempts fail.
    pub failing: bool,
    /// Its breaker, unless closed.
    pub breaker: Option<BreakerFace>,
    /// Whether it has a breaker in any state.
    pub has_breaker: bool,
    /// Whether requests are dropped.
    pub cut_requests: bool,
    /// Whether responses are dropped.
    pub cut_responses: bool,
    /// The delay added to each leg, e.g. `+2 s`.
    pub added: Option<String>,
    /// Its recent refusals and timeouts.
    pub badges: Vec<Badge>,
    /// The number of waiting callers.
    pub waiting: u32,
    /// The names of the caller and the callee.
    pub ends: (String, String),
    /// The number of its warnings.
    pub warnings: usize,
}

/// The look of the lanes of a link: the part of its face that rarely changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LaneLook {
    /// Whether requests are dropped.
    pub cut_requests: bool,
    /// Whether responses are dropped.
    pub cut_responses: bool,
    /// Whether there is a gap for the breaker.
    pub gap: bool,
}

impl LinkFace {
    /// The description of its dropped messages.
    pub fn cut(&self) -> Option<Id> {
        match (self.cut_requests, self.cut_responses) {
            (true, true) => Some(id!("stage-link-cut")),
            (true, false) => Some(id!("stage-requests-lost")),
            (false, true) => Some(id!("stage-responses-lost")),
            (false, false) => None,
        }
    }

    /// The room of its label before the first badge.
    pub fn room(&self) -> f64 {
        let cut = if self.cut().is_some() { 24.0 } else { 0.0 };
        cut + if self.label.is_empty() { 0.0 } else { 20.0 }
    }

    /// The look of its lanes.
    pub fn lanes(&self) -> LaneLook {
        LaneLook {
            cut_requests: self.cut_requests,
            cut_responses: self.cut_responses,
            gap: matches!(self.breaker, Some(BreakerFace::Open(..))),
        }
    }
}

/// A breaker that is open or half-open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BreakerFace {
    /// Open: per cent of the remaining time, and that time without a space.
    Open(u8, String),
    /// Half-open: the lanes are whole, and some messages pass.
    HalfOpen,
}

impl LinkFace {
    /// The face of the link with this index, with the numbers of a run if it is part of one.
    pub fn of(scenario: &Scenario, index: usize, link: &Link, readout: &Readout) -> Self {
        let live = readout.link(index, &link.id());
        let name =
            |id: &str| scenario.services.iter().find(|s| s.id == id).map_or(id.to_string(), |s| s.label().into());
        let failed = live.and_then(|l| l.failed).unwrap_or(0.0);
        let breaker = live.and_then(|l| l.breaker).and_then(|b| match b.state {
            State::Closed => None,
            State::HalfOpen => Some(BreakerFace::HalfOpen),
            State::Open => {
                let left = b.left.map(duration).unwrap_or_default().replace('\u{a0}', "");
                Some(BreakerFace::Open(per_cent(b.share, 1.0), left))
            }
        });
        LinkFace {
            label: live.map(label).unwrap_or_default(),
            failing: failed >= 0.05,
            has_breaker: link.breaker.is_some(),
            cut_requests: live.is_some_and(|l| l.view.drops_requests),
            cut_responses: live.is_some_and(|l| l.view.drops_responses),
            added: live.map(|l| l.view.added_delay).filter(|d| *d > Span::ZERO).map(|d| format!("+{}", duration(d))),
            badges: live.map(|l| l.badges.clone()).unwrap_or_default(),
            waiting: live.map_or(0, |l| l.view.waiting),
            breaker,
            ends: (name(&link.from), name(&link.to)),
            warnings: 0,
        }
    }

    /// The description for a screen reader: its words in the order on the stage, so that users of voice control can say
    /// what they read.
    pub fn spoken(&self) -> String {
        let breaker = self.breaker.as_ref().map(|breaker| match breaker {
            BreakerFace::Open(_, left) => Value::from(msg!("spoken-breaker-open", left = left)),
            BreakerFace::HalfOpen => Value::from(id!("spoken-breaker-half-open")),
        });
        let (added, cut) = (self.added.as_ref().map(Value::from), self.cut().map(Value::from));
        let label = (!self.label.is_empty()).then(|| Value::from(&self.label));
        let badges = self.badges.iter().map(|badge| Value::from(words::badge(badge.why, badge.count)));
        let warnings = (self.warnings > 0).then(|| Value::from(msg!("spoken-warnings", count = self.warnings)));
        let parts = [breaker, added, cut, label].into_iter().flatten().chain(badges).chain(warnings);
        let link = msg!("spoken-link", from = &self.ends.0, to = &self.ends.1);
        parts.fold(link, |text, more| msg!("spoken-with", text = text, more = more)).text()
    }
}

fn label(link: &LinkReadout) -> String {
    match (link.attempts > 0.0, link.failed.filter(|f| *f > 0.0)) {
        (false, None) => String::new(),
        (true, None) => crate::text::rate(link.attempts),
        (false, Some(failed)) => t!("stage-link-failed", failed = Share(failed)),
        (true, Some(failed)) => t!("stage-link-rate-failed", rate = Rate(link.attempts), failed = Share(failed)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::run::readout::Badge;
    use crate::sim::view::{EntryView, ServiceCounts, ServiceView};
    use crate::time::Time;

    fn live(view: ServiceView) -> ServiceReadout {
        ServiceReadout {
            id: "a".into(),
            view,
            arriving: 0.0,
            answering: 0.0,
            success: Some(0.5),
            health: Health::Mixed,
            entries: Vec::new(),
            duplicates: 0,
            unknown: 0,
            booked: 0,
            badges: Vec::<Badge>::new(),
        }
    }

    fn view(working: u32, held: u32, wasting: u32, queued: u32) -> ServiceView {
        ServiceView {
            working,
            held,
            wasting,
            workers: Some(4),
            queued,
            queue: Some(50),
            down: false,
            slow: 1.0,
            failing: 0.0,
            counts: ServiceCounts::default(),
        }
    }

    #[test]
    fn every_worker_is_one_slot_and_none_is_drawn_twice() {
        use Slot::{Free, Held, Wasted, Working};
        let service = Service { workers: Some(4), ..Service::new("a", Kind::Service) };
        for (working, held, wasting, wanted) in [
            (0, 0, 0, [Free, Free, Free, Free]),
            (2, 1, 0, [Working, Working, Held, Free]),
            (2, 1, 1, [Working, Working, Wasted, Free]),
            (2, 1, 3, [Wasted, Wasted, Wasted, Free]),
            (3, 1, 2, [Working, Working, Wasted, Wasted]),
        ] {
            let found = meters(&service, Some(&live(view(working, held, wasting, 0)))).workers;
            assert_eq!(found, Workers::Slots(wanted.to_vec()), "{working} {held} {wasting}");
        }
    }

    #[test]
    fn many_workers_are_a_bar_with_a_number() {
        let busy = live(view(10, 5, 0, 25));
        let bar = |workers| meters(&Service { workers, ..Service::new("a", Kind::Service) }, Some(&busy)).workers;
        assert_eq!(bar(Some(20)), Workers::Bar(50, 25, "15/20".into()));
        assert_eq!(bar(None), Workers::Bar(67, 33, "15/∞".into()));
    }

    #[test]
    fn what_nothing_is_known_of_is_shown_at_rest() {
        let service = Service::new("a", Kind::Service);
        let found = meters(&service, None);
        assert_eq!((found.queue, found.answers), ((0, String::new()), None));
        let scenario = Scenario { services: vec![service.clone()], ..Scenario::default() };
        let face = ServiceFace::of(&scenario, 0, &service, &Readout::default());
        assert_eq!((face.spoken().as_str(), face.down, face.fault), ("a, service", false, None));
    }

    #[test]
    fn the_ledger_tells_a_duplicate_from_what_was_taken_back() {
        let entry = |intent, duplicate, compensated, unknown| EntryView {
            at: Time::ZERO,
            intent,
            duplicate,
            compensated,
            unknown,
        };
        let mut service = live(view(0, 0, 0, 0));
        service.entries = vec![
            entry(7, false, false, false),
            entry(7, true, false, true),
            entry(8, false, true, true),
            entry(9, false, false, true),
        ];
        (service.booked, service.duplicates, service.unknown) = (4, 1, 1);
        let found = ledger("transfer", Some(&service));
        let rows: Vec<(&str, Row)> = found.rows.iter().map(|row| (row.text.as_str(), row.kind)).collect();
        assert_eq!(
            rows,
            [
                ("#7", Row::First),
                ("#7 again", Row::Duplicate),
                ("#8 taken back", Row::TakenBack),
                ("#9 unknown", Row::Unknown)
            ]
        );
        assert_eq!((found.sum.as_str(), found.doubled), ("1 request booked twice", true));
        (service.duplicates, service.booked) = (0, 3);
        assert_eq!(ledger("transfer", Some(&service)).sum, "1 unknown to the client");
    }
}
