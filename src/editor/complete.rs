//! Proves that every field of the file format can be edited: together, two files use all fields of the format, and for
//! each of these a field of the editor changes it through a command of the app, with a result that can run.

use super::card::Card;
use super::field::{Field, Input, nudge};
use super::{Command, Editor, Settings, fault, link, load, objective, service, team, whole};
use crate::scenario::check::check;
use crate::scenario::{Kind, Load, Scenario};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Most of the format.
const EVERYTHING: &str = include_str!("../../tests/golden/everything.json");

/// The rest of the format.
const THE_REST: &str = r#"{
  "format": "callchain/1", "title": "The rest", "description": "What the other file leaves out", "seed": 7, "horizon": "30s",
  "services": [
    { "id": "web", "name": "Web", "kind": "client", "team": "team-a", "position": [0, 0] },
    { "id": "app", "kind": "client" },
    { "id": "a", "name": "A", "team": "team-a", "position": [300, 0], "work": { "uniform": ["1ms", "2ms"] }, "effect": "transfer" },
    { "id": "b", "work": { "empirical": ["1ms", "2ms"] }, "queue": null, "effect": "transfer", "idempotency": { "ttl": "1h" } },
    { "id": "c", "team": "team-b" }
  ],
  "links": [
    { "from": "web", "to": "a", "method": "POST", "protocol": "soap", "overhead": "7ms", "request_id": true, "relationship": "conformist",
      "delay": { "request": { "uniform": ["2ms", "20ms"] }, "response": { "normal": { "mean": "20ms", "sd": "5ms" } } },
      "loss": { "request": 0.02, "response": 0.1 }, "ask": { "timeout": "2s", "attempts": 2 }, "compensate": { "on": ["unknown"] },
      "breaker": { "window": { "time": "20s" }, "minimum_calls": 10, "failure_rate": 0.4, "slow": { "duration": "3s", "rate": 0.9 },
        "open_for": "2s", "half_open_calls": 3, "half_open_max": "9s", "automatic": true, "failures": ["timeout"] } },
    { "from": "a", "to": "b", "delay": { "request": { "exponential": "5ms" }, "response": { "lognormal": { "median": "20ms", "p99": "200ms" } } },
      "retry": { "max_attempts": 2, "backoff": { "linear": { "base": "10ms", "max": "1s" } }, "jitter": "equal", "on": ["timeout"],
        "unsafe": true, "budget": { "max_tokens": 9, "token_ratio": 0.2 } },
      "breaker": { "consecutive_failures": 4, "open_for": "9s" } },
    { "from": "b", "to": "c", "delay": { "pareto": { "min": "5ms", "shape": 1.5 } }, "loss": 0.1, "stage": 1, "probability": 0.5, "optional": true,
      "cancel": true, "deadline": { "set": "2s", "pass_on": false }, "retry": { "max_attempts": 2, "backoff": { "exponential": { "base": "10ms", "factor": 3, "max": "1s" } } } }
  ],
  "load": [
    { "client": "web", "constant": 3, "from": "1s", "until": "20s", "patience": "2s", "asks_again": 2 },
    { "client": "web", "at": ["0s", "1s"] },
    { "client": "web", "profile": [["0s", 10], ["10s", 20]] },
    { "client": "app", "users": 4, "think": { "normal": { "mean": "1s", "sd": "100ms" } } }
  ],
  "faults": [
    { "at": "10s", "for": "3s", "service": "b", "slow": 10 },
    { "at": "15s", "link": ["a", "b"], "drop": "response" }
  ],
  "objectives": [
    { "name": "Good", "client": "web", "success": 0.99 },
    { "name": "Quick", "client": "app", "quantile": 0.95, "within": "1s" },
    { "name": "Booked once", "expect": "ledger.duplicates == 0" }
  ],
  "teams": [ { "id": "team-a", "name": "Team A" }, { "id": "team-b", "name": "Team B" } ]
}"#;

/// The values in a file by path. A list of plain values counts as one value.
fn leaves(json: &Value, at: &str, into: &mut BTreeMap<String, Value>) {
    match json {
        Value::Object(fields) => {
            for (name, value) in fields {
                leaves(value, &format!("{at}.{name}"), into);
            }
        }
        Value::Array(items) if items.iter().any(Value::is_object) => {
            for (i, item) in items.iter().enumerate() {
                leaves(item, &format!("{at}[{i}]"), into);
            }
        }
        value => {
            into.insert(at.to_string(), value.clone());
        }
    }
}

fn leaves_of(document: &Scenario) -> BTreeMap<String, Value> {
    let mut found = BTreeMap::new();
    leaves(&serde_json::from_str(&document.to_json()).unwrap(), "", &mut found);
    found
}

/// The path of a field without the indices of lists.
fn shape(path: &str) -> String {
    path.chars().filter(|c| !c.is_ascii_digit()).collect()
}

/// Texts that a user might type into a field that shows `now`.
fn tries(input: &Input, now: &str) -> Vec<String> {
    let words: &[&str] = match input {
        Input::Number | Input::Duration | Input::Dial => {
            return [true, false].iter().filter_map(|up| nudge(now, *up)).collect();
        }
        Input::Choice(options) => return options.iter().map(|(key, _)| key.to_string()).collect(),
        Input::Switch => &["true", "false"],
        Input::Outcomes(_) => &["error", "refused"],
        Input::Text | Input::Area => &["another", "3ms, 9ms", "6ms 201", "1s 7, 2s 9", "ledger.unknown == 0"],
    };
    words.iter().map(ToString::to_string).collect()
}

/// All results of editing a thing by its fields, and by the switch of the one card without fields.
fn edits<T: Clone + 'static>(thing: &T, cards: &[Card<T>]) -> Vec<T> {
    let mut all = Vec::new();
    for card in cards {
        if let Some((is_on, toggle)) = card.switch.as_ref().filter(|_| card.fields.is_empty()) {
            let mut changed = thing.clone();
            toggle(&mut changed, !is_on);
            all.push(changed);
        }
        all.extend(by_fields(thing, &card.fields));
    }
    all
}

fn by_fields<T: Clone + 'static>(thing: &T, fields: &[Field<T>]) -> Vec<T> {
    let shown = fields.iter().filter_map(|field| Some((field, tries(&field.input, &field.get(thing)?))));
    shown.flat_map(|(field, texts)| texts.into_iter().filter_map(|text| field.set(thing, &text).ok())).collect()
}

/// Copies of the list, each with a different edit of one item.
fn of_items<T: Clone + 'static>(items: &[T], fields: &[Field<T>]) -> Vec<Vec<T>> {
    let edited = |(i, item): (usize, &T)| {
        let with = move |changed: T| {
            let mut all = items.to_vec();
            all[i] = changed;
            all
        };
        by_fields(item, fields).into_iter().map(with).collect::<Vec<_>>()
    };
    items.iter().enumerate().flat_map(edited).collect()
}

/// All commands that the inspector can issue for this document.
fn commands(document: &Scenario) -> Vec<Command> {
    let mut all = Vec::new();
    for s in &document.services {
        let id = || s.id.clone();
        all.push(Command::Move(vec![(id(), [11.0, 12.0])]));
        let set = |service| Command::SetService { id: id(), service: Box::new(service) };
        all.extend(edits(s, &service::cards(s, &document.teams)).into_iter().map(set));
        if s.kind == Kind::Client {
            let loads: Vec<Load> = document.load.iter().filter(|l| l.client == s.id).cloned().collect();
            let set = |loads| Command::SetLoad { client: id(), loads };
            all.extend(edits(&loads, &load::cards(&loads)).into_iter().map(set));
        }
    }
    for l in &document.links {
        let set = |link| Command::SetLink { from: l.from.clone(), to: l.to.clone(), link: Box::new(link) };
        for split in [false, true] {
            all.extend(edits(l, &link::cards(document, l, split)).into_iter().map(set));
        }
    }
    let whole = by_fields(&Settings::of(document), &whole::fields());
    all.extend(whole.into_iter().map(|settings| Command::SetScenario(Box::new(settings))));
    all.extend(of_items(&document.faults, &fault::fields(document)).into_iter().map(Command::SetFaults));
    all.extend(of_items(&document.objectives, &objective::fields(document)).into_iter().map(Command::SetObjectives));
    all.extend(of_items(&document.teams, &team::fields()).into_iter().map(Command::SetTeams));
    all
}

/// The fields of the format that some command changes. A field that disappears counts if it is the only change: it then
/// has its default, which files omit.
fn editable(document: &Scenario) -> BTreeSet<String> {
    let before = leaves_of(document);
    let mut found = BTreeSet::new();
    for command in commands(document) {
        let Ok(next) = Editor::new(document.clone()).unwrap().apply(&command) else { continue };
        let after = leaves_of(next.document());
        let changed = before.iter().filter(|(path, value)| after.get(*path).is_some_and(|now| now != *value));
        found.extend(changed.map(|(path, _)| shape(path)));
        let gone: Vec<_> = before.keys().filter(|path| !after.contains_key(*path)).collect();
        if let [only] = gone[..] {
            found.insert(shape(only));
        }
    }
    found
}

#[test]
fn every_field_of_the_format_can_be_edited() {
    let documents = [EVERYTHING, THE_REST].map(|text| Scenario::from_json(text).unwrap());
    assert!(documents.iter().all(|document| check(document).is_ok()));
    let all: BTreeSet<String> = documents.iter().flat_map(leaves_of).map(|(path, _)| shape(&path)).collect();
    let editable: BTreeSet<String> = documents.iter().flat_map(editable).collect();
    assert_eq!(all.difference(&editable).collect::<Vec<_>>(), [".format"]);
}

#[test]
fn the_two_files_use_every_field_of_the_format() {
    let mut used = BTreeSet::new();
    for text in [EVERYTHING, THE_REST] {
        leaves_of(&Scenario::from_json(text).unwrap()).into_keys().for_each(|path| {
            used.extend(shape(&path).split('.').map(|part| part.trim_end_matches("[]").to_string()));
        });
    }
    // The fields that the specification of the format lists.
    for name in "title description seed horizon services id name kind team position workers queue discipline threads work \
        failure_rate rate_limit per_second burst effect idempotency ttl script after status repeat links from to method \
        protocol overhead delay loss request response timeout stage optional probability cancel request_id retry \
        max_attempts backoff constant linear exponential base factor max jitter on unsafe budget ratio min_per_second \
        window max_tokens token_ratio breaker calls time minimum_calls failure_rate slow duration rate \
        consecutive_failures open_for half_open_calls half_open_max automatic failures bulkhead max_concurrent max_wait \
        hedge deadline set pass_on reserve skip_below fallback cached ask attempts compensate relationship load client \
        poisson at users think profile until patience asks_again faults for service down failing link drop objectives \
        success quantile within expect teams uniform normal mean sd lognormal median p pareto min shape empirical"
        .split_whitespace()
    {
        assert!(used.contains(name), "no file uses {name}");
    }
}
