//! The one door for geometry: any supported file or URL becomes a tree of tiles
