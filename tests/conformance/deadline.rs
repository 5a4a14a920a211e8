//! Deadlines that are passed on: the examples of Google's SRE book and of userver.

use crate::verdict::{Verdict, all, no, same};
use callchain::policy::deadline::Config;
use callchain::time::{Span, Time};
use serde_json::Value;

/// Checks a vector about deadlines, by the settings that it names.
pub fn check(vector: &Value) -> Option<Verdict> {
    let config = vector.get("config")?;
    let expect = vector.get("expect")?;
    let secs =
        |from: &Value, key: &str| from.get(key).and_then(Value::as_f64).map(|secs| Span::from_nanos_f64(secs * 1e9));
    if let (Some(deadline), Some(a), Some(b)) =
        (secs(config, "a_deadline_s"), secs(config, "a_processing_s"), secs(config, "b_processing_s"))
    {
        let (to_b, to_c) = (left(None, a, deadline), left(None, a + b, deadline));
        return Some(all([
            same("what B has", secs(expect, "a_to_b_deadline_s"), to_b),
            same("what C has", secs(expect, "b_to_c_deadline_s"), to_c),
        ]));
    }
    if let (Some(a), Some(b), Some(compute)) =
        (secs(config, "a_timeout_s"), secs(config, "b_timeout_s"), secs(config, "a_compute_s"))
    {
        return Some(same("what B has", secs(expect, "b_effective_timeout_s"), left(Some(b), compute, a)));
    }
    if let (Some(deadline), Some(waited)) = (secs(config, "deadline_s"), secs(config, "queue_wait_s")) {
        let skips = passing_on(None).too_little(Time::at(waited), Some(Time::at(deadline)));
        return Some(same("skipped", expect["server_should_skip"].as_bool(), Some(skips)));
    }
    let reason = if config.get("stuck_fraction").is_some() {
        "an estimate for the steady state of a server whose threads hang"
    } else if config.get("crash_at_qps").is_some() {
        "services that crash under load"
    } else if expect.get("retries_per_minute_per_process").is_some() {
        "a size for a budget, without a rule"
    } else {
        return None;
    };
    Some(no(reason))
}

fn passing_on(set: Option<Span>) -> Config {
    Config { set, pass_on: true, reserve: Span::ZERO, skip_below: Span::ZERO }
}

/// What is left for a call that starts at `now`, of a request whose budget is `whole`.
fn left(set: Option<Span>, now: Span, whole: Span) -> Option<Span> {
    let now = Time::at(now);
    passing_on(set).for_call(now, Some(Time::at(whole))).map(|deadline| deadline.since(now))
}
