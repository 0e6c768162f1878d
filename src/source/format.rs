//! How documents are written.

/// How a document is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// TOML 1.0; what TOML 1.1 adds is understood too.
    Toml,
    /// JSON as in RFC 8259.
    Json,
}

impl Format {
    /// JSON if the first character that is not white space opens an object, which no TOML document can begin with.
    pub fn of(text: &str) -> Self {
        let start = text.strip_prefix('\u{feff}').unwrap_or(text).trim_start();
        if start.starts_with('{') { Format::Json } else { Format::Toml }
    }
}
