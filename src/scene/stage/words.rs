//! The words on the stage, in one place: short enough to be read in passing.

use super::hit::Message;
use crate::scenario::{Arrivals, Kind, Load, Scenario, Service};
use crate::scene::run::readout::{Badge, Why};
use crate::scene::words::{count, rate, span};
use crate::sim::view::Direction;
use crate::time::Span;

/// A message on its way, e.g. `#12, attempt 2, request`.
pub fn message(message: &Message) -> String {
    let way = match message.direction {
        Direction::Request => "request",
        Direction::Response => "response",
    };
    format!("#{}, attempt {}, {way}", message.intent, message.number)
}

/// What a badge says.
pub fn badge(why: Why, n: u64) -> String {
    let word = match why {
        Why::Down => "down",
        Why::Lost => "lost work",
        Why::QueueFull => "queue full",
        Why::Failed => "failed",
        Why::RateLimit => "rate limit",
        Why::Expired => "too late",
        Why::InProgress => "in progress",
        Why::Cancelled => "cancelled",
        Why::TimedOut => "timed out",
        Why::BreakerOpen => "not sent",
        Why::BulkheadFull => "no permit",
        Why::NoTime => "no time left",
    };
    if n == 1 { word.into() } else { format!("{word} ×{}", count(n)) }
}

/// How wide a badge is, in world units.
pub fn badge_width(badge: &Badge) -> f64 {
    6.5 * self::badge(badge.why, badge.count).chars().count() as f64 + 20.0
}

/// What a box is, for the line under its name: its team, or else its kind.
pub fn what(service: &Service, scenario: &Scenario) -> String {
    let team = service.team.as_ref().and_then(|id| scenario.teams.iter().find(|t| t.id == *id));
    match (team, service.kind) {
        (Some(team), _) => team.name.clone(),
        (None, Kind::External) => "third party".into(),
        (None, Kind::Stub) => "stub".into(),
        (None, Kind::Client) => load(&service.id, scenario),
        (None, Kind::Service) => "service".into(),
    }
}

/// What a client sends by itself.
fn load(client: &str, scenario: &Scenario) -> String {
    let mut loads = scenario.load.iter().filter(|l| l.client == client);
    match (loads.next(), loads.next()) {
        (None, _) => "click to send".into(),
        (Some(one), None) => arrivals(one),
        (Some(_), Some(_)) => "several loads".into(),
    }
}

fn arrivals(load: &Load) -> String {
    let every =
        |r: f64| if r > 0.0 && r < 1.0 { format!("1 every {}", span(Span::from_nanos_f64(1e9 / r))) } else { rate(r) };
    match &load.arrivals {
        Arrivals::Poisson(r) => format!("about {}", every(*r)),
        Arrivals::Constant(r) => every(*r),
        Arrivals::At(times) if times.len() == 1 => "1 request".into(),
        Arrivals::At(times) => format!("{} requests", times.len()),
        Arrivals::Users { users: 1, .. } => "1 user".into(),
        Arrivals::Users { users, .. } => format!("{users} users"),
        Arrivals::Profile(_) => "changing load".into(),
    }
}

/// How a kind is called to those who hear it.
pub const fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Client => "client",
        Kind::Service => "service",
        Kind::External => "external service",
        Kind::Stub => "stub",
    }
}
