//! Writes the city as CityGML 2.0 (OGC 12-019) in EPSG:25832 with heights of EPSG:5783.

mod building;
pub(crate) mod document;
mod surroundings;

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::buildings::Building;
use crate::city::City;
use crate::design::Design;
use crate::error::DemoError;
use document::{Bounds, Document, bounds};

pub use document::SRS_NAME;

/// The files that [`write_all`] writes, in the order of writing.
pub const CITY_FILES: [&str; 4] = [
    "buildings.gml",
    "terrain.gml",
    "streets.gml",
    "greenery.gml",
];

/// Writes the whole city as one document.
///
/// # Errors
/// [`DemoError::Write`] when the output does not take the bytes.
pub fn write_citygml(city: &City, out: impl Write) -> Result<(), DemoError> {
    let mut document = Document::open(out, "Vedutastadt", 3, whole_bounds(city))?;
    buildings_into(&mut document, &city.buildings)?;
    surroundings::write_relief(&mut document, city)?;
    streets_into(&mut document, city)?;
    greenery_into(&mut document, city)?;
    document.close()?;
    Ok(())
}

/// Writes the city as [`CITY_FILES`] into `folder`, which is made if need be; returns their paths.
///
/// # Errors
/// [`DemoError::File`] names the file or folder that could not be written.
pub fn write_all(city: &City, folder: &Path) -> Result<Vec<PathBuf>, DemoError> {
    std::fs::create_dir_all(folder).map_err(|source| DemoError::File {
        path: folder.to_owned(),
        source,
    })?;
    CITY_FILES
        .iter()
        .enumerate()
        .map(|(index, name)| {
            let path = folder.join(name);
            write_file(city, index, &path).map_err(|source| DemoError::File {
                path: path.clone(),
                source,
            })?;
            Ok(path)
        })
        .collect()
}

fn write_file(city: &City, index: usize, path: &Path) -> std::io::Result<()> {
    let out = BufWriter::new(File::create(path)?);
    let open = |title: &str, digits| Document::open(out, title, digits, whole_bounds(city));
    let document = match index {
        0 => {
            let mut document = open("Vedutastadt: buildings", 3)?;
            buildings_into(&mut document, &city.buildings)?;
            document
        }
        1 => {
            let mut document = open("Vedutastadt: terrain", 2)?;
            surroundings::write_relief(&mut document, city)?;
            document
        }
        2 => {
            let mut document = open("Vedutastadt: streets, bridges and water", 3)?;
            streets_into(&mut document, city)?;
            document
        }
        _ => {
            let mut document = open("Vedutastadt: greenery and use of land", 2)?;
            greenery_into(&mut document, city)?;
            document
        }
    };
    document
        .close()?
        .into_inner()
        .map_err(|error| error.into_error())?;
    Ok(())
}

/// Writes a design as it is handed in: its buildings, trees and lawns in one document.
///
/// # Errors
/// [`DemoError::Write`] when the output does not take the bytes.
pub fn write_design(design: &Design, out: impl Write) -> Result<(), DemoError> {
    let mut document = Document::open(out, design.title, 3, building_bounds(&design.buildings))?;
    buildings_into(&mut document, &design.buildings)?;
    for cover in &design.ground_covers {
        surroundings::write_cover(&mut document, cover)?;
    }
    for tree in &design.trees {
        surroundings::write_tree(&mut document, tree)?;
    }
    document.close()?;
    Ok(())
}

fn buildings_into<W: Write>(
    document: &mut Document<W>,
    buildings: &[Building],
) -> std::io::Result<()> {
    buildings
        .iter()
        .try_for_each(|building| building::write_building(document, building))
}

fn streets_into<W: Write>(document: &mut Document<W>, city: &City) -> std::io::Result<()> {
    surroundings::write_streets(document, city)?;
    city.bridges
        .iter()
        .try_for_each(|bridge| surroundings::write_bridge(document, bridge))?;
    city.fixtures
        .iter()
        .try_for_each(|fixture| surroundings::write_fixture(document, fixture))?;
    city.waters
        .iter()
        .try_for_each(|water| surroundings::write_water(document, water))
}

fn greenery_into<W: Write>(document: &mut Document<W>, city: &City) -> std::io::Result<()> {
    city.ground_covers
        .iter()
        .try_for_each(|cover| surroundings::write_cover(document, cover))?;
    city.trees
        .iter()
        .try_for_each(|tree| surroundings::write_tree(document, tree))
}

fn whole_bounds(city: &City) -> Bounds {
    let [low, high] = building_bounds(&city.buildings);
    let corners = city.terrain.triangles().flatten().chain([low, high]);
    bounds(corners)
}

fn building_bounds(buildings: &[Building]) -> Bounds {
    let faces = buildings
        .iter()
        .flat_map(|building| &building.parts)
        .flat_map(|part| &part.shell.faces);
    bounds(faces.flat_map(|face| face.exterior.iter().copied()))
}
