//! What stops a conversion.

use thiserror::Error;

/// Why a reference system cannot be used. Every message says what to do.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum GeoError {
    /// The name matches no notation this crate reads.
    #[error(
        "the reference system '{as_written}' is not known; name it with --crs EPSG:CODE, or `crs = \"EPSG:CODE\"` in the scene file"
    )]
    UnknownSrsName {
        /// `srsName` as it stands in the file.
        as_written: String,
    },
    /// The name is a reference into the file (`#local-CRS-1`): an engineering CRS without a place on earth.
    #[error(
        "'{as_written}' is a local engineering reference system without a place on earth; give one with --crs EPSG:CODE, or `crs = \"EPSG:CODE\"` in the scene file"
    )]
    LocalReference {
        /// `srsName` as it stands in the file.
        as_written: String,
    },
    /// PROJ does not know the code, or cannot convert it to WGS 84.
    #[error(
        "PROJ cannot use the reference system '{definition}': {reason}; check the code, or name another with --crs EPSG:CODE or `crs = \"EPSG:CODE\"` in the scene file"
    )]
    Unusable {
        /// What PROJ was given.
        definition: String,
        /// What PROJ said.
        reason: String,
    },
}
