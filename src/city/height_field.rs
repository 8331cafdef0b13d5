//! A raster of the city's heights: it darkens courtyards, carries the camera over the ground and
//! tells where the ground is that no source describes.
//!
//! Cells are square, row 0 is the southern edge. All heights are metres up in the scene's
//! east-north-up frame. Pure: no Bevy.

/// Heights over a square of the scene.
#[derive(Debug, Clone, PartialEq)]
pub struct HeightField {
    /// East, north of the south-west corner, metres.
    pub min_enu: [f64; 2],
    /// Side of a cell, metres.
    pub cell_m: f64,
    /// Cells per side.
    pub size: usize,
    /// Highest surface per cell; `NAN` where nothing is.
    pub top_m: Vec<f32>,
    /// Terrain (or lowest known ground) per cell; `NAN` where nothing is.
    pub ground_m: Vec<f32>,
}

impl HeightField {
    /// An empty field of `size` × `size` cells over the square from `min_enu` with side `extent_m`.
    pub fn new(min_enu: [f64; 2], extent_m: f64, size: usize) -> Self {
        Self {
            min_enu,
            cell_m: extent_m / size as f64,
            size,
            top_m: vec![f32::NAN; size * size],
            ground_m: vec![f32::NAN; size * size],
        }
    }

    /// Side of the square, metres.
    pub fn extent_m(&self) -> f64 {
        self.cell_m * self.size as f64
    }

    /// Draws a triangle into the field. `is_ground` triangles also raise [`HeightField::ground_m`].
    pub fn draw_triangle(&mut self, corners_enu: [[f64; 3]; 3], is_ground: bool) {
        let to_cell = |p: [f64; 3]| {
            [
                (p[0] - self.min_enu[0]) / self.cell_m,
                (p[1] - self.min_enu[1]) / self.cell_m,
                p[2],
            ]
        };
        let [a, b, c] = corners_enu.map(to_cell);
        let area = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
        if area.abs() < 1e-9 {
            return;
        }
        let last = self.size as f64 - 1.0;
        let low = |i: usize| (a[i].min(b[i]).min(c[i]) - 0.5).ceil().clamp(0.0, last) as usize;
        let high = |i: usize| (a[i].max(b[i]).max(c[i]) - 0.5).floor();
        let (high_x, high_y) = (high(0), high(1));
        if high_x < 0.0 || high_y < 0.0 {
            return;
        }
        for row in low(1)..=(high_y.min(last) as usize) {
            for column in low(0)..=(high_x.min(last) as usize) {
                let (x, y) = (column as f64 + 0.5, row as f64 + 0.5);
                let u = ((x - a[0]) * (c[1] - a[1]) - (y - a[1]) * (c[0] - a[0])) / area;
                let v = ((b[0] - a[0]) * (y - a[1]) - (b[1] - a[1]) * (x - a[0])) / area;
                if u < -1e-6 || v < -1e-6 || u + v > 1.0 + 1e-6 {
                    continue;
                }
                let height = (a[2] + u * (b[2] - a[2]) + v * (c[2] - a[2])) as f32;
                let cell = row * self.size + column;
                // `max` with NAN yields the other operand.
                self.top_m[cell] = self.top_m[cell].max(height);
                if is_ground {
                    self.ground_m[cell] = self.ground_m[cell].max(height);
                }
            }
        }
    }

    /// Ground height at a place, bilinear between cells; `None` where nothing is known.
    pub fn ground_at(&self, east: f64, north: f64) -> Option<f64> {
        let x = (east - self.min_enu[0]) / self.cell_m - 0.5;
        let y = (north - self.min_enu[1]) / self.cell_m - 0.5;
        let (column, row) = (x.floor(), y.floor());
        let mut sum = 0.0;
        let mut weight = 0.0;
        for (dx, dy) in [(0, 0), (1, 0), (0, 1), (1, 1)] {
            let (cx, cy) = (column + f64::from(dx), row + f64::from(dy));
            if cx < 0.0 || cy < 0.0 || cx >= self.size as f64 || cy >= self.size as f64 {
                continue;
            }
            let height = self.ground_m[cy as usize * self.size + cx as usize];
            if height.is_nan() {
                continue;
            }
            let share = (1.0 - (x - cx).abs()).max(0.0) * (1.0 - (y - cy).abs()).max(0.0);
            sum += share * f64::from(height);
            weight += share;
        }
        (weight > 1e-9).then(|| sum / weight)
    }

    /// True where at least one cell has ground.
    pub fn has_ground(&self) -> bool {
        self.ground_m.iter().any(|height| !height.is_nan())
    }

    /// Spreads known ground into unknown cells, so that every cell has one, by averaging over
    /// coarser and coarser cells and filling back down (pull–push interpolation, Gortler et al.
    /// 1996, section 3.3).
    pub fn fill_ground(&mut self) {
        let filled = pull_push(&self.ground_m, self.size);
        self.ground_m = filled;
    }

    /// Surface heights with mip levels for a shader: level 0 is [`HeightField::top_m`] (ground
    /// where nothing stands), each further level the mean of 2 × 2 cells of the one before.
    /// Heights are relative to `base_m`.
    pub fn mean_levels(&self, base_m: f32) -> Vec<Vec<f32>> {
        let mut level: Vec<f32> = self
            .top_m
            .iter()
            .zip(&self.ground_m)
            .map(|(&top, &ground)| {
                let height = if top.is_nan() { ground } else { top };
                if height.is_nan() {
                    0.0
                } else {
                    height - base_m
                }
            })
            .collect();
        let mut size = self.size;
        let mut levels = vec![level.clone()];
        while size > 1 {
            level = halve(&level, size, |a, b, c, d| (a + b + c + d) * 0.25);
            size /= 2;
            levels.push(level.clone());
        }
        levels
    }

    /// Lowest and highest known height, `None` in an empty field.
    pub fn range_m(&self) -> Option<(f32, f32)> {
        let known = self
            .top_m
            .iter()
            .chain(&self.ground_m)
            .filter(|height| !height.is_nan());
        known.fold(None, |range, &height| match range {
            None => Some((height, height)),
            Some((low, high)) => Some((height.min(low), height.max(high))),
        })
    }
}

fn halve(level: &[f32], size: usize, merge: impl Fn(f32, f32, f32, f32) -> f32) -> Vec<f32> {
    let half = size / 2;
    let mut out = Vec::with_capacity(half * half);
    for row in 0..half {
        for column in 0..half {
            let at = 2 * row * size + 2 * column;
            out.push(merge(
                level[at],
                level[at + 1],
                level[at + size],
                level[at + size + 1],
            ));
        }
    }
    out
}

fn pull_push(values: &[f32], size: usize) -> Vec<f32> {
    if size <= 1 || values.iter().all(|value| !value.is_nan()) {
        return values.to_vec();
    }
    let coarse = halve(values, size, |a, b, c, d| {
        let known = [a, b, c, d].into_iter().filter(|value| !value.is_nan());
        let (sum, count) = known.fold((0.0, 0), |(sum, count), value| (sum + value, count + 1));
        if count == 0 {
            f32::NAN
        } else {
            sum / count as f32
        }
    });
    let half = size / 2;
    let coarse = pull_push(&coarse, half);
    let sample = |column: f32, row: f32| {
        let x = column.clamp(0.0, half as f32 - 1.0);
        let y = row.clamp(0.0, half as f32 - 1.0);
        let (x0, y0) = (x.floor() as usize, y.floor() as usize);
        let (x1, y1) = ((x0 + 1).min(half - 1), (y0 + 1).min(half - 1));
        let (fx, fy) = (x - x0 as f32, y - y0 as f32);
        let south = coarse[y0 * half + x0] * (1.0 - fx) + coarse[y0 * half + x1] * fx;
        let north = coarse[y1 * half + x0] * (1.0 - fx) + coarse[y1 * half + x1] * fx;
        south * (1.0 - fy) + north * fy
    };
    values
        .iter()
        .enumerate()
        .map(|(cell, &value)| {
            if value.is_nan() {
                let (row, column) = (cell / size, cell % size);
                sample((column as f32 - 0.5) * 0.5, (row as f32 - 0.5) * 0.5)
            } else {
                value
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(field: &mut HeightField, min: f64, max: f64, height: f64, is_ground: bool) {
        let p = |x, y| [x, y, height];
        field.draw_triangle([p(min, min), p(max, min), p(max, max)], is_ground);
        field.draw_triangle([p(min, min), p(max, max), p(min, max)], is_ground);
    }

    #[test]
    fn keeps_the_highest_surface_and_the_ground_apart() {
        let mut field = HeightField::new([0.0, 0.0], 64.0, 64);
        square(&mut field, 0.0, 64.0, 5.0, true);
        square(&mut field, 20.0, 40.0, 17.0, false);
        assert_eq!(field.top_m[30 * 64 + 30], 17.0);
        assert_eq!(field.ground_m[30 * 64 + 30], 5.0);
        assert_eq!(field.top_m[10 * 64 + 10], 5.0);
        assert_eq!(field.range_m(), Some((5.0, 17.0)));
    }

    #[test]
    fn mean_levels_keep_the_mean() {
        let mut field = HeightField::new([0.0, 0.0], 16.0, 16);
        square(&mut field, 0.0, 16.0, 0.0, true);
        square(&mut field, 0.0, 8.0, 8.0, false);
        let levels = field.mean_levels(0.0);
        assert_eq!(levels.len(), 5);
        assert!(
            (levels[4][0] - 2.0).abs() < 1e-5,
            "a quarter of the square is 8 m high"
        );
    }

    #[test]
    fn unknown_ground_is_filled_between_known() {
        let mut field = HeightField::new([0.0, 0.0], 32.0, 32);
        field.ground_m[0] = 10.0;
        field.ground_m[32 * 32 - 1] = 20.0;
        field.fill_ground();
        assert!(field.ground_m.iter().all(|h| (10.0..=20.0).contains(h)));
        assert_eq!(field.ground_m[0], 10.0);
        assert!(
            field
                .ground_at(16.0, 16.0)
                .is_some_and(|h| (11.0..19.0).contains(&h))
        );
    }

    #[test]
    fn outside_the_field_nothing_is_known() {
        let mut field = HeightField::new([0.0, 0.0], 8.0, 8);
        square(&mut field, 0.0, 8.0, 3.0, true);
        assert_eq!(field.ground_at(-5.0, 4.0), None);
        assert_eq!(field.ground_at(4.0, 4.0), Some(3.0));
    }
}
