//! The form as families meet it, on a phone and on a wide screen side by side, in any language, for any trial family. Each
//! stands in a frame of its own: its width is the frame's, as on a device. What is answered there goes nowhere.

use super::bench::Bench;
use super::inputs::{pick, tick};
use super::words;
use crate::fields::{Pen, focus_summary, form, summary};
use crate::forms::Sheet;
use crate::i18n::{locale_now, t, t_with};
use crate::state::clock;
use crate::ui::form::{El, redrawn};
use leptos::prelude::*;
use skolstart_shared::Locale;
use skolstart_shared::Map;
use skolstart_shared::fact::{Freshness, Provenance};
use skolstart_shared::form::builder::TRIAL_FAMILIES;
use skolstart_shared::form::{Act, Answers, FieldKey, FormDefinition, Known, Setting, example};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element};

/// What is tried.
#[derive(Clone, Copy)]
struct Trial {
    bench: Bench,
    language: RwSignal<Locale>,
    family: RwSignal<usize>,
    /// Answers that the school has already are there, as for a family that comes back.
    known: RwSignal<bool>,
    act: RwSignal<usize>,
    /// Moves on with each change of any of these.
    drawn: RwSignal<usize>,
}

/// Beside what is edited: the part that is chosen, as it stands at each key.
pub(super) fn beside(bench: Bench) -> AnyView {
    let trial = trial(bench);
    Effect::new(move |_| {
        if let Some(act) = bench.chosen.with(|chosen| chosen.act) {
            trial.act.set(act);
        }
    });
    view! {
        <aside class="beside stack stack--tight" aria-label=t("builder.tab.try")>
            <div class="threes">{family(trial)}{language(trial)}</div>
            {frames(trial)}
        </aside>
    }
    .into_any()
}

fn trial(bench: Bench) -> Trial {
    let chosen = bench.chosen.with_untracked(|chosen| chosen.act.unwrap_or(0));
    let trial = Trial {
        bench,
        language: RwSignal::new(locale_now()),
        family: RwSignal::new(2),
        known: RwSignal::new(false),
        act: RwSignal::new(chosen),
        drawn: RwSignal::new(0),
    };
    Effect::new(move |_| {
        trial.language.track();
        trial.family.track();
        trial.known.track();
        trial.act.track();
        bench.form.track();
        trial.drawn.update(|drawn| *drawn += 1);
    });
    trial
}

pub(super) fn preview(bench: Bench) -> AnyView {
    let trial = trial(bench);
    view! {
        <section class="stack" aria-label=t("builder.tab.try")>
            <p class="soft">{t("builder.try.about")}</p>
            {choices(trial)}
            {frames(trial)}
        </section>
    }
    .into_any()
}

fn frames(trial: Trial) -> AnyView {
    view! {
        <div class="frames">
            {frame(trial, "frame frame--phone", t("builder.try.phone"))}
            {frame(trial, "frame frame--desk", t("builder.try.desk"))}
        </div>
    }
    .into_any()
}

fn family(trial: Trial) -> AnyView {
    let families = TRIAL_FAMILIES.iter().enumerate().map(|(at, one)| (at, words::family(one))).collect();
    pick(t("builder.try.family"), None, families, &trial.family.get_untracked(), move |at| {
        trial.family.set(at)
    })
}

fn language(trial: Trial) -> AnyView {
    let languages = Locale::ALL.iter().map(|one| (*one, one.own_name().to_owned())).collect();
    pick(t("common.language"), None, languages, &trial.language.get_untracked(), move |one| {
        trial.language.set(one);
    })
}

fn choices(trial: Trial) -> AnyView {
    let acts: Vec<(usize, String)> = trial.bench.form.with_untracked(|form| {
        let name = |act: &Act| act.title.get(locale_now()).to_owned();
        form.acts.iter().map(name).enumerate().collect()
    });
    view! {
        <div class="threes">
            {pick(t("builder.try.part"), None, acts, &trial.act.get_untracked(), move |at| trial.act.set(at))}
            {family(trial)}
            {language(trial)}
        </div>
        {tick(t("builder.try.known"), None, false, move |yes| trial.known.set(yes))}
    }
    .into_any()
}

fn frame(trial: Trial, class: &'static str, title: String) -> AnyView {
    let owner = Owner::current();
    let load = move |event: leptos::ev::Event| {
        let Some(document) = event.target().and_then(|frame| document_of(&frame.into())) else { return };
        let Some(body) = dress(&document) else { return };
        let draw = move || redrawn(&body, move || trial.drawn.get(), move |_| draw(trial));
        match &owner {
            Some(owner) => owner.with(draw),
            None => draw(),
        }
    };
    view! {
        <figure class=class>
            <figcaption class="soft small">{title.clone()}</figcaption>
            <div class="frame__box"><iframe class="frame__screen" title=title on:load=load></iframe></div>
        </figure>
    }
    .into_any()
}

fn document_of(frame: &JsValue) -> Option<Document> {
    let found = js_sys::Reflect::get(frame, &"contentDocument".into()).ok()?;
    // Another window has another `Document`, so that no check of its class holds.
    (!found.is_null() && !found.is_undefined()).then(|| found.unchecked_into())
}

/// Gives a frame the look of the guardian program: the same sheets, the same colours.
fn dress(frame: &Document) -> Option<El> {
    let own = document();
    let (root, body): (Element, Element) = (frame.document_element()?, frame.body()?.into());
    let head = frame.query_selector("head").ok()??;
    let sheets = own.query_selector_all("link[rel=stylesheet]").ok()?;
    for at in 0..sheets.length() {
        let copy = sheets.get(at)?.clone_node_with_deep(true).ok()?;
        head.append_child(&copy).ok()?;
    }
    let look = own.document_element()?;
    for name in ["lang", "data-theme"] {
        if let Some(value) = look.get_attribute(name) {
            root.set_attribute(name, &value).ok()?;
        }
    }
    root.set_attribute("class", "previewed").ok()?;
    body.set_attribute("class", "guardian").ok()?;
    Some(El::from(body))
}

/// The part as a page, or that there is nothing to see.
fn draw(trial: Trial) -> Vec<El> {
    let language = trial.language.get_untracked();
    let form = trial.bench.form.with_untracked(|form| form.clone().tidied());
    let setting = TRIAL_FAMILIES.get(trial.family.get_untracked()).map(|one| one.setting(clock::today()));
    let (Some(act), Some(setting)) = (form.acts.get(trial.act.get_untracked()), setting) else {
        return vec![said(&t("builder.try.nothing"))];
    };
    let applies = act.applies_if.as_ref().is_none_or(|one| one.holds(&Answers::default(), &setting));
    if !applies {
        return vec![said(&t("builder.try.not-asked"))];
    }
    vec![page(trial, &form, act, setting, language)]
}

fn said(words: &str) -> El {
    El::new("div", "page").child(&El::new("p", "lead").text(words))
}

fn page(trial: Trial, whole: &FormDefinition, act: &Act, setting: Setting, language: Locale) -> El {
    let known = if trial.known.get_untracked() { known(act, &setting) } else { Map::new() };
    let sheet = RwSignal::new(Sheet::new(act.clone(), setting).with_known(known));
    let pen = Pen::in_language(sheet, language);
    let wrong = summary(pen);
    let done = El::new("p", "soft").attr("role", "status");
    let (on_wrong, on_done) = (wrong.clone(), done.clone());
    let next = El::new("button", "button button--wide")
        .attr("type", "button")
        .text(&t("builder.try.next"))
        .on("click", move |_| match pen.finish() {
            Some(_) => on_done.say(&t("builder.try.right")),
            None => focus_summary(&on_wrong),
        });
    let head = El::new("div", "pagehead")
        .child(&El::new("p", "pagehead__over").text(whole.title.get(language)))
        .child(&El::new("h1", "").text(act.title.get(language)))
        .child(&El::new("p", "lead").text(act.purpose.get(language)));
    let readers = t_with("builder.try.readers", &[("readers", act.readers.get(language))]);
    El::new("div", "page")
        .child(&head)
        .child(&El::new("p", "soft small").text(&readers))
        .child(&wrong)
        .child(&form(pen))
        .child(&next)
        .child(&done)
}

/// What the school would know about the fields that belong to known elements.
fn known(act: &Act, setting: &Setting) -> Map<FieldKey, Known> {
    let mut all = Map::new();
    for field in act.fields.iter().filter(|field| field.element.is_some()) {
        if let Some(value) = example(field, 1, setting) {
            let known = Known {
                value,
                since: clock::now(),
                from: Provenance::You,
                freshness: Freshness::Known,
                version: 1,
                others: Vec::new(),
            };
            all.insert(field.key.clone(), known);
        }
    }
    all
}
