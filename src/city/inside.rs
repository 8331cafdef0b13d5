//! Looking inside: roofs taken off, buildings cut at a height, rooms and what stands in them.
//!
//! What is taken away is so in the shaders and for rays alike; nothing is built anew.

use bevy::prelude::Resource;
use tiles3d::surface_class;

use super::look::HiddenClasses;

/// What is taken away to look inside. The default takes nothing away.
#[derive(Resource, Debug, Clone, Copy, Default, PartialEq)]
pub struct LookInside {
    /// Roofs and ceilings are not drawn.
    pub roofs_hidden: bool,
    /// Rooms, furniture and what else lies inside is drawn.
    pub interiors: bool,
    /// Buildings end at a height.
    pub cut: Option<Cut>,
}

/// A level cut through buildings.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cut {
    /// Above the foot of each building, metres.
    pub height_m: f64,
    /// Through all of them, not only the selected one.
    pub everything: bool,
}

impl LookInside {
    /// Whether anything is taken away.
    pub fn is_active(&self) -> bool {
        *self != Self::default()
    }

    /// Surface classes that are not drawn. Surfaces of rooms and the slabs that walls stand on are never seen from
    /// outside; closures are no surfaces at all but mouths of something open.
    pub fn hidden_classes(&self) -> HiddenClasses {
        let closure = 1 << surface_class::CLOSURE;
        let mut classes = HiddenClasses {
            outside: if self.is_active() {
                closure
            } else {
                surface_class::HIDDEN_FROM_OUTSIDE
            },
            interior: closure,
        };
        if self.roofs_hidden {
            let lids = 1 << surface_class::ROOF
                | 1 << surface_class::CEILING
                | 1 << surface_class::OUTER_CEILING;
            classes.outside |= lids;
            classes.interior |= lids;
        }
        classes
    }
}

/// Whether objects of a type can be cut and have an inside: what is built, not what grows or flows.
pub fn is_built(object_type: &str) -> bool {
    let built = [
        "Building",
        "Bridge",
        "Tunnel",
        "OtherConstruction",
        "Construction",
    ];
    built.iter().any(|prefix| object_type.starts_with(prefix))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roofs_go_with_ceilings_and_rooms_stay_hidden_until_one_looks_inside() {
        let outside = LookInside::default().hidden_classes();
        assert!(outside.contains(surface_class::FLOOR, false));
        assert!(!outside.contains(surface_class::FLOOR, true));
        assert!(!outside.contains(surface_class::ROOF, false));
        let open = LookInside {
            roofs_hidden: true,
            ..LookInside::default()
        };
        let open = open.hidden_classes();
        assert!(open.contains(surface_class::ROOF, false));
        assert!(open.contains(surface_class::CEILING, true));
        assert!(!open.contains(surface_class::GROUND_SLAB, false));
        assert!(open.contains(surface_class::CLOSURE, true));
    }
}
