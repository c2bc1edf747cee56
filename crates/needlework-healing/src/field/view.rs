//! What can be seen of a run: named fields, their axes, and means over the mark's dermis.

use super::orientation::{self, Kept};
use super::state::{ELASTIN, FIXED, IMMATURE, MATURE};
use super::{Fidelity, Field};
use crate::cascade::{
    ACTIVE_MELANOCYTES, DEBRIS, FIBROBLASTS, INFLAMMATORY_MACROPHAGES, MYOFIBROBLASTS, NEUTROPHILS, PROTEASES,
    REPAIR_MACROPHAGES, SIGNAL, VESSELS,
};

/// A field that can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Named {
    /// Its name in files.
    pub name: &'static str,
    /// What it is, in plain words.
    pub label: &'static str,
    /// Its unit; `1` for a ratio.
    pub unit: &'static str,
    what: What,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    Kept(usize),
    Collagen,
    Gained,
    Anisotropy,
    Upright,
}

const fn named(name: &'static str, label: &'static str, what: What) -> Named {
    Named {
        name,
        label,
        unit: "1",
        what,
    }
}

/// The fields that every fidelity has.
pub const FIELDS: [Named; 18] = [
    named("collagen", "collagen, over that of normal skin", What::Collagen),
    named(
        "collagen_gained",
        "collagen gained, over all of normal skin",
        What::Gained,
    ),
    named(
        "immature_collagen",
        "young collagen, over all of normal skin",
        What::Kept(IMMATURE),
    ),
    named(
        "mature_collagen",
        "mature collagen, over that of normal skin",
        What::Kept(MATURE),
    ),
    named("elastin", "elastin, over that of the mark before", What::Kept(ELASTIN)),
    named("tgf_beta", "TGF-beta, the signal to make collagen", What::Kept(SIGNAL)),
    named(
        "fibroblasts",
        "fibroblasts, over their normal number",
        What::Kept(FIBROBLASTS),
    ),
    named(
        "myofibroblasts",
        "myofibroblasts, over normal fibroblasts",
        What::Kept(MYOFIBROBLASTS),
    ),
    named(
        "debris",
        "debris and platelets, over an open wound's",
        What::Kept(DEBRIS),
    ),
    named(
        "neutrophils",
        "neutrophils, over an open wound's debris",
        What::Kept(NEUTROPHILS),
    ),
    named(
        "inflammatory_macrophages",
        "macrophages that inflame",
        What::Kept(INFLAMMATORY_MACROPHAGES),
    ),
    named(
        "repair_macrophages",
        "macrophages that repair",
        What::Kept(REPAIR_MACROPHAGES),
    ),
    named("proteases", "proteases above those at rest", What::Kept(PROTEASES)),
    named("vessels", "vessels beyond rest, seen as redness", What::Kept(VESSELS)),
    named(
        "active_melanocytes",
        "active melanocytes, seen as darkening",
        What::Kept(ACTIVE_MELANOCYTES),
    ),
    named(
        "fibre_anisotropy",
        "how alike fibres lie: 0 at random, 1 all alike",
        What::Anisotropy,
    ),
    named(
        "fibres_along_x",
        "share of fibres along x (of a cell: along the radius)",
        What::Kept(FIXED),
    ),
    named("fibres_upright", "share of fibres that stand upright", What::Upright),
];

/// Means over the dermis of the mark, near the surface weighted more, as what is seen of it.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Means {
    /// Day.
    pub day: f64,
    /// TGF-β.
    pub tgf_beta: f64,
    /// Fibroblasts over normal.
    pub fibroblasts: f64,
    /// Myofibroblasts over normal fibroblasts.
    pub myofibroblasts: f64,
    /// Immature collagen over normal collagen.
    pub immature_collagen: f64,
    /// Mature collagen over normal collagen.
    pub mature_collagen: f64,
    /// Elastin over that of the mark before.
    pub elastin: f64,
    /// Vessels beyond rest.
    pub vessels: f64,
    /// Active melanocytes.
    pub active_melanocytes: f64,
    /// Anisotropy of fibres.
    pub fibre_anisotropy: f64,
    /// Gain of the epidermis over its own thickness, over the surface.
    pub epidermal_gain: f64,
}

impl Means {
    /// Collagen in all, over normal.
    #[must_use]
    pub fn collagen(&self) -> f64 {
        self.immature_collagen + self.mature_collagen
    }
}

/// How far a run is from a better one of the same moments: of each mean the largest difference at any moment, over the
/// largest that the better run has. What neither run moves differs by nothing.
#[must_use]
pub fn differences(usual: &[Means], better: &[Means], resting: f64) -> Vec<(&'static str, f64)> {
    type Mean = (&'static str, fn(&Means) -> f64, f64);
    let compared: [Mean; 8] = [
        ("collagen", Means::collagen, resting),
        ("young collagen", |means| means.immature_collagen, 0.0),
        ("signal", |means| means.tgf_beta, 0.0),
        ("fibroblasts", |means| means.fibroblasts, 1.0),
        ("myofibroblasts", |means| means.myofibroblasts, 0.0),
        ("vessels", |means| means.vessels, 0.0),
        ("elastin", |means| means.elastin, 1.0),
        ("epidermis", |means| means.epidermal_gain, 0.0),
    ];
    compared
        .into_iter()
        .map(|(name, of, rest)| {
            let most = better.iter().map(|means| (of(means) - rest).abs()).fold(0.0, f64::max);
            let pairs = usual.iter().zip(better);
            let off = pairs.map(|(a, b)| (of(a) - of(b)).abs()).fold(0.0, f64::max);
            (name, if most > 0.0 { off / most } else { off })
        })
        .collect()
}

impl Field {
    /// The edges of cells along x (of a cell: the radius), y and depth, mm.
    #[must_use]
    pub fn axes_mm(&self) -> [Vec<f64>; 3] {
        let edges = |axis: &needlework_numerics::diffusion::Axis| {
            let mut edge = 0.0;
            let mut edges = vec![0.0];
            for width in axis.widths() {
                edge += width;
                edges.push(edge);
            }
            edges
        };
        [
            edges(self.grid.first()),
            edges(self.grid.second()),
            self.setup.depth_edges_mm.clone(),
        ]
    }

    /// The values of a field by its name, x fastest, then y, then depth downwards; `None` for a name that isn't in
    /// [`FIELDS`].
    #[must_use]
    pub fn values(&self, name: &str) -> Option<Vec<f64>> {
        let what = FIELDS.iter().find(|field| field.name == name)?.what;
        let [first, second, depth] = self.grid.shape();
        let mut values = Vec::with_capacity(self.grid.cells());
        for k in 0..depth {
            for j in 0..second {
                values.extend((0..first).map(|i| self.value(what, self.grid.index(i, j, k), k)));
            }
        }
        Some(values)
    }

    /// Means over the dermis of the mark, weighted by e^{−x/λ} with x the depth in the dermis, as
    /// [`needlework_stria::Tissue`] weights collagen.
    #[must_use]
    pub fn means(&self) -> Means {
        let top = self.setup.layers.epidermis_mm;
        let depth = self.grid.depth();
        let weights: Vec<f64> = (0..self.in_dermis.len())
            .map(|k| {
                let below = depth.centres()[k] - top;
                if self.in_dermis[k] {
                    (-below / self.setup.visible_depth_mm).exp() * depth.widths()[k]
                } else {
                    0.0
                }
            })
            .collect();
        let area: f64 = self.areas.iter().sum();
        let all = area * weights.iter().sum::<f64>();
        let mean = |what: What| {
            let mut sum = 0.0;
            for (place, area) in self.areas.iter().enumerate() {
                let line = place * weights.len();
                let under = weights.iter().enumerate().filter(|(_, weight)| **weight > 0.0);
                sum += area
                    * under
                        .map(|(k, weight)| weight * self.value(what, line + k, k))
                        .sum::<f64>();
            }
            sum / all
        };
        let gains = self.epidermis[1].iter().zip(&self.areas);
        Means {
            day: self.day,
            tgf_beta: mean(What::Kept(SIGNAL)),
            fibroblasts: mean(What::Kept(FIBROBLASTS)),
            myofibroblasts: mean(What::Kept(MYOFIBROBLASTS)),
            immature_collagen: mean(What::Kept(IMMATURE)),
            mature_collagen: mean(What::Kept(MATURE)),
            elastin: mean(What::Kept(ELASTIN)),
            vessels: mean(What::Kept(VESSELS)),
            active_melanocytes: mean(What::Kept(ACTIVE_MELANOCYTES)),
            fibre_anisotropy: mean(What::Anisotropy),
            epidermal_gain: gains.map(|(gain, area)| gain * area).sum::<f64>() / area,
        }
    }

    fn value(&self, what: What, index: usize, depth: usize) -> f64 {
        match what {
            What::Kept(state) if state == FIBROBLASTS => {
                // Outside the dermis none are computed.
                if self.in_dermis[depth] {
                    1.0 + self.states[state][index]
                } else {
                    0.0
                }
            }
            What::Kept(state) => self.states[state][index],
            What::Collagen => self.states[IMMATURE][index] + self.states[MATURE][index],
            What::Gained if self.in_dermis[depth] => {
                self.states[IMMATURE][index] + self.states[MATURE][index] - self.setup.resting
            }
            What::Gained => 0.0,
            What::Anisotropy => orientation::anisotropy(self.fidelity(), &self.fibre_orientation(index)),
            What::Upright => 1.0 - self.states[FIXED][index] - self.states[FIXED + 1][index],
        }
    }

    fn fibre_orientation(&self, index: usize) -> Kept {
        std::array::from_fn(|c| self.states.get(FIXED + c).map_or(0.0, |field| field[index]))
    }

    fn fidelity(&self) -> Fidelity {
        self.setup.space.fidelity()
    }
}
