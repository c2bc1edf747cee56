//! A page that is served for the tests, and a small client that sends just the bytes that a test says.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::{IpAddr, Ipv4Addr, Shutdown, SocketAddr, TcpStream};
use std::sync::LazyLock;
use std::time::Duration;

use needlework_page_reader::Page;
use needlework_serve::Doors;

/// The page of all tests, on a port that was free.
static PLACE: LazyLock<SocketAddr> = LazyLock::new(|| {
    let open = doors(None).open().unwrap();
    let place = open.address().unwrap();
    std::thread::spawn(move || open.serve(std::future::pending()).unwrap());
    place
});

/// What is opened for a test.
pub fn doors(token: Option<&str>) -> Doors {
    Doors {
        address: IpAddr::V4(Ipv4Addr::LOCALHOST),
        port: 0,
        token: token.map(str::to_owned),
        library: needlework::bundle().unwrap(),
        engine: needlework::engine("test"),
        threads: 0,
        seed: 1,
    }
}

/// Where the page of all tests is.
pub fn place() -> SocketAddr {
    *PLACE
}

/// An answer.
#[derive(Debug)]
pub struct Heard {
    pub status: u16,
    pub headers: BTreeMap<String, String>,
    pub body: String,
}

impl Heard {
    /// The page in it.
    pub fn page(&self) -> Page {
        Page::read(&self.body).unwrap_or_else(|error| panic!("{error:?}: {}", self.body))
    }
}

/// Sends bytes, and hears all that is said until the other side closes.
pub fn say(place: SocketAddr, bytes: &[u8]) -> Heard {
    let mut socket = TcpStream::connect(place).unwrap();
    socket.set_read_timeout(Some(Duration::from_secs(120))).unwrap();
    // Whoever sends too much is hung up on in the middle of it.
    let _ = socket.write_all(bytes);
    let mut said = Vec::new();
    // Whoever is turned away in the middle of a body may find the socket reset.
    let _ = socket.read_to_end(&mut said);
    let _ = socket.shutdown(Shutdown::Both);
    read(&said)
}

fn read(said: &[u8]) -> Heard {
    let end = said
        .windows(4)
        .position(|four| four == b"\r\n\r\n")
        .unwrap_or(said.len());
    let head = String::from_utf8_lossy(&said[..end]).into_owned();
    let rest = said.get(end + 4..).unwrap_or_default();
    let mut lines = head.lines();
    let status = lines
        .next()
        .and_then(|line| line.split(' ').nth(1)?.parse().ok())
        .unwrap_or(0);
    let headers: BTreeMap<String, String> = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
        .collect();
    let body = if headers.get("transfer-encoding").is_some_and(|way| way == "chunked") {
        whole(rest)
    } else {
        rest.to_vec()
    };
    Heard {
        status,
        headers,
        body: String::from_utf8_lossy(&body).into_owned(),
    }
}

/// A body that came in pieces.
fn whole(mut rest: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    while let Some(end) = rest.windows(2).position(|two| two == b"\r\n") {
        let size = std::str::from_utf8(&rest[..end]).unwrap();
        let size = usize::from_str_radix(size.trim(), 16).unwrap();
        if size == 0 {
            break;
        }
        body.extend(&rest[end + 2..end + 2 + size]);
        rest = &rest[end + 2 + size + 2..];
    }
    body
}

/// Asks for a page.
pub fn get(path: &str) -> Heard {
    let place = place();
    say(
        place,
        format!("GET {path} HTTP/1.1\r\nHost: {place}\r\nConnection: close\r\n\r\n").as_bytes(),
    )
}

/// Sends a form, as a page of this address does.
pub fn post(path: &str, fields: &[(&str, &str)]) -> Heard {
    let place = place();
    let body: Vec<String> = fields
        .iter()
        .map(|(name, text)| format!("{}={}", coded(name), coded(text)))
        .collect();
    let body = body.join("&");
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: {place}\r\nOrigin: http://{place}\r\nContent-Type: \
         application/x-www-form-urlencoded\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    say(place, format!("{head}{body}").as_bytes())
}

/// A text as a form sends it.
pub fn coded(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' | b'_' => char::from(byte).to_string(),
            other => format!("%{other:02X}"),
        })
        .collect()
}

/// The value of a hidden field of a page; empty where it has none.
pub fn field(page: &Page, name: &str) -> String {
    let mut of_name = page.named("input").filter(|input| input.get("name") == Some(name));
    of_name
        .next()
        .and_then(|input| input.get("value"))
        .unwrap_or_default()
        .to_owned()
}

/// Asks as a program does: the case as the body, everything else in the address.
pub fn api(room: &str, fields: &[(&str, &str)]) -> Heard {
    let place = place();
    let is_body = |name: &str| ["case", "design", "study"].contains(&name);
    let case = fields.iter().find(|(name, _)| is_body(name)).map(|(_, text)| *text);
    let query = fields.iter().filter(|(name, _)| !is_body(name));
    let query: Vec<String> = query.map(|(name, text)| format!("{name}={}", coded(text))).collect();
    let body = case.unwrap_or_default();
    let method = if case.is_some() { "POST" } else { "GET" };
    let head = format!(
        "{method} /api/v1/{room}?{} HTTP/1.1\r\nHost: {place}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        query.join("&"),
        body.len()
    );
    say(place, format!("{head}{body}").as_bytes())
}
