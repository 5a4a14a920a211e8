//! The speed of the engine compared with a reference in the same run: machines differ and are noisy, ratios less so.
//!
//! Natively `cargo bench`, in WebAssembly under Node `scripts/bench-wasm`. Each figure is the best of several rounds,
//! engine and reference in turn.

#[path = "support/clock.rs"]
mod clock;

use callchain::chance::{Draw, Seed, Stream, ThingKey};
use callchain::scenario::measure::{Measure, Names};
use callchain::scenario::{check, read, topology::Topology};
use callchain::sim::Simulation;
use callchain::time::{Span, Time};
use clock::say;
use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};
use std::fmt::Write as _;
use std::sync::Arc;

fn main() {
    if std::env::args().any(|argument| argument == "--test") {
        return;
    }
    let same_events = best_of(5, || bare_heap(1_000_000, true));
    let queue_only = best_of(5, || bare_heap(1_000_000, false));
    let mm1 = best_of(5, || engine(&topology(MM1), 12_500, &[]));
    say("M/M/1 with a timeout per request, requests a second:");
    say(&format!("  bare loop over a binary heap, the same events  {:>12}", thousands(same_events.requests)));
    say(&format!("  bare loop over a binary heap, without messages {:>12}", thousands(queue_only.requests)));
    say(&format!("  engine                                         {:>12}", thousands(mm1.requests)));
    let ratio = |reference: Rates| mm1.requests / reference.requests;
    say(&format!("  ratio: {:.2} (wanted: at least 0.50), {:.2}", ratio(same_events), ratio(queue_only)));
    let five = topology(&chain_of_five());
    let chain = best_of(2, || engine(&five, 600, &[]));
    say(&format!(
        "chain of five, 1,000 requests/s: one simulated hour in {:.1} s (wanted: under 10)",
        3_600.0 / chain.speed
    ));
    measuring(&topology(&with_fault(&chain_of_five())));
    let large = topology(&large_system());
    assert_eq!((large.services.len(), large.links.len()), (200, 1_000));
    let large = best_of(2, || engine(&large, 60, &[]));
    let (small, big) = (1e9 / chain.events, 1e9 / large.events);
    say(&format!("cost per event: chain of five {small:.0} ns, 200 services with 1,000 links {big:.0} ns"));
    say(&format!("  ratio: {:.2}   (wanted: below 2)", big / small));
}

/// The results of one round, each per second of real time.
#[derive(Clone, Copy)]
struct Rates {
    requests: f64,
    events: f64,
    /// Simulated seconds.
    speed: f64,
}

fn best_of(rounds: u32, mut round: impl FnMut() -> Rates) -> Rates {
    let better = |a: Rates, b: Rates| if a.events > b.events { a } else { b };
    (1..rounds).map(|_| round()).collect::<Vec<_>>().into_iter().fold(round(), better)
}

/// The cost of ten measures, by alternating rounds with and without them.
fn measuring(topology: &Arc<Topology>) {
    let (mut plain, mut measured) = (0.0_f64, 0.0_f64);
    for _ in 0..5 {
        plain = plain.max(engine(topology, 120, &[]).events);
        measured = measured.max(engine(topology, 120, &TEN_MEASURES).events);
    }
    say(&format!("with ten measures: {:.3} times as long as without (wanted: at most 1.10)", plain / measured));
}

/// The system with a short fault that it can recover from.
fn with_fault(system: &str) -> String {
    let fault = r#"{"faults":[{"at":"20s","for":"1s","service":"s3","slow":2}],"#;
    system.replacen('{', fault, 1)
}

const TEN_MEASURES: [&str; 10] = [
    "clients.c.success_rate during 10s..60s",
    "clients.c.latency.p95 during 10s..60s",
    "clients.c.latency.p99 during 60s..120s",
    "clients.c.pending during 20s..40s",
    "links.s1->s2.attempts / clients.c.sent during 30s..90s",
    "links.s2->s3.breaker.open_share during 0s..100s",
    "services.s3.mean_in_queue during 10s..110s",
    "services.s5.abandoned_share during 50s..70s",
    "services.s4.latency.p999 during 1s..119s",
    "system.recovered_at",
];

fn engine(topology: &Arc<Topology>, seconds: u64, measures: &[&str]) -> Rates {
    let mut simulation = Simulation::new(Arc::clone(topology), Seed(1));
    let names = Names::of_topology(topology);
    let read = |text: &&str| Measure::parse(text, &names).unwrap_or_else(|mistake| panic!("{text}: {mistake}"));
    simulation.ask(&measures.iter().map(read).collect::<Vec<_>>());
    let start = clock::seconds();
    simulation.run_until(Time::at(Span::secs(seconds)), u64::MAX);
    let answers = simulation.answers();
    let took = clock::seconds() - start;
    assert_eq!(answers.len(), measures.len());
    let report = simulation.report();
    let requests: u64 = report.clients.iter().map(|(_, client)| client.sent).sum();
    Rates { requests: requests as f64 / took, events: report.events as f64 / took, speed: seconds as f64 / took }
}

/// The reference: the same queue written by hand, with nothing but a heap of (time, order, event). With `legs` it has the
/// same events as the engine, including both messages of a call; without, only those of a theoretical queue.
fn bare_heap(requests: u64, legs: bool) -> Rates {
    #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
    enum Event {
        Sent,
        Arrival(u64),
        Departure(u64),
        Answer(u64),
        Timeout,
    }
    let mut arrivals = Stream::new(Seed(1), Draw::Arrival, ThingKey::of("c"));
    let mut work = Stream::new(Seed(1), Draw::Work, ThingKey::of("s"));
    let mut gap = || (arrivals.exponential() * 12.5e6) as u64;
    let mut draw_work = || (work.exponential() * 10e6) as u64;
    let start = clock::seconds();
    let (mut heap, mut order, mut waiting, mut busy) = (BinaryHeap::new(), 0u64, VecDeque::new(), false);
    let (mut sent, mut answered, mut events, mut late, mut now) = (0, 0u64, 0u64, 0u64, 0);
    // Whether each request with a pending timeout was answered, from the first such request on.
    let (mut answers, mut first) = (VecDeque::new(), 0);
    let mut push = |heap: &mut BinaryHeap<_>, at: u64, what: Event| {
        order += 1;
        heap.push(Reverse((at, order, what)));
    };
    push(&mut heap, gap(), Event::Sent);
    while let Some(Reverse((at, _, mut what))) = heap.pop() {
        now = at;
        events += 1;
        if what == Event::Sent {
            if sent + 1 < requests {
                push(&mut heap, at + gap(), Event::Sent);
            }
            answers.push_back(false);
            push(&mut heap, at + 1_000_000_000, Event::Timeout);
            what = Event::Arrival(sent);
            sent += 1;
            if legs {
                push(&mut heap, at, what);
                continue;
            }
        }
        if let Event::Departure(request) = what {
            busy = false;
            if let Some(next) = waiting.pop_front() {
                busy = true;
                push(&mut heap, at + draw_work(), Event::Departure(next));
            }
            what = Event::Answer(request);
            if legs {
                push(&mut heap, at, what);
                continue;
            }
        }
        match what {
            Event::Arrival(request) if busy => waiting.push_back(request),
            Event::Arrival(request) => {
                busy = true;
                push(&mut heap, at + draw_work(), Event::Departure(request));
            }
            Event::Answer(request) => {
                answered += 1;
                if request >= first {
                    answers[(request - first) as usize] = true;
                }
            }
            Event::Timeout => {
                late += u64::from(answers.pop_front() == Some(false));
                first += 1;
            }
            Event::Sent | Event::Departure(_) => {}
        }
    }
    let took = clock::seconds() - start;
    assert!(answered == requests && late < requests / 100, "the reference is not the same queue");
    Rates { requests: requests as f64 / took, events: events as f64 / took, speed: now as f64 / 1e9 / took }
}

const MM1: &str = r#"{"services":[{"id":"c","kind":"client"},{"id":"s","workers":1,"queue":null,"work":{"exponential":"10ms"}}],
    "links":[{"from":"c","to":"s","delay":"0ms","timeout":"1s"}],"load":[{"client":"c","poisson":80}],"horizon":"9000h"}"#;

const POLICIES: &str = r#""delay":"1ms","timeout":"500ms","deadline":{},"breaker":{},
    "retry":{"max_attempts":3,"backoff":{"exponential":"10ms"},"jitter":"full"}"#;

fn chain_of_five() -> String {
    let mut text =
        r#"{"horizon":"9000h","load":[{"client":"c","poisson":1000}],"services":[{"id":"c","kind":"client"}"#
            .to_owned();
    for i in 1..=5 {
        let _ = write!(text, r#",{{"id":"s{i}","workers":64,"work":{{"exponential":"2ms"}},"failure_rate":0.001}}"#);
    }
    text += r#"],"links":[{"from":"c","to":"s1","timeout":"1s","deadline":{"set":"1s"}}"#;
    for i in 1..5 {
        let _ = write!(text, r#",{{"from":"s{i}","to":"s{}",{POLICIES}}}"#, i + 1);
    }
    text + "]}"
}

/// Four layers of 50, the first of them clients. Each service calls six or seven of the next layer: 1,000 links.
fn large_system() -> String {
    let layer = |i: usize| i / 50;
    let service = |i: usize| match layer(i) {
        0 => format!(r#"{{"id":"s{i}","kind":"client"}}"#),
        _ => format!(r#"{{"id":"s{i}","workers":64,"work":{{"exponential":"2ms"}},"failure_rate":0.001}}"#),
    };
    let pairs = (0..150).flat_map(|from| {
        let calls = if from % 3 == 0 { 6 } else { 7 };
        (0..calls).map(move |k| (from, (layer(from) + 1) * 50 + (from * 7 + k) % 50))
    });
    let link = |(from, to)| format!(r#"{{"from":"s{from}","to":"s{to}",{POLICIES}}}"#);
    let load = |i: usize| format!(r#"{{"client":"s{i}","poisson":1}}"#);
    let list = |items: Vec<String>| items.join(",");
    format!(
        r#"{{"horizon":"9000h","services":[{}],"links":[{}],"load":[{}]}}"#,
        list((0..200).map(service).collect()),
        list(pairs.map(link).collect()),
        list((0..50).map(load).collect())
    )
}

fn topology(text: &str) -> Arc<Topology> {
    let scenario = read::read(text).unwrap_or_else(|problems| panic!("{problems:?}"));
    Arc::new(check::check(&scenario).unwrap_or_else(|problems| panic!("{problems:?}")))
}

fn thousands(n: f64) -> String {
    let digits = format!("{n:.0}");
    let groups: Vec<&str> = digits.as_bytes().rchunks(3).rev().map(|g| std::str::from_utf8(g).unwrap_or("")).collect();
    groups.join(",")
}
