//! Texts with a marked span: `Det er <din egen feil>.`

use crate::Span;

/// A text and the spans that were marked in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Marked {
    pub(crate) text: String,
    pub(crate) spans: Vec<Span>,
}

impl Marked {
    /// Takes the marks out; `\<` and `\>` are the characters themselves.
    pub(crate) fn parse(written: &str) -> Marked {
        let mut marked = Marked::default();
        let mut open = None;
        let mut chars = written.chars();
        while let Some(c) = chars.next() {
            match c {
                '\\' => match chars.next() {
                    Some(escaped @ ('<' | '>' | '\\')) => marked.text.push(escaped),
                    other => {
                        marked.text.push('\\');
                        marked.text.extend(other);
                    }
                },
                '<' if open.is_none() => open = Some(marked.text.len()),
                '>' => match open.take() {
                    Some(start) => marked.spans.push(Span::new(start, marked.text.len())),
                    None => marked.text.push('>'),
                },
                c => marked.text.push(c),
            }
        }
        if let Some(start) = open {
            marked.text.insert(start, '<');
        }
        marked
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_taken_out() {
        let marked = Marked::parse("å <bc> d \\<3 e>f");
        assert_eq!(marked.text, "å bc d <3 e>f");
        assert_eq!(marked.spans, [Span::new(3, 5)]);
        assert_eq!(Marked::parse("a <3").text, "a <3");
    }
}
