//! A fault of the schedule.

use super::part::Part;
use super::reader::{Object, Reader, described};
use super::writer::{Fields, flag, list, number, span, text, word};
use crate::scenario::json::Json;
use crate::scenario::path::Path;
use crate::scenario::problem::Problems;
use crate::scenario::{Fault, FaultEffect, limits};

impl Part for Fault {
    fn read(r: &mut Reader, at: &Path, json: &Json) -> Option<Self> {
        const FIELDS: &[&str] = &["at", "for", "service", "link", "down", "slow", "failing", "drop", "delay"];
        let o = r.object(at, json, "a fault", FIELDS)?;
        let mut fault = Fault::default();
        r.fill(&mut fault.at, &o, "at", Reader::duration);
        fault.lasts = r.optional(&o, "for", Reader::duration);
        match effect(r, &o) {
            Some(effect) => fault.effect = effect,
            // Nothing is known about the thing that it hits.
            None => r.problems.mark_unread(at),
        }
        Some(fault)
    }

    fn write(&self) -> Json {
        let mut o = Fields::default();
        o.put("at", span(&self.at));
        o.some("for", &self.lasts, span);
        match &self.effect {
            FaultEffect::Down { service } => {
                o.put("service", text(service));
                o.put("down", flag(&true));
            }
            FaultEffect::Slow { service, factor } => {
                o.put("service", text(service));
                o.put("slow", number(factor));
            }
            FaultEffect::Failing { service, probability } => {
                o.put("service", text(service));
                o.put("failing", number(probability));
            }
            FaultEffect::Drop { link, legs } => {
                o.put("link", list(link, text));
                o.put("drop", word(legs));
            }
            FaultEffect::Delay { link, added } => {
                o.put("link", list(link, text));
                o.put("delay", span(added));
            }
        }
        o.object()
    }

    fn check(&self, problems: &mut Problems, at: &Path) {
        problems.span(&at.field("at"), self.at);
        if let Some(lasts) = self.lasts {
            problems.span(&at.field("for"), lasts);
        }
        match &self.effect {
            FaultEffect::Down { .. } | FaultEffect::Drop { .. } => {}
            FaultEffect::Slow { factor, .. } => problems.above_zero(&at.field("slow"), *factor, limits::FACTOR),
            FaultEffect::Failing { probability, .. } => problems.share(&at.field("failing"), *probability),
            FaultEffect::Delay { added, .. } => problems.span(&at.field("delay"), *added),
        }
    }
}

fn effect(r: &mut Reader, o: &Object) -> Option<FaultEffect> {
    const KINDS: &[&str] = &["down", "slow", "failing", "drop", "delay"];
    let kind = r.exactly_one(o, "a fault", KINDS)?;
    let (target, other) = if matches!(kind, "drop" | "delay") { ("link", "service") } else { ("service", "link") };
    if o.has(other) {
        return r.unread(&o.at.field(other), || format!("{kind:?} happens to a {target}, not to a {other}"));
    }
    let at = o.at;
    match kind {
        "down" => {
            let (down, service) = (r.required(o, "down", Reader::flag), r.required(o, "service", Reader::text));
            if down? {
                Some(FaultEffect::Down { service: service? })
            } else {
                r.unread(&at.field("down"), || "false is no fault; leave the fault out".to_owned())
            }
        }
        "slow" => {
            let (factor, service) = (r.required(o, "slow", Reader::number), r.required(o, "service", Reader::text));
            Some(FaultEffect::Slow { service: service?, factor: factor? })
        }
        "failing" => {
            let (share, service) = (r.required(o, "failing", Reader::number), r.required(o, "service", Reader::text));
            Some(FaultEffect::Failing { service: service?, probability: share? })
        }
        "drop" => {
            let (legs, link) = (r.required(o, "drop", Reader::word), r.required(o, "link", ends));
            Some(FaultEffect::Drop { link: link?, legs: legs? })
        }
        _ => {
            let (added, link) = (r.required(o, "delay", Reader::duration), r.required(o, "link", ends));
            Some(FaultEffect::Delay { link: link?, added: added? })
        }
    }
}

fn ends(r: &mut Reader, at: &Path, json: &Json) -> Option<[String; 2]> {
    match json {
        Json::List(items) => match items.as_slice() {
            [from, to] => {
                let (from, to) = (r.text(&at.item(0), from), r.text(&at.item(1), to));
                Some([from?, to?])
            }
            _ => r.unread(at, || format!("{} is not the two ends of a link", described(json))),
        },
        _ => r.unread(at, || format!("{json} is not the two ends of a link, e.g. [\"web\", \"bank\"]")),
    }
}
