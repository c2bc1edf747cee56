//! What the engine computes of the claims: one match from the name of a measurement to its numbers, on the reference
//! cohorts.
//!
//! Shares and means carry the 5–95 % of worlds; lengths, pain and hours the 5–95 % of people. Where the numbers alone
//! decide a claim, the measurement says so, by the same thresholds as a verdict of benefit: a share whose 5 % bound is
//! above one half holds; one whose 95 % bound stays below one half (or one quarter, for a gain) does not.
//!
//! Limits: a measurement is made on a few reference people, not on everybody.

use needlework_case::{Answer, Case, DeviceKind};
use needlework_cohort::{Class, Cohort, PotentialOutcome, VirtualPerson, class_of};
use needlework_numerics::{Interval, mean};
use needlework_rules::{Facts, RuleSeverity, Safety, screen};
use needlework_units::{PERCENT, UM_PER_MM};
use needlework_verdict::{COURSES, VerdictError, difference, general_lines};

use crate::claims::ClaimVerdict;
use crate::computed::Computed;
use crate::measure::Measure;
use crate::references::{CREAM, GAIN, HOME, LATE, MONTHS, People, References, Rows, at_month, scaled};

/// What a measurement found.
pub(crate) struct Found {
    /// Its numbers.
    pub rows: Vec<Computed>,
    /// What they alone would say of the claim.
    pub says: Option<ClaimVerdict>,
}

impl References<'_> {
    /// Makes a measurement for a claim.
    pub(crate) fn measure(&self, measure: Measure, claim: &str) -> Result<Found, VerdictError> {
        let rows = Rows {
            references: self,
            claim,
        };
        Ok(match measure {
            Measure::GainOverTwin => self.gain_over_twin(&rows),
            Measure::NaturalCourse => self.natural_course(&rows),
            Measure::Layers => self.layers(&rows),
            Measure::MarkDermis => self.mark_dermis(&rows),
            Measure::Rollers => self.rollers(&rows),
            Measure::ReachDermis => self.reach_dermis(&rows),
            Measure::CollagenGain => self.collagen_gain(&rows),
            Measure::Modifiers => self.modifiers(&rows),
            Measure::Disappearance => self.disappearance(&rows),
            Measure::Speed => self.speed(&rows),
            Measure::Pain => self.pain(&rows),
            Measure::Cost => self.cost(&rows),
            Measure::Complexity => self.complexity(&rows),
            Measure::Infection => self.infection(&rows),
            Measure::Disinfection => self.disinfection(&rows),
            Measure::SiteRules => self.site_rules(&rows),
            Measure::NoGuarantee => self.no_guarantee(&rows),
            Measure::ClearImprovement => self.clear_improvement(&rows),
            Measure::Creams => self.creams(&rows),
            Measure::OtherConditions => self.other_conditions(&rows),
        })
    }

    fn both(&self) -> [&People; 2] {
        [&self.alba, &self.rubra]
    }

    /// What shares that were hoped for say: held up above one half, contradicted where all stay below `low`.
    fn decide(&self, shares: &[Interval], low: f64) -> ClaimVerdict {
        if shares.iter().all(|share| share.low > self.likely) {
            ClaimVerdict::Supported
        } else if shares.iter().all(|share| share.high < low) {
            ClaimVerdict::Contradicted
        } else {
            ClaimVerdict::Unknown
        }
    }

    fn gain_over_twin(&self, rows: &Rows<'_>) -> Found {
        let shares = self.both().map(|people| {
            let gains = |person: &VirtualPerson| difference(&people.cohort, person, GAIN) >= self.gain_points;
            (people, people.cohort.share(gains).interval)
        });
        let what = |people: &People| {
            format!(
                "{}, 1.5 mm in a clinic: gain 25 points or more over doing nothing, 6 months after the last session",
                people.label
            )
        };
        Found {
            rows: shares
                .iter()
                .map(|&(people, share)| rows.assessed(people, rows.share(people, what(people), share)))
                .collect(),
            says: Some(self.decide(&shares.map(|(_, share)| share), self.unlikely)),
        }
    }

    fn natural_course(&self, rows: &Rows<'_>) -> Found {
        let red = &self.rubra.cohort;
        let redness = |moment: usize| {
            let left = |person: &VirtualPerson| {
                red.observation(person, moment, PotentialOutcome::Untreated)
                    .redness_left
            };
            scaled(red.mean_over_worlds(left), PERCENT)
        };
        let mut found: Vec<Computed> = [(12, at_month(12)), (24, at_month(24)), (60, LATE)]
            .into_iter()
            .map(|(month, moment)| {
                let what = format!("red marks left alone: redness that is left after {month} months");
                rows.late(month, rows.own(&self.rubra, what, "% of the start", redness(moment)))
            })
            .collect();
        let pale = &self.alba.cohort;
        let better = pale.mean_over_worlds(|person| pale.improvement(person, LATE, PotentialOutcome::Untreated));
        let what = "pale marks left alone: improvement after 60 months".to_owned();
        found.push(rows.late(60, rows.own(&self.alba, what, "% of the start", better)));
        let texture = red.mean_over_worlds(|person| {
            1.0 - red
                .observation(person, LATE, PotentialOutcome::Untreated)
                .appearance
                .texture
        });
        let what = "red marks left alone: improvement of the texture after 60 months".to_owned();
        found.push(rows.late(
            60,
            rows.own(&self.rubra, what, "% of the start", scaled(texture, PERCENT)),
        ));
        let young = &self.fresh.cohort;
        let wider = young.mean_over_worlds(|person| {
            young
                .observation(person, 0, PotentialOutcome::Untreated)
                .appearance
                .width
                - 1.0
        });
        let what = "red marks two months old, left alone: wider after 6 months by".to_owned();
        found.push(rows.own(&self.fresh, what, "% of the start", scaled(wider, PERCENT)));
        let fades = redness(LATE).high < PERCENT;
        let stays = better.high < self.gain_points;
        let says = match (fades, stays) {
            (true, true) => ClaimVerdict::Partly,
            (true, false) => ClaimVerdict::Supported,
            (false, _) => ClaimVerdict::Contradicted,
        };
        Found {
            rows: found,
            says: Some(says),
        }
    }

    fn layers(&self, rows: &Rows<'_>) -> Found {
        let belly = &self.alba;
        let of_people = |value: fn(&VirtualPerson) -> f64| belly.cohort.sorted(value);
        let thinner = |person: &VirtualPerson| person.harms.skin.epidermis.mm() < person.harms.skin.dermis.mm();
        let share = belly.cohort.share(thinner).interval;
        let says = if share.low > self.likely {
            ClaimVerdict::Supported
        } else {
            ClaimVerdict::Contradicted
        };
        let epidermis = of_people(|person| person.harms.skin.epidermis.mm() * UM_PER_MM);
        let dermis = of_people(|person| person.harms.skin.dermis.mm());
        Found {
            rows: vec![
                rows.people(belly, "epidermis of the belly".to_owned(), "µm", &epidermis),
                rows.people(belly, "dermis of the belly".to_owned(), "mm", &dermis),
                rows.share(belly, "people whose dermis is the thicker of the two".to_owned(), share),
            ],
            says: Some(says),
        }
    }

    fn mark_dermis(&self, rows: &Rows<'_>) -> Found {
        let ratio = |person: &VirtualPerson| PERCENT * person.harms.mark_dermis.mm() / person.harms.skin.dermis.mm();
        let sorted = self.alba.cohort.sorted(ratio);
        let mut row = rows.people(
            &self.alba,
            "dermis of a mark, of that of the skin around it".to_owned(),
            "%",
            &sorted,
        );
        row.command = rows.command();
        Found {
            rows: vec![row],
            says: None,
        }
    }

    fn rollers(&self, rows: &Rows<'_>) -> Found {
        let needles: Vec<u32> = self
            .library
            .catalog
            .devices()
            .iter()
            .filter(|device| matches!(device.kind, DeviceKind::Roller | DeviceKind::DiscRoller))
            .filter_map(|device| device.geometry.needles)
            .collect();
        let (fewest, most) = (needles.iter().min().copied(), needles.iter().max().copied());
        let said = format!(
            "{} rollers, with {} to {} needles",
            needles.len(),
            fewest.unwrap_or_default(),
            most.unwrap_or_default()
        );
        let short = &self.home[0];
        let holes = short
            .cohort
            .mean_over_worlds(|person| person.harms.holes.density.per_cm2());
        let mut listed = rows.words("needles on the rollers that it knows".to_owned(), said);
        "needlework devices".clone_into(&mut listed.command);
        let what = "holes that ten passes of a roller with 192 needles of 0.2 mm leave".to_owned();
        /// Fewer are dozens.
        const HUNDRED: u32 = 100;
        Found {
            rows: vec![listed, rows.assessed(short, rows.own(short, what, "per cm²", holes))],
            says: fewest.map(|fewest| {
                if fewest < HUNDRED {
                    ClaimVerdict::Supported
                } else {
                    ClaimVerdict::Partly
                }
            }),
        }
    }

    fn reach_dermis(&self, rows: &Rows<'_>) -> Found {
        let shares: Vec<(&People, Interval)> = self
            .home
            .iter()
            .map(|people| {
                let reaches = |person: &VirtualPerson| person.harms.holes.reaches_dermis;
                (people, people.cohort.mean_over_worlds(reaches))
            })
            .collect();
        let verdicts: Vec<ClaimVerdict> = shares
            .iter()
            .map(|&(_, share)| self.decide(&[share], self.likely))
            .collect();
        let all = |verdict: ClaimVerdict| verdicts.iter().all(|&found| found == verdict);
        let says = if all(ClaimVerdict::Supported) {
            ClaimVerdict::Supported
        } else if all(ClaimVerdict::Contradicted) {
            ClaimVerdict::Contradicted
        } else {
            ClaimVerdict::Partly
        };
        let row = |&(people, share): &(&People, Interval)| {
            let what = format!("needles of {} that reach the dermis", people.label);
            rows.assessed(people, rows.own(people, what, "of 100 needles", scaled(share, PERCENT)))
        };
        Found {
            rows: shares.iter().map(row).collect(),
            says: Some(says),
        }
    }

    fn collagen_gain(&self, rows: &Rows<'_>) -> Found {
        let row = |people: &People| {
            let cohort = &people.cohort;
            let gain = cohort.mean_over_worlds(|person| {
                cohort
                    .observation(person, GAIN, PotentialOutcome::Treated)
                    .papillary_gain
                    - cohort
                        .observation(person, GAIN, PotentialOutcome::Untreated)
                        .papillary_gain
            });
            let what = format!(
                "{}: collagen of the upper dermis over doing nothing, 6 months after the last session",
                people.label
            );
            rows.own(people, what, "% of that at rest", scaled(gain, PERCENT))
        };
        Found {
            rows: self.both().map(row).into(),
            says: None,
        }
    }

    fn modifiers(&self, rows: &Rows<'_>) -> Found {
        let gain = |cohort: &Cohort, person: &VirtualPerson| difference(cohort, person, GAIN);
        let base = &self.alba.cohort;
        let healthy = base.mean_over_worlds(|person| gain(base, person));
        let mut found = vec![rows.own(
            &self.alba,
            "healthy non-smoker of 28 with pale marks: mean gain over doing nothing".to_owned(),
            "points",
            healthy,
        )];
        for people in &self.changed {
            let lost = paired(&people.cohort, base, gain);
            let what = format!("the same person, {}: change of that gain", people.label);
            found.push(rows.own(people, what, "points", lost));
        }
        Found {
            rows: found,
            says: None,
        }
    }

    fn disappearance(&self, rows: &Rows<'_>) -> Found {
        let mut found = Vec::new();
        let mut shares = Vec::new();
        for people in self.both() {
            for month in [12, 24] {
                let gone = |person: &VirtualPerson| {
                    class_of(
                        people
                            .cohort
                            .improvement(person, at_month(month), PotentialOutcome::Treated),
                    ) == Class::Strong
                };
                let share = people.cohort.share(gone).interval;
                let what = format!(
                    "{} with needling: at least 75 % better after {month} months",
                    people.label
                );
                let row = rows.assessed(people, rows.share(people, what, share));
                found.push(rows.late(month, row));
                shares.push(share);
            }
        }
        Found {
            rows: found,
            says: Some(self.decide(&shares, self.likely)),
        }
    }

    fn speed(&self, rows: &Rows<'_>) -> Found {
        let mut found = Vec::new();
        let mut sooner = Vec::new();
        for people in self.both() {
            let cohort = &people.cohort;
            let reached = |person: &VirtualPerson, months: usize, arm: PotentialOutcome| {
                (0..=months).any(|month| cohort.improvement(person, at_month(month), arm) >= self.gain_points)
            };
            for (arm, label) in [
                (PotentialOutcome::Treated, "with needling"),
                (PotentialOutcome::Untreated, "left alone"),
            ] {
                let share = cohort.share(|person| reached(person, 12, arm)).interval;
                let what = format!("{} {label}: 25 % better at some time within 12 months", people.label);
                found.push(rows.share(people, what, share));
            }
            let first = |arm: PotentialOutcome| {
                cohort.sorted(|person| {
                    (0..=MONTHS)
                        .find(|&month| cohort.improvement(person, at_month(month), arm) >= self.gain_points)
                        .map_or(f64::INFINITY, |month| month as f64)
                })
            };
            let said = [
                (PotentialOutcome::Treated, "with needling"),
                (PotentialOutcome::Untreated, "left alone"),
            ]
            .map(|(arm, label)| match quantile_or_never(&first(arm)) {
                Some(months) => format!("{months:.0} months {label}"),
                None => format!("not within {MONTHS} months {label}"),
            });
            let what = format!("{}: until half of the people are 25 % better", people.label);
            found.push(rows.late(MONTHS, rows.words(what, said.join(", "))));
            let share = cohort.share(|person| {
                reached(person, 12, PotentialOutcome::Treated) && !reached(person, 12, PotentialOutcome::Untreated)
            });
            sooner.push(share.interval);
        }
        Found {
            rows: found,
            says: Some(self.decide(&sooner, self.unlikely)),
        }
    }

    fn pain(&self, rows: &Rows<'_>) -> Found {
        let lengths = self.home.iter().chain([&self.longest]);
        let mut found: Vec<Computed> = lengths
            .map(|people| {
                let what = format!("pain of {} without numbing", people.label);
                let sorted = people.cohort.sorted(|person| person.harms.pain);
                rows.assessed(people, rows.people(people, what, "of 10", &sorted))
            })
            .collect();
        let clinical = &self.home[2];
        // numerical: less than one of ten is hardly felt
        const FELT: f64 = 1.0;
        let feel = clinical.cohort.share(|person| person.harms.pain >= FELT).interval;
        let what = "people who feel at least 1 of 10 at 1.5 mm".to_owned();
        found.push(rows.share(clinical, what, feel));
        let says = match self.decide(&[feel], self.unlikely) {
            ClaimVerdict::Supported => ClaimVerdict::Contradicted,
            ClaimVerdict::Contradicted => ClaimVerdict::Supported,
            other => other,
        };
        Found {
            rows: found,
            says: Some(says),
        }
    }

    fn cost(&self, rows: &Rows<'_>) -> Found {
        let row = |people: &People, what: &str| {
            let cost = people
                .cohort
                .mean_over_worlds(|person| people.cohort.schedules[person.world].cost.euros());
            rows.assessed(people, rows.own(people, what.to_owned(), "€", cost))
        };
        Found {
            rows: vec![
                row(&self.alba, "four sessions in a clinic, at assumed prices"),
                row(&self.home[0], "a roller for the home, at an assumed price"),
            ],
            says: None,
        }
    }

    fn complexity(&self, rows: &Rows<'_>) -> Found {
        let rules = self.library.rules.rules();
        let without = rules.iter().filter(|rule| rule.without_needles).count();
        let steps = |setting: &str| general_lines(&self.library.advice, setting);
        let mut listed = rows.words(
            "safety rules".to_owned(),
            format!("{} for needling, {without} of them without needles too", rules.len()),
        );
        "needlework rules".clone_into(&mut listed.command);
        Found {
            rows: vec![
                listed,
                rows.words(
                    "things to check or do".to_owned(),
                    format!("{} at home, {} in a clinic", steps("home"), steps("clinic")),
                ),
            ],
            says: None,
        }
    }

    fn infection(&self, rows: &Rows<'_>) -> Found {
        let clean = infection_range(&self.home[0]);
        let dirty = infection_range(&self.dirty);
        let row = |people: &People, what: &str, range: (f64, f64)| {
            rows.assessed(
                people,
                rows.uncounted(people, format!("home roller of 0.2 mm, {what}"), range),
            )
        };
        let says = if dirty.1 > clean.1 {
            ClaimVerdict::Supported
        } else {
            ClaimVerdict::Contradicted
        };
        Found {
            rows: vec![
                row(&self.home[0], "new sterile needles", clean),
                row(&self.dirty, "used needles that are not cleaned", dirty),
            ],
            says: Some(says),
        }
    }

    fn disinfection(&self, rows: &Rows<'_>) -> Found {
        let clean = &self.home[0];
        let everything = "new sterile needles, skin disinfected".to_owned();
        let mut found = vec![rows.assessed(clean, rows.uncounted(clean, everything, infection_range(clean)))];
        for people in self.hygiene.iter().chain([&self.dirty]) {
            let row = rows.uncounted(people, people.label.to_owned(), infection_range(people));
            found.push(rows.assessed(people, row));
        }
        let high = |people: &People| infection_range(people).1;
        let helps = high(&self.dirty) > high(&self.hygiene[0]);
        let not_sterile = high(&self.hygiene[0]) > high(clean);
        let says = match (helps, not_sterile) {
            (true, true) => ClaimVerdict::Partly,
            (true, false) => ClaimVerdict::Supported,
            (false, _) => ClaimVerdict::Contradicted,
        };
        Found {
            rows: found,
            says: Some(says),
        }
    }

    /// What the rules say to a case: the verdict and the rules that fire with it.
    fn stopped_by(&self, case: &Case) -> String {
        let found = screen(&self.library.rules, &Facts::resolved(case, &self.library.catalog));
        let rules = found.stopping().rule_names();
        match found.safety {
            Safety::Refuse => format!("refused by {rules}"),
            Safety::Refer if rules.is_empty() => "see a doctor first, for what is not known".to_owned(),
            Safety::Refer => format!("see a doctor first, by {rules}"),
            Safety::Caution => "no rule stops it".to_owned(),
        }
    }

    fn site_rules(&self, rows: &Rows<'_>) -> Found {
        let sites = [
            ("face", "face", Some("home-face")),
            ("axilla", "armpit", Some("home-armpit")),
            ("groin", "groin", None),
            ("nipple", "nipple", None),
        ];
        let found = sites
            .into_iter()
            .map(|(site, label, file)| {
                let mut case = self.claims.case(HOME[0].1);
                case.lesion.site = Answer::Known(site.to_owned());
                let mut row = rows.words(format!("0.2 mm roller at home, {label}"), self.stopped_by(&case));
                if let Some(file) = file {
                    row.command = rows.assess(file);
                }
                row
            })
            .collect();
        Found {
            rows: found,
            says: None,
        }
    }

    /// Shares of people who see little or no change, 6 months after the last session: pale and red marks, each with and
    /// without the plan.
    fn little_or_none(&self, rows: &Rows<'_>) -> (Vec<Computed>, Vec<Interval>) {
        let mut found = Vec::new();
        let mut with_plan = Vec::new();
        for people in self.both() {
            for (arm, label) in [
                (PotentialOutcome::Treated, "with needling"),
                (PotentialOutcome::Untreated, "left alone"),
            ] {
                let little = |person: &VirtualPerson| {
                    matches!(
                        class_of(people.cohort.improvement(person, GAIN, arm)),
                        Class::Worse | Class::None
                    )
                };
                let share = people.cohort.share(little).interval;
                let what = format!(
                    "{} {label}: little or no change, 6 months after the last session",
                    people.label
                );
                found.push(rows.share(people, what, share));
                if arm == PotentialOutcome::Treated {
                    with_plan.push(share);
                }
            }
        }
        (found, with_plan)
    }

    fn no_guarantee(&self, rows: &Rows<'_>) -> Found {
        let (found, with_plan) = self.little_or_none(rows);
        let says = if with_plan.iter().all(|share| share.low > 0.0) {
            ClaimVerdict::Supported
        } else {
            ClaimVerdict::Unknown
        };
        Found {
            rows: found,
            says: Some(says),
        }
    }

    /// Contradicted where a person picked at random, with all that is not known weighed in, more probably sees little
    /// or no change.
    fn clear_improvement(&self, rows: &Rows<'_>) -> Found {
        let (mut found, little) = self.little_or_none(rows);
        for people in self.both() {
            let clear = |person: &VirtualPerson| {
                class_of(people.cohort.improvement(person, GAIN, PotentialOutcome::Treated)) >= Class::Clear
            };
            let what = format!(
                "{} with needling: at least 50 % better, 6 months after the last session",
                people.label
            );
            found.push(rows.share(people, what, people.cohort.share(clear).interval));
        }
        let says = if little.iter().all(|share| share.mean > self.likely) {
            ClaimVerdict::Contradicted
        } else if little.iter().all(|share| share.mean < self.unlikely) {
            ClaimVerdict::Supported
        } else {
            ClaimVerdict::Unknown
        };
        Found {
            rows: found,
            says: Some(says),
        }
    }

    fn creams(&self, rows: &Rows<'_>) -> Found {
        let mut row = rows.words(
            "vitamin C serum at once after rolling".to_owned(),
            self.stopped_by(&self.claims.case(CREAM)),
        );
        row.command = rows.assess(CREAM);
        let mut found = vec![row];
        for people in [&self.home[0], &self.home[2]] {
            let hours = people.cohort.sorted(|person| person.harms.closure.open_window.hours());
            let what = format!("channels of {} stay open", people.label);
            found.push(rows.assessed(people, rows.people(people, what, "hours", &hours)));
        }
        Found {
            rows: found,
            says: None,
        }
    }

    fn other_conditions(&self, rows: &Rows<'_>) -> Found {
        let rules = self.library.rules.rules();
        let stop = rules.iter().filter(|rule| rule.home >= RuleSeverity::Refuse).count();
        let ask = rules.iter().filter(|rule| rule.home == RuleSeverity::Refer).count();
        let said = format!(
            "{}; at home {stop} of them stop a plan and {ask} send to a doctor first",
            rules.len()
        );
        let mut listed = rows.words("safety rules".to_owned(), said);
        "needlework rules".clone_into(&mut listed.command);
        let questions = needlework_rules::conditions(&self.library.rules);
        let serious = questions.iter().filter(|question| question.serious).count();
        let mut asked = rows.words(
            "questions behind them".to_owned(),
            format!(
                "{}, of which {serious} lead to a doctor when left open",
                questions.len()
            ),
        );
        "needlework conditions".clone_into(&mut asked.command);
        Found {
            rows: vec![listed, asked],
            says: None,
        }
    }
}

/// Lowest and highest modelled infections of 1,000 courses; between them nobody has counted.
fn infection_range(people: &People) -> (f64, f64) {
    let low = people.cohort.mean_over_worlds(|person| person.harms.infection.low).low;
    let high = people
        .cohort
        .mean_over_worlds(|person| person.harms.infection.high)
        .high;
    (low * COURSES, high * COURSES)
}

/// The median of ascending months, or none where half never get there.
fn quantile_or_never(sorted: &[f64]) -> Option<f64> {
    let middle = sorted.get(sorted.len() / 2).copied().unwrap_or(f64::INFINITY);
    middle.is_finite().then_some(middle)
}

/// The mean over the same people of what changes from `base` to `changed`, with the 5–95 % of world means.
fn paired(changed: &Cohort, base: &Cohort, value: impl Fn(&Cohort, &VirtualPerson) -> f64) -> Interval {
    let pairs: Vec<f64> = changed
        .people
        .iter()
        .zip(&base.people)
        .map(|(one, other)| value(changed, one) - value(base, other))
        .collect();
    let worlds: Vec<f64> = pairs.chunks(base.people_per_world).map(mean).collect();
    Interval::over(&worlds)
}
