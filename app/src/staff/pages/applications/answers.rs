//! What has been answered by those who apply.

use crate::i18n::{locale, t, timestamp_day};
use crate::staff::words;
use crate::ui::{Notice, NoticeKind};
use leptos::prelude::*;
use skolstart_shared::api::{ApplicationOut, AppliedOut};
use skolstart_shared::form::{Act, Answers, FieldKind};

/// The answers once, with who has signed; where they differ, each one's.
#[component]
pub(super) fn Answered(application: ApplicationOut) -> impl IntoView {
    let signed = |applied: &AppliedOut| {
        let who = applied.by.clone().unwrap_or_else(|| t("staff.versions.guardian"));
        [who.as_str(), " ", &timestamp_day(applied.at)].concat()
    };
    let act = &application.act;
    let body = if application.differs {
        let each = application.applied.iter().map(|applied| {
            view! { <h3>{signed(applied)}</h3>{facts(act, &applied.answers)} }
        });
        view! { <Notice kind=NoticeKind::Waiting><p>{t("staff.versions.text")}</p></Notice>{each.collect_view()} }
            .into_any()
    } else {
        let names: Vec<String> = application.applied.iter().map(signed).collect();
        let answers = application.applied.first().map(|applied| facts(act, &applied.answers));
        view! { <p class="small soft">{t("staff.application.signed")}": "{names.join(", ")}</p>{answers} }
            .into_any()
    };
    view! { <section class="card"><h2>{t("staff.application.answers")}</h2>{body}</section> }
}

/// What was answered, question by question.
pub(in crate::staff) fn facts(act: &Act, answers: &Answers) -> impl IntoView + use<> {
    let rows = act.fields.iter().filter_map(|field| {
        let value = answers.get(&field.key)?;
        let said = match &field.kind {
            FieldKind::Acknowledge { text } => text.get(locale()).to_owned().into_any(),
            kind => words::value(kind, value),
        };
        Some(view! { <div><dt>{field.label.get(locale()).to_owned()}</dt><dd>{said}</dd></div> })
    });
    view! { <dl class="facts">{rows.collect_view()}</dl> }
}
