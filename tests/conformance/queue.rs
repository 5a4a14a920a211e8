//! Queues without chance: given arrivals, works and patience, all else follows, to the microsecond.
//!
//! Every job is a user of one client, with its own patience and a link that cancels the call when it leaves. A
//! service has one distribution of work for all jobs, so that the work of each is set when it is to begin, by slowing the
//! service. Should another job begin then, the end of its work shows it: the ledger records whose work ended when.

use crate::reader::{Reader, Reading, refuse};
use crate::verdict::{Case, Trial, Verdict, near, no, same, trial};
use crate::world::{run_until, simulation, text};
use callchain::scenario::topology::ServiceId;
use callchain::sim::{Intervention, Simulation};
use callchain::time::{Span, Time};
use serde_json::json;
use std::collections::BTreeMap;

/// Reads a vector `{config, jobs, until, expect}` whose times are seconds.
pub fn read(vector: &Reader) -> Option<Reading<Trial>> {
    let config = vector.get("config")?;
    vector.has("jobs").then(|| {
        if config.has("tandem") {
            return refuse("a full callee blocks its caller; here it sheds");
        }
        read_vector(vector, &Station::read(&config)?)
    })
}

fn read_vector(vector: &Reader, station: &Station) -> Reading<Trial> {
    let jobs: Vec<Job> = vector.list("jobs")?.unwrap_or_default().iter().map(Job::named).collect::<Reading<_>>()?;
    let until = vector.get("until").map(|until| seconds(&until)).transpose()?;
    let station = *station;
    let Some(expect) = vector.get("expect") else { return refuse("it expects nothing") };
    if expect.is_object() {
        let (Some(expected), Some(until)) = (expect.number("utilisation")?, until) else {
            return refuse("an expectation of another kind");
        };
        return trial(move || utilisation(station, &jobs, until, expected));
    }
    let fates: BTreeMap<u64, Fate> = expect.as_list()?.iter().map(Fate::named).collect::<Reading<_>>()?;
    if fates.is_empty() {
        return refuse("it expects nothing");
    }
    // The jobs that are not listed still wait at `until`, or are in service.
    trial(move || replay(station, &jobs, &fates, &Unlisted::Wait(until)))
}

/// Reads `{traces: [{name, config, unit, jobs, expect}]}` whose jobs are `[arrive, service, patience]`.
pub fn read_traces(document: &Reader) -> Option<Vec<Case>> {
    let traces = document.vectors("traces")?;
    let is_trace = |trace: &Reader| trace.has("jobs") && trace.has("expect");
    traces.iter().all(is_trace).then(|| traces.iter().map(|trace| Case::named(trace, read_trace)).collect())
}

fn read_trace(trace: &Reader) -> Reading<Trial> {
    let station = Station::read(&trace.object("config")?)?;
    let units: [(&str, Unit); 3] = [
        ("us", |value| value.as_count().map(Span::micros)),
        ("ms", |value| value.as_count().map(Span::millis)),
        ("s", seconds),
    ];
    let unit = trace.word("unit", &units)?.unwrap_or(seconds);
    let jobs = trace.list("jobs")?.unwrap_or_default();
    let jobs: Vec<Job> = (0..).zip(&jobs).map(|(id, job)| Job::listed(id, job, unit)).collect::<Reading<_>>()?;
    let fates = trace.list("expect")?.unwrap_or_default();
    if fates.len() != jobs.len() || jobs.is_empty() {
        return refuse("there is not one expectation for each job");
    }
    let fates: BTreeMap<u64, Fate> =
        (0..).zip(&fates).map(|(id, fate)| Ok((id, Fate::listed(fate, unit)?))).collect::<Reading<_>>()?;
    trial(move || replay(station, &jobs, &fates, &Unlisted::None))
}

/// Reads a time in its unit.
type Unit = fn(&Reader) -> Reading<Span>;

fn seconds(value: &Reader) -> Reading<Span> {
    value.as_number().map(|seconds| Span::from_nanos_f64(seconds * 1e9))
}

/// A queue and its servers.
#[derive(Clone, Copy)]
struct Station {
    /// `None`: unlimited.
    servers: Option<u64>,
    /// Places in the queue; `None`: unlimited.
    places: Option<u64>,
    discipline: &'static str,
}

impl Station {
    fn read(config: &Reader) -> Reading<Station> {
        let disciplines = [("FIFO", Some("fifo")), ("LIFO", Some("lifo")), ("PS", None)];
        let Some(discipline) = config.word("discipline", &disciplines)?.unwrap_or(Some("fifo")) else {
            return refuse("processor sharing; here a worker serves one request");
        };
        let servers = if config.has("servers") { config.count("servers")? } else { Some(1) };
        let limit = config.count("system_limit")?.zip(servers).map(|(limit, servers)| limit.saturating_sub(servers));
        let places = match (config.count("queue")?, limit) {
            (Some(queue), Some(limit)) => Some(queue.min(limit)),
            (queue, limit) => queue.or(limit),
        };
        if servers.is_none() && config.has("system_limit") {
            return refuse("a limit without a number of servers");
        }
        Ok(Station { servers, places, discipline })
    }
}

struct Job {
    id: u64,
    arrives: Span,
    work: Span,
    patience: Option<Span>,
}

impl Job {
    fn named(job: &Reader) -> Reading<Job> {
        let part = |key: &str| job.get(key).map(|value| seconds(&value)).transpose();
        match (job.count("id")?, part("arrive")?, part("service")?) {
            (Some(id), Some(arrives), Some(work)) => Ok(Job { id, arrives, work, patience: part("patience")? }),
            _ => refuse("a job that does not say when it comes and how long it takes"),
        }
    }

    fn listed(id: u64, job: &Reader, unit: Unit) -> Reading<Job> {
        let cells = job.as_list()?;
        let (arrives, work, patience) = match cells.as_slice() {
            [arrives, work] => (arrives, work, None),
            [arrives, work, patience] => (arrives, work, Some(patience).filter(|patience| !patience.is_null())),
            _ => return job.refused(),
        };
        Ok(Job { id, arrives: unit(arrives)?, work: unit(work)?, patience: patience.map(unit).transpose()? })
    }
}

/// What becomes of a job.
#[derive(Clone, Copy)]
enum Fate {
    Served { start: Span, end: Span },
    Left(Span),
    TurnedAway(Span),
}

#[derive(Clone, Copy)]
enum FateKind {
    Served,
    Left,
    TurnedAway,
}

impl Fate {
    fn named(expect: &Reader) -> Reading<(u64, Fate)> {
        let kinds = [("served", FateKind::Served), ("reneged", FateKind::Left), ("rejected", FateKind::TurnedAway)];
        let part = |key: &str| expect.get(key).map(|value| seconds(&value)).transpose();
        let (kind, id, end) = (expect.word("outcome", &kinds)?, expect.count("id")?, part("end")?);
        match (kind, id, end) {
            (Some(FateKind::Served), Some(id), Some(end)) => match part("start")? {
                Some(start) => Ok((id, Fate::Served { start, end })),
                None => refuse("a job that is served at no time"),
            },
            (Some(FateKind::Left), Some(id), Some(end)) => Ok((id, Fate::Left(end))),
            (Some(FateKind::TurnedAway), Some(id), Some(end)) => Ok((id, Fate::TurnedAway(end))),
            _ => refuse("a job whose fate has no time"),
        }
    }

    fn listed(fate: &Reader, unit: Unit) -> Reading<Fate> {
        let cells = fate.as_list()?;
        let [kind, start, end] = cells.as_slice() else { return fate.refused() };
        let end = unit(end)?;
        let never = || if start.is_null() || start.as_number()? == -1.0 { Ok(()) } else { start.refused() };
        match kind.as_text()? {
            "ser" => Ok(Fate::Served { start: unit(start)?, end }),
            "ren" => never().map(|()| Fate::Left(end)),
            "rej" => never().map(|()| Fate::TurnedAway(end)),
            _ => kind.refused(),
        }
    }
}

/// What becomes of the jobs that a vector does not list.
enum Unlisted {
    /// There are none.
    None,
    /// They wait, or are served, until then.
    Wait(Option<Span>),
}

const QUEUE: ServiceId = ServiceId(1);

/// The scenario, and the work that slowing is measured in: the longest, so that no job needs a factor above 1.
fn world(station: Station, jobs: &[Job]) -> Result<(Simulation, Span), String> {
    let Station { servers, places, discipline } = station;
    let longest = jobs.iter().map(|job| job.work).max().unwrap_or(Span::millis(1));
    let load = |job: &Job| {
        let mut load = json!({ "client": "c", "at": [job.arrives.to_string()] });
        if let Some(patience) = job.patience {
            load["patience"] = json!(patience.to_string());
        }
        load
    };
    let scenario = json!({
        "format": "callchain/1", "horizon": text(1e6),
        "services": [
            { "id": "c", "kind": "client" },
            { "id": "q", "workers": servers, "queue": places, "discipline": discipline, "effect": "job",
              "work": longest.to_string() },
        ],
        "links": [{ "from": "c", "to": "q", "delay": "0ms", "cancel": true }],
        "load": jobs.iter().map(load).collect::<Vec<_>>(),
    });
    Ok((simulation(&scenario)?, longest))
}

fn utilisation(station: Station, jobs: &[Job], until: Span, expected: f64) -> Result<Verdict, String> {
    let starts: Vec<(Span, Span)> = jobs.iter().map(|job| (job.arrives, job.work)).collect();
    let (mut simulation, longest) = world(station, jobs)?;
    for (start, work) in starts {
        begin(&mut simulation, start, work, longest)?;
    }
    run_until(&mut simulation, Time::at(until))?;
    let report = simulation.report();
    let actual = report.service("q").and_then(|service| service.utilisation).unwrap_or(f64::NAN);
    Ok(near("utilisation", expected, actual, 1e-12))
}

/// Sees to it that the work that begins at `start` takes `work`.
fn begin(simulation: &mut Simulation, start: Span, work: Span, longest: Span) -> Result<(), String> {
    run_before(simulation, start)?;
    let factor = work.as_nanos() as f64 / longest.as_nanos() as f64;
    simulation.apply(Intervention::Slow(QUEUE, factor));
    Ok(())
}

/// Runs to just before an instant. Before the first instant nothing has happened, so nothing is run.
fn run_before(simulation: &mut Simulation, instant: Span) -> Result<(), String> {
    if instant == Span::ZERO { Ok(()) } else { run_until(simulation, Time::at(instant) - Span::nanos(1)) }
}

/// What the counts of the service must grow by at one instant.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Growth {
    started: u64,
    left: u64,
    turned_away: u64,
}

fn replay(
    station: Station,
    jobs: &[Job],
    expected: &BTreeMap<u64, Fate>,
    unlisted: &Unlisted,
) -> Result<Verdict, String> {
    let mut order: Vec<&Job> = jobs.iter().collect();
    order.sort_by_key(|job| job.arrives);
    // Requests are numbered as they are sent.
    let numbers: BTreeMap<u64, u64> = order.iter().zip(1..).map(|(job, number)| (job.id, number)).collect();
    let work: BTreeMap<u64, Span> = jobs.iter().map(|job| (job.id, job.work)).collect();
    let Some(instants) = instants(expected, &work) else { return Ok(no("different works begin at one instant")) };
    let (mut simulation, longest) = world(station, jobs)?;
    let mut ends: BTreeMap<u64, Span> = BTreeMap::new();
    for (at, (growth, length)) in instants {
        if let Some(length) = length {
            begin(&mut simulation, at, length, longest)?;
        }
        run_before(&mut simulation, at)?;
        let before = counts(&simulation);
        run_until(&mut simulation, Time::at(at))?;
        let after = counts(&simulation);
        // A job that leaves while it is served counts as cancelled when its work ends, at which instant others start.
        let grown = Growth {
            started: after.started - before.started,
            left: if growth.left > 0 { after.left - before.left } else { 0 },
            turned_away: after.turned_away - before.turned_away,
        };
        let unlisted_start = matches!(unlisted, Unlisted::Wait(_)) && grown.started > growth.started;
        if grown != growth && !unlisted_start {
            return Ok(Verdict::Fails(format!("at {at}: expected {growth:?}, not {grown:?}")));
        }
        ends.extend(simulation.entries(QUEUE).map(|entry| (entry.intent, entry.at.since_start())));
    }
    if let Unlisted::Wait(Some(until)) = unlisted
        && Time::at(*until) > simulation.now()
    {
        run_until(&mut simulation, Time::at(*until))?;
        ends.extend(simulation.entries(QUEUE).map(|entry| (entry.intent, entry.at.since_start())));
    }
    for (id, fate) in expected {
        let end = numbers.get(id).and_then(|number| ends.get(number)).copied();
        let wanted = match fate {
            Fate::Served { end, .. } => Some(*end),
            Fate::Left(_) | Fate::TurnedAway(_) => None,
        };
        if let Verdict::Fails(why) = same("the end of the work", wanted, end) {
            return Ok(Verdict::Fails(format!("job {id}: {why}")));
        }
    }
    let Unlisted::Wait(Some(until)) = unlisted else { return Ok(Verdict::Holds) };
    Ok(unlisted_wait(jobs, expected, &numbers, &ends, *until))
}

/// Of the jobs that are not listed, none has ended by `until`. That is only known where all works are of one length.
fn unlisted_wait(
    jobs: &[Job],
    expected: &BTreeMap<u64, Fate>,
    numbers: &BTreeMap<u64, u64>,
    ends: &BTreeMap<u64, Span>,
    until: Span,
) -> Verdict {
    let mut unlisted = jobs.iter().filter(|job| !expected.contains_key(&job.id)).peekable();
    if unlisted.peek().is_some() && jobs.iter().any(|job| job.work != jobs[0].work) {
        return no("works of different lengths, some of them of jobs that are not listed");
    }
    let end = |job: &Job| numbers.get(&job.id).and_then(|number| ends.get(number)).copied();
    match unlisted.find(|job| end(job).is_some_and(|end| end <= until)) {
        Some(job) => Verdict::Fails(format!("job {}: ended, though it is not listed", job.id)),
        None => Verdict::Holds,
    }
}

/// What is to happen at each instant, and how long the work takes that begins then.
type Instants = BTreeMap<Span, (Growth, Option<Span>)>;

/// `None` if two works of different lengths are to begin at one instant: the service cannot know which is which.
fn instants(expected: &BTreeMap<u64, Fate>, work: &BTreeMap<u64, Span>) -> Option<Instants> {
    let mut instants = Instants::new();
    for (id, fate) in expected {
        match *fate {
            Fate::Served { start, end } => {
                let begins = instants.entry(start).or_default();
                let length = work.get(id).copied();
                if begins.1.is_some() && begins.1 != length {
                    return None;
                }
                begins.0.started += 1;
                begins.1 = length;
                instants.entry(end).or_default();
            }
            Fate::Left(at) => instants.entry(at).or_default().0.left += 1,
            Fate::TurnedAway(at) => instants.entry(at).or_default().0.turned_away += 1,
        }
    }
    Some(instants)
}

fn counts(simulation: &Simulation) -> Growth {
    simulation.service(QUEUE).map_or_else(Growth::default, |service| Growth {
        started: service.counts.started,
        left: service.counts.cancelled,
        turned_away: service.counts.shed,
    })
}
