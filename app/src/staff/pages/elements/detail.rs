//! The chosen element: what holds, what uses it, how it has been changed, and the way to change it.

use super::edit::EditElement;
use super::page::Desk;
use super::words;
use crate::i18n::{date_and_time, t, t_with};
use crate::router::Link;
use crate::staff::routes::Route;
use crate::state::{Remote, fetch_into};
use crate::ui::{Panel, Skeleton};
use leptos::prelude::*;
use skolstart_shared::api::{ChangedBy, ElementLine, ElementUse, ElementVersion, GetElementHistory, Nothing};

#[component]
pub(super) fn ElementPanel(desk: Desk, line: ElementLine) -> impl IntoView {
    let editing = RwSignal::new(false);
    let about = line.element.key.0.clone();
    let heading = line.name.clone();
    let line = StoredValue::new(line);
    let body = move || {
        if editing.get() {
            view! { <EditElement desk line=line.get_value() editing/> }.into_any()
        } else {
            view! { <Detail line=line.get_value() editing/> }.into_any()
        }
    };
    view! {
        <Panel heading about close_label=t("common.close") close=move || desk.close()>{body}</Panel>
    }
}

#[component]
fn Detail(line: ElementLine, editing: RwSignal<bool>) -> impl IntoView {
    let element = &line.element;
    let trust = element.sources.iter().map(|source| words::source(*source)).collect::<Vec<_>>().join(", ");
    let facts = [
        (t("staff.element.about"), words::subject(element.subject)),
        (t("staff.element.sensitivity"), words::sensitivity(element.sensitivity)),
        (t("staff.element.holds"), words::holds(element.holds_days)),
        (t("staff.element.trust"), trust),
        (t("staff.element.merge"), words::merge(element.merge)),
        (t("staff.element.sharing"), words::sharing(element.sharing)),
        (t("staff.element.audience"), words::audience(&element.audience)),
        (t("staff.element.retention"), element.retention.clone()),
    ];
    let facts = facts.map(|(name, value)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> });
    let key = element.key.clone();
    view! {
        <section class="panel__part">
            <dl class="facts">{facts.collect_view()}</dl>
            <p>
                <button class="button button--secondary" type="button" on:click=move |_| editing.set(true)>
                    {t("staff.element.edit")}
                </button>
            </p>
        </section>
        <Uses line/>
        <History key/>
    }
}

#[component]
fn Uses(line: ElementLine) -> impl IntoView {
    let unused = line.fields.is_empty() && line.paper.is_empty() && !line.calling;
    let field = |used: ElementUse| {
        let version = t_with("staff.element.version", &[("n", &used.form.version.to_string())]);
        view! { <li><b>{used.field}</b><small>{[used.title.as_str(), " · ", &used.act, " · ", &version].concat()}</small></li> }
    };
    let paper = line.paper.into_iter().map(|used| {
        view! { <li><Link<Route> to=Route::Forms(Some(used.code))>{used.name}</Link<Route>></li> }
    });
    let (fields, paper) = (line.fields.into_iter().map(field).collect_view(), paper.collect::<Vec<_>>());
    let has_paper = !paper.is_empty();
    view! {
        <section class="panel__part">
            <h3>{t("staff.element.uses")}</h3>
            {unused.then(|| view! { <p class="soft">{t("staff.element.unused")}</p> })}
            <ul class="uses">
                {fields}
                {line.calling.then(|| view! { <li><b>{t("staff.element.calling")}</b><small>{t("staff.element.calling-note")}</small></li> })}
            </ul>
            {has_paper.then(|| view! { <h3>{t("staff.element.paper-forms")}</h3> })}
            <ul class="uses">{paper}</ul>
        </section>
    }
}

#[component]
fn History(key: skolstart_shared::fact::ElementKey) -> impl IntoView {
    let found = RwSignal::new(Remote::Loading);
    fetch_into::<GetElementHistory>(found, key, Nothing {});
    let one = |version: ElementVersion| {
        let by = match version.by {
            ChangedBy::Program => t("staff.element.by-program"),
            ChangedBy::You => t("staff.element.by-you"),
            ChangedBy::Other => t("staff.element.by-other"),
        };
        let what = words::holds(version.element.holds_days);
        view! { <li><b>{date_and_time(version.at)}</b><small>{[by.as_str(), " · ", &what].concat()}</small></li> }
    };
    let body = move || match found.get() {
        Remote::Ready(versions) => {
            view! { <ol class="uses">{versions.into_iter().map(one).collect_view()}</ol> }.into_any()
        }
        Remote::Loading => view! { <Skeleton label=t("common.loading")/> }.into_any(),
        Remote::Failed(_) => view! { <p class="soft">{t("staff.element.no-history")}</p> }.into_any(),
    };
    view! { <section class="panel__part"><h3>{t("staff.element.history")}</h3>{body}</section> }
}
