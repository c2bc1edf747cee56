//! All house rules, by name.
//!
//! Adding one: write a function from files to violations in a file of its own below this folder, plant a violation in
//! its tests, and add a line to [`all`].

pub mod callers;
pub mod circles;
pub mod conversions;
pub mod declared;
pub mod edges;
pub mod exports;
pub mod fields;
pub mod floats;
pub mod for_users;
pub mod formats;
pub mod front_page;
pub mod glossary;
pub mod loops;
pub mod names;
pub mod one_meaning;
pub mod size;
pub mod traces;

use crate::tree::SourceFile;
use crate::{Violation, manifests, words};

/// A rule's name, as a sentence, with what breaks it.
pub type Outcome = (&'static str, Vec<Violation>);

/// Runs every rule on the tree.
pub fn all(files: &[SourceFile]) -> Vec<Outcome> {
    let (manifests, broken) = manifests::read(files);
    let words = words::of(files);
    vec![
        ("every manifest can be read", broken),
        ("nobody looks past the floor plan", edges::outside_the_plan(&manifests)),
        (
            "no room uses a front door's library",
            edges::front_door_libraries(&manifests),
        ),
        (
            "only numerics and cohort run parallel work",
            edges::parallel_work(&manifests),
        ),
        ("ARCHITECTURE.md shows the floor plan", edges::drawn_plan(files)),
        ("what is declared is used", declared::unused(files)),
        ("no files need each other in a circle", circles::of_files(files)),
        ("what a room makes public is called", callers::missing(files, &words)),
        (
            "what a room exports is named outside of it",
            exports::missing(files, &words),
        ),
        ("what is excepted from that needs it", exports::stale(files, &words)),
        (
            "a text that names a field of a case names one that there is",
            fields::unknown_fields(files, &words),
        ),
        ("what is excepted from fields needs it", fields::stale(files, &words)),
        (
            "a text that names a rule names one that there is",
            fields::unknown_rules(files, &words),
        ),
        (
            "ARCHITECTURE.md lists every format",
            formats::on_the_page(files, &words),
        ),
        ("no file is longer than 800 lines", size::long_files(files)),
        ("no line is wider than 120 columns", size::wide_lines(files)),
        ("every file opens with a front page", front_page::missing(files)),
        ("the glossary tells the truth", glossary::out_of_date(files)),
        (
            "no file, module or crate has a name that says nothing",
            names::empty_names(files, &manifests),
        ),
        ("no type is a Manager, Helper or Util", names::doers(files)),
        ("no two rooms name a type alike", one_meaning::doubled(files)),
        (
            "no literature value stands in a room's code",
            floats::literature_values(files),
        ),
        (
            "a conversion and the ends of an interval stand once",
            conversions::copied(files),
        ),
        (
            "what is excepted from conversions and from values needs it",
            [conversions::stale(files), floats::stale(files)].concat(),
        ),
        ("every loop says why it ends", loops::without_end(files)),
        (
            "nothing names the machine it was written on",
            traces::of_the_workshop(files),
        ),
    ]
}
