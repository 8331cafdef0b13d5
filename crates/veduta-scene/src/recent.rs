//! The list of scenes opened lately. Where it is stored is the app's affair.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// One line of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecentScene {
    /// Path or address it was opened from; the key of the list.
    pub location: String,
    /// Its title when it was opened.
    pub title: String,
    /// When it was opened last.
    pub opened_at: Timestamp,
}

/// Scenes opened lately, the last one first, each location once.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RecentScenes {
    entries: Vec<RecentScene>,
}

impl RecentScenes {
    /// More than this are forgotten, the oldest first.
    pub const LIMIT: usize = 12;

    /// Puts a scene in front; an older entry of the same location goes.
    pub fn push(&mut self, scene: RecentScene) {
        self.remove(&scene.location);
        self.entries.insert(0, scene);
        self.entries.truncate(Self::LIMIT);
    }

    /// Forgets a location; whether it was there.
    pub fn remove(&mut self, location: &str) -> bool {
        let before = self.entries.len();
        self.entries.retain(|entry| entry.location != location);
        self.entries.len() < before
    }

    /// The entries, the last opened first.
    pub fn entries(&self) -> &[RecentScene] {
        &self.entries
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opened(location: &str, second: i64) -> RecentScene {
        RecentScene {
            location: location.to_owned(),
            title: format!("{location} at {second}"),
            opened_at: Timestamp::from_second(second).unwrap(),
        }
    }

    #[test]
    fn opening_again_moves_to_the_front_with_the_new_title() {
        let mut recent = RecentScenes::default();
        for (second, location) in ["a", "b", "a"].into_iter().enumerate() {
            recent.push(opened(location, second as i64));
        }
        let titles: Vec<_> = recent
            .entries()
            .iter()
            .map(|entry| entry.title.as_str())
            .collect();
        assert_eq!(titles, ["a at 2", "b at 1"]);
    }

    #[test]
    fn the_oldest_are_forgotten() {
        let mut recent = RecentScenes::default();
        for second in 0..20 {
            recent.push(opened(&format!("scene {second}"), second));
        }
        assert_eq!(recent.entries().len(), RecentScenes::LIMIT);
        assert_eq!(recent.entries()[0].location, "scene 19");
        assert!(recent.remove("scene 19"));
        assert!(!recent.remove("scene 0"));
    }

    #[test]
    fn it_survives_being_stored() {
        let mut recent = RecentScenes::default();
        recent.push(opened("ä/città.toml", 5));
        let text = serde_json::to_string(&recent).unwrap();
        assert_eq!(serde_json::from_str::<RecentScenes>(&text).unwrap(), recent);
    }
}
