//! Placeholders in brackets: braces, square and angle ones.

use super::found::{Found, LONGEST, has_letter};
use crate::Span;

/// The longest content of square brackets, in which people do put remarks.
const LONGEST_IN_SQUARE: usize = 48;

/// `{name}`, `{{name}}`, `${name}`, `#{name}`, `{%name%}`, `{0}`, `{}`.
pub(super) fn braces(text: &str, at: usize) -> Found {
    let tail = text.get(at..).unwrap_or("");
    let depth = tail.bytes().take_while(|&b| b == b'{').count();
    let opened = at + depth;
    let Some(content) = content(text, opened, '}', LONGEST).filter(|_| depth <= 3) else {
        return Found::Nothing { next: opened };
    };
    let closed = opened + content.len();
    let closing = text.get(closed..).unwrap_or("").bytes().take(depth).take_while(|&b| b == b'}').count();
    let inner = content.trim_matches(['%', ' ', '#', '/', '&', '!', '^', '~', '-']);
    let filled = is_slot(inner, "|:()'\",$@") && inner.split_whitespace().count() <= 5;
    let bare = depth == 1 && content.is_empty();
    if !(filled || bare || (!inner.is_empty() && inner.bytes().all(|b| b.is_ascii_digit()))) {
        return Found::Nothing { next: opened };
    }
    let signed = text.get(..at).is_some_and(|head| head.ends_with(['$', '#']));
    Found::Placeholder(Span::new(at - usize::from(signed), closed + closing))
}

/// `[Name]`, `[sett inn navn]`.
pub(super) fn square(text: &str, at: usize) -> Found {
    /// What editors, not templates, put in brackets.
    const REMARKS: &[&str] =
        &["sic", "edit", "edited", "red.", "update", "oppdatert", "opdateret", "ot", "nb"];
    let nothing = Found::Nothing { next: at + 1 };
    // The mouth of `:[` and `:-[`.
    let smiles = text.get(..at).is_some_and(|head| head.ends_with([':', ';', '=', '-']));
    let Some(content) = content(text, at + 1, ']', LONGEST_IN_SQUARE).filter(|_| !smiles) else {
        return nothing;
    };
    let end = at + 1 + content.len() + 1;
    let rest = text.get(end..).unwrap_or("");
    let content = content.trim_matches(['[', ' ']);
    if content.contains(' ') && !names_a_slot(content) {
        return nothing;
    }
    let letters = content.chars().filter(|c| c.is_alphabetic()).count();
    let digits = content.chars().filter(char::is_ascii_digit).count();
    let remark = REMARKS.iter().any(|remark| content.eq_ignore_ascii_case(remark));
    // Two letters are a language, a number is a note or a case, `[text](link)` is a link.
    let named =
        letters > 2 && digits <= 2 && !content.starts_with(['/', '#']) && !remark && !rest.starts_with('(');
    if named && is_slot(content, "'’") {
        let closing =
            usize::from(rest.starts_with(']') && text.get(..at + 2).is_some_and(|head| head.ends_with("[[")));
        return Found::Placeholder(Span::new(at, end + closing));
    }
    nothing
}

/// The words, in all languages, by which a template names what is to be filled in.
const SLOTS: &[&str] = &[
    "name",
    "names",
    "navn",
    "navnet",
    "namn",
    "imię",
    "imie",
    "nazwisko",
    "vorname",
    "nachname",
    "fornavn",
    "etternavn",
    "efternavn",
    "firstname",
    "customer",
    "customer's",
    "kunde",
    "kunden",
    "kundens",
    "kundenavn",
    "klient",
    "klienta",
    "agent",
    "order",
    "ordre",
    "ordrenummer",
    "bestellnummer",
    "number",
    "nummer",
    "numer",
    "date",
    "dato",
    "datum",
    "data",
    "time",
    "tid",
    "tidspunkt",
    "uhrzeit",
    "godzina",
    "link",
    "lenke",
    "lenkje",
    "url",
    "address",
    "adresse",
    "adres",
    "email",
    "e-mail",
    "e-post",
    "mail",
    "phone",
    "telefon",
    "product",
    "produkt",
    "amount",
    "beløp",
    "beløb",
    "betrag",
    "kwota",
    "insert",
    "sett",
    "set",
    "indsæt",
    "einfügen",
    "eintragen",
    "wstaw",
    "wpisz",
    "fyll",
    "udfyld",
    "text",
    "tekst",
    "placeholder",
    "signature",
    "signatur",
    "company",
    "firma",
];

/// Whether words in brackets or between stars say what is to be filled in; a remark (`[UK mainland only]`) does not.
pub(super) fn names_a_slot(content: &str) -> bool {
    content.split(' ').any(|word| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        SLOTS.contains(&word.as_str())
    })
}

/// `<name>`, `<<name>>`, `<customer name>`.
pub(super) fn angle(text: &str, at: usize) -> Found {
    let nothing = Found::Nothing { next: at + 1 };
    let double = text.get(at + 1..).is_some_and(|tail| tail.starts_with('<'));
    let opened = at + 1 + usize::from(double);
    let Some(content) = content(text, opened, '>', LONGEST_IN_SQUARE) else { return nothing };
    let closed = opened + content.len();
    let closing =
        text.get(closed..).unwrap_or("").bytes().take(1 + usize::from(double)).take_while(|&b| b == b'>');
    let end = closed + closing.count();
    // `a<b and c>d` compares; a placeholder stands free and holds its content tightly.
    let free = !text.get(..at).is_some_and(|head| head.ends_with(char::is_alphanumeric))
        && !text.get(end..).is_some_and(|rest| rest.starts_with(char::is_alphanumeric));
    let letters = content.chars().filter(|c| c.is_alphabetic()).count();
    let tight = content.starts_with(char::is_alphabetic) && content.ends_with(char::is_alphanumeric);
    if free && tight && letters > 1 && !is_html(content) && is_slot(content, "'’") {
        return Found::Placeholder(Span::new(at, end));
    }
    nothing
}

/// Whether it is the name of an HTML element that people type into texts. `<link>` alone is a placeholder.
fn is_html(content: &str) -> bool {
    const ELEMENTS: &[&str] = &[
        "a",
        "abbr",
        "b",
        "big",
        "blockquote",
        "body",
        "br",
        "center",
        "code",
        "del",
        "div",
        "em",
        "font",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "head",
        "header",
        "hr",
        "html",
        "i",
        "img",
        "ins",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "q",
        "s",
        "script",
        "section",
        "small",
        "span",
        "strike",
        "strong",
        "style",
        "sub",
        "sup",
        "table",
        "td",
        "th",
        "tr",
        "tt",
        "u",
        "ul",
    ];
    ELEMENTS.iter().any(|element| content.eq_ignore_ascii_case(element))
}

/// The text from `from` up to `close`, if it comes on the same line and within `longest` bytes.
fn content(text: &str, from: usize, close: char, longest: usize) -> Option<&str> {
    let tail = text.get(from..)?;
    let near = tail.char_indices().take_while(|&(offset, c)| offset <= longest && c != '\n');
    let (end, _) = near.into_iter().find(|&(_, c)| c == close)?;
    tail.get(..end)
}

/// Whether the content of brackets reads as a name or an instruction: letters, and nothing that ends a sentence.
fn is_slot(content: &str, allowed: &str) -> bool {
    let fits =
        |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '-' | ' ' | '/') || allowed.contains(c);
    has_letter(content) && content.chars().all(|c| fits(c) || is_mark(c)) && !content.contains(". ")
}

/// Combining marks, as in a name decomposed by NFD.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{0300}'..='\u{036F}')
}
