//! The duration of a jump to another moment, and the memory of the past: ten minutes of each ready system.
//!
//! Natively `cargo bench --bench history`, in WebAssembly under Node `scripts/bench-wasm wasm-release history`. The goal is at
//! most 100 ms per jump and 100 MB. For comparison, each line also has the duration of a run without a past.

#[path = "support/clock.rs"]
mod clock;

use callchain::Simulation;
use callchain::chance::Seed;
use callchain::scenario::Scenario;
use callchain::scenario::check::check;
use callchain::scenario::ready::READY;
use callchain::scenario::topology::Topology;
use callchain::sim::history::History;
use callchain::time::{Span, Time};
use clock::say;
use std::sync::Arc;

const END: Time = Time::at(Span::secs(600));
const JUMPS: u64 = 200;

fn main() {
    if std::env::args().any(|argument| argument == "--test") {
        return;
    }
    say("ten minutes of              events   run without past   with past   median jump   longest jump      past");
    for ready in READY {
        let Ok(scenario) = Scenario::from_json(ready.text) else { continue };
        let Ok(topology) = check(&scenario) else { continue };
        measure(ready.id, Arc::new(Topology { horizon: Time::MAX, ..topology }), Seed(scenario.seed));
    }
}

fn measure(name: &str, topology: Arc<Topology>, seed: Seed) {
    let plain = timed(|| _ = Simulation::new(topology.clone(), seed).run_until(END, u64::MAX));
    let mut history = History::new(topology, seed);
    let run = timed(|| _ = history.run_until(END, u64::MAX));
    let mut jumps: Vec<f64> = (1..=JUMPS)
        .map(|i| {
            // Evenly spread positions in a scattered order: 89 and 200 have no common factor.
            let at = Time::at(END.since_start().scaled((i * 89 % JUMPS) as f64 / JUMPS as f64));
            timed(|| history.seek(at))
        })
        .collect();
    jumps.sort_by(f64::total_cmp);
    let ms = |seconds: f64| seconds * 1e3;
    say(&format!(
        "{name:<20} {:>13} {:>15.0} ms {:>8.0} ms {:>10.1} ms {:>11.1} ms {:>6.1} MB",
        history.end().events,
        ms(plain),
        ms(run),
        ms(jumps[jumps.len() / 2]),
        ms(jumps[jumps.len() - 1]),
        history.bytes() as f64 / 1e6,
    ));
}

fn timed(mut act: impl FnMut()) -> f64 {
    let start = clock::seconds();
    act();
    clock::seconds() - start
}
