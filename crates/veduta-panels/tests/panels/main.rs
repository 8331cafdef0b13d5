//! The panels as a user meets them: driven through their accessibility tree, and painted by a small rasteriser to be looked at.

mod desk;
mod inspecting;
mod layering;
mod marking;
mod painting;
mod picture;
mod scene;
mod settling;
mod starting;
mod timing;
mod viewing;
