//! Results of papers and books as scenarios that can be opened, with a test of the outcome of each.
//!
//! The tests expect the figures of the sources if the models agree. Otherwise they expect the effect that the source
//! describes.

use crate::lab::{equals, link, run, service, simulation, web};
use callchain::outcome::Outcome;
use callchain::scenario::{check, read, write};
use callchain::sim::Simulation;
use callchain::sim::report::Report;
use callchain::time::{Span, Time};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The scenario of a file in `static/scenarios/papers`.
fn paper(name: &str) -> Value {
    serde_json::from_str(&text(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn text(name: &str) -> String {
    let file = format!("{}/static/scenarios/papers/{name}.json", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{name}: {error}"))
}

#[test]
fn every_paper_reads_and_is_saved_unchanged() {
    let folder = format!("{}/static/scenarios/papers", env!("CARGO_MANIFEST_DIR"));
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap().replace(".json", ""))
        .collect();
    names.sort();
    assert_eq!(
        names,
        ["aws-backoff", "metastable", "nygard-blocked-threads", "sre-deadline", "sre-retries", "sre-stuck-threads"]
    );
    for name in names {
        let scenario = read::read(&text(&name)).unwrap_or_else(|problems| panic!("{name}: {problems:#?}"));
        assert!(check::check(&scenario).is_ok() && scenario.description.ends_with('.'), "{name}");
        let saved = write::write(&scenario);
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            let file = format!("{}/static/scenarios/papers/{name}.json", env!("CARGO_MANIFEST_DIR"));
            std::fs::write(file, &saved).unwrap();
        }
        assert_eq!(text(&name), saved, "{name}: UPDATE_EXPECT=1 writes it");
    }
}

/// Attempts, and the time until the last of `clients` has written, in seconds, for each kind of backoff; means of ten runs.
fn backoff(clients: u32) -> BTreeMap<String, (f64, f64)> {
    let mut scenario = paper("aws-backoff");
    scenario["load"].as_array_mut().unwrap().iter_mut().for_each(|load| load["users"] = json!(clients));
    const RUNS: u64 = 10;
    let mut means = BTreeMap::new();
    for seed in 1..=RUNS {
        let report = run(&scenario, seed);
        for (id, client) in &report.clients {
            assert_eq!(
                (client.pending, client.outcomes.get(Outcome::Ok)),
                (0, u64::from(clients)),
                "{id}: all have written"
            );
            let (calls, time): &mut (f64, f64) = means.entry(id.clone()).or_default();
            *calls += link(&report, &format!("{id}->row-{id}")).attempts as f64 / RUNS as f64;
            *time += client.latency.max.unwrap() / 1e3 / RUNS as f64;
        }
    }
    println!("{clients} clients: {means:.2?}");
    means
}

#[test]
fn backoff_without_jitter_takes_longest_and_jitter_halves_the_work() {
    for clients in [10, 50, 100] {
        let means = backoff(clients);
        let (calls, time) = (|id: &str| means[id].0, |id: &str| means[id].1);
        for jitter in ["full", "equal", "decorrelated"] {
            assert!(time("exponential") > 2.0 * time(jitter), "{clients}: without jitter it takes longest");
            assert!(calls(jitter) < calls("exponential"), "{clients}: {jitter} saves work");
            assert!(calls(jitter) < calls("none"), "{clients}: {jitter} saves work");
        }
        assert!(time("none") < time("full"), "{clients}: who never waits is done first");
        if clients == 100 {
            assert!(calls("full") < calls("exponential") / 2.0 && calls("equal") < calls("exponential") / 2.0);
        }
    }
}

/// The share of good answers among the requests in the last minute of the run.
fn last_minute(scenario: &Value, seed: u64) -> f64 {
    let (mut simulation, horizon) = simulation(scenario, seed);
    simulation.run_until(horizon - Span::secs(60), u64::MAX);
    let before = simulation.report();
    simulation.run_until(horizon, u64::MAX);
    let after = simulation.report();
    let answered = web(&after).outcomes.successes() - web(&before).outcomes.successes();
    answered as f64 / (web(&after).sent - web(&before).sent) as f64
}

#[test]
fn retries_make_the_overload_after_a_stall_of_ten_seconds_permanent() {
    let usual = || paper("metastable");
    let with = |place: &str, value: Value| {
        let mut scenario = usual();
        let (parent, field) = place.rsplit_once('/').unwrap();
        scenario.pointer_mut(parent).unwrap()[field] = value;
        scenario
    };
    let load = |rate: u32| with("/load/0/poisson", json!(rate));
    let mut lost = usual();
    lost["faults"] = json!([{"at": "30s", "for": "10s", "link": ["web", "database"], "drop": "both"}]);
    let mut short = usual();
    short["faults"][0]["slow"] = json!(150);
    short["faults"][0]["for"] = json!("500ms");
    let mut held = usual();
    held["faults"] = json!([{"at": "30s", "for": "10s", "link": ["web", "database"], "delay": "10s"}]);
    for (name, scenario, recovers) in [
        ("280 a second", usual(), false),
        ("200 a second", load(200), false),
        ("160 a second", load(160), false),
        ("140 a second", load(140), true),
        ("100 a second", load(100), true),
        ("one attempt", with("/links/0/retry/max_attempts", json!(1)), true),
        ("cancellation", with("/links/0/cancel", json!(true)), true),
        ("a queue of 150", with("/services/1/queue", json!(150)), true),
        ("a queue of 290", with("/services/1/queue", json!(290)), true),
        ("a retry budget of 2 %", with("/links/0/retry/budget", json!({"ratio": 0.02, "min_per_second": 0})), true),
        ("a queue of 310", with("/services/1/queue", json!(310)), false),
        ("last in, first out", with("/services/1/discipline", json!("lifo")), true),
        ("a breaker", with("/links/0/breaker", json!({"window": {"calls": 100}, "open_for": "5s"})), true),
        ("a stall of half a second", short, true),
        ("packets held for ten seconds", held, false),
        ("packets lost for ten seconds", lost, true),
    ] {
        for seed in 1..=2 {
            let share = last_minute(&scenario, seed);
            println!("{name}, seed {seed}: {:.1} % answered in the last minute", 100.0 * share);
            assert!(if recovers { share > 0.9 } else { share < 0.05 }, "{name}, seed {seed}: {share}");
        }
    }
    let without_stall = with("/faults", json!([]));
    assert!(last_minute(&without_stall, 1) > 0.9, "it is the stall that does it");
}

#[test]
fn a_collapsed_database_gets_twice_the_requests_and_answers_none() {
    let (mut simulation, horizon) = simulation(&paper("metastable"), 1);
    simulation.run_until(horizon - Span::secs(60), u64::MAX);
    let before = simulation.report();
    simulation.run_until(horizon, u64::MAX);
    let after = simulation.report();
    let attempts = link(&after, "web->database").attempts - link(&before, "web->database").attempts;
    equals("attempts a second", attempts as f64 / 60.0, 560.0, 0.03);
    let (completed, wasted) =
        (|r: &Report| service(r, "database").completed, |r: &Report| service(r, "database").wasted);
    assert_eq!(completed(&after) - completed(&before), wasted(&after) - wasted(&before), "all work is wasted");
    equals("work a second", (completed(&after) - completed(&before)) as f64 / 60.0, 300.0, 0.001);
}

/// The client's requests and successes between two moments.
fn between(simulation: &mut Simulation, from: u64, until: u64) -> (u64, u64) {
    simulation.run_until(Time::at(Span::secs(from)), u64::MAX);
    let before = web(&simulation.report()).clone();
    simulation.run_until(Time::at(Span::secs(until)), u64::MAX);
    let after = web(&simulation.report()).clone();
    (after.sent - before.sent, after.outcomes.successes() - before.outcomes.successes())
}

#[test]
fn threads_that_wait_for_a_slow_partner_starve_all_other_requests() {
    let good_share = |change: fn(&mut Value)| {
        let mut scenario = paper("nygard-blocked-threads");
        change(&mut scenario["links"][2]);
        let (mut simulation, _) = simulation(&scenario, 1);
        let (sent, good) = between(&mut simulation, 35, 60);
        let shop = simulation.service(callchain::scenario::topology::ServiceId(1)).unwrap();
        println!("{good} of {sent} pages, {} threads held, {} of them by the partner's fault", shop.held, shop.wasting);
        good as f64 / sent as f64
    };
    let blocked = good_share(|_| {});
    assert!(blocked < 0.1, "nearly no page is shown, although four in five do not need the partner: {blocked}");
    for (name, share) in [
        ("a timeout", good_share(|link| link["timeout"] = json!("300ms"))),
        ("a bulkhead", good_share(|link| link["bulkhead"] = json!({"max_concurrent": 5}))),
        (
            "a breaker",
            good_share(|link| {
                link["timeout"] = json!("1s");
                link["breaker"] = json!({"consecutive_failures": 5, "open_for": "5s"});
            }),
        ),
    ] {
        assert!(share > 0.97, "{name} frees the threads: {share}");
    }
}

#[test]
fn a_deadline_of_30_seconds_is_passed_on_as_23_and_19() {
    let left = |scenario: &Value| {
        let (mut simulation, _) = simulation(scenario, 1);
        let mut seen = BTreeMap::new();
        while simulation.step().is_some() {
            for message in simulation.messages().filter(|m| m.direction == callchain::sim::view::Direction::Request) {
                let left = message.deadline.map(|deadline| deadline.since(message.sent).as_secs_f64());
                seen.entry(message.link).or_insert(left);
            }
        }
        let end = simulation.report();
        (seen.into_values().collect::<Vec<_>>(), end)
    };
    let (seconds, report) = left(&paper("sre-deadline"));
    assert_eq!(seconds, [Some(30.0), Some(23.0), Some(19.0)]);
    assert_eq!(web(&report).outcomes.get(Outcome::Ok), 1);
}

#[test]
fn work_beyond_the_deadline_is_wasted_and_passing_it_on_saves_later_work() {
    // The frontend takes 25 s of 30 and the backend 8: with the deadline the backend does not ask the database.
    let mut scenario = paper("sre-deadline");
    scenario["services"][1]["work"] = json!("25s");
    scenario["services"][2]["work"] = json!("8s");
    let with = run(&scenario, 1);
    scenario["links"][1]["deadline"] = Value::Null;
    scenario["links"][2]["deadline"] = Value::Null;
    let without = run(&scenario, 1);
    for report in [&with, &without] {
        assert_eq!(web(report).outcomes.get(Outcome::DeadlineExceeded), 1);
        assert_eq!(web(report).latency.max, Some(30_000.0));
    }
    assert_eq!((service(&with, "database").arrived, service(&without, "database").arrived), (0, 1));
    assert_eq!((service(&with, "frontend").wasted, service(&without, "frontend").wasted), (1, 1));
}

#[test]
fn three_layers_of_four_attempts_make_64() {
    let (mut simulation, horizon) = simulation(&paper("sre-retries"), 1);
    simulation.run_until(Time::at(Span::secs(10)) - Span::millis(1), u64::MAX);
    let before = simulation.report();
    assert_eq!(service(&before, "database").arrived, web(&before).sent, "in good times one call is one call");
    simulation.run_until(horizon, u64::MAX);
    let after = simulation.report();
    let failed = web(&after).outcomes.get(Outcome::Error);
    let more = service(&after, "database").arrived - web(&after).sent;
    assert!(failed >= 6, "{failed} failed");
    assert!(more >= 63 * failed, "{failed} failed and cost {more} more");
    let mut one = paper("sre-retries");
    one["load"][0] = json!({"client": "web", "at": ["12s"]});
    let report = run(&one, 1);
    assert_eq!((service(&report, "database").arrived, web(&report).outcomes.get(Outcome::Error)), (64, 1));
}

/// Erlang's loss formula, by its recursion.
fn erlang_b(servers: u32, offered: f64) -> f64 {
    (1..=servers).fold(1.0, |b, i| offered * b / (f64::from(i) + offered * b))
}

#[test]
fn five_percent_of_stuck_requests_cause_eighty_percent_of_errors() {
    // The book: 1,000 threads, 1,000 a second, 5,095 threads needed, 80.4 % errors. Here a tenth of it all.
    let exact = erlang_b(100, 100.0 * (0.05 * 100.0 + 0.95 * 0.1));
    equals("Erlang B at the size of the book", erlang_b(1_000, 5_095.0), 0.804, 0.001);
    let (mut simulation, horizon) = simulation(&paper("sre-stuck-threads"), 1);
    simulation.run_until(Time::at(Span::secs(200)), u64::MAX);
    let before = simulation.report();
    simulation.run_until(horizon, u64::MAX);
    let after = simulation.report();
    let counts = |r: &Report| (service(r, "frontend").shed, service(r, "frontend").arrived);
    let shed = (counts(&after).0 - counts(&before).0) as f64 / (counts(&after).1 - counts(&before).1) as f64;
    equals("turned away", shed, exact, 0.02);
}

#[test]
fn a_full_queue_ten_times_as_long_as_the_threads_means_eleven_times_the_work() {
    // The book: 10 threads of 100 ms and a queue of 100: 1.1 s, including 1 s in the queue.
    let scenario = crate::lab::station("60s", 200.0, json!({"workers": 10, "queue": 100, "work": "100ms"}));
    let report = run(&scenario, 1);
    equals("longest stay", service(&report, "a").latency.max.unwrap(), 1_100.0, 0.01);
}
