//! Fields of the bench. Each reads the form once, when it is drawn, and writes each change into it.

use super::bench::Bench;
use crate::i18n::t_with;
use leptos::prelude::*;
use skolstart_shared::Locale;
use skolstart_shared::form::{FormDefinition, Texts};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

static NEXT: AtomicU32 = AtomicU32::new(1);

/// An id for a field and its label, once per page.
pub(super) fn new_id() -> String {
    ["bench-", &NEXT.fetch_add(1, Ordering::Relaxed).to_string()].concat()
}

/// Where a text stands in a form.
pub(super) type TextPlace =
    Arc<dyn for<'a> Fn(&'a mut FormDefinition) -> Option<&'a mut Texts> + Send + Sync>;

/// A place of a text. A function, so that the closure is taken for one of any lifetime.
pub(super) fn text_at(
    find: impl for<'a> Fn(&'a mut FormDefinition) -> Option<&'a mut Texts> + Send + Sync + 'static,
) -> TextPlace {
    Arc::new(find)
}

/// A text in every language, side by side.
pub(super) fn pair(
    bench: Bench,
    label: String,
    help: Option<String>,
    long: bool,
    place: TextPlace,
) -> AnyView {
    let now = {
        let mut form = bench.form.get_untracked();
        place(&mut form).cloned().unwrap_or_default()
    };
    let help_id = help.is_some().then(new_id);
    let one = |locale: &Locale| {
        let locale = *locale;
        let (id, place, described) = (new_id(), place.clone(), help_id.clone());
        let put = move |event: leptos::ev::Event| {
            let typed = event_target_value(&event);
            bench.edit(|form| {
                if let Some(texts) = place(form) {
                    texts.0.insert(locale, typed);
                }
            });
        };
        let name = t_with("builder.in-language", &[("label", &label), ("language", locale.own_name())]);
        let value = now.0.get(&locale).cloned().unwrap_or_default();
        let input = if long {
            view! {
                <textarea class="input bench__text" id=id.clone() rows="3" lang=locale.as_str() aria-label=name aria-describedby=described prop:value=value on:input=put></textarea>
            }
            .into_any()
        } else {
            view! {
                <input class="input" id=id.clone() autocomplete="off" lang=locale.as_str() aria-label=name aria-describedby=described prop:value=value on:input=put/>
            }
            .into_any()
        };
        view! { <div class="pair__one"><label class="pair__language" for=id>{locale.own_name()}</label>{input}</div> }
    };
    let both = Locale::ALL.iter().map(one).collect_view();
    view! {
        <div class="field pair" role="group" aria-label=label.clone()>
            <p class="field__label">{label.clone()}</p>
            {help.map(|help| view! { <p class="field__help" id=help_id.clone()>{help}</p> })}
            <div class="pair__both">{both}</div>
        </div>
    }
    .into_any()
}

/// The id of a choice. The same each time a panel is drawn, so that the focus finds back to it.
fn stable_id(label: &str) -> String {
    ["bench-", &skolstart_shared::inventory::code_of(label)].concat()
}

/// One of several.
pub(super) fn pick<T>(
    label: String,
    help: Option<String>,
    options: Vec<(T, String)>,
    now: &T,
    put: impl Fn(T) + 'static,
) -> AnyView
where
    T: Clone + PartialEq + 'static,
{
    let id = stable_id(&label);
    pick_as(id, label, help, options, now, put)
}

/// One of several, in a list where others are called the same: `place` tells them apart.
pub(super) fn pick_in<T>(
    place: &str,
    label: String,
    options: Vec<(T, String)>,
    now: &T,
    put: impl Fn(T) + 'static,
) -> AnyView
where
    T: Clone + PartialEq + 'static,
{
    let id = [&stable_id(&label), "-", place].concat();
    pick_as(id, label, None, options, now, put)
}

fn pick_as<T>(
    id: String,
    label: String,
    help: Option<String>,
    options: Vec<(T, String)>,
    now: &T,
    put: impl Fn(T) + 'static,
) -> AnyView
where
    T: Clone + PartialEq + 'static,
{
    let help_id = new_id();
    let described = help.is_some().then(|| help_id.clone());
    let chosen = options.iter().position(|(option, _)| option == now).unwrap_or(0);
    let (values, words): (Vec<T>, Vec<String>) = options.into_iter().unzip();
    let choose = move |event: leptos::ev::Event| {
        let at = event_target_value(&event).parse::<usize>().ok();
        if let Some(option) = at.and_then(|at| values.get(at)) {
            put(option.clone());
        }
    };
    let options = words.into_iter().enumerate().map(|(at, words)| {
        view! { <option value=at.to_string() selected=at == chosen>{words}</option> }
    });
    view! {
        <div class="field">
            <label class="field__label" for=id.clone()>{label}</label>
            {help.map(|help| view! { <p class="field__help" id=help_id>{help}</p> })}
            <select class="input" id=id aria-describedby=described on:change=choose>{options.collect_view()}</select>
        </div>
    }
    .into_any()
}

/// Yes or no.
pub(super) fn tick(label: String, help: Option<String>, now: bool, put: impl Fn(bool) + 'static) -> AnyView {
    let choose = move |event: leptos::ev::Event| put(event_target_checked(&event));
    view! {
        <label class="option option--plain">
            <input class="option__input" type="checkbox" prop:checked=now on:change=choose/>
            <span class="option__text">{label}{help.map(|help| view! { <small>{help}</small> })}</span>
        </label>
    }
    .into_any()
}

/// A whole number. What is no number, or out of bounds, is said and not written; `empty`: nothing may stand there.
pub(super) fn count(
    label: String,
    help: Option<String>,
    bounds: (i64, i64),
    now: Option<i64>,
    empty: bool,
    put: impl Fn(Option<i64>) + 'static,
) -> AnyView {
    let (id, wrong_id, help_id) = (new_id(), new_id(), new_id());
    let wrong = RwSignal::new(false);
    let typed = move |event: leptos::ev::Event| {
        let typed = event_target_value(&event);
        let number = typed.trim().parse::<i64>().ok().filter(|number| (bounds.0..=bounds.1).contains(number));
        let is_empty = empty && typed.trim().is_empty();
        wrong.set(number.is_none() && !is_empty);
        if number.is_some() || is_empty {
            put(number);
        }
    };
    let described = [help.as_ref().map(|_| help_id.clone()), Some(wrong_id.clone())];
    let described = described.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let words =
        t_with("builder.number-between", &[("min", &bounds.0.to_string()), ("max", &bounds.1.to_string())]);
    view! {
        <div class="field" data-invalid=move || wrong.get().then_some("")>
            <label class="field__label" for=id.clone()>{label}</label>
            {help.map(|help| view! { <p class="field__help" id=help_id>{help}</p> })}
            <p class="field__error" id=wrong_id hidden=move || !wrong.get()>{words}</p>
            <input
                class="input input--short" id=id inputmode="numeric" autocomplete="off" aria-describedby=described
                aria-invalid=move || wrong.get().then_some("true")
                prop:value=now.map(|now| now.to_string()).unwrap_or_default() on:input=typed
            />
        </div>
    }
    .into_any()
}

/// Several of several.
pub(super) fn several<T>(
    label: String,
    options: Vec<(T, String)>,
    now: Vec<T>,
    put: impl Fn(Vec<T>) + Clone + 'static,
) -> AnyView
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let all: Vec<T> = options.iter().map(|(option, _)| option.clone()).collect();
    let chosen = StoredValue::new(now.clone());
    let one = |(option, words): (T, String)| {
        let (put, all, is) = (put.clone(), all.clone(), now.contains(&option));
        tick(words, None, is, move |yes| {
            chosen.update_value(|chosen| {
                chosen.retain(|other| *other != option);
                if yes {
                    chosen.push(option.clone());
                }
            });
            // In the order of the list, however they were ticked.
            let picked = chosen.get_value();
            put(all.iter().filter(|option| picked.contains(option)).cloned().collect());
        })
    };
    let ticks = options.into_iter().map(one).collect_view();
    view! {
        <fieldset class="field"><legend class="field__label">{label}</legend><div class="options options--row">{ticks}</div></fieldset>
    }
    .into_any()
}

/// A part of the bench that can be folded away.
pub(super) fn fold(heading: String, open: bool, inside: AnyView) -> AnyView {
    view! { <details class="fold" open=open><summary>{heading}</summary><div class="stack">{inside}</div></details> }.into_any()
}

/// A button that adds something.
pub(super) fn adder(words: String, add: impl Fn() + 'static) -> AnyView {
    view! {
        <p><button class="button button--secondary button--small" type="button" on:click=move |_| add()>
            <crate::ui::Icon name="plus"/>{words}
        </button></p>
    }
    .into_any()
}
