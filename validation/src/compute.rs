//! What computes what: the names that the files of targets use, each with its function.

use needlework::verdict::Comparison;

use crate::context::Context;
use crate::result::Found;
use crate::target::Target;
use crate::{creams, device, outcomes, safety};

/// Computes a number of a target for all worlds.
pub type Compute = fn(&Target, &Context<'_>) -> Result<Found, String>;

/// Every computation by its name.
pub const BY_NAME: &[(&str, Compute)] = &[
    ("antisepsis", safety::antisepsis),
    ("barrier_in_air", device::barrier_in_air),
    ("barrier_under_cover", device::barrier_under_cover),
    ("dark_mark_count", safety::dark_mark_count),
    ("dark_mark_share", safety::dark_mark_share),
    ("depth", device::depth),
    ("depth_ratio", device::depth_ratio),
    ("dermis_ratio", outcomes::dermis_ratio),
    ("diabetes", outcomes::diabetes),
    ("drying", safety::drying),
    ("engine_deviance", safety::engine_deviance),
    ("entry_angle", device::entry_angle),
    ("epidermis", device::epidermis),
    ("fit_deviance", safety::fit_deviance),
    ("fit_half_dose", safety::fit_half_dose),
    ("flora_mean", safety::flora_mean),
    ("flora_spread", safety::flora_spread),
    ("gain_over_other", creams::gain_over_other),
    ("half_angle", device::half_angle),
    ("half_dose_at_rate", safety::half_dose_at_rate),
    ("half_life_under_cover", device::half_life_under_cover),
    ("holes_of_passes", device::holes_of_passes),
    ("holes_per_pass", device::holes_per_pass),
    ("intact_half_dose", safety::intact_half_dose),
    ("lumen", device::lumen),
    ("lumen_of_shorter", device::lumen_of_shorter),
    ("most_strokes", device::most_strokes),
    ("old", outcomes::old),
    ("pain_by_length", device::pain_by_length),
    ("pain_by_number", device::pain_by_number),
    ("passage_by_length", creams::passage_by_length),
    ("passage_gain", creams::passage_gain),
    ("passage_misfit", creams::passage_misfit),
    ("redness", device::redness),
    ("rule_fires", safety::rule_fires),
    ("scar_count", safety::scar_count),
    ("sealed_risk", safety::sealed_risk),
    ("share_at_high", safety::share_at_high),
    ("share_at_low", safety::share_at_low),
    ("share_at_middle", safety::share_at_middle),
    ("smokers", outcomes::smokers),
    ("steroid_tablets", outcomes::steroid_tablets),
    ("strokes", device::strokes),
    ("thickness", device::thickness),
    ("thickness_by_weight", device::thickness_by_weight),
    ("thickness_spread", device::thickness_spread),
    ("width_at_depth", device::width_at_depth),
    ("wipe", safety::wipe),
    ("women", outcomes::women),
];

/// Marks a name as that of a target in `first_chain.toml`.
pub const FIRST_CHAIN: &str = "first_chain:";

/// Computes what an output names.
///
/// # Errors
/// When nothing has that name, or it cannot be computed.
pub fn compute(by: &str, target: &Target, context: &Context<'_>, chain: &[Comparison]) -> Result<Found, String> {
    if let Some(name) = by.strip_prefix(FIRST_CHAIN) {
        return outcomes::first_chain(name, context, chain);
    }
    BY_NAME
        .iter()
        .find(|(name, _)| *name == by)
        .ok_or_else(|| format!("nothing is called {by}"))
        .and_then(|(_, compute)| compute(target, context))
}
