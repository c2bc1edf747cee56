//! The measured group of skin that stands for a skin type.

use needlework_case::Fitzpatrick;

/// The name of the measured skin group that stands for a skin type; a wide, assumed mapping. Intermediate where no type
/// is stated.
#[must_use]
pub fn skin_group(skin_type: Option<Fitzpatrick>) -> &'static str {
    match skin_type {
        Some(Fitzpatrick::I | Fitzpatrick::II) => "light",
        Some(Fitzpatrick::III) | None => "intermediate",
        Some(Fitzpatrick::IV) => "tan",
        Some(Fitzpatrick::V) => "brown",
        Some(Fitzpatrick::VI) => "dark",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_that_is_not_stated_is_the_middle_one() {
        assert_eq!(skin_group(None), skin_group(Some(Fitzpatrick::III)));
        assert_ne!(skin_group(Some(Fitzpatrick::II)), skin_group(Some(Fitzpatrick::V)));
    }
}
