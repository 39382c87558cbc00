//! The domain of Skolstart: types and rules that both the browser and the server run.
//!
//! Owns: what things are and what is allowed. Called by `server` and `app`. Must not: do I/O, read a clock, make
//! random numbers, know a framework or a database. Today and now always come in as parameters.
//!
//! # Glossary (the field's word, the Swedish word)
//!
//! | here | Swedish | source |
//! |---|---|---|
//! | huvudman | huvudman | Education Act 2:2; SS 12000 `Organisation` |
//! | school unit | skolenhet, förskoleenhet | SS 12000 `Organisation` |
//! | group | klass, avdelning, mentorsgrupp | SS 12000 `Group` |
//! | child | barn (förskola), elev (skola) | Education Act 1:3 |
//! | pupil | elev | Education Act 1:3; with us whoever goes to school and signs in herself, from the age that the municipality sets |
//! | guardian | vårdnadshavare | Parental Code (FB) 6:2; SS 12000 `responsibles` |
//! | duty | tjänstgöring | SS 12000 `Duty` |
//! | enrolment | inskrivning | SS 12000 `Enrolment` |
//! | placement | placering | SS 12000 `Placement` |
//! | school form | skolform | SS 12000 `schoolType` |
//! | grade | årskurs | SS 12000 `schoolYear` of an enrolment |
//! | school year | läsår | Education Ordinance 3:2 |
//! | security marking | sekretessmarkering, skyddad folkbokföring | SS 12000 `securityMarking` |
//! | element, fact | uppgift | our own: one thing known about one person |
//! | inventory | blankettinventering | our own: every form the municipality has, paper ones too |
//! | form, act | blankett, handling | our own: a form holds acts, an act is what somebody answers |
//! | confirmation | uppgift | our own |
//! | consent | samtycke | GDPR art. 4(11), 7 |
//! | acknowledgement | kvittens | our own |
//! | application | ansökan | Administrative Procedure Act (FL) 19 § |
//! | notification | anmälan | our own |
//! | agreement | avtal | our own |
//! | signer | undertecknare | our own: who has to answer an act |
//! | decision | beslut | FL 31–33 §§ |
//! | handler, decider | handläggare, beslutsfattare | FL 31 § |
//! | reasons | motivering | FL 32 § |
//! | appeal | överklagande | FL 40–44 §§ |
//! | opinion | yttrande (tillstyrks, avstyrks) | FL 25 § |
//! | follow-up | uppgift att göra | our own: what an answer sets in motion |
//! | weekly schedule | vistelseschema | Education Act 8:5, 14:5 |
//! | round | omgång | our own: which forms, for whom, until when |
//! | receipt | kvitto | our own |
//! | passkey | inloggningsnyckel | WebAuthn 3, W3C; on devices also called *nyckel*, *lösennyckel* and *passkey* |

#![forbid(unsafe_code)]

pub mod access;
pub mod api;
pub mod application;
pub mod base64;
pub mod code_list;
pub mod consent;
pub mod contact;
pub mod date;
pub mod diet;
pub mod fact;
mod fill;
pub mod form;
pub mod id;
pub mod identity;
pub mod inventory;
pub mod locale;
mod map;
pub mod organisation_number;
pub mod passkey;
pub mod people;
pub mod personal_number;
pub mod receipt;
pub mod round;
pub mod school;
pub mod submission;
mod text_value;
pub mod violation;

pub use date::{Date, TimeOfDay, Timestamp};
pub use fill::fill;
pub use identity::IdentityNumber;
pub use locale::Locale;
pub use map::Map;
pub use personal_number::PersonalNumber;
pub use violation::{Code, Violation};
