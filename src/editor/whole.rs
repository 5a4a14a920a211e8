//! What can be set of the system as a whole.

use super::command::Settings;
use super::field::{Field, Input};

/// The fields of the system as a whole.
pub fn fields() -> Vec<Field<Settings>> {
    vec![
        Field::new("Title", "", Input::Text, |s: &mut Settings| Some(&mut s.title)),
        Field::new("Description", "", Input::Area, |s: &mut Settings| Some(&mut s.description)),
        Field::number("Seed", "the same seed gives the same run", |s: &mut Settings| Some(&mut s.seed)),
        // A figure, so that what it means stands beside it.
        Field::number("The run lasts", "until then objectives and reports count", |s: &mut Settings| {
            Some(&mut s.horizon)
        }),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::editor::field::assert_fields_read_back;
    use crate::scenario::Scenario;

    #[test]
    fn every_field_reads_back_what_it_shows() {
        assert_fields_read_back(&fields(), &Settings::of(&Scenario::default()));
    }
}
