//! The sheet `survey`, row by row.

use super::relevant::condition;
use super::{Table, leave_out};
use crate::sheet::SheetRow;
use skolstart_shared::Locale;
use skolstart_shared::Map;
use skolstart_shared::api::{LeftOut, LeftOutReason};
use skolstart_shared::form::builder::{free_key, plain_kind};
use skolstart_shared::form::{ChoiceOption, Condition, Field, FieldKey, FieldKind, RowShape, Texts};
use skolstart_shared::inventory::code_of;

/// What a survey notes by itself, which nobody is asked.
const META: [&str; 9] =
    ["start", "end", "today", "deviceid", "username", "phonenumber", "email", "audit", "simserial"];
/// Columns that say more than a question has here.
const NOT_TAKEN: [(&str, LeftOutReason); 4] = [
    ("constraint", LeftOutReason::Constraint),
    ("default", LeftOutReason::Default),
    ("choice_filter", LeftOutReason::ChoiceFilter),
    ("repeat_count", LeftOutReason::RepeatCount),
];
/// A longer text gets several lines.
const LINE: u16 = 100;

/// The questions in order. Groups fall away, and what they are asked upon follows their questions; repeats become rows.
pub(super) fn fields(
    survey: &Table<'_>,
    choices: Option<&Table<'_>>,
    left_out: &mut Vec<LeftOut>,
) -> Vec<Field> {
    let mut nest = Nest { levels: vec![Level::default()] };
    for row in survey.rows {
        let kind = survey.cell(row, "type").to_lowercase().replace('_', " ");
        match kind.as_str() {
            "" => {}
            "begin group" => {
                let upon = visible_if(survey, row, nest.beside(), left_out);
                nest.last().groups.push(upon);
            }
            "end group" => drop(nest.last().groups.pop()),
            "begin repeat" => {
                let field = question(survey, row, rows_kind(), nest.beside(), left_out);
                let begun = Some((field, row.number));
                nest.levels.push(Level { begun, ..Level::default() });
            }
            "end repeat" => drop(nest.end()),
            _ => match kind_of(survey, row, &kind, choices) {
                Ok(found) => {
                    let field = question(survey, row, found, nest.beside(), left_out);
                    nest.last().take(field);
                }
                Err(reason) => leave_out(left_out, row, survey.cell(row, "type"), reason),
            },
        }
    }
    while let Some((row, name)) = nest.end() {
        left_out.push(LeftOut { row, what: name, reason: LeftOutReason::Unended });
    }
    nest.levels.into_iter().next().map(|level| level.fields).unwrap_or_default()
}

/// What is open at a row: the form itself, and the repeats within each other.
struct Nest {
    levels: Vec<Level>,
}

/// The form itself or a repeat.
#[derive(Default)]
struct Level {
    /// The repeat, and the row where it begins.
    begun: Option<(Field, u32)>,
    fields: Vec<Field>,
    /// What the open groups are asked upon.
    groups: Vec<Option<Condition>>,
}

impl Nest {
    fn last(&mut self) -> &mut Level {
        if self.levels.is_empty() {
            self.levels.push(Level::default());
        }
        let last = self.levels.len() - 1;
        &mut self.levels[last]
    }

    fn beside(&self) -> &[Field] {
        self.levels.last().map_or(&[], |level| &level.fields)
    }

    /// Ends the innermost repeat: where it began, and its name. `None`: none is open.
    fn end(&mut self) -> Option<(u32, String)> {
        let (mut field, row) = self.levels.last_mut()?.begun.take()?;
        let columns = self.levels.pop()?.fields;
        if let FieldKind::Rows { fields, .. } = &mut field.kind {
            *fields = columns;
        }
        let name = field.key.0.clone();
        self.last().take(field);
        Some((row, name))
    }
}

impl Level {
    /// A question is asked when everything around it is.
    fn take(&mut self, mut field: Field) {
        let upon = self.groups.iter().flatten().cloned().chain(field.visible_if.take());
        let mut upon: Vec<Condition> = upon.collect();
        field.visible_if = match upon.len() {
            0 | 1 => upon.pop(),
            _ => Some(Condition::All(upon)),
        };
        self.fields.push(field);
    }
}

fn rows_kind() -> FieldKind {
    FieldKind::Rows {
        fields: Vec::new(),
        least: 0,
        most: 10,
        add: Texts::default(),
        row: Texts::default(),
        shape: RowShape::List,
    }
}

fn kind_of(
    survey: &Table<'_>,
    row: &SheetRow,
    kind: &str,
    choices: Option<&Table<'_>>,
) -> Result<FieldKind, LeftOutReason> {
    let mut words = kind.split_whitespace();
    let (first, second) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let plain = |name: &str| plain_kind(name, None).ok_or(LeftOutReason::Kind);
    match (first, second) {
        ("text" | "string", _) => {
            let is_long = survey.cell(row, "appearance").contains("multiline");
            Ok(if is_long {
                FieldKind::LongText { max: 500, caution: Texts::default() }
            } else {
                FieldKind::Text { max: LINE }
            })
        }
        ("integer" | "int", _) => plain("number"),
        ("date", _) => plain("date"),
        ("time", _) => plain("time"),
        ("note", _) => Ok(FieldKind::Information { text: survey.texts(row, "hint") }),
        ("acknowledge", _) => Ok(FieldKind::Acknowledge { text: survey.texts(row, "label") }),
        ("image" | "file" | "photo", _) => plain("files"),
        ("select", _) => {
            // The list keeps its letters and underscores: it is named in the other sheet.
            let original = survey.cell(row, "type");
            let list = original.split_whitespace().next_back().unwrap_or_default();
            let options = choices.map(|choices| options(choices, list)).unwrap_or_default();
            match (second, options.len()) {
                (_, 0) => Err(LeftOutReason::Choices),
                ("multiple", _) => Ok(FieldKind::Choices { options, none: Texts::default() }),
                _ => Ok(FieldKind::Choice { options }),
            }
        }
        (meta, _) if META.contains(&meta) => Err(LeftOutReason::Meta),
        ("calculate" | "hidden", _) => Err(LeftOutReason::Calculation),
        _ => Err(LeftOutReason::Kind),
    }
}

fn options(choices: &Table<'_>, list: &str) -> Vec<ChoiceOption> {
    let of_list =
        |row: &&SheetRow| choices.cell(row, "list_name") == list || choices.cell(row, "list name") == list;
    let option = |row: &SheetRow| ChoiceOption {
        key: code_of(choices.cell(row, "name")),
        label: choices.texts(row, "label"),
    };
    choices.rows.iter().filter(of_list).map(option).filter(|option| !option.key.is_empty()).collect()
}

fn question(
    survey: &Table<'_>,
    row: &SheetRow,
    kind: FieldKind,
    beside: &[Field],
    left_out: &mut Vec<LeftOut>,
) -> Field {
    let name = survey.cell(row, "name");
    let taken: Vec<String> = beside.iter().map(|field| field.key.0.clone()).collect();
    let mut label = survey.texts(row, "label");
    if label.is_empty() {
        label = Texts(Map::from([(Locale::Sv, name.to_owned())]));
    }
    let is_read = matches!(kind, FieldKind::Information { .. });
    let help = Some(survey.texts(row, "hint")).filter(|help| !help.is_empty() && !is_read);
    let visible_if = visible_if(survey, row, beside, left_out);
    for (column, reason) in NOT_TAKEN {
        let told = survey.cell(row, column);
        if !told.is_empty() {
            leave_out(left_out, row, told, reason);
        }
    }
    let (mut required, mut required_if) = (false, None);
    match survey.cell(row, "required").to_lowercase().as_str() {
        "" | "no" | "false" | "false()" | "nej" => {}
        "yes" | "true" | "true()" | "ja" => required = true,
        _ => {
            let told = survey.cell(row, "required");
            required_if = condition(told, beside);
            if required_if.is_none() {
                leave_out(left_out, row, told, LeftOutReason::Required);
            }
        }
    }
    Field {
        key: FieldKey(free_key(name, &taken)),
        label,
        help,
        required: required && kind.is_asked(),
        kind,
        element: None,
        required_if,
        visible_if,
        same_for_siblings: false,
    }
}

/// What a question is asked upon, by its own row.
fn visible_if(
    survey: &Table<'_>,
    row: &SheetRow,
    beside: &[Field],
    left_out: &mut Vec<LeftOut>,
) -> Option<Condition> {
    let told = survey.cell(row, "relevant");
    let found = condition(told, beside);
    if found.is_none() && !told.is_empty() {
        leave_out(left_out, row, told, LeftOutReason::Relevant);
    }
    found
}
