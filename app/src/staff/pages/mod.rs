//! The pages of the staff program. Each asks for its own data and shows loading, failure, nothing yet, and the thing.

mod applications;
mod builder;
mod bulk;
mod child;
mod collecting;
mod consents;
mod elements;
mod group;
mod inventory;
mod kitchen;
mod mandates;
mod municipality;
mod passkeys;
#[cfg_attr(not(feature = "demo"), path = "no_personas.rs")]
mod personas;
mod protection;
mod retention;
mod review;
mod sessions;
mod sign_in;
mod substitutes;
mod todos;
mod units;

pub(super) use applications::{ApplicationPage, ApplicationsPage};
pub(super) use builder::{BuilderPage, DraftPage, RoundsPage};
pub(super) use bulk::BulkPage;
pub(super) use child::{ChildPage, CodePage};
pub(super) use collecting::CollectingPage;
pub(super) use consents::PicturesPage;
pub(super) use elements::ElementsPage;
pub(super) use group::GroupPage;
pub(super) use inventory::{InventoryPage, OverlapPage};
pub(super) use kitchen::KitchenPage;
pub(super) use mandates::MandatesPage;
pub(super) use municipality::MunicipalityPage;
pub(super) use protection::ProtectedPage;
pub(super) use retention::RetentionPage;
pub(super) use review::ReviewPage;
pub(super) use sessions::SessionsPage;
pub(super) use sign_in::SignIn;
pub(super) use substitutes::SubstitutesPage;
pub(super) use todos::{TodoPage, TodosPage};
pub(super) use units::UnitsPage;
