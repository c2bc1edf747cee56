//! Conditions, histories, medicines and allergies of the whole person.

use needlework_units::Ratio;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Answer, Lapse};

/// Health of the whole person.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Health {
    /// Are you pregnant, or could you be?
    pub pregnant: Answer<Pregnant>,
    /// Are you breastfeeding?
    pub breastfeeding: Answer<bool>,
    /// Have you ever had a keloid or a raised scar?
    pub keloid_history: Answer<bool>,
    /// Have you ever had cold sores or herpes?
    pub herpes_history: Answer<bool>,
    /// Do dark marks stay after spots, cuts or treatments?
    pub dark_marks_history: Answer<bool>,
    /// Have you ever had psoriasis, lichen planus or vitiligo?
    pub koebner_history: Answer<bool>,
    /// Do you have a bleeding disorder?
    pub bleeding_disorder: Answer<bool>,
    /// Do you take blood thinners, aspirin (also a low dose), or another medicine against clotting?
    pub blood_thinner: Answer<bool>,
    /// When did you last take isotretinoin? ("never", "now", or how long ago you stopped)
    pub isotretinoin: Answer<Lapse>,
    /// Do you have diabetes?
    pub diabetes: Answer<bool>,
    /// What was your last HbA1c? (only with diabetes)
    pub hba1c: Answer<Ratio>,
    /// Does diabetes affect your feet or your skin? (only with diabetes)
    pub diabetes_complications: Answer<bool>,
    /// Is your immune system weakened: chemotherapy, transplant, biologic medicine, high-dose steroids, uncontrolled
    /// HIV?
    pub immunosuppressed: Answer<bool>,
    /// When did you last have cancer treatment by tablets or infusion? ("never", "now", or how long ago)
    pub cancer_therapy: Answer<Lapse>,
    /// Are you allergic to nickel, stainless steel or chromium?
    pub allergy_metal: Answer<bool>,
    /// Are you allergic to the planned cream or serum, or to numbing medicine?
    pub allergy_topical: Answer<bool>,
    /// Are you allergic to the antiseptic, to iodine or to latex used here?
    pub allergy_antiseptic: Answer<bool>,
    /// Do you have scleroderma, lupus or another collagen vascular disease?
    pub collagen_disease: Answer<bool>,
    /// Do you have an inherited connective tissue disease, such as Ehlers-Danlos or Marfan?
    pub connective_tissue_disease: Answer<bool>,
    /// Do you have an artificial heart valve, a heart defect or another heart disease, or have you had endocarditis?
    pub heart_risk: Answer<bool>,
    /// Do thoughts of harming yourself come to you?
    pub self_harm: Answer<bool>,
    /// Does distress about how you look weigh on you most days?
    pub distress: Answer<bool>,
    /// Do you have a fever, take antibiotics, or get boils again and again (or carry MRSA, or have hidradenitis)?
    pub fever_or_boils: Answer<bool>,
    /// Do you carry hepatitis B, hepatitis C or HIV?
    pub blood_borne_virus: Answer<bool>,
    /// Do you take a medicine, or have a light treatment, that makes skin sensitive to sun?
    pub photosensitiser: Answer<bool>,
    /// Do you have, or have you had, an eating disorder?
    pub eating_disorder: Answer<bool>,
    /// Have you fainted with needles before?
    pub fainting: Answer<bool>,
    /// Is your tetanus protection out of date?
    pub tetanus_out_of_date: Answer<bool>,
    /// Are you under the influence of alcohol or drugs now?
    pub intoxicated: Answer<bool>,
    /// Do you take steroid tablets?
    pub steroid_tablets: Answer<bool>,
    /// Do you take hormones (the pill, replacement, to affirm a gender), or anabolic steroids?
    pub hormones: Answer<Hormones>,
    /// When did you last give birth? ("never", or how long ago)
    pub gave_birth: Answer<Lapse>,
    /// Do your wounds heal slowly or badly, or do scars open again?
    pub poor_healing: Answer<bool>,
    /// Have you ever had sarcoidosis, or lasting lumps (granulomas) after a treatment, a filler or a tattoo?
    pub granuloma_history: Answer<bool>,
    /// Does one of these hold: methaemoglobinaemia or G6PD deficiency, a liver disease, a medicine for heart rhythm, a
    /// sulphonamide medicine, an allergy to sulphonamides or to PABA (sunscreen, hair dye)? (only with numbing cream)
    pub numbing_risk: Answer<bool>,
    /// Do you have a pacemaker, a defibrillator or another electronic implant? (only for needles that heat)
    pub electronic_implant: Answer<bool>,
}

/// Hormones that are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Hormones {
    /// Neither.
    None,
    /// Hormones: the pill, replacement, or to affirm a gender.
    Hormones,
    /// Anabolic steroids, such as for muscles.
    AnabolicSteroids,
}

/// Pregnancy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Pregnant {
    /// Yes.
    Yes,
    /// It cannot be ruled out.
    Possible,
    /// No.
    No,
}
