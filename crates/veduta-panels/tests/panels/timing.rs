//! The timeline.

use egui::{Event, Key, Modifiers, PointerButton, accesskit};
use egui_kittest::{
    Harness,
    kittest::{NodeT, Queryable},
};
use jiff::Timestamp;
use veduta_panels::{CityChange, Command};

use crate::{
    desk::{Desk, click, open_scene, press},
    scene::{before_present, present, scrubbed_timeline},
};

fn scrubbed() -> Harness<'static, Desk> {
    let mut harness = open_scene();
    harness.state_mut().scene().timeline = scrubbed_timeline();
    harness.run_steps(3);
    harness
}

fn sought(commands: &[Command]) -> Timestamp {
    match commands {
        [Command::SeekTo(moment)] => *moment,
        other => panic!("one seek, not {other:?}"),
    }
}

fn secs_from_present(moment: Timestamp) -> f64 {
    moment.duration_since(present()).as_secs_f64()
}

#[test]
fn live_can_be_paused_and_found_again() {
    let mut harness = open_scene();
    assert_eq!(click(&mut harness, "Pause"), [Command::SetPlaying(false)]);
    assert_eq!(
        click(&mut harness, "Live: the scene follows the present"),
        []
    );

    let mut harness = scrubbed();
    assert_eq!(click(&mut harness, "Play"), [Command::SetPlaying(true)]);
    let pill = "−3\u{202F}min from the present. Return to live.";
    assert_eq!(click(&mut harness, pill), [Command::GoLive]);
}

#[test]
fn speed_is_chosen_from_a_list_once_live_is_left() {
    let harness = open_scene();
    assert!(harness.get_by_label("Speed").accesskit_node().is_disabled());

    let mut harness = scrubbed();
    click(&mut harness, "Speed");
    assert_eq!(
        click(&mut harness, "5\u{202F}min/s"),
        [Command::SetSpeed(300.0)]
    );
}

#[test]
fn a_click_and_a_drag_on_the_track_show_that_moment() {
    let mut harness = open_scene();
    let track = harness.get_by_label("Shown moment").rect();
    let middle = track.center();
    harness.state_mut().commands.clear();
    for pressed in [true, false] {
        harness.event(Event::PointerMoved(middle));
        let button = PointerButton::Primary;
        harness.event(Event::PointerButton {
            pos: middle,
            button,
            pressed,
            modifiers: Modifiers::NONE,
        });
        harness.step();
    }
    let commands = std::mem::take(&mut harness.state_mut().commands);
    // A day and a little room lie on the track.
    let half_a_day = secs_from_present(sought(&commands)) + 43_200.0;
    assert!(
        half_a_day.abs() < 2000.0,
        "{half_a_day} s beside the middle of the day"
    );

    harness.drag_at(middle);
    harness.step();
    harness.hover_at(middle + egui::vec2(track.width() / 4.0, 0.0));
    harness.run_steps(2);
    let dragged = harness
        .state()
        .commands
        .iter()
        .rev()
        .find_map(|command| match command {
            Command::SeekTo(moment) => Some(secs_from_present(*moment)),
            _ => None,
        });
    let quarter = dragged.expect("the drag seeks") + 21_600.0;
    assert!(
        quarter.abs() < 3000.0,
        "{quarter} s beside a quarter of the day"
    );
    harness.state_mut().commands.clear();
    harness.hover_at(egui::pos2(track.right() - 1.0, middle.y));
    harness.run_steps(2);
    assert_eq!(
        harness.state().commands.last(),
        Some(&Command::GoLive),
        "dragged past the present"
    );
}

#[test]
fn what_is_dragged_can_be_clicked_too() {
    let mut harness = scrubbed();
    let back = sought(&click(&mut harness, "30\u{202F}min back"));
    assert_eq!(back, before_present(180 + 1800));
    assert_eq!(click(&mut harness, "30\u{202F}min on"), [Command::GoLive]);
}

#[test]
fn keys_move_time_and_leave_the_arrows_to_the_camera() {
    let mut harness = scrubbed();
    assert_eq!(
        press(&mut harness, Modifiers::NONE, Key::Space),
        [Command::SetPlaying(true)]
    );
    assert_eq!(
        press(&mut harness, Modifiers::NONE, Key::End),
        [Command::GoLive]
    );
    assert_eq!(
        sought(&press(&mut harness, Modifiers::NONE, Key::Comma)),
        before_present(180 + 1800)
    );
    assert_eq!(press(&mut harness, Modifiers::NONE, Key::ArrowLeft), []);
    assert!(harness.state().output.keyboard_free);

    let track = harness.get_by_label("Shown moment");
    let place = track.rect().center();
    track.focus();
    harness.run_steps(2);
    assert!(!harness.state().output.keyboard_free);
    assert_eq!(
        sought(&press(&mut harness, Modifiers::NONE, Key::ArrowLeft)),
        before_present(180 + 1800)
    );
    assert_eq!(
        sought(&press(&mut harness, Modifiers::SHIFT, Key::ArrowLeft)),
        before_present(180 + 18_000)
    );
    assert_eq!(
        sought(&press(&mut harness, Modifiers::NONE, Key::Home)),
        before_present(86_400)
    );
    let observed = sought(&press(&mut harness, Modifiers::COMMAND, Key::ArrowLeft));
    assert!(observed < before_present(180) && observed >= before_present(180 + 1800));
    assert!(
        harness.get_by_label("Shown moment").is_focused(),
        "the arrows keep the focus at {place:?}"
    );
}

#[test]
fn no_key_moves_time_while_one_types() {
    let mut harness = scrubbed();
    harness.get_by_label("Search objects and addresses").focus();
    harness.run_steps(2);
    assert_eq!(press(&mut harness, Modifiers::NONE, Key::Space), []);
    assert_eq!(press(&mut harness, Modifiers::NONE, Key::End), []);
    assert!(!harness.state().output.keyboard_free);
}

#[test]
fn a_screen_reader_hears_the_moment_and_can_step() {
    let mut harness = scrubbed();
    let track = harness.get_by_label("Shown moment");
    assert_eq!(
        track.value().as_deref(),
        Some("Mon 7 Sep 2026, 14:02:09 CEST")
    );
    let id = track.accesskit_node().locate().0;
    harness.state_mut().commands.clear();
    harness.event(Event::AccessKitActionRequest(accesskit::ActionRequest {
        action: accesskit::Action::Decrement,
        target_tree: accesskit::TreeId::ROOT,
        target_node: id,
        data: None,
    }));
    harness.run_steps(2);
    let commands = std::mem::take(&mut harness.state_mut().commands);
    assert_eq!(sought(&commands), before_present(180 + 1800));
}

#[test]
fn looking_closer_makes_steps_smaller() {
    let mut harness = scrubbed();
    for _ in 0..5 {
        click(&mut harness, "Look closer");
    }
    assert!(harness.query_by_label("30\u{202F}min back").is_none());
    assert!(harness.query_by_label("1\u{202F}min back").is_some());
    click(&mut harness, "Show all that is known");
    assert!(harness.query_by_label("30\u{202F}min back").is_some());
}

#[test]
fn dates_of_the_city_can_be_stepped_through_and_disregarded() {
    let mut harness = open_scene();
    let long_ago = before_present(3_600 * 24 * 365 * 40);
    harness.state_mut().scene().timeline.changes = [CityChange {
        at: long_ago,
        appearing: 3,
        vanishing: 0,
    }]
    .into();
    harness.run_steps(3);
    let dates = "Obey construction dates: show objects only while they exist";
    assert_eq!(click(&mut harness, dates), [Command::SetDatesObeyed(false)]);
    assert_eq!(
        click(&mut harness, "To the change before"),
        [Command::SeekTo(long_ago)]
    );
    let shown_secs = harness.state().state.timeline.span_secs;
    let forty_years_secs = 40.0 * 365.0 * 86_400.0;
    assert!(shown_secs.is_some_and(|span| span > forty_years_secs));
}
