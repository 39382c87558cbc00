//! Lists that leave the house: what for, how they stand, fetching one's own, and the second person's yes or no.

use crate::api::{ApiFailure, client};
use crate::i18n::{date_and_time, number, t, t_with};
use crate::staff::once::why_not;
use crate::staff::pages::inventory::save_file;
use crate::state::use_session;
use crate::ui::toast;
use leptos::prelude::*;
use leptos::task::spawn_local;
use skolstart_shared::api::{
    ErrorCode, ExportFile, ExportLine, ExportPictureConsents, ExportState, ExportStep, Nothing, PutExport,
    SheetKind,
};
use skolstart_shared::id::ChangeId;

/// Fetches a list that is ready and saves it.
pub(in crate::staff::pages) async fn fetch(id: ChangeId, kind: SheetKind) -> Result<(), ApiFailure> {
    let file = client::call::<ExportPictureConsents>(&ExportFile { id, kind }, &Nothing {}).await?;
    save_file(&file);
    Ok(())
}

/// Why a list was not given or decided.
pub(in crate::staff::pages) fn why(failure: &ApiFailure) -> String {
    match failure {
        ApiFailure::Refused(error) if error.code == ErrorCode::Forbidden => t("bulk.other-person"),
        ApiFailure::Refused(error) if error.code == ErrorCode::Closed => t("bulk.over"),
        ApiFailure::Refused(error) if error.code == ErrorCode::Enough => t("bulk.too-many-today"),
        _ => why_not(failure, t("staff.handle.refused")),
    }
}

/// Lists, one card each, under a heading with this id.
#[component]
pub(super) fn Lists(
    id: &'static str,
    heading: String,
    none: String,
    lines: Vec<ExportLine>,
    again: Callback<()>,
) -> impl IntoView {
    let rows = lines.into_iter().map(|line| view! { <Line line again/> }).collect_view();
    let body = if rows.is_empty() {
        view! { <p class="soft">{none}</p> }.into_any()
    } else {
        view! { <ul class="rounds">{rows}</ul> }.into_any()
    };
    view! { <section class="stack stack--tight"><h2 id=id tabindex="-1">{heading}</h2>{body}</section> }
}

#[component]
fn Line(line: ExportLine, again: Callback<()>) -> impl IntoView {
    let what = [line.place.as_str(), " · ", &line.title].concat();
    let children = t_with("bulk.children", &[("n", &number(line.children.into()))]);
    let who = [line.by.as_str(), " · ", &children].concat();
    let when = date_and_time(line.at);
    let actions = match (line.mine, line.state) {
        (true, ExportState::Ready) => view! { <Fetch id=line.id what=what.clone()/> }.into_any(),
        (false, ExportState::Waiting) => view! { <Decide id=line.id by=line.by.clone() again/> }.into_any(),
        (_, state) => view! { <p>{state_word(state)}</p> }.into_any(),
    };
    view! {
        <li class="card stack stack--tight">
            <div class="card__head"><h3>{what}</h3><p class="soft">{when}</p></div>
            <p>{line.reason}</p>
            <p class="soft">{who}</p>
            {actions}
        </li>
    }
}

fn state_word(state: ExportState) -> String {
    match state {
        ExportState::Ready => t("bulk.ready"),
        ExportState::Waiting => t("bulk.waits"),
        ExportState::Refused => t("bulk.refused"),
        ExportState::Over => t("bulk.over"),
    }
}

#[component]
fn Fetch(id: ChangeId, what: String) -> impl IntoView {
    let session = use_session();
    let save = move |kind: SheetKind| {
        spawn_local(async move {
            if let Err(failure) = fetch(id, kind).await {
                session.heed(&failure);
                toast(why(&failure));
            }
        });
    };
    let label = |kind: &str| [t(kind).as_str(), ": ", &what].concat();
    view! {
        <p class="no-print">
            <button class="button button--quiet button--small" type="button" aria-label=label("staff.pictures.csv") on:click=move |_| save(SheetKind::Csv)>{t("staff.pictures.csv")}</button>" "
            <button class="button button--quiet button--small" type="button" aria-label=label("staff.pictures.xlsx") on:click=move |_| save(SheetKind::Xlsx)>{t("staff.pictures.xlsx")}</button>
        </p>
    }
}

#[component]
fn Decide(id: ChangeId, by: String, again: Callback<()>) -> impl IntoView {
    let session = use_session();
    let send = move |step: ExportStep| {
        spawn_local(async move {
            match client::call::<PutExport>(&id, &step).await {
                Ok(state) => {
                    toast(if state == ExportState::Ready { t("bulk.approved") } else { t("bulk.said-no") });
                    again.run(());
                }
                Err(failure) => {
                    session.heed(&failure);
                    toast(why(&failure));
                }
            }
        });
    };
    let (yes, no) = (t_with("bulk.approve", &[("name", &by)]), t_with("bulk.refuse", &[("name", &by)]));
    view! {
        <p class="no-print">
            <button class="button button--secondary button--small" type="button" on:click=move |_| send(ExportStep::Approve)>{yes}</button>" "
            <button class="button button--quiet button--small" type="button" on:click=move |_| send(ExportStep::Refuse)>{no}</button>
        </p>
    }
}
