//! What is measured.

use std::ops::ControlFlow;
use std::path::Path;

use citygml_rs::{
    CityGmlReader, CityObject, Diagnostics, ReadOptions, read_path, read_path_mapped, triangulate,
};
use quick_xml::Reader;
use quick_xml::events::Event;

/// Tokens of the whole file with all attributes visited: what any reader on this library pays at least.
pub fn tokenise(text: &str) -> u64 {
    let mut reader = Reader::from_str(text);
    let mut seen = 0;
    loop {
        match reader.read_event().expect("the file is well-formed") {
            Event::Start(start) | Event::Empty(start) => {
                seen += 1;
                for attribute in start.attributes() {
                    seen += attribute.expect("the file is well-formed").value.len() as u64;
                }
            }
            Event::Text(text) => seen += text.len() as u64,
            Event::Eof => return seen,
            _ => {}
        }
    }
}

pub fn options(threads: usize) -> ReadOptions {
    let mut options = ReadOptions::default();
    options.threads = threads;
    options
}

/// Reads to the typed model and lets each object go.
pub fn read(file: &Path, threads: usize) -> u64 {
    let mut surfaces = 0;
    each_object(file, &options(threads), |object| {
        surfaces += count_surfaces(&object)
    });
    surfaces
}

/// Reads to the typed model from memory.
pub fn read_bytes(bytes: &[u8]) -> u64 {
    let mut surfaces = 0;
    each_object_of(bytes, |object| surfaces += count_surfaces(&object));
    surfaces
}

/// Reads from memory and triangulates all polygons.
pub fn triangulate_bytes(bytes: &[u8]) -> u64 {
    let mut triangles = 0;
    each_object_of(bytes, |object| triangles += count_triangles(&object));
    triangles
}

fn each_object_of(bytes: &[u8], mut visit: impl FnMut(CityObject)) {
    let mut diagnostics = Diagnostics::new();
    let mut reader =
        CityGmlReader::new(bytes, ReadOptions::default()).expect("the encoding is known");
    while let Some(object) = reader.next_object(&mut diagnostics).expect("it is a model") {
        visit(object);
    }
}

/// Reads everything and keeps it.
pub fn keep(file: &Path) -> Vec<CityObject> {
    let mut kept = Vec::new();
    each_object(file, &options(1), |object| kept.push(object));
    kept
}

/// Reads and triangulates all polygons, in as many threads.
pub fn triangulate_in_threads(file: &Path, threads: usize) -> u64 {
    let mut triangles = 0;
    read_path_mapped(
        file,
        &options(threads),
        &mut Diagnostics::new(),
        &|object| count_triangles(&object),
        &mut |count| {
            triangles += count;
            ControlFlow::Continue(())
        },
        &mut |_, _| {},
    )
    .expect("the file can be read");
    triangles
}

/// Reads only objects of one type.
pub fn read_type(file: &Path, object_type: &str) -> u64 {
    let mut options = options(1);
    options.filter.object_types = Some([object_type.to_owned()].into());
    let mut surfaces = 0;
    each_object(file, &options, |object| surfaces += count_surfaces(&object));
    surfaces
}

fn each_object(file: &Path, options: &ReadOptions, mut visit: impl FnMut(CityObject)) {
    let mut diagnostics = Diagnostics::new();
    let on_object = &mut |object| {
        visit(object);
        ControlFlow::Continue(())
    };
    read_path(file, options, &mut diagnostics, on_object, &mut |_, _| {})
        .expect("the file can be read");
}

fn count_surfaces(object: &CityObject) -> u64 {
    let all = object
        .descendants()
        .map(|object| object.surfaces.len() as u64);
    all.sum()
}

fn count_triangles(object: &CityObject) -> u64 {
    let surfaces = object.descendants().flat_map(|object| &object.surfaces);
    surfaces
        .map(|surface| triangulate(&surface.polygon).map_or(0, |found| found.len() as u64))
        .sum()
}
