//! Takes down what somebody answered about consents on paper or in words: who, what, when, and where the evidence is.

use super::handle::Handling;
use crate::api::{ApiFailure, client};
use crate::i18n::{languages, t};
use crate::staff::once::{Once, why_not};
use crate::state::clock;
use leptos::prelude::*;
use leptos::task::spawn_local;
use skolstart_shared::Map;
use skolstart_shared::api::{
    AnswerWay, AnswerableOut, ConsentAnswerIn, ErrorCode, PutConsentAnswer, SaidConsent,
};
use skolstart_shared::form::{ActKey, FieldKey, FormRef};
use skolstart_shared::id::{ChangeId, PersonId};
use skolstart_shared::{Date, Locale};

const YES: &str = "yes";
const NO: &str = "no";
const LIMITED: &str = "limited";
const SPOKEN: &str = "spoken";

/// What is typed, before it is an answer. Copy it freely.
#[derive(Clone, Copy)]
struct Draft {
    by: RwSignal<String>,
    way: RwSignal<String>,
    locale: RwSignal<String>,
    day: RwSignal<String>,
    kept: RwSignal<String>,
    once: Once<ConsentAnswerIn, ChangeId>,
}

/// What one channel is said to be.
#[derive(Clone)]
struct Line {
    field: FieldKey,
    label: String,
    said: RwSignal<String>,
    limit: RwSignal<String>,
}

fn text(text: &str) -> RwSignal<String> {
    RwSignal::new(text.to_owned())
}

/// The form, closed at first.
#[component]
pub(super) fn TakeDown(
    handling: Handling,
    act: ActKey,
    id: String,
    answerable: AnswerableOut,
) -> impl IntoView {
    let first = answerable.people.first().map(|(person, _)| person.to_string()).unwrap_or_default();
    let draft = Draft {
        by: text(&first),
        way: text("paper"),
        locale: text(Locale::Sv.as_str()),
        day: text(""),
        kept: text(""),
        once: Once::saying(handling.once.trouble),
    };
    let line = |(field, label): &(FieldKey, String)| Line {
        field: field.clone(),
        label: label.clone(),
        said: text(""),
        limit: text(""),
    };
    let lines: Vec<Line> = answerable.channels.iter().map(line).collect();
    let (form, sent) = (answerable.form, lines.clone());
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        match answer(draft, &sent, &form, &act) {
            Some(answer) => deliver(handling, draft, answer),
            None => handling.once.trouble.set(t("staff.take-down.incomplete")),
        }
    };
    let channels = lines.into_iter().map(|line| view! { <Channel id=id.clone() line/> }).collect_view();
    view! {
        <details>
            <summary>{t("staff.take-down.open")}</summary>
            <form class="stack stack--tight" on:submit=send>
                <p class="small soft">{t("staff.take-down.text")}</p>
                <WhoAndHow draft id=id.clone() people=answerable.people/>
                {channels}
                <Kept draft id/>
                <p><button class="button button--small" type="submit">{t("staff.take-down.send")}</button></p>
            </form>
        </details>
    }
}

#[component]
fn WhoAndHow(draft: Draft, id: String, people: Vec<(PersonId, String)>) -> impl IntoView {
    let people = people
        .into_iter()
        .map(|(person, name)| view! { <option value=person.to_string()>{name}</option> })
        .collect_view();
    let languages = languages()
        .into_iter()
        .map(|(code, name)| view! { <option value=code lang=code>{name}</option> })
        .collect_view();
    let at = |part: &str| [part, "-", &id].concat();
    let day = at("said-day");
    view! {
        <Choice id=at("said-by") label=t("staff.take-down.by") value=draft.by>{people}</Choice>
        <Choice id=at("said-way") label=t("staff.take-down.way") value=draft.way>
            <option value="paper">{t("staff.take-down.paper")}</option>
            <option value=SPOKEN>{t("staff.take-down.spoken")}</option>
        </Choice>
        <Choice id=at("said-language") label=t("staff.take-down.language") value=draft.locale>{languages}</Choice>
        <div class="field">
            <label class="field__label" for=day.clone()>{t("staff.take-down.day")}</label>
            <input class="input" id=day type="date" required max=clock::today().to_string()
                prop:value=draft.day on:input=move |event| draft.day.set(event_target_value(&event))/>
        </div>
    }
}

#[component]
fn Kept(draft: Draft, id: String) -> impl IntoView {
    let kept = ["said-kept-", &id].concat();
    let help = [&kept, "-help"].concat();
    view! {
        <div class="field">
            <label class="field__label" for=kept.clone()>{t("staff.take-down.kept")}</label>
            <p class="field__help" id=help.clone()>{t("staff.take-down.kept-help")}</p>
            <input class="input" id=kept maxlength="200" required aria-describedby=help
                prop:value=draft.kept on:input=move |event| draft.kept.set(event_target_value(&event))/>
        </div>
    }
}

#[component]
fn Choice(id: String, label: String, value: RwSignal<String>, children: Children) -> impl IntoView {
    view! {
        <div class="field">
            <label class="field__label" for=id.clone()>{label}</label>
            <select class="input" id=id prop:value=value on:change=move |event| value.set(event_target_value(&event))>
                {children()}
            </select>
        </div>
    }
}

/// One channel: not answered, yes, yes with a limit, no.
#[component]
fn Channel(id: String, line: Line) -> impl IntoView {
    let (said, limit) = (line.said, line.limit);
    let at = |part: &str| [part, "-", &id, "-", line.field.as_str()].concat();
    let (select, input) = (at("said"), at("limit"));
    let limited = move || {
        (said.get() == LIMITED).then(|| {
            let input = input.clone();
            view! {
                <div class="field">
                    <label class="field__label" for=input.clone()>{t("staff.take-down.limit")}</label>
                    <input class="input" id=input maxlength="300" required
                        prop:value=limit on:input=move |event| limit.set(event_target_value(&event))/>
                </div>
            }
        })
    };
    view! {
        <Choice id=select label=line.label value=said>
            <option value="">{t("staff.take-down.unanswered")}</option>
            <option value=YES>{t("staff.take-down.yes")}</option>
            <option value=LIMITED>{t("staff.take-down.limited")}</option>
            <option value=NO>{t("staff.take-down.no")}</option>
        </Choice>
        {limited}
    }
}

/// `None`: something is missing.
fn answer(draft: Draft, lines: &[Line], form: &FormRef, act: &ActKey) -> Option<ConsentAnswerIn> {
    let said = |line: &Line| {
        let said = match line.said.get_untracked().as_str() {
            YES => SaidConsent::Yes,
            NO => SaidConsent::No,
            LIMITED => SaidConsent::Limited(line.limit.get_untracked()),
            _ => return None,
        };
        Some((line.field.clone(), said))
    };
    let said: Map<FieldKey, SaidConsent> = lines.iter().filter_map(said).collect();
    let way = if draft.way.get_untracked() == SPOKEN { AnswerWay::Spoken } else { AnswerWay::Paper };
    (!said.is_empty()).then_some(())?;
    Some(ConsentAnswerIn {
        form: form.clone(),
        act: act.clone(),
        by: draft.by.get_untracked().parse().ok()?,
        said,
        way,
        day: Date::parse_iso(&draft.day.get_untracked()).ok()?,
        locale: Locale::parse(&draft.locale.get_untracked()).ok()?,
        kept: draft.kept.get_untracked(),
    })
}

fn deliver(handling: Handling, draft: Draft, answer: ConsentAnswerIn) {
    let Some(id) = draft.once.id(&answer) else { return };
    spawn_local(async move {
        let sent = client::call::<PutConsentAnswer>(&(handling.child, id), &answer).await;
        draft.once.heard(&sent, why);
        if sent.is_ok() {
            handling.again.run(());
        }
    });
}

fn why(failure: &ApiFailure) -> String {
    match failure {
        ApiFailure::Refused(error) if error.code == ErrorCode::Stale => t("staff.take-down.newer"),
        _ => why_not(failure, t("staff.take-down.refused")),
    }
}
