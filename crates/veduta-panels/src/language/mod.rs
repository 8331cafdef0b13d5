//! Every text of the program, in the user's language: Fluent catalogues, numbers and times by locale.
//!
//! The catalogues are `assets/lang/<language>/veduta.ftl`; English is the one that others fall back to. Panels ask for the language of
//! the interface they draw in ([`Language::of`]); the command line makes its own with [`Language::new`]. The language can be changed
//! between any two frames ([`Language::install`]).

mod catalogue;
mod locale;
mod number;
mod time;

pub use catalogue::{Argument, Language};
pub use locale::Locale;
