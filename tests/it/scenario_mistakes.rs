//! Reports of mistakes in files: each has the path, the value and the allowed values. All are reported at once, and none
//! twice.

use callchain::scenario::read;
use expect_test::{Expect, expect};

fn reports(text: &str, expected: Expect) {
    let messages: Vec<String> = match read::read(text) {
        Ok(_) => vec!["nothing".to_owned()],
        Err(problems) => problems.iter().map(ToString::to_string).collect(),
    };
    expected.assert_eq(&messages.join("\n"));
}

/// Mistakes in the fields of the link between `web` and `bank`.
fn reports_of_link(fields: &str, expected: Expect) {
    let services = r#"{"id": "web", "kind": "client"}, {"id": "bank", "effect": "transfer"}"#;
    reports(
        &format!(r#"{{"services": [{services}], "links": [{{"from": "web", "to": "bank", {fields}}}]}}"#),
        expected,
    );
}

fn reports_of_service(fields: &str, expected: Expect) {
    reports(&format!(r#"{{"services": [{{"id": "a", {fields}}}]}}"#), expected);
}

#[test]
fn invalid_json_is_reported_with_its_position() {
    reports("", expect!["not JSON at line 1, column 0: EOF while parsing a value"]);
    reports("{\"services\": [\n  {\"id\": }\n]}", expect!["not JSON at line 2, column 10: expected value"]);
    reports("{\"services\": []} // done", expect!["not JSON at line 1, column 18: trailing characters"]);
    reports("{\"services\": [1e999]}", expect!["not JSON at line 1, column 19: number out of range"]);
    reports("[1, 2]", expect!["a list is not a scenario, an object"]);
    reports("null", expect!["null is not a scenario, an object"]);
}

#[test]
fn mistakes_of_the_document() {
    reports("{}", expect!["services: missing"]);
    reports(
        r#"{"format": "callchain/2", "seed": -1, "horizon": 60, "service": [], "services": {}, "title": 5, "links": 7}"#,
        expect![[r#"
            service: not a field of a scenario; did you mean "services"?
            format: "callchain/2" is not a format that can be read; it is "callchain/1"
            title: 5 is not a text
            seed: -1 is not a whole number, 0 to 18446744073709551615
            horizon: 60 is not a duration, e.g. "250ms"
            services: an object is not a list
            links: 7 is not a list"#]],
    );
    reports(
        r#"{"services": [], "horizon": "0s", "horizon": "1s", "seed": 1.5, "title": "a\u0007b"}"#,
        expect![[r#"
        horizon: appears twice
        seed: 1.5 is not a whole number, 0 to 18446744073709551615
        title: "a\u{7}b" has control characters
        horizon: must be longer than 0"#]],
    );
    reports(
        r#"{"services": null, "something": 1, "with \"quotes\"": 2}"#,
        expect![[r#"
            something: not a field of a scenario; known are format, title, description, seed, horizon, services, links, load, faults, objectives, teams
            ["with \"quotes\""]: not a field of a scenario; known are format, title, description, seed, horizon, services, links, load, faults, objectives, teams
            services: null is not a list"#]],
    );
}

#[test]
fn mistakes_of_services() {
    reports(
        r#"{"services": [7, {"id": "A b"}, {"id": "a", "kind": "server"}, {"id": "a"}, {"name": "x"}, {"id": ""}]}"#,
        expect![[r#"
            services[0]: 7 is not a service, an object
            services[1].id: "A b" is not an id: 1 to 64 of the letters a to z, digits and hyphens
            services[2].kind: "server" is not a kind: client, service, external or stub
            services[3].id: "a" appears twice, first at services[2]
            services[4].id: missing
            services[5].id: "" is not an id: 1 to 64 of the letters a to z, digits and hyphens"#]],
    );
    reports_of_service(
        r#""wokers": 3, "workers": 0, "queue": -1, "failure_rate": 1.5, "position": [1]"#,
        expect![[r#"
            services[0].wokers: not a field of a service; did you mean "workers"?
            services[0].position: a list of 1 item is not a position, e.g. [320, 160]
            services[0].queue: -1 is not a whole number, 0 to 4294967295
            services[0].workers: 0 is too few; at least 1 is needed
            services[0].failure_rate: 1.5 is not within 0 to 1"#]],
    );
    reports_of_service(
        r#""workers": 2.5, "work": 5, "discipline": "random", "threads": true"#,
        expect![[r#"
        services[0].workers: 2.5 is not a whole number, 0 to 4294967295
        services[0].work: 5 is neither a duration, e.g. "250ms", nor a distribution
        services[0].discipline: "random" is not a discipline: fifo or lifo
        services[0].threads: true is not a way to use threads: blocking or async"#]],
    );
    reports_of_service(
        r#""rate_limit": {"burst": 0}, "effect": "", "idempotency": true, "team": "x", "repeat": "cycle""#,
        expect![[r#"
            services[0].rate_limit.per_second: missing
            services[0].idempotency: true is not an idempotency store, an object
            services[0].effect: is empty; an effect has a name, e.g. "transfer"
            services[0].repeat: only a stub has a script
            services[0].team: there is no team "x""#]],
    );
    reports_of_service(r#""kind": "stub""#, expect!["services[0].script: a stub needs a script of at least one reply"]);
    reports_of_service(
        r#""kind": "stub", "effect": "e", "script": [{"status": 100}, {"after": "x"}, 3]"#,
        expect![[r#"
        services[0].script[1].after: "x" is not a duration, e.g. "250ms"
        services[0].script[2]: 3 is not a reply, an object
        services[0].script[0].status: 100 is not a status, 200 to 599
        services[0].effect: a stub only answers: it has no effect"#]],
    );
    reports_of_service(r#""script": [{"status": 200}]"#, expect!["services[0].script: only a stub has a script"]);
    reports_of_service(
        r#""kind": "client", "workers": 16, "queue": null, "work": "1ms", "failure_rate": 0, "effect": "e",
           "rate_limit": {"per_second": 1}, "idempotency": {}"#,
        expect![[r#"
            services[0].workers: a client does no work of its own
            services[0].queue: a client is not called by others
            services[0].work: a client does no work of its own
            services[0].failure_rate: a client does no work of its own
            services[0].rate_limit: a client is not called by others
            services[0].effect: a client does no work of its own
            services[0].idempotency: a client is not called by others"#]],
    );
}

#[test]
fn mistakes_of_distributions() {
    for (work, expected) in [
        (r#""soon""#, expect![[r#"services[0].work: "soon" is not a duration, e.g. "250ms""#]]),
        (
            r#"{}"#,
            expect![
                "services[0].work: a distribution needs one of exponential, uniform, normal, lognormal, pareto, empirical"
            ],
        ),
        (
            r#"{"exponential": "1ms", "uniform": ["1ms", "2ms"]}"#,
            expect![
                "services[0].work: a distribution needs exactly one of exponential, uniform, normal, lognormal, pareto, empirical, but has exponential and uniform"
            ],
        ),
        (
            r#"{"exponental": "1ms"}"#,
            expect![[r#"services[0].work.exponental: not a field of a distribution; did you mean "exponential"?"#]],
        ),
        (
            r#"{"uniform": ["9ms", "2ms"]}"#,
            expect![[r#"services[0].work.uniform: goes from "9ms" down to "2ms"; the shorter one comes first"#]],
        ),
        (
            r#"{"uniform": ["9ms"]}"#,
            expect![[r#"services[0].work.uniform: a list of 1 item is not two durations, e.g. ["5ms", "15ms"]"#]],
        ),
        (r#"{"normal": {"mean": "9ms"}}"#, expect!["services[0].work.normal.sd: missing"]),
        (
            r#"{"lognormal": {"median": "0ms", "p99": "1ms"}}"#,
            expect!["services[0].work.lognormal.median: must be longer than 0"],
        ),
        (
            r#"{"lognormal": {"median": "9ms", "p99": "1ms"}}"#,
            expect![[r#"services[0].work.lognormal.p99: "1ms" is shorter than the median, "9ms""#]],
        ),
        (
            r#"{"pareto": {"min": "9ms", "shape": 0}}"#,
            expect!["services[0].work.pareto.shape: 0 is not above 0 and at most 1000000"],
        ),
        (r#"{"empirical": []}"#, expect!["services[0].work.empirical: is empty; at least one duration is needed"]),
        (
            r#"{"empirical": ["1ms", 2, "10001h"]}"#,
            expect![[r#"
            services[0].work.empirical[1]: 2 is not a duration, e.g. "250ms"
            services[0].work.empirical[2]: "10001h" is longer than 10,000 h"#]],
        ),
    ] {
        reports_of_service(&format!(r#""work": {work}"#), expected);
    }
}

#[test]
fn mistakes_of_links() {
    reports_of_link(r#""timeout": "fast""#, expect![[r#"links[0].timeout: "fast" is not a duration, e.g. "250ms""#]]);
    reports_of_link(
        r#""timout": "1s", "method": "get", "protocol": "http", "delay": "-5ms""#,
        expect![[r#"
        links[0].timout: not a field of a link; did you mean "timeout"?
        links[0].method: "get" is not a method; did you mean "GET"?
        links[0].protocol: "http" is not a protocol: rest, grpc, graphql or soap
        links[0].delay: "-5ms" is negative; a duration is 0 or more"#]],
    );
    reports_of_link(
        r#""loss": 1.5, "probability": -1, "optional": "no", "stage": 1.5, "timeout": "0s""#,
        expect![[r#"
        links[0].stage: 1.5 is not a whole number, 0 to 4294967295
        links[0].optional: "no" is neither true nor false
        links[0].loss: 1.5 is not within 0 to 1
        links[0].timeout: must be longer than 0
        links[0].probability: -1 is not within 0 to 1"#]],
    );
    reports_of_link(
        r#""loss": {"request": 2, "respons": 0}, "relationship": "conformer""#,
        expect![[r#"
        links[0].loss.respons: not a field of a choice for each leg; did you mean "response"?
        links[0].loss.request: 2 is not within 0 to 1
        links[0].relationship: "conformer" is not a relationship; did you mean "conformist"?"#]],
    );
    reports_of_link(
        r#""method": "POST", "hedge": {"after": "1ms"}"#,
        expect![[
            r#"links[0].hedge: POST is not idempotent, and a hedge may make it twice; set "request_id": true, or leave hedging out"#
        ]],
    );
    reports(
        r#"{"services": [{"id": "web", "kind": "client"}, {"id": "bank"}, {"id": "s", "kind": "stub", "script": [{}]}],
            "links": [{"from": "bank", "to": "web"}, {"from": "s", "to": "bank"}, {"from": "web", "to": "bnak"},
                      {"from": "web", "to": "bank"}, {"from": "web", "to": "bank"}, {"from": "bank", "to": "bank"},
                      {"to": "bank"}, {"from": "zebra", "to": 7}, 3]}"#,
        expect![[r#"
            links[0].to: "web" is a client; a client is not called by others
            links[1].from: "s" is a stub, which calls nobody
            links[2].to: there is no service "bnak"; did you mean "bank"?
            links[4]: the link from "web" to "bank" appears twice, first at links[3]
            links[5].to: "bank" cannot call itself
            links[6].from: missing
            links[7].to: 7 is not a text
            links[7].from: there is no service "zebra"
            links[8]: 3 is not a link, an object"#]],
    );
    reports(
        r#"{"services": [{"id": "a"}, {"id": "b"}],
            "links": [{"from": "a", "to": "b", "ask": {}, "compensate": {"on": ["unknown"]}}]}"#,
        expect![[r#"
            links[0].ask: "b" has neither an effect nor an idempotency store: there is nothing to ask for
            links[0].compensate: "b" has neither an effect nor an idempotency store: there is nothing to take back"#]],
    );
}

#[test]
fn mistakes_of_policies() {
    reports_of_link(
        r#""retry": {"max_attempts": 0, "backoff": "fast", "jitter": "half", "on": ["ok", "timeout"]}"#,
        expect![[r#"
            links[0].retry.backoff: "fast" is not a backoff: "none", or one of constant, linear, exponential, e.g. {"constant": "100ms"}
            links[0].retry.jitter: "half" is not a jitter: none, full, equal or decorrelated
            links[0].retry.on[0]: "ok" is not an outcome that can be retried: error, refused, shed, rate_limited, timeout, deadline_exceeded, breaker_open, bulkhead_full or conflict
            links[0].retry.max_attempts: 0 is too few; at least 1 is needed"#]],
    );
    reports_of_link(
        r#""retry": {"backoff": {"exponential": {"base": "1s", "factor": 0.5, "max": "1ms"}}, "max_retries": 3}"#,
        expect![[r#"
            links[0].retry.max_retries: not a field of a retry; known are max_attempts, backoff, jitter, on, unsafe, budget
            links[0].retry.backoff.exponential.max: "1ms" is shorter than the base, "1s"
            links[0].retry.backoff.exponential.factor: 0.5 is not within 1 to 1000000"#]],
    );
    reports_of_link(
        r#""retry": {"budget": {"ratio": 0.1, "max_tokens": 10}}"#,
        expect!["links[0].retry.budget.ratio: does not go with max_tokens and token_ratio: a budget is of one kind"],
    );
    reports_of_link(r#""retry": {"budget": {"max_tokens": 0}}"#, expect!["links[0].retry.budget.token_ratio: missing"]);
    reports_of_link(
        r#""breaker": {"window": {"calls": 10}, "minimum_calls": 100}"#,
        expect!["links[0].breaker.minimum_calls: a window of 10 calls never holds 100"],
    );
    reports_of_link(
        r#""breaker": {"window": {"calls": "10"}, "minimum_calls": 200}"#,
        expect![[r#"links[0].breaker.window.calls: "10" is not a whole number, 0 to 4294967295"#]],
    );
    reports_of_link(
        r#""breaker": {"window": {"time": "1500ms"}, "failure_rate": 0, "slow": {"rate": 2}}"#,
        expect![[r#"
        links[0].breaker.window.time: "1.5s" is not a number of whole seconds, 1 to 100000
        links[0].breaker.failure_rate: 0 is not above 0 and at most 1
        links[0].breaker.slow.rate: 2 is not above 0 and at most 1"#]],
    );
    reports_of_link(
        r#""breaker": {"consecutive_failures": 0, "failure_rate": 0.5, "failures": ["ok"]}"#,
        expect![[r#"
        links[0].breaker.failure_rate: does not go with consecutive_failures: a breaker trips in one way
        links[0].breaker.failures[0]: "ok" is not an outcome that can count as a failure: degraded, error, refused, shed, rate_limited, timeout, deadline_exceeded, bulkhead_full or conflict
        links[0].breaker.consecutive_failures: 0 is too few; at least 1 is needed"#]],
    );
    reports_of_link(
        r#""breaker": {"window": {"calls": 10, "time": "1s"}, "half_open_calls": 0, "half_open_max": "0s"}"#,
        expect![[r#"
            links[0].breaker.window: a window needs exactly one of calls, time, but has calls and time
            links[0].breaker.half_open_calls: 0 is too few; at least 1 is needed
            links[0].breaker.half_open_max: must be longer than 0"#]],
    );
    reports_of_link(
        r#""bulkhead": {"max_concurrent": 0}, "hedge": {"max": 0}, "deadline": {"set": 5}"#,
        expect![[r#"
        links[0].hedge.after: missing
        links[0].deadline.set: 5 is not a duration, e.g. "250ms"
        links[0].bulkhead.max_concurrent: 0 is too few; at least 1 is needed"#]],
    );
    reports_of_link(
        r#""fallback": {"default": {}}"#,
        expect![[r#"links[0].fallback: an object is not a fallback: "default", "omit" or {"cached": {"ttl": "5m"}}"#]],
    );
    reports_of_link(
        r#""fallback": "cached", "ask": {"attempts": 0, "timeout": "0s"}, "compensate": {"on": []}"#,
        expect![[r#"
            links[0].fallback: "cached" is not a fallback: "default", "omit" or {"cached": {"ttl": "5m"}}
            links[0].ask.timeout: must be longer than 0
            links[0].ask.attempts: 0 is too few; at least 1 is needed
            links[0].compensate.on: is empty; it needs "unknown", "later_failure" or both"#]],
    );
}

#[test]
fn mistakes_of_loads_faults_objectives_and_teams() {
    reports(
        r#"{"services": [{"id": "web", "kind": "client"}, {"id": "a"}], "load": [
            {"client": "a", "poisson": 1}, {"client": "web"}, {"client": "web", "poisson": 1, "users": 2},
            {"client": "web", "constant": 1e7}, {"client": "web", "poisson": 1, "think": "1s"},
            {"client": "web", "profile": [["2s", 1], ["1s", -1], 3]},
            {"client": "web", "profile": [["2s", 1], ["1s", -1]]},
            {"client": "web", "profile": []}, {"client": "web", "users": 2000000, "patience": "0s"},
            {"client": "web", "at": ["1s"], "from": "9s", "until": "1s"}, {"poisson": "a lot"}]}"#,
        expect![[r#"
            load[0].client: "a" is not a client
            load[1]: a load needs one of poisson, constant, at, users, profile
            load[2]: a load needs exactly one of poisson, constant, at, users, profile, but has poisson and users
            load[3].constant: 10000000 is not within 0 to 1000000
            load[4].think: only users think; without "users" leave it out
            load[5].profile[2]: 3 is not a point, e.g. ["10s", 100]
            load[6].profile[1][1]: -1 is not within 0 to 1000000
            load[6].profile[1][0]: "1s" is earlier than the point before it, "2s"
            load[7].profile: is empty; at least one point is needed
            load[8].users: 2000000 are too many; at most 1000000 are allowed
            load[8].patience: must be longer than 0
            load[9].until: "1s" is earlier than "from", "9s"
            load[10].client: missing
            load[10].poisson: "a lot" is not a number"#]],
    );
    reports(
        r#"{"services": [{"id": "web", "kind": "client"}, {"id": "a"}], "links": [{"from": "web", "to": "a"}], "faults": [
            {"at": "1s", "service": "web", "down": true}, {"at": "1s", "service": "a", "down": false},
            {"at": "1s", "service": "a", "slow": 0}, {"at": "1s", "service": "a", "failing": 2},
            {"at": "1s", "link": ["a", "web"], "drop": "both"}, {"at": "1s", "link": ["web", "b"], "drop": "all"},
            {"at": "1s", "link": ["web", "b"], "delay": "1s"}, {"at": "1s", "link": ["web"], "delay": "1s"},
            {"at": "1s", "service": "a"}, {"at": "1s", "service": "a", "slow": 2, "failing": 1},
            {"at": "1s", "service": "a", "drop": "both"}, {"at": 1, "service": "c", "slow": 2}]}"#,
        expect![[r#"
            faults[0].service: "web" is a client; faults happen to services and links
            faults[1].down: false is no fault; leave the fault out
            faults[2].slow: 0 is not above 0 and at most 1000000
            faults[3].failing: 2 is not within 0 to 1
            faults[4].link: there is no link from "a" to "web"
            faults[5].drop: "all" is not a choice of legs: request, response or both
            faults[6].link[1]: there is no service "b"
            faults[7].link: a list of 1 item is not the two ends of a link
            faults[8]: a fault needs one of down, slow, failing, drop, delay
            faults[9]: a fault needs exactly one of down, slow, failing, drop, delay, but has slow and failing
            faults[10].service: "drop" happens to a link, not to a service
            faults[11].at: 1 is not a duration, e.g. "250ms"
            faults[11].service: there is no service "c""#]],
    );
    reports(
        r#"{"services": [{"id": "web", "kind": "client", "team": "team-b"}, {"id": "a"}],
            "objectives": [{"client": "a", "success": 0.9}, {"client": "web"}, {"client": "web", "quantile": 2},
                           {"client": "web", "success": 0.9, "within": "1s"}, {"client": "wep", "success": 90}],
            "teams": [{"id": "team-a"}, {"id": "team-a"}, {}]}"#,
        expect![[r#"
            objectives[0].client: "a" is not a client
            objectives[1].success: missing, or else quantile and within, or expect
            objectives[2].within: missing
            objectives[3].within: does not go with success: an objective has one measure
            objectives[4].success: 90 is not within 0 to 1
            objectives[4].client: there is no service "wep"; did you mean "web"?
            teams[1].id: "team-a" appears twice, first at teams[0]
            teams[2].id: missing"#]],
    );
}

#[test]
fn an_unreadable_part_causes_no_further_mistakes() {
    reports(
        r#"{"services": [{"id": 5}, {"id": "a", "kind": "clint"}], "links": [{"from": "x", "to": "a"}],
            "load": [{"client": "a", "poisson": 1}], "faults": [{"service": "y", "down": true}]}"#,
        expect![[r#"
            services[0].id: 5 is not a text
            services[1].kind: "clint" is not a kind: client, service, external or stub"#]],
    );
    reports(
        r#"{"services": "all", "links": [{"from": "x", "to": "a", "timeout": 5}]}"#,
        expect![[r#"
        services: "all" is not a list
        links[0].timeout: 5 is not a duration, e.g. "250ms""#]],
    );
}

#[test]
fn after_a_hundred_mistakes_the_others_are_counted() {
    let links = vec!["1"; 123].join(", ");
    let problems = read::read(&format!(r#"{{"services": [], "links": [{links}]}}"#)).unwrap_err();
    assert_eq!(problems.len(), 101);
    assert_eq!(problems[100].to_string(), "and 23 more");
}

#[test]
fn limits_are_reported() {
    let many = |item: &str, n: usize| vec![item; n].join(",");
    reports(
        &format!(r#"{{"services": [{}]}}"#, many("{}", 201)),
        expect!["services: 201 items are too many; at most 200 are allowed"],
    );
    reports(
        &format!(r#"{{"services": [], "links": [{}]}}"#, many("{}", 1_001)),
        expect!["links: 1001 items are too many; at most 1000 are allowed"],
    );
    reports(
        &format!(r#"{{"services": [{{"id": "{}", "name": "{}"}}]}}"#, "a".repeat(65), "n".repeat(201)),
        expect![[r#"
        services[0].id: "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…" is not an id: 1 to 64 of the letters a to z, digits and hyphens
        services[0].name: 201 characters are too many; at most 200 are allowed"#]],
    );
    reports(
        &format!(r#"{{"services": [], "{}": 1}}"#, "x".repeat(500)),
        expect![[
            r#"["xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…"]: not a field of a scenario; known are format, title, description, seed, horizon, services, links, load, faults, objectives, teams"#
        ]],
    );
    reports(&" ".repeat((1 << 20) + 1), expect!["the file has 1048577 bytes; at most 1048576 are read"]);
}
