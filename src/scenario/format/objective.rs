//! An objective: what a client expects.

use super::part::Part;
use super::reader::{Object, Reader};
use super::writer::{Fields, number, span, text};
use crate::scenario::json::Json;
use crate::scenario::path::Path;
use crate::scenario::problem::Problems;
use crate::scenario::{Goal, Objective, limits};

impl Part for Objective {
    fn read(r: &mut Reader, at: &Path, json: &Json) -> Option<Self> {
        let o = r.object(at, json, "an objective", &["name", "client", "success", "quantile", "within", "expect"])?;
        // A condition names the things that it is about.
        let client = if o.has("expect") { None } else { r.required(&o, "client", Reader::text) };
        let client = client.unwrap_or_default();
        let goal = goal(r, &o).unwrap_or_default();
        let usual_name = || match &goal {
            Goal::Success(_) => format!("{client}: success"),
            Goal::Latency { .. } => format!("{client}: latency"),
            Goal::Expect(condition) => condition.chars().take(limits::NAME_CHARS).collect(),
        };
        let name = r.optional(&o, "name", Reader::text).unwrap_or_else(usual_name);
        Some(Objective { name, client, goal })
    }

    fn write(&self) -> Json {
        let mut o = Fields::default();
        o.put("name", text(&self.name));
        if !matches!(self.goal, Goal::Expect(_)) {
            o.put("client", text(&self.client));
        }
        match &self.goal {
            Goal::Success(share) => o.put("success", number(share)),
            Goal::Latency { quantile, within } => {
                o.put("quantile", number(quantile));
                o.put("within", span(within));
            }
            Goal::Expect(condition) => o.put("expect", text(condition)),
        }
        o.object()
    }

    fn check(&self, problems: &mut Problems, at: &Path) {
        problems.text(&at.field("name"), &self.name, limits::NAME_CHARS);
        match &self.goal {
            Goal::Success(share) => problems.share(&at.field("success"), *share),
            Goal::Latency { quantile, within } => {
                problems.share(&at.field("quantile"), *quantile);
                problems.span(&at.field("within"), *within);
            }
            // Whether it can be read depends on the things that the scenario has.
            Goal::Expect(_) => {}
        }
    }
}

fn goal(r: &mut Reader, o: &Object) -> Option<Goal> {
    if o.has("expect") {
        for name in ["client", "success", "quantile", "within"].into_iter().filter(|name| o.has(name)) {
            r.unread::<()>(&o.at.field(name), || "does not go with expect, which names what it is about".to_owned());
        }
        return r.optional(o, "expect", Reader::text).map(Goal::Expect);
    }
    if o.has("success") {
        for name in ["quantile", "within"].into_iter().filter(|name| o.has(name)) {
            r.unread::<()>(&o.at.field(name), || "does not go with success: an objective has one measure".to_owned());
        }
        return r.optional(o, "success", Reader::number).map(Goal::Success);
    }
    if !o.has("quantile") && !o.has("within") {
        return r.unread(&o.at.field("success"), || "missing, or else quantile and within, or expect".to_owned());
    }
    let (quantile, within) = (r.required(o, "quantile", Reader::number), r.required(o, "within", Reader::duration));
    Some(Goal::Latency { quantile: quantile?, within: within? })
}
