//! What is not known of insertion: the parameters of device, hand, needle and skin under it, drawn once for each world.

use needlework_evidence::parameters;
use needlework_units::{Area, ArealDensity, Force, Length, Rate, Speed, Stress};

parameters! {
    /// What is not known of insertion; a world's draw.
    pub struct Parameters {
        /// Share of a roller needle's length that the hand brings in.
        pub insertion_ratio_roller: f64 = "puncture.reach.roller",
        /// The same for pens, stamps and patches.
        pub insertion_ratio_straight: f64 = "puncture.reach.straight",
        /// Spread of that share between people, in log-odds.
        pub insertion_ratio_person_sd: f64 = "puncture.reach.person_sd",
        /// Scatter of depth between the needles of a session, in its logarithm.
        pub scatter: f64 = "puncture.scatter",
        /// Give of the skin before a needle pierces it.
        pub give: Length = "puncture.give",
        /// Passes of a session, where a case does not say.
        pub passes: f64 = "puncture.passes",
        /// Length of a clinic's needles, where a case does not say.
        pub clinic_length: Length = "puncture.length.clinic",
        /// Length of a home device's needles, where a case does not say.
        pub home_length: Length = "puncture.length.home",
        /// Rolling radius over the radius of the drum.
        pub rolling_ratio: f64 = "puncture.rolling_ratio",
        /// Holes of one roller pass, where the drum is not known.
        pub roller_density: ArealDensity = "puncture.density.roller",
        /// Speed at which a hand moves a pen along.
        pub pen_glide: Speed = "puncture.speed.pen",
        /// Width of the strip that a pen's cartridge needles.
        pub pen_width: Length = "puncture.pen_width",
        /// Share of holes that are distinct in the first chain; under contact, `capture` decides.
        pub distinct: f64 = "puncture.distinct",
        /// Half-angle of the needle's cone, as its tangent.
        pub taper: f64 = "puncture.taper",
        /// Radius of the tip.
        pub tip_radius: Length = "puncture.tip_radius",
        /// Radius of the shaft, where a case does not say.
        pub shaft_radius: Length = "puncture.shaft_radius",
        /// Injured tissue around a channel.
        pub halo: Length = "puncture.halo",
        /// Needles of a roller, where a case does not say.
        pub typical_needles: f64 = "puncture.needles.roller",
        /// Needles of a cartridge or plate, where a case does not say.
        pub typical_cartridge: f64 = "puncture.needles.cartridge",
        /// Radius of a drum, where a case does not say.
        pub typical_drum_radius: Length = "puncture.drum_radius",
        /// Width of a drum, where a case does not say.
        pub typical_drum_width: Length = "puncture.drum_width",
        /// Area of a plate, where a case does not say.
        pub typical_plate: Area = "puncture.plate",
        /// The law of depth: one for contact, zero for reach.
        pub depth_law: f64 = "puncture.depth_law",
        /// Force of the hand on a roller or plate, where a case does not say.
        pub hand_force: Force = "puncture.hand_force",
        /// Finest tip whose force was measured, diameter.
        pub fine_tip: Length = "puncture.piercing.fine_tip",
        /// Force at which it goes in.
        pub fine_tip_force: Force = "puncture.piercing.fine_tip_force",
        /// Coarsest tip whose force was measured, diameter.
        pub coarse_tip: Length = "puncture.piercing.coarse_tip",
        /// Force at which it goes in.
        pub coarse_tip_force: Force = "puncture.piercing.coarse_tip_force",
        /// Strength of the stratum corneum under a tip.
        pub stratum_corneum_strength: Stress = "puncture.piercing.horny_strength",
        /// Force over area at which a flat end goes in.
        pub blunt_stress: Stress = "puncture.piercing.blunt_stress",
        /// Factor on the force at which a tip goes in.
        pub piercing_factor: f64 = "puncture.piercing.factor",
        /// Scatter of that force between needles, in its logarithm.
        pub piercing_scatter: f64 = "puncture.piercing.scatter",
        /// Share of it that goes on cutting.
        pub cutting_share: f64 = "puncture.cutting_share",
        /// Stiffness of soft layers under a needle over that when pressed lightly.
        pub stiffening: f64 = "puncture.stiffening",
        /// Tension of a dented plate: the coefficient of the square of dent over thickness.
        pub membrane: f64 = "puncture.membrane",
        /// Power of speed by which layers stiffen.
        pub rate_power: f64 = "puncture.rate_power",
        /// Speed to which the published forces belong.
        pub reference_speed: Speed = "puncture.speed.reference",
        /// Speed of a hand that presses.
        pub pressing_speed: Speed = "puncture.speed.pressing",
        /// Speed of a hand that rolls.
        pub rolling_speed: Speed = "puncture.speed.rolling",
        /// Strokes of a pen.
        pub pen_frequency: Rate = "puncture.pen_frequency",
        /// Pressure of tissue on a needle's flank over its stiffness.
        pub flank_pressure: f64 = "puncture.flank_pressure",
        /// Friction of steel in skin.
        pub friction: f64 = "puncture.friction",
        /// Growth of a tip's radius with each session.
        pub tip_wear: Length = "puncture.tip_wear",
        /// Sessions that reused needles have behind them, where a case does not say.
        pub reuses: f64 = "puncture.reuses",
        /// Tangent of the half-angle of a hypodermic bevel.
        pub bevel: f64 = "puncture.bevel",
        /// Radius of the point of a bevelled needle.
        pub bevel_tip: Length = "puncture.bevel_tip",
        /// Stretch that a hand adds which holds the skin taut, over the length in which skin lives.
        pub hand_stretch: f64 = "puncture.hand_stretch",
        /// Distance from a hole within which a needle slides into it.
        pub capture: Length = "puncture.capture",
    }
}
