//! The local page as the command line opens it: it says where it is, gives the same bytes, and stops when told to.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::setup::{PERMITTED, REFUSED, assess, case_text, needlework, run_to, stderr};

/// A page that is served, with its host; it ends with its test.
struct Served {
    child: Child,
    host: String,
}

impl Served {
    fn new() -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_needlework"))
            .args(["serve", "--port", "0"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let host = line
            .split("http://")
            .nth(1)
            .unwrap()
            .trim_end()
            .trim_end_matches('/')
            .to_owned();
        Self { child, host }
    }

    /// The body of an answer.
    fn post(&self, path: &str, kind: &str, body: &str) -> String {
        let mut socket = TcpStream::connect(&self.host).unwrap();
        let head = format!(
            "POST {path} HTTP/1.0\r\nHost: {}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\r\n",
            self.host,
            body.len()
        );
        socket.write_all(format!("{head}{body}").as_bytes()).unwrap();
        let mut said = Vec::new();
        socket.read_to_end(&mut said).unwrap();
        let said = String::from_utf8(said).unwrap();
        said.split_once("\r\n\r\n").unwrap().1.to_owned()
    }

    /// As [`Self::post`], of a form.
    fn form(&self, path: &str, fields: &[(&str, &str)]) -> String {
        let coded = |text: &str| text.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
        let fields: Vec<String> = fields
            .iter()
            .map(|(name, text)| format!("{name}={}", coded(text)))
            .collect();
        self.post(path, "application/x-www-form-urlencoded", &fields.join("&"))
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn the_page_and_the_command_line_give_the_same_bytes() {
    let served = Served::new();
    let place = tempfile::tempdir().unwrap();
    for case in [PERMITTED, REFUSED] {
        let out = place.path().join(case);
        run_to(0, assess(case, &["--seed", "7"]).arg("--out").arg(&out));
        let text = case_text(case);
        for name in ["report.json", "report.html"] {
            let own = fs::read_to_string(out.join(name)).unwrap();
            let fields = [
                ("case", text.as_str()),
                ("people", "100"),
                ("seed", "7"),
                ("what", name),
            ];
            assert!(served.form("/download", &fields) == own, "{name} of {case} differs");
        }
    }
}

#[test]
fn a_taken_port_and_an_open_address_are_refused_with_what_to_do() {
    let served = Served::new();
    let port = served.host.rsplit(':').next().unwrap();
    let output = run_to(2, &mut needlework(&["serve", "--port", port]));
    let said = stderr(&output);
    assert!(said.contains("cannot listen") && said.contains("--port"), "{said}");
    let said = stderr(&run_to(
        2,
        &mut needlework(&["serve", "--port", "0", "--address", "0.0.0.0"]),
    ));
    assert!(said.contains("--token"), "{said}");
}

#[cfg(unix)]
#[test]
fn it_stops_cleanly_when_it_is_asked_to() {
    for signal in ["-TERM", "-INT"] {
        let mut served = Served::new();
        let begun = Instant::now();
        let asked = Command::new("kill")
            .args([signal, &served.child.id().to_string()])
            .status()
            .unwrap();
        assert!(asked.success());
        let ended = served.child.wait().unwrap();
        assert!(ended.success(), "{signal}: {ended:?}");
        assert!(begun.elapsed() < Duration::from_secs(5), "{signal}");
    }
}
