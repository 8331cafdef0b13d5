//! Composites (OGC 18-053r2, 10.5): several contents one after another.

use super::binary::Bytes;
use super::header::declared_part;
use super::{Decoder, limits};
use crate::diagnostics::{Severity, code};
use crate::error::TilesError;

const HEADER: usize = 16;

impl Decoder<'_> {
    /// Decodes every inner tile that can be; an error only if none can.
    pub(super) fn decode_cmpt(&mut self, bytes: &[u8], depth: u32) -> Result<(), TilesError> {
        let allowed = self.options.limits;
        limits::check(
            "composites inside one another",
            depth as usize + 1,
            allowed.max_composite_depth as usize,
        )?;
        let content = declared_part(Bytes::new("cmpt", bytes), self.diagnostics)?;
        let count = content.u32(12, "the number of inner tiles")? as usize;
        limits::check("inner tiles", count, allowed.max_inner_tiles)?;
        let mut at = HEADER;
        let mut decoded = 0;
        let mut first_error = None;
        for i in 0..count {
            let length = content
                .part(at, 12, "an inner tile")
                .and_then(|inner| inner.u32(8, "its length"));
            let inner =
                length.and_then(|length| content.part(at, length as usize, "an inner tile"));
            // The length of a broken inner tile says nothing about where the next one begins.
            let lost_place = inner.as_ref().map_or(true, |inner| inner.bytes.len() < 12);
            let outcome = inner.and_then(|inner| {
                at += inner.bytes.len();
                self.decode_any(inner.bytes, depth + 1)
            });
            match outcome {
                Ok(()) => decoded += 1,
                Err(limit @ TilesError::LimitExceeded { .. }) => return Err(limit),
                Err(error) => {
                    let location = format!("inner tile {i}");
                    self.diagnostics.report(
                        code::INNER_TILE,
                        Severity::Error,
                        location,
                        format!("passed over: {error}"),
                    );
                    first_error.get_or_insert(error);
                }
            }
            if lost_place {
                break;
            }
        }
        match first_error {
            Some(error) if decoded == 0 => Err(error),
            _ => Ok(()),
        }
    }
}
