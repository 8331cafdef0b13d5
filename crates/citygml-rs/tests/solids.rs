//! Solids of real cities: the triangles of a valid solid enclose the volume that its polygons enclose, and look outward.

mod metric;
mod shared_data;

use std::collections::BTreeMap;

use citygml_rs::{
    CityObject, Fault, PLANAR_WITHIN_M, ShellFace, Solid, Triangulator, check_polygon, check_solid,
    polygon_normal, shell_faces, shell_volume, triangle_volume,
};
use metric::metric_object;
use shared_data::{files_below, read, shared_data};

#[derive(Default)]
struct Tally {
    checked: u64,
    to_a_millionth: u64,
    skipped: BTreeMap<&'static str, u64>,
    wrong: Vec<String>,
}

#[test]
fn triangles_enclose_the_volume_of_valid_solids() {
    let Some(data) = shared_data() else { return };
    let mut tally = Tally::default();
    let mut faults = BTreeMap::<_, u64>::new();
    let mut triangulator = Triangulator::new();
    for folder in ["citygml", "cityjson", "pairs_citygml_3dtiles", "perf"] {
        let extensions = ["gml", "xml", "citygml", "json", "jsonl", "gz"];
        for path in files_below(&data.join(folder), &extensions) {
            for object in read(&path).objects {
                let object = metric_object(object);
                let descendants: Vec<&CityObject> = object.descendants().collect();
                for surface in descendants.iter().flat_map(|object| &object.surfaces) {
                    for fault in check_polygon(&surface.polygon) {
                        *faults.entry(fault.code().code).or_default() += 1;
                    }
                }
                for solid in descendants.iter().flat_map(|object| &object.solids) {
                    tally.add(solid, &descendants, &mut triangulator, &mut faults);
                }
            }
        }
    }
    println!(
        "{} solids agree, {} shells to one part in a million; not compared: {:?}; faults of all: {faults:?}",
        tally.checked, tally.to_a_millionth, tally.skipped
    );
    assert!(tally.wrong.is_empty(), "{:#?}", tally.wrong);
    assert!(tally.checked > 4000, "only {}", tally.checked);
    assert!(tally.to_a_millionth > 2500, "only {}", tally.to_a_millionth);
}

impl Tally {
    fn skip(&mut self, reason: &'static str) {
        *self.skipped.entry(reason).or_default() += 1;
    }

    fn add(
        &mut self,
        solid: &Solid,
        descendants: &[&CityObject],
        triangulator: &mut Triangulator,
        faults: &mut BTreeMap<&'static str, u64>,
    ) {
        let shells: Option<Vec<Vec<ShellFace<'_>>>> = solid
            .shells
            .iter()
            .map(|shell| shell_faces(shell, descendants))
            .collect();
        let Some(shells) = shells else {
            self.wrong
                .push(format!("{:?}: a use leads nowhere", solid.id));
            return;
        };
        let found = check_solid(&shells);
        for fault in &found {
            *faults.entry(fault.code().code).or_default() += 1;
        }
        let turned = |fault: &Fault| matches!(fault, Fault::FacesTurned { .. } | Fault::InsideOut);
        if found
            .iter()
            .any(|fault| matches!(fault, Fault::ShellOpen { .. } | Fault::TooFewFaces { .. }))
        {
            return self.skip("not closed");
        }
        if found.iter().any(turned) {
            return self.skip("faces look to the wrong side");
        }
        // The faces may be off their planes: then triangles enclose more or less, depending on how a face is cut.
        let mut slack = 0.0;
        for face in shells.iter().flatten() {
            let Some((off_plane, area)) = off_plane_and_area(face) else {
                return self.skip("a face without area");
            };
            if off_plane > PLANAR_WITHIN_M {
                return self.skip("not planar to a centimetre");
            }
            slack += off_plane * area;
        }
        for faces in &shells {
            let polygons = shell_volume(faces);
            let mut corners = Vec::new();
            for face in faces {
                let points: Vec<[f64; 3]> = std::iter::once(&face.polygon.exterior)
                    .chain(&face.polygon.interiors)
                    .flatten()
                    .copied()
                    .collect();
                let Ok(found) = triangulator.triangulate(face.polygon) else {
                    return self.skip("a face without area");
                };
                corners.extend(found.triangles.iter().map(|triangle| {
                    let [a, b, c] = triangle.map(|index| points[index as usize]);
                    if face.is_flipped {
                        [a, c, b]
                    } else {
                        [a, b, c]
                    }
                }));
            }
            let triangles = triangle_volume(corners);
            let apart = (triangles - polygons).abs();
            self.to_a_millionth += u64::from(apart <= 1e-6 * polygons.abs());
            if apart > 1e-6 * polygons.abs() + slack {
                let id = &solid.id;
                self.wrong.push(format!(
                    "{id:?}: {polygons} of polygons, {triangles} of triangles"
                ));
            }
        }
        self.checked += 1;
    }
}

/// Greatest distance of a point from the plane of a face, and the area of its exterior ring.
fn off_plane_and_area(face: &ShellFace<'_>) -> Option<(f64, f64)> {
    let normal = polygon_normal(face.polygon)?;
    let exterior = &face.polygon.exterior;
    let origin = exterior[0];
    let subtract =
        |point: &[f64; 3]| -> [f64; 3] { std::array::from_fn(|axis| point[axis] - origin[axis]) };
    let dot = |a: [f64; 3], b: [f64; 3]| a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
    let off_plane = exterior
        .iter()
        .chain(face.polygon.interiors.iter().flatten())
        .map(|point| dot(subtract(point), normal).abs())
        .fold(0.0, f64::max);
    let area = exterior.windows(2).map(|pair| {
        let ([ax, ay, az], [bx, by, bz]) = (subtract(&pair[0]), subtract(&pair[1]));
        dot(
            [ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx],
            normal,
        ) / 2.0
    });
    Some((off_plane, area.sum::<f64>().abs()))
}
