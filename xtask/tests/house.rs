//! The house rules, held on the tree as it lies on the disk.
//!
//! One test per rule, so that a broken one is named in the test's output with every place that breaks it.

#![allow(clippy::expect_used, reason = "a test may stop where it cannot read the tree")]

use xtask::tree::SourceFile;
use xtask::{Violation, manifests, rules, tree, violation, words};

fn files() -> Vec<SourceFile> {
    tree::read(&tree::workspace_root()).expect("the workspace can be read")
}

#[track_caller]
fn holds(violations: Vec<Violation>) {
    assert!(
        violations.is_empty(),
        "{} violations\n{}",
        violations.len(),
        violation::listing(&violations)
    );
}

#[test]
fn every_manifest_can_be_read() {
    let (manifests, broken) = manifests::read(&files());
    assert!(manifests.len() > 15, "only {} manifests found", manifests.len());
    holds(broken);
}

#[test]
fn nobody_looks_past_the_floor_plan() {
    holds(rules::edges::outside_the_plan(&manifests::read(&files()).0));
}

#[test]
fn no_room_uses_a_front_doors_library() {
    holds(rules::edges::front_door_libraries(&manifests::read(&files()).0));
}

#[test]
fn only_numerics_and_cohort_run_parallel_work() {
    holds(rules::edges::parallel_work(&manifests::read(&files()).0));
}

#[test]
fn architecture_shows_the_floor_plan_that_is_held() {
    holds(rules::edges::drawn_plan(&files()));
}

#[test]
fn what_is_declared_is_used() {
    holds(rules::declared::unused(&files()));
}

#[test]
fn a_conversion_and_the_ends_of_an_interval_stand_once() {
    holds(rules::conversions::copied(&files()));
}

#[test]
fn no_file_is_longer_than_800_lines() {
    holds(rules::size::long_files(&files()));
}

#[test]
fn every_file_opens_with_a_front_page() {
    holds(rules::front_page::missing(&files()));
}

#[test]
fn the_glossary_tells_the_truth() {
    holds(rules::glossary::out_of_date(&files()));
}

#[test]
fn no_file_module_or_crate_has_a_name_that_says_nothing() {
    let files = files();
    holds(rules::names::empty_names(&files, &manifests::read(&files).0));
}

#[test]
fn no_type_is_a_manager_helper_or_util() {
    holds(rules::names::doers(&files()));
}

#[test]
fn no_literature_value_stands_in_a_rooms_code() {
    holds(rules::floats::literature_values(&files()));
}

#[test]
fn nothing_names_the_machine_it_was_written_on() {
    holds(rules::traces::of_the_workshop(&files()));
}

#[test]
fn what_a_room_makes_public_is_called() {
    let files = files();
    holds(rules::callers::missing(&files, &words::of(&files)));
}

#[test]
fn what_a_room_exports_is_named_outside_and_exceptions_are_needed() {
    let files = files();
    let words = words::of(&files);
    holds(rules::exports::missing(&files, &words));
    holds(rules::exports::stale(&files, &words));
    holds(rules::fields::stale(&files, &words));
}

#[test]
fn a_text_that_names_a_field_of_a_case_or_a_rule_names_one_that_there_is() {
    let files = files();
    let words = words::of(&files);
    holds(rules::fields::unknown_fields(&files, &words));
    holds(rules::fields::unknown_rules(&files, &words));
}

#[test]
fn no_two_rooms_name_a_type_alike() {
    holds(rules::one_meaning::doubled(&files()));
}

#[test]
fn no_files_need_each_other_in_a_circle() {
    holds(rules::circles::of_files(&files()));
}

#[test]
fn architecture_lists_every_format() {
    let files = files();
    holds(rules::formats::on_the_page(&files, &words::of(&files)));
}

#[test]
fn no_line_is_wider_than_120_columns() {
    holds(rules::size::wide_lines(&files()));
}

#[test]
fn every_loop_says_why_it_ends() {
    holds(rules::loops::without_end(&files()));
}

#[test]
fn no_rule_is_left_out_of_the_check() {
    // Every rule of the list holds here too, whether it has a test of its own above or not.
    for (name, violations) in rules::all(&files()) {
        assert!(violations.is_empty(), "{name}: {}", violations[0]);
    }
}
