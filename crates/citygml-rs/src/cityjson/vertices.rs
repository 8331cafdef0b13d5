//! Vertices and the transform that makes coordinates of them (CityJSON 2.0, 4).

use serde::Deserialize;
use serde_json::value::RawValue;

use super::fault::Fault;
use crate::codes;

/// `transform`: vertices are integers that become coordinates by it.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
pub(super) struct Transform {
    scale: [f64; 3],
    translate: [f64; 3],
}

impl Transform {
    /// Reads a transform; one that flattens the city or swallows its digits is a fault, and used as it is.
    pub(super) fn read(json: &RawValue, faults: &mut Vec<Fault>) -> Option<Self> {
        let transform: Self = match serde_json::from_str(json.get()) {
            Ok(transform) => transform,
            Err(error) => {
                let message =
                    format!("the transform cannot be used, vertices are left as they are: {error}");
                faults.push(Fault::new(codes::TRANSFORM, message));
                return None;
            }
        };
        let Self { scale, translate } = transform;
        let axes = || scale.into_iter().zip(translate).zip(["x", "y", "z"]);
        let flat: Vec<&str> = axes()
            .filter(|((scale, _), _)| *scale == 0.0)
            .map(|(_, axis)| axis)
            .collect();
        if !flat.is_empty() {
            let flat = flat.join(", ");
            let message = format!("the scale of {flat} is 0, so all vertices have the same {flat}");
            faults.push(Fault::new(codes::TRANSFORM, message));
        }
        let lost = |scale: f64, translate: f64| scale != 0.0 && translate + scale == translate;
        if let Some(((scale, translate), axis)) =
            axes().find(|&((scale, translate), _)| lost(scale, translate))
        {
            let message =
                format!("{axis} is moved by {translate:e}, where steps of {scale:e} are lost");
            faults.push(Fault::new(codes::TRANSFORM, message));
        }
        Some(transform)
    }

    fn apply(&self, vertex: &mut [f64; 3]) {
        let axes = self.scale.into_iter().zip(self.translate);
        for (value, (scale, translate)) in vertex.iter_mut().zip(axes) {
            *value = *value * scale + translate;
        }
    }
}

/// Coordinates of a vertex list. What is no vertex is a point that is not finite, so that indices stay right.
pub(super) fn read_vertices(
    json: &RawValue,
    transform: Option<Transform>,
    faults: &mut Vec<Fault>,
) -> Vec<[f64; 3]> {
    let mut vertices: Vec<[f64; 3]> = match serde_json::from_str(json.get()) {
        Ok(vertices) => vertices,
        Err(_) => read_tolerantly(json, faults),
    };
    if let Some(transform) = transform {
        for vertex in &mut vertices {
            transform.apply(vertex);
        }
    }
    vertices
}

fn read_tolerantly(json: &RawValue, faults: &mut Vec<Fault>) -> Vec<[f64; 3]> {
    let list: Vec<&RawValue> = match serde_json::from_str(json.get()) {
        Ok(list) => list,
        Err(error) => {
            let message = format!("the vertices are no list: {error}");
            faults.push(Fault::new(codes::BAD_COORDINATE, message));
            return Vec::new();
        }
    };
    let mut broken = (0, 0);
    let vertices = list
        .into_iter()
        .enumerate()
        .map(|(index, json)| {
            serde_json::from_str(json.get()).unwrap_or_else(|_| {
                broken = (broken.0 + 1, if broken.0 == 0 { index } else { broken.1 });
                [f64::NAN; 3]
            })
        })
        .collect();
    let (count, first) = broken;
    if count > 0 {
        let message = format!(
            "{count} vertices are not three numbers, the first is number {first}; surfaces with them are left out"
        );
        faults.push(Fault::new(codes::BAD_COORDINATE, message));
    }
    vertices
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raw(json: &str) -> Box<RawValue> {
        serde_json::from_str(json).expect("the text is JSON")
    }

    #[test]
    fn broken_vertices_keep_the_others_in_place() {
        let mut faults = Vec::new();
        let vertices = read_vertices(&raw("[[1,2,3],[1,2],null,[1e0,2.5,-3]]"), None, &mut faults);
        assert_eq!(vertices[0], [1.0, 2.0, 3.0]);
        assert!(vertices[1][0].is_nan() && vertices[2][0].is_nan());
        assert_eq!(vertices[3], [1.0, 2.5, -3.0]);
        assert!(faults[0].message.starts_with("2 vertices"), "{faults:?}");
    }

    #[test]
    fn transforms_that_lose_the_coordinates() {
        let count = |json| {
            let mut faults = Vec::new();
            let found = Transform::read(&raw(json), &mut faults).is_some();
            (found, faults.len())
        };
        let good = r#"{"scale":[0.001,0.001,0.001],"translate":[4e5,5e6,0]}"#;
        assert_eq!(count(good), (true, 0));
        let flat = r#"{"scale":[1,0,1],"translate":[0,0,1e30]}"#;
        assert_eq!(count(flat), (true, 2));
        assert_eq!(count(r#"{"scale":[1,1],"translate":[0,0,0]}"#), (false, 1));
    }
}
