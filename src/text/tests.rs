use super::*;
use crate::time::Span;

#[test]
fn a_message_is_data_until_it_is_formatted() {
    let list = msg!("list-and", rest = "a", last = msg!("list-or", rest = "b", last = 3_u32));
    assert_eq!(list.id(), "list-and");
    assert_eq!(list.value("rest"), Some(&Value::Text("a".into())));
    assert_eq!(list.text(), "a and b or 3");
    in_language(Language::German, || assert_eq!(list.to_string(), "a und b oder 3"));
    assert_eq!(language(), Language::English);
}

#[test]
fn a_missing_message_is_english_and_an_unknown_one_is_its_id() {
    add(Language::English, "only-english = Only { $n }");
    in_language(Language::German, || {
        assert_eq!(Message::new(Id::new("only-english")).with("n", 1.5).text(), "Only 1,5");
        assert_eq!(Message::new(Id::new("no-such-message")).text(), "no-such-message");
    });
}

#[test]
fn added_messages_replace_earlier_ones() {
    add(Language::German, "list-or = { $rest } beziehungsweise { $last }\nbroken = {");
    in_language(Language::German, || {
        assert_eq!(list_or(&["a".into(), "b".into()]), "a beziehungsweise b");
        assert!(!has(Language::German, "broken"));
    });
}

#[test]
fn lists_have_commas_and_a_conjunction() {
    let items: Vec<String> = ["a", "b", "c"].map(String::from).into();
    assert_eq!([0, 1, 2, 3].map(|n| list_and(&items[..n])), ["", "a", "a and b", "a, b and c"]);
}

#[test]
fn language_tags_of_browsers_select_a_language() {
    assert_eq!(Language::from_tag("de-AT"), Some(Language::German));
    assert_eq!(Language::from_tag("EN_us"), Some(Language::English));
    assert_eq!(Language::from_tag("den"), None);
    assert_eq!(Language::best(["fr", "de", "en"]), Some(Language::German));
    assert_eq!(Language::best(["", "fr"]), None);
}

/// Replaces non-breaking spaces, which nobody can distinguish in a test.
fn plain<const N: usize>(texts: [String; N]) -> [String; N] {
    texts.map(|text| text.replace('\u{a0}', " "))
}

#[test]
fn numbers_are_as_short_as_possible_and_never_misleading() {
    assert_eq!(
        [0.0, 0.5, 3.0, 12.34, 1_234.0, 120_000.0].map(rate),
        ["0/s", "0.5/s", "3/s", "12/s", "1.2k/s", "120k/s"]
    );
    assert_eq!(plain([0.0, 0.001, 0.5, 0.999, 1.0].map(percent)), ["0 %", "<1 %", "50 %", "99 %", "100 %"]);
    assert_eq!([7, 1_234, 5_600_000].map(count), ["7", "1.2k", "5.6M"]);
    let spans = [Span::ZERO, Span::micros(50), Span::micros(3_200), Span::millis(61), Span::secs(2), Span::secs(12)];
    assert_eq!(plain(spans.map(duration)), ["0 ms", "50 µs", "3.2 ms", "61 ms", "2 s", "12 s"]);
    let exactly = [Span::micros(10), Span::millis(1_505), Span::secs(120)];
    assert_eq!(plain(exactly.map(exact)), ["10 µs", "1.505 s", "2 min"]);
}

#[test]
fn elapsed_times_distinguish_instants() {
    let spans = [0, 5_000, 999_000, 1_000_000, 1_230_000, 12_340_000, 600_000_000].map(Span::micros);
    assert_eq!(plain(spans.map(elapsed)), ["0 ms", "5 ms", "999 ms", "1 s", "1.23 s", "12.3 s", "10 min"]);
    assert_eq!(plain([seconds(Span::millis(1_500), 1), seconds(Span::millis(1_500), 3)]), ["1.5 s", "1.500 s"]);
}

#[test]
fn numbers_follow_the_language() {
    in_language(Language::German, || {
        assert_eq!(
            plain([exact(Span::millis(1_500)), duration(Span::micros(3_200)), rate(0.5)]),
            ["1,5 s", "3,2 ms", "0,5/s"]
        );
        assert_eq!([count(1_234), number(0.25)], ["1,2k", "0,25"]);
    });
}

#[test]
fn shares_are_rounded_down_and_thousands_stand_apart() {
    assert_eq!(plain([0.989_99, 0.99, 0.971].map(format::fine_percent)), ["98.9 %", "99 %", "97.1 %"]);
    assert_eq!([7, 2_953, 1_234_567].map(format::grouped), ["7", "2,953", "1,234,567"]);
    in_language(Language::German, || {
        assert_eq!(plain([format::fine_percent(0.971)]), ["97,1 %"]);
        assert_eq!(format::grouped(2_953), "2.953");
    });
}

#[test]
fn messages_in_a_message_are_a_list() {
    let items = ["a", "b", "c"].map(|item| msg!("list-or", rest = item, last = item));
    assert_eq!(t!("list-or", rest = ListAnd(items.into()), last = "d"), "a or a, b or b and c or c or d");
}

#[test]
fn an_id_is_formatted_as_its_message() {
    assert_eq!(id!("list-and").name(), "list-and");
    assert_eq!(t!("list-and", rest = 1_u32, last = 2_u32), "1 and 2");
}
