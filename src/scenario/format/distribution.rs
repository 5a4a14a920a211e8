//! A distribution of durations: one duration, or a shape with its parameters.

use super::part::Part;
use super::reader::Reader;
use super::writer::{list, number, object, span};
use crate::chance::Distribution;
use crate::scenario::json::Json;
use crate::scenario::limits;
use crate::scenario::path::Path;
use crate::scenario::problem::Problems;

impl Part for Distribution {
    fn read(r: &mut Reader, at: &Path, json: &Json) -> Option<Self> {
        const NAMES: &[&str] = &["exponential", "uniform", "normal", "lognormal", "pareto", "empirical"];
        const WHAT: &str = "a distribution";
        match json {
            Json::Text(_) => return r.duration(at, json).map(Distribution::Constant),
            Json::Object(_) => {}
            _ => {
                return r.unread(at, || format!("{json} is neither a duration, e.g. \"250ms\", nor a distribution"));
            }
        }
        let o = r.object(at, json, WHAT, NAMES)?;
        match r.exactly_one(&o, WHAT, NAMES)? {
            "exponential" => {
                r.required(&o, "exponential", Reader::duration).map(|mean| Distribution::Exponential { mean })
            }
            "uniform" => {
                let [low, high] = r.required(&o, "uniform", Reader::two_durations)?;
                Some(Distribution::Uniform { low, high })
            }
            "normal" => {
                let (mean, sd) = r.required(&o, "normal", |r, at, json| {
                    let o = r.object(at, json, "a normal distribution", &["mean", "sd"])?;
                    r.required(&o, "mean", Reader::duration).zip(r.required(&o, "sd", Reader::duration))
                })?;
                Some(Distribution::Normal { mean, sd })
            }
            "lognormal" => {
                let (median, p99) = r.required(&o, "lognormal", |r, at, json| {
                    let o = r.object(at, json, "a lognormal distribution", &["median", "p99"])?;
                    r.required(&o, "median", Reader::duration).zip(r.required(&o, "p99", Reader::duration))
                })?;
                Some(Distribution::Lognormal { median, p99 })
            }
            "pareto" => {
                let (min, shape) = r.required(&o, "pareto", |r, at, json| {
                    let o = r.object(at, json, "a Pareto distribution", &["min", "shape"])?;
                    r.required(&o, "min", Reader::duration).zip(r.required(&o, "shape", Reader::number))
                })?;
                Some(Distribution::Pareto { min, shape })
            }
            _ => r.required(&o, "empirical", Reader::durations).map(Distribution::Empirical),
        }
    }

    fn write(&self) -> Json {
        match self {
            Distribution::Constant(value) => span(value),
            Distribution::Exponential { mean } => object([("exponential", span(mean))]),
            Distribution::Uniform { low, high } => object([("uniform", list(&[*low, *high], span))]),
            Distribution::Normal { mean, sd } => object([("normal", object([("mean", span(mean)), ("sd", span(sd))]))]),
            Distribution::Lognormal { median, p99 } => {
                object([("lognormal", object([("median", span(median)), ("p99", span(p99))]))])
            }
            Distribution::Pareto { min, shape } => {
                object([("pareto", object([("min", span(min)), ("shape", number(shape))]))])
            }
            Distribution::Empirical(samples) => object([("empirical", list(samples, span))]),
        }
    }

    fn check(&self, problems: &mut Problems, at: &Path) {
        match self {
            Distribution::Constant(span) => problems.span(at, *span),
            Distribution::Exponential { mean } => problems.span(&at.field("exponential"), *mean),
            Distribution::Uniform { low, high } => {
                let at = at.field("uniform");
                problems.span(&at.item(0), *low);
                problems.span(&at.item(1), *high);
                if high < low {
                    problems
                        .report(&at, || format!("goes from \"{low}\" down to \"{high}\"; the shorter one comes first"));
                }
            }
            Distribution::Normal { mean, sd } => {
                let at = at.field("normal");
                problems.span(&at.field("mean"), *mean);
                problems.span(&at.field("sd"), *sd);
            }
            Distribution::Lognormal { median, p99 } => {
                let at = at.field("lognormal");
                problems.span_above_zero(&at.field("median"), *median);
                problems.span(&at.field("p99"), *p99);
                if p99 < median {
                    problems.report(&at.field("p99"), || format!("\"{p99}\" is shorter than the median, \"{median}\""));
                }
            }
            Distribution::Pareto { min, shape } => {
                let at = at.field("pareto");
                problems.span(&at.field("min"), *min);
                problems.above_zero(&at.field("shape"), *shape, limits::FACTOR);
            }
            Distribution::Empirical(samples) => {
                let at = at.field("empirical");
                if samples.is_empty() {
                    problems.report(&at, || "is empty; at least one duration is needed".to_owned());
                }
                if problems.length(&at, samples.len(), limits::LIST) {
                    samples.iter().enumerate().for_each(|(i, span)| problems.span(&at.item(i), *span));
                }
            }
        }
    }
}
