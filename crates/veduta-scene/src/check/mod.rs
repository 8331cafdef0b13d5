//! What is looked at once a scene file has been parsed.

mod defaults;
mod document;
mod ranges;
mod references;
mod similar;
mod unknown_keys;
mod validate;

pub(crate) use defaults::fill_in;
pub(crate) use document::Document;
pub(crate) use unknown_keys::unknown_keys;
pub(crate) use validate::validate;
