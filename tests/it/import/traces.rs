//! Traces as OTLP/JSON and Jaeger JSON.

use super::{open, real, refused, shown};
use callchain::chance::Distribution;
use callchain::import::{Format, Imported};
use callchain::scenario::{Kind, Legs, Link, Service};
use callchain::time::Span;
use expect_test::expect;
use serde_json::{Value, json};

#[test]
fn the_examples_of_opentelemetry_and_jaeger_become_systems() {
    let names = ["otlp-proto-trace.json", "otlp-telemetrygen.json", "jaeger-trace.json", "jaeger-query.json"];
    let systems: Vec<String> = names.into_iter().map(|name| shown(&open(real(name)))).collect();
    expect![[r#"
        From traces
        Service my-service “my.service”
        Client users “Users”
        users -> my-service GET
        users sends 5.33 a second
        ! “my.service” gets requests from outside. The client “Users” sends them.
        ! There are too few requests from outside to measure a rate, so it is 5.33 a second in all.

        From traces
        Service telemetrygen
        Client users “Users”
        users -> telemetrygen GET
        users sends 30 a second
        ! 1 span was left out: it has the id of another one.
        ! “telemetrygen” gets requests from outside. The client “Users” sends them.
        ! There are too few requests from outside to measure a rate, so it is 30 a second in all.

        From traces
        Service service1
        Service service2
        Client users “Users”
        service1 -> service2 GET
        users -> service1 GET
        users sends 13.7 a second
        ! 1 span of a message was left out: nobody waits for messages (producer, consumer).
        ! 2 calls count as work: their callees are unknown (no peer, no span there).
        ! “service1” gets requests from outside. The client “Users” sends them.
        ! There are too few requests from outside to measure a rate, so it is 13.7 a second in all.

        From traces
        Service issue115
        Client users “Users”
        users -> issue115 GET
        users sends 30 a second
        ! 1 span of a message was left out: nobody waits for messages (producer, consumer).
        ! “issue115” gets requests from outside. The client “Users” sends them.
        ! There are too few requests from outside to measure a rate, so it is 30 a second in all.
    "#]]
    .assert_eq(&systems.join("\n"));
}

#[test]
fn a_recorded_run_of_hotrod_becomes_its_system_with_its_measurements() {
    let imported = open(real("otlp-hotrod.json"));
    expect![[r#"
        From traces
        Service frontend
        Service customer
        Service driver
        Service route
        Service redis-manual
        Service mysql
        Client users “Users”
        frontend -> customer GET
        frontend -> driver GET
        frontend -> route GET
        customer -> mysql GET
        driver -> redis-manual GET
        users -> frontend GET
        users sends 7.59 a second
        ! 15 calls count as work: their callees are unknown (no peer, no span there).
        ! frontend → route has 10 calls a request. They were read as one, because a link is one call.
        ! Only one side of customer → mysql was recorded, so the delay is the default, 5 ms each way.
        ! Only one side of driver → redis-manual was recorded, so the delay is the default, 5 ms each way.
        ! driver → redis-manual has 14 calls a request. They were read as one, because a link is one call.
        ! “frontend” gets requests from outside. The client “Users” sends them.
        ! There are too few requests from outside to measure a rate, so it is 7.59 a second in all.
    "#]]
    .assert_eq(&shown(&imported));
    let service = |id: &str| imported.scenario.services.iter().find(|service| service.id == id).unwrap();
    // 3 of 14 calls of Redis failed, and the driver asked again.
    assert_eq!((service("redis-manual").failure_rate * 14.0).round(), 3.0);
    let Distribution::Empirical(times) = &service("route").work else { panic!("the route's ten times were lost") };
    assert_eq!(times.len(), 10);
}

/// A span: its service, its id, its parent's id, its kind, its start and end in milliseconds, and its attributes.
struct Made(&'static str, u64, u64, u8, [u64; 2], &'static [(&'static str, &'static str)]);

/// A number of traces of these spans, one a second.
fn otlp(traces: u64, spans: &[Made]) -> String {
    let span = |trace: u64, made: &Made| {
        let Made(_, id, parent, kind, [start, end], attributes) = made;
        let at = |ms: u64| ((1_000 * trace + ms) * 1_000_000).to_string();
        let attributes: Vec<Value> =
            attributes.iter().map(|(key, value)| json!({"key": key, "value": {"stringValue": value}})).collect();
        let has_failed = attributes.iter().any(|attribute| attribute["key"] == "error.type");
        let parent = if *parent == 0 { String::new() } else { format!("{parent:016x}") };
        json!({ "traceId": format!("{trace:032x}"), "spanId": format!("{id:016x}"), "parentSpanId": parent, "name": "x", "kind": kind,
            "startTimeUnixNano": at(*start), "endTimeUnixNano": at(*end), "attributes": attributes,
            "status": if has_failed { json!({"code": 2}) } else { json!({}) } })
    };
    let resources = (1..=traces).flat_map(|trace| {
        spans.iter().map(move |made| {
            json!({ "resource": { "attributes": [{ "key": "service.name", "value": { "stringValue": made.0 } }] },
                "scopeSpans": [{ "spans": [span(trace, made)] }] })
        })
    });
    json!({ "resourceSpans": resources.collect::<Vec<_>>() }).to_string()
}

const SERVER: u8 = 2;
const CLIENT: u8 = 3;

fn link<'a>(imported: &'a Imported, from: &str, to: &str) -> &'a Link {
    let found = imported.scenario.links.iter().find(|link| link.from == from && link.to == to);
    found.unwrap_or_else(|| panic!("{from} -> {to} in\n{}", shown(imported)))
}

fn service<'a>(imported: &'a Imported, id: &str) -> &'a Service {
    imported
        .scenario
        .services
        .iter()
        .find(|service| service.id == id)
        .unwrap_or_else(|| panic!("{id} in\n{}", shown(imported)))
}

fn ms(n: u64) -> Distribution {
    Distribution::Constant(Span::millis(n))
}

#[test]
fn delays_work_and_stages_are_as_recorded() {
    let text = otlp(
        10,
        &[
            Made("web", 1, 0, SERVER, [0, 100], &[]),
            // Two at once, and one after them.
            Made("web", 2, 1, CLIENT, [10, 50], &[("http.request.method", "POST")]),
            Made("a", 3, 2, SERVER, [14, 46], &[]),
            Made("web", 4, 1, CLIENT, [12, 40], &[("rpc.system", "grpc")]),
            Made("b", 5, 4, SERVER, [15, 37], &[]),
            Made("web", 6, 1, CLIENT, [50, 80], &[("db.system", "postgresql")]),
        ],
    );
    let imported = open(&text);
    let delays =
        [("a", 4), ("b", 3)].map(|(to, delay)| (link(&imported, "web", to).delay.clone(), Legs::both(ms(delay))));
    delays.into_iter().for_each(|(found, right)| assert_eq!(found, right));
    let works = ["web", "a", "b"].map(|id| service(&imported, id).work.clone());
    assert_eq!(works, [ms(100 - 40 - 30), ms(32), ms(22)]);
    let stages = ["a", "b", "postgresql"].map(|to| link(&imported, "web", to).stage);
    assert_eq!(stages, [0, 0, 1]);
    assert_eq!(service(&imported, "postgresql").kind, Kind::External);
    // A tenth of 30 ms is the way, there and back.
    assert_eq!(service(&imported, "postgresql").work, ms(27));
    expect![[r#"
        From traces
        Service web
        Service a
        Service b
        External postgresql
        Client users “Users”
        web -> a POST
        web -> b GET
        web -> postgresql GET
        users -> web GET
        users sends 1 a second
        ! “postgresql” has no spans of its own, so it is an external service. Nine tenths of the time of its calls count as work.
        ! “web” gets requests from outside. The client “Users” sends them.
    "#]].assert_eq(&shown(&imported));
}

#[test]
fn failures_count_where_they_began() {
    let good = otlp(
        6,
        &[
            Made("web", 1, 0, SERVER, [0, 50], &[]),
            Made("web", 2, 1, CLIENT, [5, 45], &[]),
            Made("a", 3, 2, SERVER, [10, 40], &[]),
        ],
    );
    let failed = &[("error.type", "500")];
    let bad = otlp(
        2,
        &[
            Made("web", 1, 0, SERVER, [0, 50], failed),
            Made("web", 2, 1, CLIENT, [5, 45], failed),
            Made("a", 3, 2, SERVER, [10, 40], failed),
        ],
    );
    let shed =
        otlp(1, &[Made("web", 1, 0, SERVER, [0, 1], &[("error.type", "503"), ("http.response.status_code", "503")])]);
    // As the collector writes them: a document a line. The traces get ids of their own.
    let bad = bad.replace("\"traceId\":\"0000", "\"traceId\":\"bad0");
    let shed = shed.replace("\"traceId\":\"0000", "\"traceId\":\"5ed0");
    let imported = open(&format!("{good}\n{bad}\nnot JSON\n{shed}\n").replace("not JSON", "{not JSON}"));
    assert_eq!([service(&imported, "web").failure_rate, service(&imported, "a").failure_rate], [0.0, 0.25]);
    let notes: Vec<String> = imported.notes.iter().map(ToString::to_string).collect();
    assert!(
        notes.iter().any(|note| note.starts_with("line 3: This line was left out: not JSON at line 1")),
        "{notes:?}"
    );
    assert!(notes.iter().any(|note| note.starts_with("“web” turned 1 request away")), "{notes:?}");
}

#[test]
fn retries_timeouts_optional_calls_and_shares_are_seen() {
    let text = otlp(
        10,
        &[
            Made("web", 1, 0, SERVER, [0, 400], &[]),
            Made("web", 2, 1, CLIENT, [10, 110], &[("error.type", "timeout"), ("server.address", "a")]),
            Made(
                "web",
                4,
                1,
                CLIENT,
                [160, 260],
                &[("error.type", "timeout"), ("http.request.resend_count", "1"), ("server.address", "a")],
            ),
            Made("a", 3, 2, SERVER, [20, 300], &[]),
        ],
    );
    let once = otlp(30, &[Made("web", 9, 0, SERVER, [500, 510], &[])]);
    let imported = open(&format!("{text}\n{once}"));
    let call = link(&imported, "web", "a");
    assert_eq!(call.timeout, Some(Span::millis(100)));
    assert_eq!((call.optional, call.probability), (true, 0.25));
    let retry = call.retry.as_ref().unwrap();
    assert_eq!(retry.max_attempts, 2);
    assert_eq!(retry.backoff, callchain::policy::retry::Backoff::Constant(Span::millis(50)));
}

#[test]
fn messages_torn_traces_and_unknown_callees_have_notes() {
    let text = otlp(
        5,
        &[
            Made("web", 1, 0, SERVER, [0, 100], &[]),
            Made("web", 2, 1, 4, [10, 12], &[]),
            Made("mailer", 3, 2, 5, [500, 600], &[]),
            Made("db", 4, 3, SERVER, [510, 520], &[]),
            Made("lost", 5, 77, 1, [0, 5], &[]),
            Made("web", 6, 1, CLIENT, [20, 30], &[]),
            Made("back", 7, 88, SERVER, [0, 5], &[]),
        ],
    );
    expect![[r#"
        From traces
        Service web
        Service back
        Client users-of-web “Users of web”
        Client users-of-back “Users of back”
        users-of-web -> web GET
        users-of-back -> back GET
        users-of-web sends 1.13 a second
        users-of-back sends 1.13 a second
        ! 5 spans of messages were left out: nobody waits for messages (producer, consumer).
        ! 5 spans were left out: the requests around them were not recorded.
        ! 5 calls count as work: their callees are unknown (no peer, no span there).
        ! Left out, because they have no requests: mailer, db, lost.
        ! “web” gets requests from outside. The client “Users of web” sends them.
        ! “back” gets requests from outside. The client “Users of back” sends them.
    "#]]
    .assert_eq(&shown(&open(&text)));
}

#[test]
fn a_service_that_only_calls_is_a_client_with_its_rate() {
    let text = otlp(
        21,
        &[
            Made("cron", 1, 0, 1, [0, 100], &[]),
            Made("cron", 2, 1, CLIENT, [10, 50], &[]),
            Made("a", 3, 2, SERVER, [14, 46], &[]),
        ],
    );
    let imported = open(&text);
    assert_eq!(service(&imported, "cron").kind, Kind::Client);
    assert!(shown(&imported).contains("cron sends 1 a second"), "{}", shown(&imported));
    assert_eq!(imported.notes, []);
}

#[test]
fn repeated_calls_become_one_with_a_note() {
    let calls: Vec<Made> = (0..4)
        .flat_map(|i| {
            [
                Made("web", 10 + i, 1, CLIENT, [10 + 20 * i, 25 + 20 * i], &[]),
                Made("a", 20 + i, 10 + i, SERVER, [12 + 20 * i, 23 + 20 * i], &[]),
            ]
        })
        .collect();
    let all: Vec<Made> = std::iter::once(Made("web", 1, 0, SERVER, [0, 100], &[])).chain(calls).collect();
    let system = shown(&open(&otlp(3, &all)));
    assert!(system.contains("web → a has 4 calls a request."), "{system}");
}

#[test]
fn spans_that_cannot_be_read_have_a_note_with_their_place() {
    let text = r#"{"resourceSpans": [{"resource": {"attributes": []}, "scopeSpans": [{"spans": [
        {"spanId": "1", "name": "late", "startTimeUnixNano": "5", "endTimeUnixNano": "3"},
        {"spanId": "2", "startTimeUnixNano": "x", "endTimeUnixNano": "3"},
        {"spanId": "3", "startTimeUnixNano": "1"},
        {"spanId": "4", "kind": "SPAN_KIND_SERVER", "startTimeUnixNano": 1, "endTimeUnixNano": "2000000"}, 7]}]}, 8]}"#;
    expect![[r#"
        From traces
        Service unknown
        Client users “Users”
        users -> unknown GET
        users sends 30 a second
        ! resourceSpans[0].resource: There is no service.name, so the service is called “unknown”.
        ! resourceSpans[0].scopeSpans[0].spans[0]: A span was left out: “late” ends before it begins.
        ! resourceSpans[0].scopeSpans[0].spans[1]: A span was left out: startTimeUnixNano is "x", not a number of nanoseconds.
        ! resourceSpans[0].scopeSpans[0].spans[2]: A span was left out: it has no endTimeUnixNano.
        ! resourceSpans[0].scopeSpans[0].spans[4]: A span was left out: it has no startTimeUnixNano.
        ! “unknown” gets requests from outside. The client “Users” sends them.
        ! There are too few requests from outside to measure a rate, so it is 30 a second in all.
    "#]]
    .assert_eq(&shown(&open(text)));
    assert!(refused(r#"{"resourceSpans": []}"#).contains("there is no span in it"));
    assert!(refused(r#"{"resourceSpans": ["#).contains("not JSON at line 1"));
    let jaeger = r#"[{"spanID": "1", "startTime": 1, "duration": 2}, {"spanID": "2", "startTime": -1, "duration": 2, "process": {"serviceName": "a"}}]"#;
    expect![[r#"
        Read as traces (Jaeger JSON), but there is no span in it.
        spans[0]: A span was left out: there is no process with a serviceName.
        spans[1]: A span was left out: startTime is -1, not a number of microseconds.
    "#]]
    .assert_eq(&refused(jaeger));
}

#[test]
fn both_formats_give_the_same_system() {
    let spans = [("web", 1, 0, "server", 0, 100), ("web", 2, 1, "client", 10, 50), ("a", 3, 2, "server", 14, 46)];
    let jaeger: Vec<Value> = spans
        .iter()
        .map(|(name, id, parent, kind, start, end)| {
            let references = if *parent == 0 { json!([]) } else { json!([{"refType": "CHILD_OF", "traceID": "t", "spanID": parent.to_string()}]) };
            json!({"traceID": "t", "spanID": id.to_string(), "operationName": "x", "references": references, "startTime": start * 1000,
                "duration": (end - start) * 1000, "tags": [{"key": "span.kind", "type": "string", "value": kind}], "processID": name})
        })
        .collect();
    let processes = json!({"web": {"serviceName": "web"}, "a": {"serviceName": "a"}});
    let jaeger = open(&json!({"data": [{"traceID": "t", "spans": jaeger, "processes": processes}]}).to_string());
    let otlp = open(&otlp(
        1,
        &[
            Made("web", 1, 0, SERVER, [0, 100], &[]),
            Made("web", 2, 1, CLIENT, [10, 50], &[]),
            Made("a", 3, 2, SERVER, [14, 46], &[]),
        ],
    ));
    assert_eq!((jaeger.format, otlp.format), (Format::Jaeger, Format::Otlp));
    assert_eq!(jaeger.scenario, otlp.scenario);
}
