//! The native integration tests, in one binary: it links once. `architecture` keeps this list complete.

mod architecture;
mod conformance_reader;
mod generate;
#[path = "../golden/mod.rs"]
mod golden;
mod golden_reports;
mod history;
mod import;
mod lab;
mod little;
mod log;
mod measures;
mod papers;
mod properties;
mod properties_editor;
mod properties_import;
mod properties_reader;
mod ready_systems;
mod scenario_format;
mod scenario_hostile;
mod scenario_mistakes;
mod scenario_round_trip;
mod semantics;
mod share_links;
mod texts;
mod theory_chains;
mod theory_reliability;
mod theory_stations;
mod traces;
mod warnings;
mod warnings_engine;
