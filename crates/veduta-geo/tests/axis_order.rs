//! In which order coordinates are read: by the name where it can be, by the area of use where it cannot.

use veduta_geo::{GeoFinding, Georeference, HeightReference, LocalReason, Resolution, SrsName};

fn resolved(srs_name: &str, point_crs: [f64; 3]) -> Resolution {
    let name = SrsName::parse(srs_name).expect(srs_name);
    Georeference::resolve(&name, &[point_crs]).expect(srs_name)
}

fn place(resolution: &Resolution, point_crs: [f64; 3]) -> Option<[f64; 2]> {
    let transformer = resolution.georeference.transformer().expect("PROJ");
    transformer.geodetic_from_crs(&[point_crs])[0]
        .map(|place| [place.longitude_deg, place.latitude_deg])
}

fn has(resolution: &Resolution, code: &str) -> bool {
    let findings = &resolution.findings;
    findings.iter().any(|finding| finding.code() == code)
}

/// Code, an easting and northing, the place. Computed with PROJ 9.5.1 (pyproj 3.7.2), without grids.
const SYSTEMS: &[(&str, [f64; 2], [f64; 2])] = &[
    (
        "31468",
        [4_468_000.0, 5_333_000.0],
        [11.568_627_370_6, 48.134_224_351_8],
    ),
    (
        "31254",
        [79_000.0, 237_000.0],
        [11.376_940_921_7, 47.267_117_924_9],
    ),
    (
        "31256",
        [2_900.0, 340_700.0],
        [16.371_149_729_5, 48.204_699_158_3],
    ),
    (
        "31287",
        [625_000.0, 483_000.0],
        [16.361_285_056_5, 48.206_841_241_4],
    ),
    ("2178", [7_500_000.0, 5_788_000.0], [21.0, 52.225_597_864_0]),
    (
        "5514",
        [-743_000.0, -1_043_000.0],
        [14.418_593_890_5, 50.087_346_614_7],
    ),
    (
        "3067",
        [385_000.0, 6_672_000.0],
        [24.927_457_713_3, 60.168_665_999_8],
    ),
    (
        "3879",
        [25_497_000.0, 6_673_000.0],
        [24.945_959_273_4, 60.169_870_925_4],
    ),
    (
        "3006",
        [674_000.0, 6_580_000.0],
        [18.057_965_336_8, 59.322_873_217_6],
    ),
    (
        "2154",
        [652_000.0, 6_862_000.0],
        [2.345_811_958_7, 48.856_248_141_0],
    ),
    (
        "3946",
        [1_842_000.0, 5_176_000.0],
        [4.825_858_538_9, 45.769_410_600_7],
    ),
    (
        "27700",
        [530_000.0, 180_000.0],
        [-0.128_353_940_5, 51.503_990_827_6],
    ),
    (
        "31370",
        [150_000.0, 170_000.0],
        [4.368_752_140_9, 50.840_411_283_1],
    ),
    (
        "4647",
        [32_458_877.0, 5_438_353.0],
        [8.436_676_846_3, 49.096_651_895_3],
    ),
    (
        "5555",
        [458_868.0, 5_438_343.0],
        [8.436_554_584_2, 49.096_561_343_3],
    ),
    ("6697", [139.767_125, 35.681_236], [139.767_125, 35.681_236]),
];

#[test]
fn either_order_under_either_notation_ends_at_the_same_place() {
    for (code, [east, north], [longitude_deg, latitude_deg]) in SYSTEMS {
        for srs_name in [
            format!("EPSG:{code}"),
            format!("urn:ogc:def:crs:EPSG::{code}"),
        ] {
            let orders = [[*east, *north, 0.0], [*north, *east, 0.0]];
            // Grids as wide as high: London's easting is a northing of Ulster. The name decides.
            let is_square = ["27700", "31370"].contains(code);
            let readable = if is_square { 1 } else { 2 };
            for point_crs in orders.into_iter().take(readable) {
                let resolution = resolved(&srs_name, point_crs);
                let [found_longitude, found_latitude] =
                    place(&resolution, point_crs).expect(&srs_name);
                // 1e-7 degrees are 1.1 cm on the meridian.
                assert!(
                    (found_longitude - longitude_deg).abs() < 1e-7
                        && (found_latitude - latitude_deg).abs() < 1e-7,
                    "{srs_name} {point_crs:?}: {found_longitude} {found_latitude}"
                );
            }
        }
    }
}

#[test]
fn a_compound_code_places_as_its_horizontal_part_does() {
    let point_crs = [84_511.464, 446_652.072, 0.56];
    let compound = place(&resolved("EPSG:7415", point_crs), point_crs);
    assert!(compound.is_some());
    assert_eq!(
        compound,
        place(&resolved("EPSG:28992", point_crs), point_crs)
    );
    assert_eq!(
        compound,
        place(&resolved("EPSG:28992+5709", point_crs), point_crs)
    );
}

#[test]
fn where_both_orders_are_possible_the_name_decides() {
    // The Japanese plane system IX has its origin in the middle of its area.
    let point_crs = [-6_000.0, -35_000.0, 0.0];
    assert!(
        !resolved("EPSG:6677", point_crs)
            .georeference
            .is_north_first()
    );
    let as_defined = resolved("urn:ogc:def:crs:EPSG::6677", [-35_000.0, -6_000.0, 0.0]);
    assert!(as_defined.georeference.is_north_first());
    assert!(!has(&as_defined, "GEO-001"));
    let [longitude_deg, latitude_deg] =
        place(&as_defined, [-35_000.0, -6_000.0, 0.0]).expect("inside");
    assert!((longitude_deg - 139.767_044_069_0).abs() < 1e-7);
    assert!((latitude_deg - 35.684_510_076_6).abs() < 1e-7);
    // So has Berlin's.
    let point_crs = [25_000.0, 21_000.0, 0.0];
    let [longitude_deg, latitude_deg] =
        place(&resolved("EPSG:3068", point_crs), point_crs).expect("inside");
    assert!((longitude_deg - 13.404_458_816_2).abs() < 1e-7);
    assert!((latitude_deg - 52.515_896_477_1).abs() < 1e-7);
}

#[test]
fn no_city_is_put_into_the_polar_seas() {
    // Longitude first under a URN that promises latitude first; 77°S would be a valid latitude.
    let point_crs = [-77.1, 38.79, 0.0];
    let resolution = resolved("urn:ogc:def:crs:EPSG::4979", point_crs);
    assert!(has(&resolution, "GEO-001"));
    assert_eq!(place(&resolution, point_crs), Some([-77.1, 38.79]));
}

#[test]
fn habits_of_writing_zone_numbers_are_understood_and_told() {
    let plain = [458_877.0, 5_438_353.0, 0.0];
    let expected = place(&resolved("EPSG:25832", plain), plain).expect("inside");
    let gauss_krueger = [3_581_996.0, 5_616_134.0, 0.0];
    let in_zone_3 = place(&resolved("EPSG:31467", gauss_krueger), gauss_krueger).expect("inside");
    for (srs_name, point_crs, expected) in [
        ("EPSG:25832", [32_458_877.0, 5_438_353.0, 0.0], expected),
        ("EPSG:32632", [32_458_877.0, 5_438_353.0, 0.0], expected),
        ("EPSG:4647", plain, expected),
        // The AdV's exchange interface leaves the zone number out.
        (
            "urn:adv:crs:DE_DHDN_3GK3",
            [581_996.0, 5_616_134.0, 0.0],
            in_zone_3,
        ),
        ("EPSG:31467", [5_616_134.0, 581_996.0, 0.0], in_zone_3),
        // Named zone 5, written in zone 3.
        ("EPSG:31469", gauss_krueger, in_zone_3),
    ] {
        let resolution = resolved(srs_name, point_crs);
        assert!(has(&resolution, "GEO-002"), "{srs_name} {point_crs:?}");
        let found = place(&resolution, point_crs).expect(srs_name);
        for axis in 0..2 {
            assert!(
                (found[axis] - expected[axis]).abs() < 2e-6,
                "{srs_name}: {found:?}"
            );
        }
    }
}

#[test]
fn krovak_coordinates_may_carry_either_sign() {
    let as_defined = [-743_000.0, -1_043_000.0, 0.0];
    let expected = place(&resolved("EPSG:5514", as_defined), as_defined).expect("inside");
    for point_crs in [[743_000.0, 1_043_000.0, 0.0], [1_043_000.0, 743_000.0, 0.0]] {
        let resolution = resolved("EPSG:5514", point_crs);
        let found = place(&resolution, point_crs).expect("inside");
        assert!((found[0] - expected[0]).abs() < 1e-7 && (found[1] - expected[1]).abs() < 1e-7);
    }
}

#[test]
fn a_system_of_the_file_is_placed_at_its_anchor() {
    let anchor = SrsName::parse("urn:ogc:def:crs,crs:EPSG::25832,crs:EPSG::5783").expect("URN");
    let anchor_crs = [458_868.0, 5_438_343.0, 112.0];
    let resolution = Georeference::anchored("#local-CRS-1", &anchor, anchor_crs).expect("known");
    assert!(has(&resolution, "GEO-010"));
    assert!(!resolution.georeference.is_local());
    let transformer = resolution.georeference.transformer().expect("PROJ");
    let expected = resolved("EPSG:25832", [458_885.0, 5_438_350.0, 116.0])
        .georeference
        .transformer()
        .expect("PROJ")
        .geodetic_from_crs(&[[458_885.0, 5_438_350.0, 116.0]]);
    assert_eq!(transformer.geodetic_from_crs(&[[17.0, 7.0, 4.0]]), expected);
    assert!(transformer.fits(&[[17.0, 7.0, 4.0]]));
}

#[test]
fn earth_centred_names_refuse_what_is_not_on_the_earth() {
    let surveyed = resolved("EPSG:4978", [4_177_000.0, 855_000.0, 4_728_000.0]);
    assert!(!surveyed.georeference.is_local());
    let drawn = resolved("EPSG:4978", [12.0, 5.0, 3.0]);
    assert!(drawn.georeference.is_local());
    assert!(matches!(
        drawn.findings[..],
        [GeoFinding::Local {
            reason: LocalReason::OutsideAreaOfUse(_),
            ..
        }]
    ));
}

#[test]
fn what_heights_refer_to_is_known() {
    use HeightReference::{Ellipsoid, SeaLevel, Unstated};
    let utm = [691_000.0, 5_336_000.0, 515.0];
    let dutch = [84_511.0, 446_652.0, 0.5];
    for (srs_name, point_crs, expected) in [
        ("EPSG:25832", utm, Unstated),
        ("EPSG:25832+7837", utm, SeaLevel("DHHN2016 height".into())),
        (
            "urn:adv:crs:ETRS89_UTM32*DE_DHHN92_NH",
            utm,
            SeaLevel("DHHN92 height".into()),
        ),
        ("EPSG:7415", dutch, SeaLevel("NAP height".into())),
        ("EPSG:4979", [4.9, 52.4, 43.0], Ellipsoid),
        ("urn:ogc:def:crs:OGC::CRS84h", [4.9, 52.4, 43.0], Ellipsoid),
    ] {
        let resolution = resolved(srs_name, point_crs);
        assert_eq!(*resolution.georeference.heights(), expected, "{srs_name}");
        assert_eq!(
            has(&resolution, "GEO-003"),
            expected != Ellipsoid,
            "{srs_name}"
        );
    }
}
