//! The scene file of the demo: sources, embedded broker, layers, overlays, scenarios and viewpoints.
//!
//! Written as text in the form that `veduta-scene` reads; a test reads it back with that crate.

use std::fmt::Write as _;
use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};

use crate::city::{City, PLAN_ORIGIN_CRS};
use crate::citygml::{CITY_FILES, write_all, write_design};
use crate::design::{Design, designs, replaced_ids};
use crate::error::DemoError;
use crate::plan::polygon::{at, distance};
use crate::utm::longitude_latitude_deg;

/// Writes the city, the designs and `scene.toml` into `folder`; returns the path of the scene.
///
/// # Errors
/// [`DemoError::File`] names the file or folder that could not be written.
pub fn write_demo(city: &City, folder: &Path) -> Result<PathBuf, DemoError> {
    write_all(city, folder)?;
    write_scene(city, folder)
}

/// Writes the designs and `scene.toml` next to the files of [`write_all`]; returns the path of the scene.
///
/// # Errors
/// [`DemoError::File`] names the file or folder that could not be written.
pub fn write_scene(city: &City, folder: &Path) -> Result<PathBuf, DemoError> {
    let designs = designs(city);
    let design_folder = folder.join("designs");
    std::fs::create_dir_all(&design_folder).map_err(|source| DemoError::File {
        path: design_folder.clone(),
        source,
    })?;
    for design in &designs {
        let path = design_folder.join(format!("{}.gml", design.name));
        let file = File::create(&path).map_err(|source| DemoError::File {
            path: path.clone(),
            source,
        })?;
        write_design(design, BufWriter::new(file))?;
    }
    let path = folder.join("scene.toml");
    std::fs::write(&path, scene_toml(city, &designs)).map_err(|source| DemoError::File {
        path: path.clone(),
        source,
    })?;
    Ok(path)
}

/// The text of the scene file.
pub fn scene_toml(city: &City, designs: &[Design]) -> String {
    let mut text = HEAD.to_owned();
    for (name, file) in [
        "Buildings",
        "Terrain",
        "Streets, bridges and water",
        "Greenery",
    ]
    .iter()
    .zip(CITY_FILES)
    {
        append(
            &mut text,
            format_args!("\n[[sources]]\nname = \"{name}\"\npath = \"{file}\"\n"),
        );
    }
    text.push_str(BROKER);
    for (name, label, object_types) in LAYERS {
        append(
            &mut text,
            format_args!(
                "\n[[layers]]\nname = \"{name}\"\nlabel = \"{label}\"\nobject_types = {object_types:?}\n"
            ),
        );
    }
    for overlay in &OVERLAYS {
        append_overlay(&mut text, overlay);
    }
    let replaced = replaced_ids(city);
    for design in designs {
        let Design {
            name,
            title,
            description,
            ..
        } = design;
        append(
            &mut text,
            format_args!(
                "\n[[scenarios]]\nname = \"{name}\"\ntitle = \"{title}\"\ndescription = \"{description}\"\nedits = [\n    {{ hide = {replaced:?} }},\n    {{ add = {{ name = \"{title}\", path = \"designs/{name}.gml\" }} }},\n]\n"
            ),
        );
    }
    for view in &VIEWS {
        append_view(&mut text, view);
    }
    text
}

const HEAD: &str = r#"# Written by veduta-demo. Everything in it is invented: no place, no survey, no measurement.
title = "Vedutastadt"
description = "A synthetic European district on a river: old town, blocks of 1900, villas on the hill, live sensors that are simulated."
synthetic = true
attribution = "Veduta demo city (synthetic data, free to use)"

[time]
timezone = "Europe/Berlin"
"#;

const BROKER: &str = r#"
[[brokers]]
name = "Embedded broker (simulated sensors)"
embedded = true
simulate = "demo"
history_hours = 24
"#;

const LAYERS: [(&str, &str, &[&str]); 5] = [
    ("buildings", "Buildings", &["Building"]),
    ("terrain", "Terrain", &["ReliefFeature", "TINRelief"]),
    (
        "streets",
        "Streets, bridges and squares",
        &[
            "Road",
            "Square",
            "Bridge",
            "CityFurniture",
            "GenericCityObject",
        ],
    ),
    ("water", "Water", &["WaterBody"]),
    (
        "greenery",
        "Greenery and open land",
        &["SolitaryVegetationObject", "PlantCover", "LandUse"],
    ),
];

struct OverlayText {
    name: &'static str,
    label: &'static str,
    entity_type: &'static str,
    attribute: &'static str,
    /// Empty: the overlay has states, not a quantity.
    unit: &'static str,
    colour_scale: &'static str,
    range: Option<(f64, f64)>,
    stale_after_secs: u32,
    visible: bool,
}

const fn overlay(
    name: &'static str,
    label: &'static str,
    source: (&'static str, &'static str),
    unit: &'static str,
    range: (f64, f64),
    stale_after_secs: u32,
) -> OverlayText {
    OverlayText {
        name,
        label,
        entity_type: source.0,
        attribute: source.1,
        unit,
        colour_scale: "viridis",
        range: Some(range),
        stale_after_secs,
        visible: false,
    }
}

const OVERLAYS: [OverlayText; 11] = [
    OverlayText {
        visible: true,
        ..overlay(
            "no2",
            "Nitrogen dioxide",
            ("AirQualityObserved", "no2"),
            "µg/m³",
            (0.0, 60.0),
            300,
        )
    },
    overlay(
        "pm10",
        "Particulate matter PM10",
        ("AirQualityObserved", "pm10"),
        "µg/m³",
        (0.0, 50.0),
        300,
    ),
    overlay(
        "o3",
        "Ozone",
        ("AirQualityObserved", "o3"),
        "µg/m³",
        (0.0, 140.0),
        300,
    ),
    OverlayText {
        visible: true,
        colour_scale: "cividis",
        ..overlay(
            "noise",
            "Noise level LAeq",
            ("NoiseLevelObserved", "LAeq"),
            "dB",
            (30.0, 80.0),
            60,
        )
    },
    OverlayText {
        visible: true,
        ..overlay(
            "traffic",
            "Traffic flow",
            ("TrafficFlowObserved", "intensity"),
            "veh/h",
            (0.0, 1500.0),
            120,
        )
    },
    OverlayText {
        visible: true,
        ..overlay(
            "parking",
            "Free places in car parks",
            ("OffStreetParking", "availableSpotNumber"),
            "places",
            (0.0, 400.0),
            180,
        )
    },
    OverlayText {
        colour_scale: "okabe-ito",
        range: None,
        ..overlay(
            "spots",
            "Kerbside places",
            ("ParkingSpot", "status"),
            "",
            (0.0, 1.0),
            120,
        )
    },
    overlay(
        "lamps",
        "Street lights",
        ("Streetlight", "illuminanceLevel"),
        "",
        (0.0, 1.0),
        600,
    ),
    OverlayText {
        visible: true,
        colour_scale: "cividis",
        ..overlay(
            "co2",
            "Indoor CO₂",
            ("IndoorEnvironmentObserved", "co2"),
            "ppm",
            (400.0, 1800.0),
            180,
        )
    },
    OverlayText {
        visible: true,
        ..overlay(
            "solar",
            "Solar power",
            ("PhotovoltaicMeasurement", "activePower"),
            "kW",
            (0.0, 30.0),
            120,
        )
    },
    OverlayText {
        visible: true,
        ..overlay(
            "charging",
            "Free charging sockets",
            ("EVChargingStation", "availableCapacity"),
            "sockets",
            (0.0, 6.0),
            300,
        )
    },
];

fn append_overlay(text: &mut String, overlay: &OverlayText) {
    let OverlayText {
        name,
        label,
        entity_type,
        attribute,
        colour_scale,
        stale_after_secs,
        ..
    } = overlay;
    append(
        text,
        format_args!(
            "\n[[overlays]]\nname = \"{name}\"\nlabel = \"{label}\"\nentity_type = \"{entity_type}\"\nattribute = \"{attribute}\"\n"
        ),
    );
    if !overlay.unit.is_empty() {
        append(text, format_args!("unit = \"{}\"\n", overlay.unit));
    }
    append(text, format_args!("colour_scale = \"{colour_scale}\"\n"));
    if let Some((low, high)) = overlay.range {
        append(text, format_args!("range = [{low:?}, {high:?}]\n"));
    }
    append(
        text,
        format_args!("stale_after_secs = {stale_after_secs}\n"),
    );
    if !overlay.visible {
        text.push_str("visible = false\n");
    }
}

/// A camera in plan metres and metres above DHHN92.
struct View {
    name: &'static str,
    title: &'static str,
    eye: [f64; 3],
    target: [f64; 3],
}

const VIEWS: [View; 8] = [
    View {
        name: "overview",
        title: "The whole town from the south-west",
        eye: [-270.0, -330.0, 640.0],
        target: [545.0, 420.0, 250.0],
    },
    View {
        name: "square",
        title: "Market square",
        eye: [512.0, 352.0, 312.0],
        target: [408.0, 470.0, 262.0],
    },
    View {
        name: "waterfront",
        title: "Old bridge and waterfront",
        eye: [262.0, 226.0, 274.0],
        target: [492.0, 330.0, 262.0],
    },
    View {
        name: "blocks",
        title: "Blocks of 1900 along the Königsallee",
        eye: [1080.0, 330.0, 372.0],
        target: [800.0, 470.0, 262.0],
    },
    View {
        name: "hillside",
        title: "From the hill over the roofs",
        eye: [905.0, 1010.0, 405.0],
        target: [505.0, 420.0, 258.0],
    },
    View {
        name: "school",
        title: "Schillerschule",
        eye: [96.0, 440.0, 322.0],
        target: [174.0, 562.0, 262.0],
    },
    View {
        name: "development",
        title: "The development site",
        eye: [150.0, -150.0, 400.0],
        target: [335.0, 190.0, 262.0],
    },
    View {
        name: "park",
        title: "Park and pond",
        eye: [1262.0, 222.0, 352.0],
        target: [1108.0, 408.0, 252.0],
    },
];

fn append_view(text: &mut String, view: &View) {
    let [x, y, height_m] = view.eye;
    let (longitude, latitude) =
        longitude_latitude_deg(x + PLAN_ORIGIN_CRS[0], y + PLAN_ORIGIN_CRS[1]);
    let (eye, target) = (at(x, y), at(view.target[0], view.target[1]));
    // Grid north of the plan lies east of true north here: the convergence of meridians.
    let convergence_deg = (longitude - 9.0) * latitude.to_radians().sin();
    let heading = ((target.x - eye.x).atan2(target.y - eye.y).to_degrees() + convergence_deg)
        .rem_euclid(360.0);
    let pitch = (view.target[2] - height_m)
        .atan2(distance(eye, target))
        .to_degrees();
    append(
        text,
        format_args!(
            "\n[[viewpoints]]\nname = \"{}\"\ntitle = \"{}\"\nlongitude_deg = {longitude:.7}\nlatitude_deg = {latitude:.7}\nheight_m = {height_m:?}\nheading_deg = {heading:.2}\npitch_deg = {pitch:.2}\n",
            view.name, view.title
        ),
    );
}

fn append(text: &mut String, arguments: std::fmt::Arguments<'_>) {
    // Writing to a string never fails.
    let _ = text.write_fmt(arguments);
}
