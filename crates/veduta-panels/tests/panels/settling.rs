//! The status line, notices, and how the window looks.

use egui::accesskit::Role;
use egui_kittest::kittest::{NodeT, Queryable};
use veduta_panels::{
    BrokerLink, Command, LinkState, Loading, Notice, Pane, Severity, language::Locale,
    theme::ThemeChoice,
};

use crate::desk::{click, open_scene};

#[test]
fn the_language_changes_while_the_program_runs() {
    let mut harness = open_scene();
    click(&mut harness, "Panes and appearance");
    assert_eq!(
        click(&mut harness, "Deutsch"),
        [Command::SetLanguage(Locale::German)]
    );
    harness.run_steps(2);
    for name in [
        "Anhalten",
        "Gezeigter Zeitpunkt",
        "Objekte und Adressen suchen",
        "Gebäude zeigen",
        "Keine Daten: 1",
    ] {
        assert!(harness.query_by_label(name).is_some(), "{name}");
    }
    assert!(
        harness
            .query_by_label_contains("Luftqualität, Marktplatz")
            .is_some()
    );
    assert_eq!(harness.state().state.settings.language, Locale::German);
}

#[test]
fn theme_and_size_are_applied_at_once() {
    let mut harness = open_scene();
    click(&mut harness, "Panes and appearance");
    assert_eq!(
        click(&mut harness, "Dark"),
        [Command::SetTheme(ThemeChoice::Dark)]
    );
    harness.run_steps(2);
    assert!(harness.ctx.global_style().visuals.dark_mode);
    assert!(
        harness
            .get_by_label("Smaller")
            .accesskit_node()
            .is_disabled()
    );
    assert_eq!(
        click(&mut harness, "Larger"),
        [Command::SetInterfaceScale(1.1)]
    );
    harness.run_steps(2);
    assert!((harness.ctx.zoom_factor() - 1.1).abs() < 1e-3);
}

#[test]
fn panes_close_and_the_layout_comes_back() {
    let mut harness = open_scene();
    let width = harness.state().output.scene_rects[0].rect.width();
    click(&mut harness, "Panes and appearance");
    let closed = Command::SetPaneOpen {
        pane: Pane::Layers,
        open: false,
    };
    harness.state_mut().commands.clear();
    harness
        .get_by_role_and_label(Role::CheckBox, "Layers")
        .click();
    harness.run_steps(2);
    assert_eq!(harness.state().commands, [closed]);
    harness.run_steps(3);
    assert!(harness.state().output.scene_rects[0].rect.width() > width + 200.0);
    assert_eq!(
        click(&mut harness, "Reset the layout"),
        [Command::ResetLayout]
    );
    harness.run_steps(3);
    assert!((harness.state().output.scene_rects[0].rect.width() - width).abs() < 2.0);
}

#[test]
fn side_panes_keep_their_width_when_the_window_grows() {
    let mut harness = open_scene();
    let before = harness.state().output.scene_rects[0].rect;
    harness.set_size(egui::vec2(1840.0, 900.0));
    harness.run_steps(3);
    let after = harness.state().output.scene_rects[0].rect;
    assert!((after.left() - before.left()).abs() < 2.0);
    assert!((after.width() - before.width() - 400.0).abs() < 2.0);
}

#[test]
fn the_status_line_is_honest_about_loading_and_links() {
    let mut harness = open_scene();
    assert!(harness.query_by_label_contains("Settled").is_some());
    assert!(
        harness
            .query_by_label_contains("Demo broker: connected")
            .is_some()
    );
    assert!(
        harness
            .query_all_by_label_contains("Synthetic data")
            .next()
            .is_some()
    );
    let status = &mut harness.state_mut().scene().status;
    status.loading = Loading {
        pending: 17,
        failed: 1,
    };
    status.brokers = vec![BrokerLink {
        name: "City".to_owned(),
        state: LinkState::Broken,
        message: "It answered 500.".to_owned(),
    }];
    harness.run_steps(2);
    assert!(harness.query_by_label("Loading 17").is_some());
    assert!(harness.query_by_label("1 failed").is_some());
    assert!(harness.query_by_label_contains("Settled").is_none());
    assert!(
        harness
            .query_by_label_contains("City: not reachable")
            .is_some()
    );
    let opened = Command::SetPaneOpen {
        pane: Pane::Diagnostics,
        open: true,
    };
    assert_eq!(
        click(&mut harness, "2 problems. Open the diagnostics."),
        [opened]
    );
    harness.run_steps(2);
    assert!(harness.query_by_label("Filter diagnostics").is_some());
}

#[test]
fn notices_say_what_to_do_and_go_when_told() {
    let mut harness = open_scene();
    harness.state_mut().model.notices = vec![Notice {
        id: 7,
        severity: Severity::Error,
        title: "Port 1026 is in use.".to_owned(),
        advice: "Close the other program, or choose another port with --port.".to_owned(),
    }];
    harness.run_steps(3);
    assert!(
        harness
            .query_by_label_contains("choose another port")
            .is_some()
    );
    assert_eq!(click(&mut harness, "Dismiss"), [Command::DismissNotice(7)]);
}

#[test]
fn help_names_the_keys() {
    let mut harness = open_scene();
    assert_eq!(click(&mut harness, "Keys and mouse"), []);
    assert!(
        harness
            .query_by_label("Turn about the point grabbed")
            .is_some()
    );
    assert!(harness.query_by_label("Comma, full stop").is_some());
}

#[test]
fn every_control_has_a_name() {
    let mut harness = open_scene();
    harness.state_mut().scene().inspector.subject = crate::scene::building();
    harness.run_steps(3);
    let controls = [Role::Button, Role::TextInput, Role::ComboBox];
    let mut count = 0;
    for role in controls {
        for node in harness.query_all_by_role(role) {
            let name = node.accesskit_node().label().unwrap_or_default();
            let says_something = name
                .chars()
                .any(|character| character.is_alphanumeric() || character == '%');
            assert!(
                says_something,
                "a {role:?} at {:?} is called {name:?}",
                node.rect()
            );
            count += 1;
        }
    }
    assert!(count > 30, "only {count} controls were found");
}
