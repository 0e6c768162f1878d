//! Placeholders: marks of a template that somebody forgot to fill in.
//!
//! | written | found | left alone |
//! |---|---|---|
//! | braces | `{name}` `{{name}}` `${name}` `#{name}` `{%name%}` `{0}` `{}` | `:-{` and braces around a sentence |
//! | square brackets | `[Name]` `[sett inn navn]` | `[1]` `[a]` `[EN]` `[#4711]` `[sic]` `[Edit: …]` `[text](link)` `:-[` |
//! | angle brackets | `<name>` `<<name>>` `<customer name>` | `<3` `>:(` `<b>` `</name>` `<https://…>` `a <b and c> d` |
//! | percent signs | `%name%` `%%NAME%%` `%s` `%1$s` `%(name)s` | `100 %` `50%` `%20` |
//! | lines | `__NAME__` `___` `____` | a line of nothing but `____`, which divides; `__bold__`, `-___-` |
//! | stars | `***navn***` `*** customer name ***` | `*bold*`, `**bold**`, `***important***`: markup around what is no slot |
//! | dates | `DD.MM` `TT.MM.JJJJ` `YYYY-MM-DD` `HH:MM` | `(DD.MM.YYYY)`, "in the format DD/MM/YYYY", which explain |
//! | X | `XXX` `XXXX` `XX.XX.XXXX` | `xxx` (kisses), `XXL`, `XX`, masked numbers such as `XXXX 1234` and `XXXX-XXXX-1234` |
//! | mail merge | `*|FNAME|*` | `*bold*`, and `«navn»`, which are quotation marks |
//! | words | `lorem ipsum`, `TODO:`, `FIXME` | `TBD`, which a finished text may say, and `TODO`, Spanish for "all" |
//!
//! What stands in brackets is a placeholder when it is short, has letters, and reads as a name or an instruction: no
//! sentence marks, at most 48 characters, on one line.

mod bracket;
mod date;
mod found;

use bracket::{angle, braces, names_a_slot, square};
use date::date;
use found::{Found, LONGEST, has_letter, is_word_byte};

use crate::Span;
use crate::text::bytescan;

/// Finds placeholders in `text` and appends their spans to `out` in the order of the text.
///
/// ```
/// use svar::text::placeholder::placeholders;
///
/// let text = "Hei {name}, ordren sendes [dato] <3";
/// let mut found = Vec::new();
/// placeholders(text, &mut found);
/// let found: Vec<_> = found.iter().map(|span| span.of(text)).collect();
/// assert_eq!(found, ["{name}", "[dato]"]);
/// ```
pub fn placeholders(text: &str, out: &mut Vec<Span>) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(next) = next_trigger(bytes, at) {
        at = next;
        let found = match bytes.get(at) {
            Some(b'{') => braces(text, at),
            Some(b'[') => square(text, at),
            Some(b'<') => angle(text, at),
            Some(b'%') => percent(text, at),
            Some(b'_') => underscores(text, at),
            Some(b'*') => stars(text, at),
            Some(b'X' | b'x') => crosses(text, at),
            Some(b'L' | b'l' | b'F') => word(text, at),
            Some(b'T') if bytes.get(at + 1) == Some(&b'O') => word(text, at),
            _ => date(text, at),
        };
        match found {
            Found::Placeholder(span) => {
                out.push(span);
                at = span.end;
            }
            Found::Nothing { next } => at = next.max(at + 1),
        }
    }
}

/// The next byte that may begin a placeholder. Letters count only where a word begins.
fn next_trigger(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        at = bytescan::find_pair(bytes, at, triggers)?;
        let letter = bytes.get(at).is_some_and(u8::is_ascii_alphabetic);
        let inside = at.checked_sub(1).and_then(|before| bytes.get(before)).is_some_and(|&b| is_word_byte(b));
        if !(letter && inside) {
            return Some(at);
        }
        at += 1;
    }
}

/// Whether two bytes may begin a placeholder. There is no branch in it, so that many are looked at at once.
#[inline(always)]
fn triggers(one: u8, two: u8) -> bool {
    let (lower_one, lower_two) = (one | 0x20, two | 0x20);
    let mark = (one == b'{') | (one == b'[') | (one == b'<') | (one == b'%') | (one == b'_') | (one == b'*');
    let goes_on = (lower_two == b'x') | (two == b'.') | (two == b':') | (two == b'-') | (two == b'/');
    // `Lorem`, `TODO:`, `FIXME`.
    let word = (lower_one == b'l') & (lower_two == b'o')
        | (one == b'T') & (two == b'O')
        | (one == b'F') & (two == b'I');
    // `DD.`, `TT.`, `YYYY-`, `HH:`.
    let day_or_hour = (lower_one == b'd') | (lower_one == b't') | (lower_one == b'y') | (lower_one == b'h');
    let doubled = (lower_one == lower_two) & day_or_hour;
    mark | (lower_one == b'x') & goes_on | word | doubled
}

/// `%name%`, `%%NAME%%`, `%s`, `%1$s`, `%(name)s`.
fn percent(text: &str, at: usize) -> Found {
    let head = text.get(..at).unwrap_or("");
    let tail = text.get(at + 1..).unwrap_or("");
    // `50%` and `100 %s` are shares; in `/%C3%A6` the sign writes a byte of a link.
    let share = head.trim_end_matches([' ', '\u{A0}', '\u{202F}']).ends_with(|c: char| c.is_ascii_digit());
    if share || head.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '/' | '=' | '-')) {
        return Found::Nothing { next: at + 1 };
    }
    if let Some(length) = printf(tail) {
        return Found::Placeholder(Span::new(at, at + 1 + length));
    }
    let double = usize::from(tail.starts_with('%'));
    let name: usize = tail.bytes().skip(double).take(LONGEST).take_while(|&b| is_name_byte(b)).count();
    let span =
        tail.get(double..double + name).filter(|name| name.len() > 1 && has_letter(name)).and_then(|_| {
            let rest = tail.get(double + name..)?;
            let closing = rest.bytes().take(1 + double).take_while(|&b| b == b'%').count();
            (closing > double).then_some(Span::new(at, at + 1 + double + name + closing))
        });
    Found::or_nothing(span)
}

/// The length of a `printf` conversion after its percent sign.
fn printf(tail: &str) -> Option<usize> {
    let position = tail.bytes().take(3).take_while(u8::is_ascii_digit).count();
    let after = tail.get(position..)?;
    let named =
        if after.starts_with('(') { after.bytes().take(LONGEST).position(|b| b == b')')? + 1 } else { 0 };
    let dollar = usize::from(position > 0 && after.starts_with('$'));
    if position > 0 && dollar == 0 {
        return None;
    }
    let conversion = after.get(named + dollar..)?;
    let rest = conversion.strip_prefix(['s', 'd', '@'])?;
    let ends = !rest.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '%' | '_'));
    ends.then_some(position + named + dollar + 1)
}

/// `__NAME__`, and three or more underscores beside text: a blank to fill in.
fn underscores(text: &str, at: usize) -> Found {
    let tail = text.get(at..).unwrap_or("");
    let run = tail.bytes().take_while(|&b| b == b'_').count();
    let rest = tail.get(run..).unwrap_or("");
    let nothing = Found::Nothing { next: at + run };
    if run == 2 {
        let name = rest
            .bytes()
            .take(LONGEST)
            .take_while(|&b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_');
        let name = rest.get(..name.count()).unwrap_or("");
        let closed = name.ends_with("__") && has_letter(name);
        return if closed { Found::Placeholder(Span::new(at, at + run + name.len())) } else { nothing };
    }
    let blank = |c: char| c.is_whitespace();
    let head = text.get(..at).unwrap_or("");
    let divides = head.chars().rev().take_while(|&c| c != '\n').all(blank)
        && rest.chars().take_while(|&c| c != '\n').all(blank);
    // Three are markup around words, and the mouth of a face.
    let stands_free = !head.ends_with(|c: char| !c.is_whitespace() && c != '(')
        && !rest.starts_with(|c: char| {
            !c.is_whitespace() && !matches!(c, ',' | '.' | '!' | '?' | ')' | ':' | ';')
        });
    let long = run >= 4 || run == 3 && stands_free;
    if long && !divides { Found::Placeholder(Span::new(at, at + run)) } else { nothing }
}

/// `***navn***`, `*|FNAME|*`.
fn stars(text: &str, at: usize) -> Found {
    let tail = text.get(at..).unwrap_or("");
    let run = tail.bytes().take_while(|&b| b == b'*').count();
    if run < 3 {
        return mail_merge(text, at);
    }
    let nothing = Found::Nothing { next: at + run };
    let rest = tail.get(run..).unwrap_or("");
    let near = rest.char_indices().take_while(|&(offset, c)| offset <= LONGEST && c != '\n');
    let Some((length, _)) = near.into_iter().find(|&(_, c)| c == '*') else { return nothing };
    let content = rest.get(..length).unwrap_or("");
    let closing = rest.get(length..).unwrap_or("").bytes().take(run).take_while(|&b| b == b'*').count();
    let letters = content.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '-' | '_' | '.' | '\''));
    if closing < 3 || !letters || !names_a_slot(&content.replace('_', " ")) {
        return nothing;
    }
    Found::Placeholder(Span::new(at, at + run + length + closing))
}

/// `*|FNAME|*`.
fn mail_merge(text: &str, at: usize) -> Found {
    let span = text.get(at..).and_then(|tail| tail.strip_prefix("*|")).and_then(|tail| {
        let name = tail.bytes().take(LONGEST).take_while(|&b| is_name_byte(b) || b == b':').count();
        tail.get(name..)?.starts_with("|*").then_some(Span::new(at, at + 2 + name + 2))
    });
    Found::or_nothing(span)
}

/// `XXX`, `XXXX`, and runs of X joined like a date or a time: `XX.XX.XXXX`, `xx:xx`.
fn crosses(text: &str, at: usize) -> Found {
    let is_cross = |b: u8| matches!(b, b'X' | b'x');
    let joins = |b: u8| matches!(b, b'.' | b':' | b'-' | b'/');
    let bytes = text.as_bytes();
    let mut end = at;
    let mut runs = 0;
    let mut shortest = usize::MAX;
    let mut capital = true;
    loop {
        let run = bytes.get(end..).unwrap_or(&[]).iter().take_while(|&&b| is_cross(b)).count();
        let part = bytes.get(end..end + run).unwrap_or(&[]);
        capital &= part.iter().all(|&b| b == b'X');
        (runs, shortest, end) = (runs + 1, shortest.min(run), end + run);
        match (bytes.get(end), bytes.get(end + 1)) {
            (Some(&join), Some(&next)) if joins(join) && is_cross(next) => end += 1,
            _ => break,
        }
    }
    let nothing = Found::Nothing { next: end };
    let ends = !bytes.get(end).is_some_and(|&b| is_word_byte(b) || b == b'_');
    let whole = if runs > 1 { shortest > 1 } else { shortest > 2 && capital };
    if ends && whole && !is_mask(text, at, end) { Found::Placeholder(Span::new(at, end)) } else { nothing }
}

/// Whether the X hide the digits of a number whose others are shown, as in `XXXX 1234` or `4111 XXXX XXXX 1111`.
fn is_mask(text: &str, at: usize, end: usize) -> bool {
    /// A number written in groups is not longer than this.
    const NEAR: usize = 24;
    let is_part = |c: char| matches!(c, 'X' | 'x' | '*' | '•' | ' ' | '-' | '.' | '\u{A0}');
    let shows = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let tail = text.get(end..).unwrap_or("");
    let head = text.get(..at).unwrap_or("");
    shows(tail.chars().take(NEAR).find(|&c| !is_part(c)))
        || shows(head.chars().rev().take(NEAR).find(|&c| !is_part(c)))
}

/// `lorem ipsum`, `TODO:`, `FIXME`.
fn word(text: &str, at: usize) -> Found {
    let tail = text.get(at..).unwrap_or("");
    let ends = |length: usize| !tail.as_bytes().get(length).is_some_and(|&b| is_word_byte(b) || b == b'_');
    if tail.starts_with("FIXME") && ends(5) {
        return Found::Placeholder(Span::new(at, at + 5));
    }
    if tail.starts_with("TODO:") {
        return Found::Placeholder(Span::new(at, at + 5));
    }
    let lorem = tail.get(..5).is_some_and(|word| word.eq_ignore_ascii_case("lorem"));
    let ipsum = tail.get(6..11).is_some_and(|word| word.eq_ignore_ascii_case("ipsum"));
    let spaced = tail.get(5..6).is_some_and(|space| space.starts_with(char::is_whitespace));
    Found::or_nothing((lorem && spaced && ipsum && ends(11)).then_some(Span::new(at, at + 11)))
}

fn is_name_byte(b: u8) -> bool {
    b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'-')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn found(text: &str) -> Vec<&str> {
        let mut out = Vec::new();
        placeholders(text, &mut out);
        out.iter().map(|span| span.of(text)).collect()
    }

    #[test]
    fn forgotten_slots_are_found() {
        for slot in [
            "{name}",
            "{ name }",
            "{{name}}",
            "{{{name}}}",
            "{{ customer.first_name | default: 'du' }}",
            "${name}",
            "#{name}",
            "{%customer.firstName%}",
            "{% name %}",
            "{0}",
            "{}",
            "{customer name}",
            "[Name]",
            "[name1]",
            "[customer name]",
            "[sett inn navn]",
            "[Imię]",
            "[Størrelse]",
            "[[name]]",
            "<name>",
            "<<name>>",
            "<customer name>",
            "<link>",
            "%name%",
            "%FIRST_NAME%",
            "%%NAME%%",
            "%s",
            "%1$s",
            "%d",
            "%@",
            "%(name)s",
            "__NAME__",
            "__FIRST_NAME__",
            "____",
            "___",
            "***navn***",
            "***NAVN***",
            "*** customer name ***",
            "***Kundens navn***",
            "*|FNAME|*",
            "XXX",
            "XXXX",
            "XX.XX.XXXX",
            "xx.xx.xxxx",
            "XX:XX",
            "lorem ipsum",
            "Lorem Ipsum",
            "FIXME",
            "TODO:",
        ] {
            for (before, after) in
                [("", ""), ("Hei ", ", takk!"), ("Å ", "."), ("(", ")"), ("nr.\n", "\nHilsen")]
            {
                if ["____", "___"].contains(&slot) && (before.is_empty() || before.ends_with('\n')) {
                    continue;
                }
                let text = format!("{before}{slot}{after}");
                assert_eq!(found(&text), [slot], "{text:?}");
            }
        }
        assert_eq!(found("{a}{b} [Navn][Dato]"), ["{a}", "{b}", "[Navn]", "[Dato]"]);
    }

    #[test]
    fn what_people_write_is_left_alone() {
        for text in [
            "",
            "Hei på deg, takk for praten!",
            "de sa ja { er det ikke sant?}",
            "[1] og [12], [a], [ ], [x], […]",
            "[EN] In English below",
            "[#4711] [SAK-12345] [ticket 778899]",
            "[sic] [Edit] [EDIT: lenken virker nå] [red.]",
            "Free delivery over £50 [UK mainland only]. Hallo [an alle], versandkostenfrei [nur in Deutschland]",
            "[Les mer](https://a.no) [b]fet[/b]",
            "<3 >:( :-[ :[ ;-] :{ :-{) >.< <- -> =>",
            "<b>fet</b> <br> </name> <https://a.no> <kari@a.no>",
            "a < b og c > d, x<y og y>z",
            "100 % sikker, 50%, 20%-30%, 5 %s, 10 %d",
            "https://a.no/%C3%A6%20%d0%bb?q=%name%",
            "xxx, xoxo, XXL, XXXL, XX, Xbox, xx",
            "kort XXXX 1234, 4111 XXXX XXXX 1111, XXXX-XXXX-XXXX-1234, XXXX1234, **** **** **** 1234",
            "*fet* __fet__ _kursiv_ snake_case __init__",
            "**important** ***important*** ***Viktig melding*** ___both___ **Navn:** Kari, f*** ***",
            "-___- T___T u___u",
            "Hilsen\n________\nKari",
            "TODO está bien. Dato: TBD. ToDo-liste",
            "«Navn» og “name”",
            "ipsum lorem, Lorem, loremipsum",
            "{dette er en lang bisetning i krøllparenteser, og den er ingen plassholder. Helt sant!}",
        ] {
            assert_eq!(found(text), Vec::<&str>::new(), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn any_text_gets_an_answer(text in "([{}\\[\\]<>%_*|$#()X]|[a-zå]{1,3}|[0-9 .:\n-]|\\PC|lorem ipsum|TODO:){0,50}") {
            let mut out = Vec::new();
            placeholders(&text, &mut out);
            prop_assert!(out.iter().all(|span| !span.of(&text).is_empty()));
            prop_assert!(out.windows(2).all(|pair| pair[0].end <= pair[1].start));
        }
    }
}
