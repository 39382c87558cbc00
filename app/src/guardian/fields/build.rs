//! The widget of each kind of field.

use super::pen::Pen;
use super::repeated;
use super::slot::Slot;
use crate::forms::Input;
use crate::guardian::act_text::yes_no;
use crate::i18n::{locale, t, t_with, timestamp_day};
use crate::ui::form::{Choosing, Consent, El, Frame, OptionText, TextKind, consent, follow, options, text};
use skolstart_shared::fact::Subject;
use skolstart_shared::form::{ChoiceOption, Field, FieldKey, FieldKind, Rule, Texts};

const LINE: TextKind = TextKind { input: "text", mode: "", autocomplete: "off", short: false };
const LINES: TextKind = TextKind { input: "", mode: "", autocomplete: "off", short: false };
const NUMBER: TextKind = TextKind { input: "text", mode: "numeric", autocomplete: "off", short: true };
const DAY: TextKind = TextKind { input: "date", mode: "", autocomplete: "off", short: true };
const PHONE: TextKind = TextKind { input: "tel", mode: "tel", autocomplete: "off", short: false };
const EMAIL: TextKind = TextKind { input: "email", mode: "email", autocomplete: "off", short: false };
/// The key of "none of these" among the options; no option of a form is empty.
const NONE: &str = "";

/// A field of the act that hides while it is not asked.
pub(in crate::guardian) fn field(pen: Pen, field: &Field) -> El {
    let slot = Slot { pen, field: field.key.clone(), cell: None };
    let built = widget(&slot, field);
    let (own, key) = (built.clone(), field.key.clone());
    follow(move || own.show(pen.is_visible(&key)));
    built
}

/// The widget of a field or a column.
pub(super) fn widget(slot: &Slot, field: &Field) -> El {
    let frame = frame(slot, field);
    match &field.kind {
        FieldKind::Text { .. } => typed(slot, frame, LINE, None),
        FieldKind::LongText { max, caution } => long(slot, frame, *max, caution),
        FieldKind::Number { .. } | FieldKind::Money { .. } => typed(slot, frame, NUMBER, None),
        FieldKind::Time {} | FieldKind::PostalCode {} | FieldKind::PersonalNumber { .. } => {
            typed(slot, frame, LINE, None)
        }
        FieldKind::Date { .. } => typed(slot, frame, DAY, None),
        FieldKind::Phone {} => typed(slot, frame, own_contact(slot, PHONE, "tel"), None),
        FieldKind::Email {} => typed(slot, frame, own_contact(slot, EMAIL, "email"), None),
        FieldKind::YesNo {} => flag(slot, &frame),
        FieldKind::Choice { options } => choice(slot, &frame, options),
        FieldKind::Choices { options, none } => choices(slot, &frame, options, none),
        FieldKind::Rows { .. } => repeated::rows_field(slot, &frame, field),
        FieldKind::Consent { audience } => consent_field(slot, frame, audience),
        // No published form has these yet.
        _ => El::new("div", ""),
    }
}

fn frame(slot: &Slot, field: &Field) -> Frame {
    let is_one_of = |rule: &Rule| matches!(rule, Rule::AtLeastOneOf(keys) if keys.contains(&field.key));
    let is_needed = field.required
        || matches!(field.kind, FieldKind::Consent { .. })
        || (slot.cell.is_none() && slot.pen.with(|act| act.act.rules.iter().any(is_one_of)).unwrap_or(false));
    Frame {
        path: slot.path(),
        label: field.label.get(locale()).to_owned(),
        mark: if is_needed { String::new() } else { t("field.optional") },
        help: field.help.as_ref().map(|help| help.get(locale()).to_owned()).unwrap_or_default(),
    }
}

/// The browser may fill in her own number, not somebody else's.
fn own_contact(slot: &Slot, kind: TextKind, autocomplete: &'static str) -> TextKind {
    let is_own = slot.pen.with(|act| act.act.subject == Subject::Guardian).unwrap_or(false);
    if is_own && slot.cell.is_none() { TextKind { autocomplete, ..kind } } else { kind }
}

fn typed(slot: &Slot, frame: Frame, kind: TextKind, counted: Option<Box<dyn Fn(usize) -> String>>) -> El {
    let now = leptos::prelude::untrack(|| slot.input());
    let (put, left) = (slot.clone(), slot.clone());
    text(
        &frame,
        kind,
        now.as_ref().map(Input::typed).unwrap_or_default(),
        slot.wrong(),
        move |typed| put.put(Input::Typed(typed)),
        move || left.pen.leave(&left.path()),
        counted,
    )
}

fn long(slot: &Slot, mut frame: Frame, max: u16, caution: &Texts) -> El {
    let caution = caution.get(locale());
    frame.help =
        if frame.help.is_empty() { caution.to_owned() } else { [&frame.help, " ", caution].concat() };
    let max = max.to_string();
    let counted = move |used: usize| t_with("field.count", &[("used", &used.to_string()), ("max", &max)]);
    typed(slot, frame, LINES, Some(Box::new(counted)))
}

fn flag(slot: &Slot, frame: &Frame) -> El {
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

fn texts_of(options: &[ChoiceOption]) -> Vec<OptionText> {
    let text = |option: &ChoiceOption| OptionText {
        key: option.key.clone(),
        label: option.label.get(locale()).to_owned(),
    };
    options.iter().map(text).collect()
}

fn choice(slot: &Slot, frame: &Frame, all: &[ChoiceOption]) -> El {
    let (read, put) = (slot.clone(), slot.clone());
    options(
        frame,
        Choosing::One { beside: false },
        &texts_of(all),
        move |key| matches!(read.input(), Some(Input::Choice(chosen)) if chosen == key),
        slot.wrong(),
        move |key, _| put.put(Input::Choice(key.to_owned())),
    )
}

fn choices(slot: &Slot, frame: &Frame, all: &[ChoiceOption], none: &Texts) -> El {
    let mut texts = texts_of(all);
    texts.push(OptionText { key: NONE.to_owned(), label: none.get(locale()).to_owned() });
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

fn consent_field(slot: &Slot, frame: Frame, audience: &Texts) -> El {
    let (is_blocked, until, before) = slot
        .pen
        .with(|act| {
            let until = act.act.until.as_ref().map(|until| until.get(locale()).to_owned());
            let mine = act.task.purposes.get(&slot.field).and_then(|purpose| purpose.mine.as_ref());
            let before = mine.map(|mine| (mine.choice.is_yes(), mine.at));
            (act.is_blocked(&slot.field), until, before)
        })
        .unwrap_or_default();
    let mut terms = vec![(t("consent.audience"), audience.get(locale()).to_owned())];
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

/// What a field is called.
pub(super) fn label(pen: Pen, key: &FieldKey) -> String {
    pen.with(|act| act.act.field(key).map(|field| field.label.get(locale()).to_owned()))
        .flatten()
        .unwrap_or_default()
}
