//! Import: Mermaid flowcharts, docker-compose files and traces become systems that run, with notes on everything that
//! cannot be read. The files are examples from the documentation of these projects: `files/import/README.md`.

mod compose;
mod mermaid;
mod round_trip;
mod traces;

use callchain::Scenario;
use callchain::import::{self, Format, Imported};
use callchain::scenario::{Arrivals, check, ready};
use callchain::text::{self, Language};
use std::fmt::Write as _;

/// Real exports by their names.
pub(crate) const REAL: [(&str, &str); 9] = [
    ("mermaid-flowchart-docs.md", include_str!("files/import/mermaid-flowchart-docs.md")),
    ("compose-nginx-golang-postgres.yaml", include_str!("files/import/compose-nginx-golang-postgres.yaml")),
    ("compose-react-express-mysql.yaml", include_str!("files/import/compose-react-express-mysql.yaml")),
    ("compose-voting-app.yml", include_str!("files/import/compose-voting-app.yml")),
    ("otlp-proto-trace.json", include_str!("files/import/otlp-proto-trace.json")),
    ("otlp-telemetrygen.json", include_str!("files/import/otlp-telemetrygen.json")),
    ("otlp-hotrod.json", include_str!("files/import/otlp-hotrod.json")),
    ("jaeger-trace.json", include_str!("files/import/jaeger-trace.json")),
    ("jaeger-query.json", include_str!("files/import/jaeger-query.json")),
];

pub(crate) fn real(name: &str) -> &'static str {
    REAL.iter().find(|(known, _)| *known == name).unwrap_or_else(|| panic!("{name}")).1
}

/// Opens a valid text, and checks that the result can run, be written and be read again.
pub(crate) fn open(text: &str) -> Imported {
    let imported = import::open(text).unwrap_or_else(|problems| panic!("{problems:#?}\n{text}"));
    assert!(check::check(&imported.scenario).is_ok());
    assert_eq!(Scenario::from_json(&imported.scenario.to_json()).as_ref(), Ok(&imported.scenario));
    imported
}

/// The notes on a text that is refused.
fn refused(text: &str) -> String {
    let notes = import::open(text).err().unwrap_or_else(|| panic!("it was read: {text}"));
    notes.iter().map(|note| note.to_string() + "\n").collect()
}

/// A system and its notes as a few lines.
fn shown(imported: &Imported) -> String {
    let Imported { scenario, notes, .. } = imported;
    let mut text = format!("{}\n", scenario.title);
    for service in &scenario.services {
        let name = service.name.as_ref().map(|name| format!(" “{name}”")).unwrap_or_default();
        let team = service.team.as_ref().map(|team| format!(" of {team}")).unwrap_or_default();
        writeln!(text, "{:?} {}{name}{team}", service.kind, service.id).unwrap();
    }
    for link in &scenario.links {
        let optional = if link.optional { " optional" } else { "" };
        let timeout = link.timeout.map(|timeout| format!(" within {timeout}")).unwrap_or_default();
        writeln!(text, "{} -> {} {}{optional}{timeout}", link.from, link.to, link.method.name()).unwrap();
    }
    for load in &scenario.load {
        let Arrivals::Poisson(rate) = load.arrivals else { panic!("{load:?}") };
        writeln!(text, "{} sends {rate} a second", load.client).unwrap();
    }
    for note in notes {
        writeln!(text, "! {note}").unwrap();
    }
    text
}

#[test]
fn the_contents_of_a_text_show_its_format() {
    for (name, text) in REAL {
        let format = name.split('-').next().unwrap();
        let found = Format::of(text).map(|format| format!("{format:?}").to_lowercase());
        assert_eq!(found.as_deref(), Some(format), "{name}");
    }
    for ready in ready::READY {
        assert_eq!(Format::of(ready.text), Some(Format::Scenario));
        assert_eq!(open(ready.text).notes, []);
    }
    for nothing in ["", "  \n", "hello", "sequenceDiagram\n a->>b: hi", "graphics are fine", "a: 1\nb: 2"] {
        assert_eq!(Format::of(nothing), None, "{nothing}");
        assert!(refused(nothing).contains("neither a scenario nor a Mermaid flowchart"));
    }
}

#[test]
fn a_scenario_with_mistakes_is_refused_with_their_paths() {
    let text = r#"{"services": [{"id": "a"}], "links": [{"from": "a", "to": "b", "timeout": "fast"}]}"#;
    assert!(refused(text).contains(r#"links[0].timeout: "fast" is not a duration"#));
}

#[test]
fn a_text_that_is_too_large_is_refused_with_the_limit() {
    let most = callchain::scenario::limits::FILE_BYTES;
    let long = |start: &str| format!("{start}{}", " ".repeat(most));
    assert!(refused(&long("flowchart LR\n")).contains("at most 1048576 are read"));
    assert!(refused(&long("services:\n")).contains("at most 1048576 are read"));
    // Traces may be larger.
    assert_eq!(open(&long(real("otlp-proto-trace.json"))).format, Format::Otlp);
}

#[test]
fn a_system_without_a_title_is_named_after_its_file() {
    let title = |text: &str, file: &str| open(text).named_after(file).scenario.title;
    assert_eq!(title("flowchart LR\n a --> b", "Our shop.v2.mmd"), "Our shop.v2");
    assert_eq!(title("flowchart LR\n a --> b", ""), "From a flowchart");
    assert_eq!(title("flowchart LR\n accTitle: Shop\n a --> b", "file.mmd"), "Shop");
    // The words of a title that the text gives do not matter.
    assert_eq!(title("flowchart LR\n accTitle: From a flowchart\n a --> b", "file.mmd"), "From a flowchart");
    assert_eq!(title(&open("name: Shop\nservices:\n  a:\n").scenario.to_json(), "file.json"), "Shop");
}

#[test]
fn notes_and_new_names_are_in_the_current_language_and_ids_in_none() {
    let chart = "flowchart LR\n a --> b\n b -> c\n class a big\n";
    let german = text::in_language(Language::German, || {
        let imported = open(chart);
        let users = imported.scenario.services.last().unwrap();
        assert_eq!((users.id.as_str(), users.label()), ("users", "Nutzer"));
        assert_eq!(imported.scenario.title, "Aus einem Flussdiagramm");
        imported.notes.iter().map(ToString::to_string).collect::<Vec<_>>()
    });
    assert_eq!(
        german,
        [
            "Zeile 3: „b -> c“ wurde ausgelassen: Das ist weder ein Knoten noch eine Verbindung.",
            "Zeile 4: Ungenutzt: Klassen.",
            "Niemand ruft a auf, deshalb gibt es jetzt den Client „Nutzer“. Er ruft diesen Dienst auf, mit 30 Anfragen pro Sekunde.",
        ]
    );
    // A note has no language until it is shown.
    let note = text::in_language(Language::German, || open(chart).notes[0].clone());
    assert_eq!(note.to_string(), "line 3: “b -> c” was left out: this is neither a node nor a link.");
    let refused = text::in_language(Language::German, || refused("hallo"));
    assert!(refused.starts_with("Das ist weder ein Szenario noch ein Mermaid-Flussdiagramm"), "{refused}");
}
