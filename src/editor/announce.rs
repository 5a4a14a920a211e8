//! Announcements for screen readers: what a command did, what is selected.

use super::command::Command;
use super::lookup::label;
use super::selection::{Selection, Thing};
use crate::scenario::Scenario;

/// What a command did, e.g. `Moved Bank account.`; `before` and `after` are the documents before and after it.
pub fn done(command: &Command, before: &Scenario, after: &Scenario, selected: &Selection) -> String {
    let new = || things(after, selected);
    match command {
        Command::AddService { .. } => format!("Added {}.", new()),
        Command::Move(places) => {
            let moved = places.iter().map(|(id, _)| Thing::service(id)).filter(|thing| thing.exists_in(after));
            format!("Moved {}.", things(after, &moved.collect()))
        }
        Command::Connect { from, to } => format!("{} now calls {}.", label(after, from), label(after, to)),
        Command::ConnectToNew { from, .. } => format!("Added {}, which {} calls.", new(), label(after, from)),
        Command::Paste { .. } => format!("Pasted {}.", new()),
        Command::Remove(gone) => format!("Removed {}.", things(before, gone)),
        Command::SetService { service, .. } => format!("Changed {}.", service.label()),
        Command::SetLink { link, .. } => format!("Changed {}.", thing(after, &Thing::link(&link.from, &link.to))),
        Command::SetLoad { client, .. } => format!("Changed the load of {}.", label(after, client)),
        Command::SetFaults(_) => "Changed the faults.".into(),
        Command::SetObjectives(_) => "Changed the objectives.".into(),
        Command::SetTeams(_) => "Changed the teams.".into(),
        Command::SetScenario(_) => "Changed the system.".into(),
        Command::Several(commands) => format!("Changed {} things.", commands.len()),
        Command::Load(_) => format!("Opened {}.", if after.title.is_empty() { "a system" } else { &after.title }),
    }
}

/// What is selected, where that is more than the one thing which has the focus anyway.
pub fn selected(before: &Selection, after: &Selection) -> Option<String> {
    let is_news = before != after && before.len().max(after.len()) > 1;
    is_news.then(|| match after.len() {
        0 => "Nothing selected.".into(),
        1 => "1 thing selected.".into(),
        count => format!("{count} things selected."),
    })
}

fn things(document: &Scenario, all: &Selection) -> String {
    all.single().map_or_else(|| format!("{} things", all.len()), |one| thing(document, one))
}

fn thing(document: &Scenario, thing: &Thing) -> String {
    match thing {
        Thing::Service(id) => label(document, id).into(),
        Thing::Link { from, to } => format!("{} to {}", label(document, from), label(document, to)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::editor::Editor;
    use crate::scenario::Kind;

    #[test]
    fn a_command_is_announced_with_the_names_of_its_things() {
        let mut editor = Editor::new(Scenario::default()).unwrap();
        let all = ["service-1", "service-2"].map(Thing::service).into_iter().collect::<Selection>();
        let add = || Command::AddService { kind: Kind::Service, position: [0.0, 0.0] };
        for (command, words) in [
            (add(), "Added Service 1."),
            (add(), "Added Service 2."),
            (Command::Connect { from: "service-1".into(), to: "service-2".into() }, "Service 1 now calls Service 2."),
            (Command::Move(vec![("service-1".into(), [9.0, 9.0])]), "Moved Service 1."),
            (Command::Remove(Selection::link("service-1", "service-2")), "Removed Service 1 to Service 2."),
            (Command::Remove(all), "Removed 2 things."),
        ] {
            let next = editor.apply(&command).unwrap();
            assert_eq!(done(&command, editor.document(), next.document(), next.selection()), words);
            editor = next;
        }
    }

    #[test]
    fn the_number_of_selected_things_is_announced_if_it_is_more_than_one() {
        let (one, other) = (Selection::service("a"), Selection::service("b"));
        let both = one.with(&other);
        assert_eq!(selected(&Selection::NONE, &one), None);
        assert_eq!(selected(&one, &other), None);
        assert_eq!(selected(&one, &both).as_deref(), Some("2 things selected."));
        assert_eq!(selected(&both, &one).as_deref(), Some("1 thing selected."));
        assert_eq!(selected(&both, &both), None);
    }
}
