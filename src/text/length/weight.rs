//! What single characters weigh on X, and which of them NFC may change.

/// How much more than one a character weighs (`config/v3.json` of twitter-text: `ranges` and `defaultWeight`).
pub(super) fn extra(c: char) -> isize {
    let light = matches!(c,
        '\0'..='\u{10FF}' | '\u{2000}'..='\u{200D}' | '\u{2010}'..='\u{201F}' | '\u{2032}'..='\u{2037}');
    isize::from(!light)
}

/// Whether a text with `c` in it may differ from its NFC. Wrong only in being too careful.
pub(super) fn may_change_in_nfc(c: char) -> bool {
    !matches!(c,
        // Latin letters, Cyrillic letters, dashes and quotes, currency signs, arrows and symbols, CJK, kana, Hangul
        // syllables, VS16, emoji.
        '\0'..='\u{2FF}' | '\u{400}'..='\u{482}' | '\u{48A}'..='\u{52F}' | '\u{200B}'..='\u{2060}' | '\u{20A0}'..='\u{20CF}'
        | '\u{2190}'..='\u{2328}' | '\u{232B}'..='\u{2ADB}' | '\u{2ADD}'..='\u{2BFF}' | '\u{3000}'..='\u{3029}'
        | '\u{3030}'..='\u{3098}' | '\u{309B}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}' | '\u{FE0F}' | '\u{FF00}'..='\u{FFEF}'
        | '\u{1F000}'..='\u{1FAFF}')
}

#[cfg(test)]
mod tests {
    use unicode_normalization::{
        IsNormalized, UnicodeNormalization, char::canonical_combining_class, is_nfc_quick,
    };

    use super::*;

    #[test]
    fn what_is_called_safe_is_safe() {
        for c in ('\0'..=char::MAX).filter(|&c| !may_change_in_nfc(c)) {
            assert_eq!(is_nfc_quick(std::iter::once(c)), IsNormalized::Yes, "{c:?}");
            assert_eq!(canonical_combining_class(c), 0, "{c:?}");
            assert!(std::iter::once(c).nfc().eq([c]), "{c:?}");
        }
    }
}
