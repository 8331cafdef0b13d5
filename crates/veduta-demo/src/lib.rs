//! The demo city of Veduta: a synthetic European district and the sensors that watch it.
//!
//! An old town on a river, closed blocks of about 1900, rows of terraced houses, villas on a
//! hillside, slabs and a tower: about 1500 buildings at LoD 2, terrain, streets, bridges, water and
//! trees, in EPSG:25832 with heights of EPSG:5783. Everything is invented and says so.
//!
//! Pure: no socket, no clock. The same seed gives the same bytes; what depends on time takes it as
//! an argument. Only [`write_all`], [`write_scene`] and [`write_demo`] touch the file system.
//!
//! ```no_run
//! let city = veduta_demo::generate_city(&veduta_demo::CityOptions::default());
//! veduta_demo::write_demo(&city, std::path::Path::new("demo-city"))?;
//! # Ok::<(), veduta_demo::DemoError>(())
//! ```

mod bridges;
mod buildings;
mod city;
mod citygml;
mod design;
mod error;
mod fixtures;
mod greenery;
mod ground_cover;
mod plan;
mod plan_drawing;
mod random;
mod scene;
mod sensors;
mod solid;
mod terrain;
mod utm;

pub use bridges::Bridge;
pub use buildings::{Address, Building, BuildingPart, BuildingUse, RoofType};
pub use city::{City, CityOptions, PLAN_ORIGIN_CRS, StreetSurface, generate_city};
pub use citygml::{CITY_FILES, SRS_NAME, write_all, write_citygml, write_design};
pub use design::{Design, designs, replaced_ids};
pub use error::DemoError;
pub use fixtures::{Fixture, FixtureKind};
pub use greenery::{Species, Tree};
pub use ground_cover::{GroundCover, LandCover, Water};
pub use plan::{PavingUse, Quarter, Street, StreetClass};
pub use plan_drawing::write_plan_svg;
pub use scene::{scene_toml, write_demo, write_scene};
pub use sensors::{DATA_PROVIDER, SensorKind, SensorSpec, building_urn, history, observe, sensors};
pub use solid::shell::{Face, FaceKind, Shell};
pub use terrain::{DrapedPiece, Terrain};
