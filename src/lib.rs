//! Veduta, a desktop 3D viewer for local digital twins.
//!
//! The rooms of the house, one Bevy plugin each; see `ARCHITECTURE.md` for what may pass between
//! them. [`app`] puts them together, [`cli`] is where the program starts.

pub mod app;
pub mod camera;
pub mod city;
pub mod cli;
pub mod clock;
pub mod compare;
pub mod live;
pub mod overlay;
pub mod panels;
pub mod report;
pub mod scenes;
pub mod stream;
