//! Cards for several things at once: the settings that they have in common.
//!
//! A field shows the common value, or that the values differ. A typed value is set in each thing. Fields that are
//! always unique, e.g. an id, are omitted.

use super::card::{Card, Toggle};
use super::field::{Field, Input, OptionName};
use crate::text::Id;
use crate::{id, msg};
use std::rc::Rc;

/// The hint of a field whose values differ.
pub const DIFFERENT: Id = id!("hint-different");

/// Fields whose values are unique.
const OWN: [Id; 4] = [id!("field-id"), id!("field-name"), id!("field-from"), id!("field-to")];

/// The cards that all things have; `each` holds the cards of each thing.
pub fn cards<T: Clone + 'static>(things: &[T], each: &[Vec<Card<T>>]) -> Vec<Card<Vec<T>>> {
    let Some((first, others)) = each.split_first() else { return Vec::new() };
    let in_all = |card: &Card<T>| {
        let same = |cards: &Vec<Card<T>>| cards.iter().find(|other| other.title == card.title).cloned();
        others.iter().map(same).collect::<Option<Vec<_>>>().map(|others| shared(things, card, &others))
    };
    let has_content = |card: &Card<Vec<T>>| card.switch.is_some() || !card.fields.is_empty();
    first.iter().filter_map(in_all).filter(has_content).collect()
}

/// A card for all things, each of which has it.
fn shared<T: Clone + 'static>(things: &[T], card: &Card<T>, others: &[Card<T>]) -> Card<Vec<T>> {
    let same_summary = others.iter().all(|other| other.summary == card.summary);
    let has_field = |index: usize, field: &Field<T>| {
        let same = |other: &Card<T>| {
            other.fields.get(index).is_some_and(|other| other.label == field.label && other.input == field.input)
        };
        !OWN.contains(&field.label) && others.iter().all(same)
    };
    let fields = card.fields.iter().enumerate().filter(|(index, field)| has_field(*index, field));
    let fields = fields.map(|(_, field)| of_all(things, field)).collect();
    let all = Card::section(card.title, fields);
    let all = match &card.switch {
        None => all,
        Some((_, toggle)) => {
            let toggle: Toggle<T> = toggle.clone();
            let is_on = std::iter::once(card).chain(others).all(|card| matches!(card.switch, Some((true, _))));
            let each = move |things: &mut Vec<T>, on: bool| things.iter_mut().for_each(|thing| toggle(thing, on));
            Card { switch: Some((is_on, Rc::new(each))), ..all }
        }
    };
    all.saying(if same_summary { card.summary.clone() } else { Some(msg!("summary-different")) })
}

/// A field for all things, each of which has it.
fn of_all<T: Clone + 'static>(things: &[T], field: &Field<T>) -> Field<Vec<T>> {
    let differ = Values::by(things, field) == Some(Values::Different);
    let input = match &field.input {
        // An extra option stands for different values.
        Input::Choice(options) if differ => {
            let different = ("".into(), OptionName::Message(DIFFERENT));
            Input::Choice([different].into_iter().chain(options.iter().cloned()).collect())
        }
        input => input.clone(),
    };
    let is_choice = matches!(input, Input::Choice(_));
    let (get, set) = (field.clone(), field.clone());
    Field::custom(
        field.label,
        if differ && !is_choice { Some(DIFFERENT) } else { field.hint },
        input,
        move |things: &Vec<T>| match Values::by(things, &get)? {
            Values::Same(value) => Some(value),
            // A switch is on if it is on for all things.
            Values::Different if get.input == Input::Switch => Some("false".into()),
            Values::Different => Some(String::new()),
        },
        move |things, text| {
            // An empty text is no change if the field is empty because the values differ.
            if !text.is_empty() || Values::by(things, &set) != Some(Values::Different) {
                for thing in things {
                    *thing = set.set(thing, text)?;
                }
            }
            Ok(())
        },
    )
}

/// The values of several things in a field.
#[derive(PartialEq)]
enum Values {
    Same(String),
    Different,
}

impl Values {
    /// `None` if the field does not apply to all things.
    fn by<T: Clone + 'static>(things: &[T], field: &Field<T>) -> Option<Values> {
        let all: Vec<String> = things.iter().map(|thing| field.get(thing)).collect::<Option<_>>()?;
        let first = all.first()?;
        let same = all.iter().all(|value| value == first);
        Some(if same { Values::Same(first.clone()) } else { Values::Different })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::editor::{Command, Editor, link, service};
    use crate::scenario::{Kind, Link, Scenario, Service};
    use crate::time::Span;

    fn shop() -> Scenario {
        Scenario {
            services: vec![
                Service::new("web", Kind::Client),
                Service { workers: Some(4), ..Service::new("a", Kind::Service) },
                Service { workers: Some(8), ..Service::new("b", Kind::External) },
            ],
            links: vec![Link { timeout: Some(Span::secs(1)), ..Link::new("web", "a") }, Link::new("a", "b")],
            ..Scenario::default()
        }
    }

    fn of_services(services: &[Service]) -> Vec<Card<Vec<Service>>> {
        cards(services, &services.iter().map(|s| service::cards(s, &[])).collect::<Vec<_>>())
    }

    fn of_links(links: &[Link]) -> Vec<Card<Vec<Link>>> {
        cards(links, &links.iter().map(|l| link::cards(&shop(), l, false)).collect::<Vec<_>>())
    }

    fn field<'a, T>(cards: &'a [Card<T>], label: &str) -> Option<&'a Field<T>> {
        cards.iter().flat_map(|card| &card.fields).find(|field| field.label.name() == label)
    }

    #[test]
    fn a_field_shows_the_common_value_or_that_the_values_differ() {
        let services = shop().services[1..].to_vec();
        let cards = of_services(&services);
        let workers = field(&cards, "field-workers").unwrap();
        assert_eq!((workers.get(&services).as_deref(), workers.hint), (Some(""), Some(DIFFERENT)));
        let both = workers.set(&services, "5").unwrap();
        assert!(both.iter().all(|s| s.workers == Some(5)));
        assert_eq!(field(&of_services(&both), "field-workers").unwrap().get(&both).as_deref(), Some("5"));
        assert_eq!(workers.set(&services, "").as_ref(), Ok(&services), "what was left as it was changes nothing");
        assert!(workers.set(&services, "many").is_err());
    }

    #[test]
    fn a_choice_shows_that_the_values_differ() {
        let services = shop().services[1..].to_vec();
        let cards = of_services(&services);
        let kind = field(&cards, "field-kind").unwrap();
        let Input::Choice(options) = &kind.input else { panic!("not a choice") };
        assert_eq!(options[0], ("".into(), OptionName::Message(DIFFERENT)));
        let stubs = kind.set(&services, "stub").unwrap();
        assert!(stubs.iter().all(|s| s.kind == Kind::Stub));
    }

    #[test]
    fn unique_fields_and_fields_that_not_all_things_have_are_omitted() {
        let services = shop().services;
        let titles = |cards: &[Card<Vec<Service>>]| cards.iter().map(|card| card.title.name()).collect::<Vec<_>>();
        assert_eq!(titles(&of_services(&services)), [""; 0], "a client has only a name and an id");
        assert!(titles(&of_services(&services[1..])).contains(&"card-capacity"));
        let both = of_services(&services[1..]);
        assert!(OWN.iter().all(|label| field(&both, label.name()).is_none()));
        assert!(OWN.iter().all(|label| field(&of_links(&shop().links), label.name()).is_none()));
    }

    #[test]
    fn a_policy_is_switched_for_all_at_once() {
        let links = shop().links;
        let cards = of_links(&links);
        let (is_on, toggle) =
            cards.iter().find(|card| card.title == id!("card-timeout")).unwrap().switch.clone().unwrap();
        assert!(!is_on, "one of them has none");
        let mut all = links.clone();
        toggle(&mut all, true);
        assert!(all.iter().all(|link| link.timeout.is_some()));
        toggle(&mut all, false);
        assert!(all.iter().all(|link| link.timeout.is_none()));
    }

    #[test]
    fn one_edit_of_several_things_is_one_entry_of_the_history() {
        let editor = Editor::new(shop()).unwrap();
        let set = |service: &Service| Command::SetService {
            id: service.id.clone(),
            service: Box::new(Service { workers: Some(2), ..service.clone() }),
        };
        let next = editor.apply(&Command::Several(shop().services[1..].iter().map(set).collect())).unwrap();
        assert!(next.document().services[1..].iter().all(|s| s.workers == Some(2)));
        let back = next.undo();
        assert!(back.document() == editor.document() && !back.can_undo());
    }
}
