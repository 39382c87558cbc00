//! Turns what was found into a table. Called by `bench`. Must not: round a missed target into a met one.

use anyhow::{Context, Result};
use serde_json::Value;
use std::fmt::Write;
use std::fs;
use std::path::Path;

const BEGIN: &str = "<!-- table: written by cargo xtask bench --write -->";
/// The workloads, as the measuring program names them and as the table does.
const SITTINGS: [(&str, &str); 2] =
    [("one_child", "guardian and one child"), ("family", "whole family in one sitting")];
const END: &str = "<!-- /table -->";

/// The whole table in Markdown.
pub(crate) fn markdown(found: &Value) -> String {
    let mut text = String::new();
    let machine = &found["machine"];
    let _ = writeln!(
        text,
        "{} cores ({}), {}. Load average at the end: {}.",
        machine["cores"],
        words(&machine["processor"]),
        words(&machine["system"]),
        words(&machine["load_before"]),
    );
    guardian(&mut text, found);
    for subject in found["server"].as_array().into_iter().flatten() {
        let _ = writeln!(text, "\n### {}, {} children\n", words(&subject["database"]), subject["children"]);
        server(&mut text, subject);
    }
    growth(&mut text, found);
    text
}

fn guardian(text: &mut String, found: &Value) {
    let (size, browser) = (&found["size"], &found["browser"]);
    text.push_str("\n### The guardian's first form\n\n| What | Found | Target |\n|---|---:|---:|\n");
    let mut line = |what: &str, value: Option<f64>, unit: &str, target: &str| {
        if let Some(value) = value {
            let _ = writeln!(text, "| {what} | {value:.1} {unit} | {target} |");
        }
    };
    line(
        "First load, every file, brotli",
        size["brotli_bytes"].as_f64().map(|bytes| bytes / 1e3),
        "kB",
        "220 kB",
    );
    line("Fetched later, brotli", size["later_bytes"].as_f64().map(|bytes| bytes / 1e3), "kB", "");
    line(
        "Transferred, headers and data included",
        browser["bytes"].as_f64().map(|bytes| bytes / 1e3),
        "kB",
        "",
    );
    line("First input usable", browser["first_input_ms"].as_f64(), "ms", "2,000 ms");
    line("Largest contentful paint", browser["lcp_ms"].as_f64(), "ms", "");
    line("First contentful paint", browser["first_paint_ms"].as_f64(), "ms", "");
    line("Blocking time", browser["blocking_ms"].as_f64(), "ms", "150 ms");
    line("Start without a network", browser["repeat"]["offline_ms"].as_f64(), "ms", "1,000 ms");
    line(
        "Repeat visit, share of the first",
        browser["repeat"]["ratio"].as_f64().map(|ratio| ratio * 100.0),
        "%",
        "35 %",
    );
    line("A key in a form of 200 fields, p95", browser["long_form"]["p95_ms"].as_f64(), "ms", "16 ms");
    line(
        "The same page with no program to hear the key, p95",
        browser["long_form"]["still_p95_ms"].as_f64(),
        "ms",
        "",
    );
    line(
        "As many fields with no program and no style, p95",
        browser["long_form"]["bare_p95_ms"].as_f64(),
        "ms",
        "",
    );
    let rules = browser["rules"]["validate_us"][1].as_f64();
    line("Answers to 1,000 fields checked natively, p95", rules.map(|micros| micros / 1e3), "ms", "1 ms");
}

fn server(text: &mut String, subject: &Value) {
    text.push_str(
        "| | /s | p50 ms | p99 ms | server CPU µs | database CPU µs | generator CPU µs | pgbench /s | ratio |\n",
    );
    text.push_str("|---|---:|---:|---:|---:|---:|---:|---:|---:|\n");
    let load = &subject["load"];
    for connections in ["4", "32"] {
        for (name, what) in SITTINGS {
            rate(text, &format!("submit, {what}"), connections, &load[name][connections]);
        }
        rate(text, "read home", connections, &load["read"][connections]);
    }
    text.push('\n');
    for (name, what) in SITTINGS {
        let of = |figure: &str| load[name]["content"][figure].as_f64().unwrap_or_default();
        let _ = writeln!(
            text,
            "One submission, {what}: {:.0} bytes, {:.1} acts, {:.1} facts, {:.1} decisions on average over {:.0}.",
            of("bytes"),
            of("acts"),
            of("facts"),
            of("decisions"),
            of("submissions"),
        );
    }
    text.push('\n');
    pages(text, subject);
}

fn rate(text: &mut String, what: &str, connections: &str, found: &Value) {
    let _ = write!(text, "| {what}, {connections} connections |");
    let figures = [
        ("rate", 0),
        ("p50_ms", 2),
        ("p99_ms", 2),
        ("server_cpu_us", 0),
        ("database_cpu_us", 0),
        ("generator_cpu_us", 0),
        ("pgbench_rate", 0),
        ("ratio_to_pgbench", 2),
    ];
    for (name, digits) in figures {
        let _ = match found[name].as_f64() {
            Some(value) => write!(text, " {value:.digits$} |"),
            None => write!(text, " |"),
        };
    }
    text.push('\n');
}

fn pages(text: &mut String, subject: &Value) {
    text.push_str("| Page | p50 ms | p95 ms | bytes |\n|---|---:|---:|---:|\n");
    for (page, name) in [("class", "Class page"), ("municipality", "Municipal page")] {
        let of = |figure: &str| subject["pages"][page][figure].as_f64().unwrap_or_default();
        let _ = writeln!(text, "| {name} | {:.2} | {:.2} | {:.0} |", of("p50_ms"), of("p95_ms"), of("bytes"));
    }
    let of = |name: &str| subject[name].as_f64().unwrap_or_default();
    let _ = writeln!(
        text,
        "\nImport {:.1} s, start {:.2} s. Resident memory: {:.0} MB after start, {:.0} MB at most \
         under load, {:.0} MB at most while the demo is made.",
        of("import_s"),
        of("start_s"),
        of("idle_mb"),
        of("peak_mb"),
        of("import_peak_mb"),
    );
}

/// How each figure grows from the smallest municipality to the largest.
fn growth(text: &mut String, found: &Value) {
    let all: Vec<&Value> = found["server"].as_array().into_iter().flatten().collect();
    let figures: [(&str, &str); 6] = [
        ("Submit for one child, CPU of the server, 32 connections", "/load/one_child/32/server_cpu_us"),
        ("Submit for one child, CPU of the database, 32 connections", "/load/one_child/32/database_cpu_us"),
        ("Read, CPU of the server, 32 connections", "/load/read/32/server_cpu_us"),
        ("Class page, p50", "/pages/class/p50_ms"),
        ("Municipal page, p50", "/pages/municipality/p50_ms"),
        ("Resident memory under load", "/peak_mb"),
    ];
    for database in ["sqlite", "postgres"] {
        let mut sizes: Vec<&Value> = all.iter().copied().filter(|one| one["database"] == database).collect();
        sizes.sort_by_key(|one| one["children"].as_u64());
        let [small, .., large] = sizes.as_slice() else { continue };
        let _ = writeln!(
            text,
            "\n### Growth, {database}, {} → {} children\n",
            small["children"], large["children"]
        );
        text.push_str("| What | grows by |\n|---|---:|\n");
        for (what, place) in figures {
            let of = |one: &Value| one.pointer(place).and_then(Value::as_f64).filter(|value| *value > 0.0);
            if let (Some(from), Some(to)) = (of(small), of(large)) {
                let _ = writeln!(text, "| {what} | × {:.2} |", to / from);
            }
        }
    }
}

fn words(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// Replaces the table between its two marks.
pub(crate) fn into_docs(page: &Path, table: &str) -> Result<()> {
    let text = fs::read_to_string(page).with_context(|| page.display().to_string())?;
    fs::write(
        page,
        replaced(&text, table).context("docs/benchmarks.md has lost the marks around its table")?,
    )?;
    Ok(())
}

fn replaced(text: &str, table: &str) -> Option<String> {
    let (before, rest) = text.split_once(BEGIN)?;
    let (_, after) = rest.split_once(END)?;
    Some([before, BEGIN, "\n", table.trim(), "\n", END, after].concat())
}

#[cfg(test)]
mod tests {
    use super::{BEGIN, END, replaced};

    #[test]
    fn replaces_only_what_stands_between_the_marks() {
        let text = format!("before\n{BEGIN}\nold\n{END}\nafter");
        assert_eq!(replaced(&text, "new").unwrap(), format!("before\n{BEGIN}\nnew\n{END}\nafter"));
        assert_eq!(replaced("no marks", "new"), None);
    }
}
