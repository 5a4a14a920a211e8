//! What every part of the format can do, and how parts stand within others.

use super::reader::Reader;
use super::writer::{Fields, list};
use crate::scenario::json::Json;
use crate::scenario::path::Path;
use crate::scenario::problem::Problems;

/// A part of the format.
pub(in crate::scenario) trait Part: Sized {
    /// Reads it. What cannot be read is reported; nothing more is reported for that place.
    fn read(r: &mut Reader, at: &Path, json: &Json) -> Option<Self>;

    /// Writes it so that it reads back as it is. Defaults are omitted.
    fn write(&self) -> Json;

    /// Reports the values that are out of their limits.
    fn check(&self, problems: &mut Problems, at: &Path);
}

impl Reader {
    /// A list of parts. One that cannot be read becomes a `placeholder`, so that the indices of the others stay right.
    pub(super) fn parts<T: Part>(
        &mut self,
        at: &Path,
        json: &Json,
        limit: usize,
        placeholder: impl Fn() -> T,
    ) -> Option<Vec<T>> {
        self.list(at, json, limit, |r, at, json| T::read(r, at, json).unwrap_or_else(&placeholder))
    }
}

impl Fields {
    /// A list of parts that is omitted if it is empty.
    pub(super) fn parts(&mut self, name: &str, parts: &[impl Part]) {
        if !parts.is_empty() {
            self.put(name, list(parts, Part::write));
        }
    }
}

impl Problems {
    /// Checks a part that can be absent.
    pub(super) fn part(&mut self, at: &Path, part: &Option<impl Part>) {
        if let Some(part) = part {
            part.check(self, at);
        }
    }
}
