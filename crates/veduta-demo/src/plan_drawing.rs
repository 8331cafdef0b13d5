//! The city as a plan drawing (SVG), for judging the design by eye.

use std::collections::BTreeMap;
use std::io::{self, Write};

use crate::city::City;
use crate::ground_cover::LandCover;
use crate::plan::PavingUse;
use crate::plan::polygon::open_ring;
use crate::solid::shell::{Face, FaceKind};
use crate::terrain::mesh::EXTENT_M;

/// Writes the plan, one unit per metre, north up; roofs are shaded from the north-west.
///
/// # Errors
/// When the output does not take the bytes.
pub fn write_plan_svg(city: &City, mut out: impl Write) -> io::Result<()> {
    let [west, south, east, north] = EXTENT_M;
    let (width, height) = (east - west, north - south);
    writeln!(
        out,
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='{west} {} {width} {height}'>",
        -north
    )?;
    writeln!(
        out,
        "<rect x='{west}' y='{}' width='{width}' height='{height}' fill='#dde5d0'/>",
        -north
    )?;
    for cover in &city.ground_covers {
        for piece in &cover.pieces {
            let rings = std::iter::once(&piece.exterior).chain(&piece.interiors);
            area(
                &mut out,
                rings.map(|ring| plan_of(ring)),
                cover_colour(cover.cover),
            )?;
        }
    }
    for water in &city.waters {
        area(&mut out, [plan_of(&water.surface)], "#9ab4cc")?;
    }
    for paving in &city.space.pavings {
        for part in &paving.area {
            let rings = std::iter::once(part.exterior()).chain(part.interiors());
            area(
                &mut out,
                rings.map(|ring| open_ring(ring).iter().map(|p| (p.x, p.y)).collect()),
                paving_colour(paving.paving_use),
            )?;
        }
    }
    for bridge in &city.bridges {
        for quad in bridge.carriageway.iter().chain(&bridge.sidewalks) {
            area(&mut out, [plan_of(quad)], "#bbbbbb")?;
        }
    }
    roofs_and_crowns(city, &mut out)?;
    writeln!(out, "</svg>")
}

/// Roof faces and crowns from the lowest to the highest.
fn roofs_and_crowns(city: &City, out: &mut impl Write) -> io::Result<()> {
    let mut layers: BTreeMap<i64, Vec<u8>> = BTreeMap::new();
    let millimetres = |z: f64| (z * 1000.0) as i64;
    for face in city
        .buildings
        .iter()
        .flat_map(|b| &b.parts)
        .flat_map(|part| &part.shell.faces)
    {
        if face.kind == FaceKind::Roof {
            let top = face
                .exterior
                .iter()
                .map(|p| p[2])
                .fold(f64::NEG_INFINITY, f64::max);
            let layer = layers.entry(millimetres(top)).or_default();
            area(layer, face.rings().map(|ring| plan_of(ring)), &shade(face))?;
        }
    }
    for tree in &city.trees {
        let layer = layers
            .entry(millimetres(tree.foot[2] + tree.height_m * 0.7))
            .or_default();
        let (x, y, radius) = (tree.foot[0], -tree.foot[1], tree.crown_diameter_m / 2.0);
        writeln!(
            layer,
            "<circle cx='{x:.1}' cy='{y:.1}' r='{radius:.1}' fill='#6f9457' stroke='#4a6b38' stroke-width='.3'/>"
        )?;
    }
    layers.values().try_for_each(|layer| out.write_all(layer))
}

fn plan_of(ring: &[[f64; 3]]) -> Vec<(f64, f64)> {
    ring.iter().map(|p| (p[0], p[1])).collect()
}

fn area(
    out: &mut impl Write,
    rings: impl IntoIterator<Item = Vec<(f64, f64)>>,
    colour: &str,
) -> io::Result<()> {
    write!(
        out,
        "<path fill='{colour}' stroke='{colour}' stroke-width='.2' fill-rule='evenodd' d='"
    )?;
    for ring in rings {
        for (i, (x, y)) in ring.iter().enumerate() {
            write!(out, "{}{x:.2},{:.2}", if i == 0 { 'M' } else { 'L' }, -y)?;
        }
        write!(out, "Z")?;
    }
    writeln!(out, "'/>")
}

fn shade(face: &Face) -> String {
    let [x, y, z] = face.newell();
    let lambert = (-0.5 * x + 0.4 * y + 0.77 * z) / x.hypot(y).hypot(z).max(1e-9);
    let light = 0.25 + 0.75 * lambert.max(0.0);
    let channel = |full: f64| (full * light) as u8;
    format!(
        "rgb({},{},{})",
        channel(232.0),
        channel(168.0),
        channel(138.0)
    )
}

fn cover_colour(cover: LandCover) -> &'static str {
    match cover {
        LandCover::Lawn => "#b9d79a",
        LandCover::Courtyard => "#c6dcae",
        LandCover::Pitch => "#8fc27a",
        LandCover::Yard => "#c9c5bd",
        LandCover::Field => "#e0d9a8",
        LandCover::Meadow => "#cfe0a8",
        LandCover::Vineyard => "#b4c078",
    }
}

fn paving_colour(paving_use: PavingUse) -> &'static str {
    match paving_use {
        PavingUse::Carriageway => "#999999",
        PavingUse::Sidewalk => "#cccccc",
        PavingUse::PedestrianLane => "#ddcccc",
        PavingUse::Square => "#e3d8c0",
        PavingUse::Footpath => "#eeddbb",
    }
}
