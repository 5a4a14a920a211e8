//! Access to the state of the stage for hooks and callbacks.

use super::state::StageState;
use crate::gesture::Effect;
use crate::ui::driver::Driver;
use std::cell::{Ref, RefCell, RefMut};
use std::rc::Rc;
use web_sys::Element;
use yew::functional::UseForceUpdateHandle;
use yew::{Callback, NodeRef, hook, use_force_update, use_mut_ref, use_node_ref};

/// The state of a stage, its element, and a way to draw it anew. Clones share all three.
#[derive(Clone)]
pub struct StageHandle {
    node: NodeRef,
    state: Rc<RefCell<StageState>>,
    update: UseForceUpdateHandle,
}

/// The handle of this stage.
#[hook]
pub fn use_stage_handle(driver: &Driver) -> StageHandle {
    let node = use_node_ref();
    let update = use_force_update();
    let state = use_mut_ref(|| StageState::new(node.clone(), driver.clone()));
    StageHandle { node, state, update }
}

impl StageHandle {
    /// The state.
    pub fn state(&self) -> Ref<'_, StageState> {
        self.state.borrow()
    }

    /// The state, to be changed. No callback of the app may be called while it is borrowed.
    pub fn state_mut(&self) -> RefMut<'_, StageState> {
        self.state.borrow_mut()
    }

    /// The node of the stage.
    pub fn node(&self) -> &NodeRef {
        &self.node
    }

    /// The element of the stage, once it is in the page.
    pub fn element(&self) -> Option<Element> {
        self.node.cast()
    }

    /// Draws the stage anew.
    pub fn redraw(&self) {
        self.update.force_update();
    }

    /// Draws the stage anew where something looks different.
    pub fn redraw_if(&self, is_different: bool) {
        if is_different {
            self.redraw();
        }
    }

    /// Carries out what a gesture causes.
    pub fn perform(&self, effects: impl IntoIterator<Item = Effect>) {
        for effect in effects {
            match effect {
                Effect::Pick(message) => self.state_mut().pick(message),
                Effect::Event(event) => {
                    let on = self.state().on.clone();
                    on.emit(event);
                }
            }
        }
    }

    /// A callback that gets this handle.
    pub fn callback<E: 'static>(&self, act: impl Fn(&StageHandle, E) + 'static) -> Callback<E> {
        let handle = self.clone();
        Callback::from(move |event| act(&handle, event))
    }

    /// A callback that gets this handle and the element of the stage.
    pub fn callback_with_element<E: 'static>(&self, act: impl Fn(&StageHandle, &Element, E) + 'static) -> Callback<E> {
        self.callback(move |handle, event| {
            if let Some(element) = handle.element() {
                act(handle, &element, event);
            }
        })
    }
}
