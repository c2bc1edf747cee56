//! Germs through punctures as data: what a session carries in, the risk as a range over regimes, and what each step of
//! hygiene is worth by site.
//!
//! Any set of punctures of a case does. The plan itself is one variant; the others are the same plan with every step of
//! hygiene kept but one, at the case's site and at others, on the same people in the same worlds. The range goes from
//! the 5 % of the mildest regime to the 95 % of the harshest; where a clinic's infections were counted, the count and
//! its range stand in it.
//!
//! Limits: nobody has counted infections at home, so there is no number within the range; viruses of blood are not in
//! it.

use needlework_case::{Case, Lapse, Setting};
use needlework_channel::{Chance, Infection, NeedleState, Preparation};
use needlework_cohort::{ChannelCohort, Channels, Question, Variant, channel_cohort, site_numbers};
use needlework_course::Plan;
use needlework_numerics::{Continue, Interval, Progress};
use needlework_puncture::Kind;
use needlework_rules::{Facts, screen};
use schemars::JsonSchema;
use serde::Serialize;

use needlework_verdict::{
    COURSES, Engine, Frequency, INTENDED_USE, Inquiry, Percentiles, Range, Reading, VerdictError, banner, percentiles,
    range, told,
};

/// The version of the format of germs.
pub const INFECTION_FORMAT: &str = "needlework-infection/1";

/// Sites of the table beside the case's own, from few germs to many.
const SITES: [&str; 7] = [
    "lower_back",
    "thigh_outer",
    "upper_arm",
    "abdomen",
    "face",
    "groin",
    "axilla",
];

/// A step of hygiene: its short name, what leaving it out means in plain words, and how a plan without it differs from
/// one where all are kept.
struct Step {
    name: &'static str,
    left_out: &'static str,
    change: fn(&mut Plan),
}

const STEPS: [Step; 8] = [
    Step {
        name: "none",
        left_out: "every step kept: skin disinfected, needles sterile, nothing over the skin, clean hands and no bath \
            while holes are open",
        change: |_| {},
    },
    Step {
        name: "skin",
        left_out: "skin not disinfected",
        change: |plan| plan.preparation = Some(Preparation::None),
    },
    Step {
        name: "new_needles",
        left_out: "needles used before, cleaned and kept in alcohol",
        change: |plan| plan.needle_state = NeedleState::Cleaned,
    },
    Step {
        name: "cleaning",
        left_out: "needles used before and not cleaned",
        change: |plan| plan.needle_state = NeedleState::Dirty,
    },
    Step {
        name: "dryness",
        left_out: "used needles, rinsed in tap water or put away moist",
        change: |plan| {
            plan.needle_state = NeedleState::Dirty;
            plan.wet = Some(true);
        },
    },
    Step {
        name: "air",
        left_out: "skin covered with film, plaster or thick ointment in the first day",
        change: |plan| plan.covered = Some(true),
    },
    Step {
        name: "cloth",
        left_out: "needles through clothing",
        change: |plan| plan.through_cloth = Some(true),
    },
    Step {
        name: "first_day",
        left_out: "unwashed hands, and a pool, bath or sport right after",
        change: |plan| {
            plan.hands_clean = Some(false);
            plan.water = Some(Lapse::Now);
        },
    },
];

/// Germs through the punctures of a plan.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct InfectionReport {
    /// [`INFECTION_FORMAT`].
    pub format: String,
    /// What this software is for.
    pub intended_use: String,
    /// What computed this.
    pub engine: Engine,
    /// A warning that applies to all numbers; none where there are none.
    pub banner: Option<String>,
    /// Seed of all random numbers.
    pub seed: u64,
    /// Virtual people.
    pub people: usize,
    /// Whether a rule stops the plan, and what it says; such a plan shows no numbers to laypeople.
    pub stopped: Vec<String>,
    /// The plan, its site and its punctures in a sentence.
    pub plan: String,
    /// Punctures of a session.
    pub punctures: Option<Range>,
    /// When the channels are closed, by what one looks with.
    pub closure: Vec<Clock>,
    /// Harmful germs that a session carries in.
    pub inoculum: Option<Inoculated>,
    /// The risk in each regime.
    pub regimes: Vec<RegimeRisk>,
    /// Infections in 1,000 courses: the range over regimes, widened by what was counted; no point estimate where nobody
    /// has counted.
    pub per_1000: Option<Frequency>,
    /// The same as counted in clinics with sterile needles; null for any other plan.
    pub counted: Option<Frequency>,
    /// What stands behind it, in plain words.
    pub note: String,
    /// What this was compared with, or that it never was.
    pub validated: String,
    /// Each step of hygiene left out, by site.
    pub ablation: Vec<Ablation>,
}

/// One clock of closure.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Clock {
    /// What one looks with.
    pub by: String,
    /// Hours after the session.
    pub hours: Percentiles,
}

/// Harmful germs carried in.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Inoculated {
    /// From the skin.
    pub skin: Percentiles,
    /// From the needles.
    pub needles: Percentiles,
    /// After the session, through holes that are still open: hands, clothes, a bath, and the skin's own.
    pub late: Percentiles,
}

/// The risk in one regime: the mean over people, as percentiles over what is not known.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct RegimeRisk {
    /// `perfused`, `sealed` or `foreign_body`.
    pub name: String,
    /// What it assumes, in plain words.
    pub assumes: String,
    /// Probability of one puncture.
    pub puncture: Percentiles,
    /// Of one session.
    pub session: Percentiles,
    /// Of the course.
    pub course: Percentiles,
}

/// A step of hygiene left out.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Ablation {
    /// Short name; `none` where every step is kept.
    pub step: String,
    /// What is left out, in plain words.
    pub left_out: String,
    /// By site.
    pub sites: Vec<SiteRisk>,
}

/// A site under one ablation.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct SiteRisk {
    /// Name of the site.
    pub site: String,
    /// What it is called.
    pub label: String,
    /// Harmful germs that a session carries in, over people and worlds.
    pub germs: Percentiles,
    /// Infections in 1,000 courses: the lowest and the highest regime.
    pub per_1000: Frequency,
    /// Infections in 1,000 courses in each regime that applies: the mean over people, as percentiles over what is not
    /// known.
    pub regimes: Vec<SiteRegime>,
}

/// A regime at a site under one ablation.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct SiteRegime {
    /// `perfused`, `sealed` or `foreign_body`.
    pub name: String,
    /// Infections in 1,000 courses.
    pub per_1000: Percentiles,
}

/// Works out germs and channels of a case.
///
/// # Errors
/// [`VerdictError`] when the evidence does not fill the model, or `progress` says stop.
pub fn infection(
    case: &Case,
    inquiry: &Inquiry<'_>,
    progress: &mut dyn FnMut(Progress) -> Continue,
) -> Result<InfectionReport, VerdictError> {
    let (library, settings) = (inquiry.library, &inquiry.settings);
    let question = Question {
        posterior: inquiry.posterior.filter(|posterior| !posterior.weighed_by(case)),
        ..Question::new(case, &library.catalog, &library.book)
    };
    let (own, device) = (question.site, &question.device);
    let screened = screen(&library.rules, &Facts::resolved(case, &library.catalog));
    let stopped = screened.stopping().lines();
    let mut report = InfectionReport {
        format: INFECTION_FORMAT.to_owned(),
        intended_use: INTENDED_USE.to_owned(),
        banner: None,
        engine: inquiry.engine.clone(),
        seed: settings.seed,
        people: settings.worlds * settings.people_per_world,
        stopped,
        plan: described(case, own.map(|site| site.label.as_str()), device.label.as_deref()),
        punctures: None,
        closure: Vec::new(),
        inoculum: None,
        regimes: Vec::new(),
        per_1000: None,
        counted: None,
        note: NOTE.to_owned(),
        validated: VALIDATED.to_owned(),
        ablation: Vec::new(),
    };
    let stops = screened.safety != needlework_rules::Safety::Caution;
    if inquiry.reading == Reading::Lay && stops {
        return Ok(report);
    }
    let plan = Plan::of(case, device);
    // A regime of foreign bodies is shown where a fibre may be left in anybody; it is that of the sealed where no
    // needle goes through cloth.
    let through_cloth = plan.through_cloth != Some(false);
    let counted = case.regimen.setting.get() == Some(Setting::Clinic)
        && plan.needling
        && plan.kind != Some(Kind::Single)
        && plan.needle_state == NeedleState::Sterile
        && plan.through_cloth != Some(true);
    let careful = Plan {
        preparation: Some(Preparation::Disinfected),
        needle_state: NeedleState::Sterile,
        wet: Some(false),
        covered: Some(false),
        through_cloth: Some(false),
        hands_clean: Some(true),
        water: Some(Lapse::Never),
        ..plan.clone()
    };
    let mut sites: Vec<&str> = SITES.to_vec();
    let own_name = own.map_or("abdomen", |site| site.name.as_str());
    sites.retain(|&name| name != own_name);
    sites.insert(0, own_name);
    let mut variants = vec![Variant {
        plan,
        site: site_numbers(own, &library.book)?,
    }];
    for step in &STEPS {
        for &name in &sites {
            let mut plan = careful.clone();
            (step.change)(&mut plan);
            variants.push(Variant {
                plan,
                site: site_numbers(library.catalog.site(name), &library.book)?,
            });
        }
    }
    let cohort = channel_cohort(&question, &variants, settings, progress)?;
    report.banner = Some(banner(question.posterior, cohort.posterior.as_deref()));
    if let Some(name) = &cohort.posterior {
        report.engine.posterior.clone_from(name);
    }
    as_planned(&mut report, &cohort, through_cloth, counted);
    report.ablation = STEPS
        .iter()
        .enumerate()
        .map(|(row, step)| Ablation {
            step: step.name.to_owned(),
            left_out: step.left_out.to_owned(),
            sites: sites
                .iter()
                .enumerate()
                .map(|(column, &name)| {
                    let variant = 1 + row * sites.len() + column;
                    SiteRisk {
                        site: name.to_owned(),
                        label: library.catalog.site(name).map_or(name, |site| &site.label).to_owned(),
                        germs: percentiles(&cohort.sorted(variant, |person| person.infection.inoculum.total())),
                        per_1000: spanned(&cohort, variant),
                        regimes: regimes(step.name == "cloth")
                            .map(|regime| SiteRegime {
                                name: regime.name.to_owned(),
                                per_1000: over_worlds(&cohort, variant, |infection| {
                                    (regime.chance)(infection).course * COURSES
                                }),
                            })
                            .collect(),
                    }
                })
                .collect(),
        })
        .collect();
    Ok(report)
}

const COUNTED: &str = "In clinics with sterile needles 1 of 32 patients of one series was infected and none in many \
    others; that is the number, scaled to the sessions, the holes and the skin of this plan, by how much is not known.";

const NOTE: &str = "The range goes from normal skin, which takes millions of germs, to sealed wounds, which take a \
    thousand, and in some people tens. Viruses of blood are not in it: a device that somebody else has used is refused \
    whatever the range says.";

const VALIDATED: &str = "The curves of germs are compared with inoculated forearms, injections, foreign bodies and \
    used needles (targets V1 to V14 of needlework validate), and some of these set them. Infections by needling itself \
    were never compared with data of their own.";

/// What the case plans.
fn as_planned(report: &mut InfectionReport, cohort: &ChannelCohort, through_cloth: bool, counted: bool) {
    report.punctures = Some(range(cohort.mean_over_worlds(0, |person| person.wounds.count)));
    let clock = |by: &str, hours: fn(&Channels) -> f64| Clock {
        by: by.to_owned(),
        hours: percentiles(&cohort.sorted(0, hours)),
    };
    report.closure = vec![
        clock("impedance: the barrier is back", |person| {
            person.closure.barrier.hours()
        }),
        clock("water loss: as before", |person| person.closure.water.hours()),
        clock("dye: no longer enters", |person| person.closure.lumen.hours()),
        clock("light (OCT): no longer seen", |person| person.closure.light.hours()),
        clock("germs: can no longer enter", |person| {
            person.closure.open_window.hours()
        }),
    ];
    report.inoculum = Some(Inoculated {
        skin: percentiles(&cohort.sorted(0, |person| person.infection.inoculum.skin)),
        needles: percentiles(&cohort.sorted(0, |person| person.infection.inoculum.needles)),
        late: percentiles(&cohort.sorted(0, |person| person.infection.inoculum.late)),
    });
    report.regimes = regimes(through_cloth)
        .map(|regime| {
            let of = |scale: fn(&Chance) -> f64| over_worlds(cohort, 0, |infection| scale(&(regime.chance)(infection)));
            RegimeRisk {
                name: regime.name.to_owned(),
                assumes: regime.assumes.to_owned(),
                puncture: of(|chance| chance.puncture),
                session: of(|chance| chance.session),
                course: of(|chance| chance.course),
            }
        })
        .collect();
    let mut per_1000 = spanned(cohort, 0);
    if counted {
        let worlds = cohort.world_means(0, |person| person.counted.unwrap_or_default() * COURSES);
        let spread = Interval::over(&worlds);
        let counted = Frequency {
            mean: Some(spread.mean),
            low: spread.low,
            high: spread.high,
        };
        per_1000 = Frequency {
            mean: counted.mean,
            low: per_1000.low.min(counted.low),
            high: per_1000.high.max(counted.high),
        };
        report.counted = Some(counted);
        report.note = format!("{COUNTED} {NOTE}");
    }
    report.per_1000 = Some(per_1000);
}

/// A regime: its name, what it assumes in plain words, and its part of the answer.
struct RegimeOf {
    name: &'static str,
    assumes: &'static str,
    chance: fn(&Infection) -> Chance,
}

/// The regimes that apply: nothing is left in channels that no fibre went through.
fn regimes(through_cloth: bool) -> impl Iterator<Item = RegimeOf> {
    let all = [
        RegimeOf {
            name: "perfused",
            assumes: "white blood cells reach every channel at once, as in normal skin",
            chance: |infection| infection.perfused,
        },
        RegimeOf {
            name: "sealed",
            assumes: "they come hours later: wholly so under a film, in part in air",
            chance: |infection| infection.sealed,
        },
        RegimeOf {
            name: "foreign_body",
            assumes: "fibres or splinters keep them from working",
            chance: |infection| infection.foreign_body,
        },
    ];
    all.into_iter().take(if through_cloth { 3 } else { 2 })
}

/// Something of infections under a variant: the mean over the people of each world, as percentiles over worlds.
fn over_worlds(cohort: &ChannelCohort, variant: usize, value: impl Fn(&Infection) -> f64) -> Percentiles {
    percentiles(&cohort.world_means(variant, |person| value(&person.infection)))
}

/// Infections in 1,000 courses from the lowest regime to the highest.
fn spanned(cohort: &ChannelCohort, variant: usize) -> Frequency {
    Frequency {
        mean: None,
        low: told(over_worlds(cohort, variant, |infection| infection.low).p5 * COURSES),
        high: told(over_worlds(cohort, variant, |infection| infection.high).p95 * COURSES),
    }
}

fn described(case: &Case, site: Option<&str>, device: Option<&str>) -> String {
    let mut parts = vec![device.unwrap_or("a device that was not named").to_owned()];
    parts.push(format!("on the {}", site.unwrap_or("belly (the site was not named)")));
    if let Some(sessions) = case.regimen.sessions.get() {
        parts.push(format!("{sessions} session{}", if sessions == 1 { "" } else { "s" }));
    }
    parts.join(", ")
}
