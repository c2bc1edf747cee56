//! Inputs: command lines over all commands, with case files, designs and studies that are valid, published and damaged,
//! valid at random, or nothing at all.

use std::path::{Path, PathBuf};

use clap::Arg;
use needlework_cli::{Way, commands, way};

use crate::draws::Draws;

/// One input: what is typed, and the files that it names.
#[derive(Debug, Clone)]
pub struct Input {
    /// The command line without the program.
    pub line: Vec<String>,
    /// Files by name, which stand in the folder that the command works in.
    pub files: Vec<(String, Vec<u8>)>,
    /// What comes in on standard input; such an input runs in a process of its own.
    pub stdin: Option<Vec<u8>>,
}

/// What inputs are made from.
pub struct Stock {
    cases: Vec<String>,
    designs: Vec<String>,
    studies: Vec<String>,
    stack: String,
    library: needlework::verdict::Library,
    keys: Vec<String>,
}

/// Values that a hand or a program may leave behind.
const VALUES: [&str; 40] = [
    "\"unknown\"",
    "\"never\"",
    "\"now\"",
    "\"\"",
    "0",
    "-1",
    "1",
    "60",
    "61",
    "1e999",
    "-1e999",
    "nan",
    "inf",
    "99999999999999999999",
    "\"1e308 mm\"",
    "\"1e-308 mm\"",
    "\"-0.0 mm\"",
    "\"0 mm\"",
    "\"5 mm\"",
    "\"NaN year\"",
    "\"120 year\"",
    "\"5 µm\"",
    "\"5 \u{3bc}m\"",
    "\"2,5 week\"",
    "\"6 m\"",
    "[]",
    "[[]]",
    "{}",
    "{ product = \"moisturiser\" }",
    "[{ product = \"moisturiser\", after = \"3 days\" }]",
    "2020-02-30",
    "true",
    "false",
    "False",
    "\"\\u001b[31mred\\u202e\"",
    "\"\\u0000\"",
    "'''\n\n'''",
    "\"100 N\"",
    "\"2 m2\"",
    "0x10",
];

/// Words for options: numbers, quantities, names, and what is none of these.
const WORDS: [&str; 48] = [
    "",
    "-",
    "0",
    "1",
    "-1",
    "50",
    "55",
    "49",
    "100001",
    "1e3",
    "nan",
    "18446744073709551616",
    "1 mm",
    "1.5 mm",
    "0 mm",
    "-1 mm",
    "5 km",
    "3 N",
    "0 N",
    "100 N",
    "1 day",
    "2 week",
    "0 s",
    "10 year",
    "nan day",
    "25 um",
    "0.05",
    "0.5",
    "2 GB",
    "1 kB",
    "abdomen",
    "belly",
    "face",
    "dermaroller-mf8",
    "pen-36",
    "unknown",
    "device.needle_length=1 mm",
    "device.needle_length=1 mm,2 mm",
    "regimen.sessions=0",
    "hygiene.through_cloth=true",
    "a=b",
    "=",
    "hypodermic-21g",
    "\u{1b}[31m",
    "\u{202e}x",
    "31 years",
    "24 kg/m2",
    "IV",
];

impl Stock {
    /// The published cases and designs, and the names that the evidence knows.
    pub fn gathered() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases");
        let texts = |folder: PathBuf| -> Vec<String> {
            let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)
                .unwrap()
                .map(|entry| entry.unwrap().path())
                .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
                .collect();
            paths.sort();
            paths
                .iter()
                .map(|path| std::fs::read_to_string(path).unwrap())
                .collect()
        };
        let library = needlework::bundle().unwrap();
        Self {
            cases: texts(root.clone()),
            designs: texts(root.join("designs")),
            studies: texts(root.join("trials")),
            stack: std::fs::read_to_string(root.join("optics/two-skins.csv")).unwrap(),
            keys: library.book.passports().map(|passport| passport.key.clone()).collect(),
            library,
        }
    }

    /// The input of this seed and number.
    pub fn input(&self, seed: u64, number: u64) -> Input {
        let mut draws = Draws::of(seed, number);
        match draws.pick(100) {
            0..50 => self.about_a_case(&mut draws),
            50..56 => self.about_a_design(&mut draws),
            56..62 => self.about_a_study(&mut draws),
            62..66 => self.about_a_stack(&mut draws),
            66..90 => self.any_line(&mut draws),
            90..97 => self.about_evidence(&mut draws),
            _ => self.on_standard_input(&mut draws),
        }
    }

    fn case(&self, draws: &mut Draws) -> Vec<u8> {
        let valid = draws.happens(30);
        let text = if valid {
            needlework::case::any_case(&self.library.catalog, &mut |below| draws.pick(below))
        } else {
            draws.one(&self.cases).clone()
        };
        if valid && draws.happens(60) {
            return text.into_bytes();
        }
        damaged(text.into_bytes(), draws)
    }

    /// A command that reads a case, on any case.
    fn about_a_case(&self, draws: &mut Draws) -> Input {
        let command = *draws.one(&[
            "assess",
            "assess",
            "assess",
            "infect",
            "creams",
            "compare",
            "simulate",
            "render",
            "evidence",
            "interview",
        ]);
        let mut line = vec![command.to_owned()];
        let key = draws.one(&self.keys).clone();
        match command {
            "evidence" => line.extend([
                key,
                "case.toml".to_owned(),
                "--set".to_owned(),
                (*draws.one(&WORDS)).to_owned(),
            ]),
            "interview" => line.extend(["--resume", "case.toml", "--out", "case.toml", "--plain"].map(str::to_owned)),
            _ => line.push("case.toml".to_owned()),
        }
        match command {
            "simulate" => line.extend(["--coarse", "--until", "1 day"].map(str::to_owned)),
            "render" => line.extend(["--people", "50", "--pixels", "64"].map(str::to_owned)),
            "interview" => {}
            _ => line.extend(["--people", "50"].map(str::to_owned)),
        }
        if matches!(command, "assess" | "infect" | "compare" | "simulate" | "render") && draws.happens(40) {
            line.extend(["--for", "research"].map(str::to_owned));
        }
        if matches!(command, "assess" | "infect" | "compare" | "render") && draws.happens(30) {
            line.extend(["--out", "out"].map(str::to_owned));
        }
        if command != "interview" && draws.happens(30) {
            line.push("--json".to_owned());
        }
        if draws.happens(10) {
            line.push((*draws.one(&WORDS)).to_owned());
        }
        Input {
            line,
            files: vec![("case.toml".to_owned(), self.case(draws))],
            // An interview asks on; it gets the answers that a nervous hand types.
            stdin: (command == "interview").then(|| answers(draws)),
        }
    }

    fn about_a_design(&self, draws: &mut Draws) -> Input {
        let text = draws.one(&self.designs).clone();
        // A few designs are enough, and a damaged list may be long.
        let text = text
            .replace("steps = 9", "steps = 2")
            .replace("[96, 192, 360, 540]", "[192]");
        let content = damaged(text.into_bytes(), draws);
        let line = ["sweep", "design.toml", "--worlds", "8"].map(str::to_owned).to_vec();
        Input {
            line,
            files: vec![("design.toml".to_owned(), content)],
            stdin: None,
        }
    }

    /// Layers that light is followed through, damaged.
    fn about_a_stack(&self, draws: &mut Draws) -> Input {
        // A damaged number may make a layer thick and clear, in which packets of light take their time.
        let rows = 1 + draws.pick(60);
        let text: Vec<&str> = self.stack.lines().take(3 + rows).collect();
        let mut line = ["optics", "stack.csv", "--streams", "4"].map(str::to_owned).to_vec();
        if draws.happens(20) {
            line.extend(["--photons", "100", "--aperture", "8"].map(str::to_owned));
        }
        if draws.happens(30) {
            line.extend(["--out", "out"].map(str::to_owned));
        }
        if draws.happens(30) {
            line.push("--json".to_owned());
        }
        Input {
            line,
            files: vec![("stack.csv".to_owned(), damaged(text.join("\n").into_bytes(), draws))],
            stdin: None,
        }
    }

    /// A study whose arms are one case, itself damaged at times.
    fn about_a_study(&self, draws: &mut Draws) -> Input {
        let text: Vec<String> = draws
            .one(&self.studies)
            .lines()
            .map(|line| match line.split_once('=') {
                Some(("case ", place)) if place.contains(".toml") => "case = \"case.toml\"".to_owned(),
                _ => line.to_owned(),
            })
            .collect();
        let case = if draws.happens(70) {
            draws.one(&self.cases).clone().into_bytes()
        } else {
            self.case(draws)
        };
        let mut line = ["trial", "study.toml", "--worlds", "20"].map(str::to_owned).to_vec();
        if draws.happens(30) {
            line.extend(["--out", "out"].map(str::to_owned));
        }
        if draws.happens(30) {
            line.push("--json".to_owned());
        }
        Input {
            line,
            files: vec![
                ("study.toml".to_owned(), damaged(text.join("\n").into_bytes(), draws)),
                ("case.toml".to_owned(), case),
            ],
            stdin: None,
        }
    }

    /// Any command with any of its options, with values that fit or don't.
    fn any_line(&self, draws: &mut Draws) -> Input {
        let all = commands();
        let list: Vec<&clap::Command> = all
            .get_subcommands()
            // The tables of targets and proofs take minutes and no input; the page is served until it is stopped.
            .filter(|command| !matches!(command.get_name(), "validate" | "verify" | "claims" | "interview" | "serve"))
            .collect();
        let command = *draws.one(&list);
        let mut line = vec![command.get_name().to_owned()];
        let mut quick = [
            ("people", "50"),
            ("worlds", "20"),
            ("until", "1 day"),
            ("pixels", "64"),
            ("side", if command.get_name() == "render" { "2" } else { "1" }),
            ("sessions", "1"),
            ("photons", "100"),
        ];
        if command.get_name() == "sweep" {
            quick[1].1 = "8";
        }
        let options: Vec<&Arg> = command.get_arguments().chain(all.get_arguments()).collect();
        for option in options {
            let id = option.get_id().as_str();
            if matches!(id, "help" | "version") {
                continue;
            }
            let needed = option.is_required_set();
            // What decides how long it takes is always given a small value; all else is drawn.
            if let Some((_, value)) = quick.iter().find(|(name, _)| *name == id) {
                let millimetres = command.get_name() == "simulate" && id == "side";
                line.extend([
                    format!("--{id}"),
                    if millimetres {
                        "0.4 mm".to_owned()
                    } else {
                        (*value).to_owned()
                    },
                ]);
                continue;
            }
            if !needed && !draws.happens(25) {
                continue;
            }
            let value = self.value(option, draws);
            match (option.get_long(), option.get_action().takes_values()) {
                (None, _) => line.push(value),
                (Some(long), true) => line.push(format!("--{long}={value}")),
                (Some(long), false) => line.push(format!("--{long}")),
            }
        }
        if command.get_name() == "simulate" {
            line.push("--coarse".to_owned());
        }
        if draws.happens(10) {
            let at = 1 + draws.pick(line.len());
            line.insert(at.min(line.len()), (*draws.one(&WORDS)).to_owned());
        }
        Input {
            line,
            files: vec![
                ("case.toml".to_owned(), self.case(draws)),
                ("design.toml".to_owned(), self.designs[0].clone().into_bytes()),
            ],
            stdin: None,
        }
    }

    fn value(&self, option: &Arg, draws: &mut Draws) -> String {
        let words = option.get_possible_values();
        if !words.is_empty() && draws.happens(80) {
            return draws.one(&words).get_name().to_owned();
        }
        match way(option) {
            Some(Way::Read) => (*draws.one(&[
                "case.toml",
                "case.toml",
                "case.toml",
                "design.toml",
                "missing.toml",
                ".",
                "",
            ]))
            .to_owned(),
            Some(Way::Written) => {
                let names = [
                    "out",
                    "new.parquet",
                    "new.html",
                    "new.toml",
                    "case.toml",
                    "missing/out",
                    ".",
                    "",
                    "./case.toml",
                    "out.part",
                ];
                (*draws.one(&names)).to_owned()
            }
            None => match option.get_id().as_str() {
                "site" if draws.happens(70) => draws.one(self.library.catalog.sites()).name.clone(),
                "device" if draws.happens(70) => draws.one(self.library.catalog.devices()).name.clone(),
                "key" if draws.happens(70) => draws.one(&self.keys).clone(),
                _ => (*draws.one(&WORDS)).to_owned(),
            },
        }
    }

    fn about_evidence(&self, draws: &mut Draws) -> Input {
        let key = draws.one(&self.keys).clone();
        let cut = draws.pick(key.len() + 1);
        let mut line = match draws.pick(4) {
            0 => vec!["evidence".to_owned(), key.get(..cut).unwrap_or(&key).to_owned()],
            1 => vec!["rules".to_owned(), format!("R{}", draws.pick(99))],
            2 => vec!["evidence".to_owned(), key, "--csv".to_owned()],
            _ => vec![
                "evidence".to_owned(),
                key,
                "--people".to_owned(),
                "50".to_owned(),
                "--set".to_owned(),
                {
                    let number = [
                        "0",
                        "1",
                        "-1",
                        "1e9",
                        "1e-9",
                        "nan",
                        "2 mm",
                        "2 mm (1 mm to 4 mm)",
                        "0.5 (0.1 to 0.9)",
                        "1 (2 to 0)",
                        "3 day",
                        "100 %",
                    ];
                    (*draws.one(&number)).to_owned()
                },
            ],
        };
        if draws.happens(20) {
            line.push("--json".to_owned());
        }
        Input {
            line,
            files: Vec::new(),
            stdin: None,
        }
    }

    fn on_standard_input(&self, draws: &mut Draws) -> Input {
        if draws.happens(50) {
            return Input {
                line: ["assess", "-", "--people", "50"].map(str::to_owned).to_vec(),
                files: Vec::new(),
                stdin: Some(self.case(draws)),
            };
        }
        Input {
            line: ["interview", "--plain", "--out", "answers.toml"]
                .map(str::to_owned)
                .to_vec(),
            files: Vec::new(),
            stdin: Some(answers(draws)),
        }
    }
}

/// Lines as answers to whatever is asked.
fn answers(draws: &mut Draws) -> Vec<u8> {
    const SAID: [&str; 26] = [
        "31 years",
        "16",
        "31",
        "yes",
        "no",
        "?",
        "?",
        "never",
        "now",
        "10 days",
        "abdomen",
        "striae",
        "alba",
        "roller",
        "1.5 mm",
        "4",
        "4 week",
        "none",
        "back",
        "unknown",
        "",
        "home",
        "clinic",
        "\u{1b}[2J\u{7}",
        "\u{202e}x",
        "2,5 mm",
    ];
    let mut text = Vec::new();
    for _ in 0..draws.pick(120) {
        if draws.happens(2) {
            text.extend((0..draws.pick(40)).map(|_| draws.pick(256) as u8));
        }
        text.extend(draws.one(&SAID).as_bytes());
        text.push(b'\n');
    }
    if draws.happens(50) {
        text.extend(b"quit\n");
    }
    text
}

/// A file with a few damages.
fn damaged(mut bytes: Vec<u8>, draws: &mut Draws) -> Vec<u8> {
    for _ in 0..draws.pick(5) {
        let mut lines: Vec<Vec<u8>> = bytes.split(|&byte| byte == b'\n').map(<[u8]>::to_vec).collect();
        let at = draws.pick(lines.len());
        match draws.pick(8) {
            0 if !bytes.is_empty() => {
                let from = draws.pick(bytes.len());
                let to = (from + 1 + draws.pick(40)).min(bytes.len());
                bytes.drain(from..to);
                continue;
            }
            1 => {
                let from = draws.pick(bytes.len() + 1);
                let more: Vec<u8> = (0..1 + draws.pick(6)).map(|_| draws.pick(256) as u8).collect();
                bytes.splice(from..from, more);
                continue;
            }
            2 => {
                let line = lines[at].clone();
                lines.insert(at, line);
            }
            3 => lines[at] = lines[draws.pick(lines.len())].clone(),
            _ => {
                let answered: Vec<usize> = (0..lines.len()).filter(|&line| lines[line].contains(&b'=')).collect();
                if !answered.is_empty() {
                    let line = &mut lines[*draws.one(&answered)];
                    let equals = line.iter().position(|&byte| byte == b'=').unwrap();
                    line.truncate(equals + 1);
                    line.extend_from_slice(draws.one(&VALUES).as_bytes());
                }
            }
        }
        bytes = lines.join(&b'\n');
    }
    bytes
}
