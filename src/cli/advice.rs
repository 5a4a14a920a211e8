//! Warnings on the command line: what is wrong with a design, why, and what would mend it.

use crate::editor::Thing;
use crate::editor::warning::Warning;
use std::fmt::Write as _;

/// The warnings in plain text, each with its place, its reason, its repairs and where to read more.
pub fn of(warnings: &[Warning]) -> String {
    let mut text = String::new();
    for Warning { rule, at, reason, repairs, .. } in warnings {
        let at = match at {
            Thing::Service(id) => id.clone(),
            Thing::Link { from, to } => format!("{from}->{to}"),
        };
        let repairs: Vec<&str> = repairs.iter().map(|repair| repair.title.as_str()).collect();
        // Writing to a text cannot fail.
        let _ = writeln!(text, "{at}: {}\n  {reason}", rule.title());
        let _ = writeln!(text, "  To mend it: {}.\n  Why: {}\n", repairs.join("; or: "), rule.source());
    }
    let _ = match warnings.len() {
        0 => writeln!(text, "No warnings."),
        1 => writeln!(text, "1 warning."),
        n => writeln!(text, "{n} warnings."),
    };
    text
}
