//! The choice of language. Each language is named in itself: who looks for it may read no other.

use super::icon::Icon;
use crate::live::words;
use leptos::prelude::*;

/// A list of languages.
#[component]
pub fn LanguageSwitch(
    /// What a screen reader says: "Språk".
    label: impl Fn() -> String + Send + 'static,
    /// Code and own name of each language: `sv`, "Svenska".
    languages: Vec<(&'static str, &'static str)>,
    /// The code of the language in use.
    current: impl Fn() -> &'static str + Copy + Send + Sync + 'static,
    /// Called with the code that was chosen.
    choose: impl Fn(String) + 'static,
) -> impl IntoView {
    let chosen = move |event| choose(event_target_value(&event));
    let option = move |(code, name): (&'static str, &'static str)| {
        view! { <option value=code lang=code selected=move || current() == code>{name}</option> }
    };
    view! {
        <label class="language">
            <Icon name="globe"/>
            <span class="visually-hidden">{words(label)}</span>
            <select class="language__select" prop:value=current on:change=chosen>
                {languages.into_iter().map(option).collect_view()}
            </select>
        </label>
    }
}
