//! An archive whose bytes depend on what it holds alone: `.tar.gz` with sorted entries of owner 0, two modes, one time.
//!
//! The time is an argument. The header of gzip names no time and no file, so packing the same files twice gives the
//! same bytes.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io;

use flate2::{Compression, GzBuilder};
use sha2::{Digest, Sha256};
use tar::{Builder, EntryType, Header};

/// Where the checksums of all other files stand.
pub const SUMS: &str = "SHA256SUMS";

/// Mode of folders and programs, and of all else.
const RUNS: u32 = 0o755;
const READ: u32 = 0o644;

/// A file of the archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Packed {
    /// What it holds.
    pub content: Vec<u8>,
    /// Is it a program?
    pub runs: bool,
}

/// Files by their paths below the top folder, with forward slashes.
pub type Files = BTreeMap<String, Packed>;

/// The checksum of some bytes, in hexadecimal digits.
pub fn checksum(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |mut text, byte| {
        // Writing into a text cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The checksums of all files, as `sha256sum -c` reads them.
pub fn checksums(files: &Files) -> String {
    let lines = files.iter().filter(|(path, _)| *path != SUMS);
    lines
        .map(|(path, file)| format!("{}  {path}\n", checksum(&file.content)))
        .collect()
}

/// The archive of some files below a folder `top`, all as old as `seconds` after 1970.
///
/// # Errors
/// A path that is too long for the format.
pub fn pack(top: &str, files: &Files, seconds: u64) -> io::Result<Vec<u8>> {
    let inner = GzBuilder::new().write(Vec::new(), Compression::default());
    let mut archive = Builder::new(inner);
    let mut entries: BTreeMap<String, Option<&Packed>> = BTreeMap::new();
    for (path, file) in files {
        let path = format!("{top}/{path}");
        for (at, _) in path.match_indices('/') {
            entries.insert(path[..=at].to_owned(), None);
        }
        entries.insert(path, Some(file));
    }
    for (path, file) in entries {
        let content = file.map_or(&[][..], |file| &file.content);
        let mut header = Header::new_ustar();
        header.set_path(&path)?;
        header.set_entry_type(if file.is_some() {
            EntryType::Regular
        } else {
            EntryType::Directory
        });
        header.set_mode(if file.is_none_or(|file| file.runs) { RUNS } else { READ });
        header.set_uid(0);
        header.set_gid(0);
        header.set_mtime(seconds);
        header.set_size(content.len() as u64);
        header.set_cksum();
        archive.append(&header, content)?;
    }
    archive.into_inner()?.finish()
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    fn files(of: &[(&str, &str, bool)]) -> Files {
        let packed = |content: &str, runs| Packed {
            content: content.as_bytes().to_vec(),
            runs,
        };
        of.iter()
            .map(|(path, content, runs)| ((*path).to_owned(), packed(content, *runs)))
            .collect()
    }

    #[test]
    fn the_same_files_give_the_same_bytes_and_another_time_others() {
        let some = files(&[("bin/it", "program", true), ("a.txt", "text", false)]);
        let one = pack("top", &some, 1_000_000_000).unwrap();
        assert_eq!(one, pack("top", &some, 1_000_000_000).unwrap());
        assert_ne!(one, pack("top", &some, 1_000_000_001).unwrap());
        assert_eq!(one[4..8], [0; 4], "gzip names no time");
    }

    #[test]
    fn entries_are_sorted_and_have_owner_mode_and_time_as_they_should() {
        let some = files(&[("bin/it", "program", true), ("a.txt", "text", false)]);
        let bytes = pack("top", &some, 1_000_000_000).unwrap();
        let mut archive = tar::Archive::new(flate2::read::GzDecoder::new(bytes.as_slice()));
        let mut found = Vec::new();
        for entry in archive.entries().unwrap() {
            let mut entry = entry.unwrap();
            let header = entry.header().clone();
            assert_eq!((header.uid().unwrap(), header.gid().unwrap()), (0, 0));
            assert_eq!(header.mtime().unwrap(), 1_000_000_000);
            let mut content = String::new();
            entry.read_to_string(&mut content).unwrap();
            let path = entry.path().unwrap().to_string_lossy().into_owned();
            found.push((path, header.mode().unwrap(), content));
        }
        let expected = [
            ("top/", 0o755, ""),
            ("top/a.txt", 0o644, "text"),
            ("top/bin/", 0o755, ""),
            ("top/bin/it", 0o755, "program"),
        ];
        assert_eq!(
            found,
            expected.map(|(path, mode, content)| (path.to_owned(), mode, content.to_owned()))
        );
    }

    #[test]
    fn a_checksum_is_the_published_one_and_the_list_leaves_itself_out() {
        let of_abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(checksum(b"abc"), of_abc);
        let some = files(&[("b", "abc", false), (SUMS, "old", false), ("a", "abc", true)]);
        assert_eq!(checksums(&some), format!("{of_abc}  a\n{of_abc}  b\n"));
    }
}
