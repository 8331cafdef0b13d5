//! Known habits of writing coordinates that the named system does not cover.

use crate::GeoError;
use crate::definition::CrsDefinition;

/// Another reading of coordinates under a name.
#[derive(Debug, Clone)]
pub(crate) struct Habit {
    pub(crate) definition: CrsDefinition,
    /// Metres added to eastings.
    pub(crate) shift_m: f64,
    /// In words.
    pub(crate) read_as: String,
}

/// Metres in the step from one zone number before an easting to the next.
const ZONE_STEP_M: f64 = 1.0e6;

/// Gauss-Krüger systems whose false easting holds the zone number, by families of one datum: code and zone.
const ZONED_FAMILIES: &[&[(u32, u32)]] = &[
    &[(31466, 2), (31467, 3), (31468, 4), (31469, 5)],
    &[(5676, 2), (5677, 3), (5678, 4), (5679, 5)],
    &[(3396, 3), (3397, 4)],
    &[(3398, 4), (3399, 5)],
    &[(2397, 3), (2398, 4), (2399, 5)],
    &[(2176, 5), (2177, 6), (2178, 7), (2179, 8)],
    &[(5649, 31), (4647, 32), (5650, 33)],
];

/// Readings to try when coordinates do not fit `horizontal` as it stands, most likely first.
pub(crate) fn habits(horizontal: &str) -> Result<Vec<Habit>, GeoError> {
    let Some(code) = horizontal
        .strip_prefix("EPSG:")
        .and_then(|code| code.parse::<u32>().ok())
    else {
        return Ok(Vec::new());
    };
    let mut habits = Vec::new();
    if let Some(zone) = utm_zone(code) {
        habits.push(Habit {
            definition: CrsDefinition::load(horizontal)?,
            shift_m: -f64::from(zone) * ZONE_STEP_M,
            read_as: format!("{horizontal} with the zone number {zone} before the eastings"),
        });
    }
    for family in ZONED_FAMILIES {
        let Some((_, own_zone)) = family.iter().find(|(member, _)| *member == code) else {
            continue;
        };
        for (sibling, _) in family.iter().filter(|(member, _)| *member != code) {
            let sibling = format!("EPSG:{sibling}");
            habits.push(Habit {
                definition: CrsDefinition::load(&sibling)?,
                shift_m: 0.0,
                read_as: format!("{sibling}, whose zone number the eastings carry"),
            });
        }
        habits.push(Habit {
            definition: CrsDefinition::load(horizontal)?,
            shift_m: f64::from(*own_zone) * ZONE_STEP_M,
            read_as: format!("{horizontal} without the zone number {own_zone} before the eastings"),
        });
    }
    // Krovak counts south and west; programs write the same numbers with a minus, or without.
    let other_sign = match code {
        5514 => Some("EPSG:5513"),
        5513 => Some("EPSG:5514"),
        _ => None,
    };
    if let Some(other) = other_sign {
        habits.push(Habit {
            definition: CrsDefinition::load(other)?,
            shift_m: 0.0,
            read_as: format!("{other}, the same grid with the other sign"),
        });
    }
    Ok(habits)
}

/// Zone of a northern or southern UTM system on ETRS89 or WGS 84.
fn utm_zone(code: u32) -> Option<u32> {
    let zone = code % 100;
    let is_utm = match code / 100 {
        258 => (28..=38).contains(&zone),
        326 | 327 => (1..=60).contains(&zone),
        _ => false,
    };
    is_utm.then_some(zone)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_are_part_of_the_code() {
        assert_eq!(utm_zone(25_832), Some(32));
        assert_eq!(utm_zone(32_755), Some(55));
        assert_eq!(utm_zone(32_661), None);
        assert_eq!(utm_zone(31_467), None);
    }

    #[test]
    fn every_family_member_is_known_to_proj() {
        for (code, _) in ZONED_FAMILIES.iter().copied().flatten() {
            assert!(
                CrsDefinition::load(&format!("EPSG:{code}")).is_ok(),
                "{code}"
            );
        }
    }
}
