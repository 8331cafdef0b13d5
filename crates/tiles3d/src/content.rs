//! What every source becomes: meshes with a feature id per vertex, and a feature table.
//!
//! This is the one door for geometry. CityGML, CityJSON, 3D Tiles and glTF all end here, so that
//! selection, memory, styling and picking exist once.

use glam::DMat4;
use serde::{Deserialize, Serialize};

/// The content of one tile, ready for upload.
#[derive(Debug, Clone, PartialEq)]
pub struct TileContent {
    /// Places the f32 tile-local frame (metres, right-handed, z up) in earth-centred earth-fixed
    /// metres (EPSG:4978). Local coordinates stay small, so f32 is exact to well under a millimetre.
    pub ecef_from_local: DMat4,
    /// Triangle meshes, one per material.
    pub meshes: Vec<TileMesh>,
    /// Prototypes drawn many times: trees, lamps. Not contained in [`Self::meshes`].
    pub instances: Vec<Instances>,
    /// The features that [`TileMesh::feature_ids`] index.
    pub features: Vec<Feature>,
    /// Thematic surfaces with attributes of their own, that [`TileMesh::surface_rows`] index.
    pub surfaces: Vec<ThematicSurface>,
    /// Names of the appearance themes that [`TileMesh::theme`] counts in.
    pub themes: Vec<String>,
}

impl Default for TileContent {
    fn default() -> Self {
        Self {
            ecef_from_local: DMat4::IDENTITY,
            meshes: Vec::new(),
            instances: Vec::new(),
            features: Vec::new(),
            surfaces: Vec::new(),
            themes: Vec::new(),
        }
    }
}

/// A mesh that stands at several places.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Instances {
    /// The prototype in a frame of its own, metres; its `feature_ids` are all 0.
    pub mesh: TileMesh,
    /// Where it stands: tile-local from prototype, and the feature it belongs to.
    pub placements: Vec<(glam::Mat4, u32)>,
}

/// A thematic surface: the roof, one of the walls.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ThematicSurface {
    /// Identifier in the source, where there is one.
    pub id: Option<String>,
    /// Type as the source calls it, `RoofSurface`.
    pub object_type: String,
    /// Attributes in source order.
    pub attributes: Vec<FeatureAttribute>,
}

/// How a texture goes on beyond its edges.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub enum TextureWrap {
    /// Repeats.
    #[default]
    Repeat,
    /// Repeats, every other one turned over.
    MirrorRepeat,
    /// The edge goes on.
    ClampToEdge,
}

/// A triangle mesh in the tile-local frame.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct TileMesh {
    /// Metres, tile-local.
    pub positions: Vec<[f32; 3]>,
    /// Unit normals, same length as `positions`; flat-shaded sources repeat vertices.
    pub normals: Vec<[f32; 3]>,
    /// Index into [`TileContent::features`] per vertex.
    pub feature_ids: Vec<u32>,
    /// Semantic surface class per vertex, one of the constants in [`surface_class`].
    pub surface_classes: Vec<u8>,
    /// Linear RGBA per vertex, empty where the source has no colour of its own.
    pub colors: Vec<[f32; 4]>,
    /// Texture coordinates, empty where there is no texture.
    pub uvs: Vec<[f32; 2]>,
    /// Base colour texture, encoded bytes (PNG or JPEG) as found.
    pub base_color_texture: Option<std::sync::Arc<Vec<u8>>>,
    /// How the texture goes on beyond its edges.
    pub texture_wrap: TextureWrap,
    /// Appearance theme this mesh belongs to, an index into [`TileContent::themes`]; drawn only while that theme is
    /// chosen. `None`: drawn whatever the theme, except those in [`Self::replaced_in`].
    pub theme: Option<u16>,
    /// Themes (one bit each) that have a mesh of their own for these triangles.
    pub replaced_in: u64,
    /// Row of [`TileContent::surfaces`] per triangle, `u32::MAX` for none; empty where no triangle has one.
    pub surface_rows: Vec<u32>,
    /// Triangles, counter-clockwise seen from outside.
    pub indices: Vec<u32>,
    /// Crisp edges to draw as lines: pairs of positions, tile-local metres.
    pub edge_positions: Vec<[f32; 3]>,
    /// Feature per edge vertex, same length as `edge_positions`.
    pub edge_feature_ids: Vec<u32>,
    /// Semantic surface class per edge vertex, or empty where all edges are always drawn. An edge between a roof and a
    /// wall counts as wall, so that walls keep their upper edge where roofs are taken off.
    pub edge_surface_classes: Vec<u8>,
}

/// Surface classes a shader tells apart. The values follow `citygml_rs::SurfaceKind`.
pub mod surface_class {
    /// No semantics.
    pub const UNCLASSIFIED: u8 = 0;
    /// Wall.
    pub const WALL: u8 = 1;
    /// Roof.
    pub const ROOF: u8 = 2;
    /// Open ground, or the ground surface of an object without walls.
    pub const GROUND: u8 = 3;
    /// Seals an opening that is open in reality: virtual, not drawn unless asked for.
    pub const CLOSURE: u8 = 4;
    /// Ceiling seen from outside: of a loggia, a passage.
    pub const OUTER_CEILING: u8 = 5;
    /// Floor seen from outside: of a loggia, a terrace.
    pub const OUTER_FLOOR: u8 = 6;
    /// Floor of a room.
    pub const FLOOR: u8 = 7;
    /// Ceiling of a room.
    pub const CEILING: u8 = 8;
    /// Wall seen from a room.
    pub const INTERIOR_WALL: u8 = 9;
    /// Window.
    pub const WINDOW: u8 = 10;
    /// Door.
    pub const DOOR: u8 = 11;
    /// Terrain.
    pub const TERRAIN: u8 = 12;
    /// Road, square, track.
    pub const TRAFFIC: u8 = 13;
    /// Water.
    pub const WATER: u8 = 14;
    /// Plants.
    pub const VEGETATION: u8 = 15;
    /// The slab that walls stand on. Looks like [`GROUND`], but is never seen from outside and flickers against
    /// the terrain, so it is not drawn unless one looks inside.
    pub const GROUND_SLAB: u8 = 16;

    /// One bit for each class that is not drawn unless asked for: closures and slabs; and, on objects that are not
    /// interior themselves, the surfaces of rooms.
    pub const HIDDEN_FROM_OUTSIDE: u32 =
        1 << CLOSURE | 1 << FLOOR | 1 << CEILING | 1 << INTERIOR_WALL | 1 << GROUND_SLAB;
}

/// One feature: a city object, a batch-table row, a glTF node.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Feature {
    /// Identifier in the source (`gml:id`, batch id…).
    pub id: String,
    /// Type as the source calls it, `Building`.
    pub object_type: String,
    /// Index of the feature this one is a part of, in the same table.
    pub parent: Option<u32>,
    /// Display name.
    pub name: Option<String>,
    /// One-line address.
    pub address: Option<String>,
    /// Attributes in source order: name, value as text with its unit.
    pub attributes: Vec<FeatureAttribute>,
    /// Level of detail of the geometry in this row, where the source has levels.
    pub lod: Option<u8>,
    /// This row is another level of detail of the object in that row, which has name, address and attributes and the
    /// level that is drawn by default (or no geometry, if by default nothing of this object itself is drawn). That
    /// row is also the [`Self::parent`] of this one. Which rows are to be drawn says [`shown_rows`](crate::shown_rows).
    pub variant_of: Option<u32>,
    /// Lies inside something: rooms, furniture, interior installations, storeys and units of a building that has a
    /// shell, and whatever is nested in them. Not to be drawn unless one looks inside.
    pub is_interior: bool,
    /// From when and until when the object exists, milliseconds since 1970-01-01T00:00Z; `None` where open.
    pub lifespan_ms: [Option<i64>; 2],
    /// References to other objects: role (`groupMember`) and identifier in the source.
    pub relations: Vec<(String, String)>,
    /// Bounding box in the tile-local frame, metres: min, max. Empty boxes have min > max.
    pub bounds_local: [[f32; 3]; 2],
    /// Outline on the ground in the tile-local frame, rings of x, y; empty where unknown.
    pub footprint: Vec<Vec<[f32; 2]>>,
}

/// One attribute of a [`Feature`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FeatureAttribute {
    /// Name in the source.
    pub name: String,
    /// Value.
    pub value: FeatureValue,
    /// Unit, where the source says one.
    pub unit: Option<String>,
}

/// The value of a [`FeatureAttribute`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum FeatureValue {
    /// A number; styling can map it to colour.
    Number(f64),
    /// True or false.
    Boolean(bool),
    /// Text, codes and dates included.
    Text(String),
}
