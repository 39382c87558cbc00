//! Pieces for fields of several inputs, and a list to choose from. `style/components/field.css`.

use super::frame::{Frame, Wrong};
use super::options::OptionText;
use crate::ui::{El, follow};

/// A labelled input inside a field of several.
pub fn part(id: &str, label: &str, kind: &str, value: &str, change: impl Fn(String) + 'static) -> El {
    let input = El::new("input", "input").attr("type", kind).attr("id", id).attr("autocomplete", "off");
    input.property("value", &value.into());
    labelled(id, label, &changing(input, "input", Box::new(change)))
}

/// A list to choose from, with a blank line first when there is `blank`.
pub fn choose(
    id: &str,
    blank: &str,
    all: &[OptionText],
    value: &str,
    change: impl Fn(String) + 'static,
) -> El {
    let list = El::new("select", "input").attr("id", id).attr("autocomplete", "off");
    if !blank.is_empty() {
        list.add(&El::new("option", "").attr("value", "").text(blank));
    }
    for option in all {
        list.add(&El::new("option", "").attr("value", &option.key).text(&option.label));
    }
    list.property("value", &value.into());
    changing(list, "change", Box::new(change))
}

/// A field that is a list to choose from.
pub fn list(
    frame: &Frame,
    blank: &str,
    all: &[OptionText],
    value: &str,
    wrong: Wrong,
    change: impl Fn(String) + 'static,
) -> El {
    frame.around(&choose(&frame.id(), blank, all, value, change), wrong)
}

/// A label above an input.
pub fn labelled(id: &str, label: &str, input: &El) -> El {
    let label = El::new("label", "part__label").attr("for", id).text(label);
    El::new("div", "part").child(&label).child(input)
}

fn changing(input: El, event: &str, change: Box<dyn Fn(String)>) -> El {
    let own = input.clone();
    input.on(event, move |_| change(own.value()))
}

/// What is wrong with a part, said beside it.
pub fn fault(id: &str, wrong: Wrong) -> El {
    let words = El::new("span", "");
    let error = El::new("p", "field__error").attr("id", id).child(&El::icon("warning")).child(&words);
    let own = error.clone();
    follow(move || {
        let message = wrong();
        words.say(message.as_deref().unwrap_or_default());
        own.show(message.is_some());
    });
    error
}

/// A value that nobody types: said politely when it changes.
pub fn output(frame: &Frame, value: impl Fn() -> String + 'static) -> El {
    let shown = El::new("output", "output").attr("id", &frame.id());
    let own = shown.clone();
    follow(move || own.say(&value()));
    frame.around(&shown, Box::new(|| None))
}

/// Something to read under a heading; a line break parts paragraphs.
pub fn reading(heading: &str, text: &str) -> El {
    let all = El::new("div", "field reading").child(&El::new("p", "field__label").text(heading));
    for paragraph in text.split('\n') {
        all.add(&El::new("p", "").text(paragraph));
    }
    all
}
