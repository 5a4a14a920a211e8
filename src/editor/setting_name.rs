//! Names of settings for users, by their path in a scenario file: `retry.max_attempts`.

use crate::id;
use crate::text::Id;

/// The name of a setting.
pub fn setting_name(path: &str) -> String {
    path.split('.').map(word).collect::<Vec<_>>().join(", ")
}

/// The name of an item of a list without names, e.g. `faults 2`. The id of a link is shown with an arrow.
pub fn thing_name(thing: &str) -> String {
    match thing.split_once(' ') {
        Some((list, number)) => format!("{} {number}", name_of(list).map_or_else(|| list.to_owned(), Id::text)),
        None => thing.replace("->", " → "),
    }
}

fn word(segment: &str) -> String {
    name_of(segment).map_or_else(|| segment.replace('_', " "), Id::text)
}

/// The name of a word of the file format; `None` for an unknown word.
fn name_of(word: &str) -> Option<Id> {
    Some(match word {
        "title" => id!("setting-title"),
        "description" => id!("setting-description"),
        "seed" => id!("setting-seed"),
        "horizon" => id!("setting-horizon"),
        "name" => id!("setting-name"),
        "kind" => id!("setting-kind"),
        "team" => id!("setting-team"),
        "workers" => id!("setting-workers"),
        "queue" => id!("setting-queue"),
        "work" => id!("setting-work"),
        "discipline" => id!("setting-discipline"),
        "rate_limit" => id!("setting-rate-limit"),
        "per_second" => id!("setting-per-second"),
        "burst" => id!("setting-burst"),
        "idempotency" => id!("setting-idempotency"),
        "request_id" => id!("setting-request-id"),
        "ttl" => id!("setting-ttl"),
        "script" => id!("setting-script"),
        "status" => id!("setting-status"),
        "threads" => id!("setting-threads"),
        "optional" => id!("setting-optional"),
        "timeout" => id!("setting-timeout"),
        "retry" => id!("setting-retry"),
        "max_attempts" => id!("setting-max-attempts"),
        "backoff" => id!("setting-backoff"),
        "base" => id!("setting-base"),
        "factor" => id!("setting-factor"),
        "jitter" => id!("setting-jitter"),
        "max" => id!("setting-max"),
        "min" => id!("setting-min"),
        "on" => id!("setting-on"),
        "after" => id!("setting-after"),
        "budget" => id!("setting-budget"),
        "ratio" => id!("setting-ratio"),
        "reserve" => id!("setting-reserve"),
        "min_per_second" => id!("setting-min-per-second"),
        "token_ratio" => id!("setting-token-ratio"),
        "max_tokens" => id!("setting-max-tokens"),
        "skip_below" => id!("setting-skip-below"),
        "breaker" => id!("setting-breaker"),
        "failure_rate" => id!("setting-failure-rate"),
        "consecutive_failures" => id!("setting-consecutive-failures"),
        "window" => id!("setting-window"),
        "calls" => id!("setting-calls"),
        "minimum_calls" => id!("setting-minimum-calls"),
        "open_for" => id!("setting-open-for"),
        "half_open_calls" => id!("setting-half-open-calls"),
        "half_open_max" => id!("setting-half-open-max"),
        "failures" => id!("setting-failures"),
        "bulkhead" => id!("setting-bulkhead"),
        "max_concurrent" => id!("setting-max-concurrent"),
        "max_wait" => id!("setting-max-wait"),
        "hedge" => id!("setting-hedge"),
        "deadline" => id!("setting-deadline"),
        "time" => id!("setting-time"),
        "overhead" => id!("setting-overhead"),
        "pass_on" => id!("setting-pass-on"),
        "fallback" => id!("setting-fallback"),
        "cached" => id!("setting-cached"),
        "stage" => id!("setting-stage"),
        "ask" => id!("setting-ask"),
        "compensate" => id!("setting-compensate"),
        "attempts" => id!("setting-attempts"),
        "method" => id!("setting-method"),
        "repeat" => id!("setting-repeat"),
        "cancel" => id!("setting-cancel"),
        "request" => id!("setting-request"),
        "response" => id!("setting-response"),
        "delay" => id!("setting-delay"),
        "loss" => id!("setting-loss"),
        "probability" => id!("setting-probability"),
        "relationship" => id!("setting-relationship"),
        "protocol" => id!("setting-protocol"),
        "constant" => id!("setting-constant"),
        "uniform" => id!("setting-uniform"),
        "normal" => id!("setting-normal"),
        "exponential" => id!("setting-exponential"),
        "lognormal" => id!("setting-lognormal"),
        "pareto" => id!("setting-pareto"),
        "empirical" => id!("setting-empirical"),
        "mean" => id!("setting-mean"),
        "median" => id!("setting-median"),
        "sd" => id!("setting-sd"),
        "p99" => id!("setting-p99"),
        "shape" => id!("setting-shape"),
        "set" => id!("setting-set"),
        "client" => id!("setting-client"),
        "poisson" => id!("setting-poisson"),
        "users" => id!("setting-users"),
        "think" => id!("setting-think"),
        "profile" => id!("setting-profile"),
        "linear" => id!("setting-linear"),
        "rate" => id!("setting-rate"),
        "patience" => id!("setting-patience"),
        "asks_again" => id!("setting-asks-again"),
        "from" => id!("setting-from"),
        "until" => id!("setting-until"),
        "at" => id!("setting-at"),
        "for" => id!("setting-for"),
        "service" => id!("setting-service"),
        "link" => id!("setting-link"),
        "down" => id!("setting-down"),
        "slow" => id!("setting-slow"),
        "failing" => id!("setting-failing"),
        "drop" => id!("setting-drop"),
        "effect" => id!("setting-effect"),
        "success" => id!("setting-success"),
        "quantile" => id!("setting-quantile"),
        "within" => id!("setting-within"),
        "duration" => id!("setting-duration"),
        "unsafe" => id!("setting-unsafe"),
        "faults" => id!("setting-faults"),
        "load" => id!("setting-load"),
        "objectives" => id!("setting-objectives"),
        "services" => id!("setting-services"),
        "links" => id!("setting-links"),
        "teams" => id!("setting-teams"),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Scenario;
    use crate::scenario::difference::differences;
    use crate::text::{Language, in_language};

    #[test]
    fn every_setting_of_the_corpus_has_a_name() {
        let everything = Scenario::from_json(include_str!("../../tests/golden/everything.json")).unwrap();
        let ready = crate::scenario::ready::READY.iter().map(|ready| Scenario::from_json(ready.text).unwrap());
        let mut unknown = Vec::new();
        for scenario in ready.chain([everything]) {
            for difference in differences(&Scenario::default(), &scenario) {
                let segments = difference.setting.split('.').map(str::to_owned).collect::<Vec<_>>();
                unknown.extend(segments.into_iter().filter(|it| !it.is_empty() && name_of(it).is_none()));
            }
        }
        assert_eq!(unknown, [""; 0]);
    }

    #[test]
    fn names_follow_the_language() {
        assert_eq!(setting_name("retry.max_attempts"), "retry, max attempts");
        assert_eq!([thing_name("faults 2"), thing_name("a->b")], ["fault 2", "a → b"]);
        in_language(Language::German, || {
            assert_eq!(setting_name("retry.max_attempts"), "Retry, Versuche höchstens");
            assert_eq!(thing_name("faults 2"), "Störung 2");
        });
    }
}
