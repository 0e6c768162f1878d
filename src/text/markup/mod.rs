//! Markup: signs of Markdown and HTML that stand in a text as they were written.
//!
//! Language models write Markdown unless they are told otherwise, and ticket systems HTML. Few channels make anything
//! of either.
//!
//! | written | found | left alone |
//! |---|---|---|
//! | strong | `**word**` `__two words__` `***word***` | `*word*` and `_word_`, which people write; `Preis**`, `f**k`, `a ** b` |
//! | link | `[label](https://…)` `![picture](www.…)` | `[1]`, `[sic]`, `[label] (see below)` |
//! | heading | `## Next steps` at the beginning of a line | `#hashtag`, `# 1` |
//! | fence | a line that begins with three backticks | `` `word` ``, don`t |
//! | tag | `<b>` `</p>` `<br />` `<a href="…">` | `<3`, `<name>`, `a <b and c> d` |
//! | entity | `&nbsp;` `&#39;` `&uuml;` | `R&D`, `&c;`, and `&amp;`, which X writes itself |

mod html;
mod markdown;

use serde::Serialize;

use crate::Span;
use crate::text::bytescan;

words! {
    /// What kind of sign it is.
    #[non_exhaustive]
    SignKind {
        /// Markdown's bold type, with the words that it stands around.
        Strong = "strong",
        /// Markdown's link or picture, with its label and target.
        Link = "link",
        /// Markdown's heading: the line.
        Heading = "heading",
        /// Markdown's fence around code: the line of the fence.
        Fence = "fence",
        /// A tag of HTML.
        Tag = "tag",
        /// A character that HTML writes by its name or number.
        Entity = "entity",
    }
}

impl SignKind {
    /// Whether it is HTML; the others are Markdown.
    pub const fn is_html(self) -> bool {
        matches!(self, SignKind::Tag | SignKind::Entity)
    }
}

/// A sign of Markdown or HTML in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct MarkupSign {
    /// What it is.
    pub kind: SignKind,
    /// Where it stands, with the words that it is about.
    #[serde(flatten)]
    pub span: Span,
}

impl MarkupSign {
    /// What would stand there without the signs: the words that they are about, `label: target` for a link, the
    /// character of an entity. `None` for the beginning of a link in HTML, whose target only a person can place.
    ///
    /// `text` is the text it was found in.
    pub fn plain(&self, text: &str) -> Option<String> {
        let sign = self.span.of(text);
        match self.kind {
            SignKind::Strong => markdown::words_of_strong(sign).map(plain),
            SignKind::Link => markdown::plain_link(sign).map(|link| plain(&link)),
            SignKind::Heading => Some(plain(markdown::words_of_heading(sign))),
            SignKind::Fence => Some(String::new()),
            SignKind::Tag => html::plain_tag(sign).map(str::to_owned),
            SignKind::Entity => html::entity(sign).map(|(_, character)| character.to_string()),
        }
    }
}

/// A text without its signs, but for those that only a person can take away.
fn plain(text: &str) -> String {
    let mut signs = Vec::new();
    markup(text, &mut signs);
    let (mut out, mut from) = (String::new(), 0);
    for sign in signs {
        let plain = sign.plain(text);
        out.push_str(text.get(from..sign.span.start).unwrap_or_default());
        out.push_str(plain.as_deref().unwrap_or(sign.span.of(text)));
        from = sign.span.end;
    }
    out + text.get(from..).unwrap_or_default()
}

/// Finds signs of Markdown and HTML in `text` and appends them to `out` in the order of the text. What stands inside
/// another is not told apart.
///
/// ```
/// use svar::text::markup::{SignKind, markup};
///
/// let text = "We are **truly sorry**, we&#39;re on it. #sorry";
/// let mut found = Vec::new();
/// markup(text, &mut found);
/// assert_eq!(found[0].kind, SignKind::Strong);
/// assert_eq!(found[0].plain(text).as_deref(), Some("truly sorry"));
/// assert_eq!(found[1].span.of(text), "&#39;");
/// assert_eq!(found.len(), 2);
/// ```
pub fn markup(text: &str, out: &mut Vec<MarkupSign>) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(next) = bytescan::find(bytes, at, triggers) {
        let found = match bytes.get(next) {
            Some(b'*' | b'_') => markdown::strong(text, next).ok_or_else(|| run(bytes, next)),
            Some(b'!' | b'[') => markdown::link(text, next).ok_or(1),
            Some(b'#') => markdown::heading(text, next).ok_or_else(|| run(bytes, next)),
            Some(b'`') => markdown::fence(text, next).ok_or_else(|| run(bytes, next)),
            Some(b'<') => html::tag(text, next).ok_or(1),
            _ => html::found_entity(text, next).ok_or(1),
        };
        at = match found {
            Ok(sign) => {
                out.push(sign);
                sign.span.end
            }
            Err(passed) => next + passed,
        };
    }
}

/// The bytes that signs begin with.
#[inline(always)]
fn triggers(byte: u8) -> bool {
    (byte == b'*')
        | (byte == b'_')
        | (byte == b'[')
        | (byte == b'!')
        | (byte == b'#')
        | (byte == b'`')
        | (byte == b'<')
        | (byte == b'&')
}

/// How often the byte at a place stands there in a row.
fn run(bytes: &[u8], at: usize) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    rest.iter().take_while(|&byte| Some(byte) == rest.first()).count()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn found(text: &str) -> Vec<(SignKind, &str)> {
        let mut signs = Vec::new();
        markup(text, &mut signs);
        signs.iter().map(|sign| (sign.kind, sign.span.of(text))).collect()
    }

    #[test]
    fn signs_are_found_with_what_they_are_about() {
        for (text, kind, sign) in [
            ("Vi er **virkelig lei oss** for det.", SignKind::Strong, "**virkelig lei oss**"),
            ("**Beklager!** Vi ser på det.", SignKind::Strong, "**Beklager!**"),
            ("Bitte __nicht öffentlich__ schreiben", SignKind::Strong, "__nicht öffentlich__"),
            ("To jest ***bardzo ważne***.", SignKind::Strong, "***bardzo ważne***"),
            ("(**7.30–9.00**)", SignKind::Strong, "**7.30–9.00**"),
            (
                "Se [driftsmeldinger](https://fjord.no/drift).",
                SignKind::Link,
                "[driftsmeldinger](https://fjord.no/drift)",
            ),
            ("![logo](www.fjord.no/l.png)", SignKind::Link, "![logo](www.fjord.no/l.png)"),
            ("Write to [us](mailto:help@fjord.no)", SignKind::Link, "[us](mailto:help@fjord.no)"),
            ("Hi Anna\n## Next steps\nWe call.", SignKind::Heading, "## Next steps"),
            ("# Sorry about that", SignKind::Heading, "# Sorry about that"),
            ("Run:\n```sh\nipconfig", SignKind::Fence, "```sh"),
            ("Sorry!<br>We call.", SignKind::Tag, "<br>"),
            ("Sorry!<BR />We call.", SignKind::Tag, "<BR />"),
            ("</p>", SignKind::Tag, "</p>"),
            ("<a href=\"https://fjord.no\">", SignKind::Tag, "<a href=\"https://fjord.no\">"),
            ("We&#39;re sorry", SignKind::Entity, "&#39;"),
            ("We&#x2019;re sorry", SignKind::Entity, "&#x2019;"),
            ("&quot;Hei", SignKind::Entity, "&quot;"),
            ("10&nbsp;kr", SignKind::Entity, "&nbsp;"),
            ("Gr&uuml;ße", SignKind::Entity, "&uuml;"),
        ] {
            assert_eq!(found(text), [(kind, sign)], "{text}");
        }
    }

    #[test]
    fn what_people_write_is_left_alone() {
        for text in [
            "*sukk* _virkelig_ ~nei~",
            "Fra 99 kr**\n**Gjelder nye kunder",
            "30 €** mtl. ** zzgl. Versand",
            "f**k that sh**",
            "2**3**4",
            "**** stjerner ****",
            "** **",
            "**!**",
            "a_b__c__d",
            "__init__.py",
            "-__- haha -__-",
            ">__< så synd >__<",
            "[1] og [sic] (https://fjord.no)",
            "[label] (https://fjord.no)",
            "[label](se under)",
            "[](https://fjord.no)",
            "#nett #1 ## #",
            "# 1",
            "Vi er # 1 i Norge",
            "don`t, can`t, `slik`",
            "<3 <33 >:( <name> a <b and c> d <-",
            "if a<b",
            "R&D, H&M; AT&T, &c; &# &#; &#xZZ; &#0; &#55296;",
            "Q&A;",
            "R&amp;D &lt;3 &gt;",
            "!!! Viktig !",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }

    #[test]
    fn a_text_without_its_signs_reads_as_it_was_meant() {
        for (written, meant) in [
            ("**Hei!** Vi ser på det.", "Hei! Vi ser på det."),
            ("## **Neste steg**\nVi ringer", "Neste steg\nVi ringer"),
            ("[**Drift**](https://fjord.no/drift)", "Drift: https://fjord.no/drift"),
            ("[https://fjord.no](https://fjord.no)", "https://fjord.no"),
            ("[us](mailto:help@fjord.no)", "us: help@fjord.no"),
            ("**Se [drift](https://fjord.no)**", "Se drift: https://fjord.no"),
            ("<p>Hei<br>Vi ringer</p>Takk", "Hei\nVi ringer\nTakk"),
            ("B&#38;B &ouml;", "B&B ö"),
            ("<a href='https://fjord.no'>drift</a>", "<a href='https://fjord.no'>drift"),
        ] {
            assert_eq!(plain(written), meant);
        }
    }

    proptest! {
        #[test]
        fn signs_stand_in_order_and_do_not_overlap(text in r"([*_#`<>&!;\[\]()a-c \n/=]|https://|&nbsp;|\*\*|<b>|å){0,40}") {
            let mut signs = Vec::new();
            markup(&text, &mut signs);
            let mut end = 0;
            for sign in signs {
                prop_assert!(sign.span.start >= end && sign.span.end > sign.span.start);
                prop_assert!(text.get(sign.span.start..sign.span.end).is_some());
                prop_assert!(sign.plain(&text).is_some() || sign.kind == SignKind::Tag);
                end = sign.span.end;
            }
        }
    }
}
