//! The ready systems in the current language.
//!
//! Their English texts are in the scenario files. For other languages there are messages whose ids consist of the ids of
//! the system and of its parts: `system-down-service-web`. `tests/it/texts.rs` compares files and messages.

use crate::scenario::Scenario;
use crate::scenario::read;
use crate::scenario::ready::{READY, Ready};
use crate::text::{Language, find, in_language, language};

/// The title of a ready system.
pub fn ready_title(ready: &Ready) -> String {
    find(&format!("system-{}-title", ready.id)).unwrap_or_else(|| ready.title.into())
}

/// A ready system.
pub fn ready_system(ready: &Ready) -> Option<Scenario> {
    read::read(ready.text).ok().map(|scenario| localised(ready.id, scenario))
}

/// The ready system with this title in any language.
pub fn ready_of(title: &str) -> Option<&'static Ready> {
    let has_title = |ready: &&Ready| {
        ready.title == title || Language::ALL.into_iter().any(|it| in_language(it, || ready_title(ready)) == title)
    };
    READY.iter().find(has_title)
}

/// Replaces the texts of a ready system by those in the current language.
pub fn localised(id: &str, mut scenario: Scenario) -> Scenario {
    if language() == Language::English {
        return scenario;
    }
    for (part, text) in texts(&mut scenario) {
        if let Some(translated) = find(&format!("system-{id}-{part}")) {
            *text = translated;
        }
    }
    scenario
}

/// The texts of a system, each with its part of the message id.
pub fn texts(scenario: &mut Scenario) -> Vec<(String, &mut String)> {
    let mut all =
        vec![("title".to_owned(), &mut scenario.title), ("description".to_owned(), &mut scenario.description)];
    for service in &mut scenario.services {
        if let Some(name) = &mut service.name {
            all.push((format!("service-{}", service.id), name));
        }
    }
    all.extend(scenario.teams.iter_mut().map(|team| (format!("team-{}", team.id), &mut team.name)));
    let objectives = scenario.objectives.iter_mut().enumerate();
    all.extend(objectives.map(|(index, objective)| (format!("objective-{}", index + 1), &mut objective.name)));
    all
}
