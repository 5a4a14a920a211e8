//! Announcements for screen readers: the effects of commands, and the selection.

use super::command::Command;
use super::lookup::label;
use super::selection::{Selection, Thing};
use crate::msg;
use crate::scenario::Scenario;
use crate::text::Message;

/// The effect of a command, e.g. `Moved Bank account.`; `before` and `after` are the documents before and after it.
pub fn done(command: &Command, before: &Scenario, after: &Scenario, selected: &Selection) -> Message {
    let new = || things(after, selected);
    match command {
        Command::AddService { .. } => msg!("announce-added", things = new()),
        Command::Move(places) => {
            let moved = places.iter().map(|(id, _)| Thing::service(id)).filter(|thing| thing.exists_in(after));
            msg!("announce-moved", things = things(after, &moved.collect()))
        }
        Command::Connect { from, to } => {
            msg!("announce-connected", caller = label(after, from), callee = label(after, to))
        }
        Command::ConnectToNew { from, .. } => {
            msg!("announce-added-callee", callee = new(), caller = label(after, from))
        }
        Command::Paste { .. } => msg!("announce-pasted", things = new()),
        Command::Remove(gone) => msg!("announce-removed", things = things(before, gone)),
        Command::SetService { service, .. } => msg!("announce-changed", things = service.label()),
        Command::SetLink { link, .. } => {
            msg!("announce-changed", things = thing(after, &Thing::link(&link.from, &link.to)))
        }
        Command::SetLoad { client, .. } => msg!("announce-changed-load", client = label(after, client)),
        Command::SetFaults(_) => msg!("announce-changed-faults"),
        Command::SetObjectives(_) => msg!("announce-changed-objectives"),
        Command::SetTeams(_) => msg!("announce-changed-teams"),
        Command::SetScenario(_) => msg!("announce-changed-system"),
        Command::Several(commands) => msg!("announce-changed-several", things = commands.len()),
        Command::Load(_) if after.title.is_empty() => msg!("announce-opened-untitled"),
        Command::Load(_) => msg!("announce-opened", title = &after.title),
    }
}

/// The number of selected things, unless only one is selected, which has the focus anyway.
pub fn selected(before: &Selection, after: &Selection) -> Option<Message> {
    let is_news = before != after && before.len().max(after.len()) > 1;
    is_news.then(|| msg!("announce-selected", things = after.len()))
}

fn things(document: &Scenario, all: &Selection) -> Message {
    all.single().map_or_else(|| msg!("announce-things", things = all.len()), |one| thing(document, one))
}

fn thing(document: &Scenario, thing: &Thing) -> Message {
    match thing {
        Thing::Service(id) => msg!("announce-service", service = label(document, id)),
        Thing::Link { from, to } => {
            msg!("announce-link", caller = label(document, from), callee = label(document, to))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::editor::Editor;
    use crate::scenario::Kind;

    #[test]
    fn commands_are_announced_with_the_names_of_things() {
        let mut editor = Editor::new(Scenario::default()).unwrap();
        let all = ["service-1", "service-2"].map(Thing::service).into_iter().collect::<Selection>();
        let add = || Command::AddService { kind: Kind::Service, position: [0.0, 0.0] };
        for (command, words) in [
            (add(), "Added Service 1."),
            (add(), "Added Service 2."),
            (Command::Connect { from: "service-1".into(), to: "service-2".into() }, "Service 1 now calls Service 2."),
            (Command::Move(vec![("service-1".into(), [9.0, 9.0])]), "Moved Service 1."),
            (Command::Remove(Selection::link("service-1", "service-2")), "Removed Service 1 to Service 2."),
            (Command::Remove(all), "Removed 2 items."),
        ] {
            let next = editor.apply(&command).unwrap();
            assert_eq!(done(&command, editor.document(), next.document(), next.selection()).text(), words);
            editor = next;
        }
    }

    #[test]
    fn the_number_of_selected_things_is_announced_if_it_is_not_one() {
        let (one, other) = (Selection::service("a"), Selection::service("b"));
        let both = one.with(&other);
        assert_eq!(selected(&Selection::NONE, &one), None);
        assert_eq!(selected(&one, &other), None);
        assert_eq!(selected(&one, &both).map(|it| it.text()).as_deref(), Some("2 items selected."));
        assert_eq!(selected(&both, &one).map(|it| it.text()).as_deref(), Some("1 item selected."));
        assert_eq!(selected(&both, &both), None);
    }
}
