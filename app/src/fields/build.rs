//! The widget of each kind of field.

use super::lists::{acknowledge, calculated, country, days, information, language, unit};
use super::options::{choice, choices, consent_field, flag};
use super::pen::Pen;
use super::rare::rare_field;
use super::repeated;
use super::slot::Slot;
use super::words::line;
use crate::forms::Input;
use crate::i18n::{t, t_with};
use crate::ui::announce;
use crate::ui::form::{El, Frame, TextKind, follow, redrawn, text};
use leptos::prelude::{Get, RwSignal, Update};
use skolstart_shared::Date;
use skolstart_shared::fact::Subject;
use skolstart_shared::form::{Field, FieldKind, Rule, Texts};

const LINE: TextKind = TextKind { input: "text", mode: "", autocomplete: "off", class: "input" };
const LINES: TextKind = TextKind { input: "", ..LINE };
const SHORT: TextKind = TextKind { class: "input input--short", ..LINE };
const NUMBER: TextKind = TextKind { mode: "numeric", ..SHORT };
const MONEY: TextKind = TextKind { mode: "decimal", class: "input input--amount", ..LINE };
const DAY: TextKind = TextKind { input: "date", ..SHORT };
const TIME: TextKind = TextKind { input: "time", ..SHORT };
const PHONE: TextKind = TextKind { input: "tel", mode: "tel", ..LINE };
/// Not `type="email"`: such an input does not say where in it somebody is typing, see `ui/focus.rs`.
const EMAIL: TextKind = TextKind { mode: "email", ..LINE };

/// A field of the act that hides while it is not asked.
pub(super) fn field(pen: Pen, field: &Field) -> El {
    let slot = Slot::of_field(pen, &field.key);
    let mut ready = Vec::new();
    // Nor for a file, which is about one child.
    let is_own = matches!(field.kind, FieldKind::Consent { .. } | FieldKind::Files { .. });
    if field.same_for_siblings && !is_own {
        for (name, answer) in pen.siblings(&field.key) {
            ready.push((t_with("field.same-as", &[("name", &name)]), answer));
        }
    }
    if let Some(value) = pen.offered(&field.key) {
        let words = t_with("field.my-address", &[("address", &line(&field.kind, &value))]);
        ready.push((words, Input::from_value(&field.kind, &value, Date::MIN)));
    }
    if ready.is_empty() {
        return shown(&slot, field);
    }
    taking(&slot, field, ready)
}

/// A field with a button for each answer that can be taken over: a sibling's, one's own address. Never for a consent.
fn taking(slot: &Slot, field: &Field, ready: Vec<(String, Input)>) -> El {
    let (all, inside, taken) = (El::new("div", "stack stack--tight"), El::new("div", ""), RwSignal::new(0));
    let (drawn, own) = (slot.clone(), field.clone());
    // Drawn again with what was taken over in it.
    redrawn(&inside, move || taken.get(), move |_| vec![widget(&drawn, &own)]);
    for (words, answer) in ready {
        let (put, about) = (slot.clone(), [" ", &slot.pen.text(&field.label)].concat());
        let button = El::new("button", "button button--secondary button--small")
            .attr("type", "button")
            .text(&words)
            .child(&El::new("span", "visually-hidden").text(&about))
            .on("click", move |_| {
                put.put(answer.clone());
                taken.update(|times| *times += 1);
                announce(words.clone());
            });
        all.add(&button);
    }
    let (shown, slot) = (all.clone(), slot.clone());
    follow(move || shown.show(slot.is_shown()));
    all.child(&inside)
}

/// The widget of a field or a column, hidden while it is not asked.
pub(super) fn shown(slot: &Slot, field: &Field) -> El {
    let built = widget(slot, field);
    let (own, slot) = (built.clone(), slot.clone());
    follow(move || own.show(slot.is_shown()));
    built
}

/// The widget of a field or a column.
pub(super) fn widget(slot: &Slot, field: &Field) -> El {
    let mut frame = frame(slot, field);
    match &field.kind {
        FieldKind::Text { .. } => typed(slot, frame, LINE, None),
        FieldKind::LongText { max, caution } => long(slot, frame, *max, caution),
        FieldKind::Number { .. } => typed(slot, frame, NUMBER, None),
        FieldKind::Money { .. } => {
            frame.suffix = "kr".to_owned();
            typed(slot, frame, MONEY, None)
        }
        FieldKind::Date { .. } => typed(slot, frame, DAY, None),
        FieldKind::Days { .. } => days(slot, &frame),
        FieldKind::Time {} => typed(slot, frame, TIME, None),
        FieldKind::PostalCode {} => typed(slot, frame, SHORT, None),
        FieldKind::PersonalNumber { other } => {
            if frame.help.is_empty() {
                frame.help = if *other { t("field.any-number") } else { t("field.personal-number") };
            }
            typed(slot, frame, TextKind { mode: if *other { "" } else { "numeric" }, ..LINE }, None)
        }
        FieldKind::Phone {} => typed(slot, frame, own_contact(slot, PHONE, "tel"), None),
        FieldKind::Email {} => typed(slot, frame, own_contact(slot, EMAIL, "email"), None),
        FieldKind::YesNo {} => flag(slot, &frame),
        FieldKind::Choice { options } => choice(slot, &frame, options),
        FieldKind::Choices { options, none } => choices(slot, &frame, options, none),
        FieldKind::Country {} => country(slot, &frame),
        FieldKind::Language {} => language(slot, &frame),
        FieldKind::Unit { school_forms } => unit(slot, &frame, school_forms),
        FieldKind::Schedule { .. } | FieldKind::Files { .. } => rare_field(slot, frame, field),
        FieldKind::Rows { .. } => repeated::rows_field(slot, &frame, field),
        FieldKind::Consent { audience } => consent_field(slot, frame, audience),
        FieldKind::Acknowledge { text } => acknowledge(slot, &frame, text),
        FieldKind::Calculated { how } => calculated(slot, &frame, how),
        FieldKind::Information { text } => information(slot, field, text),
    }
}

fn frame(slot: &Slot, field: &Field) -> Frame {
    let is_one_of = |rule: &Rule| matches!(rule, Rule::AtLeastOneOf(keys) if keys.contains(&field.key));
    let is_needed = field.required
        || field.required_if.is_some()
        || matches!(field.kind, FieldKind::Consent { .. } | FieldKind::Calculated { .. })
        || (!slot.is_cell() && slot.pen.with(|act| act.act.rules.iter().any(is_one_of)).unwrap_or(false));
    Frame {
        path: slot.path().to_owned(),
        label: slot.pen.text(&field.label),
        mark: if is_needed { String::new() } else { t("field.optional") },
        help: field.help.as_ref().map(|help| slot.pen.text(help)).unwrap_or_default(),
        suffix: String::new(),
    }
}

/// The browser may fill in her own number, not somebody else's.
fn own_contact(slot: &Slot, kind: TextKind, autocomplete: &'static str) -> TextKind {
    let is_own = slot.pen.with(|act| act.act.subject == Subject::Guardian).unwrap_or(false);
    if is_own && !slot.is_cell() { TextKind { autocomplete, ..kind } } else { kind }
}

fn typed(slot: &Slot, frame: Frame, kind: TextKind, counted: Option<Box<dyn Fn(usize) -> String>>) -> El {
    let (put, left) = (slot.clone(), slot.clone());
    text(
        &frame,
        kind,
        &slot.typed_now(),
        slot.wrong(),
        move |typed| put.put(Input::Typed(typed)),
        move || left.leave(),
        counted,
    )
}

fn long(slot: &Slot, mut frame: Frame, max: u16, caution: &Texts) -> El {
    let caution = slot.pen.text(caution);
    frame.help = if frame.help.is_empty() { caution } else { [&frame.help, " ", &caution].concat() };
    let max = max.to_string();
    let counted = move |used: usize| t_with("field.count", &[("used", &used.to_string()), ("max", &max)]);
    typed(slot, frame, LINES, Some(Box::new(counted)))
}
