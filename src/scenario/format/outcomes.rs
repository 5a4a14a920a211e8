//! Lists of outcomes: those that are retried, those that count as failures.

use super::reader::{Reader, one_of};
use super::writer::{list, text};
use crate::outcome::{Outcome, OutcomeSet};
use crate::scenario::json::{Json, quoted};
use crate::scenario::path::Path;
use crate::scenario::problem::Problems;

/// Which outcomes a list can hold.
pub(super) struct Choice {
    allowed: OutcomeSet,
    /// What an allowed outcome is, with its article.
    what: &'static str,
    /// What the others cannot do.
    purpose: &'static str,
}

/// The outcomes of `retry.on`.
pub(super) const RETRIABLE: Choice =
    Choice { allowed: OutcomeSet::RETRIABLE, what: "an outcome that can be retried", purpose: "be retried" };

/// The outcomes of `breaker.failures`.
pub(super) const COUNTABLE: Choice = Choice {
    allowed: OutcomeSet::COUNTABLE,
    what: "an outcome that can count as a failure",
    purpose: "count as a failure",
};

/// The longest list that is read: long enough for every outcome, several times.
const LONGEST: usize = 100;

pub(super) fn read(r: &mut Reader, at: &Path, json: &Json, choice: &Choice) -> Option<OutcomeSet> {
    let outcomes = r.list(at, json, LONGEST, |r, at, json| outcome(r, at, json, choice))?;
    Some(OutcomeSet::of(&outcomes.into_iter().collect::<Option<Vec<_>>>()?))
}

fn outcome(r: &mut Reader, at: &Path, json: &Json, choice: &Choice) -> Option<Outcome> {
    let known = || one_of(choice.allowed.iter().map(Outcome::name));
    let Json::Text(text) = json else {
        return r.unread(at, || format!("{json} is not {}: {}", choice.what, known()));
    };
    let found = choice.allowed.iter().find(|outcome| outcome.name() == text);
    found.or_else(|| r.unread(at, || format!("{} is not {}: {}", quoted(text), choice.what, known())))
}

pub(super) fn write(set: &OutcomeSet) -> Json {
    let outcomes: Vec<Outcome> = set.iter().collect();
    list(&outcomes, |outcome| text(outcome.name()))
}

pub(super) fn check(problems: &mut Problems, at: &Path, set: OutcomeSet, choice: &Choice) {
    for outcome in set.iter().filter(|outcome| !choice.allowed.contains(*outcome)) {
        problems.report(at, || format!("\"{}\" cannot {}", outcome.name(), choice.purpose));
    }
}
