//! Links that contain a system: shared systems open unchanged, and invalid links end in a message.

use crate::generate;
use base64ct::{Base64UrlUnpadded, Encoding};
use callchain::scenario::{Kind, Link, Scenario, Service, limits, read, ready, share};
use callchain::time::Span;
use expect_test::expect;
use miniz_oxide::deflate::compress_to_vec;
use proptest::prelude::*;

/// The text of a link with any content.
fn packed(file: &[u8]) -> String {
    format!("1.{}", Base64UrlUnpadded::encode_string(&compress_to_vec(file, 9)))
}

/// The mistakes of a text that contains no scenario.
fn reports(text: &str) -> String {
    let problems = share::read(text).expect_err("this is no link");
    problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// Opens any text, and checks the result.
fn opens_or_reports(text: &str) {
    if let Err(problems) = share::read(text) {
        assert!(!problems.is_empty() && problems.len() <= limits::PROBLEMS + 1);
        for problem in problems.iter().map(ToString::to_string) {
            assert!(problem.len() < 2_000 && !problem.chars().any(char::is_control), "{problem:?}");
        }
    }
}

/// A chain of services, each with the settings of a realistic system.
fn chain(services: usize) -> Scenario {
    let names = ["Web application", "Bank account", "Access privilege", "Stock", "Orders", "Payment", "Mail"];
    let mut scenario = Scenario { title: "A chain".into(), seed: 7, ..Scenario::default() };
    for i in 0..services {
        let kind = if i == 0 { Kind::Client } else { Kind::Service };
        let name = format!("{} {i}", names[i % names.len()]);
        let mut service = Service::new(name.to_lowercase().replace(' ', "-"), kind);
        service.position = Some([60.0 + 320.0 * (i % 8) as f64, 200.0 + 160.0 * (i / 8) as f64]);
        service.name = Some(name);
        scenario.services.push(service);
    }
    for pair in scenario.services.windows(2) {
        let timeout = Some(Span::millis(500));
        scenario.links.push(Link { timeout, ..Link::new(pair[0].id.clone(), pair[1].id.clone()) });
    }
    scenario
}

proptest! {
    #[test]
    fn a_shared_system_opens_unchanged(scenario in generate::scenario()) {
        let link = share::link("https://example.org/some/path/?embed=1#s=1.old", &scenario);
        prop_assert!(link.starts_with("https://example.org/some/path/?embed=1#s=1."));
        let text = share::carried(&link).unwrap();
        prop_assert!(text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b)), "{}", text);
        prop_assert_eq!(share::read(text), Ok(scenario));
    }

    #[test]
    fn a_truncated_link_is_reported_as_such(scenario in generate::scenario(), place in any::<prop::sample::Index>()) {
        let text = share::write(&scenario);
        let cut = &text[..2 + place.index(text.len() - 2)];
        let messages = reports(cut);
        prop_assert!(messages.starts_with("cut off"), "{}: {}", cut, messages);
    }

    #[test]
    fn a_link_with_some_changed_letters_opens_or_reports(
        scenario in generate::scenario(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), "[A-Za-z0-9_.-]|\\PC"), 1..4),
    ) {
        let mut text: Vec<char> = share::write(&scenario).chars().collect();
        for (place, letter) in changes {
            let at = place.index(text.len());
            text.splice(at..=at, letter.chars());
        }
        opens_or_reports(&text.into_iter().collect::<String>());
    }

    #[test]
    fn any_text_opens_or_reports(text in ".{0,200}") {
        opens_or_reports(&text);
        opens_or_reports(&format!("1.{text}"));
    }

    #[test]
    fn any_letters_open_or_report(text in "1\\.[A-Za-z0-9_-]{0,400}") {
        opens_or_reports(&text);
    }

    #[test]
    fn a_file_in_a_link_has_the_same_mistakes_as_the_file_itself(text in ".{0,200}") {
        prop_assert_eq!(share::read(&packed(text.as_bytes())), read::read(&text));
    }
}

#[test]
fn old_links_still_open() {
    // A link to the first ready system from the first version with links.
    let text = "1.bVPLcuJADPyVqTkb1iQLS3xLvmGr9pDKQdhirfgxZh44KYp_jzQ2xoGcYKRWq1uST3pvbANeZzqHus5LoPbXSifak6-Roy_QVgry3ITWu0z5EpU5oj0S9qqD_8jQAl1uqfNkWi74ywhJKHCVi_jdjEI5qc0xUX1Jean2ZJ0foNAaRtsLggEY30IROKga-OQkxsBVEQLT9EDeKQ5QPUhsuS2W1BaKvCpB2F2PFoslC2aSQmfrjfyLvZzOXk-aOKh73DGihUbM_8Odgq6rKYfoLtEVU8qsasLW87szjgbjr5s0eUjTt3MyMontxajzSjmfp4wZoeGo_CzgO9_jdiBMdG9shZZFbhN9CBiYZ50OYZ2dNH507Je9Q81Um7Rx-jyp4Fbo3KKzdKQa475GJc8xo-aZuZrddzV_0js1v39Qo7exPcNqaqthrntrmmmy3tyPpsAaPjm8epBiub0GTZCbXC3XzJZMHDeFkewHhxNheku4HSOWEeLMldTJPoPzpkG7cEHWjXawYKCIDsZ1Xzx0hpyTqTwKyuzeMfd0HK9onO71M4iHJz1vWFyIwnWWLp-exONtJTl1CJRX96WHAHLqGGvXPHvyfOvTvN6GTc6uerqvSw9-q2c9Xcm08Xn-hZnOXw";
    let messages =
        share::read(text).map(|scenario| (scenario.title, scenario.services.len(), scenario.links[1].timeout));
    assert_eq!(messages, Ok(("Bank accounts: the overview page".into(), 3, Some(Span::millis(800)))));
}

#[test]
fn a_link_is_about_as_long_as_designed() {
    let length = |scenario: &Scenario| share::write(scenario).len();
    let of_chains = [4, 12, 40, 200].map(|services| length(&chain(services)));
    let of_ready: Vec<_> =
        ready::READY.iter().map(|it| (it.id, length(&Scenario::from_json(it.text).unwrap()))).collect();
    expect![[r#"
        (
            [
                321,
                538,
                1140,
                4493,
            ],
            [
                (
                    "overview",
                    649,
                ),
                (
                    "slow-dependency",
                    694,
                ),
                (
                    "down",
                    666,
                ),
                (
                    "transfer",
                    725,
                ),
                (
                    "chain",
                    648,
                ),
                (
                    "retry-storm",
                    736,
                ),
                (
                    "breaker",
                    724,
                ),
            ],
        )
    "#]]
    .assert_debug_eq(&(of_chains, of_ready));
}

#[test]
fn an_address_contains_the_text_behind_its_hash() {
    assert_eq!(share::carried("https://example.org/#s=1.abc"), Some("1.abc"));
    assert_eq!(share::carried("#t=3&s=1.abc&x=s=2"), Some("1.abc"));
    for nothing in ["", "#", "https://example.org/?s=1.abc", "#other=1.abc", "1.abc"] {
        assert_eq!(share::carried(nothing), None, "{nothing}");
    }
    let spaces = format!("  {}\n", share::write(&chain(2)));
    assert_eq!(share::read(&spaces), Ok(chain(2)));
}

#[test]
fn texts_that_are_no_links_are_reported() {
    let texts = [
        "",
        "1",
        "hello.world",
        "2.abc",
        "01.abc",
        "4000000000.abc",
        "99999999999.abc",
        "-1.a",
        "1.a b",
        "1.é",
        "1.%3D",
    ];
    let texts = texts.map(str::to_owned).into_iter().chain([
        "1.".into(),
        "1.AAAA".into(),
        "1.____".into(),
        "1.q".into(),
        packed(b"\xff\xfe"),
        packed(b""),
        packed(b"{ nothing"),
        packed(br#"{"services": 7, "links": {}, "seed": 1e400}"#),
        packed(br#"{"services": [{"id": "a", "workers": 99999999999999999999, "failure_rate": 1e308}]}"#),
    ]);
    let lines: Vec<_> = texts.map(|text| format!("{text:.24}: {}", reports(&text))).collect();
    expect![[r#"
        : carries no system: it should be like #s=1.…
        1: carries no system: it should be like #s=1.…
        hello.world: carries no system: "hello" is no form of a link
        2.abc: made by a newer Callchain: its form is 2, and this one reads 1
        01.abc: carries no system: "01" is no form of a link
        4000000000.abc: made by a newer Callchain: its form is 4000000000, and this one reads 1
        99999999999.abc: carries no system: "99999999999" is no form of a link
        -1.a: carries no system: "-1" is no form of a link
        1.a b: damaged: ' ' does not belong here
        1.é: damaged: 'é' does not belong here
        1.%3D: damaged: '%' does not belong here
        1.: cut off: its end is missing, as some programs shorten long links; ask for it as a file
        1.AAAA: cut off: its end is missing, as some programs shorten long links; ask for it as a file
        1.____: damaged: what it carries cannot be unpacked
        1.q: cut off: its end is missing, as some programs shorten long links; ask for it as a file
        1.-_8PAA: damaged: what it carries cannot be unpacked
        1.AwA: not JSON at line 1, column 0: EOF while parsing a value
        1.q1bIyy_JyMxLBwA: not JSON at line 1, column 3: key must be a string
        1.q1YqTi0qy0xOLVayUjDXUV: not JSON at line 1, column 42: number out of range
        1.bYo7CoAwEAWvEl5todioVx: services[0].workers: 1e20 is not a whole number, 0 to 4294967295
        services[0].failure_rate: 1e308 is not within 0 to 1"#]]
    .assert_eq(&lines.join("\n"));
}

#[test]
fn large_content_is_refused_before_or_during_unpacking() {
    let long = format!("1.{}", "A".repeat(limits::LINK_CHARS));
    assert_eq!(reports(&long), "too long: it has 524290 characters; at most 524288 are read");
    for megabytes in [1, 64, 256] {
        let bomb = packed(&vec![b' '; (megabytes << 20) + 1]);
        assert!(bomb.len() < limits::LINK_CHARS, "it has to get in to do harm: {}", bomb.len());
        assert_eq!(reports(&bomb), "too large: it carries more than 1048576 bytes, which is more than is read");
    }
    let largest = format!("{{\"services\": []}}{}", " ".repeat(limits::FILE_BYTES - 16));
    assert_eq!(share::read(&packed(largest.as_bytes())), Ok(Scenario::default()));
}

#[test]
fn deep_nesting_and_wrong_types_end_in_messages() {
    let deep = |n: usize| format!("{}{}", "[".repeat(n), "]".repeat(n));
    for file in [deep(127), deep(500_000), format!(r#"{{"services": {}}}"#, deep(100)), "{\"a\":".repeat(100_000)] {
        assert!(share::read(&packed(file.as_bytes())).is_err());
        opens_or_reports(&packed(file.as_bytes()));
    }
    for wrong in
        ["null", "[]", "0", "\"\"", "{}", r#"{"services": [null]}"#, r#"{"services": [{"id": {}}], "links": [3]}"#]
    {
        assert!(share::read(&packed(wrong.as_bytes())).is_err(), "{wrong}");
    }
}
