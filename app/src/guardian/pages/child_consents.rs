//! The consents about a child: what she has said, what stands, and two buttons. One tap says yes, one tap says no.

use super::parts::{h2, link_to};
use super::review_send::words_for;
use super::step_parts::act_of;
use crate::fields::yes_no;
use crate::forms::StepKey;
use crate::guardian::Route;
use crate::guardian::send::{Trouble, send};
use crate::guardian::work::Work;
use crate::i18n::{date_and_time, locale, locale_now, t, t_with};
use crate::router::{Router, use_router};
use crate::ui::form::{Consent, Frame, consent};
use crate::ui::{El, el, p, toast, toast_with};
use leptos::prelude::*;
use leptos::task::spawn_local;
use skolstart_shared::api::{ChildOut, PurposeState, TaskOut};
use skolstart_shared::consent::Standing;
use skolstart_shared::form::{Act, Field, FieldKey, FieldKind, FormDefinition};
use skolstart_shared::round::MyPart;
use skolstart_shared::submission::SubmissionContent;

/// The card of an act of consent.
pub(super) fn consents(work: Work, forms: &[FormDefinition], task: &TaskOut, child: &ChildOut) -> Option<El> {
    let act = act_of(forms, task)?;
    // Answered for the first time in the flow, where all of it is explained.
    if task.mine == MyPart::ToDo && !child.protected {
        return None;
    }
    let router = use_router::<Route>();
    let busy = RwSignal::new(false);
    let all = el("div", "");
    for field in &act.fields {
        if let Some(state) = task.purposes.get(&field.key) {
            all.add(&card(work, router, &StepKey::of(task), act, field, state, busy));
        }
    }
    let section = el("section", "stack stack--tight")
        .with(h2(act.title.get(locale())))
        .with(p("soft", act.readers.get(locale())))
        .with(p("soft", &t("child.consent-how")));
    // An element around the cards, as around every field.
    let shown_by = link_to(Route::Consents(child.person), "", &t("consents.link"));
    Some(section.with(el("div", "").with(all)).with(el("p", "").with(shown_by)))
}

fn card(
    work: Work,
    router: Router<Route>,
    step: &StepKey,
    act: &Act,
    field: &Field,
    state: &PurposeState,
    busy: RwSignal<bool>,
) -> El {
    let FieldKind::Consent { audience } = &field.kind else { return el("div", "") };
    let is_blocked = state.standing == Standing::Blocked;
    let mut terms = vec![(t("consent.audience"), audience.get(locale()).to_owned())];
    terms.extend(act.until.as_ref().map(|until| (t("consent.until"), until.get(locale()).to_owned())));
    terms.push((t("consent.stands"), stands(state)));
    if let Some(mine) = &state.mine {
        let said = t_with(
            "consent.you-said",
            &[("answer", &yes_no(mine.choice.is_yes())), ("when", &date_and_time(mine.at))],
        );
        terms.push((t("consent.yours"), said));
    }
    let says = Consent {
        frame: Frame {
            path: [act.key.as_str(), ".", field.key.as_str()].concat(),
            label: field.label.get(locale()).to_owned(),
            mark: String::new(),
            help: field.help.as_ref().map(|help| help.get(locale()).to_owned()).unwrap_or_default(),
            suffix: String::new(),
        },
        terms,
        yes: yes_no(true),
        no: yes_no(false),
        blocked: if is_blocked { t("consent.blocked") } else { String::new() },
        later: String::new(),
    };
    let mine = RwSignal::new(state.mine.as_ref().map(|mine| mine.choice.is_yes()));
    let (step, key) = (step.clone(), field.key.clone());
    let decide = move |yes| decide(work, router, &step, &key, yes, mine, busy);
    consent(&says, move || mine.get(), Box::new(|| None), decide)
}

/// What stands, in words.
pub(super) fn stands(state: &PurposeState) -> String {
    match state.standing {
        Standing::NotAnswered => t("consent.stands.not-answered"),
        Standing::Waiting if state.waits_for.pupil => t("consent.stands.waiting-pupil"),
        Standing::Waiting => t("consent.stands.waiting"),
        Standing::Given(_) => t("consent.stands.given"),
        Standing::Limited(_) => t("consent.stands.limited"),
        Standing::Conflict(_) => t("consent.stands.conflict"),
        Standing::Expired(_) => t("consent.stands.expired"),
        Standing::Refused(_) => t("consent.stands.refused"),
        Standing::Withdrawn(_) => t("consent.stands.withdrawn"),
        Standing::Blocked => t("consent.stands.blocked"),
    }
}

/// Sends one decision at once.
fn decide(
    work: Work,
    router: Router<Route>,
    step: &StepKey,
    field: &FieldKey,
    yes: bool,
    mine: RwSignal<Option<bool>>,
    busy: RwSignal<bool>,
) {
    let before = mine.get_untracked();
    let content = work.with_untracked(|session| session.decision(step, field, yes, locale_now())).flatten();
    let Some(content) = content.filter(|_| !busy.get_untracked()) else {
        // Puts the mark back where it stood.
        return mine.set(before);
    };
    mine.set(Some(yes));
    deliver(work, router, content, yes, busy, move || {
        let _ = mine.try_set(before);
    });
}

/// Sends what was decided, and says what came of it. `undo` is called when nothing was received.
pub(super) fn deliver(
    work: Work,
    router: Router<Route>,
    content: SubmissionContent,
    yes: bool,
    busy: RwSignal<bool>,
    undo: impl FnOnce() + 'static,
) {
    if busy.get_untracked() {
        return;
    }
    busy.set(true);
    spawn_local(async move {
        match send(work, content).await {
            Ok(receipt) => {
                let words = if yes { t("consent.now-yes") } else { t("consent.now-no") };
                let id = receipt.submission;
                toast_with(words, t("receipt.title"), move || router.go(&Route::Receipt(id)));
            }
            // It goes by itself, and stands as she said.
            Err(trouble) if trouble.waits() => {
                toast_with(t("waiting.kept"), t("waiting.heading"), move || router.go(&Route::Waiting));
            }
            Err(Trouble::Stale(_)) => {
                // She has said no at another device: it is shown before she says yes anew.
                let _ = work.refresh().await;
                undo();
                toast(t("consent.newer"));
            }
            Err(trouble) => {
                undo();
                toast(words_for(&trouble));
            }
        }
        let _ = busy.try_set(false);
    });
}
