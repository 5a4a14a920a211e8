//! Hostile files: reading always ends with a scenario or with mistakes that can be shown.

use crate::generate;
use crate::scenario_format::SAMPLE;
use callchain::chance::Distribution;
use callchain::policy::breaker::{Trip, Window};
use callchain::scenario::{Arrivals, Goal, Kind, Link, Load, Objective, Scenario, Service, check, limits, read, write};
use callchain::time::Span;
use proptest::prelude::*;
use serde_json::{Value, json};

/// Reads any text, and checks the result.
fn reads_or_reports(text: &str) {
    match read::read(text) {
        Ok(scenario) => assert!(check::check(&scenario).is_ok(), "{text}"),
        Err(problems) => {
            assert!(!problems.is_empty() && problems.len() <= limits::PROBLEMS + 1);
            for problem in &problems {
                let shown = problem.to_string();
                assert!(shown.len() < 2_000, "{shown}");
                assert!(!shown.chars().any(char::is_control), "{shown:?}");
            }
        }
    }
}

#[test]
fn hostile_texts_end_in_mistakes() {
    let deep = |n: usize| format!("{}{}", "[".repeat(n), "]".repeat(n));
    let texts = [
        deep(127),
        deep(500_000),
        format!(r#"{{"services": {}}}"#, deep(100)),
        "{\"a\":".repeat(100_000),
        r#"{"services": [{"id": "a", "workers": 1e308, "queue": -0.0, "failure_rate": 1e-320}]}"#.to_owned(),
        r#"{"services": [{"id": "a", "workers": 99999999999999999999}], "seed": 18446744073709551616}"#.to_owned(),
        r#"{"services": [{"id": "a\u0000\u202e", "name": "\u0007\n"}], "\u0000": 1, "title": "\ud800"}"#.to_owned(),
        r#"{"services": [{"id": "a", "name": "\u0000", "\u001b[31m": 1, "team": "\r\n"}]}"#.to_owned(),
        format!(r#"{{"services": [], "horizon": "{}s"}}"#, "9".repeat(100_000)),
        format!(r#"{{"services": [], "horizon": "{}s"}}"#, "-".repeat(1_000_000)),
        format!(r#"{{"services": [], "horizon": "0.{}1s"}}"#, "0".repeat(100_000)),
        format!(r#"{{"services": [{}]}}"#, vec!["[]"; 300_000].join(",")),
        format!(r#"{{"services": [{{{}}}]}}"#, vec![r#""id":1"#; 100_000].join(",")),
        format!(
            r#"{{"services": [{{{}}}]}}"#,
            (0..60_000).map(|i| format!(r#""wor{i}":1"#)).collect::<Vec<_>>().join(",")
        ),
        "\u{feff}{\"services\": []}".to_owned(),
        "\u{0}".to_owned(),
        "\"".repeat(1 << 20),
    ];
    texts.iter().for_each(|text| reads_or_reports(text));
}

#[test]
fn a_file_of_exactly_the_largest_size_is_read() {
    let padded = format!("{{\"services\": []}}{}", " ".repeat(limits::FILE_BYTES - 16));
    assert_eq!(padded.len(), limits::FILE_BYTES);
    assert_eq!(read::read(&padded), Ok(Scenario::default()));
    assert!(read::read(&format!("{padded} ")).is_err());
}

/// Every place of a document.
fn places(value: &Value, at: String, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => fields.iter().for_each(|(name, v)| places(v, format!("{at}/{name}"), found)),
        Value::Array(items) => items.iter().enumerate().for_each(|(i, v)| places(v, format!("{at}/{i}"), found)),
        _ => {}
    }
    found.push(at);
}

#[test]
fn a_value_of_the_wrong_kind_anywhere_ends_in_mistakes() {
    let sample: Value = serde_json::from_str(SAMPLE).unwrap();
    let mut found = Vec::new();
    places(&sample, String::new(), &mut found);
    assert!(found.len() > 150);
    let wrong = [
        json!(null),
        json!(true),
        json!(-1),
        json!(0),
        json!(1e300),
        json!(0.5),
        json!(""),
        json!("x"),
        json!("1s"),
        json!([]),
        json!([1, 2]),
        json!({}),
        json!({"x": 1}),
        json!([[], []]),
        json!(["a", "b"]),
    ];
    for place in &found {
        for value in &wrong {
            let mut document = sample.clone();
            *document.pointer_mut(place).unwrap() = value.clone();
            reads_or_reports(&document.to_string());
        }
    }
}

#[test]
fn any_field_can_be_missing() {
    let sample: Value = serde_json::from_str(SAMPLE).unwrap();
    let mut found = Vec::new();
    places(&sample, String::new(), &mut found);
    for place in found {
        let Some((parent, name)) = place.rsplit_once('/') else { continue };
        let mut document = sample.clone();
        match document.pointer_mut(parent) {
            Some(Value::Object(fields)) => drop(fields.remove(name)),
            Some(Value::Array(items)) => drop(items.remove(name.parse().unwrap())),
            other => panic!("{other:?}"),
        }
        reads_or_reports(&document.to_string());
    }
}

proptest! {
    #[test]
    fn any_text_ends_in_mistakes(text in ".{0,200}") {
        reads_or_reports(&text);
    }

    #[test]
    fn a_good_file_with_some_characters_changed_reads_or_reports(
        scenario in generate::scenario(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), "[\\PC]{0,3}"), 1..4),
    ) {
        let mut text: Vec<char> = write::write(&scenario).chars().collect();
        for (place, new) in changes {
            let at = place.index(text.len());
            text.splice(at..=at, new.chars());
            if text.is_empty() { text.push(' '); }
        }
        reads_or_reports(&text.into_iter().collect::<String>());
    }

    #[test]
    fn a_scenario_with_any_numbers_is_valid_or_reported(
        numbers in prop::collection::vec(any::<f64>(), 12),
        spans in prop::collection::vec(any::<u64>().prop_map(Span::nanos), 8),
        counts in prop::collection::vec(any::<u32>(), 4),
        id in ".{0,70}",
    ) {
        let mut scenario = Scenario { horizon: spans[0], ..Scenario::default() };
        scenario.services.push(Service::new(id.clone(), Kind::Client));
        scenario.services.push(Service {
            position: Some([numbers[0], numbers[1]]),
            failure_rate: numbers[2],
            work: Distribution::Pareto { min: spans[1], shape: numbers[3] },
            workers: Some(counts[0]),
            ..Service::new("a", Kind::Service)
        });
        scenario.links.push(Link {
            probability: numbers[4],
            delay: callchain::scenario::Legs {
                request: Distribution::Lognormal { median: spans[2], p99: spans[3] },
                response: Distribution::Uniform { low: spans[4], high: spans[5] },
            },
            breaker: Some(callchain::policy::breaker::Config {
                trip: Trip::Rate {
                    window: Window::Calls(counts[1]), minimum_calls: counts[2], failure_rate: numbers[5],
                    slow_duration: spans[6], slow_rate: numbers[6],
                },
                open_for: spans[7], half_open_calls: counts[3], half_open_max: None, automatic: false,
                failures: callchain::outcome::OutcomeSet::of(&callchain::outcome::Outcome::ALL),
            }),
            ..Link::new(id.clone(), "a")
        });
        scenario.load.push(Load {
            client: id.clone(), arrivals: Arrivals::Profile(vec![(spans[0], numbers[7]), (spans[1], numbers[8])]),
            from: spans[2], until: Some(spans[3]), patience: Some(spans[4]), asks_again: counts[0],
        });
        scenario.objectives.push(Objective {
            name: id.clone(), client: id, goal: Goal::Latency { quantile: numbers[9], within: spans[5] },
        });
        prop_assert!(check::check(&scenario).is_err());
        reads_or_reports(&write::write(&scenario));
    }
}

#[test]
fn not_a_number_is_never_within_limits() {
    let mut scenario = Scenario::default();
    scenario.services.push(Service {
        failure_rate: f64::NAN,
        position: Some([f64::NAN, f64::INFINITY]),
        ..Service::new("a", Kind::Service)
    });
    let messages: Vec<String> = check::check(&scenario).unwrap_err().iter().map(ToString::to_string).collect();
    assert_eq!(
        messages,
        [
            "services[0].position[0]: NaN is not within -1000000 to 1000000",
            "services[0].position[1]: inf is not within -1000000 to 1000000",
            "services[0].failure_rate: NaN is not within 0 to 1",
        ]
    );
    reads_or_reports(&write::write(&scenario));
}
