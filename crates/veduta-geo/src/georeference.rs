//! The decision where and in which axis order a source's coordinates are.

use glam::DVec3;

use crate::definition::{CrsDefinition, CrsKind};
use crate::fit::{AreaOfUse, Fit, fit, is_on_earth, median};
use crate::habit::{Habit, habits};
use crate::{
    GeoError, GeoFinding, Geodetic, HeightReference, LocalReason, Notation, SrsName, Transformer,
};

/// Everything needed to place one source's coordinates; cheap to clone and to send to threads.
#[derive(Debug, Clone, PartialEq)]
pub struct Georeference {
    label: String,
    placement: Placement,
    heights: HeightReference,
    height_unit_m: f64,
    height_offset_m: f64,
}

/// How coordinates reach the earth.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Placement {
    Crs {
        definition: String,
        north_first: bool,
        area: Option<AreaOfUse>,
        /// Added to easting (longitude) and northing (latitude).
        shift_crs: [f64; 2],
    },
    Geocentric,
    Local {
        /// The coordinates that lie on `origin`.
        origin_crs: [f64; 3],
        origin: Geodetic,
    },
}

/// A [`Georeference`] and what had to be decided for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Resolution {
    /// How to place the coordinates.
    pub georeference: Georeference,
    /// Decisions and assumptions, for the list of diagnostics.
    pub findings: Vec<GeoFinding>,
}

impl Georeference {
    /// Decides how coordinates named `name` are to be read.
    ///
    /// `sample_crs` holds some coordinates as written, spread over the source; their median decides
    /// where a name is ambiguous:
    ///
    /// 1. The expected order comes first: that of the authority for URNs and URLs, easting (longitude)
    ///    first otherwise. It is kept if it puts the median into the system's area of use.
    /// 2. The other order is taken if it fits the area of use better: many files name
    ///    `urn:ogc:def:crs:EPSG::31467` and write easting first.
    /// 3. If neither fits, known habits are tried in both orders: zone numbers before eastings or
    ///    left out, the neighbouring zone, the other sign of Krovak.
    /// 4. What fits nothing is placed locally, with a warning.
    ///
    /// Where both orders lie in the area of use (a grid whose origin is in the middle of it, such as
    /// the Japanese plane systems) the first rule decides: name such a source with a URN for
    /// northing first, with a code for easting first.
    ///
    /// # Errors
    /// [`GeoError::Unusable`] if PROJ does not know the system.
    pub fn resolve(name: &SrsName, sample_crs: &[[f64; 3]]) -> Result<Resolution, GeoError> {
        let mut definition = CrsDefinition::load(name.horizontal())?;
        if let Some(vertical) = name.vertical() {
            definition = definition.with_vertical(vertical);
        }
        let mut findings = Vec::new();
        let Some(placement) = place(name, &definition, median(sample_crs), &mut findings)? else {
            let described = format!("{name} ({})", definition.name);
            return Ok(Self::local(
                sample_crs,
                LocalReason::OutsideAreaOfUse(described),
            ));
        };
        match &definition.heights {
            HeightReference::Ellipsoid => {}
            HeightReference::SeaLevel(vertical) => findings.push(GeoFinding::HeightsAsWritten {
                vertical: Some(vertical.clone()),
            }),
            HeightReference::Unstated => {
                findings.push(GeoFinding::HeightsAsWritten { vertical: None });
            }
        }
        Ok(Resolution {
            georeference: Self {
                label: name.to_string(),
                placement,
                heights: definition.heights,
                height_unit_m: definition.height_unit_m,
                height_offset_m: 0.0,
            },
            findings,
        })
    }

    /// Places coordinates of a system that the file itself defines by an anchor point: the
    /// coordinates count from the anchor, along the axes of its system (ISO 19111, engineering datum).
    ///
    /// `srs_name` is the name that the file's coordinates carry, `anchor_crs` the anchor point as
    /// written under `anchor`, its height included.
    ///
    /// # Errors
    /// [`GeoError::Unusable`] if PROJ does not know the anchor's system,
    /// [`GeoError::LocalReference`] if the anchor does not lie where that system is used.
    pub fn anchored(
        srs_name: &str,
        anchor: &SrsName,
        anchor_crs: [f64; 3],
    ) -> Result<Resolution, GeoError> {
        let mut resolution = Self::resolve(anchor, &[anchor_crs])?;
        let georeference = &mut resolution.georeference;
        let Placement::Crs {
            north_first,
            shift_crs,
            ..
        } = &mut georeference.placement
        else {
            return Err(GeoError::LocalReference {
                as_written: srs_name.to_owned(),
            });
        };
        let [first, second, height] = anchor_crs;
        // The local axes count east and north, in whatever order the anchor itself was written.
        let [east, north] = if std::mem::take(north_first) {
            [second, first]
        } else {
            [first, second]
        };
        *shift_crs = [shift_crs[0] + east, shift_crs[1] + north];
        georeference.height_offset_m = height * georeference.height_unit_m;
        georeference.label = format!("local on {anchor}");
        resolution.findings.push(GeoFinding::Anchored {
            srs_name: srs_name.to_owned(),
            anchor: anchor.to_string(),
        });
        Ok(resolution)
    }

    /// Places coordinates without a usable reference system around 0°N 0°E, metre for metre.
    ///
    /// Small coordinates keep their values; large ones are shifted by whole kilometres.
    pub fn local(sample_crs: &[[f64; 3]], reason: LocalReason) -> Resolution {
        let shift = |value: f64| {
            if value.abs() < 100_000.0 {
                0.0
            } else {
                (value / 1_000.0).round() * 1_000.0
            }
        };
        let [x, y, _] = median(sample_crs).unwrap_or_default();
        Self::local_around([shift(x), shift(y), 0.0], reason, Geodetic::default())
    }

    /// Places coordinates without a usable reference system metre for metre so that the lowest
    /// south-western corner of `sample_crs` lies on `origin`: beside other things of a scene.
    pub fn local_at(sample_crs: &[[f64; 3]], reason: LocalReason, origin: Geodetic) -> Resolution {
        let lowest = [0, 1, 2].map(|axis| {
            sample_crs
                .iter()
                .map(|point| point[axis])
                .filter(|value| value.is_finite())
                .min_by(f64::total_cmp)
                .map_or(0.0, f64::floor)
        });
        Self::local_around(lowest, reason, origin)
    }

    fn local_around(origin_crs: [f64; 3], reason: LocalReason, origin: Geodetic) -> Resolution {
        Resolution {
            georeference: Self {
                label: "local".to_owned(),
                placement: Placement::Local { origin_crs, origin },
                heights: HeightReference::Unstated,
                height_unit_m: 1.0,
                height_offset_m: 0.0,
            },
            findings: vec![GeoFinding::Local { reason, origin }],
        }
    }

    /// The same placement with `offset_m` metres added to all heights.
    #[must_use]
    pub fn with_height_offset(mut self, offset_m: f64) -> Self {
        self.height_offset_m += offset_m;
        self
    }

    /// A converter for the calling thread.
    ///
    /// # Errors
    /// [`GeoError::Unusable`] if PROJ cannot convert the system to WGS 84.
    pub fn transformer(&self) -> Result<Transformer, GeoError> {
        Transformer::new(self.clone())
    }

    /// The system as a short text, `EPSG:25832+5783` or `local`.
    pub fn label(&self) -> &str {
        &self.label
    }

    /// What heights refer to.
    pub fn heights(&self) -> &HeightReference {
        &self.heights
    }

    /// True if the coordinates have no place on earth.
    pub fn is_local(&self) -> bool {
        matches!(self.placement, Placement::Local { .. })
    }

    /// Where coordinates without a place on earth are drawn.
    pub fn local_origin(&self) -> Option<Geodetic> {
        match self.placement {
            Placement::Local { origin, .. } => Some(origin),
            _ => None,
        }
    }

    /// True if the first coordinate is read as northing or latitude.
    pub fn is_north_first(&self) -> bool {
        matches!(
            self.placement,
            Placement::Crs {
                north_first: true,
                ..
            }
        )
    }

    /// A text that two georeferences share exactly if they place coordinates in the same way; for the
    /// keys of caches, not for people.
    pub fn fingerprint(&self) -> String {
        format!("{self:?}")
    }

    pub(crate) fn placement(&self) -> &Placement {
        &self.placement
    }

    /// Metres of a height as written in the file.
    pub(crate) fn height_m(&self, height_crs: f64) -> f64 {
        height_crs * self.height_unit_m + self.height_offset_m
    }

    pub(crate) fn height_offset_m(&self) -> f64 {
        self.height_offset_m
    }

    /// Metres east, north and up of the arbitrary origin of a local placement.
    pub(crate) fn local_from_crs(&self, [x, y, z]: [f64; 3]) -> DVec3 {
        match self.placement {
            Placement::Local {
                origin_crs: [origin_x, origin_y, origin_z],
                ..
            } => DVec3::new(x - origin_x, y - origin_y, self.height_m(z - origin_z)),
            _ => DVec3::new(x, y, self.height_m(z)),
        }
    }
}

/// Tries the readings in order of expectation; `None` if the coordinates fit none of them.
fn place(
    name: &SrsName,
    definition: &CrsDefinition,
    middle_crs: Option<[f64; 3]>,
    findings: &mut Vec<GeoFinding>,
) -> Result<Option<Placement>, GeoError> {
    if definition.kind == CrsKind::Geocentric {
        return Ok(middle_crs
            .is_none_or(is_on_earth)
            .then_some(Placement::Geocentric));
    }
    let expected_order = name.notation() == Notation::Authority && definition.north_first;
    let placed = |definition: &CrsDefinition, north_first, shift_m| Placement::Crs {
        definition: definition.horizontal.clone(),
        north_first,
        area: definition.area,
        shift_crs: [shift_m, 0.0],
    };
    let Some(middle) = middle_crs else {
        return Ok(Some(placed(definition, expected_order, 0.0)));
    };
    let expected = fit(definition, middle, expected_order, 0.0)?;
    let swapped = fit(definition, middle, !expected_order, 0.0)?;
    if expected == Fit::None && swapped == Fit::None {
        let mut best: Option<(Fit, Habit, bool)> = None;
        for habit in habits(name.horizontal())? {
            for order in [expected_order, !expected_order] {
                let found = fit(&habit.definition, middle, order, habit.shift_m)?;
                let best_so_far = best.as_ref().map_or(Fit::None, |(best, ..)| *best);
                if found > best_so_far {
                    best = Some((found, habit.clone(), order));
                }
            }
        }
        return Ok(best.map(|(_, habit, order)| {
            findings.push(GeoFinding::Habit {
                srs_name: name.as_written().to_owned(),
                read_as: habit.read_as,
            });
            placed(&habit.definition, order, habit.shift_m)
        }));
    }
    let (best, north_first) = if swapped > expected {
        findings.push(GeoFinding::AxisOrder {
            srs_name: name.as_written().to_owned(),
            north_first: !expected_order,
        });
        (swapped, !expected_order)
    } else {
        (expected, expected_order)
    };
    if best == Fit::Beside {
        findings.push(GeoFinding::BesideAreaOfUse {
            name: format!("{name} ({})", definition.name),
        });
    }
    Ok(Some(placed(definition, north_first, 0.0)))
}
