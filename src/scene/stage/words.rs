//! The words on the stage, short enough to read at a glance.

use super::hit;
use crate::scenario::{Arrivals, Kind, Load, Scenario, Service};
use crate::scene::run::readout::{Badge, Why};
use crate::sim::view::Direction;
use crate::text::{Id, Message, Rate, Value, count};
use crate::time::Span;
use crate::{id, msg};

/// A message in flight, e.g. `#12, attempt 2, request`.
pub fn message(message: &hit::Message) -> Message {
    let (request, attempt) = (message.intent, message.number);
    match message.direction {
        Direction::Request => msg!("mark-message-request", request = request, attempt = attempt),
        Direction::Response => msg!("mark-message-response", request = request, attempt = attempt),
    }
}

/// The text of a badge, e.g. `queue full ×12`.
pub fn badge(why: Why, n: u64) -> String {
    let word = badge_word(why).text();
    if n == 1 { word } else { format!("{word} ×{}", count(n)) }
}

const fn badge_word(why: Why) -> Id {
    match why {
        Why::Down => id!("badge-down"),
        Why::Lost => id!("badge-lost"),
        Why::QueueFull => id!("badge-queue-full"),
        Why::Failed => id!("badge-failed"),
        Why::RateLimit => id!("badge-rate-limit"),
        Why::Expired => id!("badge-expired"),
        Why::InProgress => id!("badge-in-progress"),
        Why::Cancelled => id!("badge-cancelled"),
        Why::TimedOut => id!("badge-timed-out"),
        Why::BreakerOpen => id!("badge-breaker-open"),
        Why::BulkheadFull => id!("badge-bulkhead-full"),
        Why::NoTime => id!("badge-no-time"),
    }
}

/// The width of a badge, in world units.
pub fn badge_width(badge: &Badge) -> f64 {
    6.5 * self::badge(badge.why, badge.count).chars().count() as f64 + 20.0
}

/// The line under the name of a box: its team, or else its kind.
pub fn subtitle(service: &Service, scenario: &Scenario) -> Value {
    let team = service.team.as_ref().and_then(|id| scenario.teams.iter().find(|t| t.id == *id));
    match (team, service.kind) {
        (Some(team), _) => Value::from(&team.name),
        (None, Kind::External) => id!("stage-third-party").into(),
        (None, Kind::Stub) => id!("stage-stub").into(),
        (None, Kind::Client) => load(&service.id, scenario).into(),
        (None, Kind::Service) => id!("stage-service").into(),
    }
}

/// The automatic load of a client.
fn load(client: &str, scenario: &Scenario) -> Message {
    let mut loads = scenario.load.iter().filter(|l| l.client == client);
    match (loads.next(), loads.next()) {
        (None, _) => msg!("stage-click-to-send"),
        (Some(one), None) => arrivals(one),
        (Some(_), Some(_)) => msg!("stage-several-loads"),
    }
}

fn arrivals(load: &Load) -> Message {
    let slow = |rate: f64| (rate > 0.0 && rate < 1.0).then(|| Span::from_nanos_f64(1e9 / rate));
    match &load.arrivals {
        Arrivals::Poisson(rate) => match slow(*rate) {
            Some(span) => msg!("stage-about-every", span = span),
            None => msg!("stage-about", rate = Rate(*rate)),
        },
        Arrivals::Constant(rate) => match slow(*rate) {
            Some(span) => msg!("stage-every", span = span),
            None => msg!("stage-rate", rate = Rate(*rate)),
        },
        Arrivals::At(times) => msg!("stage-requests", count = times.len()),
        Arrivals::Users { users, .. } => msg!("stage-users", count = *users),
        Arrivals::Profile(_) => msg!("stage-changing-load"),
    }
}

/// The name of a kind for screen readers.
pub const fn kind(kind: Kind) -> Id {
    match kind {
        Kind::Client => id!("spoken-kind-client"),
        Kind::Service => id!("spoken-kind-service"),
        Kind::External => id!("spoken-kind-external"),
        Kind::Stub => id!("spoken-kind-stub"),
    }
}
