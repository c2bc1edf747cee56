//! The path of a field of the case, which only the types of the case can make.
//!
//! Lists beside the case name fields by their paths, such as `person.smoking`. Written with [`path!`](crate::path!), a
//! field that no case has does not compile. Texts that are compared with a path at run time are held by a rule of the
//! house (`xtask`, fields).

/// The path of a field: `path!(person.smoking)` is `"person.smoking"`, and a field that the case has not does not
/// compile.
///
/// ```
/// assert_eq!(needlework_case::path!(person.smoking), "person.smoking");
/// ```
///
/// ```compile_fail
/// needlework_case::path!(person.smoker);
/// ```
#[macro_export]
macro_rules! path {
    ($section:ident.$field:ident) => {{
        const _: fn(&$crate::Case) = |case| {
            let _ = &case.$section.$field;
        };
        concat!(stringify!($section), ".", stringify!($field))
    }};
}

#[cfg(test)]
mod tests {
    use crate::fields;

    #[test]
    fn a_path_that_is_made_is_the_name_in_a_file() {
        let known = fields();
        for path in [
            path!(person.smoking),
            path!(device.needle_length),
            path!(aftercare.topicals),
        ] {
            assert!(known.iter().any(|field| field.path == path), "{path}");
        }
    }
}
