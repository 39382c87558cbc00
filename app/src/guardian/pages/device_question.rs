//! *Är det här din egen enhet?* Asked once, before anything could be kept.

use super::parts::{h1, page};
use crate::guardian::device::{self, DeviceKind};
use crate::guardian::work::use_work;
use crate::i18n::t;
use crate::router::page_title;
use crate::ui::{El, button, el, p};
use leptos::prelude::*;

/// The page.
pub(in crate::guardian) fn device_question() -> El {
    let work = use_work();
    page_title(|| t("device.heading"));
    let choice = move |kind: DeviceKind, name: String, about: String| {
        let choose = move || {
            device::choose(kind);
            work.device.set(Some(kind));
        };
        let words = button("persona persona--plain", "")
            .with(el("span", "persona__name").text(&name))
            .with(el("span", "persona__role").text(&about));
        el("li", "").with(words.tap(choose))
    };
    let head = el("header", "pagehead").with(h1(&t("device.heading"))).with(p("lead", &t("device.lead")));
    let list = el("ul", "personas")
        .with(choice(DeviceKind::Own, t("device.own"), t("device.own-about")))
        .with(choice(DeviceKind::Shared, t("device.shared"), t("device.shared-about")));
    page().with(head).with(list)
}
