//! Selects entities by type, id and pattern of ids, and with the conditions as a whole (ETSI GS CIM 009, 4.17, 5.2.8).

use regex::{Regex, RegexBuilder};
use serde_json::Value;

use super::condition::Condition;
use super::condition_parser::MAX_PATTERN_BYTES;
use super::geo_condition::GeoCondition;
use crate::broker::problem::Problem;
use crate::broker::request::Head;
use crate::model::{Context, Entity, GeoQuery};

/// Types, any of which an entity has: `A,B` or `A|B`; `A;B` means both.
#[derive(Debug, Clone, Default)]
pub(in crate::broker) struct TypeSelection {
    any_of: Vec<Vec<String>>,
}

impl TypeSelection {
    /// Reads it; `None` selects everything.
    pub fn parse(text: Option<&str>) -> Result<Self, Problem> {
        let Some(text) = text.filter(|text| *text != "*") else {
            return Ok(Self::default());
        };
        if text.contains(['(', ')']) {
            return Err(Problem::not_supported("a type selection with parentheses"));
        }
        let context = Context::core();
        let all_of = |part: &str| -> Vec<String> {
            part.split(';')
                .map(|name| context.compact(name.trim().to_owned()))
                .collect()
        };
        Ok(Self {
            any_of: text.split([',', '|']).map(all_of).collect(),
        })
    }

    /// Whether an entity has the types.
    pub fn holds(&self, entity: &Entity) -> bool {
        self.any_of.is_empty()
            || self
                .any_of
                .iter()
                .any(|all| all.iter().all(|t| entity.entity_types.contains(t)))
    }
}

/// A regular expression that ids match somewhere.
#[derive(Debug, Clone)]
pub(in crate::broker) struct IdPattern(Regex);

impl IdPattern {
    /// Reads it.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        RegexBuilder::new(text)
            .size_limit(MAX_PATTERN_BYTES)
            .build()
            .map(Self)
            .map_err(|error| {
                Problem::bad_data(format!(
                    "the idPattern '{text}' is no regular expression ({error})"
                ))
            })
    }

    /// Whether an id matches.
    pub fn holds(&self, id: &str) -> bool {
        self.0.is_match(id)
    }
}

/// Everything a query says about which entities it means.
#[derive(Debug, Clone, Default)]
pub(in crate::broker) struct EntityFilter {
    types: TypeSelection,
    ids: Vec<String>,
    id_pattern: Option<IdPattern>,
    condition: Option<Condition>,
    geo: Option<GeoCondition>,
}

impl EntityFilter {
    /// Parameters it reads.
    pub const PARAMETERS: [&'static str; 8] = [
        "type",
        "id",
        "idPattern",
        "q",
        "georel",
        "geometry",
        "coordinates",
        "geoproperty",
    ];

    /// Reads the parameters of a query.
    pub fn read(head: &Head) -> Result<Self, Problem> {
        Ok(Self {
            types: TypeSelection::parse(head.parameter("type"))?,
            ids: head.list("id"),
            id_pattern: head
                .parameter("idPattern")
                .map(IdPattern::parse)
                .transpose()?,
            condition: head.parameter("q").map(Condition::parse).transpose()?,
            geo: read_geo_query(head)?
                .as_ref()
                .map(GeoCondition::new)
                .transpose()?,
        })
    }

    /// Whether it has a condition on values or places.
    pub fn has_conditions(&self) -> bool {
        self.condition.is_some() || self.geo.is_some()
    }

    /// Whether type and id fit.
    pub fn selects(&self, entity: &Entity) -> bool {
        self.types.holds(entity)
            && (self.ids.is_empty() || self.ids.contains(&entity.id))
            && self
                .id_pattern
                .as_ref()
                .is_none_or(|pattern| pattern.holds(&entity.id))
    }

    /// Whether everything fits.
    pub fn holds(&self, entity: &Entity) -> bool {
        self.selects(entity)
            && self
                .condition
                .as_ref()
                .is_none_or(|condition| condition.holds(entity))
            && self
                .geo
                .as_ref()
                .is_none_or(|condition| condition.holds(entity))
    }
}

fn read_geo_query(head: &Head) -> Result<Option<GeoQuery>, Problem> {
    let part = |name: &str| head.parameter(name).map(str::to_owned);
    match (part("georel"), part("geometry"), part("coordinates")) {
        (None, None, None) => Ok(None),
        (Some(georel), Some(geometry), Some(coordinates)) => Ok(Some(GeoQuery {
            georel,
            geometry,
            coordinates: Value::String(coordinates),
            geoproperty: part("geoproperty"),
        })),
        _ => Err(Problem::bad_data(
            "a geo-query needs georel, geometry and coordinates",
        )),
    }
}
