//! Where each value of a JSON text stands: one pass over the text, before any of it is read.
//!
//! Owns what is JSON and what is not. Called by `read`, which then finds a field by looking and passes over what it does
//! not know without reading it. Nothing here is generic, so nothing of it is copied for a type.

use super::fault::Fault;

/// Deeper than any form; an endless one must not fill the stack.
const DEEPEST: u8 = 100;

/// A value, or the name before a value in an object.
struct Place {
    /// Its first byte in the text.
    start: usize,
    /// The number of the place after it and all that is inside it.
    next: usize,
}

/// A text whose values are known. Places are numbered as they stand: an object is followed by name, value, name, …
pub(super) struct Outline<'a> {
    text: &'a str,
    at: usize,
    depth: u8,
    places: Vec<Place>,
}

impl<'a> Outline<'a> {
    /// # Errors
    /// The text is no JSON.
    pub(super) fn of(text: &'a str) -> Result<Self, Fault> {
        let mut outline = Self { text, at: 0, depth: 0, places: Vec::new() };
        outline.value()?;
        if outline.peek() == 0 && outline.at >= text.len() { Ok(outline) } else { Err(Fault) }
    }

    /// The text from the first byte of a place on; empty where there is no such place.
    #[inline(never)]
    pub(super) fn rest(&self, place: usize) -> &'a str {
        self.places.get(place).and_then(|place| self.text.get(place.start..)).unwrap_or_default()
    }

    /// The place after this one and what is inside it.
    #[inline(never)]
    pub(super) fn after(&self, place: usize) -> usize {
        self.places.get(place).map_or(place, |place| place.next)
    }

    fn byte(&self) -> u8 {
        self.text.as_bytes().get(self.at).copied().unwrap_or(0)
    }

    /// The next byte that is no space; 0 at the end.
    #[inline(never)]
    fn peek(&mut self) -> u8 {
        while matches!(self.byte(), b' ' | b'\n' | b'\r' | b'\t') {
            self.at += 1;
        }
        self.byte()
    }

    #[inline(never)]
    fn expect(&mut self, byte: u8) -> Result<(), Fault> {
        if self.peek() != byte {
            return Err(Fault);
        }
        self.at += 1;
        Ok(())
    }

    fn value(&mut self) -> Result<(), Fault> {
        let first = self.peek();
        let place = self.places.len();
        self.places.push(Place { start: self.at, next: 0 });
        match first {
            b'"' => self.text()?,
            b'[' => self.inside(b']')?,
            b'{' => self.inside(b'}')?,
            b't' => self.word("true")?,
            b'f' => self.word("false")?,
            b'n' => self.word("null")?,
            _ => self.number()?,
        }
        let next = self.places.len();
        if let Some(place) = self.places.get_mut(place) {
            place.next = next;
        }
        Ok(())
    }

    fn inside(&mut self, closing: u8) -> Result<(), Fault> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(Fault);
        }
        self.at += 1;
        let mut is_first = true;
        while self.peek() != closing {
            if !std::mem::take(&mut is_first) {
                self.expect(b',')?;
            }
            if closing == b'}' {
                if self.peek() != b'"' {
                    return Err(Fault);
                }
                self.value()?;
                self.expect(b':')?;
            }
            self.value()?;
        }
        self.at += 1;
        self.depth -= 1;
        Ok(())
    }

    fn text(&mut self) -> Result<(), Fault> {
        self.at += 1;
        loop {
            match self.byte() {
                b'"' => break,
                b'\\' => self.at += 2,
                // Control characters never stand bare in a text; 0 is also the end.
                0..0x20 => return Err(Fault),
                _ => self.at += 1,
            }
        }
        self.at += 1;
        Ok(())
    }

    fn word(&mut self, word: &str) -> Result<(), Fault> {
        let is_there = self.text.get(self.at..).is_some_and(|rest| rest.starts_with(word));
        self.at += word.len();
        if is_there { Ok(()) } else { Err(Fault) }
    }

    fn number(&mut self) -> Result<(), Fault> {
        let start = self.at;
        while matches!(self.byte(), b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E') {
            self.at += 1;
        }
        if self.at == start { Err(Fault) } else { Ok(()) }
    }
}
