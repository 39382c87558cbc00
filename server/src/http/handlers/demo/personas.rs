use crate::demo::persona;
use crate::http::{Answer, Call, Refusal};
use skolstart_shared::api::{ListPersonas, Persona};

pub(in crate::http) async fn personas(call: Call<ListPersonas>) -> Result<Answer<Vec<Persona>>, Refusal> {
    let pupils = call.state.store.pupils_from().is_some();
    Ok(persona::personas(call.locale, pupils).into())
}
