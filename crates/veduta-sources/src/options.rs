//! What a caller may ask for, and what it is told on the way.

use crate::CacheOptions;

/// How to open a source.
#[derive(Debug, Clone, PartialEq)]
pub struct OpenOptions {
    /// Reference system to use instead of what the files say: `EPSG:25832`, a URN, a PROJ string.
    /// Default none. A file whose coordinates do not fit it, but fit the system that the file itself names,
    /// keeps its own. Ignored for 3D Tiles, which are always earth-centred.
    pub crs_override: Option<String>,
    /// Metres added to all heights, to bridge heights above sea level and above the ellipsoid. Default 0.
    pub height_offset_m: f64,
    /// Highest level of detail to draw, 0 to 4. Default 3; level 4 is drawn only where there is nothing else.
    pub max_lod: u8,
    /// Whether all levels of detail, interiors, openings as objects of their own, closure surfaces, slabs and what
    /// appearances say (themes, textures, materials) are handed out too. Who asks for it must leave out what is not to be seen: by [`tiles3d::shown_rows`],
    /// [`tiles3d::Feature::is_interior`], [`tiles3d::surface_class::HIDDEN_FROM_OUTSIDE`] and
    /// [`tiles3d::TileMesh::theme`]. Default false: what is
    /// handed out can be drawn as it is.
    pub everything: bool,
    /// Threads that read files. Default 2; more read a folder faster and hold more of it in memory.
    pub threads: usize,
    /// Where to keep what was read of city model files on this machine, so that they open faster the next
    /// time. Default none.
    pub cache: Option<CacheOptions>,
    /// Bytes that one document from the network may have. Default 1 GiB.
    pub max_download_bytes: u64,
    /// Redirects that are followed. Default 10.
    pub max_redirects: usize,
    /// Contents of a tileset that a report loads to count triangles and features. Default 2 000.
    pub max_reported_tiles: usize,
}

impl Default for OpenOptions {
    fn default() -> Self {
        Self {
            crs_override: None,
            height_offset_m: 0.0,
            max_lod: 3,
            everything: false,
            threads: 2,
            cache: None,
            max_download_bytes: 1 << 30,
            max_redirects: 10,
            max_reported_tiles: 2_000,
        }
    }
}

/// What an opening source is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// Bytes come over the network; the total is known if the server says it.
    Downloading {
        /// Bytes received.
        bytes_done: u64,
        /// Bytes in all.
        bytes_total: Option<u64>,
    },
    /// Files are read.
    Reading {
        /// Bytes read, on disk (compressed where files are).
        bytes_done: u64,
        /// Bytes in all files.
        bytes_total: u64,
        /// Top-level city objects so far.
        objects: u64,
    },
    /// Tiles are put together.
    Tiling {
        /// Tiles done.
        tiles_done: usize,
        /// Tiles in all.
        tiles_total: usize,
    },
}
