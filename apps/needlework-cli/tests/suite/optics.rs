//! `needlework optics`: the answer reproduces what others computed, says what it cannot know, and is the same on any
//! number of threads; wrong files are told with the place.

use std::fs;
use std::path::{Path, PathBuf};

use needlework_page_reader::laws::{accessible, alone};
use serde_json::Value;

use crate::setup::{json, names_in, needlework, page, run_to, stderr, stdout, unwrapped, whole};

/// A file below the root of the workspace.
fn at_root(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(name)
}

fn solved(stack: &Path, more: &[&str]) -> Value {
    json(&run_to(0, needlework(&["optics", "--json"]).arg(stack).args(more)))
}

/// The rows of a table of others, as named cells.
fn table(name: &str) -> Vec<std::collections::BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(at_root("validation/optics").join(name)).unwrap();
    reader.deserialize().map(|row| row.unwrap()).collect()
}

fn number(row: &std::collections::BTreeMap<String, String>, name: &str) -> f64 {
    row[name].parse().unwrap()
}

fn point<'a>(report: &'a Value, case: &str, nm: f64) -> &'a Value {
    let cases = report["cases"].as_array().unwrap();
    let case = cases.iter().find(|own| own["case"] == case).unwrap();
    let spectrum = case["spectrum"].as_array().unwrap();
    spectrum.iter().find(|own| own["wavelength_nm"] == nm).unwrap()
}

fn near(found: &Value, wanted: f64, allowed: f64, what: &str) {
    let found = found.as_f64().unwrap_or_else(|| panic!("{what}: {found}"));
    assert!((found - wanted).abs() <= allowed, "{what}: {found} instead of {wanted}");
}

#[test]
fn the_spectra_and_colours_of_others_are_reproduced() {
    let stack = at_root("validation/optics/skin_layers.csv");
    let report = solved(&stack, &[]);
    for row in table("skin_ad.csv") {
        let own = point(&report, &row["case"], number(&row, "lambda_nm"));
        let what = format!("{} {}", row["case"], row["lambda_nm"]);
        near(&own["ur1"], number(&row, "UR1_total"), 2e-4, &what);
        near(&own["rd"], number(&row, "Rd_minus_specular"), 2e-4, &what);
        near(&own["uru"], number(&row, "URU_diffuse"), 3e-4, &what);
        near(&own["ut1"], number(&row, "UT1"), 2e-4, &what);
        assert!(own["absorbed"].as_f64().unwrap() > 0.0, "{what}");
    }
    let rows = table("skin_color.csv");
    let mut seen = 0;
    for row in rows.iter().filter(|row| row["observer"] == "2deg") {
        let light = if row["mode"].starts_with("SCI") {
            "specular included"
        } else {
            "specular excluded"
        };
        let cases = report["cases"].as_array().unwrap();
        let case = cases.iter().find(|own| own["case"] == row["case"].as_str()).unwrap();
        let colours = case["colours"].as_array().unwrap();
        let own = colours.iter().find(|own| own["light"] == light).unwrap();
        let what = format!("{} {light}", row["case"]);
        for (at, name) in ["L", "a", "b"].into_iter().enumerate() {
            near(&own["lab"][at], number(row, name), 0.02, &what);
        }
        for (at, name) in ["X", "Y", "Z"].into_iter().enumerate() {
            near(&own["xyz"][at], number(row, name), 0.02, &what);
        }
        for (at, name) in ["sR", "sG", "sB"].into_iter().enumerate() {
            near(&own["srgb"][at], number(row, name), 5e-4, &what);
        }
        near(&own["ita_deg"], number(row, "ITA_deg"), 0.05, &what);
        near(&own["erythema_index"], number(row, "EI_568_655"), 0.02, &what);
        near(&own["melanin_index"], number(row, "MI_655"), 0.02, &what);
        // The first case of the file is the normal light skin.
        if row["case"].starts_with("light") {
            near(&own["delta_e_76_to_first"], number(row, "dE76_vs_normal"), 0.02, &what);
            near(
                &own["delta_e_2000_to_first"],
                number(row, "dE00_vs_normal"),
                0.02,
                &what,
            );
        }
        seen += 1;
    }
    assert_eq!(seen, 10);
}

/// One wavelength of the skins of the other Monte Carlo, whose rows stand in a file of their own.
fn at_450(folder: &Path) -> PathBuf {
    let text = fs::read_to_string(at_root("validation/optics/skin_layers.csv")).unwrap();
    let rows: Vec<&str> = text
        .lines()
        .enumerate()
        .filter(|(at, row)| *at == 0 || row.starts_with("light_normal,450") || row.starts_with("medium_normal,450"))
        .map(|(_, row)| row)
        .collect();
    let path = folder.join("stack.csv");
    fs::write(&path, rows.join("\n")).unwrap();
    path
}

#[test]
fn packets_of_light_and_the_loss_of_an_aperture_agree_with_others() {
    let folder = tempfile::tempdir().unwrap();
    let stack = at_450(folder.path());
    let more = ["--photons", "6000", "--aperture", "5 mm"];
    let report = solved(&stack, &more);
    for row in table("mcml_radial.csv") {
        if row["lambda_nm"] != "450" || !["light_normal", "medium_normal"].contains(&row["case"].as_str()) {
            continue;
        }
        let own = point(&report, &row["case"], 450.0);
        let light = &own["monte_carlo"];
        assert!(light["z"].as_f64().unwrap().abs() < 3.0, "{light}");
        let loss = &light["edge_loss"];
        let error = loss["standard_error"].as_f64().unwrap();
        near(
            &loss["mean"],
            number(&row, "edge_loss_d5mm"),
            4.0 * error + 2e-3,
            &row["case"],
        );
        let [specular, rd] = ["specular", "rd"].map(|name| own[name].as_f64().unwrap());
        let wanted = specular + rd * (1.0 - loss["mean"].as_f64().unwrap());
        near(&own["measured"], wanted, 1e-12, "measured");
    }
    // More light from around, or another geometry, reads more, or less.
    let measured = |more: &[&str]| {
        point(&solved(&stack, more), "light_normal", 450.0)["measured"]
            .as_f64()
            .unwrap()
    };
    let equal = measured(&more);
    let wider = measured(&[&more[..], &["--illuminated", "11"]].concat());
    let all = measured(&[]);
    assert!(equal < wider && wider < all, "{equal} {wider} {all}");
    let without = measured(&["--geometry", "specular-excluded"]);
    let slanted = measured(&["--geometry", "45-0"]);
    assert!(
        without < all && slanted < all && (slanted - without).abs() < 0.05,
        "{without} {slanted} {all}"
    );
    let diffuse = measured(&["--incidence", "diffuse"]);
    assert!(diffuse > all, "{diffuse} {all}");
}

#[test]
fn threads_change_no_byte_and_a_seed_changes_the_packets() {
    let folder = tempfile::tempdir().unwrap();
    let stack = at_450(folder.path());
    let said = |more: &[&str]| {
        let out = folder.path().join("out");
        let mut command = needlework(&["optics", "--photons", "2000", "--aperture", "8", "--json"]);
        let output = run_to(0, command.arg(&stack).args(more).arg("--out").arg(&out));
        let files = ["optics.html", "optics.json", "spectra.csv", "radial.csv"];
        (output.stdout, files.map(|name| fs::read(out.join(name)).unwrap()))
    };
    let one = said(&["--threads", "1"]);
    assert!(one == said(&["--threads", "2"]), "threads change bytes");
    assert!(one != said(&["--threads", "1", "--seed", "2"]));
}

#[test]
fn a_folder_holds_page_data_and_tables() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let stack = at_root("cases/optics/two-skins.csv");
    let run = |code, more: &[&str]| {
        let mut command = needlework(&["optics", "--streams", "8"]);
        run_to(code, command.arg(&stack).args(more).arg("--out").arg(&out))
    };
    run(0, &[]);
    assert_eq!(names_in(&out), ["optics.html", "optics.json", "spectra.csv"]);
    let told = stdout(&run(
        0,
        &["--photons", "2000", "--aperture", "8", "--illuminated", "11"],
    ));
    assert!(
        told.contains("pale mark") && told.contains("edge loss") && told.contains("Page: "),
        "{told}"
    );
    assert!(
        told.lines()
            .all(|line| line.chars().count() <= 80 || line.contains(".html")),
        "{told}"
    );
    assert_eq!(
        names_in(&out),
        ["optics.html", "optics.json", "radial.csv", "spectra.csv"]
    );
    let page = page(&out.join("optics.html"));
    assert_eq!([accessible(&page), alone(&page)].concat(), Vec::<String>::new());
    // Of each case the spectrum, the distances and the swatch.
    assert_eq!(
        page.named("svg").filter(|one| one.get("role") == Some("img")).count(),
        6
    );
    let text = whole(&page, "main");
    assert!(
        text.contains("Wavelength, nm") && text.contains("Rd, per mm²"),
        "{text}"
    );
    assert!(!text.contains("NaN") && !text.contains("unknown"), "{text}");
    let report: Value = serde_json::from_slice(&fs::read(out.join("optics.json")).unwrap()).unwrap();
    let rows = |name: &str| csv::Reader::from_path(out.join(name)).unwrap().into_records().count();
    assert_eq!((rows("spectra.csv"), rows("radial.csv")), (62, 62 * 200));
    assert_eq!(report["cases"][1]["spectrum"].as_array().unwrap().len(), 31);
    fs::write(out.join("mine.txt"), "mine").unwrap();
    run(2, &[]);
}

#[test]
fn what_the_wavelengths_do_not_give_is_unknown_with_the_reason() {
    let folder = tempfile::tempdir().unwrap();
    let stack = at_450(folder.path());
    let report = solved(&stack, &[]);
    let colour = &report["cases"][0]["colours"][0];
    for name in [
        "xyz",
        "lab",
        "srgb",
        "ita_deg",
        "erythema_index",
        "melanin_index",
        "delta_e_76_to_first",
    ] {
        assert!(colour[name].is_null(), "{name}: {colour}");
    }
    let told = unwrapped(&stdout(&run_to(0, needlework(&["optics"]).arg(&stack))));
    assert!(
        told.contains("Unknown of light_normal: colour needs wavelengths from 400 to 700 nm"),
        "{told}"
    );
    assert!(told.contains("is unknown without packets of light"), "{told}");
}

#[test]
fn a_lowest_layer_without_an_end_and_changing_indices_are_followed() {
    let text = "case,lambda_nm,layer,n,mu_a_per_mm,mu_s_per_mm,g,d_mm\n\
        glass on skin,633,cover glass,1.52,0,0,0,1\n\
        glass on skin,633,epidermis,1.45,1.2,30,0.8,0.08\n\
        glass on skin,633,dermis,1.38,0.05,20,0.8,inf\n";
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("stack.csv");
    fs::write(&path, text).unwrap();
    let report = solved(&path, &["--photons", "8000"]);
    let own = point(&report, "glass on skin", 633.0);
    assert!(own["monte_carlo"]["z"].as_f64().unwrap().abs() < 3.0, "{own}");
    near(&own["ut1"], 0.0, 1e-9, "nothing leaves at the bottom");
    // The same on standard input.
    let mut command = needlework(&["optics", "-", "--json", "--photons", "8000"]);
    assert_eq!(report, json(&run_to(0, command.write_stdin(text))));
}

#[test]
fn what_hardly_comes_back_is_unknown_and_says_why() {
    // A clear black ground from 400 to 700 nm: nothing returns but what the surface mirrors.
    let rows: String = (400..=700)
        .step_by(20)
        .map(|nm| format!("black,{nm},ink,1.4,1e4,0,0,1\n"))
        .collect();
    let text = format!("case,lambda_nm,layer,n,mu_a_per_mm,mu_s_per_mm,g,d_mm\n{rows}");
    let mut command = needlework(&["optics", "-", "--json", "--photons", "100", "--aperture", "8"]);
    let report = json(&run_to(0, command.write_stdin(text)));
    assert!(
        point(&report, "black", 500.0)["measured"].is_null(),
        "nobody knows what the discs lose"
    );
    let colours = report["cases"][0]["colours"].as_array().unwrap();
    let why = |light: &str| {
        let own = colours.iter().find(|own| own["light"] == light).unwrap();
        (own["melanin_index"].is_null(), own["unknown"].to_string())
    };
    let (unknown, reason) = why("specular excluded");
    assert!(unknown && reason.contains("so little comes back"), "{reason}");
    let (unknown, reason) = why("measured");
    assert!(unknown && reason.contains("too few packets"), "{reason}");
    assert_eq!(why("specular included"), (false, "[]".to_owned()));
}

#[test]
fn wrong_files_and_options_are_told_with_the_place_and_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("stack.csv");
    let head = "case,lambda_nm,layer,n,mu_a_per_mm,mu_s_per_mm,g,d_mm\n";
    for (rows, place, what) in [
        ("a,450,x,1.4,-1,20,0.8,1\n", "stack.csv:2:13", "no `mu_a_per_mm`"),
        (
            "a,450,x,0.7,1,20,0.8,1\n",
            "stack.csv:2:9",
            "refractive index from 1 to 3",
        ),
        ("a,450,x,1.4,1,20,1.2,1\n", "stack.csv:2:18", "anisotropy between"),
        ("a,450,x,1.4,1,nan,0.8,1\n", "stack.csv:2:15", "no `mu_s_per_mm`"),
        (
            "a,450,x,1.4,1,20,0.8,1\na,450,x,1.4,1,20,0.8,1\n",
            "stack.csv:3:1",
            "stands twice",
        ),
        ("", "stack.csv:1:1", "no row"),
    ] {
        fs::write(&path, format!("{head}{rows}")).unwrap();
        let output = run_to(2, needlework(&["optics"]).arg(&path));
        let said = unwrapped(&stderr(&output));
        assert!(said.contains(place) && said.contains(what), "{rows}{said}");
        assert_eq!(stdout(&output), "");
    }
    // A slip in one cell is one mistake: the row that it stands in is not called missing.
    let slip = "a,450,x,1.4,1,20,0.8,1\na,450,y,1.4,1,o,0.8,1\na,460,x,1.4,1,20,0.8,1\na,460,y,1.4,1,20,0.8,1\n";
    fs::write(&path, format!("{head}{slip}")).unwrap();
    let said = unwrapped(&stderr(&run_to(2, needlework(&["optics"]).arg(&path))));
    assert!(
        said.contains("stack.csv:3:15") && !said.contains("has no layer"),
        "{said}"
    );
    // Each index needs streams of its own.
    let many: String = (0..13)
        .map(|at| format!("a,450,l{at},1.{:02},1,20,0.8,1\n", 30 + at))
        .collect();
    fs::write(&path, format!("{head}{many}")).unwrap();
    let said = unwrapped(&stderr(&run_to(2, needlework(&["optics"]).arg(&path))));
    assert!(said.contains("13 refractive indices"), "{said}");
    fs::write(&path, format!("{head}\u{1b}[31mred\u{202e},450,x,1.4,1,20,0.8,1\n")).unwrap();
    let told = stdout(&run_to(0, needlework(&["optics"]).arg(&path)));
    assert!(!told.contains(['\u{1b}', '\u{202e}']), "{told:?}");
    for (more, what) in [
        (&["--aperture", "8"][..], "--photons"),
        (&["--photons", "1000", "--illuminated", "8"], "--aperture"),
        (&["--photons", "1000", "--aperture", "-3"], "a diameter from"),
        (&["--photons", "5"], "from 100 to"),
        (&["--streams", "7"], "an even number from 4 to 128"),
        (
            &["--geometry", "45-0", "--incidence", "diffuse"],
            "leave one of them out",
        ),
    ] {
        let said = unwrapped(&stderr(&run_to(2, needlework(&["optics"]).arg(&path).args(more))));
        assert!(said.contains(what), "{more:?}: {said}");
    }
    let missing = run_to(2, &mut needlework(&["optics", "no-such.csv"]));
    assert!(stderr(&missing).contains("help: "));
}
