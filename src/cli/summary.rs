//! The readable summary of a run: clients first, then the links and services behind them.
//!
//! It is in English in every language, because its words are the names in the report (`--json`), which scripts look for.

use super::asked::figure;
use crate::outcome::Outcome;
use crate::scenario::Scenario;
use crate::scenario::measure::Unit;
use crate::sim::LatencySummary;
use crate::sim::report::Report;
use crate::sim::view::OutcomeCounts;
use crate::time::Span;

/// The summary of a report. Each of its lines ends with a line break.
pub fn of(scenario: &Scenario, report: &Report) -> String {
    let title = if scenario.title.is_empty() { "A scenario without a title" } else { &scenario.title };
    let simulated = match report.simulated_ms {
        whole if whole.fract() == 0.0 => Span::from_nanos_f64(whole * 1e6).to_string(),
        ms => format!("{:.3} s", ms / 1e3),
    };
    let mut text = format!("{title}\n{simulated} simulated, {} events, seed {}\n", report.events, report.seed);
    text += &section(&["client", "sent", "pending", "success", "p50", "p99", "max", "outcomes"], clients(report));
    text += &section(&["link", "calls", "attempts", "retries", "p50", "p99", "attempts by outcome"], links(report));
    let columns = ["service", "arrived", "completed", "wasted", "used", "in queue", "p50", "p99", "turned away"];
    text += &section(&columns, services(report));
    text += &ledger(report);
    text += &section(&["objective", "met", "measured"], objectives(report));
    text
}

fn clients(report: &Report) -> Vec<Vec<String>> {
    let row = |(id, c): &(String, crate::sim::report::ClientReport)| {
        let [p50, p99, max] = latency(&c.latency);
        let success = c.success_rate.map_or_else(none, percent);
        vec![id.clone(), c.sent.to_string(), c.pending.to_string(), success, p50, p99, max, outcomes(&c.outcomes)]
    };
    report.clients.iter().map(row).collect()
}

fn links(report: &Report) -> Vec<Vec<String>> {
    let row = |(id, l): &(String, crate::sim::report::LinkReport)| {
        let [p50, p99, _] = latency(&l.latency);
        let mut what = outcomes(&l.attempt_outcomes);
        if l.breaker_changes > 0 {
            what += &format!("; breaker changed {} times", l.breaker_changes);
        }
        let counts = [l.calls, l.attempts, l.retries].map(|n| n.to_string());
        [id.clone()].into_iter().chain(counts).chain([p50, p99, what]).collect()
    };
    report.links.iter().map(row).collect()
}

fn services(report: &Report) -> Vec<Vec<String>> {
    let row = |(id, s): &(String, crate::sim::report::ServiceReport)| {
        let [p50, p99, _] = latency(&s.latency);
        let counts = [s.arrived, s.completed, s.wasted].map(|n| n.to_string());
        let used = s.utilisation.map_or_else(none, percent);
        let queue = format!("{:.1}", s.mean_in_queue);
        let reasons = [
            ("shed", s.shed),
            ("refused", s.refused),
            ("rate limited", s.rate_limited),
            ("conflict", s.conflict),
            ("replayed", s.replayed),
            ("expired", s.expired),
            ("cancelled", s.cancelled),
            ("lost", s.lost),
        ];
        [id.clone()].into_iter().chain(counts).chain([used, queue, p50, p99, counted(reasons)]).collect()
    };
    report.services.iter().map(row).collect()
}

fn ledger(report: &Report) -> String {
    let l = &report.ledger;
    if l.intents == 0 {
        return String::new();
    }
    let facts = [("intents", l.intents), ("entries", l.entries)].map(|(what, n)| format!("{n} {what}")).join(", ");
    let wrongs =
        [("duplicates", l.duplicates), ("unknown", l.unknown), ("missing", l.missing), ("compensated", l.compensated)];
    format!("\nledger  {facts}; {}\n", counted(wrongs))
}

fn objectives(report: &Report) -> Vec<Vec<String>> {
    let row = |o: &crate::sim::report::ObjectiveReport| {
        let value = o.value.map_or_else(none, |value| match o.unit {
            Unit::Share => percent(value),
            Unit::Millis => format!("{value:.1} ms"),
            unit => figure(value, unit),
        });
        vec![o.name.clone(), if o.met { "yes" } else { "NO" }.to_owned(), value]
    };
    report.objectives.iter().map(row).collect()
}

/// A table after a blank line, or nothing if it has no rows. The last column is not padded.
fn section(header: &[&str], rows: Vec<Vec<String>>) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let header = header.iter().map(|h| (*h).to_owned()).collect();
    let lines: Vec<Vec<String>> = [header].into_iter().chain(rows).collect();
    let columns = lines.iter().map(Vec::len).max().unwrap_or(0);
    let width = |c: usize| lines.iter().filter_map(|l| l.get(c)).map(|cell| cell.chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let mut text = String::new();
    for line in lines {
        let cells = line.iter().zip(&widths).enumerate().map(|(column, (cell, width))| match column {
            0 => format!("{cell:<width$}"),
            c if c + 1 == columns => cell.clone(),
            _ => format!("{cell:>width$}"),
        });
        text += "\n";
        text += cells.collect::<Vec<_>>().join("  ").trim_end();
    }
    format!("\n{}\n", text.trim_start_matches('\n'))
}

fn outcomes(counts: &OutcomeCounts) -> String {
    counted(Outcome::ALL.map(|o| (o.name(), counts.get(o))))
}

/// The counts above zero, e.g. `12 ok, 3 timeout`; `-` if there are none.
fn counted<const N: usize>(counts: [(&str, u64); N]) -> String {
    let occurred: Vec<String> = counts.iter().filter(|(_, n)| *n > 0).map(|(what, n)| format!("{n} {what}")).collect();
    if occurred.is_empty() { none() } else { occurred.join(", ") }
}

fn latency(summary: &LatencySummary) -> [String; 3] {
    [summary.p50, summary.p99, summary.max].map(|ms| ms.map_or_else(none, |ms| format!("{ms:.1} ms")))
}

fn percent(share: f64) -> String {
    format!("{:.1} %", share * 100.0)
}

fn none() -> String {
    "-".to_owned()
}
