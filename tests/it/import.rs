//! Import: Mermaid flowcharts, docker-compose files and traces become systems that run, and what cannot be read is said.
//! The files are examples of the projects' own documentation: `files/import/README.md`.

mod compose;
mod mermaid;
mod round_trip;
mod traces;

use callchain::Scenario;
use callchain::import::{self, Format, Imported};
use callchain::scenario::{Arrivals, check, ready};
use std::fmt::Write as _;

/// A real export, by its name.
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

/// Opens a text that is good, and holds what comes of it against the promises: it can run, be written and read again.
pub(crate) fn open(text: &str) -> Imported {
    let imported = import::open(text).unwrap_or_else(|problems| panic!("{problems:#?}\n{text}"));
    assert!(check::check(&imported.scenario).is_ok());
    assert_eq!(Scenario::from_json(&imported.scenario.to_json()).as_ref(), Ok(&imported.scenario));
    imported
}

/// What is wrong with a text that is refused.
fn refused(text: &str) -> String {
    let problems = import::open(text).err().unwrap_or_else(|| panic!("it was read: {text}"));
    problems.iter().map(|problem| problem.to_string() + "\n").collect()
}

/// A system as a few lines, with what there is to say about it.
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
fn a_text_is_told_by_what_stands_in_it() {
    for (name, text) in REAL {
        let format = name.split('-').next().unwrap();
        let told = Format::of(text).map(|format| format!("{format:?}").to_lowercase());
        assert_eq!(told.as_deref(), Some(format), "{name}");
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
fn a_scenario_with_mistakes_is_refused_as_ever() {
    let text = r#"{"services": [{"id": "a"}], "links": [{"from": "a", "to": "b", "timeout": "fast"}]}"#;
    assert!(refused(text).contains(r#"links[0].timeout: "fast" is not a duration"#));
}

#[test]
fn what_is_too_large_is_refused_by_its_size() {
    let most = callchain::scenario::limits::FILE_BYTES;
    let long = |start: &str| format!("{start}{}", " ".repeat(most));
    assert!(refused(&long("flowchart LR\n")).contains("at most 1048576 are read"));
    assert!(refused(&long("services:\n")).contains("at most 1048576 are read"));
    // Traces may be larger.
    assert_eq!(open(&long(real("otlp-proto-trace.json"))).format, Format::Otlp);
}
