//! Names of the German surveying authorities: `urn:adv:crs:ETRS89_UTM32*DE_DHHN2016_NH*GCG2016`.
//!
//! The names are those of the AdV list of coordinate reference systems (GeoInfoDok NEU, annex on
//! reference systems). A horizontal name may carry the state's suffix (`DE_DHDN_3GK3_HE100`).

/// Horizontal names and their EPSG codes. Matched as prefixes, so longer names come first.
const HORIZONTAL: &[(&str, u32)] = &[
    ("ETRS89_UTM31", 25831),
    ("ETRS89_UTM32", 25832),
    ("ETRS89_UTM33", 25833),
    ("ETRS89_LAT-LON-H", 4937),
    ("ETRS89_LAT-LON", 4258),
    ("DE_DHDN_3GK2", 31466),
    ("DE_DHDN_3GK3", 31467),
    ("DE_DHDN_3GK4", 31468),
    ("DE_DHDN_3GK5", 31469),
    ("DE_DHDN_SOLDNER-BERLIN", 3068),
    ("DE_PD-83_3GK4", 3397),
    ("DE_RD-83_3GK4", 3398),
    ("DE_RD-83_3GK5", 3399),
    ("DE_42-83_3GK4", 2398),
    ("DE_42-83_3GK5", 2399),
];

/// Vertical names and their EPSG codes.
const VERTICAL: &[(&str, u32)] = &[
    ("DE_DHHN12_NOH", 7699),
    ("DE_DHHN85_NH", 5784),
    ("DE_DHHN92_NH", 5783),
    ("DE_DHHN2016_NH", 7837),
    ("DE_SNN76_NH", 5785),
];

/// EPSG codes of the part after `urn:adv:crs:`, horizontal and vertical.
///
/// The parts are separated by `*`; what follows the height system names the quasigeoid.
pub(crate) fn epsg_codes(name: &str) -> Option<(u32, Option<u32>)> {
    let mut parts = name.split('*').map(str::trim);
    let horizontal = lookup(HORIZONTAL, parts.next()?)?;
    let vertical = parts.next().and_then(|part| lookup(VERTICAL, part));
    Some((horizontal, vertical))
}

fn lookup(table: &[(&str, u32)], name: &str) -> Option<u32> {
    // States write the slash of "42/83" both ways.
    let name = name.to_ascii_uppercase().replace('/', "-");
    table
        .iter()
        .find(|(prefix, _)| name.starts_with(prefix))
        .map(|(_, code)| *code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_grid_height_and_quasigeoid() {
        assert_eq!(
            epsg_codes("ETRS89_UTM32*DE_DHHN2016_NH*GCG2016"),
            Some((25832, Some(7837)))
        );
        assert_eq!(epsg_codes("ETRS89_UTM33"), Some((25833, None)));
        assert_eq!(
            epsg_codes("DE_DHDN_3GK4*DE_DHHN92_NH"),
            Some((31468, Some(5783)))
        );
        assert_eq!(epsg_codes("DE_DHDN_3GK3_HE100"), Some((31467, None)));
        assert_eq!(epsg_codes("ETRS89_UTM35"), None);
    }
}
