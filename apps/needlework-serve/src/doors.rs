//! Opens the page: takes a port, answers whoever comes, and closes when it is told to.
//!
//! A connection may take ten seconds for its headers, of which there are at most a hundred; so many connections at a
//! time are served that a browser with many tabs fits in and a flood waits outside. Limits: HTTP/1.1.

use std::future::Future;
use std::io;
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use needlework::verdict::{Engine, Library};
use needlework_desk::problem::Problem;
use tokio::sync::{Semaphore, watch};

use crate::colour_sample::Samples;
use crate::guard::Guard;
use crate::house::House;
use crate::routes::router;
use crate::watched::Watched;
use crate::words::ENGLISH;
use crate::works::Works;

/// How long headers may take to arrive.
const HEADER_TIME: Duration = Duration::from_secs(10);

/// The most that the head of a request holds, in bytes.
const LARGEST_HEAD: usize = 64 * 1024;

/// Connections at a time.
const MOST_CONNECTIONS: usize = 256;

/// How long what is being answered may take after the stop.
const LAST_WORDS: Duration = Duration::from_secs(3);

/// What is to be opened.
#[derive(Debug)]
pub struct Doors {
    /// Where to listen.
    pub address: IpAddr,
    /// The port; 0 takes any that is free.
    pub port: u16,
    /// What whoever asks must know; needed anywhere but on the loopback.
    pub token: Option<String>,
    /// The bundled evidence.
    pub library: Library,
    /// This build.
    pub engine: Engine,
    /// Threads of each computation; 0 takes all that the machine has.
    pub threads: usize,
    /// The seed of all random numbers.
    pub seed: u64,
}

/// An open door: a port that is taken, and not answered yet.
#[derive(Debug)]
pub struct Open {
    listener: TcpListener,
    doors: Doors,
}

impl Doors {
    /// Takes the port.
    ///
    /// # Errors
    /// [`Problem`] where the port is taken or may not be used, or an address beside the loopback has no token.
    pub fn open(self) -> Result<Open, Problem> {
        if !self.address.is_loopback() && self.token.as_ref().is_none_or(String::is_empty) {
            return Err(Problem::input(
                format!(
                    "{} can be reached by other machines, and no token is asked for",
                    self.address
                ),
                "add --token WORD, which whoever opens the page must then know; or leave --address away",
            ));
        }
        let place = SocketAddr::new(self.address, self.port);
        let listener = TcpListener::bind(place).map_err(|error| {
            let help = match error.kind() {
                io::ErrorKind::AddrInUse => {
                    "something listens there already, perhaps this program: open it, or take another with --port \
                     NUMBER (0 takes any that is free)"
                }
                io::ErrorKind::PermissionDenied => "take a port from 1024 on, with --port NUMBER",
                _ => "take another with --port NUMBER, or leave --address away",
            };
            Problem::input(format!("cannot listen on {place}: {error}"), help)
        })?;
        listener.set_nonblocking(true).map_err(|error| failed(&error))?;
        Ok(Open { listener, doors: self })
    }
}

impl Open {
    /// Where it can be reached.
    ///
    /// # Errors
    /// [`Problem`] when the system does not say.
    pub fn address(&self) -> Result<SocketAddr, Problem> {
        self.listener.local_addr().map_err(|error| failed(&error))
    }

    /// Answers until `stop` is over, then lets what is being answered come to its end for a few seconds.
    ///
    /// # Errors
    /// [`Problem`] when the system gives no threads or sockets.
    pub fn serve(self, stop: impl Future<Output = ()>) -> Result<(), Problem> {
        self.begun(|| Ok(stop))
    }

    /// As [`Self::serve`], until Ctrl-C or a request to end; calls `ready` once either would be heard.
    ///
    /// # Errors
    /// As [`Self::serve`].
    pub fn serve_until_stopped(self, ready: impl FnOnce()) -> Result<(), Problem> {
        self.begun(|| {
            let stop = stopped()?;
            ready();
            Ok(stop)
        })
    }

    /// Answers until what `begin` gives is over; it is called where signals can be heard.
    fn begun<Stop: Future<Output = ()>>(self, begin: impl FnOnce() -> io::Result<Stop>) -> Result<(), Problem> {
        let port = self.address()?.port();
        let doors = self.doors;
        let house = Arc::new(House {
            library: doors.library,
            engine: doors.engine,
            threads: doors.threads,
            seed: doors.seed,
            guard: Guard {
                address: doors.address,
                port,
                token: doors.token,
            },
            works: Works::new(),
            samples: Samples::default(),
            watched: Watched::default(),
            words: &ENGLISH,
        });
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .build()
            .map_err(|error| failed(&error))?;
        let done = runtime.block_on(async {
            let stop = begin().map_err(|error| failed(&error))?;
            answer(self.listener, house, stop).await
        });
        runtime.shutdown_timeout(LAST_WORDS);
        done
    }
}

/// Answers whoever comes.
async fn answer(listener: TcpListener, house: Arc<House>, stop: impl Future<Output = ()>) -> Result<(), Problem> {
    let listener = tokio::net::TcpListener::from_std(listener).map_err(|error| failed(&error))?;
    let service = TowerToHyperService::new(router(Arc::clone(&house)));
    let places = Arc::new(Semaphore::new(MOST_CONNECTIONS));
    let (closing, closes) = watch::channel(());
    let mut stop = pin!(stop);
    // Ends: with the stop, which whoever opened the door gives.
    loop {
        let Ok(place) = Arc::clone(&places).acquire_owned().await else {
            break;
        };
        let socket = tokio::select! {
            () = &mut stop => break,
            accepted = listener.accept() => accepted,
        };
        let Ok((socket, _)) = socket else {
            // Too many files are open, or the other side has gone: neither passes by asking at once.
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let service = service.clone();
        let mut closes = closes.clone();
        tokio::spawn(async move {
            let connection = http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(HEADER_TIME)
                .max_buf_size(LARGEST_HEAD)
                .serve_connection(TokioIo::new(socket), service);
            let mut connection = pin!(connection);
            // What goes wrong on a connection is the end of that connection, and nobody else's concern.
            let _ = tokio::select! {
                done = &mut connection => done,
                _ = closes.changed() => {
                    connection.as_mut().graceful_shutdown();
                    connection.await
                }
            };
            drop((place, closes));
        });
    }
    drop(listener);
    house.works.close();
    let _ = closing.send(());
    drop(closes);
    // The last connection drops the last of the receivers.
    let _ = tokio::time::timeout(LAST_WORDS, closing.closed()).await;
    Ok(())
}

/// Ctrl-C, or a request to end; heard from the call on.
#[cfg(unix)]
fn stopped() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut interrupted, mut ended) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interrupted.recv() => {}
            _ = ended.recv() => {}
        }
    })
}

/// Ctrl-C.
#[cfg(not(unix))]
fn stopped() -> io::Result<impl Future<Output = ()>> {
    Ok(async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    })
}

fn failed(error: &io::Error) -> Problem {
    Problem::failed(format!("the page cannot be served: {error}"), "please report this")
}
