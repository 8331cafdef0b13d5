//! The query language of ETSI GS CIM 009, 4.9: conditions on attributes, as in `temperature>20;status=="ok"`.

use std::borrow::Cow;
use std::cmp::Ordering;

use jiff::Timestamp;
use regex::Regex;
use serde_json::{Value, json};

use super::condition_parser::parse_condition;
use crate::broker::problem::Problem;
use crate::model::{AttributeInstance, AttributeKind, Entity};

/// A condition that an entity meets or not.
#[derive(Debug, Clone)]
pub(in crate::broker) enum Condition {
    /// All hold.
    All(Vec<Condition>),
    /// One holds.
    Any(Vec<Condition>),
    /// Something about one attribute.
    Term { path: AttributePath, test: Test },
}

/// `a.b.c[x][y]`: attribute, attributes of it, keys inside its value.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::broker) struct AttributePath {
    /// Attribute, then sub-attributes; the last may be a member such as `observedAt`.
    pub names: Vec<String>,
    /// Keys into the JSON value.
    pub keys: Vec<String>,
}

/// What is asked of a value.
#[derive(Debug, Clone)]
pub(in crate::broker) enum Test {
    /// That there is one.
    Exists,
    /// That it is one of these, or not.
    Equal {
        operands: Vec<Operand>,
        is_negated: bool,
    },
    /// That it is less or greater; `Less` with `or_equal` is `<=`.
    Compare {
        direction: Ordering,
        or_equal: bool,
        literal: Literal,
    },
    /// That it matches a regular expression, or not.
    Match { pattern: Regex, is_negated: bool },
}

/// A value or a range, `20..30`, whose ends belong to it.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::broker) enum Operand {
    Single(Literal),
    Range(Literal, Literal),
}

/// A value in a query.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::broker) enum Literal {
    Number(f64),
    Bool(bool),
    Time(Timestamp),
    Text(String),
}

impl Condition {
    /// Reads a condition.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        parse_condition(text)
            .map_err(|reason| Problem::bad_data(format!("the query q='{text}' is wrong: {reason}")))
    }

    /// Whether an entity meets it. A term about an attribute that is not there is never met.
    pub fn holds(&self, entity: &Entity) -> bool {
        match self {
            Self::All(conditions) => conditions.iter().all(|c| c.holds(entity)),
            Self::Any(conditions) => conditions.iter().any(|c| c.holds(entity)),
            Self::Term { path, test } => path.targets(entity).iter().any(|v| test.holds(v)),
        }
    }
}

impl AttributePath {
    /// The values that a path leads to, one per instance.
    fn targets<'a>(&self, entity: &'a Entity) -> Vec<Cow<'a, Value>> {
        let Some((first, rest)) = self.names.split_first() else {
            return Vec::new();
        };
        if rest.is_empty() {
            let time = match first.as_str() {
                "createdAt" => entity.created_at,
                "modifiedAt" => entity.modified_at,
                _ => None,
            };
            if let Some(time) = time {
                return vec![Cow::Owned(json!(time.to_string()))];
            }
        }
        let instances: Vec<_> = entity.attributes.get(first).into_iter().flatten().collect();
        self.descend(instances, rest)
    }

    fn descend<'a>(
        &self,
        instances: Vec<&'a AttributeInstance>,
        names: &[String],
    ) -> Vec<Cow<'a, Value>> {
        let Some((name, rest)) = names.split_first() else {
            return instances
                .into_iter()
                .filter_map(|i| self.value_of(i))
                .collect();
        };
        if rest.is_empty() {
            let members: Vec<_> = instances
                .iter()
                .filter_map(|i| member_of(i, name))
                .collect();
            if !members.is_empty() {
                return members;
            }
        }
        let subs = instances
            .into_iter()
            .filter_map(|i| i.sub_attributes.get(name))
            .flatten();
        self.descend(subs.collect(), rest)
    }

    fn value_of<'a>(&self, instance: &'a AttributeInstance) -> Option<Cow<'a, Value>> {
        let value: Cow<'a, Value> = match &instance.kind {
            AttributeKind::Property(value)
            | AttributeKind::Vocabulary(value)
            | AttributeKind::Json(value) => Cow::Borrowed(value),
            AttributeKind::Relationship(ids) | AttributeKind::ListRelationship(ids) => {
                Cow::Owned(json!(ids))
            }
            AttributeKind::List(items) => Cow::Owned(json!(items)),
            AttributeKind::Language(texts) => Cow::Owned(json!(texts)),
            AttributeKind::Geo(geometry) => Cow::Owned(geometry.to_geojson()),
            AttributeKind::Null => return None,
        };
        self.keys.iter().try_fold(value, |value, key| match value {
            Cow::Borrowed(value) => value.get(key).map(Cow::Borrowed),
            Cow::Owned(mut value) => value.get_mut(key).map(|inner| Cow::Owned(inner.take())),
        })
    }
}

fn member_of<'a>(instance: &'a AttributeInstance, name: &str) -> Option<Cow<'a, Value>> {
    let time = |time: Option<Timestamp>| time.map(|time| json!(time.to_string()));
    let value = match name {
        "observedAt" => time(instance.observed_at),
        "createdAt" => time(instance.created_at),
        "modifiedAt" => time(instance.modified_at),
        "unitCode" => instance.unit_code.as_ref().map(|code| json!(code)),
        "datasetId" => instance.dataset_id.as_ref().map(|id| json!(id)),
        _ => None,
    };
    value.map(Cow::Owned)
}

impl Test {
    fn holds(&self, value: &Value) -> bool {
        // A list meets a test if one of its items does, except for the negated ones, which all must meet.
        if let Value::Array(items) = value {
            return match self {
                Self::Exists => true,
                Self::Equal {
                    is_negated: true, ..
                }
                | Self::Match {
                    is_negated: true, ..
                } => items.iter().all(|item| self.holds(item)),
                _ => items.iter().any(|item| self.holds(item)),
            };
        }
        let value = value.get("@value").unwrap_or(value);
        match self {
            Self::Exists => true,
            Self::Equal {
                operands,
                is_negated,
            } => operands.iter().any(|operand| operand.includes(value)) != *is_negated,
            Self::Compare {
                direction,
                or_equal,
                literal,
            } => literal.compare(value).is_some_and(|ordering| {
                ordering == *direction || (*or_equal && ordering == Ordering::Equal)
            }),
            Self::Match {
                pattern,
                is_negated,
            } => value
                .as_str()
                .is_some_and(|text| pattern.is_match(text) != *is_negated),
        }
    }
}

impl Operand {
    fn includes(&self, value: &Value) -> bool {
        match self {
            Self::Single(literal) => literal.compare(value) == Some(Ordering::Equal),
            Self::Range(from, to) => {
                from.compare(value).is_some_and(Ordering::is_ge)
                    && to.compare(value).is_some_and(Ordering::is_le)
            }
        }
    }
}

impl Literal {
    /// How a value stands to this literal; `None` when the two cannot be compared.
    fn compare(&self, value: &Value) -> Option<Ordering> {
        match self {
            Self::Number(number) => value.as_f64()?.partial_cmp(number),
            Self::Bool(flag) => value.as_bool().map(|value| value.cmp(flag)),
            Self::Time(time) => {
                let value: Timestamp = value.as_str()?.parse().ok()?;
                Some(value.cmp(time))
            }
            Self::Text(text) => value.as_str().map(|value| value.cmp(text.as_str())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::Diagnostics;
    use crate::model::Context;

    fn entity() -> Entity {
        let value = json!({
            "id": "urn:s:1", "type": "Sensor",
            "temperature": {"type": "Property", "value": 21.5, "unitCode": "CEL",
                "observedAt": "2026-11-22T06:05:00Z", "accuracy": {"type": "Property", "value": 0.5}},
            "status": {"type": "Property", "value": "ok (2)"},
            "tags": {"type": "Property", "value": ["park", "river"]},
            "address": {"type": "Property", "value": {"city": "Bonn", "geo": {"zip": "53113"}}},
            "isOn": {"type": "Property", "value": true},
            "refBuilding": {"type": "Relationship", "object": "urn:ngsi-ld:Building:7"},
            "name": {"type": "LanguageProperty", "languageMap": {"en": "Roof", "de": "Dach"}}
        });
        Entity::from_value(value, &Context::core(), &mut Diagnostics::new()).unwrap()
    }

    #[test]
    fn conditions_hold_or_not() {
        let entity = entity();
        for (q, expected) in [
            ("temperature", true),
            ("humidity", false),
            ("temperature>21", true),
            ("temperature>=21.5;temperature<22", true),
            ("temperature<21|isOn==true", true),
            ("temperature<21;isOn==true|status==\"ok (2)\"", true),
            ("temperature<21;(isOn==true|status==\"ok (2)\")", false),
            ("temperature==20..22", true),
            ("temperature==1,2,21.5", true),
            ("temperature!=20", true),
            ("humidity!=20", false),
            ("temperature!=20..22", false),
            ("status~=^ok", true),
            ("status!~=^ok", false),
            ("tags==\"river\"", true),
            ("tags!=\"river\"", false),
            ("address[city]==\"Bonn\"", true),
            ("address[geo][zip]=='53113'", true),
            ("address[street]", false),
            ("temperature.accuracy<=0.5", true),
            ("temperature.unitCode==\"CEL\"", true),
            ("temperature.observedAt>=2026-11-22T06:03:00Z", true),
            ("temperature.observedAt<2026-11-22T07:03:00+01:00", false),
            ("refBuilding==\"urn:ngsi-ld:Building:7\"", true),
            ("refBuilding==urn:ngsi-ld:Building:7", true),
            ("name[de]==\"Dach\"", true),
            ("status==21", false),
        ] {
            assert_eq!(Condition::parse(q).unwrap().holds(&entity), expected, "{q}");
        }
    }
}
