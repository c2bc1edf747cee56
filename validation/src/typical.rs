//! The world in which everything that is not known has its median.

use needlework::course::Parameters;
use needlework::verdict::Library;

/// The median of every parameter.
pub(crate) fn typical(library: &Library) -> Result<Parameters, String> {
    let mut missing = None;
    let parameters = Parameters::fill(&mut |key| match library.book.prior(key) {
        Ok(prior) => prior.distribution.median(),
        Err(error) => {
            missing = Some(error.to_string());
            f64::NAN
        }
    });
    missing.map_or(Ok(parameters), Err)
}
