//! What is not known of healing, drawn once for each world: the parameters of the answer, the laws and the epidermis.

use needlework_evidence::parameters;
use needlework_units::Time;

parameters! {
    /// What is not known of healing; a world's draw.
    pub struct Parameters {
        /// How much more a micro-wound does than its share of a large one.
        pub amplification: f64 = "healing.amplification",
        /// Largest gain of one session.
        pub most_gain: f64 = "healing.most_gain",
        /// Time in which new collagen matures.
        pub maturation: Time = "healing.maturation",
        /// Response of red marks.
        pub response_rubra: f64 = "healing.response.rubra",
        /// Response of pale marks.
        pub response_alba: f64 = "healing.response.alba",
        /// Spread of the response between people, in its logarithm.
        pub response_person_sd: f64 = "healing.response.person_sd",
        /// Time in which gains are lost if collagen returns to its set point.
        pub relapse: Time = "healing.relapse",
        /// Half-life of mature collagen if gains persist.
        pub turnover: Time = "healing.turnover",
        /// Time scale of the two-state law.
        pub two_state_time: Time = "healing.two_states.time",
        /// Where the separatrix between the two states lies, as a share of the way to the upper one.
        pub separatrix: f64 = "healing.two_states.watershed",
        /// How elastin answers while sessions fill the gap of collagen: plus where it is restored, minus where it is
        /// lost.
        pub elastin: f64 = "healing.elastin.answer",
        /// Gain of the epidermis by one reference session.
        pub epidermal_gain: f64 = "healing.epidermis.gain",
        /// Time in which the epidermis thins again.
        pub epidermal_decay: Time = "healing.epidermis.decay",
        /// Time in which the epidermis thickens after a session.
        pub epidermal_rise: Time = "healing.epidermis.rise",
        /// Injured share of the reference session.
        pub epidermal_reference: f64 = "healing.epidermis.reference_share",
        /// Injured share, over the reference, beyond which the epidermis answers no more.
        pub epidermal_cap: f64 = "healing.epidermis.cap",
        /// Largest gain of the epidermis.
        pub epidermal_most: f64 = "healing.epidermis.most",
    }
}
