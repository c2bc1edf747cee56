//! Who may look at whom: the floor plan as one table.
//!
//! A row grants a crate its targets and everything upstream of them: `course → healing` also grants what healing itself
//! may look at. The ground floor is open to all who stand above it. ARCHITECTURE.md shows the same table, and a test
//! holds the two equal. What the table doesn't grant is forbidden, so a new crate needs a row before it builds green.

use std::collections::{BTreeMap, BTreeSet};

/// Open to every crate that isn't itself on the ground floor.
pub const GROUND_FLOOR: &[&str] = &["needlework-units", "needlework-numerics", "needlework-evidence"];

/// The only crate that may start parallel work.
pub const MAY_RUN_PARALLEL: &[&str] = &["needlework-numerics"];

/// Each crate with the crates it may look at directly.
pub const PLAN: &[(&str, &[&str])] = &[
    ("needlework-units", &[]),
    ("needlework-numerics", &[]),
    ("needlework-evidence", &["needlework-units", "needlework-numerics"]),
    ("needlework-inference", &["needlework-numerics"]),
    ("needlework-synthesis", &["needlework-evidence", "needlework-inference"]),
    ("needlework-case", &["needlework-units"]),
    ("needlework-rules", &["needlework-case", "needlework-evidence"]),
    (
        "needlework-skin",
        &["needlework-units", "needlework-numerics", "needlework-evidence"],
    ),
    ("needlework-stria", &["needlework-skin"]),
    ("needlework-puncture", &["needlework-skin", "needlework-stria"]),
    ("needlework-channel", &["needlework-skin", "needlework-puncture"]),
    (
        "needlework-healing",
        &[
            "needlework-skin",
            "needlework-stria",
            "needlework-puncture",
            "needlework-channel",
        ],
    ),
    (
        "needlework-reaction",
        &[
            "needlework-skin",
            "needlework-puncture",
            "needlework-channel",
            "needlework-healing",
        ],
    ),
    (
        "needlework-appearance",
        &[
            "needlework-skin",
            "needlework-stria",
            "needlework-healing",
            "needlework-reaction",
        ],
    ),
    (
        "needlework-course",
        &[
            "needlework-case",
            "needlework-skin",
            "needlework-stria",
            "needlework-puncture",
            "needlework-channel",
            "needlework-healing",
            "needlework-reaction",
            "needlework-appearance",
        ],
    ),
    ("needlework-cohort", &["needlework-course"]),
    ("needlework-calibration", &["needlework-cohort", "needlework-inference"]),
    (
        "needlework-verdict",
        &["needlework-rules", "needlework-cohort", "needlework-synthesis"],
    ),
    ("needlework-questions", &["needlework-verdict"]),
    ("needlework-ledger", &["needlework-verdict"]),
    (
        "needlework",
        &[
            "needlework-questions",
            "needlework-ledger",
            "needlework-calibration",
            "needlework-inference",
        ],
    ),
    ("needlework-figures", &["needlework"]),
    ("needlework-files", &["needlework"]),
    ("needlework-desk", &["needlework", "needlework-figures"]),
    (
        "needlework-pages",
        &["needlework", "needlework-figures", "needlework-files"],
    ),
    ("needlework-page-reader", &[]),
    (
        "needlework-serve",
        &["needlework", "needlework-desk", "needlework-pages"],
    ),
    (
        "needlework-cli",
        &[
            "needlework",
            "needlework-desk",
            "needlework-files",
            "needlework-pages",
            "needlework-serve",
            "needlework-validation",
        ],
    ),
    ("needlework-validation", &["needlework"]),
    ("needlework-benches", &["needlework"]),
    ("xtask", &[]),
];

/// Everything that `name` may look at, directly or upstream; `None` if the crate has no row.
pub fn granted(name: &str) -> Option<BTreeSet<&'static str>> {
    let rows: BTreeMap<&str, &[&'static str]> = PLAN.iter().copied().collect();
    let own = rows.get(name)?;
    let mut open: Vec<&'static str> = own.to_vec();
    // A chore of the house looks at nobody, so it isn't given the ground floor either.
    if !GROUND_FLOOR.contains(&name) && name != "xtask" {
        open.extend(GROUND_FLOOR);
    }
    let mut seen = BTreeSet::new();
    while let Some(next) = open.pop() {
        if seen.insert(next)
            && let Some(upstream) = rows.get(next)
        {
            open.extend(upstream.iter());
        }
    }
    Some(seen)
}

/// The table as Markdown, as ARCHITECTURE.md carries it and `cargo run -p xtask -- plan` prints it.
pub fn as_markdown() -> String {
    let mut table = String::from("| crate | may look at |\n|---|---|\n");
    for (name, targets) in PLAN {
        let targets = if targets.is_empty() {
            "nothing".to_owned()
        } else {
            targets
                .iter()
                .map(|target| short(target))
                .collect::<Vec<_>>()
                .join(", ")
        };
        table.push_str(&format!("| {} | {targets} |\n", short(name)));
    }
    table
}

/// A room's name without the family name.
fn short(name: &str) -> &str {
    name.strip_prefix("needlework-").unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edge_grants_everything_upstream_of_its_target() {
        let cohort = granted("needlework-cohort").unwrap();
        assert!(cohort.contains("needlework-course"));
        assert!(cohort.contains("needlework-skin"), "through course");
        assert!(cohort.contains("needlework-units"), "the ground floor is open");
        assert!(
            !cohort.contains("needlework-verdict"),
            "a room never knows who comes after it"
        );
    }

    #[test]
    fn the_ground_floor_looks_only_at_what_its_rows_say() {
        assert!(granted("needlework-units").unwrap().is_empty());
        assert!(granted("needlework-numerics").unwrap().is_empty());
        assert!(!granted("needlework-evidence").unwrap().contains("needlework-skin"));
    }

    #[test]
    fn nobody_can_look_at_himself_so_the_plan_has_no_circle() {
        for (name, _) in PLAN {
            assert!(!granted(name).unwrap().contains(name), "{name} reaches itself");
        }
    }

    #[test]
    fn every_target_has_its_own_row() {
        for (name, targets) in PLAN {
            for target in *targets {
                assert!(
                    granted(target).is_some(),
                    "{name} may look at {target}, which has no row"
                );
            }
        }
    }

    #[test]
    fn the_facade_sees_every_room() {
        let facade = granted("needlework").unwrap();
        for (name, _) in PLAN.iter().take_while(|(name, _)| *name != "needlework") {
            assert!(facade.contains(name), "the facade cannot see {name}");
        }
    }
}
