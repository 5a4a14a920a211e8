//! The ready systems: each can run, and fits on the stage.

use callchain::Simulation;
use callchain::outcome::Outcome;
use callchain::scenario::ready::{READY, find};
use callchain::scenario::{Scenario, check, read, write};
use callchain::scene::run::pace::first_speed;
use callchain::time::{Span, Time};

fn all() -> impl Iterator<Item = (&'static str, Scenario)> {
    READY
        .iter()
        .map(|ready| (ready.id, read::read(ready.text).unwrap_or_else(|problems| panic!("{}: {problems:?}", ready.id))))
}

#[test]
fn the_list_of_systems_agrees_with_their_files() {
    for (ready, (id, scenario)) in READY.iter().zip(all()) {
        assert_eq!(ready.title, scenario.title, "{id}");
    }
}

#[test]
fn every_ready_system_reads_and_checks() {
    for (id, scenario) in all() {
        assert!(check::check(&scenario).is_ok(), "{id}");
        assert!(!scenario.load.is_empty() && !scenario.objectives.is_empty(), "{id}");
    }
}

#[test]
fn every_ready_system_positions_all_its_services() {
    for (id, scenario) in all() {
        assert!(scenario.services.iter().all(|service| service.position.is_some()), "{id}");
    }
}

#[test]
fn saving_an_opened_ready_system_changes_nothing() {
    for (id, scenario) in all() {
        let file = format!("{}/static/scenarios/{id}.json", env!("CARGO_MANIFEST_DIR"));
        let saved = write::write(&scenario);
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            std::fs::write(&file, &saved).unwrap();
        }
        assert_eq!(std::fs::read_to_string(&file).unwrap(), saved, "{id}: UPDATE_EXPECT=1 writes it");
    }
}

#[test]
fn every_ready_system_is_explained_and_fits_the_stage() {
    for (id, scenario) in all() {
        assert!(!scenario.title.is_empty() && scenario.description.ends_with('.'), "{id}");
        for service in &scenario.services {
            let [x, y] = service.position.unwrap_or_else(|| panic!("{id}: {} stands nowhere", service.id));
            assert!((0.0..=1100.0 - 172.0).contains(&x) && (0.0..=560.0 - 118.0).contains(&y), "{id}: {}", service.id);
        }
    }
}

#[test]
fn each_ready_system_shows_its_lesson_within_ten_seconds() {
    for (id, scenario) in all() {
        let speed = first_speed(&check::check(&scenario).unwrap());
        assert!((0.1..=1.0).contains(&speed), "{id}: at {speed} messages cannot be followed, or never come");
        let mut sim = Simulation::start(&scenario).unwrap();
        sim.run_until(Time::at(Span::from_nanos_f64(10e9 * speed)), u64::MAX);
        let report = sim.report();
        let client_had = |outcome| report.clients.iter().any(|(_, client)| client.outcomes.get(outcome) > 0);
        let ended = |outcome| report.links.iter().any(|(_, link)| link.attempt_outcomes.get(outcome) > 0);
        let shown = match id {
            "overview" => client_had(Outcome::Ok),
            "slow-dependency" => ended(Outcome::Timeout) && client_had(Outcome::Error),
            "down" => client_had(Outcome::Degraded),
            "transfer" => report.ledger.duplicates > 0,
            "chain" => report.clients.iter().any(|(_, client)| client.latency.max > Some(1_500.0)),
            "retry-storm" => report.links.iter().any(|(_, link)| link.retries > 0),
            "breaker" => ended(Outcome::BreakerOpen),
            _ => panic!("{id}: what does it teach?"),
        };
        assert!(shown, "{id}: not within {} s", 10.0 * speed);
    }
}

#[test]
fn a_ready_system_is_found_by_its_id() {
    assert_eq!(find("chain").map(|ready| ready.id), Some("chain"));
    assert_eq!(find("nothing"), None);
}
