//! The weekly schedule, for a phone: a Monday to begin on, one to six weeks, times for each day, days that differ.

use super::slot::Slot;
use crate::forms::{Parts, exceptions_in, place, week_minutes, weeks_in};
use crate::i18n::{t, t_with, week, weekday};
use crate::ui::form::{El, Frame, OptionText, choose, fault, follow, id_of, labelled, part, redrawn};
use skolstart_shared::date::Date;
use skolstart_shared::form::{ChoiceOption, FieldKind};
use std::rc::Rc;

/// What is edited, with its limits.
struct Editor {
    slot: Slot,
    weeks: u8,
    times: u8,
    days: usize,
    homes: Vec<OptionText>,
}

/// The widget.
pub(super) fn schedule(slot: &Slot, frame: &Frame, kind: &FieldKind) -> El {
    let FieldKind::Schedule { weeks, times, weekends, homes, .. } = kind else { return El::new("div", "") };
    let home = |home: &ChoiceOption| OptionText { key: home.key.clone(), label: slot.pen.text(&home.label) };
    let editor = Rc::new(Editor {
        slot: slot.clone(),
        weeks: *weeks,
        times: *times,
        days: if *weekends { 7 } else { 5 },
        homes: homes.iter().map(home).collect(),
    });
    let inside = El::new("div", "schedule").child(&begin(&editor, frame));
    let all = El::new("div", "schedule__weeks");
    let (counting, drawing) = (slot.clone(), editor.clone());
    redrawn(
        &all,
        move || weeks_in(&counting.parts()),
        move |weeks| (0..weeks).map(|at| one_week(&drawing, at)).collect(),
    );
    if *weeks > 1 {
        inside.add(&how_many(&editor));
    }
    inside.add(&all);
    frame.around_group(&inside.child(&exceptions(&editor)), slot.wrong())
}

fn begin(editor: &Rc<Editor>, frame: &Frame) -> El {
    let slot = editor.slot.clone();
    let id = id_of(&[slot.path(), ".from"].concat());
    let put = slot.clone();
    let day = part(&id, &t("schedule.from"), "date", &slot.part_now("from"), move |typed| {
        put.put_part("from", typed)
    });
    let number = El::new("p", "schedule__note").attr("aria-live", "polite");
    let (own, read) = (number.clone(), slot.clone());
    follow(move || {
        let monday = Date::parse_iso(&read.part("from")).ok();
        let words = |day| t_with("schedule.week-number", &[("number", &week(day).to_string())]);
        own.say(&monday.map(words).unwrap_or_default());
    });
    let error = fault(&[&id, "-error"].concat(), slot.wrong_under(".from"));
    El::new("div", "schedule__begin")
        .attr("id", &frame.id())
        .attr("tabindex", "-1")
        .child(&error)
        .child(&day)
        .child(&number)
}

fn how_many(editor: &Rc<Editor>) -> El {
    let slot = editor.slot.clone();
    let mut all = Vec::new();
    for count in 1..=editor.weeks {
        all.push(OptionText { key: count.to_string(), label: count.to_string() });
    }
    let id = id_of(&[slot.path(), ".weeks"].concat());
    let now = weeks_in(&slot.parts_now()).to_string();
    let list = choose(&id, "", &all, &now, move |count| slot.put_part("weeks", count));
    labelled(&id, &t("schedule.weeks"), &list)
}

fn one_week(editor: &Rc<Editor>, at: usize) -> El {
    let slot = &editor.slot;
    let name = t_with("schedule.week", &[("n", &(at + 1).to_string())]);
    let group = El::new("fieldset", "schedule__week").child(&El::new("legend", "schedule__name").text(&name));
    if !editor.homes.is_empty() {
        let key = [&at.to_string(), ".home"].concat();
        let under = [".", &key].concat();
        let id = id_of(&[slot.path(), &under].concat());
        let (now, put) = (slot.part_now(&key), slot.clone());
        let list = choose(&id, &t("field.choose"), &editor.homes, &now, move |home| put.put_part(&key, home));
        group.add(&fault(&[&id, "-error"].concat(), slot.wrong_under(&under)));
        group.add(&labelled(&id, &t("schedule.home"), &list));
    }
    for day in 0..editor.days {
        group.add(&times(editor, &place(at, day), &weekday(day as u8 + 1)));
        if day == 0 {
            group.add(&copy(editor, at));
        }
    }
    let sum = El::new("p", "schedule__sum");
    let (own, read) = (sum.clone(), slot.clone());
    follow(move || {
        let minutes = week_minutes(&read.parts(), at);
        let (hours, rest) = ((minutes / 60).to_string(), (minutes % 60).to_string());
        own.say(&t_with("schedule.sum", &[("hours", &hours), ("minutes", &rest)]));
    });
    group.child(&sum)
}

/// "Samma tider tisdag till fredag": what stands for Monday.
fn copy(editor: &Rc<Editor>, at: usize) -> El {
    let (slot, times) = (editor.slot.clone(), editor.times);
    let press = move |_| {
        let mut parts = slot.parts_now();
        for day in 1..5 {
            for time in 0..times {
                for end in [".from", ".to"] {
                    let name = |day| [&place(at, day), ".", &time.to_string(), end].concat();
                    let monday = parts.get(&name(0)).cloned().unwrap_or_default();
                    let id = id_of(&[slot.path(), ".", &name(day)].concat());
                    if let Some(input) = El::by_id(&id) {
                        input.property("value", &monday.as_str().into());
                    }
                    parts.insert(name(day), monday);
                }
            }
        }
        slot.put_parts(parts);
    };
    button("arrow-down", &t("schedule.same")).on("click", press)
}

fn button(icon: &str, words: &str) -> El {
    El::new("button", "button button--quiet button--small")
        .attr("type", "button")
        .child(&El::icon(icon))
        .text(words)
}

/// The times of one day, with what is wrong beside them.
fn times(editor: &Rc<Editor>, name: &str, label: &str) -> El {
    let slot = &editor.slot;
    let under = [".", name].concat();
    let day = El::new("div", "schedule__day").child(&El::new("span", "schedule__label").text(label));
    let all = El::new("div", "schedule__times");
    for at in 0..editor.times {
        let pair = pair(editor, &[name, ".", &at.to_string()].concat(), label);
        if at > 0 {
            let more =
                button("plus", &t("schedule.more")).child(&El::new("span", "visually-hidden").text(label));
            let (shown, own) = (pair.clone(), more.clone());
            let more = more.on("click", move |_| {
                shown.show(true);
                own.show(false);
            });
            let (shown, own, read, name) = (pair.clone(), more.clone(), slot.clone(), name.to_owned());
            let has_time =
                move |end: &str| !read.part(&[&name, ".", &at.to_string(), end].concat()).is_empty();
            pair.show(false);
            follow(move || {
                if has_time(".from") || has_time(".to") {
                    shown.show(true);
                    own.show(false);
                }
            });
            all.add(&more);
        }
        all.add(&pair);
    }
    let (left, path) = (slot.clone(), [slot.path(), &under].concat());
    let all = all.on("focusout", move |_| left.pen.leave(&path));
    let id = id_of(&[slot.path(), &under, "-error"].concat());
    El::new("div", "").child(&fault(&id, slot.wrong_under(&under))).child(&day.child(&all))
}

/// From and until.
fn pair(editor: &Rc<Editor>, name: &str, label: &str) -> El {
    let pair = El::new("span", "schedule__pair");
    let day = [("day", label)];
    let ends = [(".from", t_with("schedule.time-from", &day)), (".to", t_with("schedule.time-to", &day))];
    for (end, says) in ends {
        let slot = editor.slot.clone();
        let name = [name, end].concat();
        let input = El::new("input", "input")
            .attr("type", "time")
            .attr("id", &id_of(&[slot.path(), ".", &name].concat()))
            .attr("aria-label", &says);
        input.property("value", &slot.part_now(&name).into());
        let own = input.clone();
        let input = input.on("input", move |_| slot.put_part(&name, own.value()));
        pair.add(&if end == ".to" { El::new("span", "").text("–") } else { El::new("span", "") });
        pair.add(&input);
    }
    pair
}

/// Days that differ.
fn exceptions(editor: &Rc<Editor>) -> El {
    let group = El::new("fieldset", "schedule__week")
        .child(&El::new("legend", "schedule__name").text(&t("schedule.exceptions")));
    let list = El::new("div", "stack");
    let (counting, drawing, slot) = (editor.slot.clone(), editor.clone(), editor.slot.clone());
    redrawn(
        &list,
        move || exceptions_in(&counting.parts()),
        move |days| (0..days).map(|at| exception(&drawing, at)).collect(),
    );
    let add = button("plus", &t("schedule.add-exception")).on("click", move |_| {
        let count = exceptions_in(&slot.parts_now());
        slot.put_part("except", (count + 1).to_string());
        let id = id_of(&[slot.path(), ".except.", &count.to_string()].concat());
        // Drawn by then.
        leptos::prelude::request_animation_frame(move || {
            if let Some(input) = El::by_id(&id) {
                input.focus();
            }
        });
    });
    group.child(&list).child(&add)
}

fn exception(editor: &Rc<Editor>, at: usize) -> El {
    let slot = editor.slot.clone();
    let name = ["except.", &at.to_string()].concat();
    let key = [&name, ".day"].concat();
    let id = id_of(&[slot.path(), ".", &name].concat());
    let (now, put) = (slot.part_now(&key), slot.clone());
    let day = part(&id, &t("schedule.exception-day"), "date", &now, move |typed| put.put_part(&key, typed));
    let remove = button("trash", &t("schedule.remove"))
        .on("click", move |_| slot.put_parts(without(&slot.parts_now(), at)));
    let label = t_with("schedule.exception", &[("n", &(at + 1).to_string())]);
    El::new("div", "schedule__exception").child(&day).child(&times(editor, &name, &label)).child(&remove)
}

/// The parts without one of the days that differ; those after it move up.
fn without(parts: &Parts, gone: usize) -> Parts {
    let mut left = Parts::new();
    for (name, text) in parts {
        let Some(rest) = name.strip_prefix("except.") else {
            left.insert(name.clone(), text.clone());
            continue;
        };
        let (at, end) = rest.split_once('.').unwrap_or((rest, ""));
        let at = at.parse().unwrap_or(0);
        if at != gone {
            let at: usize = if at > gone { at - 1 } else { at };
            left.insert(["except.", &at.to_string(), ".", end].concat(), text.clone());
        }
    }
    left.insert("except".to_owned(), exceptions_in(parts).saturating_sub(1).to_string());
    left
}
