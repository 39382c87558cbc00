//! The municipality in figures. No person is shown or counted singly here.

mod acts;
mod page;
mod trend;
mod units;

pub(crate) use page::MunicipalityPage;
