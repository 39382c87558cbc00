//! Yes and no, choices and consents.

use super::slot::Slot;
use super::words::yes_no;
use crate::forms::Input;
use crate::i18n::{t, t_with, timestamp_day};
use crate::ui::form::{Choosing, Consent, El, Frame, OptionText, consent, options};
use skolstart_shared::form::{ChoiceOption, Texts};

/// The key of "none of these" among the options; no option of a form is empty.
const NONE: &str = "";

pub(super) fn flag(slot: &Slot, frame: &Frame) -> El {
    let all = [true, false].map(|yes| OptionText { key: key_of(yes).to_owned(), label: yes_no(yes) });
    let (read, put) = (slot.clone(), slot.clone());
    options(
        frame,
        Choosing::One { beside: true },
        &all,
        move |key| matches!(read.input(), Some(Input::Flag(yes)) if key_of(yes) == key),
        slot.wrong(),
        move |key, _| put.put(Input::Flag(key == key_of(true))),
    )
}

fn key_of(yes: bool) -> &'static str {
    if yes { "yes" } else { "no" }
}

fn texts_of(slot: &Slot, options: &[ChoiceOption]) -> Vec<OptionText> {
    let text =
        |option: &ChoiceOption| OptionText { key: option.key.clone(), label: slot.pen.text(&option.label) };
    options.iter().map(text).collect()
}

pub(super) fn choice(slot: &Slot, frame: &Frame, all: &[ChoiceOption]) -> El {
    let (read, put) = (slot.clone(), slot.clone());
    options(
        frame,
        Choosing::One { beside: false },
        &texts_of(slot, all),
        move |key| matches!(read.input(), Some(Input::Choice(chosen)) if chosen == key),
        slot.wrong(),
        move |key, _| put.put(Input::Choice(key.to_owned())),
    )
}

pub(super) fn choices(slot: &Slot, frame: &Frame, all: &[ChoiceOption], none: &Texts) -> El {
    let mut texts = texts_of(slot, all);
    texts.push(OptionText { key: NONE.to_owned(), label: slot.pen.text(none) });
    let (read, put) = (slot.clone(), slot.clone());
    let chosen = move |slot: &Slot| match slot.input() {
        Some(Input::Choices(chosen)) => Some(chosen),
        _ => None,
    };
    options(
        frame,
        Choosing::Many,
        &texts,
        move |key| {
            chosen(&read).is_some_and(|chosen| {
                if key == NONE { chosen.is_empty() } else { chosen.iter().any(|one| one == key) }
            })
        },
        slot.wrong(),
        move |key, is_on| {
            let mut keys = leptos::prelude::untrack(|| chosen(&put)).unwrap_or_default();
            // "None" takes the others away, and the others take "none" away.
            keys.retain(|one| key != NONE && one != key);
            if is_on && key != NONE {
                keys.push(key.to_owned());
            }
            // Nothing chosen and nothing said are different: the last tick taken away is no answer yet.
            let said = is_on || !keys.is_empty();
            put.put(if said { Input::Choices(keys) } else { Input::Typed(String::new()) });
        },
    )
}

pub(super) fn consent_field(slot: &Slot, frame: Frame, audience: &Texts) -> El {
    let (is_blocked, until, before) = slot
        .pen
        .with(|act| {
            let until = act.act.until.as_ref().map(|until| slot.pen.text(until));
            let mine = act.purposes.get(slot.field()).and_then(|purpose| purpose.mine.as_ref());
            let before = mine.map(|mine| (mine.choice.is_yes(), mine.at));
            (act.is_blocked(slot.field()), until, before)
        })
        .unwrap_or_default();
    let mut terms = vec![(t("consent.audience"), slot.pen.text(audience))];
    terms.extend(until.map(|until| (t("consent.until"), until)));
    // Said, never chosen for her: a box that is ticked beforehand is no consent.
    terms.extend(before.map(|(yes, at)| {
        let (answer, when) = (yes_no(yes), timestamp_day(at));
        (t("consent.before"), t_with("consent.you-said", &[("answer", &answer), ("when", &when)]))
    }));
    let says = Consent {
        frame,
        terms,
        yes: yes_no(true),
        no: yes_no(false),
        blocked: if is_blocked { t("consent.blocked") } else { String::new() },
        later: String::new(),
    };
    let (read, put) = (slot.clone(), slot.clone());
    consent(
        &says,
        move || match read.input() {
            Some(Input::Flag(yes)) => Some(yes),
            _ => None,
        },
        slot.wrong(),
        move |yes| put.put(Input::Flag(yes)),
    )
}
