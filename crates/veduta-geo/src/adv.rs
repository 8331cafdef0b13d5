//! Names of the German surveying authorities: `urn:adv:crs:ETRS89_UTM32*DE_DHHN2016_NH*GCG2016`.
//!
//! The names are those of the AdV (GeoInfoDok, main document, chapter 7, coordinate reference systems).
//! A horizontal name may carry the state's suffix (`DE_DHDN_3GK3_HE100`).

use crate::Notation;

/// Horizontal names and their EPSG codes. Matched as prefixes, so longer names come first.
const HORIZONTAL: &[(&str, u32)] = &[
    ("ETRS89_UTM31", 25831),
    ("ETRS89_UTM32", 25832),
    ("ETRS89_UTM33", 25833),
    ("ETRS89_LAT-LON-H", 4937),
    ("ETRS89_LAT-LON", 4258),
    ("ETRS89_X-Y-Z", 4936),
    ("WGS84_UTM31", 32631),
    ("WGS84_UTM32", 32632),
    ("WGS84_UTM33", 32633),
    ("WGS84_LAT-LON-H", 4979),
    ("WGS84_LAT-LON", 4326),
    ("DE_DHDN_3GK2", 31466),
    ("DE_DHDN_3GK3", 31467),
    ("DE_DHDN_3GK4", 31468),
    ("DE_DHDN_3GK5", 31469),
    ("DE_DHDN_LAT-LON", 4314),
    ("DE_DHDN_SOLDNER-BERLIN", 3068),
    ("DE_SOLDNER-BERLIN", 3068),
    ("DE_PD-83_3GK3", 3396),
    ("DE_PD-83_3GK4", 3397),
    ("DE_RD-83_3GK4", 3398),
    ("DE_RD-83_3GK5", 3399),
    ("DE_42-83_3GK3", 2397),
    ("DE_42-83_3GK4", 2398),
    ("DE_42-83_3GK5", 2399),
    ("DE_42-83_6GK2", 3834),
    ("DE_42-83_6GK3", 3835),
];

/// Vertical names and their EPSG codes. `NHN` alone has meant DHHN2016 since 2017.
const VERTICAL: &[(&str, u32)] = &[
    ("DE_DHHN12", 7699),
    ("DE_DHHN85", 5784),
    ("DE_DHHN92", 5783),
    ("DE_DHHN2016", 7837),
    ("DE_SNN76", 5785),
    ("DE_NHN", 7837),
    ("NHN", 7837),
];

/// What an AdV name means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct AdvName {
    pub(crate) horizontal_epsg: u32,
    pub(crate) vertical_epsg: Option<u32>,
    /// The AdV writes easting before northing, but latitude before longitude.
    pub(crate) notation: Notation,
}

/// Reads a name with or without `urn:adv:crs:` before it.
///
/// The parts are separated by `*`; what follows the height system names the quasigeoid.
pub(crate) fn parse(text: &str) -> Option<AdvName> {
    // States write the slash of "42/83" both ways, and the prefix in several.
    let name = text.to_ascii_uppercase().replace('/', "-");
    let name = name.rsplit([':', '#']).next()?;
    let mut parts = name.split('*').map(str::trim);
    let horizontal = parts.next()?;
    let horizontal_epsg = lookup(HORIZONTAL, horizontal)?;
    Some(AdvName {
        horizontal_epsg,
        vertical_epsg: parts.next().and_then(|part| lookup(VERTICAL, part)),
        notation: if horizontal.contains("_LAT-LON") {
            Notation::Authority
        } else {
            Notation::Traditional
        },
    })
}

fn lookup(table: &[(&str, u32)], name: &str) -> Option<u32> {
    table
        .iter()
        .find(|(prefix, _)| name.starts_with(prefix))
        .map(|(_, code)| *code)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(name: &str) -> Option<(u32, Option<u32>)> {
        parse(name).map(|name| (name.horizontal_epsg, name.vertical_epsg))
    }

    #[test]
    fn reads_grid_height_and_quasigeoid() {
        assert_eq!(
            codes("urn:adv:crs:ETRS89_UTM32*DE_DHHN2016_NH*GCG2016"),
            Some((25832, Some(7837)))
        );
        assert_eq!(codes("ETRS89_UTM33"), Some((25833, None)));
        assert_eq!(
            codes("urn:adv:crs:DE_DHDN_3GK4*DE_DHHN92_NH"),
            Some((31468, Some(5783)))
        );
        assert_eq!(codes("DE_DHDN_3GK3_HE100"), Some((31467, None)));
        assert_eq!(codes("urn:adv:crs:DE_42/83_3GK4"), Some((2398, None)));
        assert_eq!(
            codes("ETRS89_Lat-Lon*DE_DHHN12_NOH"),
            Some((4258, Some(7699)))
        );
        assert_eq!(codes("ETRS89_UTM35"), None);
    }

    #[test]
    fn latitude_comes_before_longitude_but_easting_before_northing() {
        let notation = |name| parse(name).map(|name| name.notation);
        assert_eq!(notation("ETRS89_Lat-Lon"), Some(Notation::Authority));
        assert_eq!(notation("DE_DHDN_3GK3"), Some(Notation::Traditional));
    }
}
