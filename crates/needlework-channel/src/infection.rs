//! The risk of an infection by any set of punctures, as a range over regimes.
//!
//! Every puncture is a site of its own: a session that carries in forty germs puts them into forty channels of a hundred thousand, and each lineage has to win by
//! itself. Given the person, punctures and sessions are independent; over people they are not, since someone who resisted the first session will rather
//! resist the next.
//!
//! Limits: nobody has counted infections of home rollers, so the answer is the range of the regimes and no number within it.

use needlework_numerics::normal_lattice;

use crate::flora::{Cleanliness, GermParameters, Inoculum, Wounds, inoculate};
use crate::host::{Fate, HostParameters, HostPerson, NeutrophilCourse, Regime, fate};

/// How the people of a world deal with germs in each regime. It does not hang on the plan.
///
/// How well one's defence works can't be seen beforehand, so a person's risk is the mean over all who they might be: over an even lattice of
/// growth, neutrophils, saturation and delay. That also keeps rare infections from hanging on who happened to be drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Defence {
    perfused: Vec<Fate>,
    sealed: Vec<Fate>,
    partly_sealed: Vec<Fate>,
    foreign_body: Vec<Fate>,
}

impl Defence {
    /// Of one world, with neutrophils as in `course`.
    #[must_use]
    pub fn of(host: &HostParameters, course: &NeutrophilCourse) -> Self {
        // numerical: eight times as many change the risk of a course by less than a tenth
        const PEOPLE: usize = 64;
        Self::of_people(host, course, PEOPLE)
    }

    fn of_people(host: &HostParameters, course: &NeutrophilCourse, count: usize) -> Self {
        let people: Vec<HostPerson> = normal_lattice::<4>(count)
            .into_iter()
            .map(|[growth, neutrophils, saturation, delay]| HostPerson {
                growth,
                neutrophils,
                saturation,
                delay,
            })
            .collect();
        let all = |regime| people.iter().map(|person| fate(regime, host, course, person)).collect();
        Self {
            perfused: all(Regime::Perfused),
            sealed: all(Regime::Sealed),
            partly_sealed: all(Regime::PartlySealed),
            foreign_body: all(Regime::ForeignBody),
        }
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
    /// If channels act as sealed wounds: wholly under a cover, in part in air and there for the germs that outlive the open window.
    pub sealed: Chance,
    /// If something is left in them; where nothing is, as sealed.
    pub foreign_body: Chance,
    /// Least of the regimes, in the course.
    pub low: f64,
    /// Most of the regimes, in the course.
    pub high: f64,
}

/// The risk of a course of `sessions` that leaves `wounds` each time, in a person with this `defence` whose `flora` is a standard normal draw.
#[must_use]
pub fn infect(
    wounds: &Wounds,
    sessions: u32,
    cleanliness: &Cleanliness,
    germs: &GermParameters,
    defence: &Defence,
    flora: f64,
) -> Infection {
    let inoculum = inoculate(wounds, cleanliness, germs, flora);
    let per_puncture = if wounds.count > 0.0 {
        inoculum.total() / wounds.count
    } else {
        0.0
    };
    let chance = |fates: &[Fate], share: f64| {
        let mut mean = Chance {
            puncture: 0.0,
            session: 0.0,
            course: 0.0,
        };
        for fate in fates {
            let puncture = fate.risk(per_puncture * share);
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
        let count = fates.len().max(1) as f64;
        Chance {
            puncture: mean.puncture / count,
            session: mean.session / count,
            course: mean.course / count,
        }
    };
    let perfused = chance(&defence.perfused, 1.0);
    let sealed = if cleanliness.covered {
        chance(&defence.sealed, 1.0)
    } else {
        chance(&defence.partly_sealed, germs.survival_in_air.min(1.0))
    };
    let foreign_body = if cleanliness.through_cloth {
        chance(&defence.foreign_body, 1.0)
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

    fn of(cleanliness: Cleanliness, sessions: u32) -> Infection {
        infect(&wounds(), sessions, &cleanliness, &parameters(), &defence(), 0.0)
    }

    fn defence() -> Defence {
        Defence::of(&crate::host::tests::parameters(), &crate::host::tests::course())
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
        let host = crate::host::tests::parameters();
        for covered in [true, false] {
            let cleanliness = Cleanliness { covered, ..clean() };
            let with = |count| {
                infect(
                    &wounds(),
                    3,
                    &cleanliness,
                    &parameters(),
                    &Defence::of_people(&host, &crate::host::tests::course(), count),
                    0.0,
                )
            };
            let (few, many) = (with(64), with(512));
            let off = (few.sealed.course / many.sealed.course - 1.0).abs();
            assert!(off < 0.25, "{covered}: {} {}", few.sealed.course, many.sealed.course);
        }
    }
}
