//! The roles that the municipality of the demo has given by hand. Support is let in by whoever shows the demo.

use super::Cast;
use super::random::ident;
use crate::policy::{GiveMandates, Object, authorize, principal};
use crate::store::Store;
use crate::usecase::mandates;
use anyhow::{Context, anyhow};
use skolstart_shared::Locale;
use skolstart_shared::api::{MandateKind, MandateStep};
use skolstart_shared::id::{ChangeId, PersonId};

/// Makes Jonas the programme office and Rut the auditor, for a year, on behalf of the municipal administrator.
///
/// # Errors
/// When he is not in the register, or the store could not do it.
pub async fn give_mandates(store: &Store) -> anyhow::Result<()> {
    let administrator = PersonId(Cast::MatsOberg.id());
    let principal = principal(store, administrator, Locale::Sv, "demo".to_owned()).await?;
    let principal = principal.ok_or_else(|| anyhow!("the municipal administrator is not in the register"))?;
    for (number, who, kind, reason) in [
        (1, Cast::JonasWik, MandateKind::ProgrammeOffice, "Ansvarar för skolstarten"),
        (2, Cast::RutAlm, MandateKind::Auditor, "Granskning av behörigheter enligt revisionsplanen"),
    ] {
        let grant = authorize::<GiveMandates>(store, &principal, Object::Own).await?;
        let step = MandateStep::Give {
            person: PersonId(who.id()),
            kind,
            unit: None,
            hours: *kind.hours().last().context("no hours")?,
            reason: reason.to_owned(),
        };
        mandates::step(store, grant, ChangeId(ident(0, "mandate", number)), step).await?;
    }
    Ok(())
}
