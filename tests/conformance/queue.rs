//! Queues without chance: given arrivals, works and patience, all else follows, to the microsecond.
//!
//! Every job is a user of one client, with a patience of its own and a link that tells the callee when it leaves. A
//! service has one distribution of work for all jobs, so that the work of each is set when it is to begin, by slowing the
//! service. Should another job begin then, the end of its work gives it away: the ledger tells whose work ended when.

use crate::verdict::{Checked, Verdict, near, no, same, tried};
use crate::world::{run_until, simulation, text};
use callchain::scenario::topology::ServiceId;
use callchain::sim::{Intervention, Simulation};
use callchain::time::{Span, Time};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Checks a vector `{config, jobs, until, expect}` whose times are seconds.
pub fn check(vector: &Value) -> Option<Verdict> {
    let (config, jobs) = (vector.get("config")?, vector.get("jobs")?.as_array()?);
    if config.get("tandem").is_some() {
        return Some(no("a full callee blocks its caller; here it sheds"));
    }
    if let Some(reason) = not_modelled(config) {
        return Some(no(reason));
    }
    let jobs: Vec<Job> = jobs.iter().map(|job| Job::named(job, seconds)).collect();
    let until = vector.get("until").and_then(seconds);
    if let Some(expected) = vector["expect"].get("utilisation").and_then(Value::as_f64) {
        return Some(tried(utilisation(config, &jobs, until.unwrap_or(Span::ZERO), expected)));
    }
    let Some(list) = vector["expect"].as_array() else { return Some(no("an expectation of another kind")) };
    let expected = list.iter().filter_map(|expect| Some((expect["id"].as_u64()?, Fate::named(expect)?))).collect();
    // The jobs that are not listed still wait at `until`, or are served after it.
    Some(tried(replay(config, &jobs, &expected, false)))
}

/// Checks `{traces: [{name, config, unit, jobs, expect}]}` whose jobs are `[arrive, service, patience]`.
pub fn check_traces(document: &Value) -> Option<Vec<Checked>> {
    let traces = document.get("traces")?.as_array()?;
    traces.iter().all(|trace| trace.get("jobs").is_some() && trace.get("expect").is_some()).then_some(())?;
    Some(traces.iter().map(|trace| Checked::new(trace, tried(replay_trace(trace)))).collect())
}

/// Why a queue is none of ours.
fn not_modelled(config: &Value) -> Option<String> {
    let known = ["servers", "discipline", "queue", "system_limit"];
    let unknown = config.as_object()?.keys().find(|key| !known.contains(&key.as_str()));
    match config.get("discipline").and_then(Value::as_str) {
        Some("PS") => Some("processor sharing; here a worker serves one request".into()),
        Some(other) if other != "FIFO" && other != "LIFO" => Some(format!("the discipline {other}")),
        _ => unknown.map(|key| format!("the setting {key}")),
    }
}

fn replay_trace(trace: &Value) -> Result<Verdict, String> {
    if let Some(reason) = not_modelled(&trace["config"]) {
        return Ok(no(reason));
    }
    let unit: fn(&Value) -> Option<Span> = match trace["unit"].as_str() {
        Some("us") => |value| value.as_u64().map(Span::micros),
        Some("ms") => |value| value.as_u64().map(Span::millis),
        Some("s") | None => seconds,
        Some(other) => return Ok(no(format!("the unit {other}"))),
    };
    let jobs = trace["jobs"].as_array().into_iter().flatten().enumerate();
    let jobs: Vec<Job> = jobs.map(|(id, job)| Job::listed(id as u64, job, unit)).collect();
    let fates = trace["expect"].as_array().into_iter().flatten().enumerate();
    let expected = fates.filter_map(|(id, fate)| Some((id as u64, Fate::listed(fate, unit)?))).collect();
    replay(&trace["config"], &jobs, &expected, true)
}

fn seconds(value: &Value) -> Option<Span> {
    value.as_f64().map(|seconds| Span::from_nanos_f64(seconds * 1e9))
}

struct Job {
    id: u64,
    arrives: Span,
    work: Span,
    patience: Option<Span>,
}

impl Job {
    fn named(job: &Value, unit: fn(&Value) -> Option<Span>) -> Job {
        let part = |key: &str| job.get(key).and_then(unit);
        let id = job["id"].as_u64().unwrap_or_default();
        let (arrives, work) = (part("arrive").unwrap_or_default(), part("service").unwrap_or_default());
        Job { id, arrives, work, patience: part("patience") }
    }

    fn listed(id: u64, job: &Value, unit: fn(&Value) -> Option<Span>) -> Job {
        let part = |place: usize| job.get(place).and_then(unit);
        Job { id, arrives: part(0).unwrap_or_default(), work: part(1).unwrap_or_default(), patience: part(2) }
    }
}

/// What becomes of a job.
#[derive(Clone, Copy)]
enum Fate {
    Served { start: Span, end: Span },
    Left(Span),
    TurnedAway(Span),
}

impl Fate {
    fn named(expect: &Value) -> Option<Fate> {
        let (start, end) = (expect.get("start").and_then(seconds), expect.get("end").and_then(seconds)?);
        match expect["outcome"].as_str()? {
            "served" => Some(Fate::Served { start: start?, end }),
            "reneged" => Some(Fate::Left(end)),
            "rejected" => Some(Fate::TurnedAway(end)),
            _ => None,
        }
    }

    fn listed(expect: &Value, unit: fn(&Value) -> Option<Span>) -> Option<Fate> {
        let (start, end) = (expect.get(1).and_then(unit), expect.get(2).and_then(unit)?);
        match expect.get(0)?.as_str()? {
            "ser" => Some(Fate::Served { start: start?, end }),
            "ren" => Some(Fate::Left(end)),
            "rej" => Some(Fate::TurnedAway(end)),
            _ => None,
        }
    }
}

const QUEUE: ServiceId = ServiceId(1);

/// The scenario, and the work that slowing is measured in: the longest, so that no job needs a factor above 1.
fn world(config: &Value, jobs: &[Job]) -> Result<(Simulation, Span), String> {
    let servers = config.get("servers").map_or(Some(1), Value::as_u64);
    let limit = config.get("system_limit").and_then(Value::as_u64);
    let limit = limit.zip(servers).map(|(limit, servers)| limit.saturating_sub(servers));
    let queue = config.get("queue").and_then(Value::as_u64).or(limit);
    let discipline = if config["discipline"] == "LIFO" { "lifo" } else { "fifo" };
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
            { "id": "q", "workers": servers, "queue": queue, "discipline": discipline, "effect": "job",
              "work": longest.to_string() },
        ],
        "links": [{ "from": "c", "to": "q", "delay": "0ms", "cancel": true }],
        "load": jobs.iter().map(load).collect::<Vec<_>>(),
    });
    Ok((simulation(&scenario)?, longest))
}

fn utilisation(config: &Value, jobs: &[Job], until: Span, expected: f64) -> Result<Verdict, String> {
    let starts: Vec<(Span, Span)> = jobs.iter().map(|job| (job.arrives, job.work)).collect();
    let (mut simulation, longest) = world(config, jobs)?;
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
    run_until(simulation, Time::at(start) - Span::nanos(1))?;
    let factor = work.as_nanos() as f64 / longest.as_nanos() as f64;
    simulation.apply(Intervention::Slow(QUEUE, factor));
    Ok(())
}

/// What the counts of the service must grow by at one instant.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Growth {
    started: u64,
    left: u64,
    turned_away: u64,
}

fn replay(config: &Value, jobs: &[Job], expected: &BTreeMap<u64, Fate>, all_listed: bool) -> Result<Verdict, String> {
    let mut order: Vec<&Job> = jobs.iter().collect();
    order.sort_by_key(|job| job.arrives);
    // Requests are numbered as they are sent.
    let numbers: BTreeMap<u64, u64> = order.iter().zip(1..).map(|(job, number)| (job.id, number)).collect();
    let work: BTreeMap<u64, Span> = jobs.iter().map(|job| (job.id, job.work)).collect();
    let Some(instants) = instants(expected, &work) else { return Ok(no("different works begin at one instant")) };
    let (mut simulation, longest) = world(config, jobs)?;
    let mut ends: BTreeMap<u64, Span> = BTreeMap::new();
    for (at, (growth, length)) in instants {
        if let Some(length) = length {
            begin(&mut simulation, at, length, longest)?;
        }
        run_until(&mut simulation, Time::at(at) - Span::nanos(1))?;
        let before = counts(&simulation);
        run_until(&mut simulation, Time::at(at))?;
        let after = counts(&simulation);
        // A job that leaves while it is served counts as cancelled when its work ends, at which instant others start.
        let grown = Growth {
            started: after.started - before.started,
            left: if growth.left > 0 { after.left - before.left } else { 0 },
            turned_away: after.turned_away - before.turned_away,
        };
        let unlisted_start = !all_listed && grown.started > growth.started;
        if grown != growth && !unlisted_start {
            return Ok(Verdict::Fails(format!("at {at}: expected {growth:?}, not {grown:?}")));
        }
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
    Ok(Verdict::Holds)
}

/// What is to happen at each instant, and how long the work takes that begins then.
type Instants = BTreeMap<Span, (Growth, Option<Span>)>;

/// `None` if two works of different lengths are to begin at one instant: which is which cannot be told to the service.
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
