//! Retry budgets: Finagle's tests, and recorded runs of the crate tower.

use crate::verdict::{Checked, Verdict, all, near, no, same};
use callchain::policy::budget::{Budget, Config};
use callchain::time::{Span, Time};
use serde_json::Value;

/// Checks a vector about a budget.
pub fn check(vector: &Value) -> Option<Verdict> {
    let config = vector.get("config")?;
    if config.get("percent_can_retry").is_some() {
        return Some(finagle(vector));
    }
    let reason = match config.get("kind")?.as_str()? {
        "leaky" => "twitter-util's bucket, one slice shorter than tower's, whose slices ours has",
        "bounded" => "twitter-util's bounded bucket; our tokens are gRPC's",
        "envoy" => "a cap on retries under way at once, by the share of active requests",
        "failsafe" => "a cap on retries under way at once, by the share of executions",
        "quota" | "botocore" => "the quota of the AWS SDK, paid back by successes",
        _ => return None,
    };
    Some(no(reason))
}

fn ratio(ratio: f64, min_per_second: f64, window: Span) -> Budget {
    Budget::new(&Config::Ratio { ratio, min_per_second, window })
}

/// `{config, scenario, expect}`: so many deposits at one instant, each perhaps followed by the wish to retry.
fn finagle(vector: &Value) -> Verdict {
    let config = &vector["config"];
    let number = |key: &str| config.get(key).and_then(Value::as_f64).unwrap_or(0.0);
    let scenario = vector.get("scenario").and_then(Value::as_str).unwrap_or_default();
    let Some(rounds) = scenario.split(' ').next().and_then(|word| word.parse::<u32>().ok()) else {
        return no("a scenario that is not told in numbers");
    };
    let window = Span::from_nanos_f64(number("ttl_s") * 1e9);
    let mut budget = ratio(number("percent_can_retry"), number("min_retries_per_sec"), window);
    let initial = budget.balance(Time::ZERO);
    let retries = scenario.contains("withdrawal");
    let mut granted = 0_u32;
    for _ in 0..rounds {
        budget.on_call(Time::ZERO);
        granted += u32::from(retries && budget.try_retry(Time::ZERO));
    }
    let expect = &vector["expect"];
    let tolerance = expect.get("tolerance").and_then(Value::as_f64).unwrap_or(0.0);
    let part = |key: &str, actual: f64| {
        expect
            .get(key)
            .and_then(Value::as_f64)
            .map_or(Verdict::Holds, |expected| near(key, expected, actual, tolerance))
    };
    all([
        part("initial_balance", initial),
        part("retries_granted", f64::from(granted)),
        part("balance", budget.balance(Time::ZERO)),
    ])
}

/// Checks runs of tower's `TpsBudget`: `{traces: [{name, config, rows}]}` with rows `[at_ms, "d"]` and `[at_ms, "w", granted]`.
pub fn check_traces(document: &Value) -> Option<Vec<Checked>> {
    let runs = ["unit_tests", "traces"].iter().filter_map(|key| document.get(key)?.as_array()).flatten();
    let runs: Vec<&Value> = runs.collect();
    let is_budget = |run: &&Value| run["config"].get("retry_percent").is_some() && run.get("rows").is_some();
    (!runs.is_empty() && runs.iter().all(is_budget)).then_some(())?;
    Some(runs.into_iter().map(|run| Checked::new(run, tower(run))).collect())
}

fn tower(run: &Value) -> Verdict {
    let number = |key: &str| run["config"].get(key).and_then(Value::as_f64).unwrap_or(0.0);
    let (ttl, share) = (number("ttl_ms"), number("retry_percent"));
    // Tower rounds what a retry costs to whole calls, and its window to whole seconds for the reserve; Finagle does not.
    let share = if share > 0.0 && share <= 1.0 { 1.0 / f64::from(1.0 / share as f32).trunc() } else { share };
    let per_second = number("min_per_sec") * (ttl / 1e3).trunc() / (ttl / 1e3);
    let mut budget = ratio(share, per_second, Span::from_nanos_f64(ttl * 1e6));
    all(run["rows"].as_array().into_iter().flatten().enumerate().map(|(number, row)| {
        let at = Time::at(Span::millis(row[0].as_u64().unwrap_or_default()));
        match row[1].as_str() {
            Some("d") => {
                budget.on_call(at);
                Verdict::Holds
            }
            Some("w") => same(&format!("row {}", number + 1), row[2].as_u64(), Some(u64::from(budget.try_retry(at)))),
            _ => Verdict::Fails(format!("row {} is neither a deposit nor a withdrawal", number + 1)),
        }
    }))
}
