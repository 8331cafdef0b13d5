//! Bounds-checked little-endian reading.

use crate::error::TilesError;

/// A part of a content, and its name and place for messages.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bytes<'a> {
    pub content: &'static str,
    pub bytes: &'a [u8],
    /// Where `bytes` begins in the content.
    pub offset: usize,
}

impl<'a> Bytes<'a> {
    pub fn new(content: &'static str, bytes: &'a [u8]) -> Self {
        Self {
            content,
            bytes,
            offset: 0,
        }
    }

    pub fn error(&self, at: usize, message: impl Into<String>) -> TilesError {
        TilesError::Truncated {
            content: self.content,
            offset: (self.offset.saturating_add(at)) as u64,
            message: message.into(),
        }
    }

    /// `length` bytes from `start`.
    pub fn part(&self, start: usize, length: usize, what: &str) -> Result<Bytes<'a>, TilesError> {
        let end = start.checked_add(length);
        match end.and_then(|end| self.bytes.get(start..end)) {
            Some(bytes) => Ok(Bytes {
                content: self.content,
                bytes,
                offset: self.offset + start,
            }),
            None => {
                let left = self.bytes.len().saturating_sub(start);
                Err(self.error(
                    start,
                    format!("{what} needs {length} bytes, {left} are left"),
                ))
            }
        }
    }

    pub fn u32(&self, start: usize, what: &str) -> Result<u32, TilesError> {
        let part = self.part(start, 4, what)?;
        Ok(u32::from_le_bytes([
            part.bytes[0],
            part.bytes[1],
            part.bytes[2],
            part.bytes[3],
        ]))
    }
}

/// The component types of glTF accessors, feature tables and batch tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Component {
    I8,
    U8,
    I16,
    U16,
    I32,
    U32,
    I64,
    U64,
    F32,
    F64,
}

impl Component {
    /// By the OpenGL constant that glTF uses.
    pub fn from_gl(constant: u32) -> Option<Self> {
        Some(match constant {
            5120 => Self::I8,
            5121 => Self::U8,
            5122 => Self::I16,
            5123 => Self::U16,
            5124 => Self::I32,
            5125 => Self::U32,
            5126 => Self::F32,
            5130 => Self::F64,
            _ => return None,
        })
    }

    /// By the name in feature and batch tables (`UNSIGNED_BYTE`) or in structural metadata (`UINT8`).
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "BYTE" | "INT8" => Self::I8,
            "UNSIGNED_BYTE" | "UINT8" => Self::U8,
            "SHORT" | "INT16" => Self::I16,
            "UNSIGNED_SHORT" | "UINT16" => Self::U16,
            "INT" | "INT32" => Self::I32,
            "UNSIGNED_INT" | "UINT32" => Self::U32,
            "INT64" => Self::I64,
            "UINT64" => Self::U64,
            "FLOAT" | "FLOAT32" => Self::F32,
            "DOUBLE" | "FLOAT64" => Self::F64,
            _ => return None,
        })
    }

    pub fn size(self) -> usize {
        match self {
            Self::I8 | Self::U8 => 1,
            Self::I16 | Self::U16 => 2,
            Self::I32 | Self::U32 | Self::F32 => 4,
            Self::I64 | Self::U64 | Self::F64 => 8,
        }
    }

    /// Reads one component from the start of a slice of at least [`Component::size`] bytes; 0 otherwise.
    /// 64-bit integers beyond 2^53 lose their last digits.
    pub fn read(self, bytes: &[u8]) -> f64 {
        fn first<const N: usize>(bytes: &[u8]) -> [u8; N] {
            bytes
                .get(..N)
                .and_then(|part| part.try_into().ok())
                .unwrap_or([0; N])
        }
        match self {
            Self::I8 => f64::from(i8::from_le_bytes(first(bytes))),
            Self::U8 => f64::from(u8::from_le_bytes(first(bytes))),
            Self::I16 => f64::from(i16::from_le_bytes(first(bytes))),
            Self::U16 => f64::from(u16::from_le_bytes(first(bytes))),
            Self::I32 => f64::from(i32::from_le_bytes(first(bytes))),
            Self::U32 => f64::from(u32::from_le_bytes(first(bytes))),
            Self::I64 => i64::from_le_bytes(first(bytes)) as f64,
            Self::U64 => u64::from_le_bytes(first(bytes)) as f64,
            Self::F32 => f64::from(f32::from_le_bytes(first(bytes))),
            Self::F64 => f64::from_le_bytes(first(bytes)),
        }
    }

    /// Maps a normalised integer to 0..1 or -1..1 (glTF 2.0, 3.6.2.2); floats stay.
    pub fn normalize(self, value: f64) -> f64 {
        match self {
            Self::I8 => (value / 127.0).max(-1.0),
            Self::U8 => value / 255.0,
            Self::I16 => (value / 32_767.0).max(-1.0),
            Self::U16 => value / 65_535.0,
            Self::I32 => (value / 2_147_483_647.0).max(-1.0),
            Self::U32 => value / 4_294_967_295.0,
            Self::I64 => (value / i64::MAX as f64).max(-1.0),
            Self::U64 => value / u64::MAX as f64,
            Self::F32 | Self::F64 => value,
        }
    }
}

/// Number of components of an element type, `VEC3`.
pub(super) fn components_of(element: &str) -> Option<usize> {
    Some(match element {
        "SCALAR" => 1,
        "VEC2" => 2,
        "VEC3" => 3,
        "VEC4" | "MAT2" => 4,
        "MAT3" => 9,
        "MAT4" => 16,
        _ => return None,
    })
}
