//! Fields that are chosen from a list or have two inputs, and what is only read.

use super::slot::Slot;
use super::units::units;
use crate::forms::Input;
use crate::i18n::{named, t};
use crate::ui::form::{Choosing, El, Frame, OptionText, id_of, list, options, output, part, reading};
use skolstart_shared::code_list::{COMMON_COUNTRIES, COMMON_LANGUAGES, COUNTRIES, LANGUAGES};
use skolstart_shared::fact::Value;
use skolstart_shared::form::{Calculation, Field, Texts, show_amount};
use skolstart_shared::school::SchoolForm;

/// A country.
pub(super) fn country(slot: &Slot, frame: &Frame) -> El {
    chosen(slot, frame, &codes("region", COMMON_COUNTRIES, COUNTRIES))
}

/// A language.
pub(super) fn language(slot: &Slot, frame: &Frame) -> El {
    chosen(slot, frame, &codes("language", COMMON_LANGUAGES, LANGUAGES))
}

/// The common ones stand first, and in their place too.
fn codes(kind: &str, common: &str, all: &str) -> Vec<OptionText> {
    let mut texts = Vec::new();
    let all = named(kind, all);
    for code in common.split(' ') {
        texts.extend(all.iter().filter(|(other, _)| other == code).cloned());
    }
    texts.extend(all);
    texts.into_iter().map(|(key, label)| OptionText { key, label }).collect()
}

/// A unit of the municipality.
pub(super) fn unit(slot: &Slot, frame: &Frame, school_forms: &[SchoolForm]) -> El {
    let mut all = Vec::new();
    for unit in units() {
        if school_forms.is_empty() || unit.school_forms.iter().any(|form| school_forms.contains(form)) {
            all.push(OptionText { key: unit.id.to_string(), label: unit.name });
        }
    }
    chosen(slot, frame, &all)
}

fn chosen(slot: &Slot, frame: &Frame, all: &[OptionText]) -> El {
    let put = slot.clone();
    let now = match slot.input_now() {
        Some(Input::Choice(key)) => key,
        _ => String::new(),
    };
    list(frame, &t("field.choose"), all, &now, slot.wrong(), move |key| {
        put.put(if key.is_empty() { Input::Typed(key) } else { Input::Choice(key) });
    })
}

/// A first and a last day.
pub(super) fn days(slot: &Slot, frame: &Frame) -> El {
    let inside = El::new("div", "parts");
    for (name, label) in [("from", t("field.from-day")), ("to", t("field.to-day"))] {
        let id = if name == "from" { frame.id() } else { id_of(&[slot.path(), "-to"].concat()) };
        let (put, left) = (slot.clone(), slot.clone());
        let one = part(&id, &label, "date", &slot.part_now(name), move |typed| put.put_part(name, typed));
        // The first day alone is not wrong yet.
        inside.add(&if name == "to" { one.on("focusout", move |_| left.leave()) } else { one });
    }
    frame.around_group(&inside, slot.wrong())
}

/// One tick, without a "no".
pub(super) fn acknowledge(slot: &Slot, frame: &Frame, text: &Texts) -> El {
    let (read, put) = (slot.clone(), slot.clone());
    let tick = [OptionText { key: String::new(), label: slot.pen.text(text) }];
    options(
        frame,
        Choosing::Many,
        &tick,
        move |_| read.input() == Some(Input::Flag(true)),
        slot.wrong(),
        move |_, is_on| put.put(if is_on { Input::Flag(true) } else { Input::Typed(String::new()) }),
    )
}

/// What follows from other answers.
pub(super) fn calculated(slot: &Slot, frame: &Frame, how: &Calculation) -> El {
    let (pen, path, is_money) = (slot.pen, slot.path().to_owned(), how.is_money());
    output(frame, move || match pen.standing(|standing| standing.value_at(&path).cloned()) {
        Some(Value::Number(ore)) if is_money => [&show_amount(ore), " kr"].concat(),
        Some(Value::Number(number)) => number.to_string(),
        _ => "–".to_owned(),
    })
}

/// Something to read.
pub(super) fn information(slot: &Slot, field: &Field, text: &Texts) -> El {
    reading(&slot.pen.text(&field.label), &slot.pen.text(text))
}
