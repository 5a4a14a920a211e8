//! A small system for the tests of gestures.

use super::board::Board;
use crate::Simulation;
use crate::scenario::{Kind, Link, Reply, Scenario, Service};
use crate::scene::run::watch::Watch;
use crate::scene::stage::layout::Layout;
use crate::time::Span;
use std::rc::Rc;

/// A client `web` calls `shop`, which calls `bank`; `mail` is a stub that nobody calls. 400 units lie between two boxes.
pub fn board() -> Board {
    let kinds = [("web", Kind::Client), ("shop", Kind::Service), ("bank", Kind::External), ("mail", Kind::Stub)];
    let at = |(i, (id, kind)): (usize, (&str, Kind))| Service {
        position: Some([400.0 * i as f64, 0.0]),
        script: if kind == Kind::Stub { vec![Reply { after: Span::ZERO, status: 200 }] } else { Vec::new() },
        ..Service::new(id, kind)
    };
    let services = kinds.into_iter().enumerate().map(at).collect();
    let links = vec![Link::new("web", "shop"), Link::new("shop", "bank")];
    let document = Rc::new(Scenario { services, links, ..Scenario::default() });
    let simulation = Simulation::start(&document).unwrap();
    Board {
        original: document.clone(),
        layout: Rc::new(Layout::of(&document, &[])),
        document,
        readout: Rc::new(Watch::default().look(&simulation, 0.0)),
        ..Board::default()
    }
}
