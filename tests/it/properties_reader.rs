//! Valid files with random damage: the reader returns a scenario or mistakes, and an accepted scenario can be checked,
//! written, read again and run.
//!
//! `CALLCHAIN_FUZZ=1000000 cargo test --test it properties_reader` tries a million; without it, some thousands are tried.

use crate::generate;
use crate::golden::reports::CORPUS;
use crate::scenario_format::SAMPLE;
use callchain::chance::{Draw, Seed, Stream, ThingKey};
use callchain::scenario::{check, limits, read, ready, write};
use callchain::sim::Simulation;
use proptest::prelude::*;
use serde_json::Value;
use std::sync::Arc;

/// Pieces with a meaning in JSON, and values at the limits of the allowed ranges.
const PIECES: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    "\"",
    ":",
    ",",
    "\\",
    "null",
    "true",
    "false",
    "0",
    "-0",
    "-1",
    "1",
    "1e308",
    "1e-308",
    "0.5",
    "1.0000001",
    "18446744073709551616",
    "4294967296",
    "9007199254740993",
    "\"0ms\"",
    "\"1ns\"",
    "\"10000h\"",
    "\"10000.1h\"",
    "\"-1s\"",
    "\"1.s\"",
    "\"µs\"",
    "\"\"",
    "\"web\"",
    "[[]]",
    "{}",
    "{\"exponential\":\"0ms\"}",
    "{\"uniform\":[\"2s\",\"1s\"]}",
    "{\"pareto\":{\"min\":\"1ms\",\"shape\":0.0001}}",
    "{\"normal\":{\"mean\":\"0ms\",\"sd\":\"10000h\"}}",
    "\\u0000",
    "\\ud800",
    "\u{feff}",
    "\u{202e}",
    "é",
    "/*",
    "//",
    "\n",
    "\u{0}",
    "1000000",
    "1000001",
    "NaN",
    "Infinity",
    "1E+2",
    "00",
];

/// Draws whole numbers below `n`.
fn below(chance: &mut Stream, n: usize) -> usize {
    ((chance.uniform() * n as f64) as usize).min(n.saturating_sub(1))
}

/// Damages a text in one to five places.
fn spoil(chance: &mut Stream, good: &[String]) -> String {
    let mut text = good[below(chance, good.len())].clone().into_bytes();
    for _ in 0..1 + below(chance, 5) {
        let at = below(chance, text.len() + 1);
        let end = (at + below(chance, 12)).min(text.len());
        let piece = PIECES[below(chance, PIECES.len())].as_bytes();
        match below(chance, 7) {
            0 => text.truncate(at),
            1 => drop(text.drain(at..end)),
            2 => drop(text.splice(at..at, piece.iter().copied())),
            3 => drop(text.splice(value_at(&text, at), piece.iter().copied())),
            4 => {
                // Text from another place in this file, or from another file.
                let other = good[below(chance, good.len())].as_bytes();
                let from = below(chance, other.len());
                let copied = other[from..(from + below(chance, 200)).min(other.len())].to_vec();
                drop(text.splice(at..end, copied));
            }
            5 => {
                let value = text[value_at(&text, below(chance, text.len() + 1))].to_vec();
                drop(text.splice(value_at(&text, at), value));
            }
            _ => {
                if let Some(byte) = text.get_mut(at) {
                    *byte ^= 1 << below(chance, 8);
                }
            }
        }
    }
    String::from_utf8_lossy(&text).into_owned()
}

/// Replaces one to three values of a document by pieces or by values from elsewhere. The document stays JSON.
fn misplace(chance: &mut Stream, good: &[Value], pieces: &[Value]) -> String {
    let mut document = good[below(chance, good.len())].clone();
    for _ in 0..1 + below(chance, 3) {
        let other = &good[below(chance, good.len())];
        let mut value = if chance.happens(0.3) { &pieces[below(chance, pieces.len())] } else { other };
        let (mut at, mut path) = (&document, String::new());
        // Descends both documents field by field while they have the same structure, because values that fit find more.
        for _ in 0..1 + below(chance, 6) {
            let name = match at {
                Value::Object(fields) => fields.keys().nth(below(chance, fields.len())).cloned(),
                Value::Array(items) if !items.is_empty() => Some(below(chance, items.len()).to_string()),
                _ => None,
            };
            let Some(name) = name else { break };
            path = format!("{path}/{name}");
            at = document.pointer(&path).unwrap_or(&Value::Null);
            value = match value {
                Value::Array(items) => items.get(below(chance, items.len())).unwrap_or(value),
                _ => value.get(&name).unwrap_or(value),
            };
        }
        let value = value.clone();
        document.pointer_mut(&path).into_iter().for_each(|place| *place = value.clone());
    }
    document.to_string()
}

/// The range of the next value at or after `at`: from the colon to the next comma or bracket.
fn value_at(text: &[u8], at: usize) -> std::ops::Range<usize> {
    let Some(colon) = text[at.min(text.len())..].iter().position(|b| *b == b':') else { return text.len()..text.len() };
    let start = at + colon + 1;
    let length = text[start..].iter().position(|b| b",]}".contains(b)).unwrap_or(0);
    start..start + length
}

/// Reads a text. If it is accepted, checks, writes, rereads and starts it. Returns whether it was accepted.
fn survives(text: &str) -> bool {
    match read::read(text) {
        Err(problems) => {
            assert!(!problems.is_empty() && problems.len() <= limits::PROBLEMS + 1, "{text}");
            assert!(problems.iter().all(|problem| problem.to_string().len() < 2_000), "{text}");
            false
        }
        Ok(scenario) => {
            assert_eq!(read::read(&write::write(&scenario)).as_ref(), Ok(&scenario), "{text}");
            let topology = check::check(&scenario).unwrap_or_else(|problems| panic!("{problems:?}: {text}"));
            let horizon = topology.horizon;
            let mut simulation = Simulation::new(Arc::new(topology), Seed(scenario.seed));
            simulation.run_until(horizon, 200);
            assert!(!simulation.report().to_json().is_empty());
            true
        }
    }
}

#[test]
fn a_damaged_file_is_read_or_refused_and_never_breaks_anything() {
    let tries: u64 = std::env::var("CALLCHAIN_FUZZ").ok().and_then(|n| n.parse().ok()).unwrap_or(30_000);
    let ready = ready::READY.iter().map(|ready| ready.text.to_owned());
    let small = CORPUS.lines().filter(|line| line.len() < 2_000).map(str::to_owned);
    let good: Vec<String> = ready.chain(small).chain([SAMPLE.to_owned()]).collect();
    let documents: Vec<Value> = good.iter().map(|text| serde_json::from_str(text).expect("it is good")).collect();
    let pieces: Vec<Value> = PIECES.iter().filter_map(|piece| serde_json::from_str(piece).ok()).collect();
    let mut chance = Stream::new(Seed(1), Draw::Made, ThingKey::of("spoilt files"));
    let mut through = 0u64;
    for i in 0..tries {
        let text = if i % 2 == 0 { spoil(&mut chance, &good) } else { misplace(&mut chance, &documents, &pieces) };
        through += u64::from(survives(&text));
    }
    println!("{through} of {tries} spoilt files were still good");
    // If nearly all or nearly none were accepted, the test would cover little.
    assert!(through > tries / 20 && through < tries / 2, "{through} of {tries}");
}

proptest! {
    #![proptest_config(crate::properties::cases(200))]

    #[test]
    fn random_scenarios_survive(scenario in generate::scenario()) {
        prop_assert!(survives(&write::write(&scenario)));
    }
}
