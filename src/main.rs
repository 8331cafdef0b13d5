//! Veduta, a desktop 3D viewer for local digital twins.
fn main() {}
