//! The choice of language. Each language is named in itself: who looks for it may read no other.

use super::element::{El, el};
use super::host::shown;
use super::redraw::follow;
use leptos::prelude::*;

/// A list of languages. `label` is what a screen reader says ("Språk"); each language has its code and its own name (`sv`,
/// "Svenska"); `current` gives the code in use, `choose` is called with the code that was chosen.
pub fn language_switch(
    label: impl Fn() -> String + 'static,
    languages: &[(&'static str, &'static str)],
    current: impl Fn() -> &'static str + 'static,
    choose: impl Fn(String) + 'static,
) -> El {
    let list = el("select", "language__select");
    let mut options = Vec::new();
    for (code, name) in languages {
        let option = el("option", "").attr("value", code).attr("lang", code).text(name);
        list.add(&option);
        options.push((*code, option));
    }
    let own = list.clone();
    follow(move || {
        let current = current();
        options.iter().for_each(|(code, option)| option.flag("selected", *code == current));
        own.property("value", &current.into());
    });
    let own = list.clone();
    el("label", "language")
        .with(El::icon("globe"))
        .with(el("span", "visually-hidden").words(label))
        .with(list.on("change", move |_| choose(own.value())))
}

/// As [`language_switch`].
#[component]
pub fn LanguageSwitch(
    /// What a screen reader says: "Språk".
    label: impl Fn() -> String + 'static,
    /// Code and own name of each language: `sv`, "Svenska".
    languages: Vec<(&'static str, &'static str)>,
    /// The code of the language in use.
    current: impl Fn() -> &'static str + 'static,
    /// Called with the code that was chosen.
    choose: impl Fn(String) + 'static,
) -> impl IntoView {
    shown(language_switch(label, &languages, current, choose))
}
