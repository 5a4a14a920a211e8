//! Mermaid flowcharts.

use super::{open, real, refused, shown};
use callchain::import::Format;
use expect_test::expect;

/// The examples of the documentation.
fn examples() -> Vec<String> {
    let blocks = real("mermaid-flowchart-docs.md").split("```mermaid").skip(1);
    blocks.map(|block| block.split_once('\n').unwrap().1.split("```").next().unwrap().to_owned()).collect()
}

#[test]
fn a_system_is_read_as_it_is_drawn() {
    let text = r#"---
title: A shop
---
flowchart LR
    %% who is there
    shopper([Shopper]) -->|GET, timeout 1.5s| web["Web <br/>front #quot;end#quot;"]
    subgraph core [Core team]
        web --> orders & prices
        orders -->|POST| db[(Database)]
    end
    web -.-> ads[[Ads of others]]
    orders ==> mail[/Mail/]
    classDef big font-size:20px
    class web big
    click web "https://example.org"
"#;
    expect![[r#"
        A shop
        Client shopper “Shopper”
        Service web-front-end “Web front "end"” of core-team
        Service orders of core-team
        Service prices of core-team
        Service database “Database” of core-team
        External ads-of-others “Ads of others”
        Stub mail “Mail”
        shopper -> web-front-end GET within 1.5s
        web-front-end -> orders GET
        web-front-end -> prices GET
        orders -> database POST
        web-front-end -> ads-of-others GET optional
        orders -> mail GET
        shopper sends 30 a second
        ! line 13: Not used: classes, 2 times.
        ! line 15: Not used: links to pages.
    "#]]
    .assert_eq(&shown(&open(text)));
}

#[test]
fn every_example_of_the_documentation_is_read() {
    let examples = examples();
    assert_eq!(examples.len(), 59);
    for example in &examples {
        let imported = open(example);
        assert_eq!(imported.format, Format::Mermaid);
        let unread: Vec<_> = imported.notes.iter().filter(|note| note.message.id() == "import-statement").collect();
        assert!(unread.is_empty(), "{unread:?}\n{example}");
    }
}

#[test]
fn some_examples_in_full() {
    let pick = |words: &str| {
        examples().into_iter().find(|example| example.contains(words)).unwrap_or_else(|| panic!("{words}"))
    };
    let systems: Vec<String> =
        ["A & B--> C & D", "one --> two", "B -- No", "newLines", "o--o", "subgraph \"One\"", "e1@{"]
            .into_iter()
            .map(|words| shown(&open(&pick(words))))
            .collect();
    expect![[r#"
        From a flowchart
        Service a “A”
        Service b “B”
        Service c “C”
        Service d “D”
        Client users “Users”
        a -> c GET
        a -> d GET
        b -> c GET
        b -> d GET
        users -> a GET
        users -> b GET
        users sends 30 a second
        ! Nobody calls A, B, so the client “Users” was added. It calls them all, with 30 requests a second.

        From a flowchart
        Service c1 of three
        Service a2 of one
        Service a1 of one
        Service b1 of two
        Service b2 of two
        Service c2 of three
        Client users “Users”
        c1 -> a2 GET
        a1 -> a2 GET
        b1 -> b2 GET
        c1 -> c2 GET
        users -> c1 GET
        users -> a1 GET
        users -> b1 GET
        users sends 30 a second
        ! line 12: “one” was left out: a subgraph becomes a team, which makes no calls.
        ! line 12: “two” was left out: a subgraph becomes a team, which makes no calls.
        ! line 13: “three” was left out: a subgraph becomes a team, which makes no calls.
        ! line 13: “two” was left out: a subgraph becomes a team, which makes no calls.
        ! line 14: “two” was left out: a subgraph becomes a team, which makes no calls.
        ! Nobody calls c1, a1, b1, so the client “Users” was added. It calls them all, with 30 requests a second.

        From a flowchart
        Service start “Start”
        Service is-it “Is it?”
        Service ok “OK”
        Service rethink “Rethink”
        Service end “End”
        Client users “Users”
        start -> is-it GET
        is-it -> ok GET
        ok -> rethink GET
        is-it -> end GET
        users -> start GET
        users sends 30 a second
        ! line 3: The text “Yes” of a link is not used.
        ! line 6: The text “No” of a link is not used.
        ! line 5: The call from “rethink” to “is-it” was left out: it closes a circle, and a request would never end.
        ! Nobody calls Start, so the client “Users” was added. It calls this service, with 30 requests a second.

        From a flowchart
        Service this-is-markdown “This is Markdown”
        Service line1-line-2-line-3 “Line1 Line 2 Line 3”
        Client users “Users”
        this-is-markdown -> line1-line-2-line-3 GET
        users -> this-is-markdown GET
        users sends 30 a second
        ! Nobody calls This is Markdown, so the client “Users” was added. It calls this service, with 30 requests a second.

        From a flowchart
        Service a “A”
        Service b “B”
        Service c “C”
        Service d “D”
        Client users “Users”
        a -> b GET
        b -> c GET
        c -> d GET
        users -> a GET
        users sends 30 a second
        ! line 2: A link with two arrows was read as a call from left to right.
        ! line 3: A link with two arrows was read as a call from left to right.
        ! line 4: A link with two arrows was read as a call from left to right.
        ! Nobody calls A, so the client “Users” was added. It calls this service, with 30 requests a second.

        From a flowchart
        Service the-cat-in-the-hat “The cat in the hat” of one
        Service the-dog-in-the-hog “The dog in the hog” of one
        Service the-cat-in-the-hat-2 “The cat in the hat” of two
        Service the-dog-in-the-hog-2 “The dog in the hog” of two
        Client users “Users”
        the-cat-in-the-hat -> the-dog-in-the-hog GET
        the-cat-in-the-hat-2 -> the-dog-in-the-hog-2 GET
        users -> the-cat-in-the-hat GET
        users -> the-cat-in-the-hat-2 GET
        users sends 30 a second
        ! line 4: The text “edge label” of a link is not used.
        ! line 8: The text “Bold edge label” of a link is not used.
        ! Nobody calls The cat in the hat, The cat in the hat, so the client “Users” was added. It calls them all, with 30 requests a second.

        From a flowchart
        Service a “A”
        Service b “B”
        Client users “Users”
        a -> b GET
        users -> a GET
        users sends 30 a second
        ! line 3: Not used: animations.
        ! Nobody calls A, so the client “Users” was added. It calls this service, with 30 requests a second.
    "#]]
    .assert_eq(&systems.join("\n"));
}

#[test]
fn lines_that_cannot_be_read_have_a_note_and_the_rest_is_read() {
    let text = "graph TD\n  a --> b\n  b -> c\n  d[open --> e\n  ) nonsense (\n  f -->|no end g\n  end\n  b --> h\n  h --> h\n";
    expect![[r#"
        From a flowchart
        Service a
        Service b
        Service f
        Service h
        Client users “Users”
        a -> b GET
        b -> h GET
        users -> a GET
        users -> f GET
        users sends 30 a second
        ! line 3: “b -> c” was left out: this is neither a node nor a link.
        ! line 4: “d[open --> e” was left out: its shape is not closed.
        ! line 5: “) nonsense (” was left out: a node is missing.
        ! line 6: “f -->|no end g” was left out: the second “|” is missing.
        ! line 7: “end” was left out: no subgraph is open.
        ! line 9: A call of “h” was left out: a service does not call itself.
        ! Nobody calls a, f, so the client “Users” was added. It calls them all, with 30 requests a second.
    "#]]
    .assert_eq(&shown(&open(text)));
}

#[test]
fn the_first_flowchart_of_a_document_is_read_with_the_lines_of_the_document() {
    let text = "# Our system\n\nText.\n\n```mermaid\nsequenceDiagram\n a->>b: hi\n```\n\n```mermaid\nflowchart LR\n  a --> b\n  b -> c\n```\n\n```mermaid\ngraph LR\n x --> y\n```\n";
    let system = shown(&open(text));
    assert!(system.contains("a -> b") && !system.contains("x -> y"), "{system}");
    assert!(system.contains("line 13: “b -> c”") && system.contains("1 more was left out"), "{system}");
}

#[test]
fn names_become_ids_that_are_valid_and_unique() {
    let text =
        "flowchart LR\n  A-B --> a_b\n  a_b --> a.b\n  a.b --> 注文[注文サービス]\n  注文 --> 在庫\n  在庫 --> users\n";
    let imported = open(text);
    let ids: Vec<&str> = imported.scenario.services.iter().map(|service| service.id.as_str()).collect();
    assert_eq!(ids, ["a-b", "a-b-2", "a-b-3", "service", "service-2", "users", "users-2"]);
    assert_eq!(imported.scenario.services[3].label(), "注文サービス");
}

#[test]
fn texts_in_a_flowchart_stay_text() {
    let text = "flowchart LR\n  a[\"<img src=x onerror=alert(1)>\"] --> b[\"<script>alert(1)</script>\"]\n  b --> c[\"\u{202e}x\u{7}\"]\n";
    let names: Vec<String> = open(text).scenario.services.iter().map(|service| service.label().to_owned()).collect();
    assert!(names.iter().all(|name| !name.contains('<') && !name.contains('\u{7}')), "{names:?}");
}

#[test]
fn a_chart_without_nodes_is_refused_and_one_beyond_the_limits_has_notes() {
    assert!(refused("flowchart LR\n").contains("there is no service in it"));
    assert!(refused("flowchart LR\n  ((\n").contains("line 2"));
    let wide: String = (0..300).map(|i| format!("  a{i} --> b{i}\n")).collect();
    let imported = open(&format!("flowchart LR\n{wide}"));
    assert_eq!(imported.scenario.services.len(), 200);
    assert!(
        imported
            .notes
            .iter()
            .any(|note| note.to_string().starts_with("line 102: “a100” was left out: a system has at most 200")),
        "{:?}",
        imported.notes
    );
    let all = (0..40).map(|i| format!("n{i}")).collect::<Vec<_>>().join(" & ");
    let imported = open(&format!("flowchart LR\n  {all} --> {all}\n"));
    assert!(imported.scenario.links.len() <= 1_000);
}
