use super::*;
use crate::scenario::Scenario;
use crate::scenario::ready::READY;
use crate::sim::Intervention;
use crate::sim::report::Report;

fn start(scenario: &str) -> Simulation {
    Simulation::start(&Scenario::from_json(scenario).unwrap_or_else(|problems| panic!("{problems:?}"))).unwrap()
}

/// Runs to `until` and looks whenever the series wants to.
fn watch(sim: &mut Simulation, series: &mut Series, until: Time) {
    while series.due() <= until {
        sim.run_until(series.due(), u64::MAX);
        series.sample(sim);
    }
    sim.run_until(until, u64::MAX);
}

fn seconds(n: u64) -> Time {
    Time::at(Span::secs(n))
}

/// Everything that a series says, with `step` bins together.
fn described(series: &Series, sim: &Simulation, step: usize) -> String {
    let t = sim.topology();
    let services: Vec<_> = t.services.iter().map(|s| series.service(&s.id, step)).collect();
    let links: Vec<_> = t.links.iter().map(|l| series.link(&l.id, step)).collect();
    let clients: Vec<_> = series.clients().map(|id| (series.client(id, step), series.latencies(id, step))).collect();
    format!("{services:?} {links:?} {clients:?}")
}

fn assert_sums(series: &Series, report: &Report, step: usize) {
    let sum = |all: Vec<u32>| all.into_iter().map(u64::from).sum::<u64>();
    for (id, client) in &report.clients {
        let bins = series.client(id, step);
        assert_eq!(sum(bins.iter().map(|b| b.it.sent).collect()), client.sent, "{id}");
        assert_eq!(sum(bins.iter().map(|b| b.it.good).collect()), client.outcomes.successes(), "{id}");
        assert_eq!(sum(bins.iter().map(|b| b.it.ended()).collect()), client.outcomes.total(), "{id}");
        let latencies = series.latencies(id, step);
        assert_eq!(latencies.iter().map(|b| b.it.total()).sum::<u64>(), client.latency.count, "{id}");
        assert!(bins.windows(2).all(|pair| pair[0].until == pair[1].from));
    }
    for (id, link) in &report.links {
        let bins = series.link(id, step);
        assert_eq!(sum(bins.iter().map(|b| b.it.calls).collect()), link.calls, "{id}");
        assert_eq!(sum(bins.iter().map(|b| b.it.attempts).collect()), link.attempts, "{id}");
        assert_eq!(sum(bins.iter().map(|b| b.it.retries()).collect()), link.retries, "{id}");
        let cancelled = link.attempt_outcomes.get(crate::outcome::Outcome::Cancelled);
        let failures = link.attempt_outcomes.total() - link.attempt_outcomes.successes() - cancelled;
        assert_eq!(sum(bins.iter().map(|b| b.it.failures()).collect()), failures, "{id}");
    }
    for (id, service) in &report.services {
        let bins = series.service(id, step);
        assert_eq!(sum(bins.iter().map(|b| b.it.arrived).collect()), service.arrived, "{id}");
        assert_eq!(sum(bins.iter().map(|b| b.it.completed).collect()), service.completed, "{id}");
        assert_eq!(sum(bins.iter().map(|b| b.it.wasted).collect()), service.wasted, "{id}");
        assert_eq!(sum(bins.iter().map(|b| b.it.refused + b.it.shed).collect()), service.refused + service.shed);
        let seconds = series.end().since_start().as_secs_f64();
        let mean = bins.iter().map(|b| b.queue() * b.seconds()).sum::<f64>() / seconds;
        assert!((mean - service.mean_in_queue).abs() < 1e-6, "{id}: {mean} instead of {}", service.mean_in_queue);
        let mean = bins.iter().map(|b| b.busy() * b.seconds()).sum::<f64>() / seconds;
        assert!((mean - service.mean_busy).abs() < 1e-6, "{id}: {mean} instead of {}", service.mean_busy);
    }
}

#[test]
fn all_bins_together_are_the_report_of_every_ready_system() {
    for ready in READY {
        let mut sim = start(ready.text);
        let mut series = Series::new(sim.topology());
        watch(&mut sim, &mut series, seconds(40));
        // To where the last bin ends.
        let mut whole = start(ready.text);
        whole.run_until(series.end(), u64::MAX);
        for step in [1, 2, 7, 1_000] {
            assert_sums(&series, &whole.report(), step);
        }
        assert!(series.bins() >= BINS / 2 && series.bins() < BINS, "{}: {} bins", ready.id, series.bins());
    }
}

#[test]
fn merging_bins_loses_nothing() {
    let mut sim = start(READY[5].text);
    let mut series = Series::new(sim.topology());
    let width = series.width();
    watch(&mut sim, &mut series, seconds(4));
    assert!(series.width() > width);
    while series.bins() % 2 == 1 {
        let due = series.due();
        watch(&mut sim, &mut series, due);
    }
    let mut merged = series.clone();
    merged.merge();
    assert_eq!(merged.bins(), series.bins() / 2);
    assert_eq!(merged.end(), series.end());
    assert_eq!(described(&merged, &sim, 1), described(&series, &sim, 2));
}

#[test]
fn a_series_that_forgets_and_runs_again_is_the_same_series() {
    let mut sim = start(READY[5].text);
    let mut series = Series::new(sim.topology());
    watch(&mut sim, &mut series, seconds(12));
    let (snapshot, at) = (sim.fork(), sim.now());
    watch(&mut sim, &mut series, seconds(20));
    let first = described(&series, &sim, 1);
    let old = series.clone();

    series.truncate(at);
    assert!(series.end() <= at && series.due() > at);
    sim.restore(&snapshot);
    watch(&mut sim, &mut series, seconds(20));
    assert_eq!(described(&series, &sim, 1), first);

    // Another future differs from there on, and only from there on.
    series.truncate(at);
    sim.restore(&snapshot);
    let stock = sim.service_id("stock").unwrap();
    sim.apply(Intervention::Down(stock, true));
    watch(&mut sim, &mut series, seconds(20));
    let kept = series.bin_at(at);
    assert_eq!(series.client("web", 1)[..kept], old.client("web", 1)[..kept]);
    assert_ne!(series.client("web", 1)[kept..], old.client("web", 1)[kept..]);
}

#[test]
fn a_live_edit_is_followed_by_ids() {
    let scenario = |middle: &str, links: &str| {
        format!(
            r#"{{ "services": [ {middle} {{ "id": "web", "kind": "client" }}, {{ "id": "shop" }} ],
                 "links": [ {links} {{ "from": "web", "to": "shop" }} ],
                 "load": [ {{ "client": "web", "constant": 100 }} ] }}"#
        )
    };
    let mut sim = start(&scenario("", ""));
    let mut series = Series::new(sim.topology());
    watch(&mut sim, &mut series, seconds(1));
    let more = scenario(r#"{ "id": "new" },"#, r#"{ "from": "shop", "to": "new" },"#);
    let with_new = Arc::new(crate::scenario::check::check(&Scenario::from_json(&more).unwrap()).unwrap());
    sim.reconfigure(with_new);
    watch(&mut sim, &mut series, seconds(2));
    let report = sim.report();
    let arrived = |id: &str| series.service(id, 1).iter().map(|b| u64::from(b.it.arrived)).sum::<u64>();
    assert_eq!(arrived("shop"), report.service("shop").unwrap().arrived);
    assert_eq!(arrived("new"), report.service("new").unwrap().arrived);
    assert!(arrived("new") > 80);
    let early = series.service("new", 1)[..series.bin_at(seconds(1))].iter().all(|b| b.it.arrived == 0);
    assert!(early, "nothing happened at it before it was there");
    assert_eq!(series.link("shop->new", 1).len(), series.bins());
    assert_eq!(series.link("no such link", 1).iter().map(|b| b.it.calls).sum::<u32>(), 0);
}

#[test]
fn the_time_that_a_breaker_is_open_is_that_between_its_changes() {
    let mut sim = start(READY[6].text);
    let mut series = Series::new(sim.topology());
    watch(&mut sim, &mut series, seconds(40));
    let mut whole = start(READY[6].text);
    whole.run_until(series.end(), u64::MAX);
    let report = whole.report();
    let changes = &report.link("shop->ratings").unwrap().breaker;
    let spent = |state: &str| {
        let until = |i: usize| changes.get(i + 1).map_or(series.end().since_start().as_millis_f64(), |next| next.at);
        let stays = changes.iter().enumerate().filter(|(_, c)| c.to == state).map(|(i, c)| until(i) - c.at);
        stays.sum::<f64>()
    };
    let bins = series.link("shop->ratings", 1);
    let open = bins.iter().map(|b| f64::from(b.it.open) * 1.048_576).sum::<f64>();
    let half_open = bins.iter().map(|b| f64::from(b.it.half_open) * 1.048_576).sum::<f64>();
    assert!(bins.iter().all(|b| b.breaker().0 + b.breaker().1 < 1.02));
    assert!(open > 1_000.0 && (open - spent("open")).abs() < 10.0, "{open} and {}", spent("open"));
    assert!(half_open > 10.0 && (half_open - spent("half_open")).abs() < 10.0, "{half_open}");
}

#[test]
fn what_is_within_a_bound_is_what_the_report_says() {
    let mut sim = start(READY[5].text);
    let mut series = Series::new(sim.topology());
    watch(&mut sim, &mut series, seconds(20));
    let bound = Span::secs(1);
    let within = series.within("web", bound, 1).iter().map(|b| f64::from(b.it)).sum::<f64>();
    let ended = series.client("web", 1).iter().map(|b| f64::from(b.it.ended())).sum::<f64>();
    let cells: Vec<_> = series.latencies("web", usize::MAX);
    let edge = LatencyCells::cell_of(bound);
    let roughly = cells[0].it.0.iter().take(edge + 1).map(|n| f64::from(*n)).sum::<f64>();
    let surely = cells[0].it.0.iter().take(edge).map(|n| f64::from(*n)).sum::<f64>();
    assert!(ended > 200.0 && within > 0.0 && surely <= within && within <= roughly, "{surely} {within} {roughly}");
    assert!(series.within("web", Span::secs(2), 1).iter().all(|b| b.it == 0), "there is no such objective");
}

#[test]
fn the_largest_system_gets_fewer_bins_and_no_more_memory() {
    let services: Vec<_> = (0..200).map(|i| format!(r#"{{ "id": "s{i}", "kind": "{}" }}"#, kind(i))).collect();
    let pairs = (10..200).flat_map(|to| (0..to.min(10)).map(move |from| (from, to))).take(1_000);
    let links: Vec<_> = pairs.map(|(from, to)| format!(r#"{{ "from": "s{from}", "to": "s{to}" }}"#)).collect();
    assert_eq!(links.len(), 1_000);
    let mut sim = start(&format!(
        r#"{{ "services": [{}], "links": [{}], "load": [ {{ "client": "s0", "constant": 20 }} ] }}"#,
        services.join(","),
        links.join(",")
    ));
    let mut series = Series::new(sim.topology());
    watch(&mut sim, &mut series, seconds(10));
    let bytes: usize = series.rows.iter().map(|row| row.bytes()).sum();
    assert!(bytes < 15_000_000 && series.bins() >= 60, "{bytes} bytes in {} bins", series.bins());
    assert!(series.layout.most_bins() * series.rows[0].bytes() < 15_000_000);
}

fn kind(i: usize) -> &'static str {
    if i < 10 { "client" } else { "service" }
}

impl Row {
    fn bytes(&self) -> usize {
        size_of_val(&*self.services)
            + size_of_val(&*self.links)
            + size_of_val(&*self.clients)
            + size_of_val(&*self.cells)
            + self.cells.iter().map(|(_, counts)| size_of_val(&**counts)).sum::<usize>()
            + size_of_val(&*self.within)
            + size_of::<Row>()
    }
}

#[test]
fn a_strip_has_at_most_as_many_pieces_as_its_step_was_made_for() {
    let mut sim = start(READY[5].text);
    let mut series = Series::new(sim.topology());
    assert_eq!(series.strip(0, series.step_for(100)), []);
    watch(&mut sim, &mut series, seconds(20));
    let step = series.step_for(100);
    let strip = series.strip(0, step);
    assert_eq!(series.step_of(strip[0].until.since(strip[0].from)), step);
    assert!(strip.len() <= 100 && strip.len() > 50, "{}", strip.len());
    assert_eq!((strip[0].from, strip.last().map(|t| t.until)), (Time::ZERO, Some(series.end())));
    let among = |from, until| strip.iter().filter(move |t| t.from >= seconds(from) && t.until <= seconds(until));
    let shares = |from, until| among(from, until).filter_map(|t| t.success).collect::<Vec<_>>();
    assert!(shares(0, 1).iter().all(|share| *share > 0.9) && shares(4, 17).iter().all(|share| *share < 0.5));
    let longest = |from, until| among(from, until).filter_map(|t| t.p95).max();
    assert!(longest(2, 9) < longest(13, 17));
    assert!(series.strip(1, step).is_empty(), "there is one client");
}

#[test]
fn a_run_that_was_not_held_at_what_was_due_has_no_gap() {
    let mut sim = start(READY[0].text);
    let mut series = Series::new(sim.topology());
    series.sample(&sim);
    assert_eq!(series.bins(), 0);
    sim.run_until(seconds(3), u64::MAX);
    series.sample(&sim);
    assert!(series.end() <= seconds(3) && series.due() > seconds(3));
    sim.run_until(Time::MAX - Span::secs(1), 10_000);
    series.sample(&sim);
    assert!(series.end() <= sim.now());
}
