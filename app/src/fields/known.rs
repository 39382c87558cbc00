//! A known value as a line on lined paper: *Stämmer* with one tap, *Ändra* opens the field with the value in it.

use super::build::widget;
use super::files_shown::files_shown;
use super::pen::Pen;
use super::slot::Slot;
use super::words::{lines, since, since_when};
use crate::forms::{Doing, Mode};
use crate::i18n::{t, t_with};
use crate::ui::form::{El, follow, id_of};
use leptos::prelude::Owner;
use skolstart_shared::form::{Field, FieldKey, Known};

const TICK: &str = "M5 18.5c2.2 2 4 4.6 5.6 7.5C14 18 19 10 27.5 4";

/// The line of a known field. Hides while the field is not asked.
pub(super) fn known(pen: Pen, field: &Field, known: &Known) -> El {
    let name = pen.text(&field.label);
    let label_line = El::new("p", "known__label").text(&name);
    let item =
        El::new("li", "known__item").child(&El::drawn("known__tick", "0 0 32 32", TICK)).child(&label_line);
    let value = El::new("div", "");
    match files_shown(&known.value) {
        Some(files) => value.add(&files),
        None => {
            for line in lines(&field.kind, &known.value) {
                value.add(&El::new("p", "known__value").text(&line));
            }
        }
    }
    value.add(&El::new("p", "known__since").text(&since(known)));
    let others = others(pen, field, known);
    let (edit, actions) = (editor(pen, field, &name), actions(pen, &field.key, &name));
    let item = item.child(&value).child(&actions).child(&others).child(&edit);
    let (own, key) = (item.clone(), field.key.clone());
    let (has_others, id) = (!known.others.is_empty(), id_of(field.key.as_str()));
    follow(move || {
        let mode = mode(pen, &key);
        own.show(pen.standing(|standing| standing.is_visible(key.as_str())));
        own.set(
            "data-state",
            match mode {
                Mode::Asked => "unconfirmed",
                Mode::Confirmed => "confirmed",
                Mode::Changed => "editing",
            },
        );
        // The open field has its own question.
        label_line.show(mode != Mode::Changed);
        value.show(mode != Mode::Changed);
        actions.show(mode != Mode::Changed);
        edit.show(mode == Mode::Changed);
        let asks = has_others && mode == Mode::Asked;
        others.show(asks);
        // The open field has the same place in the summary of what is wrong.
        others.set("id", if asks { &id } else { "" });
    });
    item
}

/// Reactive.
fn mode(pen: Pen, key: &FieldKey) -> Mode {
    pen.standing(|_| ());
    pen.with(|act| act.field(key).mode).unwrap_or_default()
}

fn press(pen: Pen, key: &FieldKey, doing: Doing) -> impl Fn() + 'static {
    let key = key.clone();
    move || pen.write(&key, doing.clone())
}

fn button(class: &str, words: &str, about: &str) -> El {
    let hidden = [" ", about].concat();
    El::new("button", class)
        .attr("type", "button")
        .text(words)
        .child(&El::new("span", "visually-hidden").text(&hidden))
}

fn actions(pen: Pen, key: &FieldKey, name: &str) -> El {
    let confirm = press(pen, key, Doing::Confirm);
    let edit = press(pen, key, Doing::Edit);
    let yes = button("button button--secondary button--small", &t("known.right"), name);
    let done = El::new("p", "known__done").text(&t("known.right"));
    let change =
        button("button button--quiet button--small", &t("known.change"), name).on("click", move |_| edit());
    // The button that was pressed goes away: the focus stays on the line.
    let after = change.clone();
    let yes = yes.on("click", move |_| {
        confirm();
        after.focus();
    });
    let (confirmed, asked, own) = (done.clone(), yes.clone(), key.clone());
    follow(move || {
        let is_confirmed = mode(pen, &own) == Mode::Confirmed;
        confirmed.show(is_confirmed);
        asked.show(!is_confirmed);
    });
    El::new("div", "known__actions").child(&done).child(&yes).child(&change)
}

/// What other sources say, each taken with one tap.
fn others(pen: Pen, field: &Field, known: &Known) -> El {
    let all = El::new("div", "known__others").attr("tabindex", "-1");
    if !known.others.is_empty() {
        all.add(&El::new("p", "known__differs").text(&t("known.differs")));
    }
    for (place, other) in known.others.iter().enumerate() {
        let shown = lines(&field.kind, &other.value);
        for line in &shown {
            all.add(&El::new("p", "known__value").text(line));
        }
        all.add(&El::new("p", "known__since").text(&since_when(other.since, other.from)));
        let take = press(pen, &field.key, Doing::Take(place));
        let about = shown.concat();
        let this = button("button button--secondary button--small", &t("known.this"), &about)
            .on("click", move |_| take());
        all.add(&El::new("div", "known__actions").child(&this));
    }
    all
}

/// The field, built when it is opened for the first time: most known values are never changed.
fn editor(pen: Pen, field: &Field, name: &str) -> El {
    let edit = El::new("div", "known__edit");
    let (own, field) = (edit.clone(), field.clone());
    let keep_words = t_with("known.keep", &[("name", name)]);
    let owner = Owner::current();
    follow(move || {
        let is_open = mode(pen, &field.key) == Mode::Changed;
        if !is_open || !own.is_empty() {
            return;
        }
        let build = || {
            let keep = press(pen, &field.key, Doing::Keep);
            let keep = El::new("button", "button button--quiet button--small")
                .attr("type", "button")
                .text(&keep_words)
                .on("click", move |_| keep());
            own.add(&widget(&Slot::of_field(pen, &field.key), &field));
            own.add(&keep);
        };
        match &owner {
            Some(owner) => owner.with(|| leptos::prelude::untrack(build)),
            None => build(),
        }
    });
    edit
}
