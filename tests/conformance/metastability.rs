//! Collapse that outlives its cause.
//!
//! "Metastable Failures in Distributed Systems" (HotOS 2021) describes a database that answers up to 300 queries a
//! second, a timeout of a second with one retry, and a link that is down for ten seconds and then delivers all that was
//! sent meanwhile. Under 280 queries a second it never comes back; under less than 150 it does.

use crate::reader::{Reader, Reading, refuse};
use crate::verdict::{Case, Trial, all, if_expected, near, same, trial};
use crate::world::{Batch, estimate, span};
use serde_json::json;
use std::cell::Cell;

/// Reads `{published: [...], brooker_simple_collapse: {...}}`.
pub fn read(document: &Reader) -> Option<Vec<Case>> {
    let published = document.vectors("published")?;
    let mut cases: Vec<Case> = published.iter().map(|vector| Case::named(vector, replay)).collect();
    if document.has("brooker_simple_collapse") {
        // One vector, refused as a whole.
        document.disregard("brooker_simple_collapse");
        let reason = "work that takes the longer the more is under way; here the number of workers limits it";
        cases.push(Case { name: "brooker_simple_collapse".into(), trial: refuse(reason) });
    }
    Some(cases)
}

/// The numbers of the paper's story.
#[derive(Clone, Copy)]
struct Story {
    /// Queries a second that the database answers.
    capacity: f64,
    timeout: f64,
    attempts: u64,
    /// How long the link is down, in seconds.
    outage: f64,
}

impl Story {
    fn read(vector: &Reader) -> Reading<Option<Story>> {
        let number = |text: Option<&str>, before: &str, after: &str| {
            text.and_then(|text| text.strip_prefix(before)?.strip_suffix(after)?.parse::<f64>().ok())
        };
        // The first two are sentences: as good as a form with one blank, as long as no other sentence passes for them.
        let database = number(vector.text("db")?, "<100 ms below ", " QPS, an order of magnitude worse above");
        let outage = number(
            vector.text("trigger")?,
            "",
            " s link outage; all packets of the outage incl. retries are RETRANSMITTED at its end",
        );
        let (Some(capacity), Some(outage), Some(timeout), Some(retries)) =
            (database, outage, vector.number("timeout_s")?, vector.count("retries")?)
        else {
            return Ok(None);
        };
        Ok(Some(Story { capacity, timeout, attempts: retries + 1, outage }))
    }
}

fn replay(vector: &Reader) -> Reading<Trial> {
    if vector.has("hit_rate") {
        return refuse("a cache that loses its content");
    }
    if vector.has("load_rps") || vector.has("formula") {
        return refuse("the capacity under overload is not published");
    }
    let (Some(story), Some(load), Some(stable)) =
        (Story::read(vector)?, vector.number("load")?, vector.number("stable_below")?)
    else {
        return refuse("a scenario in words only");
    };
    let outcome = vector.object("outcome")?;
    let (attempts, goodput, stays) = (outcome.number("attempts")?, outcome.number("goodput")?, outcome.flag("stays")?);
    trial(move || {
        let collapsed = after_the_outage(story, load)?;
        let calm = after_the_outage(story, 0.9 * stable)?;
        Ok(all([
            if_expected(attempts, |expected| {
                near("attempts a second", expected, collapsed.attempts, 0.05 * collapsed.attempts)
            }),
            if_expected(goodput, |expected| near("goodput", expected, collapsed.goodput, 0.01 * load)),
            if_expected(stays, |expected| same("stays collapsed", expected, collapsed.last_goodput < 0.1 * load)),
            near("goodput under a load that is stable", 0.9 * stable, calm.goodput, 0.05 * stable),
        ]))
    })
}

/// What happens a second in the minutes after the outage.
struct After {
    attempts: f64,
    goodput: f64,
    /// The goodput in the last two of these minutes.
    last_goodput: f64,
}

fn after_the_outage(story: Story, load: f64) -> Result<After, String> {
    // What is sent during the outage arrives at its end: one fault after another, each with less delay.
    let (begin, step) = (20.0, 0.1);
    let steps = (story.outage / step).round() as u32;
    let delayed = |i: u32| {
        let at = begin + f64::from(i) * step;
        json!({ "at": span(at).to_string(), "for": span(step).to_string(), "link": ["c", "db"],
                "delay": span(begin + story.outage - at).to_string() })
    };
    let work = json!({ "exponential": span(1.0 / story.capacity).to_string() });
    let scenario = json!({
        "format": "callchain/1", "horizon": "1h",
        "services": [
            { "id": "c", "kind": "client" },
            { "id": "db", "workers": 1, "queue": null, "work": work },
        ],
        "links": [{ "from": "c", "to": "db", "delay": "0ms", "timeout": span(story.timeout).to_string(),
                    "retry": { "max_attempts": story.attempts } }],
        "load": [{ "client": "c", "poisson": load }],
        "faults": (0..steps).map(delayed).collect::<Vec<_>>(),
    });
    let last = Cell::new(f64::NAN);
    // The first batch is thrown away: it ends long after the outage.
    let ([attempts, goodput], _) = estimate(&scenario, span(120.0 * 21.0), |batch: &Batch| {
        let attempts = batch.link("c->db", |link| link.attempts as f64);
        let good = batch.client("c", |client| client.outcomes.successes() as f64);
        last.set(good / batch.seconds);
        [attempts / batch.seconds, good / batch.seconds]
    })?;
    Ok(After { attempts: attempts.mean, goodput: goodput.mean, last_goodput: last.get() })
}
