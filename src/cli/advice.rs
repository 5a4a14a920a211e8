//! Warnings on the command line: the flaws of a design, their reasons and their repairs.

use crate::editor::Thing;
use crate::editor::warning::Warning;
use crate::t;
use std::fmt::Write as _;

/// The warnings in plain text, each with its place, its reason, its repairs and a source.
pub fn of(warnings: &[Warning]) -> String {
    let mut text = String::new();
    for Warning { rule, at, reason, repairs, .. } in warnings {
        let at = match at {
            Thing::Service(id) => id.clone(),
            Thing::Link { from, to } => format!("{from}->{to}"),
        };
        let repairs = repairs.iter().map(|repair| repair.title.text()).collect::<Vec<_>>().join(&t!("cli-or"));
        // Writing to a text cannot fail.
        let _ = writeln!(text, "{at}: {}\n  {reason}", rule.title().text());
        let _ = writeln!(text, "  {}", t!("cli-repair", repairs = repairs));
        let _ = writeln!(text, "  {}\n", t!("cli-read-more", address = rule.source()));
    }
    let _ = writeln!(text, "{}", t!("cli-warnings", count = warnings.len()));
    text
}
