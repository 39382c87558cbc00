//! The choice of language. Each language is named in itself: who looks for it may read no other.

use super::icon::Icon;
use leptos::prelude::*;
use skolstart_shared::Locale;

/// A list of languages.
#[component]
pub fn LanguageSwitch(
    /// What a screen reader says: "Språk".
    #[prop(into)]
    label: Signal<String>,
    /// The language in use.
    #[prop(into)]
    current: Signal<Locale>,
    /// Called with the choice.
    choose: impl Fn(Locale) + 'static,
) -> impl IntoView {
    let chosen = move |event| {
        if let Ok(locale) = Locale::parse(&event_target_value(&event)) {
            choose(locale);
        }
    };
    let option = move |locale: Locale| {
        let code = locale.as_str();
        view! { <option value=code lang=code selected=move || current.get() == locale>{locale.own_name()}</option> }
    };
    view! {
        <label class="language">
            <Icon name="globe"/>
            <span class="visually-hidden">{label}</span>
            <select class="language__select" prop:value=move || current.get().as_str() on:change=chosen>
                {Locale::ALL.iter().copied().map(option).collect_view()}
            </select>
        </label>
    }
}
