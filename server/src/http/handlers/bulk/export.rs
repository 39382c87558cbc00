use crate::http::{Answer, Call, Refusal};
use crate::policy::{HandleAlarms, Object, ReadPictures, authorize};
use crate::usecase::bulk;
use skolstart_shared::api::{ExportState, ExportStep, PutExport};

pub(in crate::http) async fn export(call: Call<PutExport>) -> Result<Answer<ExportState>, Refusal> {
    let (store, principal, limits) = (&call.state.store, call.principal()?, call.state.bulk);
    let raised = || call.state.limits.meters().alarm();
    match call.body.clone() {
        ExportStep::Ask { list, reason } => {
            let grant = authorize::<ReadPictures>(store, principal, Object::Group(list.group)).await?;
            Ok(bulk::ask(store, grant, call.path, (list, reason), limits, raised).await?.into())
        }
        ExportStep::Approve | ExportStep::Refuse => {
            let grant = authorize::<HandleAlarms>(store, principal, Object::Own).await?;
            let yes = matches!(call.body, ExportStep::Approve);
            Ok(bulk::decide(store, grant, call.path, yes).await?.into())
        }
    }
}
