//! What a child cannot or may not eat. Both guardians say the same. Called by `letter`.

use super::contact::Raw;
use super::family::Child;
use super::turnout::{Year, chance};
use crate::demo::cast::Cast;
use skolstart_shared::fact::Value;

/// Of a thousand children, this many eat something else, and this many of them only since this year.
const SPECIAL: usize = 80;
const NEW: usize = 200;

/// One way to need other food: what of, what goes with it, and by conviction.
struct Diet {
    needs: &'static [&'static str],
    /// Field and words, for what is asked about one need.
    more: &'static [(&'static str, &'static str)],
    severe: Option<(&'static str, &'static str)>,
    ethical: &'static str,
}

const PLAIN: Diet = Diet { needs: &[], more: &[], severe: None, ethical: "no" };

const DIETS: [Diet; 14] = [
    Diet { needs: &["lactose"], more: &[("lactose", "drink")], ..PLAIN },
    Diet { needs: &["lactose"], more: &[("lactose", "drink-food")], ..PLAIN },
    Diet { needs: &["gluten"], ..PLAIN },
    Diet { needs: &["milk"], ..PLAIN },
    Diet { needs: &["milk", "egg"], more: &[("cooked", "Ägg i bakat bröd och pannkakor.")], ..PLAIN },
    Diet { needs: &["nuts"], severe: Some(("Jordnötter", "Adrenalinpenna i ryggsäcken")), ..PLAIN },
    EGG_AND_NUTS,
    Diet { needs: &["fish"], ..PLAIN },
    Diet { needs: &["soy", "legume"], more: &[("legume", "Kikärtor")], ..PLAIN },
    Diet {
        needs: &["other"],
        more: &[("other", "Kiwi och selleri"), ("cooked", "Selleri i soppa.")],
        ..PLAIN
    },
    Diet { ethical: "vegetarian", ..PLAIN },
    Diet { ethical: "vegetarian-fish", ..PLAIN },
    Diet { ethical: "vegan", ..PLAIN },
    NO_PORK,
];

const EGG_AND_NUTS: Diet = Diet {
    needs: &["egg", "nuts"],
    more: &[("cooked", "Ägg i bakat bröd.")],
    severe: Some(("Nötter", "Adrenalinpenna, i lådan på avdelningen")),
    ethical: "no",
};

const NO_PORK: Diet = Diet { ethical: "no-pork", ..PLAIN };

/// What the guardians say about the child's food.
pub(super) fn diet(seed: u64, child: &Child, year: Year) -> Raw {
    let mut random = chance(seed, child.id, "diet");
    let named =
        [(Cast::NilsLindqvist, &EGG_AND_NUTS), (Cast::OmarAlMasri, &NO_PORK), (Cast::LinaAlMasri, &NO_PORK)];
    let named_diet = named.into_iter().find(|(who, _)| who.id() == child.id).map(|(_, diet)| diet);
    let special = random.per_mille(SPECIAL);
    let since_this_year = random.per_mille(NEW);
    let drawn = DIETS.get(random.below(DIETS.len()));
    let drawn = drawn.filter(|_| special && (year == Year::This || !since_this_year));
    let certificate = ["school-has", "school-has", "will-bring", "no"].get(random.below(4));
    match named_diet.or(drawn) {
        Some(diet) => diet.said(certificate.copied().unwrap_or("no")),
        None => Raw::from([("special", Value::Flag(false))]),
    }
}

impl Diet {
    fn said(&self, certificate: &str) -> Raw {
        let options = |keys: &[&str]| Value::Choices(keys.iter().map(|key| (*key).to_owned()).collect());
        let text = |text: &str| Value::Text(text.to_owned());
        let mut raw = Raw::from([
            ("special", Value::Flag(true)),
            ("needs", options(self.needs)),
            ("severe", Value::Flag(self.severe.is_some())),
            ("certificate", Value::Choice(certificate.to_owned())),
            ("ethical", Value::Choice(self.ethical.to_owned())),
            ("meals", options(&["lunch", "snack"])),
        ]);
        for (field, words) in self.more {
            let value = if *field == "lactose" { Value::Choice((*words).to_owned()) } else { text(words) };
            raw.insert(field, value);
        }
        if let Some((to, medicine)) = self.severe {
            raw.insert("severe-to", text(to));
            raw.insert("medicine", Value::Flag(true));
            raw.insert("medicine-name", text(medicine));
        }
        raw
    }
}
