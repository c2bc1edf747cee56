//! The binary `needlework`: the command line as it was typed, handed to the front door.

use std::process::ExitCode;

fn main() -> ExitCode {
    needlework_cli::front_door(std::env::args_os())
}
