//! A child: every answer with where it comes from, consents that are changed with one tap, and the history.

use super::NotFound;
use super::child_consents::consents;
use super::offer::offers;
use super::step_parts::{act_of, task_line, title};
use crate::fields::{from, line, lines, since, yes_no};
use crate::forms::StepKey;
use crate::guardian::Route;
use crate::guardian::work::{Work, use_work};
use crate::i18n::{date_and_time, locale, t, t_with};
use crate::live::{part, whenever};
use crate::router::{Link, page_title};
use crate::state::{Remote, fetch_into};
use crate::ui::{Drawing, Icon, Notice, NoticeKind, Skeleton};
use leptos::prelude::*;
use skolstart_shared::api::{ChildHistory, ChildOut, HistoryChange, HistoryEntry, HomeOut, Nothing, TaskOut};
use skolstart_shared::form::{ActKind, FormDefinition};
use skolstart_shared::id::PersonId;
use std::sync::Arc;

/// The page.
#[component]
pub(in crate::guardian) fn ChildPage(child: PersonId) -> impl IntoView {
    let work = use_work();
    page_title(move || work.child_name(Some(child)));
    let history = RwSignal::new(Remote::Loading);
    let owner = Owner::current();
    // Asked again with each new answer of the school: a decision made here belongs in it.
    whenever(move || {
        work.redrawn.track();
        if let Some(owner) = &owner {
            owner.with(|| fetch_into::<ChildHistory>(history, child, Nothing {}));
        }
    });
    view! {
        {part(move || work.home.with(|home| match home {
            Remote::Ready(home) => match home.children.iter().find(|other| other.person == child) {
                Some(found) => draw(work, home, found, history).into_any(),
                None => view! { <NotFound/> }.into_any(),
            },
            _ => view! { <main class="page" id="main"><Skeleton label=t("common.loading")/></main> }.into_any(),
        }))}
    }
}

fn draw(
    work: Work,
    home: &Arc<HomeOut>,
    child: &ChildOut,
    history: RwSignal<Remote<Vec<HistoryEntry>>>,
) -> impl IntoView + use<> {
    let tasks: Vec<&TaskOut> = home.tasks.iter().filter(|task| task.child == Some(child.person)).collect();
    let place: Vec<&str> = [&child.unit, &child.group].into_iter().flatten().map(String::as_str).collect();
    let items: Vec<_> = tasks.iter().filter_map(|task| task_line(&home.forms, task)).collect();
    let is_consent =
        |task: &TaskOut| act_of(&home.forms, task).is_some_and(|act| act.kind == ActKind::Consent);
    let cards: Vec<_> = tasks
        .iter()
        .map(|task| match is_consent(task) {
            true => consents(work, &home.forms, task, child).into_any(),
            false => answers(&home.forms, task).into_any(),
        })
        .collect();
    let offers = offers(home, Some(child.person));
    let home = Arc::clone(home);
    view! {
        <main class="page" id="main" tabindex="-1">
            <Link<Route> to=Route::Home class="back"><Icon name="arrow-left"/>{t("home.title")}</Link<Route>>
            <div class="withdrawing">
                <header class="pagehead">
                    <p class="pagehead__over">{place.join(" · ")}</p>
                    <h1>{child.given_name.clone()}</h1>
                </header>
                <Drawing name="door"/>
            </div>
            {child.protected.then(|| view! { <Notice kind=NoticeKind::Info icon="shield"><p>{t("child.protected")}</p></Notice> })}
            <section class="stack stack--tight"><h2>{t("child.tasks")}</h2><ol class="tasklist">{items}</ol></section>
            {cards}
            {offers}
            <section class="stack"><h2>{t("child.history")}</h2>{part(move || history.with(|history| match history {
                Remote::Ready(entries) => timeline(&home.forms, entries).into_any(),
                Remote::Loading => view! { <Skeleton label=t("common.loading")/> }.into_any(),
                Remote::Failed(failure) => view! { <p class="soft">{super::failure_text(failure)}</p> }.into_any(),
            }))}</section>
            <p><Link<Route> to=Route::Receipts>{t("receipts.heading")}</Link<Route>></p>
        </main>
    }
}

/// What is known in one act, with where it comes from and a way to change it.
fn answers(forms: &[FormDefinition], task: &TaskOut) -> Option<impl IntoView + use<>> {
    let act = act_of(forms, task)?;
    let name = title(forms, task)?;
    let rows: Vec<_> = act
        .fields
        .iter()
        .filter_map(|field| {
            let known = task.known.get(&field.key)?;
            let value: Vec<_> = lines(&field.kind, &known.value)
                .into_iter()
                .map(|line| view! { <div>{line}</div> })
                .collect();
            let label = field.label.get(locale()).to_owned();
            Some(view! { <div><dt>{label}</dt><dd>{value}<small>{since(known)}</small></dd></div> })
        })
        .collect();
    let about = [" ", &name].concat();
    let body = match rows.is_empty() {
        true => view! { <p class="soft">{t("child.nothing-yet")}</p> }.into_any(),
        false => view! { <dl class="facts">{rows}</dl> }.into_any(),
    };
    Some(view! {
        <section class="card">
            <div class="card__head">
                <h2>{name}</h2>
                <Link<Route> to=Route::Step(StepKey::of(task)) class="review__change">
                    {t("known.change")}<span class="visually-hidden">{about}</span>
                </Link<Route>>
            </div>
            {body}
        </section>
    })
}

fn timeline(forms: &[FormDefinition], entries: &[HistoryEntry]) -> AnyView {
    if entries.is_empty() {
        return view! { <p class="soft">{t("child.no-history")}</p> }.into_any();
    }
    let items: Vec<_> = entries.iter().map(|entry| moment(forms, entry)).collect();
    view! { <ol class="timeline">{items}</ol> }.into_any()
}

fn moment(forms: &[FormDefinition], entry: &HistoryEntry) -> impl IntoView + use<> {
    let form = forms.iter().find(|form| form.reference() == entry.form);
    let field = form.and_then(|form| form.act(&entry.act)).and_then(|act| act.field(&entry.field));
    let what = match (&entry.change, field) {
        (HistoryChange::Given(Some(value)), Some(field)) => line(&field.kind, value),
        (HistoryChange::Given(None), _) => t("history.cleared"),
        (HistoryChange::Given(_), _) => t("history.given"),
        (HistoryChange::Confirmed, _) => t("history.confirmed"),
        (HistoryChange::Decided(choice), _) => yes_no(choice.is_yes()),
        (HistoryChange::Asked(question), _) => t_with("history.asked", &[("question", question)]),
        (HistoryChange::AskedNoMore, _) => t("history.asked-no-more"),
        (HistoryChange::Exempted(_), _) => t("history.exempted"),
        (HistoryChange::ExemptedNoMore, _) => t("history.exempted-no-more"),
    };
    let by = from(entry.by);
    view! {
        <li class="timeline__item">
            <p class="timeline__when"><time datetime=entry.at.to_string()>{date_and_time(entry.at)}</time>" · "{by}</p>
            <p>{entry.label.clone()}": "{what}</p>
        </li>
    }
}
