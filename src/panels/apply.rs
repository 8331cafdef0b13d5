//! Carries out what the user asked for.

use bevy::{
    prelude::*,
    render::view::screenshot::{Screenshot, ScreenshotCaptured},
};
use veduta_panels::{Command, Severity};

use super::{
    PanelMemory, apply_view,
    inspect_entity::ChartedAttribute,
    inspect_surface::ClickedSurface,
    notices::Notices,
    search::{SearchState, search},
    side_of,
};
use crate::{
    camera::{CameraFlight, CameraRig, Drag, InputFocus},
    city::{
        Appearance, CityFeatures, CityHeights, LookInside, Pointer, SceneFrame, Selection, Side,
        Sun, VERTICAL_FOV_DEG, is_ground,
    },
    clock::{SceneClock, SunMode},
    compare::{CityHistory, ShownScenarios},
    live::LiveEntity,
    overlay::SceneOverlays,
    scenes,
    stream::{CloseScene, OpenScene, StreamState, home_view, rig_of, whole_view},
};

/// Wishes of the last frame.
#[derive(Resource, Debug, Default)]
pub struct PendingCommands(pub Vec<Command>);

/// Carries out all wishes in their order.
pub(super) fn apply_commands(world: &mut World) {
    let commands = std::mem::take(&mut world.resource_mut::<PendingCommands>().0);
    for command in commands {
        apply(world, command);
    }
}

fn apply(world: &mut World, command: Command) {
    match command {
        Command::SetPlaying(playing) => world.resource_mut::<SceneClock>().set_playing(playing),
        Command::SetSpeed(factor) => world.resource_mut::<SceneClock>().set_speed(factor),
        Command::SeekTo(at) => seek(world, at),
        Command::GoLive => world.resource_mut::<SceneClock>().go_live(),
        Command::SetLayerVisible { layer, visible } => {
            apply_view::set_layer(world, &layer, visible);
        }
        Command::IsolateLayer(layer) => apply_view::isolate_layer(world, &layer),
        Command::SetLevelOfDetail { layer, level } => apply_view::set_level(world, &layer, level),
        Command::ChooseLook(look) => {
            world.resource_mut::<Appearance>().choose(look);
            super::looks::remember(world);
        }
        Command::SetRoofsHidden(hidden) => apply_view::set_roofs_hidden(world, hidden),
        Command::SetInteriorsShown(shown) => apply_view::set_interiors(world, shown),
        Command::SetCut(cut) => apply_view::set_cut(world, cut),
        Command::LookFromOutside => *world.resource_mut::<LookInside>() = LookInside::default(),
        Command::SetDatesObeyed(obeyed) => {
            world.resource_mut::<CityHistory>().obeyed = obeyed;
            super::looks::remember(world);
        }
        Command::SetOverlayVisible { overlay, visible } => {
            let mut overlays = world.resource_mut::<SceneOverlays>();
            let named = overlays
                .overlays
                .iter()
                .find(|settings| settings.overlay.name == overlay.0);
            let Some(entity_type) = named.map(|named| named.overlay.entity_type.clone()) else {
                return;
            };
            for settings in &mut overlays.overlays {
                if settings.overlay.name == overlay.0 {
                    settings.visible = visible;
                } else if visible && settings.overlay.entity_type == entity_type {
                    // A marker shows one value.
                    settings.visible = false;
                }
            }
        }
        Command::ChooseScenario { half, scenario } => world
            .resource_mut::<ShownScenarios>()
            .set(side_of(half), scenario.map(|id| id.0)),
        Command::SetComparing(comparing) => set_comparing(world, comparing),
        Command::SelectObject(id) => *world.resource_mut::<Selection>() = Selection::Object(id.0),
        Command::SelectEntity(id) => *world.resource_mut::<Selection>() = Selection::Entity(id.0),
        Command::ClearSelection => *world.resource_mut::<Selection>() = Selection::Nothing,
        Command::ChartAttribute { attribute, .. } => {
            world.resource_mut::<ChartedAttribute>().0 = Some(attribute);
        }
        Command::FlyToObject(id) => fly_to_object(world, &id.0),
        Command::FlyToEntity(id) => fly_to_entity(world, &id.0),
        Command::FlyToViewpoint(id) => fly_to_viewpoint(world, &id.0),
        Command::FlyHome => fly_home(world),
        Command::FaceNorth => {
            let rig = *world.resource::<CameraRig>();
            let north = CameraRig {
                heading_deg: 0.0,
                ..rig
            };
            fly(world, north);
        }
        Command::Search(query) => run_search(world, &query),
        Command::SunFollowsClock => *world.resource_mut::<SunMode>() = SunMode::FollowsClock,
        Command::SetSunMinutes(minutes) => {
            *world.resource_mut::<SunMode>() = SunMode::Fixed(minutes);
        }
        Command::SetShadows(shadows) => world.resource_mut::<Sun>().shadows = shadows,
        Command::Open(target) => open(world, &target),
        Command::OpenBundled(id) => match scenes::bundled_request(&id) {
            Ok(request) => {
                world.write_message(OpenScene(request));
            }
            Err(problem) => say(world, Severity::Error, problem),
        },
        Command::ForgetRecent(target) => {
            world.resource_mut::<super::UserFiles>().forget(&target);
        }
        Command::CloseScene => {
            world.write_message(CloseScene);
        }
        Command::TakeScreenshot => take_screenshot(world),
        Command::DismissNotice(id) => world.resource_mut::<Notices>().dismiss(id),
        // Already applied by the window; kept for the next run.
        Command::SetTheme(_)
        | Command::SetLanguage(_)
        | Command::SetInterfaceScale(_)
        | Command::SetPaneOpen { .. }
        | Command::ResetLayout => {
            let text = super::settings::window_state_text(&world.non_send::<PanelMemory>().0);
            world
                .resource::<super::UserFiles>()
                .write_window_state(&text);
        }
    }
}

/// Goes to a moment that something is known of: values, or when the city changed.
fn seek(world: &mut World, at: jiff::Timestamp) {
    let first_change = world.resource::<CityHistory>().changes().first().copied();
    let first_change = first_change.map(|change| change.at_ms);
    let reaches_back = first_change.is_some_and(|first_ms| first_ms <= at.as_millisecond());
    let mut clock = world.resource_mut::<SceneClock>();
    if reaches_back && at < clock.present() {
        // Values may be known of a shorter past than houses.
        clock.pin(at);
    } else {
        clock.seek(at);
    }
}

fn say(world: &mut World, severity: Severity, title: String) {
    let now = world.resource::<SceneClock>().present();
    world
        .resource_mut::<Notices>()
        .say(severity, title, String::new(), now);
}

/// Comparing starts with the baseline beside the first future, not with two of the same.
fn set_comparing(world: &mut World, comparing: bool) {
    let first = world
        .resource::<StreamState>()
        .scene
        .as_ref()
        .and_then(|scene| scene.scenarios.first())
        .map(|scenario| scenario.name.clone());
    let mut shown = world.resource_mut::<ShownScenarios>();
    if comparing {
        // The baseline stands on the left, so that differences read as what the design adds.
        match (&shown.left, &shown.right) {
            (None, None) => shown.right = first,
            (Some(_), None) => shown.right = shown.left.take(),
            (Some(left), Some(right)) if left == right => shown.left = None,
            _ => {}
        }
    }
    shown.comparing = comparing;
}

fn fly(world: &mut World, to: CameraRig) {
    let from = *world.resource::<CameraRig>();
    world.resource_mut::<CameraFlight>().start(&from, to);
}

/// Shows a box from where the camera is, a little from above.
fn fly_to_box(world: &mut World, low: glam::DVec3, high: glam::DVec3) {
    let rig = *world.resource::<CameraRig>();
    let oblique = CameraRig {
        pitch_deg: rig.pitch_deg.clamp(-65.0, -40.0),
        ..rig
    };
    // Room enough that neighbours do not hide it.
    let room = (high - low).max_element().max(30.0);
    let margin = glam::DVec3::new(room, room, 0.0);
    let framed = oblique.framing(
        low - margin,
        high + margin,
        f64::from(VERTICAL_FOV_DEG),
        1.2,
    );
    fly(world, framed);
}

fn fly_to_object(world: &mut World, id: &str) {
    let Some(frame) = world.get_resource::<SceneFrame>() else {
        return;
    };
    let city = world.resource::<CityFeatures>();
    let enu_from_ecef = frame.enu().enu_from_ecef();
    let bounds = city
        .with_id(id)
        .iter()
        .flat_map(|index| city.with_members(*index))
        .flat_map(|index| city.with_descendants(index))
        .filter_map(|index| city.get(index)?.bounds(enu_from_ecef))
        .reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)));
    *world.resource_mut::<Selection>() = Selection::Object(id.to_owned());
    if let Some((low, high)) = bounds {
        fly_to_box(world, low, high);
    }
}

fn fly_to_entity(world: &mut World, id: &str) {
    let mut query = world.query::<&LiveEntity>();
    let place = query
        .iter(world)
        .find(|live| live.entity.id == id)
        .and_then(|live| live.place_enu);
    *world.resource_mut::<Selection>() = Selection::Entity(id.to_owned());
    if let Some(place) = place {
        let around = glam::DVec3::splat(25.0);
        fly_to_box(world, place - around, place + around);
    }
}

fn fly_to_viewpoint(world: &mut World, name: &str) {
    let (Some(frame), Some(scene)) = (
        world.get_resource::<SceneFrame>(),
        &world.resource::<StreamState>().scene,
    ) else {
        return;
    };
    let Some(viewpoint) = scene.viewpoint(name).cloned() else {
        return;
    };
    let rig = rig_of(&viewpoint, frame, world.resource::<CityHeights>());
    if let Some(time) = viewpoint.time {
        world.resource_mut::<SceneClock>().pin(time);
    }
    if let Some(scenario) = viewpoint.scenario {
        let scenario = (scenario != veduta_scene::Scenario::BASELINE).then_some(scenario);
        world
            .resource_mut::<ShownScenarios>()
            .set(Side::Left, scenario);
    }
    fly(world, rig);
}

fn fly_home(world: &mut World) {
    let mut cameras = world.query::<(&Camera, &Side)>();
    let aspect = cameras
        .iter(world)
        .find(|(_, side)| **side == Side::Left)
        .and_then(|(camera, _)| camera.physical_viewport_size())
        .map_or(1.6, |size| f64::from(size.x) / f64::from(size.y.max(1)));
    let Some(frame) = world.get_resource::<SceneFrame>() else {
        return;
    };
    let (stream, city) = (
        world.resource::<StreamState>(),
        world.resource::<CityFeatures>(),
    );
    let heights = world.resource::<CityHeights>();
    let Some((home, _)) = home_view(stream, city, frame, heights, aspect) else {
        return;
    };
    let is_there = is_same_view(world.resource::<CameraRig>(), &home);
    // Whoever is there already wants to see more.
    let whole = is_there.then(|| whole_view(stream, city, frame, aspect));
    fly(world, whole.flatten().unwrap_or(home));
}

/// Whether two views differ by less than one sees.
fn is_same_view(a: &CameraRig, b: &CameraRig) -> bool {
    let near_m = 0.02 * b.distance_m;
    a.target_enu.distance(b.target_enu) < near_m
        && (a.distance_m - b.distance_m).abs() < near_m
        && (a.pitch_deg - b.pitch_deg).abs() < 2.0
        && ((a.heading_deg - b.heading_deg + 180.0).rem_euclid(360.0) - 180.0).abs() < 2.0
}

fn run_search(world: &mut World, query: &str) {
    let live: Vec<LiveEntity> = {
        let mut entities = world.query::<&LiveEntity>();
        entities.iter(world).cloned().collect()
    };
    let results = search(
        query,
        world.resource::<StreamState>(),
        world.resource::<CityFeatures>(),
        live.iter(),
    );
    world.resource_mut::<SearchState>().results = results;
}

/// Opens a path or an address; what cannot be opened is said, and the open scene stays.
pub(super) fn open(world: &mut World, target: &str) {
    match scenes::request_for(&[target.to_owned()]) {
        Ok(request) => {
            world.write_message(OpenScene(request));
        }
        Err(problem) => say(world, Severity::Error, problem),
    }
}

fn take_screenshot(world: &mut World) {
    let now = world.resource::<SceneClock>().present();
    let local = now.to_zoned(world.resource::<SceneClock>().zone().clone());
    let name = local.strftime("veduta-%Y%m%d-%H%M%S%.3f.png").to_string();
    let path = world.resource::<super::UserFiles>().pictures().join(name);
    let save = move |captured: On<ScreenshotCaptured>,
                     mut notices: ResMut<Notices>,
                     clock: Res<SceneClock>| {
        let written = captured
            .image
            .clone()
            .try_into_dynamic()
            .map_err(|error| error.to_string())
            .and_then(|picture| {
                crate::report::write_png(&picture.to_rgb8(), &path).map_err(|e| e.to_string())
            });
        let (severity, title) = match written {
            Ok(()) => (Severity::Information, path.display().to_string()),
            Err(reason) => (Severity::Error, reason),
        };
        notices.say(severity, title, String::new(), clock.present());
    };
    world.spawn(Screenshot::primary_window()).observe(save);
}

/// A click without a drag selects what is under the pointer; one on nothing selects nothing.
pub(super) fn select_clicked(
    buttons: Res<ButtonInput<MouseButton>>,
    focus: Res<InputFocus>,
    drag: Res<Drag>,
    pointer: Res<Pointer>,
    city: Res<CityFeatures>,
    mut selection: ResMut<Selection>,
    mut surface: ResMut<ClickedSurface>,
) {
    if !buttons.just_released(MouseButton::Left) || !focus.pointer || !drag.is_click() {
        return;
    }
    let hit = pointer.feature.and_then(|feature| {
        let object = city.get(city.selectable(feature))?;
        let top = city.get(city.top_level(feature))?;
        (!is_ground(top.feature)).then_some((feature, object))
    });
    *surface = hit.map_or_else(ClickedSurface::default, |(feature, object)| {
        ClickedSurface {
            object: object.feature.id.clone(),
            feature: Some(feature),
            row: pointer.surface,
        }
    });
    *selection = hit.map_or(Selection::Nothing, |(_, object)| {
        Selection::Object(object.feature.id.clone())
    });
}
