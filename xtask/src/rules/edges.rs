//! Dependencies stay inside the floor plan, and libraries stay on their side of the door.
//!
//! Limits: only manifests are read. What a granted crate re-exports can still be reached through it.

use crate::Violation;
use crate::floor_plan::{self, MAY_RUN_PARALLEL};
use crate::manifests::Manifest;
use crate::tree::SourceFile;

/// Libraries of the front doors: terminal, pages, pictures, tables on disk, sockets, clocks. No room may use them.
const FRONT_DOOR_LIBRARIES: &[&str] = &[
    "arrow",
    "axum",
    "chrono",
    "clap",
    "clap_complete",
    "clap_mangen",
    "comfy-table",
    "console",
    "crossterm",
    "csv",
    "dialoguer",
    "env_logger",
    "hyper",
    "hyper-util",
    "image",
    "indicatif",
    "jiff",
    "log",
    "maud",
    "memmap2",
    "miette",
    "parquet",
    "plotters",
    "reqwest",
    "rusqlite",
    "tempfile",
    "time",
    "tokio",
    "tower-http",
    "tracing",
    "ureq",
    "vtkio",
    "walkdir",
];

/// Libraries that start threads.
const PARALLEL_LIBRARIES: &[&str] = &["rayon", "crossbeam", "threadpool", "tokio"];

/// Every edge between our crates that the plan doesn't grant, and every crate that has no row in it.
pub fn outside_the_plan(manifests: &[Manifest]) -> Vec<Violation> {
    let ours = |name: &str| name.starts_with("needlework") || name == "xtask";
    let mut found = Vec::new();
    for manifest in manifests {
        let Some(granted) = floor_plan::granted(&manifest.name) else {
            found.push(Violation::new(
                &manifest.file,
                1,
                format!(
                    "`{}` has no row in the floor plan; give it one in xtask/src/floor_plan.rs and say why in \
                    DESIGN.md",
                    manifest.name
                ),
            ));
            continue;
        };
        for dependency in manifest.dependencies.iter().filter(|dependency| ours(&dependency.name)) {
            if !granted.contains(dependency.name.as_str()) {
                found.push(Violation::new(
                    &manifest.file,
                    dependency.line,
                    format!(
                        "`{}` may not look at `{}`; take what you need as an argument, or move it upstream",
                        manifest.name, dependency.name
                    ),
                ));
            }
        }
    }
    found
}

/// Every front-door library in a room.
pub fn front_door_libraries(manifests: &[Manifest]) -> Vec<Violation> {
    let held = |manifest: &Manifest, name: &str| manifest.is_room() && FRONT_DOOR_LIBRARIES.contains(&name);
    forbidden(
        manifests,
        held,
        "belongs to the front doors (apps/); return data and let them draw, write or serve it",
    )
}

/// Every library that starts threads, outside the two crates that may.
pub fn parallel_work(manifests: &[Manifest]) -> Vec<Violation> {
    let held = |manifest: &Manifest, name: &str| {
        manifest.is_room() && PARALLEL_LIBRARIES.contains(&name) && !MAY_RUN_PARALLEL.contains(&manifest.name.as_str())
            || name == "rayon" && !MAY_RUN_PARALLEL.contains(&manifest.name.as_str())
    };
    forbidden(
        manifests,
        held,
        "starts threads; only numerics starts parallel work, call it",
    )
}

fn forbidden(manifests: &[Manifest], held: impl Fn(&Manifest, &str) -> bool, why: &str) -> Vec<Violation> {
    let mut found = Vec::new();
    for manifest in manifests {
        for dependency in manifest
            .dependencies
            .iter()
            .filter(|dependency| held(manifest, &dependency.name))
        {
            found.push(Violation::new(
                &manifest.file,
                dependency.line,
                format!("`{}` {why}", dependency.name),
            ));
        }
    }
    found
}

/// ARCHITECTURE.md must show exactly the table that [`outside_the_plan`] holds.
pub fn drawn_plan(files: &[SourceFile]) -> Vec<Violation> {
    const PAGE: &str = "ARCHITECTURE.md";
    let Some(page) = files.iter().find(|file| file.path == PAGE) else {
        return vec![Violation::new(PAGE, 1, "missing; it carries the floor plan")];
    };
    let drawn: Vec<(usize, &str)> = page
        .text
        .lines()
        .enumerate()
        .skip_while(|(_, line)| *line != "| crate | may look at |")
        .take_while(|(_, line)| line.starts_with('|'))
        .collect();
    let built = floor_plan::as_markdown();
    let mut found = Vec::new();
    if drawn.is_empty() {
        found.push(Violation::new(
            PAGE,
            1,
            "has no table `| crate | may look at |`; paste what `cargo run -p xtask -- plan` prints",
        ));
        return found;
    }
    for row in built.lines() {
        if !drawn.iter().any(|(_, line)| *line == row) {
            found.push(Violation::new(
                PAGE,
                drawn[0].0 + 1,
                format!("the floor plan has the row `{row}`, the page has not"),
            ));
        }
    }
    for (number, line) in &drawn {
        if !built.lines().any(|row| row == *line) {
            found.push(Violation::new(
                PAGE,
                number + 1,
                format!("the page has the row `{line}`, the floor plan has not"),
            ));
        }
    }
    if found.is_empty() && drawn.len() != built.lines().count() {
        found.push(Violation::new(
            PAGE,
            drawn[0].0 + 1,
            "a row of the floor plan stands twice",
        ));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{manifests, violation};

    fn planted(path: &str, name: &str, dependency: &str) -> Vec<Manifest> {
        let text = format!("[package]\nname = \"{name}\"\n[dependencies]\n{dependency}.workspace = true\n");
        manifests::read(&[SourceFile::new(path, &text)]).0
    }

    fn room(name: &str, dependency: &str) -> Vec<Manifest> {
        planted(&format!("crates/{name}/Cargo.toml"), name, dependency)
    }

    #[test]
    fn a_room_that_looks_downstream_is_caught_at_its_line() {
        let found = outside_the_plan(&room("needlework-skin", "needlework-healing"));
        assert_eq!(found.len(), 1);
        assert_eq!(
            (found[0].file.as_str(), found[0].line),
            ("crates/needlework-skin/Cargo.toml", 4)
        );
        assert!(outside_the_plan(&room("needlework-healing", "needlework-skin")).is_empty());
    }

    #[test]
    fn units_may_not_look_at_numerics_nor_xtask_at_anybody() {
        assert_eq!(
            outside_the_plan(&room("needlework-units", "needlework-numerics")).len(),
            1
        );
        assert_eq!(
            outside_the_plan(&planted("xtask/Cargo.toml", "xtask", "needlework-units")).len(),
            1
        );
    }

    #[test]
    fn a_crate_without_a_row_is_caught() {
        assert_eq!(outside_the_plan(&room("needlework-weather", "serde")).len(), 1);
    }

    #[test]
    fn a_terminal_in_a_room_is_caught_and_one_in_a_front_door_is_not() {
        assert_eq!(front_door_libraries(&room("needlework-course", "indicatif")).len(), 1);
        assert!(
            front_door_libraries(&planted(
                "apps/needlework-cli/Cargo.toml",
                "needlework-cli",
                "indicatif"
            ))
            .is_empty()
        );
    }

    #[test]
    fn parallel_work_is_granted_to_numerics_and_to_nobody_after_it() {
        assert!(parallel_work(&room("needlework-numerics", "rayon")).is_empty());
        assert_eq!(parallel_work(&room("needlework-cohort", "rayon")).len(), 1);
        assert_eq!(parallel_work(&room("needlework-healing", "rayon")).len(), 1);
        assert_eq!(
            parallel_work(&planted("apps/needlework-cli/Cargo.toml", "needlework-cli", "rayon")).len(),
            1
        );
        assert!(
            parallel_work(&planted(
                "apps/needlework-serve/Cargo.toml",
                "needlework-serve",
                "tokio"
            ))
            .is_empty()
        );
    }

    #[test]
    fn a_drawing_that_differs_from_the_plan_is_caught_row_by_row() {
        let right = format!("# House\n\n{}\nmore", floor_plan::as_markdown());
        assert_eq!(
            violation::listing(&drawn_plan(&[SourceFile::new("ARCHITECTURE.md", &right)])),
            ""
        );
        let wrong = right.replace("| stria | skin |", "| stria | skin, healing |");
        assert_eq!(drawn_plan(&[SourceFile::new("ARCHITECTURE.md", &wrong)]).len(), 2);
        assert_eq!(drawn_plan(&[SourceFile::new("ARCHITECTURE.md", "no table")]).len(), 1);
        assert_eq!(drawn_plan(&[]).len(), 1);
    }
}
