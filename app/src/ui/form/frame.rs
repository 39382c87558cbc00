//! What stands around every field: question, help, what is wrong. `style/components/field.css`.

use crate::ui::{El, follow};

/// What a field says.
#[derive(Clone, Default)]
pub struct Frame {
    /// The path of the field, unique on the page: `contacts.0.phone`.
    pub path: String,
    /// The question.
    pub label: String,
    /// What stands softly after the question: "frivilligt". Empty: nothing.
    pub mark: String,
    /// What helps to answer. Empty: nothing.
    pub help: String,
    /// The unit after the input: "kr". Empty: nothing.
    pub suffix: String,
}

/// The id of the input of a path; links of an error summary lead there.
pub fn id_of(path: &str) -> String {
    ["f-", &path.replace('.', "-")].concat()
}

/// What is wrong with a field, in words, if it is to be said now.
pub type Wrong = Box<dyn Fn() -> Option<String>>;

impl Frame {
    /// The id of the input, or of the first one.
    pub fn id(&self) -> String {
        id_of(&self.path)
    }

    fn sub(&self, part: &str) -> String {
        [self.id().as_str(), part].concat()
    }

    fn question(&self, tag: &str) -> El {
        let question = El::new(tag, "field__label").text(&self.label);
        if self.mark.is_empty() {
            return question;
        }
        question.text(" ").child(&El::new("span", "field__optional").text(&self.mark))
    }

    /// A field of one input: a label, then what describes it, then `input`, which says whether it is right.
    pub(super) fn around(&self, input: &El, wrong: Wrong) -> El {
        let field = El::new("div", "field").child(&self.question("label").attr("for", &self.id()));
        let field = self.described(field, input, wrong);
        if self.suffix.is_empty() {
            return field.child(input);
        }
        let suffix = El::new("span", "suffixed__unit").text(&self.suffix);
        field.child(&El::new("div", "suffixed").child(input).child(&suffix))
    }

    /// A field of several inputs: a fieldset with a legend.
    pub fn around_group(&self, inside: &El, wrong: Wrong) -> El {
        let field = El::new("fieldset", "field").child(&self.question("legend"));
        let group = field.clone();
        let field = self.described(field, &group, wrong);
        field.child(inside)
    }

    fn described(&self, field: El, target: &El, wrong: Wrong) -> El {
        let (help_id, error_id) = (self.sub("-help"), self.sub("-error"));
        let mut field = field;
        if !self.help.is_empty() {
            field = field.child(&El::new("p", "field__help").attr("id", &help_id).text(&self.help));
        }
        let words = El::new("span", "");
        let error =
            El::new("p", "field__error").attr("id", &error_id).child(&El::icon("warning")).child(&words);
        field.add(&error);
        let (outer, target) = (field.clone(), target.clone());
        let has_help = !self.help.is_empty();
        follow(move || {
            let message = wrong();
            words.say(message.as_deref().unwrap_or_default());
            error.show(message.is_some());
            outer.flag("data-invalid", message.is_some());
            let described = match (has_help, message.is_some()) {
                (true, true) => [&help_id, " ", &error_id].concat(),
                (true, false) => help_id.clone(),
                (false, true) => error_id.clone(),
                (false, false) => String::new(),
            };
            target.set("aria-describedby", &described);
            target.set("aria-invalid", if message.is_some() { "true" } else { "false" });
        });
        field
    }
}
