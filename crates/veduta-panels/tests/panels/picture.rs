//! egui's triangles to pixels on the CPU, so that the panels can be looked at where there is no GPU.

use std::{cell::RefCell, collections::HashMap, rc::Rc};

use egui::{
    Color32, ColorImage, Context, FullOutput, ImageData, Pos2, Rect, TextureId, TexturesDelta,
    epaint::{ClippedPrimitive, Mesh, Primitive, Vertex},
};
use egui_kittest::TestRenderer;
use image::{Rgba, RgbaImage};

/// The textures that egui has made so far; clones share them.
#[derive(Clone, Default)]
pub struct Textures(Rc<RefCell<HashMap<TextureId, ColorImage>>>);

impl TestRenderer for Textures {
    fn handle_delta(&mut self, delta: &mut TexturesDelta) {
        let mut textures = self.0.borrow_mut();
        for (id, updates) in delta.set.drain() {
            for update in updates {
                let ImageData::Color(image) = &update.image;
                match update.pos {
                    None => {
                        textures.insert(id, (**image).clone());
                    }
                    Some(corner) => {
                        if let Some(whole) = textures.get_mut(&id) {
                            patch(whole, image, corner);
                        }
                    }
                }
            }
        }
        for id in delta.free.drain() {
            textures.remove(&id);
        }
    }
}

/// Writes a part of a texture anew.
fn patch(whole: &mut ColorImage, part: &ColorImage, [left, top]: [usize; 2]) {
    for y in 0..part.height() {
        for x in 0..part.width() {
            whole[(left + x, top + y)] = part[(x, y)];
        }
    }
}

impl Textures {
    /// Paints the last frame over `ground`, which stands for the scene.
    pub fn paint(&self, ctx: &Context, output: &FullOutput, ground: Color32) -> RgbaImage {
        let scale = output.pixels_per_point;
        let size = ctx.content_rect().size() * scale;
        let mut picture =
            RgbaImage::from_pixel(size.x as u32, size.y as u32, Rgba(ground.to_array()));
        for ClippedPrimitive {
            clip_rect,
            primitive,
        } in ctx.tessellate(output.shapes.clone(), scale)
        {
            let Primitive::Mesh(mesh) = primitive else {
                continue;
            };
            if let Some(texture) = self.0.borrow().get(&mesh.texture_id) {
                paint_mesh(&mut picture, &mesh, texture, clip_rect, scale);
            }
        }
        picture
    }
}

fn paint_mesh(picture: &mut RgbaImage, mesh: &Mesh, texture: &ColorImage, clip: Rect, scale: f32) {
    for corners in mesh.indices.chunks_exact(3) {
        let corners = [0, 1, 2].map(|corner| mesh.vertices[corners[corner] as usize]);
        paint_triangle(picture, corners, texture, clip, scale);
    }
}

fn paint_triangle(
    picture: &mut RgbaImage,
    mut corners: [Vertex; 3],
    texture: &ColorImage,
    clip: Rect,
    scale: f32,
) {
    let place = |corner: &Vertex| (corner.pos.to_vec2() * scale).to_pos2();
    let mut points = [place(&corners[0]), place(&corners[1]), place(&corners[2])];
    let mut doubled_area = cross(points[0], points[1], points[2]);
    if doubled_area < 0.0 {
        corners.swap(1, 2);
        points.swap(1, 2);
        doubled_area = -doubled_area;
    }
    if doubled_area == 0.0 {
        return;
    }
    let visible = Rect::from_points(&points).intersect(clip * scale);
    let (left, right) = (
        visible.left().floor().max(0.0) as u32,
        visible.right().ceil().max(0.0) as u32,
    );
    let (top, bottom) = (
        visible.top().floor().max(0.0) as u32,
        visible.bottom().ceil().max(0.0) as u32,
    );
    for y in top..bottom.min(picture.height()) {
        for x in left..right.min(picture.width()) {
            let centre = Pos2::new(x as f32 + 0.5, y as f32 + 0.5);
            let edges = [[1, 2], [2, 0], [0, 1]].map(|[from, to]| [points[from], points[to]]);
            let is_inside = edges.iter().all(|[from, to]| {
                let side = cross(*from, *to, centre);
                // The top-left rule: a pixel on an edge that two triangles share is painted once.
                let owns_edge = to.y < from.y || (to.y == from.y && to.x > from.x);
                side > 0.0 || (side == 0.0 && owns_edge)
            });
            if is_inside && (clip * scale).contains(centre) {
                let weights = edges.map(|[from, to]| cross(from, to, centre) / doubled_area);
                blend(
                    picture.get_pixel_mut(x, y),
                    shade(&corners, weights, texture),
                );
            }
        }
    }
}

fn cross(a: Pos2, b: Pos2, c: Pos2) -> f32 {
    (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
}

/// Vertex colour times texture, premultiplied, 0 to 1.
fn shade(corners: &[Vertex; 3], weights: [f32; 3], texture: &ColorImage) -> [f32; 4] {
    let mixed = |of: &dyn Fn(&Vertex) -> f32| {
        corners
            .iter()
            .zip(weights)
            .map(|(corner, weight)| of(corner) * weight)
            .sum::<f32>()
    };
    let (u, v) = (mixed(&|corner| corner.uv.x), mixed(&|corner| corner.uv.y));
    let texel = sample(
        texture,
        u * texture.width() as f32 - 0.5,
        v * texture.height() as f32 - 0.5,
    );
    std::array::from_fn(|channel| {
        mixed(&|corner| f32::from(corner.color.to_array()[channel])) / 255.0 * texel[channel]
    })
}

/// Bilinear.
fn sample(texture: &ColorImage, x: f32, y: f32) -> [f32; 4] {
    let texel = |x: f32, y: f32| {
        let x = x.clamp(0.0, texture.width() as f32 - 1.0) as usize;
        let y = y.clamp(0.0, texture.height() as f32 - 1.0) as usize;
        texture[(x, y)]
            .to_array()
            .map(|channel| f32::from(channel) / 255.0)
    };
    let (fx, fy) = (x - x.floor(), y - y.floor());
    let [nw, ne, sw, se] = [(0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0)]
        .map(|(dx, dy)| texel(x.floor() + dx, y.floor() + dy));
    std::array::from_fn(|channel| {
        let north = nw[channel] * (1.0 - fx) + ne[channel] * fx;
        let south = sw[channel] * (1.0 - fx) + se[channel] * fx;
        north * (1.0 - fy) + south * fy
    })
}

/// Premultiplied "over", as encoded, which is how egui blends.
fn blend(pixel: &mut Rgba<u8>, source: [f32; 4]) {
    for channel in 0..3 {
        let below = f32::from(pixel.0[channel]) / 255.0;
        pixel.0[channel] =
            ((source[channel] + below * (1.0 - source[3])).clamp(0.0, 1.0) * 255.0).round() as u8;
    }
}
