//! A known value as a line on lined paper: *Stämmer* with one tap, *Ändra* opens the field with the value in it.

use super::build::{label, widget};
use super::pen::Pen;
use super::slot::Slot;
use crate::forms::{Mode, Session, StepKey};
use crate::guardian::act_text::{lines, since, since_when};
use crate::i18n::{t, t_with};
use crate::state::clock;
use crate::ui::form::{El, follow, id_of};
use leptos::prelude::Owner;
use skolstart_shared::date::Timestamp;
use skolstart_shared::form::{Field, FieldKey, Known};

const TICK: &str = "M5 18.5c2.2 2 4 4.6 5.6 7.5C14 18 19 10 27.5 4";

/// The line of a known field. Hides while the field is not asked.
pub(in crate::guardian) fn known(pen: Pen, field: &Field, known: &Known) -> El {
    let name = label(pen, &field.key);
    let label_line = El::new("p", "known__label").text(&name);
    let item =
        El::new("li", "known__item").child(&El::drawn("known__tick", "0 0 32 32", TICK)).child(&label_line);
    let value = El::new("div", "");
    for line in lines(field, &known.value) {
        value.add(&El::new("p", "known__value").text(&line));
    }
    value.add(&El::new("p", "known__since").text(&since(known)));
    let others = others(pen, field, known);
    let (edit, actions) = (editor(pen, field, &name), actions(pen, &field.key, &name));
    let item = item.child(&value).child(&actions).child(&others).child(&edit);
    let (own, key) = (item.clone(), field.key.clone());
    let (has_others, id) = (!known.others.is_empty(), id_of(field.key.as_str()));
    follow(move || {
        let mode = mode(pen, &key);
        own.show(pen.is_visible(&key));
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

fn mode(pen: Pen, key: &FieldKey) -> Mode {
    pen.with(|act| act.field(key).mode).unwrap_or_default()
}

type Doing = fn(&mut Session, &StepKey, &FieldKey, Timestamp);

fn press(pen: Pen, key: &FieldKey, doing: Doing) -> impl Fn() + 'static {
    let key = key.clone();
    move || {
        let step = pen.step();
        pen.answered(&key);
        pen.work.change(|session| doing(session, &step, &key, clock::now()));
    }
}

fn button(class: &str, words: &str, about: &str) -> El {
    let hidden = [" ", about].concat();
    El::new("button", class)
        .attr("type", "button")
        .text(words)
        .child(&El::new("span", "visually-hidden").text(&hidden))
}

fn actions(pen: Pen, key: &FieldKey, name: &str) -> El {
    let confirm = press(pen, key, Session::confirm);
    let edit = press(pen, key, Session::edit);
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
        let shown = lines(field, &other.value);
        for line in &shown {
            all.add(&El::new("p", "known__value").text(line));
        }
        all.add(&El::new("p", "known__since").text(&since_when(other.since, other.from)));
        let (step, key) = (pen.step(), field.key.clone());
        let take = move |_: web_sys::Event| {
            pen.answered(&key);
            pen.work.change(|session| session.choose(&step, &key, place, clock::now()));
        };
        let about = shown.concat();
        let this =
            button("button button--secondary button--small", &t("known.this"), &about).on("click", take);
        all.add(&El::new("div", "known__actions").child(&this));
    }
    all
}

/// The field, built when it is opened for the first time: most known values are never changed.
fn editor(pen: Pen, field: &Field, name: &str) -> El {
    let edit = El::new("div", "known__edit");
    let (own, slot, field) =
        (edit.clone(), Slot { pen, field: field.key.clone(), cell: None }, field.clone());
    let keep_words = t_with("known.keep", &[("name", name)]);
    let owner = Owner::current();
    follow(move || {
        let is_open = mode(pen, &field.key) == Mode::Changed;
        if !is_open || !own.is_empty() {
            return;
        }
        let build = || {
            let keep = press(pen, &field.key, Session::keep_known);
            let keep = El::new("button", "button button--quiet button--small")
                .attr("type", "button")
                .text(&keep_words)
                .on("click", move |_| keep());
            own.add(&widget(&slot, &field));
            own.add(&keep);
        };
        match &owner {
            Some(owner) => owner.with(|| leptos::prelude::untrack(build)),
            None => build(),
        }
    });
    edit
}
