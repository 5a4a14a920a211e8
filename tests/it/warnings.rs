//! Warnings: each repair removes its warning in any system, and the ready systems have exactly the warnings that they are
//! meant to teach. `warnings_engine` compares the claims of the rules with the engine.

use crate::generate;
use callchain::editor::policies::default_retry;
use callchain::editor::warning::{Rule, Warning, together, warnings};
use callchain::editor::{Editor, Thing};
use callchain::scenario::check::check;
use callchain::scenario::ready::READY;
use callchain::scenario::{Kind, Link, Scenario, Service, read};
use callchain::time::Span;
use expect_test::expect;
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::strategy::ValueTree;
use std::fmt::Write as _;

/// A valid system whose calls may form circles. The tests examine it without running it.
fn wired() -> impl Strategy<Value = Scenario> {
    let more = proptest::collection::vec((any::<Index>(), any::<Index>(), generate::link()), 0..8);
    (generate::scenario(), more).prop_map(|(mut scenario, more)| {
        for (from, to, mut link) in more {
            let ends = [from, to].map(|end| end.get(&scenario.services).clone());
            let [from, to] = &ends;
            let is_known = scenario.links.iter().any(|l| l.from == from.id && l.to == to.id);
            if is_known || from.id == to.id || from.kind == Kind::Stub || to.kind == Kind::Client {
                continue;
            }
            (link.from, link.to) = (from.id.clone(), to.id.clone());
            (link.hedge, link.ask, link.compensate) = (None, None, None);
            scenario.links.push(link);
        }
        scenario
    })
}

/// The document after a repair, which must be able to run.
fn repaired(scenario: &Scenario, warning: &Warning, repair: usize) -> Scenario {
    let editor = Editor::new(scenario.clone()).unwrap().apply(&warning.repairs[repair].command).unwrap();
    assert!(editor.can_undo(), "{warning:#?} changes nothing");
    if let Err(problems) = check(editor.document()) {
        panic!("{warning:#?}\nleaves a document that cannot run: {problems:?}");
    }
    editor.document().as_ref().clone()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, ..ProptestConfig::default() })]

    #[test]
    fn every_repair_leaves_a_system_that_can_run_without_that_warning(scenario in wired()) {
        prop_assert!(check(&scenario).is_ok());
        let found = warnings(&scenario);
        for (i, warning) in found.iter().enumerate() {
            prop_assert!((1..=2).contains(&warning.repairs.len()), "{warning:#?}");
            prop_assert!(warning.at.exists_in(&scenario) && warning.others.iter().all(|thing| thing.exists_in(&scenario)));
            prop_assert!(!found[..i].iter().any(|other| other.rule == warning.rule && other.at == warning.at));
            for repair in 0..warning.repairs.len() {
                let left = warnings(&repaired(&scenario, warning, repair));
                let again = left.iter().find(|other| other.rule == warning.rule && other.at == warning.at);
                prop_assert!(again.is_none(), "{warning:#?}\nis still there after repair {repair}: {again:#?}");
            }
        }
    }

    #[test]
    fn one_repair_for_all_of_a_rule_can_run_and_is_one_entry_of_the_history(scenario in wired()) {
        let found = warnings(&scenario);
        for of_a_rule in found.chunk_by(|a, b| a.rule == b.rule).filter(|all| all.len() > 1) {
            let Some(repair) = together(of_a_rule) else { continue };
            let editor = Editor::new(scenario.clone()).unwrap().apply(&repair.command).unwrap();
            prop_assert!(check(editor.document()).is_ok(), "{repair:#?}");
            let left = warnings(editor.document()).iter().filter(|warning| warning.rule == of_a_rule[0].rule).count();
            prop_assert!(left < of_a_rule.len(), "{repair:#?} leaves {left}");
            let back = editor.undo();
            prop_assert_eq!(&**back.document(), &scenario);
        }
    }

    #[test]
    fn repairing_repeatedly_ends(mut scenario in wired()) {
        for _ in 0..200 {
            let Some(first) = warnings(&scenario).into_iter().next() else { return Ok(()) };
            scenario = repaired(&scenario, &first, 0);
        }
        prop_assert!(false, "there is still {:#?}", warnings(&scenario));
    }
}

/// The warnings as the command prints them, without the repairs' commands.
fn printed(scenario: &Scenario) -> String {
    let mut text = String::new();
    for Warning { rule, at, reason, repairs, .. } in warnings(scenario) {
        let at = match at {
            Thing::Service(id) => id,
            Thing::Link { from, to } => format!("{from}->{to}"),
        };
        let repairs: Vec<_> = repairs.iter().map(|repair| repair.title.text()).collect();
        let _ = writeln!(text, "{at}: {}\n  {reason}\n  {}", rule.title().text(), repairs.join(" | "));
    }
    text
}

#[test]
fn the_ready_systems_have_exactly_the_warnings_that_they_teach() {
    let mut all = String::new();
    for ready in READY {
        let _ = writeln!(all, "= {}\n{}", ready.id, printed(&read::read(ready.text).unwrap()));
    }
    expect![[r#"
        = overview

        = slow-dependency

        = down

        = transfer
        trx->bank-api: Repeats a call that is not idempotent
          If only the answer is lost, Bank API takes the next POST for a new one: it may run 3 times.
          Send the request id | Do not repeat it

        = chain
        bank-account->access-privilege: A call without a timeout
          If an answer is lost or Access privilege hangs, Bank account waits forever, and so does one of its 8 workers.
          Wait at most 15 s
        access-privilege->business-partner: A call without a timeout
          If an answer is lost or Business partner hangs, Access privilege waits forever, and so does one of its 4 workers.
          Wait at most 10 s

        = retry-storm
        checkout->orders: Gives up before its callee does
          Checkout gives up after 1 s, but Orders’s own 3 attempts at Stock can take 1.2 s: later work is wasted.
          Wait at most 1.5 s | Try Orders → Stock only twice
        orders->stock: Retries in several layers
          When Stock fails, one request becomes up to 9 attempts: Checkout tries 3 times, Orders tries 3 times.
          Retry only Orders → Stock | Limit retries to 10 % of the calls
        stock: A queue longer than callers wait
          Callers of Stock give up after 400 ms, but the 100 places of its queue take about 1.25 s to work off: under load most of that work is wasted.
          Shorten the queue to 16 | Serve the newest first

        = breaker

    "#]].assert_eq(&all);
}

#[test]
fn the_systems_of_the_papers_have_the_warnings_of_their_papers() {
    let mut all = String::new();
    let folder = format!("{}/static/scenarios/papers", env!("CARGO_MANIFEST_DIR"));
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    for file in files {
        let scenario = read::read(&std::fs::read_to_string(&file).unwrap()).unwrap();
        let _ = writeln!(all, "= {}\n{}", file.file_stem().unwrap().display(), printed(&scenario));
    }
    expect![[r#"
        = aws-backoff

        = metastable
        database: A queue longer than callers wait
          Callers of Database give up after 1 s, but its queue has no limit: under load most of its work is wasted.
          Shorten the queue to 150 | Serve the newest first

        = nygard-blocked-threads
        shop->catalogue: A call without a timeout
          If an answer is lost or Catalogue hangs, Shop waits forever, and so does one of its 20 workers.
          Wait at most 500 ms
        shop->partner: A call without a timeout
          If an answer is lost or Partner hangs, Shop waits forever, and so does one of its 20 workers.
          Wait at most 500 ms

        = sre-deadline

        = sre-retries
        frontend->backend: A call without a timeout
          If an answer is lost or Backend hangs, Frontend waits forever, and so does one of its 64 workers.
          Wait at most 500 ms
        backend->database: A call without a timeout
          If an answer is lost or Database hangs, Backend waits forever, and so does one of its 64 workers.
          Wait at most 500 ms
        backend->database: Retries in several layers
          When Database fails, one request becomes up to 64 attempts: Browser tries 4 times, Frontend tries 4 times, Backend tries 4 times.
          Do not retry Backend → Database | Limit retries to 10 % of the calls

        = sre-stuck-threads

    "#]].assert_eq(&all);
}

#[test]
fn generated_systems_break_every_rule() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut met = std::collections::BTreeMap::new();
    for _ in 0..3_000 {
        let scenario = wired().new_tree(&mut runner).unwrap().current();
        warnings(&scenario).iter().for_each(|warning| *met.entry(warning.rule).or_insert(0) += 1);
    }
    println!("{met:#?}");
    assert_eq!(met.into_keys().collect::<Vec<_>>(), Rule::ALL);
}

#[test]
fn every_rule_says_where_to_read_more() {
    for (place, rule) in Rule::ALL.iter().enumerate() {
        assert_eq!(*rule as usize, place);
        assert!(
            rule.source().starts_with("https://") && !rule.source_name().is_empty() && !rule.title().text().is_empty()
        );
    }
}

/// The most services and links that a scenario may have. Each layer calls the next, and all calls retry: there are as
/// many paths as atoms in the universe.
fn largest() -> Scenario {
    let mut services = vec![Service::new("s0", Kind::Client)];
    services.extend((1..200).map(|i| Service::new(format!("s{i}"), Kind::Service)));
    let ends = (0..200).flat_map(|from| (from + 1..=from + 5).map(move |to| (from, to)));
    let links = ends.filter(|(_, to)| *to < 200).map(|(from, to)| Link {
        timeout: Some(Span::millis(300)),
        retry: Some(default_retry()),
        ..Link::new(format!("s{from}"), format!("s{to}"))
    });
    Scenario { links: links.collect(), services, ..Scenario::default() }
}

#[test]
fn the_largest_system_is_examined_quickly() {
    let mut scenario = largest();
    assert!(check(&scenario).is_ok());
    let found = warnings(&scenario);
    assert!(found.iter().any(|warning| warning.rule == Rule::LayeredRetries));
    scenario.links.push(Link::new("s199", "s1"));
    let found = warnings(&scenario);
    assert_eq!(found.iter().filter(|warning| warning.rule == Rule::Cycle).count(), 1);
    assert!(found.iter().all(|warning| warning.reason.text().len() < 500), "{found:?}");
}

#[test]
fn every_rule_belongs_under_a_card_of_the_inspector() {
    let (service, link) = (Service::new("a", Kind::Service), Link::new("a", "b"));
    let of_service = callchain::editor::service::cards(&service, &[]).into_iter().map(|card| card.title);
    let of_link = callchain::editor::policies::cards(&link, None).into_iter().map(|card| card.title);
    let titles: Vec<_> = of_service.chain(of_link).collect();
    for rule in Rule::ALL {
        assert_eq!(rule.card().is_none(), rule == Rule::Cycle);
        assert!(rule.card().is_none_or(|card| titles.contains(&card)), "{rule:?}");
    }
}

#[test]
fn the_command_prints_the_warnings_and_its_status_is_1_if_there_are_any() {
    let check = |file: &str| {
        let path = format!("{}/static/scenarios/{file}", env!("CARGO_MANIFEST_DIR"));
        let output =
            std::process::Command::new(env!("CARGO_BIN_EXE_callchain")).args(["check", &path]).output().unwrap();
        (output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap())
    };
    assert_eq!(check("overview.json"), (0, "No warnings.\n".to_owned()));
    assert_eq!(check("nothing.json"), (2, String::new()));
    let (status, text) = check("transfer.json");
    assert_eq!(status, 1);
    expect![[r#"
        trx->bank-api: Repeats a call that is not idempotent
          If only the answer is lost, Bank API takes the next POST for a new one: it may run 3 times.
          Repair: Send the request id; or: Do not repeat it.
          Read more: https://aws.amazon.com/builders-library/making-retries-safe-with-idempotent-APIs/

        1 warning.
    "#]]
    .assert_eq(&text);
}
