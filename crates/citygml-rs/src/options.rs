//! What to read, and limits that keep hostile or damaged input from costing more than it is worth.

use crate::ObjectFilter;

/// What to read and how much of it at most. The `max_…` are limits: exceeding one costs the object concerned (or, where said so, the file) and yields a diagnostic or
/// an error; it never panics.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct ReadOptions {
    /// Which objects are wanted. Default: all.
    pub filter: ObjectFilter,
    /// Threads that [`read_path`](crate::read_path) and its like may use for one file, the calling one included. Default
    /// 1. More pay for CityGML of some megabytes; objects come in the order of the file all the same.
    pub threads: usize,
    /// XML elements nested in one another, counted from the root. Default 128; real files stay below 40. Bounds the
    /// reader's stack use: about one kilobyte a level.
    pub max_depth: usize,
    /// XML elements in one top-level object. Default 50 million, a terrain of some ten million triangles.
    pub max_elements_per_object: u64,
    /// Coordinates in one ring. Default one million.
    pub max_points_per_ring: usize,
    /// Bytes of one XML tag or text (a `posList`), after decoding. Default 256 MiB. Exceeding it ends the file.
    pub max_token_bytes: u64,
    /// Bytes of one CityJSON document or one line of a CityJSONSeq, which are held in memory whole. Default 2 GiB.
    pub max_json_bytes: u64,
    /// Bytes that one compressed file or archive member may expand to. Default 64 GiB. Exceeding it ends the file.
    pub max_decompressed_bytes: u64,
    /// Diagnostics of one code in one file; what comes after is counted, not listed. Default 1000.
    pub max_diagnostics_per_code: u64,
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self {
            filter: ObjectFilter::default(),
            threads: 1,
            max_depth: 128,
            max_elements_per_object: 50_000_000,
            max_points_per_ring: 1_000_000,
            max_token_bytes: 256 << 20,
            max_json_bytes: 2 << 30,
            max_decompressed_bytes: 64 << 30,
            max_diagnostics_per_code: 1000,
        }
    }
}
