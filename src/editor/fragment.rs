//! A part of a system to copy, cut, paste or duplicate.
//!
//! A fragment is a complete document, so that it can be copied as the text of a file. It holds the selected services,
//! the links between them with their policies, the loads of the clients, and the teams of the services. It has no
//! faults or objectives, because these belong to the system as a whole.

use super::lookup::service;
use super::selection::{Selection, Thing};
use crate::scenario::{Load, Scenario, Service};
use std::collections::BTreeMap;

/// The distance of a copy from its original.
const BESIDE: f64 = 33.0;
/// The number of positions to try for a copy.
const TRIES: u32 = 250;

/// The selected part of a document. `None` if no service is selected, because a link alone leads nowhere.
pub fn of(document: &Scenario, selection: &Selection) -> Option<Scenario> {
    let is_in = |id: &str| selection.has_service(id);
    let services: Vec<Service> = document.services.iter().filter(|s| is_in(&s.id)).cloned().collect();
    if services.is_empty() {
        return None;
    }
    let named = |id: &str| services.iter().any(|s| s.team.as_deref() == Some(id));
    Some(Scenario {
        links: document.links.iter().filter(|l| is_in(&l.from) && is_in(&l.to)).cloned().collect(),
        load: document.load.iter().filter(|l| is_in(&l.client)).cloned().collect(),
        teams: document.teams.iter().filter(|t| named(&t.id)).cloned().collect(),
        services,
        ..Scenario::default()
    })
}

/// The offset for the boxes of a fragment so that none covers another box: zero after a cut, and beside the originals
/// after a copy.
pub fn beside(document: &Scenario, fragment: &Scenario) -> [f64; 2] {
    let is_near = |a: [f64; 2], b: [f64; 2]| a.iter().zip(b).all(|(a, b)| (a - b).abs() < BESIDE / 2.0);
    let is_taken = |by: f64| {
        let wanted = fragment.services.iter().filter_map(|s| s.position).map(|[x, y]| [x + by, y + by]);
        let there = || document.services.iter().filter_map(|s| s.position);
        wanted.into_iter().any(|wanted| there().any(|there| is_near(there, wanted)))
    };
    let by = (0..TRIES).map(|step| BESIDE * f64::from(step)).find(|by| !is_taken(*by));
    [by.unwrap_or(BESIDE * f64::from(TRIES)); 2]
}

/// Pastes a fragment at this offset, and returns the selection of its services. A service whose id is taken gets
/// another one. Links that lead out of the fragment are omitted.
pub fn insert(document: &mut Scenario, fragment: &Scenario, [x, y]: [f64; 2]) -> Option<Selection> {
    let mut names = BTreeMap::new();
    for service in &fragment.services {
        let mut service = service.clone();
        let number = free_number(document, &service);
        let before = service.id.clone();
        if let Some(number) = number {
            service.name = service.name.map(|name| format!("{} {number}", stem(&name, ' ')));
            service.id = format!("{}-{number}", stem(&service.id, '-'));
        }
        service.position = service.position.map(|[left, top]| [left + x, top + y]);
        // In a file from elsewhere, two services may have the same id: references mean the first.
        names.entry(before).or_insert_with(|| service.id.clone());
        document.services.push(service);
    }
    let name = |id: &str| names.get(id).cloned();
    for link in &fragment.links {
        if let (Some(from), Some(to)) = (name(&link.from), name(&link.to)) {
            document.links.push(crate::scenario::Link { from, to, ..link.clone() });
        }
    }
    let loads = fragment.load.iter().filter_map(|load| Some(Load { client: name(&load.client)?, ..load.clone() }));
    document.load.extend(loads);
    for team in &fragment.teams {
        if document.teams.iter().all(|t| t.id != team.id) {
            document.teams.push(team.clone());
        }
    }
    (!names.is_empty()).then(|| names.into_values().map(Thing::Service).collect())
}

/// The number that makes the id of the service unique in the document; `None` if its id is free.
fn free_number(document: &Scenario, wanted: &Service) -> Option<usize> {
    service(document, &wanted.id)?;
    let stem = stem(&wanted.id, '-');
    (2..).find(|n| service(document, &format!("{stem}-{n}")).is_none())
}

/// The name without a number at its end.
fn stem(name: &str, before: char) -> &str {
    let digits = name.trim_end_matches(|c: char| c.is_ascii_digit());
    match digits.strip_suffix(before) {
        Some(stem) if !stem.is_empty() && digits.len() < name.len() => stem,
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::editor::command::first_load;
    use crate::editor::{Command, Editor};
    use crate::scenario::check::check;
    use crate::scenario::{Kind, Link, Team, read, write};
    use crate::time::Span;

    fn shop() -> Scenario {
        let at = |id: &str, kind, x| Service { position: Some([x, 0.0]), ..Service::new(id, kind) };
        let mut scenario = Scenario {
            services: vec![
                at("web", Kind::Client, 0.0),
                at("cart", Kind::Service, 300.0),
                at("stock-2", Kind::Service, 600.0),
            ],
            links: vec![
                Link::new("web", "cart"),
                Link { timeout: Some(Span::secs(1)), ..Link::new("cart", "stock-2") },
            ],
            load: vec![first_load("web")],
            teams: vec![Team { id: "ours".into(), name: "Ours".into() }],
            ..Scenario::default()
        };
        scenario.services[1].team = Some("ours".into());
        scenario.services[1].name = Some("Cart".into());
        scenario
    }

    fn selection(ids: &[&str]) -> Selection {
        ids.iter().map(|id| Thing::service(*id)).collect()
    }

    fn paste(editor: &Editor, fragment: &Scenario) -> Editor {
        let by = beside(editor.document(), fragment);
        editor.apply(&Command::Paste { fragment: Box::new(fragment.clone()), by }).unwrap()
    }

    #[test]
    fn links_between_copied_services_are_copied_with_their_policies() {
        let editor = Editor::new(shop()).unwrap();
        let fragment = of(&shop(), &selection(&["cart", "stock-2"])).unwrap();
        let pasted = paste(&editor, &fragment);
        let document = pasted.document();
        assert_eq!(document.links[2].id(), "cart-2->stock-3");
        assert_eq!(document.links[2].timeout, Some(Span::secs(1)));
        assert_eq!(document.links.len(), 3, "the link from outside stays outside");
        assert_eq!(
            (&*document.services[3].name.clone().unwrap(), document.services[3].position),
            ("Cart 2", Some([333.0, 33.0]))
        );
        assert_eq!(*pasted.selection(), selection(&["cart-2", "stock-3"]));
        assert!(check(document).is_ok());
        assert_eq!(pasted.undo().document(), editor.document());
    }

    #[test]
    fn a_client_is_copied_with_its_load_and_a_service_with_its_team() {
        let fragment = of(&shop(), &selection(&["web", "cart"])).unwrap();
        let pasted = paste(&Editor::new(Scenario::default()).unwrap(), &fragment);
        let document = pasted.document();
        assert_eq!((document.load.len(), document.teams.len()), (1, 1));
        let ids: Vec<_> = document.services.iter().map(|s| &*s.id).collect();
        assert_eq!(ids, ["web", "cart"], "in another system they keep their ids");
        assert!(check(document).is_ok());
    }

    #[test]
    fn copies_do_not_hide_each_other_and_cut_services_return_to_their_places() {
        let fragment = of(&shop(), &selection(&["cart"])).unwrap();
        let mut editor = Editor::new(shop()).unwrap();
        for step in [33.0, 66.0, 99.0] {
            editor = paste(&editor, &fragment);
            let service = editor.document().services.last().unwrap();
            assert_eq!(service.position, Some([300.0 + step, step]));
        }
        let without = Editor::new(shop()).unwrap().apply(&Command::Remove(selection(&["cart"]))).unwrap();
        let back = paste(&without, &fragment);
        assert_eq!(back.document().services.last(), fragment.services.first());
    }

    #[test]
    fn a_link_alone_is_not_copied() {
        assert_eq!(of(&shop(), &Selection::link("web", "cart")), None);
        assert_eq!(of(&shop(), &Selection::NONE), None);
    }

    #[test]
    fn a_fragment_reads_back_from_the_text_of_a_file() {
        let fragment = of(&shop(), &Selection::all(&shop())).unwrap();
        assert_eq!(read::read(&write::write(&fragment)).as_ref(), Ok(&fragment));
    }

    #[test]
    fn a_fragment_with_missing_or_duplicate_ends_does_no_harm() {
        let mut fragment = shop();
        fragment.services.push(fragment.services[1].clone());
        fragment.links.push(Link::new("cart", "nobody"));
        fragment.load.push(first_load("nobody"));
        let pasted = paste(&Editor::new(shop()).unwrap(), &fragment);
        assert!(check(pasted.document()).is_ok());
        assert_eq!(pasted.document().services.len(), 7);
    }

    #[test]
    fn the_number_at_the_end_of_a_name_is_not_part_of_it() {
        for (name, wanted) in [("cart-2", "cart"), ("cart", "cart"), ("-2", "-2"), ("cart2", "cart2"), ("a-", "a-")] {
            assert_eq!(stem(name, '-'), wanted);
        }
    }
}
