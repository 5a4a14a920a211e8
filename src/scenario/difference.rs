//! The differences between two versions of a system: setting by setting, as the file writes them.
//!
//! Things are matched by their ids (links by both ends), not by their order in the file. Positions are no settings.

use super::Scenario;
use super::json::Json;
use super::write::tree;
use std::collections::BTreeMap;

/// A setting that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The thing that has it: a service's id, `from->to` for a link, a list's name and number, or nothing for the whole.
    pub thing: String,
    /// The setting, e.g. `retry.max_attempts`; empty if the whole thing is there in one version only.
    pub setting: String,
    /// Its value in the first version; `None`: the default, or not there.
    pub before: Option<String>,
    /// Its value in the second.
    pub after: Option<String>,
}

/// All that differs, in the order of the file of the second version; what only the first has comes last.
pub fn differences(before: &Scenario, after: &Scenario) -> Vec<Difference> {
    let (before, after) = (settings(before), settings(after));
    let old: BTreeMap<SettingKey, &str> = before.iter().map(Setting::entry).collect();
    let new: BTreeMap<SettingKey, &str> = after.iter().map(Setting::entry).collect();
    let changed = after.iter().filter_map(|setting| {
        let value = old.get(&setting.key()).copied();
        (value != Some(&setting.value)).then(|| setting.difference(value, Some(&setting.value)))
    });
    let gone = before.iter().filter(|setting| !new.contains_key(&setting.key()));
    changed.chain(gone.map(|setting| setting.difference(Some(&setting.value), None))).collect()
}

/// The list that a thing is in, the thing, and the path of one of its settings.
type SettingKey<'a> = (&'a str, &'a str, &'a str);

/// A setting of a thing.
struct Setting {
    list: String,
    thing: String,
    path: String,
    value: String,
}

impl Setting {
    fn key(&self) -> SettingKey<'_> {
        (&self.list, &self.thing, &self.path)
    }

    fn entry(&self) -> (SettingKey<'_>, &str) {
        (self.key(), &self.value)
    }

    fn difference(&self, before: Option<&str>, after: Option<&str>) -> Difference {
        Difference {
            thing: self.thing.clone(),
            setting: self.path.clone(),
            before: before.map(str::to_owned),
            after: after.map(str::to_owned),
        }
    }
}

fn settings(scenario: &Scenario) -> Vec<Setting> {
    let mut all = Vec::new();
    let Json::Object(fields) = tree(scenario) else { return all };
    for (name, value) in &fields {
        match value {
            Json::List(things) => {
                for (index, thing) in things.iter().enumerate() {
                    flatten((name, &who(name, index, thing)), "", thing, &mut all);
                }
            }
            _ if name == "format" => {}
            _ => flatten(("", ""), name, value, &mut all),
        }
    }
    all
}

/// The name of a thing of a list.
fn who(list: &str, index: usize, thing: &Json) -> String {
    match (list, field(thing, "id"), field(thing, "from"), field(thing, "to")) {
        (_, Some(id), ..) => id.to_string(),
        ("links", None, Some(from), Some(to)) => format!("{from}->{to}"),
        _ => format!("{list} {}", index + 1),
    }
}

fn field<'a>(thing: &'a Json, name: &str) -> Option<&'a str> {
    let Json::Object(fields) = thing else { return None };
    fields.iter().find_map(|(n, value)| match value {
        Json::Text(text) if n == name => Some(text.as_str()),
        _ => None,
    })
}

/// Fields that identify a thing, or place it on the stage, are no settings.
const NO_SETTINGS: [&str; 4] = ["id", "from", "to", "position"];

fn flatten(thing: (&str, &str), path: &str, value: &Json, all: &mut Vec<Setting>) {
    let (list, who) = thing;
    let mut put = |value| all.push(Setting { list: list.into(), thing: who.into(), path: path.into(), value });
    match value {
        Json::Object(fields) => {
            if path.is_empty() || fields.is_empty() {
                put(String::new());
            }
            for (name, value) in fields.iter().filter(|(n, _)| !(path.is_empty() && NO_SETTINGS.contains(&n.as_str())))
            {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                flatten(thing, &path, value, all);
            }
        }
        Json::List(items) => {
            let words: Vec<String> = items.iter().map(words).collect();
            put(words.join(", "));
        }
        _ => put(words(value)),
    }
}

fn words(value: &Json) -> String {
    match value {
        Json::Text(text) => text.clone(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Link;
    use crate::scenario::ready::find;
    use crate::time::Span;

    fn chain() -> Scenario {
        Scenario::from_json(find("retry-storm").unwrap().text).unwrap()
    }

    fn lines(before: &Scenario, after: &Scenario) -> Vec<String> {
        let value = |v: Option<String>| v.unwrap_or_else(|| "-".into());
        let line = |d: Difference| format!("{} {}: {} > {}", d.thing, d.setting, value(d.before), value(d.after));
        differences(before, after).into_iter().map(line).collect()
    }

    #[test]
    fn a_system_does_not_differ_from_itself_moved() {
        let mut moved = chain();
        moved.services.reverse();
        moved.services[0].position = Some([1.0, 2.0]);
        assert_eq!(lines(&chain(), &moved), [] as [&str; 0]);
    }

    #[test]
    fn a_changed_setting_has_both_values() {
        let mut after = chain();
        after.links[1].timeout = Some(Span::millis(400));
        after.links[2].retry = None;
        after.services[3].workers = Some(9);
        let expected =
            ["stock workers: 4 > 9", "checkout->orders timeout: 1s > 400ms", "orders->stock retry.max_attempts: 3 > -"];
        assert_eq!(lines(&chain(), &after), expected);
    }

    #[test]
    fn a_thing_that_only_one_version_has_is_a_difference() {
        let mut after = chain();
        after.links.push(Link::new("web", "stock"));
        assert_eq!(lines(&chain(), &after), ["web->stock : - > "]);
        assert_eq!(lines(&after, &chain()), ["web->stock :  > -"]);
    }

    #[test]
    fn a_team_is_not_mistaken_for_a_service_of_the_same_id() {
        let team = |name: &str| crate::scenario::Team { id: "stock".into(), name: name.into() };
        let mut before = chain();
        before.teams.push(team("Warehouse"));
        let mut after = before.clone();
        after.teams.pop();
        after.teams.push(team("Storage"));
        assert_eq!(lines(&before, &after), ["stock name: Warehouse > Storage"]);
    }

    #[test]
    #[expect(clippy::disallowed_methods, reason = "it is about the time that the comparison takes")]
    fn a_system_of_the_largest_size_is_compared_at_once() {
        use crate::scenario::{Kind, Service, limits};
        let services = (0..limits::SERVICES).map(|i| Service::new(format!("s{i}"), Kind::Service)).collect();
        let link = |i: usize| Link {
            timeout: Some(Span::secs(1)),
            ..Link::new(format!("s{}", i % 200), format!("s{}", (i % 200 + 1 + i / 200) % 200))
        };
        let before = Scenario { services, links: (0..limits::LINKS).map(link).collect(), ..Scenario::default() };
        let mut after = before.clone();
        after.links.iter_mut().for_each(|link| link.timeout = Some(Span::secs(2)));
        let start = std::time::Instant::now();
        for _ in 0..20 {
            assert_eq!(differences(&before, &after).len(), limits::LINKS);
        }
        // Linear, this takes some 50 ms; looking each setting up in a list takes seconds.
        assert!(start.elapsed().as_secs() < 2, "{:?}", start.elapsed());
    }
}
