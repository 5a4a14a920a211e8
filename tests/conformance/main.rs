//! Holds the policies and the simulation against what real libraries, papers and closed forms say.
//!
//! Reads every file of `tests/vectors/`, or of the folder that `CALLCHAIN_VECTORS` names, recognises its format by
//! its content, and prints for each how many of its vectors hold, fail, or do not apply, and why. It fails when a
//! vector fails, when a file cannot be read, and when nothing was checked at all. It never passes a vector over in
//! silence: what Callchain does not model is said so.
#![expect(clippy::disallowed_methods, reason = "what is expected is worked out natively, with tolerances")]

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
mod verdict;
mod world;

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use verdict::{Checked, Tally};

fn main() -> ExitCode {
    // The arguments of the usual test harness mean nothing here, except for a list of tests, of which there is one.
    if std::env::args().any(|arg| arg == "--list") {
        println!("conformance: test");
        return ExitCode::SUCCESS;
    }
    let folder = std::env::var_os("CALLCHAIN_VECTORS")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors"), PathBuf::from);
    let mut tally = Tally::default();
    for file in files(&folder, &mut tally) {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        match check_file(&file) {
            Ok(Some(checked)) => tally.add(&name, checked),
            Ok(None) => tally.passed_over(&name),
            Err(problem) => tally.unreadable(&name, &problem),
        }
    }
    tally.print();
    if tally.is_good() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// The data files of the folder, in the order of their names.
fn files(folder: &Path, tally: &mut Tally) -> Vec<PathBuf> {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => {
            tally.unreadable(&folder.to_string_lossy(), &error.to_string());
            return Vec::new();
        }
    };
    let is_data = |path: &PathBuf| path.extension().is_some_and(|ext| ext == "json" || ext == "csv");
    let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).filter(is_data).collect();
    files.sort();
    files
}

/// Checks one file; `None`: its format is not one of ours.
fn check_file(path: &Path) -> Result<Option<Vec<Checked>>, String> {
    let text = std::fs::read_to_string(path).map_err(|error| error.to_string())?;
    if path.extension().is_some_and(|ext| ext == "csv") {
        return queueing::check(&text);
    }
    let document: Value = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    Ok(check_document(&document))
}

/// Checks a document if it is of a certain format.
type Format = fn(&Value) -> Option<Vec<Checked>>;

fn check_document(document: &Value) -> Option<Vec<Checked>> {
    let formats: [Format; 8] = [
        breaker::check,
        breaker_trace::check,
        budget::check_traces,
        queue::check_traces,
        aws_backoff::check,
        brooker::check,
        metastability::check,
        check_vectors,
    ];
    formats.iter().find_map(|check| check(document))
}

/// The common format `{about, vectors: [...]}`: each vector is recognised by what it holds.
fn check_vectors(document: &Value) -> Option<Vec<Checked>> {
    let vectors = document.get("vectors")?.as_array()?;
    let rules: [fn(&Value) -> Option<verdict::Verdict>; 7] = [
        backoff::check,
        budget::check,
        grpc::check,
        idempotency::check,
        deadline::check,
        queue::check,
        amplification::check,
    ];
    let check = |vector: &Value| {
        let verdict = rules.iter().find_map(|rule| rule(vector));
        Checked::new(vector, verdict.unwrap_or_else(|| verdict::no("no rule here recognises it")))
    };
    Some(vectors.iter().map(check).collect())
}
