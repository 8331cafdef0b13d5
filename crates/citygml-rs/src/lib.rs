//! Streaming, tolerant reader for CityGML 0.4 to 3.0 and CityJSON 1.0 to 2.0.
//!
//! It hands out [`CityObject`]s one at a time: attributes, address, nested parts, and polygons with their meaning and
//! level of detail. It does not convert coordinates, choose a level of detail, load textures or draw; it knows no
//! rendering engine. Bad data becomes a [`Diagnostic`], never a panic; a [`ReadError`] means that nothing more can be
//! read.
//!
//! Start with [`read_path`] for files (plain, gzip, zip), or with [`CityGmlReader`] and [`CityJsonReader`] for streams.
//! [`triangulate`] turns a [`Polygon`] with holes into triangles.
//!
//! ```
//! use citygml_rs::{CityGmlReader, Diagnostics, ReadOptions, SurfaceKind, triangulate};
//!
//! let xml = br#"<CityModel xmlns="http://www.opengis.net/citygml/2.0"
//!     xmlns:bldg="http://www.opengis.net/citygml/building/2.0" xmlns:gml="http://www.opengis.net/gml">
//!   <cityObjectMember><bldg:Building gml:id="shed"><bldg:boundedBy><bldg:RoofSurface>
//!     <bldg:lod2MultiSurface><gml:MultiSurface><gml:surfaceMember><gml:Polygon><gml:exterior><gml:LinearRing>
//!       <gml:posList srsDimension="3">0 0 3  4 0 3  4 5 3  0 5 3  0 0 3</gml:posList>
//!     </gml:LinearRing></gml:exterior></gml:Polygon></gml:surfaceMember></gml:MultiSurface></bldg:lod2MultiSurface>
//!   </bldg:RoofSurface></bldg:boundedBy></bldg:Building></cityObjectMember>
//! </CityModel>"#;
//!
//! let mut diagnostics = Diagnostics::new();
//! let mut reader = CityGmlReader::new(&xml[..], ReadOptions::default())?;
//! let shed = reader.next_object(&mut diagnostics)?.expect("there is one object");
//! assert_eq!((shed.surfaces[0].lod, shed.surfaces[0].kind), (2, SurfaceKind::Roof));
//! assert_eq!(triangulate(&shed.surfaces[0].polygon).map(|triangles| triangles.len()), Ok(2));
//! assert!(diagnostics.items.is_empty());
//! # Ok::<(), citygml_rs::ReadError>(())
//! ```

mod address;
mod attribute_name;
mod citygml;
mod cityjson;
mod code_lists;
mod codes;
mod delaunay;
mod diagnostics;
mod error;
mod fast_hash;
mod filter;
mod findings;
mod image_path;
mod model;
mod normal;
mod options;
mod path;
mod plane_view;
mod repetition;
mod solid;
mod summary;
mod text_source;
mod triangulate;
mod validity;
mod vocabulary;

pub use citygml::CityGmlReader;
pub use cityjson::CityJsonReader;
pub use codes::{DIAGNOSTIC_CODES, DiagnosticCode};
pub use diagnostics::{Diagnostic, Diagnostics, Severity};
pub use error::ReadError;
pub use filter::{AttributeCondition, BoundingBox, Comparison, ObjectFilter};
pub use image_path::safe_relative_path;
pub use model::{
    Address, Attribute, AttributeValue, BoundarySurface, CityObject, Curve, ImplicitGeometry,
    LineKind, Material, PointSet, Polygon, Relation, Solid, Surface, SurfaceData, SurfaceKind,
    SurfaceLook, SurfaceUse, Template, Texture, TextureMapping, TimeSeries, UnresolvedGeometry,
    WrapMode,
};
pub use normal::polygon_normal;
pub use options::ReadOptions;
pub use path::{read_path, read_path_mapped};
pub use solid::{ShellEdges, ShellFace, shell_edges, shell_faces, shell_volume, triangle_volume};
pub use summary::{Envelope, FileSummary, Format, Header};
pub use triangulate::{
    Triangulation, TriangulationError, TriangulationReport, Triangulator, triangulate,
};
pub use validity::{
    Fault, PLANAR_WITHIN_M, SAME_PLACE_M, check_polygon, check_solid, check_terrain_triangle,
};
