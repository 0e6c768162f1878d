//! What a mistake is about that was found when a document was long read: it knows the names of the keys, and finds the
//! place by them.

use std::borrow::Cow;

use super::{Node, Place, Table, Value};

/// A value of a request, known by its keys and by what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Member {
    /// The keys that lead to it, in the case or in the request around it; `*` is every element of a list. Of several
    /// ways the first counts that leads anywhere.
    ways: Vec<Vec<Cow<'static, str>>>,
    says: Option<String>,
    number: usize,
    /// Which of several cases, from 0.
    case: usize,
}

impl Member {
    /// The value that keys lead to: `facts.loss`.
    pub(crate) fn new(way: &'static str) -> Member {
        Member { ways: vec![steps(way)], says: None, number: 0, case: 0 }
    }

    /// Or the value that these lead to.
    pub(crate) fn or(mut self, way: &'static str) -> Member {
        self.ways.push(steps(way));
        self
    }

    /// A key within the value.
    pub(crate) fn key(mut self, key: impl Into<Cow<'static, str>>) -> Member {
        let key = key.into();
        self.ways.iter_mut().for_each(|way| way.push(key.clone()));
        self
    }

    /// Of several values the one that says this.
    pub(crate) fn says(self, text: &str) -> Member {
        Member { says: Some(text.to_owned()), ..self }
    }

    /// In one of several cases, by its number from 0.
    pub(super) fn of_case(self, case: usize) -> Member {
        Member { case, ..self }
    }

    /// Of several values the one with this number, from 0.
    pub(crate) fn number(self, number: usize) -> Member {
        Member { number, ..self }
    }

    /// Where it stands in a request.
    pub(super) fn find(&self, root: &Table<'_>) -> Option<Place> {
        let case = match root.get("cases").map(|node| &node.value) {
            Some(Value::Array(cases)) => cases.get(self.case),
            _ => root.get("case"),
        };
        let case = case.and_then(Node::as_table);
        let mut ways =
            self.ways.iter().flat_map(|way| case.into_iter().chain([root]).map(move |at| (way, at)));
        ways.find_map(|(way, at)| {
            let (first, rest) = way.split_first()?;
            let mut found = Vec::new();
            gather(at.get(first)?, rest, &mut found);
            let says = |node: &&Node<'_>| self.says.is_none() || node.as_str() == self.says.as_deref();
            found.into_iter().filter(says).nth(self.number).map(|node| node.place)
        })
    }
}

fn steps(way: &'static str) -> Vec<Cow<'static, str>> {
    way.split('.').map(Cow::Borrowed).collect()
}

/// Every value that a way leads to.
fn gather<'n, 'a>(node: &'n Node<'a>, way: &[Cow<'static, str>], found: &mut Vec<&'n Node<'a>>) {
    match (way.split_first(), &node.value) {
        (None, _) => found.push(node),
        (Some((key, rest)), Value::Array(nodes)) if key == "*" => {
            nodes.iter().for_each(|node| gather(node, rest, found));
        }
        (Some((key, rest)), Value::Table(table)) => {
            table.get(key).into_iter().for_each(|node| gather(node, rest, found));
        }
        _ => {}
    }
}
