//! A story as the text of a Mermaid sequence diagram, for documents.
//!
//! The arrows are those of <https://mermaid.js.org/syntax/sequenceDiagram.html>: `->>` a request, `-->>` an answer,
//! `-x` and `--x` a lost message, `--)` a late answer.

use super::outcomes::Tone;
use super::story::{StepKind, Story};
use crate::t;
use crate::text::elapsed;
use std::fmt::Write;

/// The story as Mermaid text. Messages in flight look as if they had arrived.
pub fn text(story: &Story) -> String {
    let mut out = String::from("sequenceDiagram\n");
    for (index, lane) in story.lanes.iter().enumerate() {
        line(&mut out, format_args!("participant p{index} as {}", safe(&lane.name)));
    }
    for step in &story.steps {
        let (from, at) = (step.lane, elapsed(step.at.since(story.start)));
        let label = || format!("{} ({})", safe(&step.label.text()), safe(&at));
        match step.kind {
            StepKind::Sends { to, lost, answer, .. } => {
                let arrow = match (answer, lost) {
                    (false, false) => "->>",
                    (false, true) => "-x",
                    (true, true) => "--x",
                    (true, false) if step.tone == Tone::Wasted => "--)",
                    (true, false) => "-->>",
                };
                let text = if lost { t!("step-lost", label = &step.label) } else { step.label.text() };
                line(&mut out, format_args!("p{from}{arrow}p{to}: {} ({})", safe(&text), safe(&at)));
            }
            StepKind::Refuses => line(&mut out, format_args!("p{from}-xp{from}: {}", label())),
            StepKind::TimesOut | StepKind::Waits(_) | StepKind::Notes => {
                line(&mut out, format_args!("Note over p{from}: {}", label()));
            }
        }
    }
    out
}

/// Adds a line, indented.
pub(in crate::scene) fn line(out: &mut String, what: std::fmt::Arguments<'_>) {
    // Writing to a String cannot fail.
    let _ = writeln!(out, "    {what}");
}

/// Text without special meaning for Mermaid: its special characters become numeric entities.
pub(in crate::scene) fn safe(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '#' | ';' | '`' | '<' | '>' | '&' | '"' | '%' | '{' | '}' | '\\' => {
                let _ = write!(out, "#{};", c as u32);
            }
            // Files contain plain spaces only.
            c if c < ' ' || c == '\x7f' || c == '\u{a0}' => out.push(' '),
            c => out.push(c),
        }
    }
    // A line with the word "end" would end a block.
    if out.trim().eq_ignore_ascii_case("end") { format!("({})", out.trim()) } else { out }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::request::sample;
    use expect_test::{Expect, expect};

    fn check(name: &str, expected: Expect) {
        let system = sample::all().into_iter().find(|(it, _)| *it == name).unwrap().1;
        expected.assert_eq(&text(&sample::story(&system, 9_000)));
    }

    #[test]
    fn each_kind_of_arrow_and_note_has_its_form() {
        check(
            "lost-answer",
            expect![[r#"
                sequenceDiagram
                    participant p0 as Actor
                    participant p1 as TRX service
                    participant p2 as Bank API
                    p0->>p1: POST (0 ms)
                    p1->>p2: POST (30 ms)
                    Note over p2: books the transfer (120 ms)
                    p2--xp1: ok, lost (120 ms)
                    Note over p1: TOUT: timed out after 300 ms (330 ms)
                    Note over p1: backoff 100 ms (330 ms)
                    p1->>p2: POST, attempt 2 (430 ms)
                    Note over p2: books the transfer again (520 ms)
                    p2-->>p1: ok (520 ms)
                    p1-->>p0: ok (570 ms)
                    Note over p0: result: ok (590 ms)
            "#]],
        );
        check(
            "breaker",
            expect![[r#"
            sequenceDiagram
                participant p0 as Web application
                participant p1 as Bank account
                participant p2 as Access privilege
                participant p3 as Business partner
                p0->>p1: GET (0 ms)
                p1->>p2: GET (15 ms)
                p2-->>p1: refused (20 ms)
                Note over p1: backoff 20 ms (25 ms)
                p1->>p2: GET, attempt 2 (45 ms)
                p2-->>p1: refused (50 ms)
                Note over p1: backoff 20 ms (55 ms)
                p1-xp1: not sent: breaker open (75 ms)
                Note over p1: continues with a fallback (75 ms)
                p1-->>p0: degraded (75 ms)
                Note over p0: result: degraded (80 ms)
        "#]],
        );
        check(
            "ask",
            expect![[r#"
                sequenceDiagram
                    participant p0 as Actor
                    participant p1 as TRX service
                    participant p2 as Bank API
                    p0->>p1: POST (0 ms)
                    p1->>p2: POST #35;1 (30 ms)
                    Note over p1: TOUT: timed out after 200 ms (230 ms)
                    p1->>p2: was it done? (230 ms)
                    p2-->>p1: in progress (280 ms)
                    Note over p1: TOUT: timed out after 200 ms (430 ms)
                    p1->>p2: was it done? (430 ms)
                    Note over p2: books the transfer (480 ms)
                    p2--)p1: ok, too late (480 ms)
                    p2-->>p1: yes, it was done (480 ms)
                    p1-->>p0: ok (530 ms)
                    Note over p0: result: ok (550 ms)
            "#]],
        );
    }

    #[test]
    fn words_that_mean_something_to_mermaid_are_written_as_numbers() {
        assert_eq!(safe("a;b#c<d>\n%%{e}"), "a#59;b#35;c#60;d#62; #37;#37;#123;e#125;");
        assert_eq!((safe("End"), safe("the end")), ("(End)".into(), "the end".into()));
    }
}
