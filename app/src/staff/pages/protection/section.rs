//! Protected identity on the page of a child.

use super::alias::SchoolName;
use super::family::Family;
use super::purpose::word;
use super::sending::{Names, StepButton, Steps};
use crate::i18n::{date_and_time, t, t_with};
use crate::staff::once::Trouble;
use crate::staff::pages::inventory::Choice;
use crate::state::{Remote, fetch_into};
use leptos::prelude::*;
use skolstart_shared::api::{GetProtection, NamedPerson, Nothing, Opening, ProtectionOut, ProtectionStep};
use skolstart_shared::id::PersonId;

/// Shows nothing to those who neither lead nor handle. `again` asks for the child's page anew: a step changes it too.
#[component]
pub(in crate::staff::pages) fn Protection(child: PersonId, again: Callback<()>) -> impl IntoView {
    let found = RwSignal::new(Remote::<ProtectionOut>::Loading);
    let ask = move || fetch_into::<GetProtection>(found, child, Nothing {});
    ask();
    let owner = Owner::current();
    let look = Callback::new(move |()| match &owner {
        Some(owner) => owner.with(ask),
        None => ask(),
    });
    let (steps, names) = (Steps::new(child, again), Names::new(child, again, look));
    move || {
        found.with(|found| found.ready().cloned()).map(|file| {
            view! {
                <section class="card">
                    <h2>{t("staff.protection.title")}</h2>
                    <Family file=file.clone() steps/>
                    {file.hidden.then(|| view! { <SchoolName stands=file.alias.clone() names/><Handlers file=file.clone() steps/><Openings openings=file.openings.clone() steps/> })}
                    <Trouble said=steps.once.trouble/>
                </section>
            }
        })
    }
}

#[component]
fn Handlers(file: ProtectionOut, steps: Steps) -> impl IntoView {
    let leads = file.leads;
    let none =
        file.handlers.is_empty().then(|| view! { <p class="soft">{t("staff.protection.no-handlers")}</p> });
    let lines = file.handlers.into_iter().map(move |NamedPerson { person, name }| {
        let end = leads.then(|| {
            let word = t_with("staff.protection.end-name", &[("name", &name)]);
            view! { <StepButton steps step=ProtectionStep::EndName(person) word/> }
        });
        view! { <li>{name.clone()}" "{end}</li> }
    });
    let lines = lines.collect_view();
    let named =
        (leads && !file.candidates.is_empty()).then(|| view! { <Name candidates=file.candidates steps/> });
    view! {
        <h3>{t("staff.protection.handlers")}</h3>
        <p class="soft">{t("staff.protection.handlers-text")}</p>
        {none}
        <ul class="stack stack--tight">{lines}</ul>
        {named}
    }
}

#[component]
fn Name(candidates: Vec<NamedPerson>, steps: Steps) -> impl IntoView {
    let chosen = RwSignal::new(candidates.first().map(|one| one.person));
    let options = candidates.into_iter().map(|one| (Some(one.person), one.name)).collect::<Vec<_>>();
    let name = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if let Some(person) = chosen.get_untracked() {
            steps.send(ProtectionStep::Name(person));
        }
    };
    view! {
        <details>
            <summary>{t("staff.protection.name")}</summary>
            <form class="stack stack--tight" on:submit=name>
                <Choice label=t("staff.protection.who") value=chosen options/>
                <p><button class="button button--small" type="submit">{t("staff.protection.name-now")}</button></p>
            </form>
        </details>
    }
}

#[component]
fn Openings(openings: Vec<Opening>, steps: Steps) -> impl IntoView {
    let has_fresh = openings.iter().any(|one| one.fresh);
    let none = openings.is_empty().then(|| view! { <p class="soft">{t("staff.protection.not-opened")}</p> });
    let lines = openings.into_iter().take(20).map(|one| {
        let fresh = one.fresh.then(|| view! { <b>{t("staff.protection.fresh")}" "</b> });
        view! {
            <li class="timeline__item">
                <p class="timeline__when"><time datetime=one.at.to_string()>{date_and_time(one.at)}</time>" · "{one.name}</p>
                <p>{fresh}{word(one.purpose)}</p>
            </li>
        }
    });
    let lines = lines.collect_view();
    view! {
        <h3>{t("staff.protection.openings")}</h3>
        {none}
        <ol class="timeline">{lines}</ol>
        {has_fresh.then(|| view! { <p><StepButton steps step=ProtectionStep::Seen word=t("staff.protection.seen")/></p> })}
    }
}
