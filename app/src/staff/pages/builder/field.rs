//! The chosen question: its words, what kind of answer it takes, whether it must be answered, and when it is asked.

use super::bench::Bench;
use super::condition::condition;
use super::holder::Holder;
use super::inputs::{fold, pair, pick, text_at, tick};
use super::kind::limits;
use super::own::own_element;
use super::words;
use crate::i18n::{locale, t};
use leptos::prelude::*;
use skolstart_shared::fact::ElementKey;
use skolstart_shared::form::builder::{KINDS, Spot, kind_name, plain_kind};
use skolstart_shared::form::{ActKind, Field, FieldKind, FormDefinition};

/// Changes the field at a place.
pub(super) fn put(bench: Bench, spot: &Spot, change: impl FnOnce(&mut Field)) {
    bench.edit(|form| {
        if let Some(field) = spot.field_in(form) {
            change(field);
        }
    });
}

pub(super) fn field_panel(bench: Bench, spot: &Spot) -> AnyView {
    let found = bench
        .form
        .with_untracked(|form| Some((spot.field_of(form)?.clone(), spot.act_of(form).map(|act| act.kind)?)));
    let Some((field, act)) = found else { return ().into_any() };
    let [label, help, required] = [(); 3].map(|()| spot.clone());
    let label = text_at(move |form: &mut FormDefinition| label.field_in(form).map(|field| &mut field.label));
    let help = text_at(move |form: &mut FormDefinition| {
        help.field_in(form).map(|field| field.help.get_or_insert_default())
    });
    let is_asked = field.kind.is_asked() && act != ActKind::Consent;
    let must = move |yes| put(bench, &required, |field| field.required = yes);
    view! {
        <div class="stack">
            {pair(bench, t("builder.field.label"), None, false, label)}
            {pair(bench, t("builder.field.help"), None, true, help)}
            <div class="threes">
                {kinds(bench, spot, &field)}
                {elements(bench, spot, &field)}
            </div>
            {own_element(bench, spot, &field)}
            {limits(bench, spot, &field.kind)}
            {is_asked.then(|| tick(t("builder.field.required"), None, field.required, must))}
            {fold(t("builder.field.visible-if"), field.visible_if.is_some(), condition(bench, &Holder::Visible(spot.clone())))}
            {is_asked.then(|| fold(t("builder.field.required-if"), field.required_if.is_some(), condition(bench, &Holder::Required(spot.clone()))))}
            {(is_asked && !spot.handler).then(|| siblings(bench, spot, &field))}
        </div>
    }
    .into_any()
}

fn kinds(bench: Bench, spot: &Spot, field: &Field) -> AnyView {
    // Within rows there are no rows: nobody fills in a table in a table.
    let fits =
        |name: &&&str| spot.path.len() < 2 || !matches!(**name, "rows" | "person" | "schedule" | "files");
    // Whoever handles an application fills in what a decision says: nothing to agree to, and no papers.
    let fits_handler =
        |name: &&&str| !spot.handler || !matches!(**name, "consent" | "acknowledge" | "files" | "schedule");
    let options =
        KINDS.iter().filter(fits).filter(fits_handler).map(|name| (*name, words::kind(name))).collect();
    let own = spot.clone();
    let choose = move |name: &'static str| {
        put(bench, &own, |field| {
            if let Some(kind) = plain_kind(name, Some(&field.kind)) {
                field.kind = kind;
            }
        });
        bench.redraw();
    };
    pick(t("builder.field.kind"), None, options, &kind_name(&field.kind), choose)
}

fn elements(bench: Bench, spot: &Spot, field: &Field) -> AnyView {
    let is_column = spot.path.len() > 1;
    let is_consent = matches!(field.kind, FieldKind::Consent { .. });
    let subject = bench.form.with_untracked(|form| spot.act_of(form).map(|act| act.subject));
    if is_column || is_consent || spot.handler || !field.kind.is_asked() {
        return ().into_any();
    }
    let catalogue = bench.elements_now();
    let known = catalogue.iter().filter(|element| Some(element.subject) == subject);
    let name = |element: &skolstart_shared::fact::Element| {
        let label = element.label.get(locale());
        if label.is_empty() { element.key.0.clone() } else { label.to_owned() }
    };
    let mut options: Vec<(Option<ElementKey>, String)> =
        known.map(|element| (Some(element.key.clone()), name(element))).collect();
    options.sort_by_key(|(_, name)| name.to_lowercase());
    options.insert(0, (None, t("builder.field.no-element")));
    let own = spot.clone();
    let choose = move |element| {
        put(bench, &own, |field| field.element = element);
        bench.redraw();
    };
    pick(t("builder.field.element"), Some(t("builder.field.element-help")), options, &field.element, choose)
}

fn siblings(bench: Bench, spot: &Spot, field: &Field) -> AnyView {
    let own = spot.clone();
    let choose = move |yes| put(bench, &own, |field| field.same_for_siblings = yes);
    tick(t("builder.field.siblings"), None, field.same_for_siblings, choose)
}
