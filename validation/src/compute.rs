//! What computes what: the names that the files of targets use, each with its function.

use needlework::verdict::Comparison;

use crate::context::Context;
use crate::result::Found;
use crate::target::RoomTarget;
use crate::{clock, closure, creams, device, germs, needle, outcomes, safety, skin, suspension};

/// Computes a number of a target for all worlds.
pub type Compute = fn(&RoomTarget, &Context<'_>) -> Result<Found, String>;

/// Every computation by its name.
pub const BY_NAME: &[(&str, Compute)] = &[
    ("antisepsis", germs::antisepsis),
    ("barrier_in_air", closure::barrier_in_air),
    ("barrier_under_cover", closure::barrier_under_cover),
    ("blood_raised", device::blood_raised),
    ("cleft_over_hole", needle::cleft_over_hole),
    ("collagen_1_change", clock::collagen_1_change),
    ("collagen_3_change", clock::collagen_3_change),
    ("collagen_plateau", clock::collagen_plateau),
    ("critical_neutrophils", germs::critical_neutrophils),
    ("crossing_ratio", suspension::crossing_ratio),
    ("dark_mark_count", safety::dark_mark_count),
    ("dark_mark_share", safety::dark_mark_share),
    ("depth", device::depth),
    ("depth_by_age", needle::depth_by_age),
    ("depth_ratio", device::depth_ratio),
    ("dermis_ratio", outcomes::dermis_ratio),
    ("diabetes", outcomes::diabetes),
    ("distinct_holes", needle::distinct_holes),
    ("drying", germs::drying),
    ("early_stress", skin::early_stress),
    ("engine_deviance", germs::engine_deviance),
    ("entry_angle", device::entry_angle),
    ("epidermis", device::epidermis),
    ("epidermis_of_all_over_one", clock::epidermis_of_all_over_one),
    ("fit_deviance", germs::fit_deviance),
    ("fit_half_dose", germs::fit_half_dose),
    ("flora_mean", safety::flora_mean),
    ("flora_spread", safety::flora_spread),
    ("foreign_body_decades", germs::foreign_body_decades),
    ("foreign_body_risk", germs::foreign_body_risk),
    ("gain_month_1_over_3", clock::gain_month_1_over_3),
    ("gain_over_other", creams::gain_over_other),
    ("germs_in_film", suspension::germs_in_film),
    ("half_angle", device::half_angle),
    ("half_dose_at_rate", germs::half_dose_at_rate),
    ("half_life_under_cover", closure::half_life_under_cover),
    ("holes_of_passes", device::holes_of_passes),
    ("holes_per_pass", device::holes_per_pass),
    ("typical_thickness", device::typical_thickness),
    ("blunt_force_of_area", needle::blunt_force_of_area),
    ("depth_at_drop", needle::depth_at_drop),
    ("horny_layer", skin::stratum_corneum),
    ("intact_half_dose", germs::intact_half_dose),
    ("late_slope", skin::late_slope),
    ("late_stress", skin::late_stress),
    ("light", closure::light),
    ("lumen", closure::lumen),
    ("lumen_of_shorter_in_rat", closure::lumen_of_shorter_in_rat),
    ("middle_stress", skin::middle_stress),
    ("most_strokes", device::most_strokes),
    ("needles_with_germs", germs::needles_with_germs),
    ("old", outcomes::old),
    ("pain_by_length", device::pain_by_length),
    ("pain_by_number", device::pain_by_number),
    ("passage_by_length", creams::passage_by_length),
    ("passage_gain", creams::passage_gain),
    ("passage_misfit", creams::passage_misfit),
    ("persisting", germs::persisting),
    ("pierced_by_fast_shot", needle::pierced_by_fast_shot),
    ("pierced_by_hand", needle::pierced_by_hand),
    ("pierced_by_slow_shot", needle::pierced_by_slow_shot),
    ("piercing_of_coarse_tip", needle::piercing_of_coarse_tip),
    ("piercing_of_fine_tip", needle::piercing_of_fine_tip),
    ("piercing_of_unknown_tip", needle::piercing_of_unknown_tip),
    ("redness", device::redness),
    ("rule_fires", safety::rule_fires),
    ("scar_collagen_types", clock::scar_collagen_types),
    ("scar_crosslinks", clock::scar_crosslinks),
    ("scar_extractability", clock::scar_extractability),
    ("scar_count", safety::scar_count),
    ("sealed_risk", germs::sealed_risk),
    ("share_at_high", germs::share_at_high),
    ("share_at_low", germs::share_at_low),
    ("share_at_middle", germs::share_at_middle),
    ("slide", needle::slide),
    ("smokers", outcomes::smokers),
    ("steroid_tablets", outcomes::steroid_tablets),
    ("stiffness", skin::stiffness),
    ("stiffness_ratio", skin::stiffness_ratio),
    ("strength", skin::strength),
    ("strength_of_final", clock::strength_of_final),
    ("strength_of_intact", clock::strength_of_intact),
    ("strength_ratio", skin::strength_ratio),
    ("stretch_over_tearing", needle::stretch_over_tearing),
    ("strokes", device::strokes),
    ("thickness", device::thickness),
    ("thickness_by_weight", device::thickness_by_weight),
    ("thickness_spread", device::thickness_spread),
    ("water_in_air", closure::water_in_air),
    ("width_at_depth", device::width_at_depth),
    ("wipe", germs::wipe),
    ("women", outcomes::women),
];

/// Marks a name as that of a target in `first_chain.toml`.
pub const FIRST_CHAIN: &str = "first_chain:";

/// Computes what an output names.
///
/// # Errors
/// When nothing has that name, or it cannot be computed.
pub fn compute(by: &str, target: &RoomTarget, context: &Context<'_>, chain: &[Comparison]) -> Result<Found, String> {
    if let Some(name) = by.strip_prefix(FIRST_CHAIN) {
        return outcomes::first_chain(name, context, chain);
    }
    BY_NAME
        .iter()
        .find(|(name, _)| *name == by)
        .ok_or_else(|| format!("nothing is called {by}"))
        .and_then(|(_, compute)| compute(target, context))
}
