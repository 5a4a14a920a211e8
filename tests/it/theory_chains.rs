//! Chains of calls against theory: unlike the queues of a tandem, services hold workers while they wait.
//!
//! The exact values are closed forms (Pollaczek and Khinchine, Erlang, Jackson) and exact solutions of the Markov chain
//! of caller and callee; one unit of time is a second.

use crate::lab::{Row, agrees, equals, run, system};
use serde_json::{Value, json};

const CLIENT_W: &str = "clients.web.latency.mean";

/// Stations of one worker each in a row, each of which calls the next after its own work.
fn row(horizon: &str, rate: f64, threads: &str, work: &[&str]) -> Value {
    let name = |i: usize| format!("s{i}");
    let station = |(i, work): (usize, &&str)| json!({"id": name(i), "workers": 1, "queue": null, "threads": threads, "work": {"exponential": work}});
    let call = |i: usize| json!({"from": if i == 0 { "web".to_owned() } else { name(i - 1) }, "to": name(i)});
    let services: Vec<Value> = work.iter().enumerate().map(station).collect();
    let links: Vec<Value> = (0..work.len()).map(call).collect();
    system(horizon, json!({"poisson": rate}), json!(services), json!(links))
}

#[test]
fn asynchronous_services_in_a_row_are_a_tandem_of_independent_queues() {
    // Burke and Jackson: the sum of 1/(mu - lambda).
    for (name, rate, horizon, work, exact) in [
        ("two", 0.8, "50000s", vec!["1s", "800ms"], 7.222_222_222_222),
        ("five", 0.7, "50000s", vec!["1s"; 5], 16.666_666_666_667),
        ("two of 0.4", 1.0, "50000s", vec!["400ms"; 2], 1.333_333_333_333),
    ] {
        let scenario = row(horizon, rate, "async", &work);
        agrees(name, &scenario, 16, 0.15, &[("W", CLIENT_W, exact)]);
    }
}

#[test]
fn a_worker_that_is_held_during_the_call_makes_the_chain_one_long_service() {
    // M/G/1 with the sum of the works: for 0.4 + 0.4 at a rate of 1, W is 3.2 instead of 1.3333.
    let two: [Row; 4] = [
        ("W", CLIENT_W, 3.2),
        ("Lq at the caller", "services.s0.mean_in_queue", 2.4),
        ("held or at work at the caller", "services.s0.utilisation", 0.8),
        ("at work at the callee", "services.s1.utilisation", 0.4),
    ];
    agrees("0.4 + 0.4", &row("50000s", 1.0, "blocking", &["400ms"; 2]), 20, 0.15, &two);
    let three = row("50000s", 1.0, "blocking", &["200ms", "300ms", "300ms"]);
    agrees("0.2 + 0.3 + 0.3", &three, 20, 0.15, &[("W", CLIENT_W, 2.95)]);
}

/// Caller `a` and callee `b`: workers, mean work, places in the queue.
fn pair(horizon: &str, rate: f64, a: (u32, &str, Value), b: (u32, &str, Value)) -> Value {
    let station = |id: &str, (workers, work, queue): (u32, &str, Value)| json!({"id": id, "workers": workers, "queue": queue, "work": {"exponential": work}});
    system(
        horizon,
        json!({"poisson": rate}),
        json!([station("a", a), station("b", b)]),
        json!([{"from": "web", "to": "a"}, {"from": "a", "to": "b"}]),
    )
}

const W: &str = "services.a.latency.mean";
const HELD: &str = "services.a.utilisation";
const SHED: &str = "services.a.shed / services.a.arrived";
const FAILED: &str = "services.a.failed / services.a.completed";

#[test]
fn caller_and_callee_behave_as_their_markov_chain_says() {
    let (ms400, unlimited) = ("400ms", Value::Null);
    for (workers, exact) in [(1, 3.2), (2, 1.176_470_588_235), (4, 1.068_623), (100, 1.066_667)] {
        let scenario = pair("30000s", 1.0, (workers, ms400, unlimited.clone()), (1, ms400, unlimited.clone()));
        agrees(&format!("{workers} at the caller"), &scenario, 16, 0.15, &[("W", W, exact)]);
    }
    let slow = pair("10000s", 8.0, (10, "20ms", unlimited.clone()), (2, "200ms", unlimited.clone()));
    agrees("slow callee", &slow, 16, 0.1, &[("W", W, 0.575_555_556_032), ("held", HELD, 0.410_775_019_927)]);
    let overload = pair("3000s", 12.0, (10, "20ms", json!(20)), (2, "200ms", unlimited));
    let measures: [Row; 3] =
        [("shed", SHED, 0.167_339_246_216), ("held", HELD, 0.993_045_137_744), ("W", W, 2.514_222_228_482)];
    agrees("overloaded callee", &overload, 16, 0.1, &measures);
    let short = pair("3000s", 12.0, (10, "20ms", json!(20)), (2, "200ms", json!(3)));
    let measures: [Row; 3] =
        [("failed", FAILED, 0.263_874_983_927), ("held", HELD, 0.342_136_317_269), ("W", W, 0.285_113_603_931)];
    agrees("callee with a short queue", &short, 16, 0.1, &measures);
}

#[test]
fn a_bulkhead_without_a_wait_is_erlang_b_whatever_the_distribution() {
    // 100 a second, each 0.2 s under way, 20 permits: B(20, 20) = 15.9 %.
    // Each call is one attempt, so that those that are over are as many.
    let full = "links.web->a.attempt_outcomes.bulkhead_full / links.web->a.latency.count";
    for work in [json!("200ms"), json!({"exponential": "200ms"}), json!({"uniform": ["0ms", "400ms"]})] {
        let scenario = system(
            "500s",
            json!({"poisson": 100}),
            json!([{"id": "a", "workers": null, "work": work}]),
            json!([{"from": "web", "to": "a", "bulkhead": {"max_concurrent": 20}}]),
        );
        agrees(&work.to_string(), &scenario, 10, 0.1, &[("full", full, 0.158_891_961_542)]);
    }
}

#[test]
fn a_worker_is_held_through_timeouts_and_retries() {
    // M/G/1 with one worker: 10 ms of work, then attempts of 50 ms, or of 200 ms when the request leg is lost.
    for (rate, loss, attempts, w_exact, rho_exact) in
        [(5.0, 0.1, 1, 0.1056, 0.375), (5.0, 0.1, 3, 0.131_367, 0.410_75), (4.0, 0.3, 4, 0.351_447_329_079, 0.578_46)]
    {
        let scenario = system(
            "5000s",
            json!({"poisson": rate}),
            json!([
                {"id": "a", "workers": 1, "queue": null, "work": "10ms"},
                {"id": "b", "workers": null, "work": "0ms"},
            ]),
            json!([
                {"from": "web", "to": "a"},
                {"from": "a", "to": "b", "delay": "25ms", "loss": {"request": loss, "response": 0}, "timeout": "200ms",
                 "retry": {"max_attempts": attempts}},
            ]),
        );
        let measures: [Row; 2] = [("W", W, w_exact), ("held", HELD, rho_exact)];
        agrees(&format!("loss {loss}, {attempts} attempts"), &scenario, 16, 0.1, &measures);
    }
}

/// `web` calls `a`, and `a` calls `n` services with unlimited workers in parallel.
fn fan_out(horizon: &str, rate: f64, n: usize, work: &Value) -> Value {
    let leaf = |i: usize| format!("leaf-{i}");
    let mut services = vec![json!({"id": "a", "workers": null, "work": "0ms"})];
    services.extend((0..n).map(|i| json!({"id": leaf(i), "workers": null, "work": work})));
    let mut links = vec![json!({"from": "web", "to": "a"})];
    links.extend((0..n).map(|i| json!({"from": "a", "to": leaf(i)})));
    system(horizon, json!({"constant": rate}), json!(services), json!(links))
}

#[test]
fn parallel_calls_take_as_long_as_the_slowest() {
    // The mean of the maximum of n exponential lengths of mean 1 is the n-th harmonic number.
    let exponential = json!({"exponential": "1s"});
    for (n, horizon, exact) in [(3, "4000s", 1.833_333_333_333), (100, "400s", 5.187_377_517_64)] {
        let scenario = fan_out(horizon, 1.0, n, &exponential);
        agrees(&format!("{n} in parallel"), &scenario, 10, 0.05, &[("mean", CLIENT_W, exact)]);
    }
}

#[test]
fn one_slow_answer_in_a_hundred_delays_most_requests_with_a_hundred_calls() {
    // Dean and Barroso, "The Tail at Scale": 1 - 0.99^100 = 63.4 % of the requests take a second.
    let mut lengths = vec!["10ms"; 99];
    lengths.push("1s");
    // Each slow answer adds 0.99 s to the mean; how sure that has to be is a share of what it adds.
    let slow = 0.99 * (1.0 - libm::pow(0.99, 100.0));
    let mean = 0.01 + slow;
    let scenario = fan_out("2000s", 1.0, 100, &json!({"empirical": lengths}));
    agrees("1 % slow, fan-out 100", &scenario, 8, 0.05 * slow / mean, &[("mean", CLIENT_W, mean)]);
}

#[test]
fn a_hedge_after_the_95th_percentile_costs_five_percent_and_cuts_the_tail() {
    // Exponential work of mean 1 s; after t = ln 20 s one in twenty is not answered. The rest is memoryless.
    let scenario = system(
        "20000s",
        json!({"poisson": 1}),
        json!([{"id": "a", "workers": null, "work": {"exponential": "1s"}}]),
        json!([{"from": "web", "to": "a", "hedge": {"after": "2995732274ns"}}]),
    );
    let measures: [Row; 3] = [
        ("hedges a call", "links.web->a.hedges / links.web->a.calls", 0.05),
        ("mean", CLIENT_W, 1.0 - 0.05 + 0.05 / 2.0),
        // P(W > x) = 0.05 exp(-2 (x - t)) beyond t, so that 1 % is reached at t + ln(5)/2.
        ("p99", "clients.web.latency.p99", 2.995_732_274 + libm::log(5.0) / 2.0),
    ];
    agrees("hedge", &scenario, 16, 0.1, &measures);
}

#[test]
fn little_s_law_holds_in_every_drained_system_to_the_last_digit() {
    // The load ends early, so that everything has left: the area under the number in the system is the sum of the stays.
    let mut blocking = row("4000s", 0.9, "blocking", &["300ms", "300ms", "300ms"]);
    let mut tandem = row("4000s", 0.9, "async", &["1s", "500ms"]);
    for (name, scenario) in [("blocking", &mut blocking), ("async", &mut tandem)] {
        scenario["load"][0]["until"] = json!("3000s");
        let report = run(scenario, 3);
        for (id, s) in &report.services {
            assert_eq!(s.present, 0, "{name}: {id} is not empty");
            let area = s.mean_in_system * report.simulated_ms;
            equals(&format!("{name}: {id}"), area, s.latency.mean.unwrap() * s.latency.count as f64, 1e-9);
        }
    }
}
