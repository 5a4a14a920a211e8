//! The log: the lines of the ready systems, and that it follows the time machine.

use callchain::Intervention;
use callchain::chance::Seed;
use callchain::scenario::check::check;
use callchain::scenario::ready;
use callchain::scenario::topology::{LinkId, ServiceId, Topology};
use callchain::scenario::{DroppedLegs, Scenario};
use callchain::scene::run::log::{About, Line, Log, Mark, View};
use callchain::sim::history::{Change, History};
use callchain::time::{Span, Time};
use expect_test::{Expect, expect};
use std::sync::Arc;

const IMPORTANT: View = View { everything: false, about: About::All };
const EVERYTHING: View = View { everything: true, about: About::All };

fn open(id: &str) -> (History, Scenario) {
    let scenario = Scenario::from_json(ready::find(id).unwrap().text).unwrap();
    let topology = Topology { horizon: Time::MAX, ..check(&scenario).unwrap() };
    (History::new(Arc::new(topology), Seed(scenario.seed)), scenario)
}

fn at(seconds: f64) -> Time {
    Time::ZERO + Span::from_nanos_f64(seconds * 1e9)
}

/// Runs a ready system up to `until` seconds, with interventions at these seconds.
fn run(id: &str, until: f64, by_hand: &[(f64, Intervention)]) -> (History, Scenario) {
    let (mut history, scenario) = open(id);
    for (seconds, intervention) in by_hand {
        history.run_until(at(*seconds), u64::MAX);
        history.apply(Change::Intervention(*intervention));
    }
    history.run_until(at(until), u64::MAX);
    (history, scenario)
}

fn lines(history: &History, document: &Scenario, view: &View) -> Vec<String> {
    let mut log = Log::default();
    log.read(history, view);
    log.lines().iter().map(|line| in_words(&log, line, document)).collect()
}

fn in_words(log: &Log, line: &Line, document: &Scenario) -> String {
    let seconds = line.notice.at.since_start().as_secs_f64();
    let weight = if line.is_turning_point { '*' } else { ' ' };
    format!("{seconds:>7.3} {weight} {:<11} {}", format!("{:?}", line.mark()), plain(&log.text(line, document)))
}

/// Replaces non-breaking spaces, which nobody can distinguish in a test.
fn plain(text: &str) -> String {
    text.replace('\u{a0}', " ")
}

/// Compares the last `count` lines of a log with the expected lines.
fn expect_lines(history: &History, document: &Scenario, view: &View, count: usize, expected: Expect) {
    let all = lines(history, document, view);
    let shown = &all[all.len().saturating_sub(count)..];
    expected.assert_eq(&format!("{} lines\n{}\n", all.len(), shown.join("\n")));
}

#[test]
fn a_quiet_system_has_no_important_lines() {
    let (history, document) = run("overview", 10.0, &[]);
    expect_lines(
        &history,
        &document,
        &IMPORTANT,
        5,
        expect![[r#"
        0 lines

    "#]],
    );
}

#[test]
fn everything_includes_each_request_and_answer() {
    let (history, document) = run("overview", 3.0, &[]);
    expect_lines(
        &history,
        &document,
        &EVERYTHING,
        12,
        expect![[r#"
            25 lines
              1.891   Answer      Access privilege answers Bank account (after 280 ms).
              1.950   Request     Web application sends request #8.
              2.011   Answer      Bank account answers Web application (after 564 ms).
              2.106   Request     Web application sends request #9.
              2.454   Answer      Access privilege answers Bank account (after 280 ms).
              2.519   Request     Web application sends request #10.
              2.574   Answer      Bank account answers Web application (after 624 ms).
              2.587   Request     Web application sends request #11.
              2.591   Answer      Access privilege answers Bank account (after 280 ms).
              2.711   Answer      Bank account answers Web application (after 604 ms).
              2.847   Request     Web application sends request #12.
              2.970   Answer      Access privilege answers Bank account (after 280 ms).
        "#]],
    );
}

#[test]
fn interventions_by_hand_are_listed_with_their_consequences() {
    let link = LinkId(1);
    let by_hand = [
        (5.0, Intervention::Drop(link, Some(DroppedLegs::Both))),
        (9.0, Intervention::Drop(link, None)),
        (12.0, Intervention::Slow(ServiceId(2), 30.0)),
    ];
    let (history, document) = run("overview", 20.0, &by_hand);
    expect_lines(
        &history,
        &document,
        &IMPORTANT,
        40,
        expect![[r#"
            16 lines
              5.000 * Hand        By hand: the link from Bank account to Access privilege is cut.
              5.664 * TimedOut    Bank account gives up waiting for Access privilege, 4 times, last at 6.2 s.
              5.784 * Failed      Bank account answers Web application with an error, 4 times, last at 6.3 s.
              8.684 * TimedOut    Bank account gives up waiting for Access privilege, 2 times, last at 8.9 s.
              8.804 * Failed      Bank account answers Web application with an error, 2 times, last at 9.1 s.
              9.000 * Hand        By hand: the link from Bank account to Access privilege works again.
              9.769 * TimedOut    Bank account gives up waiting for Access privilege (after 800 ms).
              9.889 * Failed      Bank account answers Web application with an error (after 1.1 s).
             12.000 * Hand        By hand: Access privilege takes 30 times as long.
             12.038 * Recovered   Access privilege answers Bank account successfully again.
             12.158 * Recovered   Bank account answers Web application successfully again.
             13.129 * TimedOut    Bank account gives up waiting for Access privilege, 22 times, last at 19.7 s.
             13.249 * Failed      Bank account answers Web application with an error, 22 times, last at 19.8 s.
             14.270 * Busy        All workers of Access privilege are busy: requests start to wait.
             14.829 * Wasted      Access privilege finishes a request, but nobody waits for it any more, 9 times, last at 19.6 s.
             15.498 * Busy        All workers of Access privilege are busy: requests start to wait.
        "#]],
    );
}

#[test]
fn a_duplicate_transfer_is_important() {
    let (history, document) = run("transfer", 12.0, &[]);
    expect_lines(
        &history,
        &document,
        &IMPORTANT,
        40,
        expect![[r#"
            4 lines
              0.530 * TimedOut    TRX service gives up waiting for Bank API (attempt 1 of 3, after 500 ms).
              0.780 * Again       Bank API books request #1 a second time.
              2.530 * TimedOut    TRX service gives up waiting for Bank API (attempt 1 of 3, after 500 ms).
              2.780 * Again       Bank API books request #3 a second time.
        "#]],
    );
}

#[test]
fn a_followed_request_is_listed_from_start_to_end() {
    let (history, document) = run("transfer", 20.0, &[]);
    let mut log = Log::default();
    log.read(&history, &IMPORTANT);
    let twice = log.lines().iter().find(|line| line.mark() == Mark::Again).unwrap();
    let view = View { everything: false, about: About::Request(twice.notice.intent) };
    expect_lines(
        &history,
        &document,
        &view,
        40,
        expect![[r#"
            9 lines
              0.000   Request     Actor sends request #1.
              0.180   Booked      Bank API books request #1.
              0.180   Lost        The answer from Bank API to TRX service gets lost.
              0.530 * TimedOut    TRX service gives up waiting for Bank API (attempt 1 of 3, after 500 ms).
              0.530   Backoff     TRX service will try Bank API again in 100 ms (attempt 2).
              0.780 * Again       Bank API books request #1 a second time.
              0.880   Answer      Bank API answers TRX service (attempt 2 of 3, after 250 ms).
              0.900   Answer      TRX service answers Actor (after 900 ms).
              0.900   Answer      Actor gets the answer to request #1 (after 900 ms).
        "#]],
    );
}

#[test]
fn a_retry_storm_is_summarised_in_a_few_lines() {
    let (history, document) = run("retry-storm", 30.0, &[]);
    expect_lines(
        &history,
        &document,
        &IMPORTANT,
        60,
        expect![[r#"
            17 lines
              1.000 * Fault       On schedule: Stock takes 10 times as long.
              1.330 * Busy        All workers of Stock are busy: requests start to wait.
              1.342 * TimedOut    Orders gives up waiting for Stock, 1941 times, last at 30.0 s.
              1.477 * Wasted      Stock finishes a request, but nobody waits for it any more, 1868 times, last at 30.0 s.
              1.877 * TimedOut    Checkout gives up waiting for Orders, 677 times, last at 30.0 s.
              2.142 * Wasted      Orders finishes a request, but nobody waits for it any more, 23 times, last at 3.5 s.
              2.961 * QueueFull   The queue of Stock is full, 605 times, last at 29.9 s.
              3.029 * Failed      Stock rejects a request from Orders: its queue is full, 1452 times, last at 29.9 s.
              3.222 * Failed      Orders answers Checkout with an error, 348 times, last at 23.2 s.
              3.422 * Failed      Checkout answers Web shop with an error, 247 times, last at 30.0 s.
              6.000 * Fault       On schedule: Stock works at normal speed again.
              7.691 * Wasted      Orders finishes a request, but nobody waits for it any more, 315 times, last at 29.9 s.
              8.237 * TimedOut    Web shop gives up waiting for Checkout (after 3 s).
              8.302 * Wasted      Checkout finishes request #87, but nobody waits for it any more.
              9.646 * TimedOut    Web shop gives up waiting for Checkout, 112 times, last at 29.9 s.
              9.711 * Wasted      Checkout finishes a request, but nobody waits for it any more, 112 times, last at 30.0 s.
             25.460 * Failed      Orders answers Checkout with an error, 95 times, last at 29.9 s.
        "#]],
    );
}

#[test]
fn a_breaker_explains_why_it_opens() {
    let (history, document) = run("breaker", 40.0, &[]);
    expect_lines(
        &history,
        &document,
        &IMPORTANT,
        60,
        expect![[r#"
            24 lines
              0.500 * Fault       On schedule: Ratings takes 100 times as long.
              0.948 * Busy        All workers of Ratings are busy: requests start to wait.
              0.978 * TimedOut    Shop gives up waiting for Ratings, 12 times, last at 1.9 s.
              0.978 * Degraded    Shop continues without Ratings: it uses a default, 289 times, last at 24.2 s.
              1.477 * BreakerOpen The breaker from Shop to Ratings opens: 6 of its last 10 calls failed.
              1.519 * NotSent     Shop does not call Ratings: the breaker is open, 270 times, last at 24.2 s.
              2.905 * Wasted      Ratings finishes request #7, but nobody waits for it any more.
              3.887 * Wasted      Ratings finishes a request, but nobody waits for it any more, 2 times, last at 3.939 s.
              4.746 * Wasted      Ratings finishes a request, but nobody waits for it any more, 14 times, last at 14.6 s.
              6.493 * BreakerHalfOpen The breaker from Shop to Ratings lets a few trial calls through.
              6.993 * TimedOut    Shop gives up waiting for Ratings, 3 times, last at 7.5 s.
              7.476 * BreakerOpen The breaker from Shop to Ratings opens: 3 of its last 3 calls failed.
             12.556 * BreakerHalfOpen The breaker from Shop to Ratings lets a few trial calls through.
             13.056 * TimedOut    Shop gives up waiting for Ratings, 2 times, last at 13.103 s.
             13.103 * BreakerOpen The breaker from Shop to Ratings opens: 2 of its last 3 calls failed.
             18.209 * BreakerHalfOpen The breaker from Shop to Ratings lets a few trial calls through.
             18.500 * Fault       On schedule: Ratings works at normal speed again.
             18.709 * TimedOut    Shop gives up waiting for Ratings, 2 times, last at 18.719 s.
             18.719 * BreakerOpen The breaker from Shop to Ratings opens: 2 of its last 3 calls failed.
             18.868 * Wasted      Ratings finishes request #219, but nobody waits for it any more.
             19.998 * Wasted      Ratings finishes request #220, but nobody waits for it any more.
             23.863 * BreakerHalfOpen The breaker from Shop to Ratings lets a few trial calls through.
             24.241 * BreakerClosed The breaker from Shop to Ratings closes: calls succeed again.
             26.351 * Recovered   Ratings answers Shop successfully again.
        "#]],
    );
}

#[test]
fn the_other_ready_systems_have_short_logs() {
    let mut text = String::new();
    for id in ["slow-dependency", "down", "chain"] {
        let (history, document) = run(id, 30.0, &[(10.0, Intervention::Down(ServiceId(2), true))]);
        let all = lines(&history, &document, &IMPORTANT);
        text += &format!("{id}, {} lines\n{}\n", all.len(), all[..all.len().min(14)].join("\n"));
    }
    expect![[r#"
        slow-dependency, 10 lines
          1.000 * Fault       On schedule: Access privilege takes 40 times as long.
          1.536 * TimedOut    Bank account gives up waiting for Access privilege, 40 times, last at 10.2 s.
          1.596 * Failed      Bank account answers Web application with an error, 151 times, last at 29.4 s.
          1.740 * Busy        All workers of Access privilege are busy: requests start to wait.
          2.296 * Wasted      Access privilege finishes a request, but nobody waits for it any more, 27 times, last at 9.8 s.
          3.645 * Busy        All workers of Access privilege are busy: requests start to wait.
         10.000 * Hand        By hand: Access privilege goes down.
         10.000 * Fault       Access privilege loses the 13 requests it held.
         10.163 * Refused     Bank account finds Access privilege down, 111 times, last at 29.4 s.
         16.000 * Fault       On schedule: Access privilege works at normal speed again.
        down, 10 lines
          1.000 * Fault       On schedule: Exchange rates goes down.
          1.135 * Refused     Account page finds Exchange rates down, 20 times, last at 6.0 s.
          1.135 * Degraded    Account page continues without Exchange rates: it uses a default, 20 times, last at 6.0 s.
          6.000 * Fault       On schedule: Exchange rates is up again.
          8.000 * Fault       On schedule: Balances goes down.
          8.150 * Refused     Account page finds Balances down, 69 times, last at 29.5 s.
          8.187 * Recovered   Exchange rates answers Account page successfully again.
          8.267 * Failed      Account page answers Web application with an error, 69 times, last at 29.6 s.
         10.000 * Hand        By hand: Balances goes down.
         13.000 * Fault       On schedule: Balances is up again.
        chain, 22 lines
         10.000 * Hand        By hand: Access privilege goes down.
         10.000 * Fault       Access privilege loses the request it held.
         10.025 * Refused     Bank account finds Access privilege down (after 10 ms).
         10.030 * Failed      Bank account answers Web application with an error (after 30 ms).
         12.025 * Refused     Bank account finds Access privilege down (after 10 ms).
         12.030 * Failed      Bank account answers Web application with an error (after 30 ms).
         14.025 * Refused     Bank account finds Access privilege down (after 10 ms).
         14.030 * Failed      Bank account answers Web application with an error (after 30 ms).
         16.025 * Refused     Bank account finds Access privilege down (after 10 ms).
         16.030 * Failed      Bank account answers Web application with an error (after 30 ms).
         18.025 * Refused     Bank account finds Access privilege down (after 10 ms).
         18.030 * Failed      Bank account answers Web application with an error (after 30 ms).
         20.025 * Refused     Bank account finds Access privilege down (after 10 ms).
         20.030 * Failed      Bank account answers Web application with an error (after 30 ms).
    "#]]
    .assert_eq(&text);
}

#[test]
fn the_log_can_be_limited_to_the_selection() {
    let (history, document) = run("retry-storm", 25.0, &[]);
    let service = View { everything: true, about: About::Service("stock".into()) };
    let link = View { everything: true, about: About::Link("orders".into(), "stock".into()) };
    let (of_service, of_link) = (lines(&history, &document, &service), lines(&history, &document, &link));
    assert!(of_link.len() > 5 && of_service.len() > of_link.len(), "{} {}", of_service.len(), of_link.len());
    assert!(of_service.iter().all(|line| line.contains("Stock")), "{of_service:#?}");
    assert!(of_link.iter().all(|line| line.contains("Stock") && line.contains("Orders")), "{of_link:#?}");
}

#[test]
fn a_log_read_during_the_run_equals_one_read_at_the_end() {
    for id in ["transfer", "retry-storm", "breaker"] {
        for view in [&IMPORTANT, &EVERYTHING] {
            let (mut history, document) = open(id);
            let mut log = Log::default();
            for tenth in 1..200 {
                if tenth == 60 {
                    history.apply(Change::Intervention(Intervention::Down(ServiceId(1), true)));
                }
                if tenth == 90 {
                    history.apply(Change::Intervention(Intervention::Down(ServiceId(1), false)));
                }
                history.run_until(at(f64::from(tenth) / 10.0), u64::MAX);
                log.read(&history, view);
            }
            let along: Vec<String> = log.lines().iter().map(|line| in_words(&log, line, &document)).collect();
            assert_eq!(along, lines(&history, &document, view), "{id}");
        }
    }
}

#[test]
fn changing_the_past_changes_the_log_and_looking_back_does_not() {
    let (mut history, document) = run("transfer", 20.0, &[]);
    let mut log = Log::default();
    log.read(&history, &IMPORTANT);
    let before: Vec<Line> = log.lines().to_vec();
    history.seek(at(5.0));
    log.read(&history, &IMPORTANT);
    assert_eq!(log.lines(), before);
    let now = log.up_to(history.position());
    assert!(now > 0 && now < before.len());
    assert!(log.lines()[now - 1].notice.at <= at(5.0) && log.lines()[now].notice.at > at(5.0));
    history.apply(Change::Intervention(Intervention::Down(ServiceId(2), true)));
    log.read(&history, &IMPORTANT);
    assert_eq!(log.lines()[..now], before[..now]);
    assert_eq!(in_words(&log, &log.lines()[now], &document), "  5.000 * Hand        By hand: Bank API goes down.");
    history.run_until(at(20.0), u64::MAX);
    log.read(&history, &IMPORTANT);
    assert_eq!(log.lines(), {
        let mut again = Log::default();
        again.read(&history, &IMPORTANT);
        again.lines().to_vec()
    });
}

#[test]
fn an_edit_is_listed_and_older_lines_keep_their_names() {
    let (mut history, document) = run("retry-storm", 11.0, &[]);
    let before = lines(&history, &document, &IMPORTANT);
    let mut changed = (**history.sim().topology()).clone();
    changed.links[0].timeout = None;
    history.apply(Change::Edit(Arc::new(changed.clone())));
    changed.links[0].timeout = Some(Span::secs(9));
    history.apply(Change::Edit(Arc::new(changed)));
    let after = lines(&history, &document, &IMPORTANT);
    assert_eq!(after[..before.len()], before);
    assert_eq!(after[before.len()..], [" 11.000 * Hand        Edit: timeout: 3 s → 9 s, Web shop → Checkout."]);
}

#[test]
fn moving_a_slider_is_one_line_with_its_last_value() {
    let slide = |ms| (3.0, Intervention::Delay(LinkId(1), Span::millis(ms)));
    let (history, document) = run("overview", 4.0, &[slide(10), slide(20), slide(200)]);
    let by_hand: Vec<String> =
        lines(&history, &document, &IMPORTANT).into_iter().filter(|l| l.contains("hand")).collect();
    assert_eq!(
        by_hand,
        ["  3.000 * Hand        By hand: the link from Bank account to Access privilege takes 200 ms longer each way."]
    );
}
