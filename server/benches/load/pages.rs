//! How long a class page and the municipal page take, one request at a time.

use crate::Options;
use crate::load::{Program, Run, drive, request, sign_in_personas};
use anyhow::{Context, Result, ensure};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use skolstart_shared::api::{
    Endpoint, GetGroup, GetMunicipality, GetSession, GetUnits, ListPersonas, PersonaKind,
};
use skolstart_shared::id::GroupId;
use std::net::SocketAddr;
use std::sync::Arc;

/// Measures both pages, signed in as staff of the demo.
pub(crate) async fn pages(options: &Options, program: &Program) -> Result<Value> {
    let address = program.address;
    let personas = one::<ListPersonas>(address, &(), "").await?;
    let staff: Vec<_> =
        personas.iter().filter(|one| one.kind == PersonaKind::Staff).map(|one| one.person).collect();
    let (mut municipal, mut units) = (None, None);
    for who in sign_in_personas(address, &staff).await? {
        let session = one::<GetSession>(address, &(), &who.cookie).await?;
        if session.is_municipal {
            municipal = Some(who.cookie);
        } else if units.is_none() {
            units = Some((one::<GetUnits>(address, &(), &who.cookie).await?, who.cookie));
        }
    }
    let (units, teacher) = units.context("the demo has no staff at a unit")?;
    let groups: Vec<GroupId> =
        units.units.iter().flat_map(|unit| unit.groups.iter().map(|group| group.id)).collect();
    ensure!(!groups.is_empty(), "the first member of staff has no group");
    let times = if options.quick { 50 } else { 600 };
    let class =
        (0..times).map(|at| request::<GetGroup>(address, &(groups[at % groups.len()], 0), &teacher, b""));
    let class = figures("class page", &drive(address, 1, &Arc::new(class.collect())).await)?;
    let municipal = municipal.context("the demo has no municipal administrator")?;
    let whole = vec![request::<GetMunicipality>(address, &(), &municipal, b""); times];
    let whole = figures("municipal page", &drive(address, 1, &Arc::new(whole)).await)?;
    Ok(json!({ "class": class, "municipality": whole }))
}

async fn one<E: Endpoint>(address: SocketAddr, path: &E::Path, cookie: &str) -> Result<E::Out>
where
    E::Out: DeserializeOwned,
{
    let run = drive(address, 1, &Arc::new(vec![request::<E>(address, path, cookie, b"")])).await;
    let answer =
        run.answers.into_iter().flatten().next().with_context(|| format!("{}: no answer", E::NAME))?;
    ensure!(answer.status == 200, "{} answered {}", E::NAME, answer.status);
    Ok(serde_json::from_slice(&answer.body)?)
}

fn figures(name: &str, run: &Run) -> Result<Value> {
    ensure!(run.not(200) == 0 && !run.times.is_empty(), "{name}: {} refused", run.not(200));
    let bytes = run.answers.iter().flatten().map(|answer| answer.body.len()).max();
    let found = json!({ "p50_ms": run.percentile(0.50), "p95_ms": run.percentile(0.95), "bytes": bytes });
    println!("  {name}: {found}");
    Ok(found)
}
