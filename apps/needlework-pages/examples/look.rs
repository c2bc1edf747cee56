//! Writes the fixture reports as pages into a folder, to look at them:
//! `cargo run -p needlework-pages --example look -- FOLDER`.

#[allow(dead_code, reason = "the tests use more of them")]
#[path = "../tests/suite/fixture.rs"]
mod fixture;

use needlework_pages::model::Reading;
use needlework_pages::{html, terminal};

fn main() -> std::io::Result<()> {
    let folder = std::path::PathBuf::from(std::env::args().nth(1).unwrap_or_else(|| "look".into()));
    std::fs::create_dir_all(&folder)?;
    for (name, report) in [
        ("permitted-lay", fixture::permitted_clinic(Reading::Lay)),
        ("permitted-research", fixture::permitted_clinic(Reading::Research)),
        ("refused-home", fixture::refused_home()),
        ("referred-home", fixture::referred_home()),
        ("home-short", fixture::home_short()),
    ] {
        std::fs::write(folder.join(format!("{name}.html")), html(&report))?;
        std::fs::write(folder.join(format!("{name}.txt")), terminal(&report, 80, false))?;
    }
    Ok(())
}
