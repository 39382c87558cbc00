//! Acts that staff answer, on the page of a child: what others have answered in the form, and the reader's own part.

use crate::api::{ApiFailure, client};
use crate::fields::{Pen, arrives, focus_summary, form, know_units, summary};
use crate::forms::{Doing, Input, Sheet};
use crate::i18n::{t, t_count, t_with, timestamp_day};
use crate::letter;
use crate::staff::once::{Once, Trouble, why_not};
use crate::staff::pages::protection::{SayWhy, needs_purpose};
use crate::staff::paper::SchoolPaper;
use crate::staff::words;
use crate::state::{Remote, clock, fetch_into};
use crate::ui::Host;
use leptos::prelude::*;
use leptos::task::spawn_local;
use skolstart_shared::api::{
    GetStaffActs, Nothing, PutStaffAnswer, StaffActOut, StaffActsOut, StaffAnswerIn, StaffSaid,
};
use skolstart_shared::form::{ActKey, Answers, FormRef, Setting};
use skolstart_shared::id::{PersonId, SubmissionId};
use skolstart_shared::round::TaskStatus;
use std::future::ready;

#[component]
pub(super) fn SchoolActs(child: PersonId) -> impl IntoView {
    let found = RwSignal::new(Remote::<StaffActsOut>::Loading);
    let ask = move || fetch_into::<GetStaffActs>(found, child, Nothing {});
    ask();
    let begun = Begun::new();
    let owner = Owner::current();
    let again = Callback::new(move |()| match &owner {
        Some(owner) => owner.with(ask),
        None => ask(),
    });
    move || {
        found.with(|found| {
            // The hour of a purpose can be over while the page is open.
            if matches!(found, Remote::Failed(failure) if needs_purpose(failure)) {
                return Some(view! { <SayWhy child again/> }.into_any());
            }
            let found = found.ready()?;
            let acts = found.acts.iter().cloned();
            know_units(found.units.clone());
            let setting = found.setting;
            Some(
                acts.map(|act| view! { <SchoolAct child act setting begun again/> })
                    .collect_view()
                    .into_any(),
            )
        })
    }
}

#[component]
fn SchoolAct(
    child: PersonId,
    act: StaffActOut,
    setting: Setting,
    begun: Begun,
    again: Callback<()>,
) -> impl IntoView {
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
            <details open=open><summary>{word}</summary><Fill child act setting begun again/></details>
        </section>
    }
}

fn said(said: StaffSaid) -> impl IntoView {
    let who = if said.by.is_empty() { t("staff.protected") } else { said.by };
    let over =
        t_with("staff.school.said", &[("act", &said.title), ("who", &who), ("day", &timestamp_day(said.at))]);
    let rows = said.lines.into_iter().map(|line| {
        let value = words::value(&line.kind, &line.value);
        view! { <div><dt>{line.label}</dt><dd>{value}</dd></div> }
    });
    view! { <p class="small soft">{over}</p><dl class="facts">{rows.collect_view()}</dl> }
}

#[component]
fn Fill(
    child: PersonId,
    act: StaffActOut,
    setting: Setting,
    begun: Begun,
    again: Callback<()>,
) -> impl IntoView {
    let pen = Pen::new(SchoolPaper { sheet: begun.sheet(&act, setting), child });
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
            // The files go before the answer that names them.
            for file in input.answers.files() {
                if !arrives(file, Some(child), ready(None)).await {
                    let _ = once.trouble.try_set(t("staff.school.file-waits"));
                    return;
                }
            }
            let sent = client::call::<PutStaffAnswer>(&(child, id), &input).await;
            once.heard(&sent, |failure| why(pen, failure));
            if sent.is_ok() {
                begun.forget(&input);
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

/// Why an answer was not taken: the fields that the school found something wrong with, by name.
fn why(pen: Pen, failure: &ApiFailure) -> String {
    let said = match failure {
        ApiFailure::Refused(error) => error.violations.as_slice(),
        _ => &[],
    };
    if said.is_empty() {
        return why_not(failure, t("staff.handle.refused"));
    }
    let each = said.iter().map(|one| [&pen.label_of(&one.path), ": ", &pen.fault(one)].concat());
    each.collect::<Vec<_>>().join(" ")
}

/// What is being filled in, act by act. When the acts are asked for anew, because one of them was sent, what is typed in the
/// others stays.
#[derive(Clone, Copy)]
struct Begun(StoredValue<Vec<Sheets>>);

struct Sheets {
    of: (FormRef, ActKey),
    start: Answers,
    sheet: ArcRwSignal<Sheet>,
}

impl Begun {
    fn new() -> Self {
        Self(StoredValue::new(Vec::new()))
    }

    /// The sheet of an act: the one that somebody has typed on, or a new one with what was answered last.
    fn sheet(self, act: &StaffActOut, setting: Setting) -> RwSignal<Sheet> {
        let of = (act.form.clone(), act.act.key.clone());
        let typed_on = self.0.with_value(|all| {
            let known = all.iter().find(|one| one.of == of)?;
            let is_typed_on = known.sheet.with_untracked(|sheet| sheet.standing().answers != known.start);
            is_typed_on.then(|| known.sheet.clone())
        });
        let sheet = typed_on.unwrap_or_else(|| self.start(act, setting));
        sheet.into()
    }

    fn start(self, act: &StaffActOut, setting: Setting) -> ArcRwSignal<Sheet> {
        let mut sheet = Sheet::new(act.act.clone(), setting);
        for (key, value) in &act.start.0 {
            if let Some(field) = act.act.field(key).filter(|field| field.kind.is_asked()) {
                let doing = Doing::Set(Input::from_value(&field.kind, value, setting.today));
                sheet.write(key, doing, clock::now());
            }
        }
        let (of, start) = ((act.form.clone(), act.act.key.clone()), sheet.standing().answers);
        let sheet = ArcRwSignal::new(sheet);
        self.0.update_value(|all| {
            all.retain(|one| one.of != of);
            all.push(Sheets { of, start, sheet: sheet.clone() });
        });
        sheet
    }

    /// It is sent.
    fn forget(self, sent: &StaffAnswerIn) {
        let is_other = |one: &Sheets| (&one.of.0, &one.of.1) != (&sent.form, &sent.act);
        self.0.try_update_value(|all| all.retain(is_other));
    }
}
