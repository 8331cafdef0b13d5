//! The current state of entities, and what changes it (ETSI GS CIM 009, 5.6). Every change is kept in the history and
//! described, so that subscribers can be told.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;

use super::history::History;
use super::options::BrokerOptions;
use super::problem::Problem;
use crate::model::{AttributeInstance, AttributeKind, Attributes, Entity};

/// Entities of a tenant.
#[derive(Debug)]
pub(super) struct EntityStore {
    entities: BTreeMap<String, Arc<Entity>>,
    pub history: History,
}

/// What happened to an entity.
#[derive(Debug, Clone)]
pub(super) struct Change {
    /// As it is now; for a deletion, as it was.
    pub entity: Arc<Entity>,
    pub is_entity_created: bool,
    /// When it was deleted.
    pub deleted_at: Option<Timestamp>,
    /// Names of attributes.
    pub created: Vec<String>,
    pub updated: Vec<String>,
    pub deleted: Vec<String>,
}

/// How attributes that are there already are treated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Existing {
    /// Become what is given.
    Replace,
    /// Stay as they are.
    Keep,
    /// Only these are changed; others are not added.
    ReplaceOnly,
    /// Take over the members given, keep the others.
    Merge,
}

impl EntityStore {
    pub fn new(options: &BrokerOptions) -> Self {
        Self {
            entities: BTreeMap::new(),
            history: History::new(options),
        }
    }

    pub fn get(&self, id: &str) -> Option<&Arc<Entity>> {
        self.entities.get(id)
    }

    /// All entities in the order of their ids.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Entity>> {
        self.entities.values()
    }

    /// Adds an entity that is not there yet.
    pub fn create(&mut self, mut entity: Entity, now: Timestamp) -> Result<Change, Problem> {
        if self.entities.contains_key(&entity.id) {
            return Err(Problem::already_exists(&entity.id));
        }
        entity.created_at = Some(now);
        Ok(self.insert(entity, now, true))
    }

    /// Puts an entity in the place of the one that is there.
    pub fn replace(&mut self, mut entity: Entity, now: Timestamp) -> Result<Change, Problem> {
        let known = self.find(&entity.id)?;
        entity.created_at = known.created_at;
        let before: Vec<String> = known.attributes.keys().cloned().collect();
        let mut change = self.insert(entity, now, false);
        let after = &change.entity.attributes;
        change.deleted = before
            .iter()
            .filter(|name| !after.contains_key(*name))
            .cloned()
            .collect();
        (change.updated, change.created) = change
            .created
            .into_iter()
            .partition(|name| before.contains(name));
        Ok(change)
    }

    fn insert(&mut self, mut entity: Entity, now: Timestamp, is_entity_created: bool) -> Change {
        entity.modified_at = Some(now);
        entity.attributes.retain(|_, instances| {
            instances.retain(|instance| !instance.is_deleted());
            !instances.is_empty()
        });
        for (name, instances) in &mut entity.attributes {
            for instance in instances {
                instance.created_at = Some(now);
                instance.modified_at = Some(now);
                self.history
                    .record(&entity.id, &entity.entity_types, name, instance.clone());
            }
        }
        let created = entity.attributes.keys().cloned().collect();
        let entity = Arc::new(entity);
        self.entities.insert(entity.id.clone(), entity.clone());
        Change {
            entity,
            is_entity_created,
            deleted_at: None,
            created,
            updated: Vec::new(),
            deleted: Vec::new(),
        }
    }

    /// Writes attributes of an entity; answers also the names that were left alone.
    pub fn write_attributes(
        &mut self,
        id: &str,
        types: &[String],
        attributes: Attributes,
        existing: Existing,
        now: Timestamp,
    ) -> Result<(Change, Vec<String>), Problem> {
        let Some(stored) = self.entities.get_mut(id) else {
            return Err(Problem::not_found(format!("the entity '{id}'")));
        };
        let entity = Arc::make_mut(stored);
        let mut change = Change {
            entity: Arc::new(Entity::new("", "")),
            is_entity_created: false,
            deleted_at: None,
            created: Vec::new(),
            updated: Vec::new(),
            deleted: Vec::new(),
        };
        let mut untouched = Vec::new();
        entity.modified_at = Some(now);
        for name in types {
            if !entity.entity_types.contains(name) {
                entity.entity_types.push(name.clone());
            }
        }
        for (name, instances) in attributes {
            let is_known = entity.attributes.contains_key(&name);
            let is_refused = match existing {
                Existing::Keep => is_known,
                Existing::ReplaceOnly => !is_known,
                Existing::Replace | Existing::Merge => false,
            };
            if is_refused {
                untouched.push(name);
                continue;
            }
            let known = entity.attributes.entry(name.clone()).or_default();
            for instance in instances {
                if let Some(written) = write_instance(known, instance, existing, now) {
                    self.history
                        .record(id, &entity.entity_types, &name, written.clone());
                }
            }
            if known.is_empty() {
                entity.attributes.remove(&name);
                if is_known {
                    change.deleted.push(name);
                }
            } else if is_known {
                change.updated.push(name);
            } else {
                change.created.push(name);
            }
        }
        change.entity = stored.clone();
        Ok((change, untouched))
    }

    /// Removes instances of an attribute: the default one, the one named, or all.
    pub fn delete_attribute(
        &mut self,
        id: &str,
        name: &str,
        dataset_id: Option<&str>,
        is_all: bool,
        now: Timestamp,
    ) -> Result<Change, Problem> {
        let missing = || Problem::not_found(format!("the attribute '{name}' of '{id}'"));
        let stored = self
            .entities
            .get_mut(id)
            .ok_or_else(|| Problem::not_found(format!("the entity '{id}'")))?;
        let entity = Arc::make_mut(stored);
        let known = entity.attributes.get_mut(name).ok_or_else(missing)?;
        let before = known.len();
        known.retain(|instance| !is_all && instance.dataset_id.as_deref() != dataset_id);
        if known.len() == before {
            return Err(missing());
        }
        let is_gone = known.is_empty();
        if is_gone {
            entity.attributes.remove(name);
        }
        entity.modified_at = Some(now);
        let names = |is_meant: bool| {
            if is_meant {
                vec![name.to_owned()]
            } else {
                Vec::new()
            }
        };
        Ok(Change {
            entity: stored.clone(),
            is_entity_created: false,
            deleted_at: None,
            created: Vec::new(),
            updated: names(!is_gone),
            deleted: names(is_gone),
        })
    }

    /// Removes an entity. Its history stays.
    pub fn delete(&mut self, id: &str, now: Timestamp) -> Result<Change, Problem> {
        let entity = self
            .entities
            .remove(id)
            .ok_or_else(|| Problem::not_found(format!("the entity '{id}'")))?;
        Ok(Change {
            deleted: entity.attributes.keys().cloned().collect(),
            entity,
            is_entity_created: false,
            deleted_at: Some(now),
            created: Vec::new(),
            updated: Vec::new(),
        })
    }

    fn find(&self, id: &str) -> Result<&Arc<Entity>, Problem> {
        self.entities
            .get(id)
            .ok_or_else(|| Problem::not_found(format!("the entity '{id}'")))
    }
}

/// Writes one instance among those known; `None` when it was a deletion.
fn write_instance(
    known: &mut Vec<AttributeInstance>,
    mut instance: AttributeInstance,
    existing: Existing,
    now: Timestamp,
) -> Option<&AttributeInstance> {
    let at = known
        .iter()
        .position(|k| k.dataset_id == instance.dataset_id);
    if instance.is_deleted() {
        if let Some(at) = at {
            known.remove(at);
        }
        return None;
    }
    instance.modified_at = Some(now);
    let Some(at) = at else {
        instance.created_at = Some(now);
        known.push(instance);
        return known.last();
    };
    let earlier = &mut known[at];
    instance.created_at = earlier.created_at;
    if existing == Existing::Merge {
        merge_members(earlier, instance);
    } else {
        *earlier = instance;
    }
    Some(earlier)
}

/// What is given replaces what was; what is not given stays (5.6.4, 5.6.17).
fn merge_members(earlier: &mut AttributeInstance, later: AttributeInstance) {
    earlier.kind = match (
        std::mem::replace(&mut earlier.kind, AttributeKind::Null),
        later.kind,
    ) {
        // A value given alone keeps the kind that the attribute has.
        (
            AttributeKind::Relationship(_),
            AttributeKind::Property(serde_json::Value::String(id)),
        ) => AttributeKind::Relationship(vec![id]),
        (_, kind) => kind,
    };
    earlier.observed_at = later.observed_at.or(earlier.observed_at);
    earlier.unit_code = later.unit_code.or(earlier.unit_code.take());
    earlier.modified_at = later.modified_at;
    earlier.other_members.extend(later.other_members);
    earlier.sub_attributes.extend(later.sub_attributes);
}
