//! A comparison of two runs of one length by their main numbers.

use crate::msg;
use crate::scenario::Scenario;
use crate::scenario::measure::field::ServiceCount;
use crate::scenario::measure::{ClientField, LatencyField, LedgerField, LinkField, Path, ServiceField};
use crate::scenario::topology::{LinkId, Role, ServiceId};
use crate::sim::Simulation;
use crate::text::{Message, count, duration, number, percent};
use crate::time::Span;

/// A measure of both runs.
#[derive(Clone, Debug, PartialEq)]
pub struct Contrast {
    /// The measure and its subject.
    pub measure: Message,
    /// The value of the first run.
    pub before: String,
    /// The value of the second run.
    pub after: String,
    /// Whether the second is better; `None`: they differ by less than a twentieth.
    pub better: Option<bool>,
}

/// The better direction of a measure.
#[derive(Clone, Copy, PartialEq)]
enum Good {
    More,
    Less,
}

/// The measures of all clients, all retrying links and the ledger, where they have values.
pub fn contrasts(before: &Simulation, after: &Simulation, document: &Scenario) -> Vec<Contrast> {
    let mut all = Vec::new();
    let name = |id: &str| document.services.iter().find(|s| s.id == id).map_or(id, |s| s.label()).to_string();
    for (client, id) in clients(after) {
        let Some(then) = before.service_id(id).filter(|then| before.client(*then).is_some()) else { continue };
        let mut add = |measure: Message, field, good, words: fn(f64) -> String| {
            let (a, b) = (before.value(Path::Client(then, field)), after.value(Path::Client(client, field)));
            all.extend(contrast(measure, a, b, good, words));
        };
        add(msg!("dock-compare-good-answers", client = name(id)), ClientField::SuccessRate, Good::More, percent);
        for (percentile, quantile) in [("p50", 0.5), ("p95", 0.95), ("p99", 0.99)] {
            let measure = msg!("dock-compare-latency", client = name(id), percentile = percentile);
            add(measure, ClientField::Latency(LatencyField::Quantile(quantile)), Good::Less, millis);
        }
    }
    for (place, link) in (0..).zip(&after.topology().links) {
        let (from, to) = link.id.split_once("->").unwrap_or((&link.id, ""));
        let Some(then) = before.link_id(from, to) else { continue };
        let amplification = |sim: &Simulation, link| sim.value(Path::Link(link, LinkField::Amplification));
        let (a, b) = (amplification(before, then), amplification(after, LinkId(place)));
        if [a, b].iter().flatten().any(|attempts| *attempts > 1.0) {
            let measure = msg!("dock-compare-attempts", caller = name(from), callee = name(to));
            all.extend(contrast(measure, a, b, Good::Less, |v| number(libm::round(v * 100.0) / 100.0)));
        }
    }
    let mut add = |measure: Message, of: &dyn Fn(&Simulation) -> f64| {
        let (a, b) = (of(before), of(after));
        if a.max(b) > 0.0 {
            all.extend(contrast(measure, Some(a), Some(b), Good::Less, |v| count(v as u64)));
        }
    };
    let of_services = |field: ServiceCount| {
        move |sim: &Simulation| {
            let services = (0..sim.topology().services.len() as u32).map(ServiceId);
            services.filter_map(|id| sim.value(Path::Service(id, ServiceField::Count(field)))).sum::<f64>()
        }
    };
    let of_ledger = |field: LedgerField| move |sim: &Simulation| sim.value(Path::Ledger(field)).unwrap_or_default();
    add(msg!("dock-compare-wasted"), &of_services(ServiceCount::Wasted));
    add(msg!("dock-compare-shed"), &of_services(ServiceCount::Shed));
    add(msg!("dock-compare-duplicates"), &of_ledger(LedgerField::Duplicates));
    add(msg!("dock-compare-unknown"), &of_ledger(LedgerField::Unknown));
    all
}

/// The clients of a run, with their ids.
fn clients(sim: &Simulation) -> impl Iterator<Item = (ServiceId, &str)> {
    let all = (0..).zip(&sim.topology().services);
    all.filter(|(_, s)| matches!(s.role, Role::Client { .. })).map(|(place, s)| (ServiceId(place), s.id.as_str()))
}

fn millis(ms: f64) -> String {
    duration(Span::from_nanos_f64(ms * 1e6))
}

fn contrast(
    measure: Message,
    a: Option<f64>,
    b: Option<f64>,
    good: Good,
    words: impl Fn(f64) -> String,
) -> Option<Contrast> {
    a.or(b)?;
    let better = a.zip(b).and_then(|(a, b)| {
        let differ = (a - b).abs() > 0.05 * a.abs().max(b.abs());
        // Of shares, half a per cent matters.
        let differ = differ || (good == Good::More && (a - b).abs() > 0.005);
        differ.then(|| (b > a) == (good == Good::More))
    });
    let shown = |v: Option<f64>| v.map_or("–".into(), &words);
    Some(Contrast { measure, before: shown(a), after: shown(b), better })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::ready::find;

    fn storm(change: impl FnOnce(&mut Scenario)) -> (Simulation, Scenario) {
        let mut scenario = Scenario::from_json(find("retry-storm").unwrap().text).unwrap();
        change(&mut scenario);
        let mut simulation = Simulation::start(&scenario).unwrap();
        simulation.run_to_end();
        (simulation, scenario)
    }

    #[test]
    fn a_run_is_neither_better_nor_worse_than_itself() {
        let (run, scenario) = storm(|_| {});
        let all = contrasts(&run, &run, &scenario);
        assert!(all.len() >= 7);
        assert!(all.iter().all(|c| c.better.is_none() && c.before == c.after), "{all:?}");
    }

    #[test]
    fn without_retries_the_storm_does_not_come() {
        let (before, scenario) = storm(|_| {});
        let (after, _) = storm(|s| s.links.iter_mut().for_each(|l| l.retry = None));
        let all = contrasts(&before, &after, &scenario);
        let better = |measure: &str| all.iter().find(|c| c.measure.text() == measure).and_then(|c| c.better);
        assert_eq!(better("Web shop: good answers"), Some(true));
        assert_eq!(better("Orders → Stock: attempts per call"), Some(true));
        assert_eq!(better("Work that nobody waited for"), Some(true));
    }
}
