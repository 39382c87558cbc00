use crate::policy::{Grant, HandleTodos, Principal, tasks_with};
use crate::store::{Published, Store, TodoList, TodoRecord};
use crate::usecase::ReadError;
use skolstart_shared::Locale;
use skolstart_shared::api::{TodoLine, TodoMarkOut};

/// For how long what is done stays in the list.
const DONE_DAYS: i64 = 60;

/// What the reader has the task of, the soonest due first.
///
/// # Errors
/// When it could not be read, or the reading not noted.
pub async fn list(
    store: &Store,
    grant: Grant<HandleTodos>,
    principal: &Principal,
) -> Result<Vec<TodoLine>, ReadError> {
    let since = store.clock().now().plus_millis(-DONE_DAYS * 24 * 3_600_000);
    let list = store.todos(&grant, since, store.clock().today()).await?;
    let published = store.published();
    let lines = list.todos.iter().filter_map(|todo| line(&published, &list, principal, todo));
    let mut lines: Vec<TodoLine> = lines.collect();
    lines.sort_by_key(|line| (line.done, line.due, line.opened, line.todo));
    let mut seen: Vec<_> = lines.iter().map(|line| line.child).collect();
    seen.sort();
    seen.dedup();
    store.note(seen.into_iter().map(|child| grant.audit("child", Some(child.0))).collect()).await?;
    Ok(lines)
}

/// `None`: the reader has no task with it, or the child has left the register.
pub(super) fn line(
    published: &Published,
    list: &TodoList,
    principal: &Principal,
    todo: &TodoRecord,
) -> Option<TodoLine> {
    let child = list.children.get(&todo.child)?;
    if !tasks_with(principal, child, child.is_shielded(&list.people)).contains(&todo.function) {
        return None;
    }
    let locale = principal.locale();
    let (what, form) = words(published, todo, locale)?;
    let last = todo.last.map(|(done, by, at)| {
        let person = list.people.get(&by).filter(|person| !person.protected);
        TodoMarkOut { done, at, by: person.map(|person| person.name.for_staff().full()).unwrap_or_default() }
    });
    Some(TodoLine {
        todo: todo.id,
        child: child.id,
        name: child.name.for_staff().full(),
        protected: child.protected,
        unit: child.unit.clone().unwrap_or_default(),
        group: child.place.and_then(|place| place.group).zip(child.group.clone()),
        what,
        form,
        function: todo.function,
        opened: todo.opened,
        asked: todo.asked,
        due: todo.due,
        done: todo.done.is_some(),
        last,
    })
}

/// What is to be done and the heading of the form, in the version that set it in motion.
fn words(published: &Published, todo: &TodoRecord, locale: Locale) -> Option<(String, String)> {
    let form = published.form(&todo.form)?;
    let follow_up = form.act(&todo.act)?.follow_ups.get(todo.nr)?;
    Some((follow_up.todo.get(locale).to_owned(), form.title.get(locale).to_owned()))
}
