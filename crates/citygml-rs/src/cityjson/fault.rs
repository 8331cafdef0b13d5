//! What is wrong with a part of a document, on its way to becoming a diagnostic.

use crate::codes::DiagnosticCode;

/// Something wrong with a geometry, an appearance, the head of a document.
#[derive(Debug)]
pub(super) struct Fault {
    pub(super) code: DiagnosticCode,
    pub(super) message: String,
}

impl Fault {
    pub(super) fn new(code: DiagnosticCode, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
        }
    }
}

/// A fault and where it is.
#[derive(Debug)]
pub(super) struct PlacedFault {
    pub(super) fault: Fault,
    /// City object concerned, where it is one.
    pub(super) key: Option<String>,
    /// 1-based line in the file.
    pub(super) line: u64,
}
