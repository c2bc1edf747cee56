//! Hands the commit that is being built to the binary, so that a report names it; `unknown` outside a checkout.

use std::process::Command;

fn main() {
    let described = Command::new("git").args(["rev-parse", "--short=12", "HEAD"]).output();
    let commit = described
        .ok()
        .filter(|output| output.status.success())
        .and_then(|output| String::from_utf8(output.stdout).ok())
        .map_or_else(|| "unknown".to_owned(), |text| text.trim().to_owned());
    println!("cargo::rustc-env=NEEDLEWORK_COMMIT={commit}");
    println!("cargo::rerun-if-changed=../../.git/HEAD");
    println!("cargo::rerun-if-changed=../../.git/refs/heads");
}
