//! Coordinate reference systems, vertical datums and local frames on PROJ.
//!
//! What is here: the names files give their reference system ([`SrsName`]), the decision which
//! order their coordinates are in ([`Georeference::resolve`]), the conversion to WGS 84 and to
//! earth-centred earth-fixed metres ([`Transformer`]), and local east-north-up frames
//! ([`EnuFrame`]). Everything is f64, angles are degrees, lengths metres.
//!
//! What is not: no file is opened, no grid downloaded, no geometry known. Heights pass through as
//! written (see [`GeoFinding::HeightsAsWritten`]), because geoid grids are not shipped.
//!
//! Start with a name and a few coordinates of the file:
//!
//! ```
//! use veduta_geo::{Georeference, SrsName};
//!
//! let name = SrsName::parse("urn:adv:crs:ETRS89_UTM32*DE_DHHN2016_NH")?;
//! let points_crs = [[691_000.0, 5_336_000.0, 515.0]];
//! let resolution = Georeference::resolve(&name, &points_crs)?;
//! let transformer = resolution.georeference.transformer()?;
//! let munich = transformer.geodetic_from_crs(&points_crs)[0].expect("inside the zone");
//! assert!((munich.longitude_deg - 11.57).abs() < 0.01);
//! assert!((munich.latitude_deg - 48.15).abs() < 0.01);
//! # Ok::<(), veduta_geo::GeoError>(())
//! ```

mod adv;
mod bounds;
mod definition;
mod enu;
mod error;
mod finding;
mod fit;
mod geodetic;
mod georeference;
mod habit;
mod identifier;
mod srs_name;
mod transformer;

pub use bounds::GeodeticBounds;
pub use definition::HeightReference;
pub use enu::EnuFrame;
pub use error::GeoError;
pub use finding::{GeoFinding, LocalReason};
pub use geodetic::{Geodetic, ecef_from_geodetic, geodetic_from_ecef};
pub use georeference::{Georeference, Resolution};
pub use srs_name::{Notation, SrsName};
pub use transformer::Transformer;
