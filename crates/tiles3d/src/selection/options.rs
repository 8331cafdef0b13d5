//! The knobs of selection: meaning, default, and the price of turning them.

/// Options of [`crate::select`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SelectionOptions {
    /// Refine a tile whose error covers more than this many pixels. Default 16, the convention of the
    /// format's makers; half of it draws and loads roughly four times as many tiles.
    pub maximum_screen_space_error_px: f64,
    /// If a renderable tile could be refined into more than this many missing descendants, load the tile
    /// itself first. Default 20. Larger: less is loaded in all, and one looks at coarse tiles for longer.
    pub loading_descendant_limit: u32,
    /// Wait for children outside the picture before a tile gives way to its children, and fall back to a
    /// coarser tile rather than show a gap. Default true. False loads fewer tiles and shows gaps at the
    /// picture's edge in a fast pan.
    pub forbid_holes: bool,
    /// Load the ancestors of drawn tiles when nothing else is left to load. Default true: zooming out
    /// shows something at once. False saves their bytes.
    pub preload_ancestors: bool,
    /// Load tiles just outside the picture when nothing else is left to load. Default true: panning shows
    /// something at once. False saves their bytes. Without effect where `forbid_holes` wants them anyway.
    pub preload_siblings: bool,
}

impl Default for SelectionOptions {
    fn default() -> Self {
        Self {
            maximum_screen_space_error_px: 16.0,
            loading_descendant_limit: 20,
            forbid_holes: true,
            preload_ancestors: true,
            preload_siblings: true,
        }
    }
}
