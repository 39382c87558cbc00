//! Adding a part or a question. While the words of a question are typed, what is known already is suggested: a question that
//! belongs to a known element is asked as it is asked elsewhere, and never twice of the same family.

use super::bench::{Bench, focus_later};
use super::own::keep_tick;
use super::words;
use crate::api::client;
use crate::i18n::{locale_now, t, t_with};
use leptos::prelude::*;
use leptos::task::spawn_local;
use skolstart_shared::api::GetPublishedForm;
use skolstart_shared::api::Nothing;
use skolstart_shared::fact::{Element, ElementKey};
use skolstart_shared::form::builder::{KINDS, Spot, free_key, new_act, new_field, plain_kind, suggest};
use skolstart_shared::form::{ActKind, Field, FieldKey, FormRef, Texts};

fn in_this_language(words: String) -> Texts {
    Texts([(locale_now(), words)].into())
}

/// Chooses what was added, and puts the focus in its first field.
fn go_there() {
    focus_later("bench-heading".to_owned());
}

pub(super) fn add_act(bench: Bench) -> AnyView {
    let open = RwSignal::new(false);
    let title = RwSignal::new(String::new());
    let kind = RwSignal::new(ActKind::Confirmation);
    let add = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let words = title.get_untracked().trim().to_owned();
        if words.is_empty() {
            return focus_later("new-act".to_owned());
        }
        let begins = bench.words(kind.get_untracked());
        bench.reshape(|form| {
            let mut act = new_act(form, kind.get_untracked(), in_this_language(words));
            if let Some(begins) = begins {
                act.take_words(None, &begins);
            }
            Some(form.add_act(act))
        });
        title.set(String::new());
        open.set(false);
        go_there();
    };
    let choose = move |event: leptos::ev::Event| {
        let at = event_target_value(&event).parse::<usize>().ok();
        if let Some(chosen) = at.and_then(|at| words::ACT_KINDS.get(at)) {
            kind.set(*chosen);
        }
    };
    let kinds = move || {
        let option = |(at, kind): (usize, &ActKind)| view! { <option value=at.to_string()>{words::act_kind(*kind)}</option> };
        words::ACT_KINDS.iter().enumerate().map(option).collect_view()
    };
    let show = move |_| {
        open.set(true);
        focus_later("new-act".to_owned());
    };
    let form = move || {
        open.get().then(|| view! {
            <form class="outline__add stack stack--tight" on:submit=add>
                <div class="field">
                    <label class="field__label" for="new-act">{t("builder.act.title")}</label>
                    <input class="input" id="new-act" autocomplete="off" prop:value=title on:input=move |event| title.set(event_target_value(&event))/>
                </div>
                <div class="field">
                    <label class="field__label" for="new-act-kind">{t("builder.act.kind")}</label>
                    <select class="input" id="new-act-kind" on:change=choose>{kinds()}</select>
                </div>
                <p class="toolbar">
                    <button class="button button--small" type="submit">{t("builder.add")}</button>
                    <button class="button button--quiet button--small" type="button" on:click=move |_| open.set(false)>{t("staff.cancel")}</button>
                </p>
            </form>
        })
    };
    view! {
        {form}
        <p hidden=move || open.get()>
            <button class="button button--secondary button--small" type="button" on:click=show>
                <crate::ui::Icon name="plus"/>{t("builder.add-part")}
            </button>
        </p>
    }
    .into_any()
}

pub(super) fn add_field(bench: Bench, into: &Spot, adding: RwSignal<Option<Spot>>) -> AnyView {
    let typed = RwSignal::new(String::new());
    let into = StoredValue::new(into.clone());
    let is_consent = bench.form.with_untracked(|form| {
        into.with_value(|into| into.act_of(form).is_some_and(|act| act.kind == ActKind::Consent))
    });
    let kind = RwSignal::new(if is_consent { "consent" } else { KINDS[0] });
    // A column, and what a handler fills in, holds only here.
    let can_keep = !is_consent && into.with_value(|into| !into.handler && into.path.is_empty());
    let keeps = RwSignal::new(false);
    let add = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let words = typed.get_untracked().trim().to_owned();
        if words.is_empty() {
            return focus_later("new-question".to_owned());
        }
        let known = bench.elements_published();
        bench.reshape(|form| {
            let into = into.get_value();
            let made = plain_kind(kind.get_untracked(), None)?;
            let field = new_field(&into.beside(form), in_this_language(words), made);
            let at = form.add_field(&into, field)?;
            if keeps.get_untracked() {
                form.make_element(&at, &known);
            }
            Some(at)
        });
        adding.set(None);
        go_there();
    };
    let choose = move |event: leptos::ev::Event| {
        let chosen = event_target_value(&event);
        if let Some(name) = KINDS.iter().find(|name| **name == chosen) {
            kind.set(name);
        }
    };
    let now = kind.get_untracked();
    let kinds =
        KINDS.map(|name| view! { <option value=name selected=name == now>{words::kind(name)}</option> });
    focus_later("new-question".to_owned());
    view! {
        <form class="outline__add stack stack--tight" on:submit=add>
            <div class="field">
                <label class="field__label" for="new-question">{t("builder.field.label")}</label>
                <input class="input" id="new-question" autocomplete="off" aria-describedby="new-question-known" prop:value=typed on:input=move |event| typed.set(event_target_value(&event))/>
            </div>
            {suggestions(bench, into, typed, adding)}
            <div class="field">
                <label class="field__label" for="new-question-kind">{t("builder.field.kind")}</label>
                <select class="input" id="new-question-kind" on:change=choose>{kinds.into_iter().collect_view()}</select>
            </div>
            {can_keep.then(|| keep_tick(keeps))}
            <p class="toolbar">
                <button class="button button--small" type="submit">{t("builder.add")}</button>
                <button class="button button--quiet button--small" type="button" on:click=move |_| adding.set(None)>{t("staff.cancel")}</button>
            </p>
        </form>
    }
    .into_any()
}

/// The known elements that the words may mean.
fn suggestions(
    bench: Bench,
    into: StoredValue<Spot>,
    typed: RwSignal<String>,
    adding: RwSignal<Option<Spot>>,
) -> AnyView {
    let found = Memo::new(move |_| {
        let catalogue = bench.elements().with(&bench.form.with_untracked(|form| form.elements.clone()));
        let act = bench.form.with_untracked(|form| {
            into.with_value(|into| into.act_of(form).map(|act| (act.subject, act.kind)))
        });
        let is_handlers = into.with_value(|into| into.handler);
        let Some((subject, _)) = act.filter(|(_, kind)| *kind != ActKind::Consent && !is_handlers) else {
            return Vec::new();
        };
        suggest(&typed.get(), subject, &catalogue).into_iter().cloned().collect::<Vec<Element>>()
    });
    let take = move |element: &Element| {
        let (key, label) = (element.key.clone(), element.label.clone());
        move |_| {
            adding.set(None);
            take_element(bench, into.get_value(), key.clone(), label.clone());
        }
    };
    let shown = move || {
        let all = found.get();
        let buttons = all.iter().map(|element| {
            let name = element.label.get(locale_now()).to_owned();
            let words = t_with("builder.use-known", &[("name", &name)]);
            view! { <li><button class="button button--secondary button--small" type="button" on:click=take(element)>{words}</button></li> }
        });
        (!all.is_empty()).then(|| {
            view! {
                <p class="field__help">{t("builder.known-help")}</p>
                <ul class="suggestions">{buttons.collect_view()}</ul>
            }
        })
    };
    view! { <div id="new-question-known" aria-live="polite">{shown}</div> }.into_any()
}

/// Adds the question about a known element, as the first published form that has it asks it.
fn take_element(bench: Bench, into: Spot, element: ElementKey, label: Texts) {
    let asked = bench.catalogue.with_untracked(|found| {
        let line = found.ready()?.elements.iter().find(|line| line.element.key == element)?;
        line.fields.first().map(|used| used.form.clone())
    });
    spawn_local(async move {
        let elsewhere = match asked {
            Some(FormRef { key, version }) => {
                let found = client::call::<GetPublishedForm>(&(key, version), &Nothing {}).await.ok();
                let of = |field: &&Field| field.element.as_ref() == Some(&element);
                found.and_then(|form| form.acts.iter().flat_map(|act| &act.fields).find(of).cloned())
            }
            None => None,
        };
        bench.reshape(|form| {
            let beside = into.beside(form);
            let mut field = match elsewhere {
                Some(field) => Field { required: false, required_if: None, visible_if: None, ..field },
                None => new_field(&beside, label, plain_kind("text", None)?),
            };
            let taken: Vec<String> = beside.iter().map(|field| field.key.0.clone()).collect();
            let own = element.as_str().split('.').next_back().unwrap_or_default();
            field.key = FieldKey(free_key(own, &taken));
            field.element = Some(element);
            form.add_field(&into, field)
        });
        go_there();
    });
}
