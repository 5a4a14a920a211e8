//! What is found of a vector, and the table in the end.

use serde_json::Value;
use std::collections::BTreeMap;

/// What is found of one vector.
#[derive(Debug)]
pub enum Verdict {
    /// Callchain does what it says.
    Holds,
    /// Callchain does something else.
    Fails(String),
    /// It is about something that Callchain does not model.
    DoesNotApply(String),
}

/// It does not apply, because `reason`.
pub fn no(reason: impl Into<String>) -> Verdict {
    Verdict::DoesNotApply(reason.into())
}

/// It holds if `actual` is within `tolerance` of `expected`.
pub fn near(what: &str, expected: f64, actual: f64, tolerance: f64) -> Verdict {
    if (expected - actual).abs() <= tolerance {
        Verdict::Holds
    } else {
        Verdict::Fails(format!("{what}: expected {expected}, not {actual} (tolerance {tolerance})"))
    }
}

/// It holds if both are the same.
pub fn same<T: PartialEq + std::fmt::Debug>(what: &str, expected: T, actual: T) -> Verdict {
    if expected == actual {
        Verdict::Holds
    } else {
        Verdict::Fails(format!("{what}: expected {expected:?}, not {actual:?}"))
    }
}

/// It holds if all parts hold; otherwise the first that does not.
pub fn all(parts: impl IntoIterator<Item = Verdict>) -> Verdict {
    parts.into_iter().find(|part| !matches!(part, Verdict::Holds)).unwrap_or(Verdict::Holds)
}

/// A vector by its name, and what was found.
pub struct Checked {
    pub name: String,
    pub verdict: Verdict,
}

impl Checked {
    /// The verdict of a vector that tells its own name.
    pub fn new(vector: &Value, verdict: Verdict) -> Self {
        let name = vector.get("name").and_then(Value::as_str).unwrap_or("(without a name)");
        Checked { name: name.to_owned(), verdict }
    }
}

/// A verdict, or a failure where the vector could not be tried.
pub fn tried(result: Result<Verdict, String>) -> Verdict {
    result.unwrap_or_else(Verdict::Fails)
}

/// The verdicts of all files.
#[derive(Default)]
pub struct Tally {
    rows: Vec<Row>,
    problems: Vec<String>,
    passed_over: Vec<String>,
}

struct Row {
    file: String,
    holds: usize,
    failures: Vec<String>,
    /// How many do not apply, by reason.
    reasons: BTreeMap<String, usize>,
}

impl Tally {
    /// Takes in the verdicts of a file.
    pub fn add(&mut self, file: &str, checked: Vec<Checked>) {
        let mut row = Row { file: file.to_owned(), holds: 0, failures: Vec::new(), reasons: BTreeMap::new() };
        for Checked { name, verdict } in checked {
            match verdict {
                Verdict::Holds => row.holds += 1,
                Verdict::Fails(why) => row.failures.push(format!("{name}: {why}")),
                Verdict::DoesNotApply(reason) => *row.reasons.entry(reason).or_default() += 1,
            }
        }
        self.rows.push(row);
    }

    /// A file could not be read, which is a failure.
    pub fn unreadable(&mut self, file: &str, problem: &str) {
        self.problems.push(format!("{file}: {problem}"));
    }

    /// A file of a format that is not ours.
    pub fn passed_over(&mut self, file: &str) {
        self.passed_over.push(file.to_owned());
    }

    fn holds(&self) -> usize {
        self.rows.iter().map(|row| row.holds).sum()
    }

    fn fails(&self) -> usize {
        self.rows.iter().map(|row| row.failures.len()).sum::<usize>() + self.problems.len()
    }

    /// Whether something was checked and nothing failed.
    pub fn is_good(&self) -> bool {
        self.fails() == 0 && self.holds() > 0
    }

    /// Prints the table, the reasons, the failures and a last line as cargo's tests have it.
    pub fn print(&self) {
        println!("{:44} {:>6} {:>6} {:>14}", "", "hold", "fail", "do not apply");
        let mut other = 0;
        for row in &self.rows {
            let not_applied: usize = row.reasons.values().sum();
            other += not_applied;
            println!("{:44} {:6} {:6} {:14}", row.file, row.holds, row.failures.len(), not_applied);
            for (reason, count) in &row.reasons {
                println!("    {count} do not apply: {reason}");
            }
            for failure in &row.failures {
                println!("    FAILS {failure}");
            }
        }
        self.passed_over.iter().for_each(|file| println!("{file:44} passed over: another format"));
        self.problems.iter().for_each(|problem| println!("UNREADABLE {problem}"));
        let result = if self.is_good() { "ok" } else { "FAILED" };
        let (holds, fails) = (self.holds(), self.fails());
        println!("\ntest result: {result}. {holds} passed; {fails} failed; {other} do not apply");
    }
}
