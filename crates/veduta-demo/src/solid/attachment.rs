//! Dormers and chimneys, cut into a roof face so that the shell stays closed.

use super::shell::{Face, FaceKind, Position, Shell};
use crate::plan::polygon::{PlanPoint, dot};

/// The roof of a dormer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum DormerRoof {
    /// One slope, rising inwards by this tangent.
    Shed(f64),
    /// Two slopes across the main one, rising this many metres.
    Gabled(f64),
}

/// What is attached.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum AttachmentKind {
    /// A window bay standing on the slope.
    Dormer { height_m: f64, roof: DormerRoof },
    /// A box that ends this many metres above its upper edge on the slope.
    Chimney { depth_m: f64, rise_m: f64 },
}

/// A dormer or chimney on one face of a swept roof.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Attachment {
    /// Segment of the front line.
    pub(crate) segment: usize,
    /// Strip of the cross-section: the face between profile points `strip` and `strip + 1`.
    pub(crate) strip: usize,
    /// Middle of the attachment along the lower edge of the face, 0 to 1.
    pub(crate) share: f64,
    /// Horizontal distance of its front from the lower edge, metres.
    pub(crate) setback_m: f64,
    /// Width along the eaves, metres.
    pub(crate) width_m: f64,
    /// What it is.
    pub(crate) kind: AttachmentKind,
}

/// A roof face with its own axes: `u` along the lower edge, `v` horizontally inwards.
pub(crate) struct Slope {
    origin: Position,
    forward: PlanPoint,
    inward: PlanPoint,
    rise: f64,
    run_m: f64,
    lower_u: (f64, f64),
    upper_u: (f64, f64),
    /// What is attached already: extent along `u` and `v`.
    used: Vec<[(f64, f64); 2]>,
}

impl Slope {
    /// `quad` is lower start, lower end, upper end, upper start as seen from outside.
    pub(crate) fn new(quad: [Position; 4], forward: PlanPoint, inward: PlanPoint) -> Self {
        let origin = quad[0];
        let relative = |p: Position| PlanPoint {
            x: p[0] - origin[0],
            y: p[1] - origin[1],
        };
        let u = |p: Position| dot(relative(p), forward);
        let run_m = dot(relative(quad[3]), inward);
        Self {
            origin,
            forward,
            inward,
            rise: (quad[3][2] - origin[2]) / run_m,
            run_m,
            lower_u: (0.0, u(quad[1])),
            upper_u: (u(quad[3]), u(quad[2])),
            used: Vec::new(),
        }
    }

    /// Cuts the attachment into `face` and adds its own faces; does nothing where it does not fit.
    pub(crate) fn attach(&mut self, attachment: &Attachment, face: &mut Face, shell: &mut Shell) {
        let middle = self.lower_u.0 + (self.lower_u.1 - self.lower_u.0) * attachment.share;
        let u = (
            middle - attachment.width_m / 2.0,
            middle + attachment.width_m / 2.0,
        );
        let v = attachment.setback_m;
        let reach_m = match attachment.kind {
            AttachmentKind::Dormer {
                height_m,
                roof: DormerRoof::Shed(rise),
            } => height_m / (self.rise - rise),
            AttachmentKind::Dormer {
                height_m,
                roof: DormerRoof::Gabled(ridge_m),
            } => (height_m + ridge_m) / self.rise,
            AttachmentKind::Chimney { depth_m, .. } => depth_m,
        };
        if !self.has_room(u, (v, v + reach_m)) {
            return;
        }
        self.used.push([u, (v, v + reach_m)]);
        match attachment.kind {
            AttachmentKind::Dormer {
                height_m,
                roof: DormerRoof::Shed(_),
            } => {
                self.shed_dormer(u, (v, v + reach_m), height_m, face, shell);
            }
            AttachmentKind::Dormer {
                height_m,
                roof: DormerRoof::Gabled(ridge_m),
            } => {
                self.gabled_dormer(u, v, (height_m, ridge_m), face, shell);
            }
            AttachmentKind::Chimney { rise_m, .. } => {
                self.chimney(u, (v, v + reach_m), rise_m, face, shell)
            }
        }
    }

    fn has_room(&self, u: (f64, f64), v: (f64, f64)) -> bool {
        const MARGIN_M: f64 = 0.25;
        let fits_at = |v: f64| {
            let t = v / self.run_m;
            let low = self.lower_u.0 + (self.upper_u.0 - self.lower_u.0) * t;
            let high = self.lower_u.1 + (self.upper_u.1 - self.lower_u.1) * t;
            u.0 > low + MARGIN_M && u.1 < high - MARGIN_M
        };
        let apart = |a: (f64, f64), b: (f64, f64)| a.1 + MARGIN_M < b.0 || b.1 + MARGIN_M < a.0;
        let is_free = self
            .used
            .iter()
            .all(|used| apart(used[0], u) || apart(used[1], v));
        is_free && v.0 > 0.1 && v.1 > v.0 && v.1 < self.run_m - 0.1 && fits_at(v.0) && fits_at(v.1)
    }

    /// The point at (u, v), `above_m` over the slope.
    fn point(&self, u: f64, v: f64, above_m: f64) -> Position {
        let plan = self.forward * u + self.inward * v;
        [
            self.origin[0] + plan.x,
            self.origin[1] + plan.y,
            self.origin[2] + self.rise * v + above_m,
        ]
    }

    fn shed_dormer(
        &self,
        u: (f64, f64),
        v: (f64, f64),
        height_m: f64,
        face: &mut Face,
        shell: &mut Shell,
    ) {
        let (fl, fr) = (self.point(u.0, v.0, 0.0), self.point(u.1, v.0, 0.0));
        let (bl, br) = (self.point(u.0, v.1, 0.0), self.point(u.1, v.1, 0.0));
        let (tl, tr) = (
            self.point(u.0, v.0, height_m),
            self.point(u.1, v.0, height_m),
        );
        face.interiors.push(vec![fl, bl, br, fr]);
        shell.push(FaceKind::Wall, vec![fl, fr, tr, tl]);
        shell.push(FaceKind::Wall, vec![fr, br, tr]);
        shell.push(FaceKind::Wall, vec![bl, fl, tl]);
        shell.push(FaceKind::Roof, vec![tl, tr, br, bl]);
    }

    fn gabled_dormer(
        &self,
        u: (f64, f64),
        v: f64,
        (height_m, ridge_m): (f64, f64),
        face: &mut Face,
        shell: &mut Shell,
    ) {
        let middle = f64::midpoint(u.0, u.1);
        let eaves_v = v + height_m / self.rise;
        let ridge_v = v + (height_m + ridge_m) / self.rise;
        let (fl, fr) = (self.point(u.0, v, 0.0), self.point(u.1, v, 0.0));
        let (bl, br) = (self.point(u.0, eaves_v, 0.0), self.point(u.1, eaves_v, 0.0));
        let (tl, tr) = (self.point(u.0, v, height_m), self.point(u.1, v, height_m));
        let gable = self.point(middle, v, height_m + ridge_m);
        let back = self.point(middle, ridge_v, 0.0);
        face.interiors.push(vec![fl, bl, back, br, fr]);
        shell.push(FaceKind::Wall, vec![fl, fr, tr, gable, tl]);
        shell.push(FaceKind::Wall, vec![fr, br, tr]);
        shell.push(FaceKind::Wall, vec![bl, fl, tl]);
        shell.push(FaceKind::Roof, vec![tl, gable, back, bl]);
        shell.push(FaceKind::Roof, vec![tr, br, back, gable]);
    }

    fn chimney(
        &self,
        u: (f64, f64),
        v: (f64, f64),
        rise_m: f64,
        face: &mut Face,
        shell: &mut Shell,
    ) {
        let (fl, fr) = (self.point(u.0, v.0, 0.0), self.point(u.1, v.0, 0.0));
        let (bl, br) = (self.point(u.0, v.1, 0.0), self.point(u.1, v.1, 0.0));
        let top = bl[2] + rise_m;
        let at_top = |p: Position| [p[0], p[1], top];
        face.interiors.push(vec![fl, bl, br, fr]);
        for (a, b) in [(fl, fr), (fr, br), (br, bl), (bl, fl)] {
            shell.push(FaceKind::Wall, vec![a, b, at_top(b), at_top(a)]);
        }
        shell.push(
            FaceKind::Roof,
            vec![at_top(fl), at_top(fr), at_top(br), at_top(bl)],
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::polygon::at;
    use crate::solid::{End, Profile, Swept};

    fn house(attachments: Vec<Attachment>) -> Shell {
        let front = [at(3.0, 1.0), at(25.0, 9.0)];
        Swept {
            front: &front,
            depth_m: 12.0,
            base: 0.0,
            profile: Profile::gable(9.0, 15.0),
            ends: [End::Hip(0.7), End::Gable],
            attachments,
        }
        .shell()
    }

    #[test]
    fn dormers_and_chimneys_leave_the_shell_closed_and_add_their_volume() {
        let plain = house(Vec::new());
        let kinds = [
            AttachmentKind::Dormer {
                height_m: 1.4,
                roof: DormerRoof::Shed(0.2),
            },
            AttachmentKind::Dormer {
                height_m: 1.2,
                roof: DormerRoof::Gabled(0.9),
            },
            AttachmentKind::Chimney {
                depth_m: 0.7,
                rise_m: 1.1,
            },
        ];
        for kind in kinds {
            for strip in [0, 1] {
                let shell = house(vec![Attachment {
                    segment: 0,
                    strip,
                    share: 0.5,
                    setback_m: 1.2,
                    width_m: 1.6,
                    kind,
                }]);
                assert!(
                    shell.faces.len() >= plain.faces.len() + 4,
                    "{kind:?} was left out"
                );
                assert!(
                    shell.open_edges().is_empty(),
                    "{kind:?} strip {strip}: {:?}",
                    shell.open_edges()
                );
                assert!(shell.volume_m3() > plain.volume_m3() + 0.3);
            }
        }
    }

    #[test]
    fn what_would_overlap_is_left_out() {
        let chimney = |share| Attachment {
            segment: 0,
            strip: 0,
            share,
            setback_m: 2.0,
            width_m: 0.8,
            kind: AttachmentKind::Chimney {
                depth_m: 0.7,
                rise_m: 1.0,
            },
        };
        let faces = |shares: &[f64]| {
            house(shares.iter().map(|share| chimney(*share)).collect())
                .faces
                .len()
        };
        assert_eq!(faces(&[0.5, 0.51]), faces(&[0.5]));
        assert_eq!(faces(&[0.5, 0.7]), faces(&[0.5]) + 5);
    }

    #[test]
    fn what_does_not_fit_is_left_out() {
        let wide = Attachment {
            segment: 0,
            strip: 0,
            share: 0.02,
            setback_m: 1.0,
            width_m: 2.0,
            kind: AttachmentKind::Chimney {
                depth_m: 0.7,
                rise_m: 1.0,
            },
        };
        assert_eq!(house(vec![wide]).faces.len(), house(Vec::new()).faces.len());
    }
}
