//! What is not known of skin in general: the parameters of layers, stiffness and fibres, drawn once for each world.

use needlework_evidence::parameters;
use needlework_units::{Angle, BodyMassIndex, Length, Stress, Time};

parameters! {
    /// What is not known of skin in general; a world's draw.
    pub struct Parameters {
        /// Dermis at the abdomen of the reference person.
        pub dermis: Length = "skin.dermis.reference",
        /// Epidermis with its stratum corneum at the reference site.
        pub epidermis: Length = "skin.epidermis.reference",
        /// Stratum corneum (horny layer) at the reference site.
        pub stratum_corneum: Length = "skin.horny.reference",
        /// Papillary dermis, from the epidermis down.
        pub papillary: Length = "skin.papillary",
        /// Fat under the skin of the abdomen of the reference person.
        pub fat: Length = "skin.fat.reference",
        /// Fat between skin and bone where bone lies right under it.
        pub fat_on_bone: Length = "skin.fat.on_bone",
        /// Dermis of men over that of women.
        pub male_ratio: f64 = "skin.dermis_ratio.male",
        /// Factor on the dermis for each decade of age beyond the reference.
        pub decade_ratio: f64 = "skin.dermis_ratio.decade",
        /// Extra dermis for each ten units of body mass index beyond the reference.
        pub gain_per_ten_bmi: Length = "skin.dermis_gain.ten_bmi",
        /// Fat that men have less.
        pub male_less_fat: Length = "skin.fat.male_less",
        /// Extra fat for each ten units of body mass index beyond the reference.
        pub fat_gain_per_ten_bmi: Length = "skin.fat_gain.ten_bmi",
        /// Age of the reference person.
        pub reference_age: Time = "skin.reference.age",
        /// Body mass index of the reference person.
        pub reference_bmi: BodyMassIndex = "skin.reference.bmi",
        /// Least dermis that a person is given, so that extreme answers leave skin to compute with.
        pub least_dermis: Length = "skin.dermis.least",
        /// Least fat that a person is given.
        pub least_fat: Length = "skin.fat.least",
        /// Spread of the dermis between people of one body, in its logarithm.
        pub dermis_person_sd: f64 = "skin.dermis.person_sd",
        /// The same of the epidermis.
        pub epidermis_person_sd: f64 = "skin.epidermis.person_sd",
        /// The same of the stratum corneum.
        pub stratum_corneum_person_sd: f64 = "skin.horny.person_sd",
        /// The same of the fat.
        pub fat_person_sd: f64 = "skin.fat.person_sd",
        /// Spread of the epidermis from point to point of one site, in its logarithm.
        pub epidermis_scatter: f64 = "skin.epidermis.scatter",
        /// Modulus of the epidermis, pressed.
        pub epidermis_modulus: Stress = "skin.modulus.epidermis",
        /// Modulus of the dermis, pressed at small strain in vivo.
        pub dermis_modulus: Stress = "skin.modulus.dermis",
        /// Modulus of the fat.
        pub fat_modulus: Stress = "skin.modulus.fat",
        /// Spread of the epidermis's modulus between people, in its logarithm.
        pub epidermis_modulus_person_sd: f64 = "skin.modulus.epidermis.person_sd",
        /// Spread of the dermis's stiffness between people, in its logarithm.
        pub stiffness_person_sd: f64 = "skin.stiffness.person_sd",
        /// Spread of the fat's modulus between people, in its logarithm.
        pub fat_modulus_person_sd: f64 = "skin.modulus.fat.person_sd",
        /// Factor on the stiffness of dermis and fibres for each decade of age.
        pub stiffness_decade_ratio: f64 = "skin.stiffness.decade_ratio",
        /// Factor on the matrix for each decade of age, by loss of elastin.
        pub matrix_decade_ratio: f64 = "skin.fibres.matrix.decade_ratio",
        /// Factor on the order of the fibres, 1 − 3κ, for each decade of age.
        pub order_decade_ratio: f64 = "skin.fibres.order.decade_ratio",
        /// Stretch in which skin lives, along its tension line; a fraction.
        pub prestretch: f64 = "skin.prestretch",
        /// Spread of that stretch between people, in its logarithm.
        pub prestretch_person_sd: f64 = "skin.prestretch.person_sd",
        /// Factor on that stretch for each decade of age.
        pub prestretch_decade_ratio: f64 = "skin.prestretch.decade_ratio",
        /// Spread of the direction of tension lines between people.
        pub line_person_sd: Angle = "skin.tension_line.person_sd",
        /// Correlation of the thickness of epidermis and stratum corneum.
        pub epidermis_stratum_corneum: f64 = "skin.correlation.epidermis_horny",
        /// Correlation of the dermis's thickness with its stiffness.
        pub dermis_stiffness: f64 = "skin.correlation.dermis_stiffness",
        /// Correlation of the dermis with the fat.
        pub dermis_fat: f64 = "skin.correlation.dermis_fat",
        /// Shear modulus of the dermis's matrix.
        pub matrix: Stress = "skin.fibres.matrix",
        /// Stiffness of the fibres, k₁.
        pub fibre_stiffness: Stress = "skin.fibres.stiffness",
        /// How fast they stiffen, k₂.
        pub fibre_stiffening: f64 = "skin.fibres.stiffening",
        /// Scatter of their directions, κ.
        pub fibre_dispersion: f64 = "skin.fibres.dispersion",
        /// Angle of each family to the tension line.
        pub fibre_angle: Angle = "skin.fibres.angle",
        /// Share of the matrix's stiffness that elastin carries.
        pub elastin_share: f64 = "skin.fibres.elastin_share",
        /// Strain at which skin tears, on average over all directions of the pull.
        pub failure_strain: f64 = "skin.fibres.failure_strain",
    }
}
