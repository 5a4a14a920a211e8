use super::*;
use crate::scenario::Scenario;
use crate::time::Span;
use expect_test::expect;
use proptest::prelude::*;

fn names() -> Names {
    let text = r#"{ "horizon": "60s",
        "services": [ { "id": "web", "kind": "client" }, { "id": "shop" }, { "id": "stock-2" }, { "id": "a-" } ],
        "links": [ { "from": "web", "to": "shop" }, { "from": "shop", "to": "stock-2" }, { "from": "a-", "to": "shop" } ] }"#;
    Names::of_scenario(&Scenario::from_json(text).unwrap())
}

fn measure(text: &str) -> Result<Measure, Mistake> {
    Measure::parse(text, &names())
}

fn condition(text: &str) -> Result<Condition, Mistake> {
    Condition::parse(text, &names())
}

fn window(text: &str) -> Option<(u64, Option<u64>)> {
    let seconds = |at: Time| at.as_nanos() / 1_000_000_000;
    measure(text).unwrap().window.map(|window| (seconds(window.from), window.until.map(seconds)))
}

#[test]
fn paths_lead_to_things_and_their_numbers() {
    let path = |text: &str| measure(text).unwrap().path;
    let (web, shop) = (crate::scenario::topology::ServiceId(0), crate::scenario::topology::ServiceId(1));
    assert_eq!(path("clients.web.success_rate"), Path::Client(web, ClientField::SuccessRate));
    assert_eq!(path("clients.web.latency.p95"), Path::Client(web, ClientField::Latency(LatencyField::Quantile(0.95))));
    assert_eq!(path(" services.shop.mean_in_queue "), Path::Service(shop, ServiceField::MeanInQueue));
    let link = |place| crate::scenario::topology::LinkId(place);
    assert_eq!(path("links.shop->stock-2.breaker.opened"), Path::Link(link(1), LinkField::BreakerOpened));
    assert_eq!(path("links.a-->shop.attempts"), Path::Link(link(2), LinkField::Attempts));
    let timeouts = LinkField::AttemptOutcomes(crate::outcome::Outcome::Timeout);
    assert_eq!(path("links.web->shop.attempt_outcomes.timeout"), Path::Link(link(0), timeouts));
    assert_eq!(path("ledger.duplicates"), Path::Ledger(LedgerField::Duplicates));
    assert_eq!(path("system.recovered_at"), Path::System(SystemField::RecoveredAt));
    assert_eq!(path("events"), Path::Run(RunField::Events));
}

#[test]
fn a_measure_may_be_a_quotient_and_have_a_window() {
    let quotient = measure("links.shop->stock-2.attempts/clients.web.sent during 10s..15s").unwrap();
    assert_eq!(quotient.over, Some(Path::Client(crate::scenario::topology::ServiceId(0), ClientField::Sent)));
    assert_eq!(quotient.text, "links.shop->stock-2.attempts/clients.web.sent during 10s..15s");
    assert_eq!(window("clients.web.sent"), None);
    assert_eq!(window("clients.web.sent during 10s..60s"), Some((10, Some(60))));
    assert_eq!(window("clients.web.sent during 40s.."), Some((40, None)));
    assert_eq!(window("clients.web.sent during 0s .. 1m"), Some((0, Some(60))));
    assert_eq!(measure("services.shop.wasted / services.shop.completed").unwrap().unit(), Unit::Ratio);
    assert_eq!(measure("services.shop.latency.mean / services.shop.completed").unwrap().unit(), Unit::Millis);
}

#[test]
fn conditions_compare_with_numbers_percentages_and_durations() {
    let test = |text: &str| condition(text).unwrap().test;
    assert_eq!(test("clients.web.success_rate >= 99.9%"), Test::Compare(Operator::AtLeast, 0.999));
    assert_eq!(test("clients.web.latency.p95 <= 1.5s"), Test::Compare(Operator::AtMost, 1_500.0));
    assert_eq!(test("clients.web.latency.p95<1500"), Test::Compare(Operator::Below, 1_500.0));
    assert_eq!(test("ledger.duplicates == 0"), Test::Compare(Operator::Equal, 0.0));
    assert_eq!(
        test("services.shop.wasted / services.shop.completed > 5 %".replace(" %", "%").as_str()),
        Test::Compare(Operator::Above, 0.05)
    );
    assert_eq!(test("links.web->shop.amplification in 2..5"), Test::Between(2.0, 5.0));
    assert_eq!(test("clients.web.latency.p50 in 10ms..1.5s during 10s.."), Test::Between(10.0, 1_500.0));
    let both = ["clients.web.sent > 5 during 10s..60s", "clients.web.sent during 10s..60s > 5"]
        .map(|text| condition(text).unwrap());
    assert_eq!(both[0].measure, both[1].measure);
    assert_eq!(both[0].measure.text, "clients.web.sent during 10s..1m");
    assert!(Test::Between(2.0, 5.0).holds(5.0) && !Test::Between(2.0, 5.0).holds(5.1));
    assert!(Test::Compare(Operator::Below, 1.0).holds(0.9) && !Test::Compare(Operator::Above, 1.0).holds(1.0));
}

#[test]
fn a_mistake_says_where_it_is_what_was_found_and_what_is_allowed() {
    let texts = [
        "clients.wbe.success_rate",
        "clients.web.sucess_rate",
        "clients.web.flavour",
        "clients.web",
        "clients",
        "clients.shop.sent",
        "services.web.arrived",
        "services.shoop.arrived",
        "links.web->stock-2.calls",
        "links.web.calls",
        "clients.web.outcomes",
        "clients.web.outcomes.timeoutt",
        "service.shop.arrived",
        "teams.a.worked_days",
        "ledger.duplicate",
        "system",
        "",
        "clients.web.sent /",
        "clients.web.sent during",
        "clients.web.sent during soon..",
        "clients.web.sent during 10s",
        "clients.web.sent during 10s..5s",
        "clients.web.sent during 10s..10s",
        "clients.web.sent during 10s..90s",
        "clients.web.sent during 60s..",
        "clients.web.sent > 5",
        "clients.web.sent clients.web.sent",
        "system.recovered_at during 10s..20s",
    ];
    let told: Vec<String> = texts.iter().map(|text| format!("{text}: {}", measure(text).unwrap_err())).collect();
    expect![[r#"
        clients.wbe.success_rate: there is no client “wbe”; did you mean “web”? (at character 9)
        clients.web.sucess_rate: a client has no “sucess_rate”; did you mean “success_rate”? (at character 13)
        clients.web.flavour: a client has no “flavour”; it has sent, pending, asked_again, success_rate, goodput, outcomes.…, latency.… (at character 13)
        clients.web: which number of a client? sent, pending, asked_again, success_rate, goodput, outcomes.…, latency.… (at character 12)
        clients: “clients” is not followed by the id of a client (at character 8)
        clients.shop.sent: “shop” is a service; ask for services.shop instead of clients.shop (at character 9)
        services.web.arrived: “web” is a client; ask for clients.web instead of services.web (at character 10)
        services.shoop.arrived: there is no service “shoop”; did you mean “shop”? (at character 10)
        links.web->stock-2.calls: there is no link “web->stock-2”; did you mean “web->shop”? (at character 7)
        links.web.calls: “web” is not a link; expected two ids with an arrow, e.g. web->shop (at character 7)
        clients.web.outcomes: “outcomes” has parts; expected one of ok, degraded, error, refused, shed, rate_limited, timeout, deadline_exceeded, breaker_open, bulkhead_full, conflict, cancelled (at character 13)
        clients.web.outcomes.timeoutt: a client has no “outcomes.timeoutt”; did you mean “outcomes.timeout”? (at character 13)
        service.shop.arrived: there is no “service”; did you mean “services”? (at character 1)
        teams.a.worked_days: there is no “teams”; a measure begins with clients, links, services, ledger, system, seed, simulated_ms, events (at character 1)
        ledger.duplicate: the ledger has no “duplicate”; did you mean “duplicates”? (at character 8)
        system: which number of the system? in_flight, recovered_at (at character 7)
        : the text ends; expected a measure, e.g. clients.web.success_rate (at character 1)
        clients.web.sent /: the text ends; expected a measure, e.g. clients.web.success_rate (at character 19)
        clients.web.sent during: the text ends; expected a duration, e.g. 10s (at character 24)
        clients.web.sent during soon..: “soon” is not a duration up to 10,000 h; expected e.g. 250ms or 10s (at character 25)
        clients.web.sent during 10s: the text ends; expected “..”, e.g. during 10s..60s (at character 28)
        clients.web.sent during 10s..5s: the window ends at 5s, which is not after its beginning at 10s (at character 30)
        clients.web.sent during 10s..10s: the window ends at 10s, which is not after its beginning at 10s (at character 30)
        clients.web.sent during 10s..90s: the window ends at 90s, but the run ends at 1m (at character 30)
        clients.web.sent during 60s..: the window begins at 1m, but the run ends at 1m (at character 25)
        clients.web.sent > 5: found “>”; expected “/”, “during” or the end (at character 18)
        clients.web.sent clients.web.sent: found “clients.web.sent”; expected “/”, “during” or the end (at character 18)
        system.recovered_at during 10s..20s: “system.recovered_at” is about the whole run; leave the window out (at character 21)"#]].assert_eq(&told.join("\n"));
}

#[test]
fn a_mistake_in_a_condition_says_what_is_allowed() {
    let texts = [
        "clients.web.sent",
        "clients.web.sent = 5",
        "clients.web.sent => 5",
        "clients.web.sent >=",
        "clients.web.sent >= many",
        "clients.web.sent >= 5%",
        "clients.web.sent >= 5s",
        "clients.web.latency.p95 < 5%",
        "clients.web.success_rate >= 99 %",
        "clients.web.sent in 2",
        "clients.web.sent in 5..2",
        "clients.web.sent >= 5 during 10s..20s now",
        "clients.web.sent during 10s.. >= 5 during 10s..",
        "clients.web.sent >= 1e400",
        "clients.web.sent >= -1",
    ];
    let told: Vec<String> = texts.iter().map(|text| format!("{text}: {}", condition(text).unwrap_err())).collect();
    expect![[r#"
        clients.web.sent: the text ends; expected a comparison: >=, <=, >, <, == or in (at character 17)
        clients.web.sent = 5: found “=”; expected a comparison: >=, <=, >, <, == or in (at character 18)
        clients.web.sent => 5: found “=>”; expected a comparison: >=, <=, >, <, == or in (at character 18)
        clients.web.sent >=: the text ends; expected a value: a number, a percentage such as 99%, or a duration such as 1.5s (at character 20)
        clients.web.sent >= many: “many” is no value; expected a number, a percentage such as 99%, or a duration such as 1.5s (at character 21)
        clients.web.sent >= 5%: a percentage is compared only with a share; expected a number (at character 21)
        clients.web.sent >= 5s: a duration is compared only with what is given in milliseconds, e.g. a latency (at character 21)
        clients.web.latency.p95 < 5%: a percentage is compared only with a share; expected a duration, e.g. 1.5s (at character 27)
        clients.web.success_rate >= 99 %: found “%”; expected “during” or the end (at character 32)
        clients.web.sent in 2: the text ends; expected “..” between two values, e.g. in 2..5 (at character 22)
        clients.web.sent in 5..2: the second value is less than the first (at character 24)
        clients.web.sent >= 5 during 10s..20s now: found “now”; expected the end (at character 39)
        clients.web.sent during 10s.. >= 5 during 10s..: the measure has a window already; a condition has at most one (at character 36)
        clients.web.sent >= 1e400: “1e400” is no value; expected a number, a percentage such as 99%, or a duration such as 1.5s (at character 21)
        clients.web.sent >= -1: “-1” is no value; expected a number, a percentage such as 99%, or a duration such as 1.5s (at character 21)"#]].assert_eq(&told.join("\n"));
}

#[test]
fn a_mistake_points_at_its_place() {
    let text = "clients.wbe.success_rate >= 99%";
    expect![[r#"
        there is no client “wbe”; did you mean “web”?
          clients.wbe.success_rate >= 99%
                  ^"#]]
    .assert_eq(&condition(text).unwrap_err().pointed(text));
    let long = "x".repeat(10_000);
    assert!(measure(&long).unwrap_err().message.contains("at most 500 characters"));
    assert!(measure(&"y".repeat(500)).unwrap_err().pointed(&"y".repeat(500)).len() < 400);
}

#[test]
fn a_condition_follows_its_things_to_other_names() {
    let text = "links.web->shop.attempts / clients.web.sent <= 2 during 10s..15s";
    assert!(mentions(text, "web") && mentions(text, "shop") && !mentions(text, "stock-2") && !mentions("web", "web"));
    assert!(mentions_link(text, "web", "shop") && !mentions_link(text, "shop", "web"));
    let renamed = rename(text, "web", "page");
    assert_eq!(renamed, "links.page->shop.attempts / clients.page.sent <= 2 during 10s..15s");
    let (old, new) = ([&"web".to_string(), &"shop".to_string()], [&"web".to_string(), &"bank".to_string()]);
    assert_eq!(reconnect(text, old, new), "links.web->bank.attempts / clients.web.sent <= 2 during 10s..15s");
    assert_eq!(rename("clients.web.sent", "web", "page"), "clients.web.sent", "what cannot be read stays");
}

#[test]
fn every_name_of_a_field_is_there_once() {
    let all = [
        ClientField::names().into_iter().map(|(name, _)| name).collect::<Vec<_>>(),
        LinkField::names().into_iter().map(|(name, _)| name).collect(),
        ServiceField::names().into_iter().map(|(name, _)| name).collect(),
    ];
    for names in all {
        let once: std::collections::BTreeSet<&String> = names.iter().collect();
        assert_eq!(once.len(), names.len());
    }
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in any::<String>()) {
        let _ = measure(&text).map_err(|mistake| mistake.pointed(&text));
        let _ = condition(&text).map_err(|mistake| mistake.pointed(&text));
        let _ = (mentions(&text, "web"), mentions_link(&text, "web", "shop"), rename(&text, "web", "é"));
    }

    #[test]
    fn no_text_of_its_own_words_makes_it_panic(
        words in prop::collection::vec(prop::sample::select(vec![
            "clients.", "web", ".sent", "links.", "->", "shop", ".latency.p95", "services.", " / ", " during ", "10s", "..",
            " in ", ">=", "==", "<", "99%", "1.5s", "-", ".", " ", "é", "0", "60s", "ledger.entries", "\u{a0}", "%",
        ]), 0..12)
    ) {
        let text = words.concat();
        if let Err(mistake) = measure(&text) {
            prop_assert!(mistake.at <= text.chars().count());
            let _ = mistake.pointed(&text);
        }
        if let Ok(condition) = condition(&text) {
            let again = Condition::parse(&condition.text, &names());
            prop_assert_eq!(again.as_ref(), Ok(&condition));
            let measure = Measure::parse(&condition.measure.text, &names());
            prop_assert_eq!(measure, Ok(condition.measure));
        }
    }

    #[test]
    fn a_window_within_the_run_reads_back(from in 0_u64..59, length in 1_u64..60) {
        let until = (from + length).min(60);
        let measure = measure(&format!("clients.web.sent during {from}s..{until}s")).unwrap();
        let at = |seconds| Time::at(Span::secs(seconds));
        prop_assert_eq!(measure.window, Some(Window { from: at(from), until: Some(at(until)) }));
    }
}
