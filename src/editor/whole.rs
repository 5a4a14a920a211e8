//! Editable settings of the system as a whole.

use super::command::Settings;
use super::field::{Field, Input};
use crate::id;

/// The fields of the system as a whole.
pub fn fields() -> Vec<Field<Settings>> {
    vec![
        Field::new(id!("field-title"), None, Input::Text, |s: &mut Settings| Some(&mut s.title)),
        Field::new(id!("field-description"), None, Input::Area, |s: &mut Settings| Some(&mut s.description)),
        Field::number(id!("field-seed"), Some(id!("hint-seed")), |s: &mut Settings| Some(&mut s.seed)),
        // An input for numbers shows its hint beside the field and not inside it.
        Field::number(id!("field-horizon"), Some(id!("hint-horizon")), |s: &mut Settings| Some(&mut s.horizon)),
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
