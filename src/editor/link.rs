//! Editable settings of a link, except its policies.

use super::card::Card;
use super::field::{Field, Input, distribution};
use super::policies;
use super::sketch::{Sketch, curve};
use crate::scenario::{Kind, Link, Method, Protocol, Scenario};
use crate::text::{Exact, Id, Message, Value};
use crate::time::Span;
use crate::{id, msg};

const METHODS: [(Method, Id); 7] = [
    (Method::Get, id!("option-get")),
    (Method::Head, id!("option-head")),
    (Method::Options, id!("option-options")),
    (Method::Put, id!("option-put")),
    (Method::Delete, id!("option-delete")),
    (Method::Post, id!("option-post")),
    (Method::Patch, id!("option-patch")),
];

const PROTOCOLS: [(Protocol, Id); 4] = [
    (Protocol::Rest, id!("option-rest")),
    (Protocol::Grpc, id!("option-grpc")),
    (Protocol::Graphql, id!("option-graphql")),
    (Protocol::Soap, id!("option-soap")),
];

/// The relationships of teams in the format, and none.
const RELATIONSHIP_OPTIONS: [(&str, Id); 9] = [
    ("", id!("option-none")),
    ("customer-supplier", id!("option-customer-supplier")),
    ("conformist", id!("option-conformist")),
    ("partnership", id!("option-partnership")),
    ("shared-kernel", id!("option-shared-kernel")),
    ("anticorruption-layer", id!("option-anticorruption-layer")),
    ("open-host", id!("option-open-host")),
    ("published-language", id!("option-published-language")),
    ("separate-ways", id!("option-separate-ways")),
];

/// The cards of a link: its policies, the most common first, then its protocol and its network.
///
/// `split` shows the delay and the loss of each leg even if both legs are equal.
pub fn cards(document: &Scenario, link: &Link, split: bool) -> Vec<Card<Link>> {
    let mut cards = policies::cards(link, super::service(document, &link.to));
    cards.push(network(link, split));
    cards.push(call(document));
    cards
}

/// Whether the two legs differ.
pub fn legs_differ(link: &Link) -> bool {
    link.delay.request != link.delay.response || link.loss.request.to_bits() != link.loss.response.to_bits()
}

/// A summary in one line, e.g. `POST · not idempotent · 10 ms each way`.
pub fn summary(link: &Link) -> Message {
    let idempotence = if link.method.is_idempotent() { id!("link-idempotent") } else { id!("link-not-idempotent") };
    let mean = |d: &crate::chance::Distribution| d.mean().map_or(Value::from("?"), |mean| Exact(mean).into());
    let delay = if link.delay.request == link.delay.response {
        msg!("link-delay", delay = mean(&link.delay.request))
    } else {
        msg!("link-delays", there = mean(&link.delay.request), back = mean(&link.delay.response))
    };
    msg!("link-summary", method = link.method.name(), idempotence = idempotence, delay = delay)
}

fn network(link: &Link, split: bool) -> Card<Link> {
    let fields = if split || legs_differ(link) {
        let mut fields = distribution(id!("field-delay-requests"), |l: &mut Link| Some(&mut l.delay.request));
        fields.extend(distribution(id!("field-delay-responses"), |l: &mut Link| Some(&mut l.delay.response)));
        fields.push(Field::number(id!("field-loss-requests"), Some(id!("hint-share")), |l: &mut Link| {
            Some(&mut l.loss.request)
        }));
        fields.push(Field::number(id!("field-loss-responses"), Some(id!("hint-share")), |l: &mut Link| {
            Some(&mut l.loss.response)
        }));
        fields
    } else {
        let mut fields: Vec<_> = distribution(id!("field-delay"), |l: &mut Link| Some(&mut l.delay.request))
            .into_iter()
            .map(both_ways)
            .collect();
        fields.push(both_ways(Field::number(id!("field-loss"), Some(id!("hint-share")), |l: &mut Link| {
            Some(&mut l.loss.request)
        })));
        fields
    };
    let (there, back) = (curve::of(&link.delay.request), curve::of(&link.delay.response));
    let back = back.filter(|_| link.delay.request != link.delay.response);
    Card::section(id!("card-network"), fields).drawn([there, back].map(|curve| curve.map(Sketch::Curve)))
}

/// A field of the request leg that also sets the response leg.
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

fn call(document: &Scenario) -> Card<Link> {
    let ends = |but: Kind| {
        let others = document.services.iter().filter(move |s| s.kind != but);
        Input::pick(others.map(|s| (s.id.clone(), s.label().to_string())))
    };
    Card::section(
        id!("card-call"),
        vec![
            Field::new(id!("field-from"), None, ends(Kind::Stub), |l: &mut Link| Some(&mut l.from)),
            Field::new(id!("field-to"), None, ends(Kind::Client), |l: &mut Link| Some(&mut l.to)),
            Field::choice(id!("field-method"), &METHODS, |l: &mut Link| Some(&mut l.method)),
            protocol(),
            Field::dial(id!("field-overhead"), |l: &mut Link| Some(&mut l.overhead)),
            Field::number(id!("field-stage"), Some(id!("hint-stage")), |l: &mut Link| Some(&mut l.stage)),
            Field::number(id!("field-probability"), Some(id!("hint-share")), |l: &mut Link| Some(&mut l.probability)),
            Field::switch(id!("field-optional"), Some(id!("hint-optional")), |l: &mut Link| Some(&mut l.optional)),
            Field::switch(id!("field-cancel"), Some(id!("hint-cancel")), |l: &mut Link| Some(&mut l.cancel)),
            Field::new(
                id!("field-relationship"),
                Some(id!("hint-relationship")),
                Input::choice(RELATIONSHIP_OPTIONS),
                |l: &mut Link| Some(&mut l.relationship),
            ),
        ],
    )
}

/// The protocol. A new protocol sets its usual overhead, unless the user has chosen another overhead.
fn protocol() -> Field<Link> {
    let plain = Field::choice(id!("field-protocol"), &PROTOCOLS, |l: &mut Link| Some(&mut l.protocol));
    let look = plain.clone();
    Field::custom(
        plain.label,
        None,
        plain.input.clone(),
        move |link| look.get(link),
        move |link, text| {
            let mut changed = plain.set(link, text)?;
            if link.overhead == usual_overhead(link.protocol) {
                changed.overhead = usual_overhead(changed.protocol);
            }
            *link = changed;
            Ok(())
        },
    )
}

/// The time that a protocol adds to a leg compared with JSON over a persistent connection, e.g. to resolve a query or to
/// wrap a message in XML. These values are not measured, but have a realistic magnitude.
const fn usual_overhead(protocol: Protocol) -> Span {
    match protocol {
        Protocol::Rest | Protocol::Grpc => Span::ZERO,
        Protocol::Graphql => Span::millis(2),
        Protocol::Soap => Span::millis(5),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::editor::field::assert_fields_read_back;
    use crate::scenario::Service;

    fn two_services() -> Scenario {
        let services = ["a", "b"].map(|id| Service::new(id, Kind::Service)).to_vec();
        Scenario { services, ..Scenario::default() }
    }

    #[test]
    fn every_field_of_a_link_with_everything_reads_back_what_it_shows() {
        let mut link = Link::new("a", "b");
        let document = two_services();
        for card in cards(&document, &link.clone(), false) {
            if let Some((is_on, toggle)) = card.switch {
                assert!(!is_on, "{} is on by default", card.title.name());
                toggle(&mut link, true);
            }
        }
        for split in [false, true] {
            for card in cards(&document, &link, split) {
                assert!(card.switch.is_none_or(|(is_on, _)| is_on), "{} did not turn on", card.title.name());
                assert_fields_read_back(&card.fields, &link);
            }
        }
    }

    #[test]
    fn a_policy_turned_on_and_off_leaves_the_link_as_it_was() {
        let plain = Link::new("a", "b");
        for card in cards(&two_services(), &plain, false) {
            if let Some((_, toggle)) = card.switch {
                let mut link = plain.clone();
                toggle(&mut link, true);
                assert_ne!(link, plain, "{}", card.title.name());
                toggle(&mut link, false);
                assert_eq!(link, plain, "{}", card.title.name());
            }
        }
    }

    #[test]
    fn a_delay_each_way_sets_both_legs_until_they_are_split() {
        let link = Link::new("a", "b");
        let delay = |link: &Link, split| {
            cards(&two_services(), link, split).into_iter().find(|c| c.title == id!("card-network")).unwrap().fields[1]
                .clone()
        };
        let both = delay(&link, false).set(&link, "2s").unwrap();
        assert!(!legs_differ(&both) && both != link);
        let one = delay(&link, true).set(&link, "2s").unwrap();
        assert!(legs_differ(&one));
        assert!(summary(&one).text().ends_with("2\u{a0}s there, 5\u{a0}ms back"));
    }

    #[test]
    fn every_relationship_of_the_format_can_be_chosen() {
        let keys: Vec<&str> = RELATIONSHIP_OPTIONS.iter().skip(1).map(|(key, _)| *key).collect();
        assert_eq!(keys, crate::scenario::words::RELATIONSHIPS);
    }

    #[test]
    fn a_protocol_brings_its_overhead_unless_another_was_set() {
        let link = Link::new("a", "b");
        let soap = protocol().set(&link, "soap").unwrap();
        assert_eq!((soap.protocol, soap.overhead), (Protocol::Soap, Span::millis(5)));
        assert_eq!(protocol().set(&soap, "rest"), Ok(link.clone()));
        let own = Link { overhead: Span::millis(1), ..link };
        assert_eq!(protocol().set(&own, "soap").unwrap().overhead, Span::millis(1));
    }
}
