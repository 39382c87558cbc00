//! A form from a file, JSON or a survey's spreadsheet, and a form as a file that another municipality can read.

use super::list::Shelf;
use crate::api::{ApiFailure, client};
use crate::i18n::{number, t, t_count, t_with};
use crate::json;
use crate::staff::pages::inventory::save_file;
use crate::ui::{Notice, NoticeKind};
use leptos::prelude::*;
use leptos::task::spawn_local;
use skolstart_shared::api::{
    FileOut, FormFileIn, FormFileKind, FormFileOut, LeftOut, LeftOutReason, ReadFormFile,
};
use skolstart_shared::base64;
use skolstart_shared::form::FormDefinition;
use skolstart_shared::form::builder::free_key;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// The largest file that is read. In base64, or with its quotes escaped, it stays below what the server takes.
const MOST_BYTES: f64 = 120_000.0;

pub(super) fn import(shelf: Shelf) -> AnyView {
    let wrong = RwSignal::new(None::<String>);
    let partly = RwSignal::new(None::<(FormDefinition, Vec<LeftOut>)>);
    let chosen = move |event: leptos::ev::Event| {
        let Some(input) = event.target() else { return };
        wrong.set(None);
        partly.set(None);
        spawn_local(async move {
            let Some(file) = chosen_file(input.into()).await else {
                return wrong.set(Some(t("builder.file.unreadable")));
            };
            match client::call::<ReadFormFile>(&(), &file).await {
                Ok(FormFileOut { form: Some(form), left_out, .. }) if left_out.is_empty() => {
                    shelf.begin(with_free_key(shelf, form));
                }
                Ok(FormFileOut { form: Some(form), left_out, .. }) => partly.set(Some((form, left_out))),
                Ok(FormFileOut { fault, .. }) => {
                    let (line, reason) = fault.map(|fault| (fault.line, fault.reason)).unwrap_or_default();
                    let line = number(line.into());
                    wrong.set(Some(t_with("builder.file.fault", &[("line", &line), ("reason", &reason)])));
                }
                Err(ApiFailure::Refused(error)) if !error.violations.is_empty() => {
                    wrong.set(Some(t("builder.file.no-survey")));
                }
                Err(failure) => shelf.failed(&failure),
            }
        });
    };
    view! {
        <div class="field">
            <label class="field__label" for="form-file">{t("builder.file.label")}</label>
            <p class="field__help" id="form-file-help">{t("builder.file.help")}</p>
            <input class="input" id="form-file" type="file" accept=".json,.xlsx,application/json" aria-describedby="form-file-help" on:change=chosen/>
        </div>
        {move || wrong.get().map(|words| view! { <Notice kind=NoticeKind::Error><p>{words}</p></Notice> })}
        {move || partly.get().map(|(form, left_out)| partly_read(shelf, form, &left_out))}
    }
    .into_any()
}

/// What of a survey does not match, and going on with the rest.
fn partly_read(shelf: Shelf, form: FormDefinition, left_out: &[LeftOut]) -> AnyView {
    let heading = t_count("builder.left.count", left_out.len() as u64, &[]);
    let line = |one: &LeftOut| {
        let why = match one.reason {
            LeftOutReason::Kind => t("builder.left.kind"),
            LeftOutReason::Meta => t("builder.left.meta"),
            LeftOutReason::Calculation => t("builder.left.calculation"),
            LeftOutReason::Choices => t("builder.left.choices"),
            LeftOutReason::Relevant => t("builder.left.relevant"),
            LeftOutReason::Constraint => t("builder.left.constraint"),
            LeftOutReason::Required => t("builder.left.required"),
            LeftOutReason::Default => t("builder.left.default"),
            LeftOutReason::ChoiceFilter => t("builder.left.choiceFilter"),
            LeftOutReason::RepeatCount => t("builder.left.repeatCount"),
            LeftOutReason::Unended => t("builder.left.unended"),
            LeftOutReason::Language => t("builder.left.language"),
            LeftOutReason::KnownOtherwise => t("builder.left.known"),
        };
        let row = (one.row > 0).then(|| t_with("staff.import.row", &[("n", &number(one.row.into()))]));
        let said: Vec<String> = row.into_iter().chain([why]).collect();
        view! { <li><b>{one.what.clone()}</b><small>{said.join(" · ")}</small></li> }
    };
    let lines = left_out.iter().map(line).collect_view();
    let form = StoredValue::new(form);
    let go = move |_| shelf.begin(with_free_key(shelf, form.get_value()));
    view! {
        <Notice kind=NoticeKind::Waiting>
            <p><b>{heading}</b></p>
            <ul class="uses">{lines}</ul>
            <p><button class="button button--small" type="button" on:click=go>{t("builder.left.go")}</button></p>
        </Notice>
    }
    .into_any()
}

/// A form from elsewhere may have the key of one that is here: then it becomes the next version of that one, unless there is
/// a draft of it already.
fn with_free_key(shelf: Shelf, form: FormDefinition) -> FormDefinition {
    let drafted = shelf.forms.with_untracked(|forms| {
        forms.ready().is_some_and(|forms| forms.drafts.iter().any(|draft| draft.key == form.key))
    });
    if !drafted {
        return form;
    }
    let key = skolstart_shared::form::FormKey(free_key(form.key.as_str(), &shelf.taken()));
    FormDefinition { key, ..form }
}

/// The file that was chosen. `None`: none was, or it is too large or cannot be read.
async fn chosen_file(input: JsValue) -> Option<FormFileIn> {
    let get = |of: &JsValue, name: &str| js_sys::Reflect::get(of, &name.into()).ok();
    let file = get(&get(&input, "files")?, "0")?;
    if get(&file, "size")?.as_f64()? > MOST_BYTES {
        return None;
    }
    let is_sheet = get(&file, "name")?.as_string()?.to_lowercase().ends_with(".xlsx");
    let read = if is_sheet { "arrayBuffer" } else { "text" };
    let read: js_sys::Function = get(&file, read)?.dyn_into().ok()?;
    let promise: js_sys::Promise = read.call0(&file).ok()?.dyn_into().ok()?;
    let content = JsFuture::from(promise).await.ok()?;
    Some(if is_sheet {
        let bytes = js_sys::Uint8Array::new(&content).to_vec();
        FormFileIn { kind: FormFileKind::Xlsform, content: base64::encode(&bytes) }
    } else {
        FormFileIn { kind: FormFileKind::Json, content: content.as_string()? }
    })
}

/// Hands the form over as a file that a person can read, and review line by line.
pub(super) fn export(form: &FormDefinition) {
    let Ok(text) = json::write(form) else { return };
    let indented = js_sys::JSON::parse(&text).and_then(|value| {
        js_sys::JSON::stringify_with_replacer_and_space(&value, &JsValue::NULL, &JsValue::from_f64(2.0))
    });
    let text = indented.map_or(text, |indented| String::from(indented) + "\n");
    save_file(&FileOut {
        name: [form.key.as_str(), ".json"].concat(),
        media_type: "application/json".to_owned(),
        content: base64::encode(text.as_bytes()),
    });
}
