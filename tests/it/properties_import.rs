//! Real exports with random damage: each becomes a system that can run, or is refused with a reason.

use crate::import::REAL;
use callchain::chance::Seed;
use callchain::import;
use callchain::scenario::{check, limits, read, write};
use callchain::sim::Simulation;
use proptest::prelude::*;
use std::sync::Arc;

/// Pieces that mean something in one of the formats.
const PIECES: &[&str] = &[
    "[",
    "]",
    "{",
    "}",
    "(",
    ")",
    "\"",
    "'",
    "|",
    "-->",
    "-.->",
    "==>",
    "~~~",
    "--",
    "&",
    ":::",
    "@{",
    ";",
    "\n",
    "\n  ",
    "\t",
    "%%",
    "%%{",
    "subgraph ",
    "end",
    "graph LR\n",
    "flowchart TD\n",
    "click ",
    "---",
    "---\n",
    "```",
    "```mermaid\n",
    ":",
    ": ",
    "- ",
    "&a ",
    "*a",
    "<<: *a",
    "? ",
    "!!str ",
    "|\n",
    ">\n",
    "services:\n",
    "depends_on:",
    "null",
    "true",
    "-1",
    "0",
    "1e308",
    "18446744073709551615",
    "9007199254740993",
    "\"spans\":",
    "\"kind\":2",
    "\"parentSpanId\":\"EEE19B7EC3C1B174\"",
    "\"startTimeUnixNano\":",
    "\u{0}",
    "\u{202e}",
    "é",
    "注",
    "\u{feff}",
];

/// Random changes: the position, the piece to insert, and the number of characters to remove.
fn changes() -> impl Strategy<Value = Vec<(prop::sample::Index, usize, usize)>> {
    prop::collection::vec((any::<prop::sample::Index>(), 0..PIECES.len() + 8, 0usize..20), 1..6)
}

fn spoilt(text: &str, other: &str, changes: &[(prop::sample::Index, usize, usize)]) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for (at, piece, gone) in changes {
        if bytes.is_empty() {
            break;
        }
        let at = at.index(bytes.len());
        let end = (at + gone).min(bytes.len());
        match PIECES.get(*piece) {
            Some(piece) => drop(bytes.splice(at..end, piece.bytes())),
            // A part of another file.
            None => {
                let start = at.min(other.len());
                let copied = other.as_bytes()[start..(start + 8 * gone).min(other.len())].to_vec();
                drop(bytes.splice(at..end, copied));
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Opens a text. Asserts that the resulting system can be checked, written, read again and started.
fn survives(text: &str) {
    match import::open(text) {
        Err(problems) => {
            assert!(!problems.is_empty() && problems.len() <= limits::PROBLEMS + 2, "{text}");
            assert!(problems.iter().all(|problem| problem.to_string().len() < 2_000), "{problems:?}");
        }
        Ok(imported) => {
            let scenario = imported.scenario;
            assert!(imported.notes.len() <= limits::PROBLEMS + 1, "{text}");
            assert!(imported.notes.iter().all(|note| note.to_string().len() < 2_000), "{:?}", imported.notes);
            assert_eq!(read::read(&write::write(&scenario)).as_ref(), Ok(&scenario), "{text}");
            let topology = check::check(&scenario).unwrap_or_else(|problems| panic!("{problems:?}: {text}"));
            let horizon = topology.horizon;
            Simulation::new(Arc::new(topology), Seed(scenario.seed)).run_until(horizon, 200);
        }
    }
}

proptest! {
    #![proptest_config(crate::properties::cases(1_500))]

    #[test]
    fn damaged_exports_become_systems_or_are_refused(
        file in 0..REAL.len(), other in 0..REAL.len(), cut in any::<prop::sample::Index>(), changes in changes(),
    ) {
        // Uses a part of the long document, because damage has more effect on short texts.
        let text = REAL[file].1;
        let start = if file == 0 { text.floor_char_boundary(cut.index(text.len())) } else { 0 };
        let end = if file == 0 { text.floor_char_boundary((start + 600).min(text.len())) } else { text.len() };
        let fence = if file == 0 { "```mermaid\nflowchart LR\n" } else { "" };
        survives(&spoilt(&format!("{fence}{}", &text[start..end]), REAL[other].1, &changes));
    }

    #[test]
    fn flowcharts_of_any_characters_are_read(words in prop::collection::vec(prop::sample::select(PIECES), 0..40), text in ".{0,40}") {
        survives(&format!("flowchart LR\n{}{text}", words.join("a")));
        survives(&format!("services:\n  a:\n    {}{text}", words.join("b")));
    }
}

#[test]
fn reading_hostile_texts_ends() {
    let mib = |piece: &str| piece.repeat((limits::FILE_BYTES - 200) / piece.len());
    for piece in [
        "a&",
        "a-->",
        "a-->b\n",
        "subgraph x\n",
        "[",
        "\"",
        "a@{",
        "%%{",
        "```mermaid\n",
        "b[\"x\n",
        "a b\n",
        "a--x",
        "-. ",
        "|",
        ";",
        "click a\n",
    ] {
        survives(&format!("flowchart LR\n{}", mib(piece)));
        survives(&format!("```mermaid\nflowchart LR\n{}", mib(piece)));
    }
    let all = (0..200).map(|i| format!("n{i}")).collect::<Vec<_>>().join("&");
    survives(&format!("graph LR\n{}", mib(&format!("{all}-->"))));
    for piece in [
        "  a: {}\n",
        "  - ",
        "  ? ",
        "  a:\n    depends_on: [a, b]\n",
        "  &a x: *a\n",
        "[",
        "{a: ",
        "  \"\n",
        "# x\n",
        "  x: >\n",
        "---\n",
    ] {
        survives(&format!("services:\n{}", mib(piece)));
    }
    let keys = (0..9_000).map(|i| format!("    k{i}: v\n")).collect::<String>();
    let users = (0..9_000).map(|i| format!("  s{i}: *all\n")).collect::<String>();
    survives(&format!("x: &all\n    depends_on: [q]\n{keys}services:\n{users}"));
}

#[test]
fn reading_many_spans_of_any_shape_ends() {
    let span = |id: usize, parent: usize, service: usize, kind: usize| {
        format!(
            r#"{{"traceID":"t","spanID":"{id}","parentSpanID":"{parent}","startTime":{id},"duration":9,"process":{{"serviceName":"s{service}"}},"tags":[{{"key":"span.kind","value":"{}"}},{{"key":"peer.service","value":"p{id}"}}]}}"#,
            ["client", "server", "internal", "producer", "consumer"][kind % 5]
        )
    };
    type Shape = fn(usize) -> [usize; 3];
    let shapes: [Shape; 5] = [
        // One in another, each in another service.
        |i| [i + 1, i % 300, i],
        // All in one request.
        |_| [0, 0, 0],
        // Calls of all to all.
        |i| [i / 2, i * 7 % 190, i * 3],
        // Each other's parents.
        |i| [i ^ 1, i % 5, 1],
        // Two services, in turns.
        |i| [i + 1, i % 2, i % 2],
    ];
    for shape in shapes {
        let spans: Vec<String> = (1..40_000)
            .map(|i| (i, shape(i)))
            .map(|(i, [parent, service, kind])| span(i, parent, service, kind))
            .collect();
        survives(&format!("[{}]", spans.join(",")));
    }
}
