//! A system as the text of a Mermaid flowchart, for documents: boxes, arrows, and on each arrow the policies of its
//! caller in a few words.
//!
//! The shapes are those of <https://mermaid.js.org/syntax/flowchart.html>.

use crate::msg;
use crate::scenario::{Kind, Link, Scenario};
use crate::scene::request::mermaid::{line, safe};
use crate::text::Message;

/// The system as Mermaid text.
pub fn text(scenario: &Scenario) -> String {
    let mut out = String::from("flowchart LR\n");
    for (index, service) in scenario.services.iter().enumerate() {
        let (open, close) = match service.kind {
            Kind::Client => ("([", "])"),
            Kind::Service => ("[", "]"),
            Kind::External => ("[[", "]]"),
            Kind::Stub => ("[/", "/]"),
        };
        line(&mut out, format_args!("s{index}{open}\"{}\"{close}", safe(service.label())));
    }
    let place = |id: &str| scenario.services.iter().position(|service| service.id == id);
    for link in &scenario.links {
        let (Some(from), Some(to)) = (place(&link.from), place(&link.to)) else { continue };
        // An optional call is a dotted line.
        let arrow = if link.optional { "-.->" } else { "-->" };
        let label = match policies(link) {
            words if words.is_empty() => String::new(),
            words => {
                let words: Vec<String> = words.iter().map(Message::text).collect();
                format!("|\"{}\"|", safe(&words.join(", ")))
            }
        };
        line(&mut out, format_args!("s{from} {arrow}{label} s{to}"));
    }
    out
}

/// The policies of a caller, in a few words each.
fn policies(link: &Link) -> Vec<Message> {
    [
        link.timeout.map(|timeout| msg!("flowchart-timeout", span = timeout)),
        link.retry.as_ref().map(|retry| msg!("flowchart-attempts", count = retry.max_attempts)),
        link.breaker.is_some().then(|| msg!("flowchart-breaker")),
        link.bulkhead.is_some().then(|| msg!("flowchart-bulkhead")),
        link.hedge.is_some().then(|| msg!("flowchart-hedge")),
        link.deadline.is_some().then(|| msg!("flowchart-deadline")),
        link.fallback.is_some().then(|| msg!("flowchart-fallback")),
    ]
    .into_iter()
    .flatten()
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Service;
    use crate::scenario::ready;
    use expect_test::{Expect, expect};

    fn check(scenario: &Scenario, expected: Expect) {
        expected.assert_eq(&text(scenario));
    }

    #[test]
    fn ready_systems_are_flowcharts() {
        for (id, expected) in [
            (
                "breaker",
                expect![[r#"
            flowchart LR
                s0(["Web application"])
                s1["Shop"]
                s2["Ratings"]
                s0 --> s1
                s1 -->|"timeout 500 ms, breaker, fallback"| s2
        "#]],
            ),
            (
                "down",
                expect![[r#"
            flowchart LR
                s0(["Web application"])
                s1["Account page"]
                s2["Balances"]
                s3[["Exchange rates"]]
                s0 --> s1
                s1 -->|"timeout 500 ms"| s2
                s1 -->|"timeout 500 ms, fallback"| s3
        "#]],
            ),
        ] {
            check(&Scenario::from_json(ready::find(id).unwrap().text).unwrap(), expected);
        }
    }

    #[test]
    fn whatever_a_name_is_it_stays_text() {
        let mut scenario = Scenario::default();
        for (id, name) in
            [("a", "\"]; click s0 javascript:alert(1)"), ("b", "<img src=x onerror=alert(1)>\nend"), ("c", "end")]
        {
            scenario.services.push(Service { name: Some(name.into()), ..Service::new(id, Kind::Stub) });
        }
        scenario.links.push(Link::new("a", "nobody"));
        check(
            &scenario,
            expect![[r##"
            flowchart LR
                s0[/"#34;]#59; click s0 javascript:alert(1)"/]
                s1[/"#60;img src=x onerror=alert(1)#62; end"/]
                s2[/"(end)"/]
        "##]],
        );
    }
}
