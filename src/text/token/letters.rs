//! What the letters of a word show: its case, and whether one of them is stretched.

use super::Shape;

/// Whether a character is a letter or a number, without a look-up in the large tables for the Latin ones.
pub(super) fn is_alphanumeric(c: char) -> bool {
    match c {
        '\0'..='\x7F' => c.is_ascii_alphanumeric(),
        'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ſ' => true,
        _ => c.is_alphanumeric(),
    }
}

/// What is noticed about the letters of a word while it is read.
#[derive(Default)]
pub(super) struct Letters {
    pub(super) any: bool,
    first_capital: bool,
    pub(super) capitals: u32,
    lowers: u32,
    pub(super) digits: u32,
    last: Option<char>,
    run: u32,
    stretched: bool,
}

impl Letters {
    pub(super) fn see(&mut self, c: char) {
        let latin = c.is_ascii_alphabetic() || matches!(c, 'À'..='ſ');
        if !latin && c.is_numeric() {
            self.digits += 1;
            self.last = None;
            return;
        }
        let capital = match c {
            '\0'..='\x7F' => c.is_ascii_uppercase(),
            'À'..='ÿ' => c <= 'Þ',
            _ => c.is_uppercase(),
        };
        if capital {
            self.first_capital |= !self.any;
            self.capitals += 1;
        } else {
            self.lowers += 1;
        }
        self.any = true;
        let same = self.last.is_some_and(|last| last == c || last.eq_ignore_ascii_case(&c));
        self.end_run(same);
        self.run = if same { self.run + 1 } else { 1 };
        self.last = Some(c);
    }

    /// A run inside a word counts from three for vowels, from four for the rest: German compounds such as
    /// `Schifffahrt` have three honest consonants in a row.
    fn end_run(&mut self, goes_on: bool) {
        if !goes_on && self.run >= 3 {
            let vowel = self.last.is_some_and(|c| "aeiouyåäöæøAEIOUYÅÄÖÆØ".contains(c));
            self.stretched |= vowel || self.run >= 4;
        }
    }

    pub(super) fn join(&mut self) {
        self.end_run(false);
        self.last = None;
        self.run = 0;
    }

    pub(super) fn shape(&self) -> Shape {
        let mut shape = Shape::default();
        let letters = self.capitals + self.lowers;
        if self.any {
            match (self.capitals, letters) {
                (0, _) => shape.set(Shape::LOWER),
                (1, 1) => {
                    shape.set(Shape::ONE_CAPITAL);
                    shape.set(Shape::CAPITALISED);
                }
                (capitals, letters) if capitals == letters => shape.set(Shape::ALL_CAPS),
                (1, _) if self.first_capital => shape.set(Shape::CAPITALISED),
                _ => {}
            }
        }
        // A run at the end of a word is stretching whatever the letter (`takkkk`), unless the word is nothing else
        // (`www`, `xxx`).
        if self.stretched || self.run >= 3 && letters > self.run && self.digits == 0 {
            shape.set(Shape::STRETCHED);
        }
        shape
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_short_ways_give_what_the_standard_library_gives() {
        for c in '\0'..='\u{2FF}' {
            assert_eq!(is_alphanumeric(c), c.is_alphanumeric(), "{c:?}");
            if c.is_alphanumeric() {
                let mut letters = Letters::default();
                letters.see(c);
                assert_eq!(letters.digits > 0, c.is_numeric(), "{c:?}");
                assert_eq!(letters.capitals > 0, c.is_uppercase(), "{c:?}");
            }
        }
    }
}
