//! How it looks: pictures of a patch of a case's skin, before, just after a session, and at a month with the plan and
//! without it, with the numbers behind each.
//!
//! People are ranked by their gain, improvement with the plan less improvement without it at the month that is shown.
//! Pictures are of a person near a percentile of it whose mark is most like the middle of all, before and after being
//! the same person, and of twelve more who are drawn at random. All pictures of a case have one scene, one white and
//! one exposure. A number that a picture measures on its own pixels stands beside what the tissue says: light that
//! wanders sideways takes contrast from narrow marks, so that a picture may show less than the numbers and never more.
//!
//! The case is judged first, and what a report withholds is withheld here: where a reader is shown no forecast there is
//! the picture before and no other, and where help comes first there is none.
//!
//! Limits: those of [`needlework_appearance::patch`]; nobody's own marks.

mod numbers;

use needlework_appearance::adding_doubling::OpticsError;
use needlework_appearance::colour::{Lab, Xyz, lab};
use needlework_appearance::patch::{GREY_SHARE, Lighting, MarkLayout, PatchOptics, PatchParameters, Picture, Scene};
use needlework_case::{Arm, Case};
use needlework_cohort::{
    Cohort, Moment, OpticsData, PatchState, PotentialOutcome, Question, SessionTrace, VirtualPerson, hole_places,
    mark_before, middle_sessions, optics_of, patch_layout, patch_worlds, simulate_cohort, skin_group,
};
use needlework_evidence::{Book, BookError};
use needlework_numerics::{Continue, Progress, median, place_of, standard_deviation, uniforms};
use needlework_units::{Length, PERCENT, Time, UM_PER_MM};
use needlework_verdict::{Engine, Extent, INTENDED_USE, Inquiry, ReachLevel, Reading, Report, Safety, judge_to};

pub use numbers::{
    CollagenAlone, PictureNumbers, RENDER_FORMAT, RenderError, RenderReport, SectionChannel, SectionNumbers,
};

// numerical: people of the strip
const STRIP: usize = 12;
// numerical: sides of the strip's patches, mm, and their pixels
const STRIP_SIZE: (f64, usize) = (20.0, 96);
// numerical: pictures of the time-lapse at most, and pixels along their side
const FRAMES: (usize, usize) = (13, 256);
// numerical: side of the cross-section, mm
const SECTION_MM: f64 = 6.0;
// numerical: hours after a session at which "just after" is
const JUST_AFTER_HOURS: f64 = 0.5;
// numerical: percentiles that stand beside the one that is asked for
const ENDS: [f64; 3] = [5.0, TYPICAL_PERCENTILE, 95.0];
// numerical: share of all people to each side among whom the one at a percentile is chosen
const NEAR: f64 = 0.04;
/// numerical: the percentile of gain of the typical person
pub const TYPICAL_PERCENTILE: f64 = 50.0;

/// What is to be drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RenderWish {
    /// Months since the first session; the month by which a plan is judged where not given.
    pub month: Option<f64>,
    /// Side of the patch.
    pub side: Length,
    /// Pixels along its side.
    pub pixels: usize,
    /// The percentile of gain whose person is shown.
    pub percentile: f64,
    /// The light.
    pub light: Lighting,
}

/// Pictures with their numbers; each list in the order of the report's.
#[derive(Debug, Clone, PartialEq)]
pub struct Rendered {
    /// The numbers.
    pub report: RenderReport,
    /// The pictures.
    pub pictures: Vec<Picture>,
    /// The strip.
    pub strip: Vec<Picture>,
    /// The time-lapse.
    pub frames: Vec<Picture>,
}

/// Draws a case, as far as its reader is shown it.
///
/// # Errors
/// [`RenderError`] when the evidence does not fill the model, the month is too late, or `progress` says stop.
pub fn render(
    case: &Case,
    inquiry: &Inquiry<'_>,
    wish: &RenderWish,
    progress: &mut dyn FnMut(Progress) -> Continue,
) -> Result<Rendered, RenderError> {
    let judged = judge_to(Extent::Plain, case, inquiry, &mut |_| {
        progress(Progress { done: 0, total: 1 })
    })?
    .report;
    let library = inquiry.library;
    let posterior = inquiry.posterior.filter(|posterior| !posterior.weighed_by(case));
    let question = Question {
        posterior,
        ..Question::new(case, &library.catalog, &library.book)
    };
    let sessions = middle_sessions(&question)?;
    let last = sessions.last().map_or(0.0, |session| session.months());
    let month = match wish.month {
        Some(month) => month,
        None => last + Time::from_days(library.book.value("verdict.months_after_last")?).months(),
    };
    let latest = last + library.reach.horizon.inside.months();
    let shown = Sight::of(&judged);
    if inquiry.reading == Reading::Lay && shown == Sight::All && month > latest {
        return Err(RenderError::TooLate(latest));
    }
    let layout = patch_layout(&question, inquiry.settings.seed, wish.side)?;
    let mut report = begun(&judged, inquiry, wish, (&question, &layout, month, shown));
    if shown == Sight::None {
        return Ok(Rendered {
            report,
            pictures: Vec::new(),
            strip: Vec::new(),
            frames: Vec::new(),
        });
    }
    let optics = optics_of(case, &library.book, &library.spectra).ok_or(RenderError::NoSkin)?;
    let months = frame_months(if shown == Sight::All { month } else { 0.0 });
    let moments = Moments::of(&months, month, &library.book)?;
    let cohort = simulate_cohort(&question, &inquiry.settings, &moments.asked, progress)?;
    let patches = patch_worlds(&library.book, inquiry.settings.seed, cohort.worlds.len())?;
    let patch_optics = PatchOptics::of(&optics.tables, &optics.laws, &optics.skin)?;
    report.grey_card_lab = as_list(grey(&patch_optics));
    let studio = Studio {
        optics: &optics,
        patch_optics: &patch_optics,
        cohort: &cohort,
        patches: &patches,
        order: by_gain(&cohort, moments.month),
        strays: strays(&cohort, &optics, &patches, (moments.before, &layout)),
        moments: &moments,
        threads: inquiry.settings.threads,
    };
    let made = studio.all(wish, &layout, (month, &months), shown, inquiry.settings.seed)?;
    report.people = cohort.people.len();
    report.collagen_alone = made.collagen_alone;
    report.sections = made.sections;
    let apart = |pairs: Vec<(PictureNumbers, Picture)>| pairs.into_iter().unzip();
    let (numbers, pictures) = apart(made.pictures);
    report.pictures = numbers;
    let (numbers, strip) = apart(made.strip);
    report.strip = numbers;
    let (numbers, frames) = apart(made.frames);
    report.frames = numbers;
    Ok(Rendered {
        report,
        pictures,
        strip,
        frames,
    })
}

/// How much a reader is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sight {
    /// No picture: help comes first.
    None,
    /// The skin as it is.
    Before,
    /// Everything.
    All,
}

impl Sight {
    fn of(report: &Report) -> Self {
        let verdict = &report.verdict;
        let help_first = verdict.urgent || verdict.distress || verdict.minor;
        match (report.reading, report.forecast.is_some()) {
            (Reading::Lay, _) if help_first => Self::None,
            (_, true) => Self::All,
            (_, false) => Self::Before,
        }
    }
}

/// What of the report is known before anything is drawn.
fn begun(
    judged: &Report,
    inquiry: &Inquiry<'_>,
    wish: &RenderWish,
    (question, layout, month, shown): (&Question<'_>, &MarkLayout, f64, Sight),
) -> RenderReport {
    let verdict = &judged.verdict;
    let withheld = match shown {
        Sight::All => None,
        Sight::None => Some("Help comes first here, so no picture is drawn."),
        Sight::Before if verdict.safety == Safety::Refuse => {
            Some("A rule stops this plan, so no picture after it is drawn: it shows the skin as it is.")
        }
        Sight::Before if verdict.safety == Safety::Refer => {
            Some("A doctor is to be asked first, so no picture after it is drawn: it shows the skin as it is.")
        }
        Sight::Before
            if !matches!(
                question.case.regimen.arm.get(),
                None | Some(Arm::Needling | Arm::Nothing)
            ) =>
        {
            Some("Only needling and doing nothing are simulated, so no picture after this plan is drawn.")
        }
        Sight::Before if judged.reach.level == ReachLevel::Edge => Some(
            "Only neighbouring people or plans have been studied, so no picture after this plan is drawn: it shows the \
                skin as it is.",
        ),
        Sight::Before => Some(
            "Nobody like this has been studied, so no picture after this plan is drawn: it shows the skin as it is.",
        ),
    };
    RenderReport {
        format: RENDER_FORMAT.to_owned(),
        intended_use: INTENDED_USE.to_owned(),
        engine: Engine {
            posterior: judged.engine.posterior.clone(),
            ..inquiry.engine.clone()
        },
        reading: judged.reading,
        title: judged.title.clone(),
        seed: inquiry.settings.seed,
        people: 0,
        safety: verdict.safety,
        benefit: verdict.benefit,
        help: verdict.first.help.iter().map(|line| line.whole().to_owned()).collect(),
        verdict: verdict.first.opening(),
        stopped: verdict.stopping().into_iter().map(|rule| rule.reason.clone()).collect(),
        withheld: withheld.map(str::to_owned),
        skin_group: skin_group(question.case.person.fitzpatrick.get()).to_owned(),
        site: question.site.map(|site| site.label.clone()),
        side_mm: layout.side_mm,
        pixels: wish.pixels,
        marks_mm: [layout.widest_mm, layout.longest_mm],
        month,
        exposure: 1.0,
        grey_card_lab: [0.0; 3],
        collagen_alone: None,
        pictures: Vec::new(),
        strip: Vec::new(),
        frames: Vec::new(),
        sections: Vec::new(),
    }
}

/// The colour of the grey card under the white of the pictures.
fn grey(optics: &PatchOptics) -> Lab {
    let white = optics.white;
    let card = Xyz {
        x: GREY_SHARE * white.x,
        y: GREY_SHARE * white.y,
        z: GREY_SHARE * white.z,
    };
    lab(card, white)
}

fn as_list(colour: Lab) -> [f64; 3] {
    [colour.lightness, colour.redness, colour.yellowness]
}

/// The months of the time-lapse: evenly from the first session to the month that is shown.
fn frame_months(month: f64) -> Vec<f64> {
    let steps = (month.ceil().max(0.0) as usize).min(FRAMES.0 - 1);
    (0..=steps)
        .map(|step| {
            if steps == 0 {
                0.0
            } else {
                month * step as f64 / steps as f64
            }
        })
        .collect()
}

/// The moments of a cohort that pictures look at.
struct Moments {
    asked: Vec<Moment>,
    before: usize,
    just_after: usize,
    crusts: usize,
    month: usize,
    /// Where the frames begin.
    frames: usize,
    just_after_month: f64,
    crusts_month: f64,
}

impl Moments {
    fn of(frames: &[f64], month: f64, book: &Book) -> Result<Self, BookError> {
        let just_after = Time::from_hours(JUST_AFTER_HOURS);
        let crusts = Time::from_days(book.value("appearance.session.crust")?);
        let mut asked: Vec<Moment> = [Time::ZERO, just_after, crusts, Time::from_months(month)]
            .map(Moment::SinceFirst)
            .to_vec();
        asked.extend(frames.iter().map(|month| Moment::SinceFirst(Time::from_months(*month))));
        Ok(Self {
            asked,
            before: 0,
            just_after: 1,
            crusts: 2,
            month: 3,
            frames: 4,
            just_after_month: just_after.months(),
            crusts_month: crusts.months(),
        })
    }
}

/// People of a cohort by their gain at a moment, least first.
fn by_gain(cohort: &Cohort, moment: usize) -> Vec<usize> {
    let gain = |index: usize| {
        let person = &cohort.people[index];
        cohort.improvement(person, moment, PotentialOutcome::Treated)
            - cohort.improvement(person, moment, PotentialOutcome::Untreated)
    };
    let gains: Vec<f64> = (0..cohort.people.len()).map(gain).collect();
    needlework_numerics::order(&gains)
}

/// How far each person's mark strays from the middle of all before the plan: the sum of squares of melanin and blood
/// against the skin's, in their logarithms, and of the dent, each over its spread.
fn strays(
    cohort: &Cohort,
    optics: &OpticsData,
    patches: &[PatchParameters],
    (before, layout): (usize, &MarkLayout),
) -> Vec<f64> {
    let traits: Vec<[f64; 3]> = cohort
        .people
        .iter()
        .map(|person| {
            let moment = (before, PotentialOutcome::Untreated);
            let trace = (SessionTrace::Nothing, layout);
            let look = optics
                .patch(cohort, person, &patches[person.world], moment, trace)
                .shown;
            let log = |mark: f64, skin: f64| (mark / skin).max(f64::MIN_POSITIVE).ln();
            [
                log(
                    look.mark.melanin_fraction * look.mark.epidermis_mm,
                    look.skin.melanin_fraction * look.skin.epidermis_mm,
                ),
                log(look.mark.upper_blood_fraction, look.skin.upper_blood_fraction),
                look.relief.missing_um,
            ]
        })
        .collect();
    let mut sums = vec![0.0; traits.len()];
    for which in 0..3 {
        let values: Vec<f64> = traits.iter().map(|of| of[which]).collect();
        let (middle, spread) = (median(&values), standard_deviation(&values));
        if spread > 0.0 {
            for (sum, value) in sums.iter_mut().zip(values) {
                *sum += ((value - middle) / spread).powi(2);
            }
        }
    }
    sums
}

/// Everything that pictures of a case are made with.
struct Studio<'a> {
    optics: &'a OpticsData,
    patch_optics: &'a PatchOptics,
    cohort: &'a Cohort,
    patches: &'a [PatchParameters],
    order: Vec<usize>,
    /// How far each person's mark strays from the middle of all.
    strays: Vec<f64>,
    moments: &'a Moments,
    threads: usize,
}

/// What was made.
struct Made {
    pictures: Vec<(PictureNumbers, Picture)>,
    strip: Vec<(PictureNumbers, Picture)>,
    frames: Vec<(PictureNumbers, Picture)>,
    sections: Vec<SectionNumbers>,
    collagen_alone: Option<CollagenAlone>,
}

/// One picture that is to be made.
struct Wanted<'a> {
    file: String,
    arm: &'a str,
    month: f64,
    moment: usize,
    percentile: Option<f64>,
    person: usize,
    light: Lighting,
}

impl Studio<'_> {
    /// The person whose mark is most like the middle of all.
    fn middle(&self) -> usize {
        needlework_numerics::order(&self.strays).first().copied().unwrap_or(0)
    }

    /// The person at a percentile of gain: of those whose gain is near it, the one whose mark is most like the middle
    /// of all in melanin, blood and dent, so that a picture of the typical person is not one of a rare colour.
    fn at(&self, percentile: f64) -> usize {
        let all = self.order.len();
        let Some(place) = place_of(percentile / PERCENT, all) else {
            return 0;
        };
        let half = (NEAR * all as f64).ceil() as usize;
        let near = &self.order[place.saturating_sub(half)..(place + half + 1).min(all)];
        let far = |index: &&usize| self.strays[**index];
        near.iter()
            .min_by(|a, b| far(a).total_cmp(&far(b)).then(a.cmp(b)))
            .copied()
            .unwrap_or(self.order[place])
    }

    fn all(
        &self,
        wish: &RenderWish,
        layout: &MarkLayout,
        (month, months): (f64, &[f64]),
        shown: Sight,
        seed: u64,
    ) -> Result<Made, RenderError> {
        let all = shown == Sight::All;
        // A stopped plan has no gain to rank people by: the skin before is that of who is most like the middle of all.
        let chosen = if all { self.at(wish.percentile) } else { self.middle() };
        let scene = self.scene(layout, wish.pixels);
        let mut pictures = Vec::new();
        for wanted in self.wanted(wish, (chosen, month), all) {
            pictures.push(self.picture(&scene, layout, &wanted)?);
        }
        let (mut strip, mut frames) = (Vec::new(), Vec::new());
        if all {
            let small = MarkLayout {
                side_mm: STRIP_SIZE.0,
                ..*layout
            };
            let scene = self.scene(&small, STRIP_SIZE.1);
            for person in at_random(self.cohort.people.len(), seed) {
                for (arm, moment, month) in [
                    ("before", self.moments.before, 0.0),
                    ("treated", self.moments.month, month),
                ] {
                    let wanted = Wanted {
                        file: "people.png".to_owned(),
                        arm,
                        month,
                        moment,
                        percentile: None,
                        person,
                        light: wish.light,
                    };
                    strip.push(self.picture(&scene, &small, &wanted)?);
                }
            }
            let scene = self.scene(layout, wish.pixels.min(FRAMES.1));
            for (place, month) in months.iter().enumerate() {
                let wanted = Wanted {
                    file: format!("frame-{place:02}.png"),
                    arm: if place == 0 { "before" } else { "treated" },
                    month: *month,
                    moment: if place == 0 {
                        self.moments.before
                    } else {
                        self.moments.frames + place
                    },
                    percentile: Some(wish.percentile),
                    person: chosen,
                    light: wish.light,
                };
                frames.push(self.picture(&scene, layout, &wanted)?);
            }
        }
        let collagen_alone = all.then(|| self.collagen_alone(layout)).transpose()?;
        Ok(Made {
            pictures,
            strip,
            frames,
            sections: self.sections((chosen, month), layout, all),
            collagen_alone,
        })
    }

    /// The scene of a layout; furrows lie where they lie in all pictures of a case.
    fn scene(&self, layout: &MarkLayout, pixels: usize) -> Scene {
        Scene::of(layout, pixels, &self.patches[0])
    }

    /// The pictures of a case by name.
    fn wanted(&self, wish: &RenderWish, (chosen, month): (usize, f64), all: bool) -> Vec<Wanted<'static>> {
        let moments = self.moments;
        let of =
            |file: &str, arm: &'static str, (moment, month): (usize, f64), percentile: f64, light: Lighting| Wanted {
                file: format!("{file}.png"),
                arm,
                month,
                moment,
                percentile: all.then_some(percentile),
                person: if percentile == wish.percentile {
                    chosen
                } else {
                    self.at(percentile)
                },
                light,
            };
        let (own, light) = (wish.percentile, wish.light);
        let (before, after) = ((moments.before, 0.0), (moments.month, month));
        let mut wanted = vec![of("before", "before", before, own, light)];
        if !all {
            return wanted;
        }
        if self.has_sessions() {
            let (blood, crusts) = (
                (moments.just_after, moments.just_after_month),
                (moments.crusts, moments.crusts_month),
            );
            wanted.push(of("just-after", "just_after", blood, own, light));
            wanted.push(of("crusts", "crusts", crusts, own, light));
        }
        wanted.push(of("treated", "treated", after, own, light));
        wanted.push(of("untreated", "untreated", after, own, light));
        for percentile in ENDS.into_iter().filter(|percentile| *percentile != own) {
            wanted.push(of(
                &format!("before-{percentile:02}"),
                "before",
                before,
                percentile,
                light,
            ));
            wanted.push(of(
                &format!("treated-{percentile:02}"),
                "treated",
                after,
                percentile,
                light,
            ));
        }
        for other in Lighting::ALL.into_iter().filter(|other| *other != light) {
            wanted.push(of(&format!("before-{}", other.name()), "before", before, own, other));
            wanted.push(of(&format!("treated-{}", other.name()), "treated", after, own, other));
        }
        wanted
    }

    fn has_sessions(&self) -> bool {
        let mut schedules = self.cohort.schedules.iter();
        schedules.any(|schedule| !schedule.sessions.is_empty())
    }

    fn person(&self, index: usize) -> (&VirtualPerson, &PatchParameters) {
        let person = &self.cohort.people[index];
        (person, &self.patches[person.world])
    }

    /// A person at a moment.
    fn state(&self, index: usize, arm: &str, moment: usize, layout: &MarkLayout) -> PatchState {
        let (person, parameters) = self.person(index);
        let outcome = outcome_of(arm);
        let aftermath = match arm {
            "just_after" => SessionTrace::Blood,
            "crusts" => SessionTrace::Crusts,
            _ => SessionTrace::Nothing,
        };
        self.optics
            .patch(self.cohort, person, parameters, (moment, outcome), (aftermath, layout))
    }

    fn picture(
        &self,
        scene: &Scene,
        layout: &MarkLayout,
        wanted: &Wanted<'_>,
    ) -> Result<(PictureNumbers, Picture), RenderError> {
        let state = self.state(wanted.person, wanted.arm, wanted.moment, layout);
        let picture = scene.show(self.patch_optics, &state.shown, wanted.light, self.threads)?;
        let measured = picture.measured;
        let outcome = outcome_of(wanted.arm);
        let session = matches!(wanted.arm, "just_after" | "crusts");
        let numbers = PictureNumbers {
            file: wanted.file.clone(),
            arm: wanted.arm.to_owned(),
            month: wanted.month,
            percentile: wanted.percentile,
            person: wanted.person,
            light: wanted.light.name().to_owned(),
            skin_lab: as_list(measured.skin),
            mark_lab: measured.mark.map(as_list),
            delta_e_seen: measured.delta_e,
            delta_e_tissue: self.optics.tissue_difference(&state.shown)?,
            delta_e_score: state.contrast,
            relief_um: measured.depth_um,
            relief_tissue_um: state.shown.relief.depth_um(state.shown.texture),
            texture: state.shown.texture,
            width: state.shown.width,
            improvement: self
                .cohort
                .improvement(&self.cohort.people[wanted.person], wanted.moment, outcome),
            coverage: measured.coverage,
            unevenness: measured.unevenness,
            holes: session.then_some(state.holes),
            bleeding: session.then_some(state.bleeding),
            drops: session.then_some(state.shown.spots.len()),
        };
        Ok((numbers, picture))
    }

    /// What collagen alone could do to the colour of the typical person's marks.
    fn collagen_alone(&self, layout: &MarkLayout) -> Result<CollagenAlone, OpticsError> {
        let state = self.state(self.at(TYPICAL_PERCENTILE), "before", self.moments.before, layout);
        Ok(CollagenAlone {
            before: self.optics.tissue_difference(&state.shown)?,
            rebuilt: self.optics.rebuilt_difference(&state.shown)?,
        })
    }

    /// Sections of a person's mark: before, with the channels of a session, and at the month.
    fn sections(&self, (index, month): (usize, f64), layout: &MarkLayout, all: bool) -> Vec<SectionNumbers> {
        let (person, _) = self.person(index);
        let mark = mark_before(self.cohort, person);
        let moments = self.moments;
        let asked = [
            ("before", moments.before, 0.0),
            ("just_after", moments.just_after, moments.just_after_month),
            ("treated", moments.month, month),
        ];
        let skin = &person.harms.skin;
        asked
            .into_iter()
            .filter(|(arm, ..)| all && (*arm != "just_after" || self.has_sessions()) || *arm == "before")
            .map(|(arm, moment, month)| {
                let state = self.state(index, if arm == "just_after" { "treated" } else { arm }, moment, layout);
                let seen = self.cohort.observation(person, moment, outcome_of(arm));
                let channels = if arm == "just_after" {
                    self.channels(person, layout.seed)
                } else {
                    Vec::new()
                };
                SectionNumbers {
                    arm: arm.to_owned(),
                    month,
                    width_um: SECTION_MM * UM_PER_MM,
                    mark_width_um: layout.widest_mm * state.shown.width * UM_PER_MM,
                    skin_epidermis_um: skin.epidermis.mm() * UM_PER_MM,
                    mark_epidermis_um: state.shown.mark.epidermis_mm * UM_PER_MM,
                    skin_dermis_um: skin.dermis.mm() * UM_PER_MM,
                    mark_dermis_um: mark.thickness.mm() * UM_PER_MM,
                    dent_um: state
                        .shown
                        .relief
                        .depth_of_width_um(state.shown.texture, layout.widest_mm * state.shown.width),
                    collagen: mark.resting * (1.0 + seen.papillary_gain),
                    elastin: seen.elastin,
                    skin_dispersion: skin.mechanics.fibres.dispersion_ratio,
                    channels,
                }
            })
            .collect()
    }

    /// The channels that a thin slice of a session's holes meets.
    fn channels(&self, person: &VirtualPerson, seed: u64) -> Vec<SectionChannel> {
        // numerical: thickness of the slice, mm; a slice of nothing would meet no hole
        const SLICE_MM: f64 = 0.4;
        hole_places(self.cohort, person, seed, Length::from_mm(SECTION_MM))
            .into_iter()
            .filter(|[_, y, _]| (y - 0.5 * SECTION_MM).abs() < 0.5 * SLICE_MM)
            .map(|[x, _, depth]| SectionChannel {
                x_um: x * UM_PER_MM,
                depth_um: depth * UM_PER_MM,
            })
            .collect()
    }
}

/// What becomes of a person in a picture of that name.
fn outcome_of(arm: &str) -> PotentialOutcome {
    match arm {
        "before" | "untreated" => PotentialOutcome::Untreated,
        _ => PotentialOutcome::Treated,
    }
}

/// Twelve people, or all where there are fewer, drawn at random and each once.
fn at_random(people: usize, seed: u64) -> Vec<usize> {
    let places = uniforms(seed, "render.strip", people);
    needlework_numerics::order(&places).into_iter().take(STRIP).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_go_from_the_first_session_to_the_month_and_are_few() {
        assert_eq!(frame_months(0.0), [0.0]);
        assert_eq!(frame_months(3.0), [0.0, 1.0, 2.0, 3.0]);
        let long = frame_months(24.0);
        assert_eq!((long.len(), long.first(), long.last()), (13, Some(&0.0), Some(&24.0)));
    }

    #[test]
    fn people_of_the_strip_are_different_and_hang_on_the_seed_alone() {
        let one = at_random(500, 1);
        assert_eq!((one.len(), &one), (12, &at_random(500, 1)));
        assert_ne!(one, at_random(500, 2));
        let mut once = one.clone();
        once.sort_unstable();
        once.dedup();
        assert_eq!(once.len(), 12);
        assert_eq!(at_random(3, 1).len(), 3);
    }
}
