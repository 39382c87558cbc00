//! Which units there are, how many, and what they are called. Called by `places`.

use super::random::ident;
use super::words::places;
use uuid::Uuid;

/// Units and groups have the same ids for every seed, so that an address to a class stays good.
pub(super) const FIXED: u64 = 0;

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Preschool,
    /// Preschool class to grade 6.
    Lower,
    /// Grades 7 to 9.
    Upper,
}

pub(super) struct Unit {
    pub(super) id: Uuid,
    pub(super) name: String,
    pub(super) kind: Kind,
    /// The first unit of its kind is 0; children of an area mostly stay in it.
    pub(super) number: usize,
    /// Eight digits beginning with 0000, so that nobody takes one for a code from Skolverket's register. Preschools have
    /// none there either.
    pub(super) code: Option<String>,
}

impl Unit {
    pub(super) fn school_types(&self) -> Vec<&'static str> {
        match self.kind {
            Kind::Preschool => vec!["FS"],
            Kind::Lower => vec!["FKLASS", "GR", "FTH"],
            Kind::Upper => vec!["GR"],
        }
    }
}

/// The id of the huvudman.
pub(super) fn huvudman() -> Uuid {
    ident(FIXED, "huvudman", 0)
}

/// The units, lower schools first, then upper schools, then preschools.
pub(super) fn units(lower: usize, upper: usize, preschools: usize) -> Vec<Unit> {
    let mut units = Vec::new();
    for number in 0..lower {
        let name = if number == 0 { "Strandskolan".to_owned() } else { made_up(number, "skola") };
        units.push(unit(Kind::Lower, "lower", number, name, Some(100 + number)));
    }
    for number in 0..upper {
        let name = if number == 0 { "Kyrkbyskolan".to_owned() } else { made_up(500 + number, "skola") };
        units.push(unit(Kind::Upper, "upper", number, name, Some(5000 + number)));
    }
    for number in 0..preschools {
        let name = if number == 0 {
            "Blåklockans förskola".to_owned()
        } else {
            made_up(1000 + number, "förskola")
        };
        units.push(unit(Kind::Preschool, "preschool", number, name, None));
    }
    units
}

fn unit(kind: Kind, word: &str, number: usize, name: String, code: Option<usize>) -> Unit {
    let code = code.map(|code| format!("{code:08}"));
    Unit { id: ident(FIXED, word, number), name, kind, number, code }
}

/// A name from two lists: 288 combinations, then with a direction in front. Three ranges of numbers (0, 500, 1000) start
/// at different places, so that a school and a preschool seldom share a name.
fn made_up(number: usize, ending: &str) -> String {
    let (prefixes, suffixes) = (places("prefixes"), places("suffixes"));
    let suffix = number * 5 + number / suffixes.len();
    let name = format!("{}{}", prefixes[number % prefixes.len()], suffixes[suffix % suffixes.len()]);
    match number % 500 / (prefixes.len() * suffixes.len()) {
        0 => format!("{name} {ending}"),
        _ => format!("Nya {name} {ending}"),
    }
}
