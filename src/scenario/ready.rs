//! The ready systems, the same natively and in the browser.

use super::{Arrivals, Goal, Kind, Legs, Link, Load, Objective, Scenario, Service, Team};
use crate::chance::Distribution;
use crate::time::Span;

/// A system to begin with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ready {
    /// Its name in addresses and files, e.g. `retry-storm`.
    pub id: &'static str,
    /// Its title, so that a list of them need not read the files.
    pub title: &'static str,
    /// The text of its scenario file.
    pub text: &'static str,
}

macro_rules! ready {
    ($($id:literal: $title:literal),* $(,)?) => {
        &[$(Ready { id: $id, title: $title, text: include_str!(concat!("../../static/scenarios/", $id, ".json")) }),*]
    };
}

/// All ready systems, in the order in which a learner meets them.
pub const READY: &[Ready] = ready![
    "overview": "Bank accounts: the overview page",
    "slow-dependency": "A slow dependency, and a timeout",
    "down": "A service is down: an error page, or a page with a gap",
    "transfer": "A transfer: did the money move?",
    "chain": "A chain, and 1.5 seconds",
    "retry-storm": "A storm of retries",
    "breaker": "A circuit breaker",
];

/// The first of them, without reading its file: for the first picture of the page.
pub fn first() -> Scenario {
    let service = |id: &str, name: &str, x: f64| Service {
        name: Some(name.into()),
        position: Some([x, 200.0]),
        ..Service::new(id, if x < 100.0 { Kind::Client } else { Kind::Service })
    };
    let ms = Span::millis;
    let link = |from: &str, to: &str, delay: Span, timeout: Span| Link {
        delay: Legs::both(Distribution::Constant(delay)),
        timeout: Some(timeout),
        ..Link::new(from, to)
    };
    let team = |id: &str, name: &str| Team { id: id.into(), name: name.into() };
    let objective = |name: &str, goal: Goal| Objective { name: name.into(), client: "web".into(), goal };
    let owned = |team: &str, workers: u32, work: Distribution, service: Service| Service {
        team: Some(team.into()),
        workers: Some(workers),
        queue: Some(50),
        work,
        ..service
    };
    Scenario {
        title: READY[0].title.into(),
        description: "The page asks the bank account service, which first asks another service whether the user may see the accounts: each waits until the one behind it has answered.".into(),
        seed: 56,
        services: vec![
            service("web", "Web application", 60.0),
            owned("team-a", 8, Distribution::Exponential { mean: ms(60) }, service("bank-account", "Bank account", 380.0)),
            owned("team-b", 4, Distribution::Constant(ms(80)), service("access-privilege", "Access privilege", 700.0)),
        ],
        links: vec![
            link("web", "bank-account", ms(120), ms(1_500)),
            Link {
                relationship: Some("customer-supplier".into()),
                ..link("bank-account", "access-privilege", ms(100), ms(800))
            },
        ],
        load: vec![Load {
            client: "web".into(),
            arrivals: Arrivals::Poisson(3.0),
            from: Span::ZERO,
            until: None,
            patience: None,
            asks_again: 0,
        }],
        objectives: vec![
            objective("The page answers", Goal::Success(0.99)),
            objective("The page is quick", Goal::Latency { quantile: 0.95, within: ms(1_500) }),
        ],
        teams: vec![team("team-a", "Team A"), team("team-b", "Team B")],
        ..Scenario::default()
    }
}

/// The ready system of an id.
pub fn find(id: &str) -> Option<&'static Ready> {
    READY.iter().find(|ready| ready.id == id)
}
