//! Colours of the city model itself: plaster, tile and grass of an architect's model, not of a debug view.
//!
//! Legend and shaders read the same tables.

use super::Srgb;

/// The colour of a selected or pointed-at city object.
pub const SELECTION: Srgb = Srgb::hex(0x1F_8F_B5);

/// How strongly roof and wall edges are drawn, 0 to 1.
pub const EDGE_STRENGTH: f32 = 0.42;

/// Colour and glossiness (0 matt, 1 mirror) per surface class, in the order of `tiles3d::surface_class`.
pub const PALETTE: [(Srgb, f32); 16] = [
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
