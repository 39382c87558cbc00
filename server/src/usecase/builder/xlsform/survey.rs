//! The sheet `survey`, row by row.

use super::relevant::condition;
use super::{Table, leave_out};
use crate::sheet::SheetRow;
use skolstart_shared::Locale;
use skolstart_shared::Map;
use skolstart_shared::api::{LeftOut, LeftOutReason};
use skolstart_shared::form::builder::{free_key, plain_kind};
use skolstart_shared::form::{ChoiceOption, Field, FieldKey, FieldKind, RowShape, Texts};
use skolstart_shared::inventory::code_of;

/// What a survey notes by itself, which nobody is asked.
const META: [&str; 9] =
    ["start", "end", "today", "deviceid", "username", "phonenumber", "email", "audit", "simserial"];
/// A longer text gets several lines.
const LINE: u16 = 100;

/// The questions in order. Groups fall away, repeats become rows.
pub(super) fn fields(
    survey: &Table<'_>,
    choices: Option<&Table<'_>>,
    left_out: &mut Vec<LeftOut>,
) -> Vec<Field> {
    let mut levels: Vec<Vec<Field>> = vec![Vec::new()];
    let mut repeats: Vec<Field> = Vec::new();
    for row in survey.rows {
        let kind = survey.cell(row, "type").to_lowercase().replace('_', " ");
        match kind.as_str() {
            "" | "begin group" | "end group" => {}
            "begin repeat" => {
                repeats.push(question(survey, row, rows_kind(), last(&levels), left_out));
                levels.push(Vec::new());
            }
            "end repeat" => {
                if let (true, Some(columns), Some(mut field)) =
                    (levels.len() > 1, levels.pop(), repeats.pop())
                {
                    if let FieldKind::Rows { fields, .. } = &mut field.kind {
                        *fields = columns;
                    }
                    push(&mut levels, field);
                }
            }
            _ => match kind_of(survey, row, &kind, choices) {
                Ok(found) => {
                    let field = question(survey, row, found, last(&levels), left_out);
                    push(&mut levels, field);
                }
                Err(reason) => leave_out(left_out, row, survey.cell(row, "type"), reason),
            },
        }
    }
    levels.into_iter().next().unwrap_or_default()
}

fn last(levels: &[Vec<Field>]) -> &[Field] {
    levels.last().map_or(&[], Vec::as_slice)
}

fn push(levels: &mut [Vec<Field>], field: Field) {
    if let Some(level) = levels.last_mut() {
        level.push(field);
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
    let visible_if = match survey.cell(row, "relevant") {
        "" => None,
        relevant => {
            let found = condition(relevant, beside);
            if found.is_none() {
                leave_out(left_out, row, relevant, LeftOutReason::Relevant);
            }
            found
        }
    };
    if !survey.cell(row, "constraint").is_empty() {
        leave_out(left_out, row, survey.cell(row, "constraint"), LeftOutReason::Constraint);
    }
    let required =
        matches!(survey.cell(row, "required").to_lowercase().as_str(), "yes" | "true" | "true()" | "ja");
    Field {
        key: FieldKey(free_key(name, &taken)),
        label,
        help,
        required: required && kind.is_asked(),
        kind,
        element: None,
        required_if: None,
        visible_if,
        same_for_siblings: false,
    }
}
