//! Cases that are there to begin with.

/// A case by the name of its file.
macro_rules! example {
    ($name:literal) => {
        ($name, include_str!(concat!("../../../cases/", $name, ".toml")))
    };
}

/// The cases, by name, as they stand in `cases/`.
pub(crate) const EXAMPLES: [(&str, &str); 6] = [
    example!("clinic-abdomen-alba"),
    example!("clinic-thigh-rubra"),
    example!("home-roller-0.2mm"),
    example!("home-roller-1.5mm"),
    example!("home-vitamin-c"),
    example!("park-2012"),
];

/// A study file.
pub(crate) const STUDY: &str = include_str!("../../../cases/trials/split-belly.toml");
