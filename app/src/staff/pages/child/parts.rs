//! The parts that page and panel share: whom to call, and what is known act by act with where it comes from.

use super::days::days;
use super::handle::{HandleAct, Handling};
use super::versions::Versions;
use crate::fields::files_shown;
use crate::i18n::{t, t_count, t_with, timestamp_day};
use crate::staff::words;
use crate::ui::form::Host;
use crate::ui::{Status, StatusKind};
use leptos::prelude::*;
use skolstart_shared::api::{CalledOut, PersonToReach, StaffChildOut, StaffFact, StaffSection};
use skolstart_shared::contact::Phone;
use skolstart_shared::fact::Freshness;

/// What stands under a child's name: the real one under an alias, birth number, unit, group.
pub(in crate::staff::pages) fn about(child: &StaffChildOut) -> String {
    let real = child.real_name.as_ref().map(|name| t_with("staff.alias.real-name", &[("name", name)]));
    let parts = [
        real.as_deref(),
        child.personal_number.as_deref(),
        Some(child.unit.as_str()),
        child.group_name.as_deref(),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// Whom to call, in order.
#[component]
pub(in crate::staff::pages) fn CallingOrder(people: Vec<PersonToReach>) -> impl IntoView {
    if people.is_empty() {
        return view! { <p class="soft">{t("staff.child.nobody-to-call")}</p> }.into_any();
    }
    view! { <ol class="calls">{people.into_iter().map(person).collect_view()}</ol> }.into_any()
}

fn person(person: PersonToReach) -> impl IntoView {
    let what = person.relation.map(words::relation).or(person.described).unwrap_or_default();
    let reachable = !person.phones.is_empty() || person.email.is_some();
    let mail = person.email.map(|email| {
        let to = ["mailto:", &email].concat();
        view! { <a href=to>{email}</a> }
    });
    view! {
        <li>
            <b>{person.name}</b>
            {person.phones.into_iter().map(phone).collect_view()}
            {mail}
            {(!reachable).then(|| view! { <span class="soft">{t("staff.child.no-contact")}</span> })}
            <small>{what}</small>
        </li>
    }
}

fn phone(number: String) -> impl IntoView {
    let shown = Phone::parse(&number).map_or_else(|_| number.clone(), |phone| phone.display());
    let dial = ["tel:", &number].concat();
    view! { <a href=dial class="number">{shown}</a>" " }
}

/// Act by act: what is known and where it comes from.
#[component]
pub(in crate::staff::pages) fn Sections(
    sections: Vec<StaffSection>,
    /// The class of each section: a panel's part or a card.
    class: &'static str,
    /// How changes are sent; a panel has no room for them.
    #[prop(optional_no_strip)]
    handling: Option<Handling>,
) -> impl IntoView {
    sections.into_iter().map(|section| view! { <Section section class handling/> }).collect_view()
}

/// What was answered whatever the round asks, under a heading of its own. Nothing where there is nothing.
pub(in crate::staff::pages) fn beside(sections: Vec<StaffSection>, class: &'static str) -> impl IntoView {
    (!sections.is_empty()).then(|| {
        view! {
            <h2 class=if class == "card" { "columns__all" } else { "panel__part" }>{t("staff.child.beside")}</h2>
            <Sections sections class/>
        }
    })
}

/// The forms that an answer calls for and that the family has not filled in yet.
pub(super) fn called(lines: Vec<CalledOut>) -> impl IntoView {
    let line = |line: CalledOut| {
        let when = timestamp_day(line.at);
        let words =
            t_with("staff.child.called-line", &[("form", &line.title), ("when", &when), ("why", &line.why)]);
        view! { <li>{words}{line.by.map(|by| view! { " "<span class="soft">{by}</span> })}</li> }
    };
    (!lines.is_empty()).then(|| {
        view! {
            <section class="card">
                <h2>{t("staff.child.called")}</h2>
                <ul class="stack stack--tight">{lines.into_iter().map(line).collect_view()}</ul>
            </section>
        }
    })
}

#[component]
fn Section(section: StaffSection, class: &'static str, handling: Option<Handling>) -> impl IntoView {
    let left = u64::from(section.others_left);
    let waits =
        (left > 0).then(|| view! { <p class="small soft">{t_count("staff.child.left", left, &[])}</p> });
    let empty = section.facts.is_empty() && section.versions.is_empty();
    let nothing = match section.answered {
        Some(at) => t_with("staff.child.answered", &[("day", &timestamp_day(at))]),
        None => t("staff.child.nothing-yet"),
    };
    let handle = handling.map(|handling| view! { <HandleAct handling section=section.clone()/> });
    view! {
        <section class=class>
            <div class="card__head"><h3>{section.column.title}</h3>{words::status(section.status, false)}</div>
            {waits}
            {empty.then(|| view! { <p class="soft">{nothing}</p> })}
            <Versions versions=section.versions/>
            <dl class="facts">{section.facts.into_iter().map(fact).collect_view()}</dl>
            {handle}
        </section>
    }
}

fn fact(fact: StaffFact) -> impl IntoView {
    let lines = words::value_lines(&fact);
    let days = days(fact.value.as_ref());
    let files = fact.value.as_ref().and_then(files_shown);
    let has_files = files.is_some();
    let files = files.map(|element| view! { <Host element/> });
    let missing = fact.standing.is_none() && lines.is_empty();
    let origin = words::origin(&fact);
    let has_origin = !origin.is_empty();
    let limits = fact.limits.iter().map(|limit| view! { <div>{limit.clone()}</div> }).collect_view();
    let stale = fact.freshness == Freshness::Stale;
    let differs = fact.freshness == Freshness::Contradicted;
    view! {
        <div>
            <dt>{fact.label}</dt>
            <dd>
                {fact.standing.map(words::standing)}
                {limits}
                {files}
                {(!has_files).then(|| lines.into_iter().map(|line| view! { <div>{line}</div> }).collect_view())}
                {days}
                {missing.then(|| view! { <Status kind=StatusKind::None word=t("staff.value.missing") bare=true/> })}
                {has_origin.then(|| view! { <small>{origin}</small> })}
                {stale.then(|| view! { <Status kind=StatusKind::Waiting word=t("staff.value.stale") bare=true/> })}
                {differs.then(|| view! { <Status kind=StatusKind::Action word=t("staff.value.differs") bare=true/> })}
            </dd>
        </div>
    }
}
