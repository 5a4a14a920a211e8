//! A team.

use super::part::Part;
use super::reader::Reader;
use super::writer::{Fields, text};
use crate::scenario::json::Json;
use crate::scenario::path::Path;
use crate::scenario::problem::Problems;
use crate::scenario::{Team, limits};

impl Part for Team {
    fn read(r: &mut Reader, at: &Path, json: &Json) -> Option<Self> {
        let o = r.object(at, json, "a team", &["id", "name"])?;
        let id = r.required(&o, "id", Reader::text).unwrap_or_default();
        let name = r.optional(&o, "name", Reader::text).unwrap_or_else(|| id.clone());
        Some(Team { id, name })
    }

    fn write(&self) -> Json {
        let mut o = Fields::default();
        o.put("id", text(&self.id));
        o.unless(&self.name, &self.id, "name", text);
        o.object()
    }

    fn check(&self, problems: &mut Problems, at: &Path) {
        problems.text(&at.field("name"), &self.name, limits::NAME_CHARS);
    }
}
