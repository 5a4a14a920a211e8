//! Where there is something to warn of: a small mark between the lanes of a link, before it comes to its callee, or on the
//! border of a box.

use super::StageProps;
use super::view_service::at;
use crate::editor::Thing;
use crate::scenario::Scenario;
use crate::scene::geometry::Point;
use crate::scene::layout::Layout;
use crate::ui::inspector::warnings::{Warnings, in_words};
use crate::ui::same::Same;
use std::collections::BTreeMap;
use std::rc::Rc;
use yew::{Html, Properties, function_component, hook, html, use_context, use_memo};

/// How far before the box of the callee the mark of a link stands.
const BEFORE: f64 = 34.0;
/// How far from its corner the mark of a box stands.
const ASIDE: f64 = 20.0;
/// How near to the middle of a mark counts.
const REACH: f64 = 10.0;

/// The warnings at each thing that has some, by its place in the file, and where their marks stand.
#[derive(Debug, Default, PartialEq)]
pub struct Cautions {
    services: BTreeMap<usize, Titles>,
    links: BTreeMap<usize, Titles>,
    /// Where each mark stands, and what it is called.
    marks: Vec<(Point, String)>,
}

/// What is wrong with a thing.
type Titles = Vec<&'static str>;

/// The warnings of what is on the stage; of a version that was kept there are none.
#[hook]
pub fn use_cautions(props: &StageProps, layout: &Rc<Layout>) -> Rc<Cautions> {
    let warnings = use_context::<Warnings>().filter(|_| !props.kept);
    use_memo((warnings, Same(props.document.clone()), Same(layout.clone())), |(warnings, document, layout)| {
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
            let titles = match &warning.at {
                Thing::Service(id) => services.get(&**id).map(|i| cautions.services.entry(*i).or_default()),
                Thing::Link { from, to } => links.get(&(&**from, &**to)).map(|i| cautions.links.entry(*i).or_default()),
            };
            titles.into_iter().for_each(|titles| titles.push(warning.rule.title()));
        }
        let boxes = cautions.services.iter().filter_map(|(index, titles)| {
            let rect = layout.boxes.get(*index)?.rect;
            Some((Point::new(rect.right() - ASIDE, rect.corner.y), titles.join("; ")))
        });
        let ways = cautions.links.iter().filter_map(|(index, titles)| {
            let middle = &layout.links.get(*index)?.as_ref()?.route.middle;
            Some((middle.at((1.0 - BEFORE / middle.length().max(BEFORE)).max(0.6)), titles.join("; ")))
        });
        cautions.marks = boxes.chain(ways).collect();
        cautions
    }

    /// What the mark at a place of the world is called.
    pub fn name_at(&self, world: Point) -> Option<String> {
        let (_, name) = self.marks.iter().find(|(place, _)| (*place - world).length() <= REACH)?;
        Some(name.clone())
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

/// What the marks need.
#[derive(Properties, PartialEq)]
pub struct MarksProps {
    /// What there is to warn of.
    pub cautions: Same<Cautions>,
}

/// The marks, one for each thing: a component, because there may be a thousand that stay as they are while a pointer moves.
#[function_component]
pub fn Marks(props: &MarksProps) -> Html {
    html! {
        <g class="cautions" aria-hidden="true">
            for (place, _) in &props.cautions.marks {
                <g transform={at(place.x, place.y)}><path d="M0-6 6.6 5.4H-6.6z" /><path d="M0-2.4V1.4M0 3.6V3.7" /></g>
            }
        </g>
    }
}

fn with_count(titles: Option<&Titles>, said: String) -> String {
    match titles {
        Some(titles) => format!("{said}, {}", in_words(titles.len())),
        None => said,
    }
}
