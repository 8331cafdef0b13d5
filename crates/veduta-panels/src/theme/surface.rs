//! Colours of the city model itself: plaster, tile and grass of an architect's model, not of a debug view.
//!
//! Legend and shaders read the same tables.

use super::Srgb;

/// The colour of a selected or pointed-at city object.
pub const SELECTION: Srgb = Srgb::hex(0x1F_8F_B5);

/// How strongly roof and wall edges are drawn, 0 to 1.
pub const EDGE_STRENGTH: f32 = 0.42;

/// The back of a wall where something was cut away: the grey card of a sectional model.
pub const INSIDE: Srgb = Srgb::hex(0xC9_C4_BA);

/// Colour and glossiness (0 matt, 1 mirror) per surface class, in the order of `tiles3d::surface_class`.
pub type Palette = [(Srgb, f32); 16];

/// A model without colours, of white card: what stands is nearly white, ground, water and plants are told apart by a
/// breath of grey.
pub const NEUTRAL: Palette = [
    // Unclassified.
    (Srgb::hex(0xEE_ED_EA), 0.0),
    // Wall.
    (Srgb::hex(0xF2_F1_EE), 0.0),
    // Roof.
    (Srgb::hex(0xEC_EB_E8), 0.0),
    // Ground slab.
    (Srgb::hex(0xDF_DD_D9), 0.0),
    // Closure surface.
    (Srgb::hex(0xEE_ED_EA), 0.0),
    // Outer ceiling.
    (Srgb::hex(0xE8_E7_E4), 0.0),
    // Outer floor.
    (Srgb::hex(0xE4_E2_DE), 0.0),
    // Floor.
    (Srgb::hex(0xDF_DD_D9), 0.0),
    // Ceiling.
    (Srgb::hex(0xF2_F1_EE), 0.0),
    // Interior wall.
    (Srgb::hex(0xEE_ED_EA), 0.0),
    // Window.
    (Srgb::hex(0xB9_BD_C0), 0.2),
    // Door.
    (Srgb::hex(0xCF_CC_C7), 0.0),
    // Terrain.
    (Srgb::hex(0xD8_D8_D4), 0.0),
    // Road, square.
    (Srgb::hex(0xE2_E1_DE), 0.0),
    // Water.
    (Srgb::hex(0xC3_C8_CB), 0.5),
    // Plants.
    (Srgb::hex(0xCF_D0_CA), 0.0),
];

/// A model of plaster, tile and grass.
pub const PALETTE: Palette = [
    // Unclassified.
    (Srgb::hex(0xEC_E8_E0), 0.0),
    // Wall.
    (Srgb::hex(0xF1_EE_E7), 0.0),
    // Roof.
    (Srgb::hex(0xB4_7D_68), 0.0),
    // Ground slab.
    (Srgb::hex(0xD9_D1_BE), 0.0),
    // Closure surface.
    (Srgb::hex(0xEF_EB_E2), 0.0),
    // Outer ceiling.
    (Srgb::hex(0xE3_DE_D4), 0.0),
    // Outer floor.
    (Srgb::hex(0xDD_D6_CA), 0.0),
    // Floor.
    (Srgb::hex(0xD8_CD_BB), 0.0),
    // Ceiling.
    (Srgb::hex(0xF2_EF_E8), 0.0),
    // Interior wall.
    (Srgb::hex(0xEE_EA_E1), 0.0),
    // Window.
    (Srgb::hex(0x76_8C_99), 0.55),
    // Door.
    (Srgb::hex(0x9A_7B_62), 0.0),
    // Terrain.
    (Srgb::hex(0xC3_C7_B4), 0.0),
    // Road, square.
    (Srgb::hex(0xD3_D1_CC), 0.0),
    // Water.
    (Srgb::hex(0x8F_AE_B8), 0.75),
    // Plants.
    (Srgb::hex(0x93_A8_7C), 0.0),
];
