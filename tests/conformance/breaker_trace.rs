//! Circuit breakers, long random runs: what the libraries did under a virtual clock.

use crate::breaker::{Dialect, Rig};
use crate::verdict::{Checked, Verdict, no};
use serde_json::{Map, Value};

/// What tells the step; all other columns are expectations.
const STEP: [&str; 4] = ["at_ms", "event", "duration_ms", "id"];

/// Checks `{lib, columns, traces: [{name, config, rows}]}`.
pub fn check(document: &Value) -> Option<Vec<Checked>> {
    let lib = document.get("lib")?.as_str()?;
    let columns: Vec<&str> = document.get("columns")?.as_array()?.iter().filter_map(Value::as_str).collect();
    let traces = document.get("traces")?.as_array()?;
    Some(traces.iter().map(|trace| Checked::new(trace, replay(lib, &columns, trace))).collect())
}

fn replay(lib: &str, columns: &[&str], trace: &Value) -> Verdict {
    let dialect = match Dialect::of(lib, &trace["config"]) {
        Ok(dialect) => dialect,
        Err(reason) => return no(reason),
    };
    let Some(rows) = trace["rows"].as_array() else { return Verdict::Fails("rows are not a list".into()) };
    let mut rig = Rig::new(dialect, false);
    for (number, row) in rows.iter().enumerate() {
        match step_of(columns, row).map(|step| rig.step(&step)) {
            Some(Verdict::Holds) => {}
            Some(Verdict::Fails(why)) => return Verdict::Fails(format!("row {}: {why}", number + 1)),
            Some(other) => return other,
            None => return Verdict::Fails(format!("row {} does not fit the columns", number + 1)),
        }
    }
    Verdict::Holds
}

/// A row as a step with its expectations; what is null is not asserted.
fn step_of(columns: &[&str], row: &Value) -> Option<Value> {
    let cells = row.as_array().filter(|cells| cells.len() == columns.len())?;
    let (mut step, mut expect) = (Map::new(), Map::new());
    for (column, cell) in columns.iter().zip(cells) {
        if STEP.contains(column) {
            step.insert((*column).to_owned(), cell.clone());
        } else if !cell.is_null() {
            expect.insert((*column).to_owned(), cell.clone());
        }
    }
    step.insert("expect".to_owned(), Value::Object(expect));
    Some(Value::Object(step))
}
