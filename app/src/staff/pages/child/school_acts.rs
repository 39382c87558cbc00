//! Acts that staff answer, on the page of a child: what others have answered in the form, and the reader's own part.

use crate::api::client;
use crate::fields::{Pen, focus_summary, form, lines, summary};
use crate::forms::{Doing, Input, Sheet};
use crate::i18n::{t, t_count, t_with, timestamp_day};
use crate::letter;
use crate::staff::once::{Once, Trouble, why_not};
use crate::staff::words;
use crate::state::{Remote, clock, fetch_into};
use crate::ui::Host;
use leptos::prelude::*;
use leptos::task::spawn_local;
use skolstart_shared::api::{
    GetStaffActs, Nothing, PutStaffAnswer, StaffActOut, StaffActsOut, StaffAnswerIn, StaffSaid,
};
use skolstart_shared::form::Setting;
use skolstart_shared::id::{PersonId, SubmissionId};
use skolstart_shared::round::TaskStatus;

#[component]
pub(super) fn SchoolActs(child: PersonId) -> impl IntoView {
    let found = RwSignal::new(Remote::<StaffActsOut>::Loading);
    let ask = move || fetch_into::<GetStaffActs>(found, child, Nothing {});
    ask();
    let owner = Owner::current();
    let again = Callback::new(move |()| match &owner {
        Some(owner) => owner.with(ask),
        None => ask(),
    });
    move || {
        found.with(|found| {
            let found = found.ready()?;
            let acts = found.acts.iter().cloned();
            Some(acts.map(|act| view! { <SchoolAct child act setting=found.setting again/> }).collect_view())
        })
    }
}

#[component]
fn SchoolAct(child: PersonId, act: StaffActOut, setting: Setting, again: Callback<()>) -> impl IntoView {
    let title = act.act.title.get(crate::i18n::locale()).to_owned();
    let whose = t_with("staff.school.whose", &[("who", &letter::title(act.function))]);
    let said = act.said.clone().into_iter().map(said).collect_view();
    let status = (!act.may_begin).then(|| words::status(act.status, false));
    let is_done = act.status == TaskStatus::Complete;
    let word = match (act.may_begin, is_done, act.is_mine) {
        (true, ..) => t("staff.school.begin"),
        (false, true, true) => t("staff.school.change"),
        (false, true, false) => t("staff.school.change-other"),
        (false, false, _) => t("staff.school.fill-in"),
    };
    let several = act.act.signers.staff().map(|(_, count)| u64::from(count)).filter(|count| *count > 1);
    let several = several.map(|count| t_count("staff.school.several", count, &[]));
    let (name, open) = (act.title.clone(), !act.may_begin && !is_done);
    view! {
        <section class="card">
            <div class="card__head"><div><p class="pagehead__over">{name}</p><h3>{title}</h3></div>{status}</div>
            <p class="small soft">{whose}" "{several}</p>
            {said}
            <details open=open><summary>{word}</summary><Fill child act setting again/></details>
        </section>
    }
}

fn said(said: StaffSaid) -> impl IntoView {
    let who = if said.by.is_empty() { t("staff.protected") } else { said.by };
    let over =
        t_with("staff.school.said", &[("act", &said.title), ("who", &who), ("day", &timestamp_day(said.at))]);
    let rows = said.lines.into_iter().map(|line| {
        let values =
            lines(&line.kind, &line.value).into_iter().map(|line| view! { <div>{line}</div> }).collect_view();
        view! { <div><dt>{line.label}</dt><dd>{values}</dd></div> }
    });
    view! { <p class="small soft">{over}</p><dl class="facts">{rows.collect_view()}</dl> }
}

#[component]
fn Fill(child: PersonId, act: StaffActOut, setting: Setting, again: Callback<()>) -> impl IntoView {
    let mut sheet = Sheet::new(act.act.clone(), setting);
    for (key, value) in &act.start.0 {
        if let Some(field) = act.act.field(key).filter(|field| field.kind.is_asked()) {
            sheet.write(key, Doing::Set(Input::from_value(&field.kind, value, setting.today)), clock::now());
        }
    }
    let pen = Pen::new(RwSignal::new(sheet));
    let (faults, fields) = (summary(pen), form(pen));
    let once = Once::<StaffAnswerIn, SubmissionId>::new();
    let on_faults = faults.clone();
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(answers) = pen.finish() else { return focus_summary(&on_faults) };
        let input =
            StaffAnswerIn { form: act.form.clone(), act: act.act.key.clone(), round: act.round, answers };
        let Some(id) = once.id(&input) else { return };
        spawn_local(async move {
            let sent = client::call::<PutStaffAnswer>(&(child, id), &input).await;
            once.heard(&sent, |failure| why_not(failure, t("staff.handle.refused")));
            if sent.is_ok() {
                again.run(());
            }
        });
    };
    view! {
        <form class="stack" on:submit=send novalidate>
            <Host element=faults/>
            <Host element=fields class="stack"/>
            <Trouble said=once.trouble/>
            <p><button class="button" type="submit">{t("staff.school.save")}</button></p>
        </form>
    }
}
