//! Holds what is told against the format and against the figures of the libraries.

use super::*;
use crate::editor::field::{Field, Input};
use crate::editor::{link, load, service};
use crate::scenario::check::check;
use crate::scenario::{Kind, Scenario, Service, Team};

fn guide() -> Guide {
    Guide::read(include_str!("../../../static/policies.json")).unwrap()
}

/// What a file says, with two services, of a link between them.
fn scenario(link: &str) -> Scenario {
    let text = format!(
        r#"{{"services": [{{"id": "a"}}, {{"id": "b", "effect": "x"}}], "links": [{{"from": "a", "to": "b"{}{link}}}]}}"#,
        if link.is_empty() { "" } else { ", " }
    );
    Scenario::from_json(&text).unwrap_or_else(|problems| panic!("{link}: {problems:?}"))
}

/// A value of a field as it is told, e.g. `on` for `true`.
fn as_told<T: Clone + 'static>(field: &Field<T>, value: &str) -> String {
    match &field.input {
        Input::Choice(options) => {
            options.iter().find(|(key, _)| key == value).map_or_else(String::new, |(_, name)| name.to_string())
        }
        Input::Switch => if value == "true" { "on" } else { "off" }.into(),
        Input::Outcomes(_) => value.replace('_', " "),
        _ if value.is_empty() => field.hint.into(),
        _ => value.into(),
    }
}

/// Whether what is told of a default, e.g. `10; 1 for failures in a row`, covers a value.
fn covers(told: &str, value: &str) -> bool {
    let begins =
        |part: &str| part.strip_prefix(value).is_some_and(|rest| rest.is_empty() || rest.starts_with([',', ' ']));
    told == value || told.split("; ").any(begins)
}

/// Holds what is told of a card's fields against a thing of which a file says nothing but the fields `given`.
fn assert_defaults<T: Clone + 'static>(cards: &[Card<T>], title: &str, thing: &T, given: &[&str]) {
    let (card, guide) = (cards.iter().find(|card| card.title == title).unwrap(), guide());
    let told = guide.of(card).unwrap();
    for field in card.fields.iter().filter(|field| !given.contains(&field.label)) {
        let Some(value) = field.get(thing) else { continue };
        let value = as_told(field, &value);
        let default = told.field(field.label).and_then(|told| told.default.as_deref());
        let default = default.unwrap_or_else(|| panic!("{title}, {}: no default is told", field.label));
        assert!(covers(default, &value), "{title}, {}: told is {default:?}, and it is {value:?}", field.label);
    }
}

#[test]
fn defaults_are_told_as_the_format_has_them() {
    // All outcomes without a usable answer are too many to list.
    let failures = "Failures are";
    for (title, said, given) in [
        ("Retry", r#""retry": {}"#, &[][..]),
        ("Retry", r#""retry": {"backoff": {"constant": "1s"}}"#, &["Backoff", "First wait"]),
        ("Retry", r#""retry": {"backoff": {"linear": "1s"}}"#, &["Backoff", "First wait"]),
        ("Retry", r#""retry": {"backoff": {"exponential": "1s"}}"#, &["Backoff", "First wait"]),
        ("Retry", r#""retry": {"budget": {}}"#, &["Retry budget"]),
        (
            "Retry",
            r#""retry": {"budget": {"max_tokens": 1, "token_ratio": 1}}"#,
            &["Retry budget", "Tokens", "A success adds"],
        ),
        ("Circuit breaker", r#""breaker": {}"#, &[failures]),
        ("Circuit breaker", r#""breaker": {"window": {"time": "9s"}}"#, &["Trips", "Window", failures]),
        ("Circuit breaker", r#""breaker": {"consecutive_failures": 5}"#, &["Trips", failures]),
        ("Deadline", r#""deadline": {}"#, &[]),
        ("Fallback", r#""fallback": {"cached": {"ttl": "1s"}}"#, &["Answers with", "If younger than"]),
        ("Bulkhead", r#""bulkhead": {"max_concurrent": 1}"#, &["At most"]),
        ("Hedging", r#""hedge": {"after": "1s"}"#, &["Sends another after"]),
        ("Ask what happened", r#""request_id": true, "ask": {}"#, &[]),
        ("Network", "", &["Delay, each way", "Delay of requests", "Delay of responses", "Always"]),
        ("Call", "", &["From", "To"]),
    ] {
        let scenario = scenario(said);
        let said = &scenario.links[0];
        assert_defaults(&link::cards(&scenario, said, true), title, said, given);
        assert_defaults(&link::cards(&scenario, said, false), title, said, given);
    }
    let a = Service::new("a", Kind::Service);
    let cards = service::cards(&a, &[]);
    for (title, given) in [("Work", &["Work time", "Always"][..]), ("Capacity", &[])] {
        assert_defaults(&cards, title, &a, given);
    }
    let text = r#"{"services": [{"id": "a", "rate_limit": {"per_second": 7}, "idempotency": {}, "effect": "x"}]}"#;
    let a = Scenario::from_json(text).unwrap().services.remove(0);
    assert_eq!(a.rate_limit.map(|limit| limit.burst), Some(7.0), "one second's worth");
    assert_defaults(&service::cards(&a, &[]), "Recognises repeats", &a, &[]);
    let text = r#"{"services": [{"id": "a", "kind": "client"}, {"id": "b"}], "links": [{"from": "a", "to": "b"}],
                   "load": [{"client": "a", "users": 1}]}"#;
    let loads = Scenario::from_json(text).unwrap().load;
    assert_defaults(&load::cards(&loads), "Load", &loads, &["Requests come", "Users", "Think time", "Mean", "Always"]);
}

#[test]
fn distributions_are_told_by_their_default_of_one_length() {
    let guide = guide();
    let link = &scenario("").links[0];
    for card in link::cards(&Scenario::default(), link, true).iter().filter(|card| card.title == "Network") {
        let fields = [card.fields[1].clone(), card.fields[2].clone()];
        assert!(fields.iter().filter_map(|field| field.get(link)).all(|always| always == "5ms"));
    }
    assert_eq!(
        guide.of(&Card::<()>::section("Work", Vec::new())).unwrap().field("Work time").unwrap().default,
        Some("10ms".into())
    );
}

#[test]
fn every_policy_has_its_sentence_its_source_and_something_told_of_every_field() {
    let guide = guide();
    let mut service = Service::new("a", Kind::Service);
    let scenario = scenario("");
    let mut link = scenario.links[0].clone();
    for card in service::cards(&service.clone(), &[]).iter().filter_map(|card| card.switch.clone()) {
        (card.1)(&mut service, true);
    }
    for card in link::cards(&scenario, &link.clone(), false).iter().filter_map(|card| card.switch.clone()) {
        (card.1)(&mut link, true);
    }
    fn assert_told<T: Clone + 'static>(guide: &Guide, cards: &[Card<T>], thing: &T) {
        for card in cards.iter().filter(|card| card.switch.is_some()) {
            let told = guide.of(card).unwrap_or_else(|| panic!("nothing is told of {}", card.title));
            assert!(told.about.ends_with('.') && told.about.len() < 110, "{}: {:?}", card.title, told.about);
            assert!(told.source.is_some() && !told.more.is_empty(), "{}", card.title);
            for field in card.fields.iter().filter(|field| field.get(thing).is_some()) {
                assert!(told.field(field.label).is_some(), "{}, {}", card.title, field.label);
            }
        }
    }
    assert_told(&guide, &service::cards(&service, &[]), &service);
    assert_told(&guide, &link::cards(&scenario, &link, false), &link);
    // What is told is told of cards and fields that there are.
    let all = |told: &Told| -> Vec<String> { told.fields.iter().map(|(label, _)| label.clone()).collect() };
    let team = Team { id: "t".into(), name: "T".into() };
    let mut labels: Vec<(&str, &str)> = Vec::new();
    for kind in [Kind::Service, Kind::Stub, Kind::Client] {
        let cards = service::cards(&Service::new("a", kind), std::slice::from_ref(&team));
        labels.extend(cards.iter().flat_map(|card| card.fields.iter().map(|field| (card.title, field.label))));
    }
    for split in [false, true] {
        let cards = link::cards(&scenario, &link, split);
        labels.extend(cards.iter().flat_map(|card| card.fields.iter().map(|field| (card.title, field.label))));
    }
    let loads = vec![crate::editor::command::first_load("a")];
    labels.extend(load::cards(&loads)[0].fields.iter().map(|field| ("Load", field.label)));
    for told in &guide.0 {
        for label in all(told) {
            assert!(labels.contains(&(&told.title, &label)), "{}, {label}: there is no such field", told.title);
        }
    }
}

/// The figures of the libraries' own documentation and source, as collected in the project's notes on libraries.
const FIGURES: &[(&str, &str, &str)] = &[
    ("Timeout", "Resilience4j", r#""timeout": "1s""#),
    ("Timeout", "Polly 8", r#""timeout": "30s""#),
    // maxAttempts 3 with the first, waitDuration 500 ms.
    ("Retry", "Resilience4j", r#""max_attempts": 3, "backoff": {"constant": "500ms"}"#),
    // MaxRetryAttempts 3 beside the first, Delay 2 s, BackoffType Constant, UseJitter false.
    ("Retry", "Polly 8", r#""max_attempts": 4, "backoff": {"constant": "2s"}"#),
    // maxAttempts 4 with the first, initialBackoff 0.1 s, maxBackoff 1 s, backoffMultiplier 2; maxTokens 10, tokenRatio 0.1.
    (
        "Retry",
        "gRPC, the example of A6",
        r#""max_attempts": 4, "backoff": {"exponential": {"base": "100ms", "max": "1s"}}, "on": ["refused", "shed"], "unsafe": true, "budget": {"max_tokens": 10, "token_ratio": 0.1}"#,
    ),
    // num_retries 1 beside the first, base interval 25 ms, at most ten times that, full jitter.
    (
        "Retry",
        "Envoy, retry on 5xx",
        r#""max_attempts": 2, "backoff": {"exponential": {"base": "25ms", "max": "250ms"}}, "jitter": "full""#,
    ),
    // max_attempts 3 with the first, 1 s, 2 s, … up to 20 s, full jitter.
    (
        "Retry",
        "AWS SDK, standard, before 2026",
        r#""max_attempts": 3, "backoff": {"exponential": {"base": "1s", "max": "20s"}}, "jitter": "full""#,
    ),
    // Requeues without a wait; 20 %, 10 a second (Clients), 10 s (RetryBudget). The attempts are our own limit.
    (
        "Retry",
        "Finagle",
        r#""max_attempts": 3, "on": ["refused", "shed"], "unsafe": true, "budget": {"ratio": 0.2, "min_per_second": 10, "window": "10s"}"#,
    ),
    // 50 %, slow 100 % over 60 s, COUNT 100, minimum 100, half-open 10, wait 60 s: those of the format.
    ("Circuit breaker", "Resilience4j", r#""breaker": {}"#),
    // FailureRatio 0.1, MinimumThroughput 100, SamplingDuration 30 s, BreakDuration 5 s.
    (
        "Circuit breaker",
        "Polly 8",
        r#""breaker": {"window": {"time": "30s"}, "minimum_calls": 100, "failure_rate": 0.1, "open_for": "5s", "half_open_calls": 1}"#,
    ),
    // consecutive_5xx 5, base_ejection_time 30 s.
    ("Circuit breaker", "Envoy, outlier detection", r#""breaker": {"consecutive_failures": 5, "open_for": "30s"}"#),
    // 5 in a row, marked dead for 5 s at first.
    ("Circuit breaker", "Finagle, failure accrual", r#""breaker": {"consecutive_failures": 5, "open_for": "5s"}"#),
    // More than 5 in a row, timeout 60 s, MaxRequests 1.
    ("Circuit breaker", "gobreaker 2", r#""breaker": {"consecutive_failures": 6, "open_for": "60s"}"#),
    // No deadline of its own.
    ("Deadline", "gRPC", r#""deadline": {}"#),
    // The timeout of a route, retries included.
    ("Deadline", "Envoy, route timeout", r#""deadline": {"set": "15s", "pass_on": false}"#),
    // maxConcurrentCalls 25, maxWaitDuration 0.
    ("Bulkhead", "Resilience4j", r#""bulkhead": {"max_concurrent": 25}"#),
    // PermitLimit 1000, QueueLimit 0.
    ("Bulkhead", "Polly 8", r#""bulkhead": {"max_concurrent": 1000}"#),
    // max_requests 1024.
    ("Bulkhead", "Envoy, circuit breaking", r#""bulkhead": {"max_concurrent": 1024}"#),
    // MaxHedgedAttempts 1 beside the first, Delay 2 s.
    ("Hedging", "Polly 8", r#""hedge": {"after": "2s"}"#),
    // maxAttempts 4 with the first, hedgingDelay 0.5 s.
    ("Hedging", "gRPC, the example of A6", r#""hedge": {"after": "500ms", "max": 3}"#),
];

#[test]
fn presets_have_the_figures_of_their_libraries() {
    let guide = guide();
    let mut held = 0;
    for (title, name, said) in FIGURES {
        let told = guide.0.iter().find(|told| told.title == *title).unwrap();
        let preset = told.presets.iter().find(|preset| preset.name == *name).unwrap();
        let said = if *title == "Retry" { format!(r#""retry": {{{said}}}"#) } else { (*said).to_string() };
        let mut expected = scenario(&said).links.remove(0);
        // Which outcomes are repeated is a matter of what a library calls a failure, and has no figure.
        let mut found = preset.applied(&scenario("").links[0]);
        if let (Some(expected), Some(found), false) = (&mut expected.retry, &mut found.retry, said.contains("\"on\"")) {
            assert!(found.repeats_unsafe, "{name} does not look at the method");
            (found.on, found.repeats_unsafe) = (expected.on, false);
        }
        assert_eq!(found, expected, "{title}: {name}");
        held += 1;
    }
    assert_eq!(held, guide.0.iter().map(|told| told.presets.len()).sum::<usize>(), "a preset is held by no figures");
}

#[test]
fn a_preset_is_known_again_runs_and_survives_a_file() {
    let guide = guide();
    let cards = link::cards(&scenario(""), &scenario("").links[0], false);
    for told in &guide.0 {
        let others: Vec<&Preset> = told.presets.iter().collect();
        for preset in &told.presets {
            let mut scenario = scenario("");
            scenario.links[0] = preset.applied(&scenario.links[0]);
            assert!(check(&scenario).is_ok(), "{}: {}", told.title, preset.name);
            assert_eq!(Scenario::from_json(&scenario.to_json()).as_ref(), Ok(&scenario));
            let link = &scenario.links[0];
            assert_ne!(*link, Link::new("a", "b"), "{} sets nothing", preset.name);
            let known = others.iter().filter(|other| other.applied(link) == *link).count();
            assert_eq!(known, 1, "{}: {} is as another one", told.title, preset.name);
            let card = cards.iter().find(|card| card.title == told.title).unwrap();
            let is_on = link::cards(&scenario, link, false)
                .iter()
                .any(|now| now.title == card.title && now.switch.as_ref().is_some_and(|(on, _)| *on));
            assert!(preset.leaves_out.chars().count() < 135, "{}: {} goes on for long", told.title, preset.name);
            assert!(is_on, "{}: {} leaves it off", told.title, preset.name);
        }
    }
}

#[test]
fn what_is_not_as_it_should_be_is_refused_with_a_reason() {
    for (text, reason) in [
        ("{", "not JSON"),
        (r#"{"cards": [{}]}"#, "title"),
        (r#"{"cards": [{"title": "A"}]}"#, "A: the text \"about\""),
        (
            r#"{"cards": [{"title": "A", "about": "B.", "source": {"name": "C", "address": "javascript:alert(1)"}}]}"#,
            "no address",
        ),
        (
            r#"{"cards": [{"title": "A", "about": "B.", "presets": [{"name": "C", "address": "https://c", "set": {"timeout": "soon"}}]}]}"#,
            "not a duration",
        ),
        (
            r#"{"cards": [{"title": "A", "about": "B.", "presets": [{"name": "C", "address": "https://c", "set": {"method": "POST"}}]}]}"#,
            "what no preset can",
        ),
    ] {
        let said = Guide::read(text).unwrap_err();
        assert!(said.contains(reason), "{text}: {said}");
    }
    assert_eq!(Guide::read("{}"), Ok(Guide::default()));
}

#[test]
fn what_is_told_of_a_field_stands_in_one_line() {
    let told = |default: Option<&str>, range: &str, hint: &str| {
        FieldTold { default: default.map(str::to_owned), range: range.into() }.in_words(hint).replace('\u{a0}', " ")
    };
    assert_eq!(told(Some("3"), "≥ 1", "the first included"), "the first included; ≥ 1; default: 3");
    assert_eq!(told(Some("10ms"), "", ""), "default: 10 ms");
    assert_eq!(told(None, "", "per second"), "per second");
}
