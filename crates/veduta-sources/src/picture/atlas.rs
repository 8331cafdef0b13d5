//! Many small images in few large ones, so that a tile is drawn in few strokes.

use std::sync::Arc;

use guillotiere::{SimpleAtlasAllocator, Size};

use super::place::ImageFile;

/// Pixels of an atlas on a side.
const ATLAS_SIDE: u32 = 2_048;
/// Images larger than this on a side keep a texture of their own.
const SMALL_SIDE: u32 = 1_024;
/// Pixels around each image that repeat its edge, so that neighbours do not shine through.
pub(super) const PADDING: u32 = 2;

/// Where images lie in an atlas.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct AtlasPlan {
    /// Pixels.
    pub(crate) width: u32,
    /// Pixels.
    pub(crate) height: u32,
    /// Images, with column and row of their upper left pixel.
    pub(crate) images: Vec<(Arc<ImageFile>, [u32; 2])>,
}

impl AtlasPlan {
    /// Where a point of an image (0 to 1, rows downwards) lies in the atlas.
    pub(crate) fn uv(&self, image: usize, [u, v]: [f32; 2]) -> [f32; 2] {
        let (file, [x, y]) = &self.images[image];
        [
            (*x as f32 + u.clamp(0.0, 1.0) * file.width as f32) / self.width as f32,
            (*y as f32 + v.clamp(0.0, 1.0) * file.height as f32) / self.height as f32,
        ]
    }
}

/// Packs those of the images that are small; the others are left out, and so is a single one.
pub(crate) fn plan_atlases(images: &[Arc<ImageFile>]) -> Vec<AtlasPlan> {
    let mut waiting: Vec<Arc<ImageFile>> = images
        .iter()
        .filter(|image| image.width.max(image.height) <= SMALL_SIDE)
        .cloned()
        .collect();
    // Tall ones first: what comes later fits into the gaps.
    waiting.sort_by(|one, other| {
        (other.height, other.width, &one.place).cmp(&(one.height, one.width, &other.place))
    });
    let mut plans = Vec::new();
    while waiting.len() > 1 {
        let side = side_for(&waiting);
        let mut allocator = SimpleAtlasAllocator::new(Size::new(side as i32, side as i32));
        let mut placed = Vec::new();
        let mut left = Vec::new();
        for image in waiting {
            let size = Size::new(
                (image.width + 2 * PADDING) as i32,
                (image.height + 2 * PADDING) as i32,
            );
            match allocator.allocate(size) {
                Some(room) => {
                    let corner = [room.min.x, room.min.y].map(|at| at.max(0) as u32 + PADDING);
                    placed.push((image, corner));
                }
                None => left.push(image),
            }
        }
        if placed.is_empty() {
            break;
        }
        let extent = |size: fn(&ImageFile) -> u32, axis: usize| {
            let ends = placed
                .iter()
                .map(|(image, corner)| corner[axis] + size(image) + PADDING);
            ends.max().unwrap_or(1)
        };
        plans.push(AtlasPlan {
            width: extent(|image| image.width, 0),
            height: extent(|image| image.height, 1),
            images: placed,
        });
        waiting = left;
    }
    plans
}

/// A side that most likely holds all, not larger than an atlas may be.
fn side_for(images: &[Arc<ImageFile>]) -> u32 {
    let area: u64 = images
        .iter()
        .map(|image| u64::from(image.width + 2 * PADDING) * u64::from(image.height + 2 * PADDING))
        .sum();
    let mut side = SMALL_SIDE / 4;
    while side < ATLAS_SIDE && u64::from(side) * u64::from(side) < area + area / 4 {
        side *= 2;
    }
    let longest = images
        .iter()
        .map(|image| image.width.max(image.height) + 2 * PADDING)
        .max()
        .unwrap_or(0);
    while side < ATLAS_SIDE && side < longest {
        side *= 2;
    }
    side
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::picture::ImagePlace;

    fn image(name: usize, width: u32, height: u32) -> Arc<ImageFile> {
        Arc::new(ImageFile {
            place: ImagePlace::File(format!("{name}.png").into()),
            width,
            height,
        })
    }

    #[test]
    fn all_small_images_are_placed_once_without_touching() {
        let images: Vec<_> = (0..300)
            .map(|name| {
                image(
                    name,
                    40 + (name as u32 * 37) % 200,
                    30 + (name as u32 * 53) % 180,
                )
            })
            .chain([image(999, 1_500, 10)])
            .collect();
        let plans = plan_atlases(&images);
        let placed: usize = plans.iter().map(|plan| plan.images.len()).sum();
        assert!(placed >= 299, "{placed}");
        for plan in &plans {
            assert!(plan.width <= ATLAS_SIDE && plan.height <= ATLAS_SIDE);
            for (index, (one, [x, y])) in plan.images.iter().enumerate() {
                assert!(x + one.width + PADDING <= plan.width);
                assert!(y + one.height + PADDING <= plan.height);
                for (other, [x2, y2]) in &plan.images[index + 1..] {
                    let apart = |at: u32, size: u32, at2: u32, size2: u32| {
                        at + size + 2 * PADDING <= at2 || at2 + size2 + 2 * PADDING <= at
                    };
                    assert!(
                        apart(*x, one.width, *x2, other.width)
                            || apart(*y, one.height, *y2, other.height)
                    );
                }
            }
        }
    }

    #[test]
    fn a_single_image_and_large_ones_keep_their_own_texture() {
        assert!(plan_atlases(&[image(1, 64, 64)]).is_empty());
        assert!(plan_atlases(&[image(1, 2_000, 64), image(2, 4_000, 64)]).is_empty());
    }

    #[test]
    fn corners_of_an_image_stay_its_corners() {
        let plans = plan_atlases(&[image(1, 64, 32), image(2, 16, 16)]);
        let plan = &plans[0];
        let (file, [x, y]) = &plan.images[0];
        let [u, v] = plan.uv(0, [1.0, 1.0]);
        assert!((u * plan.width as f32 - (x + file.width) as f32).abs() < 1e-3);
        assert!((v * plan.height as f32 - (y + file.height) as f32).abs() < 1e-3);
    }
}
