//! Brings what becomes selected into view.

use crate::editor::{Selection, Thing};
use crate::ui::stage::handle::StageHandle;
use yew::{hook, use_effect_with};

/// Brings a service that becomes selected into view. A link that was clicked must not move away from under a second click.
#[hook]
pub fn use_selection_in_view(handle: &StageHandle, selection: &Selection) {
    let handle = handle.clone();
    use_effect_with(selection.clone(), move |selection: &Selection| {
        if matches!(selection.single(), Some(Thing::Service(_))) {
            let has_moved = handle.state_mut().show_selected();
            handle.redraw_if(has_moved);
        }
    });
}
