//! Pieces that several pages draw of an act.

use crate::forms::StepKey;
use crate::guardian::Route;
use crate::guardian::act_text;
use crate::i18n::{date_and_time, locale, t, t_with};
use crate::router::Link;
use crate::ui::{Notice, NoticeKind, Status};
use leptos::prelude::*;
use skolstart_shared::access::Role;
use skolstart_shared::api::TaskOut;
use skolstart_shared::form::{Act, ActKind, FieldKey, FormDefinition};
use skolstart_shared::round::{MyPart, TaskStatus};

/// The act of a task.
pub(super) fn act_of<'a>(forms: &'a [FormDefinition], task: &TaskOut) -> Option<&'a Act> {
    forms.iter().find(|form| form.reference() == task.form)?.act(&task.act)
}

/// The heading of the act of a task.
pub(super) fn title(forms: &[FormDefinition], task: &TaskOut) -> Option<String> {
    act_of(forms, task).map(|act| act.title.get(locale()).to_owned())
}

/// A line of a list of acts: heading, when answered, state. Consents are changed where they stand.
pub(super) fn task_line(forms: &[FormDefinition], task: &TaskOut) -> Option<impl IntoView + use<>> {
    let act = act_of(forms, task)?;
    let (kind, word) = act_text::state(task.status, task.mine);
    let note = match task.answered {
        Some(at) => t_with("task.answered", &[("when", &date_and_time(at))]),
        None => t_with(
            "home.counts",
            &[("new", &task.progress.new.to_string()), ("known", &task.progress.known.to_string())],
        ),
    };
    let name = act.title.get(locale()).to_owned();
    let to = match (act.kind, task.child, task.answered) {
        (ActKind::Consent, Some(child), Some(_)) => Route::Child(child),
        _ => Route::Step(StepKey::of(task)),
    };
    Some(view! {
        <li class="task">
            <Link<Route> to class="task__link">
                <span class="task__name">{name}</span><span class="task__note">{note}</span>
            </Link<Route>>
            <Status kind word/>
        </li>
    })
}

/// Why an act that she has answered stands here again: a question of the school, a change by the other guardian, or two
/// different answers.
pub(super) fn again(task: &TaskOut, act: &Act) -> Option<AnyView> {
    let say = |text: String, lines: Vec<AnyView>| {
        view! { <Notice kind=NoticeKind::Waiting icon="info"><p><b>{text}</b></p>{lines}</Notice> }.into_any()
    };
    if let Some(asked) = &task.returned {
        let title = if asked.role == Role::Principal { t("step.asked-principal") } else { t("step.asked") };
        let line = |(key, question): (&FieldKey, &String)| {
            let label = act.field(key).map(|field| field.label.get(locale()).to_owned()).unwrap_or_default();
            view! { <p>{label}": "{question.clone()}</p> }.into_any()
        };
        return Some(say(title, asked.questions.iter().map(line).collect()));
    }
    if task.status == TaskStatus::Conflict {
        return Some(say(t("step.conflict"), Vec::new()));
    }
    let is_asked_anew = task.renewed.is_some() && task.mine == MyPart::ToDo;
    is_asked_anew.then(|| say(t("step.renewed"), Vec::new()))
}

/// Who sees an answer and on what ground it is asked.
pub(super) fn why(act: &Act) -> impl IntoView + use<> {
    let (readers, law) = (act.readers.get(locale()).to_owned(), act.law.get(locale()).to_owned());
    view! {
        <div class="stack stack--tight">
            <p class="soft">{readers}</p>
            <details><summary>{t("step.law")}</summary><p class="soft">{law}</p></details>
        </div>
    }
}
