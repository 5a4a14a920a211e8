//! Holds the policies and the simulation against what real libraries, papers and closed forms say.
//!
//! Reads every file of `tests/vectors/`, or of the folder that `CALLCHAIN_VECTORS` names, recognises its format by
//! its content, and prints for each how many of its vectors hold, fail, or do not apply, and why. It fails when a
//! vector fails, when a file cannot be read, and when nothing was checked at all. It never ignores a part of a vector:
//! a setting or an expectation that no rule reads makes the vector not apply, and is named (see `reader.rs`). Before
//! anything runs, `self_test.rs` tries that on the vectors themselves.
#![expect(clippy::disallowed_methods, reason = "expectations are computed natively, with tolerances")]

mod amplification;
mod aws_backoff;
mod backoff;
mod breaker;
mod breaker_trace;
mod brooker;
mod budget;
mod deadline;
mod grpc;
mod idempotency;
mod metastability;
mod queue;
mod queueing;
mod reader;
mod self_test;
mod verdict;
mod world;

use reader::{Reader, Reading, refuse};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use verdict::{Case, Tally, Trial};

fn main() -> ExitCode {
    // The arguments of cargo's test harness mean nothing here, except for a list of tests, of which there is one.
    if std::env::args().any(|arg| arg == "--list") {
        println!("conformance: test");
        return ExitCode::SUCCESS;
    }
    let folder = std::env::var_os("CALLCHAIN_VECTORS")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors"), PathBuf::from);
    let mut tally = Tally::default();
    self_test::wrong_examples().iter().for_each(|problem| tally.problem("self-test", problem));
    for file in files(&folder, &mut tally) {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        match document(&file) {
            Ok(document) => check(&name, &document, &mut tally),
            Err(problem) => tally.problem(&name, &problem),
        }
    }
    tally.print();
    if tally.is_good() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn check(name: &str, document: &Value, tally: &mut Tally) {
    match cases(document) {
        Some(cases) => {
            let changes = self_test::changes(document, &cases);
            tally.changes += changes.tried;
            changes.ignored.iter().for_each(|problem| tally.problem(name, problem));
            tally.add(name, cases);
        }
        None => tally.unknown_format(name),
    }
}

/// The data files of the folder, in the order of their names.
fn files(folder: &Path, tally: &mut Tally) -> Vec<PathBuf> {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => {
            tally.problem(&folder.to_string_lossy(), &error.to_string());
            return Vec::new();
        }
    };
    let is_data = |path: &PathBuf| path.extension().is_some_and(|ext| ext == "json" || ext == "csv");
    let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).filter(is_data).collect();
    files.sort();
    files
}

/// The content of a file, a table as a list of its rows.
fn document(path: &Path) -> Result<Value, String> {
    let text = std::fs::read_to_string(path).map_err(|error| error.to_string())?;
    if path.extension().is_some_and(|ext| ext == "csv") {
        return queueing::document(&text);
    }
    serde_json::from_str(&text).map_err(|error| error.to_string())
}

/// Reads a document if it is of a certain format.
type Format = fn(&Reader) -> Option<Vec<Case>>;

const FORMATS: [Format; 9] = [
    breaker::read,
    breaker_trace::read,
    budget::read_traces,
    queue::read_traces,
    aws_backoff::read,
    brooker::read,
    metastability::read,
    queueing::read,
    read_vectors,
];

/// The vectors of a document, read but not yet tried; `None`: no rule knows the format.
///
/// What a document says beside its vectors may concern all of them, so that none applies if nobody reads it.
fn cases(document: &Value) -> Option<Vec<Case>> {
    let document = Reader::new(document);
    let mut cases = FORMATS.iter().find_map(|format| format(&document))?;
    if let Some(unread) = document.unread() {
        cases.iter_mut().filter(|case| case.trial.is_ok()).for_each(|case| case.trial = Err(unread.clone()));
    }
    Some(cases)
}

/// A rule for vectors that say something in its way; `None`: they do not.
type Rule = fn(&Reader) -> Option<Reading<Trial>>;

/// The common format `{about, vectors: [...]}`: each vector is recognised by what it holds.
fn read_vectors(document: &Reader) -> Option<Vec<Case>> {
    const RULES: [Rule; 7] =
        [backoff::read, budget::read, grpc::read, idempotency::read, deadline::read, queue::read, amplification::read];
    let rule = |vector: &Reader| {
        let trial = RULES.iter().find_map(|rule| rule(vector));
        trial.unwrap_or_else(|| refuse("no rule here recognises it"))
    };
    Some(document.vectors("vectors")?.iter().map(|vector| Case::named(vector, rule)).collect())
}
