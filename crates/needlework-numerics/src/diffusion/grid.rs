//! Three boxes of finite volumes with one way to count cells: a column in depth, a round cell about an axis, a patch.
//!
//! Every box is a product of three axes: two lateral ones and depth. A value sits in the middle of its volume. Cells
//! are counted with depth fastest, `(first · second_count + second) · depth_count + depth`, so that what lies under one
//! point of the surface lies together in memory.
//!
//! | box | first axis | second axis | volume of a cell |
//! |---|---|---|---|
//! | column | one cell of size 1 | one cell of size 1 | its height |
//! | cell | rings between radii | one cell of size 1 | π·(r₂² − r₁²)·height |
//! | patch | x, equal cells | y, equal cells | Δx·Δy·height |
//!
//! No flux leaves through lateral faces. The flux between neighbours is their conductance times the difference of their
//! values; for equal cells and for rings that is of second order in the cell's size, and so it is for graded cells
//! whose sizes change smoothly.

use std::f64::consts::PI;
use std::fmt;

/// What is wrong with the edges of a box.
#[derive(Debug, Clone, PartialEq)]
pub enum GridError {
    /// Fewer than one cell along an axis.
    Empty(&'static str),
    /// Edges that don't ascend, or that are no numbers.
    NotAscending(&'static str),
    /// Radii that don't start at zero.
    HollowCell(f64),
    /// A cell's size that isn't positive.
    NotPositive(f64),
}

impl fmt::Display for GridError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty(axis) => write!(out, "the {axis} axis needs at least one cell: give two edges or more"),
            Self::NotAscending(axis) => write!(out, "the edges of the {axis} axis must be finite and ascend"),
            Self::HollowCell(first) => write!(out, "the first radius must be 0, not {first}"),
            Self::NotPositive(size) => write!(out, "a cell's size must be positive, not {size}"),
        }
    }
}

impl std::error::Error for GridError {}

/// One axis of a box.
#[derive(Debug, Clone, PartialEq)]
pub struct Axis {
    centres: Vec<f64>,
    widths: Vec<f64>,
    measures: Vec<f64>,
    /// Area of the face between a cell and the next over the distance of their centres; one fewer than cells.
    conductance: Vec<f64>,
    uniform: bool,
}

impl Axis {
    fn point() -> Self {
        Self {
            centres: vec![0.0],
            widths: vec![1.0],
            measures: vec![1.0],
            conductance: Vec::new(),
            uniform: true,
        }
    }

    fn equal(count: usize, size: f64, name: &'static str) -> Result<Self, GridError> {
        if count == 0 {
            return Err(GridError::Empty(name));
        }
        if !(size > 0.0 && size.is_finite()) {
            return Err(GridError::NotPositive(size));
        }
        Ok(Self {
            centres: (0..count).map(|i| (i as f64 + 0.5) * size).collect(),
            widths: vec![size; count],
            measures: vec![size; count],
            conductance: vec![1.0 / size; count - 1],
            uniform: true,
        })
    }

    fn between(edges: &[f64], name: &'static str, ring: bool) -> Result<Self, GridError> {
        if edges.len() < 2 {
            return Err(GridError::Empty(name));
        }
        if !edges.iter().all(|edge| edge.is_finite()) || edges.windows(2).any(|pair| pair[0] >= pair[1]) {
            return Err(GridError::NotAscending(name));
        }
        let centres: Vec<f64> = edges.windows(2).map(|pair| 0.5 * (pair[0] + pair[1])).collect();
        let widths: Vec<f64> = edges.windows(2).map(|pair| pair[1] - pair[0]).collect();
        let measures = edges
            .windows(2)
            .zip(&widths)
            .map(|(pair, width)| if ring { PI * width * (pair[0] + pair[1]) } else { *width })
            .collect();
        let conductance = (1..centres.len())
            .map(|i| (if ring { 2.0 * PI * edges[i] } else { 1.0 }) / (centres[i] - centres[i - 1]))
            .collect();
        // numerical: edges written as decimal numbers differ from equal ones in their last digits
        const EQUAL: f64 = 1e-12;
        let uniform = !ring
            && widths
                .iter()
                .all(|width| (width - widths[0]).abs() <= EQUAL * widths[0]);
        Ok(Self {
            centres,
            widths,
            measures,
            conductance,
            uniform,
        })
    }

    /// The number of cells.
    #[must_use]
    pub fn count(&self) -> usize {
        self.centres.len()
    }

    /// Where values sit.
    #[must_use]
    pub fn centres(&self) -> &[f64] {
        &self.centres
    }

    /// From edge to edge.
    #[must_use]
    pub fn widths(&self) -> &[f64] {
        &self.widths
    }

    /// What a cell contributes to a volume: its width, or the area of its ring.
    #[must_use]
    pub fn measures(&self) -> &[f64] {
        &self.measures
    }

    pub(super) fn conductance(&self) -> &[f64] {
        &self.conductance
    }

    pub(super) fn is_uniform(&self) -> bool {
        self.uniform
    }
}

/// A box of cells; see the front page of this file.
#[derive(Debug, Clone, PartialEq)]
pub struct Grid {
    first: Axis,
    second: Axis,
    depth: Axis,
}

impl Grid {
    /// A column under one square unit of surface, between depths that ascend.
    ///
    /// # Errors
    /// [`GridError`] when the edges make no cells.
    pub fn column(depth_edges: &[f64]) -> Result<Self, GridError> {
        Ok(Self {
            first: Axis::point(),
            second: Axis::point(),
            depth: Axis::between(depth_edges, "depth", false)?,
        })
    }

    /// A round cell about an axis, between radii that ascend from zero and depths that ascend.
    ///
    /// # Errors
    /// [`GridError`] when the edges make no cells.
    pub fn cell(radius_edges: &[f64], depth_edges: &[f64]) -> Result<Self, GridError> {
        let first = Axis::between(radius_edges, "radius", true)?;
        if radius_edges[0] != 0.0 {
            return Err(GridError::HollowCell(radius_edges[0]));
        }
        Ok(Self {
            first,
            second: Axis::point(),
            depth: Axis::between(depth_edges, "depth", false)?,
        })
    }

    /// A patch of `x` and `y` equal cells, each given as (count, size), between depths that ascend.
    ///
    /// # Errors
    /// [`GridError`] when sizes or edges make no cells.
    pub fn patch(x: (usize, f64), y: (usize, f64), depth_edges: &[f64]) -> Result<Self, GridError> {
        Ok(Self {
            first: Axis::equal(x.0, x.1, "x")?,
            second: Axis::equal(y.0, y.1, "y")?,
            depth: Axis::between(depth_edges, "depth", false)?,
        })
    }

    /// x of a patch, the radius of a cell, one point of a column.
    #[must_use]
    pub fn first(&self) -> &Axis {
        &self.first
    }

    /// y of a patch; one point otherwise.
    #[must_use]
    pub fn second(&self) -> &Axis {
        &self.second
    }

    /// Depth.
    #[must_use]
    pub fn depth(&self) -> &Axis {
        &self.depth
    }

    /// Cells along the first axis, the second, and depth.
    #[must_use]
    pub fn shape(&self) -> [usize; 3] {
        [self.first.count(), self.second.count(), self.depth.count()]
    }

    /// All cells.
    #[must_use]
    pub fn cells(&self) -> usize {
        self.shape().iter().product()
    }

    /// Where a cell stands in a field.
    #[must_use]
    pub fn index(&self, first: usize, second: usize, depth: usize) -> usize {
        (first * self.second.count() + second) * self.depth.count() + depth
    }

    /// The centre of the cell at `index`: x or radius, y, depth.
    #[must_use]
    pub fn centre(&self, index: usize) -> [f64; 3] {
        let [first, second, depth] = self.place(index);
        [
            self.first.centres[first],
            self.second.centres[second],
            self.depth.centres[depth],
        ]
    }

    /// The volume of the cell at `index`; of a column its height.
    #[must_use]
    pub fn volume(&self, index: usize) -> f64 {
        let [first, second, depth] = self.place(index);
        self.first.measures[first] * self.second.measures[second] * self.depth.measures[depth]
    }

    /// The sum of a field times volume, in one fixed order: depth, then second, then first.
    #[must_use]
    pub fn integral(&self, field: &[f64]) -> f64 {
        let columns = field.chunks_exact(self.depth.count()).map(|column| {
            let amounts = column.iter().zip(&self.depth.measures);
            amounts.map(|(value, height)| value * height).sum::<f64>()
        });
        let lateral = self
            .first
            .measures
            .iter()
            .flat_map(|first| self.second.measures.iter().map(move |second| first * second));
        columns.zip(lateral).map(|(amount, area)| amount * area).sum()
    }

    fn place(&self, index: usize) -> [usize; 3] {
        let depth = self.depth.count();
        let second = self.second.count();
        [index / (depth * second), index / depth % second, index % depth]
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn volumes_add_up_to_the_box() {
        let cell = Grid::cell(&[0.0, 0.1, 0.3, 1.0], &[0.0, 0.5, 2.0]).unwrap();
        assert!((cell.integral(&[1.0; 6]) - 2.0 * PI).abs() < 1e-14);
        let patch = Grid::patch((3, 0.5), (2, 2.0), &[0.0, 1.0, 3.0]).unwrap();
        let by_volume: f64 = (0..patch.cells()).map(|i| patch.volume(i)).sum();
        assert!((by_volume - 18.0).abs() < 1e-14);
        assert!((patch.integral(&[1.0; 12]) - 18.0).abs() < 1e-14);
    }

    #[test]
    fn index_and_centre_agree() {
        let patch = Grid::patch((3, 0.5), (2, 2.0), &[0.0, 1.0, 3.0]).unwrap();
        assert_eq!(patch.centre(patch.index(2, 1, 0)), [1.25, 3.0, 0.5]);
        assert_eq!(patch.cells(), 12);
    }

    #[test]
    fn edges_that_make_no_cells_are_refused() {
        assert_eq!(Grid::column(&[0.0]), Err(GridError::Empty("depth")));
        assert_eq!(Grid::column(&[0.0, 0.0]), Err(GridError::NotAscending("depth")));
        assert_eq!(Grid::cell(&[0.1, 0.2], &[0.0, 1.0]), Err(GridError::HollowCell(0.1)));
        assert_eq!(Grid::patch((0, 1.0), (1, 1.0), &[0.0, 1.0]), Err(GridError::Empty("x")));
        assert_eq!(
            Grid::patch((1, f64::NAN), (1, 1.0), &[0.0, 1.0])
                .unwrap_err()
                .to_string(),
            "a cell's size must be positive, not NaN"
        );
    }
}
