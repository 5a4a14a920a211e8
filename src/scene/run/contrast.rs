//! How two runs of the same length differ: the numbers that decide, side by side.

use crate::scenario::Scenario;
use crate::scene::words::{count, percent, span};
use crate::sim::report::Report;
use crate::time::Span;

/// A measure of both runs.
#[derive(Clone, Debug, PartialEq)]
pub struct Contrast {
    /// What is measured, and of whom.
    pub measure: String,
    /// In the first run, in words.
    pub before: String,
    /// In the second.
    pub after: String,
    /// Whether the second is better; `None`: neither is, by more than a twentieth.
    pub better: Option<bool>,
}

/// What is better.
#[derive(Clone, Copy, PartialEq)]
enum Good {
    More,
    Less,
}

/// The measures of all clients, of all retrying links, and of the ledger, where there is anything to tell.
pub fn contrasts(before: &Report, after: &Report, document: &Scenario) -> Vec<Contrast> {
    let mut all = Vec::new();
    let name = |id: &str| document.services.iter().find(|s| s.id == id).map_or(id, |s| s.label()).to_string();
    for (id, now) in &after.clients {
        let Some(then) = before.client(id) else { continue };
        let client = name(id);
        let mut add = |what: &str, a: Option<f64>, b: Option<f64>, good, words: fn(f64) -> String| {
            all.extend(contrast(format!("{client}: {what}"), a, b, good, words));
        };
        add("good answers", then.success_rate, now.success_rate, Good::More, percent);
        add("latency p50", then.latency.p50, now.latency.p50, Good::Less, millis);
        add("latency p95", then.latency.p95, now.latency.p95, Good::Less, millis);
        add("latency p99", then.latency.p99, now.latency.p99, Good::Less, millis);
    }
    for (id, now) in &after.links {
        let Some(then) = before.link(id) else { continue };
        let per_call = |attempts: u64, calls: u64| (calls > 0).then(|| attempts as f64 / calls as f64);
        let (a, b) = (per_call(then.attempts, then.calls), per_call(now.attempts, now.calls));
        if [a, b].iter().flatten().any(|attempts| *attempts > 1.0) {
            let (from, to) = id.split_once("->").unwrap_or((id, ""));
            let measure = format!("{} → {}: attempts per call", name(from), name(to));
            all.extend(contrast(measure, a, b, Good::Less, |v| format!("{v:.2}")));
        }
    }
    let sum = |report: &Report, of: fn(&crate::sim::report::ServiceReport) -> u64| {
        report.services.iter().map(|(_, s)| of(s)).sum::<u64>()
    };
    let mut add = |what: &str, a: u64, b: u64| {
        if a.max(b) > 0 {
            let words = |v: f64| count(v as u64);
            all.extend(contrast(what.into(), Some(a as f64), Some(b as f64), Good::Less, words));
        }
    };
    add("Work that nobody waited for", sum(before, |s| s.wasted), sum(after, |s| s.wasted));
    add("Turned away, queue full", sum(before, |s| s.shed), sum(after, |s| s.shed));
    add("Booked twice", before.ledger.duplicates, after.ledger.duplicates);
    add("Booked, and the user does not know", before.ledger.unknown, after.ledger.unknown);
    all
}

fn millis(ms: f64) -> String {
    span(Span::from_nanos_f64(ms * 1e6))
}

fn contrast(
    measure: String,
    a: Option<f64>,
    b: Option<f64>,
    good: Good,
    words: impl Fn(f64) -> String,
) -> Option<Contrast> {
    a.or(b)?;
    let better = a.zip(b).and_then(|(a, b)| {
        let differ = (a - b).abs() > 0.05 * a.abs().max(b.abs());
        // Of shares, half a per cent matters.
        let differ = differ || (good == Good::More && (a - b).abs() > 0.005);
        differ.then(|| (b > a) == (good == Good::More))
    });
    let said = |v: Option<f64>| v.map_or("–".into(), &words);
    Some(Contrast { measure, before: said(a), after: said(b), better })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Simulation;
    use crate::scenario::ready::find;

    fn storm(change: impl FnOnce(&mut Scenario)) -> (Report, Scenario) {
        let mut scenario = Scenario::from_json(find("retry-storm").unwrap().text).unwrap();
        change(&mut scenario);
        let mut simulation = Simulation::start(&scenario).unwrap();
        simulation.run_to_end();
        (simulation.report(), scenario)
    }

    #[test]
    fn a_run_is_neither_better_nor_worse_than_itself() {
        let (report, scenario) = storm(|_| {});
        let all = contrasts(&report, &report, &scenario);
        assert!(all.len() >= 7);
        assert!(all.iter().all(|c| c.better.is_none() && c.before == c.after), "{all:?}");
    }

    #[test]
    fn without_retries_the_storm_does_not_come() {
        let (before, scenario) = storm(|_| {});
        let (after, _) = storm(|s| s.links.iter_mut().for_each(|l| l.retry = None));
        let all = contrasts(&before, &after, &scenario);
        let better = |measure: &str| all.iter().find(|c| c.measure == measure).and_then(|c| c.better);
        assert_eq!(better("Web shop: good answers"), Some(true));
        assert_eq!(better("Orders → Stock: attempts per call"), Some(true));
        assert_eq!(better("Work that nobody waited for"), Some(true));
    }
}
