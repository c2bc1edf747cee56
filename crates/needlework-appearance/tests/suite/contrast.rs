//! The response of colour of each group of skin against the full optics: its passports come again, differences agree,
//! and orders are kept.

use crate::reference::{book, laws, tables};
use needlework_appearance::adding_doubling::DiscreteOrdinates;
use needlework_appearance::colour::{Field, Lab, Observer, difference_1976};
use needlework_appearance::skin_optics::{OpticalLaws, SkinState, SpectralTables, skin_of_group, spectrum};
use needlework_appearance::{ColourResponse, MarkParameters, MarkState, mark_in};

const GROUPS: [&str; 5] = ["light", "intermediate", "tan", "brown", "dark"];

struct Optics {
    tables: SpectralTables,
    laws: OpticalLaws,
    streams: DiscreteOrdinates,
    observer: Observer,
}

impl Optics {
    fn new() -> Self {
        let tables = tables();
        let observer = Observer::new(&tables, Field::TwoDegrees).unwrap();
        Self {
            tables,
            laws: laws(),
            streams: DiscreteOrdinates::new(16, 1.4).unwrap(),
            observer,
        }
    }

    fn lab(&self, state: &SkinState) -> Lab {
        let seen = spectrum(&self.tables, &self.laws, &self.streams, state).unwrap();
        let shares: Vec<f64> = seen.iter().map(|r| r.collimated_diffuse).collect();
        self.observer.lab(&shares).unwrap()
    }
}

fn skin(group: &str) -> SkinState {
    let book = book();
    skin_of_group(group, &mut |key| book.value(key).ok()).unwrap()
}

fn scattering(skin: &SkinState, ratio: f64) -> SkinState {
    SkinState {
        upper_scattering_scale: skin.upper_scattering_scale * ratio,
        lower_scattering_scale: skin.lower_scattering_scale * ratio,
        ..*skin
    }
}

#[test]
fn the_responses_of_the_evidence_are_secants_of_the_full_optics() {
    let (optics, book) = (Optics::new(), book());
    let mut wrong = String::new();
    for group in GROUPS {
        let skin = skin(group);
        let base = optics.lab(&skin);
        let half_melanin = SkinState {
            melanin_fraction: 0.5 * skin.melanin_fraction,
            ..skin
        };
        let thrice_blood = SkinState {
            upper_blood_fraction: 3.0 * skin.upper_blood_fraction,
            ..skin
        };
        for (what, changed, by) in [
            ("melanin", half_melanin, 0.5_f64.ln()),
            ("blood", thrice_blood, 2.0),
            ("scattering", scattering(&skin, 0.8), 0.8_f64.ln()),
        ] {
            let lab = optics.lab(&changed);
            let found = [
                ("lightness", lab.lightness - base.lightness),
                ("redness", lab.redness - base.redness),
                ("yellowness", lab.yellowness - base.yellowness),
            ];
            for (axis, difference) in found {
                let key = format!("appearance.response.{group}.{what}.{axis}");
                let wanted = difference / by;
                let stated = book.value(&key).unwrap_or(f64::NAN);
                if stated.is_nan() || (stated - wanted).abs() >= 0.0006 {
                    wrong.push_str(&format!("{key} = {wanted:.3}\n"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

fn parameters() -> MarkParameters {
    let book = book();
    MarkParameters::fill(&mut |key| book.value(key).unwrap())
}

/// A red mark that fades and turns, a pale one that is restored, a dark mark that comes and goes: each in steps.
fn courses() -> Vec<Vec<MarkState>> {
    let still = MarkState::default();
    let steps = || (0..=10).map(|i| f64::from(i) / 10.0);
    vec![
        steps()
            .map(|x| MarkState {
                redness: 1.0 - x,
                ..still
            })
            .collect(),
        steps()
            .map(|x| MarkState {
                redness: 0.3 * (1.0 - x),
                paleness: x,
                ..still
            })
            .collect(),
        steps()
            .map(|x| MarkState {
                paleness: 1.0,
                restored: x,
                epidermal_gain: 0.5 * x,
                ..still
            })
            .collect(),
        steps()
            .map(|x| MarkState {
                paleness: 0.5,
                redness: 0.2,
                dark: x,
                ..still
            })
            .collect(),
    ]
}

#[test]
fn differences_agree_with_the_full_optics_and_keep_the_order_of_states() {
    let (optics, book, parameters) = (Optics::new(), book(), parameters());
    // What is just noticed, dE76.
    let noticed = 2.3;
    for group in GROUPS {
        let skin = skin(group);
        let response = ColourResponse::of_group(group, &mut |key| book.value(key).ok()).unwrap();
        let base = optics.lab(&skin);
        for (which, course) in courses().iter().enumerate() {
            let both: Vec<[f64; 2]> = course
                .iter()
                .map(|state| {
                    let mark = mark_in(&skin, state, &parameters);
                    [
                        response.difference(&skin, &mark),
                        difference_1976(optics.lab(&mark), base),
                    ]
                })
                .collect();
            for [quick, full] in &both {
                assert!(
                    (quick - full).abs() < 1.2 + 0.25 * full,
                    "{group} course {which}: {quick} against {full}"
                );
            }
            for a in &both {
                for b in &both {
                    if b[1] - a[1] > noticed {
                        assert!(b[0] > a[0], "{group} course {which}: {a:?} {b:?}");
                    }
                }
            }
        }
    }
}
