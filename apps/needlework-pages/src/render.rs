//! How it looks, as a page and in a terminal: pictures before and after, the strip of people drawn at random, sections,
//! and the numbers behind each. What is drawn is worked out in `needlework-questions`.
//!
//! Each picture says in words what is seen on it, from the numbers that it measures on its own pixels, so that nobody
//! needs to see it, or its colours, to know. A page loads nothing: its pictures are in it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use maud::{Markup, html};
use needlework::appearance::patch::Picture;
use needlework::cohort::SOME_FROM;
use needlework::questions::{PictureNumbers, RenderReport, Rendered, SectionNumbers};
use needlework::units::{PERCENT, Time, UM_PER_MM};
use needlework_files::Canvas;
use needlework_files::render::{Caption, animated_png, canvas_png, mounted, strip};
use needlework_files::section::sections;

use crate::TextTable;
use crate::numbers::{months, number};
use crate::section::what_stops;
use crate::style::{Shell, document, scrolling};
use crate::words::{sentence_case, stamp_of};

/// A picture as a file.
#[derive(Debug, Clone, PartialEq)]
pub struct PictureFile {
    /// Its name in the folder.
    pub name: String,
    /// Its bytes.
    pub png: Vec<u8>,
}

/// What this page adds to the style sheet.
const OWN_STYLE: &str = "\
.skins { display: grid; grid-template-columns: repeat(auto-fit, minmax(15rem, 1fr)); gap: 1rem; margin: 0.5rem 0; }\n\
.skins figure, .wide-picture, .single-picture { margin: 0; }\n\
.skins img, .wide-picture img, .single-picture img { width: 100%; height: auto; display: block; }\n\
.skins img, .wide-picture img, .single-picture img { border: 1px solid var(--line); }\n\
.single-picture { max-width: 20rem; }\n\
.wide-picture img { min-width: 40rem; }\n\
@media print { .moving { display: none; } }";

/// From which difference on a mark is noticed, called slight and called obvious, ΔE; the last two as surgeons graded
/// scars (evidence: `appearance.grade`).
const NOTICED: [(f64, &str); 4] = [
    (2.5, "hardly to be told from the skin by colour"),
    (6.7, "a little different from the skin in colour"),
    (
        13.0,
        "slightly different from the skin in colour, as raters of scars would say",
    ),
    (
        f64::INFINITY,
        "obviously different from the skin in colour, as raters of scars would say",
    ),
];

/// The verdict's word that is stamped into every picture.
fn stamped(report: &RenderReport) -> String {
    stamp_of(report.safety, report.benefit).replace('·', "-")
}

/// When a picture is, in words.
fn when(numbers: &PictureNumbers) -> String {
    match numbers.arm.as_str() {
        "before" => "before".to_owned(),
        "just_after" => "half an hour after a session".to_owned(),
        "crusts" => format!("{} days after a session", number(days(numbers))),
        "untreated" => format!("{} later without the plan", months(numbers.month)),
        _ => format!("{} after the first session", months(numbers.month)),
    }
}

/// Days since the first session.
fn days(numbers: &PictureNumbers) -> f64 {
    Time::from_months(numbers.month).days().round()
}

/// Whose it is, in words.
fn whose(numbers: &PictureNumbers) -> String {
    match numbers.percentile {
        Some(50.0) => "the typical person".to_owned(),
        Some(percentile) => format!("the person of whom {percentile:.0} in 100 gain less"),
        None => "a person".to_owned(),
    }
}

/// What is stamped on a picture and stands at its foot.
fn caption(report: &RenderReport, numbers: &PictureNumbers) -> Caption {
    let person = numbers.percentile.map_or(String::new(), |percentile| {
        format!("{percentile:.0} OF 100 GAIN LESS - ")
    });
    let arm = match numbers.arm.as_str() {
        "before" => "BEFORE".to_owned(),
        "just_after" => "JUST AFTER".to_owned(),
        "crusts" => format!("DAY {}", number(days(numbers))),
        "untreated" => format!("MONTH {:.1} WITHOUT", numbers.month),
        _ => format!("MONTH {:.1} WITH PLAN", numbers.month),
    };
    Caption {
        stamp: stamped(report),
        foot: format!("{arm}\n{person}{}", numbers.light),
    }
}

/// The two labels of the strip.
fn strip_labels(report: &RenderReport) -> [String; 2] {
    ["BEFORE".to_owned(), format!("MONTH {:.1} WITH PLAN", report.month)]
}

/// The labels of the sections.
fn section_labels(report: &RenderReport) -> Vec<String> {
    let label = |section: &SectionNumbers| match section.arm.as_str() {
        "before" => "BEFORE".to_owned(),
        "just_after" => "JUST AFTER A SESSION".to_owned(),
        _ => format!("MONTH {:.1} WITH PLAN", section.month),
    };
    report.sections.iter().map(label).collect()
}

/// Every picture of a case as a file.
///
/// # Errors
/// Why one could not be encoded.
pub fn render_files(made: &Rendered) -> Result<Vec<PictureFile>, String> {
    let report = &made.report;
    let canvas = |numbers: &PictureNumbers, picture: &Picture| mounted(picture, &caption(report, numbers));
    let file = |name: &str, canvas: &Canvas| -> Result<PictureFile, String> {
        Ok(PictureFile {
            name: name.to_owned(),
            png: canvas_png(canvas).map_err(|error| error.to_string())?,
        })
    };
    let mut files = Vec::new();
    for (numbers, picture) in report.pictures.iter().zip(&made.pictures) {
        files.push(file(&numbers.file, &canvas(numbers, picture))?);
    }
    if !made.strip.is_empty() {
        let [above, below] = strip_labels(report);
        files.push(file(
            "people.png",
            &strip(&made.strip, [&above, &below], &stamped(report)),
        )?);
    }
    if report.sections.len() > 1 {
        let drawn = sections(&report.sections, &section_labels(report), &stamped(report), report.seed);
        files.push(file("section.png", &drawn)?);
    }
    if !made.frames.is_empty() {
        let canvases: Vec<Canvas> = report
            .frames
            .iter()
            .zip(&made.frames)
            .map(|(n, p)| canvas(n, p))
            .collect();
        for (numbers, canvas) in report.frames.iter().zip(&canvases) {
            files.push(file(&numbers.file, canvas)?);
        }
        files.push(PictureFile {
            name: "time-lapse.png".to_owned(),
            png: animated_png(&canvases).map_err(|error| error.to_string())?,
        });
    }
    Ok(files)
}

/// What is seen on a picture.
fn seen(report: &RenderReport, numbers: &PictureNumbers) -> String {
    let site = report.site.as_deref().unwrap_or("body");
    let mut told = format!(
        "Simulated skin of the {site}, {} mm square, {}, of {}",
        number(report.side_mm),
        when(numbers),
        whose(numbers)
    );
    told.push_str(match numbers.light.as_str() {
        "raking" => ", in light from the side that shows dents. ",
        "cross-polarised" => ", seen without its sheen. ",
        _ => ", in even light. ",
    });
    match (numbers.delta_e_seen, numbers.relief_um) {
        (Some(contrast), Some(depth)) => {
            let word = NOTICED
                .iter()
                .find(|(most, _)| contrast < *most)
                .map_or("", |(_, word)| word);
            let [skin, mark] = [Some(numbers.skin_lab), numbers.mark_lab].map(|lab| lab.map_or(0.0, |lab| lab[0]));
            let [red, redder] = [Some(numbers.skin_lab), numbers.mark_lab].map(|lab| lab.map_or(0.0, |lab| lab[1]));
            // numerical: a step that is just noticed
            const STEP: f64 = 1.0;
            let light = match mark - skin {
                by if by > STEP => "paler",
                by if by < -STEP => "darker",
                _ => "as light",
            };
            let hue = if redder - red > STEP { " and redder" } else { "" };
            told.push_str(&format!(
                "Streaks up to {} mm wide run across the tension of the skin; they are {light}{hue}, {word} \
                    (a difference of {contrast:.1}), and dented by {depth:.0} micrometres.",
                number(report.marks_mm[0] * numbers.width)
            ));
        }
        _ => told.push_str("The streaks on it are too narrow, or leave too little skin between them, to be measured."),
    }
    if let (Some(holes), Some(bleeding), Some(drops)) = (numbers.holes, numbers.bleeding, numbers.drops) {
        told.push_str(&if numbers.arm == "crusts" {
            format!(" Of {holes} holes on it {bleeding} bled; what they left has dried to {drops} crusts.")
        } else {
            format!(" Of {holes} holes on it {bleeding} bleed, in {drops} drops.")
        });
    }
    told
}

/// The sentence on what collagen alone could do.
fn collagen_alone(report: &RenderReport) -> Option<String> {
    let found = report.collagen_alone?;
    Some(format!(
        "Collagen alone, were all of it rebuilt so that the dermis of the mark scatters light as that of the skin \
            does, would take the difference in colour from {:.1} to {:.1}: {}. What else is in a colour is pigment, \
            blood and the epidermis.",
        found.before,
        found.rebuilt,
        if (found.before - found.rebuilt).abs() < NOTICED[0].0 {
            "a step that is hardly noticed"
        } else {
            "the most that it could do"
        }
    ))
}

fn opening(report: &RenderReport) -> String {
    match &report.withheld {
        Some(why) => why.clone(),
        None => format!(
            "Pictures of simulated skin, {}, from {} virtual people with this plan. Nobody's own marks: where they lie \
                is drawn by a seed, how they look follows from the tissue.",
            match report.month {
                0.0 => "on the day of the first session".to_owned(),
                month => format!("before and {} after the first session", months(month)),
            },
            report.people
        ),
    }
}

/// Opening, table and note for a terminal.
#[must_use]
pub fn render_text(report: &RenderReport) -> (String, Vec<TextTable>, Option<String>) {
    let mut told = String::new();
    for line in &report.help {
        told.push_str(&format!("{line}\n"));
    }
    told.push_str(&format!("{}\n{}", report.verdict, opening(report)));
    for line in &report.stopped {
        told.push_str(&format!("\n- {line}"));
    }
    let tables = if report.pictures.is_empty() {
        Vec::new()
    } else {
        vec![TextTable {
            title: "The numbers behind the pictures".to_owned(),
            head: HEAD.map(str::to_owned).to_vec(),
            rows: report.pictures.iter().map(row).collect(),
        }]
    };
    (told, tables, collagen_alone(report))
}

const HEAD: [&str; 7] = ["picture", "when", "seen", "tissue", "score", "dent, um", "improved, %"];

fn row(numbers: &PictureNumbers) -> Vec<String> {
    let shown = |value: Option<f64>, digits: usize| value.map_or("-".to_owned(), |value| format!("{value:.digits$}"));
    vec![
        numbers.file.clone(),
        sentence_case(&when(numbers)),
        shown(numbers.delta_e_seen, 1),
        shown(Some(numbers.delta_e_tissue), 1),
        shown(Some(numbers.delta_e_score), 1),
        shown(numbers.relief_um, 0),
        shown(Some(numbers.improvement + 0.0), 0),
    ]
}

/// The page; `files` are the pictures of the folder.
#[must_use]
pub fn render_html(report: &RenderReport, files: &[PictureFile]) -> String {
    let named = |name: &str| report.pictures.iter().find(|numbers| numbers.file == name);
    let figure = |name: &str, words: &str| -> Markup {
        let (Some(numbers), Some(file)) = (named(name), files.iter().find(|file| file.name == name)) else {
            return html! {};
        };
        html! {
            figure {
                img alt=(seen(report, numbers)) src=(source(file));
                figcaption { strong { (words) } " " (told(numbers)) }
            }
        }
    };
    // What is wider than a phone scrolls in a region of its own, which says what it is.
    let whole = |name: &str, alt: &str, words: &str, region: Option<&str>| -> Markup {
        let Some(file) = files.iter().find(|file| file.name == name) else {
            return html! {};
        };
        let picture = html! { img alt=(alt) src=(source(file)); };
        html! {
            @match region {
                Some(region) => figure.wide-picture {
                    (scrolling(region, &picture))
                    figcaption { (words) }
                },
                None => figure.single-picture {
                    (picture)
                    figcaption { (words) }
                },
            }
        }
    };
    let month = months(report.month);
    let all = report.withheld.is_none();
    document(
        &Shell {
            title: &format!("How it looks: {}", report.title),
            version: &report.engine.version,
            own_style: OWN_STYLE,
            skip: "Skip to the pictures",
            brand: "how it looks",
        },
        &html! {
            h1 { (report.title) }
            @for line in &report.help { p { (line) } }
            p { strong { (report.verdict) } }
            p { (opening(report)) }
        },
        &html! {
            (what_stops(&report.stopped, None))
            @if !report.pictures.is_empty() {
                section aria-labelledby="pair" {
                    h2 #pair { @if all { "Before and after" } @else { "As it is" } }
                    div.skins {
                        (figure("before.png", "Before."))
                        (figure("treated.png", &format!("With the plan, {month} after the first session.")))
                        (figure("untreated.png", &format!("Without it, {month} later.")))
                    }
                    @if let Some(numbers) = named("before.png").filter(|_| all) {
                        p { "All three are of " (whose(numbers)) "." }
                    }
                }
            }
            @if all && !report.pictures.is_empty() {
                @if !report.strip.is_empty() {
                    section aria-labelledby="people" {
                        h2 #people { "Twelve people drawn at random" }
                        (whole("people.png", &strip_words(report), "Not the best of them: the first twelve of a random \
                            order. Above before, below with the plan; a column is one person.",
                            Some("Pictures of twelve people")))
                    }
                }
                section aria-labelledby="ends" {
                    h2 #ends { "Who gains least and most" }
                    p {
                        "Beside those above: of 100 people about 5 gain less than whoever gains little here, and about \
                            5 more than whoever gains much."
                    }
                    div.skins {
                        (figure("before-05.png", "Gains little, before."))
                        (figure("treated-05.png", "Gains little, with the plan."))
                        (figure("before-50.png", "The typical person, before."))
                        (figure("treated-50.png", "The typical person, with the plan."))
                        (figure("before-95.png", "Gains much, before."))
                        (figure("treated-95.png", "Gains much, with the plan."))
                    }
                }
                section aria-labelledby="light" {
                    h2 #light { "In another light" }
                    p {
                        "Light from the side shows dents; crossed polarisers take the sheen away, so that colour alone \
                            is left."
                    }
                    div.skins {
                        (figure("before-even.png", "Before, even light."))
                        (figure("treated-even.png", "With the plan, even light."))
                        (figure("before-raking.png", "Before, light from the side."))
                        (figure("treated-raking.png", "With the plan, light from the side."))
                        (figure("before-cross-polarised.png", "Before, without sheen."))
                        (figure("treated-cross-polarised.png", "With the plan, without sheen."))
                    }
                }
                @if named("just-after.png").is_some() {
                    section aria-labelledby="session" {
                        h2 #session { "Right after a session" }
                        div.skins {
                            (figure("just-after.png", "Half an hour after."))
                            (figure("crusts.png", &format!(
                                "{} days after.", named("crusts.png").map_or_else(String::new, |n| number(days(n)))
                            )))
                        }
                    }
                }
                section aria-labelledby="depth" {
                    h2 #depth { "In depth" }
                    (whole("section.png", &section_words(report), "Thicknesses, dent and channels are to scale; fibres \
                        are drawn at random, in number and order as the tissue says. How a dent fills is our \
                        assumption; the dermis is drawn as thick as before.", Some("Sections through a mark")))
                }
                section.moving aria-labelledby="course" {
                    h2 #course { "Over the months" }
                    details {
                        summary { "Show the moving picture" }
                        (whole("time-lapse.png", &format!("The same skin from the first session to {month} after it, \
                            one frame after another; the first and the last are described above."),
                            "Closing it stops it.", None))
                    }
                }
            }
            @if !report.pictures.is_empty() {
                section aria-labelledby="numbers" {
                    h2 #numbers { "The numbers behind the pictures" }
                    p {
                        "Seen: the difference in colour between the middle of the marks and the skin, as pixels have \
                            it. Tissue: the same if a mark were so wide that light from beside it did not \
                            matter. Without sheen a picture shows no more than the tissue, but for some tenths, and \
                            may show less, since light wanders sideways; in other light sheen and shade add to it or \
                            take from it. \
                            Score: the mark against skin that was not needled. In the weeks after a session the \
                            needled skin around a mark is red too, so that the mark stands out less in the picture \
                            than the score counts; the whole patch is redder. Depths of dents are our own assumption \
                            as far as fat fills them."
                    }
                    (scrolling("Numbers of the pictures", &html! {
                        table {
                            thead { tr { @for name in HEAD { th scope="col" { (name) } } } }
                            tbody {
                                @for numbers in &report.pictures {
                                    @let cells = row(numbers);
                                    tr {
                                        th scope="row" { (cells[0]) }
                                        td { (cells[1]) }
                                        @for cell in &cells[2..] { td.n { (cell) } }
                                    }
                                }
                            }
                        }
                    }))
                    @if let Some(words) = collagen_alone(report) { p { (words) } }
                    p {
                        "One exposure and one white serve all pictures; the grey card at the foot of each sends back \
                            18 % of the light and has the same colour in all."
                    }
                }
            }
        },
        &html! {
            p { (report.intended_use) }
            p { "Seed " (report.seed) ", " (report.people) " virtual people. Simulated; no photograph of anybody." }
        },
    )
}

/// A few numbers under a picture.
fn told(numbers: &PictureNumbers) -> String {
    match (numbers.delta_e_seen, numbers.relief_um) {
        (Some(contrast), Some(depth)) => {
            let seen = format!("Difference in colour {contrast:.1}, dent {depth:.0} \u{b5}m");
            // Right after a session everything is red; an improvement of that would say nothing.
            if numbers.holes.is_some() {
                format!("{seen}.")
            } else {
                format!("{seen}, improvement {:.0} %.", numbers.improvement + 0.0)
            }
        }
        _ => String::new(),
    }
}

fn source(file: &PictureFile) -> String {
    format!("data:image/png;base64,{}", STANDARD.encode(&file.png))
}

fn strip_words(report: &RenderReport) -> String {
    let improved: Vec<f64> = report
        .strip
        .iter()
        .filter(|numbers| numbers.arm == "treated")
        .map(|numbers| numbers.improvement)
        .collect();
    let worse = improved.iter().filter(|improvement| **improvement < 0.0).count();
    let more = improved.iter().filter(|improvement| **improvement >= SOME_FROM).count();
    let least = improved.iter().copied().fold(f64::INFINITY, f64::min);
    let most = improved.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    format!(
        "Small patches of {} people before and with the plan: {worse} are somewhat worse than before, {} gain less \
            than a quarter of their start, {more} gain more; improvement goes from {least:.0} to {most:.0} per cent.",
        improved.len(),
        improved.len() - worse - more
    )
}

fn section_words(report: &RenderReport) -> String {
    let of = |section: &SectionNumbers| {
        let moment = match section.arm.as_str() {
            "before" => "Before".to_owned(),
            "just_after" => format!("Just after a session, with {} channels", section.channels.len()),
            _ => format!("After {}", months(section.month)),
        };
        format!(
            "{moment}: dermis {:.2} mm in the skin and {:.2} mm in the mark, collagen {:.0} % and elastin {:.0} % of \
                normal, dent {:.0} micrometres.",
            section.skin_dermis_um / UM_PER_MM,
            section.mark_dermis_um / UM_PER_MM,
            PERCENT * section.collagen,
            PERCENT * section.elastin,
            section.dent_um
        )
    };
    let told: Vec<String> = report.sections.iter().map(of).collect();
    format!("Upright sections through a mark. {}", told.join(" "))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use needlework_page_reader::{Page, laws};

    use super::*;

    fn numbers(file: &str, arm: &str) -> PictureNumbers {
        PictureNumbers {
            file: file.to_owned(),
            arm: arm.to_owned(),
            month: 6.0,
            percentile: Some(50.0),
            person: 1,
            light: "even".to_owned(),
            skin_lab: [60.0, 7.0, 16.0],
            mark_lab: Some([66.0, 6.0, 14.0]),
            delta_e_seen: Some(6.4),
            delta_e_tissue: 7.0,
            delta_e_score: 7.1,
            relief_um: Some(80.0),
            relief_tissue_um: [60.0, 120.0],
            texture: 1.0,
            width: 1.0,
            improvement: 12.0,
            coverage: 0.1,
            unevenness: 0.05,
            holes: None,
            bleeding: None,
            drops: None,
        }
    }

    fn report(withheld: Option<&str>) -> RenderReport {
        RenderReport {
            format: "needlework-render/1".to_owned(),
            intended_use: "Not a medical device.".to_owned(),
            engine: needlework::verdict::Engine::default(),
            reading: needlework::verdict::Reading::Lay,
            title: "A <case>".to_owned(),
            seed: 1,
            people: 500,
            safety: needlework::verdict::Safety::Caution,
            benefit: needlework::verdict::Benefit::Possible,
            help: Vec::new(),
            verdict: "No rule stops it.".to_owned(),
            stopped: Vec::new(),
            withheld: withheld.map(str::to_owned),
            skin_group: "light".to_owned(),
            site: Some("belly".to_owned()),
            side_mm: 50.0,
            pixels: 512,
            marks_mm: [3.0, 60.0],
            month: 6.0,
            exposure: 1.0,
            grey_card_lab: [49.5, 0.0, 0.0],
            collagen_alone: None,
            pictures: vec![numbers("before.png", "before"), numbers("treated.png", "treated")],
            strip: vec![numbers("people.png", "before"), numbers("people.png", "treated")],
            frames: Vec::new(),
            sections: Vec::new(),
        }
    }

    fn files() -> Vec<PictureFile> {
        ["before.png", "treated.png", "people.png"]
            .map(|name| PictureFile {
                name: name.to_owned(),
                png: vec![1, 2, 3],
            })
            .to_vec()
    }

    #[test]
    fn the_page_loads_nothing_runs_nothing_and_says_what_each_picture_shows() {
        let text = render_html(&report(None), &files());
        assert!(!text.contains("http://") && !text.contains("https://") && !text.contains("<script"));
        let page = Page::read(&text).unwrap();
        assert_eq!(laws::accessible(&page), Vec::<String>::new());
        let told: Vec<&str> = page.named("img").filter_map(|picture| picture.get("alt")).collect();
        assert_eq!(told.len(), 3);
        assert!(told[0].contains("Simulated") && told[0].contains("paler") && told[0].contains("80 micrometres"));
        assert!(told[2].contains("gain less than a quarter"));
        assert!(page.text().contains("A <case>") && page.named("case").count() == 0);
    }

    #[test]
    fn a_page_that_withholds_says_why_and_shows_no_picture_after() {
        let mut report = report(Some("This plan is stopped."));
        report.pictures.truncate(1);
        let page = Page::read(&render_html(&report, &files())).unwrap();
        assert!(page.text().contains("This plan is stopped."));
        assert_eq!(page.named("img").count(), 1);
        assert!(!page.text().contains("Twelve people"));
    }

    #[test]
    fn a_picture_is_told_by_its_own_numbers() {
        let report = report(None);
        let red = PictureNumbers {
            mark_lab: Some([55.0, 12.0, 16.0]),
            holes: Some(300),
            bleeding: Some(120),
            drops: Some(100),
            arm: "just_after".to_owned(),
            ..numbers("just-after.png", "just_after")
        };
        let told = seen(&report, &red);
        assert!(
            told.contains("darker and redder") && told.contains("Of 300 holes on it 120 bleed, in 100 drops"),
            "{told}"
        );
        let narrow = PictureNumbers {
            mark_lab: None,
            delta_e_seen: None,
            relief_um: None,
            ..numbers("before.png", "before")
        };
        assert!(seen(&report, &narrow).contains("too narrow"));
    }
}
