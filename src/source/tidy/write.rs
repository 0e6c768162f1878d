//! The parts of a document, written.

use super::WIDTH;
use super::parts::{Item, Items, Loose, Part, Value};

/// What an item of a list is indented by.
const INDENT: &str = "    ";
/// What stands between a line and its comment.
const GAP: usize = 2;

pub(super) fn written(parts: &[Part<'_>]) -> String {
    let mut out = Out::default();
    for (at, part) in parts.iter().enumerate() {
        // A table stands apart, with the comments that are directly above it.
        let is_first = !matches!(at.checked_sub(1).and_then(|at| parts.get(at)), Some(Part::Comment(_)));
        if is_first && is_head(parts, at) {
            out.blank();
        }
        match part {
            Part::Blank => out.blank(),
            Part::Comment(comment) => out.comment(comment),
            Part::Header { opens, keys, closes, comment } => {
                out.push(opens);
                out.push(&keys.join("."));
                out.push(closes);
                out.end(*comment);
            }
            Part::Entry(entry, comment) => {
                out.push(&entry.keys.join("."));
                out.push(" = ");
                out.value(&entry.value);
                out.end(*comment);
            }
        }
    }
    out.finish()
}

/// Whether a table's header stands here, or the first of the comments directly above it.
fn is_head(parts: &[Part<'_>], at: usize) -> bool {
    let mut from = parts.iter().skip(at).skip_while(|part| matches!(part, Part::Comment(_)));
    matches!(from.next(), Some(Part::Header { .. }))
}

#[derive(Default)]
struct Out<'t> {
    /// Each line with the comment at its end.
    lines: Vec<(String, Option<&'t str>)>,
    line: String,
    /// How many columns the line has, from the last line break in it on.
    column: usize,
    depth: usize,
    /// Whether a table that stands on one line is being written.
    in_table: bool,
}

impl<'t> Out<'t> {
    fn blank(&mut self) {
        if self.lines.last().is_some_and(|(line, comment)| !line.is_empty() || comment.is_some()) {
            self.lines.push((String::new(), None));
        }
    }

    fn comment(&mut self, comment: &str) {
        self.lines.push((format!("{}{comment}", INDENT.repeat(self.depth)), None));
    }

    fn push(&mut self, text: &str) {
        self.line.push_str(text);
        self.column = match text.rsplit_once('\n') {
            Some((_, last)) => last.chars().count(),
            None => self.column + text.chars().count(),
        };
    }

    fn indent(&mut self) {
        self.push(&INDENT.repeat(self.depth));
    }

    fn end(&mut self, comment: Option<&'t str>) {
        let line = std::mem::take(&mut self.line);
        self.column = 0;
        self.lines.push((line, comment));
    }

    fn value(&mut self, value: &Value<'t>) {
        match value {
            Value::Scalar(text) => self.push(text),
            Value::List(items) => self.items(items, ["[", "]"], value),
            Value::Table(items) => self.items(items, ["{ ", " }"], value),
        }
    }

    fn items(&mut self, all: &Items<'t>, [open, close]: [&str; 2], value: &Value<'t>) {
        if all.items.is_empty() && all.after.is_empty() {
            self.push(open.trim());
            self.push(close.trim());
            return;
        }
        // A list in a table on one line is not torn because of what stands before it.
        let column = if self.in_table { 0 } else { self.column };
        let outside = self.in_table;
        if is_tall(value, column) {
            self.push(open.trim());
            self.end(None);
            self.depth += 1;
            self.in_table = false;
            self.tall_items(all);
            self.loose(&all.after);
            self.depth -= 1;
            self.in_table = outside;
            self.indent();
            self.push(close.trim());
            return;
        }
        self.in_table |= matches!(value, Value::Table(_));
        self.push(open);
        for (at, item) in all.items.iter().enumerate() {
            if at > 0 {
                self.push(", ");
            }
            self.item(item);
        }
        self.push(close);
        self.in_table = outside;
    }

    fn loose(&mut self, lines: &[Loose<'_>]) {
        for line in lines {
            match line {
                Loose::Blank => self.blank(),
                Loose::Comment(comment) => self.comment(comment),
            }
        }
    }

    /// The items on lines of their own; those of a list that an author has put on one line stay there while there is
    /// room.
    fn tall_items(&mut self, all: &Items<'t>) {
        for item in &all.items {
            if !self.line.is_empty() {
                if all.broken && self.has_room(item) {
                    self.push(" ");
                } else {
                    self.end(None);
                }
            }
            if self.line.is_empty() {
                self.loose(&item.before);
                self.indent();
            }
            self.item(item);
            self.push(",");
            if item.comment.is_some() || !is_flat(item) {
                self.end(item.comment);
            }
        }
        if !self.line.is_empty() {
            self.end(None);
        }
    }

    /// Whether an item that stood on the line of the one before it can stay there.
    fn has_room(&self, item: &Item<'_>) -> bool {
        let width = " ,".len() + flat_item(item).chars().count();
        item.joined && item.before.is_empty() && is_flat(item) && self.column + width <= WIDTH
    }

    fn item(&mut self, item: &Item<'t>) {
        if !item.keys.is_empty() {
            self.push(&item.keys.join("."));
            self.push(" = ");
        }
        self.value(&item.value);
    }

    /// The lines, with comments at the ends of neighbours below one another.
    fn finish(mut self) -> String {
        while self.lines.last().is_some_and(|(line, comment)| line.is_empty() && comment.is_none()) {
            self.lines.pop();
        }
        let mut out = String::new();
        for neighbours in self.lines.chunk_by(|one, next| one.1.is_some() && next.1.is_some()) {
            let width = |line: &str| line.rsplit('\n').next().unwrap_or_default().chars().count();
            let widest = neighbours.iter().map(|(line, _)| width(line)).max().unwrap_or(0);
            for (line, comment) in neighbours {
                out.push_str(line);
                if let Some(comment) = comment {
                    out.push_str(&" ".repeat(widest - width(line) + GAP));
                    out.push_str(comment);
                }
                out.push('\n');
            }
        }
        out
    }
}

/// Whether a value that begins in this column has one item a line.
fn is_tall(value: &Value<'_>, column: usize) -> bool {
    let (all, is_list) = match value {
        Value::Scalar(_) => return false,
        Value::List(all) => (all, true),
        Value::Table(all) => (all, false),
    };
    let is_comment = |line: &Loose<'_>| *line != Loose::Blank;
    let of_item = |item: &Item<'_>| item.before.iter().any(is_comment) || item.comment.is_some();
    let commented = all.items.iter().any(of_item) || all.after.iter().any(is_comment);
    // A table on several lines is for readers of TOML 1.1 only, so it is only made where it was one.
    let too_wide = || column + flat(value).chars().count() > WIDTH;
    commented || (is_list && (all.broken || too_wide())) || (all.broken && too_wide())
}

/// A value on one line.
fn flat(value: &Value<'_>) -> String {
    let (all, [open, close]) = match value {
        Value::Scalar(text) => return text.to_string(),
        Value::List(all) => (all, ["[", "]"]),
        Value::Table(all) => (all, ["{ ", " }"]),
    };
    if all.items.is_empty() {
        return format!("{}{}", open.trim(), close.trim());
    }
    let items: Vec<_> = all.items.iter().map(flat_item).collect();
    format!("{open}{}{close}", items.join(", "))
}

fn flat_item(item: &Item<'_>) -> String {
    match item.keys.as_slice() {
        [] => flat(&item.value),
        keys => format!("{} = {}", keys.join("."), flat(&item.value)),
    }
}

/// Whether an item is written on one line wherever it stands.
fn is_flat(item: &Item<'_>) -> bool {
    !is_tall(&item.value, 0) && !flat(&item.value).contains('\n')
}
