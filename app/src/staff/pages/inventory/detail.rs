//! The chosen form of the inventory.

use super::edit::EditForm;
use super::page::Desk;
use crate::i18n::{date, number, t, t_count};
use crate::router::Link;
use crate::staff::routes::Route;
use crate::ui::Panel;
use leptos::prelude::*;
use skolstart_shared::api::PaperFormLine;
use skolstart_shared::fact::ElementKey;
use skolstart_shared::inventory::PaperForm;

#[component]
pub(super) fn FormPanel(desk: Desk, line: PaperFormLine) -> impl IntoView {
    let editing = RwSignal::new(false);
    let (about, heading) = (line.form.code.clone(), line.form.name.clone());
    let line = StoredValue::new(line);
    let body = move || {
        let line = line.get_value();
        if editing.get() {
            let stop = move || editing.set(false);
            view! { <EditForm desk form=line.form base=line.version done=move |_| stop() cancel=stop/> }
                .into_any()
        } else {
            view! { <Detail desk form=line.form editing/> }.into_any()
        }
    };
    view! {
        <Panel heading about close_label=t("common.close") close=move || desk.close()>{body}</Panel>
    }
}

#[component]
fn Detail(desk: Desk, form: PaperForm, editing: RwSignal<bool>) -> impl IntoView {
    let figure = |figure: Option<u32>| figure.map(|figure| number(figure.into())).unwrap_or_default();
    let replaced = form.replaced_by.as_ref().map(|key| {
        desk.inventory.with_untracked(|inventory| {
            let digital = inventory.ready().map(|found| found.digital.as_slice()).unwrap_or_default();
            let found = digital.iter().find(|digital| digital.key == *key);
            found.map_or_else(|| key.0.clone(), |digital| digital.title.clone())
        })
    });
    let facts = [
        (t("staff.form.owner"), form.owner.clone()),
        (t("staff.form.process"), form.process.clone()),
        (t("staff.form.purpose"), form.purpose.clone()),
        (t("staff.form.legal-basis"), form.legal_basis.clone()),
        (t("staff.form.recipients"), form.recipients.clone()),
        (t("staff.form.copies"), figure(form.copies_per_year)),
        (t("staff.form.sheets"), figure(form.sheets)),
        (t("staff.form.fill"), figure(form.minutes_fill)),
        (t("staff.form.handle"), figure(form.minutes_handle)),
        (t("staff.form.replaced-by"), replaced.unwrap_or_default()),
        (t("staff.form.replaced-on"), form.replaced_on.map(date).unwrap_or_default()),
    ];
    let facts = facts.into_iter().filter(|(_, value)| !value.is_empty());
    let facts = facts.map(|(name, value)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> });
    let asks = form.asks.iter().map(|key| asked(desk, key)).collect_view();
    let count = t_count("staff.form.asks", form.asks.len() as u64, &[]);
    view! {
        <section class="panel__part">
            <dl class="facts">{facts.collect_view()}</dl>
            {form.estimated.then(|| view! { <p class="soft small">{t("staff.form.is-estimated")}</p> })}
            <p>
                <button class="button button--secondary" type="button" on:click=move |_| editing.set(true)>
                    {t("staff.element.edit")}
                </button>
            </p>
        </section>
        <section class="panel__part"><h3>{count}</h3><ul class="uses">{asks}</ul></section>
    }
}

/// An element that a form asks for; one that the catalogue has is a link to it.
fn asked(desk: Desk, key: &ElementKey) -> impl IntoView + use<> {
    let name = desk.inventory.with_untracked(|inventory| {
        let names = inventory.ready().map(|found| found.elements.as_slice()).unwrap_or_default();
        names.iter().find(|element| element.key == *key).map(|element| element.name.clone())
    });
    match name.filter(|name| name != key.as_str()) {
        Some(name) => {
            view! { <li><Link<Route> to=Route::Elements(Some(key.0.clone()))>{name}</Link<Route>></li> }
                .into_any()
        }
        None => {
            view! { <li>{key.0.clone()}<small>{t("staff.form.not-in-catalogue")}</small></li> }.into_any()
        }
    }
}
