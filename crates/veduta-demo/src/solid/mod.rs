//! Closed building bodies from a plan outline: swept roofs, stepped roofs, and what sits on them.

pub(crate) mod attachment;
pub(crate) mod shell;
pub(crate) mod stepped;
pub(crate) mod swept;

pub(crate) use attachment::{Attachment, DormerRoof};
pub(crate) use shell::{Position, Shell, lift};
pub(crate) use stepped::{Cap, Level, Stepped};
pub(crate) use swept::{End, Profile, Swept};
