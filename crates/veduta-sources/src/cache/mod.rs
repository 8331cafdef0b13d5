//! What was drafted from city model files, kept on disk, so that a folder of large files opens fast the
//! second time.
//!
//! One entry per file, found by a key over everything that decides what drafting gives: the file's bytes
//! ([`key`]), what it refers to beside it ([`references`]), the options, and the program. How coordinates
//! are read depends on the other files of a source too; an entry holds those decisions, and counts only
//! if the same ones are made again. An entry carries a checksum ([`entry`]); what is damaged or of another
//! program is as good as absent. The folder is bounded and may be deleted at any time ([`store`]).

mod entry;
mod key;
mod options;
mod references;
mod store;

pub use options::CacheOptions;

pub(crate) use entry::code as diagnostic_code;
pub(crate) use key::{CacheKey, KeyMaker};
pub(crate) use store::{DraftCache, Lookup};
