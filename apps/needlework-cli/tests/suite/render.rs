//! Pictures of skin: which there are and for whom, what their pixels measure beside the numbers, and what is withheld.

use std::fs;
use std::path::Path;

use needlework::appearance::colour::{Lab, Xyz, difference_1976, lab};
use needlework_page_reader::laws;
use serde_json::Value;

use crate::setup::{case_file, names_in, needlework, page, run_to, stderr, unwrapped};

const SMALL: [&str; 4] = ["--people", "50", "--pixels", "96"];

/// Draws a case of the folder of cases into a folder.
fn drawn(case: &str, out: &Path, more: &[&str]) -> Value {
    let mut command = needlework(&["render"]);
    command
        .arg(case_file(case))
        .args(SMALL)
        .args(more)
        .arg("--out")
        .arg(out);
    run_to(0, &mut command);
    serde_json::from_slice(&fs::read(out.join("render.json")).unwrap()).unwrap()
}

/// Width, height and bytes of a picture.
fn pixels(path: &Path) -> (usize, usize, Vec<u8>) {
    let file = fs::File::open(path).unwrap();
    let mut reader = png::Decoder::new(std::io::BufReader::new(file)).read_info().unwrap();
    assert!(reader.info().srgb.is_some(), "{path:?} says that it is sRGB");
    let mut bytes = vec![0; reader.output_buffer_size().unwrap()];
    let frame = reader.next_frame(&mut bytes).unwrap();
    (frame.width as usize, frame.height as usize, bytes)
}

fn colour(bytes: &[u8]) -> Lab {
    let linear = |byte: u8| {
        let value = f64::from(byte) / 255.0;
        if value <= 0.04045 {
            value / 12.92
        } else {
            ((value + 0.055) / 1.055).powf(2.4)
        }
    };
    let [r, g, b] = [bytes[0], bytes[1], bytes[2]].map(linear);
    let row = |weights: [f64; 3]| 100.0 * (weights[0] * r + weights[1] * g + weights[2] * b);
    let seen = Xyz {
        x: row([0.4124, 0.3576, 0.1805]),
        y: row([0.2126, 0.7152, 0.0722]),
        z: row([0.0193, 0.1192, 0.9505]),
    };
    // The white of the bytes: all three channels full.
    let white = Xyz {
        x: 95.05,
        y: 100.0,
        z: 108.9,
    };
    lab(seen, white)
}

fn number(value: &Value, field: &str) -> f64 {
    value[field].as_f64().unwrap_or_else(|| panic!("{field} in {value}"))
}

fn picture<'a>(report: &'a Value, file: &str) -> &'a Value {
    let all = report["pictures"].as_array().unwrap();
    all.iter()
        .find(|numbers| numbers["file"] == file)
        .unwrap_or_else(|| panic!("{file}"))
}

#[test]
fn a_folder_holds_every_picture_with_its_numbers_a_page_and_one_grey_card() {
    let place = tempfile::tempdir().unwrap();
    let out = place.path().join("out");
    let report = drawn("clinic-thigh-rubra", &out, &[]);
    let names = names_in(&out);
    for name in [
        "before.png",
        "treated.png",
        "untreated.png",
        "just-after.png",
        "crusts.png",
        "before-05.png",
        "treated-95.png",
        "before-raking.png",
        "treated-cross-polarised.png",
        "people.png",
        "section.png",
        "time-lapse.png",
        "frame-00.png",
        "render.json",
        "render.html",
    ] {
        assert!(names.iter().any(|found| found == name), "{name} in {names:?}");
    }
    // The card in the lower right corner has the same colour in all pictures of the case.
    let corner = |name: &str| {
        let (_, _, bytes) = pixels(&out.join(name));
        bytes[bytes.len() - 3..].to_vec()
    };
    let card = corner("before.png");
    for numbers in report["pictures"].as_array().unwrap() {
        assert_eq!(corner(numbers["file"].as_str().unwrap()), card);
    }
    assert!((colour(&card).lightness - report["grey_card_lab"][0].as_f64().unwrap()).abs() < 0.5);
    let page = page(&out.join("render.html"));
    assert_eq!(laws::accessible(&page), Vec::<String>::new());
    assert!(page.text().contains("Twelve people drawn at random") && page.named("script").count() == 0);
    assert!(
        page.named("img")
            .all(|image| image.get("alt").is_some_and(|words| words.len() > 40))
    );
    assert_eq!(report["strip"].as_array().unwrap().len(), 24);
    // Redness and blood are what a session leaves at first.
    let after = picture(&report, "just-after.png");
    assert!(number(after, "bleeding") > 20.0 && number(after, "bleeding") <= number(after, "holes"));
    assert!(after["skin_lab"][1].as_f64() > picture(&report, "before.png")["skin_lab"][1].as_f64());
}

/// No picture looks better than the numbers: without sheen no mark stands out more than its tissue, what is gained in
/// pixels is no more than what the tissue gained, and the dent lies where the tissue says.
#[test]
fn no_picture_shows_more_than_its_tissue_nor_more_gain() {
    let place = tempfile::tempdir().unwrap();
    for (case, folder) in [("clinic-thigh-rubra", "red"), ("clinic-abdomen-alba", "pale")] {
        let report = drawn(case, &place.path().join(folder), &["--light", "cross-polarised"]);
        for numbers in report["pictures"].as_array().unwrap() {
            let [least, most] = [0, 1].map(|end| numbers["relief_tissue_um"][end].as_f64().unwrap());
            let depth = number(numbers, "relief_um");
            // Furrows and crinkles of a small patch have a mean of some micrometres.
            assert!(depth > 0.9 * least - 6.0 && depth < 1.02 * most + 6.0, "{numbers}");
            if numbers["light"] == "cross-polarised" && numbers["holes"].is_null() {
                let (seen, tissue) = (number(numbers, "delta_e_seen"), number(numbers, "delta_e_tissue"));
                assert!(seen < 1.1 * tissue + 0.3, "{numbers}");
            }
        }
        // The score looks at the same colours: where no session is fresh, it says what the tissue says.
        for numbers in report["pictures"].as_array().unwrap() {
            let (tissue, score) = (number(numbers, "delta_e_tissue"), number(numbers, "delta_e_score"));
            if numbers["holes"].is_null() {
                assert!((tissue - score).abs() < 0.25 * score + 0.5, "{numbers}");
            } else {
                let red = |of: &Value| of["skin_lab"][1].as_f64().unwrap();
                assert!(red(numbers) > red(picture(&report, "before.png")), "{numbers}");
            }
        }
        // Nor does anybody drawn at random gain more in pixels than in tissue.
        for pair in report["strip"].as_array().unwrap().chunks(2) {
            let gain = |field: &str| number(&pair[0], field) - number(&pair[1], field);
            let measured = pair.iter().all(|of| of["delta_e_seen"].is_number());
            assert!(
                !measured || gain("delta_e_seen") <= gain("delta_e_tissue") + 0.3,
                "{pair:?}"
            );
        }
        let (before, after) = (picture(&report, "before.png"), picture(&report, "treated.png"));
        let kept = |field: &str| number(after, field) / number(before, field);
        assert!(kept("delta_e_seen") > kept("delta_e_tissue") - 0.12, "{case}");
        assert!((kept("relief_um") - number(after, "texture")).abs() < 0.12, "{case}");
    }
}

#[test]
fn a_layperson_is_shown_no_picture_after_a_plan_that_is_stopped_and_a_researcher_is() {
    let place = tempfile::tempdir().unwrap();
    let lay = drawn("home-pregnant", &place.path().join("lay"), &[]);
    assert_eq!(
        names_in(&place.path().join("lay")),
        ["before.png", "render.html", "render.json"]
    );
    assert!(
        lay["withheld"].as_str().unwrap().contains("A rule stops this plan")
            && !lay["stopped"].as_array().unwrap().is_empty()
    );
    for field in ["strip", "frames"] {
        assert!(lay[field].as_array().unwrap().is_empty());
    }
    assert!(lay["collagen_alone"].is_null());
    let page = page(&place.path().join("lay/render.html"));
    assert_eq!(page.named("img").count(), 1);
    assert!(page.text().contains("no picture after it is drawn"));
    let research = drawn("home-pregnant", &place.path().join("research"), &["--for", "research"]);
    assert!(research["withheld"].is_null());
    assert!(names_in(&place.path().join("research")).contains(&"treated.png".to_owned()));
    // Where help comes first there is no picture at all.
    let minor = drawn("home-under-18", &place.path().join("minor"), &[]);
    assert_eq!(names_in(&place.path().join("minor")), ["render.html", "render.json"]);
    assert!(minor["withheld"].as_str().unwrap().contains("Help"));
    let help = minor["help"].as_array().unwrap();
    let told = self::page(&place.path().join("minor/render.html")).text();
    assert!(
        !help.is_empty() && help.iter().all(|line| told.contains(line.as_str().unwrap())),
        "{help:?}"
    );
}

/// A pale mark stands still by itself, so that doing nothing has one picture for before and after.
#[test]
fn where_nothing_changes_before_and_after_are_the_same_to_the_pixel() {
    let place = tempfile::tempdir().unwrap();
    let text = fs::read_to_string(case_file("clinic-abdomen-alba")).unwrap();
    let case = place.path().join("nothing.toml");
    let none = |line: &str| {
        if line.starts_with("sessions = ") {
            "sessions = 0"
        } else {
            line
        }
        .to_owned()
    };
    fs::write(&case, text.lines().map(none).collect::<Vec<_>>().join("\n")).unwrap();
    let out = place.path().join("out");
    let mut command = needlework(&["render"]);
    command
        .arg(&case)
        .args(SMALL)
        .args(["--for", "research", "--month", "12", "--out"])
        .arg(&out);
    run_to(0, &mut command);
    let patch = |name: &str| pixels(&out.join(name)).2[..3 * 96 * 96].to_vec();
    let before = patch("before.png");
    assert_eq!(patch("treated.png"), before);
    assert_eq!(patch("untreated.png"), before);
    assert_eq!(patch("treated-raking.png"), patch("before-raking.png"));
    assert!(!names_in(&out).contains(&"just-after.png".to_owned()));
    let moved = drawn(
        "clinic-abdomen-alba",
        &place.path().join("moved"),
        &["--for", "research"],
    );
    assert!(moved["pictures"].as_array().unwrap().len() > 10);
    assert_ne!(
        pixels(&place.path().join("moved/treated.png")).2[..3 * 96 * 96],
        before[..]
    );
}

#[test]
fn the_same_seed_gives_the_same_bytes_on_any_number_of_threads_and_another_seed_another_skin() {
    let place = tempfile::tempdir().unwrap();
    let all = |folder: &str, more: &[&str]| {
        let out = place.path().join(folder);
        drawn("clinic-abdomen-alba", &out, more);
        names_in(&out)
            .into_iter()
            .map(|name| (name.clone(), fs::read(out.join(name)).unwrap()))
            .collect::<Vec<_>>()
    };
    let one = all("one", &["--threads", "1"]);
    assert!(
        one == all("three", &["--threads", "3"]),
        "bytes hang on the number of threads"
    );
    assert!(one != all("other", &["--seed", "2"]));
}

/// Pictures that were looked at and found to look like skin with marks. A small difference of rounding or of a prior
/// passes, another look does not: then look at it, and write them anew from the folder that the message names.
#[test]
fn pictures_look_as_those_that_were_looked_at() {
    let place = tempfile::tempdir().unwrap();
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    for (case, folder) in [("clinic-thigh-rubra", "red"), ("clinic-abdomen-alba", "pale")] {
        let out = place.path().join(folder);
        drawn(case, &out, &["--prior"]);
        for name in ["before.png", "treated-raking.png"] {
            let kept = golden.join(format!("{folder}-{name}"));
            let (width, _, wanted) = pixels(&kept);
            let (found_width, _, found) = pixels(&out.join(name));
            assert_eq!(width, found_width);
            // The patch with its stamp; what stands below it is words.
            let patch = 3 * width * width;
            let off: Vec<f64> = wanted[..patch]
                .chunks(3)
                .zip(found[..patch].chunks(3))
                .map(|(a, b)| difference_1976(colour(a), colour(b)))
                .collect();
            let mean = off.iter().sum::<f64>() / off.len() as f64;
            assert!(mean < LIKE, "{folder}-{name}: a mean difference of {mean:.2}");
        }
        // The tolerance tells a mark from what becomes of it.
        let patch = |name: &str| {
            let (width, _, bytes) = pixels(&out.join(name));
            bytes[..3 * width * width].to_vec()
        };
        let (before, after) = (patch("before-raking.png"), patch("treated-raking.png"));
        let off: Vec<f64> = before
            .chunks(3)
            .zip(after.chunks(3))
            .map(|(a, b)| difference_1976(colour(a), colour(b)))
            .collect();
        let mean = off.iter().sum::<f64>() / off.len() as f64;
        assert!(mean > LIKE, "{folder}: before and after differ by {mean:.2} only");
    }
}

/// Two pictures are alike below this mean difference in colour.
const LIKE: f64 = 0.05;

#[test]
fn a_wrong_month_side_or_size_is_told_with_what_is_allowed() {
    let case = case_file("clinic-abdomen-alba");
    for (option, value, said) in [
        ("--month", "-1", "0 to 120"),
        ("--month", "soon", "--month"),
        ("--month", "100", "no study looked that late"),
        ("--side", "1", "2 cm to 10 cm"),
        ("--pixels", "63", "64..=1024"),
        ("--person", "60", "typical"),
        ("--light", "blue", "cross-polarised"),
    ] {
        let mut command = needlework(&["render"]);
        command.arg(&case).args(["--people", "50"]).args([option, value]);
        let told = unwrapped(&stderr(&run_to(2, &mut command)));
        assert!(told.contains(said), "{option} {value}: {told}");
    }
}

#[test]
fn whoever_gains_most_gains_more_than_whoever_gains_least() {
    let place = tempfile::tempdir().unwrap();
    let report = drawn("clinic-abdomen-alba", &place.path().join("out"), &["--person", "95"]);
    let gain = |file: &str| number(picture(&report, file), "improvement");
    assert!(gain("treated.png") > gain("treated-05.png"));
    assert_eq!(number(picture(&report, "before.png"), "percentile"), 95.0);
    // The scene of another person is the same scene.
    let coverage = |file: &str| number(picture(&report, file), "coverage");
    assert!((coverage("before.png") - coverage("before-05.png")).abs() < 0.01);
}
