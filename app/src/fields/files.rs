//! A field that takes files: what may be sent is said first, then a button of the browser's own, and how it goes with each.

use super::files_kept::{choose, give_up, settle, take_away, take_in};
use super::files_shown::{file_shown, size};
use super::slot::Slot;
use super::upload::{self, Going};
use super::words::fault;
use crate::forms::{FileEntry, file_entries};
use crate::i18n::{t, t_count, t_with};
use crate::state::use_online;
use crate::ui::announce;
use crate::ui::form::{El, Frame, follow, redrawn};
use leptos::prelude::*;
use leptos::task::spawn_local;
use skolstart_shared::fact::FileType;
use std::cell::{Cell, RefCell};
use wasm_bindgen::JsCast;
use web_sys::{File, HtmlInputElement};

/// What a field takes.
#[derive(Clone)]
pub(super) struct Takes {
    pub(super) most: usize,
    pub(super) megabytes: u8,
    pub(super) types: Vec<FileType>,
}

/// The widget.
pub(super) fn files(slot: &Slot, mut frame: Frame, most: u8, megabytes: u8, types: &[FileType]) -> El {
    let types = if types.is_empty() { FileType::TAKEN.to_vec() } else { types.to_vec() };
    let limits = limits(most, megabytes, &types);
    frame.help = if frame.help.is_empty() { limits } else { [&frame.help, " ", &limits].concat() };
    let takes = Takes { most: most.into(), megabytes, types };
    let inside = El::new("div", "stack stack--tight");
    if slot.pen.files().is_none() {
        return frame
            .around_group(&inside.child(&El::new("p", "soft").text(&t("files.not-here"))), slot.wrong());
    }
    let list = El::new("ul", "files");
    let problems = RwSignal::new(Vec::<String>::new());
    let input = picker(&frame.id(), slot, &takes, problems);
    let words = if most > 1 { t("files.choose-more") } else { t("files.choose") };
    let button = El::new("label", "button button--secondary files__choose")
        .child(&El::icon("picture"))
        .text(&words)
        .child(&input);
    take_in(slot);
    draw_list(slot, &list, &input);
    let (own, count, room) = (button.clone(), slot.clone(), takes.most);
    follow(move || own.show(count.parts().len() < room));
    frame.around_group(&inside.child(&list).child(&problems_of(problems)).child(&button), slot.wrong())
}

fn limits(most: u8, megabytes: u8, types: &[FileType]) -> String {
    let mut kinds = String::new();
    for kind in types {
        if !kinds.is_empty() {
            kinds.push_str(", ");
        }
        kinds.push_str(match kind {
            FileType::Jpeg => "JPEG",
            FileType::Png => "PNG",
            FileType::Heic => "HEIC",
            FileType::Pdf => "PDF",
        });
    }
    let megabytes = megabytes.to_string();
    t_count("files.limits", most.into(), &[("max", &megabytes), ("kinds", &kinds)])
}

fn problems_of(problems: RwSignal<Vec<String>>) -> El {
    let list = El::new("div", "");
    let own = list.clone();
    follow(move || {
        own.clear();
        for words in problems.get() {
            own.add(&El::new("p", "field__error").child(&El::icon("warning")).text(&words));
        }
    });
    list
}

/// The browser's own button: the camera and the pictures of a telephone are behind it. Where HEIC is not named, iPhones give
/// JPEG.
fn picker(id: &str, slot: &Slot, takes: &Takes, problems: RwSignal<Vec<String>>) -> El {
    let accept: Vec<&str> = takes.types.iter().map(|kind| kind.media_type()).collect();
    let input = El::new("input", "files__input")
        .attr("type", "file")
        .attr("id", id)
        .attr("accept", &accept.join(","));
    input.flag("multiple", takes.most > 1);
    let (slot, takes) = (slot.clone(), takes.clone());
    input.on("change", move |event| {
        let Some(input) = event.target().and_then(|input| input.dyn_into::<HtmlInputElement>().ok()) else {
            return;
        };
        let Some(chosen) = input.files() else { return };
        let files: Vec<File> = (0..chosen.length()).filter_map(|at| chosen.get(at)).collect();
        // The same file can be chosen again.
        input.set_value("");
        let (slot, takes) = (slot.clone(), takes.clone());
        spawn_local(async move {
            let mut said = Vec::new();
            for file in files {
                if let Err(violation) = choose(&slot, &takes, &file).await {
                    said.push([&file.name(), ": ", &fault(&violation)].concat());
                }
            }
            if let Some(first) = said.first() {
                announce(first.clone());
            }
            let _ = problems.try_set(said);
        });
    })
}

fn draw_list(slot: &Slot, list: &El, input: &El) {
    let (of, drawn) = (slot.clone(), slot.clone());
    let last = RefCell::new((Vec::new(), 0));
    let input = input.clone();
    let which = move || {
        let now: Vec<String> = of.parts().into_iter().map(|(key, _)| key).collect();
        let mut last = last.borrow_mut();
        if last.0 != now {
            *last = (now, last.1 + 1);
        }
        last.1
    };
    redrawn(list, which, move |_| {
        let entries = file_entries(&drawn.parts_now());
        entries.iter().map(|entry| item(&drawn, entry, &input)).collect()
    });
}

fn item(slot: &Slot, entry: &FileEntry, input: &El) -> El {
    let (id, whole) = (entry.id, entry.bytes);
    let shown = El::new("div", "file__shown");
    let bar = El::new("progress", "file__bar").attr("max", "100").attr("aria-label", &entry.name);
    let words = El::new("p", "file__state");
    let again = El::new("button", "button button--secondary button--small")
        .attr("type", "button")
        .text(&t("files.again"))
        .on("click", move |_| upload::go_on(id));
    let (own, after) = (slot.clone(), input.clone());
    let remove = El::new("button", "iconbutton")
        .attr("type", "button")
        .attr("aria-label", &t_with("rows.remove", &[("name", &entry.name)]))
        .child(&El::icon("trash"))
        .on("click", move |_| {
            take_away(&own, id);
            let after = after.clone();
            // After the button is there again: what is hidden takes no focus.
            request_animation_frame(move || after.focus());
        });
    let item = El::new("li", "file").child(&shown).child(&remove).child(&words).child(&bar).child(&again);
    let (slot, entry, online) = (slot.clone(), entry.clone(), use_online());
    let was_online = Cell::new(true);
    follow(move || {
        let going = upload::going(id);
        let file = match &going {
            Some(Going::Done(file)) => Some(file.clone()),
            _ => entry.file().filter(|_| entry.sent),
        };
        match (&file, &going) {
            _ if entry.sent => {}
            (Some(file), _) => settle(&slot, file.clone()),
            (None, Some(Going::Refused(_))) => give_up(&slot, &entry),
            _ => {}
        }
        if shown.is_empty() || file.is_some() {
            shown.clear();
            shown.add(&match &file {
                Some(file) => file_shown(file),
                None => El::new("span", "").text(&entry.name).text(" · ").text(&size(whole)),
            });
        }
        let sent = match going {
            Some(Going::Sending(sent) | Going::Waiting(sent)) => sent,
            _ => 0,
        };
        let percent = (u64::from(sent) * 100 / u64::from(whole.max(1))).to_string();
        let said = [("percent", percent.as_str())];
        let is_waiting = matches!(going, Some(Going::Waiting(_)));
        words.say(&match &going {
            _ if file.is_some() => t("files.done"),
            Some(Going::Sending(sent)) if *sent >= whole => t("files.checking"),
            Some(Going::Sending(_)) => t_with("files.sending", &said),
            Some(Going::Refused(violation)) => fault(violation),
            Some(_) => t_with("files.waiting", &said),
            None => t("files.lost"),
        });
        let is_wrong = file.is_none() && matches!(going, None | Some(Going::Refused(_)));
        words.flag("data-wrong", is_wrong);
        bar.set("value", &percent);
        bar.show(file.is_none() && matches!(going, Some(Going::Sending(_) | Going::Waiting(_))));
        again.show(is_waiting);
        let is_online = online.get();
        if !was_online.replace(is_online) && is_online && is_waiting {
            upload::go_on(id);
        }
    });
    item
}
