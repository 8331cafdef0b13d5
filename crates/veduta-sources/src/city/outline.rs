//! Which surfaces have lines drawn around them.

use tiles3d::surface_class;

/// Leaves and waves have no edges; closures and slabs are not there to the eye; terrain is smooth.
pub(crate) fn has_outline(class: u8) -> bool {
    !matches!(
        class,
        surface_class::VEGETATION
            | surface_class::WATER
            | surface_class::TERRAIN
            | surface_class::CLOSURE
            | surface_class::GROUND_SLAB
    )
}
