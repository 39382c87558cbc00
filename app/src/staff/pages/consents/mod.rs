//! May this picture be published? The children of one or more groups, what stands for each channel, and the list for the
//! photographer. Who is chosen stays on the page.

mod answer;
mod page;
mod save;
mod table;

pub(crate) use page::PicturesPage;
