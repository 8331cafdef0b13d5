//! Cutting a city into tiles by place.

/// A leaf holds at most this many triangles, unless a single object has more.
const MAX_TRIANGLES: usize = 30_000;
/// A leaf is at most this wide, unless a single object is wider: keeps f32 exact and culling useful.
const MAX_SIDE_M: f64 = 1_000.0;
/// Leaves narrower than this are not cut further, however many triangles they hold.
const MIN_SIDE_M: f64 = 4.0;

/// What the cut moves about: an object, or one triangle of a terrain.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Piece {
    /// Middle, metres east and north in a frame common to all pieces.
    pub(crate) center_enu: [f64; 2],
    /// Triangles to draw.
    pub(crate) triangles: usize,
    /// Whose piece it is.
    pub(crate) object: usize,
    /// Terrain triangle of that object; `None` for the object's other geometry.
    pub(crate) terrain_triangle: Option<u32>,
}

/// A node of the cut.
#[derive(Debug, PartialEq)]
pub(crate) enum QuadNode {
    /// Pieces drawn together.
    Leaf(Vec<Piece>),
    /// Up to four quarters.
    Group(Vec<QuadNode>),
}

impl QuadNode {
    /// Cuts along the middle of the pieces' own extent, so that a stray object far off costs two or
    /// three levels and not a grid of empty tiles.
    pub(crate) fn cut(pieces: Vec<Piece>) -> Self {
        let triangles: usize = pieces.iter().map(|piece| piece.triangles).sum();
        let [low, high] = extent(&pieces);
        let side_m = (high[0] - low[0]).max(high[1] - low[1]);
        let fits = triangles <= MAX_TRIANGLES && side_m <= MAX_SIDE_M;
        if fits || pieces.len() < 2 || side_m < MIN_SIDE_M {
            return Self::Leaf(pieces);
        }
        let middle = [0.5 * (low[0] + high[0]), 0.5 * (low[1] + high[1])];
        let mut quarters: [Vec<Piece>; 4] = Default::default();
        for piece in pieces {
            let east = usize::from(piece.center_enu[0] > middle[0]);
            let north = usize::from(piece.center_enu[1] > middle[1]);
            quarters[east + 2 * north].push(piece);
        }
        Self::Group(
            quarters
                .into_iter()
                .filter(|quarter| !quarter.is_empty())
                .map(Self::cut)
                .collect(),
        )
    }

    /// Number of leaves.
    pub(crate) fn leaf_count(&self) -> usize {
        match self {
            Self::Leaf(_) => 1,
            Self::Group(quarters) => quarters.iter().map(Self::leaf_count).sum(),
        }
    }
}

fn extent(pieces: &[Piece]) -> [[f64; 2]; 2] {
    let mut low = [f64::INFINITY; 2];
    let mut high = [f64::NEG_INFINITY; 2];
    for piece in pieces {
        for axis in 0..2 {
            low[axis] = low[axis].min(piece.center_enu[axis]);
            high[axis] = high[axis].max(piece.center_enu[axis]);
        }
    }
    [low, high]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(count: usize, spacing_m: f64, triangles: usize) -> Vec<Piece> {
        (0..count)
            .map(|object| Piece {
                center_enu: [
                    (object % 50) as f64 * spacing_m,
                    (object / 50) as f64 * spacing_m,
                ],
                triangles,
                object,
                terrain_triangle: None,
            })
            .collect()
    }

    fn leaves(node: QuadNode) -> Vec<Vec<Piece>> {
        match node {
            QuadNode::Leaf(pieces) => vec![pieces],
            QuadNode::Group(quarters) => quarters.into_iter().flat_map(leaves).collect(),
        }
    }

    #[test]
    fn every_piece_ends_in_one_leaf_and_leaves_keep_their_limits() {
        let node = QuadNode::cut(pieces(2_500, 40.0, 100));
        let count = node.leaf_count();
        let leaves = leaves(node);
        assert_eq!(leaves.len(), count);
        assert_eq!(leaves.iter().map(Vec::len).sum::<usize>(), 2_500);
        for leaf in &leaves {
            let [low, high] = extent(leaf);
            assert!(high[0] - low[0] <= MAX_SIDE_M && high[1] - low[1] <= MAX_SIDE_M);
            assert!(leaf.len() * 100 <= MAX_TRIANGLES);
        }
    }

    #[test]
    fn small_sources_are_one_tile_and_stray_objects_cost_little() {
        assert_eq!(QuadNode::cut(pieces(10, 20.0, 50)).leaf_count(), 1);
        let mut stray = pieces(10, 20.0, 50);
        stray[9].center_enu = [9.0e6, 2.0e6];
        assert_eq!(QuadNode::cut(stray).leaf_count(), 2);
    }

    #[test]
    fn many_triangles_on_one_spot_end_the_cut() {
        let mut heap = pieces(5, 0.0, 20_000);
        for piece in &mut heap {
            piece.center_enu = [1.0, 1.0];
        }
        assert_eq!(QuadNode::cut(heap).leaf_count(), 1);
    }
}
