//! What else is read: parts, appearances, prototypes, references, time.

use citygml_rs::{AttributeValue, CityObject, SurfaceData};

use super::document::{Source, Version, any, member, multi_surface};

/// Something that is there or not.
pub struct FeatureRow {
    pub module: &'static str,
    pub what: &'static str,
    pub document: fn(Version) -> Source,
    pub is_read: fn(&[CityObject]) -> bool,
}

fn building(version: Version, content: &str) -> Source {
    let lod2 = match version {
        Version::Three => "core:lod2MultiSurface",
        _ => "bldg:lod2MultiSurface",
    };
    let surfaces = multi_surface();
    member(&format!(
        "<bldg:Building gml:id=\"o\">{content}<{lod2}>{surfaces}</{lod2}></bldg:Building>"
    ))
}

fn json_building(members: &str) -> Source {
    Source::Json(format!(
        r#""CityObjects":{{"o":{{"type":"Building"{members}}}}}"#
    ))
}

fn appearance(version: Version, data: &str, json: &str, json_look: &str) -> Source {
    let inner = format!("<app:Appearance><app:theme>t</app:theme>{data}</app:Appearance>");
    match version {
        Version::Three => building(
            version,
            &format!("<core:appearance>{inner}</core:appearance>"),
        ),
        Version::Json => Source::Json(format!(
            r#""appearance":{{{json}}},"CityObjects":{{"o":{{"type":"Building","geometry":[{{"type":"MultiSurface",
            "lod":"2","boundaries":[[[0,1,2,3]]],{json_look}}}]}}}}"#
        )),
        _ => building(
            version,
            &format!("<app:appearance>{inner}</app:appearance>"),
        ),
    }
}

fn has_look(objects: &[CityObject], is_so: fn(&SurfaceData) -> bool) -> bool {
    any(objects, |object| {
        let mut looks = object.surfaces.iter().flat_map(|surface| &surface.looks);
        looks.any(|look| &*look.theme == "t" && is_so(&look.data))
    })
}

pub const FEATURES: &[FeatureRow] = &[
    FeatureRow {
        module: "Building",
        what: "parts",
        document: |version| match version {
            Version::Three => building(
                version,
                "<bldg:buildingPart><bldg:BuildingPart gml:id=\"q\"/></bldg:buildingPart>",
            ),
            Version::Json => Source::Json(
                r#""CityObjects":{"o":{"type":"Building","children":["q"]},
                "q":{"type":"BuildingPart","parents":["o"]}}"#
                    .to_owned(),
            ),
            _ => building(
                version,
                "<bldg:consistsOfBuildingPart><bldg:BuildingPart gml:id=\"q\"/></bldg:consistsOfBuildingPart>",
            ),
        },
        is_read: |objects| {
            objects[0]
                .children
                .iter()
                .any(|part| part.object_type == "BuildingPart")
        },
    },
    FeatureRow {
        module: "Building",
        what: "boundary surfaces",
        document: |version| {
            let surfaces = multi_surface();
            match version {
                Version::Three => building(
                    version,
                    &format!(
                        "<core:boundary><con:RoofSurface gml:id=\"roof\"><core:lod2MultiSurface>{surfaces}\
                     </core:lod2MultiSurface></con:RoofSurface></core:boundary>"
                    ),
                ),
                Version::Json => json_building(
                    r#","geometry":[{"type":"MultiSurface","lod":"2","boundaries":[[[0,1,2,3]]],
                    "semantics":{"surfaces":[{"type":"RoofSurface"}],"values":[0]}}]"#,
                ),
                _ => building(
                    version,
                    &format!(
                        "<bldg:boundedBy><bldg:RoofSurface gml:id=\"roof\"><bldg:lod2MultiSurface>{surfaces}\
                     </bldg:lod2MultiSurface></bldg:RoofSurface></bldg:boundedBy>"
                    ),
                ),
            }
        },
        is_read: |objects| {
            any(objects, |object| {
                object
                    .boundaries
                    .iter()
                    .any(|boundary| &*boundary.object_type == "RoofSurface")
                    && object
                        .surfaces
                        .iter()
                        .any(|surface| surface.boundary.is_some())
            })
        },
    },
    FeatureRow {
        module: "Relief",
        what: "triangulated terrain",
        document: |version| {
            match version {
            Version::Json => Source::Json(
                r#""CityObjects":{"o":{"type":"TINRelief","geometry":[{"type":"CompositeSurface","lod":"1",
                "boundaries":[[[0,1,2]]]}]}}"#
                    .to_owned(),
            ),
            _ => member(
                "<dem:ReliefFeature gml:id=\"o\"><dem:lod>1</dem:lod><dem:reliefComponent><dem:TINRelief gml:id=\"t\">\
                 <dem:lod>1</dem:lod><dem:tin><gml:TriangulatedSurface><gml:trianglePatches><gml:Triangle><gml:exterior>\
                 <gml:LinearRing><gml:posList srsDimension=\"3\">0 0 1 4 0 1 4 4 1 0 0 1</gml:posList></gml:LinearRing>\
                 </gml:exterior></gml:Triangle></gml:trianglePatches></gml:TriangulatedSurface></dem:tin></dem:TINRelief>\
                 </dem:reliefComponent></dem:ReliefFeature>",
            ),
        }
        },
        is_read: |objects| any(objects, |object| !object.surfaces.is_empty()),
    },
    FeatureRow {
        module: "Relief",
        what: "mass points",
        document: |version| match version {
            Version::Json => Source::None,
            _ => member(
                "<dem:ReliefFeature gml:id=\"o\"><dem:lod>1</dem:lod><dem:reliefComponent><dem:MassPointRelief gml:id=\"t\">\
                 <dem:lod>1</dem:lod><dem:reliefPoints><gml:MultiPoint><gml:pointMember><gml:Point>\
                 <gml:pos srsDimension=\"3\">1 2 3</gml:pos></gml:Point></gml:pointMember></gml:MultiPoint>\
                 </dem:reliefPoints></dem:MassPointRelief></dem:reliefComponent></dem:ReliefFeature>",
            ),
        },
        is_read: |objects| {
            any(objects, |object| {
                object
                    .points
                    .iter()
                    .any(|set| set.points == [[1.0, 2.0, 3.0]])
            })
        },
    },
    FeatureRow {
        module: "Relief",
        what: "raster by reference",
        document: |version| match version {
            Version::Json => Source::None,
            _ => member(
                "<dem:ReliefFeature gml:id=\"o\"><dem:lod>1</dem:lod><dem:reliefComponent><dem:RasterRelief gml:id=\"t\">\
                 <dem:lod>1</dem:lod><dem:grid><gml:RectifiedGridCoverage><gml:rangeSet><gml:File>\
                 <gml:fileName>dem.tif</gml:fileName></gml:File></gml:rangeSet></gml:RectifiedGridCoverage></dem:grid>\
                 </dem:RasterRelief></dem:reliefComponent></dem:ReliefFeature>",
            ),
        },
        is_read: |objects| mentions(objects, "dem.tif"),
    },
    FeatureRow {
        module: "PointCloud",
        what: "by reference",
        document: |version| match version {
            Version::Three => member(
                "<bldg:Building gml:id=\"o\"><core:pointCloud><pcl:PointCloud gml:id=\"c\"><pcl:mimeType>application/vnd.las\
                 </pcl:mimeType><pcl:pointFile>points.laz</pcl:pointFile></pcl:PointCloud></core:pointCloud></bldg:Building>",
            ),
            _ => Source::None,
        },
        is_read: |objects| mentions(objects, "points.laz"),
    },
    FeatureRow {
        module: "Appearance",
        what: "materials",
        document: |version| {
            appearance(
                version,
                &format!(
                    "<app:{0}><app:X3DMaterial><app:diffuseColor>1 0 0</app:diffuseColor><app:target>#p</app:target>\
                 </app:X3DMaterial></app:{0}>",
                    if version == Version::Three {
                        "surfaceData"
                    } else {
                        "surfaceDataMember"
                    }
                ),
                r#""materials":[{"name":"m","diffuseColor":[1,0,0]}]"#,
                r#""material":{"t":{"value":0}}"#,
            )
        },
        is_read: |objects| has_look(objects, |data| matches!(data, SurfaceData::Material(_))),
    },
    FeatureRow {
        module: "Appearance",
        what: "textures",
        document: |version| {
            let coordinates = "<app:TexCoordList><app:textureCoordinates ring=\"#r\">0 0 1 0 1 1 0 1 0 0\
                               </app:textureCoordinates></app:TexCoordList>";
            let target = if version == Version::Three {
                format!(
                    "<app:textureParameterization><app:TextureAssociation><app:target>#p</app:target>\
                     <app:textureParameterization>{coordinates}</app:textureParameterization></app:TextureAssociation>\
                     </app:textureParameterization>"
                )
            } else {
                format!("<app:target uri=\"#p\">{coordinates}</app:target>")
            };
            appearance(
                version,
                &format!(
                    "<app:{0}><app:ParameterizedTexture><app:imageURI>a.png</app:imageURI>{target}\
                     </app:ParameterizedTexture></app:{0}>",
                    if version == Version::Three {
                        "surfaceData"
                    } else {
                        "surfaceDataMember"
                    }
                ),
                r#""textures":[{"type":"PNG","image":"a.png"}],"vertices-texture":[[0,0],[1,0],[1,1],[0,1]]"#,
                r#""texture":{"t":{"values":[[[0,0,1,2,3]]]}}"#,
            )
        },
        is_read: |objects| has_look(objects, |data| matches!(data, SurfaceData::Texture { .. })),
    },
    FeatureRow {
        module: "Core",
        what: "implicit geometry",
        document: |version| {
            let implicit = "<core:ImplicitGeometry><core:transformationMatrix>1 0 0 0 0 1 0 0 0 0 1 0 0 0 0 1\
                 </core:transformationMatrix>{}<core:referencePoint><gml:Point><gml:pos srsDimension=\"3\">5 6 7\
                 </gml:pos></gml:Point></core:referencePoint></core:ImplicitGeometry>";
            let geometry = multi_surface();
            match version {
                Version::Json => Source::Json(
                    r#""geometry-templates":{"templates":[{"type":"MultiSurface","lod":"2","boundaries":[[[0,1,2,3]]]}],
                    "vertices-templates":[[0,0,1],[4,0,1],[4,4,1],[0,4,1]]},"CityObjects":{"o":{"type":"CityFurniture",
                    "geometry":[{"type":"GeometryInstance","template":0,"boundaries":[0],
                    "transformationMatrix":[1,0,0,0,0,1,0,0,0,0,1,0,0,0,0,1]}]}}"#
                        .to_owned(),
                ),
                Version::Three => member(&format!(
                    "<frn:CityFurniture gml:id=\"o\"><core:lod2ImplicitRepresentation>{}</core:lod2ImplicitRepresentation>\
                     </frn:CityFurniture>",
                    implicit.replace("{}", &format!("<core:relativeGeometry>{geometry}</core:relativeGeometry>"))
                )),
                _ => member(&format!(
                    "<frn:CityFurniture gml:id=\"o\"><frn:lod2ImplicitRepresentation>{}</frn:lod2ImplicitRepresentation>\
                     </frn:CityFurniture>",
                    implicit.replace(
                        "{}",
                        &format!("<core:relativeGMLGeometry>{geometry}</core:relativeGMLGeometry>")
                    )
                )),
            }
        },
        is_read: |objects| {
            any(objects, |object| {
                let mut placed = object.implicit_geometries.iter();
                placed.any(|implicit| implicit.lod == 2 && implicit.template.surfaces.len() == 1)
            })
        },
    },
    FeatureRow {
        module: "Core",
        what: "external references",
        document: |version| match version {
            Version::Json => Source::None,
            Version::Three => building(
                version,
                "<core:externalReference><core:ExternalReference><core:targetResource>urn:cadastre:7</core:targetResource>\
                 </core:ExternalReference></core:externalReference>",
            ),
            _ => building(
                version,
                "<core:externalReference><core:externalObject><core:uri>urn:cadastre:7</core:uri></core:externalObject>\
                 </core:externalReference>",
            ),
        },
        is_read: |objects| mentions(objects, "urn:cadastre:7"),
    },
    FeatureRow {
        module: "Generics",
        what: "attributes",
        document: |version| match version {
            Version::Json => json_building(r#","attributes":{"heated":7}"#),
            Version::Three => building(
                version,
                "<core:genericAttribute><gen:IntAttribute><gen:name>heated</gen:name><gen:value>7</gen:value>\
                 </gen:IntAttribute></core:genericAttribute>",
            ),
            _ => building(
                version,
                "<gen:intAttribute name=\"heated\"><gen:value>7</gen:value></gen:intAttribute>",
            ),
        },
        is_read: |objects| {
            any(objects, |object| {
                let heated = object.attribute("heated");
                heated.is_some_and(|found| found.value == AttributeValue::Integer(7))
            })
        },
    },
    FeatureRow {
        module: "CityObjectGroup",
        what: "members by reference",
        document: |version| {
            match version {
            Version::Json => Source::Json(
                r#""CityObjects":{"o":{"type":"CityObjectGroup","children":["q"]},"q":{"type":"Building"}}"#.to_owned(),
            ),
            Version::Three => member(
                "<grp:CityObjectGroup gml:id=\"o\"><grp:groupMember><grp:Role><grp:groupMember xlink:href=\"#q\"/>\
                 </grp:Role></grp:groupMember></grp:CityObjectGroup>",
            ),
            _ => member("<grp:CityObjectGroup gml:id=\"o\"><grp:groupMember xlink:href=\"#q\"/></grp:CityObjectGroup>"),
        }
        },
        is_read: |objects| {
            any(objects, |object| {
                object
                    .relations
                    .iter()
                    .any(|relation| relation.href.trim_start_matches('#') == "q")
            })
        },
    },
    FeatureRow {
        module: "Dynamizer",
        what: "time series",
        document: |version| match version {
            Version::Three => member(
                "<bldg:Building gml:id=\"o\"><core:dynamizer><dyn:Dynamizer gml:id=\"d\"><dyn:attributeRef>//x</dyn:attributeRef>\
                 <dyn:dynamicData><dyn:GenericTimeseries gml:id=\"s\"><dyn:observationProperty>heat</dyn:observationProperty>\
                 <dyn:uom>kW</dyn:uom><dyn:valueType>double</dyn:valueType><dyn:timeValuePair><dyn:TimeValuePair>\
                 <dyn:timestamp>2020-01-01T00:00:00Z</dyn:timestamp><dyn:doubleValue>7.5</dyn:doubleValue>\
                 </dyn:TimeValuePair></dyn:timeValuePair></dyn:GenericTimeseries></dyn:dynamicData></dyn:Dynamizer>\
                 </core:dynamizer></bldg:Building>",
            ),
            _ => Source::None,
        },
        is_read: |objects| {
            any(objects, |object| {
                object
                    .time_series
                    .iter()
                    .any(|series| series.values.len() == 1)
            })
        },
    },
    FeatureRow {
        module: "Versioning",
        what: "versions and their members",
        document: |version| {
            match version {
            Version::Three => Source::Members(
                "<core:versionMember><vers:Version gml:id=\"v\"><vers:versionMember xlink:href=\"#o\"/></vers:Version>\
                 </core:versionMember>"
                    .to_owned(),
            ),
            _ => Source::None,
        }
        },
        is_read: |objects| {
            any(objects, |object| {
                object.object_type == "Version"
                    && object
                        .relations
                        .iter()
                        .any(|relation| relation.href == "#o")
            })
        },
    },
];

/// Whether an attribute has this text.
fn mentions(objects: &[CityObject], text: &str) -> bool {
    any(objects, |object| {
        let mut values = object
            .attributes
            .iter()
            .map(|attribute| attribute.value.to_string());
        values.any(|value| value.trim() == text)
            || object
                .relations
                .iter()
                .any(|relation| relation.href == text)
    })
}
