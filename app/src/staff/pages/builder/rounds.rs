//! The page of rounds: which there are, how far they have come, starting one, and moving one to a new version of a form or its
//! last day.

use super::round_day::last_day;
use super::round_new::start;
use super::words;
use crate::api::client;
use crate::i18n::{date, locale, number, percent, t, t_count, t_with};
use crate::router::{Link, page_title};
use crate::staff::pages::inventory::saving_failed;
use crate::staff::routes::Route;
use crate::staff::words as staff_words;
use crate::state::{Remote, Session, fetch_into, use_session};
use crate::ui::{TableSkeleton, toast};
use leptos::prelude::*;
use leptos::task::spawn_local;
use skolstart_shared::api::{
    GetPublishedForm, GetRounds, Nothing, PutRoundForm, RoundForm, RoundFormIn, RoundLine, RoundUnit,
    RoundsOut,
};
use skolstart_shared::form::FormDefinition;
use skolstart_shared::form::builder::{diff, effects};
use skolstart_shared::id::RoundId;

/// What the parts of the page share. Copy it freely.
#[derive(Clone, Copy)]
pub(super) struct Board {
    pub(super) rounds: RwSignal<Remote<RoundsOut>>,
    pub(super) session: Session,
    /// The round whose last day somebody else moved while it was being moved here.
    pub(super) overtaken: RwSignal<Option<RoundId>>,
}

impl Board {
    pub(super) fn ask(self) {
        fetch_again(self);
    }
}

fn fetch_again(board: Board) {
    spawn_local(async move {
        let answer = client::call::<GetRounds>(&(), &Nothing {}).await;
        if let Err(failure) = &answer {
            board.session.heed(failure);
        }
        let _ = board.rounds.try_set(match answer {
            Ok(found) => Remote::Ready(found),
            Err(failure) => Remote::Failed(failure),
        });
    });
}

/// The rounds.
#[component]
pub(crate) fn RoundsPage() -> impl IntoView {
    let rounds = RwSignal::new(Remote::Loading);
    let board = Board { rounds, session: use_session(), overtaken: RwSignal::new(None) };
    fetch_into::<GetRounds>(rounds, (), Nothing {});
    page_title(|| t("rounds.title"));
    let body = move || {
        rounds.with(|rounds| match rounds {
            Remote::Ready(found) => view! { {list(board, found)} {start(board, found)} }.into_any(),
            Remote::Failed(failure) => staff_words::failure(failure, move || board.ask()),
            Remote::Loading => view! { <TableSkeleton label=t("common.loading") rows=4/> }.into_any(),
        })
    };
    let is_nothing =
        move || rounds.with(|rounds| matches!(rounds, Remote::Failed(failure) if failure.is_not_found()));
    view! {
        <header class="desk__head" hidden=is_nothing>
            <div class="pagehead"><h1>{t("rounds.title")}</h1><p class="soft">{t("rounds.intro")}</p></div>
            <Link<Route> to=Route::Builder class="button button--secondary">{t("builder.title")}</Link<Route>>
        </header>
        {body}
    }
}

fn list(board: Board, found: &RoundsOut) -> AnyView {
    let cards = found.rounds.iter().map(|round| card(board, found, round)).collect_view();
    view! { <ul class="rounds">{cards}</ul> }.into_any()
}

/// When a round is, in words.
fn window_words(found: &RoundsOut, round: &RoundLine) -> String {
    let days = [("opens", date(round.opens)), ("closes", date(round.closes))];
    let days = days.each_ref().map(|(name, day)| (*name, day.as_str()));
    if found.today < round.opens {
        t_with("rounds.coming", &days)
    } else if found.today > round.closes {
        t_with("rounds.over", &days)
    } else {
        t_with("rounds.open", &days)
    }
}

fn card(board: Board, found: &RoundsOut, round: &RoundLine) -> AnyView {
    let children = u64::from(round.children);
    let share = match round.finished.map(u64::from) {
        Some(finished) => t_with(
            "rounds.share",
            &[("finished", &number(finished)), ("percent", &percent(finished, children).to_string())],
        ),
        None => t("rounds.few"),
    };
    let forms = round.forms.iter().map(|form| form_line(board, round.id, form)).collect_view();
    view! {
        <li class="card">
            <div class="card__head"><h2>{round.title.clone()}</h2><p class="soft">{window_words(found, round)}</p></div>
            {last_day(board, found.today, round)}
            <p>{audience(&found.units, round)}</p>
            <p>{t_count("rounds.children", children, &[])}" · "{share}</p>
            <h3>{t("rounds.forms")}</h3>
            <ul class="uses">{forms}</ul>
        </li>
    }
    .into_any()
}

/// For whom a round is, in words.
fn audience(units: &[RoundUnit], round: &RoundLine) -> String {
    let audience = &round.audience;
    let mut parts: Vec<String> = audience.school_forms.iter().map(|form| words::school_form(*form)).collect();
    parts.extend(
        audience
            .grades
            .iter()
            .map(|grade| t_with("builder.try.grade", &[("grade", &number(grade.0.into()))])),
    );
    parts.extend(units.iter().filter(|unit| audience.units.contains(&unit.id)).map(|unit| unit.name.clone()));
    for unit in units {
        let groups = unit.groups.iter().filter(|group| audience.groups.contains(&group.id));
        parts.extend(groups.map(|group| [unit.name.as_str(), " ", &group.name].concat()));
    }
    if parts.is_empty() { t("rounds.everybody") } else { parts.join(", ") }
}

fn form_line(board: Board, round: RoundId, form: &RoundForm) -> AnyView {
    let version = t_with("builder.version", &[("n", &number(form.form.version.into()))]);
    let opened = RwSignal::new(None::<(FormDefinition, FormDefinition)>);
    let form_now = StoredValue::new(form.clone());
    let look = move |newest: u32| {
        let form = form_now.get_value().form;
        spawn_local(async move {
            let old = client::call::<GetPublishedForm>(&(form.key.clone(), form.version), &Nothing {}).await;
            let new = client::call::<GetPublishedForm>(&(form.key, newest), &Nothing {}).await;
            match (old, new) {
                (Ok(old), Ok(new)) => drop(opened.try_set(Some((old, new)))),
                (Err(failure), _) | (_, Err(failure)) => {
                    board.session.heed(&failure);
                    toast(saving_failed(&failure));
                }
            }
        });
    };
    let newer = form.newest.map(|newest| {
        let words = t_with("rounds.newer", &[("n", &number(newest.into()))]);
        let about = [" ", &form.title].concat();
        view! {
            <button class="button button--secondary button--small" type="button" on:click=move |_| look(newest)>
                {words}<span class="visually-hidden">{about}</span>
            </button>
        }
    });
    let told = move || opened.get().map(|(old, new)| moving(board, round, &old, &new, opened));
    view! { <li><p class="toolbar"><b>{form.title.clone()}</b><span class="soft">{version}</span>{newer}</p>{told}</li> }
        .into_any()
}

/// What moving means, and the button that does it.
fn moving(
    board: Board,
    round: RoundId,
    old: &FormDefinition,
    new: &FormDefinition,
    opened: RwSignal<Option<(FormDefinition, FormDefinition)>>,
) -> AnyView {
    let changes = diff(old, new, locale());
    let changes = changes.iter().map(|change| view! { <li>{words::change(change)}</li> }).collect_view();
    let title = |key: &skolstart_shared::form::ActKey| {
        let act = new.act(key).or_else(|| old.act(key));
        act.map_or_else(|| key.0.clone(), |act| act.title.get(locale()).to_owned())
    };
    let meanings = effects(old, new);
    let meanings = meanings
        .iter()
        .map(|effect| view! { <li>{words::meaning(effect.meaning, &title(&effect.act))}</li> })
        .collect_view();
    let (key, input) = (new.key.clone(), RoundFormIn { from: old.version, to: new.version });
    let go = move |_| {
        let key = key.clone();
        spawn_local(async move {
            match client::call::<PutRoundForm>(&(round, key), &input).await {
                Ok(done) => {
                    toast(t_count("rounds.moved", done.asked_anew.into(), &[]));
                    board.ask();
                }
                Err(failure) => {
                    board.session.heed(&failure);
                    toast(saving_failed(&failure));
                }
            }
        });
    };
    view! {
        <div class="stack stack--tight">
            <h4>{t("builder.publish.differences")}</h4>
            <ul class="uses">{changes}</ul>
            <section class="then" aria-live="polite"><h4>{t("builder.publish.then")}</h4><ul>{meanings}</ul></section>
            <p class="toolbar">
                <button class="button button--small" type="button" on:click=go>{t("rounds.move")}</button>
                <button class="button button--quiet button--small" type="button" on:click=move |_| opened.set(None)>{t("staff.cancel")}</button>
            </p>
        </div>
    }
    .into_any()
}
