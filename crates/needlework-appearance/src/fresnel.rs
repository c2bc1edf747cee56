//! What a smooth surface between two clear media reflects of unpolarised light, and where the rest goes (Fresnel,
//! Snell).
//!
//! r = ½ [((n₁c₁ − n₂c₂)/(n₁c₁ + n₂c₂))² + ((n₁c₂ − n₂c₁)/(n₁c₂ + n₂c₁))²], with cosines c to the normal and
//! n₁ sin = n₂ sin. Beyond the critical angle everything is reflected. Limits: no polarisation, no roughness.

/// The reflectance for light in index `from` that meets index `to` at the cosine `cosine`, and the cosine behind; the
/// latter is 0 where everything is reflected.
#[inline]
pub(crate) fn fresnel(from: f64, to: f64, cosine: f64) -> (f64, f64) {
    if from == to {
        return (0.0, cosine);
    }
    let ratio = from / to;
    let behind_squared = 1.0 - ratio * ratio * (1.0 - cosine * cosine);
    if behind_squared <= 0.0 {
        return (1.0, 0.0);
    }
    let behind = behind_squared.sqrt();
    (between(from, to, cosine, behind), behind)
}

/// The reflectance where both cosines are known.
#[inline]
pub(crate) fn between(from: f64, to: f64, cosine: f64, behind: f64) -> f64 {
    let across = (from * cosine - to * behind) / (from * cosine + to * behind);
    let along = (from * behind - to * cosine) / (from * behind + to * cosine);
    0.5 * (across * across + along * along)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_directions_reflect_alike_and_nothing_passes_beyond_the_critical_angle() {
        for cosine in [1.0, 0.9, 0.5, 0.1] {
            let (down, inside) = fresnel(1.0, 1.4, cosine);
            let (up, outside) = fresnel(1.4, 1.0, inside);
            assert!((down - up).abs() < 1e-14 && (outside - cosine).abs() < 1e-14);
            assert_eq!(fresnel(1.4, 1.4, cosine), (0.0, cosine));
        }
        assert!((fresnel(1.0, 1.4, 1.0).0 - (0.4f64 / 2.4).powi(2)).abs() < 1e-16);
        assert_eq!(fresnel(1.4, 1.0, 0.69), (1.0, 0.0));
    }
}
