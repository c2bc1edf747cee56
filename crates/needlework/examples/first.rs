//! scratch
fn main() {
    let t = std::time::Instant::now();
    let library = needlework::bundle().unwrap();
    eprintln!("bundle {:?}", t.elapsed());
    let path = std::env::args().nth(1).unwrap();
    let reading = if std::env::args().nth(2).as_deref() == Some("research") { needlework::verdict::Reading::Research } else { needlework::verdict::Reading::Lay };
    let worlds: usize = std::env::args().nth(3).map_or(400, |x| x.parse().unwrap());
    let text = std::fs::read_to_string(&path).unwrap();
    let case = needlework::case::read(&text, &path, &library.catalog).unwrap();
    let settings = needlework::cohort::Settings { seed: 1, worlds, people_per_world: 5, threads: 0 };
    let t = std::time::Instant::now();
    let j = needlework::verdict::judge(&case, &library, &needlework::engine("x"), &settings, reading, &mut |_| needlework::numerics::Continue::Yes).unwrap();
    eprintln!("judge {:?}", t.elapsed());
    println!("{}", serde_json::to_string_pretty(&j.report).unwrap());
}
