//! Presentational widgets. Each has a file of the same name in `style/components`. A function builds it ([`El`]); a component
//! of the same name is there where the staff program shows it in `view!`.
//!
//! Called by the pages of both programs. Must not: know a page, an endpoint or a text: texts arrive as properties, in
//! the reader's language. Markup and class names are those at the head of each style file.

mod appbar;
mod chart;
mod chips;
mod dialog;
mod element;
mod empty;
mod focus;
pub mod form;
mod host;
mod icon;
mod language;
mod listen;
mod notice;
mod panel;
mod progress;
mod redraw;
mod skeleton;
mod stat;
mod status;
mod table;
mod toast;

pub use appbar::{Brand, app_bar};
pub use chart::{Bar, BarChart};
pub use chips::Chip;
pub use dialog::dialog;
pub use element::{El, button, el, p};
pub use empty::{Empty, empty};
pub use host::Host;
pub use icon::{Drawing, Icon, drawing};
pub use language::{LanguageSwitch, language_switch};
pub use listen::link;
pub use notice::{Notice, NoticeKind, notice};
pub use panel::Panel;
pub use progress::{ShareBar, progress};
pub use redraw::{follow, redrawn};
pub use skeleton::{Skeleton, TableSkeleton, skeleton};
pub use stat::Stat;
pub use status::{Status, StatusKind, status};
pub use table::{SortHead, SortOrder};
pub use toast::{Toasts, announce, toast, toast_with, toasts};
