//! What people at a terminal read. Standard output holds what was asked for, standard error what went wrong.

use std::io::Write;

/// Prints one line. A reader that has gone away is no fault.
pub(super) fn line(text: &str) {
    let _ = writeln!(std::io::stdout().lock(), "{text}");
}

/// Prints why the program could not do what it should.
pub(crate) fn problem(error: &anyhow::Error) {
    let _ = writeln!(std::io::stderr().lock(), "skolstart: {error:#}");
}
