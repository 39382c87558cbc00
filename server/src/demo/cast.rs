//! The people whom demonstrations and tests know by name. They are the same, with the same ids, for every seed and size.
//!
//! Owns their ids and what the sign-in page says about them. `story` makes them; the persona sign-in reads [`cast`].

use super::random::ident;
use uuid::Uuid;

/// Somebody to sign in as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Persona {
    /// The person's id in the register.
    pub id: Uuid,
    /// Given and family name.
    pub name: &'static str,
    /// Which part of the service is theirs.
    pub kind: PersonaKind,
    /// The language the person reads best (BCP 47).
    pub language: &'static str,
    /// Who this is, in one Swedish line.
    pub description_sv: &'static str,
    /// The same in English.
    pub description_en: &'static str,
}

/// Which part of the service a persona uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PersonaKind {
    /// Answers for children.
    Guardian,
    /// Has a duty at a unit.
    Staff,
    /// Goes to school, and signs in herself where the municipality lets her.
    Pupil,
    /// Has a duty at the huvudman itself, and so sees the whole municipality.
    Municipal,
}

macro_rules! people {
    ($($(#[$doc:meta])* $name:ident = $key:literal,)*) => {
        /// The people of the cast: personas and the children of guardians.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Cast { $($(#[$doc])* $name,)* }

        impl Cast {
            /// The person's id, made from a fixed word.
            pub fn id(self) -> Uuid {
                ident(0, match self { $(Self::$name => $key,)* }, 0)
            }
        }
    };
}

people! {
    /// Guardian of Ella and Nils, with whom Johan shares custody.
    SaraLindqvist = "cast/sara-lindqvist",
    /// The other guardian of Ella and Nils; lives elsewhere.
    JohanLindqvist = "cast/johan-lindqvist",
    /// Pupil in 2B at Strandskolan.
    EllaLindqvist = "cast/ella-lindqvist",
    /// In the department Blåsippan of Blåklockans förskola.
    NilsLindqvist = "cast/nils-lindqvist",
    /// Has sole custody of Wilma.
    MariaBergstrom = "cast/maria-bergstrom",
    /// Pupil in 4A at Strandskolan.
    WilmaBergstrom = "cast/wilma-bergstrom",
    /// Guardian of Zofia, Jan and Lena.
    AgnieszkaKowalczyk = "cast/agnieszka-kowalczyk",
    /// Guardian of Zofia, Jan and Lena, in the same home.
    PiotrKowalczyk = "cast/piotr-kowalczyk",
    /// Pupil in 5A at Strandskolan.
    ZofiaKowalczyk = "cast/zofia-kowalczyk",
    /// Pupil in 1A at Strandskolan.
    JanKowalczyk = "cast/jan-kowalczyk",
    /// At Blåklockans förskola.
    LenaKowalczyk = "cast/lena-kowalczyk",
    /// Specially appointed for Yonas.
    GunnarEkholm = "cast/gunnar-ekholm",
    /// Pupil in 7A at Kyrkbyskolan, in Sweden without parents.
    YonasTesfay = "cast/yonas-tesfay",
    /// Guardian of Omar and Lina; has no e-mail and reads Arabic best.
    HudaAlMasri = "cast/huda-al-masri",
    /// Guardian of Omar and Lina, in the same home.
    KhaledAlMasri = "cast/khaled-al-masri",
    /// Pupil in 3A at Strandskolan.
    OmarAlMasri = "cast/omar-al-masri",
    /// At Blåklockans förskola.
    LinaAlMasri = "cast/lina-al-masri",
    /// Guardian of Love; both have a protected population registration.
    KarinSandberg = "cast/karin-sandberg",
    /// Pupil in 5A at Strandskolan with a protected population registration.
    LoveSandberg = "cast/love-sandberg",
    /// Teacher, mentor of 2B at Strandskolan.
    AnnaHolmgren = "cast/anna-holmgren",
    /// Preschool teacher of Blåsippan.
    FatimaRahimi = "cast/fatima-rahimi",
    /// Principal of Strandskolan.
    LarsNystrom = "cast/lars-nystrom",
    /// School administrator of Strandskolan.
    EvaHedlund = "cast/eva-hedlund",
    /// School nurse of Strandskolan.
    MonaForsberg = "cast/mona-forsberg",
    /// Administrator of the whole municipality.
    MatsOberg = "cast/mats-oberg",
    /// The other administrator of the whole municipality: forms are published by four eyes.
    IngridDahl = "cast/ingrid-dahl",
    /// Works at the programme office, by a role that the municipality has given him.
    JonasWik = "cast/jonas-wik",
    /// Reviews who has seen what, in the same way.
    RutAlm = "cast/rut-alm",
    /// Helps with the service when the municipality lets her in.
    SivNoren = "cast/siv-noren",
}

/// Everybody one can sign in as, in the order to show them.
pub fn cast() -> Vec<Persona> {
    guardians().into_iter().chain(staff()).collect()
}

/// The pupil one can sign in as, where pupils may.
pub fn pupil_persona() -> Persona {
    Persona {
        id: Cast::YonasTesfay.id(),
        name: "Yonas Tesfay",
        kind: PersonaKind::Pupil,
        language: "sv",
        description_sv: "Elev i 7A på Kyrkbyskolan. Loggar in själv.",
        description_en: "Pupil in 7A at Kyrkbyskolan. Signs in on his own.",
    }
}

/// True for somebody of the cast who goes to school.
pub(super) fn is_pupil(person: Uuid) -> bool {
    use Cast::{
        EllaLindqvist, JanKowalczyk, LoveSandberg, OmarAlMasri, WilmaBergstrom, YonasTesfay, ZofiaKowalczyk,
    };
    let pupils =
        [EllaLindqvist, WilmaBergstrom, ZofiaKowalczyk, JanKowalczyk, YonasTesfay, OmarAlMasri, LoveSandberg];
    pupils.into_iter().any(|pupil| pupil.id() == person)
}

fn guardians() -> [Persona; 8] {
    let guardian = |who: Cast, name, language, description_sv, description_en| Persona {
        id: who.id(),
        name,
        kind: PersonaKind::Guardian,
        language,
        description_sv,
        description_en,
    };
    [
        guardian(
            Cast::SaraLindqvist,
            "Sara Lindqvist",
            "sv",
            "Ella i 2B på Strandskolan och Nils på Blåsippan. Barnen har två hem.",
            "Ella in 2B at Strandskolan and Nils at Blåsippan. The children have two homes.",
        ),
        guardian(
            Cast::JohanLindqvist,
            "Johan Lindqvist",
            "sv",
            "Den andra vårdnadshavaren för Ella och Nils. Bor på en annan adress.",
            "The other guardian of Ella and Nils. Lives at another address.",
        ),
        guardian(
            Cast::MariaBergstrom,
            "Maria Bergström",
            "sv",
            "Har ensam vårdnad om Wilma i 4A på Strandskolan.",
            "Has sole custody of Wilma in 4A at Strandskolan.",
        ),
        guardian(
            Cast::AgnieszkaKowalczyk,
            "Agnieszka Kowalczyk",
            "pl",
            "Tre barn: Zofia i 5A, Jan i 1A och Lena i förskolan.",
            "Three children: Zofia in 5A, Jan in 1A and Lena in preschool.",
        ),
        guardian(
            Cast::GunnarEkholm,
            "Gunnar Ekholm",
            "sv",
            "God man för Yonas i 7A på Kyrkbyskolan.",
            "Specially appointed guardian of Yonas in 7A at Kyrkbyskolan.",
        ),
        guardian(
            Cast::HudaAlMasri,
            "Huda Al-Masri",
            "ar",
            "Omar i 3A och Lina i förskolan. Har ingen e-post och läser helst arabiska.",
            "Omar in 3A and Lina in preschool. Has no e-mail and reads Arabic best.",
        ),
        guardian(
            Cast::KhaledAlMasri,
            "Khaled Al-Masri",
            "sv",
            "Den andra vårdnadshavaren för Omar och Lina, i samma hem.",
            "The other guardian of Omar and Lina, in the same home.",
        ),
        guardian(
            Cast::KarinSandberg,
            "Karin Sandberg",
            "sv",
            "Love i 5A. Familjen har skyddad folkbokföring.",
            "Love in 5A. The family has a protected population registration.",
        ),
    ]
}

fn staff() -> [Persona; 10] {
    let staff = |who: Cast, name, kind, description_sv, description_en| Persona {
        id: who.id(),
        name,
        kind,
        language: "sv",
        description_sv,
        description_en,
    };
    [
        staff(
            Cast::AnnaHolmgren,
            "Anna Holmgren",
            PersonaKind::Staff,
            "Lärare på Strandskolan, mentor för 2B.",
            "Teacher at Strandskolan, mentor of 2B.",
        ),
        staff(
            Cast::FatimaRahimi,
            "Fatima Rahimi",
            PersonaKind::Staff,
            "Förskollärare på Blåsippan, Blåklockans förskola.",
            "Preschool teacher at Blåsippan, Blåklockans förskola.",
        ),
        staff(
            Cast::LarsNystrom,
            "Lars Nyström",
            PersonaKind::Staff,
            "Rektor på Strandskolan.",
            "Principal of Strandskolan.",
        ),
        staff(
            Cast::EvaHedlund,
            "Eva Hedlund",
            PersonaKind::Staff,
            "Skoladministratör på Strandskolan.",
            "School administrator at Strandskolan.",
        ),
        staff(
            Cast::MonaForsberg,
            "Mona Forsberg",
            PersonaKind::Staff,
            "Skolsköterska på Strandskolan.",
            "School nurse at Strandskolan.",
        ),
        staff(
            Cast::MatsOberg,
            "Mats Öberg",
            PersonaKind::Municipal,
            "Administratör för hela kommunen.",
            "Administrator of the whole municipality.",
        ),
        staff(
            Cast::IngridDahl,
            "Ingrid Dahl",
            PersonaKind::Municipal,
            "Administratör för hela kommunen. Granskar det som Mats vill publicera.",
            "Administrator of the whole municipality. Reviews what Mats wants to publish.",
        ),
        staff(
            Cast::JonasWik,
            "Jonas Wik",
            PersonaKind::Municipal,
            "Programkontoret: blanketter, omgångar och siffror. Ser inga barn.",
            "The programme office: forms, rounds and figures. Sees no children.",
        ),
        staff(
            Cast::RutAlm,
            "Rut Alm",
            PersonaKind::Municipal,
            "Revisor. Granskar vem som har sett och ändrat. Ser inga svar.",
            "Auditor. Reviews who has seen and changed. Sees no answers.",
        ),
        staff(
            Cast::SivNoren,
            "Siv Norén",
            PersonaKind::Municipal,
            "Support. Ser ingenting förrän Mats har släppt in henne, och bara så länge.",
            "Support. Sees nothing until Mats has let her in, and only for as long.",
        ),
    ]
}
