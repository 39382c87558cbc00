//! The parts of a form and their questions in order: chosen, moved by drag or by button, added.

use super::add::{add_act, add_field};
use super::bench::{Bench, focus_later};
use super::words;
use crate::i18n::{locale, t, t_with};
use crate::ui::{Icon, announce};
use leptos::ev::DragEvent;
use leptos::prelude::*;
use skolstart_shared::form::builder::{Spot, kind_name};
use std::cmp::Ordering;

/// What is being dragged, and the line it would take the place of.
#[derive(Clone, Copy)]
struct Dragged {
    from: RwSignal<Option<Spot>>,
    over: RwSignal<Option<Spot>>,
}

impl Dragged {
    /// Where it may be put down: among those beside it.
    fn may_take(self, place: &Spot) -> bool {
        let beside = |spot: &Spot| spot.around().map(|(around, _)| around);
        self.from.with(|from| from.as_ref().is_some_and(|from| beside(from) == beside(place)))
    }

    /// Where the line is drawn at this place: what comes from above is put after it.
    fn edge(self, place: &Spot) -> Option<&'static str> {
        let at = |spot: &Spot| spot.around().map(|(_, at)| at);
        if self.over.with(|over| over.as_ref() != Some(place)) {
            return None;
        }
        match self.from.with(|from| from.as_ref().and_then(at)).cmp(&at(place)) {
            Ordering::Less => Some("after"),
            Ordering::Equal => None,
            Ordering::Greater => Some("before"),
        }
    }

    fn end(self) {
        self.from.set(None);
        self.over.set(None);
    }
}

/// A line of the outline.
struct Item {
    spot: Spot,
    name: String,
    about: String,
    /// How many stand beside it, itself included.
    count: usize,
}

pub(super) fn outline(bench: Bench) -> AnyView {
    let dragged = Dragged { from: RwSignal::new(None), over: RwSignal::new(None) };
    let adding = RwSignal::new(None::<Spot>);
    let parts = move || {
        bench.shape.track();
        let count = bench.form.with_untracked(|form| form.acts.len());
        (0..count).map(|at| part(bench, at, count, dragged, adding)).collect_view()
    };
    let whole = move |_| bench.chosen.set(Spot::default());
    let is_whole = move || bench.chosen.with(|chosen| *chosen == Spot::default()).then_some("true");
    view! {
        <nav class="outline" aria-label=t("builder.outline")>
            <p>
                <button class="outline__name outline__name--whole" type="button" aria-current=is_whole on:click=whole>{t("builder.whole-form")}</button>
            </p>
            <ol class="outline__parts">{parts}</ol>
            {add_act(bench)}
            {move || bench.can_put_back().then(|| view! {
                <p><button class="button button--quiet button--small" type="button" on:click=move |_| bench.put_back()>
                    <Icon name="history"/>{t("builder.put-back")}
                </button></p>
            })}
        </nav>
    }
    .into_any()
}

/// What an item is called, followed as it is typed.
fn name_of(bench: Bench, spot: &Spot) -> String {
    let name = bench.form.with(|form| {
        let texts = match (spot.field_of(form), spot.act_of(form)) {
            (Some(field), _) => Some(&field.label),
            (None, Some(act)) => Some(&act.title),
            _ => None,
        };
        texts.map(|texts| texts.get(locale()).to_owned()).unwrap_or_default()
    });
    if name.trim().is_empty() { t("builder.no-words") } else { name }
}

fn part(bench: Bench, at: usize, count: usize, dragged: Dragged, adding: RwSignal<Option<Spot>>) -> AnyView {
    let spot = Spot::act(at);
    let Some(act) = bench.form.with_untracked(|form| form.acts.get(at).cloned()) else {
        return ().into_any();
    };
    let item = Item {
        name: act.title.get(locale()).to_owned(),
        about: words::act_kind(act.kind),
        spot: spot.clone(),
        count,
    };
    let fields = act.fields.len();
    let inside = (0..fields).map(|field| question(bench, spot.inside(field), fields, dragged)).collect_view();
    let (here, open) = (spot.clone(), spot.clone());
    let is_adding = move || adding.with(|adding| adding.as_ref() == Some(&here));
    let adder = move || {
        let into = open.clone();
        if is_adding() {
            add_field(bench, &into, adding)
        } else {
            view! {
                <p><button class="button button--secondary button--small" type="button" id=["add-", &at.to_string()].concat() on:click=move |_| adding.set(Some(into.clone()))>
                    <Icon name="plus"/>{t("builder.add-question")}
                </button></p>
            }
            .into_any()
        }
    };
    view! {
        <li class="outline__part">
            {row(bench, &item, dragged)}
            <ol class="outline__questions">{inside}</ol>
            {adder}
            {act.decision.is_some().then(|| handlers(bench, &spot, dragged, adding))}
        </li>
    }
    .into_any()
}

/// What whoever handles an application fills in.
fn handlers(bench: Bench, act: &Spot, dragged: Dragged, adding: RwSignal<Option<Spot>>) -> AnyView {
    let spot = act.of_handler();
    let count = bench.form.with_untracked(|form| spot.fields_of(form).len());
    let inside = (0..count).map(|at| question(bench, spot.inside(at), count, dragged)).collect_view();
    let adder = move || {
        let into = spot.clone();
        if adding.with(|adding| adding.as_ref() == Some(&into)) {
            add_field(bench, &into, adding)
        } else {
            view! {
                <p><button class="button button--quiet button--small" type="button" on:click=move |_| adding.set(Some(into.clone()))>
                    <Icon name="plus"/>{t("builder.handler.add")}
                </button></p>
            }
            .into_any()
        }
    };
    view! { <p class="small soft">{t("builder.handler.heading")}</p><ol class="outline__questions">{inside}</ol>{adder} }.into_any()
}

fn question(bench: Bench, spot: Spot, count: usize, dragged: Dragged) -> AnyView {
    let Some(field) = bench.form.with_untracked(|form| spot.field_of(form).cloned()) else {
        return ().into_any();
    };
    let item = Item {
        name: field.label.get(locale()).to_owned(),
        about: words::kind(kind_name(&field.kind)),
        spot: spot.clone(),
        count,
    };
    let columns = field.kind.columns().len();
    let inside = (0..columns).map(|at| question(bench, spot.inside(at), columns, dragged)).collect_view();
    view! {
        <li>
            {row(bench, &item, dragged)}
            {(columns > 0).then(|| view! { <ol class="outline__questions">{inside}</ol> })}
        </li>
    }
    .into_any()
}

/// The words for where something stands, for ids.
fn place(spot: &Spot) -> String {
    let act = spot.act.map(|act| [if spot.handler { "h" } else { "" }, &act.to_string()].concat());
    let path = spot.path.iter().map(usize::to_string);
    act.into_iter().chain(path).collect::<Vec<_>>().join("-")
}

/// Moves something and tells where it came; the focus stays on the button, which has moved with it.
fn shift(bench: Bench, spot: &Spot, to: Option<usize>, count: usize, button: &str) {
    let Some(to) = to.filter(|to| *to < count) else { return };
    if let Some(now) = bench.reshape(|form| form.move_to(spot, to)) {
        announce(t_with("builder.moved", &[("place", &(to + 1).to_string()), ("of", &count.to_string())]));
        focus_later([button, "-", &place(&now)].concat());
    }
}

fn row(bench: Bench, item: &Item, dragged: Dragged) -> AnyView {
    let Item { spot, name, about, count } = item;
    let at = spot.around().map_or(0, |(_, at)| at);
    let count = *count;
    let [here, up, down, gone, start, over, drop, edge, named, open] = [(); 10].map(|()| spot.clone());
    let is_here = move || bench.chosen.with(|chosen| *chosen == here).then_some("true");
    let choose = move |_| bench.chosen.set(open.clone());
    let carried = name.clone();
    let drags = move |event: DragEvent| {
        // A question in a part is dragged without its part.
        event.stop_propagation();
        if let Some(carrier) = event.data_transfer() {
            // Some browsers carry nothing that holds no words.
            let _ = carrier.set_data("text/plain", &carried);
            carrier.set_effect_allowed("move");
        }
        dragged.from.set(Some(start.clone()));
    };
    let may_drop = move |event: DragEvent| {
        if untrack(|| dragged.may_take(&over)) {
            event.prevent_default();
            event.stop_propagation();
            if dragged.over.with_untracked(|before| before.as_ref() != Some(&over)) {
                dragged.over.set(Some(over.clone()));
            }
        }
    };
    let drops = move |event: DragEvent| {
        event.prevent_default();
        event.stop_propagation();
        let from = dragged.from.get_untracked().filter(|_| untrack(|| dragged.may_take(&drop)));
        dragged.end();
        if let (Some(from), Some((_, to))) = (from, drop.around()) {
            shift(bench, &from, Some(to), count, "up");
        }
    };
    let label = name.clone();
    view! {
        <div class="outline__row" draggable="true" data-drop=move || dragged.edge(&edge) on:dragstart=drags on:dragover=may_drop on:drop=drops on:dragend=move |_| dragged.end()>
            <button class="outline__name" type="button" aria-current=is_here on:click=choose>
                <span>{move || name_of(bench, &named)}</span><small>{about.clone()}</small>
            </button>
            <span class="outline__tools">
                <button class="iconbutton" type="button" id=["up-", &place(spot)].concat() aria-disabled=(at == 0).then_some("true") on:click=move |_| shift(bench, &up, at.checked_sub(1), count, "up")>
                    <Icon name="arrow-up"/><span class="visually-hidden">{t_with("builder.up", &[("name", &label)])}</span>
                </button>
                <button class="iconbutton" type="button" id=["down-", &place(spot)].concat() aria-disabled=(at + 1 == count).then_some("true") on:click=move |_| shift(bench, &down, Some(at + 1), count, "down")>
                    <Icon name="arrow-down"/><span class="visually-hidden">{t_with("builder.down", &[("name", &label)])}</span>
                </button>
                <button class="iconbutton" type="button" on:click=move |_| bench.remove(&gone)>
                    <Icon name="trash"/><span class="visually-hidden">{t_with("builder.remove", &[("name", &label)])}</span>
                </button>
            </span>
        </div>
    }
    .into_any()
}
