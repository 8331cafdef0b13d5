//! The twin clock, driven by a made-up wall clock.

use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use veduta_time::{ClockState, Speed, TwinClock};

/// Seconds after an arbitrary moment.
fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_780_000_000 + second).unwrap()
}

/// A clock that knows the last thousand seconds at wall second 1000.
fn clock() -> TwinClock {
    let mut clock = TwinClock::new();
    clock.set_earliest(at(0));
    clock
}

#[test]
fn live_follows_the_wall() {
    let clock = clock();
    assert_eq!(clock.now(at(1000)), at(1000));
    assert_eq!(clock.now(at(1001)), at(1001));
    assert_eq!(clock.behind_live(at(1001)), SignedDuration::ZERO);
}

#[test]
fn paused_stays_while_the_wall_goes_on() {
    let mut clock = clock();
    clock.pause(at(1000));
    assert_eq!(clock.now(at(1180)), at(1000));
    assert_eq!(clock.behind_live(at(1180)), SignedDuration::from_mins(3));
    clock.go_live();
    assert_eq!(clock.now(at(1180)), at(1180));
}

#[test]
fn a_dragged_cursor_stays_within_what_is_known() {
    let mut clock = clock();
    clock.seek(at(-50), at(1000));
    assert_eq!(clock.now(at(1000)), at(0));
    clock.seek(at(2000), at(1000));
    assert_eq!(
        clock.state(at(1000)),
        ClockState::Paused { at: at(1000) },
        "dragged to the end it does not jump to live"
    );
    // With nothing known there is only the present.
    let mut clock = TwinClock::new();
    clock.seek(at(0), at(1000));
    assert_eq!(clock.now(at(1000)), at(1000));
}

#[test]
fn a_replay_catches_up_with_the_present_and_goes_live() {
    let mut clock = clock();
    clock.seek(at(500), at(1000));
    clock.play(Speed::nearest(2.0), at(1000));
    assert_eq!(clock.now(at(1100)), at(700));
    // From 500 at twice the speed of the wall, the present is reached at wall 1500.
    assert!(!clock.is_live(at(1499)));
    assert!(clock.is_live(at(1501)), "known without being noted");
    assert_eq!(clock.settle(at(1501)), Some(ClockState::Live));
    assert_eq!(clock.settle(at(1502)), None);
    assert_eq!(clock.now(at(1600)), at(1600));
}

#[test]
fn or_pauses_there_if_told_so() {
    let mut clock = clock();
    clock.return_to_live = false;
    clock.seek(at(990), at(1000));
    clock.play(Speed::nearest(60.0), at(1000));
    assert_eq!(
        clock.settle(at(1010)),
        Some(ClockState::Paused { at: at(1010) })
    );
    assert_eq!(clock.now(at(1100)), at(1010));
}

#[test]
fn at_real_time_it_never_catches_up() {
    let mut clock = clock();
    clock.seek(at(500), at(1000));
    clock.play(Speed::REAL_TIME, at(1000));
    assert_eq!(clock.behind_live(at(9000)), SignedDuration::from_secs(500));
}

#[test]
fn backwards_it_stops_at_the_first_observation() {
    let mut clock = clock();
    clock.play(Speed::nearest(-10.0), at(1000));
    assert_eq!(clock.now(at(1050)), at(500));
    assert_eq!(
        clock.settle(at(1200)),
        Some(ClockState::Paused { at: at(0) })
    );
}

#[test]
fn forwards_from_the_present_there_is_nothing_to_replay() {
    let mut clock = clock();
    clock.play(Speed::nearest(60.0), at(1000));
    assert!(clock.is_live(at(1000)));
    assert_eq!(
        clock.speed(),
        Speed::nearest(60.0),
        "but the choice is kept"
    );
    clock.pause(at(1000));
    clock.toggle(at(1010));
    assert_eq!(clock.now(at(1010)), at(1000));
    assert_eq!(
        clock.state(at(1010)),
        ClockState::Replaying {
            from: at(1000),
            since_wall: at(1010),
            speed: Speed::nearest(60.0)
        }
    );
}

#[test]
fn seeking_does_not_stop_a_replay_but_stepping_does() {
    let mut clock = clock();
    clock.seek(at(100), at(1000));
    clock.play(Speed::nearest(5.0), at(1000));
    clock.seek(at(200), at(1010));
    assert_eq!(clock.now(at(1012)), at(210));
    clock.step(SignedDuration::from_secs(-60), at(1012));
    assert_eq!(clock.state(at(1012)), ClockState::Paused { at: at(150) });
    clock.step(SignedDuration::MIN, at(1012));
    assert_eq!(
        clock.now(at(1012)),
        at(150),
        "beyond the calendar one stays"
    );
}

#[test]
fn a_pinned_moment_may_lie_anywhere_until_live() {
    let mut clock = clock();
    clock.pin(at(5000));
    assert_eq!(clock.now(at(1000)), at(5000));
    assert_eq!(clock.range(at(1000)), (at(0), at(5000)));
    clock.step(SignedDuration::from_secs(-10), at(1000));
    assert_eq!(clock.now(at(1000)), at(4990));
    clock.play(Speed::nearest(10.0), at(1000));
    assert_eq!(
        clock.settle(at(1010)),
        Some(ClockState::Paused { at: at(5000) }),
        "the future does not go live"
    );
    clock.go_live();
    assert_eq!(clock.range(at(1000)), (at(0), at(1000)));
}

#[test]
fn a_wall_clock_set_back_does_not_turn_the_replay_round() {
    let mut clock = clock();
    clock.seek(at(100), at(1000));
    clock.play(Speed::nearest(5.0), at(1000));
    assert_eq!(clock.now(at(900)), at(100));
}

#[derive(Debug, Clone)]
enum Operation {
    GoLive,
    Pause,
    Seek(i64),
    Pin(i64),
    Play(f64),
    Step(i64),
    Toggle,
    Settle,
}

fn operation() -> impl Strategy<Value = Operation> {
    prop_oneof![
        Just(Operation::GoLive),
        Just(Operation::Pause),
        (-2000..3000_i64).prop_map(Operation::Seek),
        (-2000..3000_i64).prop_map(Operation::Pin),
        (-4000.0..4000.0_f64).prop_map(Operation::Play),
        (-2000..2000_i64).prop_map(Operation::Step),
        Just(Operation::Toggle),
        Just(Operation::Settle),
    ]
}

proptest! {
    /// Whatever is done, the shown moment is one that can be shown, and noting an end changes nothing
    /// that is seen.
    #[test]
    fn the_shown_moment_is_always_in_range(operations in prop::collection::vec((operation(), 0..500_i64), 1..30)) {
        let mut clock = clock();
        let mut wall = 1000;
        for (operation, pass) in operations {
            let now = at(wall);
            match operation {
                Operation::GoLive => clock.go_live(),
                Operation::Pause => clock.pause(now),
                Operation::Seek(second) => clock.seek(at(second), now),
                Operation::Pin(second) => clock.pin(at(second)),
                Operation::Play(factor) => clock.play(Speed::nearest(factor), now),
                Operation::Step(seconds) => clock.step(SignedDuration::from_secs(seconds), now),
                Operation::Toggle => clock.toggle(now),
                Operation::Settle => { clock.settle(now); }
            }
            wall += pass;
            let shown = clock.now(at(wall));
            let (first, last) = clock.range(at(wall));
            prop_assert!(first <= shown && shown <= last);
            let mut noted = clock.clone();
            noted.settle(at(wall));
            prop_assert_eq!(noted.now(at(wall)), shown);
            prop_assert_eq!(noted.state(at(wall)), clock.state(at(wall)));
        }
    }
}
