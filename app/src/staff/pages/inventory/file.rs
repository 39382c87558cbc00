//! Files from and to the person's own disk. The only place that reads a chosen file or hands one over.

use leptos::prelude::*;
use skolstart_shared::api::{FileOut, SheetKind};
use skolstart_shared::base64;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlElement;

/// The largest file that is sent. In base64 and JSON it stays below what the server takes.
pub(super) const MOST_BYTES: f64 = 180_000.0;

/// A chosen file.
pub(super) struct Chosen {
    pub(super) kind: SheetKind,
    pub(super) content: String,
}

/// Why a chosen file is not sent.
pub(super) enum NotChosen {
    /// Nothing was chosen.
    Nothing,
    /// Neither `.csv` nor `.xlsx`.
    Kind,
    /// Larger than [`MOST_BYTES`].
    Size,
    /// The browser could not read it.
    Unreadable,
}

/// Reads the file that was chosen in an input of type `file`.
pub(super) async fn read(input: JsValue) -> Result<Chosen, NotChosen> {
    let get = |of: &JsValue, name: &str| js_sys::Reflect::get(of, &name.into()).unwrap_or(JsValue::UNDEFINED);
    let file = get(&get(&input, "files"), "0");
    if file.is_undefined() || file.is_null() {
        return Err(NotChosen::Nothing);
    }
    let name = get(&file, "name").as_string().unwrap_or_default().to_lowercase();
    let kind = if name.ends_with(".xlsx") {
        SheetKind::Xlsx
    } else if name.ends_with(".csv") {
        SheetKind::Csv
    } else {
        return Err(NotChosen::Kind);
    };
    if get(&file, "size").as_f64().is_none_or(|size| size > MOST_BYTES) {
        return Err(NotChosen::Size);
    }
    let read: js_sys::Function = get(&file, "arrayBuffer").dyn_into().map_err(|_| NotChosen::Unreadable)?;
    let promise: js_sys::Promise =
        read.call0(&file).and_then(JsCast::dyn_into).map_err(|_| NotChosen::Unreadable)?;
    let buffer = JsFuture::from(promise).await.map_err(|_| NotChosen::Unreadable)?;
    Ok(Chosen { kind, content: base64::encode(&js_sys::Uint8Array::new(&buffer).to_vec()) })
}

/// Hands a file over to be saved.
pub(in crate::staff::pages) fn save(file: &FileOut) {
    let Ok(link) = document().create_element("a") else { return };
    let address = ["data:", &file.media_type, ";base64,", &file.content].concat();
    let put = link.set_attribute("href", &address).and_then(|()| link.set_attribute("download", &file.name));
    if put.is_ok() {
        link.unchecked_into::<HtmlElement>().click();
    }
}
