//! What the document tells of is what is served, and the other way.

use crate::on_both;
use crate::site::Site;
use serde_json::Value;
use skolstart_server::http::routed;
use skolstart_shared::api::{Described, Endpoint, Method};
use std::collections::BTreeSet;

on_both! { the_document_is_what_is_served }

type Line = (String, String, String);

fn line(endpoint: &Described) -> Line {
    (endpoint.method.as_str().to_ascii_lowercase(), endpoint.path.to_owned(), endpoint.name.to_owned())
}

fn declared() -> BTreeSet<Line> {
    let mut all = BTreeSet::new();
    macro_rules! take {
        ($endpoint:ty) => {
            assert!(all.insert(line(&Described::of::<$endpoint>())));
            assert!(
                <$endpoint>::METHOD == Method::Put
                    || std::any::type_name::<<$endpoint as Endpoint>::In>().ends_with("Nothing")
            );
        };
    }
    skolstart_shared::for_each_endpoint!(take);
    skolstart_shared::for_each_demo_endpoint!(take);
    all
}

#[test]
fn every_endpoint_has_a_route() {
    let routed: BTreeSet<Line> = routed().iter().map(|route| line(&route.endpoint)).collect();
    assert_eq!(routed, declared());
}

async fn the_document_is_what_is_served(site: Site) {
    let reply = site.visitor().get_path("/api/openapi.json").await;
    let document: Value = serde_json::from_slice(&reply.body).unwrap();
    assert_eq!(document["openapi"], "3.1.0");
    let mut told = BTreeSet::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            told.insert((
                method.clone(),
                path.clone(),
                operation["operationId"].as_str().unwrap().to_owned(),
            ));
            let named = path.matches('{').count();
            assert_eq!(operation["parameters"].as_array().unwrap().len(), named, "{path}");
            assert_eq!(operation["requestBody"].is_object(), method == "put", "{path}");
        }
    }
    assert_eq!(told, declared());
    references(&document, &document);
}

/// Every `$ref` leads somewhere.
fn references(value: &Value, document: &Value) {
    match value {
        Value::Object(members) => {
            if let Some(Value::String(target)) = members.get("$ref") {
                let pointer = target.strip_prefix('#').unwrap();
                assert!(document.pointer(pointer).is_some(), "{target}");
            }
            members.values().for_each(|member| references(member, document));
        }
        Value::Array(items) => items.iter().for_each(|item| references(item, document)),
        _ => {}
    }
}
