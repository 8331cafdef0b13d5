//! Batched 3D models (OGC 18-053r2, 10.2): a glTF whose vertices name rows of a batch table.

use glam::DMat4;

use super::batch_table::features_of_batch_table;
use super::binary::Bytes;
use super::gltf::Model;
use super::header::{TableLengths, declared_part};
use super::{Decoder, limits};
use crate::diagnostics::{Severity, code};
use crate::error::TilesError;

const HEADER: usize = 28;

/// In the header of the standard, the third and fourth length cannot reach this value in practice. In the
/// two drafts before it, JSON (`"` or `{` in the top byte) or `glTF` stands there.
const FIRST_TEXT_VALUE: u32 = 0x2200_0000;

impl Decoder<'_> {
    pub(super) fn decode_b3dm(&mut self, bytes: &[u8]) -> Result<(), TilesError> {
        let content = declared_part(Bytes::new("b3dm", bytes), self.diagnostics)?;
        let (lengths, legacy_batch_length) = self.read_b3dm_header(&content)?;
        let tables = lengths.read_tables(&content, self.diagnostics)?;
        let batch_length = match tables.feature_count("BATCH_LENGTH") {
            Some(length) => length?,
            None => legacy_batch_length.unwrap_or(0),
        };
        limits::check("features", batch_length, self.options.limits.max_features)?;
        let model = Model::read(
            tables.body.bytes,
            "",
            &self.options.limits,
            self.resolve,
            self.diagnostics,
        )?;
        let ecef_from_model = self.options.ecef_from_tile
            * DMat4::from_translation(tables.rtc_center()?)
            * model.zup_from_model(self.options.up_axis);
        if batch_length == 0 {
            let first = self.gathered.add_features(model.own_features())?;
            return self
                .gathered
                .place(&model, &ecef_from_model, |primitive, vertex| {
                    first + primitive.own_feature(vertex)
                });
        }
        let mut features =
            features_of_batch_table(&tables, batch_length, "Feature", self.diagnostics);
        let strays = model.batch_ids_from(batch_length);
        if strays > 0 {
            // They are drawn, and belong to nothing that is listed.
            features.push(super::gathered::unassigned_feature());
            let message = format!("{strays} vertices name batch ids of {batch_length} and above");
            self.diagnostics
                .report(code::FEATURE_ID, Severity::Warning, "_BATCHID", message);
        }
        let first = self.gathered.add_features(features)?;
        let last = first + batch_length as u32;
        self.gathered
            .place(&model, &ecef_from_model, |primitive, vertex| {
                first.saturating_add(primitive.batch_id(vertex)).min(last)
            })
    }

    /// Table lengths, and the batch length where a draft's header holds it.
    fn read_b3dm_header(
        &mut self,
        content: &Bytes<'_>,
    ) -> Result<(TableLengths, Option<usize>), TilesError> {
        let field = |at: usize| content.u32(at, "the header");
        let text_at = |at: usize| field(at).is_ok_and(|value| value >= FIRST_TEXT_VALUE);
        let (start, batch_length, batch_json, batch_binary) = if text_at(20) {
            (20, field(12)?, field(16)?, 0)
        } else if text_at(24) {
            (24, field(20)?, field(12)?, field(16)?)
        } else {
            return Ok((TableLengths::read(content, HEADER)?, None));
        };
        let message = format!("a {start}-byte header of a draft of 3D Tiles; read as such");
        self.diagnostics.report(
            code::LEGACY_HEADER,
            Severity::Warning,
            format!("bytes 0..{start}"),
            message,
        );
        let lengths = TableLengths {
            start,
            feature_json: 0,
            feature_binary: 0,
            batch_json: batch_json as usize,
            batch_binary: batch_binary as usize,
        };
        Ok((lengths, Some(batch_length as usize)))
    }
}
