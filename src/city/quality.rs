//! How much picture the machine can carry.

use bevy::{
    light::{CascadeShadowConfig, CascadeShadowConfigBuilder, ShadowFilteringMethod},
    prelude::*,
    render::renderer::RenderAdapterInfo,
};
use wgpu_types::DeviceType;

/// A set of choices between beauty and speed.
#[derive(Resource, Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quality {
    /// A processor draws: the window stays usable.
    Software,
    /// A graphics card draws.
    Full,
    /// A picture that may take its time.
    Still,
}

impl Quality {
    /// The preset for a window on this adapter.
    pub fn for_adapter(adapter: &RenderAdapterInfo) -> Self {
        match adapter.device_type {
            DeviceType::Cpu => Self::Software,
            _ => Self::Full,
        }
    }

    /// Name in settings and statistics.
    pub fn name(self) -> &'static str {
        match self {
            Self::Software => "software",
            Self::Full => "full",
            Self::Still => "still",
        }
    }

    /// Samples per pixel.
    pub fn msaa(self) -> Msaa {
        match self {
            // A still is drawn larger and averaged down instead.
            Self::Software | Self::Still => Msaa::Off,
            Self::Full => Msaa::Sample4,
        }
    }

    /// Side of a shadow map, texels; a power of two.
    pub fn shadow_map_size(self) -> usize {
        match self {
            Self::Software => 2048,
            Self::Full | Self::Still => 4096,
        }
    }

    /// How shadow edges are softened.
    pub fn shadow_filtering(self) -> ShadowFilteringMethod {
        match self {
            Self::Software => ShadowFilteringMethod::Hardware2x2,
            Self::Full | Self::Still => ShadowFilteringMethod::Gaussian,
        }
    }

    /// Shadow cascades for an eye `focus_m` from what it looks at.
    pub fn cascades(self, focus_m: f32) -> CascadeShadowConfig {
        let focus_m = focus_m.clamp(20.0, 20_000.0);
        let (num_cascades, first, last) = match self {
            Self::Software => (1, 1.0, 1.7),
            Self::Full => (4, 0.35, 4.0),
            Self::Still => (3, 1.0, 3.2),
        };
        CascadeShadowConfigBuilder {
            num_cascades,
            minimum_distance: 0.5,
            first_cascade_far_bound: focus_m * first,
            maximum_distance: focus_m * last,
            overlap_proportion: 0.15,
        }
        .build()
    }
}
