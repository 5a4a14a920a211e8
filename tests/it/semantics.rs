//! The rules of a synchronous call, one small system each. By default, each leg takes 5 ms and all work takes 10 ms, so
//! an undisturbed call takes 20 ms.

use callchain::chance::Seed;
use callchain::outcome::Outcome;
use callchain::scenario::{check, read};
use callchain::sim::report::{ClientReport, LinkReport, Report, ServiceReport};
use callchain::sim::{Simulation, Stopped};
use callchain::time::{Span, Time};
use std::sync::Arc;

fn simulation(text: &str) -> Simulation {
    let scenario = read::read(text).unwrap_or_else(|problems| panic!("{problems:?}"));
    let topology = check::check(&scenario).unwrap_or_else(|problems| panic!("{problems:?}"));
    Simulation::new(Arc::new(topology), Seed(scenario.seed))
}

fn run(text: &str) -> Report {
    let mut simulation = simulation(text);
    let horizon = simulation.topology().horizon;
    simulation.run_until(horizon, u64::MAX);
    simulation.report()
}

/// A client `c` that calls `s`, with more fields for the link, the service and the load.
fn pair(link: &str, service: &str, load: &str) -> String {
    format!(
        r#"{{"services":[{{"id":"c","kind":"client"}},{{"id":"s"{service}}}],
            "links":[{{"from":"c","to":"s"{link}}}], "load":[{{"client":"c",{load}}}]}}"#
    )
}

/// A client `c` that calls `a`, which calls `b`; with a load of one request at 0.
fn chain(upper: &str, a: &str, lower: &str, b: &str) -> String {
    format!(
        r#"{{"services":[{{"id":"c","kind":"client"}},{{"id":"a"{a}}},{{"id":"b"{b}}}],
            "links":[{{"from":"c","to":"a"{upper}}},{{"from":"a","to":"b"{lower}}}],
            "load":[{{"client":"c","at":["0s"]}}]}}"#
    )
}

/// The chain with faults, and requests at these instants.
fn with(text: &str, at: &str, faults: &str) -> String {
    text.replace(r#""at":["0s"]"#, &format!(r#""at":{at}"#)).replacen(
        r#"{"services""#,
        &format!(r#"{{"faults":[{faults}],"services""#),
        1,
    )
}

fn client(report: &Report) -> &ClientReport {
    report.client("c").unwrap()
}

fn link<'a>(report: &'a Report, id: &str) -> &'a LinkReport {
    report.link(id).unwrap()
}

fn service<'a>(report: &'a Report, id: &str) -> &'a ServiceReport {
    report.service(id).unwrap()
}

/// The outcomes of the client's requests, e.g. `2 ok, 1 timeout`.
fn ends(report: &Report) -> String {
    counted(&client(report).outcomes)
}

fn counted(counts: &callchain::sim::view::OutcomeCounts) -> String {
    let occurred = Outcome::ALL.into_iter().filter(|o| counts.get(*o) > 0);
    occurred.map(|o| format!("{} {}", counts.get(o), o.name())).collect::<Vec<_>>().join(", ")
}

fn longest(report: &Report) -> f64 {
    client(report).latency.max.unwrap()
}

#[test]
fn a_call_takes_both_legs_and_the_work() {
    let report = run(&pair(r#","overhead":"1ms""#, "", r#""at":["0s"]"#));
    assert_eq!((ends(&report), longest(&report)), ("1 ok".into(), 22.0));
    assert_eq!(service(&report, "s").latency.max, Some(10.0));
}

#[test]
fn a_response_at_the_instant_of_the_timeout_is_late() {
    for (timeout, end) in [("20ms", "1 timeout"), ("20.000001ms", "1 ok")] {
        let report = run(&pair(&format!(r#","timeout":"{timeout}""#), "", r#""at":["0s"]"#));
        assert_eq!(ends(&report), end);
        assert_eq!(service(&report, "s").completed, 1);
    }
}

#[test]
fn a_lost_leg_is_silent() {
    for (leg, arrived) in [("request", 0), ("response", 1)] {
        let lost = format!(r#","loss":{{"{leg}":1}}"#);
        let report = run(&pair(&lost, "", r#""at":["0s"]"#));
        assert_eq!(
            (client(&report).pending, service(&report, "s").arrived),
            (1, arrived),
            "without a timeout, for ever"
        );
        let report = run(&pair(&format!(r#"{lost},"timeout":"1s""#), "", r#""at":["0s"]"#));
        assert_eq!((ends(&report), longest(&report)), ("1 timeout".into(), 1000.0));
    }
}

#[test]
fn work_for_a_caller_that_gave_up_is_wasted() {
    let report = run(&pair(r#","timeout":"16ms""#, "", r#""at":["0s"]"#));
    assert_eq!(
        (service(&report, "s").completed, service(&report, "s").wasted),
        (1, 0),
        "given up after the answer left"
    );
    let report = run(&pair(r#","timeout":"14ms""#, "", r#""at":["0s"]"#));
    assert_eq!((service(&report, "s").completed, service(&report, "s").wasted), (1, 1));
}

#[test]
fn a_service_that_is_down_refuses_after_a_round_trip() {
    let down = r#"{"at":"0s","for":"1s","service":"b","down":true}"#;
    let report = run(&with(&chain("", "", "", ""), r#"["0s","1s"]"#, down));
    assert_eq!((ends(&report), service(&report, "b").refused), ("1 ok, 1 error".into(), 1));
    assert_eq!(link(&report, "a->b").latency.min, Some(10.0));
    assert_eq!(service(&report, "b").arrived, 1, "refused requests have not arrived");
}

#[test]
fn a_service_that_goes_down_drops_its_requests_and_their_callers_get_no_answer() {
    let one_worker = r#","workers":1,"work":"100ms""#;
    let down = r#"{"at":"50ms","for":"1s","service":"b","down":true}"#;
    let timed = chain("", "", r#","timeout":"300ms""#, one_worker);
    let report = run(&with(&timed, r#"["0s","10ms","2s"]"#, down));
    let b = service(&report, "b");
    assert_eq!((b.arrived, b.lost, b.completed, b.present), (3, 2, 1, 0), "the workers are free when it is up again");
    assert_eq!(counted(&link(&report, "a->b").outcomes), "1 ok, 2 timeout");
    assert_eq!(link(&report, "a->b").latency.max, Some(300.0));
}

#[test]
fn a_failing_service_answers_error_after_its_work_and_instead_of_its_effect() {
    let failing = r#"{"at":"0s","service":"a","failing":1}"#;
    let report = run(&with(&chain("", r#","effect":"transfer""#, "", ""), r#"["0s"]"#, failing));
    assert_eq!((ends(&report), longest(&report)), ("1 error".into(), 20.0));
    assert_eq!((service(&report, "b").arrived, report.ledger.entries), (0, 0));
}

#[test]
fn slow_multiplies_work_that_starts_then() {
    let slow = r#"{"at":"1s","for":"1s","service":"b","slow":10}"#;
    let report = run(&with(&chain("", "", "", ""), r#"["0s","1s"]"#, slow));
    assert_eq!((client(&report).latency.min, longest(&report)), (Some(40.0), 130.0));
}

#[test]
fn a_delayed_link_delays_new_messages_and_a_cut_link_loses_them() {
    let delay = r#"{"at":"0s","link":["a","b"],"delay":"100ms"}"#;
    assert_eq!(longest(&run(&with(&chain("", "", "", ""), r#"["0s"]"#, delay))), 240.0);
    for (legs, arrived) in [("request", 0), ("response", 1), ("both", 0)] {
        let cut = format!(r#"{{"at":"0s","link":["a","b"],"drop":"{legs}"}}"#);
        let report = run(&with(&chain("", "", r#","timeout":"1s""#, ""), r#"["0s"]"#, &cut));
        assert_eq!((ends(&report), service(&report, "b").arrived), ("1 error".into(), arrived));
    }
}

#[test]
fn max_attempts_counts_the_first_and_only_repeatable_calls_are_repeated() {
    let retry = r#","timeout":"1s","retry":{"max_attempts":3}"#;
    let post = r#","timeout":"1s","method":"POST","retry":{"max_attempts":3}"#;
    let unsafe_post = r#","timeout":"1s","method":"POST","retry":{"max_attempts":3,"unsafe":true}"#;
    let with_id = r#","timeout":"1s","method":"POST","request_id":true,"retry":{"max_attempts":3}"#;
    for (fields, attempts) in [(retry, 3), (post, 1), (unsafe_post, 3), (with_id, 3)] {
        let report = run(&pair(fields, r#","failure_rate":1"#, r#""at":["0s"]"#));
        let l = link(&report, "c->s");
        assert_eq!((l.calls, l.attempts, l.retries, ends(&report)), (1, attempts, attempts - 1, "1 error".into()));
    }
}

#[test]
fn backoff_waits_between_the_attempts() {
    let retry = |backoff: &str| format!(r#","retry":{{"max_attempts":4,"backoff":{backoff}}}"#);
    for (backoff, waits) in [
        (r#""none""#, 0.0),
        (r#"{"constant":"100ms"}"#, 300.0),
        (r#"{"linear":"100ms"}"#, 600.0),
        (r#"{"exponential":{"base":"100ms","factor":3,"max":"500ms"}}"#, 900.0),
    ] {
        let report = run(&pair(&retry(backoff), r#","failure_rate":1"#, r#""at":["0s"]"#));
        assert_eq!(longest(&report), 80.0 + waits, "{backoff}");
    }
}

#[test]
fn outcomes_that_are_not_in_the_list_are_not_retried() {
    let report = run(&pair(r#","retry":{"on":["timeout"]}"#, r#","failure_rate":1"#, r#""at":["0s"]"#));
    assert_eq!(link(&report, "c->s").attempts, 1);
}

#[test]
fn retries_stop_at_the_budget() {
    let budget = r#","retry":{"max_attempts":4,"budget":{"ratio":0.1,"min_per_second":0,"window":"10s"}}"#;
    let report = run(&pair(budget, r#","failure_rate":1"#, r#""constant":100,"until":"10s""#));
    assert_eq!((link(&report, "c->s").calls, link(&report, "c->s").retries), (1000, 100));
    let throttle = r#","retry":{"max_attempts":10,"budget":{"max_tokens":10,"token_ratio":0.1}}"#;
    let report = run(&pair(throttle, r#","failure_rate":1"#, r#""at":["0s","1s"]"#));
    assert_eq!(link(&report, "c->s").attempts, 5 + 1, "until the bucket is half empty");
}

#[test]
fn the_breaker_sees_each_attempt_and_stops_the_next() {
    let breaker = r#","retry":{"max_attempts":5},"breaker":{"consecutive_failures":3,"open_for":"1s"}"#;
    let report = run(&pair(breaker, r#","failure_rate":1"#, r#""at":["0s","500ms","1.5s"]"#));
    let l = link(&report, "c->s");
    assert_eq!(counted(&l.attempt_outcomes), "4 error, 3 breaker_open");
    assert_eq!(ends(&report), "3 breaker_open");
    let states: Vec<_> = l.breaker.iter().map(|c| (c.at, c.to)).collect();
    assert_eq!(states, [(60.0, "open"), (1500.0, "half_open"), (1520.0, "open")]);
}

#[test]
fn waiting_for_a_permit_counts_against_the_timeout() {
    let bulkhead = |wait: &str, timeout: &str| {
        format!(r#","timeout":"{timeout}","bulkhead":{{"max_concurrent":1,"max_wait":"{wait}"}}"#)
    };
    let two = r#""at":["0s","0s"]"#;
    assert_eq!(ends(&run(&pair(&bulkhead("0ms", "1s"), "", two))), "1 ok, 1 bulkhead_full");
    assert_eq!(ends(&run(&pair(&bulkhead("19ms", "1s"), "", two))), "1 ok, 1 bulkhead_full");
    let waited = run(&pair(&bulkhead("1s", "1s"), "", two));
    assert_eq!((ends(&waited), longest(&waited)), ("2 ok".into(), 40.0));
    let timed_out = run(&pair(&bulkhead("1s", "30ms"), "", two));
    assert_eq!((ends(&timed_out), service(&timed_out, "s").arrived), ("1 ok, 1 timeout".into(), 2));
}

#[test]
fn the_first_answer_of_a_hedged_call_wins() {
    let hedged = r#","delay":"0ms","hedge":{"after":"30ms","max":2}"#;
    let text = pair(
        hedged,
        r#","kind":"stub","script":[{"after":"10s","status":200},{"after":"5ms","status":200}]"#,
        r#""at":["0s"]"#,
    );
    let report = run(&text);
    assert_eq!((ends(&report), longest(&report)), ("1 ok".into(), 35.0));
    let l = link(&report, "c->s");
    assert_eq!((l.attempts, l.retries, l.hedges, counted(&l.attempt_outcomes)), (2, 1, 1, "1 ok, 1 cancelled".into()));
}

#[test]
fn a_failure_sends_the_next_hedge_at_once() {
    let hedged = r#","delay":"0ms","hedge":{"after":"1s"}"#;
    let stub = r#","kind":"stub","script":[{"after":"5ms","status":500},{"after":"5ms","status":200}]"#;
    let report = run(&pair(hedged, stub, r#""at":["0s"]"#));
    assert_eq!((ends(&report), longest(&report)), ("1 ok".into(), 10.0));
}

#[test]
fn a_deadline_is_passed_on_and_shortens_the_timeout_below() {
    let upper = r#","deadline":{"set":"100ms"}"#;
    let slow = r#","work":"1s""#;
    let report = run(&chain(upper, "", r#","timeout":"500ms","deadline":{"reserve":"20ms"}"#, slow));
    assert_eq!(counted(&link(&report, "a->b").outcomes), "1 deadline_exceeded");
    assert_eq!(link(&report, "a->b").latency.max, Some(65.0), "100 less 15 used and 20 in reserve");
    assert_eq!((ends(&report), longest(&report)), ("1 error".into(), 85.0));
    let not_passed_on = run(&chain(upper, "", r#","timeout":"500ms""#, slow));
    assert_eq!(counted(&link(&not_passed_on, "a->b").outcomes), "1 timeout");
    assert_eq!(ends(&not_passed_on), "1 deadline_exceeded");
}

#[test]
fn a_call_with_too_little_time_left_is_not_made() {
    let upper = r#","deadline":{"set":"100ms"}"#;
    for (skip_below, made) in [("85ms", 1), ("85.001ms", 0)] {
        let report = run(&chain(upper, "", &format!(r#","deadline":{{"skip_below":"{skip_below}"}}"#), ""));
        assert_eq!(service(&report, "b").arrived, made);
        assert_eq!(link(&report, "a->b").attempts, 1, "an attempt that the deadline stops is one");
    }
}

#[test]
fn a_retry_that_would_begin_after_the_deadline_is_not_waited_for() {
    let text = r#","deadline":{"set":"120ms"},"retry":{"backoff":{"constant":"100ms"}}"#;
    let report = run(&pair(text, r#","failure_rate":1"#, r#""at":["0s"]"#));
    assert_eq!((ends(&report), longest(&report)), ("1 error".into(), 20.0));
}

#[test]
fn a_request_whose_deadline_has_passed_at_its_turn_is_answered_without_work() {
    let report = run(&pair(r#","deadline":{"set":"50ms"}"#, r#","workers":1,"work":"100ms""#, r#""at":["0s","0s"]"#));
    let s = service(&report, "s");
    assert_eq!((s.arrived, s.started, s.expired, s.completed), (2, 1, 1, 1));
    assert_eq!(ends(&report), "2 deadline_exceeded");
}

#[test]
fn a_fallback_makes_the_answer_degraded_all_the_way_up() {
    for fallback in [r#","fallback":"default""#, r#","fallback":"omit""#, r#","optional":true"#] {
        let report = run(&chain("", "", fallback, r#","failure_rate":1"#));
        assert_eq!(ends(&report), "1 degraded");
        assert_eq!(counted(&link(&report, "a->b").attempt_outcomes), "1 error");
        assert_eq!(counted(&link(&report, "a->b").outcomes), "1 degraded");
    }
}

#[test]
fn a_cached_answer_serves_until_it_is_stale() {
    let cached = r#","fallback":{"cached":{"ttl":"5s"}}"#;
    let down = r#"{"at":"1s","service":"b","down":true}"#;
    let report = run(&with(&chain("", "", cached, ""), r#"["0s","4s","6s"]"#, down));
    assert_eq!(ends(&report), "1 ok, 1 degraded, 1 error");
}

#[test]
fn a_cancellation_takes_a_request_out_of_the_queue_and_ends_one_that_waits_for_its_calls() {
    let one_worker = r#","workers":1,"work":"1s""#;
    let report = run(&pair(r#","timeout":"50ms","cancel":true"#, one_worker, r#""at":["0s","1ms"]"#));
    let s = service(&report, "s");
    assert_eq!((s.arrived, s.started, s.cancelled, s.completed), (2, 1, 2, 0), "work that has begun ends, unanswered");
    let cancelling = r#","timeout":"50ms","cancel":true"#;
    let report = run(&chain(cancelling, "", r#","cancel":true"#, one_worker));
    assert_eq!((service(&report, "a").cancelled, service(&report, "b").cancelled), (1, 1), "in turn");
    assert_eq!(counted(&link(&report, "a->b").outcomes), "1 cancelled");
    let report = run(&chain(cancelling, "", "", one_worker));
    assert_eq!(service(&report, "b").wasted, 1, "a link that does not cancel leaves the callee at work");
}

#[test]
fn work_that_has_begun_keeps_its_effect_when_it_is_cancelled() {
    let report = run(&pair(r#","timeout":"8ms","cancel":true"#, r#","effect":"transfer""#, r#""at":["0s"]"#));
    assert_eq!((report.ledger.entries, report.ledger.unknown, service(&report, "s").completed), (1, 1, 0));
}

#[test]
fn blocking_services_hold_their_worker_and_async_ones_give_it_back() {
    for (threads, second) in [("blocking", 130.0 + 120.0), ("async", 130.0 + 10.0)] {
        let a = format!(r#","workers":1,"threads":"{threads}""#);
        let text = chain("", &a, r#","delay":"50ms""#, "");
        assert_eq!(longest(&run(&with(&text, r#"["0s","0s"]"#, ""))), second, "{threads}");
    }
}

#[test]
fn calls_of_a_stage_run_in_parallel_and_stages_one_after_the_other() {
    let text = |second_stage: u32| {
        format!(
            r#"{{"services":[{{"id":"c","kind":"client"}},{{"id":"a"}},{{"id":"x"}},{{"id":"y","work":"30ms"}}],
            "links":[{{"from":"c","to":"a"}},{{"from":"a","to":"x"}},{{"from":"a","to":"y","stage":{second_stage}}}],
            "load":[{{"client":"c","at":["0s"]}}]}}"#
        )
    };
    assert_eq!(longest(&run(&text(0))), 60.0);
    assert_eq!(longest(&run(&text(1))), 80.0);
    let failing = text(1).replace(r#"{"id":"x"}"#, r#"{"id":"x","failure_rate":1}"#);
    let report = run(&failing);
    assert_eq!((ends(&report), service(&report, "y").arrived), ("1 error".into(), 0), "a failed stage is the last");
}

#[test]
fn a_full_queue_sheds_and_lifo_serves_the_last_first() {
    let small = r#","workers":1,"queue":2"#;
    let report = run(&pair("", small, r#""at":["0s","1ms","2ms","3ms"]"#));
    assert_eq!((ends(&report), service(&report, "s").shed), ("3 ok, 1 shed".into(), 1));
    let lifo = r#","workers":1,"discipline":"lifo""#;
    let waits = |discipline: &str| client(&run(&pair("", discipline, r#""at":["0s","1ms","2ms"]"#))).latency.max;
    assert_eq!((waits(r#","workers":1"#), waits(lifo)), (Some(38.0), Some(39.0)));
}

#[test]
fn a_rate_limit_answers_at_once() {
    let limited = r#","rate_limit":{"per_second":10,"burst":2}"#;
    let report = run(&pair("", limited, r#""at":["0s","0s","0s","100ms","150ms"]"#));
    assert_eq!((ends(&report), service(&report, "s").rate_limited), ("3 ok, 2 rate_limited".into(), 2));
}

const BANK: &str = r#","effect":"transfer","idempotency":{"ttl":"10s"}"#;

#[test]
fn an_entry_is_in_doubt_after_the_client_gets_a_failure() {
    let bank = r#","effect":"transfer""#;
    let lost = r#"{"at":"0s","link":["c","s"],"drop":"response"}"#;
    // The entry is written 15 ms after the start.
    for (timeout, faults, at, unknown) in
        [("100ms", "", 200, false), ("8ms", "", 200, true), ("100ms", lost, 50, false), ("100ms", lost, 200, true)]
    {
        let link = format!(r#","timeout":"{timeout}""#);
        let mut simulation = simulation(&with(&pair(&link, bank, r#""at":["0s"]"#), r#"["0s"]"#, faults));
        simulation.run_until(Time::at(Span::millis(at)), u64::MAX);
        let s = simulation.service_id("s").unwrap();
        let seen: Vec<bool> = simulation.entries(s).map(|entry| entry.unknown).collect();
        assert_eq!(seen, [unknown], "timeout {timeout}, {faults}, after {at} ms");
    }
}

#[test]
fn money_moves_twice_when_a_response_is_lost_and_the_call_repeated() {
    let retry = r#","method":"POST","timeout":"100ms","retry":{"max_attempts":2,"unsafe":true}"#;
    let lost = r#"{"at":"0s","for":"50ms","link":["a","b"],"drop":"response"}"#;
    let report = run(&with(&chain("", "", retry, BANK), r#"["0s"]"#, lost));
    assert_eq!((report.ledger.entries, report.ledger.duplicates, report.ledger.unknown), (2, 1, 0));
    let with_id = retry.replace(r#""unsafe":true"#, r#""unsafe":false"#) + r#","request_id":true"#;
    let report = run(&with(&chain("", "", &with_id, BANK), r#"["0s"]"#, lost));
    assert_eq!((report.ledger.entries, report.ledger.duplicates), (1, 0));
    assert_eq!((service(&report, "b").replayed, ends(&report)), (1, "1 ok".into()));
}

#[test]
fn the_same_id_in_progress_is_a_conflict() {
    let retry = r#","request_id":true,"timeout":"30ms","retry":{"max_attempts":2}"#;
    let report = run(&chain("", "", retry, r#","work":"50ms","effect":"transfer","idempotency":{}"#));
    assert_eq!(counted(&link(&report, "a->b").attempt_outcomes), "1 timeout, 1 conflict");
    assert_eq!((service(&report, "b").conflict, report.ledger.entries), (1, 1));
}

#[test]
fn the_store_keeps_the_answer_of_an_execution_with_an_effect_even_if_it_failed_later() {
    let text = r#"{"services":[{"id":"c","kind":"client"},{"id":"a","effect":"transfer","idempotency":{}},{"id":"b","failure_rate":1}],
        "links":[{"from":"c","to":"a","request_id":true,"retry":{"max_attempts":3}},{"from":"a","to":"b"}],
        "load":[{"client":"c","at":["0s"]}]}"#;
    let report = run(text);
    assert_eq!((service(&report, "a").replayed, service(&report, "a").started, report.ledger.entries), (2, 1, 1));
    let without_effect = run(&text.replace(r#""effect":"transfer","#, ""));
    assert_eq!(service(&without_effect, "a").started, 3, "any other failure leaves the id free");
}

#[test]
fn asking_settles_a_doubt() {
    let ask = r#","method":"POST","request_id":true,"timeout":"100ms","ask":{"timeout":"50ms","attempts":3}"#;
    let cut = |leg: &str, end: &str| format!(r#"{{"at":"0s","for":"{end}","link":["a","b"],"drop":"{leg}"}}"#);
    let report = run(&with(&chain("", "", ask, BANK), r#"["0s"]"#, &cut("response", "130ms")));
    let asks = link(&report, "a->b").asks;
    assert_eq!((ends(&report), asks.sent, asks.settled), ("1 ok".into(), 2, 1), "the first answer was lost, too");
    assert_eq!((longest(&report), report.ledger.unknown), (15.0 + 100.0 + 50.0 + 10.0 + 5.0, 0));
    let report = run(&with(&chain("", "", ask, BANK), r#"["0s"]"#, &cut("request", "50ms")));
    assert_eq!((ends(&report), link(&report, "a->b").asks.settled), ("1 error".into(), 1), "it was not carried out");
}

#[test]
fn compensation_reverses_a_possible_effect() {
    let fields = r#","method":"POST","request_id":true,"timeout":"100ms","compensate":{"on":["unknown"]}"#;
    let lost = r#"{"at":"0s","for":"50ms","link":["a","b"],"drop":"response"}"#;
    let report = run(&with(&chain("", "", fields, BANK), r#"["0s"]"#, lost));
    assert_eq!((report.ledger.entries, report.ledger.compensated, report.ledger.unknown), (1, 1, 0));
    assert_eq!((ends(&report), link(&report, "a->b").compensations.settled), ("1 error".into(), 1));
}

#[test]
fn a_failed_later_stage_compensates_the_earlier_ones() {
    let text = r#"{"services":[{"id":"c","kind":"client"},{"id":"trip"},{"id":"flight","effect":"book"},
            {"id":"hotel","effect":"book"},{"id":"car","failure_rate":1}],
        "links":[{"from":"c","to":"trip"},
            {"from":"trip","to":"flight","request_id":true,"compensate":{"on":["later_failure"]}},
            {"from":"trip","to":"hotel","stage":1,"request_id":true,"compensate":{"on":["later_failure"]}},
            {"from":"trip","to":"car","stage":2}],
        "load":[{"client":"c","at":["0s"]}]}"#;
    let report = run(text);
    assert_eq!((report.ledger.entries, report.ledger.compensated, report.ledger.unknown), (2, 2, 0));
    assert_eq!(ends(&report), "1 error");
}

#[test]
fn a_stub_answers_from_its_script() {
    let stub = |repeat: &str| {
        format!(
            r#","kind":"stub","repeat":"{repeat}","script":[{{"after":"5ms","status":200}},{{"after":"1s","status":503}}]"#
        )
    };
    let four = r#""at":["0s","2s","4s","6s"]"#;
    assert_eq!(ends(&run(&pair("", &stub("last"), four))), "1 ok, 3 shed");
    assert_eq!(ends(&run(&pair("", &stub("cycle"), four))), "2 ok, 2 shed");
}

#[test]
fn an_impatient_user_asks_again_for_the_same_intent_and_then_leaves() {
    let impatient = r#""at":["0s"],"patience":"15ms","asks_again":2"#;
    let report = run(&pair(r#","method":"POST""#, r#","effect":"transfer""#, impatient));
    assert_eq!((ends(&report), longest(&report), client(&report).asked_again), ("1 timeout".into(), 45.0, 2));
    assert_eq!(
        (client(&report).sent, report.ledger.intents, report.ledger.entries, report.ledger.duplicates),
        (1, 1, 3, 2)
    );
}

#[test]
fn loads_send_at_their_times() {
    let sent = |load: &str| client(&run(&pair("", "", load))).sent;
    assert_eq!(sent(r#""constant":10"#), 600, "the first at 0, none at the end");
    assert_eq!(sent(r#""constant":3,"from":"10s","until":"20s""#), 30);
    assert_eq!(sent(r#""at":["5s","1s","60s"]"#), 2, "none at the end");
    assert_eq!(sent(r#""users":3,"think":"980ms""#), 180, "one request a second for each user");
    let stepped = sent(r#""profile":[["0s",0],["30s",0],["30s",100],["60s",100]]"#);
    assert!((2800..3200).contains(&stepped), "{stepped}");
}

#[test]
fn a_call_with_a_probability_is_made_that_often() {
    let report =
        run(&with(&chain("", "", r#","probability":0.25"#, ""), "[]", "").replace(r#""at":[]"#, r#""constant":100"#));
    let share = link(&report, "a->b").calls as f64 / service(&report, "a").completed as f64;
    assert!((share - 0.25).abs() < 0.02, "{share}");
}

#[test]
fn a_run_that_only_grows_is_stopped() {
    let text = r#"{"services":[{"id":"c","kind":"client"},{"id":"a","workers":null,"work":"0ms"},{"id":"b","workers":null}],
        "links":[{"from":"c","to":"a"},{"from":"a","to":"b"},{"from":"b","to":"a"}], "load":[{"client":"c","poisson":1000000}]}"#;
    let mut endless = simulation(text);
    let horizon = endless.topology().horizon;
    assert_eq!(endless.run_until(horizon, u64::MAX), Stopped::Overfull);
    assert!(endless.now() < horizon);
}
