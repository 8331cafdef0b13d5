//! Dressed meshes into meshes of a tile: themes as numbers, small images packed together.

use std::collections::BTreeMap;
use std::sync::Arc;

use tiles3d::{TextureWrap, TileMesh};

use super::dress::{Dress, DressedMesh};
use crate::picture::{AtlasPlan, ImageFile, Picture, plan_atlases};

/// Themes that [`TileMesh::replaced_in`] has bits for.
pub(crate) const MAX_THEMES: usize = 64;

/// Names of the themes of a source, in alphabetical order.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Themes {
    names: Vec<Arc<str>>,
    /// Themes for which there was no room.
    pub(crate) left_out: usize,
}

impl Themes {
    /// The themes that meshes are dressed in.
    pub(crate) fn of<'a>(dresses: impl Iterator<Item = &'a Dress>) -> Self {
        let mut names: Vec<Arc<str>> = dresses
            .flat_map(|dress| dress.themes().iter().cloned())
            .collect();
        names.sort();
        names.dedup();
        let left_out = names.len().saturating_sub(MAX_THEMES);
        names.truncate(MAX_THEMES);
        Self { names, left_out }
    }

    /// Names in the order that meshes count in.
    pub(crate) fn names(&self) -> Vec<String> {
        self.names.iter().map(|name| name.to_string()).collect()
    }

    fn number(&self, name: &Arc<str>) -> Option<u16> {
        let found = self.names.binary_search(name).ok()?;
        u16::try_from(found).ok()
    }
}

/// The meshes to draw, each with the texture it gets when it is loaded. Small images whose meshes stay within them are
/// packed into atlases, one mesh each.
pub(crate) fn finished(
    mut dressed: Vec<DressedMesh>,
    themes: &Themes,
) -> Vec<(TileMesh, Option<Picture>)> {
    dressed.sort_by(|one, other| one.dress.cmp(&other.dress));
    let mut meshes = Vec::new();
    let mut packable: BTreeMap<u16, Vec<(Arc<ImageFile>, TileMesh)>> = BTreeMap::new();
    for DressedMesh { dress, mut mesh } in dressed {
        if mesh.indices.is_empty() {
            continue;
        }
        if mesh.surface_rows.iter().all(|row| *row == u32::MAX) {
            mesh.surface_rows = Vec::new();
        }
        match dress {
            Dress::Plain { replaced_in } => {
                let numbers = replaced_in.iter().filter_map(|name| themes.number(name));
                mesh.replaced_in = numbers.fold(0, |bits, number| bits | 1 << number);
                meshes.push((mesh, None));
            }
            Dress::Colored { theme } => {
                mesh.theme = themes.number(&theme);
                if mesh.theme.is_some() {
                    meshes.push((mesh, None));
                }
            }
            Dress::Textured {
                theme,
                image,
                wrap,
                goes_beyond,
            } => {
                let Some(number) = themes.number(&theme) else {
                    continue;
                };
                mesh.theme = Some(number);
                mesh.texture_wrap = wrap;
                if goes_beyond {
                    meshes.push((mesh, Some(Picture::Image(image))));
                } else {
                    packable.entry(number).or_default().push((image, mesh));
                }
            }
        }
    }
    for (number, waiting) in packable {
        pack(number, waiting, &mut meshes);
    }
    meshes
}

fn pack(
    theme: u16,
    waiting: Vec<(Arc<ImageFile>, TileMesh)>,
    meshes: &mut Vec<(TileMesh, Option<Picture>)>,
) {
    let mut by_image: BTreeMap<Arc<ImageFile>, TileMesh> = BTreeMap::new();
    for (image, mesh) in waiting {
        // One image, one dress: there is nothing to merge.
        by_image.insert(image, mesh);
    }
    let images: Vec<Arc<ImageFile>> = by_image.keys().cloned().collect();
    for plan in plan_atlases(&images) {
        let mut joined = TileMesh {
            theme: Some(theme),
            texture_wrap: TextureWrap::ClampToEdge,
            ..TileMesh::default()
        };
        for (index, (image, _)) in plan.images.iter().enumerate() {
            if let Some(mesh) = by_image.remove(image) {
                join(&mut joined, mesh, &plan, index);
            }
        }
        if joined.surface_rows.iter().all(|row| *row == u32::MAX) {
            joined.surface_rows = Vec::new();
        }
        meshes.push((joined, Some(Picture::Atlas(Arc::new(plan)))));
    }
    for (image, mesh) in by_image {
        meshes.push((mesh, Some(Picture::Image(image))));
    }
}

fn join(into: &mut TileMesh, mesh: TileMesh, plan: &AtlasPlan, image: usize) {
    let first = into.positions.len() as u32;
    let triangles = mesh.indices.len() / 3;
    into.uvs
        .extend(mesh.uvs.iter().map(|uv| plan.uv(image, *uv)));
    into.positions.extend(mesh.positions);
    into.normals.extend(mesh.normals);
    into.feature_ids.extend(mesh.feature_ids);
    into.surface_classes.extend(mesh.surface_classes);
    into.indices
        .extend(mesh.indices.iter().map(|index| first + index));
    if mesh.surface_rows.is_empty() {
        into.surface_rows
            .extend(std::iter::repeat_n(u32::MAX, triangles));
    } else {
        into.surface_rows.extend(mesh.surface_rows);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::picture::ImagePlace;

    fn triangle() -> TileMesh {
        TileMesh {
            positions: vec![[0.0; 3]; 3],
            normals: vec![[0.0, 0.0, 1.0]; 3],
            feature_ids: vec![0; 3],
            surface_classes: vec![1; 3],
            surface_rows: vec![u32::MAX],
            indices: vec![0, 1, 2],
            ..TileMesh::default()
        }
    }

    fn textured(theme: &str, name: &str, goes_beyond: bool) -> DressedMesh {
        let image = Arc::new(ImageFile {
            place: ImagePlace::File(name.into()),
            width: 64,
            height: 64,
        });
        DressedMesh {
            dress: Dress::Textured {
                theme: theme.into(),
                image,
                wrap: TextureWrap::Repeat,
                goes_beyond,
            },
            mesh: TileMesh {
                uvs: vec![[0.0, 0.0], [1.0, 0.0], [1.0, 1.0]],
                ..triangle()
            },
        }
    }

    fn plain(replaced_in: &[&str]) -> DressedMesh {
        DressedMesh {
            dress: Dress::Plain {
                replaced_in: replaced_in.iter().map(|name| (*name).into()).collect(),
            },
            mesh: triangle(),
        }
    }

    #[test]
    fn themes_become_numbers_and_bits() {
        let dressed = vec![
            plain(&[]),
            plain(&["b"]),
            plain(&["a", "b"]),
            textured("b", "x", true),
        ];
        let themes = Themes::of(dressed.iter().map(|one| &one.dress));
        assert_eq!(themes.names(), ["a", "b"]);
        let meshes = finished(dressed, &themes);
        let bits: Vec<(Option<u16>, u64)> = meshes
            .iter()
            .map(|(mesh, _)| (mesh.theme, mesh.replaced_in))
            .collect();
        assert_eq!(bits, [(None, 0), (None, 0b11), (None, 0b10), (Some(1), 0)]);
    }

    #[test]
    fn small_images_share_an_atlas_and_repeating_ones_keep_their_own() {
        let dressed = vec![
            textured("a", "one", false),
            textured("a", "two", false),
            textured("a", "three", true),
            textured("b", "one", false),
        ];
        let themes = Themes::of(dressed.iter().map(|one| &one.dress));
        let meshes = finished(dressed, &themes);
        assert_eq!(meshes.len(), 3);
        let atlas = meshes
            .iter()
            .find(|(_, picture)| matches!(picture, Some(Picture::Atlas(_))))
            .expect("an atlas");
        assert_eq!(atlas.0.indices, [0, 1, 2, 3, 4, 5]);
        assert_eq!(atlas.0.uvs.len(), 6);
        assert!(atlas.0.uvs.iter().flatten().all(|value| *value > 0.0));
        assert!(atlas.0.surface_rows.is_empty());
    }

    #[test]
    fn themes_beyond_the_limit_are_counted_and_their_surfaces_stay_plain() {
        let dressed: Vec<DressedMesh> = (0..70)
            .map(|number| plain(&[format!("{number:02}").as_str()]))
            .collect();
        let themes = Themes::of(dressed.iter().map(|one| &one.dress));
        assert_eq!(themes.left_out, 6);
        let meshes = finished(dressed, &themes);
        let unreplaced = meshes.iter().filter(|(mesh, _)| mesh.replaced_in == 0);
        assert_eq!(unreplaced.count(), 6);
    }
}
