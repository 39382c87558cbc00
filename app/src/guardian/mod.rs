//! The guardian program: addresses, the work of the signed-in guardian, and the pages.
//!
//! Called by `bin/guardian.rs`. Must not: know a form by its name, or anything of the staff program.

mod act_text;
mod alone;
mod app;
mod device;
mod idle;
mod keeper;
mod kept_files;
mod later;
mod marks;
mod other_tabs;
mod pages;
mod routes;
mod school;
mod school_copy;
mod send;
mod sender;
mod step_paper;
mod tabs;
mod work;

pub use app::app;
pub use later::take_later_part;
pub use routes::Route;
