//! Saving what is shown as a list that leaves the house: what it is for, what kind of file, and what came of it.

use super::page::Desk;
use crate::api::{ApiFailure, client, new_id};
use crate::i18n::t;
use crate::router::Link;
use crate::staff::once::Trouble;
use crate::staff::pages::bulk::{fetch, why};
use crate::staff::routes::Route;
use crate::state::{clock, use_session};
use crate::ui::{Notice, NoticeKind};
use leptos::prelude::*;
use leptos::task::spawn_local;
use skolstart_shared::api::{ExportState, ExportStep, PictureList, PutExport, SheetKind};
use skolstart_shared::form::{ActKey, FormKey};
use skolstart_shared::id::{ChangeId, GroupId};

/// Lists that were asked for, so that the same again after a lost answer is the same list.
type Asked = StoredValue<Vec<((GroupId, FormKey, ActKey, String), ChangeId)>>;

fn id_of(asked: Asked, what: (GroupId, FormKey, ActKey, String)) -> Option<ChangeId> {
    let known = asked.with_value(|all| all.iter().find(|(known, _)| *known == what).map(|(_, id)| *id));
    known.or_else(|| {
        let id = new_id(clock::now())?;
        asked.update_value(|all| all.push((what, id)));
        Some(id)
    })
}

/// What the form holds. Copy it freely.
#[derive(Clone, Copy)]
struct Saving {
    desk: Desk,
    reason: RwSignal<String>,
    kind: RwSignal<SheetKind>,
    asked: Asked,
    trouble: RwSignal<String>,
    /// One of the lists waits for a second person.
    waits: RwSignal<bool>,
}

impl Saving {
    /// One file for each class, in the order of the page, until one is not given.
    async fn save(self, (form, act): (FormKey, ActKey)) -> Result<(), ApiFailure> {
        let (reason, kind) = (self.reason.get_untracked(), self.kind.get_untracked());
        let groups: Vec<GroupId> =
            self.desk.found.with_untracked(|found| found.iter().map(|(group, _)| *group).collect());
        for group in groups {
            let what = (group, form.clone(), act.clone(), reason.clone());
            let Some(id) = id_of(self.asked, what) else { return Ok(()) };
            let list = PictureList { group, form: form.clone(), act: act.clone() };
            let ask = ExportStep::Ask { list, reason: reason.clone() };
            let came = match client::call::<PutExport>(&id, &ask).await {
                Ok(ExportState::Ready) => fetch(id, kind).await.map(|()| ExportState::Ready),
                other => other,
            };
            // Asked for again it is another list. Where the answer is lost it is the same.
            if matches!(came, Ok(ExportState::Refused | ExportState::Over) | Err(ApiFailure::Refused(_))) {
                let _ = self.asked.try_update_value(|all| all.retain(|(_, known)| *known != id));
            }
            // The page may be gone.
            match came? {
                ExportState::Ready => {}
                ExportState::Waiting => drop(self.waits.try_set(true)),
                ExportState::Refused => drop(self.trouble.try_set(t("bulk.refused"))),
                ExportState::Over => drop(self.trouble.try_set(t("bulk.over"))),
            }
        }
        Ok(())
    }
}

/// The form, folded until somebody wants to save.
#[component]
pub(super) fn Save(desk: Desk) -> impl IntoView {
    let session = use_session();
    let (reason, kind) = (RwSignal::new(String::new()), RwSignal::new(SheetKind::Xlsx));
    let (trouble, waits, sending) =
        (RwSignal::new(String::new()), RwSignal::new(false), RwSignal::new(false));
    let saving = Saving { desk, reason, kind, asked: Asked::new(Vec::new()), trouble, waits };
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(act) = desk.act.get_untracked().filter(|_| !sending.get_untracked()) else { return };
        trouble.set(String::new());
        waits.set(false);
        sending.set(true);
        spawn_local(async move {
            if let Err(failure) = saving.save(act).await {
                session.heed(&failure);
                let _ = trouble.try_set(why(&failure));
            }
            let _ = sending.try_set(false);
        });
    };
    let choose = move |event| {
        kind.set(if event_target_value(&event) == "csv" { SheetKind::Csv } else { SheetKind::Xlsx });
    };
    let now_waits = move || {
        waits.get().then(|| {
            view! {
                <Notice kind=NoticeKind::Waiting>
                    <p>{t("bulk.now-waits")}" "<Link<Route> to=Route::Bulk>{t("bulk.title")}</Link<Route>></p>
                </Notice>
            }
        })
    };
    view! {
        <details class="fold no-print">
            <summary>{t("bulk.save")}</summary>
            <form class="stack stack--tight" on:submit=save>
                <div class="field">
                    <label class="field__label" for="list-why">{t("bulk.what-for")}</label>
                    <p class="field__help" id="list-why-help">{t("bulk.what-for-help")}</p>
                    <input class="input" id="list-why" maxlength="300" required autocomplete="off" aria-describedby="list-why-help"
                        prop:value=reason on:input=move |event| reason.set(event_target_value(&event))/>
                </div>
                <div class="field">
                    <label class="field__label" for="list-kind">{t("bulk.kind")}</label>
                    <select class="input" id="list-kind" on:change=choose>
                        <option value="xlsx">{t("staff.pictures.xlsx")}</option>
                        <option value="csv">{t("staff.pictures.csv")}</option>
                    </select>
                </div>
                <p><button class="button" type="submit" aria-disabled=move || sending.get().then_some("true")>{t("bulk.save-now")}</button></p>
                <Trouble said=trouble/>
                {now_waits}
            </form>
        </details>
    }
}
