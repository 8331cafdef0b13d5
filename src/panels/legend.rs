//! The key to colours: overlays that are shown, and the surfaces of the model.

use bevy::prelude::*;
use veduta_panels::{
    LegendEntry, LegendKey, LegendModel, SurfaceLook, Swatch, language::Language,
    theme::surface::PALETTE,
};

use crate::{
    city::Appearance,
    clock::SceneClock,
    live::{LiveEntity, Observations},
    overlay::{OverlaySettings, SceneOverlays, attribute_label, reading_for},
};

/// Surface classes that get a swatch, with the message keys of their names.
const SURFACES: [(u8, &str); 7] = [
    (tiles3d::surface_class::ROOF, "surface-roof"),
    (tiles3d::surface_class::WALL, "surface-wall"),
    (tiles3d::surface_class::WINDOW, "surface-window"),
    (tiles3d::surface_class::TRAFFIC, "surface-traffic"),
    (tiles3d::surface_class::TERRAIN, "surface-terrain"),
    (tiles3d::surface_class::WATER, "surface-water"),
    (tiles3d::surface_class::VEGETATION, "surface-vegetation"),
];

/// The legend panel.
pub fn legend_model(world: &World, live: &[&LiveEntity], language: &Language) -> LegendModel {
    let overlays = world.resource::<SceneOverlays>();
    let shown = overlays.overlays.iter().filter(|settings| settings.visible);
    let entries: Vec<LegendEntry> = shown
        .filter_map(|settings| entry(world, live, settings))
        .collect();
    LegendModel {
        shows_freshness: !entries.is_empty(),
        entries,
        // Colours of kinds explain nothing where a theme is drawn.
        surfaces: SURFACES
            .iter()
            .filter(|_| world.resource::<Appearance>().shown() == SurfaceLook::Semantic)
            .map(|(class, key)| Swatch {
                label: language.tr(key),
                colour: PALETTE[usize::from(*class)].0,
            })
            .collect(),
    }
}

fn entry(world: &World, live: &[&LiveEntity], settings: &OverlaySettings) -> Option<LegendEntry> {
    let store = world.resource::<Observations>();
    let moment = world.resource::<SceneClock>().now();
    let of_type: Vec<&LiveEntity> = live
        .iter()
        .copied()
        .filter(|live| live.entity.entity_type() == settings.overlay.entity_type)
        .collect();
    // A type that nobody sends needs no key.
    let first = of_type.first()?;
    let readings: Vec<_> = of_type
        .iter()
        .filter_map(|live| reading_for(live, settings, store, moment))
        .collect();
    let numbers: Vec<f64> = readings.iter().filter_map(|(_, number)| *number).collect();
    // Words have no place on a scale of numbers.
    if numbers.is_empty() && !readings.is_empty() {
        return None;
    }
    let [minimum, maximum] = settings.overlay.range.unwrap_or([0.0, 100.0]);
    let attribute = attribute_label(&settings.overlay.attribute);
    Some(LegendEntry {
        overlay: settings.overlay.name.as_str().into(),
        title: format!("{}, {attribute}", settings.label()),
        unit: readings
            .first()
            .map(|(reading, _)| reading.unit.clone())
            .unwrap_or_default(),
        period: String::new(),
        source: first
            .entity
            .text_value("dataProvider")
            .unwrap_or_default()
            .to_owned(),
        with_value: readings.len(),
        total: of_type.len(),
        key: LegendKey::Scale {
            colours: settings.scale(),
            minimum,
            maximum,
            decimals: u8::from(maximum - minimum < 5.0),
            clamped_below: numbers.iter().any(|number| *number < minimum),
            clamped_above: numbers.iter().any(|number| *number > maximum),
        },
    })
}
