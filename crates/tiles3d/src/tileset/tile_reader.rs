//! One tile of a tileset document, and the tiles below it.

use glam::{DMat4, DVec3};
use serde_json::value::RawValue;

use super::json::member;
use super::raw::{RawContent, RawImplicitTiling, RawTile, RawTileExtensions, RawVolume};
use super::{Content, ImplicitTiling, Refine, Tile, TreeLimits};
use crate::bounds::{BoundingVolume, OrientedBox, Region, Sphere};
use crate::diagnostics::{Diagnostics, Severity, code};
use crate::error::TilesError;

/// What a tile takes from its parent where it says nothing itself.
pub(super) struct Inherited {
    pub geometric_error_m: f64,
    pub refine: Option<Refine>,
    pub bounding_volume: Option<BoundingVolume>,
}

/// Reads tiles one by one, counting them.
pub(super) struct TileReader<'r> {
    pub limits: &'r TreeLimits,
    pub tiles: usize,
    pub diagnostics: &'r mut Diagnostics,
}

impl TileReader<'_> {
    /// Reads a tile and all below it; `None` where it had to be passed over.
    pub fn read_tile(
        &mut self,
        raw: &RawValue,
        path: &str,
        parent: &Inherited,
        depth: u32,
    ) -> Result<Option<Tile>, TilesError> {
        let exceeded = |what, actual: u64, limit: u64| {
            Err(TilesError::LimitExceeded {
                what,
                actual,
                limit,
            })
        };
        if depth > self.limits.max_depth {
            return exceeded(
                "levels of tiles",
                u64::from(depth),
                u64::from(self.limits.max_depth),
            );
        }
        self.tiles += 1;
        if self.tiles > self.limits.max_nodes {
            return exceeded("tiles", self.tiles as u64, self.limits.max_nodes as u64);
        }
        let fields: RawTile = match serde_json::from_str(raw.get()) {
            Ok(fields) => fields,
            Err(error) => {
                self.diagnostics.report(
                    code::TILE,
                    Severity::Error,
                    path,
                    format!("tile passed over: {error}"),
                );
                return Ok(None);
            }
        };
        let extensions: Option<RawTileExtensions> = member(
            fields.extensions,
            path,
            "extensions",
            code::EXTENSION,
            self.diagnostics,
        );
        let geometric_error_m = read_geometric_error(
            fields.geometric_error,
            path,
            Some(parent.geometric_error_m),
            self.diagnostics,
        );
        let refine = self.read_refine(fields.refine, path, parent.refine);
        let parent_from_tile = self.read_transform(fields.transform, path);
        let Some(bounding_volume) =
            self.read_tile_volume(fields.bounding_volume, path, parent, &parent_from_tile)
        else {
            return Ok(None);
        };
        let viewer_request_volume =
            self.read_volume(fields.viewer_request_volume, path, "viewerRequestVolume");
        let contents = self.read_contents(&fields, extensions.as_ref(), path);
        let implicit = fields
            .implicit_tiling
            .or(extensions.and_then(|extensions| extensions.implicit_tiling));
        let implicit_tiling = self.read_implicit_tiling(implicit, path);
        let metadata = member(
            fields.metadata,
            path,
            "metadata",
            code::MEMBER,
            self.diagnostics,
        );
        let inherited = Inherited {
            geometric_error_m,
            refine: Some(refine),
            bounding_volume: Some(bounding_volume.clone()),
        };
        let raw_children: Vec<&RawValue> = member(
            fields.children,
            path,
            "children",
            code::TILE,
            self.diagnostics,
        )
        .unwrap_or_default();
        let mut children = Vec::with_capacity(raw_children.len());
        for (i, raw_child) in raw_children.into_iter().enumerate() {
            children.extend(self.read_tile(
                raw_child,
                &format!("{path}.children[{i}]"),
                &inherited,
                depth + 1,
            )?);
        }
        Ok(Some(Tile {
            bounding_volume,
            viewer_request_volume,
            geometric_error_m,
            refine,
            parent_from_tile,
            contents,
            children,
            implicit_tiling,
            metadata,
        }))
    }

    /// `refine` is required in the root and inherited below; wrong capitals are read as meant.
    fn read_refine(
        &mut self,
        raw: Option<&RawValue>,
        path: &str,
        parent: Option<Refine>,
    ) -> Refine {
        let written: Option<String> = member(raw, path, "refine", code::REFINE, self.diagnostics);
        let inherited = parent.unwrap_or(Refine::Replace);
        let (refine, complaint) = match written.as_deref() {
            Some("ADD") => (Refine::Add, None),
            Some("REPLACE") => (Refine::Replace, None),
            Some(other) if other.eq_ignore_ascii_case("ADD") => (Refine::Add, Some("read as ADD")),
            Some(other) if other.eq_ignore_ascii_case("REPLACE") => {
                (Refine::Replace, Some("read as REPLACE"))
            }
            Some(_) => (
                inherited,
                Some("neither ADD nor REPLACE; the parent's is used"),
            ),
            None if parent.is_none() => {
                (inherited, Some("required in the root; REPLACE is assumed"))
            }
            None => (inherited, None),
        };
        if let Some(complaint) = complaint {
            self.diagnostics.report(
                code::REFINE,
                Severity::Warning,
                format!("{path}.refine"),
                complaint,
            );
        }
        refine
    }

    fn read_transform(&mut self, raw: Option<&RawValue>, path: &str) -> DMat4 {
        let Some(raw) = raw else {
            return DMat4::IDENTITY;
        };
        let numbers: Option<[f64; 16]> = member(
            Some(raw),
            path,
            "transform",
            code::TRANSFORM,
            self.diagnostics,
        );
        let Some(numbers) = numbers else {
            return DMat4::IDENTITY;
        };
        let matrix = DMat4::from_cols_array(&numbers);
        let affine = matrix.row(3).abs_diff_eq(glam::DVec4::W, 1e-9);
        if !affine || !matrix.is_finite() || matrix.determinant().abs() < f64::MIN_POSITIVE {
            let message = "not an invertible affine matrix; the identity is used";
            self.diagnostics.report(
                code::TRANSFORM,
                Severity::Warning,
                format!("{path}.transform"),
                message,
            );
            return DMat4::IDENTITY;
        }
        matrix
    }

    fn read_tile_volume(
        &mut self,
        raw: Option<&RawValue>,
        path: &str,
        parent: &Inherited,
        parent_from_tile: &DMat4,
    ) -> Option<BoundingVolume> {
        if let Some(volume) = self.read_volume(raw, path, "boundingVolume") {
            return Some(volume);
        }
        let from_parent = parent
            .bounding_volume
            .as_ref()
            .map(|volume| volume.transformed(&parent_from_tile.inverse()));
        let (severity, message) = match from_parent {
            Some(_) => (
                Severity::Warning,
                "missing or unreadable; the parent's is used",
            ),
            None => (
                Severity::Error,
                "missing or unreadable, and there is no parent to take it from",
            ),
        };
        self.diagnostics.report(
            code::BOUNDING_VOLUME,
            severity,
            format!("{path}.boundingVolume"),
            message,
        );
        from_parent
    }

    fn read_volume(
        &mut self,
        raw: Option<&RawValue>,
        path: &str,
        name: &str,
    ) -> Option<BoundingVolume> {
        let written: RawVolume = member(raw, path, name, code::BOUNDING_VOLUME, self.diagnostics)?;
        let volume = volume_from_numbers(&written);
        if volume.is_none() {
            let message = "no box of 12, sphere of 4 or region of 6 finite numbers";
            self.diagnostics.report(
                code::BOUNDING_VOLUME,
                Severity::Warning,
                format!("{path}.{name}"),
                message,
            );
        }
        volume
    }

    fn read_contents(
        &mut self,
        fields: &RawTile,
        extensions: Option<&RawTileExtensions>,
        path: &str,
    ) -> Vec<Content> {
        let several = fields.contents.or_else(|| {
            extensions
                .and_then(|extensions| extensions.multiple_contents.as_ref())
                .and_then(|inner| inner.contents)
        });
        let listed: Vec<&RawValue> =
            member(several, path, "contents", code::CONTENT, self.diagnostics).unwrap_or_default();
        let mut contents = Vec::new();
        for (i, raw) in fields.content.into_iter().chain(listed).enumerate() {
            let name = if several.is_none() {
                "content".to_owned()
            } else {
                format!("contents[{i}]")
            };
            let Some(written) =
                member::<RawContent>(Some(raw), path, &name, code::CONTENT, self.diagnostics)
            else {
                continue;
            };
            let Some(uri) = written
                .uri
                .or(written.url)
                .filter(|uri| !uri.trim().is_empty())
            else {
                let message = "has no uri; passed over";
                self.diagnostics.report(
                    code::CONTENT,
                    Severity::Warning,
                    format!("{path}.{name}"),
                    message,
                );
                continue;
            };
            contents.push(Content {
                uri,
                bounding_volume: written
                    .bounding_volume
                    .as_ref()
                    .and_then(volume_from_numbers),
                group: written.group,
                metadata: written.metadata,
            });
        }
        contents
    }

    fn read_implicit_tiling(
        &mut self,
        raw: Option<&RawValue>,
        path: &str,
    ) -> Option<ImplicitTiling> {
        let written: RawImplicitTiling = member(
            raw,
            path,
            "implicitTiling",
            code::IMPLICIT_TILING,
            self.diagnostics,
        )?;
        let levels = written
            .available_levels
            .or(written.maximum_level.map(|level| level.saturating_add(1)));
        self.diagnostics.report(
            code::IMPLICIT_TILING,
            Severity::Error,
            format!("{path}.implicitTiling"),
            "implicit tiling is not read yet; convert the tileset to explicit tiles",
        );
        Some(ImplicitTiling {
            octree: written.subdivision_scheme == "OCTREE",
            subtree_levels: written.subtree_levels,
            available_levels: levels.unwrap_or(written.subtree_levels),
            subtrees_uri: written.subtrees.uri,
        })
    }
}

fn volume_from_numbers(written: &RawVolume) -> Option<BoundingVolume> {
    let finite = |numbers: &[f64]| numbers.iter().all(|number| number.is_finite());
    if let Some(Ok(numbers)) = written.region.as_deref().map(<[f64; 6]>::try_from) {
        return finite(&numbers).then(|| BoundingVolume::Region(Region::new(numbers)));
    }
    if let Some(Ok(numbers)) = written.r#box.as_deref().map(<[f64; 12]>::try_from) {
        let vector = |i: usize| DVec3::from_slice(&numbers[3 * i..]);
        return finite(&numbers).then(|| {
            BoundingVolume::OrientedBox(OrientedBox::from_half_axes(
                vector(0),
                [vector(1), vector(2), vector(3)],
            ))
        });
    }
    if let Some(Ok([x, y, z, radius])) = written.sphere.as_deref().map(<[f64; 4]>::try_from) {
        let usable = finite(&[x, y, z, radius]) && radius >= 0.0;
        return usable.then(|| {
            BoundingVolume::Sphere(Sphere {
                center: DVec3::new(x, y, z),
                radius_m: radius,
            })
        });
    }
    None
}

/// `geometricError`, or half of the parent's where there is none.
pub(super) fn read_geometric_error(
    raw: Option<&RawValue>,
    path: &str,
    parent_error_m: Option<f64>,
    diagnostics: &mut Diagnostics,
) -> f64 {
    let written: Option<f64> = member(
        raw,
        path,
        "geometricError",
        code::GEOMETRIC_ERROR,
        diagnostics,
    );
    match written {
        Some(error) if error >= 0.0 => error,
        _ => {
            let assumed = parent_error_m.map_or(0.0, |error| error * 0.5);
            let location = format!("{path}.geometricError");
            let message =
                format!("missing or negative; {assumed} m is assumed (half of the parent's)");
            diagnostics.report(code::GEOMETRIC_ERROR, Severity::Warning, location, message);
            assumed
        }
    }
}
