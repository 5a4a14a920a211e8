//! Availability, retries, amplification and budgets against arithmetic.

use crate::lab::{Row, agrees, equals, link, measured, run, system, web};
use callchain::outcome::Outcome;
use serde_json::{Value, json};

const SUCCESS: &str = "clients.web.success_rate";
const ATTEMPTS_A_CALL: &str = "links.web->s0.amplification";

/// The share of the requests that ended with this outcome.
fn share_of(outcome: &str) -> String {
    format!("clients.web.outcomes.{outcome} / clients.web.latency.count")
}

/// `web` calls `s0`, which calls `s1`, and so on; each link has `policy`, the last service fails with `failing`.
fn layers(horizon: &str, rate: f64, n: usize, failing: f64, policy: &Value) -> Value {
    let name = |i: usize| format!("s{i}");
    let station = |i: usize| json!({"id": name(i), "workers": null, "work": "0ms", "failure_rate": if i + 1 == n { failing } else { 0.0 }});
    let call = |i: usize| {
        let mut link = policy.clone();
        link["from"] = json!(if i == 0 { "web".to_owned() } else { name(i - 1) });
        link["to"] = json!(name(i));
        link
    };
    let services: Vec<Value> = (0..n).map(station).collect();
    let links: Vec<Value> = (0..n).map(call).collect();
    system(horizon, json!({"constant": rate}), json!(services), json!(links))
}

#[test]
fn availabilities_in_series_multiply() {
    let mut scenario = layers("2000s", 10.0, 3, 0.01, &json!({}));
    for (i, failing) in [(1, 0.05), (2, 0.1), (3, 0.01)] {
        scenario["services"][i]["failure_rate"] = json!(failing);
    }
    agrees("0.95 x 0.9 x 0.99", &scenario, 12, 0.02, &[("success", SUCCESS, 0.95 * 0.9 * 0.99)]);
}

#[test]
fn with_independent_losses_only_calls_whose_attempts_are_all_lost_fail() {
    for p in [0.01, 0.1, 0.3, 0.5] {
        for attempts in [1, 2, 4] {
            let policy =
                json!({"loss": {"request": p, "response": 0}, "timeout": "10ms", "retry": {"max_attempts": attempts}});
            let lost = libm::pow(p, f64::from(attempts));
            let scenario = layers("200s", 50.0, 1, 0.0, &policy);
            let name = format!("loss {p}, {attempts} attempts");
            if lost < 0.001 {
                // Too rare for a standard error; ten times as many would be noticed.
                equals(&name, measured(&scenario, 1, [SUCCESS])[0], 1.0 - lost, 0.001);
            } else {
                agrees(&name, &scenario, 12, 0.5, &[("failures", &share_of("timeout"), lost)]);
            }
            if attempts > 1 {
                let exact = (1.0 - lost) / (1.0 - p);
                agrees(&name, &scenario, 12, 0.05, &[("attempts", ATTEMPTS_A_CALL, exact)]);
            }
        }
    }
}

/// The calls that reach the last of `n` services for each request of the client.
fn leaf_calls(n: usize) -> String {
    format!("services.s{}.arrivals_per_request", n - 1)
}

#[test]
fn retries_in_every_layer_multiply() {
    // The SRE book: three layers of four attempts, 64. The Amazon Builders' Library: five layers of three, 243.
    for (n, attempts, exact) in [(3, 4, 64.0), (5, 3, 243.0), (1, 3, 3.0), (4, 1, 1.0)] {
        let scenario = layers("20s", 1.0, n, 1.0, &json!({"retry": {"max_attempts": attempts}}));
        equals(&format!("{n} layers of {attempts}"), measured(&scenario, 1, [&leaf_calls(n)])[0], exact, 0.0);
    }
}

#[test]
fn layers_of_retries_over_an_unreliable_leaf_act_like_one_layer_with_all_attempts() {
    // M = attempts^layers in all: a request fails with p^M and costs (1 - p^M) / (1 - p) calls of the leaf.
    for (n, attempts, p) in [(2, 2, 0.6), (3, 2, 0.8), (2, 3, 0.8)] {
        let all = libm::pow(p, f64::from(i32::pow(attempts, n as u32)));
        let scenario = layers("500s", 10.0, n, p, &json!({"retry": {"max_attempts": attempts}}));
        let (failures, last) = (share_of("error"), leaf_calls(n));
        let measures: [Row; 2] = [("failures", &failures, all), ("leaf calls", &last, (1.0 - all) / (1.0 - p))];
        agrees(&format!("{n} layers of {attempts}, {p}"), &scenario, 12, 0.1, &measures);
    }
}

#[test]
fn a_budget_bounds_the_retries_of_all_calls() {
    // Nothing succeeds and each call would be tried four times.
    let attempts = |budget: Value| {
        let policy = json!({"retry": {"max_attempts": 4, "budget": budget}});
        measured(&layers("200s", 100.0, 1, 1.0, &policy), 1, [ATTEMPTS_A_CALL])[0]
    };
    equals("no budget", attempts(Value::Null), 4.0, 0.0);
    equals("10 %", attempts(json!({"ratio": 0.1, "min_per_second": 0, "window": "10s"})), 1.1, 0.005);
    equals("20 %", attempts(json!({"ratio": 0.2, "min_per_second": 0, "window": "10s"})), 1.2, 0.005);
    // 10 a second besides: another tenth of a call each.
    equals("10 % and 10 a second", attempts(json!({"ratio": 0.1, "min_per_second": 10, "window": "10s"})), 1.2, 0.01);
    // gRPC: a retry needs more than half of the tokens, and a failure takes one: twelve calls of four attempts and one more.
    let tokens = layers(
        "200s",
        100.0,
        1,
        1.0,
        &json!({"retry": {"max_attempts": 4, "budget": {"max_tokens": 100, "token_ratio": 0.1}}}),
    );
    equals("100 tokens", link(&run(&tokens, 1), "web->s0").retries as f64, 37.0, 0.0);
}

#[test]
fn adaptive_and_plain_retries_amplify_as_brooker_s_simulator_found() {
    // Marc Brooker's retry_sim, three retries at each rate of failure: success and load, to the digits that he gives.
    for (p, success_exact, load) in
        [(0.01, 1.0, 1.011), (0.05, 1.0, 1.053), (0.1, 1.0, 1.112), (0.2, 0.999, 1.247), (0.5, 0.940, 1.875)]
    {
        let scenario = layers("400s", 100.0, 1, p, &json!({"retry": {"max_attempts": 4}}));
        let [success, attempts] = measured(&scenario, 1, [SUCCESS, ATTEMPTS_A_CALL]);
        equals(&format!("success at {p}"), success, success_exact, 0.005);
        equals(&format!("load at {p}"), attempts, load, 0.01);
    }
}

#[test]
fn a_call_that_must_not_be_repeated_is_not_repeated() {
    for (method, more, attempts) in
        [("POST", json!({}), 1), ("POST", json!({"unsafe": true}), 3), ("PUT", json!({}), 3)]
    {
        let mut retry = more;
        retry["max_attempts"] = json!(3);
        let scenario = layers("10s", 1.0, 1, 1.0, &json!({"method": method, "retry": retry}));
        let report = run(&scenario, 1);
        equals(method, measured(&scenario, 1, [ATTEMPTS_A_CALL])[0], f64::from(attempts), 0.0);
        assert_eq!(web(&report).outcomes.get(Outcome::Error), web(&report).sent);
    }
}
