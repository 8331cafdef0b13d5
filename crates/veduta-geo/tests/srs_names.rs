//! Every form of `srsName` met in real files and in the standards, and what it means.

use veduta_geo::{GeoError, Notation, SrsName};

fn short(text: &str) -> String {
    SrsName::parse(text).map_or_else(|error| error.to_string(), |name| name.to_string())
}

/// What is written, what it means.
const FORMS: &[(&str, &str)] = &[
    // Codes.
    ("EPSG:25832", "EPSG:25832"),
    (" epsg:25832 ", "EPSG:25832"),
    ("Epsg:25832", "EPSG:25832"),
    ("EPSG::25832", "EPSG:25832"),
    ("EPSG: 25832", "EPSG:25832"),
    ("EPSG25832", "EPSG:25832"),
    ("25832", "EPSG:25832"),
    ("EPSG:25832+5783", "EPSG:25832+5783"),
    ("EPSG:25832+7837", "EPSG:25832+7837"),
    ("EPSG:4326+5773", "EPSG:4326+5773"),
    ("EPSG:25832+EPSG:7837", "EPSG:25832+7837"),
    ("EPSG:28992,EPSG:5709", "EPSG:28992+5709"),
    ("EPSG:900913", "EPSG:3857"),
    ("EPSG:102003", "ESRI:102003"),
    ("ESRI:102100", "ESRI:102100"),
    ("IGNF:LAMB93", "IGNF:LAMB93"),
    ("ignf:rgf93lamb93.ign69", "IGNF:RGF93LAMB93.IGN69"),
    // URNs.
    ("urn:ogc:def:crs:EPSG::25832", "EPSG:25832"),
    ("URN:OGC:DEF:CRS:EPSG::25832", "EPSG:25832"),
    ("urn:ogc:def:crs:EPSG:25832", "EPSG:25832"),
    ("urn:ogc:def:crs:EPSG::7415", "EPSG:7415"),
    ("urn:ogc:def:crs:EPSG:6.12:31467", "EPSG:31467"),
    ("urn:x-ogc:def:crs:EPSG:6.6:4326", "EPSG:4326"),
    ("urn:opengis:def:crs:EPSG::4326", "EPSG:4326"),
    ("urn:EPSG:geographicCRS:4326", "EPSG:4326"),
    ("urn:ogc:def:crs:ESRI::102003", "ESRI:102003"),
    ("urn:ogc:def:crs:IGNF::LAMB93", "IGNF:LAMB93"),
    (
        "urn:ogc:def:crs,crs:EPSG:6.12:25832,crs:EPSG:6.12:5783",
        "EPSG:25832+5783",
    ),
    (
        "urn:ogc:def:crs,crs:EPSG:6.12:3068,crs:EPSG:6.12:5783",
        "EPSG:3068+5783",
    ),
    (
        "urn:ogc:def:crs,crs:EPSG::25832,crs:EPSG::7837",
        "EPSG:25832+7837",
    ),
    (
        "urn:ogc:def:crs:EPSG:25832, crs:EPSG:5783",
        "EPSG:25832+5783",
    ),
    (
        "urn:ogc:def:crs:EPSG::25832,urn:ogc:def:crs:EPSG::7837",
        "EPSG:25832+7837",
    ),
    (
        "urn:ogc:def:crs-compound:EPSG::25833,EPSG::5783",
        "EPSG:25833+5783",
    ),
    // Addresses.
    ("http://www.opengis.net/def/crs/EPSG/0/6697", "EPSG:6697"),
    ("https://www.opengis.net/def/crs/EPSG/0/6668", "EPSG:6668"),
    (
        "http://www.opengis.net/def/crs/EPSG/9.9.1/25832",
        "EPSG:25832",
    ),
    ("http://opengis.net/def/crs/epsg/0/25832/", "EPSG:25832"),
    (
        "http://www.opengis.net/def/crs-compound?1=http://www.opengis.net/def/crs/EPSG/0/25833&2=http://www.opengis.net/def/crs/EPSG/0/5783",
        "EPSG:25833+5783",
    ),
    (
        "https://www.opengis.net/def/crs-compound?name=x&1=http%3A%2F%2Fwww.opengis.net%2Fdef%2Fcrs%2FEPSG%2F0%2F25832&2=http%3A%2F%2Fwww.opengis.net%2Fdef%2Fcrs%2FEPSG%2F0%2F7837",
        "EPSG:25832+7837",
    ),
    ("http://www.opengis.net/gml/srs/epsg.xml#4326", "EPSG:4326"),
    (
        "http://www.opengis.net/gml/srs/epsg.xml#25832",
        "EPSG:25832",
    ),
    ("https://epsg.io/25832", "EPSG:25832"),
    ("https://spatialreference.org/ref/epsg/25832/", "EPSG:25832"),
    // The OGC's own.
    ("CRS:84", "OGC:CRS84"),
    ("OGC:CRS84", "OGC:CRS84"),
    ("urn:ogc:def:crs:OGC:1.3:CRS84", "OGC:CRS84"),
    ("http://www.opengis.net/def/crs/OGC/1.3/CRS84", "OGC:CRS84"),
    ("urn:ogc:def:crs:OGC::CRS84h", "OGC:CRS84h"),
    ("http://www.opengis.net/def/crs/OGC/0/CRS84h", "OGC:CRS84h"),
    // The German surveys.
    (
        "urn:adv:crs:ETRS89_UTM32*DE_DHHN2016_NH*GCG2016",
        "EPSG:25832+7837",
    ),
    ("urn:adv:crs:ETRS89_UTM31", "EPSG:25831"),
    ("urn:adv:crs:ETRS89_UTM33*DE_DHHN92_NH", "EPSG:25833+5783"),
    ("urn:adv:crs:ETRS89_UTM32*NHN", "EPSG:25832+7837"),
    ("urn:adv:crs:DE_DHDN_3GK2*DE_DHHN92_NH", "EPSG:31466+5783"),
    ("urn:adv:crs:DE_DHDN_3GK3", "EPSG:31467"),
    ("urn:adv:crs:DE_DHDN_3GK4*DE_DHHN2016_NH", "EPSG:31468+7837"),
    ("urn:adv:crs:DE_DHDN_3GK5", "EPSG:31469"),
    ("ETRS89_UTM32", "EPSG:25832"),
    // Names.
    ("CH1903", "EPSG:21781"),
    ("ch1903+", "EPSG:2056"),
    ("CH1903_LV03", "EPSG:21781"),
    ("RD_New", "EPSG:28992"),
    ("ETRS89 / UTM zone 32N", "ETRS89 / UTM zone 32N"),
    // Definitions.
    ("+init=epsg:25832", "EPSG:25832"),
    (
        "+proj=utm +zone=32 +ellps=GRS80",
        "+proj=utm +zone=32 +ellps=GRS80",
    ),
    (WKT, "ETRS89 / UTM zone 32N"),
];

const WKT: &str = r#"PROJCS["ETRS89 / UTM zone 32N",GEOGCS["ETRS89",DATUM["European_Terrestrial_Reference_System_1989",
    SPHEROID["GRS 1980",6378137,298.257222101]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]],
    PROJECTION["Transverse_Mercator"],PARAMETER["latitude_of_origin",0],PARAMETER["central_meridian",9],
    PARAMETER["scale_factor",0.9996],PARAMETER["false_easting",500000],PARAMETER["false_northing",0],UNIT["metre",1]]"#;

#[test]
fn every_form_in_use_names_its_system() {
    for (written, expected) in FORMS {
        assert_eq!(short(written), *expected, "{written}");
    }
}

#[test]
fn proj_knows_what_every_form_names() {
    for (written, _) in FORMS {
        let name = SrsName::parse(written).expect(written);
        let resolution = veduta_geo::Georeference::resolve(&name, &[]).expect(written);
        assert!(resolution.georeference.transformer().is_ok(), "{written}");
    }
}

#[test]
fn urns_and_addresses_promise_the_axis_order_of_the_authority() {
    use Notation::{Authority, Traditional};
    for (written, expected) in [
        ("urn:ogc:def:crs:EPSG::4326", Authority),
        ("http://www.opengis.net/def/crs/EPSG/0/6697", Authority),
        ("urn:ogc:def:crs,crs:EPSG::31467,crs:EPSG::5783", Authority),
        ("urn:adv:crs:ETRS89_Lat-Lon", Authority),
        ("urn:adv:crs:DE_DHDN_3GK3", Traditional),
        ("urn:ogc:def:crs:OGC::CRS84", Traditional),
        ("EPSG:4326", Traditional),
        ("http://www.opengis.net/gml/srs/epsg.xml#4326", Traditional),
        (WKT, Traditional),
    ] {
        let name = SrsName::parse(written).expect(written);
        assert_eq!(name.notation(), expected, "{written}");
    }
}

#[test]
fn what_cannot_be_used_says_what_to_do() {
    for text in [
        "",
        "urn:ogc:def:crs:FOO::1",
        "urn:adv:crs:ETRS89_UTM99",
        "FOO:X",
    ] {
        let error = SrsName::parse(text).expect_err(text);
        assert!(error.to_string().contains("--crs EPSG:CODE"), "{error}");
    }
    assert_eq!(
        SrsName::parse("#local-CRS-1"),
        Err(GeoError::LocalReference {
            as_written: "#local-CRS-1".to_owned()
        })
    );
}
