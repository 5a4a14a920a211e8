//! The speed of watching: the first speed, and the steps of the slider.

use crate::scenario::topology::{Role, ServiceId, Topology};
use crate::time::Span;

/// The slowest and the fastest speed, in simulated seconds per second of watching.
pub const SPEEDS: (f64, f64) = (1e-3, 1e3);
/// The time of one round trip, in seconds of watching.
const WATCHED: f64 = 2.0;
/// The least time of a typical message, in seconds of watching, so that it can be followed.
const TRAVEL: f64 = 0.3;
/// The longest chain that counts: longer ones take for ever to watch anyway.
const DEEPEST: usize = 16;

/// The speed at which a typical request of a client takes about two seconds to watch, or slower if its messages could
/// not be followed: 1, 2 or 5 times a power of ten.
pub fn first_speed(topology: &Topology) -> f64 {
    let mut known = vec![None; topology.services.len()];
    let is_client = |i: &usize| topology.services.get(*i).is_some_and(|s| matches!(s.role, Role::Client { .. }));
    let clients = (0..topology.services.len()).filter(is_client);
    let longest = clients.map(|i| lasts(topology, ServiceId(i as u32), &mut known, 0)).max().unwrap_or(Span::ZERO);
    if longest == Span::ZERO {
        return 1.0;
    }
    let legs = topology.links.iter().filter_map(|l| Some((l.delay.request.mean()? + l.overhead).as_secs_f64()));
    let legs: Vec<f64> = legs.filter(|leg| *leg > 0.0).collect();
    // The mean favours slow clients: nobody wants to wait a thousand times as long for the fast ones.
    let typical = if legs.is_empty() { f64::INFINITY } else { legs.iter().sum::<f64>() / legs.len() as f64 };
    rounded((longest.as_secs_f64() / WATCHED).min(typical / TRAVEL))
}

/// The typical time of a request at this service, with all its calls.
fn lasts(topology: &Topology, id: ServiceId, known: &mut Vec<Option<Span>>, depth: usize) -> Span {
    let Some(service) = topology.services.get(id.index()) else { return Span::ZERO };
    if let Some(Some(span)) = known.get(id.index()) {
        return *span;
    }
    if depth > DEEPEST {
        return Span::ZERO;
    }
    // A service in a cycle of calls counts once.
    if let Some(slot) = known.get_mut(id.index()) {
        *slot = Some(Span::ZERO);
    }
    let mut span = match &service.role {
        Role::Client { .. } => Span::ZERO,
        Role::Server => service.work.mean().unwrap_or(Span::ZERO),
        Role::Stub { script, .. } => script.iter().map(|r| r.after).min().unwrap_or(Span::ZERO),
    };
    for stage in &service.stages {
        let call = |link: &crate::scenario::topology::LinkId| {
            let Some(link) = topology.links.get(link.index()) else { return Span::ZERO };
            let legs = [&link.delay.request, &link.delay.response];
            let travels = legs.map(|leg| leg.mean().unwrap_or(Span::ZERO) + link.overhead);
            travels[0] + travels[1] + lasts(topology, link.to, known, depth + 1)
        };
        span += stage.iter().map(call).max().unwrap_or(Span::ZERO);
    }
    if let Some(slot) = known.get_mut(id.index()) {
        *slot = Some(span);
    }
    span
}

/// The nearest of 1, 2 and 5 times a power of ten, by ratio, within [`SPEEDS`].
pub fn rounded(speed: f64) -> f64 {
    let mut best = 1.0;
    for power in -3..=3 {
        let ten = libm::pow(10.0, f64::from(power));
        for step in [1.0, 2.0, 5.0] {
            let candidate = ten * step;
            let off = |x: f64| libm::fabs(libm::log(x / speed));
            if off(candidate) < off(best) {
                best = candidate;
            }
        }
    }
    best.clamp(SPEEDS.0, SPEEDS.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn speeds_are_rounded_to_what_a_slider_can_say() {
        for (speed, wanted) in [(0.05, 0.05), (0.07, 0.05), (0.08, 0.1), (1.2, 1.0), (1e-9, 1e-3), (1e9, 1e3)] {
            assert!((rounded(speed) / wanted - 1.0).abs() < 1e-9, "{speed}");
        }
    }
}
