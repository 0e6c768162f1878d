//! What can be the id of something.

use super::{Diagnostic, Key, Mistakes, quoted};

/// The letters of an id. Beside them it has digits, and single hyphens between its parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum IdLetters {
    /// Small ones only.
    Small,
    /// Small and capital ones.
    Any,
}

impl IdLetters {
    /// Reports a key that cannot be the id `of` something; `such_as` is one that could.
    pub(crate) fn check(self, key: &Key<'_>, of: &str, such_as: &str, mistakes: &Mistakes<'_>) {
        if !self.make(&key.text) {
            self.refuse(key, of, such_as, mistakes);
        }
    }

    /// Reports that a key cannot be the id of something.
    pub(crate) fn refuse(self, key: &Key<'_>, of: &str, such_as: &str, mistakes: &Mistakes<'_>) {
        let letters = if self == IdLetters::Small { "small letters" } else { "letters" };
        let message = format!("{} cannot be the id of {of}", quoted(&key.text));
        let help = format!("write {letters}, digits and single hyphens, such as {such_as}");
        mistakes.report(Diagnostic::error("id", message).at(mistakes.locate(key.place)).with_help(help));
    }

    fn make(self, id: &str) -> bool {
        let is_letter = |byte: u8| match self {
            IdLetters::Small => byte.is_ascii_lowercase(),
            IdLetters::Any => byte.is_ascii_alphabetic(),
        };
        let fits = |byte: u8| is_letter(byte) || byte.is_ascii_digit();
        id.split('-').all(|part| !part.is_empty() && part.bytes().all(fits))
    }
}

#[cfg(test)]
mod tests {
    use super::IdLetters::{Any, Small};

    #[test]
    fn parts_of_letters_and_digits_with_single_hyphens_between() {
        for id in ["web-chat", "x", "2nd-line"] {
            assert!(Small.make(id) && Any.make(id), "{id}");
        }
        assert!(Any.make("DE-BY") && !Small.make("DE-BY"));
        for id in ["", "-", "a-", "-a", "a--b", "a b", "a_b", "å"] {
            assert!(!Small.make(id) && !Any.make(id), "{id}");
        }
    }
}
