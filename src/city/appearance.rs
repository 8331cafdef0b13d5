//! Appearance: which theme of the sources is drawn, or the surfaces by what they are.
//!
//! Meshes of a theme and the plain ones that they stand for lie on render layers; choosing a theme moves them there
//! or away. That a tile is shown at all is a matter of its visibility, which selection decides.

use std::sync::Arc;

use bevy::{camera::visibility::RenderLayers, prelude::*};
use tiles3d::TileContent;
use veduta_panels::{SurfaceLook, theme};

use super::{feature_state::Side, features::CityFeatures, look::CityLook};

/// The choice, and what there is to choose from.
#[derive(Resource, Debug, Default)]
pub struct Appearance {
    chosen: SurfaceLook,
    themes: Vec<Theme>,
    read_revision: u64,
}

/// A theme of the loaded tiles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Theme {
    /// As the source calls it.
    pub name: String,
    /// It has pictures, not only colours.
    pub has_textures: bool,
}

impl Appearance {
    /// What was chosen.
    pub fn chosen(&self) -> &SurfaceLook {
        &self.chosen
    }

    /// Chooses.
    pub fn choose(&mut self, look: SurfaceLook) {
        self.chosen = look;
    }

    /// Themes of everything loaded, in the order met.
    pub fn themes(&self) -> &[Theme] {
        &self.themes
    }

    /// What is drawn: never [`SurfaceLook::Automatic`], and never a theme that nothing loaded has.
    pub fn shown(&self) -> SurfaceLook {
        let first_textured = || {
            let mut textured = self.themes.iter().filter(|theme| theme.has_textures);
            textured
                .next()
                .map(|theme| SurfaceLook::Theme(theme.name.clone()))
        };
        match &self.chosen {
            SurfaceLook::Automatic => first_textured().unwrap_or(SurfaceLook::Semantic),
            SurfaceLook::Theme(name) if !self.themes.iter().any(|theme| theme.name == *name) => {
                SurfaceLook::Semantic
            }
            chosen => chosen.clone(),
        }
    }

    /// Takes in themes of tiles that came; tells whether there are others than before. Themes stay in the list while
    /// any tile is loaded, so that the choice does not jump when one of them goes.
    pub fn read_themes(&mut self, city: &CityFeatures) -> bool {
        if self.read_revision == city.revision() {
            return false;
        }
        self.read_revision = city.revision();
        let before = self.themes.clone();
        if city.is_empty() {
            self.themes.clear();
        }
        for (_, tile) in city.tiles() {
            self.read_themes_of(&tile.content);
        }
        before != self.themes
    }

    fn read_themes_of(&mut self, content: &TileContent) {
        for (index, name) in content.themes.iter().enumerate() {
            let of_theme = |mesh: &&tiles3d::TileMesh| mesh.theme.map(usize::from) == Some(index);
            let mut meshes = content.meshes.iter().filter(of_theme);
            let has_textures = meshes.any(|mesh| mesh.base_color_texture.is_some());
            match self.themes.iter_mut().find(|theme| theme.name == *name) {
                Some(known) => known.has_textures |= has_textures,
                None => self.themes.push(Theme {
                    name: name.clone(),
                    has_textures,
                }),
            }
        }
    }
}

/// A mesh that only some themes show.
#[derive(Component, Debug, Clone)]
pub struct ThemedMesh {
    /// Its side of the window.
    pub side: Side,
    /// The theme it belongs to, an index into the tile's themes; `None` for a plain one.
    pub theme: Option<u16>,
    /// Themes that have a mesh of their own for it, one bit each.
    pub replaced_in: u64,
    /// Its tile.
    pub content: Arc<TileContent>,
}

impl ThemedMesh {
    /// The render layers on which it lies while a theme is shown.
    pub fn layers(&self, shown: &SurfaceLook) -> RenderLayers {
        let chosen = match shown {
            SurfaceLook::Theme(name) => self.content.themes.iter().position(|own| own == name),
            SurfaceLook::Automatic | SurfaceLook::Semantic | SurfaceLook::Neutral => None,
        };
        let is_drawn = match self.theme {
            Some(own) => chosen == Some(usize::from(own)),
            None => chosen.is_none_or(|at| at >= 64 || self.replaced_in >> at & 1 == 0),
        };
        if is_drawn {
            self.side.layers()
        } else {
            RenderLayers::none()
        }
    }
}

/// Shows the chosen theme on all tiles, those that just came among them.
pub fn dress_city(
    city: Res<CityFeatures>,
    mut appearance: ResMut<Appearance>,
    mut look: ResMut<CityLook>,
    mut themed: Query<(Ref<ThemedMesh>, &mut RenderLayers)>,
    mut dressed_as: Local<Option<SurfaceLook>>,
) {
    // Only a change that matters may count as one.
    appearance.bypass_change_detection().read_themes(&city);
    let shown = appearance.shown();
    let is_other = dressed_as.as_ref() != Some(&shown);
    for (mesh, mut layers) in &mut themed {
        if is_other || mesh.is_added() {
            layers.set_if_neq(mesh.layers(&shown));
        }
    }
    if is_other {
        let plain = shown == SurfaceLook::Neutral;
        let palette = if plain {
            &theme::surface::NEUTRAL
        } else {
            &theme::surface::PALETTE
        };
        look.set_colours(plain, palette);
        *dressed_as = Some(shown);
    }
}

#[cfg(test)]
mod tests {
    use tiles3d::TileMesh;

    use super::*;

    fn content() -> TileContent {
        TileContent {
            themes: vec!["solar".to_owned(), "photo".to_owned()],
            meshes: vec![
                TileMesh {
                    replaced_in: 0b10,
                    ..TileMesh::default()
                },
                TileMesh {
                    theme: Some(0),
                    ..TileMesh::default()
                },
                TileMesh {
                    theme: Some(1),
                    base_color_texture: Some(Arc::new(Vec::new())),
                    ..TileMesh::default()
                },
            ],
            ..TileContent::default()
        }
    }

    #[test]
    fn the_first_theme_with_textures_is_shown_unless_another_is_chosen() {
        let mut appearance = Appearance::default();
        assert_eq!(appearance.shown(), SurfaceLook::Semantic);
        appearance.read_themes_of(&content());
        let theme = |name: &str| SurfaceLook::Theme(name.to_owned());
        assert_eq!(appearance.shown(), theme("photo"));
        appearance.choose(theme("solar"));
        assert_eq!(appearance.shown(), theme("solar"));
        appearance.choose(theme("of another city"));
        assert_eq!(appearance.shown(), SurfaceLook::Semantic);
    }

    #[test]
    fn a_theme_shows_its_meshes_and_hides_those_it_stands_for() {
        let content = Arc::new(content());
        let drawn = |shown: SurfaceLook| -> Vec<bool> {
            let meshes = content.meshes.iter().map(|mesh| ThemedMesh {
                side: Side::Left,
                theme: mesh.theme,
                replaced_in: mesh.replaced_in,
                content: content.clone(),
            });
            let layers = meshes.map(|mesh| mesh.layers(&shown));
            layers
                .map(|layers| layers != RenderLayers::none())
                .collect()
        };
        assert_eq!(drawn(SurfaceLook::Neutral), [true, false, false]);
        let theme = |name: &str| SurfaceLook::Theme(name.to_owned());
        assert_eq!(drawn(theme("photo")), [false, false, true]);
        assert_eq!(drawn(theme("solar")), [true, true, false]);
        assert_eq!(drawn(theme("of another tile")), [true, false, false]);
    }
}
