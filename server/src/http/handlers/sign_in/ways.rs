use crate::http::{Answer, Call, Refusal};
use crate::policy::Admits;
use skolstart_shared::api::{ListSignInWays, SignInWay, WayKey};

pub(in crate::http) async fn ways(call: Call<ListSignInWays>) -> Result<Answer<Vec<SignInWay>>, Refusal> {
    let ways = call.state.ways.all().iter().map(|way| SignInWay {
        key: WayKey(way.key().to_owned()),
        name: way.name(call.locale).to_owned(),
        guardians: way.admits() != Admits::Staff,
        staff: matches!(way.admits(), Admits::Staff | Admits::Both),
    });
    Ok(ways.collect::<Vec<_>>().into())
}
