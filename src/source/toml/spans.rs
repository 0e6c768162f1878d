//! Places as the parser counts them, and as we do: the same bytes.

use crate::Span;

pub(super) fn our_span(span: toml_parser::Span) -> Span {
    Span::new(span.start(), span.end())
}

pub(super) fn parser_span(span: Span) -> toml_parser::Span {
    toml_parser::Span::new_unchecked(span.start, span.end)
}
