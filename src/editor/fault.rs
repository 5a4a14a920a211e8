//! Editable settings of scheduled faults. Interventions by hand are not part of a document.

use super::field::{Field, Input};
use super::hint;
use super::lookup::{label, link, service};
use super::selection::Thing;
use crate::scenario::{DroppedLegs, Fault, FaultEffect, Kind, Scenario};
use crate::text::{Exact, Id, Message, Share};
use crate::time::Span;
use crate::{id, msg};

/// Faults of services: the value of each option, and its name for users.
const ON_SERVICES: [(&str, Id); 3] =
    [("down", id!("option-fault-down")), ("slow", id!("option-fault-slow")), ("failing", id!("option-fault-failing"))];
/// Faults of links, likewise.
const ON_LINKS: [(&str, Id); 2] = [("drop", id!("option-fault-drop")), ("delay", id!("option-fault-delay"))];

const LEGS: [(DroppedLegs, Id); 3] = [
    (DroppedLegs::Both, id!("option-legs-both")),
    (DroppedLegs::Request, id!("option-legs-request")),
    (DroppedLegs::Response, id!("option-legs-response")),
];

/// The duration of a new fault.
const LASTS: Span = Span::secs(5);

/// The service or link that a fault affects.
pub fn struck(effect: &FaultEffect) -> Thing {
    match effect {
        FaultEffect::Down { service } | FaultEffect::Slow { service, .. } | FaultEffect::Failing { service, .. } => {
            Thing::service(service)
        }
        FaultEffect::Drop { link: [from, to], .. } | FaultEffect::Delay { link: [from, to], .. } => {
            Thing::link(from, to)
        }
    }
}

/// A new fault of `thing` that begins soon after `now`. Without a thing, it affects the one with the most visible
/// consequences. `None` if there is nothing that it could affect.
pub fn new(document: &Scenario, thing: Option<&Thing>, now: Span) -> Option<Fault> {
    let effect = match thing {
        Some(Thing::Service(id)) => FaultEffect::Down { service: id.clone() },
        Some(Thing::Link { from, to }) => {
            FaultEffect::Drop { link: [from.clone(), to.clone()], legs: DroppedLegs::Both }
        }
        None => {
            let at_link = hint::main_link(document).and_then(|l| service(document, &l.to));
            let any = || document.services.iter().find(|s| s.kind != Kind::Client);
            FaultEffect::Down { service: at_link.or_else(any)?.id.clone() }
        }
    };
    // A whole second in the near future, so that users have time to look up.
    let at = Span::secs(now.as_nanos() / 1_000_000_000 + 2);
    Some(Fault { at, lasts: Some(LASTS), effect })
}

/// The effect and the period of a fault, e.g. `Ledger is down` and `5 s to 7 s`.
pub fn summary(fault: &Fault, document: &Scenario) -> [Message; 2] {
    let name = |id| label(document, id);
    let effect = match &fault.effect {
        FaultEffect::Down { service } => msg!("fault-down", service = name(service)),
        FaultEffect::Slow { service, factor } => msg!("fault-slow", service = name(service), factor = *factor),
        FaultEffect::Failing { service, probability } => {
            msg!("fault-failing", service = name(service), share = Share(*probability))
        }
        FaultEffect::Drop { link: [from, to], legs: DroppedLegs::Both } => {
            msg!("fault-cut", from = name(from), to = name(to))
        }
        FaultEffect::Drop { link: [from, to], legs: DroppedLegs::Request } => {
            msg!("fault-loses-requests", from = name(from), to = name(to))
        }
        FaultEffect::Drop { link: [from, to], legs: DroppedLegs::Response } => {
            msg!("fault-loses-responses", from = name(from), to = name(to))
        }
        FaultEffect::Delay { link: [from, to], added } => {
            msg!("fault-delay", from = name(from), to = name(to), added = Exact(*added))
        }
    };
    let time = match fault.lasts {
        Some(lasts) => msg!("fault-from-to", from = Exact(fault.at), to = Exact(fault.at + lasts)),
        None => msg!("fault-from", from = Exact(fault.at)),
    };
    [effect, time]
}

/// The fields of a scheduled fault.
pub fn fields(document: &Scenario) -> Vec<Field<Fault>> {
    let things = Things::of(document);
    let services = document.services.iter().filter(|s| s.kind != Kind::Client);
    let services = Input::pick(services.map(|s| (s.id.clone(), s.label().to_string())));
    let name = |id| label(document, id);
    let links = Input::pick(document.links.iter().map(|l| (l.id(), format!("{} → {}", name(&l.from), name(&l.to)))));
    let mut fields = vec![
        things.kind_field(),
        Field::new(id!("field-fault-service"), None, services, |f: &mut Fault| match &mut f.effect {
            FaultEffect::Down { service }
            | FaultEffect::Slow { service, .. }
            | FaultEffect::Failing { service, .. } => Some(service),
            FaultEffect::Drop { .. } | FaultEffect::Delay { .. } => None,
        }),
        things.link_field(links),
    ];
    fields.extend(strengths());
    fields.extend([
        Field::span(id!("field-fault-at"), |f: &mut Fault| Some(&mut f.at)),
        Field::maybe_span(id!("field-fault-lasts"), Some(id!("hint-to-the-end")), |f: &mut Fault| Some(&mut f.lasts)),
    ]);
    fields
}

fn strengths() -> [Field<Fault>; 4] {
    [
        Field::choice(id!("field-fault-legs"), &LEGS, |f: &mut Fault| match &mut f.effect {
            FaultEffect::Drop { legs, .. } => Some(legs),
            _ => None,
        }),
        Field::number(id!("field-fault-factor"), Some(id!("hint-factor")), |f: &mut Fault| match &mut f.effect {
            FaultEffect::Slow { factor, .. } => Some(factor),
            _ => None,
        }),
        Field::number(id!("field-failure-rate"), Some(id!("hint-share")), |f: &mut Fault| match &mut f.effect {
            FaultEffect::Failing { probability, .. } => Some(probability),
            _ => None,
        }),
        Field::span(id!("field-fault-added"), |f: &mut Fault| match &mut f.effect {
            FaultEffect::Delay { added, .. } => Some(added),
            _ => None,
        }),
    ]
}

/// The services and links that faults can affect.
#[derive(Clone)]
struct Things {
    services: Vec<String>,
    links: Vec<[String; 2]>,
}

impl Things {
    fn of(document: &Scenario) -> Self {
        Things {
            services: document.services.iter().filter(|s| s.kind != Kind::Client).map(|s| s.id.clone()).collect(),
            links: document.links.iter().map(|l| [l.from.clone(), l.to.clone()]).collect(),
        }
    }

    fn kind_field(&self) -> Field<Fault> {
        let on_links = if self.links.is_empty() { [].as_slice() } else { &ON_LINKS };
        let options = Input::choice(ON_SERVICES.iter().chain(on_links).copied());
        let things = self.clone();
        Field::custom(
            id!("field-fault-kind"),
            None,
            options,
            |f: &Fault| Some(kind(&f.effect).into()),
            move |f, text| {
                if kind(&f.effect) != text
                    && let Some(effect) = things.effect(text, &f.effect)
                {
                    f.effect = effect;
                }
                Ok(())
            },
        )
    }

    fn link_field(&self, options: Input) -> Field<Fault> {
        let links = self.links.clone();
        Field::custom(
            id!("field-fault-link"),
            None,
            options,
            |f: &Fault| match &f.effect {
                FaultEffect::Drop { link, .. } | FaultEffect::Delay { link, .. } => Some(link.join("->")),
                _ => None,
            },
            move |f, text| {
                if let FaultEffect::Drop { link, .. } | FaultEffect::Delay { link, .. } = &mut f.effect
                    && let Some(other) = links.iter().find(|l| l.join("->") == text)
                {
                    link.clone_from(other);
                }
                Ok(())
            },
        )
    }

    /// A fault of another kind. It affects the same thing if possible, otherwise a related one.
    fn effect(&self, kind: &str, old: &FaultEffect) -> Option<FaultEffect> {
        let old = struck(old);
        let service = || match &old {
            Thing::Service(id) | Thing::Link { to: id, .. } => {
                self.services.iter().find(|s| *s == id).or(self.services.first()).cloned()
            }
        };
        let link = || match &old {
            Thing::Link { from, to } => Some([from.clone(), to.clone()]),
            Thing::Service(id) => {
                let to = self.links.iter().find(|[_, to]| to == id);
                to.or_else(|| self.links.iter().find(|[from, _]| from == id)).or(self.links.first()).cloned()
            }
        };
        Some(match kind {
            "down" => FaultEffect::Down { service: service()? },
            "slow" => FaultEffect::Slow { service: service()?, factor: 10.0 },
            "failing" => FaultEffect::Failing { service: service()?, probability: 0.5 },
            "drop" => FaultEffect::Drop { link: link()?, legs: DroppedLegs::Both },
            _ => FaultEffect::Delay { link: link()?, added: Span::secs(2) },
        })
    }
}

fn kind(effect: &FaultEffect) -> &'static str {
    match effect {
        FaultEffect::Down { .. } => "down",
        FaultEffect::Slow { .. } => "slow",
        FaultEffect::Failing { .. } => "failing",
        FaultEffect::Drop { .. } => "drop",
        FaultEffect::Delay { .. } => "delay",
    }
}

/// Whether a fault of this thing can be scheduled. With `None`, whether any fault can.
pub fn can_strike(document: &Scenario, thing: Option<&Thing>) -> bool {
    match thing {
        None => document.services.iter().any(|s| s.kind != Kind::Client),
        Some(Thing::Service(id)) => service(document, id).is_some_and(|s| s.kind != Kind::Client),
        Some(Thing::Link { from, to }) => link(document, from, to).is_some(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::editor::field::assert_fields_read_back;
    use crate::scenario::check::check;
    use crate::scenario::{Link, Service};

    fn document() -> Scenario {
        let services = vec![
            Service::new("web", Kind::Client),
            Service::new("a", Kind::Service),
            Service::new("b", Kind::External),
        ];
        Scenario { services, links: vec![Link::new("web", "a"), Link::new("a", "b")], ..Scenario::default() }
    }

    fn set(fault: &Fault, label: &str, text: &str) -> Fault {
        let fields = fields(&document());
        let field = fields.iter().find(|f| f.label.name() == label && f.get(fault).is_some()).unwrap();
        field.set(fault, text).unwrap()
    }

    #[test]
    fn a_new_fault_affects_the_selected_thing_soon_and_can_run() {
        for thing in [None, Some(Thing::service("a")), Some(Thing::link("web", "a"))] {
            let fault = new(&document(), thing.as_ref(), Span::millis(1_500)).unwrap();
            assert_eq!((fault.at, fault.lasts), (Span::secs(3), Some(Span::secs(5))));
            assert!(thing.is_none_or(|thing| struck(&fault.effect) == thing));
            assert!(check(&Scenario { faults: vec![fault], ..document() }).is_ok());
        }
        assert_eq!(new(&Scenario::default(), None, Span::ZERO), None);
    }

    #[test]
    fn every_kind_of_fault_reads_back_what_it_shows_and_keeps_its_thing() {
        let mut fault = new(&document(), Some(&Thing::service("b")), Span::ZERO).unwrap();
        for (kind, thing, words) in [
            ("slow", "b", "b takes 10 times as long"),
            ("failing", "b", "b fails 50\u{a0}% of its requests"),
            ("delay", "a->b", "a → b is delayed by 2\u{a0}s"),
            ("drop", "a->b", "a → b is cut"),
            ("down", "b", "b is down"),
        ] {
            fault = set(&fault, "field-fault-kind", kind);
            assert_fields_read_back(&fields(&document()), &fault);
            let label = if thing.contains('>') { "field-fault-link" } else { "field-fault-service" };
            let fields = fields(&document());
            assert_eq!(
                fields.iter().find(|f| f.label.name() == label).and_then(|f| f.get(&fault)).as_deref(),
                Some(thing)
            );
            assert_eq!(summary(&fault, &document())[0].text(), words);
            assert!(check(&Scenario { faults: vec![fault.clone()], ..document() }).is_ok());
        }
    }

    #[test]
    fn a_fault_moves_to_another_thing_and_another_time() {
        let fault = new(&document(), None, Span::ZERO).unwrap();
        let moved =
            set(&set(&set(&fault, "field-fault-service", "a"), "field-fault-at", "10s"), "field-fault-lasts", "");
        assert_eq!(summary(&moved, &document()).map(|part| part.text()), ["a is down", "from 10\u{a0}s"]);
        let cut = set(
            &set(&set(&moved, "field-fault-kind", "drop"), "field-fault-link", "a->b"),
            "field-fault-legs",
            "response",
        );
        assert_eq!(summary(&cut, &document())[0].text(), "a → b loses answers");
    }

    #[test]
    fn a_system_without_links_offers_no_faults_of_links() {
        let alone = Scenario { links: Vec::new(), ..document() };
        let Input::Choice(options) = &fields(&alone)[0].input else { panic!("not a choice") };
        assert_eq!(options.len(), ON_SERVICES.len());
        assert!(!can_strike(&alone, Some(&Thing::service("web"))));
    }
}
