//! Queues in the long run: closed forms, and exact solutions of Markov chains.
//!
//! Each row becomes a scenario that is run for some hundred thousand jobs, more under heavy load, in batches. The
//! spread of the batches tells how far the means may be off.

use crate::verdict::{Checked, Verdict, all, near, no};
use crate::world::{Batch, Estimate, estimate, span, text};
use callchain::outcome::Outcome;
use callchain::sim::report::{Report, ServiceReport};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Checks a table whose first columns are those of `queueing.csv`.
pub fn check(table: &str) -> Result<Option<Vec<Checked>>, String> {
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let columns = reader.headers().map_err(|error| error.to_string())?.clone();
    if !["id", "model", "lam", "mu"].iter().zip(&columns).all(|(wanted, column)| *wanted == column) {
        return Ok(None);
    }
    let rows: Result<Vec<Row>, _> = reader.deserialize().collect();
    let rows = rows.map_err(|error| error.to_string())?;
    Ok(Some(rows.iter().map(|row| Checked { name: row.text("id").to_owned(), verdict: check_row(row) }).collect()))
}

fn check_row(row: &Row) -> Verdict {
    match Model::of(row).map(|model| model.check(row)) {
        Ok(Ok(verdict)) => verdict,
        Ok(Err(problem)) => Verdict::Fails(problem),
        Err(reason) => no(reason),
    }
}

/// A row of the table: text by column.
#[derive(serde::Deserialize)]
struct Row(BTreeMap<String, String>);

impl Row {
    fn text(&self, column: &str) -> &str {
        self.0.get(column).map_or("", String::as_str)
    }

    fn number(&self, column: &str) -> Option<f64> {
        self.text(column).parse().ok()
    }

    fn params(&self) -> Value {
        serde_json::from_str(self.text("params")).unwrap_or_default()
    }

    fn param(&self, key: &str) -> Result<f64, String> {
        self.params().get(key).and_then(Value::as_f64).ok_or(format!("the parameter {key} is missing"))
    }

    fn required(&self, column: &str) -> Result<f64, String> {
        self.number(column).ok_or(format!("the column {column} is empty"))
    }
}

/// Jobs of a run under moderate load. A release build has the time for more, which makes it stricter.
const JOBS: f64 = if cfg!(debug_assertions) { 200_000.0 } else { 1_000_000.0 };

/// A scenario, and how its figures are read.
struct Model {
    scenario: Value,
    /// Jobs a second, to know how long to run.
    rate: f64,
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
    fn of(row: &Row) -> Result<Model, String> {
        let model = row.text("model");
        match model {
            "M/M/inf" => single(row, json!({ "exponential": mean(row)? }), Value::Null, Value::Null),
            "M/D/1" => single(row, json!(mean(row)?), json!(1), Value::Null),
            "M/LN/1" | "M/U/1" | "M/G/1" => single(row, work(row)?, json!(1), Value::Null),
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
            "M/M/c+M" => Err("impatience of random length; here users are patient for a fixed time".into()),
            "M/G/1-PS" => Err("processor sharing; here a worker serves one request".into()),
            _ if model.starts_with("M/M/") && model[4..].chars().all(|c| c.is_ascii_digit() || "ckK/".contains(c)) => {
                let servers = row.required("c")?;
                let places = row.number("K").map_or(Value::Null, |places| json!((places - servers) as u64));
                single(row, json!({ "exponential": mean(row)? }), json!(servers as u64), places)
            }
            other => Err(format!("the model {other}")),
        }
    }

    fn check(&self, row: &Row) -> Result<Verdict, String> {
        let load = if row.number("K").is_some() { 0.5 } else { row.number("rho").unwrap_or(0.8) };
        let jobs = JOBS * (0.2 / (1.0 - load)).clamp(1.0, 16.0);
        let (figures, report) = estimate(&self.scenario, span(jobs / self.rate), |batch| self.figures(batch))?;
        let names = ["rho", "P_block", "P_abandon", "Lq", "L", "Wq", "W", "throughput"];
        let rare = [0.0, 5.0 / jobs, 5.0 / jobs, 0.0, 0.0, 0.0, 0.0, 0.0];
        let means = names.iter().zip(figures).zip(rare).map(|((name, figure), slack)| match row.number(name) {
            Some(expected) => figure.is(name, expected, slack),
            None => Verdict::Holds,
        });
        Ok(all(means.chain([self.quantiles(row, figures[6], &report)])))
    }

    fn figures(&self, batch: &Batch) -> [f64; 8] {
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
        let (waiting_now, present_now) = (waiting / batch.seconds, present / batch.seconds);
        [utilisation, blocked, abandoned, waiting_now, present_now, waiting / per, sojourn, output / batch.seconds]
    }

    /// Quantiles come from the whole run, to three digits, and are about as sure as the mean.
    fn quantiles(&self, row: &Row, mean: Estimate, report: &Report) -> Verdict {
        let Some(latency) = self.stations.first().and_then(|id| report.service(id)).map(|s| &s.latency) else {
            return Verdict::Holds;
        };
        let relative = 5.0 * mean.error / mean.mean * 1.5 + 0.01;
        let quantiles = [("p50_W", latency.p50), ("p95_W", latency.p95), ("p99_W", latency.p99)];
        all(quantiles.into_iter().filter_map(|(name, actual)| {
            let expected = row.number(name)?;
            Some(near(name, expected, actual.unwrap_or(f64::NAN) / 1e3, relative * expected))
        }))
    }
}

fn mean(row: &Row) -> Result<String, String> {
    Ok(text(1.0 / row.required("mu")?))
}

/// A scenario with one client, `c`, and the first service, `a`.
fn scenario(load: Value, services: Value, links: Value) -> Value {
    let mut all = vec![json!({ "id": "c", "kind": "client" })];
    all.extend(services.as_array().cloned().unwrap_or_default());
    json!({ "format": "callchain/1", "seed": 1, "horizon": "10000h", "services": all, "links": links, "load": [load] })
}

fn poisson(row: &Row) -> Result<(Value, f64), String> {
    let rate = row.required("lam")?;
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

fn single(row: &Row, work: Value, workers: Value, queue: Value) -> Result<Model, String> {
    let (load, rate) = poisson(row)?;
    let scenario = scenario(load, json!([service("a", work, workers, queue)]), json!([link("c", "a")]));
    Ok(Model {
        scenario,
        rate,
        stations: vec!["a"],
        sojourn: Sojourn::Accepted,
        loss: Loss::Shed,
        output: Output::Good,
    })
}

/// The distribution of the work, as the row says it.
fn work(row: &Row) -> Result<Value, String> {
    let params = row.params();
    let said = params.get("service").and_then(Value::as_str).unwrap_or_default();
    if let Some(value) = said.strip_prefix("deterministic ").and_then(|value| value.parse::<f64>().ok()) {
        return Ok(json!(text(value)));
    }
    if said.starts_with("lognormal") {
        let (mu, sigma) = (row.param("mu_log")?, row.param("sigma_log")?);
        // The 0.99 quantile of the standard normal distribution.
        let p99 = (mu + 2.326_347_874_040_841 * sigma).exp();
        return Ok(json!({ "lognormal": { "median": text(mu.exp()), "p99": text(p99) } }));
    }
    let bounds = said.strip_prefix("uniform(").and_then(|rest| rest.strip_suffix(')')).and_then(|b| b.split_once(','));
    if let Some((Ok(low), Ok(high))) = bounds.map(|(low, high)| (low.trim().parse(), high.trim().parse())) {
        return Ok(json!({ "uniform": [text(low), text(high)] }));
    }
    Err(format!("work that is {said}"))
}

/// Each station hands a job on and is free: asynchronous services.
fn tandem(row: &Row) -> Result<Model, String> {
    const IDS: [&str; 10] = ["a", "b", "d", "e", "f", "g", "h", "i", "j", "k"];
    let (load, rate) = poisson(row)?;
    let params = row.params();
    let rates: Vec<f64> = params["mus"].as_array().into_iter().flatten().filter_map(Value::as_f64).collect();
    let stations =
        IDS.get(..rates.len()).filter(|ids| !ids.is_empty()).ok_or("no stations, or more than ten")?.to_vec();
    let one = |(id, mu): (&&str, &f64)| {
        let service = service(id, json!({ "exponential": text(1.0 / mu) }), json!(1), Value::Null);
        with(service, "threads", json!("async"))
    };
    let services: Vec<Value> = stations.iter().zip(&rates).map(one).collect();
    let mut links = vec![link("c", "a")];
    links.extend(stations.windows(2).map(|pair| link(pair[0], pair[1])));
    let scenario = scenario(load, json!(services), json!(links));
    Ok(Model { scenario, rate, stations, sojourn: Sojourn::Accepted, loss: Loss::Shed, output: Output::Good })
}

/// A failed attempt goes to the end of the queue again: retries without a wait or a limit.
fn feedback(row: &Row) -> Result<Model, String> {
    let failure = row.param("p_retry")?;
    let mut model = single(row, json!({ "exponential": mean(row)? }), json!(1), Value::Null)?;
    model.scenario["services"][1]["failure_rate"] = json!(failure);
    model.scenario["links"][0]["retry"] = json!({ "max_attempts": 100, "on": ["error"] });
    model.sojourn = Sojourn::Finished;
    Ok(model)
}

/// A caller that waits for a fixed time, and tells the callee that it has given up, or not.
fn patient(row: &Row, tells: bool) -> Result<Model, String> {
    let patience = row.param("tau")?;
    let mut model = single(row, json!({ "exponential": mean(row)? }), json!(1), Value::Null)?;
    model.scenario["links"][0]["timeout"] = json!(text(patience));
    model.scenario["links"][0]["cancel"] = json!(tells);
    // Where the callee is told, nobody is served who gave up in the queue; all that are served count, also too late.
    (model.loss, model.output) = if tells { (Loss::Queue, Output::Served) } else { (Loss::Client, Output::Good) };
    Ok(model)
}

fn closed(row: &Row) -> Result<Model, String> {
    let (users, think) = (row.param("N")?, row.param("think")?);
    let load = json!({ "client": "c", "users": users as u64, "think": { "exponential": text(think) } });
    let work = json!({ "exponential": mean(row)? });
    let scenario = scenario(load, json!([service("a", work, json!(1), Value::Null)]), json!([link("c", "a")]));
    let rate = row.required("throughput")?;
    Ok(Model { scenario, rate, stations: vec!["a"], sojourn: Sojourn::Client, loss: Loss::Shed, output: Output::Good })
}

/// A client that calls n services at once and waits for all.
fn fork(row: &Row) -> Result<Model, String> {
    let n = row.param("n")? as usize;
    let ids: Vec<String> = (0..n).map(|i| format!("s{i}")).collect();
    let work = json!({ "exponential": mean(row)? });
    let services: Vec<Value> = ids.iter().map(|id| service(id, work.clone(), Value::Null, Value::Null)).collect();
    let links: Vec<Value> = ids.iter().map(|id| link("c", id)).collect();
    if n > 199 {
        return Err("more services than a scenario may have".into());
    }
    let scenario = scenario(json!({ "client": "c", "poisson": 1 }), json!(services), json!(links));
    // Calls a second: wide forks make no more calls in all than narrow ones.
    let rate = n as f64;
    Ok(Model { scenario, rate, stations: vec!["s0"], sojourn: Sojourn::Client, loss: Loss::Shed, output: Output::Good })
}

/// A chain of exponential works during all of which the one worker of the first service is held.
fn held(row: &Row) -> Result<Model, String> {
    const IDS: [&str; 5] = ["a", "b", "d", "e", "f"];
    let (load, rate) = poisson(row)?;
    let params = row.params();
    let means: Vec<f64> = params["exp_means"].as_array().into_iter().flatten().filter_map(Value::as_f64).collect();
    let ids = IDS.get(..means.len()).filter(|ids| !ids.is_empty()).ok_or("no services, or more than five")?;
    let one = |(id, mean): (&&str, &f64)| service(id, json!({ "exponential": text(*mean) }), json!(1), Value::Null);
    let services: Vec<Value> = ids.iter().zip(&means).map(one).collect();
    let mut links = vec![link("c", "a")];
    links.extend(ids.windows(2).map(|pair| link(pair[0], pair[1])));
    let scenario = scenario(load, json!(services), json!(links));
    Ok(Model {
        scenario,
        rate,
        stations: vec!["a"],
        sojourn: Sojourn::Accepted,
        loss: Loss::Shed,
        output: Output::Good,
    })
}

/// One worker, held through all attempts of a call over a lossy link.
fn lossy(row: &Row) -> Result<Model, String> {
    let (load, rate) = poisson(row)?;
    let call = with(link("a", "b"), "timeout", json!(text(row.param("timeout")?)));
    let call = with(call, "loss", json!({ "request": row.param("p_loss")?, "response": 0.0 }));
    let call = with(call, "retry", json!({ "max_attempts": row.param("retries")? as u64 + 1 }));
    let services = json!([
        service("a", json!(text(row.param("local")?)), json!(1), Value::Null),
        service("b", json!(text(row.param("answer")?)), Value::Null, Value::Null),
    ]);
    let scenario = scenario(load, services, json!([link("c", "a"), call]));
    // The table counts what is served, whether or not its call succeeded; so does the utilisation.
    Ok(Model {
        scenario,
        rate,
        stations: vec!["a"],
        sojourn: Sojourn::Accepted,
        loss: Loss::Shed,
        output: Output::Served,
    })
}

/// At most c calls at once, without waiting, by the caller's bulkhead.
fn bulkhead(row: &Row) -> Result<Model, String> {
    let (load, rate) = poisson(row)?;
    let guarded = with(link("c", "a"), "bulkhead", json!({ "max_concurrent": row.required("c")? as u64 }));
    let work = json!({ "exponential": mean(row)? });
    // As many workers as permits, so that the utilisation is that of the permits.
    let services = json!([service("a", work, json!(row.required("c")? as u64), json!(0))]);
    let scenario = scenario(load, services, json!([guarded]));
    Ok(Model {
        scenario,
        rate,
        stations: vec!["a"],
        sojourn: Sojourn::Accepted,
        loss: Loss::Bulkhead,
        output: Output::Good,
    })
}

fn chain(row: &Row) -> Result<Model, String> {
    let (load, rate) = poisson(row)?;
    let params = row.params();
    let places = |key: &str| params[key].as_u64().map_or(Value::Null, |places| json!(places));
    let one = |id: &str, workers: &str, mu: &str, queue: &str| -> Result<Value, String> {
        let work = json!({ "exponential": text(1.0 / row.param(mu)?) });
        Ok(service(id, work, json!(row.param(workers)? as u64), places(queue)))
    };
    let services = json!([one("a", "cA", "muA", "queueA")?, one("b", "cB", "muB", "queueB")?]);
    let scenario = scenario(load, services, json!([link("c", "a"), link("a", "b")]));
    Ok(Model {
        scenario,
        rate,
        stations: vec!["a"],
        sojourn: Sojourn::Accepted,
        loss: Loss::Shed,
        output: Output::Good,
    })
}
