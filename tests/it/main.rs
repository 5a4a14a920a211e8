//! All integration tests, in one binary: it links once.

mod generate;
mod ready_systems;
mod scenario_format;
mod scenario_hostile;
mod scenario_mistakes;
mod scenario_round_trip;
