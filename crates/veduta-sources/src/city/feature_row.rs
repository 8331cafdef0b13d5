//! What a row of the feature table says, apart from geometry.

use citygml_rs::{Attribute, AttributeValue, CityObject, Relation};
use tiles3d::{Feature, FeatureAttribute, FeatureValue};

use super::lifespan::lifespan_ms;
use super::rows::Row;

/// Box of a feature without geometry: min above max.
pub(crate) const EMPTY_BOUNDS: [[f32; 3]; 2] = [[f32::INFINITY; 3], [f32::NEG_INFINITY; 3]];

/// The row of an object or of another level of it. Variants carry only what tells them apart.
pub(crate) fn feature_row(row: &Row<'_>) -> Feature {
    let object = row.object;
    let common = Feature {
        id: object.id.clone(),
        object_type: object.object_type.clone(),
        parent: row.parent.map(|index| index as u32),
        variant_of: row.variant_of.map(|index| index as u32),
        lod: row.lod,
        is_interior: row.is_interior,
        bounds_local: EMPTY_BOUNDS,
        ..Feature::default()
    };
    if row.variant_of.is_some() {
        return common;
    }
    Feature {
        name: object.name.clone(),
        address: object.address.clone(),
        attributes: attributes(&object.attributes)
            .into_iter()
            .chain(further_addresses(object))
            .collect(),
        relations: relations(object),
        lifespan_ms: lifespan_ms(object),
        ..common
    }
}

/// Addresses after the first one: a corner house has one on each street.
fn further_addresses(object: &CityObject) -> impl Iterator<Item = FeatureAttribute> + '_ {
    let lines = object.addresses.iter().skip(1);
    lines
        .filter_map(|address| address.line.clone())
        .map(|line| FeatureAttribute {
            name: "address".to_owned(),
            value: FeatureValue::Text(line),
            unit: None,
        })
}

/// Attributes in source order.
pub(crate) fn attributes(attributes: &[Attribute]) -> Vec<FeatureAttribute> {
    attributes
        .iter()
        .map(|attribute| FeatureAttribute {
            name: attribute.name.clone(),
            value: match &attribute.value {
                AttributeValue::Integer(value) => FeatureValue::Number(*value as f64),
                AttributeValue::Number(value) => FeatureValue::Number(*value),
                AttributeValue::Boolean(value) => FeatureValue::Boolean(*value),
                AttributeValue::Text(value) => FeatureValue::Text(value.clone()),
            },
            unit: attribute.uom.clone(),
        })
        .collect()
}

/// References of an object; members that stand inside a group are referred to like those elsewhere.
fn relations(object: &CityObject) -> Vec<(String, String)> {
    let written = object
        .relations
        .iter()
        .map(|Relation { role, href }| (role.to_string(), target_id(href).to_owned()));
    let inside = object
        .children
        .iter()
        .filter(|_| object.object_type == "CityObjectGroup")
        .map(|member| {
            let role = member.role.as_deref().unwrap_or("groupMember");
            (role.to_owned(), member.id.clone())
        });
    written.chain(inside).collect()
}

/// The identifier that a reference ends in: `#id`, `file.gml#id`, a key.
fn target_id(href: &str) -> &str {
    href.rsplit_once('#').map_or(href, |(_, id)| id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::city::rows::{Wanted, rows};

    #[test]
    fn a_group_refers_to_members_elsewhere_and_inside() {
        let group = CityObject {
            id: "quarter".into(),
            object_type: "CityObjectGroup".into(),
            relations: vec![Relation {
                role: "groupMember".into(),
                href: "other.gml#house".into(),
            }],
            children: vec![CityObject {
                id: "tree".into(),
                object_type: "SolitaryVegetationObject".into(),
                ..CityObject::default()
            }],
            ..CityObject::default()
        };
        let wanted = Wanted {
            max_lod: 3,
            everything: true,
        };
        let row = feature_row(&rows(&group, wanted)[0]);
        let members: Vec<&str> = row.relations.iter().map(|(_, id)| id.as_str()).collect();
        assert_eq!(members, ["house", "tree"]);
        assert!(row.relations.iter().all(|(role, _)| role == "groupMember"));
    }

    #[test]
    fn a_corner_house_keeps_all_its_addresses() {
        let house = CityObject {
            address: Some("Main Street 1".into()),
            addresses: ["Main Street 1", "Side Street 2"]
                .map(|line| citygml_rs::Address {
                    line: Some(line.into()),
                    ..citygml_rs::Address::default()
                })
                .to_vec(),
            ..CityObject::default()
        };
        let wanted = Wanted {
            max_lod: 3,
            everything: false,
        };
        let row = feature_row(&rows(&house, wanted)[0]);
        assert_eq!(row.address.as_deref(), Some("Main Street 1"));
        assert_eq!(row.attributes.len(), 1);
        assert_eq!(
            row.attributes[0].value,
            FeatureValue::Text("Side Street 2".into())
        );
    }
}
