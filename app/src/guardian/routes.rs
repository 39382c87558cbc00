//! The addresses of the guardian program. Ids and keys only; never a name.

use crate::forms::StepKey;
use crate::router::{Query, Routes};
use skolstart_shared::id::{ApplicationId, PersonId, SubmissionId};

/// A page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// *Mina barn*.
    Home,
    /// Choose whom to be.
    SignIn,
    /// One act to answer.
    Step(StepKey),
    /// Everything on one page before it is sent.
    Review,
    /// What a child's school knows, and the history.
    Child(PersonId),
    /// What shows a child's consents.
    Consents(PersonId),
    /// Who has seen what is known about a child.
    Readers(PersonId),
    /// All receipts.
    Receipts,
    /// One receipt.
    Receipt(SubmissionId),
    /// One application of a child.
    Application(PersonId, ApplicationId),
    /// Where she is signed in.
    Sessions,
    /// What waits to be sent.
    Waiting,
}

impl Routes for Route {
    fn parse(path: &str, _: &Query) -> Option<Self> {
        let path = path.trim_matches('/');
        let (first, rest) = path.split_once('/').unwrap_or((path, ""));
        match (first, rest) {
            ("", _) => Some(Self::Home),
            // With why somebody could not be signed in, from the server.
            ("logga-in", _) => Some(Self::SignIn),
            ("kontrollera", "") => Some(Self::Review),
            ("kvitton", "") => Some(Self::Receipts),
            ("inloggad", "") => Some(Self::Sessions),
            ("vantar", "") => Some(Self::Waiting),
            ("svara", step) => StepKey::parse(step).map(Self::Step),
            ("barn", child) => child.parse().ok().map(Self::Child),
            ("samtycken", child) => child.parse().ok().map(Self::Consents),
            ("sett", child) => child.parse().ok().map(Self::Readers),
            ("ansokan", ids) => {
                let (child, id) = ids.split_once('/')?;
                Some(Self::Application(child.parse().ok()?, id.parse().ok()?))
            }
            ("kvitto", id) => id.parse().ok().map(Self::Receipt),
            _ => None,
        }
    }

    fn to_path(&self) -> String {
        match self {
            Self::Home => "/".to_owned(),
            Self::SignIn => "/logga-in".to_owned(),
            Self::Step(step) => ["/svara/", &step.to_string()].concat(),
            Self::Review => "/kontrollera".to_owned(),
            Self::Child(child) => ["/barn/", &child.to_string()].concat(),
            Self::Consents(child) => ["/samtycken/", &child.to_string()].concat(),
            Self::Readers(child) => ["/sett/", &child.to_string()].concat(),
            Self::Receipts => "/kvitton".to_owned(),
            Self::Sessions => "/inloggad".to_owned(),
            Self::Waiting => "/vantar".to_owned(),
            Self::Receipt(id) => ["/kvitto/", &id.to_string()].concat(),
            Self::Application(child, id) => ["/ansokan/", &child.to_string(), "/", &id.to_string()].concat(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_go_there_and_back() {
        const ID: &str = "00000000-0000-7000-8000-0000000000a1";
        for path in [
            "/",
            "/logga-in",
            "/kontrollera",
            "/kvitton",
            "/inloggad",
            "/vantar",
            "/svara/contact-details/own",
        ] {
            let route = Route::parse(path, &Query::default()).unwrap();
            assert_eq!(route.to_path(), path);
        }
        for place in ["/svara/pictures/publish/", "/barn/", "/samtycken/", "/kvitto/"] {
            let path = [place, ID].concat();
            assert_eq!(Route::parse(&path, &Query::default()).unwrap().to_path(), path);
        }
        let path = ["/ansokan/", ID, "/", ID].concat();
        assert_eq!(Route::parse(&path, &Query::default()).unwrap().to_path(), path);
        for nothing in ["/svara", "/svara/x", "/barn/alva", "/kvitto/", "/annat"] {
            assert_eq!(Route::parse(nothing, &Query::default()), None, "{nothing}");
        }
    }
}
