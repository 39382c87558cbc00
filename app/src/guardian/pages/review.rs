//! *Kontrollera*: everything that will be sent, on one page.

use super::review_send::SendBar;
use crate::fields::{lines, yes_no};
use crate::forms::{ActState, Mode, StepKey};
use crate::guardian::Route;
use crate::guardian::work::{Work, use_work};
use crate::i18n::{locale, t, t_count, t_with};
use crate::router::{Link, page_title};
use crate::state::Remote;
use crate::ui::{Icon, Notice, NoticeKind, Progress, Skeleton, Status, StatusKind};
use leptos::prelude::*;
use skolstart_shared::fact::Value;
use skolstart_shared::form::{Field, FieldKind};

/// The page.
#[component]
pub(in crate::guardian) fn Review() -> impl IntoView {
    let work = use_work();
    page_title(|| t("review.heading"));
    move || {
        work.redrawn.track();
        locale();
        match work.home.get() {
            Remote::Ready(_) => untrack(|| draw(work)).into_any(),
            _ => {
                view! { <main class="page" id="main"><Skeleton label=t("common.loading")/></main> }.into_any()
            }
        }
    }
}

fn draw(work: Work) -> impl IntoView + use<> {
    let steps = work.with_untracked(|session| session.steps()).unwrap_or_default();
    let (mut new, mut known) = (0, 0);
    work.with_untracked(|session| {
        for act in steps.iter().filter_map(|step| session.act(step)) {
            for field in act.visible() {
                let is_new = act.field(&field.key).mode == Mode::Changed;
                *(if is_new { &mut new } else { &mut known }) += 1;
            }
        }
    });
    let sections: Vec<_> = steps
        .iter()
        .filter_map(|step| work.with_untracked(|session| session.act(step).map(|act| section(&act, step)))?)
        .collect();
    let open: Vec<StepKey> = steps
        .iter()
        .filter(|step| {
            work.with_untracked(|session| session.act(step).is_some_and(|act| !act.is_complete()))
                == Some(true)
        })
        .cloned()
        .collect();
    let is_empty = steps.is_empty();
    let back = steps.last().cloned().map_or(Route::Home, Route::Step);
    let lead = (!is_empty).then(|| {
        let known = t_with("review.known", &[("known", &known.to_string())]);
        view! { <p class="lead"><mark class="marker">{t_count("review.new", new, &[])}</mark>", "{known}</p> }
    });
    let percent = ((steps.len() - open.len()) * 100 / steps.len().max(1)) as u64;
    view! {
        <main class="page" id="main" tabindex="-1">
            <Link<Route> to=back class="back"><Icon name="arrow-left"/>{t("step.back")}</Link<Route>>
            <header class="pagehead"><h1>{t("review.heading")}</h1>{lead}</header>
            {(!is_empty).then(|| view! { <Progress percent label=t("review.heading")/> })}
            {unfinished(work, &open)}
            {is_empty.then(|| view! { <Notice kind=NoticeKind::Done><p>{t("home.all-done")}</p></Notice> })}
            <div>{sections}</div>
            <p class="soft">{t("review.who-sees")}</p>
        </main>
        {(!is_empty).then(|| view! { <SendBar work open/> })}
    }
}

/// What is left before it can be sent, with links.
fn unfinished(work: Work, open: &[StepKey]) -> Option<impl IntoView + use<>> {
    if open.is_empty() {
        return None;
    }
    let link = |step: &StepKey| {
        let words = work.with_untracked(|session| session.act(step).map(|act| heading(&act)))??;
        Some(view! { <li><Link<Route> to=Route::Step(step.clone())>{words}</Link<Route>></li> })
    };
    let links: Vec<_> = open.iter().filter_map(link).collect();
    Some(view! {
        <div class="errorsummary">
            <h2 class="errorsummary__title">{t_count("review.left", open.len() as u64, &[])}</h2>
            <ul>{links}</ul>
        </div>
    })
}

/// "Bilder och film · Alva".
fn heading(act: &ActState<'_>) -> Option<String> {
    let title = act.act.title.get(locale());
    Some(match act.child {
        Some(child) => [title, " · ", &child.given_name].concat(),
        None => title.to_owned(),
    })
}

fn section(act: &ActState<'_>, step: &StepKey) -> Option<impl IntoView + use<>> {
    let heading = heading(act)?;
    let (answers, to) = (act.answers(), Route::Step(step.clone()));
    let rows: Vec<_> = act
        .visible()
        .into_iter()
        .map(|field| {
            let is_changed = act.field(&field.key).mode == Mode::Changed && !act.known.is_empty();
            let value = value(field, answers.get(&field.key), is_changed);
            view! { <div><dt>{field.label.get(locale()).to_owned()}</dt><dd>{value}</dd></div> }
        })
        .collect();
    let about = [" ", &heading].concat();
    Some(view! {
        <section class="review">
            <div class="review__head">
                <h2 class="review__title">{heading}</h2>
                <Link<Route> to class="review__change">
                    {t("known.change")}<span class="visually-hidden">{about}</span>
                </Link<Route>>
            </div>
            <dl class="review__list">{rows}</dl>
        </section>
    })
}

fn value(field: &Field, value: Option<&Value>, is_changed: bool) -> AnyView {
    match (value, &field.kind) {
        (None, _) => view! { <span class="soft">{t("value.nothing")}</span> }.into_any(),
        (Some(Value::Flag(yes)), FieldKind::Consent { .. }) => {
            let kind = if *yes { StatusKind::Complete } else { StatusKind::Declined };
            view! { <Status kind word=yes_no(*yes)/> }.into_any()
        }
        (Some(value), _) => lines(&field.kind, value)
            .into_iter()
            .map(|line| match is_changed {
                true => view! { <div><mark class="marker">{line}</mark></div> }.into_any(),
                false => view! { <div>{line}</div> }.into_any(),
            })
            .collect_view()
            .into_any(),
    }
}
