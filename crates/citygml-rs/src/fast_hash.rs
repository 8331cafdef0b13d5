//! Maps and sets with a hash that is quick on short keys.
//!
//! The standard one is made for keys that an enemy chooses; here the worst an enemy can do is to slow down the reading of
//! one object, which has limits of its own.

use std::hash::BuildHasher;

use foldhash::fast::RandomState;
use foldhash::quality::FixedState;

/// As the standard library's, made by `default()`.
pub(crate) type HashMap<K, V> = std::collections::HashMap<K, V, RandomState>;
/// As the standard library's, made by `default()`.
pub(crate) type HashSet<T> = std::collections::HashSet<T, RandomState>;

/// A hash of an id that is the same for all readers of a file.
pub(crate) fn id_hash(id: &str) -> u64 {
    FixedState::default().hash_one(id)
}
