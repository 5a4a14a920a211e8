//! Reports that must stay the same, bit for bit, from one platform and one version to the next.
//!
//! There are two sets. `corpus.jsonl` holds random scenarios with every policy and fault, one per line; `corpus.txt` holds
//! the fingerprint of each report. `reports/` holds the whole reports of the ready systems, which can be read and
//! compared. The native tests and those in a browser use the same files, so their results agree.
//! `tests/it/golden_reports.rs` explains how to rewrite them.

use callchain::chance::Seed;
use callchain::scenario::{check, read};
use callchain::sim::Simulation;
use callchain::sim::report::Report;
use std::sync::Arc;

/// The scenarios of the corpus, one a line.
pub const CORPUS: &str = include_str!("corpus.jsonl");
/// The fingerprints of their reports, one a line.
pub const FINGERPRINTS: &str = include_str!("corpus.txt");

macro_rules! ready_reports {
    ($($id:literal),* $(,)?) => {
        &[$(($id, include_str!(concat!("reports/", $id, ".json")))),*]
    };
}

/// The reports of the ready systems, by id.
pub const READY_REPORTS: &[(&str, &str)] =
    ready_reports!["overview", "slow-dependency", "down", "transfer", "chain", "retry-storm", "breaker"];

/// More events than any of these scenarios has.
const EVENTS: u64 = 10_000_000;

/// The report of the scenario in `text`, with its own seed and horizon.
pub fn report(text: &str) -> Report {
    let scenario = read::read(text).unwrap_or_else(|problems| panic!("{problems:?}"));
    let topology = check::check(&scenario).unwrap_or_else(|problems| panic!("{problems:?}"));
    let horizon = topology.horizon;
    let mut simulation = Simulation::new(Arc::new(topology), Seed(scenario.seed));
    simulation.run_until(horizon, EVENTS);
    simulation.report()
}

/// The fingerprint of a text in the notation of the corpus.
pub fn fingerprint(text: &str) -> String {
    format!("{:016x}", super::fingerprint(text.bytes()))
}

/// Panics if the report of a scenario of the corpus has changed.
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
pub fn the_corpus_is_the_same_everywhere() {
    assert!(CORPUS.lines().count() >= 200, "the corpus is too small");
    assert_eq!(CORPUS.lines().count(), FINGERPRINTS.lines().count());
    for ((line, expected), number) in CORPUS.lines().zip(FINGERPRINTS.lines()).zip(1..) {
        let found = report(line).to_json();
        assert_eq!(fingerprint(&found), expected, "corpus.jsonl, line {number}, has another report now:\n{found}");
    }
}

/// Panics if the report of a ready system has changed.
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
pub fn the_ready_systems_are_the_same_everywhere() {
    assert_eq!(READY_REPORTS.len(), callchain::scenario::ready::READY.len());
    for (id, expected) in READY_REPORTS {
        let ready = callchain::scenario::ready::find(id).unwrap_or_else(|| panic!("there is no ready system {id}"));
        assert_eq!(report(ready.text).to_json(), expected.trim_end(), "the report of {id} has changed");
    }
}
