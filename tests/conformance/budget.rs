//! Retry budgets: Finagle's tests, and recorded runs of the crate tower.

use crate::reader::{Reader, Reading, refuse};
use crate::verdict::{Case, Trial, Verdict, all, if_expected, near, same, trial};
use callchain::policy::budget::{Budget, Config};
use callchain::time::{Span, Time};

/// Budgets that are none of ours, by their `kind`.
const NOT_OURS: [(&str, &str); 6] = [
    ("leaky", "twitter-util's bucket, one slice shorter than tower's, whose slices ours has"),
    ("bounded", "twitter-util's bounded bucket; our tokens are gRPC's"),
    ("envoy", "a cap on retries under way at once, by the share of active requests"),
    ("failsafe", "a cap on retries under way at once, by the share of executions"),
    ("quota", "the quota of the AWS SDK, paid back by successes"),
    ("botocore", "the quota of the AWS SDK, paid back by successes"),
];

/// Reads a vector about a budget.
pub fn read(vector: &Reader) -> Option<Reading<Trial>> {
    let config = vector.get("config")?;
    if config.has("percent_can_retry") {
        return Some(finagle(vector, &config));
    }
    config.has("kind").then(|| match config.word("kind", &NOT_OURS)? {
        Some(reason) => refuse(reason),
        None => refuse("a budget of no kind"),
    })
}

fn ratio(ratio: f64, min_per_second: f64, window: Span) -> Budget {
    Budget::new(&Config::Ratio { ratio, min_per_second, window })
}

/// `{config, scenario, expect}`: so many deposits at one instant, each perhaps followed by the wish to retry.
fn finagle(vector: &Reader, config: &Reader) -> Reading<Trial> {
    let Some((rounds, retries)) = vector.text("scenario")?.and_then(rounds) else {
        return refuse("a scenario without numbers");
    };
    let number = |key: &str| Ok(config.number(key)?.unwrap_or(0.0));
    let window = Span::from_nanos_f64(number("ttl_s")? * 1e9);
    let mut budget = ratio(number("percent_can_retry")?, number("min_retries_per_sec")?, window);
    let expect = vector.object("expect")?;
    let tolerance = expect.number("tolerance")?.unwrap_or(0.0);
    let (initial, granted, balance) =
        (expect.number("initial_balance")?, expect.number("retries_granted")?, expect.number("balance")?);
    // A model of the same rule, worked out apart from Finagle, for the same number.
    let modelled = vector.number("model_retries")?;
    trial(move || {
        let first = budget.balance(Time::ZERO);
        let mut retried = 0_u32;
        for _ in 0..rounds {
            budget.on_call(Time::ZERO);
            retried += u32::from(retries && budget.try_retry(Time::ZERO));
        }
        let retried = f64::from(retried);
        Ok(all([
            if_expected(initial, |expected| near("initial_balance", expected, first, tolerance)),
            if_expected(granted, |expected| near("retries_granted", expected, retried, tolerance)),
            if_expected(modelled, |expected| near("model_retries", expected, retried, tolerance)),
            if_expected(balance, |expected| near("balance", expected, budget.balance(Time::ZERO), tolerance)),
        ]))
    })
}

/// How many deposits a scenario makes, and whether each is followed by the wish to retry.
fn rounds(scenario: &str) -> Option<(u32, bool)> {
    let (rounds, rest) = scenario.split_once(' ')?;
    let retries = match rest {
        "deposits" => false,
        "x (deposit, then try a withdrawal) with time frozen" => true,
        _ => return None,
    };
    Some((rounds.parse().ok()?, retries))
}

/// Reads runs of tower's `TpsBudget`: `{traces: [{name, config, rows}]}` with rows `[at_ms, "d"]` and `[at_ms, "w", granted]`.
pub fn read_traces(document: &Reader) -> Option<Vec<Case>> {
    let lists = ["unit_tests", "traces"].iter().filter(|key| document.has(key));
    let runs: Vec<Reader> = lists.map(|key| document.vectors(key)).collect::<Option<Vec<_>>>()?.concat();
    let is_budget = |run: &Reader| run.has("rows") && run.clone().get("config").is_some_and(|c| c.has("retry_percent"));
    (!runs.is_empty() && runs.iter().all(is_budget)).then_some(())?;
    Some(runs.iter().map(|run| Case::named(run, tower)).collect())
}

/// A row of a run: a call, or the wish to retry, which is granted so many times.
enum Row {
    Deposit,
    Withdrawal(u64),
}

fn tower(run: &Reader) -> Reading<Trial> {
    let config = run.object("config")?;
    let number = |key: &str| Ok(config.number(key)?.unwrap_or(0.0));
    let (ttl, share) = (number("ttl_ms")?, number("retry_percent")?);
    // Tower rounds what a retry costs to whole calls, and its window to whole seconds for the reserve; Finagle does not.
    let share = if share > 0.0 && share <= 1.0 { 1.0 / f64::from(1.0 / share as f32).trunc() } else { share };
    let per_second = number("min_per_sec")? * (ttl / 1e3).trunc() / (ttl / 1e3);
    let mut budget = ratio(share, per_second, Span::from_nanos_f64(ttl * 1e6));
    let rows: Vec<(Time, Row)> = run.list("rows")?.unwrap_or_default().iter().map(row).collect::<Reading<_>>()?;
    if !rows.iter().any(|(_, row)| matches!(row, Row::Withdrawal(_))) {
        return refuse("it expects nothing");
    }
    trial(move || {
        Ok(all(rows.into_iter().enumerate().map(|(number, (at, row))| match row {
            Row::Deposit => {
                budget.on_call(at);
                Verdict::Holds
            }
            Row::Withdrawal(granted) => same(&format!("row {}", number + 1), granted, u64::from(budget.try_retry(at))),
        })))
    })
}

fn row(row: &Reader) -> Reading<(Time, Row)> {
    let cells = row.as_list()?;
    let [at, step, rest @ ..] = cells.as_slice() else { return row.refused() };
    let at = Time::at(Span::millis(at.as_count()?));
    match (step.as_text()?, rest) {
        ("d", []) => Ok((at, Row::Deposit)),
        ("w", [granted]) => Ok((at, Row::Withdrawal(granted.as_count()?))),
        _ => row.refused(),
    }
}
