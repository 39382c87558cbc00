//! How far a guardian gets who has shown no more than a code from school: the one list of it. Called by the adapter for every
//! request, before anything else is asked, so that what is not named here does not exist for her. What she sees and can answer
//! of the rest is in `usecase::with_code`.

use super::principal::Principal;

/// The endpoints that she can use.
const OPEN: [&str; 5] = ["GetSession", "EndSession", "GetHome", "PutSubmission", "GetSubmission"];

/// True when the endpoint of this name exists for the principal, as far as that follows from how she signed in.
pub fn is_open_to(principal: &Principal, endpoint: &str) -> bool {
    !principal.has_code_only() || OPEN.contains(&endpoint)
}

#[cfg(test)]
mod tests {
    use super::*;
    use skolstart_shared::api::described;

    #[test]
    fn every_name_is_an_endpoints() {
        let endpoints = described();
        for name in OPEN {
            assert!(endpoints.iter().any(|endpoint| endpoint.name == name), "{name}");
        }
    }
}
