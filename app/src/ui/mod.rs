//! Presentational widgets. Each has a file of the same name in `style/components`.
//!
//! Called by the pages of both programs. Must not: know a page, an endpoint or a text: texts arrive as properties, in
//! the reader's language. Markup and class names are those at the head of each style file.

mod appbar;
mod chart;
mod chips;
mod dialog;
mod empty;
pub mod form;
mod icon;
mod language;
mod notice;
mod panel;
mod progress;
mod skeleton;
mod stat;
mod status;
mod table;
mod toast;

pub use appbar::{AppBar, Brand};
pub use chart::{Bar, BarChart};
pub use chips::Chip;
pub use dialog::Dialog;
pub use empty::Empty;
pub use icon::{Drawing, Icon};
pub use language::LanguageSwitch;
pub use notice::{Notice, NoticeKind};
pub use panel::Panel;
pub use progress::{Progress, ShareBar};
pub use skeleton::{Skeleton, TableSkeleton};
pub use stat::Stat;
pub use status::{Status, StatusKind};
pub use table::{SortHead, SortOrder};
pub use toast::{Toasts, announce, toast, toast_with};
