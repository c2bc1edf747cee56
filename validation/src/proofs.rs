//! Numerical proofs, recomputed on the spot: what the code must give by mathematics or by tables that others computed.
//!
//! Each proof calls public functions of the rooms and compares one number with what it has to be. Parameters are the
//! medians of the evidence where a room needs some; a proof holds for any. Reference tables of optics are those of
//! `validation/optics`.

use std::f64::consts::{LN_2, PI};
use std::fmt::Write as _;

use needlework::channel::{self, ClosureConditions, ClosurePersonDraws};
use needlework::cohort::{Moment, Settings};
use needlework::course::Parameters;
use needlework::healing::{self, CascadeRun, Injury, Kinetics, Modifiers, RemodellingHypothesis, TissueResponse};
use needlework::numerics::{
    Distribution, midpoints, normal_strata, rk4_step, share_over_worlds, uniforms, variance_shares,
};
use needlework::puncture::{self, Device, Hand, Holes, Kind, PersonDraws};
use needlework::skin::{Bed, Fibres, Mechanics, Skin};
use needlework::stria::{Stage, Tissue};
use needlework::units::{Angle, Length, Stress, Time};
use needlework::verdict::Library;

use crate::context::Context;
pub use crate::proof::Proof;
use crate::proof::proof;
use crate::typical::typical;
use crate::{fields, germs, optics};

/// All proofs.
///
/// # Errors
/// When something cannot be computed at all.
pub fn prove(library: &Library) -> Result<Vec<Proof>, String> {
    let mut proofs = numerics();
    proofs.extend(fields::prove()?);
    let typical = typical(library)?;
    proofs.extend(holes(&typical)?);
    proofs.extend(channels(&typical));
    proofs.extend(crate::proofs_channel::prove());
    proofs.extend(healing_proofs(&typical));
    proofs.extend(optics::prove()?);
    proofs.push(threads(library)?);
    Ok(proofs)
}

fn largest(values: impl IntoIterator<Item = f64>) -> f64 {
    values.into_iter().fold(
        0.0,
        |most, value| if value.is_nan() { value } else { value.abs().max(most) },
    )
}

fn numerics() -> Vec<Proof> {
    let circle = |steps: usize| {
        let h = 2.0 / steps as f64;
        let end = (0..steps).fold([1.0, 0.0], |s, _| rk4_step(s, h, |_, [x, y]| [*y, -x]));
        ((end[0] - 2.0_f64.cos()).powi(2) + (end[1] + 2.0_f64.sin()).powi(2)).sqrt()
    };
    let mean_of_exp = |n: usize| {
        let sum: f64 = midpoints(1.0, n).iter().map(|x| x.exp()).sum::<f64>() / n as f64;
        (sum - (1.0_f64.exp() - 1.0)).abs()
    };
    let straight: f64 = midpoints(1.0, 7).iter().map(|x| 3.0 * x - 1.0).sum::<f64>() / 7.0;
    let strata = normal_strata(64).iter().map(|e| (0.25 * e).exp()).sum::<f64>() / 64.0;
    let laws = [
        Distribution::Normal { mean: 2.0, sd: 3.0 },
        Distribution::LogNormal {
            median: 2.0,
            sigma: 0.5,
        },
        Distribution::LogitNormal {
            median: 0.3,
            sigma: 1.0,
        },
        Distribution::Uniform { low: -1.0, high: 4.0 },
        Distribution::Beta {
            alpha: 1.5,
            beta: 100.0,
        },
        Distribution::Gamma { shape: 3.5 },
    ];
    let shares = [0.001, 0.01, 0.3, 0.9, 0.999];
    let trips = largest(
        laws.iter()
            .flat_map(|law| shares.map(|u| law.cumulative(law.quantile(u)) - u)),
    );

    let n = 20_000;
    let angle = |name: &str| -> Vec<f64> { uniforms(5, name, n).into_iter().map(|u| PI * (2.0 * u - 1.0)).collect() };
    let (a, b, c) = (angle("a"), angle("b"), angle("c"));
    let ishigami: Vec<f64> = (0..n)
        .map(|i| a[i].sin() + 7.0 * b[i].sin().powi(2) + 0.1 * c[i].powi(4) * a[i].sin())
        .collect();
    let found = variance_shares(&[("a".to_owned(), a.clone()), ("c".to_owned(), c)], &ishigami);
    let share = |name: &str| found.iter().find(|s| s.name == name).map_or(f64::NAN, |s| s.share);
    let linear: Vec<f64> = a.iter().zip(&b).map(|(a, b)| 3.0 * a + b).collect();
    let split = variance_shares(&[("a".to_owned(), a), ("b".to_owned(), b)], &linear);

    let law = Distribution::Beta { alpha: 2.0, beta: 6.0 };
    let truth = uniforms(1, "truth", n);
    let dice = uniforms(1, "dice", n * 5);
    let counts: Vec<usize> = truth
        .iter()
        .enumerate()
        .map(|(w, &u)| {
            let p = law.quantile(u);
            dice[w * 5..(w + 1) * 5].iter().filter(|&&u| u < p).count()
        })
        .collect();
    let high = share_over_worlds(&counts, 5).interval.high;

    vec![
        proof(
            "integrator",
            "observed order of Runge–Kutta on a circle",
            4.0,
            (circle(20) / circle(40)).log2(),
            0.1,
        ),
        proof(
            "midpoint rule",
            "observed order on the exponential",
            2.0,
            (mean_of_exp(16) / mean_of_exp(32)).log2(),
            0.05,
        ),
        proof(
            "midpoint rule, straight",
            "exact for a straight line",
            0.5,
            straight,
            1e-14,
        ),
        proof(
            "normal strata",
            "mean of a log-normal over 64 strata",
            (0.25_f64 * 0.25 / 2.0).exp(),
            strata,
            1e-3,
        ),
        proof(
            "quantiles",
            "largest error of share → quantile → share, six laws",
            0.0,
            trips,
            1e-6,
        ),
        proof(
            "variance share, first",
            "Ishigami's function, first input",
            0.3139,
            share("a"),
            0.02,
        ),
        proof(
            "variance share, third",
            "Ishigami's function, third input acts by interaction only",
            0.0,
            share("c"),
            0.005,
        ),
        proof(
            "variance share, linear",
            "9 of 10 parts of a linear function",
            0.9,
            split.first().map_or(f64::NAN, |s| s.share),
            0.02,
        ),
        proof(
            "share over worlds",
            "95 % bound of a beta through counts of five people",
            law.quantile(0.95),
            high,
            0.015,
        ),
    ]
}

const SKIN: Skin = Skin {
    stratum_corneum: Length::from_canonical(0.015),
    epidermis: Length::from_canonical(0.09),
    papillary: Length::from_canonical(0.2),
    dermis: Length::from_canonical(1.5),
    fat: Length::from_canonical(14.0),
    bed: Bed::Soft,
    epidermis_scatter: 0.15,
    tension_line: Angle::ZERO,
    mechanics: Mechanics {
        epidermis: Stress::from_canonical(1.4),
        dermis: Stress::from_canonical(0.035),
        fat: Stress::from_canonical(0.0023),
        prestretch_fraction: 0.1,
        fibres: Fibres {
            matrix: Stress::from_canonical(0.2014),
            stiffness: Stress::from_canonical(24.53),
            stiffening_ratio: 0.1327,
            dispersion_ratio: 0.1404,
            angle: Angle::from_canonical(0.716),
            elastin_fraction: 0.7,
            failure_strain_fraction: 0.54,
        },
    },
};

fn mark() -> Tissue {
    Tissue {
        stage: Stage::Alba,
        age: Time::from_years(3.0),
        thickness: Length::from_mm(1.0),
        resting: 0.65,
        ceiling: 0.93,
        elastin: 0.5,
        immature: vec![0.0; 4],
        mature: vec![0.65; 4],
        epidermal_gain: 0.0,
    }
}

/// Holes of straight, equal needles with a wide halo, so that the discs overlap much.
fn overlapping(typical: &Parameters) -> Holes {
    let mut straight = typical.puncture.clone();
    straight.depth_law = 0.0;
    straight.scatter = 0.0;
    straight.taper = 0.0;
    straight.halo = Length::from_mm(0.3);
    straight.distinct = 1.0;
    puncture::puncture(
        &roller(),
        &Hand::of(8.0),
        &SKIN,
        &mark(),
        &straight,
        &PersonDraws::default(),
        &normal_strata(8),
    )
}

fn roller() -> Device {
    Device {
        needles: Some(192),
        drum_radius: Some(Length::from_mm(10.0)),
        drum_width: Some(Length::from_mm(20.0)),
        ..Device::of(Kind::Roller, Length::from_mm(1.5))
    }
}

fn holes(typical: &Parameters) -> Result<Vec<Proof>, String> {
    let holes = overlapping(typical);
    let radius = typical.puncture.tip_radius.mm() + 0.3;
    // Discs thrown on a torus of 40 × 40 mm; a point is injured when a centre lies within the radius.
    const SIDE: f64 = 40.0;
    let count = (holes.density.per_mm2() * SIDE * SIDE).round() as usize;
    let (x, y) = (uniforms(1, "proof.x", count), uniforms(1, "proof.y", count));
    let points = 20_000;
    let (px, py) = (uniforms(2, "proof.x", points), uniforms(2, "proof.y", points));
    let apart = |a: f64, b: f64| {
        let d = (a - b).abs() * SIDE;
        d.min(SIDE - d)
    };
    let inside = (0..points)
        .filter(|&p| (0..count).any(|i| apart(x[i], px[p]).powi(2) + apart(y[i], py[p]).powi(2) < radius * radius))
        .count();
    let thrown = inside as f64 / points as f64;

    let ratio = typical.puncture.rolling_ratio;
    let per_pass = puncture::density_per_pass(&roller(), &typical.puncture).per_mm2();
    let contact = puncture::needles_in_contact(&roller(), &typical.puncture);
    if count == 0 {
        return Err("the roller of the proof leaves no holes".to_owned());
    }
    Ok(vec![
        proof(
            "overlap of holes",
            "injured share by formula, against discs thrown at random",
            thrown,
            holes.injured_top,
            0.015,
        ),
        proof(
            "density of a drum",
            "needles over rolled area",
            192.0 / (2.0 * PI * 10.0 * ratio * 20.0),
            per_pass,
            1e-12,
        ),
        proof(
            "contact of a drum",
            "needles within the arc where they touch",
            192.0 * (10.0_f64 / 11.5).acos() / PI,
            contact,
            1e-9,
        ),
    ])
}

fn channels(typical: &Parameters) -> Vec<Proof> {
    let closure = &typical.closure;
    let open = Holes {
        surface_radii_mm: vec![0.035; 3],
        ..overlapping(typical)
    };
    let conditions = |covered: bool| ClosureConditions {
        covered,
        gel: false,
        limb: false,
        dark_skin: false,
        age: closure.young_age,
        length: closure.length,
    };
    let closed = |covered: bool| channel::close(&open, &conditions(covered), closure, &ClosurePersonDraws::default());
    let left = |covered: bool, half_life: Time| (-closed(covered).barrier.days() / half_life.days() * LN_2).exp();
    let lumen = closed(false).lumen.hours();
    let (birth, death) = (1.0_f64, 0.4_f64);
    // ρ → −∞, A → δ/(β − δ): a lineage that starts with one germ and constant rates.
    let late = channel::Lineages::at(-700.0, death / (birth - death));
    let root = channel::separatrix(0.5, 1e8, 1e5, 2e5).unwrap_or(f64::NAN);
    vec![
        proof(
            "closure in air",
            "share of the gap left when the barrier counts as back",
            closure.restored_level,
            left(false, closure.half_life_open),
            1e-12,
        ),
        proof(
            "closure under cover",
            "the same under cover",
            closure.restored_level,
            left(true, closure.half_life_covered),
            1e-12,
        ),
        proof(
            "closure of the lumen",
            "lag and radius over speed, in hours",
            closure.lag.hours() + 35.0 / closure.speed.um_per_hour(),
            lumen,
            1e-9,
        ),
        proof(
            "extinction",
            "probability that one germ's lineage dies out, death over birth",
            death / birth,
            1.0 - late.surviving,
            1e-12,
        ),
        proof(
            "watershed",
            "rate of change where germs begin to outgrow clearance",
            0.0,
            channel::rate(root, 0.5, 1e8, 1e5, 2e5) / root,
            1e-12,
        ),
        proof(
            "watershed, as published",
            "germs from which 2·10⁵ per hour no longer suffice",
            3.012e5,
            root,
            5e-4 * 3.012e5,
        ),
        proof(
            "independent germs",
            "dose that infects half over ln 2 / k",
            1.0,
            germs::half_dose(|dose| channel::poisson_exceeds(dose * 1e-7, 0.0)) / (LN_2 / 1e-7),
            1e-9,
        ),
    ]
}

/// The answer of a plain person with a red mark to sessions on the given days, each injuring the same share of every
/// depth.
fn answer_to(days: &[f64], share: f64, typical: &Parameters, healing: &healing::Parameters) -> TissueResponse {
    let injury = Injury {
        shares: vec![share; 4],
        top: share,
    };
    let sessions: Vec<Time> = days.iter().map(|&day| Time::from_days(day)).collect();
    healing::respond(
        &injury,
        Stage::Rubra,
        &Modifiers::NONE,
        &CascadeRun::up_to(share, &sessions, &Kinetics::of(&typical.cascade)),
        healing,
        &healing::PersonDraws::default(),
    )
}

fn healing_proofs(typical: &Parameters) -> Vec<Proof> {
    let collagen = |tissue: &Tissue| tissue.mature[0] + tissue.immature[0];
    let at = |answer: &TissueResponse,
              law: RemodellingHypothesis,
              from: &Tissue,
              days: (f64, f64),
              p: &healing::Parameters| {
        healing::heal(from, answer, law, Time::from_days(days.0), Time::from_days(days.1), p)
    };
    let still = largest(RemodellingHypothesis::ALL.into_iter().flat_map(|law| {
        let later = at(
            &TissueResponse::default(),
            law,
            &mark(),
            (0.0, 7305.0),
            &typical.healing,
        );
        let moved: Vec<f64> = later
            .mature
            .iter()
            .zip(&mark().mature)
            .map(|(a, b)| a - b)
            .chain(later.immature)
            .collect();
        moved
    }));
    // A person without amplification, saturation or loss shows what the cascade itself makes.
    let mut bare = typical.healing.clone();
    bare.turnover = Time::from_years(1e9);
    (bare.amplification, bare.most_gain) = (1.0, 1e9);
    (bare.response_rubra, bare.response_person_sd) = (1.0, 0.0);
    let left = |days: &[f64], share: f64, p: &healing::Parameters| {
        let answer = answer_to(days, share, typical, p);
        (0.93
            - collagen(&at(
                &answer,
                RemodellingHypothesis::Persistence,
                &mark(),
                (0.0, 3000.0),
                p,
            )))
            / 0.28
    };
    let per_share = |share: f64| -left(&[0.0], share, &bare).ln() / share;
    let [once, apart] = [&[0.0][..], &[0.0, 1200.0]].map(|days| left(days, 0.05, &bare));
    let monthly = answer_to(&[0.0, 28.0, 56.0], 0.05, typical, &typical.healing);
    let pieces = |step: f64, law: RemodellingHypothesis, until: f64| {
        let count = (until / step).round() as usize;
        (0..count).fold(mark(), |tissue, i| {
            let from = i as f64 * step;
            at(&monthly, law, &tissue, (from, from + step), &typical.healing)
        })
    };
    let whole = largest(RemodellingHypothesis::ALL.into_iter().map(|law| {
        let one = at(&monthly, law, &mark(), (0.0, 168.0), &typical.healing);
        collagen(&one) - collagen(&pieces(0.25, law, 168.0))
    }));
    vec![
        proof(
            "gain per injured share",
            "what the cascade makes of a share of 0.05, over that share",
            1.6,
            per_share(0.05),
            0.1,
        ),
        proof(
            "gain per share, small wounds",
            "the same at 0.01 over 0.001: proportional in the limit",
            1.0,
            per_share(0.01) / per_share(0.001),
            0.02,
        ),
        proof(
            "untreated tissue",
            "largest move of collagen in 20 years under three laws",
            0.0,
            still,
            0.0,
        ),
        proof(
            "sum of sessions",
            "two sessions years apart, without loss: the gap that one leaves, squared",
            once * once,
            apart,
            1e-4,
        ),
        proof(
            "steps of healing",
            "largest change by steps of a quarter day, three laws",
            0.0,
            whole,
            5e-6,
        ),
    ]
}

/// Counts what differs between a cohort computed by one thread and by two.
fn threads(library: &Library) -> Result<Proof, String> {
    let cohort = |threads: usize| -> Result<String, String> {
        let settings = Settings {
            seed: 1,
            worlds: 40,
            people_per_world: 5,
            threads,
        };
        let context = Context::new(library, &settings)?;
        let text = context.case_text("park-2012.toml")?;
        // Debug output writes each number so that it reads back to the same bits.
        Ok(format!(
            "{:?}",
            context.cohort("park-2012.toml", text, Moment::AfterLast(Time::from_weeks(4.0)))?
        ))
    };
    let (one, two) = (cohort(1)?, cohort(2)?);
    let differing = one.bytes().zip(two.bytes()).filter(|(a, b)| a != b).count() + one.len().abs_diff(two.len());
    Ok(proof(
        "one thread and two",
        "bytes that differ in a cohort of 200 people",
        0.0,
        differing as f64,
        0.0,
    ))
}

/// The table of proofs as Markdown.
#[must_use]
pub fn markdown(proofs: &[Proof]) -> String {
    let failed = proofs.iter().filter(|proof| !proof.holds()).count();
    let mut text = format!(
        "# Numerical proofs\n\nWritten by `needlework verify --write`; a test holds it equal to what is \
            computed.\n\n{} proofs, {failed} failed.\n\n\
         | proof | what is shown | expected | computed | tolerance | holds |\n|---|---|---|---|---|---|\n",
        proofs.len()
    );
    for proof in proofs {
        let short = crate::result::short;
        // Writing to a string does not fail.
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {} | {} |",
            proof.name,
            proof.shows,
            short(proof.expected),
            short(proof.computed),
            short(proof.tolerance),
            if proof.holds() { "yes" } else { "NO" }
        );
    }
    text
}
