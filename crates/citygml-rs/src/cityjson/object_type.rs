//! Types of city objects as CityJSON names them (2.0, 2.3 and 8).

use crate::SurfaceKind;
use crate::vocabulary::{is_city_object, own_surface_kind};

/// Types that CityGML has under another name.
const CITYJSON_ONLY: &[&str] = &["BuildingStorey", "TransportSquare", "TunnelHollowSpace"];

/// Whether the standard has this type, or an extension may have it.
pub(super) fn is_standard(object_type: &str) -> bool {
    object_type.starts_with('+')
        || CITYJSON_ONLY.contains(&object_type)
        || is_city_object(object_type)
}

/// Kind of the surfaces of such an object that have no semantics.
pub(super) fn own_kind(object_type: &str) -> SurfaceKind {
    match object_type {
        "TransportSquare" => SurfaceKind::Traffic,
        other => own_surface_kind(other),
    }
}
