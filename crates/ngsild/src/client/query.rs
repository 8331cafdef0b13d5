//! What to ask a broker for.

use jiff::Timestamp;

use crate::error::Error;
use crate::model::GeoQuery;

/// Which entities (ETSI GS CIM 009, 6.4.3.2). The standard wants at least one of types, attributes, `q` and geo-query.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct EntityQuery {
    /// Of any of these types.
    pub types: Vec<String>,
    /// With one of these ids.
    pub ids: Vec<String>,
    /// With an id that matches this regular expression.
    pub id_pattern: Option<String>,
    /// With any of these attributes; only they are answered.
    pub attributes: Vec<String>,
    /// For which this holds, `temperature>20;status=="ok"` (4.9).
    pub q: Option<String>,
    /// At a place.
    pub geo: Option<GeoQuery>,
    /// In a scope (4.19).
    pub scope: Option<String>,
}

impl EntityQuery {
    /// All entities of a type.
    pub fn of_type(entity_type: impl Into<String>) -> Self {
        Self {
            types: vec![entity_type.into()],
            ..Self::default()
        }
    }

    pub(super) fn parameters(&self) -> Result<Vec<(&'static str, String)>, Error> {
        let is_selective = !self.types.is_empty()
            || !self.attributes.is_empty()
            || self.q.is_some()
            || self.geo.is_some();
        if !is_selective {
            let reason = "it names no types, attributes, condition or place".to_owned();
            return Err(Error::InvalidQuery { reason });
        }
        let mut parameters = Vec::new();
        push_list(&mut parameters, "type", &self.types);
        push_list(&mut parameters, "id", &self.ids);
        push(&mut parameters, "idPattern", self.id_pattern.as_ref());
        push_list(&mut parameters, "attrs", &self.attributes);
        push(&mut parameters, "q", self.q.as_ref());
        push(&mut parameters, "scopeQ", self.scope.as_ref());
        if let Some(geo) = &self.geo {
            parameters.push(("georel", geo.georel.clone()));
            parameters.push(("geometry", geo.geometry.clone()));
            parameters.push(("coordinates", geo.coordinates_text()));
            push(&mut parameters, "geoproperty", geo.geoproperty.as_ref());
        }
        Ok(parameters)
    }
}

/// Which part of time (4.11).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeWindow {
    /// Earlier than this.
    Before(Timestamp),
    /// Later than this.
    After(Timestamp),
    /// From the first, inclusive, to the second, exclusive.
    Between(Timestamp, Timestamp),
}

/// Which time of an observation is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TimeProperty {
    /// When it was observed. Values that do not say so are not found.
    #[default]
    ObservedAt,
    /// When the broker changed it.
    ModifiedAt,
    /// When the broker first knew it.
    CreatedAt,
}

impl TimeProperty {
    /// Its name in a URL.
    pub fn name(self) -> &'static str {
        match self {
            Self::ObservedAt => "observedAt",
            Self::ModifiedAt => "modifiedAt",
            Self::CreatedAt => "createdAt",
        }
    }
}

/// Which history (6.18.3.2).
#[derive(Debug, Clone, PartialEq)]
pub struct TemporalQuery {
    /// Of which entities.
    pub entities: EntityQuery,
    /// From when.
    pub window: TimeWindow,
    /// By which of its times.
    pub time_property: TimeProperty,
    /// Only so many of the latest instances of each attribute.
    pub last_n: Option<u32>,
}

impl TemporalQuery {
    /// Everything observed in a part of time.
    pub fn new(entities: EntityQuery, window: TimeWindow) -> Self {
        Self {
            entities,
            window,
            time_property: TimeProperty::ObservedAt,
            last_n: None,
        }
    }

    pub(super) fn parameters(&self) -> Result<Vec<(&'static str, String)>, Error> {
        let mut parameters = self.entities.parameters()?;
        let (relation, time, end) = match self.window {
            TimeWindow::Before(time) => ("before", time, None),
            TimeWindow::After(time) => ("after", time, None),
            TimeWindow::Between(time, end) => ("between", time, Some(end)),
        };
        parameters.push(("timerel", relation.to_owned()));
        parameters.push(("timeAt", time.to_string()));
        push(
            &mut parameters,
            "endTimeAt",
            end.map(|end| end.to_string()).as_ref(),
        );
        // The default is left out because old brokers do not know the parameter.
        if self.time_property != TimeProperty::ObservedAt {
            parameters.push(("timeproperty", self.time_property.name().to_owned()));
        }
        push(
            &mut parameters,
            "lastN",
            self.last_n.map(|n| n.to_string()).as_ref(),
        );
        Ok(parameters)
    }
}

fn push(parameters: &mut Vec<(&'static str, String)>, key: &'static str, value: Option<&String>) {
    parameters.extend(value.map(|value| (key, value.clone())));
}

fn push_list(parameters: &mut Vec<(&'static str, String)>, key: &'static str, values: &[String]) {
    if !values.is_empty() {
        parameters.push((key, values.join(",")));
    }
}
