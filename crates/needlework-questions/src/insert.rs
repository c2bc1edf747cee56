//! One needle, and the device that carries it, on a typical person's unmarked skin: force against travel, the drop,
//! depth, gape, pictures.
//!
//! Two views stand side by side. The *middle world* has every number at its middle and shows the shape of the curve,
//! with its drop. The *band* is 5–95 % over worlds at each travel; since the drop lies elsewhere in each, the band has
//! none. Depths of the device are over needles and worlds, and beside them stand the published ratios of depth to
//! length, which contradict each other.
//!
//! The hole map lays every needle of every pass and session of the middle world on a plot
//! ([`needlework_puncture::lay`]). A single needle leaves one puncture: it has no map and no density. A force bounds
//! how deep it gets; of a pen, whose needles a motor drives, no force is asked.

use needlework_case::{DeviceKind, ResolvedDevice, Site};
use needlework_cohort::{
    CohortError, Done, Pressed, Trial, middle_world, press_in, press_over_worlds, site_numbers, try_devices,
};
use needlework_course::geometry;
use needlework_evidence::Book;
use needlework_numerics::{Continue, Interval, normal_strata, uniforms};
use needlework_puncture::{DepthModel, Hand, Hole, HoleMap, Kind, Parameters, Plot, lay, one_puncture, tip_area};
use needlework_units::{Length, MN_PER_N, UM_PER_MM};
use needlework_verdict::{
    Channel, Engine, Histogram, HoleMap as DrawnMap, INTENDED_USE, Layer, Percentiles, Puncture, Slice, percentiles,
    range,
};
use schemars::JsonSchema;
use serde::Serialize;

/// The version of the format.
pub const INSERTION_FORMAT: &str = "needlework-insertion/2";

// numerical: points of the curve
const POINTS: usize = 80;
// numerical: needles of the middle world
const NEEDLES: usize = 64;
// numerical: bins of the histogram
const BINS: usize = 40;
// The slice that is drawn: width and thickness, mm.
const SLICE_WIDTH_MM: f64 = 4.0;
const SLICE_THICKNESS_MM: f64 = 1.0;
// numerical: side of the drawn square, mm
const SIDE_MM: f64 = 10.0;
// numerical: more cannot be told apart in a picture
const MOST_DRAWN: usize = 4000;

/// Does the force of the hand decide how deep such a device goes? Not where a motor drives the needles.
#[must_use]
pub fn force_counts(kind: Option<DeviceKind>) -> bool {
    !matches!(kind, Some(DeviceKind::Pen | DeviceKind::RadiofrequencyNeedles))
}

/// What is asked.
#[derive(Debug, Clone, Copy)]
pub struct Insertion<'a> {
    /// The device, looked up.
    pub device: &'a ResolvedDevice,
    /// The site.
    pub site: &'a Site,
    /// The hand.
    pub hand: Hand,
    /// Sessions of the hole map.
    pub sessions: u32,
    /// Side of the square plot of the hole map.
    pub plot: Length,
}

impl Insertion<'_> {
    /// Length of the needles: as it is known, else the longest setting of the device, else a usual clinic length.
    #[must_use]
    pub fn length(&self, parameters: &Parameters) -> Length {
        let longest = self.device.range.map(|(_, longest)| longest);
        let known = self.device.geometry.needle_length.or(longest);
        known.unwrap_or(parameters.clinic_length)
    }
}

/// The device and the site in words.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Subject {
    /// The device.
    pub device: String,
    /// Needle length, mm.
    pub length_mm: f64,
    /// How its needles end: cone, pyramid, bevel or blunt.
    pub tip: String,
    /// The site.
    pub site: String,
    /// What is assumed of the device.
    pub assumed: Vec<String>,
}

/// A point of the curve of the middle world.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct Step {
    /// Travel from first touch, µm.
    pub travel_um: f64,
    /// Force, mN.
    pub force_mn: f64,
    /// Depth of the tip in the skin, µm.
    pub depth_um: f64,
}

/// The same over worlds.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct Band {
    /// Travel from first touch, µm.
    pub travel_um: f64,
    /// Force, mN.
    pub force_mn: Percentiles,
    /// Depth, µm.
    pub depth_um: Percentiles,
}

/// A drum in contact, in the middle world.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "Drum")]
pub struct DrumContact {
    /// Radius of the drum, mm.
    pub radius_mm: f64,
    /// Angle between two needles around it, degrees.
    pub pitch_deg: f64,
    /// Needles abreast.
    pub across: f64,
    /// Gap between the drum and the level of the skin, mm.
    pub gap_mm: f64,
    /// Angle from the vertical at which a needle enters, degrees.
    pub entry_deg: f64,
    /// Rolling radius, mm.
    pub rolling_radius_mm: f64,
    /// Excursion of a needle in skin that stands still, µm.
    pub excursion_um: f64,
    /// Length over width of the hole at the surface of skin that follows, over worlds.
    pub aspect_ratio: Percentiles,
    /// Length of the cleft in the dermis along the rolling, µm, over worlds.
    pub cleft_um: Percentiles,
    /// The way of a tip into the skin, in the frame of the skin: along the rolling and depth, µm.
    pub tip_path_um: Vec<[f64; 2]>,
}

/// What the hole map counts.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct MapSummary {
    /// Side of the plot, mm.
    pub side_mm: f64,
    /// Sessions.
    pub sessions: u32,
    /// Passes of a session.
    pub passes: f64,
    /// Needles that came down.
    pub landings: usize,
    /// Of these, needles that went in.
    pub pierced: usize,
    /// Distinct holes, all sessions together.
    pub holes: usize,
    /// Distinct holes for each square centimetre and session.
    pub holes_per_cm2: f64,
    /// Distinct holes over needles that went in.
    pub distinct_fraction: f64,
    /// Share of the first session's plot within 0.1, 0.25 and 0.5 mm of a hole.
    pub near_fraction: [f64; 3],
    /// Injured share of the plot in one session, by depth below the surface, µm.
    pub injured_by_depth_um: Vec<[f64; 2]>,
}

/// A published ratio of depth to length.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct PublishedDepth {
    /// Key of its passport.
    pub key: String,
    /// Where it was measured.
    pub conditions: String,
    /// The ratio.
    pub ratio: f64,
    /// Its source.
    pub source: String,
}

/// One needle and its device.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct InsertionReport {
    /// [`INSERTION_FORMAT`].
    pub format: String,
    /// What this software is for.
    pub intended_use: String,
    /// What computed this.
    pub engine: Engine,
    /// Seed of all random numbers.
    pub seed: u64,
    /// Worlds.
    pub worlds: usize,
    /// Device and site.
    pub subject: Subject,
    /// The law of depth that spoke.
    pub law: String,
    /// Force against travel in the middle world.
    pub curve: Vec<Step>,
    /// The same over worlds.
    pub bands: Vec<Band>,
    /// Area between the tip and the skin, µm².
    pub tip_area_um2: Percentiles,
    /// Force at which the tip enters the horny layer, mN.
    pub force_at_entry_mn: Percentiles,
    /// Travel at which it does, µm.
    pub travel_at_entry_um: Percentiles,
    /// Force at which the tip comes through the epidermis and the skin gives way, mN.
    pub force_at_drop_mn: Percentiles,
    /// Force just after, mN.
    pub force_after_drop_mn: Percentiles,
    /// Travel at which it gives way, µm.
    pub travel_at_drop_um: Percentiles,
    /// Depth at the drop, µm, of a needle that is pushed as far as it takes.
    pub depth_at_drop_um: Percentiles,
    /// Share of worlds in which a typical needle of this device enters the horny layer.
    pub goes_in: f64,
    /// Share of worlds in which it comes through the epidermis.
    pub comes_through: f64,
    /// Depth of a typical needle of the device over its length.
    pub depth_ratio: Percentiles,
    /// Force on a typical needle at its deepest, mN.
    pub force_per_needle_mn: Percentiles,
    /// Force on the whole device, N.
    pub force_n: Percentiles,
    /// Gap that stays between device and skin, µm.
    pub gap_um: Percentiles,
    /// How far skin and fat sink as a whole, mm.
    pub sag_mm: Percentiles,
    /// Width of the open hole at the surface after recoil, µm; zero where the needle does not go in.
    pub gape_um: Percentiles,
    /// Height to which the skin is lifted when the needle is drawn out, µm.
    pub tent_um: Percentiles,
    /// Holes, depths, layers and pictures.
    pub puncture: Puncture,
    /// The drum, where it is one and brings a needle in.
    pub drum: Option<DrumContact>,
    /// What the hole map counts, in the middle world; none for a single needle.
    pub map: Option<MapSummary>,
    /// Published ratios of depth to length.
    pub published: Vec<PublishedDepth>,
}

/// How the keys of the published ratios begin; what each was measured on is the label of its passport.
const PUBLISHED: &str = "device.depth_ratio.";

/// Puts one needle and its device through many worlds. The holes of the map come back beside the report.
///
/// # Errors
/// [`CohortError`] when the evidence does not fill the model.
pub fn insertion(
    asked: &Insertion<'_>,
    book: &Book,
    engine: &Engine,
    seed: u64,
    worlds: usize,
) -> Result<(InsertionReport, HoleMap), CohortError> {
    if worlds == 0 {
        return Err(CohortError::Empty);
    }
    let middle = middle_world(book)?.parameters;
    let device = geometry(asked.device, asked.length(&middle.puncture), None);
    let single = device.kind == Kind::Single;
    let trial = Trial {
        device,
        hand: asked.hand,
    };
    let site = site_numbers(Some(asked.site), book)?;
    let pressed = press_over_worlds(&trial, &site, book, seed, worlds)?;
    // One device is one piece of work: more threads would not help, and a place to stop is not needed.
    let done = try_devices(&[trial], &site, book, (seed, worlds, 1), &mut |_| Continue::Yes)?.concat();
    let strata = normal_strata(NEEDLES);
    let typical = press_in(&trial, &site, &middle, &strata);
    let plot = Plot {
        width: asked.plot,
        height: asked.plot,
    };
    let map = if single {
        one_puncture(&device, &typical.contact, plot, &middle.puncture)
    } else {
        lay(
            &device,
            &trial.hand,
            &typical.contact,
            plot,
            asked.sessions,
            &middle.puncture,
            seed,
        )
    };
    let over = |value: &dyn Fn(&Pressed) -> f64| percentiles(&pressed.iter().map(value).collect::<Vec<_>>());
    let of_worlds = |holds: &dyn Fn(&Pressed) -> bool| {
        pressed.iter().filter(|pressed| holds(pressed)).count() as f64 / worlds as f64
    };
    let um = |length: Length| length.mm() * UM_PER_MM;
    let length_mm = device.length.mm();
    let deepest = |pressed: &Pressed| Length::from_mm(pressed.contact.typical_mm);
    let gape = |pressed: &Pressed| {
        let depth = pressed.contact.typical_mm;
        if depth > 0.0 {
            2.0 * pressed.gape_ratio * pressed.shape.radius_mm(depth) * UM_PER_MM
        } else {
            0.0
        }
    };
    let drop = |pressed: &Pressed| pressed.contact.encounter.depth_at_drop();
    let report = InsertionReport {
        format: INSERTION_FORMAT.to_owned(),
        intended_use: INTENDED_USE.to_owned(),
        engine: engine.clone(),
        seed,
        worlds,
        subject: Subject {
            device: asked
                .device
                .label
                .clone()
                .unwrap_or_else(|| "a device of one's own".to_owned()),
            length_mm,
            tip: typical.shape.end.name().to_owned(),
            site: asked.site.label.clone(),
            assumed: asked
                .device
                .assumed
                .iter()
                .cloned()
                .chain(filled_in(asked.device))
                .collect(),
        },
        law: DepthModel::Contact.name().to_owned(),
        curve: curve(&typical, length_mm),
        bands: bands(&pressed, length_mm),
        tip_area_um2: over(&|pressed| tip_area(&pressed.shape).mm2() * UM_PER_MM * UM_PER_MM),
        force_at_entry_mn: over(&|pressed| pressed.contact.encounter.entry_force().newtons() * MN_PER_N),
        travel_at_entry_um: over(&|pressed| pressed.contact.encounter.travel_to_entry_mm() * UM_PER_MM),
        force_at_drop_mn: over(&|pressed| pressed.contact.encounter.drop_force().newtons() * MN_PER_N),
        force_after_drop_mn: over(&|pressed| pressed.contact.encounter.force_at_depth(drop(pressed).mm()) * MN_PER_N),
        travel_at_drop_um: over(&|pressed| pressed.contact.encounter.travel_to_drop_mm() * UM_PER_MM),
        depth_at_drop_um: over(&|pressed| um(drop(pressed))),
        goes_in: of_worlds(&|pressed| pressed.contact.typical_mm > 0.0),
        comes_through: of_worlds(&|pressed| pressed.contact.typical_mm > pressed.skin.epidermis.mm()),
        depth_ratio: over(&|pressed| pressed.contact.typical_mm / length_mm),
        force_per_needle_mn: over(&|pressed| pressed.contact.force_per_needle.newtons() * MN_PER_N),
        force_n: over(&|pressed| pressed.contact.force.newtons()),
        gap_um: over(&|pressed| um(pressed.contact.gap)),
        sag_mm: over(&|pressed| pressed.contact.sag.mm()),
        gape_um: over(&gape),
        tent_um: over(&|pressed| {
            let depth = deepest(pressed);
            if depth > Length::ZERO {
                um(pressed.contact.encounter.tent(depth))
            } else {
                0.0
            }
        }),
        puncture: puncture(&pressed, &done, &map, seed),
        drum: drum(&trial, &typical, &pressed, &middle.puncture),
        map: (!single).then(|| {
            summary(
                &map,
                asked.sessions,
                trial.hand.passes_made(device.kind, &middle.puncture),
                &middle.puncture,
            )
        }),
        published: published(book)?,
    };
    Ok((report, map))
}

/// What nobody said of the needle's length, in words.
fn filled_in(device: &ResolvedDevice) -> Option<String> {
    match (device.geometry.needle_length, device.range) {
        (Some(_), _) => None,
        (None, Some(_)) => Some("needle_length (the longest setting)".to_owned()),
        (None, None) => Some("needle_length (a usual clinic length)".to_owned()),
    }
}

/// The curve of the middle world, up to the needle's length.
fn curve(typical: &Pressed, length_mm: f64) -> Vec<Step> {
    let shown_mm = length_mm.max(typical.contact.encounter.travel_to_drop_mm() * 2.0);
    typical
        .contact
        .encounter
        .curve(shown_mm, POINTS)
        .into_iter()
        .map(|point| Step {
            travel_um: point.travel_mm * UM_PER_MM,
            force_mn: point.force * MN_PER_N,
            depth_um: point.depth_mm * UM_PER_MM,
        })
        .collect()
}

fn bands(pressed: &[Pressed], length_mm: f64) -> Vec<Band> {
    (0..=POINTS / 2)
        .map(|i| {
            let travel_mm = length_mm * 2.0 * i as f64 / POINTS as f64;
            let points: Vec<_> = pressed
                .iter()
                .map(|pressed| pressed.contact.encounter.pressed(travel_mm))
                .collect();
            Band {
                travel_um: travel_mm * UM_PER_MM,
                force_mn: percentiles(&points.iter().map(|point| point.force * MN_PER_N).collect::<Vec<_>>()),
                depth_um: percentiles(
                    &points
                        .iter()
                        .map(|point| point.depth_mm * UM_PER_MM)
                        .collect::<Vec<_>>(),
                ),
            }
        })
        .collect()
}

/// Every published ratio of depth to length, side by side, in the order of their keys.
fn published(book: &Book) -> Result<Vec<PublishedDepth>, CohortError> {
    book.passports()
        .filter(|passport| passport.key.starts_with(PUBLISHED))
        .map(|passport| {
            Ok(PublishedDepth {
                key: passport.key.clone(),
                conditions: passport.label.clone().unwrap_or_default(),
                ratio: book.value(&passport.key)?,
                source: passport.source.clone(),
            })
        })
        .collect()
}

fn summary(map: &HoleMap, sessions: u32, passes: f64, parameters: &needlework_puncture::Parameters) -> MapSummary {
    // numerical: test points along a side, and the distances that the answer names, mm
    const TESTS: usize = 300;
    // numerical: likewise
    const NEAR_MM: [f64; 3] = [0.1, 0.25, 0.5];
    let deepest_mm = map.holes.iter().map(|hole| hole.depth_mm).fold(0.0, f64::max);
    let levels = BINS / 2;
    MapSummary {
        side_mm: map.plot.width.mm(),
        sessions,
        passes,
        landings: map.landings,
        pierced: map.pierced,
        holes: map.holes.len(),
        holes_per_cm2: map.density(sessions).per_cm2(),
        distinct_fraction: map.distinct_fraction(),
        near_fraction: NEAR_MM.map(|near| map.covered(0, TESTS, near, |_| near)),
        injured_by_depth_um: (0..=levels)
            .map(|i| deepest_mm * i as f64 / levels as f64)
            .map(|depth_mm| {
                let depth = Length::from_mm(depth_mm);
                [depth_mm * UM_PER_MM, map.injured(0, TESTS, depth, parameters.halo)]
            })
            .collect(),
    }
}

fn drum(
    trial: &Trial,
    typical: &Pressed,
    pressed: &[Pressed],
    parameters: &needlework_puncture::Parameters,
) -> Option<DrumContact> {
    if trial.device.kind != Kind::Roller {
        return None;
    }
    let drum = needlework_puncture::Drum::of(&trial.device, parameters);
    let rolling = needlework_puncture::rolling(&trial.device, typical.contact.gap, parameters);
    let tracks = || pressed.iter().filter_map(|pressed| pressed.track.as_ref());
    // Where no needle goes in, in any world, a drum leaves nothing to look at: a hand without force.
    tracks().next()?;
    Some(DrumContact {
        radius_mm: drum.radius.mm(),
        pitch_deg: drum.angular_pitch().to_degrees(),
        across: drum.across,
        gap_mm: typical.contact.gap.mm(),
        entry_deg: rolling.entry_angle().degrees(),
        rolling_radius_mm: rolling.rolling_radius().mm(),
        excursion_um: rolling.excursion().mm() * UM_PER_MM,
        aspect_ratio: percentiles(&tracks().map(|track| track.aspect_ratio).collect::<Vec<_>>()),
        cleft_um: percentiles(
            &tracks()
                .map(|track| track.cleft_length.mm() * UM_PER_MM)
                .collect::<Vec<_>>(),
        ),
        tip_path_um: typical.track.as_ref().map_or_else(Vec::new, |track| {
            // numerical: every eighth point is enough for a picture
            const EACH: usize = 8;
            let points = track.tip_path_mm.iter().step_by(EACH);
            points.map(|point| point.map(|mm| mm * UM_PER_MM)).collect()
        }),
    })
}

/// Depths over worlds and needles, and the middle world's holes as pictures.
fn puncture(pressed: &[Pressed], done: &[Done], map: &HoleMap, seed: u64) -> Puncture {
    let each = |value: &dyn Fn(&Pressed) -> f64| range(Interval::over(&pressed.iter().map(value).collect::<Vec<_>>()));
    let session = |value: &dyn Fn(&Done) -> f64| range(Interval::over(&done.iter().map(value).collect::<Vec<_>>()));
    let share = |pressed: &Pressed, above_mm: f64| {
        let depths = &pressed.contact.depths_mm;
        depths.iter().filter(|depth| **depth > above_mm).count() as f64 / depths.len().max(1) as f64
    };
    let depths_um: Vec<f64> = pressed
        .iter()
        .flat_map(|pressed| pressed.contact.depths_mm.iter().map(|depth| depth * UM_PER_MM))
        .collect();
    let middle_of = |value: &dyn Fn(&Pressed) -> f64| percentiles(&pressed.iter().map(value).collect::<Vec<_>>()).p50;
    let epidermis_um = middle_of(&|pressed| pressed.skin.epidermis.mm() * UM_PER_MM);
    let reticular_um = middle_of(&|pressed| pressed.skin.reticular_depth().mm() * UM_PER_MM);
    let bottom_um = middle_of(&|pressed| pressed.skin.thickness().mm() * UM_PER_MM);
    Puncture {
        holes_per_cm2: session(&|done| done.holes_per_cm2),
        histogram: histogram(&depths_um),
        depth_um: percentiles(&depths_um),
        reaches_dermis: each(&|pressed| share(pressed, pressed.skin.epidermis.mm())),
        reaches_reticular: each(&|pressed| share(pressed, pressed.skin.reticular_depth().mm())),
        injured_fraction: session(&|done| done.injured),
        open_window_hours: percentiles(&[0.0]),
        layers: Layer::of_skin(epidermis_um.round(), reticular_um.round(), bottom_um.round()),
        slice: slice(map, bottom_um),
        hole_map: drawn(map, seed),
    }
}

fn histogram(depths_um: &[f64]) -> Histogram {
    // numerical: the first bin holds needles that did not go in; a bin that ends on the deepest holds it
    let top = depths_um.iter().copied().fold(1.0, f64::max) * (1.0 + f64::EPSILON * 4.0);
    let mut share = vec![0.0; BINS];
    for depth in depths_um {
        let bin = ((depth / top * BINS as f64) as usize).min(BINS - 1);
        share[bin] += 1.0 / depths_um.len() as f64;
    }
    Histogram {
        edges_um: (0..=BINS).map(|i| top * i as f64 / BINS as f64).collect(),
        share,
    }
}

/// The channels of a strip in the middle of the plot, as they lie in it after the first session.
fn slice(map: &HoleMap, bottom_um: f64) -> Slice {
    let (left, low) = (
        0.5 * (map.plot.width.mm() - SLICE_WIDTH_MM),
        0.5 * (map.plot.height.mm() - SLICE_THICKNESS_MM),
    );
    let shape = map.shape;
    let inside = |hole: &&Hole| {
        (left..left + SLICE_WIDTH_MM).contains(&hole.x_mm) && (low..low + SLICE_THICKNESS_MM).contains(&hole.y_mm)
    };
    Slice {
        width_um: SLICE_WIDTH_MM * UM_PER_MM,
        thickness_um: SLICE_THICKNESS_MM * UM_PER_MM,
        mark_from_um: SLICE_WIDTH_MM * UM_PER_MM,
        mark_bottom_um: bottom_um.round(),
        channels: map
            .of_session(0)
            .filter(inside)
            .map(|hole| Channel {
                x_um: ((hole.x_mm - left) * UM_PER_MM).round(),
                depth_um: (hole.depth_mm * UM_PER_MM).round(),
                shoulder_um: ((hole.depth_mm - (hole.radius_mm - shape.tip_mm) / shape.taper_ratio).max(0.0)
                    * UM_PER_MM)
                    .round(),
                radius_um: (hole.radius_mm * UM_PER_MM).round(),
                tip_radius_um: (shape.tip_mm * UM_PER_MM).round(),
            })
            .collect(),
    }
}

/// The holes of the first session in a square of the plot's middle.
fn drawn(map: &HoleMap, seed: u64) -> DrawnMap {
    let side = SIDE_MM.min(map.plot.width.mm());
    let from = 0.5 * (map.plot.width.mm() - side);
    let mut places: Vec<[f64; 2]> = map
        .of_session(0)
        .map(|hole| [hole.x_mm - from, hole.y_mm - from])
        .filter(|place| place.iter().all(|at| (0.0..side).contains(at)))
        .collect();
    let count = places.len();
    if count > MOST_DRAWN {
        // An even thinning, the same for the same seed.
        let keep = MOST_DRAWN as f64 / count as f64;
        let draws = uniforms(seed, "map.thinned", count);
        let mut draw = draws.into_iter();
        places.retain(|_| draw.next().is_some_and(|u| u < keep));
    }
    let radii: Vec<f64> = map.of_session(0).map(|hole| hole.radius_mm * UM_PER_MM).collect();
    DrawnMap {
        side_um: side * UM_PER_MM,
        radius_um: if radii.is_empty() {
            0.0
        } else {
            percentiles(&radii).p50.round()
        },
        not_drawn: count - places.len(),
        holes_mm: places,
    }
}
