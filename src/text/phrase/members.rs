//! Reading the members of classes.

use super::classes::{Class, Classes, State};
use super::leaves::Leaves;
use super::read::PhraseReader;
use super::{MOST_NESTED, PhraseError, PhraseProblem, Stop};

impl Classes {
    /// Reads a class and those it needs. A member that cannot be read is reported by its number and left out.
    pub(crate) fn read(
        &mut self,
        number: u32,
        reader: &mut PhraseReader,
        leaves: &mut Leaves,
        report: &mut dyn FnMut(usize, PhraseError),
    ) {
        self.read_inside(number, 1, reader, leaves, report);
    }

    fn read_inside(
        &mut self,
        number: u32,
        inside: usize,
        reader: &mut PhraseReader,
        leaves: &mut Leaves,
        report: &mut dyn FnMut(usize, PhraseError),
    ) {
        let Some(class) = self.classes.get_mut(number as usize).filter(|class| class.state == State::Unread)
        else {
            return;
        };
        class.state = State::Open;
        let members = class.members;
        let (mut singles, mut branches) = (Vec::new(), Vec::new());
        let (mut ways, mut depth) = (0usize, 0);
        let mut tokens = (u32::MAX, 0);
        for member in members.0..members.1 {
            loop {
                let read = reader.read_member(self.source(member), leaves, self, &mut singles, &mut branches);
                let problem = match read {
                    Ok(read) if read.depth < MOST_NESTED => {
                        ways = ways.saturating_add(read.ways);
                        depth = depth.max(read.depth);
                        tokens = (read.tokens.0.min(tokens.0), read.tokens.1.max(tokens.1));
                        break;
                    }
                    Err(Stop::Unread(needed)) if inside < MOST_NESTED => {
                        self.read_inside(needed, inside + 1, reader, leaves, report);
                        continue;
                    }
                    Err(Stop::Fault(error)) => *error,
                    Ok(_) | Err(Stop::Unread(_)) => PhraseError { at: 0, problem: PhraseProblem::TooDeep },
                };
                report(member, problem);
                break;
            }
        }
        singles.sort_unstable();
        singles.dedup();
        let (leaves_from, ops_from) = (self.leaves.len(), self.ops.len());
        self.leaves.append(&mut singles);
        self.ops.append(&mut branches);
        let (leaves, branches) = ((leaves_from, self.leaves.len()), (ops_from, self.ops.len()));
        if let Some(class) = self.classes.get_mut(number as usize) {
            *class = Class { state: State::Read, members, leaves, branches, ways, depth: depth + 1, tokens };
        }
    }
}
