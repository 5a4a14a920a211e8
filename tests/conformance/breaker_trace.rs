//! Circuit breakers, long random runs: what the libraries did under a virtual clock.

use crate::breaker::{Dialect, Rig, Step, try_steps};
use crate::reader::{Reader, Reading, refuse};
use crate::verdict::{Case, Trial};
use serde_json::{Map, Value};

/// The columns that say what happens; all others are expectations.
const STEP: [&str; 4] = ["at_ms", "event", "duration_ms", "id"];

/// Reads `{lib, columns, traces: [{name, config, rows}]}`.
pub fn read(document: &Reader) -> Option<Vec<Case>> {
    (document.has("lib") && document.has("columns") && document.has("traces")).then_some(())?;
    let lib = document.text("lib").ok()??;
    let columns = document.list("columns").ok()??;
    let columns: Vec<&str> = columns.iter().map(Reader::as_text).collect::<Reading<_>>().ok()?;
    let traces = document.vectors("traces")?;
    Some(traces.iter().map(|trace| Case::named(trace, |trace| replay(lib, &columns, trace))).collect())
}

fn replay(lib: &str, columns: &[&str], trace: &Reader) -> Reading<Trial> {
    let dialect = Dialect::of(lib, &trace.object("config")?)?;
    let rows = trace.list("rows")?.unwrap_or_default();
    let steps: Vec<Step> = rows.iter().map(|row| step(&dialect, columns, row)).collect::<Reading<_>>()?;
    try_steps(Rig::new(dialect, false), steps, "row")
}

/// A row as a step with its expectations; null asserts nothing.
fn step(dialect: &Dialect, columns: &[&str], row: &Reader) -> Reading<Step> {
    let cells = row.as_list()?;
    if cells.len() != columns.len() {
        return refuse(format!("a row of {} cells under {} columns", cells.len(), columns.len()));
    }
    let (mut step, mut expect) = (Map::new(), Map::new());
    for (column, cell) in columns.iter().zip(cells) {
        if STEP.contains(column) {
            step.insert((*column).to_owned(), cell.raw().clone());
        } else if !cell.is_null() {
            expect.insert((*column).to_owned(), cell.raw().clone());
        }
    }
    step.insert("expect".to_owned(), Value::Object(expect));
    let step = Value::Object(step);
    let reader = Reader::new(&step);
    Step::read(dialect, &reader).and_then(|step| reader.unread().map_or(Ok(step), Err))
}
