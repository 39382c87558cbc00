//! Something that comes from the server: on its way, here, or not to be had.

use super::session::use_session;
use crate::api::{ApiFailure, client};
use leptos::prelude::*;
use leptos::task::spawn_local;
use skolstart_shared::api::Endpoint;

/// What a page shows instead of nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remote<T> {
    /// Asked for.
    Loading,
    /// Here.
    Ready(T),
    /// Not to be had, and why.
    Failed(ApiFailure),
}

impl<T> Remote<T> {
    /// The thing, when it is here.
    pub fn ready(&self) -> Option<&T> {
        match self {
            Self::Ready(thing) => Some(thing),
            Self::Loading | Self::Failed(_) => None,
        }
    }
}

/// Asks endpoint `E` and puts the answer into `target`. What is there already stays until the answer comes. An answer
/// that comes after the page was left, or that says that the session has ended, is handled here.
/// Call it in a component or an effect.
pub fn fetch_into<E>(target: RwSignal<Remote<E::Out>>, path: E::Path, input: E::In)
where
    E: Endpoint,
    E::Out: Sync,
{
    let put = move |answer: Result<String, ApiFailure>| {
        let answer = answer.and_then(|answer| client::read(&answer));
        // `try_set`: the page that asked may be gone.
        let _ = target.try_set(answer.map_or_else(Remote::Failed, Remote::Ready));
    };
    fetch(client::call_raw::<E>(&path, &input), Box::new(put));
}

fn fetch(answer: client::Answer, put: Box<dyn FnOnce(Result<String, ApiFailure>)>) {
    let session = use_session();
    spawn_local(async move {
        let answer = answer.await;
        if let Err(failure) = &answer {
            session.heed(failure);
        }
        put(answer);
    });
}
