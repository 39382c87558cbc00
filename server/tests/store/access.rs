use super::answering::{first_guardian, nobody, sign_in};
use super::families::{administrator, child, group, guardian, principal, settle, teacher, unit};
use super::site::on_both;
use skolstart_server::policy::{
    ActionKind, Denied, Grant, Object, Principal, ReadChild, ReadGroup, ReadHome, ReadMunicipality,
    ReadOwnSubmissions, ReadUnits, Scope, Submit, authorize,
};
use skolstart_server::store::Store;

async fn may<A: ActionKind>(store: &Store, who: &Principal, object: Object) -> Option<Grant<A>> {
    match authorize::<A>(store, who, object).await {
        Ok(grant) => Some(grant),
        Err(Denied::NotFound) => None,
        Err(Denied::Store(error)) => panic!("{error}"),
    }
}

#[test]
fn a_guardian_reaches_her_own_children_and_nothing_else() {
    on_both(|site| async move {
        let store = site.open().await;
        settle(&store, site.folder.path(), 12).await;
        let me = first_guardian(&store, 0).await;
        assert!(me.is_guardian() && me.children() == [child(0)]);
        assert!(may::<Submit>(&store, &me, Object::Child(child(0))).await.is_some());
        assert!(may::<ReadOwnSubmissions>(&store, &me, Object::Child(child(0))).await.is_some());
        for stranger in [child(3), nobody()] {
            assert!(may::<Submit>(&store, &me, Object::Child(stranger)).await.is_none());
            assert!(may::<ReadOwnSubmissions>(&store, &me, Object::Child(stranger)).await.is_none());
        }
        assert!(may::<ReadChild>(&store, &me, Object::Child(child(0))).await.is_none());
        assert!(may::<ReadGroup>(&store, &me, Object::Group(group(0))).await.is_none());
        assert!(may::<ReadUnits>(&store, &me, Object::Own).await.is_none());
        assert!(may::<ReadMunicipality>(&store, &me, Object::Own).await.is_none());
        store.close().await;
    });
}

#[test]
fn staff_reach_their_unit_and_only_the_principal_the_protected() {
    on_both(|site| async move {
        let store = site.open().await;
        settle(&store, site.folder.path(), 12).await;
        let (teacher, head) = (sign_in(&store, teacher()).await, sign_in(&store, principal()).await);
        // Even families go to the first school, and the teacher has the classes of families 0 and 2. The protected guardian of
        // family 2 hides the child.
        for (family, sees, head_sees) in
            [(0, true, true), (2, false, true), (4, false, true), (1, false, false), (3, false, false)]
        {
            let object = Object::Child(child(family));
            assert_eq!(may::<ReadChild>(&store, &teacher, object).await.is_some(), sees, "teacher, {family}");
            assert_eq!(
                may::<ReadChild>(&store, &head, object).await.is_some(),
                head_sees,
                "principal, {family}"
            );
        }
        assert!(
            may::<ReadGroup>(&store, &teacher, Object::Group(group(0)))
                .await
                .is_some_and(|grant| !grant.sees_protected())
        );
        assert!(
            may::<ReadGroup>(&store, &head, Object::Group(group(0)))
                .await
                .is_some_and(|grant| grant.sees_protected())
        );
        assert!(may::<ReadGroup>(&store, &head, Object::Group(group(1))).await.is_none());
        assert!(may::<ReadGroup>(&store, &teacher, Object::Group(group(4))).await.is_none());
        assert!(may::<ReadGroup>(&store, &head, Object::Group(group(4))).await.is_some());
        assert!(may::<ReadHome>(&store, &teacher, Object::Own).await.is_none());
        let units = may::<ReadUnits>(&store, &teacher, Object::Own).await.unwrap();
        let (in_part, groups) = (vec![unit(0)], vec![group(0), group(2)]);
        assert_eq!(*units.scope(), Scope::Groups { whole: Vec::new(), in_part, groups });
        let units = may::<ReadUnits>(&store, &head, Object::Own).await.unwrap();
        assert_eq!(*units.scope(), Scope::Units(vec![unit(0)]));
        store.close().await;
    });
}

#[test]
fn the_municipality_reaches_figures_and_no_child() {
    on_both(|site| async move {
        let store = site.open().await;
        settle(&store, site.folder.path(), 12).await;
        let me = sign_in(&store, administrator()).await;
        assert!(me.is_municipal() && !me.is_guardian());
        // The figures of the whole, in which few are hidden, and not the exact ones of a unit.
        assert_eq!(
            *may::<ReadMunicipality>(&store, &me, Object::Own).await.unwrap().scope(),
            Scope::Municipality
        );
        assert!(may::<ReadUnits>(&store, &me, Object::Own).await.is_none());
        assert!(may::<ReadChild>(&store, &me, Object::Child(child(0))).await.is_none());
        assert!(may::<ReadGroup>(&store, &me, Object::Group(group(0))).await.is_none());
        store.close().await;
    });
}

#[test]
fn rights_end_with_the_relation_and_on_the_eighteenth_birthday() {
    on_both(|site| async move {
        let store = site.open().await;
        settle(&store, site.folder.path(), 6).await;
        let birthday = skolstart_shared::Timestamp::parse("2035-02-28T12:00:00Z").unwrap();
        site.clock.set(birthday);
        assert!(first_guardian(&store, 0).await.is_guardian());
        site.clock.set(birthday.plus_millis(24 * 3_600_000));
        assert!(!first_guardian(&store, 0).await.is_guardian());
        assert!(!sign_in(&store, guardian(0, true)).await.is_guardian());
        store.close().await;
    });
}
