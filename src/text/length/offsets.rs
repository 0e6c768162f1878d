//! Byte offsets in the units other languages count in.

use std::ops::Range;

use super::segment::{self, Segments};
use crate::Span;
use crate::text::bytescan;
use unicode_segmentation::UnicodeSegmentation;

/// How many bytes lie between two counts that are kept.
const STRIDE: usize = 256;

/// Turns byte offsets of one text into UTF-16 code units, code points and graphemes.
///
/// Building it reads the text once; an offset then costs the reading of at most a few hundred bytes. An offset inside
/// a character means the character's start, one past the end the end.
///
/// ```
/// use svar::text::Offsets;
///
/// let text = "Å 👍🏽 ja";
/// let offsets = Offsets::new(text);
/// let ja = text.find("ja").unwrap();
/// assert_eq!((ja, offsets.utf16(ja), offsets.code_points(ja), offsets.graphemes(ja)), (12, 7, 5, 4));
/// ```
#[derive(Clone, Debug)]
pub struct Offsets<'t> {
    text: &'t str,
    /// For every stride, how many bytes before it start no character, and how many start one beyond U+FFFF. Empty
    /// where the text is ASCII.
    strides: Vec<(usize, usize)>,
    /// Where the characters start that start no grapheme.
    joints: Vec<usize>,
}

impl<'t> Offsets<'t> {
    /// Reads the text.
    pub fn new(text: &'t str) -> Self {
        let mut offsets = Offsets { text, strides: Vec::new(), joints: Vec::new() };
        if !text.is_ascii() {
            offsets.count();
        }
        if offsets.has_joints() {
            offsets.join();
        }
        offsets
    }

    /// The offset in UTF-16 code units, as JavaScript, Java and C# have it.
    pub fn utf16(&self, byte: usize) -> usize {
        let byte = self.floor(byte);
        let (inner, astral) = self.before(byte);
        byte - inner + astral
    }

    /// The offset in code points, as Python has it.
    pub fn code_points(&self, byte: usize) -> usize {
        let byte = self.floor(byte);
        byte - self.before(byte).0
    }

    /// The offset in graphemes, as Swift has it. An offset inside a grapheme means the grapheme's start.
    pub fn graphemes(&self, byte: usize) -> usize {
        let byte = self.floor(byte);
        let joints = self.joints.partition_point(|&joint| joint <= byte);
        self.code_points(byte) - joints
    }

    /// A span in UTF-16 code units.
    pub fn utf16_range(&self, span: Span) -> Range<usize> {
        self.utf16(span.start)..self.utf16(span.end)
    }

    /// A span in code points.
    pub fn code_point_range(&self, span: Span) -> Range<usize> {
        self.code_points(span.start)..self.code_points(span.end)
    }

    /// A span in graphemes: all that it touches.
    pub fn grapheme_range(&self, span: Span) -> Range<usize> {
        let end = self.graphemes(span.end);
        let inside = self.joints.binary_search(&self.floor(span.end)).is_ok();
        self.graphemes(span.start)..end + usize::from(inside && !span.is_empty())
    }

    /// The start of the character `byte` lies in.
    fn floor(&self, byte: usize) -> usize {
        let mut byte = byte.min(self.text.len());
        while !self.text.is_char_boundary(byte) {
            byte -= 1;
        }
        byte
    }

    /// How many bytes before `byte` start no character, and how many start one beyond U+FFFF.
    fn before(&self, byte: usize) -> (usize, usize) {
        let Some(&(inner, astral)) = self.strides.get(byte / STRIDE) else { return (0, 0) };
        let rest = self.text.as_bytes().get(byte / STRIDE * STRIDE..byte).unwrap_or_default();
        let (more_inner, more_astral) = tally(rest);
        (inner + more_inner, astral + more_astral)
    }

    fn count(&mut self) {
        let (mut inner, mut astral) = (0, 0);
        for stride in self.text.as_bytes().chunks(STRIDE) {
            self.strides.push((inner, astral));
            let more = tally(stride);
            inner += more.0;
            astral += more.1;
        }
        self.strides.push((inner, astral));
    }

    /// Whether any character may start no grapheme.
    fn has_joints(&self) -> bool {
        bytescan::find(self.text.as_bytes(), 0, |byte| byte >= 0xCC || byte == b'\r').is_some()
    }

    fn join(&mut self) {
        let mut segments = Segments::new(self.text);
        let mut done = 0;
        for (at, c) in self.text.char_indices() {
            if at < done {
                continue;
            }
            if c == '\n' && self.text.get(..at).is_some_and(|before| before.ends_with('\r')) {
                self.joints.push(at);
            }
            if segment::stands_alone(c) {
                continue;
            }
            let Some(run) = segments.run(at) else { continue };
            done = segments.done();
            let start = done - run.len();
            for (offset, grapheme) in run.grapheme_indices(true) {
                let inner = grapheme.char_indices().skip(1);
                self.joints.extend(inner.map(|(inner, _)| start + offset + inner));
            }
        }
    }
}

/// How many of the bytes start no character, and how many start one beyond U+FFFF.
fn tally(bytes: &[u8]) -> (usize, usize) {
    let inner = bytes.iter().filter(|&&byte| byte & 0xC0 == 0x80).count();
    let astral = bytes.iter().filter(|&&byte| byte >= 0xF0).count();
    (inner, astral)
}
