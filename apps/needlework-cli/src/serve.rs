//! The local page: takes a port, says where it is, and answers until it is told to stop.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::process::{Command, ExitCode, Stdio};

use needlework_serve::Doors;

use crate::arguments::{Serve, Shared};
use crate::input::{engine, library};
use crate::problem::Problem;
use crate::screen::{complain, print};

/// Serves the local page.
///
/// # Errors
/// [`Problem`] when the port is taken, or the system gives no threads or sockets.
pub fn run(asked: &Serve, shared: &Shared) -> Result<ExitCode, Problem> {
    let open = Doors {
        address: asked.address,
        port: asked.port,
        token: asked.token.clone(),
        library: library()?,
        engine: engine(),
        threads: usize::from(shared.threads),
        seed: shared.seed,
    }
    .open()?;
    let place = open.address()?;
    let page = format!("http://{}/", reachable(place));
    let mut said = Ok(());
    open.serve_until_stopped(|| said = told(asked, &page))?;
    said?;
    Ok(ExitCode::SUCCESS)
}

/// Says where the page is, and opens it where that is wanted.
fn told(asked: &Serve, page: &str) -> Result<(), Problem> {
    if !asked.address.is_loopback() {
        complain(
            "Other machines can reach this page, and what is typed there is not encrypted on the way. Whoever knows \
                the token can use this machine to compute.",
        );
    }
    if asked.open && !shown(page) {
        complain("No browser could be started; open the address by hand.");
    }
    print(&format!(
        "The page is at {page}\nCtrl-C ends it. Nothing that is answered there is sent or stored."
    ))
}

/// Where a browser on this machine reaches it.
fn reachable(place: SocketAddr) -> SocketAddr {
    if place.ip().is_unspecified() {
        SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), place.port())
    } else {
        place
    }
}

/// Shows an address in the browser, as far as one can be started.
fn shown(page: &str) -> bool {
    let (program, before): (&str, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(windows) {
        ("cmd", &["/c", "start", ""])
    } else {
        ("xdg-open", &[])
    };
    let quiet = Command::new(program)
        .args(before)
        .arg(page)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    quiet.is_ok()
}
