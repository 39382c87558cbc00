//! Requests made from the OpenAPI document by Schemathesis, which does not know us: for each endpoint that is routed, what fits its
//! description and what does not, as a guardian, a principal and a municipal administrator. No answer may be a fault of the
//! service, and each must have a status, a media type and a shape that the document names. `cargo xtask drill` installs
//! it and names it in `SKOLSTART_SCHEMATHESIS`; `SKOLSTART_EXAMPLES` says how many examples, 10 without it.

use crate::load::{Program, Setting, sign_in_personas};
use anyhow::{Context, Result, ensure};
use skolstart_server::demo::Cast;
use skolstart_shared::id::PersonId;
use std::process::Command;
use tempfile::TempDir;

const CHECKS: &str =
    "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance";
/// It would sign itself out, or in as somebody else.
const LEFT_OUT: &str = "/api/(demo|session).*";

#[tokio::test]
#[ignore = "needs Schemathesis: cargo xtask drill"]
async fn no_request_that_can_be_made_up_is_a_fault_of_ours() -> Result<()> {
    let schemathesis =
        std::env::var_os("SKOLSTART_SCHEMATHESIS").context("SKOLSTART_SCHEMATHESIS names no program")?;
    let examples = std::env::var("SKOLSTART_EXAMPLES").unwrap_or_else(|_| "10".to_owned());
    let folder = TempDir::with_prefix("skolstart-generated-")?;
    let setting = Setting::new(folder.path(), 60, None)?;
    let program = Program::start(&setting).await?;
    let origin = format!("http://{}", program.address);
    let callers = [Cast::SaraLindqvist, Cast::LarsNystrom, Cast::MatsOberg];
    let people = callers.map(|caller| PersonId(caller.id()));
    for (caller, session) in callers.iter().zip(sign_in_personas(program.address, &people).await?) {
        println!("{caller:?}");
        let mut run = Command::new(&schemathesis);
        run.args(["run", &format!("{origin}/api/openapi.json"), "--url", &origin]).current_dir(folder.path());
        run.args([
            "--header",
            &format!("Cookie: {}", session.cookie),
            "--header",
            "Sec-Fetch-Site: same-origin",
        ]);
        run.args(["--checks", CHECKS, "--phases", "examples,coverage,fuzzing", "--max-examples", &examples]);
        run.args(["--exclude-path-regex", LEFT_OUT, "--suppress-health-check", "all", "--warnings", "off"]);
        run.args(["--generation-deterministic", "--request-timeout", "30", "--no-color"]);
        ensure!(run.status()?.success(), "{caller:?}: see above for what was asked and answered");
    }
    ensure!(!setting.log().contains("panicked"), "{}", setting.log());
    program.stop()
}
