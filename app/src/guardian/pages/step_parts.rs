//! Pieces that several pages draw of an act.

use super::parts::link;
use crate::forms::StepKey;
use crate::guardian::Route;
use crate::guardian::act_text;
use crate::guardian::work::Work;
use crate::i18n::{date_and_time, locale, t, t_with};
use crate::ui::{El, NoticeKind, StatusKind, el, notice, p, status};
use skolstart_shared::access::Role;
use skolstart_shared::api::TaskOut;
use skolstart_shared::form::{Act, ActKind, FormDefinition};
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
pub(super) fn task_line(work: Work, forms: &[FormDefinition], task: &TaskOut) -> Option<El> {
    let act = act_of(forms, task)?;
    let (kind, word) = state(work, task);
    let note = match task.answered {
        Some(at) => t_with("task.answered", &[("when", &date_and_time(at))]),
        None => t_with(
            "home.counts",
            &[("new", &task.progress.new.to_string()), ("known", &task.progress.known.to_string())],
        ),
    };
    let to = match (act.kind, task.child, task.answered) {
        (ActKind::Consent, Some(child), Some(_)) => Route::Child(child),
        _ => Route::Step(StepKey::of(task)),
    };
    let is_closed = is_closed(task);
    let link = if is_closed { el("span", "task__link") } else { link(to, "task__link") };
    let link = link
        .with(el("span", "task__name").text(act.title.get(locale())))
        .maybe((!is_closed).then(|| el("span", "task__note").text(&note)));
    Some(el("li", "task").with(link).with(status(kind, &word, false)))
}

/// True for what the school no longer takes an answer to: the last day has passed, and she has not answered.
pub(super) fn is_closed(task: &TaskOut) -> bool {
    task.status == TaskStatus::Expired && task.mine == MyPart::Waits
}

/// How a task stands, with what waits on the device.
pub(super) fn state(work: Work, task: &TaskOut) -> (StatusKind, String) {
    if work.waits(task) {
        return (StatusKind::Waiting, t("waiting.heading"));
    }
    act_text::state(task.status, task.mine)
}

/// Why an act that she has answered stands here again: a question of the school, a change by the other guardian, or two
/// different answers; and why one is asked that an answer of hers calls for.
pub(super) fn again(task: &TaskOut, act: &Act) -> Option<El> {
    let said = |text: &str| El::several().with(el("p", "").with(el("b", "").text(text)));
    let is_asked_anew = task.renewed.is_some() && task.mine == MyPart::ToDo;
    let inside = if let Some(asked) = &task.returned {
        let inside = match asked.role {
            Role::Principal => said(&t("step.asked-principal")),
            _ => said(&t("step.asked")),
        };
        inside.all(asked.questions.iter().map(|(key, question)| {
            let label = act.field(key).map(|field| field.label.get(locale())).unwrap_or_default();
            p("", label).text(": ").text(question)
        }))
    } else if task.status == TaskStatus::Conflict {
        said(&t("step.conflict"))
    } else if is_asked_anew {
        said(&t("step.renewed"))
    } else if let Some(why) = &task.called {
        said(&t("step.called")).with(p("", why))
    } else {
        return None;
    };
    Some(notice(NoticeKind::Waiting, "info", inside))
}

/// Who sees an answer and on what ground it is asked.
pub(super) fn why(act: &Act) -> El {
    let law =
        el("details", "").with(el("summary", "").text(&t("step.law"))).with(p("soft", act.law.get(locale())));
    el("div", "stack stack--tight").with(p("soft", act.readers.get(locale()))).with(law)
}
