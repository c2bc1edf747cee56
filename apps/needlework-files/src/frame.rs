//! One moment of a simulated piece of tissue: values in the cells of a rectilinear grid.
//!
//! Axes are given by the edges of their cells, in millimetres: x and y along the surface, z downwards from it. A column
//! is a grid of one cell in x and in y, a square millimetre; a cell around one channel has its radius as x and one cell
//! in y. Values stand with x fastest, then y, then z.
//!
//! In a file a round cell looks like a slab, so every frame carries the volume of each cell: a mean over tissue is
//! weighted by it.

use std::fmt;

/// What is known of the tissue at one moment.
#[derive(Debug, Clone, PartialEq)]
pub struct Frame {
    /// Days since the first session.
    pub day: f64,
    /// Edges of the cells along x, y and z, mm, ascending.
    pub edges: [Vec<f64>; 3],
    /// Whether x is the distance from an axis, so that a cell is a ring.
    pub round: bool,
    /// Every quantity with its values.
    pub fields: Vec<FieldValues>,
}

/// One quantity in every cell.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldValues {
    /// Name in files, such as `collagen`.
    pub name: String,
    /// Name for people, such as `collagen, immature and mature`.
    pub label: String,
    /// Unit, `1` for a share.
    pub unit: String,
    /// Values, x fastest.
    pub values: Vec<f64>,
}

/// Why a frame cannot be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FrameError {
    /// An axis has fewer than two edges, or they do not ascend.
    Axis(usize),
    /// A quantity does not have a value for every cell.
    Values {
        /// Its name.
        name: String,
        /// Values that it has.
        found: usize,
        /// Cells that there are.
        cells: usize,
    },
    /// No quantity has this name.
    Missing(String),
}

impl fmt::Display for FrameError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Axis(axis) => write!(
                out,
                "the edges of axis {} must ascend and be at least two",
                ["x", "y", "z"][*axis]
            ),
            Self::Values { name, found, cells } => write!(out, "`{name}` has {found} values for {cells} cells"),
            Self::Missing(name) => write!(out, "no quantity is named `{name}`"),
        }
    }
}

impl std::error::Error for FrameError {}

impl Frame {
    /// Cells along each axis.
    #[must_use]
    pub fn shape(&self) -> [usize; 3] {
        [0, 1, 2].map(|axis| self.edges[axis].len().saturating_sub(1))
    }

    /// Volume of each cell, mm³, in the order of the values: of a ring where the frame is round.
    #[must_use]
    pub fn volumes_mm3(&self) -> FieldValues {
        let sizes = |axis: usize| self.edges[axis].windows(2).map(|pair| pair[1] - pair[0]);
        let areas: Vec<f64> = if self.round {
            let squares = self.edges[0].windows(2);
            squares
                .map(|pair| std::f64::consts::PI * (pair[1] * pair[1] - pair[0] * pair[0]))
                .collect()
        } else {
            sizes(1).flat_map(|y| sizes(0).map(move |x| x * y)).collect()
        };
        FieldValues {
            name: "volume".to_owned(),
            label: "volume of the cell".to_owned(),
            unit: "mm^3".to_owned(),
            values: sizes(2).flat_map(|z| areas.iter().map(move |area| area * z)).collect(),
        }
    }

    /// Holds the frame to its own shape.
    ///
    /// # Errors
    /// [`FrameError`] naming the axis or the quantity that does not fit.
    pub fn check(&self) -> Result<(), FrameError> {
        for (axis, edges) in self.edges.iter().enumerate() {
            if edges.len() < 2 || edges.windows(2).any(|pair| pair[0] >= pair[1]) {
                return Err(FrameError::Axis(axis));
            }
        }
        let cells = self.shape().iter().product();
        match self.fields.iter().find(|field| field.values.len() != cells) {
            Some(field) => Err(FrameError::Values {
                name: field.name.clone(),
                found: field.values.len(),
                cells,
            }),
            None => Ok(()),
        }
    }

    /// The quantity of this name.
    ///
    /// # Errors
    /// [`FrameError::Missing`].
    pub fn field(&self, name: &str) -> Result<&FieldValues, FrameError> {
        self.fields
            .iter()
            .find(|field| field.name == name)
            .ok_or_else(|| FrameError::Missing(name.to_owned()))
    }
}

#[cfg(test)]
pub(crate) mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    /// Three by two by four cells of unequal depth; the value is the cell's number.
    pub(crate) fn frame(day: f64) -> Frame {
        Frame {
            day,
            edges: [
                vec![0.0, 0.1, 0.2, 0.3],
                vec![0.0, 0.1, 0.2],
                vec![0.0, 0.01, 0.05, 0.2, 0.5],
            ],
            round: false,
            fields: vec![FieldValues {
                name: "collagen".into(),
                label: "collagen".into(),
                unit: "1".into(),
                values: (0..24).map(|cell| f64::from(cell) + day).collect(),
            }],
        }
    }

    #[test]
    fn volumes_add_up_to_the_box_and_those_of_rings_to_the_cylinder() {
        let total = |frame: &Frame| frame.volumes_mm3().values.iter().sum::<f64>();
        assert!((total(&frame(0.0)) - 0.3 * 0.2 * 0.5).abs() < 1e-15);
        let mut round = frame(0.0);
        round.round = true;
        round.edges[1] = vec![0.0, 1.0];
        assert_eq!(round.volumes_mm3().values.len(), 12);
        assert!((total(&round) - std::f64::consts::PI * 0.09 * 0.5).abs() < 1e-15);
        // The mean over a ring's tissue weighs the outer rings more: of x² it is half of R², not a third.
        let middles: Vec<f64> = (0..4000).map(|i| (f64::from(i) + 0.5) * 0.3 / 4000.0).collect();
        round.edges[0] = (0..=4000).map(|i| f64::from(i) * 0.3 / 4000.0).collect();
        round.edges[2] = vec![0.0, 1.0];
        let volumes = round.volumes_mm3().values;
        let mean = middles.iter().zip(&volumes).map(|(x, v)| x * x * v).sum::<f64>() / volumes.iter().sum::<f64>();
        assert!((mean / (0.5 * 0.09) - 1.0).abs() < 1e-6, "{mean}");
    }

    #[test]
    fn a_frame_that_fits_is_taken_and_each_misfit_is_named() {
        assert_eq!(frame(0.0).check(), Ok(()));
        assert_eq!(frame(0.0).shape(), [3, 2, 4]);
        let mut short = frame(0.0);
        short.fields[0].values.pop();
        assert!(
            short
                .check()
                .unwrap_err()
                .to_string()
                .contains("23 values for 24 cells")
        );
        let mut folded = frame(0.0);
        folded.edges[2][1] = 0.3;
        assert_eq!(folded.check(), Err(FrameError::Axis(2)));
        assert_eq!(
            frame(0.0).field("colagen").unwrap_err(),
            FrameError::Missing("colagen".into())
        );
    }
}
