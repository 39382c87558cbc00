//! The API on a real database with a clock that stands still, driven as a browser drives it but without a socket. Every test
//! runs on SQLite, and with the same body on PostgreSQL when `SKOLSTART_TEST_POSTGRES` names a server.

#![allow(missing_docs)]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test that cannot go on has failed, and reads the environment that names its database"
)]

mod access;
mod addresses;
mod alarms;
mod alias;
mod answering;
mod applications;
mod archive;
mod archive_rounds;
mod assets;
mod authenticator;
mod browser;
mod builder;
mod bulk;
mod calls;
mod canaries;
mod collecting;
mod conflicts;
mod consents;
mod contents;
mod contradiction;
mod cross_site;
mod decisions;
mod errors;
mod extract;
mod few_readers;
mod files;
mod inventory;
mod kitchen;
mod late;
mod lives;
mod main_job;
mod mandates;
mod matrix;
mod municipality;
mod not_noted;
mod offers;
mod openapi;
mod other_school;
mod overload;
mod own_draft;
mod own_elements;
mod passkeys;
mod pictures;
mod protected;
mod protection;
mod provider;
mod provider_logout;
mod pupils;
mod readers;
mod reading;
mod refusals;
mod response_headers;
mod retention;
mod round_days;
mod rounds;
mod rounds_beside;
mod school_codes;
mod school_files;
mod session;
mod sign_in;
mod site;
mod staff_acts;
mod substitutes;
mod swapped;
mod taken_down;
mod todos;
mod unchanged;
mod withheld;

/// Makes two tests of each function: one per database.
macro_rules! on_both {
    ($($name:ident)*) => {$(
        mod $name {
            #[tokio::test]
            async fn on_sqlite() {
                super::$name(crate::site::Site::on_sqlite().await).await;
            }

            #[tokio::test]
            async fn on_postgres() {
                if let Some(site) = crate::site::Site::on_postgres().await {
                    let copy = site.url.clone();
                    super::$name(site).await;
                    crate::municipality::forget(&copy).await;
                }
            }
        }
    )*};
}
pub(crate) use on_both;
