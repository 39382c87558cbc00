//! How far a guardian gets who has shown no more than a code from school: the one list of it. Called by the adapter for every
//! request, before anything else is asked, so that what is not named here does not exist for her. What she sees and can answer
//! of the rest is in `usecase::with_code`. Pupils have a list of their own, which is asked in the same place.

use super::principal::Principal;
use super::pupil;

/// The endpoints that she can use.
const OPEN: [&str; 5] = ["GetSession", "EndSession", "GetHome", "PutSubmission", "GetSubmission"];

/// True when the endpoint of this name exists for the principal, as far as that follows from how she signed in.
pub fn is_open_to(principal: &Principal, endpoint: &str) -> bool {
    let open_to_code = || !principal.has_code_only() || OPEN.contains(&endpoint);
    let open_to_pupil = || !principal.is_pupil() || pupil::OPEN.contains(&endpoint);
    open_to_code() && open_to_pupil()
}

#[cfg(test)]
mod tests {
    use super::*;
    use skolstart_shared::api::described;

    #[test]
    fn every_name_is_an_endpoints() {
        let endpoints = described();
        for name in OPEN.into_iter().chain(pupil::OPEN) {
            assert!(endpoints.iter().any(|endpoint| endpoint.name == name), "{name}");
        }
    }
}
