//! Writes the golden answers of all committed cases anew: `cargo run -p needlework --example golden`.
//!
//! Run it when a change of results is meant, look at the difference, and say in the changelog what moved and why.
#![allow(clippy::expect_used)]
#![allow(
    clippy::disallowed_methods,
    reason = "it reads the committed cases and writes their golden answers"
)]

#[path = "../tests/chain/golden_figures.rs"]
mod golden_figures;

use std::path::PathBuf;

fn main() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("cases");
    let golden = folder.join("golden");
    std::fs::create_dir_all(&golden).expect("the folder of golden answers can be made");
    let library = needlework::bundle().expect("the bundled evidence reads");
    for entry in std::fs::read_dir(&folder).expect("the folder of cases is there") {
        let path = entry.expect("an entry reads").path();
        if path.extension().is_none_or(|end| end != "toml") {
            continue;
        }
        let name = path
            .file_stem()
            .expect("a case has a name")
            .to_string_lossy()
            .into_owned();
        let text = std::fs::read_to_string(&path).expect("a case is text");
        let case = needlework::case::read(&text, &name, &library.catalog).expect("a committed case reads");
        let figures = golden_figures::figures(&case, &library);
        let mut text = serde_json::to_string_pretty(&figures).expect("figures are JSON");
        text.push('\n');
        std::fs::write(golden.join(format!("{name}.json")), text).expect("the golden answer is written");
    }
}
