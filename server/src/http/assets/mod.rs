//! The browser programs as files: compiled into a release, read from a folder while developing.
//!
//! Owns which path is which file, what may be cached for ever and which packed form is sent. Called by the router for
//! everything outside `/api`. Must not serve anything that the build did not put there.

mod former;
mod place;
mod serve;
mod source;

pub use serve::serve;
pub use source::Assets;
