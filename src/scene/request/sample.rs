//! Small systems whose requests have interesting stories, for the tests of the diagrams and the verdict.

use super::cast::Cast;
use super::life::Life;
use super::story::Story;
use crate::Simulation;
use crate::scenario::Scenario;
use crate::time::{Span, Time};

/// A client and a service in front of a bank that books transfers. `rest` are the settings of the link to the bank.
pub fn bank(bank: &str, rest: &str) -> String {
    format!(
        r#"{{"services":[{{"id":"actor","name":"Actor","kind":"client"}},{{"id":"trx","name":"TRX service","work":"10ms"}},
            {{"id":"bank","name":"Bank API","kind":"external","effect":"transfer",{bank}}}],
          "links":[{{"from":"actor","to":"trx","method":"POST","delay":"20ms"}},
            {{"from":"trx","to":"bank","method":"POST","delay":"50ms",{rest}}}],
          "load":[{{"client":"actor","at":["0s"]}}]}}"#
    )
}

/// The bank answers, and the answer to the first attempt is lost.
pub fn lost_answer() -> String {
    let retry = r#""timeout":"300ms","retry":{"max_attempts":3,"backoff":{"constant":"100ms"},"unsafe":true}"#;
    let system = bank(r#""work":"40ms""#, retry);
    system
        .replace(r#""load""#, r#""faults":[{"at":"0s","for":"200ms","link":["trx","bank"],"drop":"response"}],"load""#)
}

/// The first attempt meets a slow bank, the second a fast one.
pub fn slow_once() -> String {
    bank(
        r#""work":{"uniform":["10ms","10ms"]}"#,
        r#""timeout":"200ms","retry":{"max_attempts":2,"backoff":{"constant":"50ms"},"unsafe":true}"#,
    )
    .replace(r#""load""#, r#""faults":[{"at":"0s","for":"200ms","service":"bank","slow":30}],"load""#)
}

/// The life of a request up to `millis`.
pub fn life(text: &str, intent: u64, millis: u64) -> (Life, Simulation, Scenario) {
    let scenario = Scenario::from_json(text).unwrap_or_else(|problems| panic!("{problems:?}"));
    let mut simulation = Simulation::start(&scenario).unwrap();
    simulation.record_only(intent, 10_000);
    simulation.run_until(Time::at(Span::millis(millis)), 10_000_000);
    let life = Life::of(&simulation.trace().unwrap(), simulation.topology()).unwrap();
    (life, simulation, scenario)
}

/// The intent of the last request that a system schedules.
pub fn scheduled_intent(text: &str) -> u64 {
    if text.contains(r#"["0s","100ms"]"#) { 2 } else { 1 }
}

/// The story of the last request that `text` schedules, up to `millis`.
pub fn story(text: &str, millis: u64) -> Story {
    let (life, simulation, document) = life(text, scheduled_intent(text), millis);
    Story::of(&life, Cast { topology: simulation.topology(), document: &document })
}

/// Every story worth a picture, by name.
pub fn all() -> Vec<(&'static str, String)> {
    let chain = |links: [&str; 3], rest: &str| {
        let [a, b, c] = links;
        format!(
            r#"{{"services":[{{"id":"web","name":"Web application","kind":"client"}},{{"id":"account","name":"Bank account"}},
            {{"id":"access","name":"Access privilege"}},{{"id":"partner","name":"Business partner","kind":"external"}}],
          "links":[{{"from":"web","to":"account"{a}}},{{"from":"account","to":"access"{b}}},
            {{"from":"access","to":"partner"{c}}}],{rest}
          "load":[{{"client":"web","at":["0s"]}}]}}"#
        )
    };
    vec![
        ("lost-answer", lost_answer()),
        ("slow-once", slow_once()),
        (
            "chain-deadline",
            chain(
                [
                    r#","deadline":{"set":"1500ms"},"timeout":"2s""#,
                    r#","deadline":{"pass_on":true,"reserve":"100ms"}"#,
                    r#","deadline":{"pass_on":true},"delay":{"request":"1s","response":"990ms"}"#,
                ],
                "",
            ),
        ),
        (
            "breaker",
            chain(
                [
                    "",
                    r#","breaker":{"consecutive_failures":2,"open_for":"5s"},"retry":{"max_attempts":4,"backoff":{"constant":"20ms"}},"fallback":"default""#,
                    "",
                ],
                r#""faults":[{"at":"0s","service":"access","down":true}],"#,
            ),
        ),
        (
            "ask",
            bank(
                r#""work":"400ms","idempotency":{}"#,
                r#""timeout":"200ms","request_id":true,"ask":{"timeout":"200ms","attempts":3}"#,
            ),
        ),
        (
            "compensate",
            bank(
                r#""work":"400ms","idempotency":{}"#,
                r#""timeout":"200ms","request_id":true,"compensate":{"on":["unknown"]}"#,
            ),
        ),
        (
            "hedge",
            bank(
                r#""work":"300ms","idempotency":{}"#,
                r#""request_id":true,"cancel":true,"hedge":{"after":"100ms","max":1}"#,
            ),
        ),
        (
            "replay",
            lost_answer()
                .replace(r#","unsafe":true}"#, r#"},"request_id":true"#)
                .replace(r#""40ms""#, r#""40ms","idempotency":{}"#),
        ),
        (
            "shed",
            bank(r#""workers":1,"queue":0,"work":"500ms""#, r#""timeout":"2s""#)
                .replace(r#"["0s"]"#, r#"["0s","100ms"]"#),
        ),
        (
            "bulkhead",
            bank(r#""work":"500ms""#, r#""timeout":"2s","bulkhead":{"max_concurrent":1,"max_wait":"200ms"}"#)
                .replace(r#"["0s"]"#, r#"["0s","100ms"]"#),
        ),
        (
            "patience",
            bank(r#""work":"500ms""#, r#""cancel":true"#)
                .replace(r#""at":["0s"]"#, r#""at":["0s"],"patience":"300ms","asks_again":1"#),
        ),
        (
            "crash",
            bank(r#""work":"500ms""#, r#""timeout":"800ms""#)
                .replace(r#""load""#, r#""faults":[{"at":"300ms","service":"bank","down":true}],"load""#),
        ),
    ]
}
