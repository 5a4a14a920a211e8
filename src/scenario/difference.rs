//! What differs between two versions of a system: setting by setting, as the file writes them.
//!
//! Things are matched by who they are (services by id, links by both ends), not by their place in the file. Positions
//! are no settings.

use super::Scenario;
use super::json::Json;
use super::write::tree;

/// A setting that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The thing that has it: a service's id, `from->to` for a link, a list's name and number, or nothing for the whole.
    pub thing: String,
    /// The setting, e.g. `retry.max_attempts`; empty if the whole thing is there in one version only.
    pub setting: String,
    /// Its value in the first version; `None`: as usual, or not there.
    pub before: Option<String>,
    /// Its value in the second.
    pub after: Option<String>,
}

/// All that differs, in the order of the file of the second version; what only the first has comes last.
pub fn differences(before: &Scenario, after: &Scenario) -> Vec<Difference> {
    let (before, after) = (settings(before), settings(after));
    let value = |all: &[Setting], (thing, path, _): &Setting| {
        all.iter().find(|(t, p, _)| t == thing && p == path).map(|(.., value)| value.clone())
    };
    let changed = after.iter().filter_map(|s| {
        let old = value(&before, s);
        (old.as_ref() != Some(&s.2)).then(|| difference(s, old, Some(s.2.clone())))
    });
    let gone = before.iter().filter(|s| value(&after, s).is_none()).map(|s| difference(s, Some(s.2.clone()), None));
    changed.chain(gone).collect()
}

fn difference((thing, setting, _): &Setting, before: Option<String>, after: Option<String>) -> Difference {
    Difference { thing: thing.clone(), setting: setting.clone(), before, after }
}

/// A thing, the path of a setting, its value.
type Setting = (String, String, String);

fn settings(scenario: &Scenario) -> Vec<Setting> {
    let mut all = Vec::new();
    let Json::Object(fields) = tree(scenario) else { return all };
    for (name, value) in &fields {
        match value {
            Json::List(things) => {
                for (index, thing) in things.iter().enumerate() {
                    flatten(&who(name, index, thing), "", thing, &mut all);
                }
            }
            _ if name == "format" => {}
            _ => flatten("", name, value, &mut all),
        }
    }
    all
}

/// Who a thing of a list is.
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

/// What says who a thing is, or where it stands, is none of its settings.
const NO_SETTINGS: [&str; 4] = ["id", "from", "to", "position"];

fn flatten(thing: &str, path: &str, value: &Json, all: &mut Vec<Setting>) {
    match value {
        Json::Object(fields) => {
            if path.is_empty() || fields.is_empty() {
                all.push((thing.into(), path.into(), String::new()));
            }
            for (name, value) in fields.iter().filter(|(n, _)| !(path.is_empty() && NO_SETTINGS.contains(&n.as_str())))
            {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                flatten(thing, &path, value, all);
            }
        }
        Json::List(items) => {
            let words: Vec<String> = items.iter().map(words).collect();
            all.push((thing.into(), path.into(), words.join(", ")));
        }
        _ => all.push((thing.into(), path.into(), words(value))),
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

    fn told(before: &Scenario, after: &Scenario) -> Vec<String> {
        let value = |v: Option<String>| v.unwrap_or_else(|| "-".into());
        let line = |d: Difference| format!("{} {}: {} > {}", d.thing, d.setting, value(d.before), value(d.after));
        differences(before, after).into_iter().map(line).collect()
    }

    #[test]
    fn a_system_does_not_differ_from_itself_moved() {
        let mut moved = chain();
        moved.services.reverse();
        moved.services[0].position = Some([1.0, 2.0]);
        assert_eq!(told(&chain(), &moved), [] as [&str; 0]);
    }

    #[test]
    fn settings_are_told_with_both_values() {
        let mut after = chain();
        after.links[1].timeout = Some(Span::millis(400));
        after.links[2].retry = None;
        after.services[3].workers = Some(9);
        let expected =
            ["stock workers: 4 > 9", "checkout->orders timeout: 1s > 400ms", "orders->stock retry.max_attempts: 3 > -"];
        assert_eq!(told(&chain(), &after), expected);
    }

    #[test]
    fn what_is_only_in_one_of_them_is_told() {
        let mut after = chain();
        after.links.push(Link::new("web", "stock"));
        assert_eq!(told(&chain(), &after), ["web->stock : - > "]);
        assert_eq!(told(&after, &chain()), ["web->stock :  > -"]);
    }
}
