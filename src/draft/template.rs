//! Templates: the notation, read into pieces.

use std::borrow::Cow;
use std::sync::OnceLock;

use super::slot::{Form, SlotType, Slots};
use crate::lexicon::{AddressForm, Register};
use crate::source::{Location, nearest, quoted};

/// The longest template, in bytes. What is longer belongs into the answer of a host.
pub const LONGEST_TEMPLATE: usize = 1024;

/// A piece of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// Words as they stand.
    Text(Box<str>),
    /// The value of a slot, in a form.
    Slot(u8, Form),
    /// Formal address, then informal.
    Choice(Box<str>, Box<str>),
    /// What may be left out.
    Optional(Box<[Piece]>),
}

/// A set of slots, by their numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct SlotSet(u64);

impl SlotSet {
    pub(super) fn insert(&mut self, slot: u8) {
        self.0 |= 1u64.checked_shl(u32::from(slot)).unwrap_or(0);
    }

    pub(super) fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub(super) fn len(self) -> u32 {
        self.0.count_ones()
    }

    pub(super) fn contains_all(self, other: SlotSet) -> bool {
        other.0 & !self.0 == 0
    }

    pub(super) fn meets(self, other: SlotSet) -> bool {
        self.0 & other.0 != 0
    }

    pub(super) fn without(self, other: SlotSet) -> SlotSet {
        SlotSet(self.0 & !other.0)
    }

    pub(super) fn and(self, other: SlotSet) -> SlotSet {
        SlotSet(self.0 | other.0)
    }

    pub(super) fn iter(self) -> impl Iterator<Item = u8> {
        (0..64u8).filter(move |at| self.0 & (1 << at) != 0)
    }
}

/// The forms of address a template suits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Forms {
    pub(super) formal: bool,
    pub(super) informal: bool,
    pub(super) none: bool,
}

impl Forms {
    /// What a text suits in which a form is heard.
    pub(super) fn of(heard: AddressForm) -> Forms {
        Forms {
            formal: matches!(heard, AddressForm::Formal | AddressForm::None),
            informal: matches!(heard, AddressForm::Informal | AddressForm::None),
            none: heard == AddressForm::None,
        }
    }

    pub(super) fn suits(self, form: AddressForm) -> bool {
        match form {
            AddressForm::Formal => self.formal,
            AddressForm::Informal => self.informal,
            AddressForm::None => self.none,
            AddressForm::Mixed => false,
        }
    }
}

/// The registers a template suits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Registers {
    One(Register),
    Any,
}

/// A sentence or two that say an act.
#[derive(Clone, Debug)]
pub(crate) struct Template {
    /// As it was written.
    pub(super) written: Box<str>,
    pub(super) pieces: Box<[Piece]>,
    /// Slots it cannot be said without.
    pub(super) required: SlotSet,
    pub(super) registers: Registers,
    pub(super) location: Option<Location>,
    has_choice: bool,
    /// Heard once it is asked for, since most templates of a policy are never said.
    forms: OnceLock<Forms>,
}

impl Template {
    /// The template as it was written.
    pub(crate) fn written(&self) -> &str {
        &self.written
    }

    /// Where it stands.
    pub(crate) fn location(&self) -> Option<&Location> {
        self.location.as_ref()
    }

    pub(super) fn suits_register(&self, register: Register) -> bool {
        match self.registers {
            Registers::One(own) => own == register,
            Registers::Any => true,
        }
    }

    /// Whether it says formal and informal address itself.
    pub(crate) fn has_choice(&self) -> bool {
        self.has_choice
    }

    /// Whether something in it may be left out.
    pub(super) fn has_optional(&self) -> bool {
        self.pieces.iter().any(|piece| matches!(piece, Piece::Optional(_)))
    }

    /// The forms of address it suits; `hear` says which form a template that makes no choice is heard to have.
    pub(super) fn forms(&self, hear: impl FnOnce(&Template) -> AddressForm) -> Forms {
        if self.has_choice {
            return Forms { formal: true, informal: true, none: false };
        }
        *self.forms.get_or_init(|| Forms::of(hear(self)))
    }

    /// Reads a template; everything that is wrong with it goes into `faults`.
    pub(super) fn read(
        written: &str,
        registers: Registers,
        location: Option<Location>,
        slots: &Slots,
        faults: &mut Vec<Fault>,
    ) -> Option<Template> {
        let before = faults.len();
        let mut reader = Reader { rest: written, slots, faults };
        let pieces = reader.pieces(None);
        if written.len() > LONGEST_TEMPLATE {
            faults.push(Fault::new(format!("a template of {} bytes", written.len())).with_help(format!(
                "a template has at most {LONGEST_TEMPLATE} bytes; a whole answer is a slot of sentences"
            )));
        }
        if written.trim() != written || written.is_empty() {
            let help = "a template is whole sentences; svar puts the space between them";
            faults
                .push(Fault::new("a template with nothing or with white space at its ends").with_help(help));
        }
        if faults.len() > before {
            return None;
        }
        let mut required = SlotSet::default();
        let mut has_choice = false;
        for piece in &pieces {
            match piece {
                Piece::Slot(slot, _) => required.insert(*slot),
                Piece::Choice(..) => has_choice = true,
                Piece::Optional(inner) => {
                    has_choice |= inner.iter().any(|piece| matches!(piece, Piece::Choice(..)));
                }
                Piece::Text(_) => {}
            }
        }
        Some(Template {
            written: written.into(),
            pieces: pieces.into(),
            required,
            registers,
            location,
            has_choice,
            forms: OnceLock::new(),
        })
    }
}

/// What is wrong with a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) code: &'static str,
    pub(super) message: String,
    pub(super) help: Option<String>,
}

impl Fault {
    pub(super) fn new(message: impl Into<String>) -> Fault {
        Fault { code: "template", message: message.into(), help: None }
    }

    fn with_help(self, help: impl Into<String>) -> Fault {
        Fault { help: Some(help.into()), ..self }
    }

    fn with_code(self, code: &'static str) -> Fault {
        Fault { code, ..self }
    }
}

struct Reader<'t, 'f> {
    rest: &'t str,
    slots: &'t Slots,
    faults: &'f mut Vec<Fault>,
}

impl<'t> Reader<'t, '_> {
    fn next(&mut self) -> Option<char> {
        let c = self.rest.chars().next()?;
        self.rest = self.rest.get(c.len_utf8()..).unwrap_or("");
        Some(c)
    }

    /// What stands before the next sign that the notation gives a meaning to.
    fn plain(&mut self) -> &'t str {
        let sign =
            |byte| matches!(byte, b'\\' | b'{' | b'<' | b'[' | b'}' | b']' | b'>' | b'\n' | b'\r' | b'\t');
        let end = self.rest.bytes().position(sign).unwrap_or(self.rest.len());
        let (plain, rest) = self.rest.split_at_checked(end).unwrap_or_default();
        self.rest = rest;
        plain
    }

    fn fault(&mut self, message: &str, help: &str) {
        self.faults.push(Fault::new(message).with_help(help));
    }

    /// Pieces up to the end, or up to `]` inside an optional part.
    fn pieces(&mut self, close: Option<char>) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let mut text = Cow::Borrowed("");
        loop {
            text += self.plain();
            let Some(c) = self.next() else { break };
            let piece = match c {
                '\\' => {
                    match self.next() {
                        Some(c) => text.to_mut().push(c),
                        None => self.fault("a `\\` at the end", "`\\` takes the next character as it is"),
                    }
                    continue;
                }
                '{' => self.slot(),
                '<' => self.choice(),
                '[' if close.is_some() => {
                    self.fault("an optional part inside another", "close the outer one first");
                    Some(Piece::Optional(self.pieces(Some(']')).into()))
                }
                '[' => Some(self.optional()),
                ']' if close.is_some() => {
                    flush(&mut text, &mut pieces);
                    return pieces;
                }
                '}' | ']' | '>' => {
                    let message = format!("a `{c}` that closes nothing");
                    self.fault(&message, &format!("write `\\{c}` for the sign itself"));
                    continue;
                }
                '\n' | '\r' | '\t' => {
                    self.fault("a line break or tab", "svar puts lines together by itself");
                    continue;
                }
                _ => continue,
            };
            flush(&mut text, &mut pieces);
            pieces.extend(piece);
        }
        if close.is_some() {
            self.fault("a `[` that is not closed", "write `\\[` for the sign itself");
        }
        flush(&mut text, &mut pieces);
        pieces
    }

    fn optional(&mut self) -> Piece {
        let inner = self.pieces(Some(']'));
        if inner.is_empty() {
            self.fault(
                "an optional part with nothing in it",
                "take it out, or write `\\[` for the sign itself",
            );
        }
        Piece::Optional(inner.into())
    }

    /// Up to the closing sign, which is taken away.
    fn up_to(&mut self, open: char, close: char) -> Option<Cow<'t, str>> {
        let mut inside = Cow::Borrowed("");
        loop {
            inside += self.plain();
            let Some(c) = self.next() else { break };
            match c {
                '\\' => inside.to_mut().extend(self.next()),
                c if c == close => return Some(inside),
                '{' | '<' | '[' | '}' | '>' | ']' => {
                    let message = format!("a `{c}` between `{open}` and `{close}`");
                    self.fault(&message, "close what is open first, or write `\\` before the sign itself");
                    return None;
                }
                c => inside.to_mut().push(c),
            }
        }
        let message = format!("a `{open}` that is not closed");
        self.fault(&message, &format!("write `\\{open}` for the sign itself"));
        None
    }

    fn slot(&mut self) -> Option<Piece> {
        let inside = self.up_to('{', '}')?;
        let (name, form) = match inside.split_once('.') {
            Some((name, form)) => (name, Some(form)),
            None => (&*inside, None),
        };
        let Some((at, kind)) = self.slots.find(name) else {
            let help = match nearest(name, self.slots.names()) {
                Some(near) => format!("did you mean `{{{near}}}`?"),
                None => format!("there are {}", self.slots.names().collect::<Vec<_>>().join(", ")),
            };
            let fault = Fault::new(format!("there is no slot {}", quoted(name))).with_help(help);
            self.faults.push(fault.with_code("unknown-slot"));
            return None;
        };
        let Some(form) = form else { return Some(Piece::Slot(at, Form::Plain)) };
        match kind.form(form) {
            Some(form) => Some(Piece::Slot(at, form)),
            None => {
                let known: Vec<_> = kind.forms().iter().map(|(name, _)| format!("`.{name}`")).collect();
                let help = match known.as_slice() {
                    [] => format!("a {} has no forms", kind.as_str()),
                    known => format!("a {} has {}", kind.as_str(), known.join(", ")),
                };
                let message = format!("{} has no form {}", quoted(name), quoted(form));
                self.faults.push(Fault::new(message).with_help(help).with_code("unknown-slot"));
                None
            }
        }
    }

    fn choice(&mut self) -> Option<Piece> {
        let inside = self.up_to('<', '>')?;
        match inside.split('|').collect::<Vec<_>>().as_slice() {
            [formal, informal] if formal != informal => {
                Some(Piece::Choice((*formal).into(), (*informal).into()))
            }
            _ => {
                self.fault(
                    "a choice of address that is not two things",
                    "write `<formal|informal>`, such as `<Ihre|deine>`",
                );
                None
            }
        }
    }
}

fn flush(text: &mut Cow<'_, str>, pieces: &mut Vec<Piece>) {
    if !text.is_empty() {
        // Most templates are one piece, or a few that a slot stands between.
        pieces.reserve_exact(usize::from(pieces.is_empty()));
        pieces.push(Piece::Text(std::mem::take(text).into()));
    }
}

/// Which slot types a language must know how to write.
pub(super) fn formatted(pieces: &[Piece], slots: &Slots, out: &mut Vec<SlotType>) {
    for piece in pieces {
        match piece {
            Piece::Slot(at, _) => out.extend(slots.kind(*at).filter(|kind| kind.needs_format())),
            Piece::Optional(inner) => formatted(inner, slots, out),
            Piece::Text(_) | Piece::Choice(..) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::source::{Document, Mistakes, Sources};

    fn slots() -> Slots {
        let mut sources = Sources::new();
        let text = "customer = { type = 'name', sample = 'Kari' }\nlink = { type = 'link', sample = 'https://a.example' }\n";
        let document = Document::parse(&mut sources, "slots", text).unwrap();
        let mistakes = Mistakes::new(&sources);
        Slots::read(Some(mistakes.table(&document.root, document.place())))
    }

    fn read(written: &str) -> Result<Template, Vec<String>> {
        let mut faults = Vec::new();
        let template = Template::read(written, Registers::Any, None, &slots(), &mut faults);
        template.ok_or_else(|| faults.into_iter().map(|fault| fault.message).collect())
    }

    #[test]
    fn a_template_is_read_into_its_pieces() {
        let template = read("Takk[, {customer.first}], se {link} for <Ihre|deine> \\[Sache\\].").unwrap();
        assert_eq!(
            &*template.pieces,
            [
                Piece::Text("Takk".into()),
                Piece::Optional([Piece::Text(", ".into()), Piece::Slot(0, Form::First)].into()),
                Piece::Text(", se ".into()),
                Piece::Slot(1, Form::Plain),
                Piece::Text(" for ".into()),
                Piece::Choice("Ihre".into(), "deine".into()),
                Piece::Text(" [Sache].".into()),
            ]
        );
        assert_eq!(template.required.iter().collect::<Vec<_>>(), [1]);
        assert!(template.has_choice() && template.has_optional());
    }

    #[test]
    fn everything_that_is_wrong_is_told() {
        let faults = read("Hi {costumer}, see {link.first} or [{customer.last}].").unwrap_err();
        assert_eq!(
            faults,
            [
                "there is no slot `costumer`",
                "`link` has no form `first`",
                "`customer` has no form `last`",
                "an optional part with nothing in it"
            ]
        );
    }

    #[test]
    fn a_choice_suits_both_forms_and_nobody_is_left_out() {
        let choice = read("Danke für <Ihre|deine> Nachricht.").unwrap();
        let forms = choice.forms(|_| AddressForm::Mixed);
        assert!(forms.suits(AddressForm::Formal) && forms.suits(AddressForm::Informal));
        assert!(!forms.suits(AddressForm::None));
        let plain = read("Danke.").unwrap();
        let forms = plain.forms(|_| AddressForm::None);
        assert!(
            [AddressForm::Formal, AddressForm::Informal, AddressForm::None]
                .into_iter()
                .all(|form| forms.suits(form))
        );
        let mixed = read("Danke, du und Sie.").unwrap();
        assert!(!mixed.forms(|_| AddressForm::Mixed).suits(AddressForm::Informal));
    }
}
