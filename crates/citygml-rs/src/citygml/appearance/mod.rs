//! How surfaces look: from `app:Appearance` to the surfaces it means (CityGML 2.0, clause 9; 3.0, clause 7.2).
//!
//! Appearances name the geometry they are for by id, so they are gathered in an [`AppearanceIndex`] first and brought
//! together with the surfaces when a top-level object is complete. Appearances of the whole city model may stand behind
//! the objects; `collect` gathers them beforehand.

mod application;
mod collect;
mod index;
mod mapping;
mod parameterization;
mod reading;
mod surface_data;
mod textured_surface;

pub(super) use application::{Turns, apply_look, turn_over};
pub(crate) use collect::collect_appearances;
pub(crate) use index::AppearanceIndex;
pub(super) use index::Look;
pub(super) use mapping::{Opening, RingRecord, Rings};
pub(super) use parameterization::numbers;
pub(super) use reading::read_appearance_property;
pub(super) use textured_surface::NamedLooks;
