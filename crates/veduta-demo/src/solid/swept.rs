//! A roof cross-section drawn along a line: gables, hips, half-hips, mansards, sheds and sawteeth.
//!
//! The line is the eaves on the building's front; the body lies to its left. Rails, one per point
//! of the cross-section, run parallel to the line, so every roof face lies between two parallel
//! edges and is exactly planar, also round mitred corners.

use super::attachment::{Attachment, Slope};
use super::shell::{Face, FaceKind, Position, Shell, lift};
use crate::plan::polygon::{PlanPoint, direction, left, offset_line};

/// A roof cross-section from the front eaves to the back eaves.
#[derive(Debug, Clone)]
pub(crate) struct Profile {
    /// (share of the depth from the front, height above DHHN92 in metres)
    points: Vec<(f64, f64)>,
}

impl Profile {
    /// Two equal slopes.
    pub(crate) fn gable(eaves: f64, ridge: f64) -> Self {
        Self {
            points: vec![(0.0, eaves), (0.5, ridge), (1.0, eaves)],
        }
    }

    /// Two slopes down to different eaves.
    pub(crate) fn uneven_gable(front: f64, ridge_share: f64, ridge: f64, back: f64) -> Self {
        Self {
            points: vec![(0.0, front), (ridge_share, ridge), (1.0, back)],
        }
    }

    /// Two slopes with a break where a half-hip begins.
    pub(crate) fn half_hip(eaves: f64, ridge: f64, gable_share: f64) -> Self {
        let (t, z) = (0.5 * gable_share, eaves + (ridge - eaves) * gable_share);
        Self {
            points: vec![
                (0.0, eaves),
                (t, z),
                (0.5, ridge),
                (1.0 - t, z),
                (1.0, eaves),
            ],
        }
    }

    /// Steep lower and flat upper slopes; the break lies `inset_share` of the depth from each eave.
    pub(crate) fn mansard(eaves: f64, inset_share: f64, break_z: f64, ridge: f64) -> Self {
        let t = inset_share;
        Self {
            points: vec![
                (0.0, eaves),
                (t, break_z),
                (0.5, ridge),
                (1.0 - t, break_z),
                (1.0, eaves),
            ],
        }
    }

    /// One slope.
    pub(crate) fn shed(front: f64, back: f64) -> Self {
        Self {
            points: vec![(0.0, front), (1.0, back)],
        }
    }

    /// Rows of upright glazing and slopes behind them.
    pub(crate) fn sawtooth(valley: f64, crest: f64, teeth: usize) -> Self {
        let mut points = Vec::new();
        for tooth in 0..teeth {
            let start = tooth as f64 / teeth as f64;
            if tooth > 0 {
                points.push((start, valley));
            }
            points.push((start, crest));
        }
        points.push((1.0, valley));
        Self { points }
    }
}

/// How an end of the roof is closed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum End {
    /// An upright wall up to the ridge.
    Gable,
    /// Roof all the way; the number is the run of the hip over the run of the main slopes.
    Hip(f64),
    /// A gable up to the profile's first break, roof above it.
    HalfHip(f64),
}

/// A body to sweep.
pub(crate) struct Swept<'a> {
    /// Front eaves line, body to the left; its ends are cut square.
    pub(crate) front: &'a [PlanPoint],
    /// Distance from the front to the back, metres.
    pub(crate) depth_m: f64,
    /// Underside, metres above DHHN92.
    pub(crate) base: f64,
    /// The cross-section.
    pub(crate) profile: Profile,
    /// How the roof ends at the first and at the last point of the line.
    pub(crate) ends: [End; 2],
    /// Dormers and chimneys; those that do not fit are left out.
    pub(crate) attachments: Vec<Attachment>,
}

impl Swept<'_> {
    /// The closed shell.
    pub(crate) fn shell(&self) -> Shell {
        let rails = self.rails();
        let mut shell = Shell::default();
        let front: Vec<_> = self.front.iter().map(|&p| lift(p, self.base)).collect();
        let back: Vec<_> = offset_line(self.front, self.depth_m)
            .iter()
            .map(|&p| lift(p, self.base))
            .collect();
        shell.push(
            FaceKind::Ground,
            back.iter()
                .copied()
                .chain(front.iter().rev().copied())
                .collect(),
        );

        let last_rail = &rails[rails.len() - 1];
        for i in 0..self.front.len() - 1 {
            shell.push(
                FaceKind::Wall,
                vec![front[i], front[i + 1], rails[0][i + 1], rails[0][i]],
            );
            shell.push(
                FaceKind::Wall,
                vec![back[i + 1], back[i], last_rail[i], last_rail[i + 1]],
            );
            for k in 0..rails.len() - 1 {
                let quad = vec![
                    rails[k][i],
                    rails[k][i + 1],
                    rails[k + 1][i + 1],
                    rails[k + 1][i],
                ];
                self.roof_face(&mut shell, quad, (i, k));
            }
        }
        self.close_end(&mut shell, &rails, (front[0], back[0]), true);
        let last = self.front.len() - 1;
        self.close_end(&mut shell, &rails, (front[last], back[last]), false);
        shell
    }

    fn rails(&self) -> Vec<Vec<Position>> {
        let points = &self.profile.points;
        let last = self.front.len() - 1;
        let starts = direction(self.front[0], self.front[1]);
        let stops = direction(self.front[last - 1], self.front[last]);
        points
            .iter()
            .enumerate()
            .map(|(k, &(t, z))| {
                let mut line = offset_line(self.front, t * self.depth_m);
                line[0] = line[0] + starts * self.pull(self.ends[0], k);
                line[last] = line[last] - stops * self.pull(self.ends[1], k);
                line.into_iter().map(|point| lift(point, z)).collect()
            })
            .collect()
    }

    /// How far the end of rail `k` is drawn in, metres.
    fn pull(&self, end: End, k: usize) -> f64 {
        let points = &self.profile.points;
        let (t, _) = points[k];
        let run = t.min(1.0 - t) * self.depth_m;
        let pull = match end {
            End::Gable => 0.0,
            End::Hip(ratio) => run * ratio,
            End::HalfHip(ratio) => (run - points[1].0 * self.depth_m) * ratio,
        };
        // Shares such as 1 - (1 - t) come back a rounding error away from t.
        if pull > 1e-6 { pull } else { 0.0 }
    }

    fn roof_face(&self, shell: &mut Shell, quad: Vec<Position>, (segment, strip): (usize, usize)) {
        let points = &self.profile.points;
        let ((t0, z0), (t1, z1)) = (points[strip], points[strip + 1]);
        if t0 == t1 {
            // An upright step of a sawtooth is a (glazed) wall.
            shell.push(FaceKind::Wall, quad);
            return;
        }
        let forward = direction(self.front[segment], self.front[segment + 1]);
        let mut slope = if z1 >= z0 {
            Slope::new([quad[0], quad[1], quad[2], quad[3]], forward, left(forward))
        } else {
            Slope::new(
                [quad[2], quad[3], quad[0], quad[1]],
                forward * -1.0,
                left(forward) * -1.0,
            )
        };
        let mut face = Face::new(FaceKind::Roof, quad);
        for attachment in self
            .attachments
            .iter()
            .filter(|a| a.segment == segment && a.strip == strip)
        {
            slope.attach(attachment, &mut face, shell);
        }
        shell.faces.push(face);
    }

    /// Closes one end: a wall as far as the rails are not drawn in, roof faces above.
    fn close_end(
        &self,
        shell: &mut Shell,
        rails: &[Vec<Position>],
        base: (Position, Position),
        start: bool,
    ) {
        let end = self.ends[usize::from(!start)];
        let column: Vec<Position> = rails
            .iter()
            .map(|rail| if start { rail[0] } else { rail[rail.len() - 1] })
            .collect();
        let mut push = |kind, mut ring: Vec<Position>| {
            if !start {
                ring.reverse();
            }
            shell.push(kind, ring);
        };
        let upright: Vec<Position> = (0..column.len())
            .filter(|&k| self.pull(end, k) == 0.0)
            .map(|k| column[k])
            .collect();
        let mut wall = vec![base.1, base.0];
        wall.extend(upright);
        push(FaceKind::Wall, wall);

        let top = column.len() - 1;
        let mut k = 0;
        while 2 * k < top {
            if self.pull(end, k + 1) > 0.0 {
                let mut ring = vec![column[top - k], column[k], column[k + 1]];
                if k + 1 < top - k - 1 {
                    ring.push(column[top - k - 1]);
                }
                push(FaceKind::Roof, ring);
            }
            k += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::polygon::at;

    fn swept(front: &[PlanPoint], profile: Profile, ends: [End; 2]) -> Shell {
        Swept {
            front,
            depth_m: 12.0,
            base: 100.0,
            profile,
            ends,
            attachments: Vec::new(),
        }
        .shell()
    }

    #[test]
    fn every_combination_of_profile_and_end_is_closed_and_faces_outwards() {
        let straight = [at(0.0, 0.0), at(30.0, 4.0)];
        let bent = [at(0.0, 0.0), at(40.0, 0.0), at(52.0, 40.0)];
        let cases = [
            (Profile::gable(110.0, 116.0), [End::Gable, End::Gable]),
            (Profile::gable(110.0, 116.0), [End::Hip(0.8), End::Gable]),
            (Profile::gable(110.0, 116.0), [End::Hip(1.0), End::Hip(0.5)]),
            (
                Profile::half_hip(110.0, 116.0, 0.5),
                [End::HalfHip(0.9), End::Gable],
            ),
            (
                Profile::mansard(110.0, 0.1, 113.0, 115.0),
                [End::Hip(1.0), End::Gable],
            ),
            (
                Profile::uneven_gable(110.0, 0.4, 115.0, 108.0),
                [End::Gable, End::Gable],
            ),
            (Profile::shed(110.0, 113.0), [End::Gable, End::Gable]),
            (Profile::sawtooth(106.0, 109.0, 5), [End::Gable, End::Gable]),
        ];
        for (profile, ends) in cases {
            for front in [&straight[..], &bent[..]] {
                let shell = swept(front, profile.clone(), ends);
                assert!(
                    shell.open_edges().is_empty(),
                    "{profile:?} {ends:?}: {:?}",
                    shell.open_edges()
                );
                assert!(
                    shell.volume_m3() > 12.0 * 30.0 * 6.0,
                    "{profile:?} {}",
                    shell.volume_m3()
                );
            }
        }
    }

    #[test]
    fn volume_of_a_gabled_house_is_that_of_the_prism() {
        let shell = swept(
            &[at(0.0, 0.0), at(20.0, 0.0)],
            Profile::gable(106.0, 110.0),
            [End::Gable; 2],
        );
        assert!((shell.volume_m3() - 20.0 * 12.0 * (6.0 + 2.0)).abs() < 1e-6);
    }
}
