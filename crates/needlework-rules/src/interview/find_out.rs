//! How somebody who does not know an answer can find it out: by what is asked, so that nobody is sent for a ruler to
//! say where a mark is.
//!
//! A question of one field has the help of that field; where a field has none of its own, that of its section. A list,
//! or a choice that answers several fields, has the help of all of them together: that of one thing would be wrong for
//! the others.
//!
//! Limits: the words are this project's own and name no figures.

/// How somebody who doesn't know one thing can find out; `path` is its field.
pub(crate) fn find_out(path: &str) -> &'static str {
    let section = section_of(path);
    let own = match section {
        "person" => of_person(path),
        "health" => of_health(path),
        "area" => of_area(path),
        "lesion" => of_lesion(path),
        "device" => of_device(path),
        "regimen" => of_regimen(path),
        "hygiene" => of_hygiene(path),
        _ => None,
    };
    own.unwrap_or_else(|| of_section(section))
}

fn section_of(path: &str) -> &str {
    path.split('.').next().unwrap_or(path)
}

/// The same for several things that are asked together.
pub(crate) fn find_out_together(paths: &[&str]) -> &'static str {
    match paths {
        [] => of_section(""),
        [only] => find_out(only),
        [first, ..] if paths.iter().all(|path| path.starts_with("hygiene.numbing")) => find_out(first),
        [first, ..] => match section_of(first) {
            "device" => "Look at the pack and at the needles, or ask whoever keeps them.",
            "area" => "Look in good light, and think back, or let somebody look; if in doubt, show it to a doctor.",
            "lesion" => "Look in good light, or let somebody look; a doctor can tell.",
            other => of_section(other),
        },
    }
}

/// The help of a section, for what in it has none of its own.
fn of_section(section: &str) -> &'static str {
    match section {
        "person" => "Take your best guess if it is a matter of degree; a doctor or pharmacist can tell.",
        "health" => "Your doctor or pharmacist knows; look at the leaflets of your medicines.",
        "area" | "symptoms" | "signs" => "Look in good light, or let somebody look; if in doubt, show it to a doctor.",
        "lesion" => "Look in good light; a doctor can tell the rest.",
        "device" => "It is printed on the pack or on the maker's page; whoever sells it must be able to say.",
        "regimen" => "It is part of the plan: decide it first, or ask the clinic.",
        "aftercare" => "Think of what you would do, or ask the clinic what it tells people to do.",
        "hygiene" => "Decide it before you begin, or ask the clinic how it is done there.",
        _ => "Take what comes nearest.",
    }
}

fn of_person(path: &str) -> Option<&'static str> {
    Some(match path {
        "person.age" => "Whole years are enough.",
        "person.sex" => "It is what was noted at your birth.",
        "person.fitzpatrick" => {
            "Think of skin that the sun rarely sees, and of what the first strong sun of a year does to it."
        }
        "person.ita" => "Only a device can measure it; most people leave it open.",
        "person.bmi" => "Weigh yourself and measure your height, and say both; a guess of each is better than nothing.",
        _ => return None,
    })
}

fn of_health(path: &str) -> Option<&'static str> {
    Some(match path {
        "health.distress" | "health.self_harm" => {
            "Only you can say. If you are not sure, talking to somebody you trust helps more than any device."
        }
        "health.pregnant" => "A test from a pharmacy, a midwife or a doctor can tell.",
        "health.breastfeeding" | "health.fainting" | "health.intoxicated" => {
            "Only you can say; if you are not sure, say so."
        }
        "health.gave_birth" => "A rough time is enough, such as how old the child is.",
        "health.isotretinoin" | "health.cancer_therapy" => {
            "A rough time is enough; whoever prescribed it, or your pharmacist, can look it up."
        }
        "health.hba1c" | "health.diabetes_complications" => {
            "It stands on your last blood test, or your doctor's practice can tell you."
        }
        "health.tetanus_out_of_date" => "It stands in your vaccination record; your doctor's practice can look it up.",
        "health.allergy_metal" | "health.allergy_topical" | "health.allergy_antiseptic" => {
            "Think of rashes from jewellery, plasters, creams or a dentist's injection; a doctor can test it."
        }
        "health.keloid_history" | "health.dark_marks_history" | "health.poor_healing" | "health.koebner_history" => {
            "Look at old cuts, spots, piercings and vaccination scars; a doctor can tell."
        }
        _ => return None,
    })
}

fn of_area(path: &str) -> Option<&'static str> {
    Some(match path {
        "area.surgery" | "area.laser_peel_filler" | "area.filler" | "area.radiotherapy" | "area.implant" => {
            "Whoever did it can look it up; a rough time is enough where a time is asked."
        }
        "area.retinoid_acid_wax_tanner" | "area.steroid_cream" => {
            "Look at what stands on the tubes and bottles that you use there; a pharmacist can tell what they are."
        }
        _ => return None,
    })
}

fn of_lesion(path: &str) -> Option<&'static str> {
    Some(match path {
        "lesion.site" => {
            "Say it as you would to a friend, such as belly, hip or upper arm; needlework sites lists every place."
        }
        "lesion.other_sites" => "Name every other place of the same plan, or none; needlework sites lists them.",
        "lesion.kind" | "lesion.stage" | "lesion.colour" => {
            "Look in daylight, and compare with the skin beside it; a doctor can tell."
        }
        "lesion.age" => {
            "Think of when you first saw them: growing, a pregnancy, a change of weight; a rough time is enough."
        }
        "lesion.treated_area" => {
            "Measure length and width with a ruler and multiply them, or count how often your hand covers it."
        }
        "lesion.width" | "lesion.length" => "Measure the largest one with a ruler.",
        "lesion.count" => "A rough number is enough.",
        "lesion.texture_matters" | "lesion.colour_matters" | "lesion.width_matters" => {
            "There is no right answer; left open, the usual weight counts."
        }
        "lesion.dermis_thickness" => "Only ultrasound can measure it; most people leave it open.",
        _ => return None,
    })
}

fn of_device(path: &str) -> Option<&'static str> {
    Some(match path {
        "device.kind" => "Look at how the needles are carried and moved: rolled, pressed, or driven by a motor.",
        "device.needles_used" | "device.uses" | "device.shared" | "device.condition" => {
            "Look at the needles, or ask whoever keeps them; what nobody can say for certain is not known."
        }
        _ => return None,
    })
}

fn of_regimen(path: &str) -> Option<&'static str> {
    Some(match path {
        "regimen.setting" => "Ask who would do it and what they are trained in; a clinic will tell you.",
        "regimen.last_session" | "regimen.sessions_so_far" => {
            "A rough answer is enough; photographs, messages or bills of then can tell."
        }
        "regimen.visible_change" => "Compare with a photograph from before, in the same light.",
        _ => return None,
    })
}

fn of_hygiene(path: &str) -> Option<&'static str> {
    path.starts_with("hygiene.numbing")
        .then_some("It is printed on the tube or in its leaflet; whoever puts it on can tell.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use needlework_case::{AnswerKind, fields};

    #[test]
    fn a_ruler_is_told_of_only_where_something_is_measured_in_length_or_area() {
        for field in fields() {
            let measured = field.kind == AnswerKind::Quantity && field.path.starts_with("lesion.");
            assert!(measured || !find_out(&field.path).contains("ruler"), "{}", field.path);
        }
        assert!(find_out("lesion.treated_area").contains("ruler"));
        assert!(find_out("lesion.site").contains("belly"));
    }

    #[test]
    fn things_of_a_kind_of_their_own_have_help_of_their_own() {
        let kinds = [
            "lesion.site",
            "lesion.stage",
            "lesion.treated_area",
            "person.bmi",
            "person.fitzpatrick",
            "health.pregnant",
            "health.tetanus_out_of_date",
            "health.self_harm",
            "device.kind",
            "device.needle_length",
            "regimen.setting",
            "regimen.last_session",
            "regimen.sessions",
            "hygiene.numbing",
            "hygiene.skin",
            "aftercare.topicals",
        ];
        for (at, one) in kinds.iter().enumerate() {
            assert!(
                kinds[at + 1..].iter().all(|other| find_out(one) != find_out(other)),
                "{one}"
            );
        }
    }

    #[test]
    fn a_list_is_helped_as_a_list_and_not_by_its_first_thing() {
        assert!(!find_out_together(&["health.pregnant", "health.diabetes"]).contains("test from a pharmacy"));
        assert_eq!(find_out_together(&["health.pregnant"]), find_out("health.pregnant"));
        let numbing = ["hygiene.numbing", "hygiene.numbing_area"];
        assert_eq!(find_out_together(&numbing), find_out("hygiene.numbing"));
    }
}
