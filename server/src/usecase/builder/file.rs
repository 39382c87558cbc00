use super::{BuilderError, xlsform};
use crate::library;
use crate::sheet::{self, SheetError};
use crate::store::StoreError;
use skolstart_shared::api::{FileFault, FormFileIn, FormFileKind, FormFileOut, LeftOut, LeftOutReason};
use skolstart_shared::fact::{Catalogue, Element};
use skolstart_shared::form::FormDefinition;
use skolstart_shared::{Code, Locale, Violation, base64};

/// A form from a file. Where JSON is no definition, says at which line it stops being one; what of a spreadsheet does not
/// match is listed, and what the file says of elements that are described otherwise here.
///
/// # Errors
/// [`BuilderError::Invalid`] when a spreadsheet is none, or no survey, or too large.
pub fn read_file(input: &FormFileIn, known: &Catalogue) -> Result<FormFileOut, BuilderError> {
    match input.kind {
        FormFileKind::Json => Ok(read_json(&input.content, known)),
        FormFileKind::Xlsform => {
            let unfit = |code| BuilderError::Invalid(vec![Violation::new("content", code)]);
            let bytes = base64::decode(&input.content).ok_or_else(|| unfit(Code::WrongKind))?;
            let sheets = sheet::read_sheets(&bytes).map_err(|error| match error {
                SheetError::TooLarge => unfit(Code::TooLarge),
                SheetError::NotASheet | SheetError::NotWritten => unfit(Code::WrongKind),
            })?;
            let (mut form, left_out) = xlsform::convert(&sheets).ok_or_else(|| unfit(Code::WrongKind))?;
            let words = library::act_words().map_err(|_| StoreError::Corrupt("library"))?;
            for act in &mut form.acts {
                if let Some(words) = words.iter().find(|words| words.kind == act.kind) {
                    act.take_words(None, words);
                }
            }
            Ok(FormFileOut { form: Some(form), fault: None, left_out })
        }
    }
}

fn read_json(text: &str, known: &Catalogue) -> FormFileOut {
    match library::read_form(text) {
        Ok(form) => {
            let left_out = known_otherwise(&form, known);
            FormFileOut { form: Some(form), fault: None, left_out }
        }
        Err(error) => {
            let line = u32::try_from(error.line()).unwrap_or(u32::MAX);
            let fault = FileFault { line, reason: error.to_string() };
            FormFileOut { fault: Some(fault), ..FormFileOut::default() }
        }
    }
}

/// The elements that the file brings and that are here already, described otherwise: what is here stands.
fn known_otherwise(form: &FormDefinition, known: &Catalogue) -> Vec<LeftOut> {
    let differs =
        form.elements.iter().filter(|brought| known.get(&brought.key).is_some_and(|here| here != *brought));
    let left_out = |element: &Element| LeftOut {
        row: 0,
        what: element.label.get(Locale::Sv).to_owned(),
        reason: LeftOutReason::KnownOtherwise,
    };
    differs.map(left_out).collect()
}
