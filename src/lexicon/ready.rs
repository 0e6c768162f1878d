//! Scanners compiled ahead: those of the built-in packs, so that a program need not compile them each time it starts.
//!
//! Compiling the phrases of six languages would be most of what loading the built-in policy costs. What comes of it is
//! always the same, so it ships beside the packs. A scanner is taken from there only for what it was compiled from: a
//! language for which a policy has a phrase more is compiled from its phrases. That the scanners are the very ones
//! that would be compiled is held by a test, which also writes them (`src/policy/compiled_packs.rs`).

use super::sheet::Sheet;
use crate::text::fold::{hash_on, short};
use crate::text::scan::{Plane, Scanner};

/// Scanners, each under the [`Mark`] of what it was compiled from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ready(&'static [u8]);

/// Tells what a scanner is compiled from, in 64 bits. That two sheets have the same by chance is not to be feared, and
/// whoever writes one to that end has chosen to hear what the built-in policy hears.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark(u64);

impl Ready {
    /// Those that a file holds: of each the mark, its length in bytes, and the scanner.
    pub(crate) const fn new(file: &'static [u8]) -> Self {
        Ready(file)
    }

    /// The scanner of a mark, given the planes of its payloads.
    pub(super) fn scanner(self, mark: Mark, planes: &[Plane]) -> Option<Scanner> {
        let mut rest = self.0;
        loop {
            let (&own, after) = rest.split_first_chunk()?;
            let (&length, after) = after.split_first_chunk()?;
            let (scanner, after) = after.split_at_checked(u32::from_le_bytes(length) as usize)?;
            if u64::from_le_bytes(own) == mark.0 {
                return Scanner::restore(scanner, planes);
            }
            rest = after;
        }
    }
}

/// Adds a scanner to a file.
#[cfg(test)]
pub(super) fn append(file: &mut Vec<u8>, mark: Mark, scanner: &Scanner) {
    let scanner = scanner.store();
    file.extend(mark.0.to_le_bytes());
    file.extend((scanner.len() as u32).to_le_bytes());
    file.extend(scanner);
}

impl Mark {
    /// The mark of a sheet whose phrases have these payloads, each on its plane.
    pub(super) fn of(sheet: &Sheet<'_>, payloads: &[u32], planes: &[Plane]) -> Mark {
        let mut mark = Mark(0);
        mark.number(sheet.flags.len());
        for &(word, flags) in &sheet.flags {
            mark.text(word);
            mark.number(flags.into());
        }
        mark.number(sheet.classes.len());
        for &(name, end) in &sheet.classes {
            mark.text(name);
            mark.number(end);
        }
        mark.number(sheet.members.len());
        sheet.members.iter().for_each(|member| mark.text(member));
        mark.number(sheet.phrases.len());
        for (&(phrase, _), &payload) in sheet.phrases.iter().zip(payloads) {
            mark.text(phrase);
            mark.number(payload as usize);
        }
        planes.iter().for_each(|plane| mark.number(plane.0.into()));
        mark
    }

    fn number(&mut self, number: usize) {
        self.0 = hash_on(self.0, number as u64);
    }

    fn text(&mut self, text: &str) {
        self.number(text.len());
        let mut rest = text.as_bytes();
        while let Some((chunk, more)) = rest.split_first_chunk() {
            self.0 = hash_on(self.0, u64::from_le_bytes(*chunk));
            rest = more;
        }
        self.0 = hash_on(self.0, short(rest).unwrap_or(0));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scanner(phrase: &str) -> Scanner {
        let mut builder = Scanner::builder();
        let payload = builder.payload(Plane(0));
        builder.add(phrase, payload).expect(phrase);
        builder.build()
    }

    #[test]
    fn a_scanner_is_found_by_its_mark() {
        let mut file = Vec::new();
        for (mark, phrase) in [(7, "en takk"), (9, "to tusen takk")] {
            append(&mut file, Mark(mark), &scanner(phrase));
        }
        let file = Ready(file.leak());
        let stored = |mark| file.scanner(Mark(mark), &[Plane(0)]).map(|scanner| scanner.store());
        let given = ["en takk", "to tusen takk"].map(|phrase| Some(scanner(phrase).store()));
        assert_eq!([stored(7), stored(9)], given);
        assert!(given[0] != given[1] && stored(8).is_none());
    }

    #[test]
    fn a_file_that_is_cut_off_or_of_something_else_holds_no_scanner() {
        let mut file = Vec::new();
        append(&mut file, Mark(7), &scanner("en (takk|hilsen) [til]"));
        let whole = file.len();
        file.extend(vec![b'x'; 40]);
        let file: &'static [u8] = file.leak();
        for end in 0..whole {
            assert!(Ready(&file[..end]).scanner(Mark(7), &[Plane(0)]).is_none(), "{end}");
        }
        assert!(Ready(file).scanner(Mark(8), &[Plane(0)]).is_none());
    }

    #[test]
    fn whatever_differs_in_a_sheet_makes_another_mark() {
        use super::super::sheet::Meaning;
        let sheet = |classes: &[(&'static str, usize)], members: &[&'static str], phrase: &'static str| {
            let mut sheet = Sheet::new("nb".into());
            sheet.classes.extend(classes);
            sheet.members.extend(members);
            sheet.phrases.push((phrase, Meaning::Act(0)));
            sheet
        };
        let plain = sheet(&[("a", 1), ("b", 2)], &["takk", "hei"], "god dag");
        let mut flagged = sheet(&[("a", 1), ("b", 2)], &["takk", "hei"], "god dag");
        flagged.negation("ikke");
        let others = [
            (sheet(&[("a", 1), ("b", 2)], &["takk", "hei"], "god  dag"), 0, 0),
            (sheet(&[("a", 2), ("b", 2)], &["takk", "hei"], "god dag"), 0, 0),
            (sheet(&[("a", 1), ("c", 2)], &["takk", "hei"], "god dag"), 0, 0),
            (sheet(&[("a", 1), ("b", 2)], &["takkh", "ei"], "god dag"), 0, 0),
            (flagged, 0, 0),
            (sheet(&[("a", 1), ("b", 2)], &["takk", "hei"], "god dag"), 1, 0),
            (sheet(&[("a", 1), ("b", 2)], &["takk", "hei"], "god dag"), 0, 1),
        ];
        let mark = Mark::of(&plain, &[0], &[Plane(0)]);
        assert_eq!(mark, Mark::of(&plain, &[0], &[Plane(0)]));
        for (other, payload, plane) in &others {
            assert_ne!(mark, Mark::of(other, &[*payload], &[Plane(*plane)]), "{other:?} {payload} {plane}");
        }
    }
}
