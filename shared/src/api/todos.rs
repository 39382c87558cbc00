use super::endpoint::{Nothing, endpoints};
use super::guardian::UnitOption;
use crate::access::Function;
use crate::date::{Date, Timestamp};
use crate::form::{Act, Answers};
use crate::id::{ChangeId, GroupId, PersonId, TodoId};
use serde::{Deserialize, Serialize};

endpoints! {
    /// What answers have set in motion and the caller has the task of: all that is left, and what was done lately.
    GetTodos = Get "/api/staff/todos" HandleTodos (()) Nothing => Vec<TodoLine>;
    /// One of them, with the answer that last asked for it as far as the caller is among its readers.
    GetTodo = Get "/api/staff/children/{child}/todos/{todo}" HandleTodos ((PersonId, TodoId)) Nothing => TodoOut;
    /// Says that something is done, or is not after all. The same id and content again changes nothing.
    PutTodoMark = Put "/api/staff/children/{child}/todos/{todo}/marks/{mark}" HandleTodos ((PersonId, TodoId, ChangeId)) TodoMarkIn => Nothing;
}

/// Something to do, as a line of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TodoLine {
    /// Its id.
    pub todo: TodoId,
    /// The child.
    pub child: PersonId,
    /// The child's name.
    pub name: String,
    /// True when the identity is protected.
    pub protected: bool,
    /// The unit's name.
    pub unit: String,
    /// The group, and its name.
    pub group: Option<(GroupId, String)>,
    /// What is to be done, in the language of the request.
    pub what: String,
    /// The form whose answer set it in motion, in the language of the request.
    pub form: String,
    /// Whose task it is.
    pub function: Function,
    /// When it was set in motion.
    pub opened: Timestamp,
    /// When an answer last asked for it.
    pub asked: Timestamp,
    /// Until when.
    pub due: Date,
    /// True when it is done.
    pub done: bool,
    /// Who last said that it is done or is not.
    pub last: Option<TodoMarkOut>,
}

/// Something to do, with what it is done from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TodoOut {
    /// As in the list.
    pub line: TodoLine,
    /// The act that was answered, in the language of the request.
    pub act: Act,
    /// Who answered, by name. `None`: an identity that is protected.
    pub by: Option<String>,
    /// The answer. `None`: it came in another way than in this form, or is kept no more.
    pub answers: Option<Answers>,
    /// True when there are answers that the caller is not among the readers of.
    pub withheld: bool,
    /// The units that an answer can name. Empty when nothing asks for one.
    #[serde(default)]
    pub units: Vec<UnitOption>,
}

/// That something is done, or is not after all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TodoMarkOut {
    /// Done, or not.
    pub done: bool,
    /// Who said so, by name. Empty: somebody whose identity is protected.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// What somebody says about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct TodoMarkIn {
    /// Done, or not.
    pub done: bool,
    /// When an answer had last asked for it, as it was shown.
    pub seen: Timestamp,
}
