//! One station against its closed form: M/M/1 and its relatives.
//!
//! The exact values are textbook formulas, evaluated independently to twelve digits; one unit of time is a second.
//! W is the mean time in the system, L and Lq the mean numbers in the system and in the queue.

use crate::lab::{Row, agrees, equals, measured, station, system};
use serde_json::json;

const W: &str = "services.a.latency.mean";
const L: &str = "services.a.mean_in_system";
const LQ: &str = "services.a.mean_in_queue";
const RHO: &str = "services.a.utilisation";
/// The share of arrivals that were shed.
const BLOCKED: &str = "services.a.shed / services.a.arrived";
const CLIENT_W: &str = "clients.web.latency.mean";
/// The requests that ended well, a second.
const GOODPUT: &str = "clients.web.goodput";

#[test]
fn one_worker_with_exponential_work_is_m_m_1() {
    let exp = json!({"work": {"exponential": "1s"}});
    agrees("rho 0.1", &station("20000s", 0.1, exp.clone()), 16, 0.12, &[("W", W, 1.0 / 0.9), ("L", L, 0.1 / 0.9)]);
    let quantiles: [Row; 7] = [
        ("W", W, 5.0),
        ("L", L, 4.0),
        ("Lq", LQ, 3.2),
        ("utilisation", RHO, 0.8),
        ("p50", "services.a.latency.p50", 3.465_735_902_8),
        ("p95", "services.a.latency.p95", 14.978_661_366_77),
        ("p99", "services.a.latency.p99", 23.025_850_929_94),
    ];
    agrees("rho 0.8", &station("50000s", 0.8, exp.clone()), 20, 0.15, &quantiles);
    agrees("rho 0.95", &station("100000s", 0.95, exp), 24, 0.2, &[("W", W, 20.0), ("utilisation", RHO, 0.95)]);
}

#[test]
fn several_workers_are_m_m_c() {
    for (workers, rate, horizon, vague, lq_exact, w_exact) in [
        (5, 4.0, "20000s", 0.25, 2.216_450_216_45, 1.554_112_554_113),
        (10, 5.0, "20000s", 0.25, 0.036_105_359_158, 1.007_221_071_832),
        (50, 40.0, "2000s", 0.25, 0.347_810_198_107, 1.008_695_254_953),
    ] {
        let scenario = station(horizon, rate, json!({"workers": workers, "work": {"exponential": "1s"}}));
        let measures: [Row; 3] =
            [("W", W, w_exact), ("Lq", LQ, lq_exact), ("utilisation", RHO, rate / f64::from(workers))];
        agrees(&format!("{workers} workers"), &scenario, 16, vague, &measures);
    }
}

#[test]
fn unlimited_workers_are_m_m_infinity() {
    let scenario = station("10000s", 5.0, json!({"workers": null, "work": {"exponential": "1s"}}));
    agrees("M/M/infinity", &scenario, 10, 0.05, &[("L", L, 5.0), ("W", W, 1.0)]);
}

#[test]
fn other_kinds_of_work_follow_pollaczek_and_khinchine() {
    // Lognormal with mean 1 and a squared coefficient of variation of 4: mu = -0.804719, sigma = 1.268636.
    let lognormal = json!({"lognormal": {"median": "447213595ns", "p99": "8555465054ns"}});
    for (name, rate, work, horizon, vague, w_exact) in [
        ("constant", 0.8, json!("1s"), "50000s", 0.1, 3.0),
        ("constant", 0.95, json!("1s"), "100000s", 0.2, 10.5),
        ("uniform", 0.7, json!({"uniform": ["0s", "2s"]}), "50000s", 0.1, 2.555_555_555_556),
        ("lognormal", 0.8, lognormal, "100000s", 0.2, 11.0),
    ] {
        let scenario = station(horizon, rate, json!({"work": work}));
        let measures: [Row; 2] = [("W", W, w_exact), ("L", L, w_exact * rate)];
        agrees(&format!("{name} {rate}"), &scenario, 20, vague, &measures);
    }
}

#[test]
fn a_bounded_queue_sheds_what_m_m_c_k_blocks() {
    // K includes the requests at work; W is for the accepted requests.
    for (name, rate, workers, k, horizon, blocked_exact, w_exact, l_exact) in [
        ("M/M/1/10 at 0.8", 0.8, 1, 10, "40000s", 0.023_492_857_58, 3.797_097_503_983, 2.966_314_266_484),
        ("M/M/1/10 at 1.5", 1.5, 1, 10, "20000s", 0.337_232_080_138, 8.176_475_657_044, 8.128_658_644_538),
        ("M/M/4/8 at 1.5", 6.0, 4, 8, "10000s", 0.353_597_413_096, 1.655_077_538_769, 6.419_078_415_521),
        ("Erlang B, 5 for 10", 10.0, 5, 5, "5000s", 0.563_952_176_855, 1.0, 4.360_478_231_446),
    ] {
        let settings = json!({"workers": workers, "queue": k - workers, "work": {"exponential": "1s"}});
        let measures: [Row; 3] = [("blocked", BLOCKED, blocked_exact), ("W", W, w_exact), ("L", L, l_exact)];
        agrees(name, &station(horizon, rate, settings), 16, 0.15, &measures);
    }
}

#[test]
fn a_hopeless_overload_is_all_queue() {
    // M/M/1/100 at five times its capacity. It takes some 25 s to fill, so the tolerance is a share, not an error.
    let scenario = station("20000s", 5.0, json!({"queue": 99, "work": {"exponential": "1s"}}));
    let [blocked, w, l] = measured(&scenario, 1, [BLOCKED, W, L]);
    equals("blocked", blocked, 0.8, 0.01);
    equals("W", w, 99.75, 0.02);
    equals("L", l, 99.75, 0.01);
}

#[test]
fn callers_who_cancel_at_their_timeout_are_m_m_1_with_deterministic_patience() {
    // Baccelli and Hebuterne: one leaves the queue after just tau; work that has begun is not interrupted.
    for (rate, timeout, exact) in
        [(0.9, "2s", 0.218_763_725_364), (1.5, "2s", 0.398_487), (2.0, "5s", 0.500_843_664_517)]
    {
        let scenario = system(
            "20000s",
            json!({"poisson": rate}),
            json!([{"id": "a", "workers": 1, "queue": null, "work": {"exponential": "1s"}}]),
            json!([{"from": "web", "to": "a", "timeout": timeout, "cancel": true}]),
        );
        // Those that stay are the others, and have to be just as sure.
        let vague = 0.05 * exact / (1.0 - exact);
        let stay = [("stay", "services.a.started / services.a.arrived", 1.0 - exact)];
        agrees(&format!("{rate}, {timeout}"), &scenario, 16, vague, &stay);
    }
}

#[test]
fn a_timeout_without_cancellation_leaves_the_work_and_takes_the_goodput() {
    // rho 0.95, timeout 5 s: 1 - exp(-0.05 * 5) = 22.1 % of the load is answered in time, and all of it is worked on.
    let scenario = system(
        "100000s",
        json!({"poisson": 0.95}),
        json!([{"id": "a", "workers": 1, "queue": null, "work": {"exponential": "1s"}}]),
        json!([{"from": "web", "to": "a", "timeout": "5s"}]),
    );
    let measures: [Row; 3] = [
        ("goodput", GOODPUT, 0.210_139_256_082),
        ("utilisation", RHO, 0.95),
        ("wasted", "services.a.wasted_share", 0.778_800_783_071),
    ];
    agrees("rho 0.95, 5 s", &scenario, 24, 0.2, &measures);
}

#[test]
fn failures_that_are_repeated_at_once_are_m_m_1_with_feedback() {
    // Each attempt fails with 0.4 and is repeated without limit: rho = 0.5 / 0.6.
    let scenario = system(
        "50000s",
        json!({"poisson": 0.5}),
        json!([{"id": "a", "workers": 1, "queue": null, "work": {"exponential": "1s"}, "failure_rate": 0.4}]),
        json!([{"from": "web", "to": "a", "retry": {"max_attempts": 1000}}]),
    );
    agrees("feedback 0.4", &scenario, 20, 0.15, &[("W", CLIENT_W, 10.0), ("utilisation", RHO, 0.5 / 0.6)]);
}

#[test]
fn users_who_wait_for_their_answers_obey_the_interactive_response_time_law() {
    let closed = |users: u32, think: &str, work: &str, horizon: &str| {
        system(
            horizon,
            json!({"users": users, "think": {"exponential": think}}),
            json!([{"id": "a", "workers": 1, "queue": null, "work": {"exponential": work}}]),
            json!([{"from": "web", "to": "a"}]),
        )
    };
    let ten: [Row; 3] =
        [("W", CLIENT_W, 3.018_699_552_701), ("X", GOODPUT, 0.832_036_773_708), ("L", L, 2.511_669_036_624)];
    agrees("10 users, think 9 s", &closed(10, "9s", "1s", "40000s"), 16, 0.05, &ten);
    let brooker: [Row; 2] = [("W", CLIENT_W, 0.241_963_174_752), ("X", GOODPUT, 7.209_996_762_739)];
    agrees("10 users, think 1.145 s", &closed(10, "1145ms", "100ms", "5000s"), 16, 0.05, &brooker);
}
