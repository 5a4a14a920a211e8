//! Deadlines that are passed on: the examples of Google's SRE book and of userver.

use crate::reader::{Reader, Reading, refuse};
use crate::verdict::{Trial, all, if_expected, same, trial};
use crate::world::{Estimate, estimate, span, text};
use callchain::policy::deadline::Config;
use callchain::time::{Span, Time};
use serde_json::{Value, json};

/// Reads a vector about deadlines, by the settings that it names.
pub fn read(vector: &Reader) -> Option<Reading<Trial>> {
    let config = vector.get("config")?;
    let expect = vector.get("expect")?;
    if config.has("a_deadline_s") {
        Some(three_services(&config, &expect))
    } else if config.has("a_timeout_s") {
        Some(own_timeouts(&config, &expect))
    } else if config.has("queue_wait_s") {
        Some(waited(&config, &expect))
    } else if config.has("stuck_fraction") {
        Some(stuck_threads(&config, &expect))
    } else if config.has("crash_at_qps") {
        Some(refuse("services that crash under load"))
    } else if expect.has("retries_per_minute_per_process") {
        Some(refuse("a size for a budget, without a rule"))
    } else {
        None
    }
}

/// A number that the vector cannot do without.
fn required(from: &Reader, key: &str) -> Reading<f64> {
    from.number(key)?.map_or_else(|| refuse(format!("it does not say {key}")), Ok)
}

fn secs(from: &Reader, key: &str) -> Reading<Span> {
    Ok(Span::from_nanos_f64(required(from, key)? * 1e9))
}

/// A budget of A that passes through B to C.
fn three_services(config: &Reader, expect: &Reader) -> Reading<Trial> {
    let (deadline, a, b) =
        (secs(config, "a_deadline_s")?, secs(config, "a_processing_s")?, secs(config, "b_processing_s")?);
    let (to_b, to_c) = (secs(expect, "a_to_b_deadline_s")?, secs(expect, "b_to_c_deadline_s")?);
    trial(move || {
        Ok(all([
            same("what B has", Some(to_b), left(None, a, deadline)),
            same("what C has", Some(to_c), left(None, a + b, deadline)),
        ]))
    })
}

/// Timeouts of their own, of which the smaller counts.
fn own_timeouts(config: &Reader, expect: &Reader) -> Reading<Trial> {
    let (a, b, compute) = (secs(config, "a_timeout_s")?, secs(config, "b_timeout_s")?, secs(config, "a_compute_s")?);
    // Only B's time is expected, and what C may take for itself does not change that.
    config.number("c_timeout_s")?;
    let expected = secs(expect, "b_effective_timeout_s")?;
    trial(move || Ok(same("what B has", Some(expected), left(Some(b), compute, a))))
}

/// A request whose deadline may have passed in the queue.
fn waited(config: &Reader, expect: &Reader) -> Reading<Trial> {
    let (deadline, waited) = (secs(config, "deadline_s")?, secs(config, "queue_wait_s")?);
    let Some(expected) = expect.flag("server_should_skip")? else { return refuse("it expects nothing") };
    trial(move || {
        let skips = passing_on(None).too_little(Time::at(waited), Some(Time::at(deadline)));
        Ok(same("skipped", expected, skips))
    })
}

fn passing_on(set: Option<Span>) -> Config {
    Config { set, pass_on: true, reserve: Span::ZERO, skip_below: Span::ZERO }
}

/// What is left for a call that starts at `now`, of a request whose budget is `whole`.
fn left(set: Option<Span>, now: Span, whole: Span) -> Option<Span> {
    let now = Time::at(now);
    passing_on(set).for_call(now, Some(Time::at(whole))).map(|deadline| deadline.since(now))
}

/// A server without a queue, some of whose requests hold their thread until their deadline.
fn stuck_threads(config: &Reader, expect: &Reader) -> Reading<Trial> {
    let (threads, rate) = (required(config, "threads")?, required(config, "qps")?);
    let (quick, long) = (required(config, "ok_ms")? / 1e3, required(config, "deadline_s")?);
    let fraction = required(config, "stuck_fraction")?;
    let expected =
        ["normal_busy_threads", "demand_threads", "handled_fraction", "error_fraction"].map(|key| expect.number(key));
    let [busy_threads, demanded, handled, failed] = expected;
    let (busy_threads, demanded, handled, failed) = (busy_threads?, demanded?, handled?, failed?);
    if [busy_threads, demanded, handled, failed].iter().all(Option::is_none) {
        return refuse("it expects nothing");
    }
    trial(move || {
        // Each of a hundred samples is equally likely.
        let stuck = (fraction * 100.0).round() as usize;
        let samples: Vec<String> = (0..100).map(|i| text(if i < stuck { long } else { quick })).collect();
        let [demand, ..] = busy(json!({ "empirical": samples }), None, rate, long)?;
        let [_, done, shed] = busy(json!({ "empirical": samples }), Some(threads), rate, long)?;
        let [normal, ..] = busy(json!(text(quick)), Some(threads), rate, quick)?;
        let part = |name: &str, expected: Option<f64>, found: Estimate, slack: f64| {
            if_expected(expected, |expected| found.is(name, expected, slack))
        };
        Ok(all([
            part("busy threads without trouble", busy_threads, normal, 0.0),
            part("threads that it would take", demanded, demand, 0.5),
            // The book rounds to a thousandth.
            part("handled", handled, done, 5e-4),
            part("errors", failed, shed, 5e-4),
        ]))
    })
}

/// Busy threads, and the shares of requests that are handled and shed.
fn busy(work: Value, threads: Option<f64>, rate: f64, longest: f64) -> Result<[Estimate; 3], String> {
    let scenario = json!({
        "format": "callchain/1", "horizon": "10000h",
        "services": [
            { "id": "c", "kind": "client" },
            { "id": "s", "workers": threads.map(|threads| threads as u64), "queue": 0, "work": work },
        ],
        "links": [{ "from": "c", "to": "s", "delay": "0ms" }],
        "load": [{ "client": "c", "poisson": rate }],
    });
    // Each batch is long enough for the longest to end.
    let whole = span((longest * 1.5).max(5.0) * 21.0);
    let (estimates, _) = estimate(&scenario, whole, |batch| {
        let arrived = batch.service("s", |service, _| service.arrived as f64);
        let shed = batch.service("s", |service, _| service.shed as f64);
        let busy = batch.service("s", |service, seconds| service.mean_busy * seconds);
        [busy / batch.seconds, 1.0 - shed / arrived, shed / arrived]
    })?;
    Ok(estimates)
}
