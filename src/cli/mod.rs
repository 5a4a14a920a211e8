//! The command line: the only place that reads arguments and files. Its own texts are in English, as are the names in a report.

mod advice;
mod asked;
mod summary;

use crate::chance::Seed;
use crate::editor::warning::warnings;
use crate::import;
use crate::scenario::limits;
use crate::scenario::measure::Names;
use crate::scenario::{Scenario, check, duration, read, share, write};
use crate::sim::{Simulation, Stopped};
use crate::time::{Span, Time};
use asked::Asked;
use clap::{Parser, Subcommand};
use std::fmt::Display;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

/// The run finished, and with `--check` every objective was met; or there are no warnings.
const FINISHED: u8 = 0;
/// With `--check`: an objective was missed; with `--expect`: a condition does not hold.
const MISSED: u8 = 1;
/// A scenario has warnings.
const WARNED: u8 = 1;
/// A bad file or bad usage.
const BAD_INPUT: u8 = 2;
/// A limit ended the run before its horizon.
const CUT_SHORT: u8 = 3;

/// A teaching playground for integrating microservices by synchronous calls.
#[derive(Parser)]
#[command(name = "callchain", version, about)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Runs a scenario without a browser and prints a report.
    ///
    /// Exit status: 0 the run finished; 1 an objective was missed (with --check) or a condition does not hold (with --expect); 2 bad file or usage; 3 a limit ended the run early.
    Run(Run),
    /// Makes a scenario from a Mermaid flowchart, a docker-compose file, or traces (OTLP/JSON, Jaeger JSON).
    ///
    /// Notes on everything that was assumed or left out go to standard error, one a line. Exit status: 0 a scenario was made; 2 bad file or usage.
    Import(Import),
    /// Prints a link that contains a scenario and opens it in the page.
    Link(Link),
    /// Warns about the design of a scenario without running it: retries that multiply, timeouts that are too short, …
    ///
    /// Exit status: 0 no warnings; 1 warnings; 2 bad file or usage.
    Check(Check),
}

#[derive(clap::Args)]
struct Check {
    /// The scenario file; `-` for standard input.
    file: PathBuf,
}

#[derive(clap::Args)]
struct Link {
    /// The scenario file; `-` for standard input.
    file: PathBuf,
    /// The address of the page that the link opens, e.g. https://example.org/callchain/.
    #[arg(long, value_name = "ADDRESS", default_value = "")]
    page: String,
}

#[derive(clap::Args)]
struct Run {
    /// The scenario file; `-` for standard input. Or a link that contains a scenario.
    file: PathBuf,
    /// The seed, instead of the scenario's own.
    #[arg(long)]
    seed: Option<u64>,
    /// The time to simulate, e.g. 90s, instead of the scenario's horizon.
    #[arg(long = "for", value_name = "DURATION", value_parser = parse_duration)]
    horizon: Option<Span>,
    /// Writes the report as one JSON document.
    #[arg(long)]
    json: bool,
    /// Fails with exit status 1 when an objective is missed.
    #[arg(long)]
    check: bool,
    /// Fails with exit status 1 when this condition does not hold, e.g. "clients.web.success_rate >= 99% during 10s..60s". Can be repeated.
    #[arg(long, value_name = "CONDITION")]
    expect: Vec<String>,
    /// Prints the value of this measure instead of the summary, e.g. "clients.web.latency.p95 during 10s..60s". Can be repeated; with --json the report has the values.
    #[arg(long, value_name = "MEASURE")]
    measure: Vec<String>,
    /// Writes the spans of all requests to this file, as OTLP/JSON.
    #[arg(long, value_name = "OUT")]
    trace: Option<PathBuf>,
    /// Ends the run after this number of events.
    #[arg(long, value_name = "N", default_value_t = limits::EVENTS)]
    max_events: u64,
}

#[derive(clap::Args)]
struct Import {
    /// The file; `-` for standard input.
    file: PathBuf,
    /// Writes the scenario to this file instead of to standard output.
    #[arg(short, long, value_name = "OUT")]
    out: Option<PathBuf>,
}

/// Runs the command that the arguments name.
pub fn main() -> ExitCode {
    let result = match Arguments::parse().command {
        Command::Run(arguments) => run(&arguments),
        Command::Import(arguments) => import(&arguments),
        Command::Link(arguments) => link(&arguments),
        Command::Check(arguments) => check_design(&arguments),
    };
    let code = result.unwrap_or_else(|message| {
        eprintln!("{}", message.trim_end());
        BAD_INPUT
    });
    ExitCode::from(code)
}

fn link(Link { file, page }: &Link) -> Result<u8, String> {
    print(&(share::link(page, &load(file)?) + "\n"))?;
    Ok(FINISHED)
}

fn run(arguments: &Run) -> Result<u8, String> {
    let mut scenario = load(&arguments.file)?;
    scenario.horizon = arguments.horizon.unwrap_or(scenario.horizon);
    scenario.seed = arguments.seed.unwrap_or(scenario.seed);
    let topology = check::check(&scenario).map_err(|problems| listed(&arguments.file, &problems))?;
    let asked = Asked::read(&arguments.measure, &arguments.expect, &Names::of_topology(&topology))?;
    let (horizon, topology) = (topology.horizon, Arc::new(topology));
    let mut simulation = Simulation::new(topology, Seed(scenario.seed));
    asked.ask(&mut simulation);
    if arguments.trace.is_some() {
        simulation.record(limits::SPANS);
    }
    let stopped = simulation.run_until(horizon, arguments.max_events);
    if let Some(file) = &arguments.trace {
        write_trace(&simulation, Seed(scenario.seed), file)?;
    }
    let mut report = simulation.report();
    let answers = asked.take_answers(&mut report);
    print(&match (arguments.json, arguments.measure.is_empty()) {
        (true, _) => report.to_json() + "\n",
        (false, true) => summary::of(&scenario, &report),
        (false, false) => answers.values(),
    })?;
    eprint!("{}", answers.failures());
    if let Some(why) = cut_short(stopped, simulation.now(), arguments.max_events) {
        eprintln!("{why}");
        return Ok(CUT_SHORT);
    }
    let missed = arguments.check && !report.meets_objectives();
    Ok(if missed || !answers.all_hold() { MISSED } else { FINISHED })
}

fn import(arguments: &Import) -> Result<u8, String> {
    let text = text_of(&arguments.file, limits::TRACE_BYTES)?;
    let imported = import::open(&text).map_err(|notes| listed(&arguments.file, &notes))?;
    for note in &imported.notes {
        eprintln!("{}: {note}", arguments.file.display());
    }
    let scenario = write::write(&imported.scenario);
    match &arguments.out {
        Some(file) => write_file(file, &scenario)?,
        None => print(&scenario)?,
    }
    Ok(FINISHED)
}

fn write_file(file: &Path, text: &str) -> Result<(), String> {
    std::fs::write(file, text).map_err(|error| format!("{}: cannot be written: {error}", file.display()))
}

fn check_design(arguments: &Check) -> Result<u8, String> {
    let scenario = load(&arguments.file)?;
    check::check(&scenario).map_err(|problems| listed(&arguments.file, &problems))?;
    let found = warnings(&scenario);
    print(&advice::of(&found))?;
    Ok(if found.is_empty() { FINISHED } else { WARNED })
}

fn write_trace(simulation: &Simulation, seed: Seed, file: &Path) -> Result<(), String> {
    let Some(trace) = simulation.trace() else { return Ok(()) };
    if trace.left_out > 0 {
        eprintln!("The trace holds the first {} spans; {} later ones were left out.", trace.limit, trace.left_out);
    }
    write_file(file, &trace.to_otlp(simulation.topology(), seed))
}

/// A sentence on why the run ended early.
fn cut_short(stopped: Stopped, now: Time, max_events: u64) -> Option<String> {
    let at = format!("{:.3} s", now.since_start().as_secs_f64());
    match stopped {
        Stopped::Reached => None,
        Stopped::Budget => {
            Some(format!("The run was ended after {max_events} events, at {at}. Allow more with --max-events."))
        }
        Stopped::Overfull => Some(format!(
            "The run was ended at {at}: more than {} messages and requests are under way, and they only grow.",
            limits::IN_FLIGHT
        )),
        Stopped::Stuck => Some(format!(
            "The run was ended at {at}: more than {} events happen at this one instant. Is there a cycle of calls without delay?",
            limits::EVENTS_AT_ONE_INSTANT
        )),
    }
}

/// Reads and checks a scenario from a file or a link.
fn load(file: &Path) -> Result<Scenario, String> {
    if let Some(text) = file.to_str().and_then(share::carried) {
        return share::read(text).map_err(|problems| listed(Path::new("the link"), &problems));
    }
    let text = text_of(file, limits::FILE_BYTES)?;
    read::read(&text).map_err(|problems| listed(file, &problems))
}

/// The text of a file of at most `most` bytes.
fn text_of(file: &Path, most: usize) -> Result<String, String> {
    let cannot = |error: std::io::Error| format!("{}: cannot be read: {error}", file.display());
    let source: Box<dyn std::io::Read> = match file.to_str() {
        Some("-") => Box::new(std::io::stdin()),
        _ => Box::new(std::fs::File::open(file).map_err(cannot)?),
    };
    let mut bytes = Vec::new();
    source.take(most as u64 + 1).read_to_end(&mut bytes).map_err(cannot)?;
    if bytes.len() > most {
        return Err(format!("{}: has more than {most} bytes", file.display()));
    }
    String::from_utf8(bytes).map_err(|_| format!("{}: is not UTF-8 text", file.display()))
}

/// A line for each mistake, with the name of the file.
fn listed(file: &Path, mistakes: &[impl Display]) -> String {
    mistakes.iter().map(|mistake| format!("{}: {mistake}\n", file.display())).collect()
}

/// Writes to standard output. A closed pipe is not an error: its reader has seen enough.
fn print(text: &str) -> Result<(), String> {
    match std::io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(format!("cannot write: {error}")),
        _ => Ok(()),
    }
}

fn parse_duration(text: &str) -> Result<Span, String> {
    duration::parse(text)
}
