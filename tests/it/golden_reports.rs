//! The golden reports, natively; `tests/web` compares the same in a browser.
//!
//! A change here changes the results of every saved seed and every shared link, so it must be intentional, with an entry
//! in the changelog. If it is, `UPDATE_EXPECT=1 cargo test --test it golden_reports` rewrites the reports.
//! `UPDATE_CORPUS=1` regenerates the scenarios, after which the reports must be rewritten as well. That is only necessary
//! for additions to the format, because old scenarios stay valid.

use crate::generate;
use crate::golden::reports::{self, CORPUS, fingerprint, report};
use callchain::outcome::Outcome;
use callchain::scenario::{Scenario, ready, write};
use callchain::sim::report::{Report, ServiceReport};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use std::fs;

/// A fate of requests at a service, and how to count it.
type Fate = (&'static str, fn(&ServiceReport) -> u64);

/// The number of scenarios in the corpus.
const SIZE: usize = 200;

fn asked_for(name: &str) -> bool {
    std::env::var_os(name).is_some()
}

fn save(name: &str, text: &str) {
    let file = format!("{}/tests/golden/{name}", env!("CARGO_MANIFEST_DIR"));
    fs::write(&file, text).unwrap_or_else(|error| panic!("{name} cannot be written: {error}"));
}

#[test]
fn the_reports_of_the_corpus_have_not_changed() {
    if asked_for("UPDATE_CORPUS") {
        let corpus = made_by_chance();
        save("corpus.jsonl", &corpus.iter().map(|s| one_line(s) + "\n").collect::<String>());
        return;
    }
    if asked_for("UPDATE_EXPECT") {
        let found = CORPUS.lines().map(|line| fingerprint(&report(line).to_json()) + "\n");
        return save("corpus.txt", &found.collect::<String>());
    }
    reports::the_corpus_is_the_same_everywhere();
}

#[test]
fn the_reports_of_the_ready_systems_have_not_changed() {
    if asked_for("UPDATE_EXPECT") {
        for ready in ready::READY {
            save(&format!("reports/{}.json", ready.id), &(report(ready.text).to_json() + "\n"));
        }
        return;
    }
    reports::the_ready_systems_are_the_same_everywhere();
}

/// Generates the same scenarios each time from a fixed seed. Skips those with too few or too many events.
fn made_by_chance() -> Vec<Scenario> {
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let strategy = generate::scenario();
    let mut corpus = Vec::new();
    while corpus.len() < SIZE {
        let Ok(tree) = strategy.new_tree(&mut runner) else { continue };
        let scenario = bare(tree.current());
        let report = report(&write::write(&scenario));
        if scenario.links.len() > 1 && (100..20_000).contains(&report.events) {
            corpus.push(scenario);
        }
    }
    corpus
}

/// Removes the parts that do not affect a run, to keep the file small.
fn bare(mut scenario: Scenario) -> Scenario {
    (scenario.title, scenario.description, scenario.teams) = (String::new(), String::new(), Vec::new());
    for service in &mut scenario.services {
        (service.name, service.position, service.team) = (None, None, None);
    }
    scenario.links.iter_mut().for_each(|link| link.relationship = None);
    scenario
}

fn one_line(scenario: &Scenario) -> String {
    let value: serde_json::Value = serde_json::from_str(&write::write(scenario)).expect("what was written is JSON");
    value.to_string()
}

#[test]
fn the_corpus_covers_everything() {
    let all: Vec<Report> = CORPUS.lines().map(report).collect();
    for outcome in Outcome::ALL {
        let attempts = all.iter().flat_map(|r| &r.links).map(|(_, l)| l.attempt_outcomes.get(outcome));
        let calls = all.iter().flat_map(|r| &r.links).map(|(_, l)| l.outcomes.get(outcome));
        assert!(attempts.chain(calls).sum::<u64>() > 0, "nothing ended in {outcome:?}");
    }
    let fates: [Fate; 11] = [
        ("completed", |s| s.completed),
        ("failed", |s| s.failed),
        ("shed", |s| s.shed),
        ("refused", |s| s.refused),
        ("wasted", |s| s.wasted),
        ("rate_limited", |s| s.rate_limited),
        ("replayed", |s| s.replayed),
        ("conflict", |s| s.conflict),
        ("expired", |s| s.expired),
        ("cancelled", |s| s.cancelled),
        ("lost", |s| s.lost),
    ];
    for (name, fate) in fates {
        let times: u64 = all.iter().flat_map(|r| &r.services).map(|(_, s)| fate(s)).sum();
        assert!(times > 0, "nothing was {name}");
    }
    let links = || all.iter().flat_map(|r| &r.links).map(|(_, l)| l);
    assert!(links().any(|l| l.hedges > 0) && links().any(|l| l.breaker_changes > 2));
    assert!(links().any(|l| l.asks.settled > 0) && links().any(|l| l.compensations.settled > 0));
    let ledgers = || all.iter().map(|r| r.ledger);
    assert!(ledgers().any(|l| l.duplicates > 0) && ledgers().any(|l| l.unknown > 0));
    assert!(ledgers().any(|l| l.compensated > 0));
}
