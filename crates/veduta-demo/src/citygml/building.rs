//! Buildings (CityGML 2.0, clause 10.3): LoD2 solids whose faces are shared with boundary surfaces.

use std::io::{self, Write};

use super::document::Document;
use crate::buildings::register::{LOCALITY, POSTAL_CODE};
use crate::buildings::{Building, BuildingPart};
use crate::solid::shell::{Face, FaceKind};

/// Faces smaller than this (dormers, chimneys, steps) share one boundary surface per kind.
const OWN_SURFACE_M2: f64 = 9.0;

/// Writes one building with its parts.
pub(crate) fn write_building<W: Write>(
    document: &mut Document<W>,
    building: &Building,
) -> io::Result<()> {
    document.begin("bldg:Building", &building.id)?;
    if let Some(name) = &building.name {
        document.text("gml:name", name)?;
    }
    document.synthetic_mark()?;
    document.generic("string", "energyClass", building.energy_class)?;
    document.measure(
        "heatDemand",
        f64::from(building.heat_demand_kwh_m2a),
        "kWh/m2a",
    )?;
    document.generic("int", "population", &building.population.to_string())?;
    document.generic("string", "use", building.building_use.label())?;
    document.text("bldg:function", building.building_use.code())?;
    document.text("bldg:yearOfConstruction", &building.year.to_string())?;
    document.text("bldg:roofType", building.roof().code())?;
    measured_height(document, building.measured_height_m())?;
    let storeys = building
        .parts
        .iter()
        .map(|part| part.storeys)
        .max()
        .unwrap_or(0);
    document.text("bldg:storeysAboveGround", &storeys.to_string())?;
    match building.parts.as_slice() {
        [only] => write_body(document, &building.id, only)?,
        parts => {
            for part in parts {
                write!(
                    document,
                    r#"<bldg:consistsOfBuildingPart><bldg:BuildingPart gml:id="{}">"#,
                    part.id
                )?;
                document.text("bldg:roofType", part.roof.code())?;
                let (low, high) = part.shell.height_range();
                measured_height(document, high - low)?;
                document.text("bldg:storeysAboveGround", &part.storeys.to_string())?;
                write_body(document, &part.id, part)?;
                write!(
                    document,
                    "</bldg:BuildingPart></bldg:consistsOfBuildingPart>"
                )?;
            }
        }
    }
    write_address(document, building)?;
    document.end("bldg:Building")
}

fn measured_height<W: Write>(document: &mut Document<W>, height_m: f64) -> io::Result<()> {
    write!(
        document,
        r#"<bldg:measuredHeight uom="m">{height_m:.2}</bldg:measuredHeight>"#
    )
}

fn write_body<W: Write>(
    document: &mut Document<W>,
    id: &str,
    part: &BuildingPart,
) -> io::Result<()> {
    let faces = &part.shell.faces;
    write!(
        document,
        "<bldg:lod2Solid><gml:Solid><gml:exterior><gml:CompositeSurface>"
    )?;
    for index in 0..faces.len() {
        write!(
            document,
            r##"<gml:surfaceMember xlink:href="#{id}_{index}"/>"##
        )?;
    }
    write!(
        document,
        "</gml:CompositeSurface></gml:exterior></gml:Solid></bldg:lod2Solid>"
    )?;
    for (kind, element) in [
        (FaceKind::Ground, "bldg:GroundSurface"),
        (FaceKind::Wall, "bldg:WallSurface"),
        (FaceKind::Roof, "bldg:RoofSurface"),
    ] {
        let of_kind = || {
            faces
                .iter()
                .enumerate()
                .filter(move |(_, face)| face.kind == kind)
        };
        for face in of_kind().filter(|(_, face)| area_m2(face) >= OWN_SURFACE_M2) {
            write_boundary(document, id, element, std::iter::once(face))?;
        }
        if of_kind().any(|(_, face)| area_m2(face) < OWN_SURFACE_M2) {
            write_boundary(
                document,
                id,
                element,
                of_kind().filter(|(_, face)| area_m2(face) < OWN_SURFACE_M2),
            )?;
        }
    }
    Ok(())
}

fn write_boundary<'a, W: Write>(
    document: &mut Document<W>,
    id: &str,
    element: &str,
    faces: impl Iterator<Item = (usize, &'a Face)>,
) -> io::Result<()> {
    write!(
        document,
        "\n<bldg:boundedBy><{element}><bldg:lod2MultiSurface><gml:MultiSurface>"
    )?;
    for (index, face) in faces {
        write!(document, "<gml:surfaceMember>")?;
        document.polygon(
            Some(&format!("{id}_{index}")),
            &face.exterior,
            &face.interiors,
        )?;
        write!(document, "</gml:surfaceMember>")?;
    }
    write!(
        document,
        "</gml:MultiSurface></bldg:lod2MultiSurface></{element}></bldg:boundedBy>"
    )
}

fn area_m2(face: &Face) -> f64 {
    face.newell().iter().map(|n| n * n).sum::<f64>().sqrt() / 2.0
}

fn write_address<W: Write>(document: &mut Document<W>, building: &Building) -> io::Result<()> {
    let address = &building.address;
    write!(
        document,
        "<bldg:address><core:Address><core:xalAddress><xAL:AddressDetails><xAL:Country>"
    )?;
    document.text("xAL:CountryName", "Germany")?;
    write!(document, r#"<xAL:Locality Type="Town">"#)?;
    document.text("xAL:LocalityName", LOCALITY)?;
    write!(document, r#"<xAL:Thoroughfare Type="Street">"#)?;
    document.text("xAL:ThoroughfareNumber", &address.house_number.to_string())?;
    document.text("xAL:ThoroughfareName", &address.street)?;
    write!(document, "</xAL:Thoroughfare><xAL:PostalCode>")?;
    document.text("xAL:PostalCodeNumber", POSTAL_CODE)?;
    write!(
        document,
        "</xAL:PostalCode></xAL:Locality></xAL:Country></xAL:AddressDetails></core:xalAddress></core:Address></bldg:address>"
    )
}
