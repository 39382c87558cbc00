//! What whoever keeps the server running asks it: is it well, and what does it do. On an address of its own, which the
//! proxy does not reach. Called by the `serve` command. Must not tell anything about a person.

use super::headers::SecurityHeaders;
use super::meters::Meters;
use crate::store::Store;
use axum::Router;
use axum::extract::State;
use axum::middleware::map_response;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use http::{HeaderValue, StatusCode, header};
use std::time::Duration;

/// How long the database may take to answer.
const LIMIT: Duration = Duration::from_secs(2);

/// `/health` and `/metrics`.
pub fn operations(store: Store, meters: Meters) -> Router {
    Router::new()
        .route("/health", get(health))
        .route("/metrics", get(metrics))
        .with_state((store, meters))
        .layer(map_response(|mut response: Response| async {
            SecurityHeaders::new(false).put_on(response.headers_mut());
            response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
            response
        }))
}

async fn answers(store: &Store) -> bool {
    matches!(tokio::time::timeout(LIMIT, store.is_well()).await, Ok(true))
}

async fn health(State((store, _)): State<(Store, Meters)>) -> Response {
    if answers(&store).await {
        "well\n".into_response()
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n").into_response()
    }
}

async fn metrics(State((store, meters)): State<(Store, Meters)>) -> Response {
    let well = u8::from(answers(&store).await);
    let version = env!("CARGO_PKG_VERSION");
    let text = format!(
        "# TYPE skolstart_info gauge\nskolstart_info{{version=\"{version}\"}} 1\n# TYPE skolstart_database_answers gauge\n\
         skolstart_database_answers {well}\n{}",
        meters.text()
    );
    let kind = HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8");
    ([(header::CONTENT_TYPE, kind)], text).into_response()
}
