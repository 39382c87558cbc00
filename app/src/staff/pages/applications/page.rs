//! One application: what is applied for, what has happened, and what the reader can do about it.

use super::answers::Answered;
use super::conflict::Lost;
use super::decide::Decide;
use super::events::{Earlier, Events};
use super::opinion::GiveOpinion;
use super::pupil::Pupil;
use super::questions::Questions;
use super::sending::Sending;
use crate::fields::know_units;
use crate::i18n::{date, t, t_with, timestamp_day};
use crate::letter;
use crate::router::{Link, page_title};
use crate::staff::once::Trouble;
use crate::staff::pages::child::protected_notice;
use crate::staff::pages::protection::{SayWhy, needs_purpose};
use crate::staff::routes::Route;
use crate::staff::words;
use crate::state::{Remote, fetch_into};
use crate::ui::{Notice, NoticeKind, Skeleton, Status};
use leptos::prelude::*;
use skolstart_shared::api::{ApplicationOut, GetApplication, Nothing};
use skolstart_shared::application::{ApplicationState, Sheet};
use skolstart_shared::id::{ApplicationId, PersonId};

/// The page.
#[component]
pub(crate) fn ApplicationPage(child: PersonId, id: ApplicationId) -> impl IntoView {
    let found = RwSignal::new(Remote::Loading);
    let ask = move || fetch_into::<GetApplication>(found, (child, id), Nothing {});
    ask();
    let owner = Owner::current();
    let again = Callback::new(move |()| match &owner {
        Some(owner) => owner.with(ask),
        None => ask(),
    });
    page_title(move || found.with(|found| found.ready().map(heading).unwrap_or_default()));
    move || match found.get() {
        Remote::Loading => view! { <Skeleton label=t("common.loading")/> }.into_any(),
        Remote::Failed(failure) if needs_purpose(&failure) => {
            view! { <SayWhy child again page=true/> }.into_any()
        }
        Remote::Failed(failure) => words::failure(&failure, ask),
        Remote::Ready(application) => view! { <Whole application again/> }.into_any(),
    }
}

fn heading(application: &ApplicationOut) -> String {
    [&application.line.title, " · ", &application.line.name].concat()
}

#[component]
fn Whole(application: ApplicationOut, again: Callback<()>) -> impl IntoView {
    know_units(application.units.clone());
    let sending = Sending::new(&application, again);
    let line = application.line.clone();
    let (kind, word) = letter::state(line.state);
    let place: Vec<String> = [Some(line.unit.clone()), line.group.as_ref().map(|(_, name)| name.clone())]
        .into_iter()
        .flatten()
        .collect();
    let came = t_with("staff.application.came", &[("day", &timestamp_day(line.opened))]);
    let due = line.due.map(|due| [" · ", &t_with("staff.application.due", &[("day", &date(due))])].concat());
    let turn = match (line.mine, line.waits_for) {
        (true, _) => Some(t("staff.application.your-turn")),
        (false, Some(function)) => {
            Some(t_with("staff.application.turn", &[("who", &letter::title(function))]))
        }
        (false, None) => None,
    };
    view! {
        <ol class="crumbs">
            <li><Link<Route> to=Route::Applications>{t("staff.applications.title")}</Link<Route>></li>
            <li>{line.title.clone()}</li>
        </ol>
        <header class="desk__head">
            <div class="pagehead">
                <p class="pagehead__over">{place.join(" · ")}</p>
                <h1>{heading(&application)}</h1>
                <p class="soft">{came}{due}</p>
            </div>
            <Status kind word/>
        </header>
        {line.protected.then(protected_notice)}
        {turn.map(|turn| view! { <Notice kind=NoticeKind::Info icon="info"><p>{turn}</p></Notice> })}
        <Lost sending/>
        <Trouble said=sending.once.trouble/>
        <div class="desk__split desk__split--wide">
            <div class="stack">
                <Answered application=application.clone()/>
                <Pupil sending application=application.clone()/>
                {handling(sending, &application)}
            </div>
            <div class="stack">
                {asking(sending, &application)}
                <Events application=application.clone()/>
                <Earlier child=line.child earlier=application.earlier.clone()/>
            </div>
        </div>
    }
}

/// What the reader can do now.
fn handling(sending: Sending, application: &ApplicationOut) -> Option<AnyView> {
    let applied = application.applied.first().map(|applied| applied.answers.clone()).unwrap_or_default();
    let sheet = Sheet::of(&application.act, &applied)?;
    let state = application.line.state;
    let rule = application.act.decision.as_ref()?;
    if matches!(state, ApplicationState::Withdrawn | ApplicationState::Superseded) {
        return None;
    }
    let gives_opinion =
        !state.is_closed() && rule.opinion.is_some_and(|one| application.tasks.contains(&one));
    let waits_for_opinion = state == ApplicationState::WaitingForOpinion;
    let may_decide = rule.deciders.iter().any(|decider| application.tasks.contains(&decider.function));
    let opinion = (gives_opinion && waits_for_opinion)
        .then(|| view! { <GiveOpinion sending application=application.clone() sheet=sheet.clone()/> });
    let decide = (may_decide && !waits_for_opinion)
        .then(|| view! { <Decide sending application=application.clone() sheet=sheet.clone()/> });
    Some(view! { {opinion}{decide} }.into_any())
}

/// What the home can be asked while nothing is decided. What staff have applied for is theirs, and the school asks itself.
fn asking(sending: Sending, application: &ApplicationOut) -> Option<AnyView> {
    let (act, returned) = (application.act.clone(), application.returned.clone());
    let is_open = !application.line.state.is_closed() && act.signers.staff().is_none();
    is_open.then(|| view! { <Questions sending act returned/> }.into_any())
}
