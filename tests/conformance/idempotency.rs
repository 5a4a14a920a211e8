//! Idempotency keys: the IETF draft, and what public payment services do.

use crate::reader::{Reader, Reading, refuse};
use crate::verdict::{Trial, Verdict, all, if_expected, same, trial};
use callchain::outcome::Outcome;
use callchain::policy::idempotency::{Config, Lookup, Store};
use callchain::time::{Span, Time};
use std::collections::{BTreeMap, BTreeSet};

/// Reads a vector whose steps are requests with a key.
pub fn read(vector: &Reader) -> Option<Reading<Trial>> {
    let is_step = |step: &Reader| step.has("op") && (step.has("key") || step.clone().text("op") == Ok(Some("advance")));
    let steps = vector.list("steps").ok()??;
    steps.iter().all(is_step).then(|| read_steps(&steps))
}

enum Step {
    Advance(Span),
    Request(Request),
}

struct Request {
    key: String,
    answer: Answer,
    in_progress: bool,
    executed: Option<bool>,
    replayed: Option<bool>,
    saved: Option<bool>,
    status: Option<u64>,
}

/// How a request is answered if it runs: by a status, of which perhaps only the class is known.
#[derive(Clone, Copy)]
struct Answer {
    class: u64,
    status: Option<u64>,
}

impl Answer {
    fn is_good(self) -> bool {
        self.class == 2
    }

    fn agrees(self, status: u64) -> bool {
        self.class == status / 100 && self.status.is_none_or(|own| own == status)
    }
}

fn read_steps(steps: &[Reader]) -> Reading<Trial> {
    let mut payloads: BTreeMap<String, &str> = BTreeMap::new();
    let mut failed: BTreeSet<String> = BTreeSet::new();
    let mut read = Vec::new();
    for step in steps {
        if step.word("op", &[("request", false), ("advance", true)])? == Some(true) {
            read.push(Step::Advance(wait(step)?));
            continue;
        }
        let Some(key) = step.text("key")? else { return refuse("a request without the key is not refused") };
        let key = format!("{key} of {}", step.text("client")?.unwrap_or_default());
        let body = step.text("body")?.unwrap_or_default();
        let answer = answer(step)?;
        if *payloads.entry(key.clone()).or_insert(body) != body {
            return refuse("payloads are not compared");
        }
        let request = request(step, key, answer)?;
        let repeats_bad = failed.contains(&request.key) && request.executed == Some(false);
        if repeats_bad || !answer.is_good() && request.saved == Some(true) {
            return refuse("answers of failures are saved too; here they leave the key free");
        }
        if !answer.is_good() {
            failed.insert(request.key.clone());
        }
        read.push(Step::Request(request));
    }
    trial(move || Ok(run(&read)))
}

fn wait(step: &Reader) -> Reading<Span> {
    const UNITS: [(&str, u64); 4] = [("hours", 3_600_000), ("minutes", 60_000), ("seconds", 1_000), ("ms", 1)];
    match UNITS.iter().find(|(unit, _)| step.has(unit)) {
        Some((unit, ms)) => Ok(Span::millis(*ms).scaled(step.number(unit)?.unwrap_or_default())),
        None => refuse("a wait in an unknown unit"),
    }
}

fn answer(step: &Reader) -> Reading<Answer> {
    let Some(value) = step.get("result") else { return Ok(Answer { class: 2, status: None }) };
    let text = value.as_text()?;
    let class = |text: &str| text.parse::<u64>().ok().filter(|class| (2..=5).contains(class));
    match (text, text.parse::<u64>()) {
        ("validation_failed_before_execution", _) => refuse("requests are not validated"),
        ("failed", _) => Ok(Answer { class: 5, status: None }),
        (_, Ok(status)) if (200..600).contains(&status) => Ok(Answer { class: status / 100, status: Some(status) }),
        _ => match text.strip_suffix("xx").and_then(class) {
            Some(class) => Ok(Answer { class, status: None }),
            None => value.refused(),
        },
    }
}

fn request(step: &Reader, key: String, answer: Answer) -> Reading<Request> {
    let expect = step.object("expect")?;
    let status = expect.get("status");
    let is_status = |value: &Reader| value.as_count().is_ok_and(|status| (200..600).contains(&status));
    if let Some(other) = status.as_ref().filter(|value| !is_status(value)) {
        return other.refused();
    }
    Ok(Request {
        key,
        answer,
        in_progress: step.flag("in_progress")?.unwrap_or(false),
        executed: expect.flag("executed")?,
        replayed: expect.flag("replayed")?,
        saved: expect.flag("saved")?,
        status: status.map(|value| value.as_count()).transpose()?,
    })
}

fn run(steps: &[Step]) -> Verdict {
    let mut store = Store::new(&Config { ttl: Span::secs(24 * 3_600) });
    let mut answers: BTreeMap<&str, Answer> = BTreeMap::new();
    let mut now = Time::ZERO;
    for (number, step) in steps.iter().enumerate() {
        let verdict = match step {
            Step::Advance(wait) => {
                now = now + *wait;
                Verdict::Holds
            }
            Step::Request(request) => handle(&mut store, &mut answers, now, request),
        };
        match verdict {
            Verdict::Holds => {}
            Verdict::Fails(why) => return Verdict::Fails(format!("step {}: {why}", number + 1)),
            other => return other,
        }
    }
    Verdict::Holds
}

/// Any number will do, as long as different keys have different ones.
fn key_number(key: &str) -> u64 {
    key.bytes().fold(7, |number: u64, byte| number.wrapping_mul(257).wrapping_add(u64::from(byte)))
}

/// One request: it runs if the key is new. An answer is saved if it is good, as by a service without an effect.
fn handle<'a>(store: &mut Store, answers: &mut BTreeMap<&'a str, Answer>, now: Time, request: &'a Request) -> Verdict {
    let (key, good) = (key_number(&request.key), request.answer.is_good());
    let found = store.begin(key, now);
    let ends = found == Lookup::New && !request.in_progress;
    if ends {
        store.finish(key, now, good.then_some(Outcome::Ok));
        answers.insert(&request.key, request.answer);
    }
    let answer = match found {
        Lookup::New => request.answer,
        // "Conflict", says the draft.
        Lookup::InProgress => Answer { class: 4, status: Some(409) },
        Lookup::Served(outcome) if !outcome.is_success() => Answer { class: 5, status: None },
        Lookup::Served(_) => answers.get(request.key.as_str()).copied().unwrap_or(Answer { class: 2, status: None }),
    };
    let flag = |name: &str, expected: Option<bool>, actual: bool| {
        if_expected(expected, |expected| same(name, expected, actual))
    };
    all([
        flag("executed", request.executed, found == Lookup::New),
        flag("replayed", request.replayed, matches!(found, Lookup::Served(_))),
        flag("saved", request.saved, ends && good),
        if_expected(request.status, |status| same(&format!("answers {status}"), true, answer.agrees(status))),
    ])
}
