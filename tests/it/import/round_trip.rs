//! Imports of this program's own exports: a flowchart gives the same structure, and the trace of a run gives a system that
//! behaves like the first.

use super::{open, shown};
use callchain::chance::Seed;
use callchain::scenario::{Kind, Link, Scenario, check, limits, ready};
use callchain::scene::stage::flowchart;
use callchain::sim::Simulation;
use callchain::sim::report::Report;
use callchain::time::Span;
use std::sync::Arc;

/// The report and the trace of ten minutes.
fn run(scenario: &Scenario) -> (Report, String) {
    let scenario = Scenario { horizon: Span::secs(600), faults: Vec::new(), ..scenario.clone() };
    let topology = check::check(&scenario).unwrap();
    let (horizon, topology) = (topology.horizon, Arc::new(topology));
    let mut simulation = Simulation::new(topology, Seed(scenario.seed));
    simulation.record(limits::SPANS);
    simulation.run_until(horizon, limits::EVENTS);
    let trace = simulation.trace().unwrap().to_otlp(simulation.topology(), Seed(scenario.seed));
    (simulation.report(), trace)
}

/// Systems that a trace describes completely: each call happens once, and most requests hardly wait.
const QUIET: [&str; 3] = ["overview", "slow-dependency", "chain"];

#[test]
fn a_system_made_of_its_own_trace_has_the_same_parts_and_behaves_alike() {
    for id in QUIET {
        let first = Scenario::from_json(ready::find(id).unwrap().text).unwrap();
        let (before, trace) = run(&first);
        let imported = open(&trace);
        let second = &imported.scenario;
        let services = |scenario: &Scenario| {
            let mut all: Vec<(String, bool)> =
                scenario.services.iter().map(|service| (service.id.clone(), service.kind == Kind::Client)).collect();
            all.sort();
            all
        };
        let links = |scenario: &Scenario| {
            let facts = |link: &Link| (link.from.clone(), link.to.clone(), link.stage, link.probability.to_string());
            let mut all: Vec<_> = scenario.links.iter().map(facts).collect();
            all.sort();
            all
        };
        assert_eq!(services(second), services(&first), "{id}: {}", shown(&imported));
        assert_eq!(links(second), links(&first), "{id}: {}", shown(&imported));
        for service in first.services.iter().filter(|service| service.kind != Kind::Client) {
            let twin = second.services.iter().find(|twin| twin.id == service.id).unwrap();
            let [right, found] = [service, twin].map(|it| it.work.mean().unwrap().as_millis_f64());
            near(&format!("{id}: mean work of {}", service.id), right, found, 0.05, 0.5);
        }
        let (after, _) = run(second);
        for (client, report) in &before.clients {
            let twin = after.client(client).unwrap();
            // Chance decides: three and a half standard deviations of as many arrivals.
            let sent = report.sent as f64;
            near(&format!("{id}: requests of {client}"), sent, twin.sent as f64, 0.0, 3.5 * sent.sqrt());
            for (what, right, found) in
                [("p50", report.latency.p50, twin.latency.p50), ("p95", report.latency.p95, twin.latency.p95)]
            {
                near(&format!("{id}: {what} of {client}"), right.unwrap(), found.unwrap(), 0.08, 1.0);
            }
        }
    }
}

#[test]
fn a_system_made_of_its_own_flowchart_has_the_same_structure() {
    for ready in ready::READY {
        let first = Scenario::from_json(ready.text).unwrap();
        let second = open(&flowchart::text(&first)).scenario;
        let label = |scenario: &Scenario, id: &str| {
            let found = scenario.services.iter().find(|service| service.id == id);
            found.unwrap_or_else(|| panic!("{id}")).label().to_owned()
        };
        let services = |scenario: &Scenario| -> Vec<(String, Kind)> {
            scenario.services.iter().map(|service| (service.label().to_owned(), service.kind)).collect()
        };
        let links = |scenario: &Scenario| -> Vec<_> {
            let ends = |link: &Link| [&link.from, &link.to].map(|id| label(scenario, id));
            let attempts = |link: &Link| link.retry.as_ref().map(|retry| retry.max_attempts);
            scenario.links.iter().map(|link| (ends(link), link.optional, link.timeout, attempts(link))).collect()
        };
        assert_eq!(services(&second), services(&first), "{}", ready.id);
        assert_eq!(links(&second), links(&first), "{}", ready.id);
    }
}

/// Checks that a figure is right within a share of it, or within a number of units.
fn near(what: &str, right: f64, found: f64, share: f64, units: f64) {
    println!("{what}: {right:.2} became {found:.2}");
    assert!((found - right).abs() <= (right * share).max(units), "{what}: {right} became {found}");
}
