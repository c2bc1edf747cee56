//! Light in a stack of layers, in a terminal, as a page with spectra and colours, and as tables. What is said of it is
//! computed in `needlework-questions`.
//!
//! A swatch is drawn with the specular part excluded, as an eye sees skin that does not shine. At most
//! [`MOST_DRAWN`] cases are drawn; the tables that are written hold all.

use maud::{Markup, html};
use needlework::questions::{OpticsCase, OpticsColour, OpticsGeometry, OpticsPhotons, OpticsPoint, OpticsReport};
use needlework_files::{Column, ColumnData, Table};

use crate::TextTable;
use crate::chart::{MOST_LINES, Spectra, SpectraLine, spectra};
use crate::numbers::{grouped, number};
use crate::style::{Shell, document, scrolling};

/// Most cases that a page draws, and a terminal lists.
const MOST_DRAWN: usize = 12;
/// Most wavelengths of a case in a terminal.
const MOST_TOLD: usize = 9;
/// Rings are drawn as far as each is more than so many standard errors; the table has all.
const KNOWN_WELL: f64 = 2.0;
/// What stands where nothing is known.
const UNKNOWN: &str = "unknown";
/// What this page adds to the style sheet.
const OWN_STYLE: &str = "\
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(20rem, 1fr)); gap: 1rem; }\n\
.swatch.small { max-width: 10rem; }\n\
td.n { text-align: right; white-space: nowrap; }";

/// A share to four places, with a proper minus.
fn share(value: f64) -> String {
    // A share of nothing has no sign.
    let rounded = format!("{value:.4}");
    if rounded == "-0.0000" {
        "0.0000".to_owned()
    } else {
        rounded.replace('-', "−")
    }
}

fn places(value: Option<f64>, count: usize) -> String {
    value.map_or_else(
        || UNKNOWN.to_owned(),
        |value| format!("{value:.count$}").replace('-', "−"),
    )
}

/// How the light comes and is counted, in words.
fn setting(report: &OpticsReport) -> String {
    let asked = &report.asked;
    let geometry = match (asked.geometry, asked.incidence.as_str()) {
        (OpticsGeometry::SpecularIncluded, "diffuse") => "all directions counted, mirrored light included (d/d)",
        (OpticsGeometry::SpecularExcluded, "diffuse") => "all directions counted, mirrored light excluded (d/d)",
        (OpticsGeometry::SpecularIncluded, _) => "mirrored light included (d/8°, SCI)",
        (OpticsGeometry::SpecularExcluded, _) => "mirrored light excluded (d/8°, SCE)",
        (OpticsGeometry::FortyFiveZero, _) => "light at 45°, seen along the normal (45°/0°)",
    };
    let discs = match (asked.aperture_mm, asked.illuminated_mm) {
        (Some(measured), Some(lit)) => format!("a disc of {} mm, of {} mm that are lit", number(measured), number(lit)),
        _ => "no aperture: as if lit and measured without end".to_owned(),
    };
    format!("Measured: {} light, {geometry}, {discs}.", asked.incidence)
}

fn opening(report: &OpticsReport) -> String {
    let points: usize = report.cases.iter().map(|case| case.spectrum.len()).sum();
    let packets = match report.asked.photons {
        0 => String::new(),
        photons => format!(", and by {} packets of light through each", grouped(photons as f64)),
    };
    format!(
        "{} of layers, {} in all (one for each wavelength), solved in {} streams{packets}. {} Colours: {}.",
        counted(report.cases.len(), "case"),
        counted(points, "stack"),
        report.asked.streams,
        setting(report),
        report.colour_conditions
    )
}

fn counted(count: usize, what: &str) -> String {
    if count == 1 {
        format!("1 {what}")
    } else {
        format!("{count} {what}s")
    }
}

const SPECTRUM_HEAD: [&str; 8] = ["nm", "UR1", "Rd", "URU", "UT1", "UTU", "absorbed", "measured"];

fn spectrum_row(point: &OpticsPoint) -> Vec<String> {
    let mut row = vec![nanometres(point.wavelength_nm)];
    row.extend([point.ur1, point.rd, point.uru, point.ut1, point.utu, point.absorbed].map(share));
    row.push(places(point.measured, 4));
    row
}

fn nanometres(value: f64) -> String {
    value.to_string()
}

const PHOTON_HEAD: [&str; 7] = ["nm", "Rd", "± error", "z", "r50, mm", "r90, mm", "edge loss"];

fn photon_row(point: &OpticsPoint, own: &OpticsPhotons) -> Vec<String> {
    let loss = own.edge_loss.map_or_else(
        || UNKNOWN.to_owned(),
        |loss| format!("{} ± {}", share(loss.mean), share(loss.standard_error)),
    );
    vec![
        nanometres(point.wavelength_nm),
        share(own.rd.mean),
        share(own.rd.standard_error),
        places(own.z, 1),
        places(own.r50_mm, 2),
        places(own.r90_mm, 2),
        loss,
    ]
}

const COLOUR_HEAD: [&str; 9] = ["light", "X", "Y", "Z", "L*", "a*", "b*", "ITA", "sRGB"];

fn colour_row(colour: &OpticsColour) -> Vec<String> {
    let three =
        |of: Option<[f64; 3]>| -> Vec<String> { (0..3).map(|at| places(of.map(|values| values[at]), 2)).collect() };
    let mut row = vec![colour.light.clone()];
    row.extend(three(colour.xyz));
    row.extend(three(colour.lab));
    row.push(places(colour.ita_deg, 1));
    row.push(hex(colour).unwrap_or_else(|| UNKNOWN.to_owned()));
    row
}

const INDEX_HEAD: [&str; 5] = [
    "light",
    "erythema index",
    "melanin index",
    "ΔE*76 to first",
    "ΔE00 to first",
];

fn index_row(colour: &OpticsColour) -> Vec<String> {
    vec![
        colour.light.clone(),
        places(colour.erythema_index, 2),
        places(colour.melanin_index, 2),
        places(colour.delta_e_76_to_first, 2),
        places(colour.delta_e_2000_to_first, 2),
    ]
}

/// The colour as a page writes it.
fn hex(colour: &OpticsColour) -> Option<String> {
    let byte = |value: f64| (value.clamp(0.0, 1.0) * f64::from(u8::MAX)).round() as u8;
    colour
        .srgb
        .map(|[red, green, blue]| format!("#{:02x}{:02x}{:02x}", byte(red), byte(green), byte(blue)))
}

/// What is unknown of a case, each reason once.
fn unknown(case: &OpticsCase) -> Vec<&str> {
    let mut reasons: Vec<&str> = Vec::new();
    for reason in case.colours.iter().flat_map(|colour| &colour.unknown) {
        if !reasons.contains(&reason.as_str()) {
            reasons.push(reason);
        }
    }
    reasons
}

/// Opening words and tables for a terminal.
#[must_use]
pub fn optics_text(report: &OpticsReport) -> (String, Vec<TextTable>) {
    let mut words = opening(report);
    let table = |title: String, head: &[&str], rows: Vec<Vec<String>>| TextTable {
        title,
        head: head.iter().map(|word| (*word).to_owned()).collect(),
        rows,
    };
    let mut tables = Vec::new();
    for case in report.cases.iter().take(MOST_DRAWN) {
        let told = thinned(&case.spectrum, MOST_TOLD);
        let title = if told.len() < case.spectrum.len() {
            format!("{}: {} of {} wavelengths", case.case, told.len(), case.spectrum.len())
        } else {
            case.case.clone()
        };
        tables.push(table(
            title,
            &SPECTRUM_HEAD,
            told.iter().map(|point| spectrum_row(point)).collect(),
        ));
        let packets: Vec<Vec<String>> = told
            .iter()
            .filter_map(|point| Some(photon_row(point, point.monte_carlo.as_ref()?)))
            .collect();
        if !packets.is_empty() {
            let title = format!("{}: by packets of light (Monte Carlo)", case.case);
            tables.push(table(title, &PHOTON_HEAD, packets));
        }
        if case.colours.iter().any(|colour| colour.lab.is_some()) {
            let rows = case.colours.iter().map(colour_row).collect();
            tables.push(table(format!("{}: colour", case.case), &COLOUR_HEAD, rows));
        }
        if case.colours.iter().any(|colour| colour.melanin_index.is_some()) {
            let rows = case.colours.iter().map(index_row).collect();
            tables.push(table(
                format!("{}: indices and differences", case.case),
                &INDEX_HEAD,
                rows,
            ));
        }
        for reason in unknown(case) {
            words.push_str(&format!("\nUnknown of {}: {reason}.", case.case));
        }
    }
    if report.cases.len() > MOST_DRAWN {
        words.push_str(&format!(
            "\nShown are the first {MOST_DRAWN} cases; --json and --out have all."
        ));
    }
    (words, tables)
}

/// At most so many points, evenly over all, both ends among them.
fn thinned(points: &[OpticsPoint], most: usize) -> Vec<&OpticsPoint> {
    if points.len() <= most {
        return points.iter().collect();
    }
    let last = points.len() - 1;
    (0..most)
        .filter_map(|at| points.get((at * last + (most - 1) / 2) / (most - 1)))
        .collect()
}

/// The answer as a complete, self-contained HTML document.
#[must_use]
pub fn optics_html(report: &OpticsReport) -> String {
    document(
        &Shell {
            title: "Light in layers",
            version: &report.engine.version,
            own_style: OWN_STYLE,
            skip: "Skip to the answer",
            brand: "Light in layers",
        },
        &html! {
            h1 { "What light does in these layers" }
            p { (opening(report)) }
            @if report.cases.len() > MOST_DRAWN {
                p.quiet { "Shown are the first " (MOST_DRAWN) " cases; the tables beside this page have all." }
            }
        },
        &html! {
            @for (at, case) in report.cases.iter().take(MOST_DRAWN).enumerate() {
                (one_case(at, case, report))
            }
        },
        &html! {
            p { (report.intended_use) }
            @for note in &report.notes {
                p { (note) }
            }
            p { "Seed " (report.asked.seed) "." }
        },
    )
}

fn one_case(at: usize, case: &OpticsCase, report: &OpticsReport) -> Markup {
    let id = format!("case-{at}");
    let rows = |of: fn(&OpticsColour) -> Vec<String>| -> Vec<Vec<String>> { case.colours.iter().map(of).collect() };
    let (colours, indices) = (rows(colour_row), rows(index_row));
    let shares: Vec<Vec<String>> = case.spectrum.iter().map(spectrum_row).collect();
    let packets: Vec<Vec<String>> = case
        .spectrum
        .iter()
        .filter_map(|point| Some(photon_row(point, point.monte_carlo.as_ref()?)))
        .collect();
    html! {
        section aria-labelledby=(id) {
            h2 id=(id) { (case.case) }
            p.quiet { "Layers from the top: " (case.layers.join(", ")) "." }
            div.pair {
                @if let Some(picture) = reflectance(at, case) {
                    (picture)
                }
                @if let Some(picture) = distances(at, case, report) {
                    (picture)
                }
            }
            (swatch(case))
            @for reason in unknown(case) {
                p { "Unknown: " (reason) "." }
            }
            @if case.colours.iter().any(|colour| colour.lab.is_some()) {
                (table(&format!("Colour of {}", case.case), &COLOUR_HEAD, &colours))
            }
            @if case.colours.iter().any(|colour| colour.melanin_index.is_some()) {
                (table(&format!("Indices of {}", case.case), &INDEX_HEAD, &indices))
            }
            (table(&format!("Shares of the light, {}", case.case), &SPECTRUM_HEAD, &shares))
            @if !packets.is_empty() {
                (table(&format!("By packets of light (Monte Carlo), {}", case.case), &PHOTON_HEAD, &packets))
            }
        }
    }
}

/// The spectrum; nothing where there is one wavelength.
fn reflectance(at: usize, case: &OpticsCase) -> Option<Markup> {
    let line = |label: &str, value: fn(&OpticsPoint) -> Option<f64>| SpectraLine {
        label: label.to_owned(),
        points: case
            .spectrum
            .iter()
            .filter_map(|point| Some((point.wavelength_nm, value(point)?)))
            .collect(),
    };
    let (first, last) = (case.spectrum.first()?, case.spectrum.last()?);
    let description = format!(
        "Reflectance of {} by wavelength. Total for collimated light {} at {} nm and {} at {} nm; for diffuse light {} \
            and {}; measured {} and {}.",
        case.case,
        share(first.ur1),
        nanometres(first.wavelength_nm),
        share(last.ur1),
        nanometres(last.wavelength_nm),
        share(first.uru),
        share(last.uru),
        places(first.measured, 4),
        places(last.measured, 4)
    );
    spectra(&Spectra {
        id: &format!("spectrum-{at}"),
        title: &format!("Reflectance of {}, computed", case.case),
        description: &description,
        axes: ("Wavelength, nm", "Share of the light"),
        lines: &[
            line("collimated light, mirrored light included (UR1)", |point| {
                Some(point.ur1)
            }),
            line("diffuse light (URU)", |point| Some(point.uru)),
            line("what the instrument reads", |point| point.measured),
        ],
        powers: false,
    })
}

/// R_d by distance from a narrow beam, at three wavelengths at most; nothing without packets of light.
fn distances(at: usize, case: &OpticsCase, report: &OpticsReport) -> Option<Markup> {
    let chosen = thinned(&case.spectrum, MOST_LINES);
    let lines: Vec<SpectraLine> = chosen
        .iter()
        .filter_map(|point| {
            let own = point.monte_carlo.as_ref()?;
            Some(SpectraLine {
                label: format!("{} nm", nanometres(point.wavelength_nm)),
                points: own
                    .rd_per_mm2
                    .iter()
                    .zip(&own.rd_per_mm2_standard_error)
                    .enumerate()
                    .take_while(|(_, (value, error))| **value > KNOWN_WELL * **error)
                    .map(|(ring, (value, _))| (middle(ring, report), *value))
                    .collect(),
            })
        })
        .collect();
    let words: Vec<String> = chosen
        .iter()
        .filter_map(|point| {
            let own = point.monte_carlo.as_ref()?;
            let radius = own
                .r50_mm
                .map_or_else(|| UNKNOWN.to_owned(), |mm| format!("{mm:.2} mm"));
            Some(format!(
                "at {} nm half within {radius}",
                nanometres(point.wavelength_nm)
            ))
        })
        .collect();
    spectra(&Spectra {
        id: &format!("distance-{at}"),
        title: &format!("Where light comes out of {}, computed", case.case),
        description: &format!(
            "Light that leaves by distance from a narrow beam: {}.",
            words.join("; ")
        ),
        axes: ("Distance from the beam, mm", "Rd, per mm²"),
        lines: &lines,
        powers: true,
    })
}

fn middle(ring: usize, report: &OpticsReport) -> f64 {
    (ring as f64 + 0.5) * report.asked.ring_mm
}

fn swatch(case: &OpticsCase) -> Markup {
    let seen = case.colours.iter().find(|colour| colour.light == "specular excluded");
    html! {
        @if let Some((colour, hex)) = seen.and_then(|colour| Some((colour, hex(colour)?))) {
            figure {
                svg.swatch.small role="img" viewBox="0 0 120 48" aria-label={ "Colour of " (case.case) ": " (hex) } {
                    rect width="120" height="48" fill=(hex) {}
                }
                figcaption {
                    "Simulated colour without mirrored light, " (hex)
                    @if colour.srgb_clipped == Some(true) { ", outside of what a screen shows" }
                    "."
                }
            }
        }
    }
}

fn table(caption: &str, head: &[&str], rows: &[Vec<String>]) -> Markup {
    scrolling(
        caption,
        &html! {
            table {
                caption { (caption) }
                thead {
                    tr {
                        @for word in head {
                            th scope="col" { (word) }
                        }
                    }
                }
                tbody {
                    @for row in rows {
                        tr {
                            @for (at, cell) in row.iter().enumerate() {
                                @if at == 0 {
                                    th scope="row" { (cell) }
                                } @else {
                                    td.n { (cell) }
                                }
                            }
                        }
                    }
                }
            }
        },
    )
}

/// Every case at every wavelength as a table.
#[must_use]
pub fn spectra_table(report: &OpticsReport) -> Table {
    let points: Vec<(&OpticsCase, &OpticsPoint)> = report
        .cases
        .iter()
        .flat_map(|case| case.spectrum.iter().map(move |point| (case, point)))
        .collect();
    let mut columns = vec![Column {
        name: "case".to_owned(),
        unit: String::new(),
        doc: "name of the case".to_owned(),
        data: ColumnData::Texts(points.iter().map(|(case, _)| case.case.clone()).collect()),
    }];
    let mut numbers = |name: &str, unit: &str, doc: &str, value: &dyn Fn(&OpticsPoint) -> Option<f64>| {
        columns.push(Column {
            name: name.to_owned(),
            unit: unit.to_owned(),
            doc: doc.to_owned(),
            data: ColumnData::some_numbers(points.iter().map(|(_, point)| value(point))),
        });
    };
    let photons =
        |point: &OpticsPoint, value: &dyn Fn(&OpticsPhotons) -> Option<f64>| point.monte_carlo.as_ref().and_then(value);
    numbers("wavelength", "nm", "wavelength", &|p| Some(p.wavelength_nm));
    numbers(
        "specular",
        "1",
        "Fresnel reflectance of the surface, collimated light",
        &|p| Some(p.specular),
    );
    numbers("ur1", "1", "total reflectance, collimated light", &|p| Some(p.ur1));
    numbers("rd", "1", "the same without what the top surface mirrors", &|p| {
        Some(p.rd)
    });
    numbers("ut1", "1", "transmittance, collimated light", &|p| Some(p.ut1));
    numbers("absorbed", "1", "absorbed of collimated light", &|p| Some(p.absorbed));
    numbers("specular_diffuse", "1", "Fresnel reflectance, diffuse light", &|p| {
        Some(p.specular_diffuse)
    });
    numbers("uru", "1", "total reflectance, diffuse light", &|p| Some(p.uru));
    numbers("utu", "1", "transmittance, diffuse light", &|p| Some(p.utu));
    numbers("absorbed_diffuse", "1", "absorbed of diffuse light", &|p| {
        Some(p.absorbed_diffuse)
    });
    numbers("factor_45_0", "1", "reflectance factor 45/0", &|p| Some(p.factor_45_0));
    numbers("ur1_change", "1", "change of UR1 from half of the streams", &|p| {
        p.ur1_change
    });
    numbers("measured", "1", "what the instrument reads", &|p| p.measured);
    numbers("measured_standard_error", "1", "its standard error", &|p| {
        p.measured_standard_error
    });
    numbers("mc_rd", "1", "diffuse reflectance by packets of light", &|p| {
        photons(p, &|own| Some(own.rd.mean))
    });
    numbers("mc_rd_standard_error", "1", "its standard error", &|p| {
        photons(p, &|own| Some(own.rd.standard_error))
    });
    numbers("mc_transmitted", "1", "transmittance by packets of light", &|p| {
        photons(p, &|own| Some(own.transmitted.mean))
    });
    numbers("mc_absorbed", "1", "absorbed by packets of light", &|p| {
        photons(p, &|own| Some(own.absorbed.mean))
    });
    numbers("r50", "mm", "radius that holds half of the diffuse reflectance", &|p| {
        photons(p, &|own| own.r50_mm)
    });
    numbers("r90", "mm", "radius that holds nine tenths of it", &|p| {
        photons(p, &|own| own.r90_mm)
    });
    numbers(
        "edge_loss",
        "1",
        "share of it that the discs of the instrument lose",
        &|p| photons(p, &|own| own.edge_loss.map(|loss| loss.mean)),
    );
    numbers("edge_loss_standard_error", "1", "its standard error", &|p| {
        photons(p, &|own| own.edge_loss.map(|loss| loss.standard_error))
    });
    Table {
        engine: report.engine.version.clone(),
        columns,
    }
}

/// R_d by distance from the beam, a row for each ring.
#[must_use]
pub fn radial_table(report: &OpticsReport) -> Table {
    let mut rows: Vec<(&str, f64, usize, f64, f64)> = Vec::new();
    for case in &report.cases {
        for point in &case.spectrum {
            let Some(own) = &point.monte_carlo else { continue };
            let rings = own.rd_per_mm2.iter().zip(&own.rd_per_mm2_standard_error).enumerate();
            rows.extend(
                rings.map(|(ring, (value, error))| (case.case.as_str(), point.wavelength_nm, ring, *value, *error)),
            );
        }
    }
    let column = |name: &str, unit: &str, doc: &str, data: ColumnData| Column {
        name: name.to_owned(),
        unit: unit.to_owned(),
        doc: doc.to_owned(),
        data,
    };
    let ring = report.asked.ring_mm;
    Table {
        engine: report.engine.version.clone(),
        columns: vec![
            column(
                "case",
                "",
                "name of the case",
                ColumnData::Texts(rows.iter().map(|row| row.0.to_owned()).collect()),
            ),
            column(
                "wavelength",
                "nm",
                "wavelength",
                ColumnData::numbers(rows.iter().map(|row| row.1)),
            ),
            column(
                "r_inner",
                "mm",
                "inner edge of the ring about the beam",
                ColumnData::numbers(rows.iter().map(|row| row.2 as f64 * ring)),
            ),
            column(
                "r_outer",
                "mm",
                "its outer edge",
                ColumnData::numbers(rows.iter().map(|row| (row.2 + 1) as f64 * ring)),
            ),
            column(
                "rd",
                "1/mm2",
                "diffuse reflectance in it",
                ColumnData::numbers(rows.iter().map(|row| row.3)),
            ),
            column(
                "standard_error",
                "1/mm2",
                "its standard error",
                ColumnData::numbers(rows.iter().map(|row| row.4)),
            ),
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_rounded_alike_and_what_is_not_known_is_said() {
        assert_eq!(share(-0.000_01), "0.0000");
        assert_eq!(share(-0.5), "−0.5000");
        assert_eq!(places(None, 2), "unknown");
        assert_eq!(places(Some(100.0), 1), "100.0");
    }
}
