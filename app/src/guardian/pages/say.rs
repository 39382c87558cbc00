//! What a pupil says herself of an application about her: what it is about, what she has said, and the way to say it.

use super::failure_text;
use super::parts::{fact, h2};
use crate::api::{client, new_id};
use crate::fields::line;
use crate::guardian::work::Work;
use crate::i18n::{date_and_time, t, t_with};
use crate::state::clock;
use crate::ui::form::{Choosing, Frame, OptionText, TextKind, id_of, options, text};
use crate::ui::{El, StatusKind, button, el, p, status, toast};
use leptos::prelude::*;
use leptos::task::spawn_local;
use skolstart_shared::api::{OwnStepIn, PutOwnApplicationStep};
use skolstart_shared::application::{OwnPupilOut, PupilSaid, PupilView, Stance};
use skolstart_shared::id::{ApplicationId, ChangeId, PersonId};

const LINES: TextKind = TextKind { input: "", mode: "", autocomplete: "off", class: "input" };

/// The part of the page.
pub(super) fn say(work: Work, of: (PersonId, ApplicationId), pupil: &OwnPupilOut) -> El {
    let section = el("section", "card stack").with(h2(&t("say.heading")));
    let about = if pupil.must { t("say.must") } else { t("say.heard") };
    let all = section.with(applied(pupil)).maybe(pupil.said.as_ref().map(said));
    if !pupil.open {
        return all;
    }
    if pupil.said.is_none() {
        return all.with(p("", &about)).with(form(work, of));
    }
    all.with(el("details", "").with(el("summary", "").text(&t("say.again"))).with(form(work, of)))
}

fn applied(pupil: &OwnPupilOut) -> El {
    if pupil.applied.is_empty() {
        return p("soft", &t("say.not-shown"));
    }
    let facts = pupil.applied.iter();
    let facts = facts.map(|one| fact(&one.label, el("span", "").text(&line(&one.kind, &one.value))));
    El::several().with(p("", &t("say.applied"))).with(el("dl", "facts").all(facts))
}

fn stance(stance: Stance) -> (StatusKind, String) {
    match stance {
        Stance::For => (StatusKind::Complete, t("say.for")),
        Stance::Against => (StatusKind::Declined, t("say.against")),
        Stance::NotSaid => (StatusKind::None, t("say.not-said")),
    }
}

/// What the school has of her, and since when.
fn said(said: &PupilSaid) -> El {
    let (kind, word) = stance(said.view.stance);
    let at = date_and_time(said.at);
    let when = [("when", at.as_str())];
    let how = if said.herself { t_with("say.said", &when) } else { t_with("say.noted", &when) };
    let words = (!said.view.words.is_empty()).then(|| p("", &said.view.words));
    El::several().with(el("p", "").with(status(kind, &word, false))).maybe(words).with(p("small soft", &how))
}

const STANCES: [(&str, Stance); 3] =
    [("for", Stance::For), ("against", Stance::Against), ("not-said", Stance::NotSaid)];

fn form(work: Work, of: (PersonId, ApplicationId)) -> El {
    let (chosen, words) = (RwSignal::new(None::<Stance>), StoredValue::new(String::new()));
    let is_pressed = RwSignal::new(false);
    let (typed, sent) = (RwSignal::new(false), StoredValue::new(None::<(PupilView, ChangeId)>));
    let all = STANCES.map(|(key, one)| OptionText { key: key.to_owned(), label: stance(one).1 });
    let of_key = |key: &str| STANCES.iter().find(|(known, _)| *known == key).map(|(_, one)| *one);
    let choice = options(
        &Frame { path: "stance".to_owned(), label: t("say.what"), ..Frame::default() },
        Choosing::One { beside: false },
        &all,
        move |key| chosen.get().is_some() && chosen.get() == of_key(key),
        Box::new(move || (is_pressed.get() && chosen.get().is_none()).then(|| t("say.choose"))),
        move |key, _| chosen.set(of_key(key)),
    );
    let lacks = move || is_pressed.get() && chosen.get() == Some(Stance::Against) && !typed.get();
    let own = text(
        &Frame {
            path: "words".to_owned(),
            label: t("say.words"),
            help: t("say.words-help"),
            ..Frame::default()
        },
        LINES,
        "",
        Box::new(move || lacks().then(|| t("say.why"))),
        move |text| {
            typed.set(!text.trim().is_empty());
            words.set_value(text);
        },
        || (),
        None,
    );
    let press = button("button button--wide", &t("say.send")).attr("type", "submit");
    el("form", "stack").attr("novalidate", "").with(choice).with(own).with(press).on("submit", move |event| {
        event.prevent_default();
        is_pressed.set(true);
        let is_missing = untrack(lacks);
        let Some(stance) = chosen.get_untracked().filter(|_| !is_missing) else {
            let first = if is_missing { "words" } else { "stance" };
            return El::by_id(&id_of(first)).iter().for_each(El::focus);
        };
        let view = PupilView { stance, words: words.get_value().trim().to_owned() };
        // The same again is the same as once, also when the answer to it was lost.
        let before = sent.get_value().filter(|(before, _)| *before == view).map(|(_, id)| id);
        let Some(id) = before.or_else(|| new_id::<ChangeId>(clock::now())) else { return };
        sent.set_value(Some((view.clone(), id)));
        spawn_local(deliver(work, (of.0, of.1, id), view));
    })
}

async fn deliver(work: Work, of: (PersonId, ApplicationId, ChangeId), view: PupilView) {
    match client::call::<PutOwnApplicationStep>(&of, &OwnStepIn::Say(view)).await {
        Ok(_) => {
            toast(t("say.done"));
            work.load();
            work.redraw();
        }
        Err(failure) => {
            work.heed(&failure);
            toast(failure_text(&failure));
        }
    }
}
