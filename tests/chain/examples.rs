//! The programs of `examples/`: each prints what its head says that it prints.
#![allow(dead_code, reason = "the programs' `main` runs only where they are programs")]

use std::error::Error;

#[path = "../../examples/01_assess.rs"]
mod assess;
#[path = "../../examples/04_column_in_space.rs"]
mod column_in_space;
#[path = "../../examples/02_compare.rs"]
mod compare;
#[path = "../../examples/03_one_room_alone.rs"]
mod one_room_alone;
#[path = "../../examples/05_own_evidence.rs"]
mod own_evidence;

/// Holds what a program prints against the text at its head.
fn prints_what_it_says(source: &str, printed: Result<String, Box<dyn Error>>) {
    let head: String = source
        .lines()
        .skip_while(|line| *line != "//! ```text")
        .skip(1)
        .take_while(|line| *line != "//! ```")
        .map(|line| format!("{}\n", line.trim_start_matches("//!").trim_start_matches(' ')))
        .collect();
    let printed: String = printed
        .unwrap()
        .lines()
        .map(|line| format!("{}\n", line.trim_start()))
        .collect();
    assert_eq!(head, printed, "put the text on the right into the head of the program");
}

macro_rules! programs {
    ($($test:ident: $module:ident, $file:literal;)+) => {
        $(#[test]
        fn $test() {
            prints_what_it_says(include_str!(concat!("../../examples/", $file)), $module::text());
        })+
    };
}

programs! {
    an_assessment_prints_what_its_head_says: assess, "01_assess.rs";
    a_comparison_prints_what_its_head_says: compare, "02_compare.rs";
    one_room_alone_prints_what_its_head_says: one_room_alone, "03_one_room_alone.rs";
    a_column_in_space_prints_what_its_head_says: column_in_space, "04_column_in_space.rs";
    own_evidence_prints_what_its_head_says: own_evidence, "05_own_evidence.rs";
}
