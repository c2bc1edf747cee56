//! What the engine in space is given: the needles and holes that the cohort's people get, the holes of a patch where
//! the device lays them.

use needlework::case::Case;
use needlework::cohort::middle_field;
use needlework::course::FieldRequest;
use needlework::healing::field::{Field, Reached, Setup, Space};
use needlework::healing::{Fidelity, RemodellingHypothesis};
use needlework::numerics::Continue;
use needlework::units::{Length, Time};

use crate::setup::{asking, edited, library, people};

fn set_up(case: &Case, request: &FieldRequest) -> Setup {
    asking(case, &library().book, |question| {
        middle_field(question, RemodellingHypothesis::Persistence, request).unwrap()
    })
}

#[test]
fn a_patch_holds_its_holes_where_the_device_lays_them() {
    let capture = library().book.value("puncture.capture").unwrap();
    for name in ["home-roller-1.5mm", "clinic-abdomen-alba", "salon-pen"] {
        let at = |seed| {
            let mut request = FieldRequest::usual(Fidelity::Patch, vec![Time::from_days(1.0)]);
            request.side = Length::from_mm(12.0);
            request.seed = seed;
            set_up(&edited(name, &[]), &request)
        };
        let setup = at(1);
        let Space::Patch { holes, .. } = &setup.space else {
            panic!("a patch was asked for")
        };
        let column = set_up(
            &edited(name, &[]),
            &FieldRequest::usual(Fidelity::Column, vec![Time::from_days(1.0)]),
        );
        let Space::Column { density_per_mm2, .. } = column.space else {
            panic!("a column was asked for")
        };
        let first: Vec<_> = holes.iter().filter(|hole| hole.session == 0).collect();
        let count = first.len() as f64 / 144.0;
        // The density counts needles that do not go in too.
        assert!(
            count > 0.5 * density_per_mm2 && count < 1.1 * density_per_mm2,
            "{name}: {count} {density_per_mm2}"
        );
        // A needle that comes down beside a hole slides into it; holes thrown at random would lie closer in dozens of
        // pairs.
        let close = |a: &needlework::puncture::Hole, b: &needlework::puncture::Hole| {
            (a.x_mm - b.x_mm).hypot(a.y_mm - b.y_mm) < 0.999 * capture
        };
        let sessions: Vec<u32> = holes.iter().map(|hole| hole.session).collect();
        let pairs = holes
            .iter()
            .enumerate()
            .map(|(i, a)| {
                holes[i + 1..]
                    .iter()
                    .filter(|b| a.session == b.session && close(a, b))
                    .count()
            })
            .sum::<usize>();
        let number = sessions.iter().max().map_or(0.0, |last| f64::from(*last + 1));
        let at_random = number * 0.5 * first.len() as f64 * count * std::f64::consts::PI * capture * capture;
        assert!(pairs == 0 && at_random > 4.0, "{name}: {pairs} {at_random}");
        assert_ne!(setup.space, at(2).space, "{name}: another seed lays other holes");
        assert_eq!(setup.space, at(1).space);
    }
}

/// Debris in the first layer of the dermis right after the first session: what was injured there.
fn injured_at_first(case: &Case) -> f64 {
    let mut request = FieldRequest::usual(Fidelity::Column, vec![Time::from_days(1e-5), Time::from_days(1.0)]);
    request.cell = Length::from_mm(0.01);
    let setup = set_up(case, &request);
    let epidermis = setup.layers.epidermis_mm;
    let edges = setup.depth_edges_mm.clone();
    let mut field = Field::new(setup, 1).unwrap();
    assert!(matches!(field.advance(&mut |_| Continue::Yes), Ok(Reached::Moment(0))));
    let first = edges.partition_point(|edge| *edge < epidermis - 1e-9);
    field.values("debris").unwrap()[first]
}

/// The fault that this holds off: `simulate` drew every needle with one cone, whatever the device.
#[test]
fn a_wider_cone_injures_more_by_one_factor_in_people_and_in_space() {
    let with = |cone: &str| {
        edited(
            "home-roller-1.5mm",
            &[("device.cone_angle", &format!("\"{cone} deg\""))],
        )
    };
    let (slim, wide) = (with("6"), with("24"));
    // The engine in space takes the person in the middle, so that the middle of all people's own factors stands beside
    // it.
    let [few, many] = [&slim, &wide].map(|case| people(case, &[], 40));
    let mut factors: Vec<f64> = few
        .people
        .iter()
        .zip(&many.people)
        .filter(|(few, _)| few.harms.holes.injured_top > 0.0)
        .map(|(few, many)| many.harms.holes.injured_top / few.harms.holes.injured_top)
        .collect();
    factors.sort_by(f64::total_cmp);
    let in_people = factors[factors.len() / 2];
    let in_space = injured_at_first(&wide) / injured_at_first(&slim);
    assert!(in_people > 1.2, "{in_people}");
    assert!((in_space / in_people - 1.0).abs() < 0.15, "{in_space} {in_people}");
}
