//! The root: starts what is true for the whole page and shows the page that the address names.

use super::pages::{
    ApplicationPage, ApplicationsPage, BuilderPage, BulkPage, ChildPage, CodePage, CollectingPage, DraftPage,
    ElementsPage, GroupPage, InventoryPage, KitchenPage, MandatesPage, MunicipalityPage, OverlapPage,
    PicturesPage, ProtectedPage, RetentionPage, ReviewPage, RoundsPage, SessionsPage, SignIn,
    SubstitutesPage, TodoPage, TodosPage, UnitsPage,
};
use super::printed::PrintFoot;
use super::routes::Route;
use super::sees::may;
use super::shell::{BareRail, EndedNotice, OfflineNotice, Rail};
use super::words;
use crate::fields::take_rare_fields;
use crate::i18n::{locale, t};
use crate::router::{Router, page_title};
use crate::state::{Online, Session, Who, use_session, watch_theme};
use crate::ui::{Skeleton, Toasts};
use leptos::prelude::*;
use leptos::task::spawn_local;
use skolstart_shared::access::Action;
use skolstart_shared::id::GroupId;

/// What the root shows; a change of it draws the page anew, a change within it does not.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Asking,
    SignIn,
    Inside,
    Unreachable,
}

/// The staff program.
#[component]
pub fn StaffApp() -> impl IntoView {
    let session = Session::start();
    take_rare_fields();
    let router = Router::<Route>::start();
    Online::start();
    watch_theme();
    spawn_local(session.load());
    let stage = Memo::new(move |_| match session.who() {
        Who::Unknown => Stage::Asking,
        Who::Nobody => Stage::SignIn,
        Who::SignedIn(_) | Who::Ended(_) => Stage::Inside,
        Who::Unreachable(_) => Stage::Unreachable,
    });
    // Pages are drawn anew when the language changes: their texts and what the server said are both in it.
    let body = move || {
        locale();
        match stage.get() {
            Stage::Asking => {
                let waiting = view! { <Skeleton label=t("common.loading")/> };
                view! { <BareRail/><main class="desk" id="main">{waiting}</main> }.into_any()
            }
            Stage::SignIn => view! { <SignIn/> }.into_any(),
            Stage::Inside => view! { <Inside router/> }.into_any(),
            Stage::Unreachable => view! { <Unreachable session/> }.into_any(),
        }
    };
    view! {
        <a class="skip" href="#main">{move || t("common.skip")}</a>
        {body}
        <Toasts/>
    }
}

/// The rail and the page. The page changes with its place, not with each filter.
#[component]
fn Inside(router: Router<Route>) -> impl IntoView {
    let place = Memo::new(move |_| {
        router.get().map(|route| match route {
            Route::Group { group, .. } => Place::Group(group),
            Route::Elements(_) => Place::Other(Route::Elements(None)),
            Route::Forms(_) => Place::Other(Route::Forms(None)),
            other => Place::Other(other),
        })
    });
    let session = use_session();
    // Who has no units starts at what is hers: the review, or the figures.
    Effect::new(move |_| {
        let Some(person) = session.person().filter(|person| !may(person, Action::ReadUnits)) else { return };
        let first = [(Action::ReadTrail, Route::Review), (Action::ReadMunicipality, Route::Municipality)];
        let first = first.into_iter().find(|(action, _)| may(&person, *action));
        if let Some((_, first)) = first.filter(|_| router.get() == Some(Route::Units)) {
            router.replace(&first);
        }
    });
    let page = move || match place.get() {
        Some(Place::Other(Route::Units)) => view! { <UnitsPage/> }.into_any(),
        Some(Place::Other(Route::Applications)) => view! { <ApplicationsPage/> }.into_any(),
        Some(Place::Other(Route::Kitchen)) => view! { <KitchenPage/> }.into_any(),
        Some(Place::Other(Route::Protected)) => view! { <ProtectedPage/> }.into_any(),
        Some(Place::Other(Route::Todos)) => view! { <TodosPage/> }.into_any(),
        Some(Place::Other(Route::Todo(child, todo))) => view! { <TodoPage child todo/> }.into_any(),
        Some(Place::Other(Route::Application(child, id))) => view! { <ApplicationPage child id/> }.into_any(),
        Some(Place::Other(Route::Pictures(group))) => view! { <PicturesPage group/> }.into_any(),
        Some(Place::Other(Route::Collecting(group))) => view! { <CollectingPage group/> }.into_any(),
        Some(Place::Other(Route::Substitutes(unit))) => view! { <SubstitutesPage unit/> }.into_any(),
        Some(Place::Other(Route::Code(child, guardian))) => view! { <CodePage child guardian/> }.into_any(),
        Some(Place::Other(Route::Child(child))) => view! { <ChildPage child/> }.into_any(),
        Some(Place::Other(Route::Municipality)) => view! { <MunicipalityPage/> }.into_any(),
        Some(Place::Other(Route::Elements(_))) => view! { <ElementsPage/> }.into_any(),
        Some(Place::Other(Route::Forms(_))) => view! { <InventoryPage/> }.into_any(),
        Some(Place::Other(Route::Overlap)) => view! { <OverlapPage/> }.into_any(),
        Some(Place::Other(Route::Builder)) => view! { <BuilderPage/> }.into_any(),
        Some(Place::Other(Route::Draft(draft))) => view! { <DraftPage draft/> }.into_any(),
        Some(Place::Other(Route::Sessions)) => view! { <SessionsPage/> }.into_any(),
        Some(Place::Other(Route::Bulk)) => view! { <BulkPage/> }.into_any(),
        Some(Place::Other(Route::Retention)) => view! { <RetentionPage/> }.into_any(),
        Some(Place::Other(Route::Mandates)) => view! { <MandatesPage/> }.into_any(),
        Some(Place::Other(Route::Review)) => view! { <ReviewPage/> }.into_any(),
        Some(Place::Other(Route::Rounds)) => view! { <RoundsPage/> }.into_any(),
        Some(Place::Group(group)) => view! { <GroupPage group/> }.into_any(),
        Some(Place::Other(Route::Group { .. })) | None => words::nothing_here().into_any(),
    };
    view! {
        <Rail/>
        <main class="desk" id="main" tabindex="-1">
            <EndedNotice/>
            <OfflineNotice/>
            {page}
        </main>
        {move || (!place.get().is_some_and(|place| place.has_foot())).then(|| view! { <PrintFoot/> })}
    }
}

#[derive(Clone, PartialEq)]
enum Place {
    Group(GroupId),
    Other(Route),
}

impl Place {
    /// True for pages that say on paper themselves what they are, and for the letter with a code, which goes to a family.
    fn has_foot(&self) -> bool {
        let own = |route: &Route| {
            matches!(route, Route::Kitchen | Route::Pictures(_) | Route::Collecting(_) | Route::Code(..))
        };
        match self {
            Self::Group(_) => true,
            Self::Other(route) => own(route),
        }
    }
}

#[component]
fn Unreachable(session: Session) -> impl IntoView {
    let failure = move || match session.who() {
        Who::Unreachable(failure) => Some(words::failure(&failure, move || spawn_local(session.load()))),
        _ => None,
    };
    page_title(|| t("staff.away.heading"));
    view! {
        <BareRail/>
        <main class="desk" id="main" tabindex="-1"><h1>{t("staff.away.heading")}</h1>{failure}</main>
    }
}
