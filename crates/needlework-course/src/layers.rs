//! Where the layers of a person's tissue lie, for the engine of healing in space and for what spreads in the column.

use needlework_healing::field::Layers;
use needlework_skin::Skin;
use needlework_units::Length;

use crate::parameters::Parameters;

/// Layers, with as much fat as the signal could reach and come back from.
pub(crate) fn layers(skin: &Skin, dermis: Length, world: &Parameters) -> Layers {
    // numerical: beyond two ranges a seventh of the signal is left; beyond 2 mm it would not be back in the dermis
    // within its life
    const MOST_FAT_MM: f64 = 2.0;
    Layers {
        epidermis_mm: skin.epidermis.mm(),
        dermis_mm: dermis.mm(),
        fat_mm: (2.0 * world.field.signal_range.mm()).min(MOST_FAT_MM),
    }
}
