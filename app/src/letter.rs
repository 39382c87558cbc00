//! What is said about an application and its decision, the same to those who applied and to those who decide.
//!
//! Called by the pages of both programs: a preview of a letter is the letter. Must not: know whose page it stands on.

use crate::fields::lines;
use crate::i18n::{t, timestamp_day};
use crate::ui::{El, StatusKind, el, p};
use skolstart_shared::access::Function;
use skolstart_shared::api::Letter;
use skolstart_shared::application::ApplicationState;
use skolstart_shared::form::DecisionOutcome;

/// A state as a kind of status and a word.
pub fn state(state: ApplicationState) -> (StatusKind, String) {
    match state {
        ApplicationState::Received => (StatusKind::Progress, t("application.received")),
        ApplicationState::WaitingForOther => (StatusKind::Waiting, t("application.waiting-for-other")),
        ApplicationState::Conflict => (StatusKind::Waiting, t("application.conflict")),
        ApplicationState::NeedsCompletion => (StatusKind::Waiting, t("application.needs-completion")),
        ApplicationState::WaitingForOpinion => (StatusKind::Progress, t("application.waiting-for-opinion")),
        ApplicationState::Granted => (StatusKind::Complete, t("application.granted")),
        ApplicationState::Partly => (StatusKind::Complete, t("application.partly")),
        ApplicationState::Refused => (StatusKind::Declined, t("application.refused")),
        ApplicationState::Waiting => (StatusKind::Waiting, t("application.waiting")),
        ApplicationState::Withdrawn => (StatusKind::None, t("application.withdrawn")),
        ApplicationState::Superseded => (StatusKind::None, t("application.superseded")),
    }
}

/// What a task is called: the title of whoever has it.
pub fn title(function: Function) -> String {
    match function {
        Function::Mentor => t("function.mentor"),
        Function::Administrator => t("function.administrator"),
        Function::Principal => t("function.principal"),
        Function::Kitchen => t("function.kitchen"),
        Function::SchoolHealth => t("function.school-health"),
        Function::PictureEditor => t("function.picture-editor"),
        Function::Devices => t("function.devices"),
        Function::Officer => t("function.officer"),
    }
}

/// A decision as the applicant reads it: what, why, by whom, and what to do when it is wrong. `about`: "Ledighet · Ella".
pub fn letter(letter: &Letter, about: &str) -> El {
    let decision = match letter.outcome {
        DecisionOutcome::Granted => t("letter.granted"),
        DecisionOutcome::Partly => t("letter.partly"),
        DecisionOutcome::Refused => t("letter.refused"),
        DecisionOutcome::Waiting => t("letter.waiting"),
    };
    let rows = el("dl", "receipt__list");
    for line in &letter.lines {
        rows.add(&row(&line.label, &lines(&line.kind, &line.value).join("; ")));
    }
    rows.add(&row(&t("letter.at"), &timestamp_day(letter.at)));
    rows.add(&row(&t("letter.by"), &[&title(letter.by), ", ", &letter.sender].concat()));
    rows.add(&row(&t("letter.law"), &letter.law));
    let slip = el("div", "receipt__slip stack stack--tight")
        .with(p("receipt__over", &[&t("letter.heading"), " · ", about].concat()))
        .with(el("h2", "").text(&decision));
    if letter.changed {
        slip.add(&p("", &t("letter.changed")));
    }
    if !letter.reasons.is_empty() {
        slip.add(&el("h3", "").text(&t("letter.reasons")));
        letter.reasons.lines().for_each(|line| slip.add(&p("", line)));
    }
    slip.add(&rows);
    if letter.outcome != DecisionOutcome::Granted {
        slip.add(&el("h3", "").text(&t("letter.wrong")));
        slip.add(&match &letter.appeal {
            Some(appeal) => p("", appeal).text(" ").text(&t("letter.appeal-how")),
            None => p("", &t("letter.no-appeal")),
        });
    }
    el("article", "receipt letter").with(slip)
}

fn row(label: &str, value: &str) -> El {
    el("div", "").with(el("dt", "").text(label)).with(el("dd", "").text(value))
}
