//! What the inspector shows.

use jiff::{Timestamp, tz::TimeZone};
use serde::{Deserialize, Serialize};

use crate::{
    model::{EntityId, EntityKind, ObjectId, ObjectKind, Reading, Value},
    theme::Freshness,
};

/// What is selected.
#[derive(Debug, Clone, PartialEq)]
pub enum Subject {
    /// Nothing: the scene as a whole is described.
    Scene(SceneSummary),
    /// A city object.
    Object(Box<ObjectDetail>),
    /// A live entity.
    Entity(Box<EntityDetail>),
}

impl Default for Subject {
    fn default() -> Self {
        Self::Scene(SceneSummary::default())
    }
}

/// What the inspector shows.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct InspectorModel {
    /// What is selected.
    pub subject: Subject,
}

/// The scene as a whole.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SceneSummary {
    /// Its title.
    pub title: String,
    /// A sentence or two from the scene file.
    pub description: String,
    /// Top-level city objects by kind, the most frequent first.
    pub objects: Vec<(ObjectKind, u64)>,
    /// Live entities by kind, the most frequent first.
    pub entities: Vec<(EntityKind, u64)>,
    /// Name of the reference system the coordinates are shown in, "EPSG:25832+5783".
    pub crs: String,
    /// All data are made up.
    pub synthetic: bool,
}

/// A name and a value of a city object.
#[derive(Debug, Clone, PartialEq)]
pub struct AttributeRow {
    /// The attribute's name as the source has it.
    pub name: String,
    /// Its value.
    pub value: Value,
    /// Unit symbol, empty for none.
    pub unit: String,
    /// Computed by the program, not stated by the source.
    pub derived: bool,
}

/// A city object that can be selected from the list: a part, or the whole that it is a part of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartRow {
    /// Handed back in commands.
    pub id: ObjectId,
    /// Icon and everyday name.
    pub kind: ObjectKind,
    /// `gml:name`, or whatever tells it from its siblings.
    pub name: String,
}

/// A thematic surface of the selected object: the one that was clicked.
#[derive(Debug, Clone, PartialEq)]
pub struct SurfaceDetail {
    /// Everyday name of what it is.
    pub name: String,
    /// The type as the source names it, "RoofSurface".
    pub type_name: String,
    /// Identifier in the source, where there is one.
    pub id: Option<String>,
    /// Its attributes, in the order of the source.
    pub attributes: Vec<AttributeRow>,
}

/// A reference from the selected object to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelationRow {
    /// What the other is to it, in everyday words where there are any.
    pub role: String,
    /// The other, where it is loaded.
    pub target: Option<PartRow>,
    /// Its identifier in the source.
    pub target_id: String,
}

/// A live entity at a city object.
#[derive(Debug, Clone, PartialEq)]
pub struct EntityRow {
    /// Handed back in commands.
    pub id: EntityId,
    /// Icon.
    pub kind: EntityKind,
    /// The entity's name.
    pub name: String,
    /// Its leading value at the shown moment.
    pub reading: Option<Reading>,
    /// The last hours of that value, oldest first: seconds and values, evenly spaced or not.
    pub trend: Vec<[f64; 2]>,
}

/// The selected city object.
#[derive(Debug, Clone, PartialEq)]
pub struct ObjectDetail {
    /// `gml:id`.
    pub id: ObjectId,
    /// Icon and everyday name.
    pub kind: ObjectKind,
    /// The type as the source names it, "bldg:Building".
    pub type_name: String,
    /// `gml:name`.
    pub name: Option<String>,
    /// Street and number, code and town, one line each.
    pub address: Vec<String>,
    /// The file or tileset it came from.
    pub source: String,
    /// Its attributes, in the order of the source, derived ones last.
    pub attributes: Vec<AttributeRow>,
    /// Whether something is taken away to look inside; `None` for what has no inside.
    pub opened: Option<bool>,
    /// The surface of it that was clicked.
    pub surface: Option<SurfaceDetail>,
    /// References to others: members of a group, what it is adjacent to.
    pub relations: Vec<RelationRow>,
    /// The whole it is a part of.
    pub parent: Option<PartRow>,
    /// Its parts.
    pub parts: Vec<PartRow>,
    /// Entities that refer to it or stand in it.
    pub entities: Vec<EntityRow>,
    /// The scenario whose edit shows here, if not the baseline.
    pub scenario: Option<String>,
}

/// One attribute of the selected entity at the shown moment.
#[derive(Debug, Clone, PartialEq)]
pub struct EntityAttribute {
    /// The attribute's name as the entity has it, handed back in commands.
    pub name: String,
    /// The value known at the shown moment.
    pub value: Value,
    /// Unit symbol, empty for none.
    pub unit: String,
    /// Seconds between `observedAt` and the shown moment.
    pub age_secs: Option<f64>,
    /// How far the age may be trusted.
    pub freshness: Freshness,
    /// A series of numbers is kept, so that a chart can be drawn.
    pub has_series: bool,
}

/// A value over time.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// Which attribute is drawn.
    pub attribute: String,
    /// Unit symbol, empty for none.
    pub unit: String,
    /// Oldest first. A gap longer than `gap_secs` breaks the line.
    pub points: Vec<(Timestamp, f64)>,
    /// Seconds after which the sensor counts as silent.
    pub gap_secs: f64,
    /// Left edge.
    pub from: Timestamp,
    /// Right edge.
    pub until: Timestamp,
    /// The shown moment.
    pub now: Timestamp,
    /// For the labels of the time axis.
    pub time_zone: TimeZone,
}

/// The selected entity.
#[derive(Debug, Clone, PartialEq)]
pub struct EntityDetail {
    /// Its URN.
    pub id: EntityId,
    /// Icon and everyday name.
    pub kind: EntityKind,
    /// The short type name, "AirQualityObserved".
    pub type_name: String,
    /// The entity's name.
    pub name: String,
    /// The broker it comes from.
    pub broker: String,
    /// The city object it belongs to.
    pub object: Option<PartRow>,
    /// Its attributes.
    pub attributes: Vec<EntityAttribute>,
    /// The chosen attribute over time.
    pub chart: Option<Chart>,
    /// It is made up.
    pub synthetic: bool,
}

/// What the inspector remembers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct InspectorState {
    /// Text that an attribute's name or value must contain to be listed.
    pub filter: String,
}
