//! When something is asked, built by choosing: lines in groups. Nobody writes a formula.

use super::bench::{Bench, focus_later};
use super::condition_line::line;
use super::holder::Holder;
use crate::i18n::{t, t_with};
use crate::state::clock;
use crate::ui::Icon;
use leptos::prelude::*;
use skolstart_shared::Date;
use skolstart_shared::form::builder::{Line, Tree, abouts};
use skolstart_shared::form::{Field, FieldKey};

/// A condition while it is built. Copy it freely.
#[derive(Clone, Copy)]
pub(super) struct Desk {
    bench: Bench,
    holder: StoredValue<Holder>,
    drawn: RwSignal<u32>,
}

impl Desk {
    pub(super) fn fields(self) -> Vec<Field> {
        self.bench.form.with_untracked(|form| self.holder.with_value(|holder| holder.fields(form)))
    }

    pub(super) fn own_key(self) -> FieldKey {
        self.bench.form.with_untracked(|form| self.holder.with_value(|holder| holder.own_key(form)))
    }

    pub(super) fn today(self) -> Date {
        clock::now().date_utc()
    }

    /// An id that stays the same when the lines are drawn anew.
    pub(super) fn id(self, path: &[usize], part: &str) -> String {
        let place: Vec<String> = path.iter().map(usize::to_string).collect();
        let word = self.holder.with_value(Holder::word);
        ["when", &word, &place.join("-"), part].join("-")
    }

    /// The condition as a group of lines. Empty: there is none.
    fn tree(self) -> Option<Tree> {
        let found =
            self.bench.form.with_untracked(|form| self.holder.with_value(|holder| holder.read(form)))?;
        Some(match Tree::read(&found) {
            group @ Tree::Group { .. } => group,
            one => Tree::Group { any: false, negated: false, parts: vec![one] },
        })
    }

    /// Changes what stands at a place. `shape`: there are other lines or other inputs after it.
    pub(super) fn change(self, path: &[usize], shape: bool, change: impl FnOnce(&mut Tree)) {
        let empty = || Tree::Group { any: false, negated: false, parts: Vec::new() };
        let mut tree = self.tree().unwrap_or_else(empty);
        if let Some(part) = at(&mut tree, path) {
            change(part);
        }
        let condition = match &tree {
            Tree::Group { parts, .. } if parts.is_empty() => None,
            Tree::Group { any: false, negated: false, parts } if parts.len() == 1 => {
                Some(parts[0].condition())
            }
            tree => Some(tree.condition()),
        };
        self.bench.edit(|form| self.holder.with_value(|holder| holder.write(form, condition)));
        if shape {
            let focused = document().active_element().map(|element| element.id()).unwrap_or_default();
            self.drawn.update(|drawn| *drawn += 1);
            focus_later(focused);
        }
    }

    /// A line about the first thing that something can be said about.
    fn new_line(self) -> Option<Line> {
        let fields = self.fields();
        let own = self.own_key();
        abouts(&fields, &own).iter().find_map(|about| Line::about_this(about, &fields, self.today()))
    }
}

fn at<'a>(tree: &'a mut Tree, path: &[usize]) -> Option<&'a mut Tree> {
    let mut tree = tree;
    for place in path {
        let Tree::Group { parts, .. } = tree else { return None };
        tree = parts.get_mut(*place)?;
    }
    Some(tree)
}

pub(super) fn condition(bench: Bench, holder: &Holder) -> AnyView {
    let desk = Desk { bench, holder: StoredValue::new(holder.clone()), drawn: RwSignal::new(0) };
    let body = move || {
        desk.drawn.track();
        match desk.tree() {
            Some(Tree::Group { any, negated, parts }) => group(desk, &[], any, negated, &parts),
            _ => view! {
                <p class="soft">{t("builder.when.always")}</p>
                <p>{add_line(desk, &[])}</p>
            }
            .into_any(),
        }
    };
    view! { <div class="stack stack--tight">{body}</div> }.into_any()
}

/// How the lines of a group hang together.
fn joins(any: bool, negated: bool) -> usize {
    match (any, negated) {
        (false, false) => 0,
        (true, false) => 1,
        (true, true) => 2,
        (false, true) => 3,
    }
}

fn group(desk: Desk, path: &[usize], any: bool, negated: bool, parts: &[Tree]) -> AnyView {
    let words =
        [t("builder.when.all"), t("builder.when.any"), t("builder.when.none-of"), t("builder.when.not-all")];
    let now = joins(any, negated);
    let options = words.into_iter().enumerate().map(|(at, words)| {
        view! { <option value=at.to_string() selected=at == now>{words}</option> }
    });
    let own = path.to_vec();
    let join = move |event: leptos::ev::Event| {
        let (any, negated) = match event_target_value(&event).as_str() {
            "1" => (true, false),
            "2" => (true, true),
            "3" => (false, true),
            _ => (false, false),
        };
        desk.change(&own, false, |tree| {
            if let Tree::Group { any: is_any, negated: is_negated, .. } = tree {
                (*is_any, *is_negated) = (any, negated);
            }
        });
    };
    let lines = parts.iter().enumerate().map(|(at, part)| {
        let inner = [path, &[at]].concat();
        let inside = match part {
            Tree::Line(one) => line(desk, &inner, one),
            Tree::Group { any, negated, parts } => group(desk, &inner, *any, *negated, parts),
            Tree::Kept(_) => view! { <p class="soft">{t("builder.when.kept")}</p> }.into_any(),
        };
        view! { <li class="when__part">{inside}{remove(desk, path, at)}</li> }
    });
    let id = desk.id(path, "join");
    view! {
        <div class="when">
            <label class="visually-hidden" for=id.clone()>{t("builder.when.join")}</label>
            <select class="input" id=id on:change=join>{options.collect_view()}</select>
            <ul class="when__parts">{lines.collect_view()}</ul>
            <p class="toolbar">{add_line(desk, path)}{(path.len() < 2).then(|| add_group(desk, path))}</p>
        </div>
    }
    .into_any()
}

fn remove(desk: Desk, path: &[usize], at: usize) -> AnyView {
    let (own, number) = (path.to_vec(), (at + 1).to_string());
    let gone = move |_| {
        desk.change(&own, true, |tree| {
            if let Tree::Group { parts, .. } = tree {
                parts.remove(at);
            }
        });
        focus_later(desk.id(&own, "add"));
    };
    view! {
        <button class="iconbutton" type="button" on:click=gone>
            <Icon name="trash"/><span class="visually-hidden">{t_with("builder.when.remove", &[("n", &number)])}</span>
        </button>
    }
    .into_any()
}

fn add_line(desk: Desk, path: &[usize]) -> AnyView {
    let own = path.to_vec();
    let add = move |_| {
        let Some(line) = desk.new_line() else { return };
        desk.change(&own, true, |tree| push(tree, Tree::Line(line)));
    };
    view! {
        <button class="button button--secondary button--small" type="button" id=desk.id(path, "add") on:click=add>
            <Icon name="plus"/>{t("builder.when.add")}
        </button>
    }
    .into_any()
}

fn add_group(desk: Desk, path: &[usize]) -> AnyView {
    let own = path.to_vec();
    let add = move |_| {
        let Some(line) = desk.new_line() else { return };
        let inner = Tree::Group { any: true, negated: false, parts: vec![Tree::Line(line)] };
        desk.change(&own, true, |tree| push(tree, inner));
    };
    view! {
        <button class="button button--quiet button--small" type="button" on:click=add>{t("builder.when.add-group")}</button>
    }
    .into_any()
}

fn push(tree: &mut Tree, part: Tree) {
    if let Tree::Group { parts, .. } = tree {
        parts.push(part);
    }
}
