//! E-mail addresses. Owns which addresses mail can reach; must not guess what was meant.

use std::fmt;

use crate::text_value::{is_gap, is_invisible, travels_as_text};
use crate::violation::Code;

/// An e-mail address, its domain in lower case.
///
/// Personal data: `Debug` is redacted and there is no `Display`, so that no log line gets it by accident.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Email(String);

travels_as_text!(Email, parse, as_str, "^[^@ ]{1,64}@[^@ ]+\\.[^@ ]+$");

/// The longest address that fits the envelope of a mail (RFC 5321, 4.5.3.1.3), in bytes.
const LONGEST: usize = 254;
/// The longest part before the `@` (RFC 5321, 4.5.3.1.1), in bytes.
const LONGEST_LOCAL_PART: usize = 64;
/// The longest part of a domain between two dots (RFC 1035, 2.3.4).
const LONGEST_LABEL: usize = 63;

impl Email {
    /// Reads an address; what stands around it is cut away. Letters beyond ASCII are allowed on both sides (RFC 6531).
    ///
    /// # Errors
    /// [`Code::NotAnEmail`] when mail cannot reach it: no `@` or several, spaces, no dot in the domain, parts that are
    /// empty or too long. Quoted local parts and addresses with a number for domain are refused too: they are legal
    /// and nobody has one.
    pub fn parse(input: &str) -> Result<Self, Code> {
        Self::read(input.trim_matches(is_gap)).ok_or(Code::NotAnEmail)
    }

    fn read(text: &str) -> Option<Self> {
        let (local, domain) = text.split_once('@')?;
        let reachable = text.len() <= LONGEST && is_local_part(local) && is_domain(domain);
        reachable.then(|| {
            let mut address = String::with_capacity(text.len());
            address.push_str(local);
            address.push('@');
            address.extend(domain.chars().map(lower_case));
            Self(address)
        })
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What stands after the `@`, in lower case.
    pub fn domain(&self) -> &str {
        self.0.split_once('@').map_or("", |(_, domain)| domain)
    }
}

fn is_local_part(local: &str) -> bool {
    local.len() <= LONGEST_LOCAL_PART
        && local.split('.').all(|atom| !atom.is_empty())
        && local.chars().all(|c| is_letter_beyond_ascii(c) || is_atom_character(c))
}

/// The characters of an atom and the dot (RFC 5322, 3.2.3).
fn is_atom_character(c: char) -> bool {
    c.is_ascii_alphanumeric() || (c.is_ascii_punctuation() && !r#""(),:;<>@[\]"#.contains(c))
}

fn is_domain(domain: &str) -> bool {
    let top = domain.rsplit('.').next().unwrap_or_default();
    domain.contains('.') && domain.split('.').all(is_label) && !top.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_label(label: &str) -> bool {
    let allowed = |c: char| c.is_ascii_alphanumeric() || c == '-' || is_letter_beyond_ascii(c);
    (1..=LONGEST_LABEL).contains(&label.chars().count())
        && !label.starts_with('-')
        && !label.ends_with('-')
        && label.chars().all(allowed)
}

/// Everything from À on that can be seen. A table of the letters of all scripts would cost the guardian's download
/// more than it catches.
fn is_letter_beyond_ascii(c: char) -> bool {
    c >= 'À'
        && !c.is_whitespace()
        && !is_invisible(c)
        && !matches!(c, '×' | '÷' | '\u{2000}'..='\u{206f}' | '\u{fff0}'..='\u{ffff}')
}

/// Lower case of ASCII and of the Latin letters of Western Europe; domains in other scripts are kept as typed.
fn lower_case(c: char) -> char {
    match c {
        'À'..='Þ' if c != '×' => char::from_u32(c as u32 + 32).unwrap_or(c),
        _ => c.to_ascii_lowercase(),
    }
}

impl fmt::Debug for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Email(****)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_addresses() {
        for (typed, stored) in [
            ("anna.berg@exempel.se", "anna.berg@exempel.se"),
            (" Anna.Berg@Exempel.SE\u{a0}", "Anna.Berg@exempel.se"),
            ("a+skola@mail.exempel.co.uk", "a+skola@mail.exempel.co.uk"),
            ("o'neill_{x}@exempel.se", "o'neill_{x}@exempel.se"),
            ("åsa@RÄKSMÖRGÅS.se", "åsa@räksmörgås.se"),
            ("a@例え.テスト", "a@例え.テスト"),
            ("a@123.se", "a@123.se"),
        ] {
            assert_eq!(Email::parse(typed), Ok(Email(stored.to_owned())), "{typed}");
        }
        assert_eq!(Email::parse("a@Exempel.se").unwrap().domain(), "exempel.se");
    }

    #[test]
    fn refuses_what_mail_cannot_reach() {
        for wrong in [
            "",
            "@",
            "anna",
            "anna@",
            "@exempel.se",
            "anna@exempel",
            "anna@@exempel.se",
            "a@b@exempel.se",
            "anna berg@exempel.se",
            "anna@exem pel.se",
            "anna@exempel..se",
            "anna@.se",
            "anna@exempel.se.",
            ".anna@exempel.se",
            "anna.@exempel.se",
            "an..na@exempel.se",
            "anna@-exempel.se",
            "anna@exempel-.se",
            "anna@exempel_1.se",
            "anna@192.168.0.1",
            "\"anna\"@exempel.se",
            "anna,berg@exempel.se",
            "Anna <anna@exempel.se>",
            "anna@exempel.se, b@exempel.se",
            "anna\u{0}@exempel.se",
            "anna@exem\u{200b}pel.se",
            "anna@exempel\u{202e}.se",
            "an\u{a0}na@exempel.se",
        ] {
            assert_eq!(Email::parse(wrong), Err(Code::NotAnEmail), "{wrong}");
        }
    }

    #[test]
    fn keeps_the_lengths_of_the_standards() {
        let address = |local: usize, label: usize| format!("{}@{}.se", "a".repeat(local), "b".repeat(label));
        assert!(Email::parse(&address(64, 63)).is_ok());
        assert!(Email::parse(&address(65, 63)).is_err());
        assert!(Email::parse(&address(64, 64)).is_err());
        let long =
            |last: usize| format!("{}@{}{}.se", "a".repeat(64), "b23456789.".repeat(18), "c".repeat(last));
        assert_eq!(long(6).len(), LONGEST);
        assert!(Email::parse(&long(6)).is_ok());
        assert!(Email::parse(&long(7)).is_err());
    }
}
