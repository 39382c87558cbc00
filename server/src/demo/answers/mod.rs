//! What the guardians of the demo have answered, last year and so far this year, so that there is something to see.
//!
//! Owns who answers, when and what; everything is sent through `usecase::submit`, as a browser would. The same seed gives the
//! same submissions with the same ids, so that playing again adds nothing. Called by `skolstart demo`. Must not answer for
//! the personas this year: they are there to be tried.

mod contact;
mod diet;
mod family;
mod letter;
mod pictures;
mod play;
mod turnout;

#[cfg(test)]
mod played_tests;
#[cfg(test)]
mod tests;

pub use play::{MOST_GUARDIANS, Play, Played, play};
