//! A body whose outline steps inwards with height: parapets, set-back storeys, pyramids, spires, domes.

use super::shell::{Face, FaceKind, Position, Shell, lift};
use crate::plan::polygon::{PlanPoint, inset_ring, middle};

/// The outline drawn in by `inset_m` at height `z`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Level {
    /// Distance from the footprint, metres; negative overhangs.
    pub(crate) inset_m: f64,
    /// Metres above DHHN92.
    pub(crate) z: f64,
}

impl Level {
    pub(crate) const fn new(inset_m: f64, z: f64) -> Self {
        Self { inset_m, z }
    }
}

/// What closes the body at the top.
#[derive(Debug, Clone)]
pub(crate) enum Cap {
    /// A flat roof; boxes (lift heads, stair heads) stand on it: outline and height above the roof.
    Flat(Vec<(Vec<PlanPoint>, f64)>),
    /// A point over the middle of the outline, metres above DHHN92.
    Apex(f64),
}

/// A body to build.
pub(crate) struct Stepped<'a> {
    /// Footprint, counter-clockwise.
    pub(crate) footprint: &'a [PlanPoint],
    /// Underside, metres above DHHN92.
    pub(crate) base: f64,
    /// From the eaves upwards; the first has inset 0.
    pub(crate) levels: &'a [Level],
    /// The top.
    pub(crate) cap: Cap,
}

impl Stepped<'_> {
    /// The closed shell, `None` where the footprint is too narrow for a level.
    pub(crate) fn shell(&self) -> Option<Shell> {
        let mut shell = Shell::default();
        let mut ring: Vec<Position> = self.footprint.iter().map(|&p| lift(p, self.base)).collect();
        shell.push(FaceKind::Ground, ring.iter().rev().copied().collect());
        let mut inset_m = 0.0;
        for level in self.levels {
            let outline = inset_ring(self.footprint, level.inset_m)?;
            let upper: Vec<Position> = outline.iter().map(|&p| lift(p, level.z)).collect();
            // Undersides and what is steeper than a spire count as walls, what rain falls on as roof.
            let drawn_in_m = level.inset_m - inset_m;
            let is_roof = drawn_in_m > 0.0 && level.z - ring[0][2] < 8.0 * drawn_in_m;
            let kind = if is_roof {
                FaceKind::Roof
            } else {
                FaceKind::Wall
            };
            for i in 0..ring.len() {
                let next = (i + 1) % ring.len();
                shell.push(kind, vec![ring[i], ring[next], upper[next], upper[i]]);
            }
            ring = upper;
            inset_m = level.inset_m;
        }
        match &self.cap {
            Cap::Apex(z) => {
                let apex = lift(
                    middle(
                        &ring
                            .iter()
                            .map(|p| PlanPoint { x: p[0], y: p[1] })
                            .collect::<Vec<_>>(),
                    ),
                    *z,
                );
                for i in 0..ring.len() {
                    shell.push(
                        FaceKind::Roof,
                        vec![ring[i], ring[(i + 1) % ring.len()], apex],
                    );
                }
            }
            Cap::Flat(boxes) => {
                let roof_z = ring[0][2];
                let mut roof = Face::new(FaceKind::Roof, ring);
                for (outline, height_m) in boxes {
                    let foot: Vec<_> = outline.iter().map(|&p| lift(p, roof_z)).collect();
                    let head: Vec<_> = outline
                        .iter()
                        .map(|&p| lift(p, roof_z + height_m))
                        .collect();
                    for i in 0..foot.len() {
                        let next = (i + 1) % foot.len();
                        shell.push(
                            FaceKind::Wall,
                            vec![foot[i], foot[next], head[next], head[i]],
                        );
                    }
                    shell.push(FaceKind::Roof, head);
                    roof.interiors.push(foot.into_iter().rev().collect());
                }
                shell.faces.push(roof);
            }
        }
        Some(shell)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::polygon::{at, rectangle, regular};

    #[test]
    fn flat_roof_with_parapet_set_back_storey_and_lift_head_is_closed() {
        let footprint = rectangle(at(5.0, 5.0), 0.4, 30.0, 14.0);
        let levels = [
            Level::new(0.0, 12.6),
            Level::new(0.35, 12.6),
            Level::new(0.35, 12.0),
            Level::new(2.5, 12.0),
            Level::new(2.5, 15.0),
        ];
        let lift_head = (rectangle(at(5.0, 5.0), 0.4, 4.0, 3.0), 2.5);
        let shell = Stepped {
            footprint: &footprint,
            base: 0.0,
            levels: &levels,
            cap: Cap::Flat(vec![lift_head]),
        }
        .shell()
        .expect("the footprint has room for the levels");
        assert!(shell.open_edges().is_empty());
        let expected = 30.0 * 14.0 * 12.0
            + (30.0 * 14.0 - 29.3 * 13.3) * 0.6
            + 25.0 * 9.0 * 3.0
            + 4.0 * 3.0 * 2.5;
        assert!((shell.volume_m3() - expected).abs() < 1e-6);
    }

    #[test]
    fn spire_is_closed_and_too_narrow_a_footprint_is_refused() {
        let footprint = regular(at(0.0, 0.0), 4.0, 8, 0.2);
        let levels = [
            Level::new(0.0, 20.0),
            Level::new(-0.4, 20.0),
            Level::new(1.2, 23.0),
        ];
        let spire = |footprint: &[PlanPoint]| {
            Stepped {
                footprint,
                base: 0.0,
                levels: &levels,
                cap: Cap::Apex(40.0),
            }
            .shell()
        };
        let shell = spire(&footprint).expect("an octagon of 4 m has room");
        assert!(shell.open_edges().is_empty());
        assert!(shell.volume_m3() > 0.0);
        assert!(spire(&regular(at(0.0, 0.0), 1.0, 8, 0.0)).is_none());
    }
}
