//! `budget` of a retry: a share of the calls, or tokens.

use super::part::Part;
use super::reader::Reader;
use super::writer::{Fields, number, span};
use crate::policy::budget::Config;
use crate::scenario::json::Json;
use crate::scenario::limits;
use crate::scenario::path::Path;
use crate::scenario::problem::Problems;

/// Retries per call, tokens, and tokens per success are at most this (as in gRPC's A6).
const MOST: f64 = 1_000.0;

impl Part for Config {
    fn read(r: &mut Reader, at: &Path, json: &Json) -> Option<Self> {
        const RATIO: [&str; 3] = ["ratio", "min_per_second", "window"];
        const TOKENS: [&str; 2] = ["max_tokens", "token_ratio"];
        const FIELDS: &[&str] = &["ratio", "min_per_second", "window", "max_tokens", "token_ratio"];
        let o = r.object(at, json, "a retry budget", FIELDS)?;
        if TOKENS.iter().any(|name| o.has(name)) {
            if let Some(name) = RATIO.into_iter().find(|name| o.has(name)) {
                return r.unread(&at.field(name), || {
                    "does not go with max_tokens and token_ratio: a budget is of one kind".to_owned()
                });
            }
            let max_tokens = r.required(&o, "max_tokens", Reader::number);
            let token_ratio = r.required(&o, "token_ratio", Reader::number);
            return Some(Config::Tokens { max_tokens: max_tokens?, token_ratio: token_ratio? });
        }
        let mut budget = Config::default();
        if let Config::Ratio { ratio, min_per_second, window } = &mut budget {
            r.fill(ratio, &o, "ratio", Reader::number);
            r.fill(min_per_second, &o, "min_per_second", Reader::number);
            r.fill(window, &o, "window", Reader::duration);
        }
        Some(budget)
    }

    fn write(&self) -> Json {
        let mut o = Fields::default();
        match self {
            Config::Ratio { ratio, min_per_second, window } => {
                o.put("ratio", number(ratio));
                o.unless(min_per_second, &Config::MIN_PER_SECOND, "min_per_second", number);
                o.unless(window, &Config::WINDOW, "window", span);
            }
            Config::Tokens { max_tokens, token_ratio } => {
                o.put("max_tokens", number(max_tokens));
                o.put("token_ratio", number(token_ratio));
            }
        }
        o.object()
    }

    fn check(&self, problems: &mut Problems, at: &Path) {
        match *self {
            Config::Ratio { ratio, min_per_second, window } => {
                problems.within(&at.field("ratio"), ratio, 0.0, MOST);
                problems.within(&at.field("min_per_second"), min_per_second, 0.0, limits::RATE);
                problems.span_above_zero(&at.field("window"), window);
            }
            Config::Tokens { max_tokens, token_ratio } => {
                problems.within(&at.field("max_tokens"), max_tokens, 1.0, MOST);
                problems.above_zero(&at.field("token_ratio"), token_ratio, MOST);
            }
        }
    }
}
