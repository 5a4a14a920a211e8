//! The duration of the search for warnings in the largest system: 200 services, and the most links allowed.
//!
//! Natively `cargo bench --bench warnings`, in WebAssembly under Node `scripts/bench-wasm wasm-release warnings`. The goal is
//! at most 5 ms natively, because it runs after every edit.

#[path = "support/clock.rs"]
mod clock;

use callchain::editor::policies::default_retry;
use callchain::editor::warning::warnings;
use callchain::scenario::{Kind, Link, Scenario, Service};
use callchain::time::Span;
use clock::{say, seconds};

const TIMES: usize = 101;

fn main() {
    if std::env::args().any(|argument| argument == "--test") {
        return;
    }
    for (name, scenario) in [("well designed", largest(false)), ("all of it wrong", largest(true))] {
        let found = warnings(&scenario).len();
        let mut times: Vec<f64> = (0..TIMES)
            .map(|_| {
                let start = seconds();
                std::hint::black_box(warnings(std::hint::black_box(&scenario)));
                seconds() - start
            })
            .collect();
        times.sort_by(f64::total_cmp);
        let (median, links) = (times[TIMES / 2] * 1e3, scenario.links.len());
        say(&format!("{name:<16} {links} links, {found:>5} warnings: {median:.2} ms"));
    }
}

/// Each service calls the next five. With `wrong`, all calls retry, and half of them have no timeout.
fn largest(wrong: bool) -> Scenario {
    let mut services = vec![Service::new("s0", Kind::Client)];
    services.extend((1..200).map(|i| Service::new(format!("s{i}"), Kind::Service)));
    let ends = (0..200).flat_map(|from| (from + 1..=from + 5).map(move |to| (from, to)));
    let links = ends.filter(|(_, to)| *to < 200).map(|(from, to)| Link {
        timeout: (!wrong || to % 2 == 0).then_some(Span::millis(60_000 - 200 * from)),
        retry: wrong.then(default_retry),
        ..Link::new(format!("s{from}"), format!("s{to}"))
    });
    Scenario { links: links.collect(), services, ..Scenario::default() }
}
