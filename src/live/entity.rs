//! One NGSI-LD entity as one ECS entity.

use bevy::prelude::*;
use glam::DVec3;

/// A live entity with what the last message said of it.
#[derive(Component, Debug, Clone)]
pub struct LiveEntity {
    /// Merged state.
    pub entity: ngsild::Entity,
    /// Which broker it comes from, an index into the scene's links.
    pub broker: usize,
    /// Where it is; `None` for entities without a location.
    pub place_enu: Option<DVec3>,
    /// Identifier of the city object it belongs to.
    pub object_id: Option<String>,
}

impl LiveEntity {
    /// A name for people: `name`, else the last part of the URN.
    pub fn display_name(&self) -> String {
        let named = self.entity.text_value("name");
        named.map_or_else(
            || {
                let id = &self.entity.id;
                id.rsplit(':').next().unwrap_or(id).to_owned()
            },
            str::to_owned,
        )
    }

    /// True when its provider says that it is made up.
    pub fn is_synthetic(&self) -> bool {
        self.entity
            .text_value("dataProvider")
            .is_some_and(|provider| provider.contains("synthetic"))
    }

    /// City objects it refers to, as they are named there.
    pub fn referred_objects(&self) -> impl Iterator<Item = &str> {
        const REFERENCES: [&str; 4] = [
            "refBuilding",
            "controlledAsset",
            "refPointOfInterest",
            "isLocatedIn",
        ];
        let targets = REFERENCES
            .iter()
            .flat_map(|name| self.entity.relationship_targets(name));
        // The URN of a building ends in its identifier in the city model.
        targets.map(|urn| urn.strip_prefix("urn:ngsi-ld:Building:").unwrap_or(urn))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ngsild::AttributeInstance;

    #[test]
    fn a_building_is_found_by_its_urn() {
        let entity = ngsild::Entity::new(
            "urn:ngsi-ld:IndoorEnvironmentObserved:school-2",
            "IndoorEnvironmentObserved",
        )
        .with(
            "refBuilding",
            AttributeInstance::relationship("urn:ngsi-ld:Building:bldg-0042"),
        );
        let live = LiveEntity {
            entity,
            broker: 0,
            place_enu: None,
            object_id: None,
        };
        assert_eq!(live.referred_objects().collect::<Vec<_>>(), ["bldg-0042"]);
        assert_eq!(live.display_name(), "school-2");
    }
}
