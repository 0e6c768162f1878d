//! Names with `*` in them.

/// A name, or several: `*` stands for any run of characters, as in `tone.*`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Pattern(String);

impl Pattern {
    pub(crate) fn new(written: &str) -> Self {
        Pattern(written.to_owned())
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is a single name.
    pub(crate) fn is_exact(&self) -> bool {
        !self.0.contains('*')
    }

    /// Whether a name is one of those that are meant. The pieces between stars are found one after another, so that
    /// the time is at worst that of as many searches as there are stars.
    pub(crate) fn matches(&self, name: &str) -> bool {
        let mut pieces = self.0.split('*');
        let first = pieces.next().unwrap_or_default();
        let Some(mut rest) = name.strip_prefix(first) else { return false };
        let Some(last) = pieces.next_back() else { return rest.is_empty() };
        for piece in pieces {
            match rest.find(piece) {
                Some(at) => rest = rest.get(at + piece.len()..).unwrap_or_default(),
                None => return false,
            }
        }
        rest.ends_with(last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_anything() {
        let yes = |pattern: &str, name| Pattern::new(pattern).matches(name);
        assert!(
            yes("tone.*", "tone.blame") && yes("tone.*", "tone.") && yes("*", "") && yes("a*b*c", "a-b-b-c")
        );
        assert!(
            yes("tone.blame", "tone.blame") && yes("*.blame", "tone.blame") && yes("*one*", "tone.blame")
        );
        assert!(
            !yes("tone.*", "tune.blame") && !yes("tone", "tone.blame") && !yes("a*a", "a") && !yes("", "a")
        );
    }
}
