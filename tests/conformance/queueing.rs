//! Queues in the long run: closed forms, and exact solutions of Markov chains.
//!
//! Each row becomes a scenario that is run for some hundred thousand jobs, more under heavy load, in batches. The
//! spread of the batches shows how exact the means are.

use crate::reader::{Reader, Reading, refuse};
use crate::verdict::{Case, Trial, Verdict, all, if_expected, near, trial};
use crate::world::{Batch, Estimate, estimate, span, text};
use callchain::outcome::Outcome;
use callchain::sim::report::{Report, ServiceReport};
use serde_json::{Map, Value, json};

/// A table as `{columns, table: [{column: value}]}`, without its empty cells.
pub fn document(table: &str) -> Result<Value, String> {
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let columns = reader.headers().map_err(|error| error.to_string())?.clone();
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| error.to_string())?;
        let cells = columns.iter().zip(&record).filter(|(_, cell)| !cell.is_empty());
        let cells = cells.map(|(column, cell)| (column.to_owned(), value(column, cell)));
        rows.push(Value::Object(cells.collect::<Map<_, _>>()));
    }
    Ok(json!({ "columns": columns.iter().collect::<Vec<_>>(), "table": rows }))
}

fn value(column: &str, cell: &str) -> Value {
    match (column, cell.parse::<f64>()) {
        ("id" | "model" | "notes", _) => json!(cell),
        ("params", _) => serde_json::from_str(cell).unwrap_or_else(|_| json!(cell)),
        (_, Ok(number)) if number.is_finite() => json!(number),
        _ => json!(cell),
    }
}

/// Reads a table whose first columns are those of `queueing.csv`.
pub fn read(document: &Reader) -> Option<Vec<Case>> {
    (document.has("columns") && document.has("table")).then_some(())?;
    let columns = document.list("columns").ok()??;
    let columns: Vec<&str> = columns.iter().map(Reader::as_text).collect::<Reading<_>>().ok()?;
    ["id", "model", "lam", "mu"].iter().zip(&columns).all(|(wanted, column)| wanted == column).then_some(())?;
    let name = |row: &Reader| row.text("id").ok().flatten().unwrap_or_default().to_owned();
    Some(document.vectors("table")?.iter().map(|row| Case::read(name(row), row, read_row)).collect())
}

fn read_row(row: &Reader) -> Reading<Trial> {
    let model = Model::of(row)?;
    let expected = Expected::read(row)?;
    trial(move || model.check(&expected))
}

/// The figures of a row, in the order of [`FIGURES`] and [`QUANTILES`].
struct Expected {
    figures: [Option<f64>; 9],
    quantiles: [Option<f64>; 3],
}

const FIGURES: [&str; 9] = ["rho", "P_wait", "P_block", "P_abandon", "Lq", "L", "Wq", "W", "throughput"];
const QUANTILES: [&str; 3] = ["p50_W", "p95_W", "p99_W"];

/// The place of `W` among the figures.
const W: usize = 7;

impl Expected {
    fn read(row: &Reader) -> Reading<Expected> {
        let mut expected = Expected { figures: [None; 9], quantiles: [None; 3] };
        for (name, slot) in FIGURES.iter().zip(&mut expected.figures) {
            *slot = row.number(name)?;
        }
        for (name, slot) in QUANTILES.iter().zip(&mut expected.quantiles) {
            *slot = row.number(name)?;
        }
        if expected.figures.iter().chain(&expected.quantiles).all(Option::is_none) {
            return refuse("it expects nothing");
        }
        Ok(expected)
    }
}

/// A parameter that the row cannot do without.
fn param(row: &Reader, key: &str) -> Reading<f64> {
    row.object("params")?.number(key)?.map_or_else(|| refuse(format!("the parameter {key} is missing")), Ok)
}

/// A list of numbers among the parameters.
fn list(row: &Reader, key: &str) -> Reading<Vec<f64>> {
    row.object("params")?.list(key)?.unwrap_or_default().iter().map(Reader::as_number).collect()
}

/// A column that the row cannot do without.
fn required(row: &Reader, column: &str) -> Reading<f64> {
    row.number(column)?.map_or_else(|| refuse(format!("the column {column} is empty")), Ok)
}

/// Jobs of a run under moderate load. A release build has the time for more, which makes it stricter.
const JOBS: f64 = if cfg!(debug_assertions) { 200_000.0 } else { 1_000_000.0 };

/// A scenario, and how its figures are read.
struct Model {
    scenario: Value,
    /// Jobs a second, to know how long to run.
    rate: f64,
    /// The utilisation, which says how long the figures take to settle.
    load: f64,
    /// The services whose queues a job passes; the first is the one that the row is about.
    stations: Vec<&'static str>,
    /// How `W` is meant.
    sojourn: Sojourn,
    /// How `P_block` and `P_abandon` are meant.
    loss: Loss,
    /// How `throughput` is meant.
    output: Output,
}

#[derive(Clone, Copy, PartialEq)]
enum Sojourn {
    /// In the first service, of those that it accepted (Little's law).
    Accepted,
    /// In the first service, of each finished request of the client, with all its attempts.
    Finished,
    /// As the client sees it.
    Client,
}

#[derive(Clone, Copy, PartialEq)]
enum Output {
    /// Good answers that the client got.
    Good,
    /// Jobs that the first service began.
    Served,
}

#[derive(Clone, Copy, PartialEq)]
enum Loss {
    /// Shed at the first service; failed behind it.
    Shed,
    /// Not sent: no permit of the bulkhead.
    Bulkhead,
    /// Given up in the queue.
    Queue,
    /// Given up by the client, wherever the request is.
    Client,
}

impl Model {
    fn of(row: &Reader) -> Reading<Model> {
        let Some(model) = row.get("model") else { return refuse("it names no model") };
        match model.as_text()? {
            "M/M/inf" => unlimited(row),
            "M/D/1" | "M/LN/1" | "M/U/1" | "M/G/1" => general(row),
            "tandem of M/M/1" => tandem(row),
            "M/M/1 with Bernoulli feedback" => feedback(row),
            "M/M/1+D" => patient(row, true),
            "M/M/1 + client timeout, work not cancelled, no retry" => patient(row, false),
            "closed N clients, think exp(z), 1 exp server" => closed(row),
            "max of n iid exp(1)" => fork(row),
            "M/G/1 (sync chain, 1 worker held)" => held(row),
            "M/G/1 (sync call with loss, timeout, retries)" => lossy(row),
            "M/G/c/c" => bulkhead(row),
            "sync chain A->B (CTMC)" => chain(row),
            "M/M/c+M" => refuse("impatience of random length; here users are patient for a fixed time"),
            "M/G/1-PS" => refuse("processor sharing; here a worker serves one request"),
            name => match name.strip_prefix("M/M/") {
                Some(sizes) => markov(row, &model, sizes),
                None => model.refused(),
            },
        }
    }

    fn new(scenario: Value, rate: f64) -> Model {
        let (sojourn, loss, output) = (Sojourn::Accepted, Loss::Shed, Output::Good);
        Model { scenario, rate, load: 0.8, stations: vec!["a"], sojourn, loss, output }
    }

    fn check(&self, expected: &Expected) -> Result<Verdict, String> {
        let jobs = JOBS * (0.2 / (1.0 - self.load)).clamp(1.0, 16.0);
        let (figures, report) = estimate(&self.scenario, span(jobs / self.rate), |batch| self.figures(batch))?;
        let means = FIGURES.iter().zip(figures).zip(expected.figures).map(|((name, figure), expected)| {
            // Events that are too rare to occur.
            let slack = if name.starts_with("P_") { 5.0 / jobs } else { 0.0 };
            if_expected(expected, |expected| figure.is(name, expected, slack))
        });
        Ok(all(means.chain([self.quantiles(expected, figures[W], &report)])))
    }

    fn figures(&self, batch: &Batch) -> [f64; 9] {
        let first = self.stations.first().copied().unwrap_or_default();
        let of = |value: fn(&ServiceReport, f64) -> f64| batch.service(first, value);
        let arrived = of(|s, _| s.arrived as f64);
        let shed = of(|s, _| s.shed as f64);
        let present = of(|s, t| s.mean_in_system * t);
        let waiting: f64 = self.stations.iter().map(|id| batch.service(id, |s, t| s.mean_in_queue * t)).sum();
        let finished = batch.client("c", |c| c.outcomes.total() as f64);
        let good = batch.client("c", |c| c.outcomes.successes() as f64);
        let full = batch.client("c", |c| c.outcomes.get(Outcome::BulkheadFull) as f64);
        let latency = batch.client("c", |c| c.latency.mean.unwrap_or_default() * c.latency.count as f64 / 1e3);
        let failed = batch.client("c", |c| c.outcomes.get(Outcome::Error) as f64);
        let timed_out = batch.client("c", |c| c.outcomes.get(Outcome::Timeout) as f64);
        let per = match self.sojourn {
            Sojourn::Accepted => arrived - shed,
            Sojourn::Finished | Sojourn::Client => finished,
        };
        let sojourn = if self.sojourn == Sojourn::Client { latency / finished } else { present / per };
        let (blocked, abandoned) = match self.loss {
            Loss::Shed => (shed / arrived, failed / (arrived - shed)),
            Loss::Bulkhead => (full / finished, 0.0),
            Loss::Queue => (0.0, (arrived - of(|s, _| s.started as f64)) / arrived),
            Loss::Client => (0.0, timed_out / finished),
        };
        let output = match self.output {
            Output::Good => good,
            Output::Served => of(|s, _| s.started as f64),
        };
        let utilisation = of(|s, t| s.utilisation.unwrap_or_default() * t) / batch.seconds;
        // Poisson arrivals see the time average. Those that are turned away also find all workers busy.
        let waits = (batch.all_busy - shed / arrived) / (1.0 - shed / arrived);
        let (waiting_now, present_now) = (waiting / batch.seconds, present / batch.seconds);
        let output = output / batch.seconds;
        [utilisation, waits, blocked, abandoned, waiting_now, present_now, waiting / per, sojourn, output]
    }

    /// Quantiles come from the whole run, to three digits, and are about as sure as the mean.
    fn quantiles(&self, expected: &Expected, mean: Estimate, report: &Report) -> Verdict {
        let Some(latency) = self.stations.first().and_then(|id| report.service(id)).map(|s| &s.latency) else {
            return Verdict::Fails("the first service is gone".into());
        };
        let relative = 5.0 * mean.error / mean.mean * 1.5 + 0.01;
        let quantiles = QUANTILES.iter().zip([latency.p50, latency.p95, latency.p99]).zip(expected.quantiles);
        all(quantiles.map(|((name, actual), expected)| {
            let actual = actual.unwrap_or(f64::NAN) / 1e3;
            if_expected(expected, |expected| near(name, expected, actual, relative * expected))
        }))
    }
}

fn mean(row: &Reader) -> Reading<String> {
    Ok(text(1.0 / required(row, "mu")?))
}

/// A scenario with one client, `c`, and the first service, `a`.
fn scenario(load: Value, services: Value, links: Value) -> Value {
    let mut all = vec![json!({ "id": "c", "kind": "client" })];
    all.extend(services.as_array().cloned().unwrap_or_default());
    json!({ "format": "callchain/1", "seed": 1, "horizon": "10000h", "services": all, "links": links, "load": [load] })
}

fn poisson(row: &Reader) -> Reading<(Value, f64)> {
    let rate = required(row, "lam")?;
    Ok((json!({ "client": "c", "poisson": rate }), rate))
}

fn service(id: &str, work: Value, workers: Value, queue: Value) -> Value {
    json!({ "id": id, "work": work, "workers": workers, "queue": queue })
}

fn link(from: &str, to: &str) -> Value {
    json!({ "from": from, "to": to, "delay": "0ms" })
}

fn with(mut object: Value, key: &str, value: Value) -> Value {
    object[key] = value;
    object
}

fn single(row: &Reader, work: Value, workers: Value, queue: Value) -> Reading<Model> {
    let (load, rate) = poisson(row)?;
    let bounded = !queue.is_null();
    let scenario = scenario(load, json!([service("a", work, workers, queue)]), json!([link("c", "a")]));
    let load = if bounded { 0.5 } else { row.number("rho")?.unwrap_or(0.8) };
    Ok(Model { load, ..Model::new(scenario, rate) })
}

/// One server, whose number the row may repeat.
fn one_server(row: &Reader, work: Value) -> Reading<Model> {
    row.consistent("c", 1.0)?;
    single(row, work, json!(1), Value::Null)
}

fn unlimited(row: &Reader) -> Reading<Model> {
    row.word("c", &[("inf", ())])?;
    single(row, json!({ "exponential": mean(row)? }), Value::Null, Value::Null)
}

fn general(row: &Reader) -> Reading<Model> {
    let (work, mean) = work(row)?;
    row.consistent("mu", 1.0 / mean)?;
    one_server(row, work)
}

/// M/M/c, or M/M/c/K, where `K` counts those in service too. The model's name may have letters or numbers.
fn markov(row: &Reader, model: &Reader, sizes: &str) -> Reading<Model> {
    let servers = required(row, "c")?;
    let places = row.number("K")?;
    let fits = |size: &str, letter: &str, number: Option<f64>| {
        size == letter || size.parse::<f64>().is_ok_and(|size| Some(size) == number)
    };
    let fits = match sizes.split_once('/') {
        Some((c, k)) => fits(c, "c", Some(servers)) && fits(k, "K", places) && places.is_some(),
        None => (fits(sizes, "c", Some(servers)) || sizes == "c") && places.is_none(),
    };
    if !fits {
        return model.refused();
    }
    let queue = places.map_or(Value::Null, |places| json!((places - servers) as u64));
    single(row, json!({ "exponential": mean(row)? }), json!(servers as u64), queue)
}

/// The distribution of the work, as the row says it, and its mean.
fn work(row: &Reader) -> Reading<(Value, f64)> {
    let params = row.object("params")?;
    let Some(service) = params.get("service") else { return refuse("the distribution of the work is missing") };
    let text_of = service.as_text()?;
    if let Some(value) = text_of.strip_prefix("deterministic ").and_then(|value| value.parse::<f64>().ok()) {
        return Ok((json!(text(value)), value));
    }
    let pair = |text: &str, separator: &str| {
        let (first, second) = text.split_once(separator)?;
        Some((first.trim().parse::<f64>().ok()?, second.trim().parse::<f64>().ok()?))
    };
    if let Some((mean, scv)) = text_of.strip_prefix("lognormal mean ").and_then(|rest| pair(rest, " scv ")) {
        let (mu, sigma) = (param(row, "mu_log")?, param(row, "sigma_log")?);
        let near = |a: f64, b: f64| (a - b).abs() <= 1e-9 * b.abs();
        if !near((mu + sigma * sigma / 2.0).exp(), mean) || !near((sigma * sigma).exp() - 1.0, scv) {
            return service.refused();
        }
        // The 0.99 quantile of the standard normal distribution.
        let p99 = (mu + 2.326_347_874_040_841 * sigma).exp();
        return Ok((json!({ "lognormal": { "median": text(mu.exp()), "p99": text(p99) } }), mean));
    }
    let bounds = text_of.strip_prefix("uniform(").and_then(|rest| rest.strip_suffix(')')).and_then(|b| pair(b, ","));
    match bounds {
        Some((low, high)) => Ok((json!({ "uniform": [text(low), text(high)] }), (low + high) / 2.0)),
        None => service.refused(),
    }
}

/// Names of services, for so many.
fn ids(count: usize) -> Reading<Vec<&'static str>> {
    const IDS: [&str; 10] = ["a", "b", "d", "e", "f", "g", "h", "i", "j", "k"];
    match IDS.get(..count) {
        Some(ids) if !ids.is_empty() => Ok(ids.to_vec()),
        _ => refuse("no services, or more than ten"),
    }
}

/// The links of a client and services in a row.
fn in_a_row(ids: &[&str]) -> Value {
    let mut links = vec![link("c", ids[0])];
    links.extend(ids.windows(2).map(|pair| link(pair[0], pair[1])));
    json!(links)
}

/// Each station hands a job on and is free: asynchronous services.
fn tandem(row: &Reader) -> Reading<Model> {
    row.consistent("c", 1.0)?;
    let (load, rate) = poisson(row)?;
    let rates = list(row, "mus")?;
    let stations = ids(rates.len())?;
    let one = |(id, mu): (&&str, &f64)| {
        let service = service(id, json!({ "exponential": text(1.0 / mu) }), json!(1), Value::Null);
        with(service, "threads", json!("async"))
    };
    let services: Vec<Value> = stations.iter().zip(&rates).map(one).collect();
    let scenario = scenario(load, json!(services), in_a_row(&stations));
    Ok(Model { stations, ..Model::new(scenario, rate) })
}

/// A failed attempt goes to the end of the queue again: retries without a wait or a limit.
fn feedback(row: &Reader) -> Reading<Model> {
    let failure = param(row, "p_retry")?;
    let mut model = one_server(row, json!({ "exponential": mean(row)? }))?;
    model.scenario["services"][1]["failure_rate"] = json!(failure);
    model.scenario["links"][0]["retry"] = json!({ "max_attempts": 100, "on": ["error"] });
    model.sojourn = Sojourn::Finished;
    Ok(model)
}

/// A caller that waits for a fixed time, and cancels its call when it gives up, or not.
fn patient(row: &Reader, cancels: bool) -> Reading<Model> {
    let patience = param(row, "tau")?;
    let mut model = one_server(row, json!({ "exponential": mean(row)? }))?;
    model.scenario["links"][0]["timeout"] = json!(text(patience));
    model.scenario["links"][0]["cancel"] = json!(cancels);
    // Where calls are cancelled, nobody is served who gave up in the queue; all that are served count, also too late.
    (model.loss, model.output) = if cancels { (Loss::Queue, Output::Served) } else { (Loss::Client, Output::Good) };
    Ok(model)
}

fn closed(row: &Reader) -> Reading<Model> {
    row.consistent("c", 1.0)?;
    let (users, think) = (param(row, "N")?, param(row, "think")?);
    let load = json!({ "client": "c", "users": users as u64, "think": { "exponential": text(think) } });
    let work = json!({ "exponential": mean(row)? });
    let scenario = scenario(load, json!([service("a", work, json!(1), Value::Null)]), json!([link("c", "a")]));
    let load = row.number("rho")?.unwrap_or(0.8);
    Ok(Model { sojourn: Sojourn::Client, load, ..Model::new(scenario, required(row, "throughput")?) })
}

/// A client that calls n services at once and waits for all.
fn fork(row: &Reader) -> Reading<Model> {
    let n = param(row, "n")? as usize;
    if n > 199 {
        return refuse("more services than a scenario may have");
    }
    let ids: Vec<String> = (0..n).map(|i| if i == 0 { "a".to_owned() } else { format!("s{i}") }).collect();
    let work = json!({ "exponential": mean(row)? });
    let services: Vec<Value> = ids.iter().map(|id| service(id, work.clone(), Value::Null, Value::Null)).collect();
    let links: Vec<Value> = ids.iter().map(|id| link("c", id)).collect();
    let scenario = scenario(json!({ "client": "c", "poisson": 1 }), json!(services), json!(links));
    // Calls a second: wide forks make no more calls in all than narrow ones.
    Ok(Model { sojourn: Sojourn::Client, ..Model::new(scenario, n as f64) })
}

/// A chain of exponential works during all of which the one worker of the first service is held.
fn held(row: &Reader) -> Reading<Model> {
    row.consistent("c", 1.0)?;
    let (load, rate) = poisson(row)?;
    let means = list(row, "exp_means")?;
    row.consistent("mu", 1.0 / means.iter().sum::<f64>())?;
    let ids = ids(means.len())?;
    let one = |(id, mean): (&&str, &f64)| service(id, json!({ "exponential": text(*mean) }), json!(1), Value::Null);
    let services: Vec<Value> = ids.iter().zip(&means).map(one).collect();
    let scenario = scenario(load, json!(services), in_a_row(&ids));
    Ok(Model { load: row.number("rho")?.unwrap_or(0.8), ..Model::new(scenario, rate) })
}

/// One worker, held through all attempts of a call over a lossy link.
fn lossy(row: &Reader) -> Reading<Model> {
    row.consistent("c", 1.0)?;
    let (load, rate) = poisson(row)?;
    let (timeout, loss, attempts) = (param(row, "timeout")?, param(row, "p_loss")?, param(row, "retries")? + 1.0);
    let (local, answer) = (param(row, "local")?, param(row, "answer")?);
    let failed: f64 = (1..=attempts as i32).map(|attempt| loss.powi(attempt)).sum();
    let succeeds = 1.0 - loss.powi(attempts as i32);
    row.consistent("mu", 1.0 / (local + failed * timeout + succeeds * answer))?;
    let call = with(link("a", "b"), "timeout", json!(text(timeout)));
    let call = with(call, "loss", json!({ "request": loss, "response": 0.0 }));
    let call = with(call, "retry", json!({ "max_attempts": attempts as u64 }));
    let services = json!([
        service("a", json!(text(local)), json!(1), Value::Null),
        service("b", json!(text(answer)), Value::Null, Value::Null),
    ]);
    let scenario = scenario(load, services, json!([link("c", "a"), call]));
    // The table counts every job that is served, whether or not its call succeeded; so does the utilisation.
    let load = row.number("rho")?.unwrap_or(0.8);
    Ok(Model { output: Output::Served, load, ..Model::new(scenario, rate) })
}

/// At most c calls at once, without waiting, by the caller's bulkhead.
fn bulkhead(row: &Reader) -> Reading<Model> {
    let (load, rate) = poisson(row)?;
    let permits = required(row, "c")?;
    row.consistent("K", permits)?;
    row.object("params")?.consistent("offered", rate / required(row, "mu")?)?;
    let guarded = with(link("c", "a"), "bulkhead", json!({ "max_concurrent": permits as u64 }));
    let work = json!({ "exponential": mean(row)? });
    // As many workers as permits, so that the utilisation is that of the permits.
    let services = json!([service("a", work, json!(permits as u64), json!(0))]);
    let scenario = scenario(load, services, json!([guarded]));
    Ok(Model { loss: Loss::Bulkhead, load: 0.5, ..Model::new(scenario, rate) })
}

fn chain(row: &Reader) -> Reading<Model> {
    let (load, rate) = poisson(row)?;
    let workers = param(row, "cA")?;
    row.consistent("c", workers)?;
    let params = row.object("params")?;
    let places = |key: &str| match params.get(key) {
        Some(places) if places.as_text() == Ok("inf") => Ok(None),
        Some(places) => places.as_count().map(Some),
        None => Ok(None),
    };
    let one = |id: &str, workers: f64, mu: &str, queue: Option<u64>| -> Reading<Value> {
        Ok(service(id, json!({ "exponential": text(1.0 / param(row, mu)?) }), json!(workers as u64), json!(queue)))
    };
    let queue = places("queueA")?;
    if let Some(queue) = queue {
        row.consistent("K", workers + queue as f64)?;
    }
    let services = json!([one("a", workers, "muA", queue)?, one("b", param(row, "cB")?, "muB", places("queueB")?)?]);
    let scenario = scenario(load, services, json!([link("c", "a"), link("a", "b")]));
    let load = if queue.is_some() { 0.5 } else { row.number("rho")?.unwrap_or(0.8) };
    Ok(Model { load, ..Model::new(scenario, rate) })
}
