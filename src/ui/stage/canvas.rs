//! The canvas as a component: it lends the painter to the driver.

use super::paint::{Painter, Scene};
use crate::ui::driver::{Driver, Paint};
use crate::ui::theme::Looks;
use std::rc::Rc;
use web_sys::HtmlCanvasElement;
use yew::{Html, Properties, function_component, html, use_effect_with, use_mut_ref, use_node_ref};

/// The properties of [`Canvas`].
#[derive(Properties, PartialEq)]
pub struct CanvasProps {
    /// The run to draw.
    pub driver: Driver,
    /// The places of things.
    pub scene: Scene,
    /// The theme: its colours are read when it changes.
    pub looks: Looks,
}

/// The layer of dots.
#[function_component]
pub fn Canvas(props: &CanvasProps) -> Html {
    let node = use_node_ref();
    let painter = use_mut_ref(|| None::<Rc<Painter>>);
    use_effect_with(props.driver.clone(), {
        let (node, painter, scene) = (node.clone(), painter.clone(), props.scene.clone());
        move |driver: &Driver| {
            let made = node.cast::<HtmlCanvasElement>().and_then(|canvas| Painter::new(canvas, scene)).map(Rc::new);
            driver.set_painter(made.clone().map(|p| p as Rc<dyn Paint>));
            *painter.borrow_mut() = made;
            let driver = driver.clone();
            move || driver.set_painter(None)
        }
    });
    use_effect_with((props.scene.clone(), props.driver.clone()), {
        let painter = painter.clone();
        move |(scene, driver): &(Scene, Driver)| {
            if let Some(painter) = &*painter.borrow() {
                painter.set_scene(scene.clone());
                driver.redraw();
            }
        }
    });
    use_effect_with((props.looks, props.driver.clone()), {
        let painter = painter.clone();
        move |(_, driver): &(Looks, Driver)| {
            if let Some(painter) = &*painter.borrow() {
                painter.forget_ink();
                driver.redraw();
            }
        }
    });
    html! { <canvas class="stage-dots" ref={node} aria-hidden="true" /> }
}
