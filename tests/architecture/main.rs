//! What `ARCHITECTURE.md` promises, checked: who may depend on whom, which calls belong to which room, how long files
//! are, and that the documents name what there is.
//!
//! Only text is read (manifests, sources, documents): no GPU, no network, nothing is built. Each rule is a row of a
//! table with its reason, and the reason is printed when the rule is broken.

mod dependencies;
mod documents;
mod sizes;
mod sources;
mod workspace;
