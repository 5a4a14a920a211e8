//! The verdict on a vector, and the table of all verdicts.

use crate::reader::{Reader, Reading, Refusal};
use std::collections::BTreeMap;

/// The verdict on one vector.
#[derive(Debug)]
pub enum Verdict {
    /// Callchain does what it says.
    Holds,
    /// Callchain does something else.
    Fails(String),
    /// It is about something that Callchain does not model, or says something that its rule does not read.
    DoesNotApply(String),
}

/// It does not apply, because of `reason`.
pub fn no(reason: impl Into<String>) -> Verdict {
    Verdict::DoesNotApply(reason.into())
}

impl From<Refusal> for Verdict {
    fn from(refusal: Refusal) -> Self {
        Verdict::DoesNotApply(refusal.0)
    }
}

/// It holds if `actual` is within `tolerance` of `expected`.
pub fn near(subject: &str, expected: f64, actual: f64, tolerance: f64) -> Verdict {
    if (expected - actual).abs() <= tolerance {
        Verdict::Holds
    } else {
        Verdict::Fails(format!("{subject}: expected {expected}, not {actual} (tolerance {tolerance})"))
    }
}

/// It holds if both are equal.
pub fn same<T: PartialEq + std::fmt::Debug>(subject: &str, expected: T, actual: T) -> Verdict {
    if expected == actual {
        Verdict::Holds
    } else {
        Verdict::Fails(format!("{subject}: expected {expected:?}, not {actual:?}"))
    }
}

/// What a vector does not expect holds.
pub fn if_expected<T>(expected: Option<T>, check: impl FnOnce(T) -> Verdict) -> Verdict {
    expected.map_or(Verdict::Holds, check)
}

/// It holds if all parts hold; otherwise it is the first that does not.
pub fn all(parts: impl IntoIterator<Item = Verdict>) -> Verdict {
    parts.into_iter().find(|part| !matches!(part, Verdict::Holds)).unwrap_or(Verdict::Holds)
}

/// Tries what a vector asserts. An error is a failure: the vector could not be tried.
pub type Trial = Box<dyn FnOnce() -> Result<Verdict, String>>;

/// A trial.
pub fn trial(run: impl FnOnce() -> Result<Verdict, String> + 'static) -> Reading<Trial> {
    Ok(Box::new(run))
}

/// A vector that has been read, but not yet tried: what nobody has read is known before anything runs.
pub struct Case {
    pub name: String,
    pub trial: Reading<Trial>,
}

impl Case {
    /// Reads a vector by a rule, and makes sure that the rule reads all of it.
    pub fn read(name: String, vector: &Reader, rule: impl FnOnce(&Reader) -> Reading<Trial>) -> Case {
        let trial = rule(vector).and_then(|trial| vector.unread().map_or(Ok(trial), Err));
        Case { name, trial }
    }

    /// Reads a vector that has a name.
    pub fn named(vector: &Reader, rule: impl FnOnce(&Reader) -> Reading<Trial>) -> Case {
        let name = vector.text("name").ok().flatten().unwrap_or("(without a name)");
        Case::read(name.to_owned(), vector, rule)
    }

    /// Tries it.
    pub fn verdict(self) -> Verdict {
        match self.trial {
            Ok(trial) => trial().unwrap_or_else(Verdict::Fails),
            Err(refusal) => refusal.into(),
        }
    }
}

/// The verdicts of all files.
#[derive(Default)]
pub struct Tally {
    rows: Vec<Row>,
    problems: Vec<String>,
    unknown: Vec<String>,
    /// Changes of vectors that the self-test has tried.
    pub changes: usize,
}

struct Row {
    file: String,
    holds: usize,
    failures: Vec<String>,
    /// How many do not apply, by reason.
    reasons: BTreeMap<String, usize>,
}

impl Tally {
    /// Tries the vectors of a file.
    pub fn add(&mut self, file: &str, cases: Vec<Case>) {
        let mut row = Row { file: file.to_owned(), holds: 0, failures: Vec::new(), reasons: BTreeMap::new() };
        for case in cases {
            let name = case.name.clone();
            match case.verdict() {
                Verdict::Holds => row.holds += 1,
                Verdict::Fails(why) => row.failures.push(format!("{name}: {why}")),
                Verdict::DoesNotApply(reason) => *row.reasons.entry(reason).or_default() += 1,
            }
        }
        self.rows.push(row);
    }

    /// Something is wrong with a file, or with the harness.
    pub fn problem(&mut self, file: &str, problem: &str) {
        self.problems.push(format!("{file}: {problem}"));
    }

    /// A file of a format that no rule knows.
    pub fn unknown_format(&mut self, file: &str) {
        self.unknown.push(file.to_owned());
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

    /// Prints the table, the reasons, the failures and a last line like that of cargo's tests.
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
        self.unknown.iter().for_each(|file| println!("{file:44} does not apply: no rule knows its format"));
        self.problems.iter().for_each(|problem| println!("PROBLEM {problem}"));
        println!("\nSelf-test: {} changes of vectors were tried; those that go unnoticed are problems.", self.changes);
        let result = if self.is_good() { "ok" } else { "FAILED" };
        let (holds, fails) = (self.holds(), self.fails());
        println!("\ntest result: {result}. {holds} passed; {fails} failed; {other} do not apply");
    }
}
