//! How documents are read.
//!
//! A policy is written by people, in several files that build on one another, and is read again and again while it is
//! being written. What an author needs most is to be told *everything* that is wrong, *where* it is wrong, and what
//! was probably meant, in one go. That is what this module is built around: nothing here stops at the first mistake,
//! and nothing forgets where it came from.
//!
//! A document takes four steps.
//!
//! 1. **Text becomes a tree.** [`Document::parse`] reads TOML or JSON into the same [`Table`] of [`Node`]s. Each key
//!    and each value has a [`Place`], which is two offsets and the number of the text in [`Sources`].
//! 2. **Trees are laid over one another.** [`merge`] puts one table over another, key by key; lists say `"+"` to add
//!    and `"-"` to take away. Places stay, so later mistakes are found in the file that made them.
//! 3. **The tree becomes types.** A [`TableReader`] is asked for keys, and a [`Field`] for what its value should be.
//!    Whatever does not fit goes to [`Mistakes`], and reading goes on.
//! 4. **Mistakes become an answer.** [`Mistakes::finish`] gives the sorted [`Diagnostics`], which print as lines, as
//!    JSON, or with the source they are about.
//!
//! ```
//! use svar::source::{Document, Mistakes, Sources, Table, merge};
//!
//! let mut sources = Sources::new();
//! let base = Document::parse(&mut sources, "base.toml", "[emoji]\nallow = ['😊', '👍']\nmax = 2\n")?;
//! let ours = Document::parse(&mut sources, "ours.json", r#"{"emoji": {"allow": ["+", "🎉"], "max": 1}}"#)?;
//!
//! let place = ours.place();
//! let mistakes = Mistakes::new(&sources);
//! let root = merge(merge(Table::default(), base.root, &mistakes), ours.root, &mistakes);
//!
//! let reader = mistakes.table(&root, place);
//! if let Some(emoji) = reader.need("emoji").table() {
//!     assert_eq!(emoji.get("allow").string_list(), Some(vec!["😊", "👍", "🎉"]));
//!     assert_eq!(emoji.get("max").integer(0..=10), Some(1));
//!     emoji.finish();
//! }
//! reader.finish();
//! mistakes.finish()?;
//! # Ok::<(), svar::source::Diagnostics>(())
//! ```
//!
//! And when something is wrong:
//!
//! ```
//! # use svar::source::{Document, Mistakes, Sources};
//! let mut sources = Sources::new();
//! let document = Document::parse(&mut sources, "ours.toml", "[emoji]\nmaxx = 1\n")?;
//! let mistakes = Mistakes::new(&sources);
//! let reader = mistakes.table(&document.root, document.place());
//! if let Some(emoji) = reader.need("emoji").table() {
//!     emoji.get("max").integer(0..=10);
//!     emoji.finish();
//! }
//! reader.finish();
//! assert_eq!(
//!     mistakes.finish().unwrap_err().render(),
//!     "\
//! error[unknown-key]: unknown key `maxx`
//!  --> ours.toml:2:1
//!   |
//! 2 | maxx = 1
//!   | ^^^^
//!   = help: did you mean `max`?
//! "
//! );
//! # Ok::<(), svar::source::Diagnostics>(())
//! ```
//!
//! Documents may come from anywhere: reading takes linear time (but for the logarithm of looking keys up), memory in
//! proportion to the text, and never panics. A document has at most [`Document::MAX_BYTES`] bytes and
//! [`Document::MAX_DEPTH`] levels, and at most [`Mistakes::MAX`] mistakes are listed; the others are only counted.

mod codes;
mod diagnostic;
mod document;
mod edit;
mod field;
mod flaws;
mod format;
mod id;
mod json;
mod member;
mod merge;
mod mistakes;
mod nearest;
mod node;
mod reader;
mod render;
pub(crate) mod schema;
mod sources;
mod tidy;
mod toml;

pub(crate) use codes::page;
pub use codes::{CODES, Code, Example, code};
pub use diagnostic::{Diagnostic, Diagnostics, Related, Severity, quoted};
pub use document::Document;
pub(crate) use document::read_object;
pub(crate) use edit::{Edit, Hop, edited, only};
pub use field::Field;
pub use format::Format;
pub(crate) use id::IdLetters;
pub(crate) use member::Member;
pub use merge::merge;
pub(crate) use merge::merge_gathering;
pub use mistakes::Mistakes;
pub use nearest::nearest;
pub(crate) use nearest::nearest_of_all;
pub use node::{Entry, Key, Node, Table, Value};
pub use reader::TableReader;
pub use render::Style;
pub use sources::{Location, Place, Source, SourceId, Sources};
pub use tidy::{WIDTH, tidy};
