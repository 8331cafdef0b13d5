//! Reference points: coordinates whose WGS 84 position is known independently of this crate.
//!
//! The expected degrees were computed with PROJ 9.5.1 without grids. Two of them are published by the
//! surveys themselves: the origin of the Dutch grid (52° 9' 18.62" N, 5° 23' 13.93" E) and the old
//! observatory of Bern (46° 57' 3.9" N, 7° 26' 19.1" E).

use veduta_geo::{GeoFinding, Georeference, LocalReason, SrsName};

/// srsName, coordinates as written, longitude, latitude.
const GOLDEN: &[(&str, [f64; 3], f64, f64)] = &[
    (
        "EPSG:25832",
        [691_000.0, 5_336_000.0, 515.0],
        11.567_949_803_9,
        48.148_546_265_2,
    ),
    (
        "EPSG:25832",
        [500_000.0, 5_400_000.0, 0.0],
        9.0,
        48.753_013_005_4,
    ),
    (
        "EPSG:25833",
        [390_600.0, 5_819_400.0, 35.0],
        13.387_848_206_8,
        52.513_724_121_7,
    ),
    (
        "EPSG:32632",
        [678_120.0, 5_403_916.0, 415.0],
        11.423_848_243_7,
        48.762_746_829_8,
    ),
    (
        "EPSG:31466",
        [2_567_000.0, 5_680_000.0, 160.0],
        6.959_043_892_3,
        51.250_928_030_9,
    ),
    (
        "EPSG:31467",
        [3_500_000.0, 5_400_000.0, 300.0],
        8.998_970_820_0,
        48.737_539_255_6,
    ),
    (
        "EPSG:2056",
        [2_600_000.0, 1_200_000.0, 550.0],
        7.438_632_420_9,
        46.951_082_771_9,
    ),
    (
        "CH1903",
        [683_304.0, 247_428.0, 406.0],
        8.541_608_802_2,
        47.372_424_646_6,
    ),
    (
        "EPSG:28992",
        [155_000.0, 463_000.0, 0.0],
        5.387_203_508_4,
        52.155_172_301_2,
    ),
    (
        "urn:ogc:def:crs:EPSG::7415",
        [84_511.464, 446_652.072, 0.56],
        4.360_640_805_8,
        52.003_760_439_1,
    ),
    (
        "http://www.opengis.net/def/crs/EPSG/0/6697",
        [35.681_236, 139.767_125, 3.0],
        139.767_125,
        35.681_236,
    ),
    (
        "EPSG:2263",
        [980_000.0, 195_000.0, 0.0],
        -74.015_327_859_3,
        40.701_905_661_4,
    ),
];

#[test]
fn golden_points_are_met_to_a_centimetre() {
    for (srs_name, point_crs, longitude_deg, latitude_deg) in GOLDEN {
        let name = SrsName::parse(srs_name).expect(srs_name);
        let resolution = Georeference::resolve(&name, &[*point_crs]).expect(srs_name);
        let transformer = resolution.georeference.transformer().expect(srs_name);
        let place = transformer.geodetic_from_crs(&[*point_crs])[0].expect(srs_name);
        // 1e-7 degrees are 1.1 cm on the meridian.
        assert!(
            (place.longitude_deg - longitude_deg).abs() < 1e-7,
            "{srs_name}: {place:?}"
        );
        assert!(
            (place.latitude_deg - latitude_deg).abs() < 1e-7,
            "{srs_name}: {place:?}"
        );
        assert_eq!(
            place.height_m, point_crs[2],
            "{srs_name}: heights pass through"
        );
    }
}

#[test]
fn east_first_under_a_north_first_urn_is_noticed() {
    let name = SrsName::parse("urn:ogc:def:crs:EPSG:6.12:31467").expect("URN");
    let as_practised =
        Georeference::resolve(&name, &[[3_500_000.0, 5_400_000.0, 0.0]]).expect("known");
    assert!(!as_practised.georeference.is_north_first());
    assert!(
        as_practised
            .findings
            .iter()
            .any(|finding| finding.code() == "GEO-001")
    );
    let as_defined =
        Georeference::resolve(&name, &[[5_400_000.0, 3_500_000.0, 0.0]]).expect("known");
    assert!(as_defined.georeference.is_north_first());
    assert!(
        as_defined
            .findings
            .iter()
            .all(|finding| finding.code() != "GEO-001")
    );
}

#[test]
fn latitude_first_under_a_plain_code_is_noticed_where_it_can_be() {
    let name = SrsName::parse("EPSG:6668").expect("code");
    let resolution = Georeference::resolve(&name, &[[36.08, 140.11, 0.0]]).expect("known");
    assert!(resolution.georeference.is_north_first());
}

#[test]
fn eastings_with_zone_number_are_understood() {
    let name = SrsName::parse("urn:adv:crs:ETRS89_UTM32").expect("AdV");
    let point_crs = [32_458_877.0, 5_438_353.0, 112.0];
    let resolution = Georeference::resolve(&name, &[point_crs]).expect("known");
    assert!(
        resolution
            .findings
            .iter()
            .any(|finding| finding.code() == "GEO-002")
    );
    let place = resolution
        .georeference
        .transformer()
        .expect("PROJ")
        .geodetic_from_crs(&[point_crs])[0]
        .expect("inside");
    assert!((place.longitude_deg - 8.436_676_8).abs() < 1e-6);
}

#[test]
fn a_drawing_near_the_origin_is_placed_locally_metre_for_metre() {
    for srs_name in [
        "urn:ogc:def:crs,crs:EPSG:6.12:31466,crs:EPSG:6.12:5783",
        "urn:ogc:def:crs,crs:EPSG:6.12:3068,crs:EPSG:6.12:5783",
    ] {
        let name = SrsName::parse(srs_name).expect(srs_name);
        let points_crs = [[202.0, 244.0, 3.0], [212.0, 244.0, 3.0]];
        let resolution = Georeference::resolve(&name, &points_crs).expect(srs_name);
        assert!(resolution.georeference.is_local(), "{srs_name}");
        assert!(matches!(
            resolution.findings[..],
            [GeoFinding::Local {
                reason: LocalReason::OutsideAreaOfUse(_),
                ..
            }]
        ));
        let transformer = resolution.georeference.transformer().expect(srs_name);
        let points_ecef = transformer.ecef_from_crs(&points_crs);
        let distance_m =
            (points_ecef[0].expect("finite") - points_ecef[1].expect("finite")).length();
        assert!((distance_m - 10.0).abs() < 1e-6);
    }
}

#[test]
fn coordinates_of_another_system_are_not_forced_into_the_named_one() {
    let name = SrsName::parse("CH1903").expect("name");
    let resolution = Georeference::resolve(&name, &[[458_868.0, 5_438_343.0, 0.0]]).expect("known");
    assert!(resolution.georeference.is_local());
}

#[test]
fn a_system_proj_does_not_know_says_what_to_do() {
    let name = SrsName::parse("EPSG:123456").expect("a code");
    let error = Georeference::resolve(&name, &[[1.0, 2.0, 3.0]]).expect_err("no such code");
    assert!(error.to_string().contains("EPSG:123456"));
    assert!(error.to_string().contains("--crs"));
}

#[test]
fn one_bad_point_does_not_spoil_its_neighbours() {
    let name = SrsName::parse("EPSG:25832").expect("code");
    let good = [691_000.0, 5_336_000.0, 515.0];
    let resolution = Georeference::resolve(&name, &[good]).expect("known");
    let transformer = resolution.georeference.transformer().expect("PROJ");
    let places =
        transformer.geodetic_from_crs(&[good, [f64::NAN, 0.0, 0.0], [0.0, 0.0, 0.0], good]);
    assert!(places[0].is_some() && places[3].is_some());
    assert!(places[1].is_none() && places[2].is_none(), "{places:?}");
}

#[test]
fn a_height_offset_lifts_every_kind_of_placement() {
    let projected = (
        Georeference::resolve(
            &SrsName::parse("EPSG:25832").expect("code"),
            &[[691_000.0, 5_336_000.0, 515.0]],
        ),
        [691_000.0, 5_336_000.0, 515.0],
    );
    let geocentric = (
        Georeference::resolve(
            &SrsName::parse("EPSG:4978").expect("code"),
            &[[4_177_000.0, 855_000.0, 4_728_000.0]],
        ),
        [4_177_000.0, 855_000.0, 4_728_000.0],
    );
    let local = (
        Ok(Georeference::local(
            &[[1.0, 2.0, 3.0]],
            LocalReason::NoSrsName,
        )),
        [1.0, 2.0, 3.0],
    );
    for (resolution, point_crs) in [projected, geocentric, local] {
        let georeference = resolution.expect("known").georeference;
        let height_m = |georeference: Georeference| {
            let transformer = georeference.transformer().expect("PROJ");
            transformer.geodetic_from_crs(&[point_crs])[0]
                .expect("finite")
                .height_m
        };
        let lifted_m =
            height_m(georeference.clone().with_height_offset(47.5)) - height_m(georeference);
        assert!((lifted_m - 47.5).abs() < 1e-6, "{lifted_m}");
    }
}

#[test]
fn coordinates_of_another_kind_under_the_same_name_do_not_fit() {
    let name = SrsName::parse("EPSG:25832").expect("code");
    let survey = [[691_000.0, 5_336_000.0, 515.0]];
    let drawing = [[12.0, 8.0, 3.0]];
    for (own, foreign) in [(survey, drawing), (drawing, survey)] {
        let georeference = Georeference::resolve(&name, &own)
            .expect("known")
            .georeference;
        let transformer = georeference.transformer().expect("PROJ");
        assert!(transformer.fits(&own) && !transformer.fits(&foreign));
        assert!(transformer.fits(&[]));
    }
}

#[test]
fn numbers_that_are_not_of_this_earth_are_refused() {
    let name = SrsName::parse("EPSG:25832").expect("code");
    let survey = [691_000.0, 5_336_000.0, 1e30];
    let surveyed = Georeference::resolve(&name, &[survey])
        .expect("known")
        .georeference;
    let drawing = Georeference::local(&[[0.0; 3]], LocalReason::NoSrsName).georeference;
    for (georeference, point_crs) in [(surveyed, survey), (drawing, [0.0, 1e100, 0.0])] {
        let transformer = georeference.transformer().expect("PROJ");
        assert_eq!(transformer.geodetic_from_crs(&[point_crs]), [None]);
    }
}

#[test]
fn a_drawing_can_be_put_beside_other_things() {
    let origin = veduta_geo::Geodetic::new(11.58, 48.14, 510.0);
    let points_crs = [[84_000.0, 437_000.0, 12.0], [84_030.0, 437_040.0, 2.0]];
    let resolution = Georeference::local_at(&points_crs, LocalReason::NoSrsName, origin);
    assert!(
        resolution.findings[0]
            .to_string()
            .contains("48.14°N 11.58°E")
    );
    let transformer = resolution.georeference.transformer().expect("a frame");
    let corner = transformer.geodetic_from_crs(&[[84_000.0, 437_000.0, 2.0]])[0].expect("finite");
    assert!((corner.longitude_deg - 11.58).abs() < 1e-9);
    assert!((corner.height_m - 510.0).abs() < 1e-6);
    let [one, other] =
        points_crs.map(|point_crs| transformer.ecef_from_crs(&[point_crs])[0].expect("finite"));
    assert!(((one - other).length() - 2_600.0_f64.sqrt()).abs() < 1e-6);
}
