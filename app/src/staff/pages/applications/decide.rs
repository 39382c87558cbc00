//! The decision: the handler's fields, what is decided, the reasons, and the letter as the applicant will read it.

use super::parts::{Outcomes, Words, preview};
use super::sending::{Sending, own};
use crate::fields::{Pen, focus_summary, some, summary};
use crate::forms::{Doing, Input};
use crate::i18n::{t, t_with};
use crate::letter;
use crate::state::clock;
use crate::ui::Host;
use leptos::prelude::*;
use skolstart_shared::api::{ApplicationEvent, ApplicationOut, ApplicationStep};
use skolstart_shared::application::{Decision, Sheet};
use skolstart_shared::form::DecisionOutcome;

/// The sheet of an application in memory, with what has been filled in before.
pub(super) fn begun(application: &ApplicationOut, sheet: &Sheet) -> RwSignal<crate::forms::Sheet> {
    let mut paper = crate::forms::Sheet::new(sheet.act().clone(), application.setting);
    let mut fields = application.carried.clone();
    for event in &application.events {
        match &event.what {
            ApplicationEvent::Opinion(opinion) => fields.0.extend(opinion.fields.0.clone()),
            ApplicationEvent::Decided(decided) => fields.0.extend(decided.decision.fields.0.clone()),
            _ => {}
        }
    }
    let (now, today) = (clock::now(), application.setting.today);
    for (key, value) in sheet.given().0.iter().chain(&fields.0) {
        // What is worked out is worked out again, not typed.
        if let Some(field) = sheet.act().field(key).filter(|field| field.kind.is_asked()) {
            paper.write(key, Doing::Set(Input::from_value(&field.kind, value, today)), now);
        }
    }
    RwSignal::new(paper)
}

#[component]
pub(super) fn Decide(sending: Sending, application: ApplicationOut, sheet: Sheet) -> impl IntoView {
    let Some(rule) = application.act.decision.clone() else { return ().into_any() };
    let earlier = application.events.iter().rev().find_map(|event| match event.what {
        ApplicationEvent::Decided(_) => Some(event.id),
        _ => None,
    });
    let paper = begun(&application, &sheet);
    let pen = Pen::new(paper);
    let (faults, form) = (summary(pen), some(pen, sheet.own()));
    let (outcome, outcomes) = (RwSignal::new(None::<DecisionOutcome>), rule.outcomes.clone());
    let (reasons, missing) = (RwSignal::new(String::new()), RwSignal::new(false));
    let key = sheet.outcome();
    Effect::new(move |_| {
        let chosen = outcome.get();
        let input = Input::Choice(chosen.map(DecisionOutcome::as_str).unwrap_or_default().to_owned());
        if chosen.is_some() {
            paper.update(|paper| paper.write(&key, Doing::Set(input), clock::now()));
        }
    });
    let (keys, setting) = (sheet.own().to_vec(), application.setting);
    let fields = {
        let keys = keys.clone();
        Memo::new(move |_| own(&paper.with(|paper| paper.standing().answers), &keys))
    };
    let decider = {
        let (rule, sheet) = (rule.clone(), sheet.clone());
        Memo::new(move |_| fields.with(|fields| rule.decider(&sheet, fields, &setting)))
    };
    let tasks = application.tasks.clone();
    let is_mine = Memo::new(move |_| decider.get().is_some_and(|function| tasks.contains(&function)));
    let on_faults = faults.clone();
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(chosen) = outcome.get_untracked() else {
            missing.set(true);
            return;
        };
        let said = reasons.get_untracked().trim().to_owned();
        let lacks = chosen.needs_reasons() && said.is_empty();
        missing.set(lacks);
        match pen.finish() {
            Some(answers) if !lacks => sending.send(ApplicationStep::Decide(Decision {
                outcome: chosen,
                reasons: said,
                fields: own(&answers, &keys),
                changes: earlier,
            })),
            Some(_) => {}
            None => focus_summary(&on_faults),
        }
    };
    let title = if earlier.is_some() { t("staff.application.change") } else { t("staff.application.decide") };
    let whose = move || {
        let function = decider.get();
        let who = function.map(letter::title).unwrap_or_default();
        match is_mine.get() {
            true => t_with("staff.application.you-decide", &[("who", &who)]),
            false => t_with("staff.application.they-decide", &[("who", &who)]),
        }
    };
    let about = [&application.line.title, " · ", &application.line.name].concat();
    let shown = move || {
        let letter = preview(&application, outcome.get()?, reasons.get(), &fields.get(), decider.get()?)?;
        Some(
            view! { <h3>{t("staff.application.preview")}</h3><Host element=letter::letter(&letter, &about)/> },
        )
    };
    view! {
        <section class="card">
            <h2>{title}</h2>
            <form class="stack" on:submit=send novalidate>
                {earlier.is_some().then(|| view! { <p class="soft">{t("staff.application.change-text")}</p> })}
                <Host element=faults/>
                <Outcomes outcome outcomes/>
                <Host element=form class="stack"/>
                <Words
                    id="reasons" label=t("staff.application.reasons") help=t("staff.application.reasons-help")
                    text=reasons fault=t("staff.application.missing") missing
                />
                <p class="soft">{whose}</p>
                <p><button class="button" type="submit" disabled=move || !is_mine.get()>{t("staff.application.send")}</button></p>
            </form>
            {shown}
        </section>
    }
    .into_any()
}
