//! Files as they are looked at: pictures in the page, documents behind a link. The browser asks for them with its cookie.

use super::upload::{self, Going};
use crate::i18n::t_with;
use crate::ui::form::El;
use leptos::prelude::untrack;
use skolstart_shared::api::{Endpoint, GetFile};
use skolstart_shared::fact::{FileRef, Value};

/// The files of a value. `None` for other values, and where there are none.
pub fn files_shown(value: &Value) -> Option<El> {
    let Value::Files(files) = value else { return None };
    if files.is_empty() {
        return None;
    }
    let list = El::new("ul", "files");
    for file in files {
        list.add(&El::new("li", "file").child(&file_shown(file)));
    }
    Some(list)
}

/// One file with its name and size.
pub(super) fn file_shown(file: &FileRef) -> El {
    let address = GetFile::path(&file.id);
    let link =
        El::new("a", "file__link").attr("href", &address).attr("target", "_blank").attr("rel", "noopener");
    // On its way there is nothing to fetch yet.
    let is_there = untrack(|| upload::going(file.id)).is_none_or(|going| matches!(going, Going::Done(_)));
    let link = match file.kind.is_picture() && is_there {
        // The name beside it says what it is.
        true => link.child(
            &El::new("img", "file__picture").attr("alt", "").attr("loading", "lazy").attr("src", &address),
        ),
        false => link.child(&El::icon("list")),
    };
    let said =
        El::new("span", "file__name").text(&file.name).child(&El::new("small", "").text(&size(file.bytes)));
    link.child(&said)
}

/// "340 kB", "2,4 MB".
pub fn size(bytes: u32) -> String {
    let tenths = bytes.div_ceil(100_000);
    if tenths < 10 {
        return [&bytes.div_ceil(1_000).to_string(), " kB"].concat();
    }
    let (whole, rest) = ((tenths / 10).to_string(), (tenths % 10).to_string());
    t_with("files.megabytes", &[("whole", &whole), ("rest", &rest)])
}
