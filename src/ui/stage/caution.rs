//! Where there is something to warn of: a small mark between the lanes of a link, before it comes to its callee, or on the
//! border of a box.

use super::StageProps;
use super::view_service::at;
use crate::editor::Thing;
use crate::scenario::Scenario;
use crate::scene::geometry::Point;
use crate::scene::layout::Layout;
use crate::ui::inspector::warnings::{Warnings, in_words};
use std::collections::BTreeMap;
use std::rc::Rc;
use yew::{Html, hook, html, use_context, use_memo};

/// How far before the box of the callee the mark of a link stands.
const BEFORE: f64 = 34.0;
/// How far from its corner the mark of a box stands.
const ASIDE: f64 = 20.0;

/// How many warnings there are at each thing that has some, by its place in the file, and where their marks stand.
#[derive(Debug, Default, PartialEq)]
pub struct Cautions {
    services: BTreeMap<usize, usize>,
    links: BTreeMap<usize, usize>,
    marks: Vec<Point>,
}

/// The warnings of what is on the stage; of a version that was kept there are none.
#[hook]
pub fn use_cautions(props: &StageProps, layout: &Rc<Layout>) -> Rc<Cautions> {
    let warnings = use_context::<Warnings>().filter(|_| !props.kept);
    use_memo((warnings, props.document.clone(), layout.clone()), |(warnings, document, layout)| {
        warnings
            .as_ref()
            .filter(|it| !it.0.is_empty())
            .map_or_else(Cautions::default, |it| Cautions::of(it, document, layout))
    })
}

impl Cautions {
    fn of(warnings: &Warnings, document: &Scenario, layout: &Layout) -> Self {
        let services: BTreeMap<&str, usize> = document.services.iter().enumerate().map(|(i, s)| (&*s.id, i)).collect();
        let links: BTreeMap<_, usize> =
            document.links.iter().enumerate().map(|(i, l)| ((&*l.from, &*l.to), i)).collect();
        let mut cautions = Cautions::default();
        for warning in warnings.0.iter() {
            match &warning.at {
                Thing::Service(id) => services.get(&**id).map(|i| *cautions.services.entry(*i).or_default() += 1),
                Thing::Link { from, to } => {
                    links.get(&(&**from, &**to)).map(|i| *cautions.links.entry(*i).or_default() += 1)
                }
            };
        }
        let boxes = cautions.services.keys().filter_map(|index| {
            let rect = layout.boxes.get(*index)?.rect;
            Some(Point::new(rect.right() - ASIDE, rect.corner.y))
        });
        let ways = cautions.links.keys().filter_map(|index| {
            let middle = &layout.links.get(*index)?.as_ref()?.route.middle;
            Some(middle.at((1.0 - BEFORE / middle.length().max(BEFORE)).max(0.6)))
        });
        cautions.marks = boxes.chain(ways).collect();
        cautions
    }

    /// The marks, one for each thing.
    pub fn view(&self) -> Html {
        if self.marks.is_empty() {
            return Html::default();
        }
        html! {
            <g class="cautions" aria-hidden="true">
                for place in &self.marks {
                    <path transform={at(place.x, place.y)} d="M0-6.4 6.9 5.6H-6.9zM0-2.6V1.6M0 3.5V3.8" />
                }
            </g>
        }
    }

    /// What is said of a link, with how many warnings it has.
    pub fn of_link(&self, index: usize, said: String) -> String {
        with_count(self.links.get(&index), said)
    }

    /// What is said of a service, with how many warnings it has.
    pub fn of_service(&self, index: usize, said: String) -> String {
        with_count(self.services.get(&index), said)
    }
}

fn with_count(count: Option<&usize>, said: String) -> String {
    match count {
        Some(count) => format!("{said}, {}", in_words(*count)),
        None => said,
    }
}
