//! The local page under load: `cargo run --release -p needlework-benches --bin load -- target/release/needlework`.
//!
//! 50 programs assess at once for a minute, 200 people each, over the loopback. Every body is held byte for byte to
//! what the command line prints for the same case and seed. Meanwhile the front page is asked for ten times a second.
//! Then the command line does the same assessments one after another, and the times are compared. A program that is
//! told to come back does so, as late as it is told.
//!
//! A table in Markdown is printed, never a pass or a fail; `benches/load.md` keeps some. A second argument is the
//! seconds. Limits: programs, page and command line share one machine; memory and processor time are
//! known on Linux only.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Programs at once.
const CLIENTS: usize = 50;
/// How long they go on asking.
const SECONDS: u64 = 60;
/// Virtual people of an assessment.
const PEOPLE: &str = "200";
/// Between two looks at the front page.
const PAUSE: Duration = Duration::from_millis(100);
/// An answer that takes longer is lost; the page itself gives up after as long.
const PATIENCE: Duration = Duration::from_secs(600);
/// What is assessed, in turn: plans that no rule stops, one that is refused, one that nobody has tested.
const CASES: [&str; 4] = [
    "clinic-abdomen-alba",
    "clinic-thigh-rubra",
    "home-roller-1.5mm",
    "home-roller-0.2mm",
];

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let program = arguments.next();
    let seconds = arguments.next().map_or(Ok(SECONDS), |text| text.parse());
    let (Some(program), Ok(seconds)) = (program, seconds) else {
        let _ = writeln!(
            std::io::stderr().lock(),
            "name the program, and seconds where not {SECONDS}: load target/release/needlework [SECONDS]"
        );
        return ExitCode::from(2);
    };
    match run(Path::new(&program), Duration::from_secs(seconds)) {
        Ok(text) => {
            let _ = write!(std::io::stdout().lock(), "{text}");
            ExitCode::SUCCESS
        }
        Err(why) => {
            let _ = writeln!(std::io::stderr().lock(), "no table: {why}");
            ExitCode::FAILURE
        }
    }
}

/// What is asked, with the answer of the command line.
struct Asked {
    path: PathBuf,
    text: String,
    answer: Vec<u8>,
}

/// What the programs met.
#[derive(Default)]
struct Met {
    /// Right answers, by case.
    right: BTreeMap<usize, usize>,
    wrong: usize,
    lost: usize,
    /// How often one was told to come back.
    put_off: usize,
    /// How long answers took, being put off and all.
    taken: Vec<Duration>,
}

fn run(program: &Path, long: Duration) -> Result<String, String> {
    let asked: Vec<Asked> = CASES
        .iter()
        .map(|case| Asked::of(program, case))
        .collect::<Result<_, _>>()?;
    let served = Served::by(program)?;
    let begun = Instant::now();
    let over = AtomicBool::new(false);
    let (met, mut looks) = std::thread::scope(|scope| {
        let watching = scope.spawn(|| looks(&served.host, &over));
        let clients: Vec<_> = (0..CLIENTS)
            .map(|first| {
                let (host, asked) = (&served.host, &asked);
                scope.spawn(move || client(host, asked, first, begun + long))
            })
            .collect();
        let met: Vec<_> = clients.into_iter().map(|one| one.join()).collect();
        over.store(true, Ordering::Relaxed);
        let mut all = Met::default();
        for one in met {
            let one = one.map_err(|_| "a client broke")?;
            for (case, count) in one.right {
                *all.right.entry(case).or_default() += count;
            }
            all.wrong += one.wrong;
            all.lost += one.lost;
            all.put_off += one.put_off;
            all.taken.extend(one.taken);
        }
        let looks = watching.join().map_err(|_| "the look at the page broke")?;
        Ok::<_, String>((all, looks))
    })?;
    let served_for = begun.elapsed();
    let memory = peak_mb(served.child.id());
    let served_work = work(&served.child.id().to_string(), OWN_WORK);
    drop(served);
    let before = work("self", WORK_OF_CHILDREN);
    let (own, differ) = one_after_another(program, &asked, &met.right)?;
    let own_work = work("self", WORK_OF_CHILDREN)
        .zip(before)
        .map(|(after, before)| after - before);
    let work_ratio = served_work.zip(own_work).map_or_else(
        || "not known".to_owned(),
        |(served, own)| format!("{served:.1} s / {own:.1} s = {:.2}", served / own),
    );
    let answers: usize = met.right.values().sum();
    let mut taken = met.taken;
    let ms = |times: &mut [Duration]| {
        let [half, most, all] = [0.5, 0.95, 1.0].map(|share| at(times, share).as_secs_f64() * 1e3);
        format!("{half:.0} / {most:.0} / {all:.0} ms")
    };
    let failed = looks.iter().filter(|look| look.is_none()).count();
    let mut shown: Vec<Duration> = looks.drain(..).flatten().collect();
    let ratio = served_for.as_secs_f64() / own.as_secs_f64();
    let rows = [
        ("programs at once, for", "", format!("{CLIENTS}, {} s", long.as_secs())),
        ("right answers, to the byte", "all", answers.to_string()),
        ("lost answers", "0", met.lost.to_string()),
        ("wrong answers", "0", met.wrong.to_string()),
        ("told to come back, and did", "", met.put_off.to_string()),
        ("an answer took (median / 95 % / longest)", "", ms(&mut taken)),
        (
            "until all were answered",
            "",
            format!("{:.1} s", served_for.as_secs_f64()),
        ),
        (
            "the same, one after another by the command line",
            "",
            format!("{:.1} s, {differ} differ", own.as_secs_f64()),
        ),
        ("ratio of these times", "at most 1.3", format!("{ratio:.2}")),
        ("processor time of the page and of the command line", "", work_ratio),
        (
            "most memory of the page",
            "below 1000 MB",
            memory.map_or_else(|| "not known".to_owned(), |mb| format!("{mb:.0} MB")),
        ),
        (
            "the front page meanwhile (median / 95 % / longest)",
            "below 200 ms",
            ms(&mut shown),
        ),
        (
            "looks at the front page, failed ones",
            "",
            format!("{}, {failed}", shown.len() + failed),
        ),
    ];
    let mut text = format!("{}\n\n| what | goal | found |\n|---|---|---|\n", machine());
    for (what, goal, found) in rows {
        text.push_str(&format!("| {what} | {goal} | {found} |\n"));
    }
    Ok(text)
}

impl Asked {
    /// A published case, and what the command line prints for it.
    fn of(program: &Path, case: &str) -> Result<Self, String> {
        let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("../cases");
        let path = cases.join(format!("{case}.toml"));
        let text = std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        let answer = answer(program, &path)?;
        Ok(Self { path, text, answer })
    }
}

/// What the command line prints.
fn answer(program: &Path, case: &Path) -> Result<Vec<u8>, String> {
    let done = Command::new(program)
        .arg("assess")
        .arg(case)
        .args(["--people", PEOPLE, "--json"])
        .output()
        .map_err(|error| format!("{} cannot be started: {error}", program.display()))?;
    if !done.status.success() {
        return Err(format!("assess failed: {}", String::from_utf8_lossy(&done.stderr)));
    }
    Ok(done.stdout)
}

/// Does each case as often as it was answered; how long that takes, and how many answers differ.
fn one_after_another(
    program: &Path,
    asked: &[Asked],
    counts: &BTreeMap<usize, usize>,
) -> Result<(Duration, usize), String> {
    let begun = Instant::now();
    let mut differ = 0;
    for (case, count) in counts {
        for _ in 0..*count {
            differ += usize::from(answer(program, &asked[*case].path)? != asked[*case].answer);
        }
    }
    Ok((begun.elapsed(), differ))
}

/// A page that is served; it ends with the measurement.
struct Served {
    child: Child,
    host: String,
}

impl Served {
    fn by(program: &Path) -> Result<Self, String> {
        let mut child = Command::new(program)
            .args(["serve", "--port", "0"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("{} cannot be started: {error}", program.display()))?;
        let mut line = String::new();
        let said = child.stdout.take().map(|out| BufReader::new(out).read_line(&mut line));
        let host = line.split("http://").nth(1).unwrap_or_default();
        let host = host.trim().trim_end_matches('/').to_owned();
        let served = Self { child, host };
        if served.host.is_empty() {
            return Err(format!("serve doesn't say where the page is: {line} ({said:?})"));
        }
        Ok(served)
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// One program: it asks until the time is over, and waits for the last answer.
fn client(host: &str, asked: &[Asked], first: usize, until: Instant) -> Met {
    let mut met = Met::default();
    let mut begun = Instant::now();
    let mut next = first;
    // Ends: with the time.
    while Instant::now() < until {
        let case = next % asked.len();
        let path = format!("/api/v1/assess?people={PEOPLE}");
        match exchange(host, "POST", &path, &asked[case].text) {
            Ok(answer) if answer.status == 503 => {
                met.put_off += 1;
                std::thread::sleep(Duration::from_secs(answer.come_back.unwrap_or(1)));
                continue;
            }
            Ok(answer) if answer.status == 200 && answer.body == asked[case].answer => {
                *met.right.entry(case).or_default() += 1;
            }
            Ok(_) => met.wrong += 1,
            Err(_) => met.lost += 1,
        }
        met.taken.push(begun.elapsed());
        begun = Instant::now();
        next += 1;
    }
    met
}

/// How long the front page takes, again and again; nothing where it fails.
fn looks(host: &str, over: &AtomicBool) -> Vec<Option<Duration>> {
    let mut found = Vec::new();
    // Ends: when the programs have their answers.
    while !over.load(Ordering::Relaxed) {
        let begun = Instant::now();
        let fine = exchange(host, "GET", "/", "").is_ok_and(|answer| answer.status == 200);
        found.push(fine.then(|| begun.elapsed()));
        std::thread::sleep(PAUSE);
    }
    found
}

/// What comes back.
struct Answer {
    status: u16,
    /// After how many seconds one should come back.
    come_back: Option<u64>,
    body: Vec<u8>,
}

/// Asks, and reads the whole answer.
fn exchange(host: &str, method: &str, path: &str, body: &str) -> Result<Answer, String> {
    let wrong = |error: std::io::Error| error.to_string();
    let mut socket = TcpStream::connect(host).map_err(wrong)?;
    socket.set_read_timeout(Some(PATIENCE)).map_err(wrong)?;
    let length = body.len();
    let head = format!("{method} {path} HTTP/1.0\r\nHost: {host}\r\nContent-Length: {length}\r\n\r\n");
    socket.write_all(format!("{head}{body}").as_bytes()).map_err(wrong)?;
    let mut said = Vec::new();
    socket.read_to_end(&mut said).map_err(wrong)?;
    read(&said).ok_or_else(|| "the answer is cut off".to_owned())
}

/// An answer from its bytes; nothing where it is not whole.
fn read(said: &[u8]) -> Option<Answer> {
    const END: &[u8] = b"\r\n\r\n";
    let ends = said.windows(END.len()).position(|window| window == END)?;
    let head = std::str::from_utf8(&said[..ends]).ok()?;
    let mut lines = head.split("\r\n");
    let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
    let fields: Vec<(String, &str)> = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.trim()))
        .collect();
    let number = |wanted: &str| -> Option<u64> {
        let (_, value) = fields.iter().find(|(name, _)| name == wanted)?;
        value.parse().ok()
    };
    let body = said[ends + END.len()..].to_vec();
    let whole = number("content-length").is_none_or(|length| length == body.len() as u64);
    whole.then_some(Answer {
        status,
        come_back: number("retry-after"),
        body,
    })
}

/// The time that a share of all stays below; zero where there is none.
fn at(times: &mut [Duration], share: f64) -> Duration {
    times.sort();
    let place = (share * times.len() as f64).ceil() as usize;
    times.get(place.saturating_sub(1)).copied().unwrap_or_default()
}

/// Where `/proc/PID/stat` has the processor time of a process, and of its children that have ended, counted from what
/// follows its name.
const OWN_WORK: usize = 11;
const WORK_OF_CHILDREN: usize = 13;
/// Linux tells processor time in hundredths of a second.
const TICKS: f64 = 100.0;

/// Processor time, of users and of the system, in seconds.
fn work(process: &str, first: usize) -> Option<f64> {
    let text = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    let (_, fields) = text.rsplit_once(") ")?;
    let both: Vec<f64> = fields
        .split(' ')
        .skip(first)
        .take(2)
        .filter_map(|text| text.parse().ok())
        .collect();
    (both.len() == 2).then(|| (both[0] + both[1]) / TICKS)
}

/// The most memory that a process ever held, in MB.
fn peak_mb(process: u32) -> Option<f64> {
    field_kb(&format!("/proc/{process}/status"), "VmHWM:")
}

fn field_kb(path: &str, name: &str) -> Option<f64> {
    let text = std::fs::read_to_string(path).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix(name))?;
    let kb: f64 = line.split_whitespace().next()?.parse().ok()?;
    Some(kb * 1024.0 / 1e6)
}

/// What it ran on.
fn machine() -> String {
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    let model = std::fs::read_to_string("/proc/cpuinfo").ok().and_then(|text| {
        let line = text.lines().find(|line| line.starts_with("model name"))?;
        line.split_once(':').map(|(_, model)| model.trim().to_owned())
    });
    let memory = field_kb("/proc/meminfo", "MemTotal:").map(|mb| format!("{:.0} GB of memory", mb / 1e3));
    let busy = std::fs::read_to_string("/proc/loadavg")
        .ok()
        .and_then(|text| text.split(' ').next().map(|load| format!("load {load} in the end")));
    let known: Vec<String> = [Some(format!("{processors} processors")), model, memory, busy]
        .into_iter()
        .flatten()
        .collect();
    known.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_read_whole_or_not_at_all() {
        let whole = read(b"HTTP/1.0 503 Busy\r\nRetry-After: 10\r\nContent-Length: 2\r\n\r\nno").unwrap();
        assert_eq!(
            (whole.status, whole.come_back, whole.body.as_slice()),
            (503, Some(10), &b"no"[..])
        );
        assert!(read(b"HTTP/1.0 200 OK\r\nContent-Length: 3\r\n\r\nno").is_none());
        assert!(read(b"HTTP/1.0 200 OK\r\n").is_none());
    }

    #[test]
    fn a_share_of_times_is_one_of_them() {
        let mut times: Vec<Duration> = (1..=20).rev().map(Duration::from_millis).collect();
        assert_eq!(at(&mut times, 0.5).as_millis(), 10);
        assert_eq!(at(&mut times, 0.95).as_millis(), 19);
        assert_eq!(at(&mut times, 1.0).as_millis(), 20);
        assert_eq!(at(&mut [], 0.5), Duration::ZERO);
    }
}
