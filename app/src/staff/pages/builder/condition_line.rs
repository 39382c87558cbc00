//! One line of a condition: what it looks at, how, and the answer.

use super::condition::Desk;
use super::words;
use crate::i18n::{locale, t};
use leptos::prelude::*;
use skolstart_shared::fact::Value;
use skolstart_shared::form::builder::{About, Line, Operator, Tree, abouts, operators};
use skolstart_shared::form::{Condition, Field, FieldKind};
use skolstart_shared::school::Grade;

pub(super) fn line(desk: Desk, path: &[usize], line: &Line) -> AnyView {
    let fields = desk.fields();
    view! {
        <div class="when__line">
            {about(desk, path, line, &fields)}
            {how(desk, path, line, &fields)}
            {answer(desk, path, line, &fields)}
        </div>
    }
    .into_any()
}

/// A choice on one row, with its name for those who hear it.
pub(super) fn select(
    id: String,
    label: String,
    options: Vec<(String, bool)>,
    choose: impl Fn(usize) + 'static,
) -> AnyView {
    let options = options.into_iter().enumerate().map(|(at, (words, chosen))| {
        view! { <option value=at.to_string() selected=chosen>{words}</option> }
    });
    let chosen = move |event: leptos::ev::Event| {
        if let Ok(at) = event_target_value(&event).parse() {
            choose(at);
        }
    };
    view! {
        <label class="visually-hidden" for=id.clone()>{label}</label>
        <select class="input" id=id on:change=chosen>{options.collect_view()}</select>
    }
    .into_any()
}

pub(super) fn put(desk: Desk, path: &[usize], shape: bool, change: impl FnOnce(&mut Line)) {
    desk.change(path, shape, |tree| {
        if let Tree::Line(line) = tree {
            change(line);
        }
    });
}

fn name_of(about: &About, fields: &[Field]) -> String {
    match about {
        About::Field(key) => {
            let field = fields.iter().find(|field| field.key == *key);
            let name = field.map_or(key.as_str(), |field| field.label.get(locale()));
            if name.is_empty() { key.0.clone() } else { name.to_owned() }
        }
        About::SchoolForm => t("builder.when.school-form"),
        About::Grade => t("builder.when.grade"),
        About::Age => t("builder.when.age"),
        About::Guardians => t("builder.when.guardians"),
    }
}

fn about(desk: Desk, path: &[usize], line: &Line, fields: &[Field]) -> AnyView {
    let mut all = abouts(fields, &desk.own_key());
    let now = line.about();
    if !all.contains(&now) {
        // A question that is gone: it stands there until another is chosen, and the check list says so.
        all.insert(0, now.clone());
    }
    let options = all.iter().map(|about| (name_of(about, fields), *about == now)).collect();
    let (own, fields) = (path.to_vec(), fields.to_vec());
    let choose = move |at: usize| {
        if let Some(new) = all.get(at).and_then(|about| Line::about_this(about, &fields, desk.today())) {
            put(desk, &own, true, |line| *line = new);
        }
    };
    select(desk.id(path, "about"), t("builder.when.about"), options, choose)
}

fn how(desk: Desk, path: &[usize], line: &Line, fields: &[Field]) -> AnyView {
    let about = line.about();
    let mut ways: Vec<(Operator, bool)> = Vec::new();
    for operator in operators(&about, fields) {
        ways.extend([(*operator, false), (*operator, true)]);
    }
    let now = (line.operator(), line.negated);
    if !ways.contains(&now) {
        ways.insert(0, now);
    }
    let options = ways.iter().map(|way| (words::operator(way.0, way.1), *way == now)).collect();
    let (own, fields) = (path.to_vec(), fields.to_vec());
    let choose = move |at: usize| {
        let Some((operator, negated)) = ways.get(at).copied() else { return };
        put(desk, &own, true, |line| {
            if line.operator() != operator
                && let Some(new) = Line::with(&line.about(), operator, &fields, desk.today())
            {
                *line = new;
            }
            line.negated = negated;
        });
    };
    select(desk.id(path, "how"), t("builder.when.how"), options, choose)
}

fn answer(desk: Desk, path: &[usize], line: &Line, fields: &[Field]) -> AnyView {
    let own = path.to_vec();
    let set = move |condition: Condition| put(desk, &own, false, |line| line.condition = condition);
    match line.condition.clone() {
        Condition::Is(key, Value::Flag(flag)) => {
            let options = vec![(t("value.yes"), flag), (t("value.no"), !flag)];
            select(desk.id(path, "answer"), t("builder.when.answer"), options, move |at| {
                set(Condition::Is(key.clone(), Value::Flag(at == 0)));
            })
        }
        Condition::Is(key, Value::Choice(chosen)) => options(desk, path, fields, &key, &chosen, {
            let key = key.clone();
            move |option| set(Condition::Is(key.clone(), Value::Choice(option)))
        }),
        Condition::Chosen(key, chosen) => options(desk, path, fields, &key, &chosen, {
            let key = key.clone();
            move |option| set(Condition::Chosen(key.clone(), option))
        }),
        Condition::Is(key, Value::Number(now)) => {
            let unit = unit_of(fields, &key);
            number(desk.id(path, "answer"), t("builder.when.number"), Some(now / unit), move |number| {
                set(Condition::Is(key.clone(), Value::Number(number.unwrap_or(0) * unit)));
            })
        }
        Condition::AtLeast(key, now) => {
            let unit = unit_of(fields, &key);
            number(desk.id(path, "answer"), t("builder.when.number"), Some(now / unit), move |number| {
                set(Condition::AtLeast(key.clone(), number.unwrap_or(0) * unit));
            })
        }
        Condition::AtMost(key, now) => {
            let unit = unit_of(fields, &key);
            number(desk.id(path, "answer"), t("builder.when.number"), Some(now / unit), move |number| {
                set(Condition::AtMost(key.clone(), number.unwrap_or(0) * unit));
            })
        }
        _ => about_child(desk, path, line),
    }
}

/// Amounts are kept in öre and asked in kronor.
fn unit_of(fields: &[Field], key: &skolstart_shared::form::FieldKey) -> i64 {
    let field = fields.iter().find(|field| field.key == *key);
    let is_money = field.is_some_and(|field| match &field.kind {
        FieldKind::Money { .. } => true,
        FieldKind::Calculated { how } => how.is_money(),
        _ => false,
    });
    if is_money { 100 } else { 1 }
}

fn options(
    desk: Desk,
    path: &[usize],
    fields: &[Field],
    key: &skolstart_shared::form::FieldKey,
    chosen: &str,
    set: impl Fn(String) + 'static,
) -> AnyView {
    let field = fields.iter().find(|field| field.key == *key);
    let all = match field.map(|field| &field.kind) {
        Some(FieldKind::Choice { options } | FieldKind::Choices { options, .. }) => options.clone(),
        _ => Vec::new(),
    };
    let name = |at: usize, label: &str| {
        if label.is_empty() { (at + 1).to_string() } else { label.to_owned() }
    };
    let mut shown: Vec<(String, bool)> = all
        .iter()
        .enumerate()
        .map(|(at, option)| (name(at, option.label.get(locale())), option.key == chosen))
        .collect();
    let mut keys: Vec<String> = all.into_iter().map(|option| option.key).collect();
    if !keys.iter().any(|key| key == chosen) {
        shown.insert(0, (chosen.to_owned(), true));
        keys.insert(0, chosen.to_owned());
    }
    select(desk.id(path, "answer"), t("builder.when.answer"), shown, move |at| {
        if let Some(key) = keys.get(at) {
            set(key.clone());
        }
    })
}

pub(super) fn number(
    id: String,
    label: String,
    now: Option<i64>,
    set: impl Fn(Option<i64>) + 'static,
) -> AnyView {
    let typed = move |event: leptos::ev::Event| {
        let typed = event_target_value(&event);
        match typed.trim() {
            "" => set(None),
            typed => {
                if let Ok(number) = typed.parse() {
                    set(Some(number));
                }
            }
        }
    };
    view! {
        <label class="visually-hidden" for=id.clone()>{label}</label>
        <input class="input input--short" id=id inputmode="numeric" autocomplete="off" prop:value=now.map(|now| now.to_string()).unwrap_or_default() on:input=typed/>
    }
    .into_any()
}

fn about_child(desk: Desk, path: &[usize], line: &Line) -> AnyView {
    let own = path.to_vec();
    let change = move |change: &dyn Fn(&mut Condition)| {
        put(desk, &own, false, |line| change(&mut line.condition));
    };
    let small = |number: Option<i64>| number.and_then(|number| u8::try_from(number).ok());
    match line.condition.clone() {
        Condition::SchoolForm(now) => {
            let forms = words::SCHOOL_FORMS.map(|form| (form, words::school_form(form))).to_vec();
            let own = path.to_vec();
            super::inputs::several(t("builder.when.school-form"), forms, now, move |chosen| {
                put(desk, &own, false, |line| line.condition = Condition::SchoolForm(chosen));
            })
        }
        Condition::Grade(from, to) => {
            let other = change.clone();
            let first = number(
                desk.id(path, "from"),
                t("builder.when.from-grade"),
                Some(from.0.into()),
                move |typed| {
                    change(&|condition| {
                        if let (Condition::Grade(from, _), Some(grade)) =
                            (condition, small(typed).and_then(Grade::new))
                        {
                            *from = grade;
                        }
                    });
                },
            );
            let last =
                number(desk.id(path, "to"), t("builder.when.to-grade"), Some(to.0.into()), move |typed| {
                    other(&|condition| {
                        if let (Condition::Grade(_, to), Some(grade)) =
                            (condition, small(typed).and_then(Grade::new))
                        {
                            *to = grade;
                        }
                    });
                });
            view! { {first}<span>"–"</span>{last} }.into_any()
        }
        Condition::Age(range) => super::condition_age::age(desk, path, &range),
        Condition::Guardians(least) => {
            number(desk.id(path, "answer"), t("builder.when.number"), Some(least.into()), move |typed| {
                change(&|condition| {
                    if let (Condition::Guardians(least), Some(number)) = (condition, small(typed)) {
                        *least = number;
                    }
                });
            })
        }
        _ => ().into_any(),
    }
}
