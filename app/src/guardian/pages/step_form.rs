//! The fields of a step: first what is known, then what is asked.

use crate::guardian::fields::{Pen, field, known};
use crate::i18n::{t, t_with};
use crate::state::clock;
use crate::ui::form::{El, follow};
use leptos::prelude::*;
use skolstart_shared::form::{Act, ActKind, Field, FieldKey, Known};
use skolstart_shared::round::MyPart;

/// All fields of the act.
pub(super) fn form(pen: Pen) -> El {
    let all = El::new("div", "stack");
    let built = pen.work.with_untracked(|session| {
        let step = pen.step();
        let act = session.act(&step)?;
        let is_known = |key| act.task.known.contains_key(key);
        let (old, new): (Vec<_>, Vec<_>) = act.act.fields.iter().partition(|field| is_known(&field.key));
        let known: Vec<_> = old
            .into_iter()
            .filter_map(|field| Some((field.clone(), act.task.known.get(&field.key)?.clone())))
            .collect();
        Some((act.act.clone(), known, new.into_iter().cloned().collect::<Vec<_>>()))
    });
    let Some(Some((act, old, new))) = built else { return all };
    let has_known = !old.is_empty();
    if has_known {
        all.add(&known_section(pen, old));
    }
    if !new.is_empty() {
        all.add(&new_section(pen, &act, &new, has_known));
    }
    all
}

fn known_section(pen: Pen, fields: Vec<(Field, Known)>) -> El {
    let count = El::new("p", "known__count");
    let head = El::new("header", "known__head")
        .child(&El::new("h2", "known__title").attr("id", "known").text(&t("known.heading")))
        .child(&count);
    let sheet = El::new("ul", "known__sheet");
    for (field, value) in &fields {
        let item = known(pen, field, value);
        ask(pen, &field.key, &item);
        sheet.add(&item);
    }
    let all = El::new("button", "button button--secondary button--wide")
        .attr("type", "button")
        .child(&El::icon("check"))
        .text(&t("known.all-right"))
        .on("click", move |_| {
            let step = pen.step();
            pen.work.change(|session| session.confirm_all(&step, clock::now()));
        });
    let bar = El::new("div", "known__all").child(&all);
    let (shown, keys) = (bar.clone(), fields.into_iter().map(|(field, _)| field.key).collect::<Vec<_>>());
    follow(move || {
        let counts = pen.with(|act| {
            let asked = act.visible().iter().filter(|field| keys.contains(&field.key)).count();
            (asked, act.unconfirmed().len())
        });
        let (asked, left) = counts.unwrap_or_default();
        let (done, asked) = ((asked - left.min(asked)).to_string(), asked.to_string());
        count.say(&t_with("known.count", &[("done", &done), ("all", &asked)]));
        shown.show(left > 1);
    });
    El::new("section", "known").attr("aria-labelledby", "known").child(&head).child(&sheet).child(&bar)
}

/// What the school asks about this answer stands where it is answered.
fn ask(pen: Pen, key: &FieldKey, place: &El) {
    let asked = untrack(|| pen.with(|act| act.task.returned.as_ref()?.questions.get(key).cloned())).flatten();
    if let Some(question) = asked {
        let words = t_with("step.question", &[("question", &question)]);
        place.add(&El::new("p", "field__asked").child(&El::icon("info")).text(&words));
    }
}

fn new_section(pen: Pen, act: &Act, fields: &[Field], has_known: bool) -> El {
    let section = El::new("section", "stack");
    if has_known {
        let was_answered = untrack(|| pen.with(|act| act.task.mine == MyPart::Done)).unwrap_or(false);
        let heading = if was_answered { t("step.more") } else { t("step.missing") };
        let heading = El::new("h2", "").text(&heading);
        let keys: Vec<_> = fields.iter().map(|field| field.key.clone()).collect();
        let own = heading.clone();
        section.add(&heading);
        follow(move || {
            let any = pen.with(|act| act.visible().iter().any(|field| keys.contains(&field.key)));
            own.show(any.unwrap_or(false));
        });
    }
    let inside = if act.kind == ActKind::Consent { El::new("div", "") } else { section.clone() };
    for one in fields {
        ask(pen, &one.key, &inside);
        inside.add(&field(pen, one));
    }
    if act.kind == ActKind::Consent {
        section.add(&inside);
    }
    section
}
