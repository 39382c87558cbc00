//! Roles that the municipality gives by hand, for a time: who holds one, giving one, and ending it.

mod give;
mod page;
mod sending;
mod table;

pub(in crate::staff) use page::MandatesPage;

use crate::i18n::t;
use skolstart_shared::api::MandateKind;

/// What the role is called.
fn title(kind: MandateKind) -> String {
    match kind {
        MandateKind::ProgrammeOffice => t("mandates.programme-office"),
        MandateKind::Auditor => t("mandates.auditor"),
        MandateKind::Support => t("mandates.support"),
    }
}
