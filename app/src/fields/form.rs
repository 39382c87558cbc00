//! The fields of an act: first what is known, then what is asked.

use super::build::field;
use super::known::known;
use super::pen::Pen;
use crate::i18n::{t, t_with};
use crate::ui::form::{El, follow};
use skolstart_shared::form::{Act, ActKind, Field, FieldKey, Known};

/// With more fields than this, those out of sight are not laid out.
const LONG: usize = 40;

/// See the module. Built once: the widgets follow what they show themselves.
pub fn form(pen: Pen) -> El {
    let all = El::new("div", "stack");
    let built = pen.with(|act| {
        let (mut old, mut new) = (Vec::new(), Vec::new());
        for field in &act.act.fields {
            match act.known.get(&field.key) {
                Some(known) => old.push((field.clone(), known.clone())),
                None => new.push(field.clone()),
            }
        }
        (act.act.clone(), old, new, act.is_done)
    });
    let Some((act, old, new, is_done)) = built else { return all };
    let has_known = !old.is_empty();
    if has_known {
        all.add(&known_section(pen, old));
    }
    if !new.is_empty() {
        let heading = if is_done { t("field.more") } else { t("field.missing") };
        all.add(&new_section(pen, &act, &new, has_known.then_some(heading)));
    }
    all
}

/// These fields of the act and no others, all to be filled in: what somebody answers on top of what stands.
pub fn some(pen: Pen, keys: &[FieldKey]) -> El {
    let all = El::new("div", "stack");
    let wanted: Vec<Field> = pen
        .with(|act| act.act.fields.iter().filter(|field| keys.contains(&field.key)).cloned().collect())
        .unwrap_or_default();
    for one in &wanted {
        all.add(&field(pen, one));
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
        .on("click", move |_| pen.confirm_all());
    let bar = El::new("div", "known__all").child(&all);
    let (shown, keys) = (bar.clone(), fields.into_iter().map(|(field, _)| field.key).collect::<Vec<_>>());
    follow(move || {
        let (asked, left) = pen.standing(|standing| {
            let asked = keys.iter().filter(|key| standing.is_visible(key.as_str())).count();
            (asked, standing.unconfirmed.len())
        });
        let (done, asked) = ((asked - left.min(asked)).to_string(), asked.to_string());
        count.say(&t_with("known.count", &[("done", &done), ("all", &asked)]));
        shown.show(left > 1);
    });
    El::new("section", "known").attr("aria-labelledby", "known").child(&head).child(&sheet).child(&bar)
}

/// What the school asks about this answer stands where it is answered.
fn ask(pen: Pen, key: &FieldKey, place: &El) {
    if let Some(question) = pen.asked(key) {
        let words = t_with("field.asked", &[("question", &question)]);
        place.add(&El::new("p", "field__asked").child(&El::icon("info")).text(&words));
    }
}

fn new_section(pen: Pen, act: &Act, fields: &[Field], heading: Option<String>) -> El {
    let class = if fields.len() > LONG { "stack stack--long" } else { "stack" };
    let section = El::new("section", class);
    if let Some(heading) = heading {
        let heading = El::new("h2", "").text(&heading);
        let keys: Vec<_> = fields.iter().map(|field| field.key.clone()).collect();
        let own = heading.clone();
        section.add(&heading);
        follow(move || {
            own.show(pen.standing(|standing| keys.iter().any(|key| standing.is_visible(key.as_str()))));
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
