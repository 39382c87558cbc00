//! What stands on the sheet, in the language that the family reads. It leaves the browser on paper, so it is put into words here.

use super::square::square;
use crate::i18n::{t, t_with};
use crate::school_code::SchoolCode;
use skolstart_shared::api::CodeSheet;
use skolstart_shared::{Date, Locale};

/// Whom the sheet names.
pub(super) struct Names<'a> {
    pub(super) guardian: &'a str,
    /// The first name.
    pub(super) child: &'a str,
}

/// The page where a code is typed.
const PAGE: &str = "/logga-in";

/// The sheet with this code. `None`: the address is longer than a square can hold.
pub(super) fn sheet(
    locale: Locale,
    code: &SchoolCode,
    origin: &str,
    names: &Names<'_>,
    last: Date,
) -> Option<CodeSheet> {
    // After `#`: that part of an address is not sent to anybody, and so stands in no log.
    let address = [origin, PAGE, "#", code.whole()].concat();
    let whom = [("guardian", names.guardian), ("child", names.child)];
    Some(CodeSheet {
        locale,
        heading: t("school-code.heading", locale).to_owned(),
        about: vec![
            t_with("school-code.about.whom", locale, &whom),
            t("school-code.about.what", locale).to_owned(),
        ],
        steps: vec![
            t("school-code.step.open", locale).to_owned(),
            t("school-code.step.type", locale).to_owned(),
            t("school-code.step.answer", locale).to_owned(),
            t("school-code.step.sign-out", locale).to_owned(),
        ],
        code_label: t("school-code.code", locale).to_owned(),
        code: code.in_groups(),
        address: [origin.split_once("://").map_or(origin, |(_, rest)| rest), PAGE].concat(),
        square: square(&address, t("school-code.square", locale).to_owned())?,
        notes: vec![
            t_with("school-code.note.until", locale, &[("day", &last.to_string())]),
            t("school-code.note.secret", locale).to_owned(),
            t("school-code.note.health", locale).to_owned(),
            t("school-code.note.lost", locale).to_owned(),
        ],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_is_whole_in_every_language_and_keeps_the_code_out_of_what_is_sent() {
        let code = SchoolCode::parse("BCDF-GHJK-LMNP").unwrap();
        let names = Names { guardian: "Sara Lindqvist", child: "Ella" };
        let last = Date::new(2026, 9, 21).unwrap();
        for locale in Locale::ALL {
            let sheet = sheet(*locale, &code, "https://skolstart.example.se", &names, last).unwrap();
            let text = serde_json::to_string(&sheet).unwrap();
            assert!(["{guardian}", "{child}", "{day}"].iter().all(|place| !text.contains(place)));
            assert!(text.contains("Sara Lindqvist") && text.contains("Ella") && text.contains("2026-09-21"));
            assert_eq!(
                (sheet.code.as_str(), sheet.address.as_str()),
                ("BCDF-GHJK-LMNP", "skolstart.example.se/logga-in")
            );
            // The code stands where it is meant to be read, and nowhere else.
            assert_eq!(text.matches("BCDF").count(), 1);
            assert_eq!(format!("{sheet:?}"), "CodeSheet(…)");
        }
    }
}
