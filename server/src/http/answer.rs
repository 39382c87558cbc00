use http::{HeaderMap, HeaderName, HeaderValue, header};
use skolstart_shared::fact::FileType;

/// What a handler answers: a value that becomes JSON, or bytes that are stored and must go out as they are: JSON, or a
/// file.
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

    /// A file, to be shown and not kept by the browser. Its name is not told: it came from somebody's device.
    ///
    /// A picture is shown in a sandbox of its own. A document is not, because browsers show documents by a part of their own
    /// that a sandbox shuts out; `nosniff` and its type keep it from being anything else.
    pub fn file(kind: FileType, bytes: Vec<u8>) -> Self {
        const PICTURE: &str = "default-src 'none'; sandbox; frame-ancestors 'none'";
        const DOCUMENT: &str =
            "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'";
        let policy = if kind.is_picture() { PICTURE } else { DOCUMENT };
        let shown = match kind {
            FileType::Jpeg => "inline; filename=\"fil.jpg\"",
            FileType::Png => "inline; filename=\"fil.png\"",
            FileType::Heic => "inline; filename=\"fil.heic\"",
            FileType::Pdf => "inline; filename=\"fil.pdf\"",
        };
        Self::stored(bytes)
            .with(header::CONTENT_TYPE, HeaderValue::from_static(kind.media_type()))
            .with(header::CONTENT_DISPOSITION, HeaderValue::from_static(shown))
            .with(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy))
            .with(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"))
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
