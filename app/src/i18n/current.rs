//! The language in use. One per page, so it stands in a thread local rather than in a context: event handlers and
//! requests ask for it too, and they run outside every component.

use super::catalogue::Catalogue;
use super::format;
use leptos::prelude::*;
use skolstart_shared::Locale;

#[derive(Default)]
struct Current {
    locale: Locale,
    texts: Catalogue,
}

thread_local! {
    static CURRENT: ArcRwSignal<Current> = ArcRwSignal::new(Current::default());
}

fn current() -> ArcRwSignal<Current> {
    CURRENT.with(Clone::clone)
}

/// Puts a language into use; every text on the page follows. Who reads stays the same.
pub fn install(locale: Locale, mut texts: Catalogue) {
    texts.for_pupil = current().with_untracked(|current| current.texts.for_pupil);
    current().set(Current { locale, texts });
}

/// Says whether a pupil reads: texts have sentences of their own for her, with `pupil.` before the key.
pub fn speak_to_pupil(is_pupil: bool) {
    if current().with_untracked(|current| current.texts.for_pupil) != is_pupil {
        current().update(|current| current.texts.for_pupil = is_pupil);
    }
}

/// The language in use. Reactive.
pub fn locale() -> Locale {
    current().with(|current| current.locale)
}

/// The language in use, without following it. For event handlers and requests.
pub fn locale_now() -> Locale {
    current().with_untracked(|current| current.locale)
}

/// The sentence of `key`. Reactive: inside `view!` write `{move || t("…")}`.
pub fn t(key: &str) -> String {
    t_with(key, &[])
}

/// The sentence of `key` with its values. Reactive.
pub fn t_with(key: &str, values: &[(&str, &str)]) -> String {
    current().with(|current| current.texts.fill(key, values))
}

/// The sentence of `key` if there is one, else of `otherwise`: for codes that a newer server may add. Reactive.
pub fn t_or(key: &str, otherwise: &str) -> String {
    current().with(|current| match current.texts.get(key) {
        Some(sentence) => sentence.to_owned(),
        None => current.texts.fill(otherwise, &[]),
    })
}

/// The sentence for `count` things: `key.one` or `key.other`, with `{n}` written as the reader writes numbers. Reactive.
pub fn t_count(key: &str, count: u64, values: &[(&str, &str)]) -> String {
    let shown = format::number(count);
    current().with(|current| current.texts.count(key, count, &shown, values))
}
