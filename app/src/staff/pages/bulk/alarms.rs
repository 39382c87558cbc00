//! Alarms: who read or was to take out much, on which day, and what was done about it.

use super::lists::why;
use crate::api::client;
use crate::i18n::{date, number, t, t_with};
use crate::state::use_session;
use crate::ui::toast;
use leptos::prelude::*;
use leptos::task::spawn_local;
use skolstart_shared::Date;
use skolstart_shared::api::{AlarmKind, AlarmLine, AlarmStep, PutAlarm};

/// The alarms, newest first.
#[component]
pub(super) fn Alarms(alarms: Vec<AlarmLine>, today: Date, again: Callback<()>) -> impl IntoView {
    let rows = alarms.into_iter().map(|alarm| view! { <Line alarm today again/> }).collect_view();
    let body = if rows.is_empty() {
        view! { <p class="soft">{t("bulk.no-alarms")}</p> }.into_any()
    } else {
        view! { <ul class="rounds">{rows}</ul> }.into_any()
    };
    view! { <section class="stack stack--tight"><h2 id="alarms" tabindex="-1">{t("bulk.alarms")}</h2>{body}</section> }
}

#[component]
fn Line(alarm: AlarmLine, today: Date, again: Callback<()>) -> impl IntoView {
    let session = use_session();
    let id = alarm.id;
    let send = move |step: AlarmStep| {
        spawn_local(async move {
            match client::call::<PutAlarm>(&id, &step).await {
                Ok(_) => again.run(()),
                Err(failure) => {
                    session.heed(&failure);
                    toast(why(&failure));
                }
            }
        });
    };
    let n = number(alarm.count.into());
    let what = match alarm.kind {
        AlarmKind::Opened => t_with("bulk.opened", &[("n", &n)]),
        AlarmKind::Stopped => t_with("bulk.stopped", &[("n", &n)]),
        AlarmKind::Exported => t_with("bulk.exported", &[("n", &n)]),
        AlarmKind::Refused => t_with("bulk.too-many", &[("n", &n)]),
    };
    let seen = (!alarm.seen_by.is_empty()).then(|| t_with("bulk.seen-by", &[("name", &alarm.seen_by)]));
    let lifted = alarm.lifted.then(|| t("bulk.lifted"));
    let name = alarm.name.clone();
    let look = (alarm.seen_by.is_empty() && !alarm.mine).then(|| {
        let word = t_with("bulk.seen", &[("name", &name)]);
        view! { <button class="button button--secondary button--small" type="button" on:click=move |_| send(AlarmStep::Seen)>{word}</button> }
    });
    let stopped = alarm.kind == AlarmKind::Stopped && alarm.day == today && !alarm.lifted && !alarm.mine;
    let go_on = stopped.then(|| {
        let word = t_with("bulk.lift", &[("name", &name)]);
        view! { <button class="button button--quiet button--small" type="button" on:click=move |_| send(AlarmStep::Lift)>{word}</button> }
    });
    view! {
        <li class="card stack stack--tight">
            <div class="card__head"><h3>{alarm.name}</h3><p class="soft">{date(alarm.day)}</p></div>
            <p>{what}" "{seen}" "{lifted}</p>
            <p class="no-print">{look}" "{go_on}</p>
        </li>
    }
}
