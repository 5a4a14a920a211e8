//! The spans of a run as OTLP/JSON.

use callchain::{Scenario, Simulation};
use serde_json::Value;
use std::collections::BTreeMap;

fn spans(text: &str) -> Vec<(String, Value)> {
    let mut simulation = Simulation::start(&Scenario::from_json(text).unwrap()).unwrap();
    simulation.record(1_000);
    simulation.run_to_end();
    let trace = simulation.trace().unwrap();
    let document: Value =
        serde_json::from_str(&trace.to_otlp(simulation.topology(), callchain::chance::Seed(7))).unwrap();
    let resources = document["resourceSpans"].as_array().unwrap();
    let of_resource = |resource: &Value| {
        let service = resource["resource"]["attributes"][0]["value"]["stringValue"].as_str().unwrap().to_owned();
        let spans = resource["scopeSpans"][0]["spans"].as_array().unwrap().clone();
        spans.into_iter().map(move |span| (service.clone(), span))
    };
    resources.iter().flat_map(of_resource).collect()
}

fn attribute<'a>(span: &'a Value, key: &str) -> Option<&'a str> {
    let attribute = span["attributes"].as_array()?.iter().find(|a| a["key"] == key)?;
    attribute["value"]["stringValue"].as_str().or(attribute["value"]["intValue"].as_str())
}

const RETRIED: &str = r#"{"services":[{"id":"c","kind":"client"},{"id":"a"},{"id":"b","failure_rate":1}],
    "links":[{"from":"c","to":"a"},
        {"from":"a","to":"b","retry":{"max_attempts":3},"breaker":{"consecutive_failures":2,"open_for":"1s"}}],
    "load":[{"client":"c","at":["0s","100ms"]}]}"#;

#[test]
fn every_leg_has_a_client_and_a_server_span_of_one_trace() {
    let spans = spans(RETRIED);
    let by_id: BTreeMap<&str, &Value> = spans.iter().map(|(_, s)| (s["spanId"].as_str().unwrap(), s)).collect();
    assert_eq!(by_id.len(), spans.len(), "each has an id of its own");
    for (service, span) in &spans {
        let Some(parent) = span["parentSpanId"].as_str() else {
            assert_eq!((service.as_str(), span["kind"].as_u64()), ("c", Some(1)));
            continue;
        };
        let parent = by_id[parent];
        assert_eq!(parent["traceId"], span["traceId"]);
        assert!(parent["startTimeUnixNano"].as_str() <= span["startTimeUnixNano"].as_str());
        assert_eq!(span["kind"] == 2, parent["kind"] == 3, "a server span is part of a client span");
    }
}

#[test]
fn retries_are_siblings_with_their_number_and_the_state_of_the_breaker() {
    let spans = spans(RETRIED);
    let mut attempts: Vec<&Value> =
        spans.iter().filter(|(service, s)| service == "a" && s["kind"] == 3).map(|(_, s)| s).collect();
    attempts.sort_by_key(|s| s["startTimeUnixNano"].as_str().map(str::to_owned));
    let numbers: Vec<_> = attempts
        .iter()
        .map(|s| {
            let resent = attribute(s, "http.request.resend_count");
            (resent, attribute(s, "callchain.outcome").unwrap(), attribute(s, "callchain.breaker.state").unwrap())
        })
        .collect();
    assert_eq!(
        numbers,
        [
            (None, "error", "closed"),
            (Some("1"), "error", "open"),
            (Some("2"), "breaker_open", "open"),
            (None, "breaker_open", "open"),
        ]
    );
    assert!(attempts[..3].iter().all(|s| s["parentSpanId"] == attempts[0]["parentSpanId"]));
    assert!(attempts.iter().all(|s| s["status"]["code"] == 2 && attribute(s, "error.type").is_some()));
}

#[test]
fn unfinished_spans_are_included() {
    let text = r#"{"services":[{"id":"c","kind":"client"},{"id":"a"}],
        "links":[{"from":"c","to":"a","loss":{"response":1}}], "load":[{"client":"c","at":["0s"]}]}"#;
    let spans = spans(text);
    let kinds: Vec<_> =
        spans.iter().map(|(_, s)| (s["kind"].as_u64().unwrap(), attribute(s, "callchain.outcome"))).collect();
    assert_eq!(kinds, [(1, None), (3, None), (2, Some("ok"))]);
}

#[test]
fn a_full_record_counts_the_omitted_spans() {
    let mut simulation = Simulation::start(&Scenario::from_json(RETRIED).unwrap()).unwrap();
    simulation.record(3);
    simulation.run_to_end();
    let trace = simulation.trace().unwrap();
    assert_eq!((trace.spans.len(), trace.left_out), (3, 9));
}

mod one_request {
    //! The record of one request, with everything between its spans.

    use callchain::scenario::ready::READY;
    use callchain::sim::trace::{Detail, NoRetry, SpanId, Trace};
    use callchain::sim::view::Direction;
    use callchain::time::{Span, Time};
    use callchain::{Intervention, Scenario, Simulation};

    fn at(millis: u64) -> Time {
        Time::at(Span::millis(millis))
    }

    fn followed(text: &str, intent: u64, until: Time) -> (Simulation, Trace) {
        let mut simulation = Simulation::start(&Scenario::from_json(text).unwrap()).unwrap();
        simulation.record_only(intent, 1_000);
        simulation.run_until(until, 1_000_000);
        let trace = simulation.trace().unwrap();
        (simulation, trace)
    }

    fn details(trace: &Trace) -> Vec<(u64, Detail)> {
        trace.marks.iter().map(|mark| (mark.at.as_nanos() / 1_000_000, mark.what)).collect()
    }

    #[test]
    fn following_a_request_changes_nothing() {
        for ready in READY {
            let scenario = Scenario::from_json(ready.text).unwrap();
            let mut plain = Simulation::start(&scenario).unwrap();
            let mut followed = plain.fork();
            let mut recorded = plain.fork();
            followed.record_only(3, 1_000);
            recorded.record(1_000);
            for half in 1..=20 {
                let until = at(500 * half);
                for run in [&mut plain, &mut followed, &mut recorded] {
                    run.run_until(until, 10_000_000);
                }
                let seen = |run: &Simulation| (run.events(), run.messages().collect::<Vec<_>>(), run.report());
                assert_eq!(seen(&plain), seen(&followed), "{} at {until:?}", ready.id);
                assert_eq!(seen(&plain), seen(&recorded), "{} at {until:?}", ready.id);
            }
        }
    }

    #[test]
    fn it_holds_that_request_only_and_as_much_as_the_whole_record() {
        let scenario = Scenario::from_json(READY[0].text).unwrap();
        let mut all = Simulation::start(&scenario).unwrap();
        let mut one = all.fork();
        all.record(100_000);
        one.record_only(5, 100_000);
        for run in [&mut all, &mut one] {
            run.run_until(at(20_000), 10_000_000);
        }
        let (all, one) = (all.trace().unwrap(), one.trace().unwrap());
        let of_five: Vec<_> = all.spans.iter().filter(|span| span.intent == 5).copied().collect();
        assert!(of_five.len() >= 3, "the request reaches a service");
        assert_eq!(one.spans, of_five);
        assert!(all.marks.is_empty());
        assert!(one.is_over());
    }

    #[test]
    fn a_message_dropped_by_hand_is_lost_from_then_on_and_in_the_record() {
        let text = r#"{"services":[{"id":"c","kind":"client"},{"id":"b"}],
            "links":[{"from":"c","to":"b","delay":"100ms","timeout":"1s"}],"load":[{"client":"c","at":["0s"]}]}"#;
        let mut simulation = Simulation::start(&Scenario::from_json(text).unwrap()).unwrap();
        simulation.record_only(1, 100);
        simulation.run_until(at(70), 100);
        let message = simulation.messages().next().unwrap();
        assert_eq!(message.lost, None);
        simulation.apply(Intervention::Lose(message.attempt));
        assert_eq!(simulation.messages().next().unwrap().lost, Some(at(70)));
        // Dropping it again changes nothing.
        simulation.run_until(at(80), 100);
        simulation.apply(Intervention::Lose(message.attempt));
        assert_eq!(simulation.messages().next().unwrap().lost, Some(at(70)));
        simulation.run_until(at(2_000), 100);
        let lost = |mark: &(u64, Detail)| matches!(mark, (0, Detail::Sent { lost: true, .. }));
        assert!(details(&simulation.trace().unwrap()).iter().any(lost));
        assert_eq!(simulation.report().service("b").map(|service| service.arrived), Some(0));
    }

    const LOST_ANSWER: &str = r#"{"services":[{"id":"c","kind":"client"},{"id":"b","work":"50ms","effect":"transfer"}],
        "links":[{"from":"c","to":"b","method":"POST","delay":"10ms","loss":{"response":1},"timeout":"100ms",
            "retry":{"max_attempts":2,"backoff":{"constant":"40ms"},"unsafe":true}}],
        "load":[{"client":"c","at":["0s"]}]}"#;

    #[test]
    fn messages_waits_work_and_effects_are_recorded_in_order() {
        let (_, trace) = followed(LOST_ANSWER, 1, at(1_000));
        let details = details(&trace);
        let sent = |direction, lost| {
            details
                .iter()
                .filter(
                    |(_, w)| matches!(w, Detail::Sent { direction: d, lost: l, .. } if (*d, *l) == (direction, lost)),
                )
                .count()
        };
        assert_eq!((sent(Direction::Request, false), sent(Direction::Response, true)), (2, 2));
        let books: Vec<_> = details.iter().filter(|(_, w)| matches!(w, Detail::Books { .. })).copied().collect();
        assert_eq!(books, [(60, Detail::Books { duplicate: false }), (200, Detail::Books { duplicate: true })]);
        let waits: Vec<_> =
            details.iter().filter_map(|(at, w)| matches!(w, Detail::Backoff { .. }).then_some(*at)).collect();
        assert_eq!(waits, [100]);
        assert!(
            details.iter().any(|(at, w)| *at == 240 && matches!(w, Detail::NotRepeated { why: NoRetry::Attempts, .. }))
        );
        assert!(details.is_sorted_by_key(|(at, _)| *at));
        assert_eq!(trace.marks.last().map(|mark| mark.whose), Some(SpanId::User(1)));
    }

    #[test]
    fn the_reason_for_no_further_attempt_is_recorded() {
        let run = |rest: &str| {
            let text = format!(
                r#"{{"services":[{{"id":"c","kind":"client"}},{{"id":"b","failure_rate":1}}],
                "links":[{{"from":"c","to":"b",{rest}}}],"load":[{{"client":"c","at":["0s"]}}]}}"#
            );
            let (_, trace) = followed(&text, 1, at(5_000));
            trace.marks.iter().find_map(|mark| match mark.what {
                Detail::NotRepeated { why, .. } => Some(why),
                _ => None,
            })
        };
        for (rest, why) in [
            (r#""method":"POST","retry":{"max_attempts":3}"#, Some(NoRetry::Unsafe)),
            (r#""retry":{"max_attempts":2}"#, Some(NoRetry::Attempts)),
            (
                r#""deadline":{"set":"1s"},"retry":{"max_attempts":2,"backoff":{"constant":"2s"}}"#,
                Some(NoRetry::Deadline),
            ),
            (
                r#""retry":{"max_attempts":2,"budget":{"ratio":0,"min_per_second":0,"window":"10s"}}"#,
                Some(NoRetry::Budget),
            ),
            (r#""timeout":"1s""#, None),
        ] {
            assert_eq!(run(rest), why, "{rest}");
        }
    }

    #[test]
    fn spans_under_way_are_not_over() {
        for (until, over) in [(5, false), (70, false), (120, false), (239, false), (240, true)] {
            let (_, trace) = followed(LOST_ANSWER, 1, at(until));
            assert_eq!((trace.is_over(), trace.until), (over, at(until)), "at {until} ms");
        }
        let (_, later) = followed(LOST_ANSWER, 2, at(1_000));
        assert!(later.spans.is_empty() && !later.is_over(), "a request that has not begun");
    }

    #[test]
    fn the_record_is_bounded() {
        let mut simulation = Simulation::start(&Scenario::from_json(LOST_ANSWER).unwrap()).unwrap();
        simulation.record_only(1, 2);
        simulation.run_until(at(1_000), 1_000_000);
        let trace = simulation.trace().unwrap();
        assert_eq!((trace.spans.len(), trace.marks.len()), (2, 2));
        assert!(trace.left_out > 10);
    }

    #[test]
    fn it_continues_when_boxes_are_added_and_removed() {
        let (mut simulation, _) = followed(LOST_ANSWER, 1, at(55));
        let moved =
            LOST_ANSWER.replace(r#"[{"id":"c","kind":"client"},"#, r#"[{"id":"new"},{"id":"c","kind":"client"},"#);
        let topology = callchain::scenario::check::check(&Scenario::from_json(&moved).unwrap()).unwrap();
        simulation.reconfigure(topology.into());
        simulation.run_until(at(70), 1_000_000);
        let trace = simulation.trace().unwrap();
        let name =
            |span: &callchain::sim::trace::TraceSpan| simulation.topology().services[span.service.index()].id.clone();
        let mut names: Vec<_> = trace.spans.iter().map(name).collect();
        names.sort_unstable();
        assert_eq!(names, ["b", "c", "c"]);

        let without = r#"{"services":[{"id":"c","kind":"client"}]}"#;
        let topology = callchain::scenario::check::check(&Scenario::from_json(without).unwrap()).unwrap();
        simulation.reconfigure(topology.into());
        let trace = simulation.trace().unwrap();
        assert!(trace.spans.iter().all(|span| span.service.index() == 0 && span.link.is_none()));
    }
}
