//! Where the versions are: the browser's local storage, a record for each tab, and in the storage of the session which
//! record is that of this tab.
//!
//! Local storage and not a database, because it can be written while the page is being closed, and all tabs see it at
//! once. Whatever it refuses is told by `false` or by nothing, and the rest of the app works without.

use crate::editor::kept::{Kept, Version};
use crate::scenario::{Scenario, limits};
use gloo::utils::window;
use js_sys::{Date, Math};
use web_sys::Storage;

/// Names the record of this tab, in the storage of the session. `static/boot.js` looks for it.
const TAB: &str = "callchain.tab";
/// What the names of records begin with.
const KEPT: &str = "callchain.kept.";
/// Records that are kept, at most.
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

    /// Leaves the record of this tab as it is: what is kept from now on goes into another.
    pub fn leave_tab(&self) {
        let _ = self.session.remove_item(TAB);
    }

    /// The record of a tab.
    pub fn kept(&self, tab: &str) -> Kept {
        let text = self.local.get_item(&format!("{KEPT}{tab}")).ok().flatten();
        text.map(|text| Kept::read(&text)).unwrap_or_default()
    }

    /// The names and records of the other tabs, the one that was written last first.
    pub fn others(&self) -> Vec<(String, Kept)> {
        let own = self.tab();
        let name = |index| Some(self.local.key(index).ok()??.strip_prefix(KEPT)?.to_owned());
        let names = (0..self.local.length().unwrap_or(0)).filter_map(name).filter(|name| own.as_ref() != Some(name));
        let mut others: Vec<_> = names.map(|name| (name.clone(), self.kept(&name))).collect();
        others.sort_by_key(|(_, kept)| std::cmp::Reverse(last(kept)));
        others
    }

    /// Keeps a document as the newest version of this tab. For that, records of other tabs may go. Whether it worked.
    pub fn keep(&self, document: &Scenario, is_safe: bool) -> bool {
        let tab = self.tab().unwrap_or_else(|| format!("{:08x}", (Math::random() * 4_294_967_296.0) as u32));
        let version = Version::of(document, now());
        if version.text.len() > limits::LINK_CHARS || self.session.set_item(TAB, &tab).is_err() {
            return false;
        }
        let mut kept = self.kept(&tab);
        kept.keep(version);
        kept.is_safe = is_safe;
        while self.others().len() >= RECORDS && self.remove_least() {}
        while !self.write(&tab, &kept) {
            if !self.remove_least() {
                if kept.versions().len() == 1 {
                    return false;
                }
                kept.keep_only_newest();
            }
        }
        true
    }

    /// Says that what a tab had is taken care of: it is not offered any more.
    pub fn put_away(&self, tab: &str) {
        let mut kept = self.kept(tab);
        kept.is_safe = true;
        self.write(tab, &kept);
    }

    /// Forgets all that was kept.
    pub fn forget(&self) {
        self.leave_tab();
        while self.remove_least() {}
    }

    fn write(&self, tab: &str, kept: &Kept) -> bool {
        self.local.set_item(&format!("{KEPT}{tab}"), &kept.write()).is_ok()
    }

    /// Removes the record of another tab: one that is safe, if there is one, and the oldest of these.
    fn remove_least(&self) -> bool {
        let least = self.others().into_iter().min_by_key(|(_, kept)| (!kept.is_safe, last(kept)));
        least.is_some_and(|(tab, _)| self.local.remove_item(&format!("{KEPT}{tab}")).is_ok())
    }
}

/// When the newest version was kept.
fn last(kept: &Kept) -> u64 {
    kept.versions().last().map_or(0, |version| version.at)
}

/// Milliseconds since 1970.
pub fn now() -> u64 {
    Date::now() as u64
}
