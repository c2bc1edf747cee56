//! The risk of an infection by any set of punctures, as a range over regimes.
//!
//! Every puncture is a site of its own: a session that carries in forty germs puts them into forty channels of a hundred thousand, and each lineage has to win by
//! itself. Given the person, punctures and sessions are independent; over people they are not, since someone who resisted the first session will rather
//! resist the next.
//!
//! Limits: nobody has counted infections of home rollers, so the answer is the range of the regimes and no number within it.

use crate::flora::{Cleanliness, GermParameters, Inoculum, Wounds, inoculate};
use crate::host::{Fate, HostParameters, HostPerson, Regime, fate};

/// How a person differs; standard normal draws.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct InfectionPerson {
    /// Flora.
    pub flora: f64,
    /// Defence.
    pub host: HostPerson,
}

/// How a person deals with germs in each regime. It does not hang on the plan.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Defence {
    perfused: Fate,
    sealed: Fate,
    partly_sealed: Fate,
    foreign_body: Fate,
}

impl Defence {
    /// A person's, in one world.
    #[must_use]
    pub fn of(host: &HostParameters, person: &HostPerson) -> Self {
        Self {
            perfused: fate(Regime::Perfused, host, person),
            sealed: fate(Regime::Sealed, host, person),
            partly_sealed: fate(Regime::PartlySealed, host, person),
            foreign_body: fate(Regime::ForeignBody, host, person),
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
    let chance = |fate: &Fate, share: f64| {
        let puncture = fate.risk(per_puncture * share);
        // Written with logarithms, since a puncture's risk may be far below the last digit of one.
        let none = wounds.count * (-puncture).ln_1p();
        Chance {
            puncture,
            session: -none.exp_m1(),
            course: -(none * f64::from(sessions)).exp_m1(),
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
    use needlework_numerics::{mean, normals};

    fn of(cleanliness: Cleanliness, sessions: u32) -> Infection {
        infect(
            &wounds(),
            sessions,
            &cleanliness,
            &parameters(),
            &defence(&HostPerson::default()),
            0.0,
        )
    }

    fn defence(person: &HostPerson) -> Defence {
        Defence::of(&crate::host::tests::parameters(), person)
    }

    fn people(sessions: u32) -> Vec<Infection> {
        const PEOPLE: usize = 500;
        let draws: Vec<Vec<f64>> = ["a", "b", "c", "d", "e"]
            .iter()
            .map(|name| normals(5, name, PEOPLE))
            .collect();
        let covered = Cleanliness {
            covered: true,
            ..clean()
        };
        (0..PEOPLE)
            .map(|i| {
                let person = HostPerson {
                    growth: draws[1][i],
                    neutrophils: draws[2][i],
                    saturation: draws[3][i],
                    delay: draws[4][i],
                };
                infect(
                    &wounds(),
                    sessions,
                    &covered,
                    &parameters(),
                    &defence(&person),
                    draws[0][i],
                )
            })
            .collect()
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
        let prone = HostPerson {
            growth: 1.5,
            delay: 1.5,
            ..HostPerson::default()
        };
        let course = |sessions| infect(&wounds(), sessions, &dirty, &parameters(), &defence(&prone), 0.0);
        let (one, six) = (course(1), course(6));
        assert!(one.high > 0.0 && six.high >= one.high, "{one:?} {six:?}");
        assert_eq!(one.sealed.session, six.sealed.session);
        assert_eq!(one.sealed.course, one.sealed.session);
        assert!(one.sealed.puncture < one.sealed.session);
    }

    /// People differ, so six sessions infect fewer people than six independent ones would.
    #[test]
    fn sessions_of_one_person_are_not_independent() {
        let one = mean(&people(1).iter().map(|found| found.sealed.course).collect::<Vec<_>>());
        let six = mean(&people(6).iter().map(|found| found.sealed.course).collect::<Vec<_>>());
        let independent = 1.0 - (1.0 - one).powi(6);
        assert!(six > one && six < 0.8 * independent, "{one} {six} {independent}");
    }
}
