//! The model of an open scene, put together from all rooms.

use bevy::prelude::*;
use veduta_analysis::KpiKind;
use veduta_panels::{
    CompareModel, Direction, Indicator, InspectorModel, MarkersModel, ObjectKind, ScenarioChoice,
    ScenariosModel, SceneModel, SceneSummary, Subject,
    language::{Language, Locale},
};

use super::{
    catalogue::Catalogue, inspect_entity, inspect_object, layers, legend, status, timeline, toolbar,
};
use crate::{
    camera::CameraRig,
    city::{CityFeatures, CityHeights, FeatureStates, Selection, Side, VERTICAL_FOV_DEG},
    clock::SceneClock,
    compare::{SceneRectangles, ShownScenarios},
    live::{LiveEntity, Observations},
    overlay::{Projection, SceneOverlays, project_markers},
    stream::StreamState,
};

/// Everything the panels of the open scene show.
pub fn scene_model(world: &mut World, locale: Locale) -> SceneModel {
    let language = world.resource_scope(|world, mut catalogue: Mut<Catalogue>| {
        refresh_catalogue(world, &mut catalogue);
        catalogue.language(locale)
    });
    world.resource_scope(|world, mut cache: Mut<timeline::TimelineCache>| {
        timeline::refresh(world, &mut cache);
    });
    let mut query = world.query::<&LiveEntity>();
    let world = &*world;
    let live: Vec<&LiveEntity> = query.iter(world).collect();
    let scenarios = scenarios_model(world);
    SceneModel {
        toolbar: toolbar::toolbar_model(world),
        layers: layers::layers_model(world, &live, scenarios.clone(), &language),
        inspector: inspector_model(world, &live, &language),
        legend: legend::legend_model(world, &live, &language),
        timeline: timeline::timeline_model(world),
        diagnostics: world.resource::<Catalogue>().diagnostics(),
        status: status::status_model(world, &language),
        compare: compare_model(world, scenarios, &language),
        markers: markers_model(world, &live, Side::Left),
        markers_right: markers_model(world, &live, Side::Right),
    }
}

fn refresh_catalogue(world: &World, catalogue: &mut Catalogue) {
    let city = world.resource::<CityFeatures>();
    catalogue.refresh(city);
    catalogue.refresh_diagnostics(&world.resource::<StreamState>().findings, city);
    if world.resource::<ShownScenarios>().comparing {
        for side in Side::BOTH {
            catalogue.refresh_indicators(city, world.resource::<FeatureStates>(), side);
        }
    }
}

fn scenarios_model(world: &World) -> ScenariosModel {
    let shown = world.resource::<ShownScenarios>();
    let scene = world.resource::<StreamState>().scene.as_ref();
    let choices = scene.iter().flat_map(|scene| &scene.scenarios);
    ScenariosModel {
        choices: choices
            .map(|scenario| ScenarioChoice {
                id: scenario.name.as_str().into(),
                name: titled(&scenario.title, &scenario.name).to_owned(),
                description: Some(scenario.description.clone()).filter(|text| !text.is_empty()),
            })
            .collect(),
        left: shown.left.as_deref().map(Into::into),
        right: shown.right.as_deref().map(Into::into),
        comparing: shown.comparing,
    }
}

/// The title, or the name where there is none.
pub fn titled<'a>(title: &'a str, name: &'a str) -> &'a str {
    if title.is_empty() { name } else { title }
}

fn inspector_model(world: &World, live: &[&LiveEntity], language: &Language) -> InspectorModel {
    let subject = match world.resource::<Selection>() {
        Selection::Object(id) => inspect_object::object_detail(world, live, language, id)
            .map(|detail| Subject::Object(Box::new(detail))),
        Selection::Entity(id) => inspect_entity::entity_detail(world, live, id)
            .map(|detail| Subject::Entity(Box::new(detail))),
        Selection::Nothing => None,
    };
    InspectorModel {
        subject: subject.unwrap_or_else(|| Subject::Scene(scene_summary(world, live))),
    }
}

fn scene_summary(world: &World, live: &[&LiveEntity]) -> SceneSummary {
    let Some(scene) = &world.resource::<StreamState>().scene else {
        return SceneSummary::default();
    };
    let mut entities = std::collections::BTreeMap::new();
    // A building in the broker is a reference to one in the model, nothing that lives.
    let sensors = live
        .iter()
        .filter(|live| live.entity.entity_type() != "Building");
    for entity in sensors {
        let kind = veduta_panels::EntityKind::from_type_name(entity.entity.entity_type());
        let entry = entities.entry(kind.message_key()).or_insert((kind, 0_u64));
        entry.1 += 1;
    }
    let mut entities: Vec<_> = entities.into_values().collect();
    entities.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let mut objects: Vec<(ObjectKind, u64)> = Vec::new();
    for (object_type, count) in world.resource::<Catalogue>().types() {
        let kind = ObjectKind::from_type_name(object_type);
        // What was only assumed is no object of the city.
        if kind == ObjectKind::AssumedGround {
            continue;
        }
        match objects.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, sum)) => *sum += count,
            None => objects.push((kind, count)),
        }
    }
    SceneSummary {
        title: scene.title.clone(),
        description: scene.description.clone(),
        objects,
        entities,
        crs: String::new(),
        synthetic: scene.synthetic,
    }
}

fn compare_model(world: &World, scenarios: ScenariosModel, language: &Language) -> CompareModel {
    if !scenarios.comparing {
        return CompareModel {
            scenarios,
            indicators: Vec::new(),
        };
    }
    let catalogue = world.resource::<Catalogue>();
    let [left, right] = Side::BOTH.map(|side| catalogue.indicators(side));
    let indicators = KpiKind::ALL.map(|kind| Indicator {
        label: language.tr(indicator_key(kind)),
        unit: kind.unit().to_owned(),
        decimals: u8::from(kind == KpiKind::GreatestHeight),
        left: left.and_then(|side| side.get(kind)?.value),
        right: right.and_then(|side| side.get(kind)?.value),
        better: Direction::Neutral,
    });
    CompareModel {
        scenarios,
        indicators: indicators.into(),
    }
}

fn indicator_key(kind: KpiKind) -> &'static str {
    match kind {
        KpiKind::Buildings => "indicator-buildings",
        KpiKind::Footprint => "indicator-footprint",
        KpiKind::GrossVolume => "indicator-gross-volume",
        KpiKind::GrossFloorArea => "indicator-gross-floor-area",
        KpiKind::GreatestHeight => "indicator-greatest-height",
    }
}

fn markers_model(world: &World, live: &[&LiveEntity], side: Side) -> MarkersModel {
    let rectangles = world.resource::<SceneRectangles>();
    let Some(area) = rectangles.points[side.index()] else {
        return MarkersModel::default();
    };
    let projection = Projection::new(
        world.resource::<CameraRig>(),
        f64::from(VERTICAL_FOV_DEG),
        area,
    );
    project_markers(
        &projection,
        live.iter().copied(),
        world.resource::<SceneOverlays>(),
        world.resource::<Observations>(),
        world.resource::<SceneClock>().now(),
        world.resource::<CityHeights>(),
        world.resource::<Selection>().entity(),
    )
}
