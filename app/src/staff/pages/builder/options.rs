//! Options of a choice, and columns of rows.

use super::bench::{Bench, focus_later};
use super::field::put;
use super::inputs::{adder, pair, text_at};
use super::kind::{small, text};
use crate::i18n::{locale, t, t_with};
use crate::ui::{Icon, announce};
use leptos::prelude::*;
use skolstart_shared::form::builder::{Spot, new_field, new_option, plain_kind};
use skolstart_shared::form::{ChoiceOption, FieldKind, FormDefinition, Texts};

/// The options of a kind; for a schedule, the homes.
fn options_in(kind: &mut FieldKind) -> Option<&mut Vec<ChoiceOption>> {
    match kind {
        FieldKind::Choice { options }
        | FieldKind::Choices { options, .. }
        | FieldKind::Schedule { homes: options, .. } => Some(options),
        _ => None,
    }
}

/// Changes which options there are, and draws them anew.
fn change(bench: Bench, spot: &Spot, change: impl FnOnce(&mut Vec<ChoiceOption>)) {
    put(bench, spot, |field| {
        if let Some(options) = options_in(&mut field.kind) {
            change(options);
        }
    });
    bench.redraw();
}

pub(super) fn options(bench: Bench, spot: &Spot) -> AnyView {
    let mut kind = bench.form.with_untracked(|form| spot.field_of(form).map(|field| field.kind.clone()));
    let Some(kind) = &mut kind else { return ().into_any() };
    let is_schedule = matches!(kind, FieldKind::Schedule { .. });
    let none = matches!(kind, FieldKind::Choices { .. }).then(|| {
        text(bench, spot, (t("builder.kind.none"), None), |kind| match kind {
            FieldKind::Choices { none, .. } => Some(none),
            _ => None,
        })
    });
    let count = options_in(kind).map_or(0, |options| options.len());
    let all = (0..count).map(|at| option(bench, spot, at, count)).collect_view();
    let own = spot.clone();
    let add = move || {
        change(bench, &own, |options| {
            let taken: Vec<String> = options.iter().map(|option| option.key.clone()).collect();
            options.push(new_option(&taken));
        });
    };
    let heading = if is_schedule { t("builder.kind.homes") } else { t("builder.kind.options") };
    view! {
        <section class="stack stack--tight">
            <h3>{heading}</h3>
            <ol class="rows">{all}</ol>
            {adder(t("builder.kind.add-option"), add)}
            {none}
        </section>
    }
    .into_any()
}

fn option(bench: Bench, spot: &Spot, at: usize, count: usize) -> AnyView {
    let own = spot.clone();
    let place = text_at(move |form: &mut FormDefinition| {
        let options = own.field_in(form).and_then(|field| options_in(&mut field.kind))?;
        options.get_mut(at).map(|option| &mut option.label)
    });
    let number = (at + 1).to_string();
    let label = t_with("builder.kind.option", &[("n", &number)]);
    let swap = |to: Option<usize>, word: &'static str| {
        let own = spot.clone();
        move |_| {
            let Some(to) = to.filter(|to| *to < count) else { return };
            change(bench, &own, |options| options.swap(at, to));
            announce(t_with(
                "builder.moved",
                &[("place", &(to + 1).to_string()), ("of", &count.to_string())],
            ));
            focus_later(["option-", word, "-", &to.to_string()].concat());
        }
    };
    let own = spot.clone();
    let gone = move |_| change(bench, &own, |options| drop(options.remove(at)));
    let id = |word: &str| ["option-", word, "-", &at.to_string()].concat();
    let (up, down) = (at == 0, at + 1 == count);
    view! {
        <li class="row">
            <div class="row__head">
                <span class="row__place">{number.clone()}</span>
                <div class="row__tools">
                    <button class="iconbutton" type="button" id=id("up") aria-disabled=up.then_some("true") on:click=swap(at.checked_sub(1), "up")>
                        <Icon name="arrow-up"/><span class="visually-hidden">{t_with("builder.up", &[("name", &label)])}</span>
                    </button>
                    <button class="iconbutton" type="button" id=id("down") aria-disabled=down.then_some("true") on:click=swap(Some(at + 1), "down")>
                        <Icon name="arrow-down"/><span class="visually-hidden">{t_with("builder.down", &[("name", &label)])}</span>
                    </button>
                    <button class="iconbutton" type="button" on:click=gone>
                        <Icon name="trash"/><span class="visually-hidden">{t_with("builder.remove", &[("name", &label)])}</span>
                    </button>
                </div>
            </div>
            {pair(bench, label, None, false, place)}
        </li>
    }
    .into_any()
}

/// The columns of rows: each is a question of its own, chosen in the outline.
pub(super) fn columns(bench: Bench, spot: &Spot, kind: &FieldKind) -> AnyView {
    let FieldKind::Rows { fields, least, most, .. } = kind else { return ().into_any() };
    let own = spot.clone();
    let add = move || {
        bench.reshape(|form| {
            let label = Texts::default();
            let kind = plain_kind("text", None)?;
            let mut column = new_field(own.fields_of(form), label, kind);
            column.required = false;
            form.add_field(&own, column)
        });
    };
    let links = fields.iter().enumerate().map(|(at, column)| {
        let to = spot.inside(at);
        let name = column.label.get(locale()).to_owned();
        let name = if name.is_empty() { t("builder.no-words") } else { name };
        view! { <li><button class="linklike" type="button" on:click=move |_| bench.chosen.set(to.clone())>{name}</button></li> }
    });
    view! {
        <section class="stack stack--tight">
            <h3>{t("builder.kind.columns")}</h3>
            <ul class="uses">{links.collect_view()}</ul>
            {adder(t("builder.kind.add-column"), add)}
        </section>
        <div class="threes">
            {small(bench, spot, t("builder.kind.least-rows"), (0, 50), *least, |kind, number| {
                if let FieldKind::Rows { least, .. } = kind { *least = number; }
            })}
            {small(bench, spot, t("builder.kind.most-rows"), (1, 50), *most, |kind, number| {
                if let FieldKind::Rows { most, .. } = kind { *most = number; }
            })}
        </div>
        {text(bench, spot, (t("builder.kind.row"), None), |kind| match kind {
            FieldKind::Rows { row, .. } => Some(row),
            _ => None,
        })}
        {text(bench, spot, (t("builder.kind.add-row"), None), |kind| match kind {
            FieldKind::Rows { add, .. } => Some(add),
            _ => None,
        })}
    }
    .into_any()
}
