use super::list::line;
use crate::policy::{Grant, HandleTodos, Principal, tasks_with};
use crate::store::{Published, Store, TodoRecord};
use crate::usecase::sent::answered;
use crate::usecase::{ReadError, unit_answers};
use skolstart_shared::Timestamp;
use skolstart_shared::access::Function;
use skolstart_shared::api::TodoOut;
use skolstart_shared::form::{Act, Answers, FieldKey, Setting};
use skolstart_shared::id::TodoId;

/// Something to do for the child of the grant, with the answer that it is done from.
///
/// # Errors
/// [`ReadError::NotFound`] when there is nothing like it for the reader to do.
pub async fn page(
    store: &Store,
    grant: Grant<HandleTodos>,
    principal: &Principal,
    id: TodoId,
) -> Result<TodoOut, ReadError> {
    let today = store.clock().today();
    let published = store.published();
    let list = store.todos(&grant, Timestamp::from_millis(0), today).await?;
    let todo = list.todos.iter().find(|todo| todo.id == id).ok_or(ReadError::NotFound)?;
    let line = line(&published, &list, principal, todo).ok_or(ReadError::NotFound)?;
    let child = list.children.get(&todo.child).ok_or(ReadError::NotFound)?;
    let act = asked(&published, todo).ok_or(ReadError::NotFound)?;
    let about = grant.audit("child", Some(todo.child.0));
    store.note(vec![grant.audit("todo", Some(id.0)), about]).await?;
    let sent = store.todo_cause(&grant, todo).await?;
    let setting = match todo.subject == todo.child {
        true => child.setting(today),
        false => Setting::of_nobody(today),
    };
    let tasks = tasks_with(principal, child, child.is_shielded(&list.people));
    let given = sent.as_ref().and_then(|(_, content)| {
        let act = (&todo.form.key, &todo.act);
        answered(&published, content, act, |child| child.is_none_or(|child| child == todo.subject), &setting)
    });
    let reader = Reader { published: &published, tasks: &tasks };
    let shown = given.clone().map(|answers| reader.shown(act, answers));
    let units = match unit_answers::asks_for_one(act) {
        true => store.units_to_choose(today).await?,
        false => Vec::new(),
    };
    let sender = sent.and_then(|(by, _)| by).filter(|person| grant.sees_protected() || !person.protected);
    Ok(TodoOut {
        by: sender.map(|person| person.name.for_staff().full()),
        withheld: given.map(|given| given.0.len()) != shown.as_ref().map(|shown| shown.0.len()),
        answers: shown,
        act: act.clone().in_locale(principal.locale()),
        units,
        line,
    })
}

/// The act in the version that set it in motion.
fn asked<'a>(published: &'a Published, todo: &TodoRecord) -> Option<&'a Act> {
    published.form(&todo.form)?.act(&todo.act)
}

/// Whose task it is.
struct Reader<'a> {
    published: &'a Published,
    tasks: &'a [Function],
}

impl Reader<'_> {
    /// The answers without those to elements that only others see.
    fn shown(&self, act: &Act, answers: Answers) -> Answers {
        let is_principal = self.tasks.contains(&Function::Principal);
        if !act.audience.holds(self.tasks, is_principal) {
            return Answers::default();
        }
        let is_shown = |field: &FieldKey| {
            let element = act.field(field).and_then(|field| field.element.as_ref());
            let known = element.and_then(|element| self.published.catalogue().get(element));
            known.is_none_or(|element| element.audience.holds(self.tasks, is_principal))
        };
        answers.0.into_iter().filter(|(field, _)| is_shown(field)).collect()
    }
}
