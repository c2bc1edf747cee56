//! Reports as the engine would give them, for tests and for looking at the page: a plan in a clinic that no rule stops,
//! a long roller at home that a rule stops, and a short one at home that nobody has tested. The numbers are made up in
//! the range of what the prior gives.

use needlework_pages::model::*;
use serde_json::json;

/// A mean with its interval.
pub fn range(mean: f64, low: f64, high: f64) -> Range {
    Range { mean, low, high }
}

/// Five percentiles.
pub fn spread(p5: f64, p25: f64, p50: f64, p75: f64, p95: f64) -> Percentiles {
    Percentiles { p5, p25, p50, p75, p95 }
}

fn outcome(worse: f64, none: f64, some: f64, clear: f64, strong: f64) -> Outcome {
    let wide = |share: f64| {
        range(
            share,
            (share * 0.25).max(0.0),
            (share * 2.2 + 0.02 * share.min(0.5)).min(1.0),
        )
    };
    let severity = spread(0.62, 0.82, 0.9, 0.96, 1.0);
    Outcome {
        worse: wide(worse),
        none: range(none, (none - 0.55).max(0.02), (none + 0.4).min(1.0)),
        some: wide(some),
        clear: wide(clear),
        strong: wide(strong),
        severity,
    }
}

fn rule(id: &str, severity: &str, reason: &str, source: &[&str], grade: &str) -> FiredRule {
    FiredRule {
        id: id.into(),
        severity: severity.into(),
        reason: reason.into(),
        instead: None,
        source: source.iter().map(|&key| key.into()).collect(),
        grade: grade.into(),
    }
}

fn source(key: &str, title: &str, year: u16, link: Option<&str>) -> SourceLine {
    SourceLine {
        key: key.into(),
        title: title.into(),
        year,
        link: link.map(str::to_owned),
    }
}

fn texts(items: &[&str]) -> Vec<String> {
    items.iter().map(|&item| item.into()).collect()
}

fn risk(name: &str, title: &str, mean: Option<f64>, low: f64, high: f64, counted: bool, note: &str) -> Risk {
    let per_1000 = Frequency { mean, low, high };
    Risk {
        name: name.into(),
        title: title.into(),
        per_1000,
        counted,
        note: note.into(),
        validated: "never compared with data".into(),
        reported: None,
    }
}

/// Nothing simulated, nothing said.
pub fn bare(reading: Reading, title: &str, safety: Safety) -> Report {
    worded(Report {
        format: REPORT_FORMAT.into(),
        intended_use: INTENDED_USE.into(),
        banner: Some(NOT_CALIBRATED.into()),
        engine: Engine {
            version: "0.1.0".into(),
            commit: "1a2b3c4".into(),
            posterior: "prior".into(),
        },
        reading,
        title: title.into(),
        case: json!({}),
        seed: 1,
        people: 2000,
        worlds: 0,
        verdict: Verdict {
            first: FirstScreen::default(),
            safety,
            urgent: false,
            distress: false,
            minor: false,
            question: None,
            screened_by_study: false,
            rules: vec![],
            questions: vec![],
            benefit: Benefit::Unknown,
            benefit_reason: String::new(),
            headline: String::new(),
            summary: vec![],
            instead: vec![],
            danger_signs: vec![],
            unchecked: vec![],
            ask_clinic: vec![],
            not_judged: false,
        },
        reach: Reach {
            level: ReachLevel::Outside,
            reasons: vec![],
        },
        certainty: Certainty::None,
        forecast: None,
        gain25: None,
        risks: vec![],
        burden: None,
        puncture: None,
        swatches: vec![],
        colour: None,
        sensitivity: None,
        sensitivity_note: None,
        information: None,
        checklist: vec![],
        against_published: vec![],
        rhythm: None,
        figures: Figures::default(),
        sources: vec![],
        numbers: vec![],
    })
}

/// The report with its first screen worded from what it holds.
pub fn worded(mut report: Report) -> Report {
    let help = texts(&["A crisis line listens at any hour: 116 123"]);
    let plan = Told::Plan {
        reported: Some(Reports {
            text: "What was reported: of 48 people 29.".to_owned(),
            lead: true,
        }),
        sessions: None,
    };
    report.verdict.first = first_screen(&report.verdict, report.forecast.as_ref(), plan, &report.risks, help);
    report
}

fn danger_signs() -> Vec<Essential> {
    texts(&[
        "Redness, swelling or pain that grows after the second day instead of fading",
        "Pus, yellow crusts, or a red streak that moves away from the spot",
        "Fever or shivering",
        "Blisters, or a rash beyond the treated area",
        "Lumps that stay for more than two weeks",
    ])
    .into_iter()
    .map(Essential::new)
    .collect()
}

fn home_sources() -> Vec<SourceLine> {
    vec![
        source(
            "HC21",
            "Health Canada: microneedling devices may pose health risks",
            2021,
            Some("https://recalls-rappels.canada.ca/en"),
        ),
        source(
            "FDA-PAGE",
            "FDA: Microneedling devices",
            2020,
            Some("https://www.fda.gov/medical-devices/microneedling-devices"),
        ),
        source("TGA19", "TGA: Skin needling devices, what you should know", 2019, None),
        source("BBV", "Needlestick transmission of blood-borne viruses", 0, None),
        source(
            "KELCHEN21",
            "Impedance spectroscopy of micropores in human skin",
            2021,
            Some("doi:10.1000/PMC8259462"),
        ),
    ]
}

/// A 1.5 mm roller at home, reused: refused, in the lay reading.
pub fn refused_home() -> Report {
    let mut report = bare(
        Reading::Lay,
        "Stretch marks on the thighs, 1.5 mm roller at home",
        Safety::Refuse,
    );
    report.case = json!({"person": {"age": "31 years", "skin_type": "III"}, "device": {"name": "roller \
        540", "length": "1.5 mm", "reused": true}});
    report.verdict.headline = "Do not do this plan.".into();
    let mut length = rule(
        "R25a",
        "refuse",
        "No regulator that we found has cleared any needling device for home use; this length wounds the dermis.",
        &["HC21", "FDA-PAGE", "TGA19"],
        "L/J",
    );
    length.instead = Some("Ask a trained professional who uses sterile single-use needles".into());
    report.verdict.rules = vec![
        length,
        rule(
            "R30a",
            "refuse",
            "The roller was used by somebody else. Blood-borne viruses can pass from one person to the next; cleaning \
                does not make it sterile.",
            &["BBV"],
            "L",
        ),
        rule(
            "R41",
            "caution",
            "Dark marks after needling are commoner in darker skin and after sun.",
            &["HC21"],
            "T",
        ),
        rule("R60", "info", "Disinfected is not sterile.", &[], "J"),
    ];
    report.verdict.instead = texts(&[
        "Do nothing: red marks usually fade by themselves over months to years",
        "See a dermatologist if the marks trouble you, are new and wide, or came with other signs",
        "Throw the used roller away in a sharps container",
    ]);
    report.verdict.danger_signs = danger_signs();
    report.verdict.summary = texts(&[
        "Two rules stop this plan",
        "They hold for anybody at home, whatever the outcome might be",
    ]);
    report.verdict.unchecked = texts(&[
        "Whether your tetanus vaccination is up to date",
        "Which antiseptic would be used",
    ]);
    report.sources = home_sources();
    worded(report)
}

/// A home case that needs a doctor's word first, in the lay reading.
pub fn referred_home() -> Report {
    let mut report = refused_home();
    report.title = "Stretch marks on the belly, 0.5 mm roller at home".into();
    report.verdict.safety = Safety::Refer;
    report.verdict.headline = "Not yet. Ask a doctor or pharmacist this one question: “I take a blood thinner; may I \
        roll my belly with 0.5 mm needles?”"
        .into();
    report.verdict.question = Some("“I take a blood thinner; may I roll my belly with 0.5 mm needles?”".into());
    report.verdict.rules = vec![rule(
        "R11",
        "refer",
        "More bleeding and bruising. Do not stop your medicine on your own.",
        &["FDA-PAGE"],
        "L",
    )];
    report.verdict.questions = vec![
        OpenQuestion {
            field: "person.keloid".into(),
            text: "Have you ever had a raised scar?".into(),
            serious: true,
            rules: vec!["R09".into()],
        },
        OpenQuestion {
            field: "lesion.tattoo".into(),
            text: "Is there a tattoo in the area?".into(),
            serious: false,
            rules: vec!["R24".into()],
        },
    ];
    worded(report)
}

/// A 0.2 mm roller at home: no rule stops it, nobody has tested it, in the lay reading.
pub fn home_short() -> Report {
    let mut report = bare(
        Reading::Lay,
        "Stretch marks on the belly, 0.2 mm roller at home",
        Safety::Caution,
    );
    report.worlds = 400;
    report.case = json!({"person": {"age": "27 years"}, "device": {"length": "0.2 \
        mm"}, "regimen": {"setting": "home", "sessions": 12}});
    report.verdict.headline = "No rule stops this plan, but nobody has tested it on stretch marks.".into();
    report.verdict.benefit_reason =
        "Nobody has tested this on stretch marks; we expect little. Don't use a longer one to make up for it.".into();
    report.verdict.summary = texts(&[
        "Most of these needles end above the layer where stretch marks lie",
        "Hygiene rules still hold",
    ]);
    report.verdict.rules = vec![
        rule(
            "R25c",
            "caution",
            "Little injury expected, so also no proven benefit for stretch marks; hygiene rules still apply.",
            &["FDA-PAGE"],
            "J",
        ),
        rule(
            "R43",
            "caution",
            "Keep creams with vitamin C, retinoids, acids or scent off the skin for three days.",
            &["KELCHEN21"],
            "R",
        ),
    ];
    report.verdict.unchecked = texts(&[
        "Whether the needles are sterile when they arrive",
        "Allergies to nickel",
        "Planned sun",
    ]);
    report.verdict.danger_signs = danger_signs();
    report.reach.reasons = texts(&[
        "No trial of a home roller on stretch marks was found",
        "Needles of 0.5 mm or less were tested on faces only",
    ]);
    report.puncture = Some(Puncture {
        holes_per_cm2: range(118.0, 54.0, 190.0),
        depth_um: spread(0.0, 0.0, 12.0, 40.0, 95.0),
        reaches_dermis: range(0.03, 0.0, 0.78),
        reaches_reticular: range(0.0, 0.0, 0.0),
        injured_fraction: range(0.001, 0.0, 0.02),
        open_window_hours: spread(1.0, 2.0, 3.4, 6.0, 25.0),
        histogram: Histogram {
            edges_um: (0..=20).map(|edge| f64::from(edge) * 10.0).collect(),
            share: vec![
                0.44, 0.12, 0.1, 0.08, 0.07, 0.05, 0.04, 0.03, 0.02, 0.015, 0.01, 0.008, 0.006, 0.004, 0.003, 0.002,
                0.001, 0.0005, 0.0003, 0.0002,
            ],
        },
        layers: layers(),
        slice: slice(),
        hole_map: hole_map(),
    });
    report.risks = vec![
        risk(
            "infection",
            "Skin infection that needs treatment",
            None,
            0.001,
            46.0,
            false,
            "Models with an open and with a covered skin; no home user has been counted",
        ),
        risk(
            "dark_marks",
            "Dark marks for weeks to months",
            Some(17.0),
            2.0,
            60.0,
            false,
            "From longer needles on faces, scaled down; an assumption",
        ),
        risk(
            "scar",
            "A scar from the needles",
            Some(0.1),
            0.0,
            1.0,
            false,
            "Needles end above the depth that scars; an assumption",
        ),
    ];
    report.burden = Some(burden(spread(0.1, 0.3, 0.6, 0.9, 1.8), 0.2, 30.0));
    report.checklist = checklist();
    report.sources = home_sources();
    worded(report)
}

fn layers() -> Vec<Layer> {
    [
        ("epidermis", 0.0, 90.0),
        ("upper dermis", 90.0, 290.0),
        ("lower dermis", 290.0, 1590.0),
    ]
    .into_iter()
    .map(|(name, from_um, to_um)| Layer {
        name: name.into(),
        from_um,
        to_um,
    })
    .collect()
}

fn slice() -> Slice {
    let channel = |x_um, depth_um, shoulder_um, radius_um| Channel {
        x_um,
        depth_um,
        shoulder_um,
        radius_um,
        tip_radius_um: 4.0,
    };
    Slice {
        width_um: 4000.0,
        thickness_um: 1000.0,
        mark_from_um: 2000.0,
        mark_bottom_um: 1070.0,
        channels: vec![
            channel(600.0, 820.0, 100.0, 70.0),
            channel(1730.0, 1240.0, 310.0, 95.0),
            channel(2450.0, 610.0, 0.0, 55.0),
            channel(3300.0, 940.0, 120.0, 80.0),
        ],
    }
}

fn hole_map() -> HoleMap {
    HoleMap {
        side_um: 10_000.0,
        radius_um: 70.0,
        holes_mm: (0..122)
            .map(|n| [f64::from(n * 37 % 100) / 10.0, f64::from(n * 71 % 99) / 10.0])
            .collect(),
        not_drawn: 0,
    }
}

fn numbers() -> Vec<NumberLine> {
    vec![NumberLine {
        key: "healing.amplification".into(),
        label: "how much more a micro-wound does than its share of a large one".into(),
        value: "5".into(),
        spread: "5–95 %: 1 to 25".into(),
        seen: "assumed".into(),
        source: source("project", "Our own judgement", 0, None),
    }]
}

fn burden(pain: Percentiles, redness: f64, euros: f64) -> Burden {
    Burden {
        pain,
        pain_word: "mild".into(),
        redness_days: spread(redness * 0.3, redness * 0.6, redness, redness * 1.7, redness * 3.6),
        redness_look: vec![
            RednessLook {
                hours: 1.0,
                seen_share: range(1.0, 1.0, 1.0),
                delta_a: spread(5.0, 6.5, 8.0, 10.0, 14.0),
                srgb: Some("#b5756a".into()),
            },
            RednessLook {
                hours: 48.0,
                seen_share: range(0.31, 0.02, 0.9),
                delta_a: spread(0.0, 0.2, 0.6, 1.4, 3.0),
                srgb: None,
            },
        ],
        downtime_days: spread(redness * 0.3, redness * 0.6, redness, redness * 1.7, redness * 3.6),
        cost: Cost {
            euros: range(euros, euros * 0.5, euros * 2.0),
            assumed: true,
            note: "150 to 400 euros a session in a clinic; 15 to 40 euros for a roller".into(),
        },
        prices: vec![Price {
            name: "laser".into(),
            label: "a course with a fractional laser".into(),
            euros: range(4000.0, 1200.0, 9000.0),
            note: "a weak source: prices as quoted on a web page".into(),
        }],
        bleeding: Bleeding {
            pinpoint_share: range(0.93, 0.4, 1.0),
            more_share: range(0.61, 0.1, 0.95),
            cuts_per_cm2: range(140.0, 20.0, 400.0),
        },
        validated: Tested {
            pain: "its growth was compared with two published ratios".into(),
            redness: "compared with short arrays".into(),
            bleeding: "never compared with data".into(),
        },
    }
}

fn checklist() -> Vec<ChecklistItem> {
    [
        ("before", "Check that the pack is sealed and in date", "R33"),
        ("before", "Leave out moles, warts and broken skin", "R05a"),
        ("skin", "Wipe the skin with an antiseptic and let it dry", "R35"),
        ("session", "One pass in each direction, without pressing", "R45"),
        ("after", "Cover with clothing, not with film", "R47"),
        ("first_day", "Nothing on the skin that is not sterile", "R42"),
        ("first_days", "No sun, pool or sauna for three days", "R46"),
        ("later", "Wait four weeks before the next session", "R28b"),
        ("stop", "The skin bleeds more than pinpoints", "R55"),
    ]
    .into_iter()
    .map(|(when, text, because)| ChecklistItem {
        when: when.into(),
        text: text.into(),
        because: vec![because.into()],
    })
    .collect()
}

/// Three sessions of 1.5 mm in a clinic on red marks: no rule stops it.
pub fn permitted_clinic(reading: Reading) -> Report {
    let mut report = bare(
        reading,
        "Park 2012: three sessions of 1.5 mm needling for stretch marks, in a clinic",
        Safety::Caution,
    );
    report.worlds = 400;
    report.numbers = numbers();
    report.case = json!({
        "about": {"study": "Park 2012"},
        "person": {"age": "27 years", "skin_type": "IV", "medicines": []},
        "lesion": {"kind": "striae", "site": "thigh", "stage": "rubra"},
        "device": {"name": "roller 540", "length": "1.5 mm"},
        "regimen": {"setting": "clinic", "sessions": 3, "interval": "4 week"}
    });
    let verdict = &mut report.verdict;
    verdict.screened_by_study = true;
    verdict.headline = "No rule stops this plan.".into();
    verdict.benefit = Benefit::Possible;
    verdict.benefit_reason =
        "Small trials saw some improvement; none was blinded against doing nothing, and raters over-read".into();
    verdict.summary = texts(&[
        "Most people like this would see little or no change; a few would see some",
        "Red marks fade by themselves too, so part of what one sees is not due to needles",
        "How long a gain lasts has not been measured beyond a year",
    ]);
    verdict.rules = vec![
        rule(
            "R41a",
            "caution",
            "Dark marks are commoner in skin types IV to VI; of 30 people in one series 5 had them.",
            &["DOGRA14"],
            "T",
        ),
        rule("R46", "caution", "Keep the sun off for four weeks.", &["TGA19"], "L"),
        rule(
            "R02x",
            "info",
            "Stretch marks are not among the uses that the FDA has authorised.",
            &["FDA-PAGE"],
            "L",
        ),
    ];
    verdict.questions = vec![OpenQuestion {
        field: "aftercare.sun".into(),
        text: "Is a holiday in the sun planned within four weeks?".into(),
        serious: false,
        rules: vec!["R46".into()],
    }];
    verdict.unchecked = texts(&[
        "Allergies to nickel or numbing cream",
        "Whether marks are new, wide and purple with other signs",
        "Tetanus vaccination",
        "Planned sun",
        "Fainting at the sight of blood",
        "Sharps disposal",
    ]);
    verdict.danger_signs = danger_signs();
    report.reach = Reach {
        level: ReachLevel::Inside,
        reasons: texts(&[
            "Needling of stretch marks on trunk or limbs by professionals, 1 to 3 mm",
            "Arms: Park 2012, Khater 2016, Nassar 2016",
        ]),
    };
    report.certainty = Certainty::Low;
    let months: Vec<f64> = vec![1.0, 2.0, 3.0, 6.0, 8.0, 12.0, 18.0, 24.0];
    let treated = vec![
        outcome(0.06, 0.92, 0.02, 0.0, 0.0),
        outcome(0.06, 0.89, 0.05, 0.0, 0.0),
        outcome(0.05, 0.85, 0.1, 0.0, 0.0),
        outcome(0.02, 0.76, 0.21, 0.01, 0.0),
        outcome(0.01, 0.72, 0.25, 0.02, 0.0),
        outcome(0.01, 0.67, 0.28, 0.035, 0.005),
        outcome(0.01, 0.66, 0.285, 0.04, 0.005),
        outcome(0.01, 0.65, 0.29, 0.045, 0.005),
    ];
    let untreated = vec![
        outcome(0.12, 0.88, 0.0, 0.0, 0.0),
        outcome(0.1, 0.89, 0.01, 0.0, 0.0),
        outcome(0.09, 0.89, 0.02, 0.0, 0.0),
        outcome(0.06, 0.87, 0.07, 0.0, 0.0),
        outcome(0.05, 0.85, 0.1, 0.0, 0.0),
        outcome(0.04, 0.8, 0.155, 0.005, 0.0),
        outcome(0.04, 0.77, 0.18, 0.01, 0.0),
        outcome(0.04, 0.76, 0.188, 0.012, 0.0),
    ];
    let law = |name: &str, label: &str, weight: f64| Hypothesis {
        name: name.into(),
        label: label.into(),
        weight,
        treated: treated.clone(),
    };
    report.forecast = Some(Forecast {
        months: months.clone(),
        by_hypothesis: vec![
            law("relapse", "New collagen is slowly lost again", 0.35),
            law("persistence", "New collagen stays for years", 0.5),
            law("two_states", "Small gains are lost, large ones stay", 0.15),
        ],
        treated,
        untreated,
        gains: Gains {
            mean: range(9.0, 0.0, 31.0),
            half: 4.0,
            tenth: 24.0,
            alike: std::array::from_fn(|place| 2.0 * place as f64 - 3.0),
        },
        lead: 4,
        hinge: Some(Hinge {
            below: 9.0,
            above: 24.0,
            little: [0.62, 0.9],
        }),
        worse_for_dark_marks: months.iter().map(|_| range(0.004, 0.0, 0.01)).collect(),
        worse_for_redness: months.iter().map(|_| range(0.0, 0.0, 0.0)).collect(),
        untreated_by_assumption: false,
        own_weights: None,
        extrapolated: false,
        sampling_error: 0.008,
    });
    report.gain25 = Some(Gain {
        month_after_last: 6.0,
        month: Some(6.0),
        share: range(0.08, 0.0, 0.7),
    });
    let curve_months: Vec<f64> = (0..=48).map(|half| f64::from(half) * 0.5).collect();
    let rise = |month: f64, to: f64, pace: f64| to * (1.0 - (-month / pace).exp());
    report.figures = Figures {
        months: curve_months.clone(),
        sessions: vec![0.0, 0.92, 1.84],
        improvement_treated: curve_months
            .iter()
            .map(|&m| {
                spread(
                    rise(m, -6.0, 1.5) + rise(m, 6.0, 9.0),
                    rise(m, 9.0, 7.0),
                    rise(m, 18.0, 6.0),
                    rise(m, 29.0, 5.0),
                    rise(m, 49.0, 4.0),
                )
            })
            .collect(),
        improvement_untreated: curve_months
            .iter()
            .map(|&m| {
                spread(
                    rise(m, -12.0, 1.5) + rise(m, 11.0, 9.0),
                    rise(m, -3.0, 1.5) + rise(m, 8.0, 9.0),
                    rise(m, 11.0, 8.0),
                    rise(m, 18.0, 7.0),
                    rise(m, 30.0, 6.0),
                )
            })
            .collect(),
        improvement_by_hypothesis: vec![
            curve_months
                .iter()
                .map(|&m| rise(m, 19.0, 5.0) * (-m / 60.0).exp())
                .collect(),
            curve_months.iter().map(|&m| rise(m, 19.5, 5.5)).collect(),
            curve_months
                .iter()
                .map(|&m| rise(m, 17.0, 5.0) * (0.8 + 0.2 * (-m / 8.0).exp()))
                .collect(),
        ],
    };
    report.risks = vec![
        risk(
            "infection",
            "Skin infection that needs treatment",
            Some(15.0),
            1.0,
            40.0,
            true,
            "One of 32 in a trial, none in others; cases are counted, but not systematically",
        ),
        risk(
            "dark_marks",
            "Dark marks for weeks to months",
            Some(124.0),
            12.0,
            340.0,
            true,
            "5 of 30 completers on faces, types IV and V; other series report few",
        ),
        risk(
            "scar",
            "A scar from the needles",
            Some(0.3),
            0.0,
            4.0,
            false,
            "Seen over bone only; off bone an assumption",
        ),
        risk(
            "virus",
            "A blood-borne virus",
            None,
            0.0,
            0.2,
            false,
            "Only where single-use needles are used again",
        ),
    ];
    report.burden = Some(burden(spread(2.0, 3.1, 4.1, 5.3, 7.4), 1.3, 780.0));
    report.puncture = Some(Puncture {
        holes_per_cm2: range(123.0, 51.0, 204.0),
        depth_um: spread(310.0, 540.0, 720.0, 910.0, 1220.0),
        reaches_dermis: range(0.995, 0.93, 1.0),
        reaches_reticular: range(0.94, 0.55, 1.0),
        injured_fraction: range(0.034, 0.006, 0.11),
        open_window_hours: spread(2.1, 3.4, 4.6, 12.0, 26.0),
        histogram: Histogram {
            edges_um: (0..=30).map(|edge| f64::from(edge) * 50.0).collect(),
            share: (0..30)
                .map(|bin| {
                    let x = (f64::from(bin) * 50.0 + 25.0 - 740.0) / 270.0;
                    0.0735 * (-0.5 * x * x).exp()
                })
                .collect(),
        },
        layers: layers(),
        slice: slice(),
        hole_map: hole_map(),
    });
    let swatch = |part: &str, arm: &str, month: f64, percentile: Option<f64>, srgb: &str, delta_e: f64| Swatch {
        part: part.into(),
        arm: arm.into(),
        month,
        percentile,
        lab: [61.2, 13.4, 18.9],
        srgb: srgb.into(),
        delta_e,
        delta_a: delta_e * 0.7,
    };
    report.swatches = vec![
        swatch("skin", "before", 0.0, None, "#b98a69", 0.0),
        swatch("mark", "before", 0.0, Some(50.0), "#a9685a", 15.2),
        swatch("mark", "treated", 6.0, Some(5.0), "#ab6d5c", 13.8),
        swatch("mark", "treated", 6.0, Some(50.0), "#ae7560", 10.2),
        swatch("mark", "treated", 6.0, Some(95.0), "#b38066", 5.6),
        swatch("mark", "untreated", 6.0, Some(5.0), "#aa6b5b", 14.4),
        swatch("mark", "untreated", 6.0, Some(50.0), "#ad735f", 11.2),
        swatch("mark", "untreated", 6.0, Some(95.0), "#b27d64", 6.9),
        swatch("mark", "treated", 24.0, Some(50.0), "#b5856a", 3.9),
        swatch("mark", "untreated", 24.0, Some(50.0), "#b48368", 4.6),
    ];
    report.colour = Some(ColourSummary {
        before: spread(8.0, 11.0, 15.0, 18.0, 23.0),
        treated: spread(1.5, 2.9, 4.1, 6.0, 10.0),
        untreated: spread(1.8, 3.4, 4.8, 6.9, 11.0),
        model_rms_error: 0.31,
        model_max_error: 0.9,
    });
    report.sensitivity = Some(
        [
            (
                "healing.amplification",
                "how strongly a micro-wound makes the skin respond beyond the hole itself",
                0.31,
                0.04,
            ),
            ("people", "differences between people", 0.22, 0.02),
            ("stria.collagen", "collagen left in the mark", 0.12, 0.03),
            ("healing.closeable", "share of the gap that can close", 0.08, 0.02),
            ("puncture.pressure", "how hard the hand presses", 0.05, 0.02),
            ("healing.stage", "how well red and white marks respond", 0.04, 0.02),
        ]
        .into_iter()
        .map(|(parameter, label, share, standard_error)| Driver {
            parameter: parameter.into(),
            label: label.into(),
            share,
            standard_error,
        })
        .collect(),
    );
    report.checklist = checklist();
    report.against_published = vec![Comparison {
        study: "Park 2012".into(),
        outcome: "share with more than 50 % improvement, 4 weeks after the last session".into(),
        published: 0.4375,
        predicted: range(0.24, 0.0, 0.88),
        covers: true,
        used: "context".into(),
        read_back: None,
    }];
    report.sources = home_sources();
    report.sources.push(source(
        "DOGRA14",
        "Dogra S. et al.: Microneedling for acne scars in Asian skin type",
        2014,
        Some("10.1111/jocd.12117"),
    ));
    worded(report)
}
