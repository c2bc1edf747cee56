//! What is public though nothing in this workspace calls it, and why it stays: for users of the library, for tests from
//! outside, or because its callers are still to come. A name that needs no exception any more breaks a rule of
//! [`super::exports`].

/// Public names that no code of this workspace calls, each with the reason why it stays.
pub const FOR_USERS: &[(&str, &str)] = &[
    ("any_case", "random cases for the property tests of other crates"),
    (
        "READ_AS",
        "a list that the tests of the chain hold every field of a case to",
    ),
    (
        "reordered",
        "the tests of rules shuffle the book by it: no verdict hangs on the order",
    ),
    (
        "difference_2000",
        "colour for users of the library; checked against published pairs",
    ),
    (
        "individual_typology_angle_deg",
        "colour for users of the library; checked against measured skin",
    ),
    (
        "erythema_index",
        "colour for users of the library; what a photometer shows",
    ),
    (
        "melanin_index",
        "colour for users of the library; what a photometer shows",
    ),
    (
        "harmful_gaps",
        "the published band of gaps between two wounds; checked against the paper",
    ),
    // Exports that tests from outside hold a room to.
    (
        "bounds",
        "the tests of designs hold what a design takes to what a case takes",
    ),
    (
        "take_off_the_name",
        "a changed device of the library keeps no false name, for every field",
    ),
    (
        "spellings",
        "the tests of units and of the case try every spelling of every unit",
    ),
    ("crowding", "the law of crowded pores has its limits"),
    (
        "reflect",
        "light for users of the library; checked against published tables",
    ),
    ("slab", "a slab whose reflectance is published"),
    ("published_slab", "a slab whose reflectance is published"),
    (
        "stack",
        "the layers of skin that light meets; checked against tables of Monte Carlo",
    ),
];

/// Rooms that are built before those who call them, each with who comes. A room whose public items are all called, but
/// for those of `FOR_USERS`, must leave this list.
pub const AHEAD: [(&str, &str); 1] = [(
    "crates/needlework-inference/",
    "calibration calls it next, then validation, trials and plans",
)];

/// Whether a name is public for users of the library alone.
pub fn is_for_users(name: &str) -> bool {
    FOR_USERS.iter().any(|(free, _)| *free == name)
}
