//! A group that repeats, in an order that buttons change. `style/components/rows.css`.

use super::frame::{Frame, Wrong};
use crate::ui::El;
use leptos::prelude::*;
use std::rc::Rc;

/// What the buttons of a row say. Each takes what the row is called: "Ta bort Birgitta Holm".
#[derive(Clone, Copy)]
pub struct RowTexts {
    /// Move up.
    pub up: fn(&str) -> String,
    /// Move down.
    pub down: fn(&str) -> String,
    /// Remove.
    pub remove: fn(&str) -> String,
}

/// Takes the place of a row, and what draws the rows again when the removal is undone.
pub type Remove = Box<dyn Fn(usize, Rc<dyn Fn()>)>;

/// What rows need from the page.
pub struct RowsControl {
    /// How many rows there are.
    pub count: Box<dyn Fn() -> usize>,
    /// What a row is called, by its place from 0.
    pub name: Box<dyn Fn(usize) -> String>,
    /// Builds the fields of a row.
    pub cells: Box<dyn Fn(usize) -> Vec<El>>,
    /// Adds an empty row at the end.
    pub add: Box<dyn Fn()>,
    /// Removes a row. The page offers to undo it and calls the function given to it when that is done.
    pub remove: Remove,
    /// Changes places with the row above.
    pub swap_up: Box<dyn Fn(usize)>,
    /// Most rows.
    pub most: usize,
    /// The words on the button that adds.
    pub add_label: String,
    /// What the buttons say.
    pub texts: RowTexts,
    /// True for lines of a table, where the page is wide enough.
    pub is_table: bool,
}

/// Where the focus goes when the rows have been drawn again.
#[derive(Clone, Copy)]
enum FocusOn {
    Nothing,
    Field(usize),
    Tool(usize, &'static str),
    Add,
}

struct Rows {
    control: RowsControl,
    list: El,
    add: El,
    parent: Option<Owner>,
    drawn: std::cell::RefCell<Option<Owner>>,
}

/// A field of rows.
pub fn rows(frame: &Frame, control: RowsControl, wrong: Wrong) -> El {
    let list = El::new("ol", if control.is_table { "rows rows--table" } else { "rows" });
    let add = El::new("button", "button button--secondary button--wide")
        .attr("type", "button")
        .attr("id", &frame.id())
        .child(&El::icon("plus"))
        .text(&control.add_label);
    let inside = El::new("div", "").child(&list).child(&add);
    let field = frame.around_group(&inside, wrong);
    let rows =
        Rc::new(Rows { control, list, add: add.clone(), parent: Owner::current(), drawn: None.into() });
    draw(&rows, FocusOn::Nothing);
    let _ = add.on("click", move |_| {
        (rows.control.add)();
        draw(&rows, FocusOn::Field((rows.control.count)().saturating_sub(1)));
    });
    field
}

/// Draws all rows again: only after a row has come, gone or moved, never while somebody types.
fn draw(rows: &Rc<Rows>, focus: FocusOn) {
    if let Some(before) = rows.drawn.take() {
        before.cleanup();
    }
    let owner = rows.parent.as_ref().map_or_else(Owner::new, Owner::child);
    rows.list.clear();
    let count = (rows.control.count)();
    owner.with(|| (0..count).for_each(|place| rows.list.add(&row(rows, place, count))));
    rows.add.show(count < rows.control.most);
    rows.drawn.replace(Some(owner));
    let target = match focus {
        FocusOn::Nothing => None,
        FocusOn::Add => Some(rows.add.clone()),
        FocusOn::Field(place) => rows.list.find(&row_part(place, "input")),
        // At the ends the button that was pressed is gone: the other one is there.
        FocusOn::Tool(place, tool) => rows
            .list
            .find(&row_part(place, &["[data-tool=", tool, "]:not(:disabled)"].concat()))
            .or_else(|| rows.list.find(&row_part(place, "button:not(:disabled)"))),
    };
    if let Some(target) = target {
        target.focus();
    }
}

fn row_part(place: usize, part: &str) -> String {
    ["li:nth-child(", &(place + 1).to_string(), ") ", part].concat()
}

fn row(rows: &Rc<Rows>, place: usize, count: usize) -> El {
    let name = (rows.control.name)(place);
    let tools = El::new("div", "row__tools");
    let texts = rows.control.texts;
    let up = rows.clone();
    tools.add(&tool("up", "arrow-up", &(texts.up)(&name), place > 0, move || {
        (up.control.swap_up)(place);
        draw(&up, FocusOn::Tool(place - 1, "up"));
    }));
    let down = rows.clone();
    tools.add(&tool("down", "arrow-down", &(texts.down)(&name), place + 1 < count, move || {
        (down.control.swap_up)(place + 1);
        draw(&down, FocusOn::Tool(place + 1, "down"));
    }));
    let gone = rows.clone();
    tools.add(&tool("remove", "trash", &(texts.remove)(&name), true, move || {
        let back = gone.clone();
        let undone: Rc<dyn Fn()> = Rc::new(move || draw(&back, FocusOn::Field(place)));
        (gone.control.remove)(place, undone);
        draw(&gone, FocusOn::Add);
    }));
    let head = El::new("div", "row__head")
        .child(&El::new("span", "row__place").text(&(place + 1).to_string()))
        .child(&El::new("h2", "row__name").text(&name))
        .child(&tools);
    let item = El::new("li", "row").child(&head);
    for cell in (rows.control.cells)(place) {
        item.add(&cell);
    }
    item
}

fn tool(name: &str, icon: &str, label: &str, enabled: bool, press: impl Fn() + 'static) -> El {
    let button = El::new("button", "iconbutton")
        .attr("type", "button")
        .attr("data-tool", name)
        .child(&El::icon(icon))
        .child(&El::new("span", "visually-hidden").text(label));
    button.flag("disabled", !enabled);
    button.on("click", move |_| press())
}
