//! Compares the help with the format and with the figures of the libraries.

use super::cards::CARDS;
use super::*;
use crate::editor::card::Card;
use crate::editor::field::{Field, Input};
use crate::editor::{link, load, service};
use crate::id;
use crate::scenario::check::check;
use crate::scenario::{Kind, Scenario, Service, Team};
use crate::text::{Language, in_language};

/// A scenario of two services with these fields for the link between them.
fn scenario(link: &str) -> Scenario {
    let text = format!(
        r#"{{"services": [{{"id": "a"}}, {{"id": "b", "effect": "x"}}], "links": [{{"from": "a", "to": "b"{}{link}}}]}}"#,
        if link.is_empty() { "" } else { ", " }
    );
    Scenario::from_json(&text).unwrap_or_else(|problems| panic!("{link}: {problems:?}"))
}

/// A value of a field as a user reads it, e.g. `on` for `true`.
fn shown<T: Clone + 'static>(field: &Field<T>, value: &str) -> String {
    match &field.input {
        Input::Choice(options) => {
            options.iter().find(|(key, _)| key == value).map_or_else(String::new, |(_, name)| name.text())
        }
        Input::Switch => if value == "true" { "on" } else { "off" }.into(),
        Input::Outcomes(_) => value.replace('_', " "),
        _ if value.is_empty() => field.hint.map_or_else(String::new, Id::text),
        Input::Duration | Input::Dial => crate::scenario::duration::parse(value).map_or_else(|_| value.into(), exact),
        _ => value.into(),
    }
}

/// Whether a default in words, e.g. `10; 1 for failures in a row`, includes a value.
fn covers(default: &str, value: &str) -> bool {
    let begins =
        |part: &str| part.strip_prefix(value).is_some_and(|rest| rest.is_empty() || rest.starts_with([',', ' ']));
    default == value || default.split("; ").any(begins)
}

/// Compares the defaults in a card's help with a thing whose file sets only the fields `given`.
fn assert_defaults<T: Clone + 'static>(cards: &[Card<T>], title: &str, thing: &T, given: &[&str]) {
    let card = cards.iter().find(|card| card.title.name() == title).unwrap();
    let help = help(card.title).unwrap();
    for field in card.fields.iter().filter(|field| !given.contains(&field.label.name())) {
        let Some(value) = field.get(thing) else { continue };
        let (value, label) = (shown(field, &value), field.label.name());
        let default = help.field(field.label).and_then(|help| help.default);
        let default = default.unwrap_or_else(|| panic!("{title}, {label}: the help has no default")).text();
        assert!(covers(&default, &value), "{title}, {label}: the help says {default:?}, the format {value:?}");
    }
}

#[test]
fn the_help_has_the_defaults_of_the_format() {
    // All outcomes without a usable answer are too many to list.
    let failures = "field-breaker-failures";
    for (title, fields, given) in [
        ("card-retry", r#""retry": {}"#, &[][..]),
        ("card-retry", r#""retry": {"backoff": {"constant": "1s"}}"#, &["field-backoff", "field-first-wait"]),
        ("card-retry", r#""retry": {"backoff": {"linear": "1s"}}"#, &["field-backoff", "field-first-wait"]),
        ("card-retry", r#""retry": {"backoff": {"exponential": "1s"}}"#, &["field-backoff", "field-first-wait"]),
        ("card-retry", r#""retry": {"budget": {}}"#, &["field-retry-budget"]),
        (
            "card-retry",
            r#""retry": {"budget": {"max_tokens": 1, "token_ratio": 1}}"#,
            &["field-retry-budget", "field-budget-tokens", "field-budget-token-ratio"],
        ),
        ("card-breaker", r#""breaker": {}"#, &[failures]),
        (
            "card-breaker",
            r#""breaker": {"window": {"time": "9s"}}"#,
            &["field-breaker-trip", "field-breaker-window", failures],
        ),
        ("card-breaker", r#""breaker": {"consecutive_failures": 5}"#, &["field-breaker-trip", failures]),
        ("card-deadline", r#""deadline": {}"#, &[]),
        ("card-fallback", r#""fallback": {"cached": {"ttl": "1s"}}"#, &["field-fallback", "field-fallback-age"]),
        ("card-bulkhead", r#""bulkhead": {"max_concurrent": 1}"#, &["field-permits"]),
        ("card-hedge", r#""hedge": {"after": "1s"}"#, &["field-hedge-after"]),
        ("card-ask", r#""request_id": true, "ask": {}"#, &[]),
        ("card-network", "", &["field-delay", "field-delay-requests", "field-delay-responses", "field-always"]),
        ("card-call", "", &["field-from", "field-to"]),
    ] {
        let scenario = scenario(fields);
        let link = &scenario.links[0];
        assert_defaults(&link::cards(&scenario, link, true), title, link, given);
        assert_defaults(&link::cards(&scenario, link, false), title, link, given);
    }
    let a = Service::new("a", Kind::Service);
    let cards = service::cards(&a, &[]);
    for (title, given) in [("card-work", &["field-work-time", "field-always"][..]), ("card-capacity", &[])] {
        assert_defaults(&cards, title, &a, given);
    }
    let text = r#"{"services": [{"id": "a", "rate_limit": {"per_second": 7}, "idempotency": {}, "effect": "x"}]}"#;
    let a = Scenario::from_json(text).unwrap().services.remove(0);
    assert_eq!(a.rate_limit.map(|limit| limit.burst), Some(7.0), "one second's worth");
    assert_defaults(&service::cards(&a, &[]), "card-idempotency", &a, &[]);
    let text = r#"{"services": [{"id": "a", "kind": "client"}, {"id": "b"}], "links": [{"from": "a", "to": "b"}],
                   "load": [{"client": "a", "users": 1}]}"#;
    let loads = Scenario::from_json(text).unwrap().load;
    assert_defaults(
        &load::cards(&loads),
        "card-load",
        &loads,
        &["field-arrivals", "field-users", "field-think-time", "field-mean", "field-always"],
    );
}

#[test]
fn distributions_have_the_default_of_one_length() {
    let link = &scenario("").links[0];
    for card in link::cards(&Scenario::default(), link, true).iter().filter(|card| card.title == id!("card-network")) {
        let fields = [card.fields[1].clone(), card.fields[2].clone()];
        assert!(fields.iter().filter_map(|field| field.get(link)).all(|always| always == "5ms"));
    }
    let work = help(id!("card-work")).unwrap().field(id!("field-work-time")).unwrap();
    assert_eq!(work.default, Some(DefaultValue::Duration(Span::millis(10))));
}

/// All existing cards and fields, by id.
fn labels() -> Vec<(Id, Id)> {
    fn of<T>(cards: &[Card<T>]) -> Vec<(Id, Id)> {
        cards.iter().flat_map(|card| card.fields.iter().map(|field| (card.title, field.label))).collect()
    }
    let scenario = scenario("");
    let team = Team { id: "t".into(), name: "T".into() };
    let mut labels = of(&load::cards(&[crate::editor::command::first_load("a")]));
    for kind in [Kind::Service, Kind::Stub, Kind::Client] {
        labels.extend(of(&service::cards(&Service::new("a", kind), std::slice::from_ref(&team))));
    }
    for split in [false, true] {
        labels.extend(of(&link::cards(&scenario, &scenario.links[0], split)));
    }
    labels
}

#[test]
fn every_policy_has_a_sentence_a_source_and_help_for_every_field() {
    fn assert_helped<T: Clone + 'static>(cards: &[Card<T>], thing: &T) {
        for card in cards.iter().filter(|card| card.switch.is_some()) {
            let title = card.title.name();
            let help = help(card.title).unwrap_or_else(|| panic!("{title} has no help"));
            let about = help.about.text();
            assert!(about.ends_with('.') && about.len() < 110, "{title}: {about:?}");
            assert!(help.source.is_some() && !help.more.is_empty(), "{title}");
            for field in card.fields.iter().filter(|field| field.get(thing).is_some()) {
                assert!(help.field(field.label).is_some(), "{title}, {}", field.label.name());
            }
        }
    }
    let mut service = Service::new("a", Kind::Service);
    let scenario = scenario("");
    let mut link = scenario.links[0].clone();
    for card in service::cards(&service.clone(), &[]).iter().filter_map(|card| card.switch.clone()) {
        (card.1)(&mut service, true);
    }
    for card in link::cards(&scenario, &link.clone(), false).iter().filter_map(|card| card.switch.clone()) {
        (card.1)(&mut link, true);
    }
    assert_helped(&service::cards(&service, &[]), &service);
    assert_helped(&link::cards(&scenario, &link, false), &link);
}

#[test]
fn help_is_about_existing_cards_and_fields() {
    let labels = labels();
    for help in CARDS {
        for field in help.fields {
            let (card, field) = (help.card, field.field);
            assert!(labels.contains(&(card, field)), "{}, {}: there is no such field", card.name(), field.name());
        }
    }
}

#[test]
fn sources_are_addresses_of_other_pages() {
    let addresses = CARDS.iter().flat_map(|help| {
        help.source.iter().map(|source| source.address).chain(help.presets.iter().map(|preset| preset.address))
    });
    for address in addresses {
        assert!(address.starts_with("https://"), "{address}");
    }
}

/// The figures of the libraries' own documentation and source, as collected in the project's notes on libraries.
const FIGURES: &[(&str, &str, &str)] = &[
    ("card-timeout", "Resilience4j", r#""timeout": "1s""#),
    ("card-timeout", "Polly 8", r#""timeout": "30s""#),
    // maxAttempts 3 with the first, waitDuration 500 ms.
    ("card-retry", "Resilience4j", r#""max_attempts": 3, "backoff": {"constant": "500ms"}"#),
    // MaxRetryAttempts 3 beside the first, Delay 2 s, BackoffType Constant, UseJitter false.
    ("card-retry", "Polly 8", r#""max_attempts": 4, "backoff": {"constant": "2s"}"#),
    // maxAttempts 4 with the first, initialBackoff 0.1 s, maxBackoff 1 s, backoffMultiplier 2; maxTokens 10, tokenRatio 0.1.
    (
        "card-retry",
        "gRPC, example of A6",
        r#""max_attempts": 4, "backoff": {"exponential": {"base": "100ms", "max": "1s"}}, "on": ["refused", "shed"], "unsafe": true, "budget": {"max_tokens": 10, "token_ratio": 0.1}"#,
    ),
    // num_retries 1 beside the first, base interval 25 ms, at most ten times that, full jitter.
    (
        "card-retry",
        "Envoy, retry on 5xx",
        r#""max_attempts": 2, "backoff": {"exponential": {"base": "25ms", "max": "250ms"}}, "jitter": "full""#,
    ),
    // max_attempts 3 with the first, 1 s, 2 s, … up to 20 s, full jitter.
    (
        "card-retry",
        "AWS SDK, standard, before 2026",
        r#""max_attempts": 3, "backoff": {"exponential": {"base": "1s", "max": "20s"}}, "jitter": "full""#,
    ),
    // Requeues without a wait; 20 %, 10 a second (Clients), 10 s (RetryBudget). The attempts are our own limit.
    (
        "card-retry",
        "Finagle",
        r#""max_attempts": 3, "on": ["refused", "shed"], "unsafe": true, "budget": {"ratio": 0.2, "min_per_second": 10, "window": "10s"}"#,
    ),
    // 50 %, slow 100 % over 60 s, COUNT 100, minimum 100, half-open 10, wait 60 s: those of the format.
    ("card-breaker", "Resilience4j", r#""breaker": {}"#),
    // FailureRatio 0.1, MinimumThroughput 100, SamplingDuration 30 s, BreakDuration 5 s.
    (
        "card-breaker",
        "Polly 8",
        r#""breaker": {"window": {"time": "30s"}, "minimum_calls": 100, "failure_rate": 0.1, "open_for": "5s", "half_open_calls": 1}"#,
    ),
    // consecutive_5xx 5, base_ejection_time 30 s.
    ("card-breaker", "Envoy, outlier detection", r#""breaker": {"consecutive_failures": 5, "open_for": "30s"}"#),
    // 5 in a row, marked dead for 5 s at first.
    ("card-breaker", "Finagle, failure accrual", r#""breaker": {"consecutive_failures": 5, "open_for": "5s"}"#),
    // More than 5 in a row, timeout 60 s, MaxRequests 1.
    ("card-breaker", "gobreaker 2", r#""breaker": {"consecutive_failures": 6, "open_for": "60s"}"#),
    // No deadline of its own.
    ("card-deadline", "gRPC", r#""deadline": {}"#),
    // The timeout of a route, retries included.
    ("card-deadline", "Envoy, route timeout", r#""deadline": {"set": "15s", "pass_on": false}"#),
    // maxConcurrentCalls 25, maxWaitDuration 0.
    ("card-bulkhead", "Resilience4j", r#""bulkhead": {"max_concurrent": 25}"#),
    // PermitLimit 1000, QueueLimit 0.
    ("card-bulkhead", "Polly 8", r#""bulkhead": {"max_concurrent": 1000}"#),
    // max_requests 1024.
    ("card-bulkhead", "Envoy, circuit breaking", r#""bulkhead": {"max_concurrent": 1024}"#),
    // MaxHedgedAttempts 1 beside the first, Delay 2 s.
    ("card-hedge", "Polly 8", r#""hedge": {"after": "2s"}"#),
    // maxAttempts 4 with the first, hedgingDelay 0.5 s.
    ("card-hedge", "gRPC, example of A6", r#""hedge": {"after": "500ms", "max": 3}"#),
];

#[test]
fn presets_have_the_figures_of_their_libraries() {
    let mut held = 0;
    for (title, name, figures) in FIGURES {
        let help = CARDS.iter().find(|help| help.card.name() == *title).unwrap();
        let preset = help.presets.iter().find(|preset| preset.name == *name).unwrap();
        let fields = if *title == "card-retry" { format!(r#""retry": {{{figures}}}"#) } else { (*figures).to_string() };
        let mut expected = scenario(&fields).links.remove(0);
        // The outcomes to retry depend on what a library calls a failure, so the table has no figures for them.
        let mut found = preset.applied(&scenario("").links[0]);
        if let (Some(expected), Some(found), false) = (&mut expected.retry, &mut found.retry, fields.contains("\"on\""))
        {
            assert!(found.repeats_unsafe, "{name} does not look at the method");
            (found.on, found.repeats_unsafe) = (expected.on, false);
        }
        assert_eq!(found, expected, "{title}: {name}");
        held += 1;
    }
    assert_eq!(held, CARDS.iter().map(|help| help.presets.len()).sum::<usize>(), "a preset has no figures");
}

#[test]
fn a_preset_is_recognised_runs_and_survives_a_file() {
    let cards = link::cards(&scenario(""), &scenario("").links[0], false);
    for help in CARDS {
        for preset in help.presets {
            let name = format!("{}: {}", help.card.name(), preset.name);
            let (parts, _) = preset.read().unwrap_or_else(|| panic!("{name} cannot be read"));
            assert_eq!(parts.len(), 1, "{name}");
            let mut scenario = scenario("");
            scenario.links[0] = preset.applied(&scenario.links[0]);
            assert!(check(&scenario).is_ok(), "{name}");
            assert_eq!(Scenario::from_json(&scenario.to_json()).as_ref(), Ok(&scenario));
            let link = &scenario.links[0];
            assert_ne!(*link, Link::new("a", "b"), "{name} sets nothing");
            let known = help.presets.iter().filter(|other| other.applied(link) == *link).count();
            assert_eq!(known, 1, "{name} is like another one");
            let card = cards.iter().find(|card| card.title == help.card).unwrap();
            let is_on = link::cards(&scenario, link, false)
                .iter()
                .any(|now| now.title == card.title && now.switch.as_ref().is_some_and(|(on, _)| *on));
            assert!(is_on, "{name} leaves it off");
        }
    }
}

#[test]
fn notes_on_presets_are_short_in_every_language() {
    for language in Language::ALL {
        for note in CARDS.iter().flat_map(|help| help.presets).filter_map(|preset| preset.not_modelled) {
            let text = in_language(language, || note.text());
            assert!(text.chars().count() < 150, "{} has {}: {text}", note.name(), text.chars().count());
        }
    }
}

#[test]
fn the_help_of_a_field_fits_in_one_line() {
    let text = |default, range, hint: &str| {
        FieldHelp { field: id!("field-attempts"), default, range }.text(hint).replace('\u{a0}', " ")
    };
    let attempts = text(Some(DefaultValue::Number(3.0)), Some(id!("range-at-least-1")), "including the first");
    assert_eq!(attempts, "including the first; ≥ 1; default: 3");
    assert_eq!(text(Some(DefaultValue::Duration(Span::millis(10))), None, ""), "default: 10 ms");
    assert_eq!(text(None, None, "per second"), "per second");
}
