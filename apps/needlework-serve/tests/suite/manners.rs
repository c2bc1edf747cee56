//! How the server behaves to whoever means no good, or is only slow.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use crate::client::{doors, get, place, post, say};

fn raw(head: &str) -> crate::client::Heard {
    say(place(), format!("{head}\r\n\r\n").as_bytes())
}

#[test]
fn every_answer_forbids_what_a_page_does_not_need_and_sets_no_cookie() {
    for heard in [
        get("/"),
        get("/nothing"),
        get("/serve.css"),
        get("/thinking"),
        post("/answer", &[("case", "x")]),
    ] {
        let policy = &heard.headers["content-security-policy"];
        assert!(
            policy.contains("default-src 'none'") && policy.contains("form-action 'self'"),
            "{policy}"
        );
        assert_eq!(heard.headers["x-content-type-options"], "nosniff");
        assert_eq!(heard.headers["x-frame-options"], "DENY");
        assert!(!heard.headers.contains_key("set-cookie"));
        assert!(!heard.headers.contains_key("access-control-allow-origin"));
        assert!(!heard.headers["cache-control"].contains("public"));
    }
    assert!(get("/forget").headers["clear-site-data"].contains("cache"));
}

#[test]
fn another_host_or_origin_is_turned_away() {
    let port = place().port();
    assert_eq!(
        raw("GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close").status,
        421
    );
    assert_eq!(
        raw(&format!(
            "GET / HTTP/1.1\r\nHost: evil.example:{port}\r\nConnection: close"
        ))
        .status,
        421
    );
    assert_eq!(
        raw(&format!(
            "GET http://evil.example/ HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close"
        ))
        .status,
        421
    );
    let form = "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 0\r\nConnection: close";
    for from in [
        "Origin: http://evil.example",
        "Origin: null",
        "Sec-Fetch-Site: cross-site",
    ] {
        let heard = raw(&format!(
            "POST /interview HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{from}\r\n{form}"
        ));
        assert_eq!(heard.status, 403, "{from}");
    }
}

#[test]
fn nonsense_is_answered_by_a_number_from_four_hundred_on_and_never_breaks_the_house() {
    let port = place().port();
    let host = format!("Host: 127.0.0.1:{port}\r\nConnection: close");
    let form = "Content-Type: application/x-www-form-urlencoded";
    let many: String = (0..100_000).map(|number| format!("X-{number}: y\r\n")).collect();
    for (head, least) in [
        (format!("GET /../../etc/passwd HTTP/1.1\r\n{host}"), 404),
        (format!("GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\n{host}"), 404),
        (format!("GET /%ff%fe HTTP/1.1\r\n{host}"), 400),
        (format!("DELETE / HTTP/1.1\r\n{host}"), 404),
        (format!("GET / HTTP/1.1\r\n{many}{host}"), 431),
        ("GET / HTTP/1.1\r\nConnection: close".to_owned(), 421),
        (format!("POST /answer HTTP/1.1\r\n{host}\r\nContent-Length: 0"), 400),
        (
            format!("POST /answer HTTP/1.1\r\n{host}\r\n{form}\r\nContent-Length: 99999999999"),
            413,
        ),
    ] {
        let heard = raw(&head);
        assert_eq!(heard.status, least, "{}", head.chars().take(80).collect::<String>());
    }
    let large = "x".repeat(5 << 20);
    let heard = post("/answer", &[("case", &large)]);
    assert!(heard.status == 413 || heard.status == 0, "{}", heard.status);
    assert_eq!(get("/").status, 200);
}

#[test]
fn whoever_is_slow_or_says_nothing_holds_nobody_up() {
    let mut slow: Vec<TcpStream> = (0..60).map(|_| TcpStream::connect(place()).unwrap()).collect();
    for socket in slow.iter_mut().take(30) {
        socket.write_all(b"GET / HTTP/1.1\r\nHo").unwrap();
    }
    let begun = Instant::now();
    assert_eq!(get("/").status, 200);
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
    // In the end they are hung up on.
    let first = &mut slow[0];
    first.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    let mut rest = Vec::new();
    let _ = first.read_to_end(&mut rest);
    assert!(begun.elapsed() < Duration::from_secs(25), "{:?}", begun.elapsed());
}

#[test]
fn a_taken_port_is_said_with_what_to_do() {
    let mut other = doors(None);
    other.port = place().port();
    let problem = format!("{:?}", other.open().unwrap_err());
    assert!(
        problem.contains("--port") && problem.contains("listens there already"),
        "{problem}"
    );
}

#[test]
fn another_address_than_the_loopback_needs_a_token() {
    let mut open = doors(None);
    open.address = "0.0.0.0".parse().unwrap();
    let problem = format!("{:?}", open.open().unwrap_err());
    assert!(problem.contains("--token"), "{problem}");

    let mut open = doors(Some("word"));
    open.address = "0.0.0.0".parse().unwrap();
    let open = open.open().unwrap();
    let port = open.address().unwrap().port();
    std::thread::spawn(move || open.serve(std::future::pending()));
    let ask = |more: &str| {
        let text = format!("GET / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n{more}\r\n");
        say(([127, 0, 0, 1], port).into(), text.as_bytes())
    };
    let unknown = ask("");
    assert_eq!(unknown.status, 401);
    assert!(unknown.headers["www-authenticate"].starts_with("Basic"));
    assert_eq!(ask("Authorization: Bearer word\r\n").status, 200);
}

#[test]
fn it_stops_when_it_is_told_to() {
    let open = doors(None).open().unwrap();
    let place = open.address().unwrap();
    let (stop, stopped) = std::sync::mpsc::channel::<()>();
    let served = std::thread::spawn(move || {
        open.serve(async move {
            while stopped.try_recv().is_err() {
                std::future::ready(()).await;
                tokio_pause().await;
            }
        })
    });
    let idle = TcpStream::connect(place).unwrap();
    let begun = Instant::now();
    stop.send(()).unwrap();
    served.join().unwrap().unwrap();
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
    drop(idle);
    assert!(TcpStream::connect(place).is_err());
}

/// A pause that lets others work.
async fn tokio_pause() {
    tokio::time::sleep(Duration::from_millis(10)).await;
}

#[test]
fn a_full_queue_says_when_to_come_back_and_pages_are_shown_meanwhile() {
    let open = doors(None).open().unwrap();
    let place = open.address().unwrap();
    std::thread::spawn(move || open.serve(std::future::pending()));
    let case = include_str!("../../../../cases/clinic-abdomen-alba.toml");
    let ask = |people: u32| {
        let length = case.len();
        let head = format!("POST /api/v1/assess?people={people} HTTP/1.1\r\nHost: {place}\r\nConnection: close");
        format!("{head}\r\nContent-Length: {length}\r\n\r\n{case}")
    };
    // More than are worked on and wait at a time, none of which comes to its end meanwhile.
    let mut many: Vec<TcpStream> = (0..80).map(|_| TcpStream::connect(place).unwrap()).collect();
    for socket in &mut many {
        socket.write_all(ask(20_000).as_bytes()).unwrap();
    }
    std::thread::sleep(Duration::from_secs(1));
    let begun = Instant::now();
    let refused = say(place, ask(50).as_bytes());
    assert_eq!(
        (refused.status, refused.headers["retry-after"].as_str()),
        (503, "10"),
        "{}",
        refused.body
    );
    let front = say(
        place,
        format!("GET / HTTP/1.1\r\nHost: {place}\r\nConnection: close\r\n\r\n").as_bytes(),
    );
    assert_eq!(front.status, 200);
    let check = ask(50).replace("assess?people=50", "check");
    let told = say(place, check.as_bytes());
    assert_eq!(told.status, 200, "what takes no time waits for nobody");
    assert!(begun.elapsed() < Duration::from_secs(3), "{:?}", begun.elapsed());
    // All of them leave, and the next is answered.
    drop(many);
    let tries = std::iter::repeat_with(|| {
        std::thread::sleep(Duration::from_millis(500));
        say(place, ask(50).as_bytes()).status
    });
    assert!(tries.take(60).any(|status| status == 200));
}
