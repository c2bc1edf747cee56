//! probe
use needlework::cohort::{Arm, Cohort, Moment, Settings};
use needlework::healing::Law;
use needlework::numerics::quantile;
use needlework::units::Time;
use crate::setup::{book_with, edited, people_with, library};

const PLAN: &[(&str, &str)] = &[("device.name", "\"unknown\""), ("device.kind", "\"roller\""), ("device.needle_length", "\"1.5 mm\"")];
const PLAIN: &[(&str, &str)] = &[("person.age", "\"23.5 years\""), ("person.sex", "\"female\""), ("person.smoking", "\"never\""), ("person.bmi", "\"24 kg/m2\"")];

fn med(c: &Cohort, f: impl Fn(&needlework::cohort::VirtualPerson) -> f64) -> [f64; 4] {
    let mut m: Vec<f64> = c.people.chunks(c.people_per_world).map(|w| w.iter().map(&f).sum::<f64>() / w.len() as f64).collect();
    let mean = m.iter().sum::<f64>() / m.len() as f64;
    m.sort_by(f64::total_cmp);
    [mean, quantile(&m, 0.5), quantile(&m, 0.05), quantile(&m, 0.95)]
}
#[test]
fn probe() {
    for plain in [false, true] {
        let base: Vec<(&str, &str)> = if plain { [PLAN, PLAIN].concat() } else { PLAN.to_vec() };
        println!("plain {plain}");
        let t = std::time::Instant::now();
        let c = people_with(&edited("park-2012", &base), &library().book, &[Moment::SinceFirst(Time::from_days(84.0))], &Settings { seed: 1, worlds: 1500, people_per_world: 16, threads: 2 });
        println!("{:?}", t.elapsed());
        for arm in [Arm::Treated, Arm::Under(Law::Relapse), Arm::Under(Law::Persistence), Arm::Under(Law::TwoStates)] {
            let g = c.graded(0, arm, 1);
            let n: Vec<usize> = g.chunks(16).map(|w| w.iter().filter(|&&y| y > 50.0).count()).collect();
            let mut s: Vec<f64> = n.iter().map(|&n| n as f64 / 16.0).collect();
            let mean = s.iter().sum::<f64>() / 1500.0;
            let sd = (s.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / 1499.0).sqrt();
            s.sort_by(f64::total_cmp);
            println!("park {arm:?} mean {mean:.4} sd {sd:.3} 5 {:.2} 95 {:.2} P7 {:.4}", quantile(&s, 0.05), quantile(&s, 0.95), n.iter().filter(|&&n| n >= 7).count() as f64 / 1500.0);
        }
        for stage in ["\"alba\"", "\"rubra\""] {
            let t = std::time::Instant::now();
            let a = [base.clone(), vec![("lesion.stage", stage)]].concat();
            let c = people_with(&edited("park-2012", &a), &library().book, &[180.0, 236.0, 730.0].map(|d| Moment::SinceFirst(Time::from_days(d))), &Settings { seed: 1, worlds: 1500, people_per_world: 5, threads: 2 });
            println!("{:?}", t.elapsed());
            for m in [0, 1, 2] {
                let cl = c.classes(m, Arm::Treated);
                println!("{stage} {m} {:?} se {:.4}", cl.map(|s| (s.interval.mean * 1e4).round() / 1e4), cl[1].sampling_error);
                let gain = c.share(|p| c.improvement(p, m, Arm::Treated) - c.improvement(p, m, Arm::Untreated) >= 25.0);
                println!("  gain {:?} se {:.4}", gain.interval, gain.sampling_error);
            }
        }
        let person = if plain { PLAIN.to_vec() } else { vec![] };
        for (name, book) in [("own", library().book.clone()), ("0.3", book_with(&[("skin.papillary", "value", "\"0.3 mm\""), ("skin.papillary", "scope", "\"fixed\"")]))] {
            for extra in [vec![], vec![("lesion.site", "\"abdomen\"")], vec![("lesion.kind", "\"striae\"")], vec![("lesion.kind", "\"striae\""), ("lesion.stage", "\"rubra\"")]] {
                let c = people_with(&edited("lotfi-2013", &[person.clone(), extra.clone()].concat()), &book, &[Moment::SinceFirst(Time::from_days(168.0)), Moment::AfterLast(Time::from_days(56.0))], &Settings { seed: 1, worlds: 1500, people_per_world: 5, threads: 2 });
                println!("lotfi {name} {extra:?} {:.3?} epi {:.3?} later {:.3?}", med(&c, |p| c.treated(p, 0).papillary_gain), med(&c, |p| c.treated(p, 0).epidermal_gain), med(&c, |p| c.treated(p, 1).papillary_gain));
            }
        }
        for age in ["\"60 days\"", "\"unknown\""] {
            let c = people_with(&edited("kang-1996-vehicle", &[person.clone(), vec![("lesion.age", age)]].concat()), &library().book, &[Moment::SinceFirst(Time::from_days(168.0))], &Settings { seed: 1, worlds: 1500, people_per_world: 5, threads: 2 });
            println!("kang {age} {:.3?}", med(&c, |p| p.untreated[0].look.width - 1.0));
        }
    }
    for l in ["1.5", "0.5", "0.25", "0.2"] {
        let t = std::time::Instant::now();
        let c = people_with(&edited("home-roller-0.5mm", &[("device.needle_length", &format!("\"{l} mm\""))]), &library().book, &[], &Settings { seed: 1, worlds: 1500, people_per_world: 20, threads: 2 });
        println!("{l} {:.3?} {:?}", med(&c, |p| p.harms.holes.reaches_dermis), t.elapsed());
    }
}
