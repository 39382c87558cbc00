//! `skolstart forms`: form definitions as files, without a database.

use super::output::line;
use anyhow::{Context, bail};
use skolstart_server::library;
use skolstart_shared::form::FormDefinition;
use skolstart_shared::form::check::{Callable, FindingCode, Severity, check, check_calls};
use std::path::Path;

/// Prints what the check list finds in a file; fails when something stands in the way of publishing.
pub(super) fn check_file(file: &Path) -> anyhow::Result<()> {
    let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let form =
        library::read_form(&text).with_context(|| format!("{} is no form definition", file.display()))?;
    let mut findings = check(&form, &library::catalogue()?);
    let shipped: Vec<FormDefinition> =
        library::FORMS.iter().map(|text| library::read_form(text)).collect::<Result<_, _>>()?;
    let shipped: Vec<Callable> = shipped.iter().map(Callable::of).collect();
    // What a municipality has published beside is not known here.
    let known = check_calls(&form, &shipped);
    findings.extend(known.into_iter().filter(|found| found.code != FindingCode::CalledUnknown));
    for finding in &findings {
        let params: Vec<String> =
            finding.params.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let severity = if finding.severity() == Severity::Error { "error" } else { "warning" };
        line(&format!("{severity} {} {} {}", finding.code.as_str(), finding.path, params.join(" ")));
    }
    let errors = findings.iter().filter(|finding| finding.severity() == Severity::Error).count();
    line(&format!("{errors} errors, {} warnings", findings.len() - errors));
    if errors > 0 { bail!("the form cannot be published") } else { Ok(()) }
}

/// Writes the shipped forms as files.
pub(super) fn export(folder: &Path) -> anyhow::Result<()> {
    std::fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    for text in library::FORMS {
        let form = library::read_form(text)?;
        let file = folder.join(format!("{}.json", form.key.as_str()));
        std::fs::write(&file, text).with_context(|| format!("cannot write {}", file.display()))?;
    }
    line(&format!("Wrote {} forms to {}", library::FORMS.len(), folder.display()));
    Ok(())
}
