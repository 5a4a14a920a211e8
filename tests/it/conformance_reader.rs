//! The reader of the conformance vectors, which makes sure that no unknown setting is ignored.

#[path = "../conformance/reader.rs"]
#[expect(dead_code, reason = "the conformance test uses the rest")]
mod reader;

use reader::{Reader, Reading, Refusal};
use serde_json::{Value, json};

fn unread(vector: &Value, read: impl Fn(&Reader)) -> Option<String> {
    let reader = Reader::new(vector);
    read(&reader);
    reader.unread().map(|refusal| refusal.0)
}

fn config<'a>(vector: &Reader<'a>) -> Reader<'a> {
    vector.object("config").expect("an object")
}

fn reason<T: std::fmt::Debug>(reading: Reading<T>) -> String {
    reading.map_err(|Refusal(reason)| reason).expect_err("refused")
}

#[test]
fn a_completely_read_vector_has_nothing_unread() {
    let vector = json!({ "name": "a", "config": { "n": 1, "list": [1, { "x": true }] }, "expect": { "y": null } });
    let nothing = unread(&vector, |vector| {
        let config = vector.object("config").expect("an object");
        assert_eq!(config.count("n"), Ok(Some(1)));
        let list = config.list("list").expect("a list").expect("there");
        assert_eq!((list[0].as_number(), list[1].flag("x")), (Ok(1.0), Ok(Some(true))));
        assert_eq!(vector.object("expect").expect("an object").number("y"), Ok(None), "null is nothing, but read");
    });
    assert_eq!(nothing, None);
}

#[test]
fn unread_settings_are_named_by_their_path() {
    let vector = json!({ "config": { "a": 1, "trip": { "ratio": 0.5 } }, "expect": { "b": 1 }, "steps": [{ "c": 1 }] });
    assert_eq!(unread(&vector, |_| {}).as_deref(), Some("the setting `config` is not read"));
    let all_but_nested = |vector: &Reader| {
        config(vector).number("a").expect("a number");
    };
    assert_eq!(unread(&vector, all_but_nested).as_deref(), Some("the setting `trip` is not read"));
    let all_but_the_ratio = |vector: &Reader| {
        all_but_nested(vector);
        config(vector).object("trip").and_then(|trip| trip.number("other")).expect("nothing");
    };
    assert_eq!(unread(&vector, all_but_the_ratio).as_deref(), Some("the setting `trip.ratio` is not read"));
    let config_only = |vector: &Reader| vector.disregard("config");
    assert_eq!(unread(&vector, config_only).as_deref(), Some("the expectation `expect` is not checked"));
    let without_steps = |vector: &Reader| {
        vector.disregard("config");
        vector.object("expect").expect("an object").number("b").expect("a number");
    };
    assert_eq!(unread(&vector, without_steps).as_deref(), Some("the key `steps` is not read"));
    let elements = |vector: &Reader| {
        without_steps(vector);
        vector.list("steps").expect("a list");
    };
    assert_eq!(unread(&vector, elements).as_deref(), Some("the key `steps[]` is not read"));
}

#[test]
fn documentation_may_stay_unread_except_among_settings() {
    let vector = json!({ "name": "a", "source": "b", "notes": "c", "derived": true, "config": { "note": "d" } });
    let read = |vector: &Reader| {
        vector.object("config").and_then(|config| config.number("x")).expect("nothing");
    };
    assert_eq!(unread(&vector, read), None);
    let vector = json!({ "config": { "rule": "retry never" } });
    assert_eq!(unread(&vector, read).as_deref(), Some("the setting `rule` is not read"));
}

#[test]
fn a_value_of_another_kind_is_refused_with_its_name() {
    let vector = json!({ "config": { "n": "many", "small": 5_000_000_000_u64, "word": "odd", "list": {} } });
    let reader = Reader::new(&vector);
    let config = reader.object("config").expect("an object");
    assert_eq!(reason(config.number("n")), "the setting `n` is \"many\", not a number");
    assert_eq!(reason(config.small("small")), "the setting `small` is 5000000000, not a count of 32 bits");
    assert_eq!(reason(config.word("word", &[("even", ())])), "the setting `word` is \"odd\", which is not modelled");
    assert_eq!(config.list("list").err().map(|refusal| refusal.0), Some("the setting `list` is {}, not a list".into()));
    assert_eq!(
        reason(config.consistent("small", 1.0)),
        "the setting `small` is 5000000000, and 1 follows from the rest"
    );
}

#[test]
fn vectors_of_one_file_are_read_apart() {
    let document = json!({ "about": "x", "vectors": [{ "a": 1 }, { "a": 2 }] });
    let reader = Reader::new(&document);
    let vectors = reader.vectors("vectors").expect("a list");
    assert_eq!(vectors[0].count("a"), Ok(Some(1)));
    assert_eq!((vectors[0].unread(), reader.unread()), (None, None));
    assert_eq!(vectors[1].unread(), Some(Refusal("the key `a` is not read".into())));
}
