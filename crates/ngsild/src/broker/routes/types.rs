//! `/types` and `/attributes`: what there is (ETSI GS CIM 009, 5.7.5 to 5.7.8).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Value, json};

use crate::broker::problem::Problem;
use crate::broker::request::Head;
use crate::broker::tenant::Shared;
use crate::model::Context;

/// Names, each with the names that go with it.
type Names = BTreeMap<String, BTreeSet<String>>;

/// Types and the attributes of each.
pub(super) async fn types(
    State(shared): State<Arc<Shared>>,
    head: Head,
) -> Result<Response, Problem> {
    let names = collect(&shared, &head, |names, entity_type, attribute| {
        let attributes = names.entry(entity_type.to_owned()).or_default();
        attributes.extend(attribute.map(str::to_owned));
    })?;
    Ok(answer(
        &head,
        &names,
        "EntityType",
        "typeName",
        "attributeNames",
        "typeList",
    ))
}

/// Attributes and the types of each.
pub(super) async fn attributes(
    State(shared): State<Arc<Shared>>,
    head: Head,
) -> Result<Response, Problem> {
    let names = collect(&shared, &head, |names, entity_type, attribute| {
        if let Some(attribute) = attribute {
            names
                .entry(attribute.to_owned())
                .or_default()
                .insert(entity_type.to_owned());
        }
    })?;
    Ok(answer(
        &head,
        &names,
        "Attribute",
        "attributeName",
        "typeNames",
        "attributeList",
    ))
}

fn collect(
    shared: &Shared,
    head: &Head,
    mut add: impl FnMut(&mut Names, &str, Option<&str>),
) -> Result<Names, Problem> {
    head.allow(&["details"])?;
    shared.read(&head.tenant, |tenant| {
        let mut names = Names::new();
        for entity in tenant.store.iter() {
            for entity_type in &entity.entity_types {
                add(&mut names, entity_type, None);
                for attribute in entity.attributes.keys() {
                    add(&mut names, entity_type, Some(attribute));
                }
            }
        }
        Ok(names)
    })
}

fn answer(
    head: &Head,
    names: &Names,
    kind: &str,
    name_member: &str,
    others_member: &str,
    list_member: &str,
) -> Response {
    let context = Context::core();
    let body: Value = if head.flag("details") {
        names
            .iter()
            .map(|(name, others)| {
                json!({"id": context.expand(name), "type": kind, name_member: name, others_member: others})
            })
            .collect()
    } else {
        let list: Vec<&String> = names.keys().collect();
        json!({"id": format!("urn:ngsi-ld:{kind}List:all"), "type": format!("{kind}List"), list_member: list})
    };
    head.media_type.answer(StatusCode::OK, body)
}
