use super::*;
use crate::editor::Thing;
use crate::gesture::machine::Pointing;
use crate::gesture::sample::board;
use crate::scenario::DroppedLegs;
use crate::scenario::topology::LinkId;
use crate::scene::stage::hit::{LinkEnd, Message, Side};
use crate::sim::Intervention;
use crate::sim::view::Direction;

const NONE: Held = Held { shift: false, command: false, alt: false };

/// A hand on a board whose pixels are world units.
struct Table {
    hand: Hand,
    board: Board,
    view: View,
}

fn table() -> Table {
    Table { hand: Hand::default(), board: board(), view: View::of_size(2_000.0, 1_000.0) }
}

impl Table {
    fn middle(&self, index: usize) -> Point {
        self.board.layout.boxes[index].rect.centre()
    }

    fn feed(&mut self, input: Input) -> Vec<Effect> {
        self.hand.feed(&self.board, &mut self.view, input)
    }

    fn down(&mut self, on: Target, at: Point, held: Held) -> Vec<Effect> {
        self.feed(Input::Down { id: 1, pointing: Pointing::Mouse, at, on, held })
    }

    fn to(&mut self, at: Point, held: Held) -> Vec<Effect> {
        self.feed(Input::Move { id: 1, at, held })
    }

    fn up(&mut self, at: Point, held: Held) -> Vec<Effect> {
        self.feed(Input::Up { id: 1, at, held })
    }

    /// Presses on a target, moves from one place to another, and releases there.
    fn drag(&mut self, on: Target, from: Point, to: Point, held: Held) -> Vec<Effect> {
        self.down(on, from, held);
        self.to(to, held);
        self.up(to, held)
    }
}

fn select(things: &[Thing]) -> Effect {
    StageEvent::Select(things.iter().cloned().collect()).into()
}

fn edit(command: Command) -> Vec<Effect> {
    vec![StageEvent::Edit(command).into()]
}

#[test]
fn a_click_selects_and_makes_a_client_send_a_request() {
    let mut table = table();
    let at = table.middle(1);
    table.down(Target::Service(1), at, NONE);
    assert_eq!(table.up(at, NONE), vec![select(&[Thing::service("shop")])]);
    table.down(Target::Service(0), at, NONE);
    let send = StageEvent::Send("web".into()).into();
    assert_eq!(table.up(at, NONE), vec![select(&[Thing::service("web")]), send]);
    table.down(Target::Empty, at, NONE);
    assert_eq!(table.up(at, NONE), vec![select(&[])]);
}

#[test]
fn shift_or_the_command_key_adds_to_the_selection_or_removes_from_it() {
    let mut table = table();
    table.board.selection = Selection::service("web");
    for held in [Held { shift: true, ..NONE }, Held { command: true, ..NONE }] {
        let both = select(&[Thing::service("web"), Thing::service("shop")]);
        assert_eq!(table.hand.click(&table.board, Target::Service(1), held), vec![both]);
        assert_eq!(table.hand.click(&table.board, Target::Service(0), held), vec![select(&[])]);
        assert_eq!(table.hand.click(&table.board, Target::Empty, held), vec![]);
    }
}

#[test]
fn a_clicked_message_is_picked_before_its_link_is_selected() {
    let mut table = table();
    let message = Message {
        attempt: 1,
        intent: 1,
        number: 1,
        direction: Direction::Request,
        link: LinkId(1),
        at: Point::default(),
    };
    let effects = table.hand.click(&table.board, Target::Message(message), NONE);
    assert_eq!(effects, vec![Effect::Pick(message), select(&[Thing::link("shop", "bank")])]);
    let asked = table.hand.menu(&table.board, Target::Message(message), Point::default());
    assert_eq!(asked, effects, "a menu opens the same choice");
}

#[test]
fn a_drag_with_shift_on_empty_space_selects_what_it_touches() {
    let mut table = table();
    let shift = Held { shift: true, ..NONE };
    let (from, to) = (Point::new(-20.0, -20.0), Point::new(450.0, 60.0));
    table.down(Target::Empty, from, shift);
    table.to(to, shift);
    assert_eq!(*table.hand.preview(), Preview::Area(Rect::between(from, to)));
    let found = [Thing::service("web"), Thing::service("shop"), Thing::link("web", "shop")];
    assert_eq!(table.up(to, shift), vec![select(&found)]);
    assert_eq!(*table.hand.preview(), Preview::None);
}

#[test]
fn a_dragged_box_is_drawn_at_its_new_place_until_the_drag_is_cancelled() {
    let mut table = table();
    let (from, to) = (table.middle(1), table.middle(1) + Point::new(0.0, 200.0));
    let free = Held { command: true, ..NONE };
    table.down(Target::Service(1), from, free);
    table.to(to, free);
    assert_eq!(table.hand.moved(), vec![(1, Point::new(400.0, 200.0))]);
    assert!(table.hand.cancel());
    assert_eq!(table.hand.moved(), vec![]);
    assert!(!table.hand.cancel(), "nothing is left to cancel");
    let moved = table.drag(Target::Service(1), from, to, free);
    assert_eq!(moved, edit(Command::Move(vec![("shop".into(), [400.0, 200.0])])));
}

#[test]
fn alt_drags_a_copy() {
    let mut table = table();
    let alt = Held { alt: true, command: true, shift: false };
    let (from, to) = (table.middle(1), table.middle(1) + Point::new(0.0, 200.0));
    table.down(Target::Service(1), from, alt);
    table.to(to, alt);
    assert!(matches!(table.hand.preview(), Preview::Copied(_)));
    assert_eq!(table.hand.moved(), vec![], "the box itself stays");
    let effects = table.up(to, alt);
    assert!(matches!(&*effects, [Effect::Event(StageEvent::Edit(Command::Paste { .. }))]), "{effects:?}");
}

#[test]
fn a_wire_and_a_dragged_end_change_the_document_where_they_are_dropped() {
    let mut table = table();
    let (from, bank) = (table.middle(0), table.middle(2));
    let wired = table.drag(Target::Port(0), from, bank, NONE);
    assert_eq!(wired, edit(Command::Connect { from: "web".into(), to: "bank".into() }));
    let end = LinkEnd { link: 0, side: Side::Callee };
    let ended = table.drag(Target::End(end), from, bank, NONE);
    assert!(matches!(&*ended, [Effect::Event(StageEvent::Edit(Command::SetLink { .. }))]), "{ended:?}");
}

#[test]
fn a_drag_on_empty_space_moves_the_view_and_so_does_any_press_with_the_space_bar() {
    let mut table = table();
    table.drag(Target::Empty, Point::default(), Point::new(30.0, 40.0), NONE);
    assert_eq!(table.view.viewport.shift, Point::new(30.0, 40.0));
    table.hand.press_space();
    assert!(table.hand.press());
    assert!(!table.hand.release_space(), "it has moved the stage, so it is no key");
    table.hand.press_space();
    assert!(table.hand.release_space(), "it has moved nothing");
    assert!(!table.hand.press());
}

#[test]
fn a_double_click_adds_a_service_or_cuts_a_link() {
    let table = table();
    let at = Point::new(600.0, 500.0);
    let position = centred(Kind::Service, at);
    let added = table.hand.double_click(&table.board, Target::Empty, at);
    assert_eq!(added, Some(StageEvent::Edit(Command::AddService { kind: Kind::Service, position })));
    let cut = Intervention::Drop(LinkId(0), Some(DroppedLegs::Both));
    assert_eq!(table.hand.double_click(&table.board, Target::Link(0), at), Some(StageEvent::Intervene(cut)));
    assert_eq!(table.hand.double_click(&table.board, Target::Service(0), at), None);
}

#[test]
fn the_keyboard_draws_a_wire_that_enter_ends() {
    let mut table = table();
    assert!(matches!(table.hand.begin_wire(&table.board, 0), Some(StageEvent::Announce(_))));
    assert!(table.hand.wire().is_some());
    let refused = table.hand.enter(&table.board, Focus::Service(1));
    assert!(matches!(&*refused, [Effect::Event(StageEvent::Explain(_))]), "the two are linked already");
    assert_eq!(table.hand.wire(), None);
    table.hand.begin_wire(&table.board, 0);
    let connect = edit(Command::Connect { from: "web".into(), to: "bank".into() });
    assert_eq!(table.hand.enter_or_toggle(&table.board, Focus::Service(2)), connect);
    let toggled = table.hand.enter_or_toggle(&table.board, Focus::Service(2));
    assert_eq!(toggled, vec![select(&[Thing::service("bank")])]);
}

#[test]
fn the_end_of_a_touch_is_no_mouse_click_after_a_tap_on_a_thing_or_a_long_press() {
    let mut table = table();
    let at = table.middle(1);
    table.hand.press();
    table.down(Target::Empty, at, NONE);
    table.up(at, NONE);
    assert!(!table.hand.takes_touch(), "a tap on empty space");
    table.hand.press();
    table.down(Target::Service(1), at, NONE);
    table.up(at, NONE);
    assert!(table.hand.takes_touch(), "a tap on a box");
    table.hand.press();
    table.down(Target::Empty, at, NONE);
    let menu = StageEvent::Menu { on: None, at }.into();
    assert_eq!(table.hand.long_press(&table.board, at), vec![menu]);
    assert!(table.hand.takes_touch() && table.hand.is_idle());
}

#[test]
fn a_menu_selects_its_thing_unless_that_is_selected_already() {
    let mut table = table();
    let (on, at) = (Thing::service("shop"), Point::new(7.0, 8.0));
    let menu: Effect = StageEvent::Menu { on: Some(on.clone()), at }.into();
    let first = table.hand.menu(&table.board, Target::Service(1), at);
    assert_eq!(first, vec![select(std::slice::from_ref(&on)), menu.clone()]);
    table.board.selection = on.into();
    assert_eq!(table.hand.menu(&table.board, Target::Service(1), at), vec![menu]);
}

#[test]
fn the_box_under_the_mouse_shows_its_handles_beside_those_of_the_selected_one() {
    let mut table = table();
    table.board.selection = Selection::service("shop");
    assert_eq!(table.hand.shown_ports(&table.board), [Some(1), None]);
    assert!(table.hand.hover(&table.board, 1.0, table.middle(0)));
    assert_eq!(table.hand.shown_ports(&table.board), [Some(0), Some(1)]);
    assert!(!table.hand.hover(&table.board, 1.0, table.middle(0)), "nothing changes");
    table.hand.hover(&table.board, 1.0, table.middle(3));
    assert_eq!(table.hand.shown_ports(&table.board), [Some(1), None], "a stub calls nobody");
}

#[test]
fn taps_add_to_the_selection_until_the_mode_ends() {
    let mut hand = Hand::default();
    hand.toggle_mode();
    assert_eq!(hand.mode(), Mode::Add);
    assert!(hand.cancel(), "Escape ends the mode");
    assert_eq!(hand.mode(), Mode::Replace);
}
