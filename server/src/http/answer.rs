use http::{HeaderMap, HeaderName, HeaderValue};

/// What a handler answers: a value that becomes JSON, or JSON that is stored and must go out byte for byte.
#[derive(Debug)]
pub struct Answer<T> {
    pub(super) body: AnswerBody<T>,
    pub(super) headers: HeaderMap,
}

#[derive(Debug)]
pub(super) enum AnswerBody<T> {
    Value(T),
    Stored(Vec<u8>),
}

impl<T> Answer<T> {
    /// JSON as it was stored. A receipt sent twice is the same bytes twice.
    pub fn stored(json: Vec<u8>) -> Self {
        Self { body: AnswerBody::Stored(json), headers: HeaderMap::new() }
    }

    /// The answer with one more header.
    #[must_use]
    pub fn with(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.append(name, value);
        self
    }
}

impl<T> From<T> for Answer<T> {
    fn from(value: T) -> Self {
        Self { body: AnswerBody::Value(value), headers: HeaderMap::new() }
    }
}
