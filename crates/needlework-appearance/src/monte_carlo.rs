//! Light in a stack of turbid layers, photon packet by photon packet: what adding–doubling cannot say, where it comes
//! out.
//!
//! **Model.** Plane, laterally infinite layers, each with its own refractive index; Henyey–Greenstein scattering;
//! smooth Fresnel surfaces between all of them, air above and below. A narrow beam enters at one point, along the
//! normal or diffusely. What comes back is counted by its distance from there, R_d(ρ) per mm².
//!
//! **Method.** Packets with weights (Prahl, Keijzer, Jacques and Welch 1989; Wang, Jacques and Zheng 1995): free paths
//! −ln ξ in optical depth, carried across surfaces; at each scattering the share 1 − albedo is absorbed; a packet below
//! a ten-thousandth survives with one chance in ten and that much more weight; a surface reflects the whole packet or
//! lets it pass. What roulette takes or gives is booked with absorption, so that the books close exactly:
//! specular + reflected + transmitted + absorbed + unfinished = 1.
//!
//! **Random numbers.** Each batch of packets has a named stream, whose name is that of its stack (a fingerprint of the
//! numbers of the layers) and its place. So the answer of a stack hangs neither on the others, nor on the number of
//! threads. The generator is ChaCha, no short one: a classic lagged generator biases layered skin by up to 1 %.
//!
//! **Errors.** Totals, rings and the edge loss have a standard error, from the spread between packets; radii have none.
//! They fall with the root of their number.
//!
//! **Limits.** No polarisation, no rough surface. A packet that is still under way after a million steps is
//! counted as unfinished; that needs layers that hardly absorb and scatter a million times.
//!
//! **Sources.** Wang, Jacques and Zheng 1995 (10.1016/0169-2607(95)01640-F) for the method.

use std::f64::consts::{PI, TAU};

use needlework_numerics::{Continue, Interrupted, Progress, UniformStream, fingerprint, map_in_order};

use crate::adding_doubling::Layer;
use crate::aperture::Discs;
use crate::fresnel::fresnel;
use crate::optics_error::OpticsError;

/// numerical: packets of one stream, at least: a hundredth of a second of work
const BATCH: u64 = 500;
/// numerical: batches of a stack, at most; more would only fill memory
const MOST_BATCHES: u64 = 500;
/// numerical: batches whose counts are in memory at once, about 4 kB each
const AT_ONCE: usize = 4_000;
/// numerical: a packet below this weight plays roulette; its share of the light is far below any standard error
const FAINT: f64 = 1e-4;
/// numerical: one of so many survives it; ten is usual
const LIVES: f64 = 10.0;
/// numerical: steps after which a packet is given up; skin takes some thousand
const MOST_STEPS: u32 = 1_000_000;
/// numerical: below this anisotropy scattering is even to rounding of the inverted law
const EVEN: f64 = 1e-6;

/// How light comes to the skin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Incidence {
    /// Along the normal.
    Collimated,
    /// From the whole hemisphere with the same radiance.
    Diffuse,
}

/// How much is followed, and what is counted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PhotonSettings {
    /// Packets for each stack.
    pub photons: u64,
    /// Seed of the random numbers.
    pub seed: u64,
    /// Threads; 0 takes as many as the machine has. The result is the same.
    pub threads: usize,
    /// How light comes.
    pub incidence: Incidence,
    /// Width of the rings that R_d(ρ) is counted in, mm.
    pub ring_mm: f64,
    /// How many of them; what leaves farther out is counted together.
    pub rings: usize,
    /// The discs of an instrument, whose edge loss is wanted.
    pub discs: Option<Discs>,
}

/// A number with its standard error.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// Its mean over packets.
    pub mean: f64,
    /// The standard error of that mean.
    pub standard_error: f64,
}

/// Where the light of one stack went, as shares of what came; and R_d(ρ).
#[derive(Debug, Clone, PartialEq)]
pub struct PhotonTally {
    /// Reflected at the surface before it came in.
    pub specular: Estimate,
    /// Back through the top (R_d).
    pub reflected: Estimate,
    /// Out at the bottom, unscattered light included.
    pub transmitted: Estimate,
    /// Absorbed, over all layers.
    pub absorbed: Estimate,
    /// Absorbed in each layer, from the top.
    pub absorbed_by_layer: Vec<f64>,
    /// Still under way when it was given up.
    pub unfinished: f64,
    /// R_d in each ring, per mm².
    pub rings_per_mm2: Vec<Estimate>,
    /// R_d beyond the last ring, as a share of the incident light.
    pub beyond: Estimate,
    /// Share of R_d that an instrument of [`PhotonSettings::discs`] does not see; nothing without one.
    pub edge_loss: Option<Estimate>,
}

impl PhotonTally {
    /// The distance from the beam within which a share of what comes back leaves, mm, for rings of this width; nothing
    /// where that lies beyond the last ring, or nothing comes back.
    #[must_use]
    pub fn radius_holding(&self, share: f64, ring_mm: f64) -> Option<f64> {
        let wanted = share * self.reflected.mean;
        let mut held = 0.0;
        for (place, ring) in self.rings_per_mm2.iter().enumerate() {
            let inner = place as f64;
            let own = ring.mean * ring_area(place, ring_mm);
            if own > 0.0 && held + own >= wanted {
                return Some(ring_mm * (inner + (wanted - held) / own));
            }
            held += own;
        }
        None
    }
}

/// Area of a ring, mm².
fn ring_area(place: usize, ring_mm: f64) -> f64 {
    PI * ring_mm * ring_mm * (2 * place + 1) as f64
}

/// Why light could not be followed.
#[derive(Debug, Clone, PartialEq)]
pub enum PhotonError {
    /// A stack is impossible.
    Stack(OpticsError),
    /// Somebody stopped it, or threads could not be started.
    Interrupted(Interrupted),
}

impl std::fmt::Display for PhotonError {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Stack(error) => error.fmt(out),
            Self::Interrupted(why) => why.fmt(out),
        }
    }
}

impl std::error::Error for PhotonError {}

/// Follows light through each of `stacks` (layers from the top; the last may be infinitely thick).
///
/// # Errors
/// [`PhotonError::Stack`] for an impossible layer, a negative or no width of rings, or no packet;
/// [`PhotonError::Interrupted`] where `progress` stops it.
pub fn follow(
    stacks: &[&[Layer]],
    settings: &PhotonSettings,
    progress: &mut dyn FnMut(Progress) -> Continue,
) -> Result<Vec<PhotonTally>, PhotonError> {
    for layers in stacks {
        for (at, layer) in layers.iter().enumerate() {
            layer.check(at, at + 1 == layers.len()).map_err(PhotonError::Stack)?;
        }
    }
    if settings.photons == 0 || settings.ring_mm.is_nan() || settings.ring_mm <= 0.0 {
        let reason = "at least one packet and rings of some width are needed".to_owned();
        return Err(PhotonError::Stack(OpticsError::BadInput { reason }));
    }
    let each = BATCH.max(settings.photons.div_ceil(MOST_BATCHES));
    let batches = usize::try_from(settings.photons.div_ceil(each)).unwrap_or(1);
    let total = batches * stacks.len();
    let mut told = Vec::with_capacity(stacks.len());
    for some in stacks.chunks((AT_ONCE / batches).max(1)) {
        let before = told.len() * batches;
        let media: Vec<Vec<Medium>> = some.iter().map(|layers| media(layers)).collect();
        let names: Vec<u64> = some.iter().map(|layers| name(layers)).collect();
        let work = |item: usize| {
            let (stack, batch) = (item / batches, item % batches);
            let count = each.min(settings.photons - batch as u64 * each);
            let stream = format!("optics.photons.{:016x}.{batch}", names[stack]);
            tally(
                &media[stack],
                count,
                settings,
                &mut UniformStream::new(settings.seed, &stream),
            )
        };
        let mut watched = |own: Progress| {
            progress(Progress {
                done: before + own.done,
                total,
            })
        };
        let tallied = map_in_order(settings.threads, batches * some.len(), &mut watched, work);
        let mut tallied = tallied.map_err(PhotonError::Interrupted)?.into_iter();
        for media in &media {
            let mut whole = Sums::new(media.len(), settings.rings);
            for part in tallied.by_ref().take(batches) {
                whole.add(&part);
            }
            told.push(whole.told(settings));
        }
    }
    Ok(told)
}

/// What the stream of a stack is called: the same layers give the same light, whatever stands beside them.
fn name(layers: &[Layer]) -> u64 {
    let numbers: Vec<[u8; 8]> = layers
        .iter()
        .flat_map(|layer| {
            [
                layer.refractive_index,
                layer.absorption_per_mm,
                layer.scattering_per_mm,
                layer.anisotropy,
                layer.thickness_mm,
            ]
        })
        .map(|number| number.to_bits().to_le_bytes())
        .collect();
    fingerprint(numbers.iter().map(<[u8; 8]>::as_slice))
}

/// A layer where it lies.
struct Medium {
    index: f64,
    extinction_per_mm: f64,
    absorbed_fraction: f64,
    anisotropy: f64,
    top_mm: f64,
    bottom_mm: f64,
}

fn media(layers: &[Layer]) -> Vec<Medium> {
    let mut depth = 0.0;
    layers
        .iter()
        .map(|layer| {
            let extinction = layer.absorption_per_mm + layer.scattering_per_mm;
            let top_mm = depth;
            depth += layer.thickness_mm;
            Medium {
                index: layer.refractive_index,
                extinction_per_mm: extinction,
                absorbed_fraction: if extinction > 0.0 {
                    layer.absorption_per_mm / extinction
                } else {
                    0.0
                },
                anisotropy: layer.anisotropy,
                top_mm,
                bottom_mm: depth,
            }
        })
        .collect()
}

/// Sum and sum of squares over packets.
#[derive(Debug, Clone, Copy, Default)]
struct Sum {
    first: f64,
    second: f64,
}

/// numerical: fewer packets than these, counted by weight, do not tell an error
const FEWEST_BACK: f64 = 30.0;

impl Sum {
    fn take(&mut self, value: f64) {
        self.first += value;
        self.second += value * value;
    }

    fn add(&mut self, other: Self) {
        self.first += other.first;
        self.second += other.second;
    }

    fn told(self, count: f64) -> Estimate {
        let mean = self.first / count;
        let variance = (self.second / count - mean * mean).max(0.0);
        Estimate {
            mean,
            standard_error: (variance / (count - 1.0).max(1.0)).sqrt(),
        }
    }
}

/// What packets left behind.
struct Sums {
    count: u64,
    specular: Sum,
    reflected: Sum,
    transmitted: Sum,
    absorbed: Sum,
    layers: Vec<f64>,
    unfinished: f64,
    rings: Vec<Sum>,
    beyond: Sum,
    /// Of packets that came back: what an instrument misses, and the product of both.
    missed: Sum,
    missed_with_reflected: f64,
}

impl Sums {
    fn new(layers: usize, rings: usize) -> Self {
        Self {
            count: 0,
            specular: Sum::default(),
            reflected: Sum::default(),
            transmitted: Sum::default(),
            absorbed: Sum::default(),
            layers: vec![0.0; layers],
            unfinished: 0.0,
            rings: vec![Sum::default(); rings],
            beyond: Sum::default(),
            missed: Sum::default(),
            missed_with_reflected: 0.0,
        }
    }

    fn add(&mut self, part: &Self) {
        self.count += part.count;
        self.specular.add(part.specular);
        self.reflected.add(part.reflected);
        self.transmitted.add(part.transmitted);
        self.absorbed.add(part.absorbed);
        for (whole, part) in self.layers.iter_mut().zip(&part.layers) {
            *whole += part;
        }
        self.unfinished += part.unfinished;
        for (whole, part) in self.rings.iter_mut().zip(&part.rings) {
            whole.add(*part);
        }
        self.beyond.add(part.beyond);
        self.missed.add(part.missed);
        self.missed_with_reflected += part.missed_with_reflected;
    }

    fn came_back(&mut self, weight: f64, distance_mm: f64, settings: &PhotonSettings) {
        self.reflected.take(weight);
        let ring = distance_mm / settings.ring_mm;
        match self.rings.get_mut(ring as usize) {
            Some(sum) => sum.take(weight),
            None => self.beyond.take(weight),
        }
        if let Some(discs) = &settings.discs {
            let missed = weight * (1.0 - discs.kept(distance_mm));
            self.missed.take(missed);
            self.missed_with_reflected += missed * weight;
        }
    }

    fn told(&self, settings: &PhotonSettings) -> PhotonTally {
        let count = self.count as f64;
        let area = |ring: usize| ring_area(ring, settings.ring_mm);
        PhotonTally {
            specular: self.specular.told(count),
            reflected: self.reflected.told(count),
            transmitted: self.transmitted.told(count),
            absorbed: self.absorbed.told(count),
            absorbed_by_layer: self.layers.iter().map(|sum| sum / count).collect(),
            unfinished: self.unfinished / count,
            rings_per_mm2: self
                .rings
                .iter()
                .enumerate()
                .map(|(ring, sum)| {
                    let share = sum.told(count);
                    Estimate {
                        mean: share.mean / area(ring),
                        standard_error: share.standard_error / area(ring),
                    }
                })
                .collect(),
            beyond: self.beyond.told(count),
            edge_loss: settings.discs.and_then(|_| self.edge_loss()),
        }
    }

    /// The ratio of two sums over the same packets, with the error of a ratio.
    fn edge_loss(&self) -> Option<Estimate> {
        let all = self.reflected.first;
        if all <= 0.0 || all * all < FEWEST_BACK * self.reflected.second {
            return None;
        }
        let loss = self.missed.first / all;
        // Σ (missed − loss · weight)², since the mean of these differences is zero.
        let squares =
            self.missed.second - 2.0 * loss * self.missed_with_reflected + loss * loss * self.reflected.second;
        Some(Estimate {
            mean: loss,
            standard_error: squares.max(0.0).sqrt() / all,
        })
    }
}

/// A packet under way.
struct Packet {
    weight: f64,
    x_mm: f64,
    y_mm: f64,
    z_mm: f64,
    direction: [f64; 3],
    layer: usize,
}

fn tally(media: &[Medium], count: u64, settings: &PhotonSettings, stream: &mut UniformStream) -> Sums {
    let mut sums = Sums::new(media.len(), settings.rings);
    sums.count = count;
    for _ in 0..count {
        one(media, settings, stream, &mut sums);
    }
    sums
}

/// Follows one packet to its end.
fn one(media: &[Medium], settings: &PhotonSettings, stream: &mut UniformStream, sums: &mut Sums) {
    let Some(first) = media.first() else {
        sums.transmitted.take(1.0);
        return;
    };
    let outside = match settings.incidence {
        Incidence::Collimated => 1.0,
        // The same radiance from everywhere: flux goes with the cosine, so its square is uniform.
        Incidence::Diffuse => stream.draw().sqrt(),
    };
    let (specular, inside) = fresnel(1.0, first.index, outside);
    sums.specular.take(specular);
    let mut packet = Packet {
        weight: 1.0 - specular,
        x_mm: 0.0,
        y_mm: 0.0,
        z_mm: 0.0,
        direction: [(1.0 - inside * inside).max(0.0).sqrt(), 0.0, inside],
        layer: 0,
    };
    let mut absorbed = 0.0;
    let mut path = -stream.draw().ln();
    for _ in 0..MOST_STEPS {
        let here = &media[packet.layer];
        let down = packet.direction[2];
        let to_surface = if down > 0.0 {
            (here.bottom_mm - packet.z_mm) / down
        } else if down < 0.0 {
            (here.top_mm - packet.z_mm) / down
        } else {
            f64::INFINITY
        };
        let to_event = if here.extinction_per_mm > 0.0 {
            path / here.extinction_per_mm
        } else {
            f64::INFINITY
        };
        if to_event < to_surface {
            packet.advance(to_event);
            let taken = packet.weight * here.absorbed_fraction;
            packet.weight -= taken;
            absorbed += taken;
            sums.layers[packet.layer] += taken;
            if packet.weight < FAINT {
                let after = if stream.draw() * LIVES < 1.0 {
                    LIVES * packet.weight
                } else {
                    0.0
                };
                absorbed += packet.weight - after;
                sums.layers[packet.layer] += packet.weight - after;
                packet.weight = after;
                if after <= 0.0 {
                    break;
                }
            }
            packet.scatter(here.anisotropy, stream);
            path = -stream.draw().ln();
            continue;
        }
        if to_surface.is_infinite() {
            break;
        }
        packet.advance(to_surface);
        path -= to_surface * here.extinction_per_mm;
        packet.z_mm = if down > 0.0 { here.bottom_mm } else { here.top_mm };
        let next = if down > 0.0 {
            packet.layer + 1
        } else {
            packet.layer.wrapping_sub(1)
        };
        let index = media.get(next).map_or(1.0, |medium| medium.index);
        let (reflectance, behind) = fresnel(here.index, index, down.abs());
        if reflectance > 0.0 && stream.draw() < reflectance {
            packet.direction[2] = -down;
            continue;
        }
        if next < media.len() {
            let bend = here.index / index;
            packet.direction = [
                packet.direction[0] * bend,
                packet.direction[1] * bend,
                behind.copysign(down),
            ];
            packet.layer = next;
            continue;
        }
        if down > 0.0 {
            sums.transmitted.take(packet.weight);
        } else {
            sums.came_back(packet.weight, packet.x_mm.hypot(packet.y_mm), settings);
        }
        packet.weight = 0.0;
        break;
    }
    sums.absorbed.take(absorbed);
    sums.unfinished += packet.weight;
}

impl Packet {
    fn advance(&mut self, length_mm: f64) {
        self.x_mm += length_mm * self.direction[0];
        self.y_mm += length_mm * self.direction[1];
        self.z_mm += length_mm * self.direction[2];
    }

    /// Turns by an angle of the Henyey–Greenstein law: cos θ = [1 + g² − ((1 − g²)/(1 − g + 2gξ))²]/2g.
    fn scatter(&mut self, g: f64, stream: &mut UniformStream) {
        let uniform = stream.draw();
        let cosine = if g.abs() < EVEN {
            2.0 * uniform - 1.0
        } else {
            let part = (1.0 - g * g) / (1.0 - g + 2.0 * g * uniform);
            ((1.0 + g * g - part * part) / (2.0 * g)).clamp(-1.0, 1.0)
        };
        let sine = (1.0 - cosine * cosine).max(0.0).sqrt();
        let (about_sine, about_cosine) = (TAU * stream.draw()).sin_cos();
        let [x, y, z] = self.direction;
        let level = (1.0 - z * z).max(0.0).sqrt();
        let turned = if level < EVEN {
            // Nearly along the normal every axis across it is as good as another.
            [sine * about_cosine, sine * about_sine, cosine * z.signum()]
        } else {
            let share = sine / level;
            [
                share * (x * z * about_cosine - y * about_sine) + x * cosine,
                share * (y * z * about_cosine + x * about_sine) + y * cosine,
                -sine * about_cosine * level + z * cosine,
            ]
        };
        // Rounding of a million turns must not change the length.
        let length = turned.iter().map(|part| part * part).sum::<f64>().sqrt();
        self.direction = turned.map(|part| part / length);
    }
}
