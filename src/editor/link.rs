//! What can be set of a link, its policies aside.

use super::card::Card;
use super::field::{Field, Input, distribution};
use super::policies;
use crate::scenario::{Link, Method, Protocol};

const METHODS: [(Method, &str, &str); 7] = [
    (Method::Get, "GET", "GET: reads"),
    (Method::Head, "HEAD", "HEAD: peeks"),
    (Method::Options, "OPTIONS", "OPTIONS: asks"),
    (Method::Put, "PUT", "PUT: replaces"),
    (Method::Delete, "DELETE", "DELETE: removes"),
    (Method::Post, "POST", "POST: acts"),
    (Method::Patch, "PATCH", "PATCH: changes"),
];

const PROTOCOLS: [(Protocol, &str, &str); 4] = [
    (Protocol::Rest, "rest", "REST"),
    (Protocol::Grpc, "grpc", "gRPC"),
    (Protocol::Graphql, "graphql", "GraphQL"),
    (Protocol::Soap, "soap", "SOAP"),
];

/// The cards of a link: its policies in the order in which people reach for them, then how it is spoken and how it travels.
///
/// `split` shows the delay and the loss of each leg even where both are the same.
pub fn cards(link: &Link, split: bool) -> Vec<Card<Link>> {
    let mut cards = policies::cards(link);
    cards.push(network(link, split));
    cards.push(call());
    cards
}

/// Whether the two legs differ.
pub fn legs_differ(link: &Link) -> bool {
    link.delay.request != link.delay.response || link.loss.request.to_bits() != link.loss.response.to_bits()
}

/// A link in a line, e.g. `POST · not idempotent · 10ms each way`.
pub fn in_words(link: &Link) -> String {
    let method = METHODS.iter().find(|(m, ..)| *m == link.method).map_or("", |(_, key, _)| key);
    let safe = if link.method.is_idempotent() { "idempotent" } else { "not idempotent" };
    let mean = |d: &crate::chance::Distribution| d.mean().map_or("?".into(), |m| m.to_string());
    let delay = if link.delay.request == link.delay.response {
        format!("{} each way", mean(&link.delay.request))
    } else {
        format!("{} there, {} back", mean(&link.delay.request), mean(&link.delay.response))
    };
    format!("{method} · {safe} · {delay}")
}

/// The name of a link's method, e.g. `GET`.
pub fn method_name(method: Method) -> &'static str {
    METHODS.iter().find(|(m, ..)| *m == method).map_or("", |(_, key, _)| key)
}

fn network(link: &Link, split: bool) -> Card<Link> {
    let mut fields = if split || legs_differ(link) {
        let mut fields = distribution("Delay of requests", |l: &mut Link| Some(&mut l.delay.request));
        fields.extend(distribution("Delay of responses", |l: &mut Link| Some(&mut l.delay.response)));
        fields.push(Field::number("Loss of requests", "0 to 1, or %", |l: &mut Link| Some(&mut l.loss.request)));
        fields.push(Field::number("Loss of responses", "0 to 1, or %", |l: &mut Link| Some(&mut l.loss.response)));
        fields
    } else {
        let mut fields: Vec<_> = distribution("Delay, each way", |l: &mut Link| Some(&mut l.delay.request))
            .into_iter()
            .map(both_ways)
            .collect();
        fields
            .push(both_ways(Field::number("Loss, each way", "0 to 1, or %", |l: &mut Link| Some(&mut l.loss.request))));
        fields
    };
    fields.push(Field::span("Overhead, each leg", |l: &mut Link| Some(&mut l.overhead)));
    Card::section("Network", fields)
}

/// A field of the requests that sets the responses too.
fn both_ways(field: Field<Link>) -> Field<Link> {
    let look = field.clone();
    Field::custom(
        field.label,
        field.hint,
        field.input.clone(),
        move |link| look.get(link),
        move |link, text| {
            let mut changed = field.set(link, text)?;
            changed.delay.response = changed.delay.request.clone();
            changed.loss.response = changed.loss.request;
            *link = changed;
            Ok(())
        },
    )
}

fn call() -> Card<Link> {
    Card::section(
        "Call",
        vec![
            Field::choice("Method", &METHODS, |l: &mut Link| Some(&mut l.method)),
            Field::choice("Protocol", &PROTOCOLS, |l: &mut Link| Some(&mut l.protocol)),
            Field::number("Stage", "one after the other", |l: &mut Link| Some(&mut l.stage)),
            Field::number("Probability", "0 to 1, or %", |l: &mut Link| Some(&mut l.probability)),
            Field::switch("Optional", "the answer is built without it", |l: &mut Link| Some(&mut l.optional)),
            Field::switch("Cancels", "giving up tells the callee", |l: &mut Link| Some(&mut l.cancel)),
            Field::new("Relationship", "of the teams", Input::Text, |l: &mut Link| Some(&mut l.relationship)),
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::editor::field::assert_fields_read_back;

    #[test]
    fn every_field_of_a_link_with_everything_reads_back_what_it_shows() {
        let mut link = Link::new("a", "b");
        for card in cards(&link.clone(), false) {
            if let Some((is_on, toggle)) = card.switch {
                assert!(!is_on, "{} is on by default", card.title);
                toggle(&mut link, true);
            }
        }
        for split in [false, true] {
            for card in cards(&link, split) {
                assert!(card.switch.is_none_or(|(is_on, _)| is_on), "{} did not turn on", card.title);
                assert_fields_read_back(&card.fields, &link);
            }
        }
    }

    #[test]
    fn a_policy_turned_on_and_off_leaves_the_link_as_it_was() {
        let plain = Link::new("a", "b");
        for card in cards(&plain, false) {
            if let Some((_, toggle)) = card.switch {
                let mut link = plain.clone();
                toggle(&mut link, true);
                assert_ne!(link, plain, "{}", card.title);
                toggle(&mut link, false);
                assert_eq!(link, plain, "{}", card.title);
            }
        }
    }

    #[test]
    fn a_delay_each_way_sets_both_legs_until_they_are_split() {
        let link = Link::new("a", "b");
        let delay = |link: &Link, split| {
            cards(link, split).into_iter().find(|c| c.title == "Network").unwrap().fields[1].clone()
        };
        let both = delay(&link, false).set(&link, "2s").unwrap();
        assert!(!legs_differ(&both) && both != link);
        let one = delay(&link, true).set(&link, "2s").unwrap();
        assert!(legs_differ(&one));
        assert!(in_words(&one).ends_with("2s there, 5ms back"));
    }
}
