//! Bytes of a tile content in, meshes and features out.
//!
//! Reads `b3dm`, `i3dm`, `cmpt` (3D Tiles 1.0, OGC 18-053r2 clause 10) and glTF 2.0, binary and JSON
//! (3D Tiles 1.1). Everything is carried in f64 up to the last step, where it is expressed in a local
//! frame close by and becomes f32. Not read: point clouds, Draco, meshopt and KTX2; the error or the
//! diagnostic names what was met.
//!
//! The bytes come from anywhere: every length is checked before it is used, and nothing panics.

mod assemble;
mod b3dm;
mod batch_table;
mod binary;
mod cmpt;
mod data_uri;
mod feature;
mod gathered;
mod gltf;
mod header;
mod i3dm;
mod kind;
mod limits;
mod ordered_object;

use glam::DMat4;

use crate::content::TileContent;
use crate::diagnostics::Diagnostics;
use crate::error::TilesError;
use crate::tileset::UpAxis;

use gathered::Gathered;

pub use kind::ContentKind;
pub use limits::DecodeLimits;

/// How to decode.
#[derive(Debug, Clone, PartialEq)]
pub struct DecodeOptions {
    /// [`crate::TileNode::ecef_from_tile`] of the tile that holds the content.
    pub ecef_from_tile: DMat4,
    /// [`crate::TileNode::up_axis`] of that tile.
    pub up_axis: UpAxis,
    /// What a content may cost.
    pub limits: DecodeLimits,
    /// Angle in degrees above which two faces of an untextured mesh meet in an edge to draw; `None` for no
    /// edges. Default 20.
    pub crease_angle_deg: Option<f32>,
}

impl DecodeOptions {
    /// The defaults, for a tile with this transform.
    pub fn new(ecef_from_tile: DMat4) -> Self {
        Self {
            ecef_from_tile,
            up_axis: UpAxis::Y,
            limits: DecodeLimits::default(),
            crease_angle_deg: Some(20.0),
        }
    }
}

/// Decodes one tile content.
///
/// `resolve` is asked for buffers, images and models that the content refers to, with the reference as
/// written or, for references inside a referenced model, relative to the content; it may answer `None`.
/// Data URIs are not asked for.
///
/// # Errors
///
/// When nothing can be drawn: see [`TilesError`]. Whatever costs less is a diagnostic.
pub fn decode(
    bytes: &[u8],
    options: &DecodeOptions,
    resolve: &dyn Fn(&str) -> Option<Vec<u8>>,
    diagnostics: &mut Diagnostics,
) -> Result<TileContent, TilesError> {
    let mut context = Decoder {
        options,
        resolve,
        diagnostics,
        gathered: Gathered::new(options.limits),
    };
    context.decode_any(bytes, 0)?;
    let Decoder {
        gathered,
        diagnostics,
        ..
    } = context;
    Ok(assemble::assemble(gathered, options, diagnostics))
}

/// The state of one call of [`decode`].
struct Decoder<'a> {
    options: &'a DecodeOptions,
    resolve: &'a dyn Fn(&str) -> Option<Vec<u8>>,
    diagnostics: &'a mut Diagnostics,
    gathered: Gathered,
}

impl Decoder<'_> {
    /// Decodes a content, or an inner tile of a composite at a nesting depth.
    fn decode_any(&mut self, bytes: &[u8], depth: u32) -> Result<(), TilesError> {
        limits::check(
            "bytes of a tile content",
            bytes.len(),
            self.options.limits.max_bytes,
        )?;
        match ContentKind::detect(bytes) {
            ContentKind::B3dm => self.decode_b3dm(bytes),
            ContentKind::I3dm => self.decode_i3dm(bytes),
            ContentKind::Cmpt => self.decode_cmpt(bytes, depth),
            ContentKind::Glb | ContentKind::Gltf => self.decode_gltf(bytes),
            other => Err(other.refusal(bytes)),
        }
    }

    /// A glTF that is a tile content by itself.
    fn decode_gltf(&mut self, bytes: &[u8]) -> Result<(), TilesError> {
        let model = gltf::Model::read(
            bytes,
            "",
            &self.options.limits,
            self.resolve,
            self.diagnostics,
        )?;
        let ecef_from_model =
            self.options.ecef_from_tile * model.zup_from_model(self.options.up_axis);
        let first = self.gathered.add_features(model.own_features())?;
        self.gathered
            .place(&model, &ecef_from_model, |primitive, vertex| {
                first + primitive.own_feature(vertex)
            })
    }
}
