//! What an answer that is not a success means to the person in front of the page. Pure, so that it is tested natively.

use crate::json;
use skolstart_shared::api::{ApiError, ErrorCode};

/// Why a call gave nothing. The page decides by this what to say and whether trying again can help.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ApiFailure {
    /// The server was not reached, or not within 20 seconds, or somebody else answered in its place, such as the sign-in page of a
    /// train's network: nobody knows whether it got the request.
    Offline,
    /// Nobody is signed in, or the session has ended.
    SignedOut,
    /// The school has too much to do, or too much was asked of it. How many seconds it wants to be left alone (`Retry-After`), 0 when
    /// it did not say.
    Busy(u32),
    /// The server understood and said no.
    Refused(Box<ApiError>),
    /// A fault of ours. The HTTP status, 0 when the status was a success and the body was not what was asked for.
    Unexpected(u16),
}

impl ApiFailure {
    /// True when it does not exist, or not for this person: the server answers the same to both.
    pub fn is_not_found(&self) -> bool {
        matches!(self, Self::Refused(error) if error.code == ErrorCode::NotFound)
    }

    /// True when nothing was decided and the same again may help: what is on the device is gone on with.
    pub fn is_away(&self) -> bool {
        matches!(self, Self::Offline | Self::Busy(_))
    }
}

/// An answer as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Raw {
    /// The HTTP status.
    pub status: u16,
    /// `Retry-After` in seconds; 0 without one.
    pub wait: u32,
    /// The body as text.
    pub body: String,
}

/// What an answer with a status other than 2xx means.
pub fn failure_of(answer: &Raw) -> ApiFailure {
    if answer.status == 401 {
        return ApiFailure::SignedOut;
    }
    match json::read::<ApiError>(&answer.body) {
        Ok(error) if error.code == ErrorCode::SignedOut => ApiFailure::SignedOut,
        Ok(error) if error.code == ErrorCode::Busy => ApiFailure::Busy(answer.wait),
        Ok(error) if answer.status < 500 => ApiFailure::Refused(Box::new(error)),
        _ if answer.wait > 0 => ApiFailure::Busy(answer.wait),
        // With a body or without one: a fault at the school.
        _ if answer.status == 500 => ApiFailure::Unexpected(500),
        // No words of ours: a proxy in front of a server that restarts or is overloaded, or a network that wants a sign-in of its
        // own. The same as not reaching it.
        _ => ApiFailure::Offline,
    }
}

/// What a success means whose body is not what was asked for. JSON may be ours; a page is somebody else's.
pub fn misread(body: &str) -> ApiFailure {
    let is_json = body.trim_start().starts_with(['{', '[']);
    if is_json { ApiFailure::Unexpected(0) } else { ApiFailure::Offline }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failure(status: u16, body: &str) -> ApiFailure {
        failure_of(&Raw { status, wait: 0, body: body.to_owned() })
    }

    #[test]
    fn tells_apart_what_a_person_can_do_something_about() {
        assert_eq!(failure(401, ""), ApiFailure::SignedOut);
        assert_eq!(failure(403, r#"{"code":"signed-out"}"#), ApiFailure::SignedOut);
        assert!(failure(404, r#"{"code":"not-found"}"#).is_not_found());
        assert_eq!(failure(503, ""), ApiFailure::Offline);
        assert_eq!(failure(500, ""), ApiFailure::Unexpected(500));
    }

    #[test]
    fn a_busy_school_says_for_how_long() {
        let busy = |status, body: &str| failure_of(&Raw { status, wait: 7, body: body.to_owned() });
        assert_eq!(busy(503, ""), ApiFailure::Busy(7));
        assert_eq!(busy(425, ""), ApiFailure::Busy(7));
        assert_eq!(busy(429, r#"{"code":"busy"}"#), ApiFailure::Busy(7));
        assert_eq!(failure(429, r#"{"code":"busy"}"#), ApiFailure::Busy(0));
        assert!(matches!(busy(410, r#"{"code":"closed"}"#), ApiFailure::Refused(_)), "a decision is one");
    }

    #[test]
    fn a_sign_in_page_of_a_network_is_no_answer_of_the_school() {
        for status in [302, 403, 404, 429, 511] {
            assert_eq!(
                failure(status, "<!doctype html><title>Logga in</title>"),
                ApiFailure::Offline,
                "{status}"
            );
            assert_eq!(failure(status, ""), ApiFailure::Offline, "{status}");
        }
        assert_eq!(misread("\n<html>"), ApiFailure::Offline);
        assert_eq!(misread(""), ApiFailure::Offline);
        assert_eq!(misread(r#"{"number":7}"#), ApiFailure::Unexpected(0));
    }
}
