//! One house on a front line: storeys, roof, dormers and chimneys in the manner of its quarter.

use super::kinds::RoofType;
use super::site::{DraftPart, Site};
use crate::plan::polygon::{PlanPoint, distance, line_length, offset_line};
use crate::random::Random;
use crate::solid::attachment::AttachmentKind;
use crate::solid::{Attachment, Cap, DormerRoof, End, Level, Profile, Stepped, Swept};

/// How a quarter builds.
#[derive(Debug, Clone, Copy)]
pub(crate) struct HouseStyle {
    /// Fewest and most full storeys.
    pub(crate) storeys: (u32, u32),
    /// Floor to floor, metres.
    pub(crate) storey_m: f64,
    /// Ground floor above the ground, metres.
    pub(crate) plinth_m: f64,
    /// Pitch of gabled and hipped roofs, degrees.
    pub(crate) pitch_deg: (f64, f64),
    /// Roofs to choose from; repeat one to have it more often.
    pub(crate) roofs: &'static [RoofType],
    /// Share of houses with dormers.
    pub(crate) dormers: f64,
}

/// The ground plan of a house: its front line with the body to the left.
#[derive(Debug, Clone)]
pub(crate) struct HousePlan {
    pub(crate) front: Vec<PlanPoint>,
    pub(crate) depth_m: f64,
    /// Whether the first and the last end stand free (not against a neighbour).
    pub(crate) free_ends: [bool; 2],
}

impl HousePlan {
    /// Outline, counter-clockwise.
    pub(crate) fn footprint(&self) -> Vec<PlanPoint> {
        let back = offset_line(&self.front, self.depth_m);
        self.front
            .iter()
            .copied()
            .chain(back.into_iter().rev())
            .collect()
    }
}

/// Builds the house in its style.
pub(crate) fn house(
    site: &Site,
    random: &mut Random,
    plan: &HousePlan,
    style: &HouseStyle,
) -> DraftPart {
    let storeys = random.whole(style.storeys.0, style.storeys.1);
    let roof = random.pick(style.roofs);
    house_of(site, random, plan, style, (storeys, roof))
}

/// Builds the house with given storeys and roof.
pub(crate) fn house_of(
    site: &Site,
    random: &mut Random,
    plan: &HousePlan,
    style: &HouseStyle,
    (storeys, roof): (u32, RoofType),
) -> DraftPart {
    let ground = site.ground(&plan.footprint());
    let eaves = ground.level
        + style.plinth_m
        + f64::from(storeys) * style.storey_m
        + random.between(0.0, 0.5);
    let pitch = random
        .between(style.pitch_deg.0, style.pitch_deg.1)
        .to_radians()
        .tan();
    let rise_m = pitch * plan.depth_m / 2.0;
    if roof == RoofType::Flat
        && let Some(part) = flat_roofed(&plan.footprint(), ground.base, eaves, storeys)
    {
        return part;
    }
    let free = |end: End| {
        plan.free_ends
            .map(|free| if free { end } else { End::Gable })
    };
    let (roof, profile, ends) = match roof {
        RoofType::Shed => (
            roof,
            Profile::shed(eaves, eaves + 0.22 * plan.depth_m),
            [End::Gable; 2],
        ),
        RoofType::Mansard => {
            let break_z = eaves + 2.5;
            let inset_share = 1.05 / plan.depth_m;
            let ridge = break_z + 0.42 * (plan.depth_m / 2.0 - 1.05);
            (
                roof,
                Profile::mansard(eaves, inset_share, break_z, ridge),
                free(End::Hip(1.0)),
            )
        }
        RoofType::HalfHipped if plan.free_ends[0] || plan.free_ends[1] => (
            roof,
            Profile::half_hip(eaves, eaves + rise_m, 0.55),
            free(End::HalfHip(0.9)),
        ),
        RoofType::Hipped if plan.free_ends[0] || plan.free_ends[1] => {
            // The ridge keeps at least a quarter of the house's length.
            let hips = plan.free_ends.iter().filter(|free| **free).count() as f64;
            let ratio = (1.5 * line_length(&plan.front) / hips / plan.depth_m).clamp(0.3, 0.95);
            (
                roof,
                Profile::gable(eaves, eaves + rise_m),
                free(End::Hip(ratio)),
            )
        }
        _ => (
            RoofType::Gabled,
            Profile::gable(eaves, eaves + rise_m),
            [End::Gable; 2],
        ),
    };
    let attachments = match roof {
        RoofType::Mansard => {
            let mut bays = dormer_row(random, plan, (0, 0.17), 1.5, DormerRoof::Shed(0.1));
            bays.extend(dormer_row(
                random,
                plan,
                (3, 0.17),
                1.5,
                DormerRoof::Shed(0.1),
            ));
            bays
        }
        RoofType::Gabled | RoofType::Hipped => on_the_roof(random, plan, style, pitch),
        _ => Vec::new(),
    };
    let shell = Swept {
        front: &plan.front,
        depth_m: plan.depth_m,
        base: ground.base,
        profile,
        ends,
        attachments,
    }
    .shell();
    DraftPart {
        shell,
        roof,
        storeys,
    }
}

/// A flat roof behind a parapet; `None` where the outline is too narrow for one.
pub(crate) fn flat_roofed(
    footprint: &[PlanPoint],
    base: f64,
    roof_z: f64,
    storeys: u32,
) -> Option<DraftPart> {
    let levels = [
        Level::new(0.0, roof_z + 0.5),
        Level::new(0.3, roof_z + 0.5),
        Level::new(0.3, roof_z),
    ];
    let shell = Stepped {
        footprint,
        base,
        levels: &levels,
        cap: Cap::Flat(Vec::new()),
    }
    .shell()?;
    Some(DraftPart {
        shell,
        roof: RoofType::Flat,
        storeys,
    })
}

/// Dormers to the street, sometimes to the yard, and a chimney.
fn on_the_roof(
    random: &mut Random,
    plan: &HousePlan,
    style: &HouseStyle,
    pitch: f64,
) -> Vec<Attachment> {
    let run_m = plan.depth_m / 2.0;
    let mut list = Vec::new();
    if random.chance(style.dormers) && pitch > 0.65 {
        let roof = if random.chance(0.55) {
            DormerRoof::Gabled(0.75)
        } else {
            DormerRoof::Shed(0.18)
        };
        let height_m = random.between(1.1, 1.4);
        let setback_m = random.between(0.6, 1.1);
        list.extend(dormer_row(random, plan, (0, setback_m), height_m, roof));
        if random.chance(0.45) {
            list.extend(dormer_row(random, plan, (1, setback_m), height_m, roof));
        }
    }
    if random.chance(0.7) {
        let setback_m = run_m - 1.3;
        list.push(Attachment {
            segment: 0,
            strip: usize::from(random.chance(0.5)),
            share: random.between(0.2, 0.8),
            setback_m,
            width_m: random.between(0.7, 1.1),
            kind: AttachmentKind::Chimney {
                depth_m: 0.6,
                rise_m: 0.7 * pitch + random.between(0.6, 1.0),
            },
        });
    }
    list
}

/// Equal dormers evenly along each straight piece of a roof face.
fn dormer_row(
    random: &mut Random,
    plan: &HousePlan,
    (strip, setback_m): (usize, f64),
    height_m: f64,
    roof: DormerRoof,
) -> Vec<Attachment> {
    let width_m = random.between(1.2, 1.7);
    let spacing_m = random.between(3.0, 4.2);
    (0..plan.front.len() - 1)
        .flat_map(|segment| {
            let length_m = distance(plan.front[segment], plan.front[segment + 1]);
            let count = ((length_m / spacing_m) as usize).min(5);
            (0..count).map(move |i| Attachment {
                segment,
                strip,
                share: (i as f64 + 0.5) / count as f64,
                setback_m,
                width_m,
                kind: AttachmentKind::Dormer { height_m, roof },
            })
        })
        .collect()
}
