//! Chooses a language, fetches its texts and remembers the choice. The only thing remembered is the language code.

use super::catalogue::Catalogue;
use super::current::{install, locale_now};
use crate::api::client;
use skolstart_shared::Locale;
use wasm_bindgen::JsCast;
use web_sys::HtmlMetaElement;

/// Also read by `public/boot.js`, which asks for the texts while the program is on its way.
const REMEMBERED: &str = "skolstart.locale";

/// Loads the reader's language: the remembered choice, else the first of the browser's that we have, else Swedish.
/// When that file cannot be had, Swedish is tried. `false`: there are no texts at all.
pub async fn start() -> bool {
    let wanted = remembered().or_else(browsers_choice).unwrap_or_default();
    use_locale(wanted).await || (wanted != Locale::Sv && use_locale(Locale::Sv).await)
}

/// The languages to choose from, in the order they are offered: code and what the language calls itself.
pub fn languages() -> Vec<(&'static str, &'static str)> {
    Locale::ALL.iter().map(|locale| (locale.as_str(), locale.own_name())).collect()
}

/// Changes to the language of this code without reloading and remembers the choice. `false`: the texts could not be
/// fetched, and the language is as before.
pub async fn change_locale(code: &str) -> bool {
    let Ok(locale) = Locale::parse(code) else { return false };
    if locale == locale_now() {
        return true;
    }
    let changed = use_locale(locale).await;
    if changed {
        remember(locale);
    }
    changed
}

async fn use_locale(locale: Locale) -> bool {
    let Some(path) = published_at(locale) else { return false };
    let Ok(json) = client::file(path).await else { return false };
    let Some(texts) = Catalogue::parse(&json) else { return false };
    install(locale, texts);
    if let Some(root) = document().and_then(|document| document.document_element()) {
        let _ = root.set_attribute("lang", locale.as_str());
    }
    true
}

/// Where the build has put the file: its name changes with its content and stands in the page.
fn published_at(locale: Locale) -> Option<String> {
    let mut selector = String::from("meta[name=texts-");
    selector.push_str(locale.as_str());
    selector.push(']');
    let meta = document()?.query_selector(&selector).ok()??;
    Some(meta.dyn_into::<HtmlMetaElement>().ok()?.content())
}

fn document() -> Option<web_sys::Document> {
    web_sys::window()?.document()
}

fn remembered() -> Option<Locale> {
    let storage = web_sys::window()?.local_storage().ok()??;
    Locale::parse(&storage.get_item(REMEMBERED).ok()??).ok()
}

fn remember(locale: Locale) {
    // Storage may be blocked or full: then the choice lasts until the page is closed.
    if let Some(Ok(Some(storage))) = web_sys::window().map(|window| window.local_storage()) {
        let _ = storage.set_item(REMEMBERED, locale.as_str());
    }
}

fn browsers_choice() -> Option<Locale> {
    let languages = web_sys::window()?.navigator().languages();
    languages.iter().filter_map(|tag| tag.as_string()).find_map(|tag| Locale::parse(&tag).ok())
}
