//! Results that must stay the same, bit for bit, on every platform and from one version to the next. Part of the native
//! tests (`tests/it`) and of those in a browser (`tests/web`), so native runs and browser runs agree.
//!
//! A change of a line here changes the results of every saved seed, so it must be intentional. The failing test prints
//! the new lines.

pub mod reports;

use callchain::chance::{Distribution, Draw, Seed, Stream, ThingKey};
use callchain::scenario::check::check;
use callchain::scenario::read::read;
use callchain::sim::Simulation;
use callchain::time::Span;
use std::sync::Arc;

/// 10,000 draws from each distribution.
const DRAWS: &[(&str, u64)] = &[
    ("exponential", 0x1d3e099ee4ef6ec5),
    ("uniform", 0x5bd4eca35dd1a6a7),
    ("normal", 0xef460675a15afbd5),
    ("lognormal", 0x9ee36d77a2b5137e),
    ("pareto", 0x864a98e38441565d),
    ("empirical", 0x526a8477a6728fdc),
];

/// A scenario that uses nearly the whole format.
const EVERYTHING: &str = include_str!("everything.json");

/// Fingerprints of half a minute of it by seed: of the number of events and the report.
const RUNS: &[(&str, u64)] =
    &[("seed 1", 0x6a0f04e58d53ab8a), ("seed 2", 0xc4e152cd28a0b5bb), ("seed 3", 0x9b4a625c09488676)];

/// A fingerprint of bytes (FNV-1a, 64 bits).
pub fn fingerprint(bytes: impl IntoIterator<Item = u8>) -> u64 {
    let hash = |h: u64, b: u8| (h ^ u64::from(b)).wrapping_mul(0x0000_0100_0000_01b3);
    bytes.into_iter().fold(0xcbf2_9ce4_8422_2325, hash)
}

fn assert_same(found: &[(&str, u64)], expected: &[(&str, u64)]) {
    let lines: Vec<_> = found.iter().map(|(name, print)| format!("    (\"{name}\", {print:#018x}),")).collect();
    assert!(found == expected, "the results have changed; found\n{}\n", lines.join("\n"));
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn draws_are_the_same_everywhere() {
    let (short, long) = (Span::millis(5), Span::millis(200));
    let distributions = [
        ("exponential", Distribution::Exponential { mean: short }),
        ("uniform", Distribution::Uniform { low: short, high: long }),
        ("normal", Distribution::Normal { mean: long, sd: short }),
        ("lognormal", Distribution::Lognormal { median: short, p99: long }),
        ("pareto", Distribution::Pareto { min: short, shape: 1.5 }),
        ("empirical", Distribution::Empirical(vec![short, Span::millis(7), long])),
    ];
    let found = distributions.map(|(name, distribution)| {
        let mut stream = Stream::new(Seed(7), Draw::Work, ThingKey::of("golden"));
        let mut draws = (0..10_000).map(|_| stream.sample(&distribution).as_nanos());
        (name, fingerprint(draws.by_ref().flat_map(u64::to_le_bytes)))
    });
    assert_same(&found, DRAWS);
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn runs_are_the_same_everywhere() {
    let scenario = read(EVERYTHING).unwrap();
    let topology = Arc::new(check(&scenario).unwrap());
    let run = |seed| {
        let mut sim = Simulation::new(topology.clone(), Seed(seed));
        sim.run_until(topology.horizon, u64::MAX);
        assert!(sim.events() > 10_000, "nearly nothing happened: {} events", sim.events());
        fingerprint(sim.events().to_le_bytes().into_iter().chain(sim.report().to_json().bytes()))
    };
    assert_same(&[("seed 1", run(1)), ("seed 2", run(2)), ("seed 3", run(3))], RUNS);
}
