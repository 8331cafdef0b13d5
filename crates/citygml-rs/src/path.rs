//! Reading a file of any supported format and packing.

use std::ops::ControlFlow;
use std::path::Path;

use crate::{CityObject, Diagnostics, FileSummary, ReadError, ReadOptions};

/// Reads one file: CityGML, CityJSON or CityJSONSeq, plain, gzip or zip, all told apart by content.
///
/// `on_object` gets each top-level object as soon as it is complete and may stop by `ControlFlow::Break`. `progress` gets
/// (bytes done, bytes in all) of the file on disk, after each object.
///
/// # Errors
/// When nothing can be read at all; damage on the way is reported in `diagnostics`.
pub fn read_path(
    path: &Path,
    _options: &ReadOptions,
    _diagnostics: &mut Diagnostics,
    _on_object: &mut dyn FnMut(CityObject) -> ControlFlow<()>,
    _progress: &mut dyn FnMut(u64, u64),
) -> Result<FileSummary, ReadError> {
    Err(ReadError::File {
        path: path.to_owned(),
        source: std::io::Error::other("the reader is not connected yet"),
    })
}
