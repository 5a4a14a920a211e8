//! The states of objectives, and the places of alerts on the stage.

use crate::scenario::Scenario;
use crate::scenario::measure::{Condition, Unit};
use crate::scenario::topology::{Goal, ServiceId, Topology};
use crate::sim::measure::Verdict;
use crate::sim::notice::Location;
use crate::sim::objective::{Cause, ObjectiveState, Trouble};
use crate::text::{Count, FineShare, Id, Message, Rate, Seconds, Share, Value};
use crate::time::Span;
use crate::{id, msg};

/// The state of an objective, e.g. `Orders get through: 97.1 % good so far, 99 % wanted; budget spent; alert since 12.3
/// s; likely cause: Stock is slow`.
pub fn state_line(state: &ObjectiveState, topology: &Topology, document: &Scenario) -> Message {
    if let (Goal::Expect(condition), Some(verdict)) = (&state.goal, &state.verdict) {
        return of_condition(&state.name, condition, verdict);
    }
    let Some(share) = state.share() else { return msg!("objective-no-answers", name = &state.name) };
    let budget = if state.left <= 0.0 && state.good < state.ended {
        msg!("objective-budget-spent")
    } else {
        msg!("objective-budget-left", left = Share(state.left))
    };
    let calm = msg!(
        "objective-state",
        name = &state.name,
        share = FineShare(share),
        wanted = FineShare(state.wanted),
        budget = budget
    );
    let Some(since) = state.alert else { return calm };
    let since = Seconds(since.since_start(), 1);
    match &state.cause {
        None => msg!("objective-alert", state = calm, since = since),
        Some(cause) => {
            msg!("objective-alert-cause", state = calm, since = since, cause = cause_line(cause, topology, document))
        }
    }
}

/// The state of a condition, e.g. `97.1 % so far; wanted: clients.web.success_rate >= 99%`.
fn of_condition(name: &str, condition: &Condition, verdict: &Verdict) -> Message {
    let wanted = condition.to_string();
    match verdict.value {
        None => msg!("objective-unmeasured", name = name, wanted = wanted),
        Some(value) => {
            msg!("objective-measured", name = name, value = measured(value, verdict.unit), wanted = wanted)
        }
    }
}

/// A measured value with its unit, e.g. `97.1 %`, `1.3 s`, `52`.
pub fn measured(value: f64, unit: Unit) -> Value {
    match unit {
        Unit::Share => FineShare(value).into(),
        Unit::Millis => Span::from_nanos_f64(value * 1e6).into(),
        Unit::Count => Count(value.max(0.0) as u64).into(),
        Unit::Rate => Rate(value).into(),
        Unit::Mean | Unit::Ratio => Value::Number(libm::round(value * 100.0) / 100.0),
    }
}

/// The short state of an objective with an alert, e.g. `Orders get through: 97.1 % good so far, 99 % wanted. Alert
/// since 12.3 s, likely cause: Stock is slow`.
pub fn short_line(state: &ObjectiveState, topology: &Topology, document: &Scenario) -> Message {
    let (Some(since), Some(share)) = (state.alert, state.share()) else {
        return state_line(state, topology, document);
    };
    let (share, wanted) = (FineShare(share), FineShare(state.wanted));
    let since = Seconds(since.since_start(), 1);
    match &state.cause {
        None => msg!("objective-short", name = &state.name, share = share, wanted = wanted, since = since),
        Some(cause) => msg!(
            "objective-short-cause",
            name = &state.name,
            share = share,
            wanted = wanted,
            since = since,
            cause = cause_line(cause, topology, document)
        ),
    }
}

/// The likely cause of an alert, e.g. `Stock is slow`.
pub fn cause_line(cause: &Cause, topology: &Topology, document: &Scenario) -> Message {
    let id_of = |i: u32| topology.services.get(i as usize).map_or("", |s| s.id.as_str());
    let name = |i: u32| document.services.iter().find(|s| s.id == id_of(i)).map_or(id_of(i), |s| s.label());
    let place = match cause.place {
        Location::Service(id) => Value::from(name(id.0)),
        Location::System => Value::from(id!("cause-system")),
        Location::Link(id) => {
            let ends = topology.links.get(id.index()).map(|l| (name(l.from.0), name(l.to.0)));
            Value::from(ends.map_or(String::new(), |(from, to)| format!("{from} → {to}")))
        }
    };
    match cause.trouble {
        Trouble::Down => msg!("cause-down", place = place),
        Trouble::Fails => msg!("cause-fails", place = place),
        Trouble::Slow => msg!("cause-slow", place = place),
        Trouble::Overloaded => msg!("cause-overloaded", place = place),
        Trouble::Limits => msg!("cause-limits", place = place),
        Trouble::Loses => msg!("cause-loses", place = place),
        Trouble::Open => msg!("cause-open", place = place),
    }
}

/// A trouble in a word or two for a label.
pub const fn trouble_word(trouble: Trouble) -> Id {
    match trouble {
        Trouble::Down => id!("cause-word-down"),
        Trouble::Fails => id!("cause-word-fails"),
        Trouble::Slow => id!("cause-word-slow"),
        Trouble::Overloaded => id!("cause-word-overloaded"),
        Trouble::Limits => id!("cause-word-limits"),
        Trouble::Loses => id!("cause-word-loses"),
        Trouble::Open => id!("cause-word-open"),
    }
}

/// The marks of alerts on the stage: the affected clients and the likely causes, each once.
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
    fn an_objective_has_a_line() {
        let document = Scenario::from_json(ready::find("retry-storm").unwrap().text).unwrap();
        let topology = check::check(&document).unwrap();
        let plain = |message: Message| message.text().replace('\u{a0}', " ");
        let line = |state: ObjectiveState| plain(state_line(&state, &topology, &document));
        assert_eq!(line(state()), "Orders get through: no answers yet");
        let calm = ObjectiveState { ended: 1_000, good: 999, left: 0.9, ..state() };
        assert_eq!(line(calm), "Orders get through: 99.9 % good so far, 99 % wanted; 90 % of the budget left");
        let nearly = ObjectiveState { ended: 100_000, good: 98_999, left: -0.001, ..state() };
        assert_eq!(line(nearly), "Orders get through: 98.9 % good so far, 99 % wanted; budget spent");
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
        assert_eq!(line(bad.clone()), sentence);
        let short =
            "Orders get through: 97.1 % good so far, 99 % wanted. Alert since 12.3 s, likely cause: Stock is slow";
        assert_eq!(plain(short_line(&bad, &topology, &document)), short);
        assert_eq!(plain(short_line(&state(), &topology, &document)), line(state()));
        let link = Cause { place: Location::Link(LinkId(2)), trouble: Trouble::Loses };
        assert_eq!(cause_line(&link, &topology, &document).text(), "Orders → Stock loses messages");
    }

    #[test]
    fn a_condition_shows_the_measured_and_the_wanted_value() {
        let document = Scenario::from_json(ready::find("retry-storm").unwrap().text).unwrap();
        let topology = check::check(&document).unwrap();
        let text = "clients.web.latency.p95 <= 1s";
        let condition = Condition::parse(text, &Names::of_topology(&topology)).unwrap();
        let line = |value: Option<f64>| {
            let (verdict, goal) = (Some(condition.judge(value)), Goal::Expect(Arc::new(condition.clone())));
            let state = ObjectiveState { goal, verdict, client: None, ..state() };
            state_line(&state, &topology, &document).text().replace('\u{a0}', " ")
        };
        assert_eq!(line(None), format!("Orders get through: nothing to measure yet; wanted: {text}"));
        assert_eq!(line(Some(1_310.0)), format!("Orders get through: 1.3 s so far; wanted: {text}"));
    }

    #[test]
    fn an_alert_marks_its_client_and_its_cause_once() {
        let cause = Some(Cause { place: Location::Service(ServiceId(3)), trouble: Trouble::Slow });
        let alert = ObjectiveState { alert: Some(Time::ZERO), cause, ..state() };
        assert_eq!(alarms(&[state()]), (vec![], vec![]));
        assert_eq!(alarms(&[alert.clone(), state(), alert]), (vec![ServiceId(0)], cause.into_iter().collect()));
    }
}
