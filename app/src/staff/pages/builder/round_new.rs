//! Starting a round: what it is called, when it is, which forms, and for whom.

use super::inputs::{new_id, several};
use super::rounds::Board;
use super::words;
use crate::api::{ApiFailure, client, new_id as fresh};
use crate::i18n::{number, t, t_count, t_or, t_with};
use crate::staff::pages::inventory::saving_failed;
use crate::state::clock;
use crate::ui::{Notice, NoticeKind, toast};
use leptos::prelude::*;
use leptos::task::spawn_local;
use skolstart_shared::api::{Audience, PutRound, RoundIn, RoundUnit, RoundsOut};
use skolstart_shared::form::{FormRef, Texts};
use skolstart_shared::id::{GroupId, RoundId, UnitId};
use skolstart_shared::school::{Grade, SchoolForm};
use skolstart_shared::{Date, Locale, Violation};

/// What is typed and chosen. Copy it freely.
#[derive(Clone, Copy)]
struct Typed {
    titles: [RwSignal<String>; 2],
    opens: RwSignal<String>,
    closes: RwSignal<String>,
    forms: RwSignal<Vec<FormRef>>,
    school_forms: RwSignal<Vec<SchoolForm>>,
    grades: RwSignal<Vec<Grade>>,
    units: RwSignal<Vec<UnitId>>,
    groups: RwSignal<Vec<GroupId>>,
}

const LANGUAGES: [Locale; 2] = [Locale::Sv, Locale::En];
/// Two weeks: long enough to answer, short enough to remember.
const USUAL_DAYS: i32 = 14;

impl Typed {
    fn new(today: Date) -> Self {
        Self {
            titles: [RwSignal::new(String::new()), RwSignal::new(String::new())],
            opens: RwSignal::new(today.to_string()),
            closes: RwSignal::new(today.add_days(USUAL_DAYS).to_string()),
            forms: RwSignal::default(),
            school_forms: RwSignal::default(),
            grades: RwSignal::default(),
            units: RwSignal::default(),
            groups: RwSignal::default(),
        }
    }

    /// The round as it stands in the fields. `None`: a day is none.
    fn round(self) -> Option<RoundIn> {
        let titles = LANGUAGES.into_iter().zip(self.titles);
        Some(RoundIn {
            title: Texts(
                titles.map(|(locale, title)| (locale, title.get_untracked().trim().to_owned())).collect(),
            ),
            opens: Date::parse_iso(self.opens.get_untracked().trim()).ok()?,
            closes: Date::parse_iso(self.closes.get_untracked().trim()).ok()?,
            forms: self.forms.get_untracked(),
            audience: Audience {
                school_forms: self.school_forms.get_untracked(),
                grades: self.grades.get_untracked(),
                units: self.units.get_untracked(),
                groups: self.groups.get_untracked(),
            },
        })
    }
}

fn wrong(violation: &Violation) -> String {
    let field = match violation.path.as_str() {
        "title.sv" | "title.en" => t("rounds.name"),
        "forms" => t("rounds.forms"),
        _ => t("rounds.closes"),
    };
    [field.as_str(), ": ", &t_or(&["unfit.", violation.code.as_str()].concat(), "unfit.other")].concat()
}

pub(super) fn start(board: Board, found: &RoundsOut) -> AnyView {
    let typed = Typed::new(found.today);
    let problems = RwSignal::new(Vec::<String>::new());
    let id = StoredValue::new(fresh::<RoundId>(clock::now()));
    let go = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let (Some(round), Some(id)) = (typed.round(), id.get_value()) else {
            return problems.set(vec![t("staff.form.wrong-day")]);
        };
        spawn_local(async move {
            match client::call::<PutRound>(&id, &round).await {
                Ok(done) => {
                    toast(t_count("rounds.started", done.children.into(), &[]));
                    board.ask();
                }
                Err(ApiFailure::Refused(error)) if !error.violations.is_empty() => {
                    problems.set(error.violations.iter().map(wrong).collect());
                }
                Err(failure) => {
                    board.session.heed(&failure);
                    problems.set(vec![saving_failed(&failure)]);
                }
            }
        });
    };
    let forms: Vec<(FormRef, String)> =
        found.forms.iter().map(|form| (form.form.clone(), form.title.clone())).collect();
    view! {
        <section class="card" aria-labelledby="start-round">
            <h2 id="start-round">{t("rounds.start")}</h2>
            <p class="soft">{t("rounds.one-at-a-time")}</p>
            <form class="stack" on:submit=go novalidate>
                {names(typed)}
                <div class="threes">{day(t("rounds.opens"), typed.opens)}{day(t("rounds.closes"), typed.closes)}</div>
                {several(t("rounds.forms"), forms, Vec::new(), move |chosen| typed.forms.set(chosen))}
                {for_whom(typed, &found.units)}
                {move || (!problems.with(Vec::is_empty)).then(|| view! {
                    <Notice kind=NoticeKind::Error>{problems.get().into_iter().map(|words| view! { <p>{words}</p> }).collect_view()}</Notice>
                })}
                <p><button class="button" type="submit">{t("rounds.start-now")}</button></p>
            </form>
        </section>
    }
    .into_any()
}

fn names(typed: Typed) -> AnyView {
    let one = |(locale, value): (Locale, RwSignal<String>)| {
        let id = new_id();
        let label =
            t_with("builder.in-language", &[("label", &t("rounds.name")), ("language", locale.own_name())]);
        view! {
            <div class="field">
                <label class="field__label" for=id.clone()>{label}</label>
                <input class="input" id=id lang=locale.as_str() autocomplete="off" prop:value=value on:input=move |event| value.set(event_target_value(&event))/>
            </div>
        }
    };
    view! { <div class="threes">{LANGUAGES.into_iter().zip(typed.titles).map(one).collect_view()}</div> }
        .into_any()
}

fn day(label: String, value: RwSignal<String>) -> AnyView {
    let id = new_id();
    view! {
        <div class="field">
            <label class="field__label" for=id.clone()>{label}</label>
            <input class="input" id=id type="date" prop:value=value on:input=move |event| value.set(event_target_value(&event))/>
        </div>
    }
    .into_any()
}

fn for_whom(typed: Typed, units: &[RoundUnit]) -> AnyView {
    let forms = words::SCHOOL_FORMS.map(|form| (form, words::school_form(form))).to_vec();
    let grades = (0..=10).filter_map(Grade::new).map(|grade| (grade, number(grade.0.into()))).collect();
    let named: Vec<(UnitId, String)> = units.iter().map(|unit| (unit.id, unit.name.clone())).collect();
    let groups: Vec<(GroupId, String)> = units
        .iter()
        .flat_map(|unit| {
            unit.groups.iter().map(|group| (group.id, [unit.name.as_str(), " ", &group.name].concat()))
        })
        .collect();
    view! {
        <details class="fold">
            <summary>{t("rounds.for-whom")}</summary>
            <div class="stack">
                <p class="soft">{t("rounds.for-whom-help")}</p>
                {several(t("rounds.school-forms"), forms, Vec::new(), move |chosen| typed.school_forms.set(chosen))}
                {several(t("rounds.grades"), grades, Vec::new(), move |chosen| typed.grades.set(chosen))}
                {several(t("rounds.units"), named, Vec::new(), move |chosen| typed.units.set(chosen))}
                {several(t("rounds.groups"), groups, Vec::new(), move |chosen| typed.groups.set(chosen))}
            </div>
        </details>
    }
    .into_any()
}
