//! How objectives fare, in words, and where an alert stands on the stage.

use crate::scenario::Scenario;
use crate::scenario::measure::{Condition, Unit};
use crate::scenario::topology::{Goal, ServiceId, Topology};
use crate::scene::words::{count, rate, span};
use crate::sim::measure::Verdict;
use crate::sim::notice::Location;
use crate::sim::objective::{Cause, ObjectiveState, Trouble};
use crate::time::Span;

/// How an objective fares, e.g. `Orders get through: 97.1 % good so far, 99 % wanted; budget spent; alert since 12.3 s; likely cause: Stock is
/// slow`.
pub fn words(state: &ObjectiveState, topology: &Topology, document: &Scenario) -> String {
    let mut text = format!("{}: ", state.name);
    if let (Goal::Expect(condition), Some(verdict)) = (&state.goal, &state.verdict) {
        text.push_str(&of_condition(condition, verdict));
        return text;
    }
    match state.share() {
        None => text.push_str("no answers yet"),
        Some(share) => text.push_str(&format!("{} good so far, {} wanted", per_cent(share), per_cent(state.wanted))),
    }
    match state.left {
        _ if state.ended == 0 => {}
        left if left <= 0.0 && state.good < state.ended => text.push_str("; budget spent"),
        left => text.push_str(&format!("; {:.0} % of the budget left", left * 100.0)),
    }
    if let Some(since) = state.alert {
        text.push_str(&format!("; alert since {:.1} s", since.since_start().as_secs_f64()));
    }
    if let Some(cause) = &state.cause {
        text.push_str(&format!("; likely cause: {}", cause_in_words(cause, topology, document)));
    }
    text
}

/// How a condition fares, e.g. `97.1 % so far; wanted: clients.web.success_rate >= 99%`.
fn of_condition(condition: &Condition, verdict: &Verdict) -> String {
    match verdict.value {
        None => format!("nothing to measure yet; wanted: {condition}"),
        Some(value) => format!("{} so far; wanted: {condition}", measured(value, verdict.unit)),
    }
}

/// A measured value with its unit, e.g. `97.1 %`, `1.3 s`, `52`.
pub fn measured(value: f64, unit: Unit) -> String {
    match unit {
        Unit::Share => per_cent(value),
        Unit::Millis => span(Span::from_nanos_f64(value * 1e6)),
        Unit::Count => count(value.max(0.0) as u64),
        Unit::Rate => rate(value),
        Unit::Mean | Unit::Ratio => format!("{value:.2}"),
    }
}

/// How an objective with an alert fares, in fewer words, e.g. `Orders get through: 97.1 % good so far, 99 % wanted. Alert since
/// 12.3 s, likely cause: Stock is slow`.
pub fn in_short(state: &ObjectiveState, topology: &Topology, document: &Scenario) -> String {
    let (Some(since), Some(share)) = (state.alert, state.share()) else { return words(state, topology, document) };
    let cause = state.cause.map(|cause| format!(", likely cause: {}", cause_in_words(&cause, topology, document)));
    let (share, wanted) = (per_cent(share), per_cent(state.wanted));
    let since = since.since_start().as_secs_f64();
    format!(
        "{}: {share} good so far, {wanted} wanted. Alert since {since:.1} s{}",
        state.name,
        cause.unwrap_or_default()
    )
}

/// What goes wrong where, e.g. `Stock is slow`.
pub fn cause_in_words(cause: &Cause, topology: &Topology, document: &Scenario) -> String {
    let id_of = |i: u32| topology.services.get(i as usize).map_or("", |s| s.id.as_str());
    let name = |i: u32| document.services.iter().find(|s| s.id == id_of(i)).map_or(id_of(i), |s| s.label());
    let place = match cause.place {
        Location::Service(id) => name(id.0).to_string(),
        Location::System => "The system".to_string(),
        Location::Link(id) => {
            let ends = topology.links.get(id.index()).map(|l| (name(l.from.0), name(l.to.0)));
            ends.map_or(String::new(), |(from, to)| format!("{from} → {to}"))
        }
    };
    let (verb, what) = trouble_in_words(cause.trouble);
    format!("{place} {verb}{what}")
}

/// What goes wrong, after the name of a place: a verb, and the rest, which is enough for a label.
pub const fn trouble_in_words(trouble: Trouble) -> (&'static str, &'static str) {
    match trouble {
        Trouble::Down => ("is ", "down"),
        Trouble::Fails => ("", "fails"),
        Trouble::Slow => ("is ", "slow"),
        Trouble::Overloaded => ("has ", "too much to do"),
        Trouble::Limits => ("", "turns requests away"),
        Trouble::Loses => ("", "loses messages"),
        Trouble::Open => ("has its ", "breaker open"),
    }
}

/// The clients that feel an alert, and where to look, each place once: what the stage marks.
pub fn alarms(states: &[ObjectiveState]) -> (Vec<ServiceId>, Vec<Cause>) {
    let (mut clients, mut causes) = (Vec::new(), Vec::<Cause>::new());
    for state in states.iter().filter(|state| state.alert.is_some()) {
        clients.extend(state.client.filter(|client| !clients.contains(client)));
        if let Some(cause) = state.cause.filter(|cause| causes.iter().all(|known| known.place != cause.place)) {
            causes.push(cause);
        }
    }
    (clients, causes)
}

/// A share with one digit after the point where it has one, cut off: what is below 99 % never reads `99 %`.
fn per_cent(share: f64) -> String {
    let tenths = libm::floor(share * 1_000.0 + 1e-6) as i64;
    if tenths % 10 == 0 { format!("{} %", tenths / 10) } else { format!("{}.{} %", tenths / 10, tenths % 10) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::check;
    use crate::scenario::measure::Names;
    use crate::scenario::ready;
    use crate::scenario::topology::LinkId;
    use crate::time::Time;
    use std::sync::Arc;

    fn state() -> ObjectiveState {
        ObjectiveState {
            name: "Orders get through".into(),
            client: Some(ServiceId(0)),
            goal: Goal::Success(0.99),
            verdict: None,
            wanted: 0.99,
            ended: 0,
            good: 0,
            left: 1.0,
            burns: [0.0; 2],
            alert: None,
            cause: None,
        }
    }

    #[test]
    fn an_objective_is_told_in_one_line() {
        let document = Scenario::from_json(ready::find("retry-storm").unwrap().text).unwrap();
        let topology = check::check(&document).unwrap();
        let told = |state: ObjectiveState| words(&state, &topology, &document);
        assert_eq!(told(state()), "Orders get through: no answers yet");
        let calm = ObjectiveState { ended: 1_000, good: 999, left: 0.9, ..state() };
        assert_eq!(told(calm), "Orders get through: 99.9 % good so far, 99 % wanted; 90 % of the budget left");
        let nearly = ObjectiveState { ended: 100_000, good: 98_999, left: -0.001, ..state() };
        assert_eq!(told(nearly), "Orders get through: 98.9 % good so far, 99 % wanted; budget spent");
        let stock = Cause { place: Location::Service(ServiceId(3)), trouble: Trouble::Slow };
        let bad = ObjectiveState {
            ended: 1_000,
            good: 971,
            left: -1.9,
            alert: Some(Time::at(Span::millis(12_300))),
            cause: Some(stock),
            ..state()
        };
        let sentence = "Orders get through: 97.1 % good so far, 99 % wanted; budget spent; alert since 12.3 s; likely cause: Stock is slow";
        assert_eq!(told(bad.clone()), sentence);
        let short =
            "Orders get through: 97.1 % good so far, 99 % wanted. Alert since 12.3 s, likely cause: Stock is slow";
        assert_eq!(in_short(&bad, &topology, &document), short);
        assert_eq!(in_short(&state(), &topology, &document), told(state()));
        let link = Cause { place: Location::Link(LinkId(2)), trouble: Trouble::Loses };
        assert_eq!(cause_in_words(&link, &topology, &document), "Orders → Stock loses messages");
    }

    #[test]
    fn a_condition_shows_what_was_measured_and_what_is_wanted() {
        let document = Scenario::from_json(ready::find("retry-storm").unwrap().text).unwrap();
        let topology = check::check(&document).unwrap();
        let text = "clients.web.latency.p95 <= 1s";
        let condition = Condition::parse(text, &Names::of_topology(&topology)).unwrap();
        let told = |value: Option<f64>| {
            let (verdict, goal) = (Some(condition.judge(value)), Goal::Expect(Arc::new(condition.clone())));
            words(&ObjectiveState { goal, verdict, client: None, ..state() }, &topology, &document)
        };
        assert_eq!(told(None), format!("Orders get through: nothing to measure yet; wanted: {text}"));
        assert_eq!(told(Some(1_310.0)), format!("Orders get through: 1.3 s so far; wanted: {text}"));
    }

    #[test]
    fn an_alert_marks_its_client_and_its_cause_once() {
        let cause = Some(Cause { place: Location::Service(ServiceId(3)), trouble: Trouble::Slow });
        let alert = ObjectiveState { alert: Some(Time::ZERO), cause, ..state() };
        assert_eq!(alarms(&[state()]), (vec![], vec![]));
        assert_eq!(alarms(&[alert.clone(), state(), alert]), (vec![ServiceId(0)], cause.into_iter().collect()));
    }
}
