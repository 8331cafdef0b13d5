//! Instanced 3D models (OGC 18-053r2, 10.3): one glTF, placed many times. Instances are baked into
//! copies, each a feature, so that picking and styling see them like anything else.

use glam::{DMat3, DMat4, DVec3};

use super::batch_table::features_of_batch_table;
use super::binary::{Bytes, Component};
use super::gltf::Model;
use super::header::{TableLengths, Tables, declared_part};
use super::{Decoder, limits};
use crate::diagnostics::{Severity, code};
use crate::ellipsoid::ecef_from_enu;
use crate::error::TilesError;
use crate::uri::resolve_uri;

const HEADER: usize = 32;

impl Decoder<'_> {
    pub(super) fn decode_i3dm(&mut self, bytes: &[u8]) -> Result<(), TilesError> {
        let content = declared_part(Bytes::new("i3dm", bytes), self.diagnostics)?;
        let tables =
            TableLengths::read(&content, HEADER)?.read_tables(&content, self.diagnostics)?;
        let count = match tables.feature_count("INSTANCES_LENGTH") {
            Some(count) => count?,
            None => return Err(content.error(HEADER, "the feature table has no INSTANCES_LENGTH")),
        };
        limits::check("instances", count, self.options.limits.max_instances)?;
        let instances = read_instances(&tables, count)?;
        let batch_ids = match tables.feature_numbers("BATCH_ID", count, Component::U16) {
            Some(numbers) => numbers?.into_iter().map(|id| id as usize).collect(),
            None => (0..count).collect::<Vec<_>>(),
        };
        let model = match content.u32(28, "the model format")? {
            0 => self.referenced_model(&tables.body)?,
            1 => Model::read(
                tables.body.bytes,
                "",
                &self.options.limits,
                self.resolve,
                self.diagnostics,
            )?,
            other => {
                return Err(content.error(28, format!("model format {other} is neither 0 nor 1")));
            }
        };
        let rows = batch_ids.iter().max().map_or(0, |id| id + 1);
        limits::check("features", rows, self.options.limits.max_features)?;
        let features = features_of_batch_table(&tables, rows, "Instance", self.diagnostics);
        let first = self.gathered.add_features(features)?;
        let ecef_from_instances =
            self.options.ecef_from_tile * DMat4::from_translation(tables.rtc_center()?);
        let zup_from_model = model.zup_from_model(self.options.up_axis);
        for (instance, batch_id) in instances.iter().zip(&batch_ids) {
            let feature = first + *batch_id as u32;
            self.gathered.place(
                &model,
                &(ecef_from_instances * *instance * zup_from_model),
                |_, _| feature,
            )?;
        }
        Ok(())
    }

    /// The model that the body gives the address of.
    fn referenced_model(&mut self, body: &Bytes<'_>) -> Result<Model, TilesError> {
        let uri = std::str::from_utf8(body.bytes)
            .map_err(|_| body.error(0, "the address of the model is not UTF-8"))?
            .trim_matches(['\0', ' ']);
        let bytes = (self.resolve)(uri).ok_or_else(|| TilesError::MissingResource {
            uri: uri.to_owned(),
        })?;
        limits::check(
            "bytes of a referenced model",
            bytes.len(),
            self.options.limits.max_bytes,
        )?;
        let outer = self.resolve;
        let from_model = |reference: &str| outer(&resolve_uri(uri, reference));
        let model = Model::read(
            &bytes,
            uri,
            &self.options.limits,
            &from_model,
            self.diagnostics,
        )?;
        if model.primitives.is_empty() {
            self.diagnostics.report(
                code::EMPTY,
                Severity::Warning,
                uri,
                "the instanced model has no triangles",
            );
        }
        Ok(model)
    }
}

/// Model-to-tile transforms, RTC_CENTER apart.
fn read_instances(tables: &Tables<'_>, count: usize) -> Result<Vec<DMat4>, TilesError> {
    let positions = read_positions(tables, count)?;
    let rotations = read_rotations(tables, count)?;
    let uniform = optional(tables, "SCALE", count, 1, Component::F32)?;
    let per_axis = optional(tables, "SCALE_NON_UNIFORM", count, 3, Component::F32)?;
    let east_north_up = tables.has_feature_entry("EAST_NORTH_UP")
        && !matches!(
            tables
                .feature_table
                .0
                .iter()
                .find(|(name, _)| name == "EAST_NORTH_UP"),
            Some((_, serde_json::Value::Bool(false)))
        );
    let center = tables.rtc_center()?;
    Ok((0..count)
        .map(|i| {
            let mut scale = DVec3::ONE;
            if let Some(numbers) = &uniform {
                scale *= numbers[i];
            }
            if let Some(numbers) = &per_axis {
                scale *= DVec3::from_slice(&numbers[3 * i..]);
            }
            let rotation = match &rotations {
                Some(rotations) => rotations[i],
                None if east_north_up => {
                    ecef_from_enu(center + positions[i]).map_or(DMat3::IDENTITY, DMat3::from_mat4)
                }
                None => DMat3::IDENTITY,
            };
            DMat4::from_translation(positions[i])
                * DMat4::from_mat3(rotation)
                * DMat4::from_scale(scale)
        })
        .collect())
}

fn optional(
    tables: &Tables<'_>,
    name: &str,
    count: usize,
    components: usize,
    component: Component,
) -> Result<Option<Vec<f64>>, TilesError> {
    tables
        .feature_numbers(name, count.saturating_mul(components), component)
        .transpose()
}

fn read_positions(tables: &Tables<'_>, count: usize) -> Result<Vec<DVec3>, TilesError> {
    if let Some(numbers) = optional(tables, "POSITION", count, 3, Component::F32)? {
        return Ok(numbers
            .chunks_exact(3)
            .map(DVec3::from_slice)
            .take(count)
            .collect());
    }
    let global = |name| {
        optional(tables, name, 1, 3, Component::F32)
            .map(|numbers| numbers.map(|n| DVec3::from_slice(&n)))
    };
    let quantized = optional(tables, "POSITION_QUANTIZED", count, 3, Component::U16)?;
    let (offset, scale) = (
        global("QUANTIZED_VOLUME_OFFSET")?,
        global("QUANTIZED_VOLUME_SCALE")?,
    );
    match (quantized, offset, scale) {
        (Some(numbers), Some(offset), Some(scale)) => Ok(numbers
            .chunks_exact(3)
            .take(count)
            .map(|chunk| offset + DVec3::from_slice(chunk) / 65_535.0 * scale)
            .collect()),
        _ => Err(tables.feature_binary.error(
            0,
            "the feature table has neither POSITION nor POSITION_QUANTIZED with its volume",
        )),
    }
}

/// Rotations from pairs of up and right, plain or oct-encoded; up is the model's y after its own up-axis
/// correction has been undone: the standard gives them for a z-up, x-right model.
fn read_rotations(tables: &Tables<'_>, count: usize) -> Result<Option<Vec<DMat3>>, TilesError> {
    let vectors = |plain, oct| -> Result<Option<Vec<DVec3>>, TilesError> {
        if let Some(numbers) = optional(tables, plain, count, 3, Component::F32)? {
            return Ok(Some(
                numbers.chunks_exact(3).map(DVec3::from_slice).collect(),
            ));
        }
        let numbers = optional(tables, oct, count, 2, Component::U16)?;
        Ok(numbers.map(|numbers| {
            numbers
                .chunks_exact(2)
                .map(|pair| from_oct(pair[0], pair[1]))
                .collect()
        }))
    };
    let (Some(ups), Some(rights)) = (
        vectors("NORMAL_UP", "NORMAL_UP_OCT32P")?,
        vectors("NORMAL_RIGHT", "NORMAL_RIGHT_OCT32P")?,
    ) else {
        return Ok(None);
    };
    Ok(Some(
        ups.iter()
            .zip(&rights)
            .map(|(up, right)| {
                let right = right.try_normalize().unwrap_or(DVec3::X);
                let up = (*up - right * up.dot(right))
                    .try_normalize()
                    .unwrap_or_else(|| right.any_orthonormal_vector());
                // Right, up and their cross product are the x, y and z of the instance.
                DMat3::from_cols(right, up, right.cross(up))
            })
            .collect(),
    ))
}

/// A unit vector from 16-bit oct encoding (Meyer et al., "On Floating-Point Normal Vectors", 2010).
fn from_oct(x: f64, y: f64) -> DVec3 {
    let x = x / 65_535.0 * 2.0 - 1.0;
    let y = y / 65_535.0 * 2.0 - 1.0;
    let z = 1.0 - x.abs() - y.abs();
    let fold = |a: f64, b: f64| (1.0 - b.abs()) * if a >= 0.0 { 1.0 } else { -1.0 };
    let (x, y) = if z < 0.0 {
        (fold(x, y), fold(y, x))
    } else {
        (x, y)
    };
    DVec3::new(x, y, z).normalize_or(DVec3::Z)
}
