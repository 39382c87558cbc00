//! The closed word lists of SS 12000 and how a word of one becomes a type. Called by the records; a word outside its list
//! refuses the record, because guessing could show a child to the wrong unit.

use serde::{Deserialize, Deserializer, de::Error as _};
use skolstart_shared::people::{RelationKind, SecurityMarking};
use skolstart_shared::school::{GroupKind, OrganisationKind, SchoolForm};

/// How the sentence of an unknown word begins; `rejected` knows it.
pub(super) const UNKNOWN_WORD: &str = "unknown word";

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$word_doc:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$word_doc])* $variant,)* }

        impl $name {
            /// The word in SS 12000.
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }

            /// The meaning of the word, if it is in the list.
            pub fn parse(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)* _ => None }
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(json: D) -> Result<Self, D::Error> {
                known(json, Self::parse)
            }
        }
    };
}

words! {
    /// School form or other activity (`schoolType`, Skolverket's list `code-school-type`; codes that were replaced in
    /// 2023 are kept as they were sent).
    SchoolType {
        /// Preschool, *förskola*.
        Fs = "FS",
        /// Preschool class, *förskoleklass*.
        Fklass = "FKLASS",
        /// After-school care, *fritidshem*.
        Fth = "FTH",
        /// Open leisure-time activity, *öppen fritidsverksamhet*.
        Oppfth = "OPPFTH",
        /// Compulsory school, *grundskola*.
        Gr = "GR",
        /// Adapted compulsory school, *anpassad grundskola*.
        Gran = "GRAN",
        /// The name of `GRAN` before July 2023.
        Grs = "GRS",
        /// *Träningsskola*.
        Tr = "TR",
        /// Special school, *specialskola*.
        Sp = "SP",
        /// Sami school, *sameskola*.
        Sam = "SAM",
        /// Upper secondary school, *gymnasieskola*.
        Gy = "GY",
        /// Adapted upper secondary school, *anpassad gymnasieskola*.
        Gyan = "GYAN",
        /// The name of `GYAN` before July 2023.
        Gys = "GYS",
        /// Municipal adult education, *komvux*.
        Vux = "VUX",
        /// Adult education in Swedish for immigrants.
        Vuxsfi = "VUXSFI",
        /// Adult education at compulsory level.
        Vuxgr = "VUXGR",
        /// Adult education at upper secondary level.
        Vuxgy = "VUXGY",
        /// Adapted adult education at compulsory level.
        Vuxgran = "VUXGRAN",
        /// Adapted adult education at upper secondary level.
        Vuxgyan = "VUXGYAN",
        /// Supplementary education, *kompletterande utbildning*.
        Ku = "KU",
        /// Higher vocational education, *yrkeshögskola*.
        Yh = "YH",
        /// Folk high school, *folkhögskola*.
        Fhs = "FHS",
        /// Independent study associations, *studieförbund*.
        Stf = "STF",
        /// Arts and culture education, *konst- och kulturutbildning*.
        Kku = "KKU",
        /// University, *högskola*.
        Hs = "HS",
        /// Labour market education, *arbetsmarknadsutbildning* bought by others.
        Abu = "ABU",
        /// Other education, *annan utbildning*.
        Au = "AU",
    }
}

impl SchoolType {
    /// The school form or activity, when it is one that school start knows. A guardian may well be enrolled in adult
    /// education; that is no fault of the record and no business of ours.
    pub fn form(self) -> Option<SchoolForm> {
        SchoolForm::from_code(self.word())
    }
}

fn known<'de, D: Deserializer<'de>, T>(json: D, parse: fn(&str) -> Option<T>) -> Result<T, D::Error> {
    parse(&String::deserialize(json)?).ok_or_else(|| D::Error::custom(UNKNOWN_WORD))
}

/// `organisationType`.
pub(super) fn organisation_kind<'de, D: Deserializer<'de>>(json: D) -> Result<OrganisationKind, D::Error> {
    known(json, OrganisationKind::from_ss12000)
}

/// `groupType`.
pub(super) fn group_kind<'de, D: Deserializer<'de>>(json: D) -> Result<GroupKind, D::Error> {
    known(json, GroupKind::from_ss12000)
}

/// `relationType` of a responsible person. Required: who may sign depends on it.
pub(super) fn relation_kind<'de, D: Deserializer<'de>>(json: D) -> Result<RelationKind, D::Error> {
    known(json, RelationKind::from_ss12000)
}

/// `securityMarking`. An absent or null field means that no marking is known; an unknown word refuses the record, for it
/// may be a protection that must not be lost.
pub(super) fn security_marking<'de, D: Deserializer<'de>>(json: D) -> Result<SecurityMarking, D::Error> {
    let word = Option::<String>::deserialize(json)?;
    word.map_or(Ok(SecurityMarking::None), |word| {
        SecurityMarking::from_ss12000(&word).ok_or_else(|| D::Error::custom(UNKNOWN_WORD))
    })
}
