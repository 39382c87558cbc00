//! XLSForm, the spreadsheet of the survey world (xlsform.org): what matches becomes a form, and what does not is listed.
//!
//! One part, because a survey knows nothing of law: who imports it splits it, and the check list says what is missing. Pure;
//! called by `read_file`.

mod relevant;
mod survey;
#[cfg(test)]
mod tests;

use crate::i18n::t;
use crate::sheet::SheetRow;
use skolstart_shared::Locale;
use skolstart_shared::Map;
use skolstart_shared::api::{LeftOut, LeftOutReason};
use skolstart_shared::form::builder::{free_key, new_act, new_form};
use skolstart_shared::form::{ActKind, FormDefinition, FormKey, Texts};
use std::collections::{BTreeMap, BTreeSet};

/// The sheets of a file, by their names in lower case.
pub(super) type Sheets = BTreeMap<String, Vec<SheetRow>>;

/// A form with what of the file is not in it. `None`: there is no sheet `survey` with the columns `type` and `name`.
pub(super) fn convert(sheets: &Sheets) -> Option<(FormDefinition, Vec<LeftOut>)> {
    let survey = Table::of(sheets.get("survey")?)?;
    survey.column("type").and(survey.column("name"))?;
    let choices = sheets.get("choices").and_then(|rows| Table::of(rows));
    let settings = sheets.get("settings").and_then(|rows| Table::of(rows));
    let setting = |name: &str| {
        let table = settings.as_ref()?;
        let row = table.rows.first()?;
        Some(table.cell(row, name).to_owned()).filter(|text| !text.is_empty())
    };
    let titled = setting("form_title").map(|title| Texts(Map::from([(Locale::Sv, title)])));
    let texts = titled.unwrap_or_else(untitled);
    let id = setting("form_id").unwrap_or_else(|| texts.get(Locale::Sv).to_owned());
    let key = FormKey(free_key(&id, &[]));
    let mut form = new_form(key, texts.clone());
    let mut act = new_act(&form, ActKind::Notification, texts);
    let mut left_out = survey.other_languages();
    act.fields = survey::fields(&survey, choices.as_ref(), &mut left_out);
    form.add_act(act);
    Some((form, left_out))
}

/// What a form is called whose file does not say it.
fn untitled() -> Texts {
    let in_locale = |locale: &Locale| (*locale, t("builder.untitled", *locale).to_owned());
    Texts(Locale::ALL.iter().map(in_locale).collect())
}

/// A sheet with a heading.
pub(super) struct Table<'a> {
    heads: Vec<String>,
    pub(super) rows: &'a [SheetRow],
}

impl<'a> Table<'a> {
    fn of(rows: &'a [SheetRow]) -> Option<Self> {
        let (head, rows) = rows.split_first()?;
        let heads = head.cells.iter().map(|cell| cell.trim().to_lowercase()).collect();
        Some(Self { heads, rows })
    }

    fn column(&self, name: &str) -> Option<usize> {
        self.heads.iter().position(|head| head == name)
    }

    /// What stands in a column of a row. Empty: nothing, or there is no such column.
    pub(super) fn cell<'r>(&self, row: &'r SheetRow, name: &str) -> &'r str {
        let cell = self.column(name).and_then(|at| row.cells.get(at));
        cell.map_or("", |cell| cell.trim())
    }

    /// The texts in languages that forms are not written in here, each language once.
    fn other_languages(&self) -> Vec<LeftOut> {
        let languages: BTreeSet<&str> = self
            .heads
            .iter()
            .filter_map(|head| head.split_once("::"))
            .map(|(_, language)| language.trim())
            .filter(|language| language_of(language).is_none())
            .collect();
        let heading = |language: &str| LeftOut {
            row: 1,
            what: language.chars().take(120).collect(),
            reason: LeftOutReason::Language,
        };
        languages.into_iter().map(heading).collect()
    }

    /// A text in every language that the sheet has it in: `label`, `label::Svenska (sv)`, `label::English (en)`.
    pub(super) fn texts(&self, row: &SheetRow, name: &str) -> Texts {
        let mut texts = Map::new();
        for (at, head) in self.heads.iter().enumerate() {
            let Some(text) = row.cells.get(at).map(|cell| cell.trim()).filter(|text| !text.is_empty()) else {
                continue;
            };
            match head.split_once("::") {
                None if head == name => drop(texts.get_or_insert_with(Locale::Sv, || text.to_owned())),
                Some((of, language)) if of == name => {
                    if let Some(locale) = language_of(language) {
                        texts.insert(locale, text.to_owned());
                    }
                }
                _ => {}
            }
        }
        Texts(texts)
    }
}

fn language_of(name: &str) -> Option<Locale> {
    let code = name.rsplit_once('(').map(|(_, code)| code.trim_end_matches(')'));
    let by_name = |locale: &&Locale| locale.own_name().to_lowercase() == name.trim();
    code.and_then(|code| Locale::parse(code).ok()).or_else(|| Locale::ALL.iter().find(by_name).copied())
}

/// Notes that something of a row is not in the form.
pub(super) fn leave_out(left_out: &mut Vec<LeftOut>, row: &SheetRow, what: &str, reason: LeftOutReason) {
    left_out.push(LeftOut { row: row.number, what: what.chars().take(120).collect(), reason });
}
