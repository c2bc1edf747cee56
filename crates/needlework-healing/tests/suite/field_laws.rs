//! What must hold of the engine in space whatever its parameters are.

use crate::usual::*;
use needlework_healing::cascade::Surroundings;
use needlework_healing::field::{FIELDS, FieldError, Infection, Reached, Space, bytes_needed};
use needlework_healing::{Field, RemodellingHypothesis};
use needlework_numerics::Continue;

fn spaces() -> [Space; 3] {
    [column(1.2), cell(1.2, 12), patch(12, 0.9, &[(0.3, 0.4), (0.62, 0.7)])]
}

#[test]
fn without_needles_every_field_stays_as_it_was_to_the_last_bit() {
    for mut space in spaces() {
        match &mut space {
            Space::Column { density_per_mm2, .. } => *density_per_mm2 = 0.0,
            Space::Cell { needles, .. } => needles.clear(),
            Space::Patch { holes, .. } => holes.clear(),
        }
        for hypothesis in RemodellingHypothesis::ALL {
            let mut asked = setup(space.clone(), 0.1, &[0.0, 400.0]);
            asked.hypothesis = hypothesis;
            asked.surroundings.stretch = 0.2;
            let mut field = Field::new(asked, 1).unwrap();
            assert_eq!(field.advance(&mut |_| Continue::Yes).unwrap(), Reached::Moment(0));
            let before: Vec<_> = FIELDS.iter().map(|named| field.values(named.name).unwrap()).collect();
            field.finish().unwrap();
            for (named, before) in FIELDS.iter().zip(before) {
                assert_eq!(
                    field.values(named.name).unwrap(),
                    before,
                    "{hypothesis:?}: {}",
                    named.name
                );
            }
            assert_eq!(field.means().epidermal_gain, 0.0);
            assert_eq!(field.summary().collagen.gap(), 0.0);
        }
    }
}

#[test]
fn signal_and_collagen_are_accounted_for_to_the_last_digits() {
    for space in spaces() {
        for range in [0.07, 0.47, 3.2] {
            let mut asked = with_range(setup(space.clone(), 0.1, &[90.0]), range);
            asked.sessions_days = vec![0.0, 28.0];
            let summary = run(asked, 1).summary();
            assert!(summary.signal.made > 0.0 && summary.collagen.made > 0.0);
            assert!(summary.signal.gap() < 1e-10, "{range}: {:?}", summary.signal);
            assert!(summary.collagen.gap() < 1e-12, "{range}: {:?}", summary.collagen);
        }
    }
}

#[test]
fn what_cannot_be_negative_never_is() {
    for space in spaces() {
        for pace in [0.4, 1.0, 2.5] {
            let mut asked = with_range(setup(space.clone(), 0.1, &[]), 0.07);
            let mut parameters = needlework_healing::CascadeParameters::fill(&mut |key| book().value(key).unwrap());
            parameters.pace = pace;
            asked.kinetics = needlework_healing::Kinetics::of(&parameters);
            asked.surroundings = Surroundings {
                infection: 0.0,
                stretch: 0.3,
            };
            asked.moments_days = (0..40).map(|i| 0.1 * 1.2_f64.powi(i)).collect();
            let mut field = Field::new(asked, 1).unwrap();
            while field.advance(&mut |_| Continue::Yes).unwrap() != Reached::End {
                for named in FIELDS.iter().filter(|named| named.name != "proteases") {
                    let values = field.values(named.name).unwrap();
                    let least = values.iter().copied().fold(f64::INFINITY, f64::min);
                    let most = values.iter().copied().fold(0.0, f64::max);
                    assert!(least >= -1e-12 * most, "{} at {}: {least:e}", named.name, field.day());
                }
            }
        }
    }
}

#[test]
fn holes_that_mirror_each_other_leave_fields_that_do() {
    let asked = setup(patch(18, 0.9, &[(0.25, 0.3), (0.65, 0.3)]), 0.1, &[21.0]);
    let field = run(asked, 1);
    for name in ["tgf_beta", "collagen", "myofibroblasts", "fibre_anisotropy"] {
        let values = field.values(name).unwrap();
        let mirrored: Vec<f64> = values.chunks(18).flat_map(|row| row.iter().rev().copied()).collect();
        assert!(difference(&values, &mirrored) < 1e-12, "{name}");
    }
}

#[test]
fn an_interrupted_run_ends_with_the_bytes_of_an_uninterrupted_one() {
    for space in spaces() {
        let mut asked = setup(space, 0.1, &[10.0, 40.0]);
        asked.sessions_days = vec![0.0, 14.0];
        let whole = run(asked.clone(), 1);
        let mut broken = Field::new(asked.clone(), 1).unwrap();
        let mut stops = 0;
        loop {
            let stop_after = 7 + stops;
            let mut steps = 0;
            let reached = broken
                .advance(&mut |_| {
                    steps += 1;
                    if steps < stop_after {
                        Continue::Yes
                    } else {
                        Continue::No
                    }
                })
                .unwrap();
            if reached == Reached::End {
                break;
            }
            stops += 1;
            broken = Field::from_bytes(asked.clone(), 1, &broken.to_bytes()).unwrap();
        }
        assert!(stops > 5);
        assert!(whole.to_bytes() == broken.to_bytes());
    }
}

#[test]
fn one_and_many_threads_give_the_same_bytes() {
    let asked = setup(patch(48, 1.2, &[(0.3, 0.4), (0.81, 0.7), (1.19, 0.02)]), 0.05, &[6.0]);
    let one = run(asked.clone(), 1);
    assert!(one.summary().voxels > 32_768);
    assert!(one.to_bytes() == run(asked, 3).to_bytes());
}

#[test]
fn damaged_or_foreign_checkpoints_are_refused_by_name() {
    let asked = setup(column(1.2), 0.1, &[5.0]);
    let bytes = run(asked.clone(), 1).to_bytes();
    let refused = |bytes: &[u8], setup| match Field::from_bytes(setup, 1, bytes) {
        Err(FieldError::Checkpoint(why)) => why,
        other => panic!("{other:?}"),
    };
    assert!(Field::from_bytes(asked.clone(), 1, &bytes).is_ok());
    for at in [8, 30, bytes.len() / 2, bytes.len() - 1] {
        let mut damaged = bytes.clone();
        damaged[at] ^= 4;
        refused(&damaged, asked.clone());
    }
    assert_eq!(
        refused(&bytes[..bytes.len() - 5], asked.clone()),
        "it is damaged or cut short"
    );
    assert_eq!(refused(&[], asked.clone()), "it is empty");
    assert_eq!(
        refused(b"<html>, no checkpoint", asked.clone()),
        "it is not a checkpoint of this program"
    );
    let mut other = asked;
    other.resting += 1e-9;
    assert_eq!(refused(&bytes, other), "it belongs to another set-up");
}

#[test]
fn the_memory_stated_beforehand_is_within_one_and_a_half_of_the_fields() {
    let asked = setup(patch(60, 1.5, &[(0.3, 0.4)]), 0.025, &[1.0]);
    let bytes = bytes_needed(&asked, 2).unwrap();
    let field = Field::new(asked, 2).unwrap();
    let summary = field.summary();
    let fields = 8 * summary.voxels * summary.fields;
    assert!(
        bytes >= fields && bytes as f64 <= 1.5 * fields as f64,
        "{}",
        bytes as f64 / fields as f64
    );
}

#[test]
fn set_ups_that_cannot_be_are_refused_by_what_is_wrong() {
    let good = setup(patch(4, 0.4, &[(0.1, 0.1)]), 0.2, &[1.0]);
    let refused = |change: &dyn Fn(&mut needlework_healing::field::Setup)| {
        let mut bad = good.clone();
        change(&mut bad);
        Field::new(bad, 1).map(|_| ()).unwrap_err().to_string()
    };
    assert_eq!(
        refused(&|s| s.resting = 1.2),
        "collagen at rest must be in (0, 1), not 1.2"
    );
    assert_eq!(
        refused(&|s| s.sessions_days = vec![3.0, 1.0]),
        "a session's day must be ascending from 0, not 1"
    );
    assert_eq!(
        refused(&|s| s.sessions_days.clear()),
        "a hole or an infection belongs to session 0, which the plan does not have"
    );
    assert!(refused(&|s| s.depth_edges_mm = vec![0.0]).contains("depth"));
}

#[test]
fn an_infection_feeds_the_signal_where_the_holes_are_until_it_is_over_and_a_checkpoint_within_it_goes_on() {
    for space in spaces() {
        let asked = |days: Option<f64>| {
            let mut asked = setup(space.clone(), 0.1, &[2.0, 4.9, 30.0]);
            asked.sessions_days = vec![0.0, 20.0];
            asked.infection = days.map(|days| Infection { session: 0, days });
            asked
        };
        let seen = |days: Option<f64>| {
            let mut field = Field::new(asked(days), 1).unwrap();
            let mut seen = Vec::new();
            while let Reached::Moment(_) = field.advance(&mut |_| Continue::Yes).unwrap() {
                seen.push((field.means(), field.values("debris").unwrap()));
            }
            (seen, field)
        };
        let (clean, _) = seen(None);
        let (short, whole) = seen(Some(5.0));
        let (long, _) = seen(Some(9.0));
        // The same until the shorter one ends, more signal than without, and more the longer it lasts.
        let same = |a: f64, b: f64| (a / b - 1.0).abs() < 1e-3;
        assert!(same(short[1].0.tgf_beta, long[1].0.tgf_beta));
        assert!(short[1].0.tgf_beta > 1.2 * clean[1].0.tgf_beta);
        assert!(long[2].0.collagen() > short[2].0.collagen() && short[2].0.collagen() > clean[2].0.collagen());
        // Debris is made nowhere but where something was injured.
        for (with, without) in short[0].1.iter().zip(&clean[0].1) {
            assert!((*with > 0.0) == (*without > 0.0) && with >= without);
        }
        let mut broken = Field::new(asked(Some(5.0)), 1).unwrap();
        broken.advance(&mut |_| Continue::Yes).unwrap();
        let mut resumed = Field::from_bytes(asked(Some(5.0)), 1, &broken.to_bytes()).unwrap();
        resumed.finish().unwrap();
        assert!(resumed.to_bytes() == whole.to_bytes());
    }
}
