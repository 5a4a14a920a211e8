//! Fits the system into the view when another one is opened or when warnings come to float over it.

use crate::ui::stage::handle::StageHandle;
use yew::{hook, use_effect_with};

/// Fits the system whenever `opened` changes, and fits it again where the user has not moved it when warnings come or go.
#[hook]
pub fn use_fit(handle: &StageHandle, opened: u32, has_cautions: bool) {
    use_effect_with(has_cautions, {
        let handle = handle.clone();
        move |_| {
            handle.state_mut().fit_again();
            handle.redraw();
        }
    });
    use_effect_with(opened, {
        let handle = handle.clone();
        move |_| {
            handle.state_mut().open();
            handle.redraw();
        }
    });
}
