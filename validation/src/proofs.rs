//! Numerical proofs, recomputed on the spot: what the code must give by mathematics or by tables that others computed.
//!
//! Each room states its own, and its tests hold them; here they are gathered, with the one that needs all rooms.
//! Parameters are the medians of the evidence where a room needs some. Reference tables of optics are those of
//! `validation/optics`.

use std::fmt::Write as _;

use needlework::appearance::reference::ReferenceTable;
use needlework::appearance::{self, References};
use needlework::cohort::{Moment, Settings};
use needlework::numerics::{self, Proof};
use needlework::units::Time;
use needlework::verdict::Library;
use needlework::{channel, healing, puncture};

use crate::context::Context;
use crate::typical::typical;

/// All proofs.
///
/// # Errors
/// When something cannot be computed at all.
pub fn prove(library: &Library) -> Result<Vec<Proof>, String> {
    let typical = typical(library)?;
    let mut proofs = numerics::proofs();
    proofs.extend(puncture::proofs(&typical.puncture));
    proofs.extend(channel::proofs(&typical.closure));
    proofs.extend(healing::proofs(&typical.healing, &typical.cascade));
    proofs.extend(appearance::proofs(&references()));
    proofs.push(threads(library)?);
    Ok(proofs)
}

/// The tables of `validation/optics` that proofs compare with.
fn references() -> References {
    References {
        published: ReferenceTable::parse(include_str!("../optics/verification_ad.csv")),
        slabs: ReferenceTable::parse(include_str!("../optics/slab_grid_ad.csv")),
        skin_layers: ReferenceTable::parse(include_str!("../optics/skin_layers.csv")),
        skins: ReferenceTable::parse(include_str!("../optics/skin_ad.csv")),
        monte_carlo: ReferenceTable::parse(include_str!("../optics/mcml_crosscheck.csv")),
    }
}

/// Counts what differs between a cohort computed by one thread and by two.
fn threads(library: &Library) -> Result<Proof, String> {
    let cohort = |threads: usize| -> Result<String, String> {
        let settings = Settings {
            seed: 1,
            worlds: 40,
            people_per_world: 5,
            threads,
        };
        let context = Context::new(library, &settings)?;
        let text = context.case_text("park-2012.toml")?;
        // Debug output writes each number so that it reads back to the same bits.
        Ok(format!(
            "{:?}",
            context.cohort("park-2012.toml", text, Moment::AfterLast(Time::from_weeks(4.0)))?
        ))
    };
    let (one, two) = (cohort(1)?, cohort(2)?);
    let differing = one.bytes().zip(two.bytes()).filter(|(a, b)| a != b).count() + one.len().abs_diff(two.len());
    Ok(Proof::new(
        "one thread and two",
        "bytes that differ in a cohort of 200 people",
        0.0,
        differing as f64,
        0.0,
    ))
}

/// The table of proofs as Markdown.
#[must_use]
pub fn markdown(proofs: &[Proof]) -> String {
    let failed = proofs.iter().filter(|proof| !proof.holds()).count();
    let mut text = format!(
        "# Numerical proofs\n\nWritten by `needlework verify --write`; a test holds it equal to what is \
            computed.\n\n{} proofs, {failed} failed.\n\n\
         | proof | what is shown | expected | computed | tolerance | holds |\n|---|---|---|---|---|---|\n",
        proofs.len()
    );
    for proof in proofs {
        let short = crate::result::short;
        // Writing to a string does not fail.
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {} | {} |",
            proof.name,
            proof.shows,
            short(proof.expected),
            short(proof.computed),
            short(proof.tolerance),
            if proof.holds() { "yes" } else { "NO" }
        );
    }
    text
}
