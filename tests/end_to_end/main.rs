//! The whole program on real parts: files on disk, brokers over HTTP, the ECS, the graphics driver, the command line.
//!
//! One binary, because linking the engine is dear. Four ways in:
//!
//! - [`rooms`] runs the rooms of the program without a graphics adapter, for what ends in the ECS;
//! - [`album`] takes pictures with the program's own studio, for what ends on pixels;
//! - [`window`] runs the whole window without a screen, for what goes through the panels;
//! - [`program`] starts the built `veduta`, for what ends in a terminal.
//!
//! All of them open [`district`], a small city the tests write themselves at a place whose coordinates are known from
//! elsewhere. Tests that need a Vulkan driver or `../shared/data` say why they skip where there is none.

mod album;
mod broker;
mod broker_command;
mod broker_faults;
mod command_line;
mod district;
mod drawing;
mod insides;
mod inspection;
mod inventory;
mod live_values;
mod panels;
mod pixels;
mod program;
mod render_command;
mod rich_house;
mod rooms;
mod scenarios;
mod scene_folder;
mod sources;
mod window;
