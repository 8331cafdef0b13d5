//! A scene with something in every panel.

use egui::pos2;
use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use veduta_panels::{
    AttributeRow, BrokerLink, Chart, CompareModel, CursorPosition, Daylight, Density,
    DiagnosticRow, DiagnosticsModel, Direction, EntityAttribute, EntityDetail, EntityKind,
    EntityRow, GroupRow, Indicator, InsideModel, InspectorModel, LayerNode, LayersModel,
    LegendEntry, LegendKey, LegendModel, LinkState, Loading, LookModel, Marker, MarkersModel,
    ObjectDetail, ObjectKind, OverlayRow, PartRow, Reading, RelationRow, ScenarioChoice,
    ScenariosModel, SceneModel, SceneSummary, SearchResult, SearchTarget, Severity, StatusModel,
    StoreyChoice, Subject, SunModel, SurfaceDetail, SurfaceLook, Swatch, ThemeRow, TimelineModel,
    ToolbarModel, Value, ViewpointChoice,
    theme::{ColourScale, Freshness, QUALITATIVE},
};

pub fn zone() -> TimeZone {
    TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").expect("a POSIX time zone")
}

/// Monday 7 September 2026, 14:05:09 in Berlin.
pub fn present() -> Timestamp {
    "2026-09-07T12:05:09Z".parse().expect("a timestamp")
}

pub fn before_present(secs: i64) -> Timestamp {
    present() - SignedDuration::from_secs(secs)
}

fn reading(
    property: &str,
    value: f64,
    decimals: u8,
    unit: &str,
    age_secs: f64,
    freshness: Freshness,
) -> Reading {
    Reading {
        property: property.to_owned(),
        value: Value::number(value, decimals),
        unit: unit.to_owned(),
        age_secs: Some(age_secs),
        freshness,
    }
}

fn layer(
    id: &str,
    name: &str,
    kind: ObjectKind,
    count: u64,
    children: Vec<LayerNode>,
) -> LayerNode {
    LayerNode {
        id: id.into(),
        name: name.to_owned(),
        kind,
        visible: true,
        count: Some(count),
        levels: Vec::new(),
        level: None,
        loading: false,
        children,
    }
}

fn layers() -> LayersModel {
    let mut trees = layer(
        "district/trees",
        "",
        ObjectKind::Vegetation,
        412,
        Vec::new(),
    );
    trees.visible = false;
    let mut buildings = layer(
        "district/buildings",
        "",
        ObjectKind::Building,
        634,
        Vec::new(),
    );
    buildings.levels = vec![1, 2, 3];
    LayersModel {
        layers: vec![
            layer(
                "district",
                "Lindenau district",
                ObjectKind::Group,
                1147,
                vec![
                    buildings,
                    layer("district/roads", "", ObjectKind::Road, 101, Vec::new()),
                    trees,
                ],
            ),
            layer(
                "hill",
                "Hillside",
                ObjectKind::Group,
                1,
                vec![layer("hill/relief", "", ObjectKind::Relief, 1, vec![])],
            ),
        ],
        overlays: vec![
            OverlayRow {
                id: "air".into(),
                name: "Air quality, NO₂".to_owned(),
                kind: EntityKind::AirQuality,
                visible: true,
                count: Some(12),
            },
            OverlayRow {
                id: "parking".into(),
                name: "Free parking".to_owned(),
                kind: EntityKind::Parking,
                visible: false,
                count: Some(34),
            },
        ],
        groups: vec![GroupRow {
            id: "quarter".into(),
            name: "Old quarter".to_owned(),
            members: 34,
            selected: false,
        }],
        scenarios: scenarios(),
    }
}

pub fn scenarios() -> ScenariosModel {
    ScenariosModel {
        choices: vec![
            ScenarioChoice {
                id: "courtyard".into(),
                name: "Green courtyard".to_owned(),
                description: Some("The workshops go, a courtyard with trees comes.".to_owned()),
            },
            ScenarioChoice {
                id: "tower".into(),
                name: "Tower".to_owned(),
                description: None,
            },
        ],
        left: None,
        right: Some("courtyard".into()),
        comparing: false,
    }
}

fn attribute(name: &str, value: Value, unit: &str) -> AttributeRow {
    AttributeRow {
        name: name.to_owned(),
        value,
        unit: unit.to_owned(),
        derived: false,
    }
}

pub fn building() -> Subject {
    let part = |id: &str, name: &str| PartRow {
        id: id.into(),
        kind: ObjectKind::BuildingPart,
        name: name.to_owned(),
    };
    let mut volume = attribute("volume", Value::number(10_423.7, 1), "m³");
    volume.derived = true;
    Subject::Object(Box::new(ObjectDetail {
        id: "DEBY_LOD2_4959457".into(),
        kind: ObjectKind::Building,
        type_name: "bldg:Building".to_owned(),
        name: Some("Marktschule".to_owned()),
        address: vec!["Marktplatz 4".to_owned(), "80331 Lindenau".to_owned()],
        source: "scenes/lindenau/buildings.gml".to_owned(),
        attributes: vec![
            attribute("measuredHeight", Value::number(18.42, 2), "m"),
            attribute("storeysAboveGround", Value::number(4.0, 0), ""),
            attribute("function", Value::from("31001_3023 school"), ""),
            attribute("roofType", Value::from("gabled"), ""),
            attribute("yearOfConstruction", Value::from("1908"), ""),
            attribute("listed", Value::from(true), ""),
            attribute("heating/carrier", Value::from("district heat"), ""),
            attribute("heating/demand/2024", Value::number(92.0, 0), "kWh/m²"),
            volume,
        ],
        opened: Some(false),
        surface: Some(SurfaceDetail {
            name: "Roof".to_owned(),
            type_name: "RoofSurface".to_owned(),
            id: Some("roof-17".to_owned()),
            attributes: vec![attribute("area", Value::number(212.4, 1), "m²")],
        }),
        relations: vec![
            RelationRow {
                role: "adjacentTo".to_owned(),
                target: Some(part("school-yard", "Yard")),
                target_id: "school-yard".to_owned(),
            },
            RelationRow {
                role: "adjacentTo".to_owned(),
                target: None,
                target_id: "elsewhere".to_owned(),
            },
        ],
        parent: None,
        parts: vec![
            part("part-hall", "Gym hall"),
            part("part-wing", "North wing"),
        ],
        entities: vec![EntityRow {
            id: "urn:ngsi-ld:IndoorEnvironmentObserved:school-1".into(),
            kind: EntityKind::Indoor,
            name: "Classroom 1a".to_owned(),
            reading: Some(reading("CO₂", 812.0, 0, "ppm", 130.0, Freshness::Fresh)),
            trend: (0..40)
                .map(|step| {
                    [
                        f64::from(step),
                        600.0 + 240.0 * (f64::from(step) / 6.0).sin(),
                    ]
                })
                .collect(),
        }],
        scenario: None,
    }))
}

pub fn sensor() -> Subject {
    let value = |name: &str, value: Value, unit: &str, has_series: bool| EntityAttribute {
        name: name.to_owned(),
        value,
        unit: unit.to_owned(),
        age_secs: Some(130.0),
        freshness: Freshness::Fresh,
        has_series,
    };
    let points = (0..96).filter(|step| !(40..52).contains(step)).map(|step| {
        let noon = (f64::from(step) - 48.0) / 14.0;
        (
            before_present(i64::from(96 - step) * 900),
            14.0 + 26.0 * (-noon * noon).exp() + f64::from(step % 5),
        )
    });
    Subject::Entity(Box::new(EntityDetail {
        id: "urn:ngsi-ld:AirQualityObserved:marktplatz".into(),
        kind: EntityKind::AirQuality,
        type_name: "AirQualityObserved".to_owned(),
        name: "Marktplatz".to_owned(),
        broker: "Demo broker, 127.0.0.1:1026".to_owned(),
        object: None,
        attributes: vec![
            value("NO2", Value::number(31.4, 1), "µg/m³", true),
            value("PM10", Value::number(18.0, 0), "µg/m³", true),
            value("reliability", Value::number(0.98, 2), "", false),
        ],
        chart: Some(Chart {
            attribute: "NO2".to_owned(),
            unit: "µg/m³".to_owned(),
            points: points.collect(),
            gap_secs: 3600.0,
            from: before_present(86_400),
            until: present(),
            now: before_present(7200),
            time_zone: zone(),
        }),
        synthetic: true,
    }))
}

fn legend() -> LegendModel {
    let surfaces = ["Roof", "Wall", "Ground"].iter().zip(QUALITATIVE);
    LegendModel {
        entries: vec![LegendEntry {
            overlay: "air".into(),
            title: "Air quality, NO₂".to_owned(),
            unit: "µg/m³".to_owned(),
            period: "1 h mean".to_owned(),
            source: "Demo broker".to_owned(),
            with_value: 11,
            total: 12,
            key: LegendKey::Scale {
                colours: ColourScale::Viridis,
                minimum: 0.0,
                maximum: 80.0,
                decimals: 0,
                clamped_below: false,
                clamped_above: true,
            },
        }],
        shows_freshness: true,
        surfaces: surfaces
            .map(|(label, colour)| Swatch {
                label: (*label).to_owned(),
                colour,
            })
            .collect(),
    }
}

pub fn timeline() -> TimelineModel {
    let counts = (0..96u32)
        .map(|bin| {
            if bin % 17 == 3 {
                0
            } else {
                20 + (bin * 37) % 90
            }
        })
        .collect();
    TimelineModel {
        now: present(),
        present: present(),
        live: true,
        playing: true,
        speed: 1.0,
        earliest: Some(before_present(86_400)),
        density: Density {
            start: before_present(86_400),
            bin_secs: 900.0,
            counts,
        },
        daylight: (0..3)
            .map(|days_ago| Daylight {
                sunrise: "2026-09-07T04:36:00Z"
                    .parse::<Timestamp>()
                    .expect("a timestamp")
                    - SignedDuration::from_hours(24 * days_ago),
                sunset: "2026-09-07T17:43:00Z"
                    .parse::<Timestamp>()
                    .expect("a timestamp")
                    - SignedDuration::from_hours(24 * days_ago),
            })
            .collect(),
        changes: [].into(),
        dates_obeyed: true,
        time_zone: zone(),
    }
}

/// The timeline scrubbed back by three minutes and paused.
pub fn scrubbed_timeline() -> TimelineModel {
    TimelineModel {
        now: before_present(180),
        live: false,
        playing: false,
        ..timeline()
    }
}

fn diagnostics() -> DiagnosticsModel {
    let row = |severity, code: &str, message: &str, line, object: Option<&str>| DiagnosticRow {
        severity,
        code: code.to_owned(),
        message: message.to_owned(),
        source: "buildings.gml".to_owned(),
        line,
        object: object.map(Into::into),
    };
    DiagnosticsModel {
        rows: vec![
            row(
                Severity::Warning,
                "GML-012",
                "The ring does not close; it was closed.",
                Some(812),
                Some("b-7"),
            ),
            row(
                Severity::Error,
                "GML-003",
                "A polygon has fewer than three points; it was left out.",
                Some(1904),
                None,
            ),
            row(
                Severity::Information,
                "GML-021",
                "Textures are not read yet.",
                None,
                None,
            ),
        ]
        .into(),
    }
}

fn status() -> StatusModel {
    StatusModel {
        loading: Loading {
            pending: 0,
            failed: 0,
        },
        features: 1148,
        triangles: 1_240_310,
        tiles: 64,
        frames_per_second: Some(60.2),
        quality: "Full".to_owned(),
        brokers: vec![BrokerLink {
            name: "Demo broker".to_owned(),
            state: LinkState::Connected,
            message: String::new(),
        }],
        cursor: Some(CursorPosition {
            coordinates: [("E".to_owned(), 691_234.5), ("N".to_owned(), 5_334_765.2)],
            geographic: false,
            height_m: Some(519.4),
            height_datum: "NHN".to_owned(),
            crs: "EPSG:25832".to_owned(),
        }),
        metres_per_point: Some(0.42),
        synthetic: true,
        attribution: vec!["Veduta demo city".to_owned()],
        problems: 2,
    }
}

fn marker(
    id: &str,
    kind: EntityKind,
    name: &str,
    x: f32,
    y: f32,
    distance_m: f32,
    reading: Option<Reading>,
) -> Marker {
    let share = reading.as_ref().map_or(0.0, |reading| match reading.value {
        Value::Number { value, .. } => value / 80.0,
        _ => 0.0,
    });
    Marker {
        entity: id.into(),
        kind,
        name: name.to_owned(),
        position_ui: pos2(x, y),
        ground_ui: Some(pos2(x, y + 26.0)),
        distance_m,
        reading,
        colour: ColourScale::Viridis.sample(share as f32),
        selected: false,
    }
}

fn markers() -> MarkersModel {
    let air =
        |value, age_secs, freshness| Some(reading("NO₂", value, 0, "µg/m³", age_secs, freshness));
    MarkersModel {
        markers: vec![
            marker(
                "air-1",
                EntityKind::AirQuality,
                "Marktplatz",
                620.0,
                300.0,
                120.0,
                air(31.0, 130.0, Freshness::Fresh),
            ),
            marker(
                "air-2",
                EntityKind::AirQuality,
                "Bahnhof",
                640.0,
                305.0,
                180.0,
                air(52.0, 90.0, Freshness::Fresh),
            ),
            marker(
                "air-3",
                EntityKind::AirQuality,
                "Hafen",
                800.0,
                260.0,
                300.0,
                air(74.0, 1500.0, Freshness::Late),
            ),
            marker(
                "air-4",
                EntityKind::AirQuality,
                "Park",
                720.0,
                420.0,
                90.0,
                air(8.0, 32_000.0, Freshness::Silent),
            ),
            marker(
                "air-5",
                EntityKind::AirQuality,
                "Nord",
                900.0,
                380.0,
                150.0,
                None,
            ),
        ],
    }
}

pub fn scene() -> SceneModel {
    SceneModel {
        toolbar: ToolbarModel {
            title: "Lindenau".to_owned(),
            viewpoints: ["Square", "School", "From the hill"]
                .iter()
                .map(|name| ViewpointChoice {
                    id: (*name).into(),
                    name: (*name).to_owned(),
                })
                .collect(),
            results: Vec::new(),
            searching: false,
            can_compare: true,
            comparing: false,
            look: LookModel {
                shown: SurfaceLook::Semantic,
                themes: vec![ThemeRow {
                    name: "photos 2024".to_owned(),
                    has_textures: true,
                }],
            },
            inside: InsideModel {
                has_interiors: true,
                subject: Some("Marktschule".to_owned()),
                highest_m: 19.0,
                storeys: vec![
                    StoreyChoice {
                        name: "1".to_owned(),
                        height_m: 2.2,
                    },
                    StoreyChoice {
                        name: "2".to_owned(),
                        height_m: 6.0,
                    },
                ],
                ..InsideModel::default()
            },
            sun: SunModel::default(),
            heading_deg: 24.0,
        },
        layers: layers(),
        inspector: InspectorModel {
            subject: Subject::Scene(SceneSummary {
                title: "Lindenau".to_owned(),
                description: "A district of perimeter blocks around a market square.".to_owned(),
                objects: vec![
                    (ObjectKind::Building, 634),
                    (ObjectKind::Vegetation, 412),
                    (ObjectKind::Road, 101),
                ],
                entities: vec![(EntityKind::AirQuality, 12), (EntityKind::Parking, 34)],
                crs: "EPSG:25832+5783".to_owned(),
                synthetic: true,
            }),
        },
        legend: legend(),
        timeline: timeline(),
        diagnostics: diagnostics(),
        status: status(),
        compare: CompareModel {
            scenarios: scenarios(),
            indicators: vec![
                Indicator {
                    label: "Floor area".to_owned(),
                    unit: "m²".to_owned(),
                    decimals: 0,
                    left: Some(48_200.0),
                    right: Some(52_900.0),
                    better: Direction::Higher,
                },
                Indicator {
                    label: "Sealed ground".to_owned(),
                    unit: "%".to_owned(),
                    decimals: 1,
                    left: Some(71.4),
                    right: Some(74.0),
                    better: Direction::Lower,
                },
            ],
        },
        markers: markers(),
        markers_right: MarkersModel::default(),
    }
}

pub fn search_results() -> Vec<SearchResult> {
    vec![SearchResult {
        target: SearchTarget::Object("DEBY_LOD2_4959457".into(), ObjectKind::Building),
        title: "Marktplatz 4".to_owned(),
        detail: "Marktschule, DEBY_LOD2_4959457".to_owned(),
    }]
}
