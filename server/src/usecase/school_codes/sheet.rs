//! What stands on the sheet, in the language that the family reads. It leaves the browser on paper, so it is put into words here.

use super::square::square;
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

struct Words {
    heading: &'static str,
    about: [&'static str; 2],
    steps: [&'static str; 4],
    code: &'static str,
    square: &'static str,
    notes: [&'static str; 4],
}

const SV: Words = Words {
    heading: "Kod för att svara skolan",
    about: [
        "Till {guardian}. Koden gäller för {child}.",
        "Med koden kan du svara på skolans frågor utan e-legitimation.",
    ],
    steps: [
        "Rikta mobilens kamera mot rutan. Eller skriv adressen i en webbläsare.",
        "Skriv koden, om den inte redan står där.",
        "Svara på frågorna och tryck på Skicka.",
        "Logga ut när du är klar, om andra använder samma mobil eller dator.",
    ],
    code: "Din kod",
    square: "Ruta för mobilens kamera. Den leder till sidan där du skriver koden.",
    notes: [
        "Koden gäller till och med {day}. Du kan använda den tre gånger.",
        "Visa inte koden för andra. Den är bara din.",
        "Frågor om hälsa och samtycken svarar du på med e-legitimation eller på papper. Säg till skolan om du vill ha papper.",
        "Har du tappat bort lappen? Säg till skolan. Då slutar koden att gälla och du får en ny.",
    ],
};

const EN: Words = Words {
    heading: "Code for answering the school",
    about: [
        "To {guardian}. The code is for {child}.",
        "With the code you can answer the school's questions without an e-identification.",
    ],
    steps: [
        "Point your phone's camera at the square. Or type the address in a browser.",
        "Type the code, if it is not there already.",
        "Answer the questions and press Send.",
        "Sign out when you are done, if others use the same phone or computer.",
    ],
    code: "Your code",
    square: "Square for the phone's camera. It leads to the page where you type the code.",
    notes: [
        "The code works until and including {day}. You can use it three times.",
        "Do not show the code to others. It is only yours.",
        "Questions about health, and consents, are answered with an e-identification or on paper. Tell the school if you want paper.",
        "Have you lost this sheet? Tell the school. The code then stops working, and you get a new one.",
    ],
};

/// The sheet with this code. `None`: the address is longer than a square can hold.
pub(super) fn sheet(
    locale: Locale,
    code: &SchoolCode,
    origin: &str,
    names: &Names<'_>,
    last: Date,
) -> Option<CodeSheet> {
    let words = if locale == Locale::Sv { &SV } else { &EN };
    let fill = |text: &str| {
        let text = text.replace("{guardian}", names.guardian).replace("{child}", names.child);
        text.replace("{day}", &last.to_string())
    };
    let all = |texts: &[&str]| texts.iter().map(|text| fill(text)).collect();
    // After `#`: that part of an address is not sent to anybody, and so stands in no log.
    let address = [origin, PAGE, "#", code.whole()].concat();
    Some(CodeSheet {
        locale,
        heading: words.heading.to_owned(),
        about: all(&words.about),
        steps: all(&words.steps),
        code_label: words.code.to_owned(),
        code: code.in_groups(),
        address: [origin.split_once("://").map_or(origin, |(_, rest)| rest), PAGE].concat(),
        square: square(&address, words.square.to_owned())?,
        notes: all(&words.notes),
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
