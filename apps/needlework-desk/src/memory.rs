//! How much memory can be had, how much work needs, and a refusal before the start where it does not fit.
//!
//! What can be had is the least of: what the machine has left (`/proc/meminfo`), what the control group leaves (version
//! 1 and 2, for every group above too), and what the limits of the process leave (address space, data). Where the
//! system does not say, nothing is refused.
//!
//! What work needs is an estimate from measured runs, rounded up: so many bytes for each virtual person, world, design
//! or needle. It is no bound that the system holds; it is there so that a large run is refused with a reason instead of
//! being killed without one.

use std::fs;
use std::path::{Path, PathBuf};

use crate::problem::Problem;
use crate::screen::complain;

/// What the program takes for itself: evidence, tables of the report, pages.
const ITSELF: u64 = 60_000_000;
/// Measured for a virtual person: 10 kB of the answer, 15 kB with every output.
pub const PERSON: u64 = 20_000;
/// Likewise with germs, where each step of hygiene is left out in turn.
pub const GERMS: u64 = 25_000;
/// Likewise for a world of one needle: 8 kB.
const WORLD: u64 = 12_000;
/// Likewise for a needle that comes down on the plot, with its line of the table: 150 bytes.
const LANDING: u64 = 220;
/// Likewise for a design in a world, and for a design with its line of the tables.
const DESIGN: (u64, u64) = (100, 4_000);
/// Likewise for a stack of layers at a wavelength, and for one whose light is followed packet by packet.
const STACK: (u64, u64) = (15_000, 100_000);
/// Likewise for a pixel while its picture is made, and in each picture that is kept; and how many of these there are.
const PIXEL: (u64, u64) = (450, 12);
const PICTURES: u64 = 16;
/// From here on memory is stated before the work.
const STATED: u64 = 500_000_000;
/// Address space that a thread reserves: its stack, and room for what it allocates.
const THREAD: u64 = 140_000_000;

/// Whose limit it is where the process itself is limited.
const PROCESS: &str = "the limit of this process (ulimit)";

/// Memory that can be had, and whose limit that is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Room {
    /// Bytes.
    pub bytes: u64,
    /// Whose limit it is, in a sentence that ends with "leaves".
    pub of: &'static str,
}

/// What can be had here and now; nothing where the system does not say.
pub fn room() -> Option<Room> {
    room_under(Path::new("/"))
}

/// As [`room`], for a system whose files stand below a folder.
fn room_under(root: &Path) -> Option<Room> {
    let mut rooms = Vec::new();
    let text = |path: &str| fs::read_to_string(root.join(path)).unwrap_or_default();
    if let Some(bytes) = line(&text("proc/meminfo"), "MemAvailable:").map(|kilobytes| kilobytes.saturating_mul(1024)) {
        rooms.push(Room {
            bytes,
            of: "the machine",
        });
    }
    rooms.extend(groups(root, &text("proc/self/cgroup")).map(|bytes| Room {
        bytes,
        of: "the control group of this process",
    }));
    let (limits, status) = (text("proc/self/limits"), text("proc/self/status"));
    for (limit, used) in [("Max address space", "VmSize:"), ("Max data size", "VmData:")] {
        // A line is: name, soft limit, hard limit, unit.
        if let Some(most) = line(&limits, limit) {
            let used = line(&status, used).unwrap_or(0).saturating_mul(1024);
            rooms.push(Room {
                bytes: most.saturating_sub(used),
                of: PROCESS,
            });
        }
    }
    rooms.into_iter().min_by_key(|room| room.bytes)
}

/// The first number behind a name at the beginning of a line.
fn line(text: &str, name: &str) -> Option<u64> {
    let rest = text.lines().find_map(|line| line.strip_prefix(name))?;
    rest.split_whitespace().next()?.parse().ok()
}

/// What the control groups of a process leave.
fn groups(root: &Path, listed: &str) -> Option<u64> {
    let mut least = None;
    for group in listed.lines() {
        let mut cells = group.splitn(3, ':');
        let (Some(_), Some(controllers), Some(path)) = (cells.next(), cells.next(), cells.next()) else {
            continue;
        };
        let (base, most, used, cache) = if controllers.is_empty() {
            ("sys/fs/cgroup", "memory.max", "memory.current", "inactive_file ")
        } else if controllers.split(',').any(|one| one == "memory") {
            (
                "sys/fs/cgroup/memory",
                "memory.limit_in_bytes",
                "memory.usage_in_bytes",
                "total_inactive_file ",
            )
        } else {
            continue;
        };
        let base = root.join(base);
        let path = path.trim_start_matches('/');
        // Every group above holds as well. Inside a container the names above are another's, and the folder itself is
        // the group.
        for folder in Path::new(path).ancestors() {
            let folder: PathBuf = base.join(folder);
            let number =
                |name: &str| -> Option<u64> { fs::read_to_string(folder.join(name)).ok()?.trim().parse().ok() };
            let Some(most) = number(most) else { continue };
            let stat = fs::read_to_string(folder.join("memory.stat")).unwrap_or_default();
            let held = number(used)
                .unwrap_or(0)
                .saturating_sub(line(&stat, cache).unwrap_or(0));
            let left = most.saturating_sub(held);
            least = Some(least.map_or(left, |least: u64| least.min(left)));
        }
    }
    least
}

/// An amount of memory in words.
pub fn size(bytes: u64) -> String {
    match bytes {
        0..1_000_000 => format!("{} kB", bytes.div_ceil(1000)),
        1_000_000..1_000_000_000 => format!("{} MB", bytes.div_ceil(1_000_000)),
        _ => format!("{:.1} GB", bytes as f64 / 1e9),
    }
}

/// Refuses work that does not fit, and states what large work takes.
///
/// # Errors
/// [`Problem`] that says what is needed, what can be had, and what to do.
pub fn take(needed: u64, less: &str) -> Result<(), Problem> {
    if let Some(room) = room().filter(|room| needed > room.bytes) {
        return Err(Problem::input(
            format!(
                "this needs about {} of memory, and {} leaves {}",
                size(needed),
                room.of,
                size(room.bytes)
            ),
            less,
        ));
    }
    if needed > STATED {
        complain(&format!("This takes about {} of memory.", size(needed)));
    }
    Ok(())
}

/// An amount with room for what lies between what is counted, and for what threads reserve where address space is what
/// is limited.
pub fn roomy(bytes: u64, threads: usize, room: Room) -> u64 {
    let reserved = if room.of == PROCESS { threads as u64 * THREAD } else { 0 };
    ITSELF + bytes + bytes / 10 + reserved
}

/// Memory of virtual people.
pub fn of_people(count: usize, each: u64) -> u64 {
    ITSELF + count as u64 * each
}

/// Memory of one needle in many worlds and of the needles that come down on its plot.
pub fn of_needles(worlds: u64, landings: u64) -> u64 {
    ITSELF + worlds * WORLD + landings.saturating_mul(LANDING)
}

/// Memory of designs in worlds.
pub fn of_designs(designs: u64, worlds: u64) -> u64 {
    ITSELF + designs.saturating_mul(DESIGN.1.saturating_add(worlds.saturating_mul(DESIGN.0)))
}

/// Memory of stacks of layers, whose light is followed packet by packet or not.
pub fn of_stacks(stacks: u64, packets: bool) -> u64 {
    ITSELF + stacks.saturating_mul(if packets { STACK.1 } else { STACK.0 })
}

/// Memory of pictures of so many pixels along a side, and of the people who are drawn.
pub fn of_pictures(pixels: u16, people: usize) -> u64 {
    u64::from(pixels).pow(2) * (PIXEL.0 + PICTURES * PIXEL.1) + of_people(people, PERSON)
}

/// Threads to start when so many are asked for (0: as many as the machine has): no more than help, and no more than
/// there is room for. What is computed does not depend on it.
pub fn threads(asked: u16) -> u16 {
    // More threads than processors only wait for each other; some more than there are do no harm and can be tried out
    // anywhere.
    const MOST: usize = 16;
    let machine = std::thread::available_parallelism().map_or(1, usize::from);
    let wanted = match usize::from(asked) {
        0 => machine,
        asked => asked.min(machine.max(MOST)),
    };
    // Half of what can be had is for the work itself.
    let roomy = room().map_or(wanted as u64, |room| room.bytes / 2 / THREAD);
    u16::try_from(wanted.min(usize::try_from(roomy).unwrap_or(wanted)).max(1)).unwrap_or(1)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn system(files: &[(&str, &str)]) -> Option<Room> {
        let root = tempfile::tempdir().unwrap();
        for (name, content) in files {
            let path = root.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, content).unwrap();
        }
        room_under(root.path())
    }

    const MACHINE: (&str, &str) = ("proc/meminfo", "MemTotal: 9000000 kB\nMemAvailable:    8000000 kB\n");

    #[test]
    fn the_least_of_all_limits_is_what_can_be_had() {
        assert_eq!(system(&[]), None);
        assert_eq!(system(&[MACHINE]).unwrap().bytes, 8_192_000_000);
        let two = [
            MACHINE,
            ("proc/self/cgroup", "0::/a/b\n"),
            ("sys/fs/cgroup/a/b/memory.max", "max\n"),
            ("sys/fs/cgroup/a/memory.max", "1000000\n"),
            ("sys/fs/cgroup/a/memory.current", "700000\n"),
            ("sys/fs/cgroup/a/memory.stat", "anon 1\ninactive_file 200000\n"),
        ];
        assert_eq!(system(&two).unwrap().bytes, 500_000);
        let one = [
            MACHINE,
            ("proc/self/cgroup", "5:cpu:/x\n4:memory,hugetlb:/c\n"),
            ("sys/fs/cgroup/memory/c/memory.limit_in_bytes", "3000000\n"),
            ("sys/fs/cgroup/memory/c/memory.usage_in_bytes", "1000000\n"),
        ];
        assert_eq!(system(&one).unwrap().bytes, 2_000_000);
        // In a container the folder itself is the group.
        let inside = [
            MACHINE,
            ("proc/self/cgroup", "0::/\n"),
            ("sys/fs/cgroup/memory.max", "4000000\n"),
        ];
        assert_eq!(system(&inside).unwrap().bytes, 4_000_000);
        let limited = [
            MACHINE,
            (
                "proc/self/limits",
                "Limit  Soft Hard Units\nMax address space         500000000  unlimited  bytes\nMax data size  \
                    unlimited unlimited bytes\n",
            ),
            ("proc/self/status", "VmPeak: 1 kB\nVmSize:\t  100000 kB\n"),
        ];
        let room = system(&limited).unwrap();
        assert_eq!(room.bytes, 500_000_000 - 102_400_000);
        assert!(room.of.contains("ulimit"));
    }

    #[test]
    fn threads_are_few_enough_to_help_and_at_least_one() {
        assert!((1..=1024).contains(&threads(0)));
        assert!(threads(1024) <= 1024 && threads(1024) >= 1);
        assert_eq!(threads(1), 1);
    }
}
