//! The forces at which a needle goes in, by the kind of its tip.
//!
//! Two events (Römgens 2014: "initial superficial penetration", then a drop of the force at a depth of about 160 µm, by
//! which a deeper layer was entered):
//!
//! * **the stratum corneum is entered** when the pressure under the tip reaches its strength, F₁ = σ_h·A with A the
//!   area of the tip, at most F₂;
//! * **the deeper drop** comes at F₂, by a law for each kind of tip:
//!   * *cone* and *pyramid*: linear in the diameter (Römgens 2014: 20 mN at 5 µm, 167 mN at 37 µm; not in the area); of
//!     a pyramid, the diameter of the circle that has its area. Below the finest tip measured the line through the
//!     origin is taken;
//!   * *bevel*, the lancet point of a hollow needle: the same law for the radius of its point, and beyond it edges that
//!     go on cutting ([`crate::needle`]);
//!   * *blunt*, flat and solid or with a bore: linear in the area between needle and skin, F₂ = σ_b·π(r² − r_b²) (Davis
//!     2004, walled needles, 0.1 to 3 N).
//!
//! Assumptions: the level σ_b is that of the coarsest cone measured, since the areas of Davis 2004 are not in the
//! abstract; σ_h lies below it. Limits: outside 0.1 to 3 N nobody has shown the law of the area; no tip bends.

use std::f64::consts::PI;

use needlework_units::{Area, Force, Length};

use crate::parameters::Parameters;
use crate::shape::Shape;
use crate::tip::Tip;

/// Area between the tip and the skin.
#[must_use]
pub fn tip_area(shape: &Shape) -> Area {
    Area::from_mm2(PI * (shape.tip_mm.powi(2) - shape.bore_mm.powi(2)))
}

/// Force at which a tip enters the stratum corneum.
#[must_use]
pub fn entry_force(shape: &Shape, parameters: &Parameters) -> Force {
    let pressed = parameters.stratum_corneum_strength.mpa() * tip_area(shape).mm2();
    Force::from_newtons(pressed.min(drop_force(shape, parameters).newtons()))
}

/// Force at which a tip comes through the epidermis, in the laboratory.
#[must_use]
pub fn drop_force(shape: &Shape, parameters: &Parameters) -> Force {
    match shape.end {
        Tip::Cone | Tip::Pyramid | Tip::Bevel => piercing_force(Length::from_mm(2.0 * shape.tip_mm), parameters),
        Tip::Blunt => blunt_force(tip_area(shape), parameters),
    }
}

/// Force at which a sharp tip of that diameter comes through (Römgens 2014).
#[must_use]
pub fn piercing_force(tip_diameter: Length, parameters: &Parameters) -> Force {
    let (fine_mm, fine) = (parameters.fine_tip.mm(), parameters.fine_tip_force.newtons());
    let newtons = if tip_diameter.mm() < fine_mm {
        fine * tip_diameter.mm() / fine_mm
    } else {
        fine + cutting_line(parameters) * (tip_diameter.mm() - fine_mm)
    };
    Force::from_newtons(newtons)
}

/// How much the force grows with each millimetre that a sharp tip is wide, N/mm.
#[must_use]
pub fn cutting_line(parameters: &Parameters) -> f64 {
    let forces = parameters.coarse_tip_force.newtons() - parameters.fine_tip_force.newtons();
    forces / (parameters.coarse_tip.mm() - parameters.fine_tip.mm())
}

/// Force at which a flat end of that area comes through (Davis 2004).
#[must_use]
pub fn blunt_force(area: Area, parameters: &Parameters) -> Force {
    Force::from_newtons(parameters.blunt_stress.mpa() * area.mm2())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::device::{Device, Kind};
    use crate::example::{parameters, roller};
    use crate::shape::shape;

    fn of(end: Tip, tip_um: f64, bore_um: Option<f64>) -> Shape {
        let device = Device {
            end: Some(end),
            tip: Some(Length::from_mm(tip_um / 1000.0)),
            bore: bore_um.map(|um| Length::from_mm(um / 1000.0)),
            ..Device::of(Kind::Single, Length::from_mm(2.0))
        };
        shape(&device, &parameters())
    }

    #[test]
    fn the_force_of_a_cone_is_linear_in_its_diameter_and_not_in_its_area() {
        let p = parameters();
        let force = |um: f64| piercing_force(Length::from_mm(um / 1000.0), &p).newtons();
        assert!((force(5.0) - 0.02).abs() < 1e-12 && (force(37.0) - 0.167).abs() < 1e-12);
        let slope = (force(20.0) - force(10.0)) / 10.0;
        assert!((slope - 0.00459).abs() < 1e-5, "{slope}");
        assert!((force(30.0) - force(20.0) - 10.0 * slope).abs() < 1e-12);
        assert!(
            force(37.0) / force(5.0) < 37.0 / 5.0 * 1.2,
            "an area would give 55 times"
        );
        assert!(force(0.0) == 0.0 && force(2.0) < force(4.0));
    }

    #[test]
    fn the_force_of_a_flat_end_is_linear_in_its_area_and_a_bore_takes_its_share_off() {
        let p = parameters();
        let force = |tip_um: f64, bore_um: f64| drop_force(&of(Tip::Blunt, tip_um, Some(bore_um)), &p).newtons();
        assert!((force(60.0, 0.0) / force(30.0, 0.0) - 4.0).abs() < 1e-9);
        assert!(
            (force(50.0, 40.0) / force(30.0, 0.0) - 1.0).abs() < 1e-9,
            "50² − 40² = 30²"
        );
        // The level is that of the coarsest cone that was measured.
        assert!((force(18.5, 0.0) - 0.167).abs() < 0.002, "{}", force(18.5, 0.0));
    }

    #[test]
    fn ends_of_one_width_need_different_forces() {
        let p = parameters();
        let wide = |end| drop_force(&of(end, 60.0, None), &p).newtons();
        assert!(
            wide(Tip::Blunt) > 2.0 * wide(Tip::Cone),
            "{} {}",
            wide(Tip::Blunt),
            wide(Tip::Cone)
        );
        assert!(wide(Tip::Pyramid) > wide(Tip::Cone));
        assert!(
            (tip_area(&of(Tip::Pyramid, 10.0, None)).mm2() - 4e-4).abs() < 1e-12,
            "a square of 20 µm"
        );
        assert!(
            (wide(Tip::Bevel) - wide(Tip::Cone)).abs() < 1e-12,
            "its point is one; its edges cut later"
        );
    }

    #[test]
    fn the_stratum_corneum_is_entered_before_the_deeper_drop_and_by_a_finer_tip_much_before() {
        let p = parameters();
        let share = |end, um| {
            let shape = of(end, um, None);
            entry_force(&shape, &p).newtons() / drop_force(&shape, &p).newtons()
        };
        for end in Tip::ALL {
            for um in [0.5, 2.5, 4.0, 18.5, 60.0, 100.0] {
                assert!((0.0..=1.0).contains(&share(end, um)), "{end:?} {um}");
            }
        }
        assert!(share(Tip::Cone, 2.5) < 0.1 && share(Tip::Cone, 18.5) > 0.2);
    }

    #[test]
    fn without_a_word_a_single_needle_is_a_bevelled_tube_and_others_are_cones() {
        let p = parameters();
        let single = shape(&Device::of(Kind::Single, Length::from_mm(10.0)), &p);
        assert!(single.end == Tip::Bevel && single.tip_mm > 2.0 * p.tip_radius.mm());
        assert_eq!(shape(&roller(1.5), &p).end, Tip::Cone);
        for tip in Tip::ALL {
            assert_eq!(Tip::named(tip.name()), Some(tip));
        }
        assert_eq!(Tip::named("spoon"), None);
    }
}
