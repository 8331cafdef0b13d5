//! How each scene was looked at last: its theme, and whether dates count.

use std::collections::BTreeMap;

use bevy::prelude::*;
use serde::{Deserialize, Serialize};
use veduta_panels::SurfaceLook;

use super::UserFiles;
use crate::{city::Appearance, compare::CityHistory, stream::StreamState};

/// More scenes than this are forgotten, those opened longest ago first.
const MAX_SCENES: usize = 100;

/// The looks of a scene.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SceneLook {
    /// What surfaces look like.
    pub surfaces: SurfaceLook,
    /// Objects are shown only while they exist.
    pub dates_obeyed: bool,
    /// Counts up with every scene that is looked at.
    turn: u64,
}

impl Default for SceneLook {
    fn default() -> Self {
        Self {
            surfaces: SurfaceLook::Automatic,
            dates_obeyed: true,
            turn: 0,
        }
    }
}

/// Looks by scene, as they are stored.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SceneLooks(BTreeMap<String, SceneLook>);

impl SceneLooks {
    /// The looks of a scene; the default where it was never changed.
    pub fn of(&self, scene: &str) -> SceneLook {
        self.0.get(scene).cloned().unwrap_or_default()
    }

    /// Keeps the looks of a scene.
    pub fn set(&mut self, scene: &str, look: SceneLook) {
        let latest = self.0.values().map(|look| look.turn).max().unwrap_or(0);
        let look = SceneLook {
            turn: latest + 1,
            ..look
        };
        self.0.insert(scene.to_owned(), look);
        while self.0.len() > MAX_SCENES {
            let oldest = self.0.iter().min_by_key(|(_, look)| look.turn);
            let Some(oldest) = oldest.map(|(scene, _)| scene.clone()) else {
                break;
            };
            self.0.remove(&oldest);
        }
    }
}

/// What tells a scene from others: where its sources are.
fn key_of(stream: &StreamState) -> String {
    let places = stream
        .sources
        .iter()
        .map(|source| source.location.to_string());
    places.collect::<Vec<_>>().join("\n")
}

/// Keeps the looks of the open scene.
pub(super) fn remember(world: &mut World) {
    let key = key_of(world.resource::<StreamState>());
    let look = SceneLook {
        surfaces: world.resource::<Appearance>().chosen().clone(),
        dates_obeyed: world.resource::<CityHistory>().obeyed,
        turn: 0,
    };
    world.resource_mut::<UserFiles>().set_look(&key, look);
}

/// Looks at a scene that was just opened as it was looked at last.
pub(super) fn recall(
    stream: Res<StreamState>,
    files: Res<UserFiles>,
    mut appearance: ResMut<Appearance>,
    mut history: ResMut<CityHistory>,
    mut recalled: Local<String>,
) {
    let key = if stream.scene.is_some() {
        key_of(&stream)
    } else {
        String::new()
    };
    if *recalled == key {
        return;
    }
    if !key.is_empty() {
        let look = files.look(&key);
        appearance.choose(look.surfaces);
        history.obeyed = look.dates_obeyed;
    }
    *recalled = key;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looks_are_kept_by_scene_and_the_oldest_go() {
        let mut looks = SceneLooks::default();
        let neutral = SceneLook {
            surfaces: SurfaceLook::Neutral,
            ..SceneLook::default()
        };
        looks.set("first", neutral.clone());
        for scene in 0..MAX_SCENES {
            looks.set(&scene.to_string(), neutral.clone());
        }
        assert_eq!(looks.of("first"), SceneLook::default());
        assert_eq!(looks.of("0").surfaces, SurfaceLook::Neutral);
        let stored = serde_json::to_string(&looks).expect("plain data");
        let theme = r#"{"a":{"surfaces":{"theme":"photo"}}}"#;
        let read: SceneLooks = serde_json::from_str(theme).expect("as it is stored");
        assert_eq!(
            read.of("a").surfaces,
            SurfaceLook::Theme("photo".to_owned())
        );
        assert_eq!(
            serde_json::from_str::<SceneLooks>(&stored).ok(),
            Some(looks)
        );
    }
}
