//! Attributes, names and addresses.

mod citygml_text;
mod shared_data;

use citygml_rs::{AttributeValue, CityObject};
use citygml_text::{building, read_bytes, read_members};
use shared_data::{read, shared_data};

fn read_one(content: &str) -> CityObject {
    let outcome = read_members(&building("house", content));
    assert_eq!(outcome.codes(), Vec::<&str>::new());
    outcome
        .objects
        .into_iter()
        .next()
        .expect("there is one object")
}

/// Name, value and unit as text.
fn attributes(object: &CityObject) -> Vec<(String, AttributeValue, Option<String>)> {
    let attributes = object.attributes.iter();
    attributes
        .map(|found| (found.name.clone(), found.value.clone(), found.uom.clone()))
        .collect()
}

fn text(value: &str) -> AttributeValue {
    AttributeValue::Text(value.to_owned())
}

#[test]
fn standard_attributes_have_their_types() {
    let house = read_one(
        r##"<gml:description>A house
            of brick</gml:description>
        <gml:name>Smith &amp; Sons</gml:name><gml:name>second name</gml:name>
        <core:creationDate>2020-01-31</core:creationDate>
        <bldg:function codeSpace="http://example.org/codes">1000</bldg:function>
        <bldg:yearOfConstruction>1905</bldg:yearOfConstruction>
        <bldg:measuredHeight uom="urn:adv:uom:m"> 12.5 </bldg:measuredHeight>
        <bldg:storeyHeightsAboveGround uom="m">2.5 2.5</bldg:storeyHeightsAboveGround>
        <bldg:roofType/>
        <core:generalizesTo xlink:href="#block"/>"##,
    );
    assert_eq!(house.name.as_deref(), Some("Smith & Sons"));
    assert_eq!(
        attributes(&house),
        [
            ("description".to_owned(), text("A house of brick"), None),
            ("name".to_owned(), text("second name"), None),
            ("creationDate".to_owned(), text("2020-01-31"), None),
            ("function".to_owned(), text("1000"), None),
            (
                "yearOfConstruction".to_owned(),
                AttributeValue::Integer(1905),
                None
            ),
            (
                "measuredHeight".to_owned(),
                AttributeValue::Number(12.5),
                Some("urn:adv:uom:m".to_owned())
            ),
            (
                "storeyHeightsAboveGround".to_owned(),
                text("2.5 2.5"),
                Some("m".to_owned())
            ),
        ]
    );
    assert_eq!(
        house.attributes[3].code_space.as_deref(),
        Some("http://example.org/codes")
    );
    let relations: Vec<_> = house
        .relations
        .iter()
        .map(|relation| (&*relation.role, relation.href.as_str()))
        .collect();
    assert_eq!(relations, [("generalizesTo", "#block")]);
}

#[test]
fn generic_attributes_and_sets() {
    let house = read_one(
        r#"<gen:stringAttribute name="owner"><gen:value>City</gen:value></gen:stringAttribute>
        <gen:genericAttributeSet name="energy">
          <gen:measureAttribute name="demand"><gen:value uom="kWh">1.5e3</gen:value></gen:measureAttribute>
          <gen:genericAttributeSet name="audit"><gen:dateAttribute name="day"><gen:value>2024-05-01</gen:value></gen:dateAttribute></gen:genericAttributeSet>
        </gen:genericAttributeSet>
        <gen:intAttribute name="units"><gen:value>4</gen:value></gen:intAttribute>
        <gen:uriAttribute name="page"><gen:value>http://example.org/?a=1&amp;b=2</gen:value></gen:uriAttribute>"#,
    );
    assert_eq!(
        attributes(&house),
        [
            ("owner".to_owned(), text("City"), None),
            (
                "energy/demand".to_owned(),
                AttributeValue::Number(1500.0),
                Some("kWh".to_owned())
            ),
            ("energy/audit/day".to_owned(), text("2024-05-01"), None),
            ("units".to_owned(), AttributeValue::Integer(4), None),
            ("page".to_owned(), text("http://example.org/?a=1&b=2"), None),
        ]
    );
}

#[test]
fn a_value_that_is_not_of_its_type_stays_as_text_and_is_reported() {
    let outcome = read_members(&building(
        "house",
        r#"<gen:intAttribute name="units"><gen:value>four</gen:value></gen:intAttribute><bldg:measuredHeight uom="m">high</bldg:measuredHeight>"#,
    ));
    assert_eq!(outcome.codes(), ["GML-016", "GML-016"]);
    let values: Vec<_> = outcome.objects[0]
        .attributes
        .iter()
        .map(|found| found.value.to_string())
        .collect();
    assert_eq!(values, ["four", "high"]);
}

#[test]
fn extensions_and_external_references_are_flattened() {
    let house = read_one(
        r#"<core:externalReference><core:informationSystem>http://example.org/register</core:informationSystem>
          <core:externalObject><core:name>DENW39AL10003kaE</core:name></core:externalObject></core:externalReference>
        <ade:flood><ade:FloodRisk><ade:depth uom="m">0.5</ade:depth><ade:rank>2</ade:rank></ade:FloodRisk></ade:flood>
        <ade:lod1HeightType>2</ade:lod1HeightType>
        <ade:sensor><ade:Thermometer gml:id="t1"><ade:maker>ACME</ade:maker></ade:Thermometer></ade:sensor>"#,
    );
    assert_eq!(
        attributes(&house),
        [
            (
                "externalReference/informationSystem".to_owned(),
                text("http://example.org/register"),
                None
            ),
            (
                "externalReference/name".to_owned(),
                text("DENW39AL10003kaE"),
                None
            ),
            (
                "flood/depth".to_owned(),
                AttributeValue::Number(0.5),
                Some("m".to_owned())
            ),
            ("flood/rank".to_owned(), text("2"), None),
            ("lod1HeightType".to_owned(), text("2"), None),
        ]
    );
    // What has an id is an object of its own.
    assert_eq!(
        (
            house.children[0].object_type.as_str(),
            house.children[0].id.as_str()
        ),
        ("Thermometer", "t1")
    );
    assert_eq!(
        attributes(&house.children[0]),
        [("maker".to_owned(), text("ACME"), None)]
    );
}

#[test]
fn the_address_is_one_line_in_both_versions_of_xal() {
    let house = read_one(
        r#"<bldg:address><core:Address><core:xalAddress><xAL:AddressDetails><xAL:Country><xAL:CountryName>Germany</xAL:CountryName>
          <xAL:Locality Type="Town"><xAL:LocalityName>Bocholt</xAL:LocalityName>
          <xAL:Thoroughfare Type="Street"><xAL:ThoroughfareNumber>30</xAL:ThoroughfareNumber><xAL:ThoroughfareName>Spichernstr.</xAL:ThoroughfareName></xAL:Thoroughfare>
          <xAL:PostalCode><xAL:PostalCodeNumber>46397</xAL:PostalCodeNumber></xAL:PostalCode>
          </xAL:Locality></xAL:Country></xAL:AddressDetails></core:xalAddress></core:Address></bldg:address>"#,
    );
    assert_eq!(
        house.address.as_deref(),
        Some("Spichernstr. 30, 46397 Bocholt")
    );
    let house = read_one(
        r#"<bldg:address><core:Address><core:xalAddress><xAL:Address><xAL:Country><xAL:NameElement>Germany</xAL:NameElement></xAL:Country>
          <xAL:Locality><xAL:NameElement>Munich</xAL:NameElement></xAL:Locality>
          <xAL:Thoroughfare><xAL:NameElement>Arcisstr.</xAL:NameElement><xAL:Number>21</xAL:Number></xAL:Thoroughfare>
          <xAL:PostCode><xAL:Identifier>80333</xAL:Identifier></xAL:PostCode></xAL:Address></core:xalAddress></core:Address></bldg:address>"#,
    );
    assert_eq!(house.address.as_deref(), Some("Arcisstr. 21, 80333 Munich"));
}

#[test]
fn addresses_keep_their_parts_and_their_place() {
    let address = |number: &str| {
        format!(
            r#"<bldg:address><core:Address><core:xalAddress><xAL:AddressDetails><xAL:Locality><xAL:LocalityName>Bocholt</xAL:LocalityName>
          <xAL:Thoroughfare><xAL:ThoroughfareNumber>{number}</xAL:ThoroughfareNumber><xAL:ThoroughfareName>Ring</xAL:ThoroughfareName></xAL:Thoroughfare>
          </xAL:Locality></xAL:AddressDetails></core:xalAddress>
          <core:multiPoint><gml:MultiPoint><gml:pointMember><gml:Point><gml:pos>1 2 3</gml:pos></gml:Point></gml:pointMember></gml:MultiPoint></core:multiPoint></core:Address></bldg:address>"#
        )
    };
    let house = read_one(&[address("1"), address("2a")].concat());
    assert_eq!(house.address.as_deref(), Some("Ring 1, Bocholt"));
    let numbers: Vec<_> = house
        .addresses
        .iter()
        .map(|address| address.number.as_deref())
        .collect();
    assert_eq!(numbers, [Some("1"), Some("2a")]);
    let first = &house.addresses[0];
    assert_eq!(first.street.as_deref(), Some("Ring"));
    assert_eq!(first.locality.as_deref(), Some("Bocholt"));
    assert_eq!(first.points, [[1.0, 2.0, 3.0]]);
    assert!(house.points.is_empty(), "the place is that of the address");
}

#[test]
fn codes_become_text_where_the_list_is_there() {
    let Some(data) = shared_data() else { return };
    let file = "citygml/plateau/tsukuba-shi/udx/veg/54401008_veg_6697_op.gml";
    let reading = read(&data.join(file));
    let coded: Vec<_> = reading
        .objects
        .iter()
        .flat_map(CityObject::descendants)
        .flat_map(|object| &object.attributes)
        .filter(|attribute| attribute.code.is_some())
        .collect();
    assert!(coded.len() > 10, "{}", coded.len());
    let class = coded
        .iter()
        .find(|attribute| attribute.name == "class")
        .expect("plants have a class");
    assert!(
        class
            .code
            .as_deref()
            .is_some_and(|code| code.parse::<u32>().is_ok())
    );
    assert!(!class.value.to_string().is_ascii(), "{:?}", class.value);
    assert_eq!(
        class
            .code_space
            .as_deref()
            .map(|path| path.starts_with("../../codelists/")),
        Some(true)
    );
}

#[test]
fn a_real_dynamizer_gives_its_series() {
    let Some(data) = shared_data() else { return };
    let file = "citygml/v3/ogc/Building_CityGML3.0_with_Dynamizer_and_inline_Timeseries.gml";
    let reading = read(&data.join(file));
    let dynamizer = reading
        .objects
        .iter()
        .flat_map(CityObject::descendants)
        .find(|object| object.object_type == "Dynamizer")
        .expect("there is one");
    assert_eq!(dynamizer.role.as_deref(), Some("dynamizer"));
    let series = &dynamizer.time_series[0];
    assert!(
        series
            .attribute_ref
            .as_deref()
            .is_some_and(|path| path.contains("diffuse_irradiation"))
    );
    assert_eq!(series.uom.as_deref(), Some("kWh"));
    assert_eq!(series.values.len(), 12);
    assert_eq!(
        series.values[0],
        ("2019-01".to_owned(), AttributeValue::Number(1454.63))
    );
    assert!(dynamizer.attribute("startTime").is_some());
}

#[test]
fn versions_name_their_members() {
    let Some(data) = shared_data() else { return };
    let file = "citygml/v3/ogc/historicalSuccession_CityGML_3.0_LOD2_Versioning.gml";
    let reading = read(&data.join(file));
    let relations = |object_type: &str, role: &str| {
        let objects = reading.objects.iter();
        objects
            .filter(|object| object.object_type == object_type)
            .flat_map(|object| &object.relations)
            .filter(|relation| &*relation.role == role)
            .count()
    };
    assert!(relations("Version", "versionMember") > 0);
    assert!(relations("VersionTransition", "from") > 0);
    assert!(relations("VersionTransition", "to") > 0);
}

#[test]
fn extensions_lose_nothing() {
    let Some(data) = shared_data() else { return };
    let reading = read(&data.join("citygml/v2/ade_energy1/FZKHouseLoD3-ADE.gml"));
    let types: Vec<&str> = reading
        .objects
        .iter()
        .flat_map(CityObject::descendants)
        .map(|object| object.object_type.as_str())
        .collect();
    for expected in ["ThermalZone", "UsageZone", "ThermalBoundary"] {
        assert!(types.contains(&expected), "{expected} in {types:?}");
    }
}

#[test]
fn rasters_are_named() {
    let grid = |content: &str| {
        let outcome = read_members(&format!(
            "<core:cityObjectMember><dem:RasterRelief gml:id=\"raster\"><dem:lod>1</dem:lod>{content}</dem:RasterRelief></core:cityObjectMember>"
        ));
        let mut object = outcome.objects.into_iter().next().expect("one object");
        let attribute = object.attributes.pop().expect("an attribute");
        (attribute.name, attribute.value.to_string())
    };
    assert_eq!(
        grid(r#"<dem:grid xlink:href="heights.tif"/>"#),
        ("grid".to_owned(), "heights.tif".to_owned())
    );
    let coverage = "<dem:grid><gml:RectifiedGridCoverage><gml:rangeSet><gml:File><gml:fileName>heights.asc</gml:fileName></gml:File></gml:rangeSet></gml:RectifiedGridCoverage></dem:grid>";
    assert_eq!(
        grid(coverage),
        ("grid/fileName".to_owned(), "heights.asc".to_owned())
    );
}

#[test]
fn point_clouds_are_named_and_their_points_read() {
    let text = r#"<CityModel xmlns="http://www.opengis.net/citygml/3.0" xmlns:bldg="http://www.opengis.net/citygml/building/3.0"
        xmlns:pcl="http://www.opengis.net/citygml/pointcloud/3.0" xmlns:gml="http://www.opengis.net/gml/3.2"><cityObjectMember><bldg:Building gml:id="b">
        <pointCloud><pcl:PointCloud gml:id="cloud"><pcl:mimeType>application/vnd.las</pcl:mimeType><pcl:pointFile>scan.laz</pcl:pointFile>
        <pcl:points><gml:MultiPoint><gml:pointMember><gml:Point><gml:pos>1 2 3</gml:pos></gml:Point></gml:pointMember></gml:MultiPoint></pcl:points></pcl:PointCloud></pointCloud>
        </bldg:Building></cityObjectMember></CityModel>"#;
    let outcome = read_bytes(text.as_bytes(), Default::default());
    assert_eq!(outcome.codes(), Vec::<&str>::new());
    let house = &outcome.objects[0];
    let file = house
        .attribute("pointCloud/pointFile")
        .expect("the file is named");
    assert_eq!(file.value, self::text("scan.laz"));
    assert_eq!(house.points[0].points, [[1.0, 2.0, 3.0]]);
}
