//! The files of the project itself: every case reads, every site and device is what the rules and the models ask for.

use std::path::{Path, PathBuf};

use needlework_case::{Arm, Case, Catalog, DeviceKind, Found, Screening, Setting, SiteClass, read, resolve, write};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn catalog() -> Catalog {
    let text = |name: &str| std::fs::read_to_string(root().join("evidence").join(name)).unwrap();
    Catalog::parse(&text("sites.toml"), &text("devices.toml")).unwrap()
}

fn cases() -> Vec<(String, String, Case)> {
    let catalog = catalog();
    let mut files: Vec<PathBuf> = std::fs::read_dir(root().join("cases"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "toml"))
        .collect();
    files.sort();
    let read_one = |path: &PathBuf| {
        let text = std::fs::read_to_string(path).unwrap();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let case = read(&text, &name, &catalog).unwrap_or_else(|problems| panic!("{problems}"));
        (name, text, case)
    };
    files.iter().map(read_one).collect()
}

fn case(name: &str) -> Case {
    cases()
        .into_iter()
        .find(|(file, ..)| file == name)
        .unwrap_or_else(|| panic!("no case {name}"))
        .2
}

#[test]
fn every_case_reads_without_a_diagnostic_and_says_where_it_comes_from() {
    let cases = cases();
    assert!(cases.len() >= 24, "{}", cases.len());
    for (name, text, case) in &cases {
        assert!(text.starts_with("# "), "{name} opens with where its inputs come from");
        assert!(case.about.title.is_known() && case.about.screening.is_known(), "{name}");
        assert!(case.regimen.arm.is_known() && case.regimen.setting.is_known(), "{name}");
        let by_study = case.about.screening.get() == Some(Screening::ByStudy);
        assert_eq!(by_study, case.about.study.is_known(), "{name}");
        if case.regimen.arm.get() == Some(Arm::Needling) {
            assert!(
                case.regimen.sessions.is_known() && case.regimen.interval.is_known(),
                "{name}"
            );
        }
    }
}

#[test]
fn every_case_is_written_so_that_it_reads_back_equal() {
    let catalog = catalog();
    for (name, _, case) in cases() {
        let text = write(&case);
        let mut again = read(&text, &name, &catalog).unwrap_or_else(|problems| panic!("{problems}"));
        // A time of minutes may be printed in hours, which rounds its last digit.
        let waits = |case: &Case| {
            case.hygiene
                .antiseptic_wait
                .get()
                .map(|wait| (wait.hours() * 1e9).round())
        };
        assert_eq!(waits(&again), waits(&case));
        again.hygiene.antiseptic_wait = case.hygiene.antiseptic_wait;
        assert_eq!(again, case, "{text}");
    }
}

#[test]
fn the_situations_of_the_article_differ_in_what_their_name_says() {
    let base = case("home-roller-0.2mm");
    let catalog = catalog();
    assert_eq!(base.regimen.setting.get(), Some(Setting::Home));
    assert_eq!(resolve(&base, &catalog).geometry.needle_length.unwrap().mm(), 0.2);
    assert_eq!(
        resolve(&case("home-roller-0.5mm"), &catalog)
            .geometry
            .needle_length
            .unwrap()
            .mm(),
        0.5
    );
    assert_eq!(
        resolve(&case("home-roller-1.5mm"), &catalog)
            .geometry
            .needle_length
            .unwrap()
            .mm(),
        1.5
    );
    let face = case("home-face");
    assert!(
        catalog
            .site(face.lesion.site.known().unwrap())
            .unwrap()
            .is(SiteClass::ForbiddenAtHome)
    );
    assert!(case("home-under-18").person.age.get().unwrap().years() < 18.0);
    let unlike = |change: fn(&mut Case, &Case), name: &str| {
        let mut other = case(name);
        assert_ne!(other, base, "{name}");
        other.about = base.about.clone();
        change(&mut other, &base);
        assert_eq!(other, base, "{name} differs in one thing only");
    };
    unlike(
        |other, base| other.device.name = base.device.name.clone(),
        "home-roller-0.5mm",
    );
    unlike(
        |other, base| other.device.name = base.device.name.clone(),
        "home-roller-1.5mm",
    );
    unlike(|other, base| other.lesion.site = base.lesion.site.clone(), "home-face");
    unlike(
        |other, base| other.lesion.site = base.lesion.site.clone(),
        "home-armpit",
    );
    unlike(
        |other, base| other.aftercare.topicals = base.aftercare.topicals.clone(),
        "home-vitamin-c",
    );
    unlike(
        |other, base| other.health.pregnant = base.health.pregnant,
        "home-pregnant",
    );
    unlike(|other, base| other.person.age = base.person.age, "home-under-18");
}

#[test]
fn the_catalog_has_every_site_with_the_classes_that_rules_ask_for() {
    let catalog = catalog();
    let classes: [(SiteClass, &[&str]); 7] = [
        (SiteClass::Bony, &["shin", "elbow", "clavicle"]),
        (SiteClass::Thin, &["neck", "inner_elbow"]),
        (SiteClass::ForbiddenAtHome, &["face", "axilla", "groin", "nipple"]),
        (
            SiteClass::Never,
            &[
                "eyelid",
                "orbital_rim",
                "lips",
                "perioral",
                "mucosa",
                "genitals",
                "anus",
                "nipple",
            ],
        ),
        (
            SiteClass::Moist,
            &["axilla", "groin", "skin_fold", "toe_web", "genital_adjacent"],
        ),
        (SiteClass::Orbital, &["eyelid", "orbital_rim"]),
        (
            SiteClass::Limb,
            &[
                "thigh_outer",
                "thigh_inner",
                "upper_arm",
                "shoulder",
                "knee",
                "calf",
                "forearm",
                "shin",
                "elbow",
            ],
        ),
    ];
    for (class, names) in classes {
        for name in names {
            let site = catalog.site(name).unwrap_or_else(|| panic!("no site {name}"));
            assert!(site.is(class), "{name} is {class:?}");
        }
    }
    for name in [
        "abdomen",
        "flank",
        "hip",
        "lower_back",
        "upper_back",
        "buttock",
        "breast",
    ] {
        assert!(catalog.site(name).unwrap().is(SiteClass::Trunk), "{name}");
    }
    for site in catalog.sites() {
        assert!(!site.classes.is_empty(), "{}", site.name);
    }
}

#[test]
fn the_library_holds_real_devices_that_say_what_is_assumed() {
    let catalog = catalog();
    assert!(catalog.devices().len() >= 14);
    for device in catalog.devices() {
        assert!(!device.source.is_empty(), "{}", device.name);
        if device.kind == DeviceKind::Roller {
            assert_eq!(device.geometry.needles, Some(192), "{}", device.name);
            assert!(
                device.geometry.drum_radius.is_some() && device.geometry.drum_width.is_some(),
                "{}",
                device.name
            );
        }
        if device.kind == DeviceKind::Pen {
            assert!(
                device.geometry.needle_length.is_none() && device.longest.is_some(),
                "{}",
                device.name
            );
        }
    }
    let known = catalog.device("dermaroller-mf8").unwrap();
    assert_eq!(known.geometry.needle_length.unwrap().mm(), 1.5);
    assert!(
        !known.assumed.contains(&"drum_radius".to_owned()),
        "its geometry is published"
    );
    // The published density of a standard drum: 15 to 16 holes per square centimetre and pass.
    let area =
        2.0 * std::f64::consts::PI * known.geometry.drum_radius.unwrap().cm() * known.geometry.drum_width.unwrap().cm();
    let density = f64::from(known.geometry.needles.unwrap()) / area;
    assert!((13.3..16.1).contains(&density), "{density}");
}

#[test]
fn every_study_and_every_source_of_a_device_is_in_the_list_of_sources() {
    let sources = std::fs::read_to_string(root().join("evidence/sources.toml")).unwrap();
    let listed = |key: &str| sources.contains(&format!("key = \"{key}\""));
    for (name, _, case) in cases() {
        if let Some(study) = case.about.study.known() {
            assert!(listed(study), "{name} cites `{study}`");
        }
    }
    for device in catalog().devices() {
        assert!(
            device.source == "project" || listed(&device.source),
            "{} cites `{}`",
            device.name,
            device.source
        );
    }
}

/// What a site is called by people, and which places of the catalogue that is.
const SPOKEN: [(&str, &[&str]); 24] = [
    ("belly", &["abdomen"]),
    ("Tummy", &["abdomen"]),
    ("my stomach", &["abdomen"]),
    ("thigh", &["thigh_outer", "thigh_inner"]),
    ("Thighs", &["thigh_outer", "thigh_inner"]),
    ("inner thighs", &["thigh_inner"]),
    ("bum", &["buttock"]),
    ("bottom", &["buttock"]),
    ("butt", &["buttock"]),
    ("boobs", &["breast"]),
    ("breasts", &["breast"]),
    ("arm", &["upper_arm", "forearm"]),
    ("upper arms", &["upper_arm"]),
    ("love handles", &["flank"]),
    ("back", &["lower_back", "upper_back"]),
    ("hips", &["hip"]),
    ("armpits", &["axilla"]),
    ("under arm", &["axilla"]),
    ("calves", &["calf"]),
    ("knees", &["knee"]),
    ("cheeks", &["buttock", "face"]),
    ("mouth", &["lips", "perioral"]),
    ("leg", &["thigh_outer", "thigh_inner", "knee", "calf", "shin"]),
    ("eye", &["eyelid", "orbital_rim"]),
];

#[test]
fn what_people_call_a_place_is_read_and_a_word_for_several_lists_them() {
    let catalog = catalog();
    for (typed, wanted) in SPOKEN {
        let text = format!("[lesion]\nkind = \"striae\"\nsite = \"{typed}\"\n");
        let found: Vec<&str> = match catalog.find_site(typed) {
            Found::One(site) => vec![&site.name],
            Found::Several(sites) => sites.iter().map(|site| site.name.as_str()).collect(),
            Found::None { nearest } => panic!("{typed}: {nearest:?}"),
        };
        assert_eq!(found, *wanted, "{typed}");
        match read(&text, "f", &catalog) {
            Ok(case) => assert_eq!(case.lesion.site.known().unwrap(), wanted[0], "{typed}"),
            Err(problems) => {
                assert!(wanted.len() > 1, "{typed}: {problems}");
                let problem = &problems.problems[0];
                assert!(problem.nearest.is_none(), "one of several is never offered alone");
                assert!(
                    wanted.iter().all(|name| problem.help.contains(&format!("\"{name}\""))),
                    "{problems}"
                );
            }
        }
    }
}

#[test]
fn every_alias_of_the_catalogue_leads_to_its_entry_and_a_name_to_nothing_else() {
    let catalog = catalog();
    for site in catalog.sites() {
        assert_eq!(catalog.find_site(&site.name).one(), Some(site));
        assert_eq!(
            catalog.find_site(&site.name.to_uppercase().replace('_', " ")).one(),
            Some(site)
        );
        for word in site.aliases.iter().chain([&site.label]) {
            let leads = match catalog.find_site(word) {
                Found::One(one) => one == site,
                Found::Several(several) => several.contains(&site),
                Found::None { .. } => false,
            };
            assert!(leads, "{word} of {}", site.name);
        }
        for word in &site.also {
            assert!(
                catalog.find_site(word).one().is_none(),
                "{word} is only near {}",
                site.name
            );
        }
    }
    for device in catalog.devices() {
        assert_eq!(catalog.find_device(&device.name).one(), Some(device));
        for word in &device.aliases {
            let leads = match catalog.find_device(word) {
                Found::One(one) => one == device,
                Found::Several(several) => several.contains(&device),
                Found::None { .. } => false,
            };
            assert!(leads, "{word} of {}", device.name);
            // Needles of another length are never behind a name that states a length.
            if let (Some(length), Some(said)) = (device.geometry.needle_length, word.rsplit(' ').next())
                && let Ok(said) = said.parse::<f64>()
                && !word.ends_with("192")
                && !word.ends_with("540")
            {
                assert!((length.mm() - said).abs() < 1e-9, "{word} of {}", device.name);
            }
        }
    }
}

#[test]
fn a_device_is_found_as_people_write_it() {
    let catalog = catalog();
    for (typed, wanted) in [
        (
            "dermaroller 1.5",
            ["dermaroller-mf8", "roller-192-1.5mm", "disc-roller-540-1.5mm"].as_slice(),
        ),
        (
            "Derma roller 1,5 mm",
            &["dermaroller-mf8", "roller-192-1.5mm", "disc-roller-540-1.5mm"],
        ),
        ("roller 192 1.5 mm", &["roller-192-1.5mm"]),
        ("540 roller 0.5", &["disc-roller-540-0.5mm"]),
        ("derma stamp 0.5 mm", &["stamp-35-0.5mm"]),
        ("Skin Pen", &["skinpen"]),
        ("MF8", &["dermaroller-mf8"]),
        ("insulin needle", &["insulin-31g"]),
    ] {
        let found: Vec<&str> = match catalog.find_device(typed) {
            Found::One(device) => vec![&device.name],
            Found::Several(devices) => devices.iter().map(|device| device.name.as_str()).collect(),
            Found::None { nearest } => panic!("{typed}: {nearest:?}"),
        };
        assert_eq!(found, *wanted, "{typed}");
    }
}
