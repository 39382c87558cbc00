//! What guardians have answered differently, side by side.

use crate::i18n::{t, timestamp_day};
use crate::staff::words;
use crate::ui::{Status, StatusKind};
use leptos::prelude::*;
use skolstart_shared::api::StaffVersion;

/// One column for each of them. A row where they differ is marked with a word.
#[component]
pub(super) fn Versions(versions: Vec<StaffVersion>) -> impl IntoView {
    let Some(first) = versions.first() else { return ().into_any() };
    let heads = versions.iter().map(|version| {
        let by = version.by.clone().unwrap_or_else(|| t("staff.versions.guardian"));
        view! { <th scope="col">{by}<br/><small>{timestamp_day(version.at)}</small></th> }
    });
    let heads = heads.collect_view();
    let rows = first.answers.iter().zip(&first.differs).enumerate().map(|(at, (fact, differs))| {
        let cells = versions.iter().map(|version| {
            let lines = version.answers.get(at).map(words::value_lines).unwrap_or_default();
            let said = if lines.is_empty() { t("staff.versions.nothing") } else { lines.join("; ") };
            view! { <td>{said}</td> }
        });
        let mark = differs
            .then(|| view! { <Status kind=StatusKind::Action word=t("staff.versions.differs") bare=true/> });
        view! { <tr><th scope="row">{fact.label.clone()}" "{mark}</th>{cells.collect_view()}</tr> }
    });
    let rows = rows.collect_view();
    view! {
        <p>{t("staff.versions.text")}</p>
        <div class="tablewrap" tabindex="0" role="region" aria-label=t("staff.versions.caption")>
            <table class="table">
                <thead><tr><th scope="col">{t("staff.versions.question")}</th>{heads}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}
