//! The rules of `docs/architecture.md` that a compiler does not check: which layer may know which, how long a file may be,
//! what a folder may be called. Each failure is one sentence about what to do instead.

#![allow(missing_docs)]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test that cannot go on has failed, and reads the environment that names its database"
)]

use std::fs;
use std::path::{Path, PathBuf};

struct Source {
    /// Path from the root of the repository, with `/`.
    path: String,
    text: String,
}

impl Source {
    /// The code without comments and without the tests at the end of the file.
    fn code(&self) -> String {
        let end = self.text.find("\n#[cfg(test)]\nmod tests {").unwrap_or(self.text.len());
        let lines = self.text[..end].lines().map(|line| match line.find("//") {
            Some(at) if !line[..at].ends_with(':') => &line[..at],
            _ => line,
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    fn is_test(&self) -> bool {
        self.path.contains("/tests/") || self.path.ends_with("/tests.rs") || self.path.ends_with("_check.rs")
    }

    /// True when the code names `path` as a path: `sea_orm::`, `use sea_orm;`, `crate::http::`.
    fn names(&self, path: &str) -> bool {
        let code = self.code();
        let is_word = |c: char| c.is_alphanumeric() || c == '_';
        code.match_indices(path).any(|(at, _)| {
            let before = code[..at].chars().next_back();
            let after = code[at + path.len()..].chars().next();
            !before.is_some_and(is_word) && !after.is_some_and(is_word)
        })
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn sources(folders: &[&str]) -> Vec<Source> {
    let mut found = Vec::new();
    for folder in folders {
        collect(&root().join(folder), folder, &mut found);
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

fn collect(folder: &Path, name: &str, found: &mut Vec<Source>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = format!("{name}/{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            collect(&entry.path(), &path, found);
        } else if path.ends_with(".rs") {
            found.push(Source { text: fs::read_to_string(entry.path()).unwrap(), path });
        }
    }
}

fn starts(path: &str, folders: &[&str]) -> bool {
    folders.iter().any(|folder| path.starts_with(folder))
}

/// Fails when a file under `inside` (but not `except`) names one of `paths`.
fn forbid(inside: &[&str], except: &[&str], paths: &[&str], instead: &str) {
    let mut wrong = Vec::new();
    for source in sources(&["server/src", "app/src", "shared/src"]) {
        if !starts(&source.path, inside) || starts(&source.path, except) || source.is_test() {
            continue;
        }
        let named = paths.iter().filter(|path| source.names(path));
        wrong.extend(named.map(|path| format!("{} names {path}. {instead}", source.path)));
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

#[test]
fn use_cases_know_no_web_framework() {
    forbid(
        &["server/src/usecase", "server/src/store", "server/src/policy"],
        &[],
        &["axum", "hyper", "http", "tower", "crate::http", "crate::state"],
        "Return a value or an error of your own; http/handlers and http/error.rs turn it into a response.",
    );
}

#[test]
fn only_the_store_knows_the_database() {
    forbid(
        &["server/src", "app/src", "shared/src"],
        &["server/src/store"],
        &["sea_orm", "sea_orm_migration", "sqlx", "sea_query", "sea_query_sqlx"],
        "Add a function to server/src/store that takes a grant and gives values of the domain.",
    );
    forbid(
        &["server/src"],
        &["server/src/store"],
        &["store::entity", "store::migration"],
        "Rows do not leave the store: give a value of the domain.",
    );
}

#[test]
fn layers_of_the_server_point_one_way() {
    forbid(
        &["server/src/store"],
        &[],
        &["crate::usecase", "crate::identity"],
        "The store is called by the use cases, never the other way: pass in what it needs.",
    );
    forbid(
        &["server/src/usecase"],
        &[],
        &["crate::identity"],
        "A use case is given a grant or a principal and knows nothing of sessions.",
    );
    forbid(
        &["server/src"],
        &["server/src/demo", "server/src/http/handlers/demo", "server/src/cli"],
        &["crate::demo"],
        "The demo is not in a release: only its own handlers and command may know it.",
    );
}

#[test]
fn the_two_programs_never_meet() {
    let to = "What both need belongs in app/src/{fields,forms,state,sync,ui,i18n,api}: guardians must not download what staff use.";
    forbid(&["app/src/guardian"], &[], &["crate::staff"], to);
    forbid(&["app/src/staff"], &[], &["crate::guardian"], to);
    let below = "These modules are used by the programs and must not know them: pass it in.";
    let shared = [
        "app/src/fields",
        "app/src/forms",
        "app/src/state",
        "app/src/sync",
        "app/src/storage",
        "app/src/ui",
        "app/src/i18n",
        "app/src/api",
    ];
    forbid(&shared, &[], &["crate::guardian", "crate::staff"], below);
}

#[test]
fn what_comes_later_is_reached_through_one_file() {
    let to = "Go through guardian/later.rs: one call puts it, and all it calls, back into what a guardian downloads first.";
    let part = [
        "app/src/guardian/alone.rs",
        "app/src/guardian/later.rs",
        "app/src/guardian/pages/child_consents.rs",
        "app/src/guardian/pages/review_send.rs",
    ];
    forbid(&["app/src/guardian"], &part, &["super::send", "guardian::send"], to);
    let pages =
        ["application_page", "child_page", "consents_page", "readers_page", "receipt_page", "receipts"];
    forbid(&["app/src/guardian/app.rs"], &[], &[&pages[..], &["review", "waiting_page"]].concat(), to);
    forbid(
        &["app/src/fields"],
        &["app/src/fields/rare.rs"],
        &["super::files::files", "super::schedule::schedule"],
        to,
    );
}

#[test]
fn one_line_may_be_unsafe() {
    forbid(
        &["server/src", "app/src", "shared/src"],
        &["app/src/bin/guardian.rs", "app/src/lib.rs", "server/src/lib.rs", "shared/src/lib.rs"],
        &["unsafe_code"],
        "Find a library that is kept well and does it; the libraries of the workspace forbid it.",
    );
}

#[test]
fn widgets_know_nothing_of_ours() {
    forbid(
        &["app/src/ui"],
        &[],
        &[
            "crate::api",
            "crate::forms",
            "crate::i18n",
            "crate::state",
            "crate::storage",
            "crate::sync",
            "skolstart_shared",
        ],
        "A widget gets text and values as props, so that it can be shown alone.",
    );
}

#[test]
fn one_file_fetches_and_one_touches_the_device_database() {
    forbid(
        &["app/src"],
        &["app/src/api/transport.rs"],
        &[
            "fetch_with_request",
            "fetch_with_str",
            "fetch_with_str_and_init",
            "fetch_with_request_and_init",
            "gloo_net",
            "XmlHttpRequest",
        ],
        "Call the endpoint through app/src/api; only api/transport.rs fetches.",
    );
    forbid(
        &["app/src"],
        &["app/src/storage/indexed_db"],
        &["IdbFactory", "IdbDatabase", "IdbObjectStore", "IdbTransaction", "IdbRequest", "indexed_db()"],
        "Use the traits of app/src/storage; only storage/indexed_db.rs touches IndexedDB.",
    );
}

#[test]
fn the_domain_does_no_input_or_output() {
    forbid(
        &["shared/src"],
        &[],
        &[
            "std::fs",
            "std::net",
            "std::time",
            "std::env",
            "std::process",
            "std::thread",
            "tokio",
            "axum",
            "sea_orm",
            "leptos",
            "web_sys",
            "js_sys",
            "getrandom",
            "rand",
            "jiff",
            "chrono",
            "reqwest",
        ],
        "shared holds rules only: take now, today and random ids as parameters.",
    );
}

#[test]
fn staff_are_given_the_alias_of_a_hidden_child() {
    let name = "server/src/store/read/name.rs";
    let own =
        ["server/src/store/read/home.rs", "server/src/store/read/own.rs", "server/src/usecase/home/mod.rs"];
    forbid(
        &["server/src"],
        &[&[name][..], &own].concat(),
        &["for_family"],
        "Staff read `for_staff`; the real name is for the family's own home, and for nothing else.",
    );
    forbid(
        &["server/src"],
        &[name, "server/src/usecase/archive"],
        &["for_archive"],
        "Only an archive keeps real names beside the family's own home.",
    );
    forbid(
        &["server/src"],
        &[name, "server/src/usecase/child_page/mod.rs"],
        &["behind_alias"],
        "What stands behind an alias is said on the child's own page, after a purpose, and nowhere else.",
    );
}

#[test]
fn no_code_knows_a_form() {
    let forms = root().join("server/src/library/forms");
    let keys: Vec<String> = fs::read_dir(forms)
        .unwrap()
        .flatten()
        .map(|file| {
            let form: serde_json::Value =
                serde_json::from_str(&fs::read_to_string(file.path()).unwrap()).unwrap();
            format!("\"{}\"", form["key"].as_str().unwrap())
        })
        .collect();
    assert!(keys.len() >= 3, "the library holds forms");
    let mut wrong = Vec::new();
    for source in sources(&["app/src", "server/src", "shared/src"]) {
        if starts(&source.path, &["server/src/library", "server/src/demo"]) || source.is_test() {
            continue;
        }
        let code = source.code();
        let named = keys.iter().filter(|key| code.contains(key.as_str()));
        wrong.extend(named.map(|key| {
            format!(
                "{} names the form {key}. A form is data: put the difference into the definition.",
                source.path
            )
        }));
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

#[test]
fn files_are_short() {
    const MOST: usize = 500;
    const AIM: usize = 300;
    let mut lengths = Vec::new();
    let mut wrong = Vec::new();
    for source in sources(&["server/src", "app/src", "shared/src", "xtask/src"]) {
        if starts(&source.path, &["server/src/store/entity", "server/src/store/migration"]) {
            continue;
        }
        let end = source.text.find("\n#[cfg(test)]\nmod tests {").unwrap_or(source.text.len());
        let lines = source.text[..end].lines().count();
        if lines > MOST {
            wrong.push(format!(
                "{} has {lines} lines without its tests. Split it by what it owns; {MOST} is the most.",
                source.path
            ));
        }
        lengths.push((lines, source.path));
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
    let long: Vec<&str> =
        lengths.iter().filter(|(lines, _)| *lines > AIM).map(|(_, path)| path.as_str()).collect();
    assert!(
        long.len() * 10 <= lengths.len(),
        "\nMore than one file in ten has over {AIM} lines. Split one of these by what it owns:\n{}\n",
        long.join("\n")
    );
}

#[test]
fn folders_and_files_are_named_by_what_they_own() {
    const VAGUE: [&str; 8] = ["utils", "util", "helpers", "helper", "common", "manager", "dto", "misc"];
    let wrong: Vec<String> = sources(&["server/src", "app/src", "shared/src", "xtask/src", "server/tests"])
        .into_iter()
        .filter(|source| source.path.trim_end_matches(".rs").split('/').any(|part| VAGUE.contains(&part)))
        .map(|source| format!("{}: name it by what it owns, a noun of the domain or a verb.", source.path))
        .collect();
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

#[test]
fn module_roots_only_list() {
    let mut wrong = Vec::new();
    for source in sources(&["server/src", "shared/src"]) {
        if !source.path.ends_with("/lib.rs") {
            continue;
        }
        for line in source.code().lines().filter(|line| line.contains("fn ") || line.contains("struct ")) {
            wrong.push(format!(
                "{} holds `{}`. lib.rs lists modules and re-exports only.",
                source.path,
                line.trim()
            ));
        }
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

#[test]
fn the_rules_find_what_they_look_for() {
    let source = |text: &str| Source { path: "x.rs".to_owned(), text: text.to_owned() };
    assert!(source("use sea_orm::Set;").names("sea_orm"));
    assert!(source("let x = crate::http::Answer;").names("crate::http"));
    assert!(!source("use sea_orm_migration::x;").names("sea_orm"));
    assert!(!source("// use sea_orm::Set;").names("sea_orm"));
    assert!(!source("let https = 1;").names("http"));
    assert!(!source("fn a() {}\n#[cfg(test)]\nmod tests {\n use sea_orm::Set;\n}").names("sea_orm"));
    assert!(sources(&["server/src"]).len() > 20, "the sources are read");
}
