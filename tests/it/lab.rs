//! The laboratory: runs scenarios that are written as JSON, and compares measurements with theory.
//!
//! **The rule of comparison.** Each row runs with several seeds, which gives independent values of each measure. Their
//! mean may differ from the exact value by at most four standard errors of that mean. Four standard errors must be at
//! most the share of the value that the row names, so that no row passes by being vague. The seeds follow from the name
//! of the row: rows share no random numbers, and a row that passes keeps passing until the simulation changes.

use crate::golden::fingerprint;
use callchain::chance::Seed;
use callchain::scenario::measure::{Measure, Names, Unit};
use callchain::scenario::{check, read};
use callchain::sim::report::{ClientReport, LinkReport, Report, ServiceReport};
use callchain::sim::{Simulation, Stopped};
use callchain::time::Time;
use serde_json::{Value, json};
use std::sync::Arc;

/// What is compared: its name in theory, how it is asked of a run, and its exact value. Lengths of time are in seconds.
pub type Row<'a> = (&'a str, &'a str, f64);

/// The largest difference between a mean and the exact value, in standard errors.
const ERRORS: f64 = 4.0;

/// A simulation of a valid scenario at its start.
pub fn simulation(scenario: &Value, seed: u64) -> (Simulation, Time) {
    let read = read::read(&scenario.to_string()).unwrap_or_else(|problems| panic!("{problems:#?}"));
    let topology = check::check(&read).unwrap_or_else(|problems| panic!("{problems:#?}"));
    let horizon = topology.horizon;
    (Simulation::new(Arc::new(topology), Seed(seed)), horizon)
}

/// The report of a whole run.
pub fn run(scenario: &Value, seed: u64) -> Report {
    let (mut simulation, horizon) = simulation(scenario, seed);
    assert_eq!(simulation.run_until(horizon, u64::MAX), Stopped::Reached);
    simulation.report()
}

/// What measures came to in a whole run; lengths of time in seconds.
pub fn measured<const N: usize>(scenario: &Value, seed: u64, measures: [&str; N]) -> [f64; N] {
    let mut values = values(scenario, seed, &measures).into_iter();
    measures.map(|_| values.next().expect("one value for each"))
}

fn values(scenario: &Value, seed: u64, measures: &[&str]) -> Vec<f64> {
    let (mut simulation, horizon) = simulation(scenario, seed);
    let names = Names::of_topology(simulation.topology());
    let read = |text: &&str| Measure::parse(text, &names).unwrap_or_else(|mistake| panic!("{}", mistake.pointed(text)));
    let measures: Vec<Measure> = measures.iter().map(read).collect();
    simulation.ask(&measures);
    assert_eq!(simulation.run_until(horizon, u64::MAX), Stopped::Reached);
    let in_seconds = |(measure, (text, value)): (&Measure, (String, Option<f64>))| {
        let value = value.unwrap_or_else(|| panic!("{text} is absent"));
        if measure.unit() == Unit::Millis { value / 1e3 } else { value }
    };
    measures.iter().zip(simulation.answers()).map(in_seconds).collect()
}

/// Runs a scenario with as many seeds, and asserts that every measure is what theory says, as the rule at the top has it; `vague` is the share of the value that four standard errors may be at most.
pub fn agrees(name: &str, scenario: &Value, seeds: u64, vague: f64, rows: &[Row]) {
    let first = fingerprint(name.bytes()) >> 16;
    let measures: Vec<&str> = rows.iter().map(|(_, measure, _)| *measure).collect();
    let runs: Vec<Vec<f64>> = (first..first + seeds).map(|seed| self::values(scenario, seed, &measures)).collect();
    for (place, (what, _, exact)) in rows.iter().enumerate() {
        let values: Vec<f64> = runs.iter().map(|run| run[place]).collect();
        let (mean, error) = mean_and_error(&values);
        println!(
            "{name}: {what} {mean:.6} against {exact:.6}, {:+.2} standard errors of {error:.2e}",
            (mean - exact) / error
        );
        assert!(
            (mean - exact).abs() <= ERRORS * error,
            "{name}: {what} is {mean}, in theory {exact}: off by more than {ERRORS} times {error}"
        );
        assert!(ERRORS * error <= vague * exact.abs(), "{name}: {what} {mean} is too vague: standard error {error}");
    }
}

/// The mean of independent values, and its standard error.
fn mean_and_error(values: &[f64]) -> (f64, f64) {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let variance = values.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / (n - 1.0);
    (mean, (variance / n).sqrt())
}

/// Asserts that a value with little or no randomness agrees with theory, up to a share of `within`.
pub fn equals(what: &str, measured: f64, exact: f64, within: f64) {
    println!("{what}: {measured} against {exact}");
    assert!((measured - exact).abs() <= within * exact.abs(), "{what} is {measured}, in theory {exact}");
}

/// The report of the service `id`.
pub fn service<'a>(report: &'a Report, id: &str) -> &'a ServiceReport {
    report.service(id).unwrap_or_else(|| panic!("there is no service {id}"))
}

/// The report of the link `id`, e.g. `a->b`.
pub fn link<'a>(report: &'a Report, id: &str) -> &'a LinkReport {
    report.link(id).unwrap_or_else(|| panic!("there is no link {id}"))
}

/// The report of the client `web`.
pub fn web(report: &Report) -> &ClientReport {
    report.client("web").expect("there is a client")
}

/// A client `web` in front of `services` and their `links`; every link that says no delay has none.
pub fn system(horizon: &str, load: Value, services: Value, links: Value) -> Value {
    let mut all = vec![json!({"id": "web", "kind": "client"})];
    all.extend(services.as_array().expect("a list").iter().cloned());
    let mut load = load;
    load["client"] = json!("web");
    let mut links = links;
    for link in links.as_array_mut().expect("a list") {
        if link.get("delay").is_none() {
            link["delay"] = json!("0ms");
        }
    }
    json!({"horizon": horizon, "services": all, "links": links, "load": [load]})
}

/// Poisson arrivals at one station `a`, whose settings are given, with an unlimited queue unless they set one.
pub fn station(horizon: &str, rate: f64, settings: Value) -> Value {
    let mut a = json!({"id": "a", "workers": 1, "queue": null});
    for (key, value) in settings.as_object().expect("an object") {
        a[key] = value.clone();
    }
    system(horizon, json!({"poisson": rate}), json!([a]), json!([{"from": "web", "to": "a"}]))
}
