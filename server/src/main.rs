//! The `skolstart` program: dispatches subcommands, nothing more.

fn main() {}
