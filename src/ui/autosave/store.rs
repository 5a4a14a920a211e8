//! Stores autosaves in the browser's local storage, a record for each tab. The storage of the session has the name of
//! this tab's record.
//!
//! Local storage and not a database, because it can be written while the page is closing, and all tabs see it at once.
//! Where the browser refuses, a function returns `false` or nothing, and the rest of the app works without it.

use crate::editor::autosave::{Autosave, Version};
use crate::scenario::{Scenario, limits};
use gloo::utils::window;
use js_sys::{Date, Math};
use web_sys::Storage;

/// Names the record of this tab, in the storage of the session.
const TAB: &str = "callchain.tab";
/// The beginning of the names of records.
const PREFIX: &str = "callchain.kept.";
/// The most records.
const RECORDS: usize = 12;

/// The storage of the browser, if there is one.
#[derive(Clone)]
pub struct Store {
    local: Storage,
    session: Storage,
}

impl Store {
    /// The storage, where it is not forbidden.
    pub fn find() -> Option<Store> {
        let local = window().local_storage().ok()??;
        let session = window().session_storage().ok()??;
        Some(Store { local, session })
    }

    /// The name of this tab, if it has a record.
    pub fn tab(&self) -> Option<String> {
        self.session.get_item(TAB).ok()?
    }

    /// Leaves the record of this tab as it is: from now on, versions go into another record.
    pub fn leave_tab(&self) {
        let _ = self.session.remove_item(TAB);
    }

    /// The record of a tab.
    pub fn autosave(&self, tab: &str) -> Autosave {
        let text = self.local.get_item(&format!("{PREFIX}{tab}")).ok().flatten();
        text.map(|text| Autosave::read(&text)).unwrap_or_default()
    }

    /// The names and records of the other tabs, the one that was written last first.
    pub fn others(&self) -> Vec<(String, Autosave)> {
        let own = self.tab();
        let name = |index| Some(self.local.key(index).ok()??.strip_prefix(PREFIX)?.to_owned());
        let names = (0..self.local.length().unwrap_or(0)).filter_map(name).filter(|name| own.as_ref() != Some(name));
        let mut others: Vec<_> = names.map(|name| (name.clone(), self.autosave(&name))).collect();
        others.sort_by_key(|(_, autosave)| std::cmp::Reverse(last(autosave)));
        others
    }

    /// Saves a document as the newest version of this tab, if need be by removing records of other tabs. Returns whether it
    /// worked.
    pub fn save(&self, document: &Scenario, is_safe: bool) -> bool {
        let tab = self.tab().unwrap_or_else(|| format!("{:08x}", (Math::random() * 4_294_967_296.0) as u32));
        let version = Version::of(document, now());
        if version.text.len() > limits::LINK_CHARS || self.session.set_item(TAB, &tab).is_err() {
            return false;
        }
        let mut autosave = self.autosave(&tab);
        autosave.add(version);
        autosave.is_safe = is_safe;
        while self.others().len() >= RECORDS && self.remove_least() {}
        while !self.write(&tab, &autosave) {
            if !self.remove_least() {
                if autosave.versions().len() == 1 {
                    return false;
                }
                autosave.keep_only_newest();
            }
        }
        true
    }

    /// Marks the record of a tab as safe, so that it is not offered again.
    pub fn dismiss(&self, tab: &str) {
        let mut autosave = self.autosave(tab);
        autosave.is_safe = true;
        self.write(tab, &autosave);
    }

    /// Removes all records.
    pub fn forget(&self) {
        self.leave_tab();
        while self.remove_least() {}
    }

    fn write(&self, tab: &str, autosave: &Autosave) -> bool {
        self.local.set_item(&format!("{PREFIX}{tab}"), &autosave.write()).is_ok()
    }

    /// Removes the record of another tab: one that is safe, if there is one, and the oldest of these.
    fn remove_least(&self) -> bool {
        let least = self.others().into_iter().min_by_key(|(_, autosave)| (!autosave.is_safe, last(autosave)));
        least.is_some_and(|(tab, _)| self.local.remove_item(&format!("{PREFIX}{tab}")).is_ok())
    }
}

/// When the newest version was saved.
fn last(autosave: &Autosave) -> u64 {
    autosave.versions().last().map_or(0, |version| version.at)
}

/// Milliseconds since 1970.
pub fn now() -> u64 {
    Date::now() as u64
}
