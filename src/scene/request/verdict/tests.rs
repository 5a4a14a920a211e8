//! The sentences for each outcome and each story.

use super::*;
use crate::scenario::ready::READY;
use crate::scene::request::sample;
use crate::time::Time;
use expect_test::{Expect, expect};

fn verdict_on(text: &str, millis: u64) -> String {
    let (life, simulation, document) = sample::life(text, sample::scheduled_intent(text), millis);
    let paragraphs = verdict(&life, Cast { topology: simulation.topology(), document: &document });
    let line = |sentences: Paragraph| sentences.iter().map(Message::text).collect::<Vec<_>>().join(" ");
    paragraphs.into_iter().map(line).collect::<Vec<_>>().join("\n").replace('\u{a0}', " ")
}

#[test]
fn each_story_has_its_verdict() {
    let mut all = String::new();
    for (name, text) in sample::all() {
        all += &format!("{name}\n{}\n\n", verdict_on(&text, 9_000));
    }
    expect![[r#"
        lost-answer
        Actor got a good answer after 590 ms.
        The transfer was booked twice at Bank API, by attempts 1 and 2. The answer to attempt 1 was lost.
        Where the time went: 300 ms waiting for answers that did not come in time, 140 ms on the network and 100 ms with backoff.

        slow-once
        Actor got a good answer after 410 ms.
        The transfer was booked twice at Bank API, by attempts 1 and 2. The answer to attempt 1 came 200 ms too late.
        Where the time went: 200 ms waiting for answers that did not come in time, 140 ms on the network and 50 ms with backoff.
        Bank API spent 150 ms on work that nobody waited for.

        chain-deadline
        Web application got “error 500” after 1.41 s.
        Access privilege gave up the request after 1.37 s: the answer from Business partner was still on its way.
        Where the time went: 1.39 s waiting for answers that did not come in time.

        breaker
        Web application got an answer built on a fallback after 80 ms.
        Attempts 1 and 2 found Access privilege down. The circuit breaker blocked attempt 3.
        Where the time went: 40 ms with backoff, 30 ms on the network and 10 ms with work.

        ask
        Actor got a good answer after 550 ms.
        The transfer was booked once at Bank API. The answer to the request came 300 ms too late. When asked, Bank API confirmed it.
        Where the time went: 400 ms waiting for answers that did not come in time and 140 ms on the network.
        Bank API spent 250 ms on work that nobody waited for.

        compensate
        Actor got “error 500” after 250 ms.
        The transfer was booked once at Bank API. It was taken back. The answer to the request came 300 ms too late.
        Where the time went: 200 ms waiting for answers that did not come in time and 40 ms on the network.
        Bank API spent 500 ms on work that nobody waited for.

        hedge
        Actor got a good answer after 450 ms.
        The transfer was booked once at Bank API.
        Attempt 2 found an earlier attempt in progress at Bank API.
        Where the time went: 310 ms with work and 140 ms on the network.

        replay
        Actor got a good answer after 550 ms.
        The transfer was booked once at Bank API. The answer to attempt 1 was lost. Bank API recognised attempt 2 by its id.
        Where the time went: 300 ms waiting for answers that did not come in time, 140 ms on the network and 100 ms with backoff.

        shed
        Actor got “error 500” after 150 ms.
        The transfer was not booked at Bank API.
        The request found the queue of Bank API full.
        Where the time went: 140 ms on the network.

        bulkhead
        Actor got “error 500” after 250 ms.
        The transfer was not booked at Bank API.
        The request got no permit from the bulkhead.
        Where the time went: 200 ms waiting for a permit and 40 ms on the network.

        patience
        Actor lost patience after 600 ms, having asked twice.
        The transfer was booked twice at Bank API, by attempts 1 and 2.
        Where the time went: 600 ms waiting for answers that did not come in time.
        TRX service spent 660 ms on work that nobody waited for.

        crash
        Actor got “error 500” after 850 ms.
        The transfer was not booked at Bank API.
        TRX service gave up the request after 800 ms: Bank API had gone down.
        Where the time went: 800 ms waiting for answers that did not come in time.

    "#]].assert_eq(&all);
}

fn check(rest: &str, bank: &str, expected: Expect) {
    let mut text = sample::bank(bank, rest);
    if bank.contains("rate_limit") {
        text = text.replace(r#"["0s"]"#, r#"["0s","100ms"]"#);
    }
    // The outcome of the middle service is always an error: the words are about the call to the bank.
    expected.assert_eq(&verdict_on(&text, 9_000));
}

#[test]
fn each_outcome_has_its_words() {
    check(
        r#""timeout":"1s""#,
        r#""work":"40ms""#,
        expect![[r#"
            Actor got a good answer after 190 ms.
            The transfer was booked once at Bank API.
            Where the time went: 140 ms on the network and 50 ms with work."#]],
    );
    check(
        r#""timeout":"1s""#,
        r#""failure_rate":1"#,
        expect![[r#"
            Actor got “error 500” after 160 ms.
            The transfer was not booked at Bank API.
            Bank API answered the request with “error 500”.
            Where the time went: 140 ms on the network and 20 ms with work."#]],
    );
    check(
        r#""timeout":"1s""#,
        r#""rate_limit":{"per_second":1,"burst":1}"#,
        expect![[r#"
            Actor got “error 500” after 150 ms.
            The transfer was not booked at Bank API.
            The request exceeded the rate limit of Bank API.
            Where the time went: 140 ms on the network."#]],
    );
    check(
        r#""timeout":"1s","loss":{"request":1}"#,
        r#""work":"40ms""#,
        expect![[r#"
            Actor got “error 500” after 1.05 s.
            The transfer was not booked at Bank API.
            TRX service gave up the request after 1 s: the message to Bank API was lost.
            Where the time went: 1 s waiting for answers that did not come in time."#]],
    );
    check(
        r#""timeout":"1s","loss":{"response":1}"#,
        r#""work":"40ms""#,
        expect![[r#"
            Actor got “error 500” after 1.05 s.
            Yet the transfer was booked at Bank API. The answer to the request was lost.
            Where the time went: 1 s waiting for answers that did not come in time."#]],
    );
    check(
        r#""timeout":"1s","deadline":{"set":"30ms","skip_below":"50ms"}"#,
        r#""work":"40ms""#,
        expect![[r#"
            Actor got “error 500” after 50 ms.
            The transfer was not booked at Bank API.
            There was no time left for the request.
            Where the time went: 40 ms on the network and 10 ms with work."#]],
    );
    check(
        r#""timeout":"1s","breaker":{"consecutive_failures":1,"open_for":"9s"},"retry":{"max_attempts":2,"unsafe":true}"#,
        r#""failure_rate":1"#,
        expect![[r#"
            Actor got “error 500” after 160 ms.
            The transfer was not booked at Bank API.
            Bank API answered attempt 1 with “error 500”. The circuit breaker blocked attempt 2.
            Where the time went: 140 ms on the network and 20 ms with work."#]],
    );
    check(
        r#""timeout":"1s","retry":{"max_attempts":6,"unsafe":true,"backoff":{"constant":"10ms"}},"loss":{"request":1}"#,
        r#""work":"40ms""#,
        expect![[r#"
            Actor got “error 500” after 6.1 s.
            The transfer was not booked at Bank API.
            TRX service gave up attempts 1 to 6 after 1 s: the message to Bank API was lost.
            Where the time went: 6 s waiting for answers that did not come in time."#]],
    );
    check(
        r#""timeout":"1s","retry":{"max_attempts":3}"#,
        r#""failure_rate":1"#,
        expect![[r#"
            Actor got “error 500” after 160 ms.
            The transfer was not booked at Bank API.
            Bank API answered the request with “error 500”. There was no further attempt: repeating is not safe.
            Where the time went: 140 ms on the network and 20 ms with work."#]],
    );
    check(
        r#""fallback":"default","loss":{"request":1},"timeout":"1s""#,
        r#""work":"40ms""#,
        expect![[r#"
            Actor got an answer built on a fallback after 1.05 s.
            Yet the transfer was not booked at Bank API.
            TRX service gave up the request after 1 s: the message to Bank API was lost.
            Where the time went: 1 s waiting for answers that did not come in time."#]],
    );
}

#[test]
fn a_request_on_its_way_has_a_verdict_of_its_own() {
    let text = sample::lost_answer();
    for (millis, expected) in [
        (
            25,
            expect![[r#"
                Actor has been waiting for 25 ms.
                Where the time went: 20 ms on the network and 5 ms with work."#]],
        ),
        (
            200,
            expect![[r#"
                Actor has been waiting for 200 ms.
                The transfer was booked once at Bank API.
                Where the time went: 80 ms waiting for answers that did not come in time, 70 ms on the network and 50 ms with work."#]],
        ),
        (
            380,
            expect![[r#"
                Actor has been waiting for 380 ms.
                The transfer was booked once at Bank API. The answer to the request was lost.
                Where the time went: 300 ms waiting for answers that did not come in time and 50 ms with backoff."#]],
        ),
    ] {
        expected.assert_eq(&verdict_on(&text, millis));
    }
}

#[test]
fn the_uses_of_time_add_up_to_all_of_it() {
    let mut ended = 0;
    for ready in READY {
        for intent in 1..=40 {
            let mut simulation = crate::Simulation::start(&crate::Scenario::from_json(ready.text).unwrap()).unwrap();
            simulation.record_only(intent, 10_000);
            simulation.run_until(Time::at(Span::secs(20)), 1_000_000);
            let Some(life) = Life::of(&simulation.trace().unwrap(), simulation.topology()) else { continue };
            let sum = time_spent(&life).into_iter().fold(Span::ZERO, |a, b| a + b);
            assert_eq!(sum, life.end.since(life.start), "{} {intent}: {:?}", ready.id, time_spent(&life));
            ended += usize::from(life.user_outcome.is_some());
        }
    }
    assert!(ended > 100, "{ended}");
}
