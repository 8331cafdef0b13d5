//! Everything but buildings: relief (clause 10.2), transportation (10.7), water (10.4), vegetation
//! (10.8), land use (10.10) and bridges (10.5) of CityGML 2.0.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::document::Document;
use crate::bridges::Bridge;
use crate::city::{City, StreetSurface};
use crate::fixtures::{Fixture, FixtureKind};
use crate::greenery::Tree;
use crate::ground_cover::{GroundCover, Water};
use crate::plan::PavingUse;
use crate::solid::shell::{FaceKind, Shell};

/// `dem:ReliefFeature` with one `dem:TINRelief`.
pub(crate) fn write_relief<W: Write>(document: &mut Document<W>, city: &City) -> io::Result<()> {
    document.begin("dem:ReliefFeature", "VD_RELIEF")?;
    document.text("gml:name", "Terrain")?;
    document.synthetic_mark()?;
    document.text("dem:lod", "2")?;
    write!(
        document,
        r#"<dem:reliefComponent><dem:TINRelief gml:id="VD_TIN">"#
    )?;
    document.text("dem:lod", "2")?;
    write!(
        document,
        "<dem:tin><gml:TriangulatedSurface><gml:trianglePatches>"
    )?;
    for triangle in city.terrain.triangles() {
        write!(document, "\n<gml:Triangle><gml:exterior>")?;
        document.ring(&triangle)?;
        write!(document, "</gml:exterior></gml:Triangle>")?;
    }
    write!(
        document,
        "</gml:trianglePatches></gml:TriangulatedSurface></dem:tin></dem:TINRelief></dem:reliefComponent>"
    )?;
    document.end("dem:ReliefFeature")
}

/// One `tran:Road` or `tran:Square` per name, with its areas.
pub(crate) fn write_streets<W: Write>(document: &mut Document<W>, city: &City) -> io::Result<()> {
    let mut by_name: BTreeMap<&str, Vec<StreetSurface>> = BTreeMap::new();
    for surface in city.street_surfaces() {
        by_name.entry(surface.name).or_default().push(surface);
    }
    for (index, (name, areas)) in by_name.into_iter().enumerate() {
        let is_square = areas
            .iter()
            .any(|surface| surface.paving_use == PavingUse::Square);
        let element = if is_square {
            "tran:Square"
        } else {
            "tran:Road"
        };
        document.begin(element, &format!("VD_S{:03}", index + 1))?;
        document.text("gml:name", name)?;
        document.synthetic_mark()?;
        for surface in &areas {
            write_traffic_area(
                document,
                surface.paving_use,
                surface
                    .pieces
                    .iter()
                    .map(|piece| (&piece.exterior, piece.interiors.as_slice())),
            )?;
        }
        document.end(element)?;
    }
    Ok(())
}

fn write_traffic_area<'a, W: Write>(
    document: &mut Document<W>,
    paving_use: PavingUse,
    pieces: impl Iterator<Item = (&'a Vec<[f64; 3]>, &'a [Vec<[f64; 3]>])>,
) -> io::Result<()> {
    // Codes of SIG3D's TrafficArea_function: 1 driving lane, 2 footpath, 21 square.
    let (property, element, function) = match paving_use {
        PavingUse::Carriageway => ("tran:trafficArea", "tran:TrafficArea", "1"),
        PavingUse::Sidewalk => (
            "tran:auxiliaryTrafficArea",
            "tran:AuxiliaryTrafficArea",
            "2",
        ),
        PavingUse::PedestrianLane | PavingUse::Footpath => {
            ("tran:trafficArea", "tran:TrafficArea", "2")
        }
        PavingUse::Square => ("tran:trafficArea", "tran:TrafficArea", "21"),
    };
    write!(document, "\n<{property}><{element}>")?;
    document.text("tran:function", function)?;
    write!(document, "<tran:lod2MultiSurface><gml:MultiSurface>")?;
    for (exterior, interiors) in pieces {
        write!(document, "<gml:surfaceMember>")?;
        document.polygon(None, exterior, interiors)?;
        write!(document, "</gml:surfaceMember>")?;
    }
    write!(
        document,
        "</gml:MultiSurface></tran:lod2MultiSurface></{element}></{property}>"
    )
}

/// `brid:Bridge` with boundary surfaces, and a `tran:Road` over its deck.
pub(crate) fn write_bridge<W: Write>(
    document: &mut Document<W>,
    bridge: &Bridge,
) -> io::Result<()> {
    document.begin("brid:Bridge", &bridge.id)?;
    document.text("gml:name", bridge.name)?;
    document.synthetic_mark()?;
    for (kind, element) in [
        (FaceKind::Ground, "brid:OuterCeilingSurface"),
        (FaceKind::Wall, "brid:WallSurface"),
        (FaceKind::Roof, "brid:OuterFloorSurface"),
    ] {
        let faces = |body: &Shell| {
            body.faces
                .iter()
                .filter(move |face| face.kind == kind)
                .map(|face| face.exterior.clone())
                .collect::<Vec<_>>()
        };
        let rings: Vec<_> = bridge.bodies.iter().flat_map(faces).collect();
        write!(
            document,
            "\n<brid:boundedBy><{element}><brid:lod2MultiSurface>"
        )?;
        document.multi_surface(&rings)?;
        write!(
            document,
            "</brid:lod2MultiSurface></{element}></brid:boundedBy>"
        )?;
    }
    document.end("brid:Bridge")?;
    document.begin("tran:Road", &format!("{}_ROAD", bridge.id))?;
    document.text("gml:name", bridge.name)?;
    document.synthetic_mark()?;
    for (paving_use, quads) in [
        (PavingUse::Carriageway, &bridge.carriageway),
        (PavingUse::Sidewalk, &bridge.sidewalks),
    ] {
        write_traffic_area(
            document,
            paving_use,
            quads.iter().map(|quad| (quad, [].as_slice())),
        )?;
    }
    document.end("tran:Road")
}

/// `frn:CityFurniture` or `gen:GenericCityObject`.
pub(crate) fn write_fixture<W: Write>(
    document: &mut Document<W>,
    fixture: &Fixture,
) -> io::Result<()> {
    let (element, geometry) = match fixture.kind {
        FixtureKind::Furniture => ("frn:CityFurniture", "frn:lod2Geometry"),
        FixtureKind::Wall => ("gen:GenericCityObject", "gen:lod2Geometry"),
    };
    document.begin(element, &fixture.id)?;
    document.text("gml:name", fixture.name)?;
    document.synthetic_mark()?;
    write!(document, "<{geometry}>")?;
    document.multi_surface(&fixture.faces)?;
    write!(document, "</{geometry}>")?;
    document.end(element)
}

/// `wtr:WaterBody` with its `wtr:WaterSurface`.
pub(crate) fn write_water<W: Write>(document: &mut Document<W>, water: &Water) -> io::Result<()> {
    document.begin("wtr:WaterBody", &water.id)?;
    document.text("gml:name", water.name)?;
    document.synthetic_mark()?;
    write!(
        document,
        "<wtr:boundedBy><wtr:WaterSurface><wtr:lod2Surface><gml:CompositeSurface><gml:surfaceMember>"
    )?;
    document.polygon(None, &water.surface, &[])?;
    write!(
        document,
        "</gml:surfaceMember></gml:CompositeSurface></wtr:lod2Surface></wtr:WaterSurface></wtr:boundedBy>"
    )?;
    document.end("wtr:WaterBody")
}

/// `veg:PlantCover` or `luse:LandUse`.
pub(crate) fn write_cover<W: Write>(
    document: &mut Document<W>,
    cover: &GroundCover,
) -> io::Result<()> {
    let (element, class, surface) = if cover.cover.is_plant_cover() {
        ("veg:PlantCover", "veg:class", "veg:lod2MultiSurface")
    } else {
        ("luse:LandUse", "luse:class", "luse:lod2MultiSurface")
    };
    document.begin(element, &cover.id)?;
    document.synthetic_mark()?;
    document.text(class, cover.cover.label())?;
    write!(document, "<{surface}><gml:MultiSurface>")?;
    for piece in &cover.pieces {
        write!(document, "<gml:surfaceMember>")?;
        document.polygon(None, &piece.exterior, &piece.interiors)?;
        write!(document, "</gml:surfaceMember>")?;
    }
    write!(document, "</gml:MultiSurface></{surface}>")?;
    document.end(element)
}

/// `veg:SolitaryVegetationObject` with its own facets.
pub(crate) fn write_tree<W: Write>(document: &mut Document<W>, tree: &Tree) -> io::Result<()> {
    document.begin("veg:SolitaryVegetationObject", &tree.id)?;
    document.synthetic_mark()?;
    document.text("veg:species", tree.species.botanical_name())?;
    for (element, value_m) in [
        ("veg:height", tree.height_m),
        ("veg:trunkDiameter", tree.trunk_diameter_m()),
        ("veg:crownDiameter", tree.crown_diameter_m),
    ] {
        write!(document, r#"<{element} uom="m">{value_m:.2}</{element}>"#)?;
    }
    write!(document, "<veg:lod2Geometry>")?;
    document.multi_surface(&tree.facets())?;
    write!(document, "</veg:lod2Geometry>")?;
    document.end("veg:SolitaryVegetationObject")
}
