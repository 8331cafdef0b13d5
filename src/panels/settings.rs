//! What is kept between runs: looks, layout, recent scenes. Where screenshots go.

use std::path::{Path, PathBuf};

use bevy::prelude::*;
use veduta_panels::{WindowState, language::Locale};
use veduta_scene::{RecentScene, RecentScenes};

use super::{
    PanelMemory,
    looks::{SceneLook, SceneLooks},
};

const WINDOW_FILE: &str = "window.json";
const RECENT_FILE: &str = "recent.json";
const LOOKS_FILE: &str = "looks.json";

/// The user's folders, the list of recent scenes and how scenes were looked at.
#[derive(Resource, Debug)]
pub struct UserFiles {
    folder: Option<PathBuf>,
    pictures: PathBuf,
    recent: RecentScenes,
    looks: SceneLooks,
}

impl Default for UserFiles {
    fn default() -> Self {
        // `VEDUTA_CONFIG` is for tests and for installations without a home.
        let folder = std::env::var_os("VEDUTA_CONFIG")
            .map(PathBuf::from)
            .or_else(|| {
                let project = directories::ProjectDirs::from("", "", "veduta")?;
                Some(project.config_dir().to_owned())
            });
        let pictures = directories::UserDirs::new()
            .and_then(|user| user.picture_dir().map(Path::to_owned))
            .unwrap_or_else(|| PathBuf::from("."));
        let recent = folder
            .as_ref()
            .and_then(|folder| read_json(&folder.join(RECENT_FILE)))
            .unwrap_or_default();
        let looks = folder
            .as_ref()
            .and_then(|folder| read_json(&folder.join(LOOKS_FILE)))
            .unwrap_or_default();
        Self {
            folder,
            pictures,
            recent,
            looks,
        }
    }
}

impl UserFiles {
    /// Where screenshots are written.
    pub fn pictures(&self) -> &Path {
        &self.pictures
    }

    /// Scenes opened lately.
    pub fn recent(&self) -> &RecentScenes {
        &self.recent
    }

    /// Puts a scene in front of the list.
    pub fn remember(&mut self, scene: RecentScene) {
        self.recent.push(scene);
        self.write(RECENT_FILE, &self.recent);
    }

    /// Takes a scene out of the list.
    pub fn forget(&mut self, location: &str) {
        if self.recent.remove(location) {
            self.write(RECENT_FILE, &self.recent);
        }
    }

    /// How a scene was looked at last.
    pub fn look(&self, scene: &str) -> SceneLook {
        self.looks.of(scene)
    }

    /// Keeps how a scene is looked at.
    pub fn set_look(&mut self, scene: &str, look: SceneLook) {
        self.looks.set(scene, look);
        self.write(LOOKS_FILE, &self.looks);
    }

    /// Looks and layout as they were left; in the desktop's language at first.
    pub fn read_window_state(&self) -> WindowState {
        let stored = self
            .folder
            .as_ref()
            .and_then(|folder| read_json(&folder.join(WINDOW_FILE)));
        stored.unwrap_or_else(|| {
            let mut state = WindowState::default();
            state.settings.language = Locale::from_system();
            state
        })
    }

    /// Keeps looks and layout.
    pub fn write_window_state(&self, text: &str) {
        self.write_text(WINDOW_FILE, text);
    }

    fn write<T: serde::Serialize>(&self, name: &str, value: &T) {
        match serde_json::to_string_pretty(value) {
            Ok(text) => self.write_text(name, &text),
            Err(error) => warn!("{name} cannot be written: {error}"),
        }
    }

    fn write_text(&self, name: &str, text: &str) {
        let Some(folder) = self.folder.as_ref().filter(|_| !text.is_empty()) else {
            return;
        };
        let path = folder.join(name);
        let unfinished = folder.join(format!("{name}.part"));
        let written = std::fs::create_dir_all(folder)
            .and_then(|()| std::fs::write(&unfinished, text))
            .and_then(|()| std::fs::rename(&unfinished, &path));
        if let Err(error) = written {
            warn!(
                "settings are not kept, {} cannot be written: {error}",
                path.display()
            );
        }
    }
}

/// A file that is missing is no news; one that is broken is said and replaced.
fn read_json<T: serde::de::DeserializeOwned>(path: &Path) -> Option<T> {
    let text = std::fs::read_to_string(path).ok()?;
    match serde_json::from_str(&text) {
        Ok(value) => Some(value),
        Err(error) => {
            warn!(
                "{} is not understood and starts anew: {error}",
                path.display()
            );
            None
        }
    }
}

/// Looks and layout as text.
pub(super) fn window_state_text(state: &WindowState) -> String {
    serde_json::to_string_pretty(state).unwrap_or_else(|error| {
        warn!("looks and layout cannot be written: {error}");
        String::new()
    })
}

/// Keeps looks and layout when the program ends.
pub(super) fn save_on_exit(
    mut exits: MessageReader<AppExit>,
    files: Res<UserFiles>,
    memory: NonSend<PanelMemory>,
) {
    if exits.read().next().is_some() {
        files.write_window_state(&window_state_text(&memory.0));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_comes_back_and_rubbish_does_not_hurt() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut files = UserFiles {
            folder: Some(folder.path().to_owned()),
            pictures: PathBuf::new(),
            recent: RecentScenes::default(),
            looks: SceneLooks::default(),
        };
        let mut state = WindowState::default();
        state.settings.interface_scale = 1.5;
        files.write_window_state(&window_state_text(&state));
        assert_eq!(files.read_window_state().settings.interface_scale, 1.5);
        std::fs::write(folder.path().join(WINDOW_FILE), "{ not json").expect("written");
        assert_eq!(files.read_window_state().settings.interface_scale, 1.0);
        files.remember(RecentScene {
            location: "a.gml".to_owned(),
            title: "A".to_owned(),
            opened_at: jiff::Timestamp::UNIX_EPOCH,
        });
        let kept: Option<RecentScenes> = read_json(&folder.path().join(RECENT_FILE));
        assert_eq!(kept.map(|recent| recent.entries().len()), Some(1));
    }
}
