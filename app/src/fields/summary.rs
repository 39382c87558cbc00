//! What is wrong with a form, with links to where it stands. Empty until somebody has tried to go on.

use super::pen::Pen;
use crate::i18n::t_count;
use crate::ui::form::{El, follow, id_of, link};
use leptos::prelude::*;

/// See the module. [`focus_summary`] moves the focus there.
pub fn summary(pen: Pen) -> El {
    let title = El::new("h2", "errorsummary__title");
    let list = El::new("ul", "");
    let box_ = El::new("div", "errorsummary").attr("tabindex", "-1").child(&title).child(&list);
    let own = box_.clone();
    follow(move || {
        let wrong = pen.wrong();
        own.show(!wrong.is_empty());
        title.say(&t_count("field.wrong", wrong.len() as u64, &[]));
        list.clear();
        for violation in &wrong {
            let id = id_of(&violation.path);
            let words = [pen.label_of(&violation.path).as_str(), ": ", &pen.fault(violation)].concat();
            let href = ["#", &id].concat();
            let go = move || {
                if let Some(field) = El::by_id(&id).or_else(|| El::first_part(&id)) {
                    field.focus();
                }
            };
            list.add(&El::new("li", "").child(&link("", &href, go).text(&words)));
        }
    });
    El::new("div", "").child(&box_)
}

/// Moves the focus to the summary, after it has been shown: what is hidden takes none.
pub fn focus_summary(summary: &El) {
    let summary = summary.clone();
    request_animation_frame(move || {
        if let Some(summary) = summary.find(".errorsummary") {
            summary.focus();
        }
    });
}
