//! The measures and conditions of `callchain run`, from `--measure` and `--expect`.

use crate::scenario::limits;
use crate::scenario::measure::{Condition, Measure, Mistake, Names, Unit};
use crate::sim::Simulation;
use crate::sim::report::Report;

/// The measures and conditions of the command line.
pub struct Asked {
    measures: Vec<Measure>,
    conditions: Vec<Condition>,
}

/// The values that a run gives for them.
pub struct Answers {
    measures: Vec<Option<f64>>,
    conditions: Vec<(Condition, Option<f64>)>,
}

impl Asked {
    /// Reads them. The error describes the first bad one, and points to the mistake in it.
    pub fn read(measures: &[String], conditions: &[String], names: &Names) -> Result<Asked, String> {
        if measures.len() + conditions.len() > limits::MEASURES {
            return Err(format!("at most {} measures and conditions are allowed", limits::MEASURES));
        }
        let wrong = |option: &str, text: &str, mistake: Mistake| format!("{option}: {}", mistake.pointed(text));
        let measure = |text: &String| Measure::parse(text, names).map_err(|m| wrong("--measure", text, m));
        let condition = |text: &String| Condition::parse(text, names).map_err(|m| wrong("--expect", text, m));
        Ok(Asked {
            measures: measures.iter().map(measure).collect::<Result<_, _>>()?,
            conditions: conditions.iter().map(condition).collect::<Result<_, _>>()?,
        })
    }

    /// Makes a run measure them. Call it before the run starts.
    pub fn ask(&self, simulation: &mut Simulation) {
        let of_conditions = self.conditions.iter().map(|condition| &condition.measure);
        simulation.ask(&self.measures.iter().chain(of_conditions).cloned().collect::<Vec<_>>());
    }

    /// Takes the values from a report. Each measure stays in the report once, but the conditions do not.
    pub fn take_answers(self, report: &mut Report) -> Answers {
        let mut values = report.measures.split_off(self.measures.len()).into_iter().map(|(_, value)| value);
        let measures = report.measures.iter().map(|(_, value)| *value).collect();
        let mut seen = Vec::new();
        report.measures.retain(|(text, _)| {
            let is_new = !seen.contains(text);
            seen.push(text.clone());
            is_new
        });
        let conditions = self.conditions.into_iter().map(|condition| (condition, values.next().flatten())).collect();
        Answers { measures, conditions }
    }
}

impl Answers {
    /// The values of the measures, one a line; `absent` for a measure without a value.
    pub fn values(&self) -> String {
        self.measures.iter().map(|value| value.map_or("absent\n".to_owned(), |value| format!("{value}\n"))).collect()
    }

    /// A line for each condition that does not hold, with the measured value.
    pub fn failures(&self) -> String {
        let failed = self.conditions.iter().filter(|(condition, value)| !condition.judge(*value).met);
        failed.map(|(condition, value)| format!("does not hold: {condition}: {}\n", found(condition, *value))).collect()
    }

    /// Whether every condition holds.
    pub fn all_hold(&self) -> bool {
        self.conditions.iter().all(|(condition, value)| condition.judge(*value).met)
    }
}

fn found(condition: &Condition, value: Option<f64>) -> String {
    match value {
        None => "there is nothing to measure".to_owned(),
        Some(value) => format!("measured {}", figure(value, condition.measure.unit())),
    }
}

/// A value with its unit, precise enough to compare it with a bound.
pub fn figure(value: f64, unit: Unit) -> String {
    match unit {
        Unit::Share => format!("{} %", rounded(value * 100.0)),
        Unit::Millis => format!("{} ms", rounded(value)),
        Unit::Rate => format!("{} a second", rounded(value)),
        Unit::Count | Unit::Mean | Unit::Ratio => rounded(value),
    }
}

fn rounded(value: f64) -> String {
    let text = format!("{value:.4}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
