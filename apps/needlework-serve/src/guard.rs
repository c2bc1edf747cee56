//! Who may ask: the own address by its own name, forms of the own pages, and where it is not the loopback, the token.
//!
//! A page from elsewhere can make a browser ask the loopback under a name of its own (DNS rebinding), or send a form
//! there (cross-site request forgery). Both say from where they come: in `Host`, in `Origin` and in `Sec-Fetch-Site`.
//! Programs such as curl say neither of the last two. Limits: whoever may run programs on this machine may ask as well,
//! as they may run the command line.

use std::net::IpAddr;

use axum::extract::Request;
use axum::http::header::{AUTHORIZATION, HOST, ORIGIN};
use axum::http::{HeaderMap, Method};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

/// What is held of every request.
#[derive(Debug)]
pub(crate) struct Guard {
    /// Where it listens.
    pub(crate) address: IpAddr,
    /// Its port.
    pub(crate) port: u16,
    /// What whoever asks must know.
    pub(crate) token: Option<String>,
}

/// Why a request is turned away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Turned {
    /// It names another host.
    Host,
    /// It comes from another page.
    Origin,
    /// It does not know the token.
    Token,
}

impl Guard {
    /// Lets a request in.
    ///
    /// # Errors
    /// [`Turned`] saying why not.
    pub(crate) fn lets_in(&self, request: &Request) -> Result<(), Turned> {
        let headers = request.headers();
        let host = only(headers, HOST.as_str()).ok_or(Turned::Host)?;
        let of_address = request.uri().authority().is_none_or(|own| own.as_str() == host);
        if !of_address || !self.is_own(host) {
            return Err(Turned::Host);
        }
        let changes = !matches!(*request.method(), Method::GET | Method::HEAD);
        if changes && !is_from_here(headers, host) {
            return Err(Turned::Origin);
        }
        match &self.token {
            Some(token) if !knows(headers, token) => Err(Turned::Token),
            _ => Ok(()),
        }
    }

    /// Whether a host, with its port, is this one. A name can be made to point anywhere, so that only the names of the
    /// loopback count, and elsewhere addresses.
    fn is_own(&self, host: &str) -> bool {
        let (name, port) = match host.rsplit_once(':') {
            Some((name, port)) if !port.ends_with(']') => (name, port.parse().ok()),
            _ => (host, Some(80)),
        };
        let bare = name.trim_start_matches('[').trim_end_matches(']');
        let address = bare.parse::<IpAddr>().ok();
        let is_loopback = name.eq_ignore_ascii_case("localhost") || address.is_some_and(|own| own.is_loopback());
        let is_elsewhere = !self.address.is_loopback() && address.is_some();
        port == Some(self.port) && (is_loopback || is_elsewhere)
    }
}

/// The only value of a header; none where it is missing, repeated or no text.
fn only<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (Some(value), None) => value.to_str().ok(),
        _ => None,
    }
}

/// Whether a form was sent by a page of this host, or by a program.
fn is_from_here(headers: &HeaderMap, host: &str) -> bool {
    let of_page = match headers.get(ORIGIN) {
        None => true,
        Some(_) => only(headers, ORIGIN.as_str()) == Some(&format!("http://{host}")),
    };
    let of_site = match headers.get("sec-fetch-site") {
        None => true,
        Some(site) => site == "same-origin" || site == "none",
    };
    of_page && of_site
}

/// Whether whoever asks knows the token, as a bearer or as the password that a browser asks for.
fn knows(headers: &HeaderMap, token: &str) -> bool {
    let Some(said) = only(headers, AUTHORIZATION.as_str()) else {
        return false;
    };
    let word = match said.split_once(' ') {
        Some((kind, word)) if kind.eq_ignore_ascii_case("bearer") => word.trim().as_bytes().to_vec(),
        Some((kind, word)) if kind.eq_ignore_ascii_case("basic") => {
            let pair = BASE64_STANDARD.decode(word.trim()).unwrap_or_default();
            pair.splitn(2, |byte| *byte == b':').nth(1).unwrap_or_default().to_vec()
        }
        _ => return false,
    };
    // As long for a wrong word as for the right one, so that time tells nothing of it.
    let differs = word
        .iter()
        .zip(token.bytes())
        .fold(0, |all, (one, other)| all | (one ^ other));
    word.len() == token.len() && differs == 0
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::net::Ipv4Addr;

    use axum::body::Body;

    use super::*;

    fn guard(address: [u8; 4], token: Option<&str>) -> Guard {
        Guard {
            address: IpAddr::V4(Ipv4Addr::from(address)),
            port: 8642,
            token: token.map(str::to_owned),
        }
    }

    fn request(method: &str, headers: &[(&str, &str)]) -> Request {
        let mut request = Request::builder().method(method).uri("/");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        request.body(Body::empty()).unwrap()
    }

    #[test]
    fn only_the_own_names_of_the_loopback_are_answered_to() {
        let guard = guard([127, 0, 0, 1], None);
        for host in ["127.0.0.1:8642", "localhost:8642", "LOCALHOST:8642", "[::1]:8642"] {
            assert_eq!(guard.lets_in(&request("GET", &[("host", host)])), Ok(()), "{host}");
        }
        for host in [
            "evil.example:8642",
            "127.0.0.1",
            "127.0.0.1:80",
            "127.0.0.1.evil.example:8642",
            "10.0.0.1:8642",
            "",
        ] {
            assert_eq!(
                guard.lets_in(&request("GET", &[("host", host)])),
                Err(Turned::Host),
                "{host}"
            );
        }
        assert_eq!(guard.lets_in(&request("GET", &[])), Err(Turned::Host));
        let twice = [("host", "127.0.0.1:8642"), ("host", "evil.example:8642")];
        assert_eq!(guard.lets_in(&request("GET", &twice)), Err(Turned::Host));
    }

    #[test]
    fn forms_of_other_pages_are_refused() {
        let guard = guard([127, 0, 0, 1], None);
        let host = ("host", "127.0.0.1:8642");
        let own = [
            host,
            ("origin", "http://127.0.0.1:8642"),
            ("sec-fetch-site", "same-origin"),
        ];
        assert_eq!(guard.lets_in(&request("POST", &own)), Ok(()));
        assert_eq!(
            guard.lets_in(&request("POST", &[host])),
            Ok(()),
            "a program says nothing"
        );
        for other in [
            ("origin", "http://evil.example"),
            ("origin", "null"),
            ("origin", "http://localhost:8642"),
            ("origin", "http://127.0.0.1:9000"),
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-site", "same-site"),
        ] {
            assert_eq!(
                guard.lets_in(&request("POST", &[host, other])),
                Err(Turned::Origin),
                "{other:?}"
            );
            assert_eq!(
                guard.lets_in(&request("GET", &[host, other])),
                Ok(()),
                "a link is no harm"
            );
        }
    }

    #[test]
    fn elsewhere_only_addresses_and_the_token_let_in() {
        let guard = guard([0, 0, 0, 0], Some("a:b"));
        let host = ("host", "192.168.0.7:8642");
        // "me:a:b" and ":a:b" as base64.
        for word in ["Bearer a:b", "bearer a:b", "Basic bWU6YTpi", "Basic OmE6Yg=="] {
            assert_eq!(
                guard.lets_in(&request("GET", &[host, ("authorization", word)])),
                Ok(()),
                "{word}"
            );
        }
        for word in [
            "Bearer a:c",
            "Bearer a:bb",
            "Bearer",
            "Basic a:b",
            "Digest a:b",
            "Bearer ",
        ] {
            assert_eq!(
                guard.lets_in(&request("GET", &[host, ("authorization", word)])),
                Err(Turned::Token),
                "{word}"
            );
        }
        let named = [("host", "rebound.example:8642"), ("authorization", "Bearer a:b")];
        assert_eq!(guard.lets_in(&request("GET", &named)), Err(Turned::Host));
    }
}
