//! An upright cut through a frame: values by width and depth, in pixels of equal size.
//!
//! The grid's cells are unequal in depth; a pixel shows the cell that its middle lies in, nothing is interpolated.

use crate::frame::{Frame, FrameError};

/// Values of an upright cut, row by row from the surface down.
#[derive(Debug, Clone, PartialEq)]
pub struct Plane {
    /// Pixels from left to right.
    pub width: usize,
    /// Pixels from the surface down.
    pub height: usize,
    /// Width of the cut, mm.
    pub across_mm: f64,
    /// Depth of the cut, mm.
    pub deep_mm: f64,
    /// Values, left to right, then down.
    pub values: Vec<f64>,
}

/// The cut through the middle of y. `mirrored` shows a radius to both sides of its axis.
///
/// # Errors
/// [`FrameError`] when there is no such quantity or the frame does not fit its shape.
pub fn cut(frame: &Frame, name: &str, wanted_width: usize, mirrored: bool) -> Result<Plane, FrameError> {
    frame.check()?;
    let field = frame.field(name)?;
    let [nx, ny, _] = frame.shape();
    let (left, right) = ends(&frame.edges[0]);
    let (top, bottom) = ends(&frame.edges[2]);
    let across_mm = if mirrored { 2.0 * right } else { right - left };
    let deep_mm = bottom - top;
    // A column has no width of its own: it is shown a third as wide as it is deep.
    let across_mm = if nx == 1 && ny == 1 { deep_mm / 3.0 } else { across_mm };
    let width = wanted_width.max(1);
    let height = ((width as f64 * deep_mm / across_mm).round() as usize).clamp(1, 4 * width);
    let columns: Vec<usize> = (0..width)
        .map(|pixel| {
            let at = (pixel as f64 + 0.5) / width as f64;
            let x = if mirrored {
                ((at - 0.5) * across_mm).abs()
            } else {
                left + at * (right - left)
            };
            cell_at(&frame.edges[0], x)
        })
        .collect();
    let middle = ny / 2;
    let mut values = Vec::with_capacity(width * height);
    for pixel in 0..height {
        let z = cell_at(
            &frame.edges[2],
            top + (pixel as f64 + 0.5) / height as f64 * (bottom - top),
        );
        values.extend(columns.iter().map(|x| field.values[(z * ny + middle) * nx + x]));
    }
    Ok(Plane {
        width,
        height,
        across_mm,
        deep_mm,
        values,
    })
}

fn ends(edges: &[f64]) -> (f64, f64) {
    (
        edges.first().copied().unwrap_or(0.0),
        edges.last().copied().unwrap_or(1.0),
    )
}

/// The cell that a place lies in.
fn cell_at(edges: &[f64], place: f64) -> usize {
    edges
        .partition_point(|edge| *edge <= place)
        .saturating_sub(1)
        .min(edges.len().saturating_sub(2))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;
    use crate::frame::tests::frame;

    #[test]
    fn a_cut_is_to_scale_and_shows_the_cell_that_a_pixel_lies_in() {
        let plane = cut(&frame(0.0), "collagen", 30, false).unwrap();
        assert_eq!((plane.width, plane.height), (30, 50));
        // The middle row of cells in y is the second; the first layer is a tenth of a pixel row's fifty.
        assert_eq!(plane.values[0], 3.0);
        assert_eq!(plane.values[29], 5.0);
        assert_eq!(plane.values[49 * 30], 21.0);
    }

    #[test]
    fn a_radius_is_shown_to_both_sides() {
        let plane = cut(&frame(0.0), "collagen", 60, true).unwrap();
        let row = &plane.values[..60];
        assert!(row.iter().eq(row.iter().rev()));
        assert_eq!((row[0], row[30]), (5.0, 3.0));
        assert!((plane.across_mm - 0.6).abs() < 1e-12);
    }
}
