//! What a pupil who has signed in sees of an application about her, and what she says of it. Called by the pages and steps of
//! those who have applied. Until she is of age it is her guardians' application: she neither takes it back nor is told more than
//! the form makes her part.

use super::StepError;
use super::desk::{Desk, Subject};
use crate::policy::Principal;
use crate::store::Published;
use skolstart_shared::api::{ApplicationEvent, LetterLine};
use skolstart_shared::application::{
    ApplicationState, OwnPupilOut, PupilPart, PupilSaid, PupilView, check_view,
};
use skolstart_shared::fact::Sensitivity;
use skolstart_shared::form::{Field, FieldKind};
use skolstart_shared::{Code, Violation};

/// What somebody has to do with an application.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// She has applied.
    Applicant,
    /// It is about her, and she is asked what she thinks.
    Pupil(PupilPart),
}

impl Part {
    /// `None`: the application does not exist for her.
    pub(super) fn of(desk: &Desk<'_>, principal: &Principal, subject: &Subject<'_>) -> Option<Self> {
        let me = principal.person();
        if subject.record.applied().any(|(by, ..)| by == me) {
            return Some(Self::Applicant);
        }
        let is_hers = principal.is_pupil() && subject.record.child == me;
        desk.pupil(subject).filter(|_| is_hers).map(Self::Pupil)
    }

    /// True when she is told what is applied for and what was decided: whoever has signed it, or has to be asked before it is
    /// granted.
    pub(super) fn is_told(self) -> bool {
        match self {
            Self::Applicant => true,
            Self::Pupil(part) => part.must,
        }
    }
}

/// True when she has been asked and has not said anything.
pub(super) fn is_asked(subject: &Subject<'_>, part: Part, state: ApplicationState) -> bool {
    matches!(part, Part::Pupil(_)) && !state.is_closed() && subject.record.pupil().is_none()
}

/// What she says, checked. Nobody says it in her place here: staff take it down in theirs.
pub(super) fn said(part: Part, view: &PupilView) -> Result<ApplicationEvent, StepError> {
    if part == Part::Applicant {
        return Err(StepError::Invalid(vec![Violation::new("", Code::NotASigner)]));
    }
    check_view(view).map_err(StepError::Invalid)?;
    Ok(ApplicationEvent::Pupil(PupilView { words: view.words.trim().to_owned(), ..view.clone() }))
}

/// What she is told. `None`: it is an own application.
pub(super) fn told(desk: &Desk<'_>, subject: &Subject<'_>, part: Part) -> Option<OwnPupilOut> {
    let Part::Pupil(asked) = part else { return None };
    let said = subject.record.pupil_said().map(|(event, view)| PupilSaid {
        at: event.at,
        herself: event.by == subject.record.child,
        view: view.clone(),
    });
    Some(OwnPupilOut {
        must: asked.must,
        open: !desk.stand(subject).state.is_closed(),
        applied: if part.is_told() { applied(desk, subject) } else { Vec::new() },
        said,
    })
}

/// What is applied for, as far as a pupil is shown it: days, numbers and known choices. Not what a guardian has written in words of
/// her own, nor files, health and how to reach somebody.
fn applied(desk: &Desk<'_>, subject: &Subject<'_>) -> Vec<LetterLine> {
    let answers = desk.latest(subject.record).map(|(.., answers)| answers).unwrap_or_default();
    let shown = subject.act.fields.iter().filter(|field| is_shown(desk.published, field));
    let line = |field: &Field| {
        let value = answers.get(&field.key)?.clone();
        let label = field.label.get(desk.locale).to_owned();
        Some(LetterLine { label, kind: field.kind.clone(), value })
    };
    shown.filter_map(line).collect()
}

fn is_shown(published: &Published, field: &Field) -> bool {
    let is_personal = |key| {
        published.catalogue().get(key).is_some_and(|element| element.sensitivity == Sensitivity::Personal)
    };
    match field.kind {
        FieldKind::Days { .. }
        | FieldKind::Date { .. }
        | FieldKind::Number { .. }
        | FieldKind::Calculated { .. } => field.element.as_ref().is_none_or(is_personal),
        // A choice can be a reason, and a reason can be about health: only what the catalogue says is not.
        FieldKind::Choice { .. } | FieldKind::Choices { .. } | FieldKind::YesNo {} => {
            field.element.as_ref().is_some_and(is_personal)
        }
        _ => false,
    }
}
