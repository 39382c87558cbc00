//! The OpenAPI 3.1 document, built from the endpoints that are routed and their types: it cannot tell of anything else.
//!
//! Called once at start. Must not hold a description of its own of any endpoint.

use super::route::Routed;
use schemars::generate::{SchemaGenerator, SchemaSettings};
use schemars::{JsonSchema, Schema};
use serde_json::{Map, Value, json};
use skolstart_shared::access::Action;
use skolstart_shared::api::{ApiError, Endpoint, Method, Wire};
use skolstart_shared::fact::FileType;

/// The JSON Schemas of what goes in and what comes out of an endpoint.
#[derive(Clone, Copy, Debug)]
pub struct Shapes {
    body: fn(&mut SchemaGenerator) -> Schema,
    out: fn(&mut SchemaGenerator) -> Schema,
}

impl Shapes {
    /// The shapes of `E`.
    pub fn of<E: Endpoint>() -> Self {
        Self { body: schema::<E::In>, out: schema::<E::Out> }
    }
}

fn schema<T: JsonSchema>(generator: &mut SchemaGenerator) -> Schema {
    generator.subschema_for::<T>()
}

/// Statuses an endpoint can answer with beside 200, and what they mean. The body is an `ApiError`, empty for 5xx.
const REFUSALS: [(&str, &str); 15] = [
    ("400", "The request cannot be read"),
    ("401", "Nobody is signed in, or the session has ended"),
    ("403", "The request does not come from the service's own pages, or a purpose is to be said first"),
    ("404", "It does not exist, or not for the one who asks"),
    ("408", "The body did not come"),
    ("409", "The id was used before with another content, or somebody else has decided"),
    ("410", "It is closed"),
    ("412", "What the answer was based on has been changed by somebody else"),
    ("413", "The request is too large"),
    ("415", "The request is not JSON"),
    ("422", "What was sent breaks rules"),
    ("426", "The page is older than the service takes"),
    ("429", "Too much at once: try again after Retry-After seconds; or too many children in one day"),
    ("500", "A fault of the service"),
    ("503", "Busy: try again after Retry-After seconds"),
];

/// The document.
pub fn document(routed: &[Routed], server: &str) -> Value {
    let mut generator = SchemaSettings::draft2020_12()
        .with(|settings| settings.definitions_path = "/components/schemas".into())
        .into_generator();
    let mut paths = Map::new();
    for route in routed {
        let operation = operation(route, &mut generator);
        let path = paths.entry(route.endpoint.path).or_insert_with(|| json!({}));
        path[route.endpoint.method.as_str().to_ascii_lowercase()] = operation;
    }
    generator.subschema_for::<ApiError>();
    let schemas = generator.take_definitions(true);
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Skolstart",
            "version": env!("CARGO_PKG_VERSION"),
            "license": { "name": "EUPL-1.2", "identifier": "EUPL-1.2" },
        },
        "servers": [{ "url": server }],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": { "session": { "type": "apiKey", "in": "cookie", "name": "__Host-skolstart" } },
        },
    })
}

fn operation(route: &Routed, generator: &mut SchemaGenerator) -> Value {
    let endpoint = &route.endpoint;
    let out = (route.shapes.out)(generator);
    let mut operation = json!({
        "operationId": endpoint.name,
        "summary": endpoint.summary.trim(),
        "parameters": parameters(endpoint.path),
        "responses": responses(endpoint.action, endpoint.method, &given(endpoint.wire, &out)),
        "security": if endpoint.action == Action::Anonymous { json!([]) } else { json!([{ "session": [] }]) },
    });
    if endpoint.method == Method::Put {
        let body = (route.shapes.body)(generator);
        let content = match endpoint.wire {
            Wire::BytesIn => json!({ "application/octet-stream": {} }),
            Wire::Json | Wire::BytesOut => json!({ "application/json": { "schema": body } }),
        };
        operation["requestBody"] = json!({ "required": true, "content": content });
    }
    operation
}

/// What an answer holds. Bytes have a media type and no schema (OpenAPI 3.1, 4.8.14.3).
fn given(wire: Wire, out: &Schema) -> Value {
    if wire != Wire::BytesOut {
        return json!({ "application/json": { "schema": out } });
    }
    let kinds = FileType::TAKEN.map(|kind| (kind.media_type().to_owned(), json!({})));
    Value::Object(kinds.into_iter().collect())
}

// Every path argument is an id, except the counter that says what the caller has seen and the place in a file.
fn parameters(path: &str) -> Vec<Value> {
    let names = path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
    let schema = |name| match name {
        "offset" => json!({ "type": "integer", "format": "int64", "minimum": 0 }),
        "revision" => json!({ "type": "integer", "format": "int64" }),
        _ => json!({ "type": "string", "format": "uuid" }),
    };
    names
        .map(|name| json!({ "name": name, "in": "path", "required": true, "schema": schema(name) }))
        .collect()
}

fn responses(action: Action, method: Method, content: &Value) -> Value {
    let mut responses = Map::new();
    responses.insert("200".to_owned(), json!({ "description": "Done", "content": content }));
    for (status, means) in REFUSALS.into_iter().filter(|(status, _)| possible(status, action, method)) {
        let mut response = json!({ "description": means });
        if !status.starts_with('5') {
            let schema = json!({ "$ref": "#/components/schemas/ApiError" });
            response["content"] = json!({ "application/json": { "schema": schema } });
        }
        responses.insert(status.to_owned(), response);
    }
    Value::Object(responses)
}

/// Whether it shows something of a child, whose identity may be protected.
fn is_opened(action: Action) -> bool {
    use Action::{AnswerForSchool, GiveCodes, HandleApplications, HandleTodos, ReadChild, ReadFile};
    matches!(action, AnswerForSchool | GiveCodes | HandleApplications | HandleTodos | ReadChild | ReadFile)
}

fn possible(status: &str, action: Action, method: Method) -> bool {
    match status {
        "401" => action != Action::Anonymous,
        "403" => method != Method::Get || is_opened(action),
        "400" | "408" | "413" | "415" => method == Method::Put,
        // What a browser has not begun, or too long ago.
        "410" => method == Method::Put,
        "409" | "412" | "422" => method == Method::Put && action != Action::Anonymous,
        _ => true,
    }
}
