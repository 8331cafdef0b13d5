//! What the menus about looks and insides show.

use crate::{command::CutChoice, model::SurfaceLook};

/// An appearance theme of the loaded sources.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThemeRow {
    /// As the source calls it; handed back in commands.
    pub name: String,
    /// It has pictures, not only colours.
    pub has_textures: bool,
}

/// What surfaces look like.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LookModel {
    /// What is drawn; never [`SurfaceLook::Automatic`] while a scene is open.
    pub shown: SurfaceLook,
    /// The themes to choose from.
    pub themes: Vec<ThemeRow>,
}

/// A storey to cut at.
#[derive(Debug, Clone, PartialEq)]
pub struct StoreyChoice {
    /// Short: its number or name.
    pub name: String,
    /// Where to cut to look into it, metres above the foot of the building.
    pub height_m: f64,
}

/// What is taken away to look inside.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct InsideModel {
    /// Roofs and ceilings are off.
    pub roofs_hidden: bool,
    /// Rooms and furniture are shown.
    pub interiors: bool,
    /// Anything loaded has rooms or furniture.
    pub has_interiors: bool,
    /// Buildings end at a height.
    pub cut: Option<CutChoice>,
    /// Name of the selected building, if one is.
    pub subject: Option<String>,
    /// Height of the selected building, else of the highest one, metres.
    pub highest_m: f64,
    /// Storeys of the selected building, lowest first; empty where nothing is known of them.
    pub storeys: Vec<StoreyChoice>,
    /// Only the number of storeys is known, their heights are not.
    pub storeys_are_assumed: bool,
}

impl InsideModel {
    /// Whether anything is taken away.
    pub fn is_active(&self) -> bool {
        self.roofs_hidden || self.interiors || self.cut.is_some()
    }
}
