use super::{BuilderError, xlsform};
use crate::library;
use crate::sheet::{self, SheetError};
use skolstart_shared::api::{FileFault, FormFileIn, FormFileKind, FormFileOut};
use skolstart_shared::{Code, Violation, base64};

/// A form from a file. Where JSON is no definition, says at which line it stops being one; what of a spreadsheet does not
/// match is listed.
///
/// # Errors
/// [`BuilderError::Invalid`] when a spreadsheet is none, or no survey, or too large.
pub fn read_file(input: &FormFileIn) -> Result<FormFileOut, BuilderError> {
    match input.kind {
        FormFileKind::Json => Ok(read_json(&input.content)),
        FormFileKind::Xlsform => {
            let unfit = |code| BuilderError::Invalid(vec![Violation::new("content", code)]);
            let bytes = base64::decode(&input.content).ok_or_else(|| unfit(Code::WrongKind))?;
            let sheets = sheet::read_sheets(&bytes).map_err(|error| match error {
                SheetError::TooLarge => unfit(Code::TooLarge),
                SheetError::NotASheet | SheetError::NotWritten => unfit(Code::WrongKind),
            })?;
            let (form, left_out) = xlsform::convert(&sheets).ok_or_else(|| unfit(Code::WrongKind))?;
            Ok(FormFileOut { form: Some(form), fault: None, left_out })
        }
    }
}

fn read_json(text: &str) -> FormFileOut {
    match library::read_form(text) {
        Ok(form) => FormFileOut { form: Some(form), ..FormFileOut::default() },
        Err(error) => {
            let line = u32::try_from(error.line()).unwrap_or(u32::MAX);
            let fault = FileFault { line, reason: error.to_string() };
            FormFileOut { fault: Some(fault), ..FormFileOut::default() }
        }
    }
}
