//! The risk of an infection by any set of punctures, as a range over regimes.
//!
//! Every puncture is a site of its own: a session that carries in forty germs puts them into forty channels of a
//! hundred thousand, and each lineage has to win by itself. Given the person, punctures and sessions are independent;
//! over people they are not, since someone who resisted the first session will rather resist the next.
//!
//! Loads belong to whoever and whatever bears them. Only a share q of people carries harmful germs at all, and theirs
//! are 1/q times as many as the mean: risk = q·risk(N/q). Through clothing only a share s of punctures leaves a fibre,
//! and only those are foreign bodies: p = s·p_foreign + (1 − s)·p_otherwise. Germs that get in after the session
//! ([`crate::contaminate`]) count as if they had come with it, on the careful side, since neutrophils are there by
//! then.
//!
//! What clinics counted, p₀ in courses of N₀ sessions with a usual session each, is scaled to the plan: 1 − (1 −
//! p₀)^{(N/N₀)^a·X^a}, X the germs that the plan's session puts at open channels over those of the usual one on the
//! same skin, and a between 0 (no effect) and 1 (in proportion), since no study compared them ([`counted`]). So it
//! answers to sessions, holes and skin as the model's range beside it does.
//!
//! Limits: nobody has counted infections of home rollers, so the answer is the range of the regimes and no number
//! within it.

use needlework_numerics::normal_lattice;

use crate::dose_response::{DoseResponse, HostParameters, HostPersonDraws, NeutrophilCourse, dose_responses};
use crate::flora::{Aftermath, Cleanliness, GermParameters, Inoculum, Wounds, contaminate, inoculate};

/// How the people of a world deal with germs in each regime. It does not hang on the plan.
///
/// How well one's defence works can't be seen beforehand, so a person's risk is the mean over all who they might be:
/// over an even lattice of growth, neutrophils, saturation and delay. That also keeps rare infections from hanging on
/// who happened to be drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct ImmuneResponse {
    perfused: Vec<DoseResponse>,
    sealed: Vec<DoseResponse>,
    partly_sealed: Vec<DoseResponse>,
    foreign_body: Vec<DoseResponse>,
}

impl ImmuneResponse {
    /// Of one world, with neutrophils as in `course`.
    #[must_use]
    pub fn of(host: &HostParameters, course: &NeutrophilCourse) -> Self {
        // numerical: eight times as many change the risk of a course by less than a tenth
        const PEOPLE: usize = 64;
        Self::of_people(host, course, PEOPLE)
    }

    fn of_people(host: &HostParameters, course: &NeutrophilCourse, count: usize) -> Self {
        let mut all = Self {
            perfused: Vec::with_capacity(count),
            sealed: Vec::with_capacity(count),
            partly_sealed: Vec::with_capacity(count),
            foreign_body: Vec::with_capacity(count),
        };
        for [growth, neutrophils, saturation, delay] in normal_lattice::<4>(count) {
            let person = HostPersonDraws {
                growth,
                neutrophils,
                saturation,
                delay,
            };
            let [perfused, sealed, partly_sealed, foreign_body] = dose_responses(host, course, &person);
            all.perfused.push(perfused);
            all.sealed.push(sealed);
            all.partly_sealed.push(partly_sealed);
            all.foreign_body.push(foreign_body);
        }
        all
    }
}

/// A probability at three scales.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Chance {
    /// Of one puncture.
    pub puncture: f64,
    /// Of one session.
    pub session: f64,
    /// Of the course.
    pub course: f64,
}

/// The risk of an infection.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Infection {
    /// Harmful germs carried in by one session.
    pub inoculum: Inoculum,
    /// If neutrophils reach every channel at once.
    pub perfused: Chance,
    /// If channels act as sealed wounds: wholly under a cover, in part in air and there for the germs that outlive the
    /// open window.
    pub sealed: Chance,
    /// If something is left in them; where nothing is, as sealed.
    pub foreign_body: Chance,
    /// Least of the regimes, in the course.
    pub low: f64,
    /// Most of the regimes, in the course.
    pub high: f64,
}

/// The risk of a course as clinics counted it, scaled by its sessions and by `exposure`: germs at the open channels of
/// one of its sessions over those of a usual session with the same skin.
#[must_use]
pub fn counted(sessions: u32, exposure: f64, germs: &GermParameters) -> f64 {
    let ratio = f64::from(sessions) / germs.clinic_sessions * exposure.max(0.0);
    if ratio <= 0.0 {
        return 0.0;
    }
    let times = ratio.powf(germs.clinic_power.clamp(0.0, 1.0));
    -((-germs.clinic_risk()).ln_1p() * times).exp_m1()
}

/// The risk of a course of `sessions` that leaves `wounds` each time, in a person with this `defence` whose `flora` is
/// a standard normal draw.
#[must_use]
pub fn infect(
    wounds: &Wounds,
    sessions: u32,
    cleanliness: &Cleanliness,
    aftermath: &Aftermath,
    germs: &GermParameters,
    immune_response: &ImmuneResponse,
    flora: f64,
) -> Infection {
    let mut inoculum = inoculate(wounds, cleanliness, germs, flora);
    inoculum.late = contaminate(wounds, cleanliness, aftermath, germs, flora);
    let per_puncture = if wounds.count > 0.0 {
        inoculum.total() / wounds.count
    } else {
        0.0
    };
    let carriers = germs.carriers.clamp(f64::MIN_POSITIVE, 1.0);
    let carried = per_puncture / carriers;
    // The mean over all the people that a person may be, carriers and others; `of` is the risk of one puncture.
    let mean_over = |of: &dyn Fn(usize) -> f64| {
        let mut mean = Chance {
            puncture: 0.0,
            session: 0.0,
            course: 0.0,
        };
        let count = immune_response.perfused.len();
        for person in 0..count {
            let puncture = of(person);
            // Written with logarithms, since a puncture's risk may be far below the last digit of one.
            mean.puncture += puncture;
            // Where nothing is punctured nothing is infected, however surely a puncture would be.
            if wounds.count <= 0.0 || sessions == 0 {
                continue;
            }
            let none = wounds.count * (-puncture).ln_1p();
            mean.session -= none.exp_m1();
            mean.course -= (none * f64::from(sessions)).exp_m1();
        }
        let share = carriers / count.max(1) as f64;
        Chance {
            puncture: mean.puncture * share,
            session: mean.session * share,
            course: mean.course * share,
        }
    };
    let risk = |dose_responses: &[DoseResponse], person: usize, share: f64| {
        dose_responses
            .get(person)
            .map_or(0.0, |dose_response| dose_response.risk(carried * share))
    };
    let otherwise = |person: usize| {
        if cleanliness.covered {
            risk(&immune_response.sealed, person, 1.0)
        } else {
            risk(&immune_response.partly_sealed, person, germs.survival_in_air.min(1.0))
        }
    };
    let perfused = mean_over(&|person| risk(&immune_response.perfused, person, 1.0));
    let sealed = mean_over(&otherwise);
    let foreign_body = if cleanliness.through_cloth {
        let fibres = germs.fibre_share.clamp(0.0, 1.0);
        mean_over(&|person| {
            fibres * risk(&immune_response.foreign_body, person, 1.0) + (1.0 - fibres) * otherwise(person)
        })
    } else {
        sealed
    };
    let courses = [perfused.course, sealed.course, foreign_body.course];
    Infection {
        inoculum,
        perfused,
        sealed,
        foreign_body,
        low: courses.into_iter().fold(f64::INFINITY, f64::min),
        high: courses.into_iter().fold(0.0, f64::max),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::flora::tests::{clean, parameters, wounds};
    use crate::flora::{NeedleState, Preparation};
    use needlework_units::Time;

    fn of(cleanliness: Cleanliness, sessions: u32) -> Infection {
        infect(
            &wounds(),
            sessions,
            &cleanliness,
            &aftermath(),
            &parameters(),
            &immune_response(),
            0.0,
        )
    }

    fn aftermath() -> Aftermath {
        Aftermath {
            window: Time::from_hours(24.0),
            hands_clean: true,
            water: None,
        }
    }

    #[test]
    fn unwashed_hands_early_water_and_a_longer_window_each_let_more_germs_in_after_the_session() {
        let late = |aftermath: Aftermath| {
            let course = infect(
                &wounds(),
                3,
                &clean(),
                &aftermath,
                &parameters(),
                &immune_response(),
                0.0,
            );
            (course.inoculum.late, course.high)
        };
        let more = |dirty: Aftermath, clean: Aftermath| {
            let (dirty, clean) = (late(dirty), late(clean));
            assert!(dirty.0 > clean.0 && dirty.1 >= clean.1, "{dirty:?} {clean:?}");
        };
        let at = |hours: f64| Aftermath {
            water: Some(Time::from_hours(hours)),
            ..aftermath()
        };
        more(
            Aftermath {
                hands_clean: false,
                ..aftermath()
            },
            aftermath(),
        );
        more(at(1.0), at(12.0));
        more(at(12.0), aftermath());
        more(
            Aftermath {
                window: Time::from_hours(60.0),
                ..aftermath()
            },
            aftermath(),
        );
        // Water after the window is no water at all, and channels that never were open let nothing in.
        assert_eq!(late(at(30.0)), late(aftermath()));
        let closed = Aftermath {
            window: Time::ZERO,
            ..at(0.0)
        };
        assert_eq!(late(closed).0, 0.0);
    }

    /// A load belongs to the punctures that carry anything: through clothing a single injection is far from certain to
    /// infect, since few punctures leave a fibre and few people carry.
    #[test]
    fn one_puncture_through_cloth_infects_no_more_often_than_it_leaves_a_fibre_in_a_carrier() {
        let one = Wounds { count: 1.0, ..wounds() };
        let through = Cleanliness {
            through_cloth: true,
            ..clean()
        };
        let never = Aftermath {
            window: Time::ZERO,
            ..aftermath()
        };
        let of = |germs: &GermParameters| infect(&one, 1, &through, &never, germs, &immune_response(), 0.0);
        let p = parameters();
        let found = of(&p);
        let bound = p.carriers * p.fibre_share + found.sealed.course;
        assert!(found.foreign_body.course <= bound + 1e-12, "{found:?}");
        let all_fibres = GermParameters {
            fibre_share: 1.0,
            ..parameters()
        };
        assert!(of(&all_fibres).foreign_body.course > found.foreign_body.course);
    }

    /// With few germs it does not matter who bears them, with many it does: a mean that belongs to few people infects
    /// fewer.
    #[test]
    fn germs_that_few_people_carry_infect_fewer_people_than_the_same_mean_in_all() {
        let with = |carriers: f64, log_per_cm2: f64| {
            let mut dirty = Cleanliness {
                covered: true,
                ..clean()
            };
            dirty.flora.log_per_cm2 = log_per_cm2;
            let germs = GermParameters {
                carriers,
                ..parameters()
            };
            infect(&wounds(), 3, &dirty, &aftermath(), &germs, &immune_response(), 0.0)
                .sealed
                .course
        };
        assert!(with(0.15, 5.0) < with(1.0, 5.0));
        assert!(with(0.15, 5.0) <= 0.15);
        let few = with(0.15, -3.0) / with(1.0, -3.0);
        assert!((few - 1.0).abs() < 0.3, "{few}");
    }

    #[test]
    fn what_clinics_counted_answers_to_sessions_and_exposure_and_gives_itself_back() {
        let p = parameters();
        assert!(
            (counted(2, 1.0, &p) - p.clinic_risk()).abs() < 1e-12,
            "the usual course"
        );
        assert!(counted(6, 1.0, &p) > counted(2, 1.0, &p) && counted(2, 3.0, &p) > counted(2, 1.0, &p));
        assert_eq!((counted(0, 1.0, &p), counted(3, 0.0, &p)), (0.0, 0.0));
        let flat = GermParameters {
            clinic_power: 0.0,
            ..parameters()
        };
        assert!((counted(9, 7.0, &flat) - p.clinic_risk()).abs() < 1e-12);
    }

    fn immune_response() -> ImmuneResponse {
        ImmuneResponse::of(
            &crate::dose_response::tests::parameters(),
            &crate::dose_response::tests::course(),
        )
    }

    #[test]
    fn dirt_and_cover_never_lower_the_range() {
        use NeedleState::{Cleaned, Dirty, DisinfectedOnly, Sterile};
        use Preparation::{Disinfected, None, Washed, Wiped};
        let no_milder = |cleaner: Infection, dirtier: Infection| {
            assert!(
                dirtier.low >= cleaner.low && dirtier.high >= cleaner.high,
                "{cleaner:?} {dirtier:?}"
            );
        };
        for pair in [Sterile, Cleaned, DisinfectedOnly, Dirty].windows(2) {
            let with = |needles| of(Cleanliness { needles, ..clean() }, 3);
            no_milder(with(pair[0]), with(pair[1]));
        }
        for pair in [Disinfected, Wiped, Washed, None].windows(2) {
            let with = |preparation| of(Cleanliness { preparation, ..clean() }, 3);
            no_milder(with(pair[0]), with(pair[1]));
        }
        let covered = Cleanliness {
            covered: true,
            ..clean()
        };
        no_milder(of(clean(), 3), of(covered, 3));
        let through_cloth = Cleanliness {
            through_cloth: true,
            ..clean()
        };
        no_milder(of(clean(), 3), of(through_cloth, 3));
    }

    #[test]
    fn no_session_is_no_risk_and_more_are_more() {
        assert_eq!((of(clean(), 0).low, of(clean(), 0).high), (0.0, 0.0));
        let dirty = Cleanliness {
            covered: true,
            needles: NeedleState::Dirty,
            wet: true,
            ..clean()
        };
        let course = |sessions| of(dirty, sessions);
        let (one, six) = (course(1), course(6));
        assert!(one.high > 0.0 && six.high >= one.high, "{one:?} {six:?}");
        assert_eq!(one.sealed.session, six.sealed.session);
        assert!((one.sealed.course - one.sealed.session).abs() < 1e-15);
        assert!(one.sealed.puncture < one.sealed.session);
    }

    /// People differ, so six sessions infect fewer people than six independent ones would.
    #[test]
    fn sessions_of_one_person_are_not_independent() {
        let covered = Cleanliness {
            covered: true,
            ..clean()
        };
        let (one, six) = (of(covered, 1).sealed.course, of(covered, 6).sealed.course);
        let independent = 1.0 - (1.0 - one).powi(6);
        assert!(six > one && six < 0.8 * independent, "{one} {six} {independent}");
    }

    #[test]
    fn more_people_in_the_lattice_change_little() {
        let host = crate::dose_response::tests::parameters();
        for covered in [true, false] {
            let cleanliness = Cleanliness { covered, ..clean() };
            let with = |count| {
                infect(
                    &wounds(),
                    3,
                    &cleanliness,
                    &aftermath(),
                    &parameters(),
                    &ImmuneResponse::of_people(&host, &crate::dose_response::tests::course(), count),
                    0.0,
                )
            };
            let (few, many) = (with(64), with(512));
            let off = (few.sealed.course / many.sealed.course - 1.0).abs();
            // Rare infections are a tail of the people, which few points see coarsely: 10 % where the
            // skin is covered, 2 % where it is not. Intervals over worlds are wider than that by far.
            assert!(off < 0.12, "{covered}: {} {}", few.sealed.course, many.sealed.course);
        }
    }
}
