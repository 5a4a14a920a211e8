use super::*;
use crate::scenario::ready::{self, READY};
use crate::scenario::{DroppedLegs, Scenario};
use crate::sim::notice::Location;
use crate::sim::{Intervention, Simulation};

const MINUTE: Span = Span::secs(60);

/// A track of a minute in bins of a tenth of a second with 10 requests each, of which `bad(second)` go bad.
fn track(wanted: f64, bad: impl Fn(f64) -> u64) -> Track {
    let mut counts = vec![(0, 0)];
    for bin in 0..600 {
        let (ended, so_far) = counts[bin];
        counts.push((ended + 10, so_far + bad(bin as f64 / 10.0).min(10)));
    }
    Track { width: Span::millis(100), allowed: 1.0 - wanted, counts }
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-9 * b.abs().max(1.0)
}

#[test]
fn the_rates_follow_from_the_shares_as_in_the_workbook() {
    // The workbook's own rows: 2 % of 30 days' budget within an hour, and 5 % within six.
    for (share, windows, rate) in [(0.02, 720, 14.4), (0.05, 120, 6.0)] {
        assert!(close(Rule { share, windows }.rate(), rate));
    }
    assert!(close(RULES[0].rate(), 6.0) && close(RULES[1].rate(), 3.0));
}

#[test]
fn a_burn_rate_is_the_share_of_bad_requests_over_the_allowed_one() {
    for (wanted, bad, burn) in [(0.99, 1, 10.0), (0.9, 1, 1.0), (0.95, 10, 20.0), (0.9, 0, 0.0), (0.5, 10, 2.0)] {
        let track = track(wanted, |_| bad);
        let (burns, _) = track.burns(600, MINUTE);
        assert!(close(burns[0], burn) && close(burns[1], burn), "{wanted} {bad}: {burns:?}");
        // A minute at burn rate 1 spends just the budget of a minute.
        assert!(close(track.left(600, MINUTE), 1.0 - burn), "{wanted} {bad}");
        assert!(close(track.left(300, MINUTE), 1.0 - burn / 2.0), "{wanted} {bad}");
        // A longer watch is measured against all requests so far.
        assert!(close(track.left(600, Span::secs(30)), 1.0 - burn));
    }
    assert_eq!(track(1.0, |_| 1).burns(600, MINUTE).0, [f64::INFINITY; 2]);
}

fn alerts(track: &Track) -> Vec<(f64, f64)> {
    let moments = track.moments(MINUTE, 0);
    let mut found: Vec<(f64, f64)> = Vec::new();
    for pair in moments.windows(2) {
        let at = pair[1].at.since_start().as_secs_f64();
        match (pair[0].alert, pair[1].alert) {
            (false, true) => found.push((at, f64::INFINITY)),
            (true, false) => found.last_mut().unwrap().1 = at,
            _ => {}
        }
    }
    found
}

#[test]
fn an_alert_comes_when_much_is_burnt_and_goes_when_it_is_over() {
    // Between 10 s and 20 s, of 100 requests a second.
    let burst = |bad: u64| move |at: f64| if (10.0..20.0).contains(&at) { bad } else { 0 };
    // A total failure: 6 % of the requests of 2 s are bad after 0.12 s.
    let total = alerts(&track(0.99, burst(10)));
    assert_eq!(total.len(), 1);
    assert!((total[0].0 - 10.2).abs() < 0.11, "{total:?}");
    // It goes a second after the short window of the slow rule, of 0.83 s, is good again.
    assert!(total[0].1 > 20.0 && total[0].1 < 22.1, "{total:?}");
    // Burn rate 2 is below both rules: no alert, though a part of the budget is gone.
    let calm = track(0.95, |at| u64::from((10.0..20.0).contains(&at)));
    assert_eq!(alerts(&calm), []);
    assert!(calm.left(600, MINUTE) < 0.7);
    // Burn rate 4 is for the slow rule, which needs 7.5 s of it.
    let slow = alerts(&track(0.95, |at| if (10.0..25.0).contains(&at) { 2 } else { 0 }));
    assert!(slow.len() == 1 && (slow[0].0 - 17.5).abs() < 0.11, "{slow:?}");
}

#[test]
fn one_bad_request_of_few_is_no_alert() {
    assert_eq!(alerts(&track(0.99, |at| u64::from(at == 30.0))), []);
    assert_eq!(alerts(&track(0.99, |at| if at == 30.0 { 7 } else { 0 })), []);
}

#[test]
fn a_window_of_a_quiet_client_is_widened_until_it_holds_some_requests() {
    // One request in four seconds.
    let counts = (0..=600).map(|bin: u64| (bin / 40, 0)).collect();
    let track = Track { width: Span::millis(100), allowed: 0.01, counts };
    assert_eq!(track.window(600, Span::secs(2), 10), 239);
    assert_eq!(track.window(600, Span::secs(2), 0), 580);
    assert_eq!(track.window(40, Span::secs(2), 10), 0);
}

/// A ready system that has run for so long, with this done to it, and then for some seconds more.
fn after(id: &str, calm: u64, done: impl Fn(&Simulation) -> Vec<Intervention>, then: u64) -> (Simulation, Series) {
    let scenario = Scenario::from_json(ready::find(id).unwrap().text).unwrap();
    let mut sim = Simulation::start(&scenario).unwrap();
    let mut series = Series::new(sim.topology());
    watch(&mut sim, &mut series, calm);
    done(&sim).into_iter().for_each(|intervention| sim.apply(intervention));
    watch(&mut sim, &mut series, calm + then);
    (sim, series)
}

fn watch(sim: &mut Simulation, series: &mut Series, until: u64) {
    let until = Time::at(Span::secs(until));
    while series.due() <= until {
        sim.run_until(series.due(), u64::MAX);
        series.sample(sim);
    }
    sim.run_until(until, u64::MAX);
}

fn states_of(sim: &Simulation, series: &Series) -> Vec<ObjectiveState> {
    states(series, sim, MINUTE, sim.now())
}

/// The reported causes in words, e.g. `stock Slow`.
fn causes(sim: &Simulation, states: &[ObjectiveState]) -> Vec<String> {
    let place = |place: Location| match place {
        Location::System => "system".to_string(),
        Location::Service(id) => sim.topology().services[id.index()].id.clone(),
        Location::Link(id) => sim.topology().links[id.index()].id.clone(),
    };
    let causes = states.iter().filter_map(|state| state.cause);
    causes.map(|cause| format!("{} {:?}", place(cause.place), cause.trouble)).collect()
}

fn nothing(_: &Simulation) -> Vec<Intervention> {
    Vec::new()
}

#[test]
fn every_ready_system_is_calm_before_its_faults_and_tells_the_cause_of_them() {
    // The system, the end of its calm period, the time of its fault, and the causes reported then.
    for (id, calm, at, wanted) in [
        ("slow-dependency", 1, 7, "access-privilege Slow"),
        ("down", 7, 11, "balances Down"),
        ("retry-storm", 1, 5, "stock Slow"),
        ("retry-storm", 1, 35, "stock Overloaded"),
        ("breaker", 0, 3, "ratings Slow"),
    ] {
        let (sim, series) = after(id, calm, nothing, 0);
        let states = states_of(&sim, &series);
        assert!(states.iter().all(|state| state.alert.is_none() && state.met()), "{id} at {calm} s: {states:?}");
        let (sim, series) = after(id, at, nothing, 0);
        let states = states_of(&sim, &series);
        assert!(states.iter().any(|state| state.alert.is_some()), "{id} at {at} s: {states:?}");
        let causes = causes(&sim, &states);
        assert!(!causes.is_empty() && causes.iter().all(|cause| cause == wanted), "{id} at {at} s: {causes:?}");
    }
}

#[test]
fn a_system_that_cannot_meet_its_objective_tells_why() {
    let (sim, series) = after("chain", 50, nothing, 0);
    let states = states_of(&sim, &series);
    assert_eq!(causes(&sim, &states), ["access-privilege->business-partner Slow"]);
    assert!(states[0].met() && !states[1].met() && states[1].left < 0.0);
}

#[test]
fn what_is_done_by_hand_is_found() {
    type Done = fn(&Simulation) -> Vec<Intervention>;
    let cases: [(&str, Done, &str); 7] = [
        (
            "overview",
            |s| vec![Intervention::Down(s.service_id("access-privilege").unwrap(), true)],
            "access-privilege Down",
        ),
        ("overview", |s| vec![Intervention::Failing(s.service_id("bank-account").unwrap(), 0.5)], "bank-account Fails"),
        (
            "overview",
            |s| vec![Intervention::Slow(s.service_id("access-privilege").unwrap(), 20.0)],
            "access-privilege Slow",
        ),
        (
            "overview",
            |s| {
                vec![Intervention::Drop(
                    s.link_id("bank-account", "access-privilege").unwrap(),
                    Some(DroppedLegs::Both),
                )]
            },
            "bank-account->access-privilege Loses",
        ),
        (
            "overview",
            |s| vec![Intervention::Delay(s.link_id("web", "bank-account").unwrap(), Span::secs(2))],
            "web->bank-account Slow",
        ),
        (
            "transfer",
            |s| vec![Intervention::Drop(s.link_id("trx", "bank-api").unwrap(), Some(DroppedLegs::Response))],
            "trx->bank-api Loses",
        ),
        ("transfer", |s| vec![Intervention::Down(s.service_id("trx").unwrap(), true)], "trx Down"),
    ];
    for (id, done, wanted) in cases {
        let (sim, series) = after(id, 20, done, 12);
        let states = states_of(&sim, &series);
        let causes = causes(&sim, &states);
        assert!(
            !causes.is_empty() && causes.iter().all(|cause| cause == wanted),
            "{id}: {causes:?} instead of {wanted}"
        );
        assert!(states.iter().filter_map(|state| state.alert).all(|since| since > Time::at(Span::secs(20))));
    }
}

#[test]
fn a_rate_limit_and_too_much_load_are_found() {
    let system = |stock: &str, rate: u32| {
        format!(
            r#"{{ "services": [ {{ "id": "web", "kind": "client" }}, {{ "id": "shop", "workers": 64 }},
                               {{ "id": "stock", {stock} "workers": 2, "queue": 5, "work": "20ms" }} ],
                 "links": [ {{ "from": "web", "to": "shop" }}, {{ "from": "shop", "to": "stock", "timeout": "1s" }} ],
                 "load": [ {{ "client": "web", "poisson": {rate} }} ],
                 "objectives": [ {{ "name": "Works", "client": "web", "success": 0.99 }} ] }}"#
        )
    };
    let limit = r#""rate_limit": { "per_second": 5, "burst": 5 },"#;
    for (stock, rate, wanted) in [("", 300, "stock Overloaded"), (limit, 50, "stock Limits")] {
        let scenario = Scenario::from_json(&system(stock, rate)).unwrap_or_else(|problems| panic!("{problems:?}"));
        let mut sim = Simulation::start(&scenario).unwrap();
        let mut series = Series::new(sim.topology());
        watch(&mut sim, &mut series, 10);
        assert_eq!(causes(&sim, &states_of(&sim, &series)), [wanted]);
    }
}

#[test]
fn what_was_told_of_the_past_is_told_again_when_one_goes_back() {
    let (sim, series) = after("down", 12, nothing, 0);
    let (there, then) = after("down", 7, nothing, 0);
    let back = states(&series, &sim, MINUTE, there.now());
    for (back, then) in back.iter().zip(states_of(&there, &then)) {
        // Bins may have become wider since.
        assert!((back.ended as f64 - then.ended as f64).abs() <= 2.0);
        assert_eq!(back.alert.is_some(), then.alert.is_some());
    }
}

#[test]
fn an_objective_that_is_met_in_the_end_agrees_with_the_report() {
    for ready in READY {
        let (sim, series) = after(ready.id, 60, nothing, 0);
        let mut whole = Simulation::start(&Scenario::from_json(ready.text).unwrap()).unwrap();
        whole.run_until(series.end(), u64::MAX);
        for (state, report) in states_of(&sim, &series).iter().zip(whole.report().objectives) {
            assert_eq!(state.name, report.name);
            assert_eq!(state.met(), report.met, "{}: {state:?} and {report:?}", ready.id);
            assert_eq!(state.left >= -1e-9, state.met(), "{}: {state:?}", ready.id);
        }
    }
}
