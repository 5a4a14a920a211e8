//! The autosave of a tab, as a text: versions of its document. The newest version opens again after a reload or a crash.
//!
//! Each version is the text of a link ([`share`]). An autosave is read like a link from a stranger: anything else in the
//! text is skipped. Recent versions are close together in time, and old ones are far apart.

use super::setting_name::{setting_name, thing_name};
use crate::scenario::Scenario;
use crate::scenario::difference::{Difference, differences};
use crate::scenario::{limits, share};
use crate::{msg, t};
use std::fmt::Write;

/// The most versions of a tab.
pub const VERSIONS: usize = 24;
/// The most characters of all versions together. The newest version stays even if it alone has more.
pub const CHARACTERS: usize = 200_000;
/// The name of the format, in the first line.
const FORM: &str = "callchain-kept/1";
/// Follows the format if the newest version is stored elsewhere, too.
const SAFE: &str = " safe";
/// The most changes that the summary of a version names; it counts the others.
const NAMED: usize = 2;

/// A document as it was at some time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// When it was saved, in milliseconds since 1970.
    pub at: u64,
    /// The document, as [`share::write`] writes it.
    pub text: String,
}

impl Version {
    /// `document` as it is at this time.
    pub fn of(document: &Scenario, at: u64) -> Self {
        Version { at, text: share::write(document) }
    }

    /// The document, if it still can be read.
    pub fn document(&self) -> Option<Scenario> {
        share::read(&self.text).ok()
    }
}

/// The saved versions of a tab.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Autosave {
    /// Whether the newest version is stored elsewhere, too: it was opened from there, or saved as a file.
    pub is_safe: bool,
    /// The versions, the newest last.
    versions: Vec<Version>,
}

impl Autosave {
    /// Reads the text that [`Autosave::write`] writes. Skips lines that it does not know; reads nothing of another format.
    pub fn read(text: &str) -> Self {
        let Some((head, rest)) = text.split_once('\n').filter(|(head, _)| head.starts_with(FORM)) else {
            return Autosave::default();
        };
        let version = |line: &str| {
            let (at, text) = line.split_once(' ')?;
            (text.len() <= limits::LINK_CHARS).then_some(Version { at: at.parse().ok()?, text: text.into() })
        };
        let mut autosave =
            Autosave { is_safe: head.ends_with(SAFE), versions: rest.lines().filter_map(version).collect() };
        autosave.thin();
        autosave
    }

    /// The autosave as a text.
    pub fn write(&self) -> String {
        let mut text = format!("{FORM}{}\n", if self.is_safe { SAFE } else { "" });
        for Version { at, text: document } in &self.versions {
            // Writing to a text cannot fail.
            let _ = writeln!(text, "{at} {document}");
        }
        text
    }

    /// The versions, the newest last.
    pub fn versions(&self) -> &[Version] {
        &self.versions
    }

    /// Adds a version, unless it equals the newest. Drops older versions if there are too many.
    pub fn add(&mut self, version: Version) {
        if self.versions.last().is_none_or(|newest| newest.text != version.text) {
            self.versions.push(version);
            self.thin();
        }
    }

    /// Drops all versions but the newest.
    pub fn keep_only_newest(&mut self) {
        self.versions.drain(..self.versions.len().saturating_sub(1));
    }

    fn thin(&mut self) {
        let characters = |versions: &[Version]| versions.iter().map(|version| version.text.len()).sum::<usize>();
        while self.versions.len() > 1 && (self.versions.len() > VERSIONS || characters(&self.versions) > CHARACTERS) {
            self.versions.remove(least_missed(&self.versions));
        }
    }
}

/// The version whose removal leaves the smallest gap, relative to its age. Never the newest version, and the first only
/// if there is no other.
fn least_missed(versions: &[Version]) -> usize {
    let newest = versions.last().map_or(0, |version| version.at);
    let gap = |three: &[Version]| match three {
        [before, it, after] => {
            after.at.saturating_sub(before.at) as f64 / (newest.saturating_sub(it.at) as f64 + 1_000.0)
        }
        _ => f64::INFINITY,
    };
    let gaps = versions.windows(3).map(gap).enumerate();
    gaps.min_by(|a, b| a.1.total_cmp(&b.1)).map_or(0, |(index, _)| index + 1)
}

/// The changes of a version in one line, or its contents if there is no version before it.
pub fn summarise_changes(before: Option<&Scenario>, after: &Scenario) -> String {
    let contents = |scenario: &Scenario| {
        let services = msg!("many-services", count = scenario.services.len());
        msg!("autosave-contents", services = services, links = msg!("many-links", count = scenario.links.len()))
    };
    let Some(before) = before else { return contents(after).text() };
    let stays = |service: &crate::scenario::Service| super::service(before, &service.id).is_some();
    if !before.services.is_empty() && !after.services.iter().any(stays) {
        return t!("autosave-other-system", contents = contents(after));
    }
    let all = differences(before, after);
    // A thing that was added or removed as a whole needs no list of its settings.
    let is_whole = |change: &Difference| change.setting.is_empty();
    let is_part = |part: &Difference| !is_whole(part) && all.iter().any(|it| is_whole(it) && it.thing == part.thing);
    let changes: Vec<_> = all.iter().filter(|change| !is_part(change)).collect();
    let words: Vec<String> = changes.iter().take(NAMED).map(|it| change(it)).collect();
    match changes.len().saturating_sub(NAMED) {
        _ if changes.is_empty() => t!("autosave-moved"),
        0 => words.join("; "),
        more => t!("autosave-more", changes = words.join("; "), count = more),
    }
}

fn change(Difference { thing, setting, before, after }: &Difference) -> String {
    let names = [thing_name(thing), setting_name(setting)];
    let what = names.into_iter().filter(|name| !name.is_empty()).collect::<Vec<_>>().join(" ");
    match (before.as_deref(), after.as_deref()) {
        (None, Some("")) => t!("autosave-added", what = what),
        (Some(""), None) => t!("autosave-removed", what = what),
        (None, Some(after)) => t!("autosave-set", what = what, value = shortened(after)),
        (Some(_), None) => t!("autosave-reset", what = what),
        (Some(before), Some(after)) => {
            t!("autosave-changed", what = what, before = shortened(before), after = shortened(after))
        }
        (None, None) => what,
    }
}

/// The age of something in words.
pub fn ago(millis: u64) -> String {
    const MINUTE: u64 = 60_000;
    const HOUR: u64 = 60 * MINUTE;
    const DAY: u64 = 24 * HOUR;
    match millis {
        m if m < MINUTE => t!("ago-moment"),
        m if m < HOUR => t!("ago-minutes", count = m / MINUTE),
        m if m < DAY => t!("ago-hours", count = m / HOUR),
        m => t!("ago-days", count = m / DAY),
    }
}

fn shortened(text: &str) -> String {
    const SHOWN: usize = 28;
    match text.char_indices().nth(SHOWN) {
        None => text.into(),
        Some((end, _)) => format!("{}…", &text[..end]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Kind, Link, Service, ready};
    use crate::time::Span;
    use proptest::prelude::*;

    fn autosave(times: impl IntoIterator<Item = u64>) -> Autosave {
        let mut autosave = Autosave::default();
        times.into_iter().for_each(|at| autosave.add(Version { at, text: format!("1.{at}") }));
        autosave
    }

    #[test]
    fn an_autosave_reads_back() {
        let mut autosave = Autosave { is_safe: true, ..Autosave::default() };
        for (at, title) in [(1, "a"), (2, "b"), (2, "b")] {
            autosave.add(Version::of(&Scenario { title: title.into(), ..Scenario::default() }, at));
        }
        let again = Autosave::read(&autosave.write());
        assert_eq!(again, autosave);
        assert_eq!(again.versions().len(), 2, "an unchanged document is saved once");
        assert_eq!(again.versions()[1].document().unwrap().title, "b");
    }

    #[test]
    fn the_last_versions_are_close_together_and_the_first_stays() {
        const SECOND: u64 = 1_000;
        let autosave = autosave((0..2_000).map(|i| i * 10 * SECOND));
        let ages: Vec<u64> =
            autosave.versions().iter().map(|v| (autosave.versions().last().unwrap().at - v.at) / SECOND).collect();
        assert_eq!((ages.len(), ages[0], ages[VERSIONS - 1]), (VERSIONS, 19_990, 0));
        assert_eq!(ages[VERSIONS - 3..], [20, 10, 0]);
        assert!(ages.windows(2).all(|two| two[0] - two[1] <= two[1] + 60 || two[0] == ages[0]), "{ages:?}");
    }

    #[test]
    fn versions_are_bounded_in_characters_and_the_newest_stays() {
        let mut autosave = Autosave::default();
        for at in 0..9 {
            autosave.add(Version { at, text: format!("{at}{}", "x".repeat(CHARACTERS / 3)) });
        }
        assert_eq!(autosave.versions().iter().map(|v| v.at).collect::<Vec<_>>(), [0, 8]);
        autosave.add(Version { at: 9, text: "y".repeat(2 * CHARACTERS) });
        assert_eq!(autosave.versions().iter().map(|v| v.at).collect::<Vec<_>>(), [9]);
    }

    proptest! {
        #[test]
        fn any_text_is_read_within_bounds(text in "(callchain-kept/1( safe)?\n)?([0-9]{0,22} [1.A-Za-z]{0,9}\n|\\PC{0,20}\n){0,60}") {
            let autosave = Autosave::read(&text);
            prop_assert!(autosave.versions().len() <= VERSIONS);
            prop_assert_eq!(&Autosave::read(&autosave.write()), &autosave);
            autosave.versions().iter().for_each(|version| drop(version.document()));
        }
    }

    #[test]
    fn ages_use_the_largest_unit() {
        let ages = [0, 59_999, 60_000, 3_599_999, 7_200_000, 86_400_000, u64::MAX].map(ago);
        let words = ["a moment ago", "a moment ago", "1 minute ago", "59 minutes ago", "2 hours ago", "1 day ago"];
        assert_eq!(ages[..6], words);
    }

    #[test]
    fn the_summary_of_a_version_names_its_changes() {
        let before = Scenario::from_json(ready::find("retry-storm").unwrap().text).unwrap();
        let mut after = before.clone();
        assert_eq!(summarise_changes(Some(&before), &after), "moved");
        after.links[1].timeout = Some(Span::millis(400));
        assert_eq!(summarise_changes(Some(&before), &after), "checkout → orders timeout: 1s → 400ms");
        after.links.push(Link { timeout: Some(Span::secs(1)), ..Link::new("web", "stock") });
        after.services[3].workers = Some(9);
        assert_eq!(
            summarise_changes(Some(&before), &after),
            "stock workers: 4 → 9; checkout → orders timeout: 1s → 400ms; 1 more"
        );
        assert_eq!(summarise_changes(Some(&after), &before).matches("removed").count(), 0, "what is gone comes last");
        let gone = Scenario { links: before.links[1..].to_vec(), ..before.clone() };
        assert_eq!(summarise_changes(Some(&before), &gone), "web → checkout removed");
        let other = Scenario { services: vec![Service::new("else", Kind::Client)], ..Scenario::default() };
        assert_eq!(summarise_changes(Some(&before), &other), "another system: 1 service, 0 links");
        assert_eq!(summarise_changes(None, &before), "4 services, 3 links");
    }
}
