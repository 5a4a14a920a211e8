//! All limits in one place: files and links may come from strangers.

use crate::time::Span;

/// The largest scenario file, in bytes.
pub const FILE_BYTES: usize = 1 << 20;
/// Characters of the text with which a link carries a scenario: browsers take no more than some 2 million in an address.
pub const LINK_CHARS: usize = 1 << 19;
/// Services of a scenario.
pub const SERVICES: usize = 200;
/// Links of a scenario.
pub const LINKS: usize = 1_000;
/// Characters of an id.
pub const ID_CHARS: usize = 64;
/// Characters of a name or title.
pub const NAME_CHARS: usize = 200;
/// Characters of a description.
pub const DESCRIPTION_CHARS: usize = 10_000;
/// Requests a second of one load.
pub const RATE: f64 = 1_000_000.0;
/// The longest duration.
pub const DURATION: Span = Span::secs(10_000 * 3_600);
/// Entries of a list without a limit of its own: samples, instants, profile points, script replies, loads, faults, objectives, teams.
pub const LIST: usize = 10_000;
/// Characters of a measure or a condition.
pub const MEASURE_CHARS: usize = 500;
/// Conditions of a scenario, and measures that are asked of one run: each with a window about latencies keeps a histogram.
pub const MEASURES: usize = 200;
/// Users of one load.
pub const USERS: u32 = 1_000_000;
/// Requests of a burst.
pub const BURST: f64 = 1_000_000.0;
/// Results in the window of a circuit breaker: calls, or seconds. The engine keeps them all.
pub const BREAKER_WINDOW: u32 = 100_000;
/// Factors: of a slow service, of a growing backoff; the exponent of a Pareto tail.
pub const FACTOR: f64 = 1_000_000.0;
/// How far from the origin a box may stand.
pub const POSITION: f64 = 1_000_000.0;
/// Mistakes that are reported one by one; the others are counted.
pub const PROBLEMS: usize = 100;
/// Events of a run, unless the user says otherwise.
pub const EVENTS: u64 = 1_000_000_000;
/// Attempts and requests in flight at once.
pub const IN_FLIGHT: usize = 2_000_000;
/// Events at one instant, beyond which a run is taken to be stuck.
pub const EVENTS_AT_ONE_INSTANT: u64 = 10_000_000;
/// The largest file of traces, in bytes.
pub const TRACE_BYTES: usize = 16 << 20;
/// Spans of a trace.
pub const SPANS: usize = 2_000_000;
