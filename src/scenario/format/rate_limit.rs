//! `rate_limit` of a service.

use super::part::Part;
use super::reader::Reader;
use super::writer::{Fields, number};
use crate::policy::rate_limit::Config;
use crate::scenario::json::Json;
use crate::scenario::limits;
use crate::scenario::path::Path;
use crate::scenario::problem::Problems;

impl Part for Config {
    fn read(r: &mut Reader, at: &Path, json: &Json) -> Option<Self> {
        let o = r.object(at, json, "a rate limit", &["per_second", "burst"])?;
        let per_second = r.required(&o, "per_second", Reader::number);
        let burst = r.optional(&o, "burst", Reader::number);
        let default = Config::of(per_second?);
        Some(Config { burst: burst.unwrap_or(default.burst), ..default })
    }

    fn write(&self) -> Json {
        let Config { per_second, burst } = self;
        let mut o = Fields::default();
        o.put("per_second", number(per_second));
        o.unless(burst, &Config::of(*per_second).burst, "burst", number);
        o.object()
    }

    fn check(&self, problems: &mut Problems, at: &Path) {
        let Config { per_second, burst } = *self;
        problems.above_zero(&at.field("per_second"), per_second, limits::RATE);
        problems.within(&at.field("burst"), burst, 1.0, limits::BURST);
    }
}
