//! Mathematics without a word of biology: sampling, statistics, integration, roots, diffusing fields, parallel loops.
//!
//! Everything here is deterministic: random numbers come from named streams of one seed, reductions run in a fixed
//! order, and a parallel loop returns its results in the order of its input, so that one and many threads give the same
//! bytes.
//!
#![cfg_attr(any(doc, doctest), doc = include_str!("../README.md"))]

mod beta_gamma;
pub mod diffusion;
mod distribution;
mod matrix_exponential;
mod normal;
mod parallel;
mod proof;
mod proofs;
mod quadrature;
mod relaxation;
mod root;
mod rosenbrock;
mod runge_kutta;
mod sample;
mod sensitivity;
mod statistics;
mod steady;

pub use distribution::{Distribution, DistributionError};
pub use matrix_exponential::propagator;
pub use normal::{expit, logit, normal_cdf, normal_ln_density, of_odds, standard_normal_quantile};
pub use parallel::{Continue, Interrupted, Progress, Workers, map_in_order, map_slabs, on_threads, unwatched};
pub use proof::{Proof, largest};
pub use proofs::proofs;
pub use quadrature::{Node, midpoints, normal_lattice, normal_nodes, normal_strata};
pub use relaxation::Relaxation;
pub use root::root;
pub use rosenbrock::{StiffError, Tolerance, integrate_stiff};
pub use runge_kutta::rk4_step;
pub use sample::{UniformStream, fingerprint, normals, normals_at, uniforms, uniforms_at};
pub use sensitivity::{VarianceShare, variance_shares};
pub use statistics::{
    HIGH, Interval, LOW, Share, WorldMeans, ascending, mean, mean_over_worlds, median, median_and_ends, order,
    percentiles, place_of, quantile, share_over_worlds, standard_deviation,
};
pub use steady::steady;
