//! Random scenarios: valid, varied, with every policy, and small enough to run.
//!
//! Services are in a fixed order and only call later ones, so that no calls form a circle. Rates and numbers are small.

use callchain::chance::Distribution;
use callchain::outcome::{Outcome, OutcomeSet};
use callchain::policy::breaker::{self, Trip, Window};
use callchain::policy::retry::{self, Backoff, Jitter};
use callchain::policy::{budget, bulkhead, deadline, fallback, hedge, idempotency, rate_limit};
use callchain::scenario::words::{RELATIONSHIPS, Word};
use callchain::scenario::{
    Arrivals, Ask, Compensate, Discipline, DroppedLegs, Fault, FaultEffect, Goal, Kind, Legs, Link, Load, Method,
    Objective, Protocol, Repeat, Reply, Scenario, Service, Team, Threads,
};
use callchain::time::Span;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use std::collections::BTreeMap;

/// A valid scenario: one or two clients, and up to five services, some of them stubs.
pub fn scenario() -> impl Strategy<Value = Scenario> {
    services().prop_flat_map(|services| {
        let pairs = pairs(&services);
        let links = vec(any::<prop::sample::Index>(), 0..8).prop_flat_map(move |picked| links(&pairs, &picked));
        (Just(services), links).prop_flat_map(|(services, links)| {
            let world = (loads(&services), faults(&services, &links), objectives(&services, &links));
            let rest = (text(), long_text(), any::<u64>(), 1u64..5_000, option::of(text()));
            (Just(services), Just(links), world, rest).prop_map(|(services, links, world, rest)| {
                let (load, faults, objectives) = world;
                let (title, description, seed, millis, team) = rest;
                let mut scenario = Scenario {
                    title,
                    description,
                    seed,
                    horizon: Span::millis(millis),
                    services,
                    links,
                    load,
                    faults,
                    objectives,
                    teams: Vec::new(),
                };
                if let Some(name) = team {
                    scenario.teams.push(Team { id: "team-a".to_owned(), name });
                    scenario.services.iter_mut().for_each(|service| service.team = Some("team-a".to_owned()));
                }
                make_valid(&mut scenario);
                scenario
            })
        })
    })
}

/// Removes combinations that are not allowed, which is easier than never generating them.
fn make_valid(scenario: &mut Scenario) {
    let remembers: BTreeMap<&str, bool> = scenario
        .services
        .iter()
        .map(|service| (service.id.as_str(), service.effect.is_some() || service.idempotency.is_some()))
        .collect();
    for link in &mut scenario.links {
        if !link.method.is_idempotent() && !link.request_id {
            link.hedge = None;
        }
        if remembers.get(link.to.as_str()) != Some(&true) {
            link.ask = None;
            link.compensate = None;
        }
    }
}

/// The pairs that a link can connect: from a client or service to a later service or stub.
fn pairs(services: &[Service]) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    for (i, from) in services.iter().enumerate().filter(|(_, from)| from.kind != Kind::Stub) {
        for to in services.iter().skip(i + 1).filter(|to| to.kind != Kind::Client) {
            pairs.push((from.id.clone(), to.id.clone()));
        }
    }
    pairs
}

fn text() -> impl Strategy<Value = String> {
    "[a-zA-Z äöü€\"\\\\/]{0,12}"
}

fn long_text() -> impl Strategy<Value = String> {
    "[a-z .\n\t\"]{0,30}"
}

/// Durations from 0 to some hundred milliseconds, some of them odd.
fn span() -> impl Strategy<Value = Span> {
    prop_oneof![(0u64..400).prop_map(Span::millis), (0u64..50_000_000).prop_map(Span::nanos)]
}

fn span_above_zero() -> impl Strategy<Value = Span> {
    span().prop_map(|span| span + Span::nanos(1))
}

fn share() -> impl Strategy<Value = f64> {
    prop_oneof![Just(0.0), Just(1.0), Just(0.5), 0.0..=1.0]
}

fn distribution() -> impl Strategy<Value = Distribution> {
    prop_oneof![
        span().prop_map(Distribution::Constant),
        span().prop_map(|mean| Distribution::Exponential { mean }),
        (span(), span()).prop_map(|(low, more)| Distribution::Uniform { low, high: low + more }),
        (span(), span()).prop_map(|(mean, sd)| Distribution::Normal { mean, sd }),
        (span_above_zero(), span()).prop_map(|(median, more)| Distribution::Lognormal { median, p99: median + more }),
        (span(), 0.5..5.0).prop_map(|(min, shape)| Distribution::Pareto { min, shape }),
        vec(span(), 1..5).prop_map(Distribution::Empirical),
    ]
}

/// One of two values, mostly the first: defaults should stay frequent.
fn mostly<T: Clone + std::fmt::Debug + 'static>(
    usual: T,
    other: impl Strategy<Value = T> + 'static,
) -> BoxedStrategy<T> {
    prop_oneof![2 => Just(usual), 1 => other].boxed()
}

fn words<W: Word + std::fmt::Debug>() -> impl Strategy<Value = W> {
    select(W::WORDS).prop_map(|(_, word)| word)
}

fn services() -> impl Strategy<Value = Vec<Service>> {
    let behind =
        vec((prop_oneof![4 => Just(Kind::Service), 1 => Just(Kind::External), 1 => Just(Kind::Stub)], service()), 0..5);
    (1usize..3, behind).prop_map(|(clients, behind)| {
        let clients = (0..clients).map(|i| Service::new(format!("client-{i}"), Kind::Client));
        let behind =
            (0..).zip(behind).map(|(i, (kind, service))| of_kind(kind, Service { id: format!("s{i}"), ..service }));
        clients.chain(behind).collect()
    })
}

/// The service with only the settings that its kind allows.
fn of_kind(kind: Kind, service: Service) -> Service {
    match kind {
        Kind::Stub => Service { kind, effect: None, ..service },
        _ => Service { kind, script: Vec::new(), repeat: Repeat::Last, ..service },
    }
}

fn service() -> impl Strategy<Value = Service> {
    let place = (option::of(text()), option::of([-500.0..1500.0, 0.0..900.0f64]));
    let capacity = (mostly(Some(16), option::of(1u32..6)), mostly(Some(100), option::of(0u32..8)));
    let ways = (words::<Discipline>(), words::<Threads>(), distribution(), mostly(0.0, share()));
    let limit = (0.5..200.0, 1.0..50.0).prop_map(|(per_second, burst)| rate_limit::Config { per_second, burst });
    let store = span().prop_map(|ttl| idempotency::Config { ttl });
    let effect = (mostly(None, option::of(limit)), mostly(None, Just(Some("transfer".to_owned()))), option::of(store));
    let reply =
        (span(), select(vec![200u16, 204, 404, 429, 500, 503])).prop_map(|(after, status)| Reply { after, status });
    let stub = (vec(reply, 1..4), words::<Repeat>());
    (place, capacity, ways, effect, stub).prop_map(|(place, capacity, ways, effect, stub)| Service {
        name: place.0,
        position: place.1,
        workers: capacity.0,
        queue: capacity.1,
        discipline: ways.0,
        threads: ways.1,
        work: ways.2,
        failure_rate: ways.3,
        rate_limit: effect.0,
        effect: effect.1,
        idempotency: effect.2,
        script: stub.0,
        repeat: stub.1,
        ..Service::new("", Kind::Service)
    })
}

/// Links between the chosen pairs, each pair once.
fn links(pairs: &[(String, String)], picked: &[prop::sample::Index]) -> BoxedStrategy<Vec<Link>> {
    if pairs.is_empty() {
        return Just(Vec::new()).boxed();
    }
    let mut chosen: Vec<(String, String)> = picked.iter().map(|index| index.get(pairs).clone()).collect();
    chosen.sort();
    chosen.dedup();
    chosen
        .into_iter()
        .map(|(from, to)| link().prop_map(move |link| Link { from: from.clone(), to: to.clone(), ..link }))
        .collect::<Vec<_>>()
        .boxed()
}

/// A link with any policies, whose ends are not set yet.
pub fn link() -> impl Strategy<Value = Link> {
    let way = (words::<Method>(), words::<Protocol>(), mostly(Span::ZERO, span()));
    let delay = prop_oneof![distribution().prop_map(Legs::both), (distribution(), distribution()).prop_map(legs)];
    let loss = mostly(Legs::both(0.0), prop_oneof![share().prop_map(Legs::both), (share(), share()).prop_map(legs)]);
    let call = (option::of(span_above_zero()), mostly(0, 0u32..3), any::<bool>(), mostly(1.0, share()));
    let signs = (any::<bool>(), any::<bool>(), option::of(select(RELATIONSHIPS.as_slice())));
    let policies = (
        mostly(None, retry().prop_map(Some)),
        mostly(None, breaker().prop_map(Some)),
        mostly(
            None,
            (1u32..4, span())
                .prop_map(|(max_concurrent, max_wait)| Some(bulkhead::Config { max_concurrent, max_wait })),
        ),
        mostly(None, (span(), 1u32..3).prop_map(|(after, max)| Some(hedge::Config { after, max }))),
        mostly(None, deadline().prop_map(Some)),
        mostly(None, fallback().prop_map(Some)),
    );
    let ask = (span_above_zero(), 1u32..4).prop_map(|(timeout, attempts)| Ask { timeout, attempts });
    let compensate = select(vec![(true, false), (false, true), (true, true)])
        .prop_map(|(on_unknown, on_later_failure)| Compensate { on_unknown, on_later_failure });
    let repair = (option::of(ask), option::of(compensate));
    (way, delay, loss, call, signs, policies, repair).prop_map(|(way, delay, loss, call, signs, policies, repair)| {
        Link {
            method: way.0,
            protocol: way.1,
            overhead: way.2,
            delay,
            loss,
            timeout: call.0,
            stage: call.1,
            optional: call.2,
            probability: call.3,
            cancel: signs.0,
            request_id: signs.1,
            relationship: signs.2.map(str::to_owned),
            retry: policies.0,
            breaker: policies.1,
            bulkhead: policies.2,
            hedge: policies.3,
            deadline: policies.4,
            fallback: policies.5,
            ask: repair.0,
            compensate: repair.1,
            ..Link::new("", "")
        }
    })
}

fn legs<T>((request, response): (T, T)) -> Legs<T> {
    Legs { request, response }
}

fn retry() -> impl Strategy<Value = retry::Config> {
    let max = |base: Span| move |more: Option<Span>| more.map_or(Span::MAX, |more| base + more);
    let backoff = prop_oneof![
        Just(Backoff::None),
        span().prop_map(Backoff::Constant),
        (span(), option::of(span())).prop_map(move |(base, more)| Backoff::Linear { base, max: max(base)(more) }),
        (span(), mostly(2.0, 1.0..4.0), option::of(span()))
            .prop_map(move |(base, factor, more)| Backoff::Exponential { base, factor, max: max(base)(more) }),
    ];
    let retriable: Vec<Outcome> = OutcomeSet::RETRIABLE.iter().collect();
    let on = mostly(OutcomeSet::RETRIED, subsequence(retriable, 0..=9).prop_map(|some| OutcomeSet::of(&some)));
    let budget =
        prop_oneof![
            (0.0..2.0, 0.0..20.0, span_above_zero())
                .prop_map(|(ratio, min_per_second, window)| budget::Config::Ratio { ratio, min_per_second, window }),
            (1.0..100.0, 0.001..1.0)
                .prop_map(|(max_tokens, token_ratio)| budget::Config::Tokens { max_tokens, token_ratio }),
        ];
    (1u32..5, backoff, words::<Jitter>(), on, any::<bool>(), option::of(budget)).prop_map(
        |(max_attempts, backoff, jitter, on, repeats_unsafe, budget)| retry::Config {
            max_attempts,
            backoff,
            jitter,
            on,
            repeats_unsafe,
            budget,
        },
    )
}

fn breaker() -> impl Strategy<Value = breaker::Config> {
    let window = prop_oneof![
        (1u32..30).prop_map(Window::Calls),
        (1u64..10).prop_map(|seconds| Window::Time(Span::secs(seconds))),
    ];
    let rate = (window, 1u32..30, 0.01..=1.0, span(), 0.01..=1.0).prop_map(
        |(window, minimum_calls, failure_rate, slow_duration, slow_rate)| Trip::Rate {
            window,
            minimum_calls: if let Window::Calls(calls) = window { minimum_calls.min(calls) } else { minimum_calls },
            failure_rate,
            slow_duration,
            slow_rate,
        },
    );
    let trip = prop_oneof![rate, (1u32..6).prop_map(|failures| Trip::Consecutive { failures })];
    let countable: Vec<Outcome> = OutcomeSet::COUNTABLE.iter().collect();
    let failures = mostly(OutcomeSet::FAILURES, subsequence(countable, 0..=9).prop_map(|some| OutcomeSet::of(&some)));
    (trip, span(), 1u32..12, option::of(span_above_zero()), any::<bool>(), failures).prop_map(
        |(trip, open_for, half_open_calls, half_open_max, automatic, failures)| breaker::Config {
            trip,
            open_for,
            half_open_calls,
            half_open_max,
            automatic,
            failures,
        },
    )
}

fn deadline() -> impl Strategy<Value = deadline::Config> {
    (option::of(span()), any::<bool>(), mostly(Span::ZERO, span()), mostly(Span::ZERO, span()))
        .prop_map(|(set, pass_on, reserve, skip_below)| deadline::Config { set, pass_on, reserve, skip_below })
}

fn fallback() -> impl Strategy<Value = fallback::Config> {
    prop_oneof![
        Just(fallback::Config::Default),
        Just(fallback::Config::Omit),
        span().prop_map(|ttl| fallback::Config::Cached { ttl }),
    ]
}

fn clients(services: &[Service]) -> Vec<String> {
    services.iter().filter(|service| service.kind == Kind::Client).map(|service| service.id.clone()).collect()
}

fn loads(services: &[Service]) -> impl Strategy<Value = Vec<Load>> + use<> {
    let points = vec((span(), 0.0..30.0), 1..4).prop_map(|mut points| {
        points.sort_by_key(|(time, _)| *time);
        Arrivals::Profile(points)
    });
    let arrivals = prop_oneof![
        (0.0..30.0).prop_map(Arrivals::Poisson),
        mostly(5.0, 0.1..30.0).prop_map(Arrivals::Constant),
        vec(span(), 0..5).prop_map(Arrivals::At),
        (0u32..5, distribution()).prop_map(|(users, think)| Arrivals::Users { users, think: not_instant(think) }),
        points,
    ];
    let times = (mostly(Span::ZERO, span()), option::of(span()), option::of(span_above_zero()), 0u32..3);
    let load = (select(clients(services)), arrivals, times).prop_map(|(client, arrivals, times)| Load {
        client,
        arrivals,
        from: times.0,
        until: times.1.map(|more| times.0 + more),
        patience: times.2,
        asks_again: times.3,
    });
    vec(load, 1..4)
}

/// Replaces zero think times: with a client that calls nobody, time would never advance.
fn not_instant(think: Distribution) -> Distribution {
    match think {
        Distribution::Constant(span) => Distribution::Constant(span + Span::millis(10)),
        Distribution::Uniform { low, high } => {
            Distribution::Uniform { low: low + Span::millis(10), high: high + Span::millis(10) }
        }
        _ => Distribution::Exponential { mean: Span::millis(100) },
    }
}

fn faults(services: &[Service], links: &[Link]) -> impl Strategy<Value = Vec<Fault>> + use<> {
    let behind: Vec<String> = services.iter().filter(|s| s.kind != Kind::Client).map(|s| s.id.clone()).collect();
    let ends: Vec<[String; 2]> = links.iter().map(|link| [link.from.clone(), link.to.clone()]).collect();
    let mut kinds: Vec<BoxedStrategy<FaultEffect>> = Vec::new();
    if !behind.is_empty() {
        let one = || select(behind.clone());
        kinds.push(one().prop_map(|service| FaultEffect::Down { service }).boxed());
        kinds.push((one(), 0.1..20.0).prop_map(|(service, factor)| FaultEffect::Slow { service, factor }).boxed());
        kinds.push(
            (one(), share()).prop_map(|(service, probability)| FaultEffect::Failing { service, probability }).boxed(),
        );
    }
    if !ends.is_empty() {
        let one = || select(ends.clone());
        kinds.push((one(), words::<DroppedLegs>()).prop_map(|(link, legs)| FaultEffect::Drop { link, legs }).boxed());
        kinds.push((one(), span()).prop_map(|(link, added)| FaultEffect::Delay { link, added }).boxed());
    }
    if kinds.is_empty() {
        return Just(Vec::new()).boxed();
    }
    let effect = proptest::strategy::Union::new(kinds);
    let fault = (span(), option::of(span()), effect).prop_map(|(at, lasts, effect)| Fault { at, lasts, effect });
    vec(fault, 0..4).boxed()
}

fn objectives(services: &[Service], links: &[Link]) -> impl Strategy<Value = Vec<Objective>> + use<> {
    let goal = prop_oneof![
        share().prop_map(Goal::Success),
        (share(), span()).prop_map(|(quantile, within)| Goal::Latency { quantile, within }),
    ];
    let of_client =
        (text(), select(clients(services)), goal).prop_map(|(name, client, goal)| Objective { name, client, goal });
    let of_clients = clients(services).into_iter().map(|id| format!("clients.{id}.latency.p95 <= 1.5s during 0s.."));
    let of_links = links.iter().map(|link| format!("links.{}.amplification in 1..2", link.id()));
    let conditions: Vec<String> = of_clients.chain(of_links).chain(["system.recovered_at < 4s".into()]).collect();
    let condition = (text(), select(conditions)).prop_map(|(name, condition)| Objective {
        name,
        client: String::new(),
        goal: Goal::Expect(condition),
    });
    vec(prop_oneof![2 => of_client, 1 => condition], 0..3)
}
